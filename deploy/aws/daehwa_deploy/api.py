"""What stands in front of the chat function: an HTTP API, or a REST API that streams."""

from __future__ import annotations

import json
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_apigateway as rest
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs
from constructs import Construct

from daehwa_deploy.acknowledged import acknowledge
from daehwa_deploy.functions import Function, retention
from daehwa_deploy.settings import Settings

STREAMING_SECONDS = 300
"""How long a streamed answer may take; API Gateway allows 15 minutes."""

# An HTTP API gives up after 29 s, and CloudFront shall not before it; a streamed answer is
# never silent for longer than a few seconds but for Lex's own turn of up to 30 s.
_WHOLE, _BETWEEN_PIECES = Duration.seconds(30), Duration.seconds(60)
_PERIOD = Duration.minutes(5)
_STAGE = "live"
# What the gateway logs of a request: no address of a person, no query, no words.
_LOGGED = {
    "requestId": "$context.requestId",
    "time": "$context.requestTime",
    "route": "$context.routeKey",
    "status": "$context.status",
    "ms": "$context.responseLatency",
    "error": "$context.error.message",
}
_VISITORS = "The chat is for visitors, who have no account."


@dataclass(frozen=True, kw_only=True)
class Api:
    """An API as CloudFront and the alarms see it; ``path`` goes before every path."""

    host: str
    path: str
    url: str
    read_timeout: Duration
    server_errors: cloudwatch.IMetric


def http_api(scope: Construct, chat: Function, settings: Settings) -> Api:
    """The API that gives answers as a whole, within 29 s."""
    api = gateway.HttpApi(scope, "Api", description="Daehwa's /chat", create_default_stage=False)
    log = logs.LogGroup(
        scope,
        "ApiLog",
        retention=retention(settings.log_days),
        removal_policy=RemovalPolicy.DESTROY,
    )
    stage = gateway.HttpStage(
        scope,
        "ApiStage",
        http_api=api,
        stage_name="$default",
        auto_deploy=True,
        throttle=gateway.ThrottleSettings(
            rate_limit=settings.throttle_rate, burst_limit=settings.throttle_burst
        ),
    )
    raw = stage.node.default_child
    assert isinstance(raw, gateway.CfnStage)  # noqa: S101 - what the construct is made of
    raw.access_log_settings = gateway.CfnStage.AccessLogSettingsProperty(
        destination_arn=log.log_group_arn, format=json.dumps(_LOGGED)
    )
    target = integrations.HttpLambdaIntegration("ChatFunction", chat.function)
    for path in ("/chat", "/chat/{proxy+}"):
        methods = [gateway.HttpMethod.ANY]
        for route in api.add_routes(path=path, methods=methods, integration=target):
            acknowledge(route, "APIG4", _VISITORS)
    return Api(
        host=_host(scope, api.api_id),
        path="",
        url=api.api_endpoint,
        read_timeout=_WHOLE,
        server_errors=api.metric_server_error(period=_PERIOD, statistic="Sum"),
    )


def streaming_api(scope: Construct, chat: Function, settings: Settings) -> Api:
    """The API that gives answers as they are made, within ``STREAMING_SECONDS``.

    It needs another kind of API than ``http_api``: HTTP APIs do not stream.
    """
    api = rest.RestApi(
        scope,
        "StreamingApi",
        description="Daehwa's /chat, streamed",
        endpoint_types=[rest.EndpointType.REGIONAL],
        cloud_watch_role=False,
        deploy_options=rest.StageOptions(
            stage_name=_STAGE,
            throttling_rate_limit=settings.throttle_rate,
            throttling_burst_limit=settings.throttle_burst,
        ),
    )
    target = rest.LambdaIntegration(
        chat.function,
        response_transfer_mode=rest.ResponseTransferMode.STREAM,
        timeout=Duration.seconds(STREAMING_SECONDS),
        allow_test_invoke=False,
    )
    top = api.root.add_resource("chat")
    for resource in (top, top.add_resource("{proxy+}")):
        method = resource.add_method("ANY", target)
        acknowledge(method, "APIG4", _VISITORS)
        acknowledge(method, "COG4", _VISITORS)
    checked = "The function checks what it is sent, and answers with a status and a code."
    acknowledge(api, "APIG2", checked)
    logged = "The function logs each request; the gateway's log needs a role for all the account."
    acknowledge(api.deployment_stage, "APIG1", logged)
    acknowledge(api.deployment_stage, "APIG6", logged)
    limited = "The API is throttled; a WAF costs more than the rest and is yours to add."
    acknowledge(api.deployment_stage, "APIG3", limited)
    return Api(
        host=_host(scope, api.rest_api_id),
        path=f"/{_STAGE}",
        url=f"https://{_host(scope, api.rest_api_id)}/{_STAGE}",
        read_timeout=_BETWEEN_PIECES,
        server_errors=api.metric_server_error(period=_PERIOD, statistic="Sum"),
    )


def _host(scope: Construct, api_id: str) -> str:
    stack = Stack.of(scope)
    return f"{api_id}.execute-api.{stack.region}.{stack.url_suffix}"
