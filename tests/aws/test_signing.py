"""What we sign is what botocore signs."""

from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from daehwa.aws.errors import Misconfigured
from daehwa.aws.signing import Credentials, signed_headers

NOW = datetime(2026, 11, 22, 15, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("token", [None, "a/token+with=signs"])
@pytest.mark.parametrize(
    ("service", "path", "body"),
    [
        ("dynamodb", "/", b'{"TableName":"t"}'),
        ("lex", "/bots/B/botAliases/A/botLocales/ko_KR/sessions/a%3Ab/text", "말".encode()),
        ("lambda", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Ax/invocations", b""),
    ],
)
def test_it_signs_as_botocore_does(monkeypatch, service, path, body, token):
    headers = {"host": "example.amazonaws.com", "content-type": "application/json"}
    ours = signed_headers(
        "POST",
        path,
        headers,
        body,
        service=service,
        region="ap-northeast-2",
        credentials=Credentials("AKEXAMPLE", "secret", token),
        now=NOW,
    )
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: NOW.replace(tzinfo=None))
    request = AWSRequest("POST", f"https://example.amazonaws.com{path}", headers=headers, data=body)
    credentials = BotocoreCredentials("AKEXAMPLE", "secret", token)
    SigV4Auth(credentials, service, "ap-northeast-2").add_auth(request)
    assert ours["authorization"] == request.headers["Authorization"]


def test_credentials_do_not_show_themselves():
    assert "hidden" not in repr(Credentials("AKEXAMPLE", "hidden", "hidden"))


def test_without_credentials_it_says_so():
    with pytest.raises(Misconfigured, match="AWS_ACCESS_KEY_ID"):
        Credentials.from_environment({})
