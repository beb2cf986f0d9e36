"""Whole exports, driven through their branches with hooks of their own rules written anew.

Each test runs on a bot of ``tests/material``, and on a public one of ``../shared`` that has the
same parts. What a bot should say is read from its definition, so that none of it is copied here.
"""

from typing import NamedTuple

import pytest
from tests.dialog.build import Talk, ambiguous, listed, means, reply, scalar
from tests.material.sources import OWN, either_export, every_export, exports

from daehwa import bot, dialog, lex


def words(spec):
    """The words of a response or a prompt, each group's first message."""
    return [g.message.plain_text_message.value for g in spec.message_groups_list]


def prompt(locale, intent, slot):
    """The words that the bot asks for a slot with."""
    setting = locale.intents[intent].slots[slot].value_elicitation_setting
    return words(setting.prompt_specification)[0]


def closing(locale, intent):
    """What a closing may say."""
    setting = locale.intents[intent].intent_closing_setting.closing_response
    return [
        message.plain_text_message.value
        for group in setting.message_groups_list
        for message in (group.message, *(group.variations or ()))
    ]


# --- HarbourBell, ReminderBot: labels, prompt and validation hooks, counters, conditions --


class Names(NamedTuple):
    """What one of the two bots calls the parts that both have."""

    timed: str
    time: str
    counted: str
    days: str
    labels: tuple[str, str, str]
    other_label: str
    misses: str
    missed: str
    yes_and_no: tuple[str, str]


NAMES = {
    "HarbourBell": Names(
        timed="RingBell",
        time="Hour",
        counted="SendCard",
        days="Tides",
        labels=("Ring_AtStart", "Ring_BeforeHour", "Ring_AfterHour"),
        other_label="Card_AtStart",
        misses="misses",
        missed="answer-missed",
        yes_and_no=("yes", "no"),
    ),
    "ReminderBot": Names(
        timed="CallIntent",
        time="Time",
        counted="EmailIntent",
        days="DaysBefore",
        labels=(
            "CallIntent_InitialCodeHook",
            "CallIntent_TimeSlot_PromptCodeHook",
            "CallIntent_TimeSlot_ValidationCodeHook",
        ),
        other_label="EmailIntent_InitialCodeHook",
        misses="fallback-count",
        missed="slot-failure",
        yes_and_no=("true", "false"),
    ),
}
PERIODS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}


def reminders(names):
    """The bot's Lambda: settle times that are unclear, fulfil."""

    def answer(call):
        given = call.session_state.intent
        time = (given.slots or {}).get(names.time)
        value = time.value if time else None
        if call.source == "FulfillmentCodeHook":
            if given.name == names.timed:
                return reply(call, "Close", f"At {value.interpreted_value}", state="Fulfilled")
            return reply(call, state="Fulfilled")
        if value is None:
            return reply(call)
        if value.interpreted_value is None and len(value.resolved_values) > 1:
            return reply(call, "ElicitSlot", " or ".join(value.resolved_values), slot=names.time)
        if value.interpreted_value in PERIODS:
            attributes = call.session_state.session_attributes | {"period": value.interpreted_value}
            words = f"When in the {PERIODS[value.interpreted_value]}?"
            return reply(call, "ElicitSlot", words, slot=names.time, attributes=attributes)
        return reply(call)

    return answer


