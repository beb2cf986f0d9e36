"""The history that travels through Lex: what was said last, within its budget."""

import json

from daehwa.aws.history import BUDGET, branch, history
from daehwa.aws.transcript_table import StoredTurn


def turn(number, text, reply=None, **more):
    content = None if reply is None else json.dumps({"msg": reply, **more})
    return StoredTurn(message_id=f"m-{number}", text=text, at=number, state="done", reply=content)


def test_it_reads_as_a_conversation():
    turns = (turn(1, "안녕", "반가워요"), turn(2, "이름이 뭐야?", "파도예요"))
    assert json.loads(history(turns)) == [
        {"role": "user", "content": "안녕"},
        {"role": "assistant", "content": "반가워요"},
        {"role": "user", "content": "이름이 뭐야?"},
        {"role": "assistant", "content": "파도예요"},
    ]


def test_nothing_was_said():
    assert history(()) == "[]"


def test_only_the_branch_that_the_person_is_on_is_remembered():
    turns = (
        turn(1, "이름이 뭐야?", "파도예요"),
        turn(2, "시", "첫 번째 시"),
        turn(3, "시", "두 번째 시", follows="m-1"),
        turn(4, "고마워", "네", follows="m-2"),
    )
    assert [one.message_id for one in branch(turns, None)] == ["m-1", "m-2", "m-4"]
    assert [one.message_id for one in branch(turns, "m-3")] == ["m-1", "m-3"]
    assert branch(turns, "") == []


def test_errors_and_missing_replies_are_no_answers():
    turns = (turn(1, "a", "It failed", error={"code": "x"}), turn(2, "b"))
    assert [one["role"] for one in json.loads(history(turns))] == ["user", "user"]


def test_the_latest_stays_within_the_budget():
    told = history([turn(n, "가" * 600, "나" * 600) for n in range(20)])
    assert len(told.encode()) <= BUDGET
    kept = json.loads(told)
    assert kept[-1]["role"] == "assistant"
    assert kept[0]["role"] == "user"
    assert len(kept) == 2


def test_one_long_answer_is_cut():
    kept = json.loads(history([turn(1, "a", "나" * 4000)]))
    assert len(kept[1]["content"]) == 1200
    assert kept[1]["content"].endswith("…")
