"""The decided questions: each there once, whole, and on the page of differences."""

from conformance.decisions import DECISIONS, page


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
