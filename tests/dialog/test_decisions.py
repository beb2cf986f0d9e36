"""The table of decided questions: complete, each told once, fit for the documentation."""

from daehwa.dialog.decisions import DECISIONS, markdown

# Questions of section 12 that are not the dialog's: the time zone and Korean phrases (nlu),
# the session's key (stores), the messages member when there are none (server).
ELSEWHERE = {6, 7, 9, 11}


def test_every_open_question_of_the_dialog_is_decided():
    numbers = [d.number for d in DECISIONS if d.number is not None]
    assert sorted(numbers) == sorted(set(range(1, 14)) - ELSEWHERE)


def test_each_is_there_once_and_whole():
    names = [d.name for d in DECISIONS]
    assert len(set(names)) == len(names)
    for decision in DECISIONS:
        assert decision.question.endswith("?")
        assert decision.answer.endswith(".")
        assert decision.why.endswith(".")


def test_the_page_holds_them_all():
    page = markdown()
    for decision in DECISIONS:
        assert f"### {decision.question}" in page
        assert decision.answer in page