class Reminder(Talk):
    """A talk with one of the two bots, and what it has to say."""

    def __init__(self, path, answers=None):
        self.names = names = NAMES[path.name]
        locale = bot.load(path).locales["en_US"]
        super().__init__(locale, answers or reminders(names))
        call, email, fall = (
            locale.intents[n] for n in (names.timed, names.counted, "FallbackIntent")
        )
        self.call_start = words(call.initial_response_setting.initial_response)
        self.time = prompt(locale, names.timed, names.time)
        self.call_failed = words(_after(call).failure_response)
        otherwise = email.initial_response_setting.conditional.default_branch
        self.email_start = words(otherwise.response)
        self.days = prompt(locale, names.counted, names.days)
        captured = email.slots[names.days].value_elicitation_setting.slot_capture_setting
        many, few = captured.capture_conditional.conditional_branches
        self.too_many, self.too_few = words(many.response), words(few.response)
        self.email_done = words(_after(email).success_response)[0]
        *rephrase, missed = fall.initial_response_setting.conditional.conditional_branches
        self.rephrase = [words(b.response) for b in rephrase]
        self.agent = words(_after(fall).success_response)
        self.missed = words(missed.response) + self.agent

    def labels(self):
        return [c.label or c.source for c in self.calls]

    def calls_for(self, text, *, time=None):
        """Say what opens the intent with the time."""
        slots = {} if time is None else {self.names.time: time}
        return self.says(text, means(self.names.timed, **slots))

    def mails(self, text, score=1.0, *, days=None):
        """Say what opens the intent with the number."""
        slots = {} if days is None else {self.names.days: days}
        return self.says(text, means(self.names.counted, score, **slots))


def _after(intent):
    return intent.fulfillment_code_hook.post_fulfillment_status_specification


REMINDERS = either_export("HarbourBell", "ReminderBot")


@pytest.fixture(params=REMINDERS)
def reminder(request):
    return Reminder(request.param)


def test_a_call_is_scheduled(reminder):
    names = reminder.names
    reminder.calls_for("call me")
    assert reminder.words == [*reminder.call_start, reminder.time]
    assert reminder.action == f"ElicitSlot {names.time}"
    assert reminder.attributes == {names.misses: "0", names.missed: names.yes_and_no[1]}
    reminder.says("5 in the evening", value=scalar("17:00", heard="5 evening"))
    assert reminder.words == ["At 17:00"]
    assert (reminder.action, reminder.intent.state) == ("Close", "Fulfilled")
    assert reminder.labels() == [*names.labels, "FulfillmentCodeHook"]


def test_a_time_in_the_first_words_skips_the_prompt_and_its_hook(reminder):
    start, _, after = reminder.names.labels
    reminder.calls_for("call me at 5 pm", time="17:00")
    assert reminder.words == [*reminder.call_start, "At 17:00"]
    assert reminder.labels() == [start, after, "FulfillmentCodeHook"]


TEN = ambiguous("10 o'clock", "10:00", "22:00")


def test_an_unclear_time_is_settled_by_the_hook(reminder):
    reminder.calls_for("call me").says("10 o'clock", value=TEN)
    assert reminder.words == ["10:00 or 22:00"]
    assert reminder.action == f"ElicitSlot {reminder.names.time}"
    assert reminder.says("AM", value="10:00").words == ["At 10:00"]


def test_an_unclear_time_in_the_first_words_is_settled_at_the_start(reminder):
    reminder.calls_for("call me at ten", time=TEN)
    assert reminder.words == [*reminder.call_start, "10:00 or 22:00"]


def test_a_time_of_day_gets_a_question(reminder):
    reminder.calls_for("call me").says("in the morning", value="MO")
    assert reminder.words == ["When in the morning?"]
    assert reminder.attributes["period"] == "MO"


def test_a_time_missed_five_times_goes_to_an_agent(reminder):
    reminder.calls_for("call me")
    for _ in range(4):
        assert reminder.says("blah").words == [reminder.time]
    reminder.says("blah")
    assert reminder.words == reminder.missed
    assert reminder.attributes[reminder.names.missed] == reminder.names.yes_and_no[0]
    assert (reminder.intent.name, reminder.action) == ("FallbackIntent", "Close")
    assert reminder.intent.state == "Fulfilled"


def test_an_email_is_set_up(reminder):
    names = reminder.names
    reminder.mails("email me")
    assert reminder.words == [*reminder.email_start, reminder.days]
    assert reminder.action == f"ElicitSlot {names.days}"
    reminder.says("three", value="3")
    assert reminder.words == [reminder.email_done.replace(f"{{{names.days}}}", "3")]
    assert reminder.intent.state == "Fulfilled"
    # The prompt's hook is off in the bot.
    assert reminder.labels() == [names.other_label, "FulfillmentCodeHook"]


