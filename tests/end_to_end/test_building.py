"""boto3 builds a bot on ``daehwa serve`` from nothing, publishes it, moves it, talks to it.

Every response is compared with botocore's service model on its way.
"""

import base64
import gzip
import json
import subprocess
import sys
import time
import urllib.request
import uuid

import boto3
import botocore.config
import botocore.exceptions
import pytest
from tests.server import wiremodel

from daehwa import bot

from .conftest import environment, serving

ROLE = "arn:aws:iam::123456789012:role/lex"
PRIVACY = {"childDirected": False}
HELLO = str(bot.bundled()["HelloWorldBot"])


def client(service, url, secret="any"):
    made = boto3.client(
        service,
        endpoint_url=url,
        region_name="ap-northeast-2",
        aws_access_key_id="any",
        aws_secret_access_key=secret,
        config=botocore.config.Config(retries={"total_max_attempts": 1}),
    )
    if service == "lexv2-models":
        made.meta.events.register("before-parse.lexv2-models.*", check)
    return made


def check(operation_model, response_dict, **_):
    """Refuse a response that is not what the model says."""
    body, status = response_dict["body"], response_dict["status_code"]
    if status >= 400:
        shapes = {shape.name: shape for shape in operation_model.error_shapes}
        shape = shapes[response_dict["headers"]["x-amzn-errortype"]]
        assert shape.metadata["error"]["httpStatusCode"] == status
    else:
        assert status == operation_model.http["responseCode"]
        shape = operation_model.output_shape
    if body:
        assert list(wiremodel.faults(shape, json.loads(body), operation_model.name)) == []


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("building"), HELLO, "--answer", "none") as served:
        yield served


@pytest.fixture
def models(served):
    made = client("lexv2-models", served.url)
    yield made
    made.close()


@pytest.fixture
def runtime(served):
    made = client("lexv2-runtime", served.url)
    yield made
    made.close()


def said(text):
    return {"message": {"plainTextMessage": {"value": text}}}


def make_tea_bot(models, name):
    """A bot that asks which tea, as a script for Lex makes it; its place."""
    bot_id = models.create_bot(
        botName=name, roleArn=ROLE, dataPrivacy=PRIVACY, idleSessionTTLInSeconds=300
    )["botId"]
    models.get_waiter("bot_available").wait(botId=bot_id)
    place = {"botId": bot_id, "botVersion": "DRAFT", "localeId": "ko_KR"}
    models.create_bot_locale(**place, nluIntentConfidenceThreshold=0.4)
    type_id = models.create_slot_type(
        **place,
        slotTypeName="Tea",
        slotTypeValues=[
            {"sampleValue": {"value": "녹차"}, "synonyms": [{"value": "그린티"}]},
            {"sampleValue": {"value": "홍차"}},
        ],
        valueSelectionSetting={"resolutionStrategy": "TopResolution"},
    )["slotTypeId"]
    intent = models.create_intent(
        **place,
        intentName="OrderTea",
        sampleUtterances=[{"utterance": "차 주문할게요"}, {"utterance": "{Tea} 주세요"}],
        intentClosingSetting={
            "active": True,
            "closingResponse": {"messageGroups": [said("{Tea} 준비할게요.")]},
        },
    )
    slot_id = models.create_slot(
        **place,
        intentId=intent["intentId"],
        slotName="Tea",
        slotTypeId=type_id,
        valueElicitationSetting={
            "slotConstraint": "Required",
            "promptSpecification": {"messageGroups": [said("어떤 차요?")], "maxRetries": 2},
        },
    )["slotId"]
    told = models.describe_intent(**place, intentId=intent["intentId"])
    for never_sent in ("ResponseMetadata", "creationDateTime", "lastUpdatedDateTime"):
        del told[never_sent]
    models.update_intent(**told, slotPriorities=[{"priority": 1, "slotId": slot_id}])
    return place


def build(models, place):
    assert models.build_bot_locale(**place)["botLocaleStatus"] == "Building"
    for _ in range(600):
        told = models.describe_bot_locale(**place)
        if told["botLocaleStatus"] not in ("Building", "ReadyExpressTesting"):
            break
        time.sleep(0.1)
    assert told["botLocaleStatus"] == "Built", told


def talk(runtime, place, alias_id, *texts):
    session = uuid.uuid4().hex
    replies = []
    for text in texts:
        told = runtime.recognize_text(
            botId=place["botId"],
            botAliasId=alias_id,
            localeId=place["localeId"],
            sessionId=session,
            text=text,
        )
        replies += [message["content"] for message in told["messages"]]
    return replies


