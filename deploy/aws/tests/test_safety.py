"""A deployment on the internet: who comes in, from where, how much, and what is seen of it."""

import json
import shutil
import subprocess
import tomllib

import msgspec
import pytest
from aws_cdk import App, Environment, assertions
from aws_cdk.assertions import Match
from daehwa_deploy import DaehwaStack, Settings, SettingsError
from daehwa_deploy.call_limits import limits_environment
from daehwa_deploy.edge import page_function
from daehwa_deploy.web_acl import WebAclStack
from synthesis import function, linted, statements

from daehwa import web
from daehwa.aws.embedded_metrics import UNITS
from daehwa.limits import LimitsSetting


def distribution(template):
    (found,) = template.find_resources("AWS::CloudFront::Distribution").values()
    return found["Properties"]["DistributionConfig"]


def api_origin(template):
    (origin,) = [one for one in distribution(template)["Origins"] if "CustomOriginConfig" in one]
    return origin


@pytest.mark.parametrize("kind", ["template", "streaming", "guarded"])
def test_cloudfront_sends_a_secret_that_is_not_in_the_template(request, kind):
    template = request.getfixturevalue(kind)
    (header,) = api_origin(template)["OriginCustomHeaders"]
    assert header["HeaderName"] == "x-origin-verify"
    value = json.dumps(header["HeaderValue"])
    assert "{{resolve:secretsmanager:" in value
    assert "EdgeOriginSecret" in value
    template.has_resource_properties(
        "AWS::SecretsManager::Secret",
        {"GenerateSecretString": {"PasswordLength": 43, "ExcludePunctuation": True}},
    )
    # The function is given where it is, not what it is.
    environment = function(template, "Chat")["Environment"]["Variables"]
    assert environment["ORIGIN_SECRET_ARN"]["Ref"].startswith("EdgeOriginSecret")
    assert "resolve:secretsmanager" not in json.dumps(environment)


def test_another_version_of_the_secret_changes_what_cloudfront_is_given(guarded):
    """CloudFormation reads a reference again only where the resource changes."""
    (header,) = api_origin(guarded)["OriginCustomHeaders"]
    assert ":SecretString:::9f2c1c1a-6a0e-4c59" in json.dumps(header["HeaderValue"])


def test_cloudfront_says_who_the_viewer_is(template):
    """Where a viewer's own headers of these names would arrive, they are overwritten."""
    (behaviour, _) = distribution(template)["CacheBehaviors"]
    (associated,) = behaviour["FunctionAssociations"]
    assert associated["EventType"] == "viewer-request"
    functions = template.find_resources("AWS::CloudFront::Function")
    (viewer,) = [one for name, one in functions.items() if name.startswith("EdgeViewer")]
    code = viewer["Properties"]["FunctionCode"]
    assert "request.headers['x-viewer-address'] = { value: event.viewer.ip }" in code
    assert "request.headers['x-viewer-host']" in code
    assert viewer["Properties"]["FunctionConfig"]["Runtime"] == "cloudfront-js-2.0"


def test_addresses_and_days_have_limits(template, guarded):
    environment = function(template, "Chat")["Environment"]["Variables"]
    shown = {name: environment[name] for name in ("ADDRESS_RATE", "DAILY_TURNS", "DAILY_ANSWERS")}
    assert shown == {"ADDRESS_RATE": "60", "DAILY_TURNS": "20000", "DAILY_ANSWERS": "5000"}
    assert function(template, "Hook")["Environment"]["Variables"]["DAILY_ANSWERS"] == "5000"
    environment = function(guarded, "Chat")["Environment"]["Variables"]
    assert (environment["ADDRESS_RATE"], environment["DAILY_TURNS"]) == ("7", "0")
    assert function(guarded, "Hook")["Environment"]["Variables"]["DAILY_ANSWERS"] == "9"
    template.has_resource_properties(
        "AWS::DynamoDB::Table",
        {
            "KeySchema": [{"AttributeName": "counter", "KeyType": "HASH"}],
            "TimeToLiveSpecification": {"AttributeName": "expiresAt", "Enabled": True},
        },
    )


def limited(text="", **options):
    """The variables of the limits for a ``[limits]`` of ``daehwa.toml``, and options beside it."""
    limits = msgspec.convert(tomllib.loads(text), LimitsSetting)
    environment = limits_environment(Settings(**options), limits)
    return environment | {"LIMITS": json.loads(environment["LIMITS"])}


