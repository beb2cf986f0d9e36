"""A campaign of fuzzing: it finds what is wrong, makes it small, and goes on where it was."""

import subprocess
import sys

import msgspec
import pytest
from hypothesis import strategies as st

from daehwa import bot, lex
from fuzz import dialog, understanding
from fuzz.campaign import Campaign, Stuck, as_test
from fuzz.source import Source
from fuzz.target import Target

SOUND = []


def check_number(number):
    SOUND.append(number)
    assert number < 100, "too much"
    return 1


def check_two_faults(number):
    if number > 1000:
        raise ValueError("far too much")
    return check_number(number)


def numbers(check=check_number, cases=None):
    given = st.integers(0, 10_000) if cases is None else cases
    return Target(name="numbers", cases=st.fixed_dictionaries({"number": given}), check=check)


@pytest.fixture
def campaign(tmp_path):
    """Call ``campaign(target)`` for one that goes on in the same folder; its lines are kept."""

    def campaign(target):
        return Campaign(tmp_path, (target,), lambda _: None)

    return campaign


def test_a_fault_is_found_made_small_and_written_as_a_test(campaign, tmp_path):
    run = campaign(numbers())
    run.run(0.001)
    [finding] = run.findings
    assert "check_number(\n        number=100,\n    )" in finding.test
    assert f"from {check_number.__module__} import check_number" in finding.test
    compile(finding.test, "finding", "exec")
    [path] = (tmp_path / "findings").glob("*.py")
    assert path.read_text(encoding="utf-8") == finding.test


def test_a_fault_that_is_known_does_not_hide_another(campaign):
    run = campaign(numbers(check_two_faults))
    for _ in range(5):
        run.run(0.001)
    assert {finding.error.split(":")[0] for finding in run.findings} == {
        "AssertionError",
        "ValueError",
    }


def test_seeds_and_counts_go_on_in_the_next_run(campaign):
    sound = numbers(cases=st.integers(0, 99))
    first = campaign(sound)
    first.run(0.001)
    before = first.counts["numbers"]
    drawn = len(SOUND)
    second = campaign(sound)
    assert second.counts["numbers"] == before
    second.run(0.001)
    assert second.counts["numbers"].seed == before.seed + 1
    assert second.counts["numbers"].cases == before.cases + len(SOUND) - drawn


def test_what_was_found_is_tried_first_in_the_next_run(campaign):
    campaign(numbers()).run(0.001)
    SOUND.clear()
    again = campaign(numbers())
    again.run(0.001)
    assert SOUND[0] == 100
    assert len(again.findings) == 1


def test_what_is_mended_is_forgotten(campaign, tmp_path):
    campaign(numbers()).run(0.001)
    mended = campaign(numbers(lambda number: number and 1))
    mended.run(0.001)
    assert mended.findings == []
    assert list((tmp_path / "findings").iterdir()) == []


def test_a_case_that_never_ends_is_a_finding(campaign, monkeypatch):
    monkeypatch.setattr("fuzz.campaign._CPU_SECONDS", 0.05)

    def check_for_ever(number):
        while number >= 0:
            pass

    run = campaign(numbers(check_for_ever))
    run.run(0.001)
    assert run.findings[0].error.startswith(Stuck.__name__)


def test_a_case_is_pasted_with_what_it_needs():
    case = {
        "of": bot.BotLocale(identifier="ko_KR", intents={"A": bot.Intent(name="A")}),
        "pool": [("turn", lex.Understanding(text="네"), None)],
    }
    test = as_test(numbers(), case, ValueError("a line\nand another"))
    assert "from daehwa import bot" in test
    assert "from daehwa import lex" in test
    assert "another" not in test
    compile(test, "finding", "exec")


@pytest.mark.parametrize(
    "value",
    [
        bot.Intent(name="A", sample_utterances=(bot.SampleUtterance(utterance="a {x}"),)),
        lex.Slot(shape="Composite", sub_slots={"a": None}),
        {"a": [1, ("b",), (), None, "\ud800", b"\x00"]},
    ],
)
def test_what_is_written_is_the_value_again(value):
    source = Source()
    written = source.of(value)
    names = {}
    exec("\n".join(source.imports), names)
    assert eval(written, names) == value


@pytest.mark.parametrize("part", [dialog, understanding], ids=lambda part: part.__name__)
def test_every_target_takes_its_own_cases(part, tmp_path):
    targets = tuple(msgspec.structs.replace(target, each=2) for target in part.targets())
    run = Campaign(tmp_path, targets, lambda _: None)
    run.run(0.001)
    assert run.findings == []
    assert all(run.counts[target.name].cases for target in targets)


def test_the_command_goes_on_and_prints_its_counts(tmp_path):
    command = [sys.executable, "-m", "fuzz", "--minutes", "0.001", "--folder", str(tmp_path)]
    for rounds in (1, 2):
        run = subprocess.run(
            [*command, "--target", "grammars"], check=True, capture_output=True, text=True
        )
        assert f"grammars {rounds * 300}" in run.stdout
        assert "0 findings in this run" in run.stdout
