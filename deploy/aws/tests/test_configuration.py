"""``daehwa.toml`` in a deployment: what the functions get of it, and what is refused."""

import json
import re

import msgspec
import numpy as np
import pytest
from aws_cdk import App, Validations
from aws_cdk.assertions import Annotations, Match, Template
from cdk_nag import AwsSolutionsChecks
from daehwa_deploy import DaehwaStack, Settings, SettingsError
from daehwa_deploy.configuration import deployed_page, read_configuration
from synthesis import function, statements

from daehwa import bot, documents

KNOWLEDGE = "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678"
MODEL = 'answer = ["a"]\n[[models]]\nname = "a"\nmodel = "m"\n'
HOW_TO = """
answer = ["gpt", "embedded"]
answer_seconds = 20
time_zone = "Asia/Seoul"

[[models]]
name = "gpt"
model = "gpt-3.5-turbo"
key = "SHOP_KEY"
max_tokens = 2000
system = "You answer for {bot}."
sampling = { temperature = 0, top_p = 1, frequency_penalty = 0.5, presence_penalty = 0.1 }

[[models]]
name = "unused"
key = "OTHER_KEY"

[[answering]]
locale = "ko_KR"
system = "{bot}의 안내원입니다."

[[hooks]]
lambda = "arn:aws:lambda:ap-northeast-2:123456789012:function:own"

[page]
title = "Seaside Books"
accent = "#0a7a5c"
logo = "https://img.example.org/logo.png"
[page.ko_KR]
title = "바닷가 책방"
greeting = "어서 오세요."
"""
BEDROCK = f"""
answer = ["document", "claude"]

[[models]]
name = "claude"
model = "openai.gpt-oss-20b-1:0"
sign = "bedrock"
guardrail = "gr-abc:2"

[[searches]]
name = "handbook"
knowledge_base = "{KNOWLEDGE}"
"""


@pytest.fixture(scope="module")
def definition():
    return bot.load(bot.bundled()["PadoBooksBot"])


@pytest.fixture
def read(tmp_path, definition):
    def read_text(text):
        path = tmp_path / "daehwa.toml"
        path.write_text(text, encoding="utf-8")
        return read_configuration(str(path), definition)

    return read_text


def synthesised(tmp_path, text, **settings):
    path = tmp_path / "daehwa.toml"
    path.write_text(text, encoding="utf-8")
    app = App()
    stack = DaehwaStack(app, "Daehwa", settings=Settings(config=str(path), **settings))
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return stack, Template.from_stack(stack)


def test_without_a_file_chatgpt_answers(definition):
    packed = read_configuration(None, definition).packed
    assert {each["order"][0] for each in packed["locales"].values()} == {"chatgpt"}
    assert packed["bot"] == definition.name
    assert packed["locales"]["ko_KR"]["abilities"], "the model learns what the bot does"


def test_models_prompts_and_order_are_packed(read):
    configuration = read(HOW_TO)
    packed = configuration.packed
    assert packed["locales"]["ko_KR"]["order"] == ["gpt"]
    assert packed["locales"]["ko_KR"]["system"] == "{bot}의 안내원입니다."
    assert packed["locales"]["en_US"]["system"] is None
    assert packed["models"] == {
        "gpt": {
            "name": "gpt",
            "model": "gpt-3.5-turbo",
            "key": "SHOP_KEY",
            "max_tokens": 2000,
            "system": "You answer for {bot}.",
            "sampling": {
                "temperature": 0,
                "top_p": 1,
                "frequency_penalty": 0.5,
                "presence_penalty": 0.1,
            },
        }
    }
    assert (packed["seconds"], packed["timeZone"]) == (20, "Asia/Seoul")
    assert configuration.keys == ("SHOP_KEY",), "a model that nobody asks needs no key"
    assert any("embedded" in warning for warning in configuration.warnings)


def test_the_pages_words_are_the_servers(read, definition):
    korean = next(
        one for one in deployed_page(read(HOW_TO), definition)["locales"] if one["id"] == "ko_KR"
    )
    assert (korean["heading"], korean["greeting"]) == ("바닷가 책방", "어서 오세요.")
    assert korean["starters"]


