"""Bedrock's Converse API as an emulator that knows nothing of us speaks it, guardrails too."""

import json

import pytest

from daehwa.answers import Question
from daehwa.aws import chatgpt, chatgpt_stream, packed_answerers

MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
EVENT = {
    "inputTranscript": "체크인 시간이 언제예요?",
    "sessionId": "s-1",
    "bot": {"localeId": "ko_KR"},
    "sessionState": {"intent": {"name": "FallbackIntent"}},
}


@pytest.fixture
def configured(empty_account, tmp_path, monkeypatch):
    """The function's configuration; ``more`` are further members of the model's table."""

    def configure(**more):
        table = {"name": "claude", "model": MODEL, "base_url": empty_account.url}
        table |= {"api": "converse", "sign": "bedrock", "region": empty_account.region, **more}
        locales = {"ko_KR": {"order": ["claude"]}}
        path = tmp_path / "answers.json"
        path.write_text(json.dumps({"locales": locales, "models": {"claude": table}}))
        for name, value in empty_account.environ.items():
            if name.startswith("AWS_"):
                monkeypatch.setenv(name, value)
        monkeypatch.setenv("ANSWERS_FILE", str(path))
        monkeypatch.setattr(packed_answerers, "_kept", [])

    return configure


def test_a_model_answers_whole_and_word_by_word(configured):
    configured()
    response = chatgpt.lambda_handler(EVENT)
    assert response["requestAttributes"]["daehwa:source"] == "chatgpt"
    assert response["messages"][0]["content"]
    question = Question(text=EVENT["inputTranscript"], locale="ko_KR")
    *pieces, answer = [one for one in chatgpt_stream.stream(question) if one is not None]
    assert "".join(pieces) == answer.text
    assert (answer.ended, answer.usage is not None) == ("stop", True)


def test_a_guardrail_is_named_by_id_and_version(configured, empty_account):
    client = empty_account.client("bedrock")
    made = client.create_guardrail(
        name="shop",
        wordPolicyConfig={"wordsConfig": [{"text": "체크인"}]},
        blockedInputMessaging="말할 수 없어요.",
        blockedOutputsMessaging="말할 수 없어요.",
    )
    client.close()
    configured(guardrail=f"{made['guardrailId']}:{made['version']}")
    response = chatgpt.lambda_handler(EVENT)
    assert response["messages"][0]["content"] == "말할 수 없어요."
    assert response["requestAttributes"]["daehwa:incomplete"] == "refused"
    configured(guardrail="gr-not-there:1")
    response = chatgpt.lambda_handler(EVENT)
    assert response["sessionState"]["intent"]["state"] == "Failed"
