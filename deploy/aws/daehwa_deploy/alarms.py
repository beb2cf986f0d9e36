"""What is sent by e-mail when something fails."""

from __future__ import annotations

from aws_cdk import ArnFormat, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from daehwa_deploy.api import Api
from daehwa_deploy.functions import Function
from daehwa_deploy.settings import Settings

_PERIOD = Duration.minutes(5)


class Alarms(Construct):
    """A topic, its subscriber (who confirms by mail), and the alarms that publish to it.

    Without ``alarm_email`` the alarms are there to look at and nobody is written to.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        api: Api,
        chat: Function,
        hook: Function,
        settings: Settings,
    ) -> None:
        super().__init__(scope, name)
        self.topic = sns.Topic(
            self, "Topic", display_name=f"{settings.stack_name} alarms", enforce_ssl=True
        )
        self._let_alarms_publish()
        if settings.alarm_email:
            self.topic.add_subscription(subscriptions.EmailSubscription(settings.alarm_email))
        unanswered = logs.MetricFilter(
            self,
            "Unanswered",
            log_group=hook.log,
            metric_namespace=f"Daehwa/{settings.stack_name}",
            metric_name="Unanswered",
            # The hook writes one line of JSON for each question that ChatGPT did not answer; a
            # line about something else on the way is an event.
            filter_pattern=logs.FilterPattern.all(
                logs.FilterPattern.exists("$.error"), logs.FilterPattern.not_exists("$.event")
            ),
            metric_value="1",
        )
        # One that streams asks itself, and writes it into the line of the request.
        logs.MetricFilter(
            self,
            "UnansweredStreams",
            log_group=chat.log,
            metric_namespace=f"Daehwa/{settings.stack_name}",
            metric_name="Unanswered",
            filter_pattern=logs.FilterPattern.exists("$.unanswered"),
            metric_value="1",
        )
        self._alarm(
            "ServerErrors",
            api.server_errors,
            5,
            "Requests to /chat fail: see the chat function's log",
        )
        self._alarm(
            "ChatCrashes",
            chat.function.metric_errors(period=_PERIOD),
            1,
            "The chat function crashed or ran out of time",
        )
        self._alarm(
            "HookCrashes",
            hook.function.metric_errors(period=_PERIOD),
            1,
            "The code hook crashed or ran out of time",
        )
        self._alarm(
            "Throttled",
            chat.function.metric_throttles(period=_PERIOD),
            1,
            "More people talk than Lambda runs functions at once: raise the limit",
        )
        self._alarm(
            "ChatGPTSilent",
            unanswered.metric(period=_PERIOD, statistic="Sum"),
            5,
            "ChatGPT does not answer: see the functions' logs (key, quota, model?)",
        )

    def _let_alarms_publish(self) -> None:
        """Allow it in the topic's policy, which stands in place of the usual one that would.

        Source: the SNS Developer Guide, "Allow CloudWatch alarms to publish to a topic".
        """
        stack = Stack.of(self)
        alarms = stack.format_arn(
            service="cloudwatch",
            resource="alarm",
            resource_name="*",
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["sns:Publish"],
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                resources=[self.topic.topic_arn],
                conditions={
                    "StringEquals": {"aws:SourceAccount": stack.account},
                    "ArnLike": {"aws:SourceArn": alarms},
                },
            )
        )

    def _alarm(
        self, name: str, metric: cloudwatch.IMetric, threshold: int, description: str
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=description,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
