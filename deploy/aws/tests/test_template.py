"""What the stack's template says: rights, order, names, and that the linters have nothing."""

import json
import re
import subprocess
import sys
import zipfile

import pytest
from aws_cdk import App, Environment
from aws_cdk.assertions import Match, Template
from daehwa_deploy import DaehwaStack, Settings, SettingsError
from daehwa_deploy.configuration import read_configuration
from daehwa_deploy.package import BotFile, functions_code, page_content, read_bot
from synthesis import linted, statements, synthesised

from daehwa import bot


@pytest.fixture
def bot_folder(tmp_path):
    folder = tmp_path / "bot"
    bot.save(bot.load(bot.bundled()["HelloWorldBot"]), folder)
    return folder


def version_ids(template):
    return list(template.find_resources("AWS::Lex::BotVersion"))


def test_each_function_may_do_what_it_does_and_no_more(template):
    logging = {"logs:CreateLogStream", "logs:PutLogEvents"}
    chat = statements(template, "ChatRole")
    assert set(chat) == logging | {
        "lex:DeleteSession",
        "lex:RecognizeText",
        *(f"dynamodb:{action}Item" for action in ("BatchWrite", "Delete", "Get", "Put", "Update")),
        "dynamodb:Query",
        "secretsmanager:GetSecretValue",
    }
    assert "*" not in json.dumps(chat)
    hook = statements(template, "HookRole")
    assert set(hook) == logging | {"dynamodb:UpdateItem", "secretsmanager:GetSecretValue"}
    (counted,) = hook["dynamodb:UpdateItem"]
    assert counted["Fn::GetAtt"][0].startswith("EdgeCounters")
    assert "*" not in json.dumps(hook)
    filler = statements(template, "FrontFillerRole")
    assert set(filler) == logging | {
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:PutObject",
    }


def test_lex_may_call_the_hook_for_this_alias_only(template):
    template.has_resource_properties(
        "AWS::Lambda::Permission",
        {
            "Principal": "lexv2.amazonaws.com",
            "SourceArn": {"Fn::GetAtt": [Match.string_like_regexp("^LexAlias"), "Arn"]},
            "SourceAccount": {"Ref": "AWS::AccountId"},
        },
    )


def test_nothing_that_lex_calls_refers_to_lex(template):
    """The bot's alias needs the hook, so the hook must not need the alias."""
    hooks = template.find_resources("AWS::Lambda::Function")
    (hook,) = [one for name, one in hooks.items() if name.startswith("Hook")]
    assert "LexBot" not in json.dumps(hook)
    assert "LexAlias" not in json.dumps(hook)


def test_every_locale_has_the_hook(template):
    aliases = template.find_resources("AWS::Lex::BotAlias")
    (alias,) = aliases.values()
    found = {
        one["LocaleId"]: one["BotAliasLocaleSetting"]
        for one in alias["Properties"]["BotAliasLocaleSettings"]
    }
    assert set(found) == {"en_US", "ko_KR"}
    assert all(one["Enabled"] for one in found.values())


def test_a_changed_bot_makes_another_version(template, bot_folder):
    before = version_ids(synthesised(bot_file=str(bot_folder)))
    assert before == version_ids(synthesised(bot_file=str(bot_folder)))
    (intent,) = bot_folder.rglob("ko_KR/Intents/FallbackIntent/Intent.json")
    content = json.loads(intent.read_text(encoding="utf-8"))
    intent.write_text(json.dumps({**content, "description": "changed"}), encoding="utf-8")
    after = version_ids(synthesised(bot_file=str(bot_folder)))
    assert before != after
    assert re.fullmatch(r"LexVersion[0-9a-f]{12}[0-9A-F]{8}", after[0])


def test_the_version_depends_on_what_the_bot_is_and_not_on_its_file(bot_folder, tmp_path):
    """Another packing, another order of members: the same bot, the same version."""
    before = version_ids(synthesised(bot_file=str(bot_folder)))
    archive = tmp_path / "again.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for file in sorted(bot_folder.rglob("*.json"), reverse=True):
            content = json.loads(file.read_text(encoding="utf-8"))
            turned = dict(reversed(content.items()))
            packed.writestr(str(file.relative_to(bot_folder)), json.dumps(turned))
    assert version_ids(synthesised(bot_file=str(archive))) == before