def test_a_bot_is_made_from_nothing_published_and_spoken_with(models, runtime):
    place = make_tea_bot(models, "TeaShop")
    build(models, place)
    conversation = "차 주문할게요", "그린티"
    expected = ["어떤 차요?", "녹차 준비할게요."]
    assert talk(runtime, place, "TSTALIASID", *conversation) == expected
    version = models.create_bot_version(
        botId=place["botId"],
        botVersionLocaleSpecification={"ko_KR": {"sourceBotVersion": "DRAFT"}},
    )["botVersion"]
    models.get_waiter("bot_version_available").wait(botId=place["botId"], botVersion=version)
    alias_id = models.create_bot_alias(
        botId=place["botId"], botAliasName="live", botVersion=version, tags={"stage": "prod"}
    )["botAliasId"]
    models.get_waiter("bot_alias_available").wait(botId=place["botId"], botAliasId=alias_id)
    assert talk(runtime, place, alias_id, *conversation) == expected
    alias = {"botId": place["botId"], "botAliasId": alias_id, "localeId": "ko_KR"}
    angry = {"text": "이런 최악의 서비스는 처음이에요", "sessionId": uuid.uuid4().hex}
    assert "sentimentResponse" not in runtime.recognize_text(**alias, **angry)["interpretations"][0]
    updated = models.update_bot_alias(
        botId=place["botId"],
        botAliasId=alias_id,
        botAliasName="live",
        botVersion=version,
        sentimentAnalysisSettings={"detectSentiment": True},
    )
    assert updated["sentimentAnalysisSettings"] == {"detectSentiment": True}
    sentiment = runtime.recognize_text(**alias, **angry)["interpretations"][0]["sentimentResponse"]
    assert sentiment["sentiment"] == "NEGATIVE"
    assert sum(sentiment["sentimentScore"].values()) == pytest.approx(1, abs=1e-5)
    for listed in (
        models.list_bots()["botSummaries"],
        models.list_bot_versions(botId=place["botId"])["botVersionSummaries"],
        models.list_bot_aliases(botId=place["botId"])["botAliasSummaries"],
        models.list_bot_locales(botId=place["botId"], botVersion="1")["botLocaleSummaries"],
    ):
        assert listed


def test_a_network_of_bots_sends_each_text_to_the_member_that_it_is_for(models, runtime):
    tea = make_tea_bot(models, "TeaMember")
    members = [
        {
            "botMemberId": bot_id,
            "botMemberName": name,
            "botMemberAliasId": "TSTALIASID",
            "botMemberAliasName": "TestBotAlias",
            "botMemberVersion": "DRAFT",
        }
        for bot_id, name in (("HELLOWORLD", "HelloWorldBot"), (tea["botId"], "TeaMember"))
    ]
    net = models.create_bot(
        botName="Desk",
        roleArn=ROLE,
        dataPrivacy=PRIVACY,
        idleSessionTTLInSeconds=300,
        botType="BotNetwork",
        botMembers=members,
    )
    assert net["botMembers"] == members
    place = {"botId": net["botId"], "botVersion": "DRAFT", "localeId": "ko_KR"}
    models.create_bot_locale(**place, nluIntentConfidenceThreshold=0.4)
    for each in (tea, place):
        build(models, each)
    here = {"botId": net["botId"], "botAliasId": "TSTALIASID", "localeId": "ko_KR"}
    session = {**here, "sessionId": uuid.uuid4().hex}
    order = runtime.recognize_text(**session, text="차 주문할게요")
    assert order["recognizedBotMember"] == {"botId": tea["botId"], "botName": "TeaMember"}
    assert order["messages"][0]["content"] == "어떤 차요?"
    value = runtime.recognize_text(**session, text="홍차")
    assert value["messages"][0]["content"] == "홍차 준비할게요."
    hello = runtime.recognize_utterance(
        **session, requestContentType="text/plain; charset=utf-8", inputStream="안녕하세요".encode()
    )
    packed = gzip.decompress(base64.b64decode(hello["recognizedBotMember"]))
    assert json.loads(packed) == {"botId": "HELLOWORLD", "botName": "HelloWorldBot"}
    with pytest.raises(models.exceptions.PreconditionFailedException, match=net["botId"]):
        models.delete_bot(botId=tea["botId"])


def export(models, bot_id):
    export_id = models.create_export(
        resourceSpecification={"botExportSpecification": {"botId": bot_id, "botVersion": "DRAFT"}},
        fileFormat="LexJson",
    )["exportId"]
    models.get_waiter("bot_export_completed").wait(exportId=export_id)
    with urllib.request.urlopen(
        models.describe_export(exportId=export_id)["downloadUrl"]
    ) as zipped:
        return zipped.read()


def bring(models, zipped, name):
    upload = models.create_upload_url()
    request = urllib.request.Request(upload["uploadUrl"], data=zipped, method="PUT")
    urllib.request.urlopen(request).close()
    models.start_import(
        importId=upload["importId"],
        resourceSpecification={
            "botImportSpecification": {"botName": name, "roleArn": ROLE, "dataPrivacy": PRIVACY}
        },
        mergeStrategy="FailOnConflict",
    )
    models.get_waiter("bot_import_completed").wait(importId=upload["importId"])
    return models.describe_import(importId=upload["importId"])["importedResourceId"]


