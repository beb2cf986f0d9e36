"""Real exports, driven through their branches with hooks of their own rules written anew.

What a bot should say is read from its definition, so that none of it is copied here.
"""

import pytest
from tests.dialog.build import Talk, ambiguous, means, reply, scalar

from daehwa import bot, dialog, lex

pytestmark = pytest.mark.shared


def load(shared, folder, locale="en_US"):
    return bot.load(shared / "bots" / folder).locales[locale]


def words(spec):
    """The words of a response or a prompt, each group's first message."""
    return [g.message.plain_text_message.value for g in spec.message_groups_list]


def prompt(locale, intent, slot):
    """The words that the bot asks for a slot with."""
    setting = locale.intents[intent].slots[slot].value_elicitation_setting
    return words(setting.prompt_specification)[0]


# --- ReminderBot: labels, prompt and validation hooks, counters, conditions -----------

PERIODS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night"}


def reminders(call):
    """The bot's Lambda: settle times that are unclear, fulfil."""
    given = call.session_state.intent
    time = (given.slots or {}).get("Time")
    value = time.value if time else None
    if call.source == "FulfillmentCodeHook":
        if given.name == "CallIntent":
            return reply(call, "Close", f"Called at {value.interpreted_value}", state="Fulfilled")
        return reply(call, state="Fulfilled")
    if value is None:
        return reply(call)
    if value.interpreted_value is None and len(value.resolved_values) > 1:
        return reply(call, "ElicitSlot", " or ".join(value.resolved_values), slot="Time")
    if value.interpreted_value in PERIODS:
        attributes = call.session_state.session_attributes | {"period": value.interpreted_value}
        words = f"When in the {PERIODS[value.interpreted_value]}?"
        return reply(call, "ElicitSlot", words, slot="Time", attributes=attributes)
    return reply(call)


class Reminder(Talk):
    """A talk with ReminderBot, and what it has to say."""

    def __init__(self, locale, answers=reminders):
        super().__init__(locale, answers)
        call, email, fall = (
            locale.intents[n] for n in ("CallIntent", "EmailIntent", "FallbackIntent")
        )
        self.call_start = words(call.initial_response_setting.initial_response)
        self.time = prompt(locale, "CallIntent", "Time")
        self.call_failed = words(_after(call).failure_response)
        otherwise = email.initial_response_setting.conditional.default_branch
        self.email_start = words(otherwise.response)
        self.days = prompt(locale, "EmailIntent", "DaysBefore")
        captured = email.slots["DaysBefore"].value_elicitation_setting.slot_capture_setting
        many, few = captured.capture_conditional.conditional_branches
        self.too_many, self.too_few = words(many.response), words(few.response)
        self.email_done = words(_after(email).success_response)[0]
        *rephrase, missed = fall.initial_response_setting.conditional.conditional_branches
        self.rephrase = [words(b.response) for b in rephrase]
        self.agent = words(_after(fall).success_response)
        self.missed = words(missed.response) + self.agent

    def labels(self):
        return [c.label or c.source for c in self.calls]


def _after(intent):
    return intent.fulfillment_code_hook.post_fulfillment_status_specification


@pytest.fixture
def reminder(shared):
    return Reminder(load(shared, "ReminderBot"))


def test_a_call_is_scheduled(reminder):
    reminder.says("call me", means("CallIntent"))
    assert reminder.words == [*reminder.call_start, reminder.time]
    assert reminder.action == "ElicitSlot Time"
    assert reminder.attributes == {"fallback-count": "0", "slot-failure": "false"}
    reminder.says("5 in the evening", value=scalar("17:00", heard="5 evening"))
    assert reminder.words == ["Called at 17:00"]
    assert (reminder.action, reminder.intent.state) == ("Close", "Fulfilled")
    assert reminder.labels() == [
        "CallIntent_InitialCodeHook",
        "CallIntent_TimeSlot_PromptCodeHook",
        "CallIntent_TimeSlot_ValidationCodeHook",
        "FulfillmentCodeHook",
    ]


def test_a_time_in_the_first_words_skips_the_prompt_and_its_hook(reminder):
    reminder.says("call me at 5 pm", means("CallIntent", Time="17:00"))
    assert reminder.words == [*reminder.call_start, "Called at 17:00"]
    assert reminder.labels() == [
        "CallIntent_InitialCodeHook",
        "CallIntent_TimeSlot_ValidationCodeHook",
        "FulfillmentCodeHook",
    ]


TEN = ambiguous("10 o'clock", "10:00", "22:00")


