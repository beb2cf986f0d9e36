"""Lambda functions with a role and a log of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from daehwa_deploy.errors import SettingsError

RUNTIME = lambda_.Runtime.PYTHON_3_14
"""The Python that all functions run on."""
MOST_BYTES = 4_096
"""What Lambda takes of a function's variables in all. Source: Lambda quotas."""
# A name or an ARN that only the deployment knows, about: those of secrets are the longest.
_REFERENCE = "x" * 120
_TOKEN = re.compile(r"\$\{Token\[[^]]*\]\}")
_SETTINGS = {
    "ALLOWED_ORIGINS": "allowedOrigins (allowed_origins of daehwa.toml)",
    "BOT_HOOKS": "[[hooks]] of daehwa.toml",
    "CLIENT_ATTRIBUTES": "clientAttributes (client_attributes of daehwa.toml)",
    "FALLBACK_INTENTS": "the list of the bot's fallback intents",
    "LIMITS": "[limits] of daehwa.toml",
    "LOGIN_ISSUER": "loginIssuer",
    "OPENAI_BASE_URL": "baseUrl",
    "OPENAI_MODEL": "model",
}


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
        self._variables = dict(environment or {})
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
            environment=dict(self._variables),
            role=self.role,
            log_group=self.log,
            reserved_concurrent_executions=concurrency,
        )

    def add_variables(self, given: Mapping[str, str]) -> None:
        """Add variables to its environment."""
        self._variables |= given
        for name, value in given.items():
            self.function.add_environment(name, value)

    def check_variables(self) -> None:
        """Refuse what would not fit into its environment: nobody waits for that to fail.

        Raises:
            SettingsError: it does not.
        """
        sizes = {
            name: len(f"{name}{_TOKEN.sub(_REFERENCE, value)}".encode())
            for name, value in self._variables.items()
        }
        if sum(sizes.values()) > MOST_BYTES:
            largest = max(sizes, key=lambda name: sizes[name])
            raise SettingsError(
                f"{_SETTINGS.get(largest, largest)} takes {sizes[largest]:,} bytes, and Lambda "
                "gives a function's variables 4 KB in all, of which the deployment needs some "
                "itself: shorten it"
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