def test_the_versions_before_stay_for_talks_under_way(template):
    template.has_resource("AWS::Lex::BotVersion", {"DeletionPolicy": "Retain"})


def test_the_bot_waits_for_its_roles_policy():
    """Building reads with the role: Polly, Kendra, Bedrock."""
    template = synthesised(voice="ko_KR=Jihye")
    (bot_,) = template.find_resources("AWS::Lex::Bot").values()
    waited = bot_["DependsOn"]
    assert any(name.startswith("LexRoleDefaultPolicy") for name in waited)


def test_an_existing_bot_is_spoken_to_and_left_as_it_is():
    """The how-to's bot, by its ids: page, API and a code hook that its alias may call."""
    template = synthesised(bot_id="BOTBOTBOTB", alias_id="ALIASALIAS", locale_id="ko_KR,en_US")
    for kind in ("Bot", "BotVersion", "BotAlias"):
        template.resource_count_is(f"AWS::Lex::{kind}", 0)
    variables = {"botId": "BOTBOTBOTB", "botAliasId": "ALIASALIAS", "localeId": "ko_KR"}
    template.has_resource_properties(
        "AWS::Lambda::Function",
        {"Environment": {"Variables": Match.object_like(variables)}},
    )
    alias = ":bot-alias/BOTBOTBOTB/ALIASALIAS"
    assert alias in json.dumps(statements(template, "ChatRole")["lex:RecognizeText"])
    permissions = template.find_resources("AWS::Lambda::Permission").values()
    (lex,) = [one for one in permissions if one["Properties"]["Principal"].startswith("lexv2")]
    assert alias in json.dumps(lex["Properties"]["SourceArn"])
    template.has_output("HookArn", {})


def test_an_existing_bots_file_says_what_the_page_shows(tmp_path):
    settings = Settings(
        bot_id="BOTBOTBOTB", alias_id="ALIASALIAS", bot_file=str(bot.bundled()["PadoBooksBot"])
    )
    file = read_bot(settings, tmp_path)
    assert file.archive is None
    page = page_content(file.definition, settings, read_configuration(None, file.definition))
    assert page["bot"]["locales"][0]["starters"]


def test_a_second_region_and_a_second_stack_have_names_of_their_own():
    """CloudFront's names are taken once in an account, and the longest stack's is cut.

    Who writes an application of their own need not say the stack's name twice.
    """
    names = []
    own = []
    long = "S" * 44
    for name, region in (
        ("Shop", "us-east-1"),
        (f"{long}-one", "ap-southeast-2"),
        (f"{long}-two", "ap-southeast-2"),
    ):
        app = App()
        env = Environment(account="123456789012", region=region)
        template = Template.from_stack(DaehwaStack(app, name, settings=Settings(), env=env))
        (made,) = template.find_resources("AWS::Lex::Bot").values()
        filters = template.find_resources("AWS::Logs::MetricFilter").values()
        (filtered, *_) = [one["Properties"]["MetricTransformations"][0] for one in filters]
        own.append((made["Properties"]["Name"], filtered["MetricNamespace"]))
        (policy,) = template.find_resources("AWS::CloudFront::ResponseHeadersPolicy").values()
        (access,) = template.find_resources("AWS::CloudFront::OriginAccessControl").values()
        names.append(policy["Properties"]["ResponseHeadersPolicyConfig"]["Name"])
        names.append(access["Properties"]["OriginAccessControlConfig"]["Name"])
    assert own[0] == ("Shop-PadoBooksBot", "Daehwa/Shop")
    assert len(set(own)) == 3
    assert names[:2] == ["Shop-us-east-1-Headers", "Shop-us-east-1-Page"]
    assert len(set(names)) == 6
    assert all(len(name) <= 64 for name in names)


def test_a_region_without_lex_is_refused_at_synthesis():
    env = Environment(account="123456789012", region="eu-north-1")
    with pytest.raises(SettingsError, match="eu-north-1"):
        DaehwaStack(App(), "Shop", settings=Settings(stack_name="Shop"), env=env)


