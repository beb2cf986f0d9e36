"""Grammars: what they accept, and what their tags make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daehwa.nlu import srgs
from daehwa.nlu.srgs import matching

HEAD = '<grammar version="1.0" xmlns="http://www.w3.org/2001/06/grammar" xml:lang="en-US"'
LITERALS = "semantics/1.0-literals"


def whole(rules, tags="semantics/1.0"):
    return f'{HEAD} tag-format="{tags}" root="top">{rules}</grammar>'


def grammar(rules, tags="semantics/1.0"):
    return srgs.parse_grammar(whole(rules, tags))


def rule(content, name="top"):
    return f'<rule id="{name}">{content}</rule>'


def value(of, text):
    matched = srgs.match(of, text)
    return matched and matched.value


DEPARTMENTS = rule(
    """<one-of>
    <item>sales <tag>100</tag></item>
    <item><item repeat="0-1">the</item> "help" desk <tag>200</tag></item>
    <item weight="2">don't care</item>
    </one-of>"""
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Sales", "100"),
        ("sales!", "100"),
        ("the help desk", "200"),
        ("help  desk", "200"),
        ("Don\u2019t care", "Don\u2019t care"),
        ("help", None),
        ("sales help desk", None),
        ("", None),
    ],
)
def test_literals(said, expected):
    assert value(grammar(DEPARTMENTS, tags=LITERALS), said) == expected


def test_the_parts_of_a_text_that_are_accepted_are_found():
    found = srgs.find(grammar(DEPARTMENTS, tags=LITERALS), "is it sales or the help desk?")
    assert [(one.start, one.end, one.value) for one in found] == [(6, 11, "100"), (15, 28, "200")]


def test_examples_are_accepted():
    of = grammar(DEPARTMENTS, tags=LITERALS)
    made = srgs.examples(of)
    assert "sales" in made
    assert all(srgs.match(of, phrase) for phrase in made)


DIGITS = rule(
    '<tag>out = "";</tag><item repeat="1-">'
    '<ruleref uri="#digit"/><tag>out += rules.digit;</tag></item>'
) + rule(
    "<one-of><item>one<tag>out = 1</tag></item><item>two<tag>out = 2</tag></item></one-of>", "digit"
)


@pytest.mark.parametrize("said", ["one two two", "1 2 2", "122", "1 two 2"])
def test_typed_digits_stand_for_spelled_ones(said):
    assert value(grammar(DIGITS), said) == "122"


@pytest.mark.parametrize(
    ("times", "accepted"),
    [("2", [2]), ("0-2", [1, 2]), ("2-", [2, 3]), ("1-3", [1, 2, 3]), ("0-1", [1])],
)
def test_repeats(times, accepted):
    of = grammar(rule(f'<item repeat="{times}">go</item>'))
    assert [n for n in (1, 2, 3, 4) if value(of, "go " * n)][:3] == accepted or times == "2-"
    assert all(value(of, "go " * n) for n in accepted)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('out = "a" + 1 + 2', "a12"),
        ("out = 1 + 2 * 3", "7"),
        ("out = 2e3 + 0x10 + 5.", "2021"),
        ("out = 12; out -= 2; out *= 3; out /= 4; out %= 5", "2.5"),
        # As ECMAScript's Number::toString writes them.
        ("out = 3e21", "3e+21"),
        ("out = 300000000000 * 1000000000", "300000000000000000000"),
        ("out = 0.0000025", "0.0000025"),
        ("out = 0.00000025", "2.5e-7"),
        ("out = -1 / 8", "-0.125"),
        ('out = "caf\\u00e9 \\x41 \\ud83c\\udf37 \\u{1F337}"', "caf\u00e9 A \U0001f337 \U0001f337"),
        ('out = parseInt("40 beds") + parseFloat("1.5m")', "41.5"),
        ('out = "abcd".substring(3, 1) + "abcd".indexOf("d")', "bc3"),
        ("out.n = 1.5; out.ok = true; out.none = null", '{"n":1.5,"ok":true,"none":null}'),
        ('var x = "b"; out = x == "b" ? "yes" : "no"', "yes"),
        ('out = {kind: "card", "digits": [1, 2]}', '{"kind":"card","digits":[1,2]}'),
        ("out.a = new Object(); out.a.b = 'c'", '{"a":{"b":"c"}}'),
        ("out = meta.current().text.toUpperCase()", "GO ON"),
        ('out = "abc".substring(1) + "abc".length', "bc3"),
        ("out.value += 1", '{"value":null}'),
        ("// nothing\nout = 'x'", "x"),
        # What cannot be run counts as no tag.
        ("while (true) {}", "go on"),
        ("out = out.constructor.constructor('return 1')()", "go on"),
        ("out =", "go on"),
        ("x = [1]; out.a = out; out.b = out", '{"a":{},"b":{"a":{}}}'),
    ],
)
def test_scripts(script, expected):
    assert value(grammar(rule(f"go on <tag><![CDATA[{script}]]></tag>")), "go on") == expected


def test_a_rule_without_tags_has_the_result_of_the_last_one_it_refers_to():
    of = grammar(rule('to <ruleref uri="#place"/>') + rule("rome <tag>out = 7</tag>", "place"))
    assert value(of, "to Rome") == "7"


def test_special_rules():
    of = grammar(
        rule('<ruleref special="GARBAGE"/> refund <ruleref special="NULL"/>'),
    )
    assert value(of, "i want a refund") == "i want a refund"
    assert value(grammar(rule('a <ruleref special="VOID"/>')), "a") is None


def test_a_rule_that_comes_back_to_itself_ends():
    of = grammar(rule('<one-of><item><ruleref uri="#top"/> a</item><item>b</item></one-of>'))
    assert value(of, "b") == "b"
    right = grammar(rule('a <item repeat="0-1"><ruleref uri="#top"/></item>'))
    assert srgs.match(right, "a a a").end == 5
    assert value(right, "a " * 200) is None


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<grammar", "not XML"),
        ("<speak/>", "<speak>"),
        (whole(""), "no rule 'top'"),
        (whole(rule('<ruleref uri="#b"/>')), "no rule 'b'"),
        (whole(rule('<ruleref uri="x.grxml#b"/>')), "another one"),
        (whole(rule('<ruleref special="ANY"/>')), "ANY"),
        (whole(rule('<item repeat="many">b</item>')), "many"),
        (whole(rule('<item repeat="5-2">b</item>')), "5-2"),
        (whole(rule("<b/>")), "SRGS does not have"),
        ('<!DOCTYPE g [<!ENTITY a "b">]>' + whole(rule("&a;")), "entities"),
        (whole(rule("a " * 60_000)), "100 KB"),
        (whole(rule("<item>" * 60 + "</item>" * 60)), "deeply"),
    ],
)
def test_what_is_wrong_with_a_grammar_is_told(source, told):
    with pytest.raises(srgs.GrammarError, match=told):
        srgs.parse_grammar(source)


PIECES = st.sampled_from(
    ["out", ".", "a", "=", "+=", "+", "-", "*", "/", "%", "(", ")", "{", "}", "[", "]", "1", "'x'",
     "?", ":", ";", ",", "rules", "latest", "meta", "current", "!", "==", "<", "&&", "new", "var",
     "substr", "join", "concat", "replace", "length", "Number", "\n", "0.5", "$", "0", "'ABC'"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_script_ends_with_a_text(script):
    of = grammar(rule(f"go <tag><![CDATA[{script}]]></tag>"))
    assert isinstance(value(of, "go"), str)


PARTS = st.recursive(
    st.sampled_from(
        ["a", "b c", '<ruleref uri="#top"/>', '<ruleref special="GARBAGE"/>',
         "<tag>out += 1</tag>", ""]
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(
            lambda each: "<one-of>" + "".join(f"<item>{e}</item>" for e in each) + "</one-of>"
        ),
        st.tuples(st.sampled_from(["0-1", "0-", "1-", "2", "0"]), inner).map(
            lambda pair: f'<item repeat="{pair[0]}">{pair[1]}</item>'
        ),
        st.lists(inner, max_size=3).map(" ".join),
    ),
    max_leaves=8,
)  # fmt: skip


@given(PARTS, st.lists(st.sampled_from(["a", "b", "c", "1"]), max_size=12).map(" ".join))
def test_any_grammar_ends_and_finds_what_it_accepts(content, text):
    of = grammar(rule(content))
    matched = srgs.match(of, text)
    if matched is not None:
        assert text.strip() == text[matched.start : matched.end]
    for one in srgs.find(of, text):
        assert 0 <= one.start < one.end <= len(text)
    assert isinstance(srgs.examples(of), list)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("out=0+0", "0"),
        ("out=0-0", "0"),
        ("out=0*0", "0"),
        ("out=0/0", "NaN"),
        ("out=1/0", "Infinity"),
        ("out=0-1/0", "-Infinity"),
        ("out=5%0", "NaN"),
        ("out=(1/0)%2", "NaN"),
        ("out=7%4", "3"),
        ("out=1/0*0", "NaN"),
        ("out=-Infinity", "-Infinity"),
        ("out=NaN", "NaN"),
        ("out='x'+0", "x0"),
    ],
)
def test_numbers_are_ecmascript_s_and_never_raise(script, expected):
    assert value(grammar(rule(f"go <tag>{script};</tag>")), "go") == expected


def nested(innermost, *times):
    for each in times:
        innermost = f'<item repeat="{each}">{innermost}</item>'
    return grammar(rule(innermost))


SIXTY = " ".join(["a"] * 60)


@pytest.mark.parametrize("times", [("0-",) * 3, ("0-",) * 8, ("1-",) * 3, ("2-", "2-", "2-")])
def test_repetitions_within_repetitions_are_gone_through_once(times):
    """Sixty words through three of them took minutes: every way was walked, not every place."""
    of = nested("a", *times)
    matcher = matching._Matcher(of, next(matching._ways(SIXTY)))
    assert 60 in matcher.root(0)
    assert matcher._moves < matching._MOST_MOVES
    assert srgs.match(of, SIXTY).value == SIXTY


def test_a_grammar_made_to_be_slow_matches_nothing_instead():
    of = nested("<one-of>" + "<item>a</item><item>a a</item>" * 20 + "</one-of>", *["7-"] * 12)
    matcher = matching._Matcher(of, next(matching._ways(SIXTY)))
    matcher.root(0)
    assert matcher._moves <= matching._MOST_MOVES + 61


def test_examples_are_no_longer_than_what_is_matched():
    """A hundred times a hundred, six deep, was all the memory there is."""
    assert srgs.examples(nested("one", *["100"] * 6)) == []
    assert srgs.examples(nested("one", "50")) == [" ".join(["one"] * 50)]
    assert srgs.examples(nested("", *["100"] * 6)) == [""]


def test_a_long_chain_of_rules_neither_matches_nor_breaks():
    chain = "".join(
        f'<rule id="r{n}"><item><ruleref uri="#r{n + 1}"/></item></rule>' for n in range(1_500)
    )
    of = grammar(rule('<ruleref uri="#r0"/>') + chain + '<rule id="r1500">a</rule>')
    assert srgs.match(of, "a") is None
    assert srgs.find(of, "a") == []
    assert srgs.examples(of) == []