def test_an_export_imports_under_another_name_as_an_equal_bot(models, tmp_path):
    place = make_tea_bot(models, "TeaToMove")
    copy_id = bring(models, export(models, place["botId"]), "TeaMoved")
    loaded = []
    for bot_id in (place["botId"], copy_id):
        file = tmp_path / f"{bot_id}.zip"
        file.write_bytes(export(models, bot_id))
        loaded.append(bot.load(file))
    original, copy = loaded
    assert (original.name, copy.name) == ("TeaToMove", "TeaMoved")
    assert copy.locales == original.locales
    assert models.list_imports()["importSummaries"]
    assert models.list_exports()["exportSummaries"]


def daehwa(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "daehwa", *map(str, arguments)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_file_is_pushed_and_pulled(served, runtime, tmp_path):
    there = "--endpoint-url", served.url
    code, told, _ = daehwa("push", HELLO, "--name", "Pushed", *there)
    assert code == 0
    bot_id = told.split(" is ")[1].split(",")[0]
    place = {"botId": bot_id, "localeId": "ko_KR"}
    assert talk(runtime, place, "TSTALIASID", "안녕하세요")
    assert daehwa("pull", bot_id, tmp_path / "pulled", *there)[0] == 0
    pulled = bot.load(tmp_path / "pulled")
    assert (pulled.name, bot.bot_id(pulled)) == ("Pushed", bot_id)
    assert daehwa("diff", bot_id, tmp_path / "pulled", *there)[0] == 0
    # By another name it is the same bot; one that differs is another matter than one that is gone.
    code, told, _ = daehwa("diff", HELLO, bot_id, *there)
    assert (code, told.strip()) == (0, "The bots are the same.")
    code, told, _ = daehwa("diff", bot.bundled()["PadoBooksBot"], bot_id, *there)
    assert (code, "en_US" in told) == (1, True)
    code, told, error = daehwa("diff", HELLO, "NOTHERE000", *there)
    assert (code, told) == (2, "")
    assert "does not exist" in error
    assert "Traceback" not in error
    assert pulled.locales["ko_KR"].intents.keys() == bot.load(HELLO).locales["ko_KR"].intents.keys()
    assert daehwa("push", HELLO, "--name", "Pushed", "--no-build", *there)[0] == 0
    code, _, error = daehwa("pull", "NOTHERE000", tmp_path / "nothing", *there)
    assert code == 1
    assert "does not exist" in error
    assert "Traceback" not in error


def test_a_bot_from_a_file_is_described_whole(models):
    place = {"botId": "HELLOWORLD", "botVersion": "DRAFT", "localeId": "ko_KR"}
    for intent in models.list_intents(**place)["intentSummaries"]:
        here = {**place, "intentId": intent["intentId"]}
        models.describe_intent(**here)
        for slot in models.list_slots(**here)["slotSummaries"]:
            models.describe_slot(**here, slotId=slot["slotId"])
    for kind in models.list_slot_types(**place)["slotTypeSummaries"]:
        models.describe_slot_type(**place, slotTypeId=kind["slotTypeId"])
    with pytest.raises(models.exceptions.PreconditionFailedException):
        models.delete_bot(botId="HELLOWORLD")


def test_errors_are_those_that_the_operations_declare(models):
    nothing = {"botId": "NOTHERE000", "botVersion": "DRAFT", "localeId": "ko_KR"}
    with pytest.raises(models.exceptions.ResourceNotFoundException):
        models.describe_bot_locale(**nothing)
    with pytest.raises(models.exceptions.PreconditionFailedException):
        models.build_bot_locale(**nothing)
    with pytest.raises(models.exceptions.ValidationException):
        models.list_intents(**nothing)
    with pytest.raises(models.exceptions.ValidationException, match="botName"):
        models.create_bot(
            botName="not a name", roleArn=ROLE, dataPrivacy=PRIVACY, idleSessionTTLInSeconds=300
        )


def test_an_operation_that_is_not_there_is_named(models):
    models.meta.events.unregister("before-parse.lexv2-models.*", check)
    with pytest.raises(botocore.exceptions.ClientError, match="ListTestSets") as refused:
        models.list_test_sets()
    assert refused.value.response["Error"]["Code"] == "UnknownOperationException"


def test_bots_survive_a_restart_and_signatures_are_checked(tmp_path):
    with serving(tmp_path, HELLO, "--answer", "none") as first:
        place = make_tea_bot(client("lexv2-models", first.url), "Kept")
        build(client("lexv2-models", first.url), place)
    keys = {"DAEHWA_ACCESS_KEYS": "any:secret"}
    with serving(tmp_path, HELLO, "--answer", "none", **keys) as again:
        models = client("lexv2-models", again.url, "secret")
        assert models.describe_bot_locale(**place)["botLocaleStatus"] == "Built"
        arn = f"arn:aws:lex:ap-northeast-2:123456789012:bot/{place['botId']}"
        assert models.list_tags_for_resource(resourceARN=arn)["tags"] == {}
        runtime = client("lexv2-runtime", again.url, "secret")
        assert talk(runtime, place, "TSTALIASID", "홍차 주세요") == ["홍차 준비할게요."]
        wrong = client("lexv2-models", again.url, "wrong")
        wrong.meta.events.unregister("before-parse.lexv2-models.*", check)
        with pytest.raises(botocore.exceptions.ClientError, match="AccessDenied"):
            wrong.list_bots()
