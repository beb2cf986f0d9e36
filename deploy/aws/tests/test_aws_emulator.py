"""The deployment on Amazon's own AWS Emulator, with Lex and Kendra answered by Daehwa.

Where its command is found, or ``AWS_EMULATOR_URL`` names one that runs, all of it is tried; what
the emulator does not have is skipped by its name. The machinery is tried everywhere, with a
stand-in (``aws_emulator_stand_in.py``): up to the deployment, which ``STAND_IN_DEPLOYS=1`` adds.
"""

import json
import os
import shutil
import ssl
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from account import DEPLOY, PATIENCE
from aws_emulator import ABSENT, COMMAND, SERVED, UNKNOWN, AwsEmulator, is_here
from botocore.exceptions import ClientError

from daehwa import bot
from daehwa.answers.testing import Say, StubOpenAI
from daehwa.aws.transcript_table import TranscriptTable

KEY = "sk-stub-key-of-the-emulator"
STAND_IN = "stand-in"
_DEPLOYS = os.environ.get("STAND_IN_DEPLOYS") == "1"


@pytest.fixture(scope="module", params=[STAND_IN] + ["AWS Emulator"] * is_here())
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def account(kind, tmp_path_factory):
    folder = tmp_path_factory.mktemp("emulator")
    command, home = shutil.which(COMMAND), None
    if kind == STAND_IN:
        command, home = str(stand_in(folder)), str(folder)
    elif os.environ.get("AWS_EMULATOR_URL"):
        command = None
    with AwsEmulator(folder, command=command, home=home).running() as account:
        yield account


def stand_in(folder):
    """The stand-in as a command of the emulator's name."""
    place = folder / "bin" / COMMAND
    place.parent.mkdir()
    python = DEPLOY / ".venv/bin/python"
    script = Path(__file__).with_name("aws_emulator_stand_in.py")
    place.write_text(f'#!/bin/sh\nexec "{python}" "{script}" "$@"\n')
    place.chmod(0o755)
    return place


def supported(call, *args, **kwargs):
    """What a call gives; skipped, by name, where the emulator does not have the operation."""
    try:
        return call(*args, **kwargs)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in UNKNOWN:
            pytest.skip(f"AWS Emulator does not have {error.operation_name}: {code}")
        raise


@pytest.fixture(scope="module")
def published(account):
    """A bot that is on Daehwa's Lex already: its ids, as ``daehwa publish`` gives them."""
    return publish(account)


def publish(account, *options):
    ids = account.folder / "ids.json"
    account.daehwa(
        *("publish", bot.bundled()["PadoBooksBot"], "--alias", "live", "--json", ids),
        *("--name", "Shop", "--role-arn", f"arn:aws:iam::{account.number}:role/lex", *options),
    )
    return json.loads(ids.read_text())


@pytest.mark.skipif(not is_here(), reason=ABSENT)
def test_aws_emulator_is_here():
    """Whoever reads the report sees whether it was tried."""
    assert is_here()


