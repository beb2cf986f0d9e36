"""Composite slots: which sub-slots are asked for, in which order, and when they are enough."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dialog.build import (
    Talk,
    ask,
    branch,
    fulfil,
    hears,
    intent,
    locale,
    means,
    reply,
    scalar,
    slot,
    when,
)

from daehwa import bot, dialog, lex
from daehwa.dialog.composite import next_missing, parse_need


def part(question, retries=1):
    return bot.Specifications(
        value_elicitation_setting=bot.SlotValueElicitationSetting(
            prompt_specification=ask(question, retries=retries)
        )
    )


SILENT = bot.PromptSpecification(max_retries=1, message_groups_list=())


def address(expression=None, *, own_prompt=SILENT, hook=False, **capture):
    setting = bot.SubSlotSetting(
        expression=expression,
        slot_specifications={n: part(f"{n}?") for n in ("street", "city", "code")},
    )
    kind = bot.SlotType(
        name="Address",
        composite_slot_type_setting=bot.CompositeSlotTypeSetting(
            sub_slots=tuple(bot.SubSlotTypeComposition(name=n) for n in ("street", "city", "code"))
        ),
    )
    where = slot("Where", "Address", sub_slots=setting, prompt=own_prompt, **capture)
    return Talk(
        locale(
            intent(
                "Send",
                where,
                hook=hook,
                old_flow=hook,
                fulfil=fulfil("To {Where.city}, {Where.street}."),
            ),
            slot_types={"Address": kind},
        )
    )


def sub_slot(talk):
    sub_slot = talk.outcome.session_state.dialog_action.sub_slot_to_elicit
    return sub_slot.name if sub_slot else None


def composite(**given):
    return lex.Slot(shape="Composite", sub_slots={n: scalar(v) for n, v in given.items()})


def test_every_part_is_elicited_in_turn():
    talk = address().says("send", means("Send"))
    assert (talk.words, talk.action, sub_slot(talk)) == (["street?"], "ElicitSlot Where", "street")
    assert dialog.elicitation(talk.plan, talk.session).sub_slot == "street"
    talk.says("main street", value="main street")
    assert (talk.words, sub_slot(talk)) == (["city?"], "city")
    assert not talk.outcome.missed_utterance
    talk.says("Seoul", value="Seoul").says("123", value="123")
    assert talk.words == ["To Seoul, main street."]
    assert talk.intent.slots["Where"] == composite(street="main street", city="Seoul", code="123")


def test_a_prompt_of_its_own_comes_first_and_what_the_reply_lacks_is_elicited():
    talk = address(own_prompt=ask("Where to?", retries=1)).says("send", means("Send"))
    assert (talk.words, talk.action, sub_slot(talk)) == (["Where to?"], "ElicitSlot Where", None)
    assert talk.says("?").words == ["Where to?"]
    talk.says("main street in Seoul", value=composite(street="main street", city="Seoul"))
    assert (talk.words, sub_slot(talk)) == (["code?"], "code")
    assert talk.says("123", value="123").words == ["To Seoul, main street."]


def test_a_hook_that_elicits_a_composite_slot_begins_with_its_prompt():
    talk = address(own_prompt=ask("Where to?"), hook=True)
    talk.answers = lambda call: reply(call, "ElicitSlot", slot="Where")
    assert talk.says("send", means("Send")).words == ["Where to?"]
    assert sub_slot(talk) is None


def test_what_came_at_once_is_not_elicited():
    talk = address().says("send", means("Send", Where=composite(street="a", code="1")))
    assert sub_slot(talk) == "city"
    assert talk.says("Rome", value="Rome").action == "Close"


def test_several_parts_may_come_in_one_reply():
    talk = address().says("send", means("Send"))
    talk.says("a in Rome", value=composite(street="a", city="Rome"))
    assert sub_slot(talk) == "code"


def test_an_expression_says_what_is_enough():
    talk = address("(code OR city) AND street").says("send", means("Send"))
    assert sub_slot(talk) == "code"
    assert sub_slot(talk.says("1", value="1")) == "street"
    assert talk.says("a", value="a").action == "Close"


def test_a_part_has_retries_of_its_own():
    talk = address().says("send", means("Send")).says("a", value="a").says("?")
    assert (talk.words, sub_slot(talk)) == (["city?"], "city")
    assert talk.says("?").intent.name == "FallbackIntent"


def test_conditions_see_the_parts():
    check = when(branch('{Where.city} = "rome"', "Roma!"))
    talk = address(capture_conditional=check).says("send", means("Send"))
    talk.says("x", value=composite(street="a", city="Rome", code="1"))
    assert talk.words[0] == "Roma!"


@pytest.mark.parametrize(
    ("expression", "there", "lacking"),
    [
        ("a", "", "a"),
        ("a", "a", None),
        ("a AND b", "a", "b"),
        ("a OR b", "", "a"),
        ("a OR b", "b", None),
        ("(a OR b) AND c", "b", "c"),
        ("a OR b AND c", "b", "a"),
        ("a or (b and c)", "bc", None),
        ("((a))", "", "a"),
    ],
)
def test_expressions(expression, there, lacking):
    assert next_missing(parse_need(expression), composite(**dict.fromkeys(there, "x"))) == lacking


@given(st.lists(st.sampled_from(["a", "b", "AND", "OR", "(", ")", "é", " "]), max_size=40))
def test_any_expression_parses_or_says_where_it_does_not(words):
    text = " ".join(words)
    try:
        need = parse_need(text)
    except dialog.ConditionError as error:
        wrong = error
    else:
        assert next_missing(need, None) in words
        return
    assert 0 <= wrong.position <= len(text)


def test_nesting_without_end_is_an_error():
    with pytest.raises(dialog.ConditionError):
        parse_need("(" * 1000 + "a")


def test_a_hook_that_asks_for_the_slot_asks_for_its_next_part():
    def answers(call):
        return reply(call, "ElicitSlot", slot="Where", slots={"Where": composite(street="a")})

    talk = address(elicitation_code_hook=hears())
    hooked = msgspec.structs.replace(
        talk.locale.intents["Send"], dialog_code_hook=bot.DialogCodeHook(enabled=True)
    )
    intents = talk.locale.intents | {"Send": hooked}
    talk = Talk(msgspec.structs.replace(talk.locale, intents=intents), answers)
    talk.says("send", means("Send")).says("?")
    assert (talk.words, sub_slot(talk)) == (["city?"], "city")