def test_rates_and_budget_of_the_file_reach_the_functions():
    given = limited(
        """
        turns = { session = "30/m burst 5", address = "600/m" }
        answers = { session = "off", address = "60/h burst 3" }
        [budget]
        calls = 900
        bot_calls = 500
        bot_tokens = 70
        time_zone = "Asia/Seoul"
        answerers.gpt.calls = 10
        """
    )
    assert given["LIMITS"] == {
        "turns": {"session": [0.5, 5.0], "address": [10.0, 600.0]},
        "answers": {"address": [1 / 60, 3.0]},
        "budget": {
            "calls": 500,
            "tokens": 70,
            "answerers": {"gpt": {"calls": 10}},
            "timeZone": "Asia/Seoul",
        },
    }
    assert (given["ADDRESS_RATE"], given["DAILY_ANSWERS"]) == ("0", "0"), "the file's hold instead"


def test_an_option_goes_before_the_file():
    text = 'turns = { address = "600/m" }\nbudget = { calls = 900 }'
    given = limited(text, address_rate=7, daily_answers=9)
    assert (given["ADDRESS_RATE"], given["DAILY_ANSWERS"]) == ("7", "9")
    assert "budget" not in given["LIMITS"]


def test_without_a_file_sessions_have_the_servers_rates_and_days_the_options(template):
    given = limited()
    assert given["LIMITS"] == {
        "turns": {"session": [1.0, 30.0]},
        "answers": {"session": [1 / 3, 10.0], "address": [2.0, 60.0]},
    }
    for name in ("Chat", "Hook"):
        variables = function(template, name)["Environment"]["Variables"]
        assert json.loads(variables["LIMITS"]) == given["LIMITS"]


def test_rates_can_be_switched_off():
    given = limited("enforce = false\nbudget = { calls = 0 }")
    assert given["LIMITS"] == {"budget": {"calls": 0}}
    assert given["ADDRESS_RATE"] == "0"


def test_a_limit_that_is_reached_is_mailed(template):
    template.has_resource_properties(
        "AWS::CloudWatch::Alarm",
        {"MetricName": "DailyLimitReached", "Threshold": 1, "AlarmActions": Match.any_value()},
    )
    template.resource_properties_count_is(
        "AWS::Logs::MetricFilter",
        {
            "MetricTransformations": [
                Match.object_like({"MetricName": "DailyLimitReached", "MetricValue": "1"})
            ]
        },
        3,
    )


def test_what_is_counted_as_unanswered_is_no_other_line(template):
    """Searches that fail, and somebody who asks too often, are events on the way."""
    template.has_resource_properties(
        "AWS::Logs::MetricFilter",
        {
            "FilterPattern": '{ ($.error = "*") && ($.event NOT EXISTS) }',
            "MetricTransformations": [Match.object_like({"MetricName": "Unanswered"})],
        },
    )


def test_a_budget_is_mailed_before_it_is_spent(template, guarded):
    template.resource_count_is("AWS::Budgets::Budget", 0)
    guarded.has_resource_properties(
        "AWS::Budgets::Budget",
        {
            "Budget": {
                "BudgetLimit": {"Amount": 50, "Unit": "USD"},
                "BudgetType": "COST",
                "TimeUnit": "MONTHLY",
            },
            "NotificationsWithSubscribers": Match.array_with(
                [
                    Match.object_like(
                        {
                            "Notification": Match.object_like(
                                {"NotificationType": "FORECASTED", "Threshold": 100}
                            ),
                            "Subscribers": [
                                {"Address": "someone@example.com", "SubscriptionType": "EMAIL"}
                            ],
                        }
                    )
                ]
            ),
        },
    )


def test_sites_that_may_embed_the_chat(template, guarded):
    def headers(of):
        (policy,) = of.find_resources("AWS::CloudFront::ResponseHeadersPolicy").values()
        config = policy["Properties"]["ResponseHeadersPolicyConfig"]
        security = config["SecurityHeadersConfig"]["ContentSecurityPolicy"]
        (custom,) = config["CustomHeadersConfig"]["Items"]
        return security["ContentSecurityPolicy"], custom["Value"]

    policy, resources = headers(template)
    assert policy.partition("frame-ancestors ")[2].partition(";")[0] == "'self'"
    assert resources == "same-origin"
    policy, resources = headers(guarded)
    ancestors = policy.partition("frame-ancestors ")[2].partition(";")[0]
    assert ancestors == "'self' https://shop.example https://b.example:8443"
    assert resources == "cross-origin"
    environment = function(guarded, "Chat")["Environment"]["Variables"]
    assert environment["ALLOWED_ORIGINS"] == "https://shop.example,https://b.example:8443"
    assert environment["CLIENT_ATTRIBUTES"] == "tier"


