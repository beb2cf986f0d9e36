"""A secret read from Secrets Manager over its own wire."""

import json

import pytest

from daehwa.answers.errors import KeyMissing
from daehwa.aws import secret
from daehwa.aws.secret import PREVIOUS, read_secret, read_version

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


@pytest.fixture
def waits(monkeypatch):
    """The seconds waited between tries."""
    waited = []
    monkeypatch.setattr(secret.time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize(
    "refusal",
    [
        (400, {}, {"__type": "ThrottlingException"}),
        (503, {}, {"__type": "ServiceUnavailable"}),
        (500, {}, {"__type": "InternalServiceError"}),
    ],
)
def test_many_cold_starts_at_once_are_throttled_for_a_moment(lex, waits, refusal):
    lex.script = [refusal, refusal, (200, {}, {"SecretString": "sk-x"})]
    assert read_secret(ARN) == "sk-x"
    assert len(waits) == 2


def test_one_that_is_throttled_for_good_is_not_waited_for(lex, waits):
    lex.script = [(400, {}, {"__type": "ThrottlingException"})] * 9
    with pytest.raises(KeyMissing, match="ThrottlingException"):
        read_secret(ARN)
    assert (len(lex.requests), sum(waits) < 3) == (4, True)


@pytest.mark.parametrize("code", ["AccessDeniedException", "InvalidRequestException"])
def test_what_stays_as_it_is_is_tried_once(lex, waits, code):
    """A right that is missing, a secret that is marked for deletion."""
    lex.script = [(400, {}, {"__type": code})]
    with pytest.raises(KeyMissing, match=code):
        read_secret(ARN)
    assert (len(lex.requests), waits) == (1, [])


def test_the_version_before_is_asked_for_by_its_stage(lex):
    lex.script = [(200, {}, {"SecretString": "old", "CreatedDate": 1_800_000_000.5})]
    assert read_version(ARN, PREVIOUS) == ("old", 1_800_000_000.5)
    assert json.loads(lex.requests[0][3]) == {"SecretId": ARN, "VersionStage": "AWSPREVIOUS"}