def test_days_in_the_first_words_skip_the_explanation(reminder):
    reminder.mails("email me 2 days before", days="2")
    assert reminder.words == [reminder.email_done.replace(f"{{{reminder.names.days}}}", "2")]


@pytest.mark.parametrize(("days", "words"), [("9", "too_many"), ("0", "too_few")])
def test_days_out_of_range_are_elicited_again_without_the_prompt(reminder, days, words):
    name = reminder.names.days
    reminder.mails("email me").says(days, value=days)
    assert (reminder.words, reminder.action) == (getattr(reminder, words), f"ElicitSlot {name}")
    assert reminder.slots == {name: None}
    assert reminder.says("3", value="3").intent.state == "Fulfilled"


def test_days_out_of_range_in_the_first_words(reminder):
    reminder.mails("email me 30 days before", days="30")
    assert reminder.words == reminder.too_many
    assert reminder.action == f"ElicitSlot {reminder.names.days}"


def test_days_missed_four_times_go_to_an_agent(reminder):
    reminder.mails("email me")
    for _ in range(3):
        assert reminder.says("blah").words == [reminder.days]
    assert reminder.says("blah").words == reminder.missed


def test_the_fallback_counts_by_session_attributes(reminder):
    misses = reminder.names.misses
    for question, count in zip(reminder.rephrase, "123", strict=True):
        reminder.says("blah")
        assert (reminder.words, reminder.action) == (question, "ElicitIntent")
        assert reminder.attributes == {misses: count}
    reminder.says("blah")
    assert (reminder.words, reminder.action) == (reminder.agent, "Close")
    reminder.calls_for("call me")
    assert reminder.attributes[misses] == "0"


@pytest.mark.parametrize("path", REMINDERS)
def test_a_hook_that_fails(path):
    def failing(call):
        if call.source == "FulfillmentCodeHook":
            return dialog.HookFailed("Invalid Lambda Response: boom")
        return reply(call)

    talk = Reminder(path, failing)
    talk.calls_for("call me at 5", time="17:00")
    assert talk.words == talk.call_start + talk.call_failed
    assert talk.intent.state == "Failed"
    with pytest.raises(lex.DependencyFailedException, match="boom"):
        # The other intent has no words for it.
        talk.mails("email me 3 days before", days="3")


def test_a_switch_from_one_reminder_to_the_other(reminder):
    reminder.calls_for("call me").mails("no, email", 0.9)
    assert reminder.words == [*reminder.email_start, reminder.days]


# --- NetLoft, OrderFlower-repeat: confirmation, a hook that repeats what was said ---------


def repeating(call):
    state = call.session_state
    if state.intent.name in REPEATING:
        return reply(call, "ElicitIntent", state.session_attributes.get("last", "Nothing yet."))
    return reply(call)


REPEATING = {"Echo", "RepeatIntent"}
ORDERS = {
    "NetLoft": ("MendNets", "Echo", ("NetKind", "LandDate", "LandTime")),
    "OrderFlower-repeat": (
        "OrderFlowers",
        "RepeatIntent",
        ("FlowerType", "PickupDate", "PickupTime"),
    ),
}


class Order(Talk):
    """A talk with one of the two bots that take an order."""

    def __init__(self, path):
        super().__init__(bot.load(path).locales["en_US"], repeating)
        self.order, self.repeat, names = ORDERS[path.name]
        self.wanted = dict(zip(names, ("dozen roses", "2021-01-04", "17:00"), strict=True))
        self.confirmation = self.locale.intents[self.order].intent_confirmation_setting


@pytest.fixture(params=either_export("NetLoft", "OrderFlower-repeat"))
def order(request):
    return Order(request.param)


