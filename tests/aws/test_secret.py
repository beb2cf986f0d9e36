"""A secret read from Secrets Manager over its own wire."""

import json

import pytest

from daehwa.answers.errors import KeyMissing
from daehwa.aws.secret import read_secret

ARN = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:openai-AbCdEf"


@pytest.fixture(autouse=True)
def secrets(lex, environ, monkeypatch):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", lex.url)


def test_it_is_asked_for_by_its_arn(lex):
    lex.script = [(200, {}, {"SecretString": '{"OPENAI_API_KEY": "sk-x"}'})]
    assert read_secret(ARN) == '{"OPENAI_API_KEY": "sk-x"}'
    _, _, headers, raw = lex.requests[0]
    assert json.loads(raw) == {"SecretId": ARN}
    assert headers["x-amz-target"] == "secretsmanager.GetSecretValue"
    assert "/secretsmanager/aws4_request" in headers["authorization"]


def test_why_it_cannot_be_read_is_told(lex):
    lex.script = [(400, {}, {"__type": "ResourceNotFoundException"})]
    with pytest.raises(KeyMissing, match="ResourceNotFoundException"):
        read_secret(ARN)
