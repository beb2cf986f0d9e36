"""What whoever answers FallbackIntent may do in the account: models of Bedrock, searches."""

from __future__ import annotations

import re
from typing import Any

from aws_cdk import Stack

from daehwa_deploy.acknowledged import acknowledge
from daehwa_deploy.configuration import Configuration
from daehwa_deploy.functions import Function

# "us.", "apac.", "global." and their like before a model's id.
_PROFILE = re.compile(r"[a-z]{2,6}\.([a-z0-9]+\..+)")


def allow_answering(function: Function, configuration: Configuration) -> None:
    """Let ``function`` ask the models that it signs for, and search where the file says."""
    for table in configuration.signed_models:
        function.allow(
            ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
            *_model_arns(function, table),
        )
        if table.get("guardrail"):
            function.allow(["bedrock:ApplyGuardrail"], _guardrail_arn(function, table))
    for search in configuration.packed["searches"]:
        if "knowledge_base" in search:
            function.allow(["bedrock:Retrieve"], search["knowledge_base"])
        else:
            function.allow(["kendra:Retrieve"], search["kendra"])


def _model_arns(function: Function, table: dict[str, Any]) -> list[str]:
    stack = Stack.of(function)
    model, region = table["model"], table.get("region") or stack.region
    if model.startswith("arn:"):
        return [model]
    if (profile := _PROFILE.fullmatch(model)) is not None:
        # It sends requests on to several regions, and needs the right in each.
        called = f"arn:{stack.partition}:bedrock:*::foundation-model/{profile[1]}"
        reason = "An inference profile sends requests on to the model in several regions."
        acknowledge(function.role, f"IAM5[Resource::{_shown(called)}]", reason)
        arn = stack.format_arn(
            service="bedrock",
            region=region,
            resource="inference-profile",
            resource_name=model,
        )
        return [arn, called]
    return [
        stack.format_arn(
            service="bedrock",
            region=region,
            account="",
            resource="foundation-model",
            resource_name=model,
        )
    ]


def _shown(arn: str) -> str:
    """An ARN as cdk-nag writes it: with the partition's name in angle brackets."""
    return re.sub(r"\$\{Token\[[^]]*\]\}", "<AWS::Partition>", arn)


def _guardrail_arn(function: Function, table: dict[str, Any]) -> str:
    named = table["guardrail"]
    identifier, colon, version = named.rpartition(":")
    if not colon or not (version.isdecimal() or version == "DRAFT"):
        identifier = named
    if identifier.startswith("arn:"):
        return str(identifier)
    stack = Stack.of(function)
    return stack.format_arn(
        service="bedrock",
        region=table.get("region") or stack.region,
        resource="guardrail",
        resource_name=identifier,
    )
