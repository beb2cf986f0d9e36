"""How much of a conversation a model is sent: pairs, within a budget, the longest cut first."""

import pytest

from daehwa.answers import PastMessage
from daehwa.answers.past import cost, recent, shortened, tokens


def user(text):
    return PastMessage(role="user", text=text)


def bot(text):
    return PastMessage(role="assistant", text=text)


TALK = (user("안녕"), bot("반갑습니다."), user("이름이 뭐야?"), bot("Lex입니다."))


def test_korean_costs_more_than_english():
    assert tokens("안녕하세요") == 5
    assert tokens("hello") == 2


def test_a_small_budget_keeps_the_latest_pairs():
    assert recent(TALK, 30) == TALK[2:]
    assert recent(TALK, 10_000) == TALK
    assert recent(TALK, 0) == ()


def test_history_begins_with_the_person():
    assert recent(TALK[1:], 10_000) == TALK[2:]


def test_a_turn_without_an_answer_is_left_out():
    talk = (user("하나"), user("둘"), bot("둘째"), user("셋"))
    assert recent(talk, 1000) == (user("둘"), bot("둘째"))


def test_two_messages_of_the_bot_are_one():
    assert recent((user("a"), bot("b"), bot("c")), 1000) == (user("a"), bot("b\nc"))


def test_every_turn_stays_while_there_is_room():
    talk = tuple(each for i in range(200) for each in (user(f"질문 {i}"), bot(f"답 {i}")))
    assert recent(talk, cost(talk)) == talk


def test_the_longest_message_is_shortened_before_another_is_forgotten():
    talk = (*TALK, user("길게 말해 줘"), bot("가나다라마 " * 700), user("또"), bot("네"))
    kept = recent(talk, 3000)
    assert cost(kept) <= 3000
    assert kept[:5] == talk[:5]
    assert kept[-2:] == talk[-2:]
    assert kept[5].text.startswith("가나다라마")
    assert kept[5].text.rstrip().endswith("가나다라마")
    assert "…" in kept[5].text


@pytest.mark.parametrize("budget", [0, 1, 7, 40, 100, 500, 3000])
@pytest.mark.parametrize("long", [10, 400, 20_000])
def test_the_budget_is_kept_to(budget, long):
    talk = tuple(each for _ in range(30) for each in (user("q" * long), bot("답" * long)))
    kept = recent(talk, budget)
    assert cost(kept) <= budget
    assert [message.role for message in kept] == ["user", "assistant"] * (len(kept) // 2)


def test_a_shortened_message_keeps_its_beginning_and_its_end():
    text = shortened(bot("처음 " + "중간 " * 500 + "끝"), 60).text
    assert tokens(text) <= 60
    assert text.startswith("처음")
    assert text.endswith("끝")