def test_the_stack_takes_it(tmp_path):
    stack, template = synthesised(tmp_path, HOW_TO)
    template.has_resource_properties(
        "AWS::SecretsManager::Secret",
        {"SecretString": '{"OPENAI_API_KEY":"","SHOP_KEY":""}'},
    )
    arn = "arn:aws:lambda:ap-northeast-2:123456789012:function:own"
    variables = Match.object_like({"BOT_HOOK_ARN": arn, "ANSWERS_FILE": "answers.json"})
    template.has_resource_properties(
        "AWS::Lambda::Function", {"Environment": {"Variables": variables}}
    )
    policy = json.dumps(template.find_resources("AWS::CloudFront::ResponseHeadersPolicy"))
    assert "img.example.org" in policy, "the logo's host"
    Annotations.from_stack(stack).has_warning("*", Match.string_like_regexp(".*embedded model.*"))
    assert "You answer for" not in json.dumps(template.to_json()), "prompts are in the package"


def test_bedrock_is_asked_by_the_role(tmp_path):
    _, template = synthesised(tmp_path, BEDROCK, streaming=True)
    policies = template.find_resources("AWS::IAM::Policy")
    for role in ("HookRole", "ChatRole"):
        (policy,) = [one for name, one in policies.items() if name.startswith(role)]
        text = json.dumps(policy)
        assert ":foundation-model/openai.gpt-oss-20b-1:0" in text
        assert ":guardrail/gr-abc" in text
        assert f'"Action": "bedrock:Retrieve", "Effect": "Allow", "Resource": "{KNOWLEDGE}"' in text


class Anywhere:
    """An encoder without meanings: on AWS the words alone are searched."""

    name = "none"

    def encode(self, texts):
        return np.full((len(texts), 64), 1 / 8, dtype=np.float32)


def test_the_teams_documents_are_one_file_that_the_function_may_load(tmp_path):
    """And nothing else of the bucket; they answer before the model, as at home."""
    data = tmp_path / "data"
    (tmp_path / "guide.md").write_text("# 체크인\n\n체크인은 오후 3시부터입니다.", "utf-8")
    with documents.Indexer(data, encoder=Anywhere()) as indexer:
        indexer.add_files([tmp_path / "guide.md"])
        indexer.publish()
    stack, template = synthesised(tmp_path, "", documents=str(data))
    assert stack._configuration.packed["locales"]["ko_KR"]["order"] == ["document", "chatgpt"]
    assert stack._configuration.packed["documents"]["composer"] == "chatgpt"
    variables = function(template, "Hook")["Environment"]["Variables"]
    place = json.dumps(variables["DOCUMENTS_FILE"])
    assert "cdk-hnb659fds-assets-" in place
    (key,) = re.findall(r"/([0-9a-f]{64}\.sqlite3)", place)
    (resource,) = statements(template, "HookRole")["s3:GetObject"]
    assert key in json.dumps(resource)
    assert "*" not in json.dumps(resource)
    assert len(variables["DOCUMENTS_DIGEST"]) == 64
    assert "DOCUMENTS_FILE" not in function(template, "Chat")["Environment"]["Variables"]


def test_documents_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(SettingsError, match="daehwa index"):
        synthesised(tmp_path, "", documents=str(tmp_path))


PROFILE = "arn:aws:bedrock:us-west-2:123456789012:"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("us.openai.gpt-oss-20b-1:0", "openai.gpt-oss-20b-1:0"),
        (f"{PROFILE}inference-profile/apac.amazon.nova-lite-v1:0", "amazon.nova-lite-v1:0"),
        (f"{PROFILE}application-inference-profile/a1b2c3d4e5f6", "*"),
    ],
)
def test_a_profile_needs_its_model_everywhere_and_through_it_alone(tmp_path, name, called):
    text = BEDROCK.replace("openai.gpt-oss-20b-1:0", name)
    _, template = synthesised(tmp_path, text)
    policies = template.find_resources("AWS::IAM::Policy").items()
    (policy,) = [one for logical, one in policies if logical.startswith("HookRole")]
    (through,) = [
        one
        for one in policy["Properties"]["PolicyDocument"]["Statement"]
        if f":bedrock:*::foundation-model/{called}" in json.dumps(one["Resource"])
    ]
    profile = through["Condition"]["StringEquals"]["bedrock:InferenceProfileArn"]
    assert "inference-profile/" in json.dumps(profile)
    assert name.rpartition("/")[2] in json.dumps(profile)