def test_two_stacks_do_not_collide():
    """Whatever has a name of its own in the account has the stack's name in it."""
    names = []
    for name in ("One", "Two"):
        template = synthesised(stack_name=name)
        text = json.dumps(template.to_json())
        (made,) = template.find_resources("AWS::Lex::Bot").values()
        names.append(made["Properties"]["Name"])
        for kind in ("FunctionName", "TableName", "BucketName", "LogGroupName", "RoleName"):
            named = re.findall(rf'"{kind}": "([^"]+)"', text)
            assert named == [], "a fixed name would collide"
    assert len(set(names)) == 2


def test_nothing_is_public_and_all_is_encrypted(template):
    template.all_resources_properties(
        "AWS::S3::Bucket",
        {
            "BucketEncryption": Match.any_value(),
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        },
    )
    template.all_resources_properties(
        "AWS::DynamoDB::Table",
        {
            "SSESpecification": {"SSEEnabled": True},
            "TimeToLiveSpecification": {"AttributeName": "expiresAt", "Enabled": True},
        },
    )
    recovered = {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}}
    template.resource_properties_count_is("AWS::DynamoDB::Table", recovered, 1)


def test_logs_end_and_the_api_is_throttled(template):
    template.all_resources_properties("AWS::Logs::LogGroup", {"RetentionInDays": 30})
    template.has_resource_properties(
        "AWS::ApiGatewayV2::Stage",
        {"DefaultRouteSettings": {"ThrottlingBurstLimit": 200, "ThrottlingRateLimit": 100}},
    )


def test_destroy_leaves_nothing_that_costs(template):
    kept = {
        name: one["DeletionPolicy"]
        for name, one in template.to_json()["Resources"].items()
        if one.get("DeletionPolicy", "Delete") != "Delete"
    }
    # A bot that is deleted takes its versions with it.
    assert [name[: len("LexVersion")] for name in kept] == ["LexVersion"]
    retained = synthesised(retain=True)
    retained.has_resource("AWS::DynamoDB::Table", {"DeletionPolicy": "Retain"})
    retained.has_resource("AWS::SecretsManager::Secret", {"DeletionPolicy": "Retain"})


def test_the_key_is_not_in_the_template(template):
    secret = '{"OPENAI_API_KEY":""}'
    template.has_resource_properties("AWS::SecretsManager::Secret", {"SecretString": secret})


def test_alarms_are_mailed(template):
    template.has_resource_properties(
        "AWS::SNS::Subscription", {"Protocol": "email", "Endpoint": "someone@example.com"}
    )
    template.all_resources_properties("AWS::CloudWatch::Alarm", {"AlarmActions": Match.any_value()})
    template.resource_count_is("AWS::CloudWatch::Alarm", 14)


def test_options_reach_what_they_are_for():
    template = synthesised(
        domain="chat.example.com",
        certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/11112222-3333-4444-5555-666677778888",
        kendra_index="0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        knowledge_base="KB12345678",
        knowledge_model="some.model-v1:0",
        hook_arn="arn:aws:lambda:ap-northeast-2:123456789012:function:own",
        model="gpt-x",
        recovery=False,
        concurrency=9,
    )
    template.has_resource_properties(
        "AWS::CloudFront::Distribution", {"DistributionConfig": {"Aliases": ["chat.example.com"]}}
    )
    lex = statements(template, "LexRole")
    assert "kendra:Query" in lex
    assert ":knowledge-base/KB12345678" in json.dumps(lex["bedrock:Retrieve"])
    assert "::foundation-model/some.model-v1:0" in json.dumps(lex["bedrock:InvokeModel"])
    assert "lambda:InvokeFunction" in statements(template, "HookRole")
    template.has_resource_properties(
        "AWS::Lambda::Function",
        {"Environment": {"Variables": Match.object_like({"OPENAI_MODEL": "gpt-x"})}},
    )
    template.has_resource_properties("AWS::Lambda::Function", {"ReservedConcurrentExecutions": 9})