def test_an_order_is_taken_and_confirmed(order):
    order.says("order", means(order.order))
    known = dict.fromkeys(order.wanted, "")
    for name, value in order.wanted.items():
        question = prompt(order.locale, order.order, name)
        assert order.words == [question.format(**known)]
        known[name] = value
        order.says(value, value=value)
    question = words(order.confirmation.prompt_specification)[0]
    assert order.words == [question.format(**order.wanted)]
    order.says("yes", yes=True)
    # Nothing fulfils it: the client is to.
    assert (order.words, order.action) == ([], "Close")
    assert order.intent.state == "ReadyForFulfillment"


def test_an_order_is_declined(order):
    order.says("order", means(order.order, **order.wanted)).says("no", yes=False)
    assert order.words == words(order.confirmation.declination_response)
    assert order.intent.state == "Failed"


def test_repeat_is_the_hooks(order):
    known = lex.SessionState(session_attributes={"last": "Hi"})
    order.says("again", means(order.repeat), state=known)
    assert (order.words, order.action) == (["Hi"], "ElicitIntent")


# --- LighthouseDesk, FSI-Agent: free text, restart, a card, a model in the fallback -------


class Desk(NamedTuple):
    """What one of the two bots calls the parts that both have."""

    verify: str
    user: str
    pin: str
    form: str
    elsewhere: str


DESKS = {
    "LighthouseDesk": Desk("OpenBerth", "Skipper", "Code", "WinterMooring", "TideTable"),
    "FSI-Agent": Desk("VerifyIdentity", "UserName", "Pin", "LoanApplication", "LoanCalculator"),
}


@pytest.fixture(params=either_export("LighthouseDesk", "FSI-Agent"))
def desk(request):
    """The locale of one of the two bots, and the names in it."""
    return bot.load(request.param).locales["en_US"], DESKS[request.param.name]


def test_the_agent_in_the_fallback_answers_and_closes(desk):
    def agent(call):
        assert (call.source, call.for_fallback) == ("DialogCodeHook", True)
        return reply(call, "Close", "By the agent.", state="Fulfilled")

    talk = Talk(desk[0], agent).says("what are your rates?")
    assert (talk.words, talk.intent.state) == (["By the agent."], "Fulfilled")


def test_the_agent_may_leave_it_to_fulfilment_with_updates(desk):
    locale, _ = desk
    fulfilment = locale.intents["FallbackIntent"].fulfillment_code_hook
    updates = fulfilment.fulfillment_updates_specification

    def agent(call):
        if call.source == "DialogCodeHook":
            return reply(call)
        assert call.timeout_seconds == updates.timeout_in_seconds
        assert call.updates.delay_seconds == updates.start_response.delay_in_seconds
        assert call.updates.frequency_seconds == updates.update_response.frequency_in_seconds
        assert (len(call.updates.start), len(call.updates.update)) == (1, 1)
        return dialog.HookTimedOut()

    talk = Talk(locale, agent).says("what are your rates?")
    assert [call.source for call in talk.calls] == ["DialogCodeHook", "FulfillmentCodeHook"]
    late = _after(locale.intents["FallbackIntent"]).timeout_response
    assert (talk.words, talk.intent.state) == (words(late), "Failed")


def test_a_pin_is_verified_and_a_card_closes(desk):
    locale, names = desk
    talk = Talk(locale, reply)
    talk.says("hello", means(names.verify)).says("kim", value="kim")
    assert talk.words == [prompt(locale, names.verify, names.pin).format(**{names.user: "kim"})]
    talk.says("1234", value="1234")
    text, card = talk.outcome.messages
    assert (text.content_type, card.content_type) == ("PlainText", "ImageResponseCard")
    assert len(card.image_response_card.buttons) == 2


