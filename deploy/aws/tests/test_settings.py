"""What a deployment is set up with, and how it reports a wrong setting."""

import re
from pathlib import Path

import boto3
import botocore.session
import msgspec
import pytest
from aws_cdk import Aws
from daehwa_deploy import Settings, SettingsError, read_settings
from daehwa_deploy.functions import retention
from daehwa_deploy.settings import LEX_REGIONS, LOG_DAYS, check_arns, variable
from daehwa_deploy.voices import VOICES

from daehwa import bot


def read(context=None, **environ):
    return read_settings((context or {}).get, environ)


def test_everything_has_a_default():
    assert read() == Settings()


def test_the_context_goes_before_the_environment():
    given = read({"model": "gpt-a"}, DAEHWA_OPENAI_MODEL="gpt-b", DAEHWA_BOT_FILE="bot.zip")
    assert (given.model, given.bot_file) == ("gpt-a", "bot.zip")


def test_numbers_and_switches_come_as_text():
    given = read({"throttleRate": "7", "retain": "true"}, DAEHWA_RECOVERY="0")
    assert (given.throttle_rate, given.retain, given.recovery) == (7, True, False)


def test_voices():
    given = read({"voice": "ko_KR=Seoyeon, en_US=Ruth"})
    assert given.voices == {"ko_KR": "Seoyeon", "en_US": "Ruth"}


def test_the_voices_are_those_of_polly():
    model = botocore.session.get_session().get_service_model("polly").shape_for("VoiceId")
    assert {name for names in VOICES.values() for name in names} == set(model.enum)
    assert not {name.partition("_")[0] for name in bot.LOCALE_NAMES} - set(VOICES)


def test_logs_are_kept_for_as_many_days_as_there_are_names_for():
    assert len({retention(days) for days in LOG_DAYS}) == len(LOG_DAYS)


def test_the_embedded_weights_are_not_chatgpts_model(capsys):
    """``DAEHWA_MODEL`` means the weights, at home and here; of before it is still read."""
    assert read(DAEHWA_MODEL="small").model is None
    assert read(DAEHWA_MODEL="/models/own.GGUF").model is None
    assert read(DAEHWA_MODEL=" large ").model is None
    assert capsys.readouterr().err == ""
    assert read(DAEHWA_MODEL="gpt-x").model == "gpt-x"
    assert "DAEHWA_OPENAI_MODEL" in capsys.readouterr().err
    assert read(DAEHWA_MODEL="gpt-x", DAEHWA_OPENAI_MODEL="gpt-y").model == "gpt-y"


def test_lex_is_where_botocore_says():
    known = boto3.Session().get_available_regions("lexv2-models")
    assert set(known) <= LEX_REGIONS
    assert {one for one in LEX_REGIONS if "gov" not in one} == set(known)


