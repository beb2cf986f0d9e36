"""The inn of this benchmark, a bot in Korean and English, with a slot of each kind that matters."""

from __future__ import annotations

from daehwa import bot

_PROMPTS = {
    "ko_KR": {
        "City": "어느 도시의 지점으로 하시겠어요?",
        "CheckInDate": "언제 오시겠어요?",
        "Nights": "며칠 묵으시겠어요?",
        "Guests": "몇 분이 오시나요?",
        "RoomType": "어떤 방으로 하시겠어요?",
        "ArrivalTime": "몇 시쯤 도착하시나요?",
        "GuestName": "예약하시는 분 이름이 어떻게 되나요?",
        "Phone": "전화번호를 알려 주세요.",
        "Request": "따로 부탁하실 것이 있나요?",
    },
    "en_US": {
        "City": "In which city?",
        "CheckInDate": "On what day will you arrive?",
        "Nights": "How many nights?",
        "Guests": "How many people?",
        "RoomType": "What kind of room would you like?",
        "ArrivalTime": "At what time will you arrive?",
        "GuestName": "What is the guest's name?",
        "Phone": "What is your phone number?",
        "Request": "Is there anything else we should know?",
    },
}
_TYPES = {
    "City": "AMAZON.City",
    "CheckInDate": "AMAZON.Date",
    "Nights": "AMAZON.Number",
    "Guests": "AMAZON.Number",
    "RoomType": "Rooms",
    "ArrivalTime": "AMAZON.Time",
    "GuestName": "AMAZON.FirstName",
    "Phone": "AMAZON.PhoneNumber",
    "Request": "AMAZON.FreeFormInput",
}
_ROOMS = {
    "ko_KR": (
        ("싱글", "싱글룸"),
        ("더블", "더블룸"),
        ("트윈",),
        ("온돌", "온돌방"),
        ("스위트",),
        ("패밀리", "패밀리룸"),
    ),
    "en_US": (("single",), ("double",), ("twin",), ("suite",), ("family", "family room")),
}
_SAMPLES = {
    "ko_KR": {
        "BookRoom": (
            "방 예약할게요",
            "예약하고 싶어요",
            "{CheckInDate}에 방 하나 예약해 주세요",
            "숙박 예약",
        ),
        "CancelBooking": ("예약 취소해 주세요", "예약을 취소하고 싶어요", "예약 취소"),
        "FindBooking": ("제 예약 확인해 주세요", "예약 내역 보여 줘", "예약 조회"),
    },
    "en_US": {
        "BookRoom": (
            "book a room",
            "I want to make a reservation",
            "I need a room on {CheckInDate}",
        ),
        "CancelBooking": ("cancel my booking", "I want to cancel my reservation"),
        "FindBooking": ("show my booking", "look up my reservation", "find my reservation"),
    },
}
CONFIRM = "Confirm"


def inn(locale: str) -> bot.BotLocale:
    """The inn in one of its two languages."""
    samples = _SAMPLES[locale]
    slots = {name: _slot(name, prompt) for name, prompt in _PROMPTS[locale].items()}
    book = _intent("BookRoom", samples["BookRoom"], slots)
    others = [_intent(name, samples[name], {}) for name in ("CancelBooking", "FindBooking")]
    rooms = bot.SlotType(
        name="Rooms",
        slot_type_values=tuple(
            bot.SlotTypeValue(
                sample_value=bot.SampleValue(value=first),
                synonyms=tuple(bot.SampleValue(value=each) for each in further),
            )
            for first, *further in _ROOMS[locale]
        ),
    )
    fallback = bot.DEFAULT_FALLBACK_INTENT
    return bot.BotLocale(
        identifier=locale,
        nlu_confidence_threshold=0.4,
        intents={each.name: each for each in (book, *others, fallback)},
        slot_types={rooms.name: rooms},
    )


def _prompt(text: str) -> bot.PromptSpecification:
    message = bot.Message(plain_text_message=bot.TextValue(value=text))
    return bot.PromptSpecification(
        message_groups_list=(bot.MessageGroup(message=message),), max_retries=2
    )


def _slot(name: str, prompt: str) -> bot.Slot:
    return bot.Slot(
        name=name,
        slot_type_name=_TYPES[name],
        value_elicitation_setting=bot.SlotValueElicitationSetting(
            slot_constraint="Required", prompt_specification=_prompt(prompt)
        ),
    )


def _intent(name: str, samples: tuple[str, ...], slots: dict[str, bot.Slot]) -> bot.Intent:
    return bot.Intent(
        name=name,
        sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in samples),
        slots=slots,
        slot_priorities=tuple(
            bot.SlotPriority(slot_name=slot, priority=place) for place, slot in enumerate(slots)
        ),
        intent_confirmation_setting=bot.IntentConfirmationSetting(
            prompt_specification=_prompt("OK?")
        )
        if slots
        else None,
    )
