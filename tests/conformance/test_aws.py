"""The runner for the real Lex, as far as it goes without an account.

Its conversation runs against our own server, its steps around it against botocore's service
models, and its Lambda as a function.
"""

import json
from types import SimpleNamespace

import boto3
import pytest
from botocore.stub import ANY, Stubber

from conformance import aws
from conformance.aws import Account, AccountError, Aws, from_environment, left_out
from conformance.live import Live
from conformance.scenario import Call
from conformance.script import instruction
from conformance.snapshots import read, write
from conformance.talking import talk
from daehwa.care.testing import replying

KEYS = {
    "region_name": "us-east-1",
    "aws_access_key_id": "any",
    "aws_secret_access_key": "any",
}
ROLE = "arn:aws:iam::123456789012:role/lex"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:hook"


@pytest.fixture
def models():
    return boto3.client("lexv2-models", **KEYS)


@pytest.fixture
def uploads(monkeypatch):
    """What would be put to the addresses that AWS gives for uploads."""
    put = []
    monkeypatch.setattr(aws, "_put", lambda url, content: put.append((url, content)))
    return put


def stub_import(stubber, statuses=("Completed",), locales=("en_US",)):
    """Expect what imports and builds a bot; parameters are checked by the service's model."""
    stubber.add_response(
        "create_upload_url", {"importId": "IMPORTID01", "uploadUrl": "https://example.com/up"}, {}
    )
    stubber.add_response(
        "start_import",
        {"importId": "IMPORTID01"},
        {"importId": "IMPORTID01", "mergeStrategy": "FailOnConflict", "resourceSpecification": ANY},
    )
    for status in statuses:
        description = {"importStatus": status, "importedResourceId": "BOTIDBOTID"}
        stubber.add_response("describe_import", description, {"importId": "IMPORTID01"})
    place = {"botId": "BOTIDBOTID", "botVersion": "DRAFT"}
    for locale in locales:
        stubber.add_response("build_bot_locale", {}, {**place, "localeId": locale})
        stubber.add_response(
            "describe_bot_locale", {"botLocaleStatus": "Built"}, {**place, "localeId": locale}
        )


def by_name(suite, name):
    return next(s for s in suite.scenarios if s.name == name)


def test_without_leave_nothing_is_made(monkeypatch):
    monkeypatch.delenv("DAEHWA_CONFORMANCE_AWS", raising=False)
    with pytest.raises(AccountError, match="DAEHWA_CONFORMANCE_AWS=1"):
        from_environment()


def test_a_bot_is_imported_built_talked_to_and_deleted(suite, models, uploads):
    plain = by_name(suite, "a text and its answer")
    with Live(suite, [plain]) as live, Stubber(models) as stubber:
        stub_import(stubber, ("InProgress", "Completed"))
        stubber.add_response(
            "delete_bot", {}, {"botId": "BOTIDBOTID", "skipResourceInUseCheck": True}
        )
        place = live.address(plain)

        def recognize(**members):
            assert members["botId"] == "BOTIDBOTID"
            return live.client.recognize_text(**{**members, **place})

        account = Account(
            runtime=SimpleNamespace(recognize_text=recognize),
            models=models,
            bot_role=ROLE,
            between_seconds=0,
        )
        with Aws(suite, account) as channel:
            assert [p for e in talk(plain, channel) for p in e.problems] == []
        stubber.assert_no_pending_responses()
    ((url, content),) = uploads
    assert url == "https://example.com/up"
    assert content.startswith(b"PK")


def test_an_import_that_fails_is_reported(suite, models, uploads):
    with Stubber(models) as stubber:
        stub_import(stubber, ("Failed",), locales=())
        account = Account(runtime=None, models=models, bot_role=ROLE, between_seconds=0)
        with (
            Aws(suite, account) as channel,
            pytest.raises(AccountError, match="importStatus is Failed"),
        ):
            channel.address(by_name(suite, "a text and its answer"))
    assert len(uploads) == 1