OWN = "arn:aws:lambda:ap-northeast-2:123456789012:function:own"


@pytest.mark.parametrize(
    ("text", "hooks"),
    [
        (f'[[hooks]]\nlambda = "{OWN}"', {"ko_KR": OWN, "en_US": OWN}),
        (f'[[hooks]]\nlocale = "ko_KR"\nlambda = "{OWN}"', {"ko_KR": OWN}),
        (
            f'[[hooks]]\nlambda = "{OWN}"\n[[hooks]]\nlocale = "en_US"\nlambda = "{OWN}-en"',
            {"ko_KR": OWN, "en_US": f"{OWN}-en"},
        ),
        (f'[[hooks]]\nalias = "test"\nlambda = "{OWN}"', {}),
        (
            (
                f'[[hooks]]\nlocale = "ko_KR"\nlambda = "{OWN}"\n'
                f'[[hooks]]\nbot = "PadoBooksBot"\nlambda = "{OWN}-2"'
            ),
            {"ko_KR": f"{OWN}-2", "en_US": f"{OWN}-2"},
        ),
        ('[[hooks]]\nbot = "Another"\nurl = "http://127.0.0.1/hook"', {}),
    ],
)
def test_a_hook_is_called_where_the_server_calls_it(read, text, hooks):
    assert read(text).hooks == hooks


def test_each_locale_calls_its_own_function(tmp_path):
    text = f'[[hooks]]\nlocale = "ko_KR"\nlambda = "{OWN}"'
    _, template = synthesised(tmp_path, text)
    variables = function(template, "Hook")["Environment"]["Variables"]
    assert json.loads(variables["BOT_HOOKS"]) == {"ko_KR": OWN}
    assert "BOT_HOOK_ARN" not in variables
    assert statements(template, "HookRole")["lambda:InvokeFunction"] == [OWN]


def test_what_strangers_may_is_the_files_unless_an_option_says_it(tmp_path):
    text = 'allowed_origins = ["https://shop.example"]\nclient_attributes = ["tier"]'
    _, template = synthesised(tmp_path, text, client_attributes="plan")
    variables = function(template, "Chat")["Environment"]["Variables"]
    assert variables["ALLOWED_ORIGINS"] == "https://shop.example"
    assert variables["CLIENT_ATTRIBUTES"] == "plan"
    policy = json.dumps(template.find_resources("AWS::CloudFront::ResponseHeadersPolicy"))
    assert "frame-ancestors 'self' https://shop.example" in policy
    with pytest.raises(SettingsError, match="only the functions set"):
        synthesised(tmp_path, 'client_attributes = ["daehwa:mark"]')


