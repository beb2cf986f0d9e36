"""The example bots: sound, complete, and what the issue asked for."""

import pytest

from daehwa import bot

EXAMPLES = {name: bot.load(path) for name, path in bot.bundled().items()}
LOCALES = [
    pytest.param(locale, id=f"{name}-{locale.identifier}")
    for name, example in EXAMPLES.items()
    for locale in example.locales.values()
]
PADO = [
    pytest.param(locale, id=locale.identifier)
    for locale in EXAMPLES["PadoBooksBot"].locales.values()
]


def own_intents(locale):
    return [i for i in locale.intents.values() if i.parent_intent_signature is None]


def texts(specification):
    return [group.message.plain_text_message.value for group in specification.message_groups_list]


def cards(value):
    """Every card in a value's messages."""
    if isinstance(value, bot.ImageResponseCard):
        yield value
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from cards(getattr(value, name))
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from cards(item)


def test_two_bots_are_bundled_under_their_names():
    assert sorted(EXAMPLES) == ["HelloWorldBot", "PadoBooksBot"]
    assert all(example.name == name for name, example in EXAMPLES.items())
    assert len({bot.bot_id(example) for example in EXAMPLES.values()}) == 2


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_bundled_bot_has_no_problem_and_survives_writing(name, tmp_path):
    assert bot.validate(EXAMPLES[name]) == []
    bot.save(EXAMPLES[name], tmp_path / "out")
    assert bot.load(tmp_path / "out") == EXAMPLES[name]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_fallback_goes_to_a_code_hook(locale):
    fallback = locale.fallback_intent
    assert fallback.fulfillment_code_hook.enabled
    assert fallback.initial_response_setting.next_step.dialog_action.type == "FulfillIntent"


def test_hello_world_is_the_workshops():
    assert list(EXAMPLES["HelloWorldBot"].locales) == ["ko_KR"]
    hello = EXAMPLES["HelloWorldBot"].locales["ko_KR"].intents["HelloWorld"]
    name = hello.slots["Name"]
    assert [sample.utterance for sample in hello.sample_utterances] == ["안녕하세요", "안녕"]
    assert name.slot_type_name == "AMAZON.FirstName"
    assert texts(name.value_elicitation_setting.prompt_specification) == [
        "제 이름은 Lex입니다. 당신의 이름은 무엇 입니까?"
    ]
    confirmation = hello.intent_confirmation_setting
    assert texts(confirmation.prompt_specification) == ["당신의 이름은 {Name}입니까?"]
    assert texts(confirmation.declination_response) == ["처음부터 다시 시작해 주세요."]
    status = hello.fulfillment_code_hook.post_fulfillment_status_specification
    assert texts(status.success_response) == ["반갑습니다. {Name}님."]
    assert texts(hello.intent_closing_setting.closing_response) == ["HelloWorld 의도를 종료합니다."]


def test_pado_books_speaks_both_languages_with_the_same_intents():
    korean, english = (EXAMPLES["PadoBooksBot"].locales[i] for i in ("ko_KR", "en_US"))
    assert list(korean.intents) == list(english.intents)
    assert len(own_intents(korean)) >= 5
    for name, intent in korean.intents.items():
        assert list(intent.slots) == list(english.intents[name].slots)


@pytest.mark.parametrize("locale", PADO)
def test_pado_books_shows_what_a_bot_can_do(locale):
    slots = [slot for intent in locale.intents.values() for slot in intent.slots.values()]
    kinds = {slot.slot_type_name for slot in slots}
    assert {"AMAZON.Date", "AMAZON.Time", "AMAZON.Number", "AMAZON.FirstName"} < kinds
    assert all(t.slot_type_values[0].synonyms for t in locale.slot_types.values())
    assert any(intent.intent_confirmation_setting for intent in locale.intents.values())
    assert any(cards(intent) for intent in locale.intents.values())


@pytest.mark.parametrize("locale", PADO)
def test_pado_books_has_enough_to_learn_from(locale):
    for intent in own_intents(locale):
        assert 12 <= len(intent.sample_utterances) <= 25


@pytest.mark.parametrize("locale", PADO)
def test_a_button_of_the_menu_says_a_sample_of_its_intent(locale):
    samples = {
        sample.utterance: intent.name
        for intent in own_intents(locale)
        for sample in intent.sample_utterances
    }
    [menu] = cards(locale.intents["Greeting"])
    assert [samples[button.value] for button in menu.buttons_list] == [
        "RecommendBook",
        "LuckySentence",
        "ReserveSeat",
        "OrderBook",
        "OpeningHours",
    ]


@pytest.mark.parametrize("locale", PADO)
def test_a_card_needs_nothing_from_another_host(locale):
    assert all(card.image_url is None for i in locale.intents.values() for card in cards(i))


def test_starters_are_the_first_utterances_without_slots_those_with_slots_first():
    def intent(name, *utterances, **members):
        samples = tuple(bot.SampleUtterance(utterance=text) for text in utterances)
        return bot.Intent(name=name, sample_utterances=samples, **members)

    slot = bot.Slot(name="Drink", slot_type_name="AMAZON.City")
    intents = [
        intent("Greet", "안녕", "안녕하세요"),
        intent("Order", "{Drink} 주세요", "주문할게요", slots={"Drink": slot}),
        intent("OnlySlots", "{Drink}", slots={"Drink": slot}),
        intent("Later", "더 주세요", input_contexts=(bot.InputContext(name="ordered"),)),
        bot.DEFAULT_FALLBACK_INTENT,
    ]
    locale = bot.BotLocale(identifier="ko_KR", intents={i.name: i for i in intents})
    assert bot.starters(locale) == ("주문할게요", "안녕")