def test_streaming_takes_another_kind_of_api(streaming):
    streaming.resource_count_is("AWS::ApiGatewayV2::Api", 0)
    methods = streaming.find_resources("AWS::ApiGateway::Method").values()
    assert len(methods) == 2
    for method in methods:
        integration = method["Properties"]["Integration"]
        assert (integration["ResponseTransferMode"], integration["TimeoutInMillis"]) == (
            "STREAM",
            300_000,
        )
        assert "response-streaming-invocations" in json.dumps(integration["Uri"])
    streaming.has_resource_properties(
        "AWS::ApiGateway::Stage",
        {"MethodSettings": [Match.object_like({"ThrottlingRateLimit": 100})]},
    )
    streaming.resource_count_is("AWS::ApiGateway::Account", 0)
    (distribution,) = streaming.find_resources("AWS::CloudFront::Distribution").values()
    origins = distribution["Properties"]["DistributionConfig"]["Origins"]
    (api,) = [one for one in origins if "CustomOriginConfig" in one]
    assert (api["OriginPath"], api["CustomOriginConfig"]["OriginReadTimeout"]) == ("/live", 60)


def test_a_chat_that_streams_asks_chatgpt_itself(streaming, template):
    secret = "secretsmanager:GetSecretValue"

    def read(of):
        return [one.get("Ref", "") for one in statements(of, "ChatRole")[secret]]

    assert [name[:4] for name in read(template)] == ["Edge"]
    assert sorted(name[:3] for name in read(streaming)) == ["Edg", "Key"]
    streaming.has_resource_properties(
        "AWS::Lambda::Function",
        {
            "Handler": "daehwa.aws.streaming.lambda_handler",
            "Timeout": 300,
            "Environment": {
                "Variables": Match.object_like(
                    {
                        "AWS_LAMBDA_EXEC_WRAPPER": "/var/task/stream",
                        "OPENAI_API_KEY_SECRET_ARN": Match.any_value(),
                    }
                )
            },
        },
    )


def test_a_voice_is_set_in_the_bot(tmp_path):
    file = read_bot(Settings(voice="ko_KR=Jihye"), tmp_path)
    assert isinstance(file, BotFile)
    again = bot.load(file.archive)
    assert again.locales["ko_KR"].voice_settings["voiceId"] == "Jihye"
    with pytest.raises(SettingsError, match="fr_FR"):
        read_bot(Settings(voice="fr_FR=Lea"), tmp_path)


def test_each_alarm_may_publish_where_it_does(guarded):
    """A topic with a policy of its own has lost the usual one, by which the account's may."""
    topics = {
        json.dumps(action)
        for alarm in guarded.find_resources("AWS::CloudWatch::Alarm").values()
        for action in alarm["Properties"]["AlarmActions"]
    }
    (topic,) = topics
    (policy,) = guarded.find_resources("AWS::SNS::TopicPolicy").values()
    (allowed,) = [
        one
        for one in policy["Properties"]["PolicyDocument"]["Statement"]
        if one["Effect"] == "Allow"
    ]
    assert json.dumps(allowed["Resource"]) == topic
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Action"] == "sns:Publish"
    conditions = json.dumps(allowed["Condition"])
    assert ":cloudwatch:us-east-1:123456789012:alarm:*" in conditions
    assert '"aws:SourceAccount": "123456789012"' in conditions


def test_the_functions_run_with_the_standard_library_alone(tmp_path):
    """What is uploaded can be imported with nothing installed."""
    settings = Settings()
    definition = read_bot(settings, tmp_path).definition
    configuration = read_configuration(None, definition)
    root = functions_code(
        tmp_path, page_content(definition, settings, configuration), configuration
    )
    # Measured before anything is run: Python leaves its compiled files beside the source.
    assert sum(file.stat().st_size for file in root.rglob("*") if file.is_file()) < 480_000
    names = (
        "aws.chat",
        "aws.hook",
        "aws.site",
        "aws.streaming",
        "aws.login",
        "aws.chatgpt",
        "aws.chatgpt_stream",
        "aws.knowledge",
        "answers.redaction",
        "answers.followups",
        "chat.lines",
    )
    script = "import " + ", ".join(f"daehwa.{name}" for name in names)
    subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(root)!r}); {script}",
        ],
        check=True,
    )


@pytest.mark.parametrize("kind", ["template", "streaming"])
def test_cfn_lint_has_nothing(request, kind, tmp_path):
    assert linted(request.getfixturevalue(kind), tmp_path) == ""
