"""The suite itself: a rule without a scenario, a slip in a file, a wrong answer are reported."""

import re
from pathlib import Path

import pytest
import structlog

from conformance import korean_words
from conformance.__main__ import main
from conformance.bots import BotError, build, overlaid, spoken
from conformance.page import korean_page, page
from conformance.scenario import Call, ScenarioError, read_suite
from conformance.script import Script
from daehwa import bot
from daehwa.care.testing import differences

ROOT = Path(__file__).parents[2]
GOOD = """
title = "1. A"
[rules]
1-r = "A rule."
[bots.B.intents.I]
utterances = ["hi"]
[[scenario]]
name = "one"
shows = ["1-r"]
bot = "B"
turns = [{ says = "hi" }]
"""


def read(folder, text):
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return read_suite(folder)


def test_a_file_is_read(tmp_path):
    (scenario,) = read(tmp_path, GOOD).scenarios
    assert scenario.id == "a/one"
    assert scenario.talk[0].says == "hi"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (GOOD.replace("says =", "sais ="), "sais"),
        (GOOD.replace('shows = ["1-r"]', 'shows = ["1-q"]'), "unknown rules"),
        (GOOD.replace('1-r = "A rule."', '1-r = "A rule."\n1-q = "Another."'), "no scenario shows"),
        (GOOD.replace("1-r", "2-r"), "without a title: .'2-r'"),
        (GOOD.replace('bot = "B"', 'bot = "C"'), "unknown bot"),
        (GOOD + GOOD[GOOD.index("[[scenario]]") :], "twice"),
        ("title =", "Invalid"),
    ],
)
def test_a_slip_in_a_file_is_reported(tmp_path, wrong, words):
    with pytest.raises(ScenarioError, match=words):
        read(tmp_path, wrong)


def test_every_section_has_its_scenarios(suite):
    """The first seven most of all, with the stages of an intent."""
    sections = [rule[0] for rule in suite.rules]
    assert set("1234567") <= set(sections)
    assert len(list(suite.scenarios)) > 200


def test_the_page_has_a_heading_for_every_section_and_an_anchor_for_every_rule(suite):
    text = page("<!-- note -->")
    for number, title in suite.sections.items():
        assert re.search(rf"^#+ {re.escape(number)}\.? {re.escape(title)}$", text, re.MULTILINE)
    for chapter in suite.chapters.values():
        for rule in (*chapter.rules, *chapter.elsewhere):
            assert text.count(f'<a id="{rule}"></a>') == 1


def test_rules_that_are_shown_elsewhere_name_a_test(suite):
    for chapter in suite.chapters.values():
        for _, path in chapter.elsewhere.values():
            assert (ROOT / path).is_file(), path


def test_every_bot_is_a_bot_that_lex_would_import(suite, tmp_path):
    """Written as an export and read again it is equal, and validation finds no error in it."""
    for name in suite.bots:
        made = build(name, suite.bots)
        bot.save(made, tmp_path / "bot.zip")
        again = bot.load(tmp_path / "bot.zip")
        assert {n: set(x.intents) for n, x in again.locales.items()} == {
            n: set(x.intents) for n, x in made.locales.items()
        }
        errors = [p.message for p in bot.validate(again) if p.severity == "error"]
        # One bot has a condition that cannot be read, to show what becomes of it.
        assert errors == [] or name == "Unreadable", (name, errors)


def test_a_bots_slip_is_reported():
    with pytest.raises(BotError, match="promt"):
        build("B", {"B": {"intents": {"I": {"slots": {"S": {"type": "T", "promt": "?"}}}}}})


def test_tables_lie_over_tables():
    below = {"a": {"b": 1, "c": [1]}, "d": 2}
    assert overlaid(below, {"a": {"c": [2]}, "d": "<absent>"}) == {"a": {"b": 1, "c": [2]}}