def test_an_unclear_time_is_settled_by_the_hook(reminder):
    reminder.says("call me", means("CallIntent")).says("10 o'clock", value=TEN)
    assert (reminder.words, reminder.action) == (["10:00 or 22:00"], "ElicitSlot Time")
    assert reminder.says("AM", value="10:00").words == ["Called at 10:00"]


def test_an_unclear_time_in_the_first_words_is_settled_at_the_start(reminder):
    reminder.says("call me at ten", means("CallIntent", Time=TEN))
    assert reminder.words == [*reminder.call_start, "10:00 or 22:00"]


def test_a_time_of_day_gets_a_question(reminder):
    reminder.says("call me", means("CallIntent")).says("in the morning", value="MO")
    assert reminder.words == ["When in the morning?"]
    assert reminder.attributes["period"] == "MO"


def test_a_time_missed_five_times_goes_to_an_agent(reminder):
    reminder.says("call me", means("CallIntent"))
    for _ in range(4):
        assert reminder.says("blah").words == [reminder.time]
    reminder.says("blah")
    assert reminder.words == reminder.missed
    assert reminder.attributes["slot-failure"] == "true"
    assert (reminder.intent.name, reminder.action) == ("FallbackIntent", "Close")
    assert reminder.intent.state == "Fulfilled"


def test_an_email_is_set_up(reminder):
    reminder.says("email me", means("EmailIntent"))
    assert reminder.words == [*reminder.email_start, reminder.days]
    assert reminder.action == "ElicitSlot DaysBefore"
    reminder.says("three", value="3")
    assert reminder.words == [reminder.email_done.replace("{DaysBefore}", "3")]
    assert reminder.intent.state == "Fulfilled"
    # The prompt's hook is off in the bot.
    assert reminder.labels() == ["EmailIntent_InitialCodeHook", "FulfillmentCodeHook"]


def test_days_in_the_first_words_skip_the_explanation(reminder):
    reminder.says("email me 2 days before", means("EmailIntent", DaysBefore="2"))
    assert reminder.words == [reminder.email_done.replace("{DaysBefore}", "2")]


@pytest.mark.parametrize(("days", "words"), [("9", "too_many"), ("0", "too_few")])
def test_days_out_of_range_are_elicited_again_without_the_prompt(reminder, days, words):
    reminder.says("email me", means("EmailIntent")).says(days, value=days)
    assert (reminder.words, reminder.action) == (
        getattr(reminder, words),
        "ElicitSlot DaysBefore",
    )
    assert reminder.slots == {"DaysBefore": None}
    assert reminder.says("3", value="3").intent.state == "Fulfilled"


def test_days_out_of_range_in_the_first_words(reminder):
    reminder.says("email me 30 days before", means("EmailIntent", DaysBefore="30"))
    assert (reminder.words, reminder.action) == (reminder.too_many, "ElicitSlot DaysBefore")


def test_days_missed_four_times_go_to_an_agent(reminder):
    reminder.says("email me", means("EmailIntent"))
    for _ in range(3):
        assert reminder.says("blah").words == [reminder.days]
    assert reminder.says("blah").words == reminder.missed


def test_the_fallback_counts_by_session_attributes(reminder):
    for question, count in zip(reminder.rephrase, "123", strict=True):
        reminder.says("blah")
        assert (reminder.words, reminder.action) == (question, "ElicitIntent")
        assert reminder.attributes == {"fallback-count": count}
    reminder.says("blah")
    assert (reminder.words, reminder.action) == (reminder.agent, "Close")
    reminder.says("call me", means("CallIntent"))
    assert reminder.attributes["fallback-count"] == "0"


def test_a_hook_that_fails(shared):
    def failing(call):
        if call.source == "FulfillmentCodeHook":
            return dialog.HookFailed("Invalid Lambda Response: boom")
        return reply(call)

    talk = Reminder(load(shared, "ReminderBot"), failing)
    talk.says("call me at 5", means("CallIntent", Time="17:00"))
    assert talk.words == talk.call_start + talk.call_failed
    assert talk.intent.state == "Failed"
    with pytest.raises(lex.DependencyFailedException, match="boom"):
        # EmailIntent has no words for it.
        talk.says("email me 3 days before", means("EmailIntent", DaysBefore="3"))


def test_a_switch_from_one_reminder_to_the_other(reminder):
    reminder.says("call me", means("CallIntent")).says("no, email", means("EmailIntent", 0.9))
    assert reminder.words == [*reminder.email_start, reminder.days]


# --- OrderFlower-repeat: confirmation, a hook that repeats what was said --------------


def repeating(call):
    state = call.session_state
    if state.intent.name == "RepeatIntent":
        return reply(call, "ElicitIntent", state.session_attributes.get("last", "Nothing yet."))
    return reply(call)