def test_a_web_acl_is_in_us_east_1(template, guarded):
    template.resource_count_is("AWS::WAFv2::WebACL", 0)
    guarded.has_resource_properties("AWS::WAFv2::WebACL", {"Scope": "CLOUDFRONT"})
    assert distribution(guarded)["WebACLId"]["Fn::GetAtt"][0].startswith("WebAcl")


def test_a_stack_elsewhere_has_a_second_one_for_its_web_acl():
    app = App()
    acl = WebAclStack(
        app, "ShopWebAcl", env=Environment(account="123456789012", region="us-east-1")
    )
    stack = DaehwaStack(
        app,
        "Shop",
        settings=Settings(web_acl=True),
        web_acl_arn=acl.arn,
        cross_region_references=True,
        env=Environment(account="123456789012", region="ap-northeast-2"),
    )
    template = assertions.Template.from_stack(stack)
    assert [one.stack_name for one in stack.dependencies] == ["ShopWebAcl"]
    assert "ShopWebAcl" in json.dumps(distribution(template)["WebACLId"])
    template.resource_count_is("AWS::WAFv2::WebACL", 0)
    for one in template.find_resources("AWS::Lambda::Function").values():
        runtime = one["Properties"]["Runtime"]
        assert not runtime.startswith("nodejs") or int(runtime[6:].rstrip(".x")) >= 22


def test_a_web_acl_that_is_there_is_taken_by_its_arn():
    own = "global/webacl/own/11112222-3333-4444-5555-666677778888"
    arn = f"arn:aws:wafv2:us-east-1:123456789012:{own}"
    stack = DaehwaStack(App(), "Shop", settings=Settings(web_acl_arn=arn))
    assert distribution(assertions.Template.from_stack(stack))["WebACLId"] == arn


def test_people_sign_in(template, guarded):
    template.resource_count_is("AWS::Cognito::UserPool", 0)
    guarded.has_resource_properties(
        "AWS::Cognito::UserPool", {"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True}}
    )
    guarded.has_resource_properties(
        "AWS::Cognito::UserPoolClient",
        {
            "AllowedOAuthFlows": ["code"],
            "CallbackURLs": ["https://chat.example.com/chat/login/callback"],
            "GenerateSecret": False,
        },
    )
    environment = function(guarded, "Chat")["Environment"]["Variables"]
    assert "cognito-idp" in json.dumps(environment["LOGIN_ISSUER"])
    assert environment["LOGIN_AUDIENCE"]["Ref"].startswith("EdgeLoginPool")
    (gate,) = [
        one["Properties"]["FunctionCode"]
        for one in guarded.find_resources("AWS::CloudFront::Function").values()
        if "/chat/login" in one["Properties"]["FunctionCode"]
    ]
    assert run_at_cloudfront(gate, "/")["headers"]["location"]["value"] == "/chat/login"
    assert run_at_cloudfront(gate, "/", "__Host-daehwa-login")["uri"] == "/"
    (association,) = distribution(guarded)["DefaultCacheBehavior"]["FunctionAssociations"]
    assert association["EventType"] == "viewer-request"


def run_at_cloudfront(code, path, *cookies):
    """What a function of CloudFront makes of a visitor's request, run by Node.js."""
    given = {name: {"value": "x"} for name in cookies}
    event = {"request": {"uri": path, "headers": {}, "cookies": given}}
    script = f"{code}; console.log(JSON.stringify(handler({json.dumps(event)})))"
    done = subprocess.run(
        [shutil.which("node"), "-e", script], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_only_the_pages_own_files_are_looked_for_in_the_bucket():
    code = page_function(signing_in=False)
    files = [path for path in web.STATIC.rglob("*") if path.is_file()]
    for path in ["/", *(f"/{file.relative_to(web.STATIC).as_posix()}" for file in files)][:5]:
        assert run_at_cloudfront(code, path)["uri"] == path
    assert all(f'"/{file.relative_to(web.STATIC).as_posix()}"' in code for file in files)
    answer = run_at_cloudfront(code, "/hello")
    assert answer["statusCode"] == 404
    assert '<a href="/">' in answer["body"]["data"]
    assert code.isascii()
    assert len(code) < 10_000, "CloudFront's quota"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"allowed_origins": "shop.example"}, "https://shop.example"),
        ({"allowed_origins": "https://shop.example/"}, "allowedOrigins"),
        ({"allowed_origins": "https://shop.example; script-src *"}, "allowedOrigins"),
        ({"address_rate": -1}, "addressRate"),
        ({"login_issuer": "https://issuer.example"}, "loginAudience"),
        ({"login_issuer": "http://issuer.example", "login_audience": "a"}, "https"),
        ({"login": True}, "domain"),
        ({"web_acl_arn": "arn:aws:wafv2:eu-west-1:1:regional/webacl/x/1"}, "us-east-1"),
        ({"origin_secret_version": "AWSCURRENT"}, "VersionId"),
        ({"monthly_budget": 10}, "alarmEmail"),
        ({"monthly_budget": 0, "alarm_email": "a@b.example"}, "monthlyBudget"),
        ({"model_prices": "cheap"}, "modelPrices"),
        ({"model_prices": "-0.1,2"}, "modelPrices"),
        ({"model_prices": "nan,inf"}, "modelPrices"),
        ({"allowed_origins": "https://shop.example:99999"}, "allowedOrigins"),
        ({"login_issuer": "https://a.example/?b=1", "login_audience": "a"}, "question mark"),
    ],
)
def test_options_that_do_not_fit_are_refused_with_the_cure(given, named):
    with pytest.raises(SettingsError, match=named):
        Settings(**given)


