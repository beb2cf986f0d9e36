"""Mail before the money is spent: the account's budget of a month, and the day's limits."""

from __future__ import annotations

from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from constructs import Construct

from daehwa_deploy.functions import Function
from daehwa_deploy.settings import Settings

# Percent of the budget: what has been spent, and what AWS expects until the month's end.
_NOTICES = (("ACTUAL", 50), ("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100))


class Spending(Construct):
    """An AWS budget where one is set, and an alarm when a limit of the day keeps people out."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        chat: Function,
        hook: Function,
        topic: sns.ITopic,
        settings: Settings,
    ) -> None:
        super().__init__(scope, name)
        namespace = f"Daehwa/{settings.stack_name}"
        for part, function, pattern in (
            ("Turns", chat, logs.FilterPattern.string_value("$.error", "=", "DailyLimitReached")),
            ("Answers", hook, logs.FilterPattern.string_value("$.error", "=", "budget_spent")),
            (
                "Streams",
                chat,
                logs.FilterPattern.string_value("$.unanswered", "=", "budget_spent"),
            ),
        ):
            logs.MetricFilter(
                self,
                part,
                log_group=function.log,
                metric_namespace=namespace,
                metric_name="DailyLimitReached",
                filter_pattern=pattern,
                metric_value="1",
            )
        reached = cloudwatch.Metric(
            namespace=namespace, metric_name="DailyLimitReached", statistic="Sum"
        )
        alarm = cloudwatch.Alarm(
            self,
            "DailyLimit",
            metric=reached,
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description="The day's turns or answers are used up: is it an attack? "
            "Else raise dailyTurns or dailyAnswers",
        )
        alarm.add_alarm_action(actions.SnsAction(topic))
        if settings.monthly_budget is not None:
            self._budget(settings.monthly_budget, str(settings.alarm_email))

    def _budget(self, dollars: int, address: str) -> None:
        subscriber = budgets.CfnBudget.SubscriberProperty(
            subscription_type="EMAIL", address=address
        )
        budgets.CfnBudget(
            self,
            "Budget",
            # Of the whole account: a budget by tag counts nothing until somebody activates the tag.
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(amount=dollars, unit="USD"),
            ),
            notifications_with_subscribers=[
                budgets.CfnBudget.NotificationWithSubscribersProperty(
                    notification=budgets.CfnBudget.NotificationProperty(
                        notification_type=kind,
                        comparison_operator="GREATER_THAN",
                        threshold=percent,
                        threshold_type="PERCENTAGE",
                    ),
                    subscribers=[subscriber],
                )
                for kind, percent in _NOTICES
            ],
        )