def test_bots_that_differ_in_their_dialog_are_learned_once(suite):
    def utterances(name):
        return spoken(build(name, suite.bots).locales["en_US"])

    assert utterances("Hotel") == utterances("Whole") != utterances("FreeForm")


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": "<absent>", "b": "<null>", "c": "<any>"}, {"b": None, "c": 0}),
        ([1, "..."], [1, 2, 3]),
        ({"oneOf": ["a", "b"]}, "b"),
        ({"startsWith": "a", "contains": "c"}, "abc"),
        ({"atLeast": 0.5, "atMost": 1}, 0.7),
        ({"whole": {"a": 1}}, {"a": 1}),
        ({"includes": [{"a": 1}]}, [{"a": 2}, {"a": 1}]),
        (1.0, 1),
    ],
)
def test_what_fits(expected, actual):
    assert list(differences(expected, actual)) == []


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, None),
        ({"a": "<absent>"}, {"a": None}),
        ({"a": "<null>"}, {"a": 0}),
        ({"a": "<any>"}, {}),
        ([1], [1, 2]),
        ([1, 2, "..."], [1]),
        (["a"], "a"),
        ({"oneOf": ["a"]}, "b"),
        ({"contains": "c"}, None),
        ({"atMost": 0.5}, 0.7),
        ({"whole": {"a": 1}}, {"a": 1, "b": 2}),
        ({"includes": [{"a": 3}]}, [{"a": 2}]),
        ("1", 1),
        (True, 1),
    ],
)
def test_what_does_not_fit(expected, actual):
    assert list(differences(expected, actual)) != []


EVENT = {
    "invocationSource": "DialogCodeHook",
    "sessionState": {"intent": {"name": "I", "slots": {"S": None, "T": {"value": {}}}}},
}


def test_a_script_replies_with_the_events_own_intent():
    script = Script([Call(action="Delegate", slots={"S": "x"}, messages=["hi"])])
    answer = script(EVENT)
    assert answer["sessionState"]["intent"]["slots"]["T"] == {"value": {}}
    assert answer["sessionState"]["intent"]["slots"]["S"]["value"]["interpretedValue"] == "x"
    assert answer["messages"] == [{"contentType": "PlainText", "content": "hi"}]
    assert script.close() == []


def test_a_script_reports_calls_that_are_other_than_expected():
    script = Script([Call(source="FulfillmentCodeHook"), Call(label="never")])
    script(EVENT)
    assert len(script.close()) == 2
    none = Script([])
    none(EVENT)
    assert "once more" in none.close()[0]


def test_the_page_names_every_rule(suite):
    text = page("note")
    assert text.startswith("note\n")
    assert all(f"`{rule}`" in text for rule in suite.rules)


@pytest.fixture
def own_logs():
    """Lets the command set up its log, and takes that back."""
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("own_logs")
def test_without_the_public_bots_the_others_run(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("conformance.__main__.SHARED", tmp_path / "nothing")
    assert main(["9-whole-bots/misses-are-counted"]) == 0
    shown = capsys.readouterr().out
    assert shown == "1 of 1 scenarios are as they should be; 1 left out for want of ../shared\n"


def test_words_that_no_scenario_has_are_reported(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["nothing-has-this-name"])
    assert ended.value.code == 2
    assert "docs/conformance.md" in capsys.readouterr().err


def test_every_rule_and_title_is_there_in_korean_and_none_is_left_over(suite):
    text = korean_page("<!-- note -->")
    chapters = suite.chapters.values()
    rules = {rule for chapter in chapters for rule in (*chapter.rules, *chapter.elsewhere)}
    titles = {f"§ {title}" for chapter in chapters for title in chapter.titles.values()}
    assert korean_words.keys() == rules | titles
    for rule in rules:
        assert f'<a id="{rule}"></a>' in text


def test_a_rule_that_has_changed_stops_the_korean_page(suite):
    rule, english = next(iter(suite.rules.items()))
    assert korean_words.word(rule, english)
    changed = f"{english} Always."
    with pytest.raises(ValueError, match=korean_words.digest_of(changed)):
        korean_words.word(rule, changed)