def test_a_hooked_bot_gets_the_suites_lambda(suite, models, uploads):
    hooked = by_name(suite, "the fulfilment hook speaks itself")
    functions = boto3.client("lambda", **KEYS)

    def recognize(**members):
        """What Lex would do with the bot's fulfilment: call the function, say its messages."""
        event = {
            "sessionId": members["sessionId"],
            "requestAttributes": members["requestAttributes"],
            "sessionState": {"intent": {"name": "Weather", "slots": {}}},
        }
        response = replying.lambda_handler(event)
        assert response["sessionState"]["intent"] == {
            "name": "Weather",
            "slots": {},
            "state": "Fulfilled",
        }
        return {**response, "ResponseMetadata": {"HTTPStatusCode": 200}}

    with Stubber(models) as stubber, Stubber(functions) as made:
        stub_import(stubber)
        stubber.add_response(
            "update_bot_alias",
            {},
            {
                "botId": "BOTIDBOTID",
                "botAliasId": "TSTALIASID",
                "botAliasName": "TestBotAlias",
                "botVersion": "DRAFT",
                "botAliasLocaleSettings": ANY,
            },
        )
        stubber.add_response("delete_bot", {}, {"botId": ANY, "skipResourceInUseCheck": True})
        wanted = dict.fromkeys(
            ("FunctionName", "Runtime", "Role", "Handler", "Code", "Timeout"), ANY
        )
        made.add_response("create_function", {"FunctionArn": FUNCTION}, wanted)
        wanted = dict.fromkeys(("FunctionName", "StatementId", "Action", "Principal"), ANY)
        made.add_response("add_permission", {}, wanted)
        active = {"Configuration": {"State": "Active"}}
        made.add_response("get_function", active, {"FunctionName": ANY})
        made.add_response("delete_function", {}, {"FunctionName": ANY})
        account = Account(
            runtime=SimpleNamespace(recognize_text=recognize),
            models=models,
            functions=functions,
            bot_role=ROLE,
            lambda_role=ROLE,
            between_seconds=0,
        )
        with Aws(suite, account) as channel:
            (exchange,) = talk(hooked, channel)
        assert exchange.problems == []
        assert exchange.answer["requestAttributes"] == {}
    assert len(uploads) == 1


def test_what_cannot_run_on_the_real_lex_says_why(suite, monkeypatch):
    monkeypatch.delenv("DAEHWA_CONFORMANCE_LAMBDA_ROLE", raising=False)
    assert left_out(by_name(suite, "a text and its answer")) is None
    assert "clock" in left_out(by_name(suite, "an idle session ends"))
    assert "LAMBDA_ROLE" in left_out(by_name(suite, "a code hook that fails"))


def test_the_lambda_counts_its_calls_turn_by_turn():
    calls = [
        instruction(Call(action="Delegate")),
        instruction(Call(action="Close", state="Fulfilled", messages=["Done."])),
    ]
    given = {replying.SCRIPT: json.dumps({"turn": 1, "calls": calls}), "own": "1"}
    event = {
        "sessionId": "counts",
        "requestAttributes": given,
        "sessionState": {"intent": {"name": "I"}},
    }
    first = replying.lambda_handler(event)
    again = replying.lambda_handler({**event, "requestAttributes": first["requestAttributes"]})
    assert first["sessionState"]["dialogAction"] == {"type": "Delegate"}
    assert again["messages"][0]["content"] == "Done."
    assert again["requestAttributes"][replying.CALLED] == "2"
    assert again["requestAttributes"]["own"] == "1"


def test_a_snapshot_keeps_what_lasts(suite, channel, tmp_path):
    assert read(tmp_path) is None
    scenario = by_name(suite, "a text and its answer")
    path = write({scenario.id: talk(scenario, channel)}, tmp_path)
    date, content = read(tmp_path)
    assert path.stem == date
    ((turn,),) = content.values()
    assert turn["differs"] == []
    assert turn["answer"]["messages"] == [{"contentType": "PlainText", "content": "Which city?"}]
    assert "originatingRequestId" not in turn["answer"]["sessionState"]
    write({"another": []}, tmp_path)
    assert set(read(tmp_path)[1]) == {scenario.id, "another"}
