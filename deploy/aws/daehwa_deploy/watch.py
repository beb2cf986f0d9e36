"""What is seen of a deployment: metrics, a dashboard, Lex's alarms, traces, conversation logs."""

from __future__ import annotations

from collections.abc import Collection

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_apigateway as rest
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lex as lex
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from constructs import Construct, IConstruct

from daehwa_deploy.acknowledged import EVERYTHING, acknowledge
from daehwa_deploy.api import Api
from daehwa_deploy.functions import Function, retention
from daehwa_deploy.settings import Settings

_PERIOD = Duration.minutes(5)
_WIDTH = 12
_REACHED = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
_LEX_ALARMS = {
    "RuntimeSystemErrors": "Lex itself fails: see AWS's health page",
    "RuntimeLambdaErrors": "Lex cannot call the code hook, or it fails: see its log",
    "RuntimeInvalidLambdaResponses": "Lex does not take what the code hook returns",
    "RuntimeThrottledEvents": "More people talk than the alias may have: raise Lex's quota",
}


class Watch(Construct):
    """Metrics of both functions, what Lex counts of itself, and what the settings turn on."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        api: Api,
        chat: Function,
        hook: Function,
        bot_id: str,
        alias_id: str,
        locales: Collection[str],
        topic: sns.ITopic,
        settings: Settings,
    ) -> None:
        super().__init__(scope, name)
        self._namespace = f"Daehwa/{settings.stack_name}"
        self._bot, self._locales = {"BotId": bot_id, "BotAliasId": alias_id}, sorted(locales)
        for function in (chat, hook):
            function.add_variables({"METRICS_NAMESPACE": self._namespace})
            if settings.model_prices:
                function.add_variables({"MODEL_PRICES": settings.model_prices})
            if settings.tracing:
                _trace(function)
        for metric, cure in _LEX_ALARMS.items():
            self._lex_alarms(metric, cure, topic)
        if settings.dashboard:
            self._dashboard(api, chat, hook)

    def _lex(self, metric: str, *, named: bool) -> list[cloudwatch.Metric]:
        return [
            cloudwatch.Metric(
                namespace="AWS/Lex",
                metric_name=metric,
                dimensions_map={**self._bot, "LocaleId": locale, "Operation": "RecognizeText"},
                statistic="Sum",
                period=_PERIOD,
                # An alarm on a metric with a label is one on an expression.
                label=locale if named else None,
            )
            for locale in self._locales
        ]

    def _lex_alarms(self, metric: str, cure: str, topic: sns.ITopic) -> None:
        # Lex counts by locale.
        for locale, counted in zip(self._locales, self._lex(metric, named=False), strict=True):
            alarm = cloudwatch.Alarm(
                self,
                f"{metric}-{locale}",
                metric=counted,
                threshold=5,
                evaluation_periods=1,
                comparison_operator=_REACHED,
                treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
                alarm_description=f"{locale}: {cure}",
            )
            alarm.add_alarm_action(actions.SnsAction(topic))

    def _own(
        self, name: str, statistic: str = "Sum", label: str | None = None
    ) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace=self._namespace,
            metric_name=name,
            statistic=statistic,
            period=_PERIOD,
            label=label or name,
        )

    def _dashboard(self, api: Api, chat: Function, hook: Function) -> None:
        def graph(title: str, *metrics: cloudwatch.IMetric) -> cloudwatch.GraphWidget:
            return cloudwatch.GraphWidget(title=title, left=list(metrics), width=_WIDTH)

        board = cloudwatch.Dashboard(self, "Dashboard")
        board.add_widgets(
            graph("Turns", self._own("Turns"), self._own("Answers", label="answered by a model")),
            graph("Share of FallbackIntent", self._own("Fallbacks", "Average", "share")),
        )
        board.add_widgets(
            graph("Time of a turn, ms", self._own("TurnTime", "p50"), self._own("TurnTime", "p95")),
            graph(
                "Time of a model's answer, ms",
                self._own("AnswerTime", "p50"),
                self._own("AnswerTime", "p95"),
            ),
        )
        board.add_widgets(
            graph("Tokens", self._own("InputTokens"), self._own("OutputTokens")),
            graph("Cost of the model, US dollars", self._own("Cost")),
        )
        board.add_widgets(
            graph("Requests that failed", api.server_errors),
            graph(
                "Functions",
                chat.function.metric_errors(period=_PERIOD, label="chat failed"),
                hook.function.metric_errors(period=_PERIOD, label="hook failed"),
                chat.function.metric_throttles(period=_PERIOD, label="chat throttled"),
            ),
        )
        board.add_widgets(
            graph("Lex: not understood", *self._lex("MissedUtteranceCount", named=True)),
            graph("Lex: requests", *self._lex("RuntimeRequestCount", named=True)),
        )


def trace_stage(scope: Construct) -> None:
    """Trace a REST API's stage, too; HTTP APIs know no X-Ray."""
    api = scope.node.try_find_child("StreamingApi")
    if isinstance(api, rest.RestApi):
        stage = api.deployment_stage.node.default_child
        assert isinstance(stage, rest.CfnStage)  # noqa: S101 - what the construct is made of
        stage.tracing_enabled = True


def log_conversations(bot: Construct, role: iam.Role, settings: Settings) -> None:
    """Have Lex log what people say and what it makes of it; an existing bot's alias is its own."""
    alias: IConstruct | None = bot.node.try_find_child("Alias")
    if not isinstance(alias, lex.CfnBotAlias):
        return
    group = logs.LogGroup(
        bot,
        "Conversations",
        retention=retention(settings.log_days),
        removal_policy=RemovalPolicy.RETAIN if settings.retain else RemovalPolicy.DESTROY,
    )
    granted = group.grant_write(role)
    granted.apply_before(alias)
    acknowledge(alias, "LEX4", "CloudWatch encrypts its logs; a KMS key of one's own costs more.")
    alias.conversation_log_settings = lex.CfnBotAlias.ConversationLogSettingsProperty(
        text_log_settings=[
            lex.CfnBotAlias.TextLogSettingProperty(
                enabled=True,
                destination=lex.CfnBotAlias.TextLogDestinationProperty(
                    cloud_watch=lex.CfnBotAlias.CloudWatchLogGroupLogDestinationProperty(
                        cloud_watch_log_group_arn=group.log_group_arn, log_prefix="lex/"
                    )
                ),
            )
        ]
    )


def _trace(function: Function) -> None:
    raw = function.function.node.default_child
    assert isinstance(raw, lambda_.CfnFunction)  # noqa: S101 - what the construct is made of
    raw.tracing_config = lambda_.CfnFunction.TracingConfigProperty(mode="Active")
    function.allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*")
    acknowledge(function.role, EVERYTHING, "X-Ray's actions know no resource.")
