"""The day's budget of models on AWS: ``[limits.budget]`` as at home, over counters in DynamoDB."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from daehwa.answers import Answer, PastMessage, Question, Usage
from daehwa.answers.testing import Fail, Say, StubOpenAI
from daehwa.aws import chatgpt, packed_answerers
from daehwa.aws.answer_budget import AnswerBudget
from daehwa.aws.counter_table import CounterTable
from daehwa.aws.errors import Misconfigured

from .test_fallback import EVENT

LOCALE = EVENT["bot"]["localeId"]
QUESTION = Question(text="why?", locale="en_US")


@pytest.fixture
def budget(services, now):
    counters = CounterTable("counters", environ=services.environ(), clock=lambda: now[0])
    yield lambda **of: AnswerBudget(counters, **of)
    counters.close()


def counted(tokens):
    return Answer(text="Because.", source="chatgpt", usage=Usage(tokens - 1, 1))


def test_a_day_has_so_many_calls(budget, now):
    held = budget(calls=2)
    assert [held.take("gpt") for _ in range(3)] == [True, True, False]
    now[0] += 86_400
    assert held.take("gpt")


def test_none_is_none(budget):
    assert not budget(calls=0).take("gpt")


def test_tokens_are_counted_when_they_are_known(budget):
    held = budget(tokens=100)
    assert held.take("gpt")
    held.record("gpt", QUESTION, counted(99))
    assert held.take("gpt")
    held.record("gpt", QUESTION, counted(1))
    assert not held.take("gpt")


def test_tokens_that_nobody_reports_are_estimated(budget):
    held = budget(tokens=250)
    past = PastMessage(role="user", text="a" * 400)
    answer = Answer(text="because", source="chatgpt")
    held.record("gpt", QUESTION._replace(history=(past,)), answer)
    assert not held.take("gpt")


def test_a_model_has_a_budget_of_its_own(budget):
    held = budget(calls=9, answerers={"big": {"calls": 1, "tokens": 10}, "small": {"tokens": 5}})
    assert [held.take("big") for _ in range(2)] == [True, False]
    assert held.take("small")
    held.record("small", QUESTION, counted(5))
    assert not held.take("small")
    assert held.take("other")


def test_a_call_that_was_not_made_is_given_back(budget):
    held = budget(calls=1, answerers={"gpt": {"calls": 1}})
    assert held.take("gpt")
    held.give_back("gpt")
    assert [held.take("gpt") for _ in range(2)] == [True, False]


def test_the_day_begins_where_the_file_says(budget, now):
    seoul = ZoneInfo("Asia/Seoul")
    now[0] = datetime(2026, 11, 28, 23, 59, tzinfo=seoul).timestamp()
    held = budget(calls=1, zone=seoul)
    assert held.take("gpt")
    now[0] += 120
    assert held.take("gpt"), "tomorrow in Seoul, the same day in UTC"
    assert datetime.fromtimestamp(now[0], UTC).day == 28


def test_a_counter_that_fails_keeps_nobody_from_being_answered(budget, services, capsys):
    services.failing.add("UpdateItem")
    held = budget(calls=1)
    assert [held.take("gpt") for _ in range(3)] == [True] * 3
    assert '"event": "limit_unchecked"' in capsys.readouterr().out


@pytest.mark.parametrize(
    "given", [{"DAILY_ANSWERS": "many"}, {"LIMITS": '{"budget": 3}'}, {"LIMITS": "no"}]
)
def test_a_budget_that_is_none_is_said(given):
    with pytest.raises(Misconfigured):
        AnswerBudget.from_environment(given)


@pytest.fixture
def answer(services, monkeypatch, tmp_path):
    """Asks the models of a configuration, whose budget is ``LIMITS``."""

    def answer(limits, models, order, **packed):
        locales = {LOCALE: {"order": order}}
        file = tmp_path / "answers.json"
        content = {"locales": locales, "models": {one["name"]: one for one in models}, **packed}
        file.write_text(json.dumps(content), encoding="utf-8")
        for name, value in services.environ().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("ANSWERS_FILE", str(file))
        monkeypatch.setenv("COUNTER_TABLE", "counters")
        monkeypatch.setenv("LIMITS", json.dumps({"budget": limits}))
        monkeypatch.setattr(packed_answerers, "_kept", [])
        return lambda: chatgpt.lambda_handler(EVENT)

    yield answer
    for kept in packed_answerers._kept:
        kept.budget.close()


def model(name, stub):
    return {"name": name, "model": f"model-{name}", "base_url": stub.base_url}


def outcome(response):
    marks = response["requestAttributes"]
    return marks.get("daehwa:model") or marks["daehwa:error"]


def test_the_next_model_answers_when_the_days_calls_of_one_are_used_up(answer):
    with StubOpenAI(key=None).in_thread() as stub:
        ask = answer(
            {"answerers": {"big": {"calls": 1}}},
            [model("big", stub), model("small", stub)],
            ["big", "small"],
        )
        stub.script(Say("one"), Say("two"))
        ask(), ask()
        assert [one.body["model"] for one in stub.requests] == ["model-big", "model-small"]


def test_nobody_is_asked_when_the_days_calls_are_used_up(answer, capsys):
    with StubOpenAI(key=None).in_thread() as stub:
        ask = answer({"calls": 1}, [model("one", stub)], ["one"])
        stub.script(Fail(400))
        assert [outcome(ask()) for _ in range(2)][1] == "budget_spent"
        assert len(stub.requests) == 1
    assert '"error": "budget_spent"' in capsys.readouterr().out, "what the alarm counts"