@pytest.fixture
def flowers(shared):
    return Talk(load(shared, "OrderFlower-repeat"), repeating)


ORDER = {"FlowerType": "dozen roses", "PickupDate": "2021-01-04", "PickupTime": "17:00"}


def test_flowers_are_ordered_and_confirmed(flowers):
    flowers.says("order flowers", means("OrderFlowers"))
    known = dict.fromkeys(ORDER, "")
    for name, value in ORDER.items():
        question = prompt(flowers.locale, "OrderFlowers", name)
        assert flowers.words == [question.format(**known)]
        known[name] = value
        flowers.says(value, value=value)
    setting = flowers.locale.intents["OrderFlowers"].intent_confirmation_setting
    assert flowers.words == [words(setting.prompt_specification)[0].format(**ORDER)]
    flowers.says("yes", yes=True)
    # Nothing fulfils it: the client is to.
    assert (flowers.words, flowers.action) == ([], "Close")
    assert flowers.intent.state == "ReadyForFulfillment"


def test_flowers_are_declined(flowers):
    flowers.says("order", means("OrderFlowers", **ORDER)).says("no", yes=False)
    setting = flowers.locale.intents["OrderFlowers"].intent_confirmation_setting
    assert flowers.words == words(setting.declination_response)
    assert flowers.intent.state == "Failed"


def test_repeat_is_the_hooks(flowers):
    known = lex.SessionState(session_attributes={"last": "Hi"})
    flowers.says("again", means("RepeatIntent"), state=known)
    assert (flowers.words, flowers.action) == (["Hi"], "ElicitIntent")


# --- FSI-Agent: free text, restart after a decline, a card, a model in the fallback ---


def test_the_agent_in_the_fallback_answers_and_closes(shared):
    def agent(call):
        assert (call.source, call.for_fallback) == ("DialogCodeHook", True)
        return reply(call, "Close", "By the agent.", state="Fulfilled")

    talk = Talk(load(shared, "FSI-Agent"), agent).says("what are your rates?")
    assert (talk.words, talk.intent.state) == (["By the agent."], "Fulfilled")


def test_the_agent_may_leave_it_to_fulfilment_with_updates(shared):
    def agent(call):
        if call.source == "DialogCodeHook":
            return reply(call)
        assert call.timeout_seconds == 120
        assert (call.updates.delay_seconds, len(call.updates.start)) == (1, 1)
        assert (call.updates.frequency_seconds, len(call.updates.update)) == (10, 1)
        return dialog.HookTimedOut()

    talk = Talk(load(shared, "FSI-Agent"), agent).says("what are your rates?")
    late = _after(talk.locale.intents["FallbackIntent"]).timeout_response
    assert (talk.words, talk.intent.state) == (words(late), "Failed")


def test_a_pin_is_verified_and_a_card_closes(shared):
    talk = Talk(load(shared, "FSI-Agent"), reply)
    talk.says("hello", means("VerifyIdentity")).says("kim", value="kim")
    assert talk.words == [prompt(talk.locale, "VerifyIdentity", "Pin").format(UserName="kim")]
    talk.says("1234", value="1234")
    text, card = talk.outcome.messages
    assert (text.content_type, card.content_type) == ("PlainText", "ImageResponseCard")
    assert len(card.image_response_card.buttons) == 2


def test_a_declined_loan_begins_anew(shared):
    talk = Talk(load(shared, "FSI-Agent"), reply)
    talk.says("apply", means("LoanApplication")).says("kim", value="kim")
    while talk.action != "ConfirmIntent":
        talk.says("loan calculator", means("LoanCalculator", 1.0))  # free text takes anything
    talk.says("no", yes=False)
    declined = talk.locale.intents["LoanApplication"].intent_confirmation_setting
    question = prompt(talk.locale, "LoanApplication", "UserName")
    assert talk.words == [*words(declined.declination_response), question]
    assert talk.action == "ElicitSlot UserName"
    assert set(talk.slots.values()) == {None}


# --- BlogBot: an old bot in Korean, its hook on every turn ----------------------------