def test_what_the_bot_has_lex_ask_without_the_right_is_named(tmp_path, definition):
    """Lex would find out when a person asks; what is given by an option is not named."""
    index = "arn:aws:kendra:us-east-1:123456789012:index/0f1e2d3c-aaaa-bbbb-cccc-0123456789ab"
    model = "arn:aws:bedrock:us-east-1::foundation-model/some.model-v1:0"
    locale = definition.locales["en_US"]
    resolving = {"bedrockModelSpecification": {"modelArn": model}}
    extra = {
        "generativeAISettings": {
            "runtimeSettings": {"slotResolutionImprovement": resolving},
            "buildtimeSettings": {"kendraIndex": index},
        }
    }
    locales = {"en_US": msgspec.structs.replace(locale, extra=locale.extra | extra)}
    place = tmp_path / "bot"
    bot.save(msgspec.structs.replace(definition, locales=locales), place)
    stack, template = synthesised(
        tmp_path, "", bot_file=str(place), knowledge_model="some.model-v1:0"
    )
    warnings = Annotations.from_stack(stack).find_warning("*", Match.any_value())
    (named,) = [one.entry.data for one in warnings if "has Lex ask" in one.entry.data]
    assert index in named
    assert "kendraIndex=0f1e2d3c-aaaa-bbbb-cccc-0123456789ab" in named
    lex = statements(template, "LexRole")
    assert "bedrock:InvokeModel" in lex
    assert "bedrock:Retrieve" not in lex


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", None),
        ('[page]\ntitle = "Shop"\n[limits.turns]\nsession = "9/m"', None),
        ("answer_while_eliciting = false", "answer_while_eliciting"),
        ('[store]\nurl = "redis://127.0.0.1/0"\n[logs]\nstream = true', r"\[store\], \[logs\]"),
        ("[understanding]\nsentiment = true", r"\[understanding\]"),
        ('[speech]\nbase_url = "https://a.example/v1"', r"\[speech\]"),
        ("quotas = false\n[limits]\nat_once = 9", "at_once, quotas"),
    ],
)
def test_what_only_a_server_has_is_named(read, text, named):
    (*warnings,) = (one for one in read(text).warnings if one.startswith("only a server"))
    assert bool(warnings) == (named is not None)
    assert named is None or re.search(named, warnings[0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("answer = ", "not TOML"),
        ("anwser = []", "anwser"),
        ('[moderation]\nbefore = "openai"', "guardrail"),
        ('[[models]]\nname = "a"\nkey_file = "/key"', "member of the secret"),
        ('[[models]]\nname = "a"\nsign = "bedrock"', "name Bedrock's model"),
        (MODEL + 'key = "sk-of-ones-own"', "belongs in the secret"),
        (MODEL + 'key = "A"\nheaders = { team = "${MY TEAM}" }', r"\$\{NAME\}"),
        (MODEL, "a has no key"),
        (MODEL + 'base_url = "nonsense"', "base_url of the model a"),
        ('answer = ["chatgpt"]\n[chatgpt]\nbase_url = "ftp://a"', r"\[chatgpt\]"),
        ('time_zone = "Seoul"', "Asia/Seoul"),
        ('[[hooks]]\nlambda = "own"', "arn:aws:lambda:REGION"),
        (
            '[[searches]]\nname = "a"\nopensearch = "https://a.example"\nindex = "i"',
            "knowledge base",
        ),
        ('[[searches]]\nname = "a"\nknowledge_base = "KB12345678"', "whole ARN"),
        (
            (
                f'[[searches]]\nname = "a"\nknowledge_base = "{KNOWLEDGE}"\n'
                'endpoint_url = "https://vpce-1.bedrock.us-east-1.vpce.amazonaws.com"'
            ),
            "not in",
        ),
        ('[chatgpt]\nsystem = "' + "가" * 100_000 + '"', "shorten the system prompts"),
    ],
)
def test_what_cannot_be_deployed_is_refused(read, text, message):
    with pytest.raises(SettingsError, match=message):
        read(text)


def test_a_file_that_is_not_there(definition, tmp_path):
    with pytest.raises(SettingsError, match="does not exist"):
        read_configuration(str(tmp_path / "none.toml"), definition)


@pytest.mark.parametrize(
    ("address", "is_near"),
    [
        ("http://localhost:11434/v1", True),
        ("http://192.168.0.7:11434/v1", True),
        ("http://[::1]/v1", True),
        ("http://gpu/v1", True),
        ("http://nas.local:8000/v1", True),
        ("https://api.openai.com/v1", False),
        ("https://8.8.8.8/v1", False),
    ],
)
def test_an_endpoint_at_home_is_out_of_lambdas_reach(read, address, is_near):
    warnings = read(f'{MODEL}key = "A"\nbase_url = "{address}"').warnings
    assert any("does not reach" in one for one in warnings) == is_near