def test_what_does_not_fit_into_a_functions_variables_is_refused_at_synthesis():
    sites = ",".join(f"https://shop-{number}.example" for number in range(150))
    with pytest.raises(SettingsError, match=r"allowedOrigins .*takes 3,\d+ bytes.*shorten it"):
        DaehwaStack(App(), "Daehwa", settings=Settings(allowed_origins=sites))


def test_a_web_acl_elsewhere_needs_the_second_stack():
    with pytest.raises(SettingsError, match="us-east-1"):
        DaehwaStack(
            App(),
            "Shop",
            settings=Settings(web_acl=True),
            env=Environment(account="123456789012", region="ap-northeast-2"),
        )


def test_the_functions_may_count_and_nothing_else_there(guarded):
    for role in ("ChatRole", "HookRole"):
        counters = [
            action
            for action, resources in statements(guarded, role).items()
            if "EdgeCounters" in json.dumps(resources)
        ]
        assert counters == ["dynamodb:UpdateItem"]


# --- what is seen ---


def test_metrics_come_from_both_functions(template, guarded):
    for name in ("Chat", "Hook"):
        environment = function(template, name)["Environment"]["Variables"]
        assert environment["METRICS_NAMESPACE"] == "Daehwa/Daehwa"
        assert "MODEL_PRICES" not in environment
        assert function(guarded, name)["Environment"]["Variables"]["MODEL_PRICES"] == "0.15,0.60"


def test_the_dashboard_shows_what_the_functions_write(template):
    (board,) = template.find_resources("AWS::CloudWatch::Dashboard").values()
    body = json.dumps(board["Properties"]["DashboardBody"])
    for name in UNITS:
        assert f'\\"{name}\\"' in body, name
    for name in ("MissedUtteranceCount", "RuntimeRequestCount"):
        assert name in body


def test_lexs_own_failures_are_mailed(template):
    found = set()
    for alarm in template.find_resources("AWS::CloudWatch::Alarm").values():
        properties = alarm["Properties"]
        if properties["Namespace"] == "AWS/Lex":
            sizes = {one["Name"]: one["Value"] for one in properties["Dimensions"]}
            assert sizes["Operation"] == "RecognizeText"
            assert properties["AlarmActions"]
            found.add((properties["MetricName"], sizes["LocaleId"]))
    failures = ("InvalidLambdaResponses", "LambdaErrors", "SystemErrors", "ThrottledEvents")
    assert found == {(f"Runtime{name}", of) for name in failures for of in ("en_US", "ko_KR")}


def test_traces_are_an_option(template, guarded):
    assert "TracingConfig" not in function(template, "Chat")
    for name in ("Chat", "Hook"):
        assert function(guarded, name)["TracingConfig"] == {"Mode": "Active"}
        assert statements(guarded, f"{name}Role")["xray:PutTraceSegments"] == ["*"]


def test_conversation_logs_are_an_option(template, guarded):
    def logged(of):
        (alias,) = of.find_resources("AWS::Lex::BotAlias").values()
        return alias["Properties"].get("ConversationLogSettings"), alias.get("DependsOn", [])

    assert logged(template)[0] is None
    settings, needed = logged(guarded)
    (text,) = settings["TextLogSettings"]
    assert text["Enabled"]
    assert text["Destination"]["CloudWatch"]["LogPrefix"] == "lex/"
    # Lex checks at once whether it may write there.
    assert any("LexRoleDefaultPolicy" in name for name in needed)
    assert "logs:PutLogEvents" in statements(guarded, "LexRole")


def test_cfn_lint_has_nothing_to_say_of_the_options(guarded, tmp_path):
    assert linted(guarded, tmp_path) == ""