def hotels(call):
    """The bot's Lambda: look a booking up by name, telephone number and city."""
    given = call.session_state.intent
    name, phone, city = (
        s.value.interpreted_value if (s := given.slots[n]) and s.value else None
        for n in ("CustomerName", "CustomerPhoneNumber", "City")
    )
    if call.source == "FulfillmentCodeHook":
        booked = reply(call, "Close", f"{name} 님의 호텔", state="Fulfilled")
        return booked if city == "서울" else reply(call, "ElicitIntent", "없습니다.")
    match (given.confirmation_state, name, phone, city):
        case ("Denied", *_):
            return reply(call, "ElicitSlot", "어느 도시요?", slot="City")
        case (_, "아무개", *_):
            return reply(call, "ElicitSlot", "그런 이름은 없습니다.", slot="CustomerName")
        case ("None", str(), None, _):
            return reply(call, "ElicitSlot", "전화번호는요?", slot="CustomerPhoneNumber")
        case ("None", str(), str(), str()):
            return reply(call, "ConfirmIntent", f"{city} 맞지요?")
    return reply(call)


@pytest.fixture
def blog(shared):
    return Talk(load(shared, "BlogBot_ko-en", "ko_KR"), hotels)


def test_an_old_bots_hook_leads_the_talk(blog):
    def now():
        return blog.words, blog.action

    def asks(name):
        return [prompt(blog.locale, "SearchHotel", name)], f"ElicitSlot {name}"

    blog.says("호텔예약 검색해죠", means("SearchHotel"))
    assert now() == asks("CustomerName")
    blog.says("아무개", value="아무개")
    assert now() == (["그런 이름은 없습니다."], "ElicitSlot CustomerName")
    blog.says("홍길동", value="홍길동")
    assert now() == (["전화번호는요?"], "ElicitSlot CustomerPhoneNumber")
    blog.says("01012345678", value="01012345678")
    assert now() == asks("City")
    blog.says("부산", value="부산")
    assert now() == (["부산 맞지요?"], "ConfirmIntent")
    blog.says("아니요", yes=False)
    assert now() == (["어느 도시요?"], "ElicitSlot City")
    blog.says("서울", value="서울").says("네", yes=True)
    assert now() == (["홍길동 님의 호텔"], "Close")
    assert blog.intent.state == "Fulfilled"
    assert all(c.label is None for c in blog.calls)


def test_an_old_bots_fulfilment_may_wait_for_any_intent(blog):
    blog.says("호텔예약 검색해죠", means("SearchHotel", CustomerName="홍길동", City="부산"))
    blog.says("0101", value="0101").says("네", yes=True)
    assert (blog.words, blog.action) == (["없습니다."], "ElicitIntent")


def test_an_old_bot_without_a_hook_confirms_by_itself(blog):
    blog.says("호텔예약해죠", means("BookHotel"))
    assert blog.words == [prompt(blog.locale, "BookHotel", "CustomerName")]
    blog.says("홍길동", value="홍길동").says("내일", value="2026-03-03")
    setting = blog.locale.intents["BookHotel"].intent_confirmation_setting
    assert blog.words == words(setting.prompt_specification)
    assert blog.says("아니", yes=False).words == words(setting.declination_response)
    assert blog.calls == []


# --- PizzaShop: a fulfilment hook, a closing with variations --------------------------


def test_a_pizza_is_made(shared):
    locale = load(shared, "PizzaShop")
    talk = Talk(locale, lambda call: reply(call, state="Fulfilled"))
    talk.says("pizza", means("MakePizza"))
    assert talk.words == [prompt(locale, "MakePizza", "topping")]
    talk.says("ham", value="ham").says("thin", value="thin")
    closing = locale.intents["MakePizza"].intent_closing_setting.closing_response
    (group,) = closing.message_groups_list
    either = {m.plain_text_message.value for m in (group.message, *group.variations)}
    assert talk.words[0] in {text.format(topping="ham") for text in either}
    assert talk.slots["waitStop"] is None
    by_hook = Talk(locale, lambda call: reply(call, "Close", "Mine.", state="Fulfilled"))
    by_hook.says("pizza", means("MakePizza", topping="ham", crust="thin"))
    assert by_hook.words == ["Mine."]


# --- every bot, every intent ----------------------------------------------------------


def test_every_intent_of_every_bot_comes_to_an_end(shared):
    """Answer every question with a value and every confirmation with yes."""
    driven = 0
    for folder in sorted(p for p in (shared / "bots").iterdir() if p.is_dir()):
        for locale in bot.load(folder).locales.values():
            for name, definition in locale.intents.items():
                fallback = definition.parent_intent_signature == "AMAZON.FallbackIntent"
                talk = Talk(locale).says("start", *(() if fallback else (means(name),)))
                turns = 0
                while talk.action not in ("Close", "ElicitIntent"):
                    confirming = talk.action == "ConfirmIntent"
                    talk.says("3", value=None if confirming else "3", yes=confirming or None)
                    turns += 1
                    assert turns < 30, (folder.name, name)
                driven += 1
    assert driven > 15
