"""Lambda functions with a role and a log of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

    def allow(self, actions: Sequence[str], *resources: str) -> None:
        """Let the function do ``actions`` on ``resources``, and nothing else."""
        self.role.add_to_policy(
            iam.PolicyStatement(actions=list(actions), resources=list(resources))
        )


def retention(days: int) -> logs.RetentionDays:
    """The shortest retention that CloudWatch knows of at least ``days``."""
    known = {
        1: logs.RetentionDays.ONE_DAY,
        7: logs.RetentionDays.ONE_WEEK,
        30: logs.RetentionDays.ONE_MONTH,
        90: logs.RetentionDays.THREE_MONTHS,
        180: logs.RetentionDays.SIX_MONTHS,
        365: logs.RetentionDays.ONE_YEAR,
        3653: logs.RetentionDays.TEN_YEARS,
    }
    return next((known[name] for name in sorted(known) if name >= days), known[3653])
