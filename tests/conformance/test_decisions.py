"""The decided questions: each there once, whole, and on the page of differences."""

import msgspec
import pytest

from conformance.decisions import DECISIONS, korean_page, page
from conformance.decisions.korean import KOREAN


def test_every_numbered_question_is_decided_once():
    numbers = [d.number for d in DECISIONS if d.number is not None]
    assert numbers == list(range(1, 14))


def test_each_is_there_once_and_whole():
    names = [d.name for d in DECISIONS]
    assert len(set(names)) == len(names)
    for decision in DECISIONS:
        assert decision.question.endswith("?")
        assert decision.answer.endswith(".")
        assert decision.why.endswith(".")


def test_the_page_holds_them_all():
    text = page("<!-- note -->")
    assert text.startswith("<!-- note -->")
    for decision in DECISIONS:
        assert f"## {decision.heading}\n" in text
        assert decision.answer in text


def test_each_is_there_in_korean():
    text = korean_page("<!-- note -->")
    assert KOREAN.keys() == {decision.name for decision in DECISIONS}
    for korean in KOREAN.values():
        assert f"{korean.question}\n\n{korean.answer}\n\n*이유:* {korean.why}" in text


def test_english_that_has_changed_stops_the_korean_page(monkeypatch):
    name = DECISIONS[0].name
    monkeypatch.setitem(KOREAN, name, msgspec.structs.replace(KOREAN[name], of="00000000"))
    with pytest.raises(ValueError, match=f"{name}.*{DECISIONS[0].digest}"):
        korean_page("")