ON_LEX = {"botId": "BOTBOTBOTB", "aliasId": "TSTALIASID"}
ARN = "arn:aws:lambda:ap-northeast-2:123456789012:function:own"
AN_ID = "11112222-3333-4444-5555-666677778888"
GLOBAL_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl"
LOGIN = {
    "login": "true",
    "domain": "chat.example.com",
    "certificateArn": f"arn:aws:acm:us-east-1:123456789012:certificate/{AN_ID}",
}


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"model": ""}, "model"),
        ({"model": "  "}, "DAEHWA_OPENAI_MODEL"),
        ({"stackName": "1st"}, "stackName"),
        ({"stackName": "My-"}, "ending without a hyphen"),
        ({"stackName": "My--Shop"}, "single hyphens"),
        ({"stackName": "A" * 51}, "up to 50"),
        ({"aliasName": "my alias"}, "aliasName is 'my alias': take letters"),
        ({"aliasName": "TestBotAlias"}, "Lex's own"),
        ({"aliasName": "TSTALIASID"}, "Lex's own"),
        ({"region": "seoul"}, "ap-northeast-2"),
        ({"region": "eu-north-1"}, "Lex V2 is not in the region eu-north-1.*eu-west-1"),
        ({"region": "us-gov-west-1"}, "CloudFront.*not in us-gov-west-1.*daehwa publish"),
        ({"region": "cn-north-1"}, "Lex V2 is not in the region cn-north-1"),
        ({"domain": "chat.example.com"}, "certificateArn"),
        ({"domain": "https://chat.example.com/"}, "nothing before or behind"),
        (
            {
                "domain": "a.example.com",
                "certificateArn": f"arn:aws:acm:eu-west-1:123456789012:certificate/{AN_ID}",
            },
            "us-east-1",
        ),
        (
            LOGIN | {"certificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/ID"},
            "certificate/12345678-",
        ),
        (
            LOGIN | {"certificateArn": f"arn:aws:acm:us-east-1:123456789012:key/{AN_ID}"},
            "certificate/12345678-",
        ),
        ({"webAclArn": f"{GLOBAL_ACL}/NAME/ID"}, "not one for CloudFront"),
        ({"webAclArn": f"{GLOBAL_ACL}/front"}, "not one for CloudFront"),
        ({"knowledgeBase": "KB12345678"}, "knowledgeModel"),
        ({"kendraIndex": "0f1e"}, "36 letters"),
        ({"kendraIndex": "arn:aws:kendra:us-east-1:1:index/x"}, "not its ARN"),
        ({"alarmEmail": "nobody"}, "alarmEmail"),
        ({"hookArn": "own"}, "arn:aws:lambda"),
        ({"hookArn": f"{ARN}.py"}, "arn:aws:lambda"),
        ({"secretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key"}, "NAME-AbC123"),
        (LOGIN | {"stackName": "AwsShop"}, "no address with 'aws' in it"),
        (LOGIN | {"stackName": "My-Cognito"}, "give another stackName"),
        ({"clientAttributes": "tier,daehwa:address"}, "only the functions set"),
        ({"allowedOrigins": "https://shop.example:443"}, "as a browser sends it"),
        ({"secretArn": ARN}, "arn:aws:secretsmanager"),
        ({"baseUrl": "api.example.com"}, "https://host/v1"),
        ({"imageHosts": "https://img.example.org"}, "img.example.org"),
        ({"voice": "Seoyeon"}, "ko_KR=Seoyeon"),
        ({"voice": "ko_KR=Bob"}, "no voice Bob: ko_KR has Jihye, Seoyeon; .* the bot's file"),
        ({"voice": "en_US=joanna"}, "write Joanna if that is meant"),
        ({"voice": "ko_KR=Joanna"}, "Joanna does not speak the language of ko_KR"),
        ({"voice": "kr_KO=Seoyeon"}, "'kr_KO', which is not a locale of Lex"),
        ({"logDays": "31"}, "give 30 or 60"),
        ({"logDays": "9999"}, "give 3653"),
        ({"logDays": "0"}, "1 to 3653"),
        ({"clientAttributes": "user tier"}, "without spaces"),
        ({"clientAttributes": "tier;plan"}, "commas between"),
        ({"clientAttributes": "*,tier"}, "alone allows all"),
        ({"alarmEmail": "ops@shop..example"}, "one address"),
        ({"alarmEmail": "a@shop.example;b@shop.example"}, "one address"),
        ({"alarmEmail": "<me@shop.example>"}, "one address"),
        ({"model": "gpt-4o,gpt-4o-mini"}, "one model's name"),
        (LOGIN | {"domain": "192.0.2.1"}, "looks like chat.example.com"),
        ({"allowedOrigins": "*, https://a.example"}, "alone allows all"),
        ({"model": "gpt 4o"}, "without spaces"),
        ({"model": "\u201cgpt-4o\u201d"}, "quotation marks"),
        ({"throttleRate": "many"}, "throttleRate.*a whole number, 1 to"),
        ({"throttleRate": 0}, "throttleRate is 0"),
        ({"throttleRate": "1.5"}, "whole number"),
        ({"throttleRate": True}, "whole number"),
        ({"concurrency": "0"}, "concurrency is 0: give 1 .* leave it out"),
        ({"concurrency": "-3"}, "concurrency"),
        ({"transcriptDays": "999999"}, "1 to 36500"),
        ({"retain": "perhaps"}, "retain"),
        ({"model": 5}, "give a text"),
        ({"botId": "BOTBOTBOTB"}, "aliasId"),
        ({"botId": "BOTBOTBOTB", "aliasId": "TSTALIASID"}, "localeId"),
        ({"botId": "short", "aliasId": "TSTALIASID", "localeId": "ko_KR"}, "ten letters"),
        (
            {"botId": "BOTBOTBOTB", "aliasId": "TSTALIASID", "localeId": "xx_XX"},
            "not a locale of Lex",
        ),
        ({"localeId": "ko_KR"}, "botId and aliasId"),
        (ON_LEX | {"localeId": "ko_KR, en_US,ko_KR"}, "localeId has ko_KR twice"),
        ({"voice": "ko_KR=Seoyeon,ko_KR=Jihye"}, "voice has ko_KR twice"),
        (ON_LEX | {"localeId": "ko_KR", "conversationLogs": "true"}, "conversationLogs.*leave it"),
    ],
)
def test_what_is_wrong_is_named(context, message):
    with pytest.raises(SettingsError, match=message):
        read(context)


