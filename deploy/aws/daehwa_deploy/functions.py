"""Lambda functions with a role and a log of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

RUNTIME = lambda_.Runtime.PYTHON_3_14
"""The Python that all functions run on."""


class Function(Construct):
    """A function of the package: ``module`` of ``daehwa.aws``, with only the rights it is given.

    ``memory`` (MB) also sets its share of a processor; ``seconds`` is its time limit.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        module: str,
        code: lambda_.Code,
        description: str,
        memory: int,
        seconds: int,
        log_days: int,
        environment: Mapping[str, str] | None = None,
        concurrency: int | None = None,
    ) -> None:
        super().__init__(scope, name)
        self.log = logs.LogGroup(
            self,
            "Log",
            retention=retention(log_days),
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.log.grant_write(self.role)
        self.function = lambda_.Function(
            self,
            "Function",
            runtime=RUNTIME,
            architecture=lambda_.Architecture.ARM_64,
            handler=f"daehwa.aws.{module}.lambda_handler",
            code=code,
            description=description,
            memory_size=memory,
            timeout=Duration.seconds(seconds),
            environment=dict(environment or {}),
            role=self.role,
            log_group=self.log,
            reserved_concurrent_executions=concurrency,
        )

    def allow(
        self,
        actions: Sequence[str],
        *resources: str,
        conditions: Mapping[str, Any] | None = None,
    ) -> None:
        """Let the function do ``actions`` on ``resources`` under ``conditions``; nothing else."""
        self.role.add_to_policy(
            iam.PolicyStatement(
                actions=list(actions), resources=list(resources), conditions=conditions
            )
        )


def retention(days: int) -> logs.RetentionDays:
    """CloudWatch's name of a number of days (``settings.LOG_DAYS``)."""
    return _RETENTION[days]


_RETENTION: Mapping[int, logs.RetentionDays] = {
    1: logs.RetentionDays.ONE_DAY,
    3: logs.RetentionDays.THREE_DAYS,
    5: logs.RetentionDays.FIVE_DAYS,
    7: logs.RetentionDays.ONE_WEEK,
    14: logs.RetentionDays.TWO_WEEKS,
    30: logs.RetentionDays.ONE_MONTH,
    60: logs.RetentionDays.TWO_MONTHS,
    90: logs.RetentionDays.THREE_MONTHS,
    120: logs.RetentionDays.FOUR_MONTHS,
    150: logs.RetentionDays.FIVE_MONTHS,
    180: logs.RetentionDays.SIX_MONTHS,
    365: logs.RetentionDays.ONE_YEAR,
    400: logs.RetentionDays.THIRTEEN_MONTHS,
    545: logs.RetentionDays.EIGHTEEN_MONTHS,
    731: logs.RetentionDays.TWO_YEARS,
    1096: logs.RetentionDays.THREE_YEARS,
    1827: logs.RetentionDays.FIVE_YEARS,
    2192: logs.RetentionDays.SIX_YEARS,
    2557: logs.RetentionDays.SEVEN_YEARS,
    2922: logs.RetentionDays.EIGHT_YEARS,
    3288: logs.RetentionDays.NINE_YEARS,
    3653: logs.RetentionDays.TEN_YEARS,
}
