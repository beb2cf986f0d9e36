"""The lines of the log from which CloudWatch reads metrics."""

import json

import pytest

from daehwa.answers import Answer, Upstream, Usage, model_endpoint
from daehwa.aws import chat as chat_module
from daehwa.aws import embedded_metrics
from daehwa.aws.chat import lambda_handler
from daehwa.aws.packed_answerers import AnswerStep

from .conftest import lex_answer, ok


@pytest.fixture(autouse=True)
def namespace(monkeypatch):
    monkeypatch.setenv("METRICS_NAMESPACE", "Daehwa/Shop")


def written(capsys, *, without="never"):
    """The metrics in what was logged, each line checked against the specification."""
    found = {}
    for raw in capsys.readouterr().out.splitlines():
        assert without not in raw
        line = json.loads(raw)
        if "_aws" not in line:
            continue
        (about,) = line["_aws"]["CloudWatchMetrics"]
        assert about["Namespace"] == "Daehwa/Shop"
        assert about["Dimensions"] == [[]]
        assert isinstance(line["_aws"]["Timestamp"], int)
        for metric in about["Metrics"]:
            assert metric["Unit"] == embedded_metrics.UNITS[metric["Name"]]
            assert isinstance(line[metric["Name"]], int | float)
            found[metric["Name"]] = line[metric["Name"]]
    return found


def test_a_turn_is_counted_and_no_word_of_it(chat, lex, monkeypatch, capsys):
    monkeypatch.setattr(chat_module, "_kept", [chat])
    lambda_handler({"text": "비밀이에요"})
    metrics = written(capsys, without="비밀")
    assert (metrics["Turns"], metrics["Fallbacks"]) == (1, 0)
    assert metrics["TurnTime"] >= 0


def test_a_text_that_was_missed_is_counted(chat, lex, monkeypatch, capsys):
    monkeypatch.setattr(chat_module, "_kept", [chat])
    answer = lex_answer("?")
    answer["sessionState"]["intent"]["name"] = "FallbackIntent"
    lex.script = [ok(answer)]
    lambda_handler({"text": "why?"})
    assert written(capsys)["Fallbacks"] == 1


def test_an_answer_has_its_time_tokens_and_cost(monkeypatch, capsys):
    monkeypatch.setenv("MODEL_PRICES", "0.15,0.60")
    usage = Usage(input_tokens=1000, output_tokens=500)
    answer = Answer(text="x", source="chatgpt", usage=usage)
    embedded_metrics.put_answer(answer, milliseconds=1234.56)
    assert written(capsys) == {
        "Answers": 1,
        "AnswerTime": 1234.6,
        "InputTokens": 1000,
        "OutputTokens": 500,
        "Cost": pytest.approx(0.00045),
    }


def test_a_models_own_prices_go_before_the_deployments(monkeypatch, capsys):
    """``prices`` of ``[[models]]``: an answer costs what its own model costs."""
    monkeypatch.setenv("MODEL_PRICES", "0.15,0.60")
    table = {"name": "a", "base_url": "http://127.0.0.1:9/v1", "prices": {"input": 3, "output": 9}}
    step = AnswerStep(None, Upstream(model_endpoint(table, {}, None)))
    usage = Usage(input_tokens=1000, output_tokens=500)
    answer = step.finished(Answer(text="x", source="chatgpt", usage=usage))
    embedded_metrics.put_answer(answer, milliseconds=1)
    assert written(capsys)["Cost"] == pytest.approx(0.0075)


def test_without_prices_or_counts_there_is_no_cost(capsys):
    embedded_metrics.put_answer(Answer(text="x", source="chatgpt"), milliseconds=1)
    assert set(written(capsys)) == {"Answers", "AnswerTime"}


def test_without_a_namespace_nothing_is_written(monkeypatch, capsys):
    monkeypatch.delenv("METRICS_NAMESPACE")
    embedded_metrics.put_turn(missed=False, milliseconds=1)
    assert capsys.readouterr().out == ""
