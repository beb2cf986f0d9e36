"""The condition language: what parses, what does not and where, and what is true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dialog.build import ambiguous, listed, scalar
from tests.material.sources import either_export, every_export

from daehwa import bot, dialog
from daehwa.dialog.condition import And, Comparison, Constant, IsSet, Not, Or, parse_condition
from daehwa.dialog.evaluation import expression_with_values, holds
from daehwa.dialog.scope import Reference, Scope

TYPES = {
    "n": "AMAZON.Number",
    "day": "AMAZON.Date",
    "at": "AMAZON.Time",
    "long": "AMAZON.Duration",
    "price": "AMAZON.Currency",
    "size": "Size",
}
SCOPE = Scope(
    intent="Order",
    slots={
        "n": scalar("10"),
        "day": scalar("2026-03-10"),
        "at": scalar("09:30"),
        "long": scalar("PT90M"),
        "price": scalar("USD 15.00"),
        "size": scalar("Big"),
        "toppings": listed("pepperoni", "pineapple"),
        "credit-card-number": scalar("123456781234"),
        "empty": None,
        "unsure": ambiguous("10 o'clock", "10:00", "22:00"),
        "빈도": scalar("매일"),
    },
    session_attributes={"count": "9", "name": "Kim", "blank": "", "x.y": "1", "quote": 'a"b'},
    request_attributes={"channel": "web", "x-amz-lex:q-in-connect-response": "hello"},
    transcript="I would like two",
    input_mode="Text",
)


def true(expression):
    return holds(parse_condition(expression), SCOPE, TYPES)


@pytest.mark.parametrize(
    "expression",
    [
        "{n} = 10",
        "{n}=10",
        "{n} > 9",  # as numbers: "10" > "9" is false of texts
        '{n} > "9"',
        "{n} >= 10 AND {n} <= 10",
        "{n} != 9.5",
        "{n} > -3",
        "{Order.n} = 10",
        '{size} = "big"',
        '{size} < "small"',
        '{day} > "2026-03-09"',
        "{day} < 2026-04-01",
        '{at} < "10:00"',
        "{at} >= 9:30",
        "{long} > PT1H",
        '{long} < "PT2H"',
        "{long} = PT1H30M",
        "{price} < 20",
        "[count] < 10",
        '[count] = "9"',
        '[name] = "KIM"',
        '[blank] = ""',
        '[x.y] = "1"',
        r'[quote] = "a\"b"',
        '((channel)) = "web"',
        '((x-amz-lex:q-in-connect-response)) = "hello"',
        '$.inputMode = "Text"',
        '$.inputTranscript CONTAINS "two"',
        "$.transcriptions[0].transcriptionConfidence > 0.5",
        "fn.COUNT({toppings}) = 2",
        "FN.count({n}) = 1",
        "fn.IS_SET({toppings})",
        "fn.IS_SET([blank])",
        "fn.IS_SET((channel)) OR fn.IS_SET(((channel)))",
        '{toppings} CONTAINS "Pineapple"',
        "fn.LENGTH({credit-card-number}) = 12",
        "fn.LENGTH([name]) < 4",
        '{빈도} = "매일"',
        "!fn.IS_SET({empty})",
        "NOT fn.IS_SET({unsure})",
        '!fn.IS_SET([nothing]) OR [nothing] != "x"',
        '[nothing] = "x" OR {n} = 10',
        '{n} = 1 OR {n} = 10 AND {size} = "big"',  # AND binds closer
        '({n} = 1 || {n} = 10) && !({size} = "small")',
        "not not {n} == 10",
        '((channel)) = "web" and (({n} = 10) or ({n} = 11))',
    ],
)
def test_it_is_true(expression):
    assert true(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "{n} < 9",
        '[nothing] = "x"',
        '[nothing] != "x"',  # of what is not set nothing is true
        "{empty} < 3",
        '{unsure} != "10:00"',
        '{n} = "ten"',
        "[name] > 3",
        '{toppings} CONTAINS "pine"',  # a whole value, not a part of one
        "fn.LENGTH({toppings}) > 0",  # lists have no length
        "fn.COUNT({empty}) = 0",
        '$.transcriptions[7].transcription = "x"',
        '$.nothing.here = "x"',
    ],
)
def test_it_is_false(expression):
    assert not true(expression)


@pytest.mark.parametrize(
    ("expression", "position"),
    [
        ("", 0),
        ("   ", 3),
        ("{n}", 3),
        ("{n} =", 5),
        ("{n} = = 3", 6),
        ("= 3", 0),
        ("{n = 3", 0),
        ("{n} = 3 {n}", 8),
        ("({n} = 3", 8),
        ("{n} = 3)", 7),
        ("{n} = 3 AND", 11),
        ("{n} = 'x'", 6),
        ('{n} = "x', 6),
        ("fn.LAST({n}) = 3", 0),
        ("fn.COUNT = 3", 9),
        ("fn.COUNT(3) = 3", 9),
        ("fn.COUNT({n} = 3", 13),
        ("fn.COUNT({n})", 13),
        ("{n} & 3", 4),
        ("__import__('os')", 11),
    ],
)
def test_what_does_not_parse_says_where(expression, position):
    with pytest.raises(dialog.ConditionError) as wrong:
        parse_condition(expression)
    assert wrong.value.position == position
    assert wrong.value.expression == expression


def test_the_tree_keeps_precedence():
    assert parse_condition("{a} = 1 OR {b} = 2 AND NOT fn.IS_SET([c])") == Or(
        (
            Comparison(Reference("slot", "a"), "=", Constant("1", number=True)),
            And(
                (
                    Comparison(Reference("slot", "b"), "=", Constant("2", number=True)),
                    Not(IsSet(Reference("session", "c"))),
                )
            ),
        )
    )


@pytest.mark.parametrize("deep", ["(" * 1000, "!" * 1000, "NOT " * 300, "(!" * 500])
def test_nesting_without_end_is_an_error_and_no_crash(deep):
    with pytest.raises(dialog.ConditionError):
        parse_condition(deep + "{n} = 1")


WORDS = st.sampled_from(
    ["(", ")", "((", "))", "!", "NOT", "AND", "&&", "OR", "||", "{n}", "{n", "[a]", "((r))",
     "$.inputMode", "fn.COUNT", "fn.IS_SET(", "=", "!=", "<=", "CONTAINS", '"x"', '"', "1", "-2.5",
     "P2H", "2026-01-01", "9:30", " ", "\t", "\\", "é", "안녕"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=30).map(" ".join)))
def test_any_text_parses_or_says_where_it_does_not(text):
    try:
        tree = parse_condition(text)
    except dialog.ConditionError as error:
        wrong = error
    else:
        assert holds(tree, SCOPE, TYPES) in (True, False)
        return
    assert 0 <= wrong.position <= len(text)


def test_recorded_expressions(cases):
    seen = 0
    for case in cases.of_kind("expression"):
        for turn in case["turns"]:
            for expression in turn.get("expressions", []):
                parse_condition(expression)
                seen += 1
            slots = {
                n: scalar(v) if isinstance(v, str) else listed(*v)
                for n, v in turn.get("given", {}).get("slots", {}).items()
            }
            for expression, expected in turn["expect"].items():
                if "given" in turn:
                    result = holds(parse_condition(expression), Scope(slots=slots), {})
                    assert result is expected, expression
                    seen += 1
    assert seen > 8


def conditions_of(value):
    """Find every expression in a definition."""
    if isinstance(value, bot.Condition):
        yield value.expression_string
    elif isinstance(value, dict):
        for part in value.values():
            yield from conditions_of(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from conditions_of(part)
    elif hasattr(value, "__struct_fields__"):
        for field in value.__struct_fields__:
            yield from conditions_of(getattr(value, field))


@pytest.mark.parametrize("path", every_export())
def test_every_condition_of_a_bot_parses(path):
    for expression in conditions_of(bot.load(path)):
        parse_condition(expression)


@pytest.mark.parametrize("path", either_export("HarbourBell", "ReminderBot"))
def test_the_conditions_of_a_bot_are_found_wherever_they_stand(path):
    assert len(list(conditions_of(bot.load(path)))) >= 7


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ('{size} = "big" AND [count] > 3', '("Big" = "big") AND ("9" > 3)'),
        ("NOT fn.IS_SET({empty}) OR {empty} = 1", "(NOT false) OR (null = 1)"),
        ("fn.COUNT({toppings}) >= 2", "2 >= 2"),
    ],
)
def test_an_expression_is_written_with_its_values_for_the_log(expression, written):
    assert expression_with_values(parse_condition(expression), SCOPE) == written
