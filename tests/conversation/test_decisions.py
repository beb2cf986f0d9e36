"""The open questions of Lex's documents: with the dialog's, each is decided once."""

from daehwa.conversation.decisions import DECISIONS
from daehwa.dialog.decisions import DECISIONS as DIALOG


def test_every_open_question_is_decided_once():
    numbers = [d.number for d in (*DIALOG, *DECISIONS) if d.number is not None]
    assert sorted(numbers) == list(range(1, 14))


def test_each_is_told_once_and_whole():
    names = [d.name for d in (*DIALOG, *DECISIONS)]
    assert len(set(names)) == len(names)
    for decision in DECISIONS:
        assert decision.question.endswith("?")
        assert decision.answer.endswith(".")
        assert decision.why.endswith(".")