def test_a_declined_form_begins_anew(desk):
    locale, names = desk
    talk = Talk(locale, reply)
    talk.says("apply", means(names.form)).says("kim", value="kim")
    for _ in range(9):
        talk.says("something else", means(names.elsewhere, 1.0))  # free text takes anything
    assert talk.action == "ConfirmIntent"
    assert len(talk.slots) == 10
    talk.says("no", yes=False)
    declined = locale.intents[names.form].intent_confirmation_setting
    question = prompt(locale, names.form, names.user)
    assert talk.words == [*words(declined.declination_response), question]
    assert talk.action == f"ElicitSlot {names.user}"
    assert set(talk.slots.values()) == {None}


# --- GuestHouse, BlogBot: an old bot in Korean, its hook on every turn --------------------


class Stay(NamedTuple):
    """What one of the two bots calls the parts that both have."""

    search: str
    guest: str
    phone: str
    city: str
    book: str


STAYS = {
    "GuestHouse": Stay("LookUpStay", "Guest", "Phone", "Village", "KeepRoom"),
    "BlogBot_ko-en": Stay(
        "SearchHotel", "CustomerName", "CustomerPhoneNumber", "City", "BookHotel"
    ),
}


class Guest(Talk):
    """A talk with one of the two bots, whose Lambda looks a booking up."""

    def __init__(self, path):
        super().__init__(bot.load(path).locales["ko_KR"], self.answer)
        self.names = STAYS[path.name]

    def answer(self, call):
        """Look a booking up by name, telephone number and city."""
        given, names = call.session_state.intent, self.names
        name, phone, city = (
            s.value.interpreted_value if (s := given.slots[n]) and s.value else None
            for n in (names.guest, names.phone, names.city)
        )
        if call.source == "FulfillmentCodeHook":
            booked = reply(call, "Close", f"{name} 님의 호텔", state="Fulfilled")
            return booked if city == "서울" else reply(call, "ElicitIntent", "없습니다.")
        match (given.confirmation_state, name, phone, city):
            case ("Denied", *_):
                return reply(call, "ElicitSlot", "어느 도시요?", slot=names.city)
            case (_, "아무개", *_):
                return reply(call, "ElicitSlot", "그런 이름은 없습니다.", slot=names.guest)
            case ("None", str(), None, _):
                return reply(call, "ElicitSlot", "전화번호는요?", slot=names.phone)
            case ("None", str(), str(), str()):
                return reply(call, "ConfirmIntent", f"{city} 맞지요?")
        return reply(call)


@pytest.fixture(params=either_export("GuestHouse", "BlogBot_ko-en"))
def guest(request):
    return Guest(request.param)


def test_an_old_bots_hook_leads_the_talk(guest):
    names = guest.names

    def now():
        return guest.words, guest.action

    def asks(name):
        return [prompt(guest.locale, names.search, name)], f"ElicitSlot {name}"

    guest.says("예약 찾기", means(names.search))
    assert now() == asks(names.guest)
    guest.says("아무개", value="아무개")
    assert now() == (["그런 이름은 없습니다."], f"ElicitSlot {names.guest}")
    guest.says("홍길동", value="홍길동")
    assert now() == (["전화번호는요?"], f"ElicitSlot {names.phone}")
    guest.says("01012345678", value="01012345678")
    assert now() == asks(names.city)
    guest.says("부산", value="부산")
    assert now() == (["부산 맞지요?"], "ConfirmIntent")
    guest.says("아니요", yes=False)
    assert now() == (["어느 도시요?"], f"ElicitSlot {names.city}")
    guest.says("서울", value="서울").says("네", yes=True)
    assert now() == (["홍길동 님의 호텔"], "Close")
    assert guest.intent.state == "Fulfilled"
    assert all(c.label is None for c in guest.calls)


def test_an_old_bots_fulfilment_may_wait_for_any_intent(guest):
    names = guest.names
    guest.says("찾기", means(names.search, **{names.guest: "홍길동", names.city: "부산"}))
    guest.says("0101", value="0101").says("네", yes=True)
    assert (guest.words, guest.action) == (["없습니다."], "ElicitIntent")