@pytest.mark.parametrize(
    "given",
    [
        {"hookArn": ARN},
        {"secretArn": "arn:aws:secretsmanager:us-west-2:123456789012:secret:k-AbC123"},
    ],
)
def test_what_is_in_another_region_is_out_of_the_functions_reach(given):
    ((name, arn),) = given.items()
    with pytest.raises(SettingsError, match=f"{name} is in .* us-east-1"):
        check_arns("us-east-1", **given)
    check_arns(arn.split(":")[3], **given)
    check_arns(Aws.REGION, **given)
    check_arns("us-east-1", **{name: None})


@pytest.mark.parametrize(
    "context",
    [
        ON_LEX | {"localeId": "es_419"},
        {"botId": "abcde12345", "aliasId": "zyxwv98765", "localeId": "ko_KR , zh_HK"},
        {"hookArn": f"{ARN}:live"},
        {"hookArn": f"{ARN}:$LATEST"},
        {"secretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/key-a1B2c3"},
        {"stackName": "AwsShop"},
        {"voice": "en_GB=Joanna, zh_HK=Hiujin, no_NO=Ida, es_419=Lupe"},
        {"clientAttributes": "tier, shop:plan ,\ub4f1\uae09"},
        {"clientAttributes": "*"},
        {"model": "qwen2.5:7b-instruct"},
        {"logDays": "545", "transcriptDays": "545"},
        {"allowedOrigins": "https://shop.example:8443, http://localhost:3000"},
    ],
)
def test_what_aws_takes_is_taken(context):
    read(context)


@pytest.mark.parametrize("name", ["botfile", "bot_File", "alarmMail", "alarm-email"])
def test_a_slip_in_a_name_is_no_silence(name):
    with pytest.raises(SettingsError, match="is meant"):
        read_settings({name: "x"}.get, {}, given_names=[name])


@pytest.mark.parametrize("name", ["STREAMNG", "ALARMEMAIL", "DAILY_TURN", "STACKNAME"])
def test_a_slip_in_a_variable_is_no_silence(name):
    with pytest.raises(SettingsError, match=r"write DAEHWA_.* is meant"):
        read(**{f"DAEHWA_{name}": "x"})


def test_the_servers_variables_are_no_slips():
    """The pages name each of them; people have them set where they deploy."""
    options = {variable(name) for name in Settings.__struct_fields__}
    pages = "".join(file.read_text("utf-8") for file in _DOCS.glob("*.md"))
    others = set(_VARIABLE.findall(pages)) - options
    assert "DAEHWA_LOG" in others
    assert read(**dict.fromkeys(others, "x")) == Settings(model="x")


def test_what_cdk_and_others_have_in_the_context_is_theirs():
    names = ["@aws-cdk/core:target-partitions", "availability-zones:account=1", "team"]
    assert read_settings({}.get, {}, given_names=names) == Settings()


_DOCS = Path(__file__).parents[3] / "docs"
_ROW = re.compile(r"^\| (`\w+`(?:, `\w+`)*) \| (`DAEHWA_\w+`(?:, `DAEHWA_\w+`)*) \|", re.MULTILINE)
_VARIABLE = re.compile(r"\bDAEHWA_[A-Z0-9_]+\b")
_GIVEN = re.compile(r"-c (\w+)=(\S+)")


@pytest.fixture(params=["aws.md", "aws.ko.md"])
def page(request):
    return (_DOCS / request.param).read_text(encoding="utf-8")


def test_each_option_stands_in_the_pages_with_its_variable(page):
    rows = [
        dict(zip(*(re.findall(r"\w+", column) for column in row), strict=True))
        for row in _ROW.findall(page)
    ]
    listed = {name: shown for row in rows for name, shown in row.items()}
    fields = msgspec.structs.fields(Settings)
    assert listed == {field.encode_name: variable(field.name) for field in fields}


def test_each_command_of_the_pages_gives_options_that_are_taken(page):
    commands = re.findall(r"^(?:cd deploy/aws && )?npx cdk deploy -c .*$", page, re.MULTILINE)
    assert commands
    for line in commands:
        given = dict(_GIVEN.findall(line))
        read_settings(given.get, {}, given_names=given)