def test_it_is_looked_for_where_people_have_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("AWS_EMULATOR_URL", raising=False)
    assert not is_here()
    stand_in(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert is_here()
    monkeypatch.setenv("AWS_EMULATOR_URL", "https://127.0.0.1:9297")
    monkeypatch.setenv("AWS_EMULATOR_FILES", str(tmp_path))
    assert AwsEmulator(tmp_path).files == tmp_path
    monkeypatch.delenv("AWS_EMULATOR_FILES")
    assert AwsEmulator(tmp_path).files == Path.home() / ".aws/emulator/9297"


def test_lex_is_answered_by_daehwa(account):
    reply = account.client("lexv2-runtime").recognize_text(
        botId=bot.bot_id(bot.load(SERVED)),
        botAliasId=bot.TEST_ALIAS.identifier,
        localeId="ko_KR",
        sessionId="s-1",
        text="안녕하세요",
    )
    assert reply["sessionState"]["intent"]["name"]


def test_kendra_is_answered_by_daehwa(account):
    indices = account.client("kendra").list_indices()
    assert "IndexConfigurationSummaryItems" in indices


def test_the_functions_own_client_keeps_a_transcript(account):
    """By HTTPS with the emulator's certificate, signed with its keys."""
    client = account.client("dynamodb")
    named = ("session", "messageId")
    supported(
        client.create_table,
        TableName="own",
        AttributeDefinitions=[
            *({"AttributeName": name, "AttributeType": "S"} for name in named),
            {"AttributeName": "at", "AttributeType": "N"},
        ],
        KeySchema=[
            {"AttributeName": "session", "KeyType": "HASH"},
            {"AttributeName": "messageId", "KeyType": "RANGE"},
        ],
        LocalSecondaryIndexes=[
            {
                "IndexName": "byTime",
                "KeySchema": [
                    {"AttributeName": "session", "KeyType": "HASH"},
                    {"AttributeName": "at", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table = TranscriptTable("own", keep_days=1, environ=account.environ)
    assert table.begin("ko_KR#s#o", "m-1", "안녕", claim="c", seconds=30) is None
    table.finish("ko_KR#s#o", "m-1", '{"msg": "반가워요"}')
    assert [turn.text for turn in table.turns("ko_KR#s#o", limit=5)] == ["안녕"]
    table.close()


@pytest.fixture(scope="module")
def openai():
    with StubOpenAI(key=KEY).in_thread() as stub:
        yield stub


@pytest.fixture(scope="module")
def deployed(request, kind, account, openai):
    """The stack around the bot that is on Lex already: the emulator needs no Lex for it."""
    if kind == STAND_IN and not _DEPLOYS:
        pytest.skip("the stand-in's account is deployed to by test_deployment.py")
    published = request.getfixturevalue("published")
    settings = {
        "stackName": account.stack,
        "botId": published["botId"],
        "aliasId": published["botAliasId"],
        "localeId": "ko_KR,en_US",
        "baseUrl": openai.base_url,
        "model": "gpt-stub",
    }
    try:
        out = account.folder / "cdk.out"
        account.cdk("bootstrap", f"aws://{account.number}/{account.region}", f"--output={out}")
        outputs = account.deploy(**settings)
    except RuntimeError as error:
        lacking = next((code for code in UNKNOWN[:2] if code in str(error)), None)
        if lacking and kind != STAND_IN:
            pytest.skip(f"AWS Emulator does not have all that a deployment takes: {error}")
        raise
    account.client("secretsmanager").put_secret_value(
        SecretId=outputs["SecretArn"], SecretString=json.dumps({"OPENAI_API_KEY": KEY})
    )
    publish(account, "--hook", outputs["HookArn"], "--region", account.region)
    lead(account, outputs)
    account.serve(hook=outputs["HookArn"])
    yield outputs
    account.destroy(**settings)


def lead(account, outputs):
    """Give the functions the way to Daehwa; that to the emulator too, which may not be its own."""
    functions = account.client("lambda")
    names = ("AWS_ENDPOINT_URL", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL_LEX_RUNTIME_V2")
    for one in functions.list_functions()["Functions"]:
        if "ChatFunction" in one["FunctionName"] or one["FunctionArn"] == outputs["HookArn"]:
            variables = one["Environment"]["Variables"]
            supported(
                functions.update_function_configuration,
                FunctionName=one["FunctionName"],
                Environment={"Variables": variables | {n: account.environ[n] for n in names}},
            )


def chat(account, text, session):
    functions = account.client("lambda")
    (name,) = [
        one["FunctionName"]
        for one in functions.list_functions()["Functions"]
        if "ChatFunction" in one["FunctionName"]
    ]
    payload = json.dumps({"text": text, "localeId": "ko_KR", "sessionId": session})
    return json.load(supported(functions.invoke, FunctionName=name, Payload=payload)["Payload"])


def test_the_chat_function_talks_to_daehwas_lex(account, deployed):
    reply = chat(account, "책을 주문하고 싶어요", "talk-1")
    assert (reply["statusCode"], reply.get("source")) == (200, "intent"), reply


def test_the_code_hook_is_the_emulators_function(account, deployed, openai):
    openai.script(Say("한라산이 아니라 백두산입니다."))
    reply = chat(account, "한반도에서 제일 높은 산이 뭐야?", "far-1")
    assert (reply["source"], reply["msg"]) == ("chatgpt", "한라산이 아니라 백두산입니다."), reply


def test_the_deployed_table_is_read(account, deployed):
    table = deployed["TranscriptTable"]
    (talk,) = json.loads(
        account.daehwa(
            "transcript", "talk-1", "--table", table, "--region", account.region, "--json"
        )
    )
    assert talk["turns"][0]["text"] == "책을 주문하고 싶어요"


def test_the_page_comes_through_cloudfront(account, deployed, kind):
    """Where the emulator serves a distribution's content; managing one alone gives no page."""
    host = deployed["ChatUrl"].removeprefix("https://")
    request = urllib.request.Request(
        account.url + "/", headers={"Host": host, "X-Forwarded-Proto": "https"}
    )
    trust = ssl.create_default_context(cafile=account.environ["AWS_CA_BUNDLE"])
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE, context=trust) as answer:
            content = answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        if kind == STAND_IN:
            raise
        pytest.skip(f"AWS Emulator gives no page by the distribution's name: {error.code}")
    if kind != STAND_IN and "<title>" not in content:
        pytest.skip("AWS Emulator gives no page by the distribution's name")
    assert "<title>" in content