def test_an_old_bot_without_a_hook_confirms_on_its_own(guest):
    names = guest.names
    guest.says("예약", means(names.book))
    assert guest.words == [prompt(guest.locale, names.book, names.guest)]
    guest.says("홍길동", value="홍길동").says("내일", value="2026-03-03")
    setting = guest.locale.intents[names.book].intent_confirmation_setting
    assert guest.words == words(setting.prompt_specification)
    assert guest.says("아니", yes=False).words == words(setting.declination_response)
    assert guest.calls == []


# --- ChowderBar, PizzaShop: a fulfilment hook, a closing with variations ------------------

KITCHENS = {
    "ChowderBar": ("LadleChowder", "Fish", "Size", "Seconds"),
    "PizzaShop": ("MakePizza", "topping", "crust", "waitStop"),
}


@pytest.mark.parametrize("path", either_export("ChowderBar", "PizzaShop"))
def test_a_meal_is_made(path):
    meal, first, second, optional = KITCHENS[path.name]
    locale = bot.load(path).locales["en_US"]
    talk = Talk(locale, lambda call: reply(call, state="Fulfilled"))
    talk.says("a meal", means(meal))
    assert talk.words == [prompt(locale, meal, first)]
    talk.says("ham", value="ham").says("thin", value="thin")
    assert talk.words[0] in {text.format(**{first: "ham"}) for text in closing(locale, meal)}
    assert talk.slots[optional] is None
    by_hook = Talk(locale, lambda call: reply(call, "Close", "Mine.", state="Fulfilled"))
    by_hook.says("a meal", means(meal, **{first: "ham", second: "thin"}))
    assert by_hook.words == ["Mine."]


# --- PilotStation: a pause, a composite, a default, every kind of message -----------------


@pytest.fixture
def pilot():
    (path,) = (p for p in exports(OWN) if p.name.startswith("PilotStation"))
    return Talk(bot.load(path).locales["ko_KR"])


VESSEL = lex.Slot(
    shape="Composite", value=None, sub_slots={"Rig": scalar("돛배"), "Berth": scalar("AB12")}
)


def test_a_pilot_is_called(pilot):
    intent = pilot.locale.intents["CallPilot"]
    at_home = lex.SessionState(session_attributes={"home": "무래항"})
    pilot.says("도선사", means("CallPilot"), state=at_home)
    ssml, question = pilot.outcome.messages
    assert ssml.content_type == "SSML"
    # The composite slot's own prompt comes first; one reply gives both parts.
    setting = intent.slots["Vessel"].value_elicitation_setting
    assert [question.content] == words(setting.prompt_specification)
    pilot.says("돛배 AB12", value=VESSEL)
    # The harbour is the default, which the session attribute holds.
    assert (pilot.slots["From"], pilot.action) == ("무래항", "ElicitSlot Stops")
    pilot.says("뒷개랑 솔섬", value=listed("뒷개", "솔섬")).says("없어요", value="없어요")
    assert pilot.action == "ConfirmIntent"
    pilot.says("네", yes=True)
    kinds = [message.content_type for message in pilot.outcome.messages]
    assert kinds == ["PlainText", "CustomPayload", "ImageResponseCard"]
    assert [c.name for c in pilot.outcome.session_state.active_contexts] == ["met"]
    assert pilot.says("고마워", means("ThankPilot")).intent.name == "ThankPilot"


# --- every bot, every intent ----------------------------------------------------------


@pytest.mark.parametrize("path", every_export())
def test_every_intent_of_a_bot_comes_to_an_end(path):
    """Answer every question with a value and every confirmation with yes."""
    for locale in bot.load(path).locales.values():
        for name, definition in locale.intents.items():
            fallback = definition.parent_intent_signature == "AMAZON.FallbackIntent"
            talk = Talk(locale).says("start", *(() if fallback else (means(name),)))
            turns = 0
            while talk.action not in ("Close", "ElicitIntent"):
                confirming = talk.action == "ConfirmIntent"
                talk.says("3", value=None if confirming else "3", yes=confirming or None)
                turns += 1
                assert turns < 30, name
