"""What whoever answers FallbackIntent may do in the account: models of Bedrock, searches."""

from __future__ import annotations

import re
from typing import Any

from aws_cdk import Stack

from daehwa_deploy.acknowledged import acknowledge
from daehwa_deploy.configuration import Configuration
from daehwa_deploy.functions import Function

# "us.", "apac.", "global." and their like before a model's id.
_INVOKE = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
_THROUGH = "bedrock:InferenceProfileArn"
_PROFILE = re.compile(r"[a-z]{2,6}\.([a-z0-9]+\..+)")


def allow_answering(function: Function, configuration: Configuration) -> None:
    """Let ``function`` ask the models that it signs for, and search where the file says."""
    for table in configuration.signed_models:
        _allow_model(function, table)
        if table.get("guardrail"):
            function.allow(["bedrock:ApplyGuardrail"], _guardrail_arn(function, table))
    for search in configuration.packed["searches"]:
        if "knowledge_base" in search:
            function.allow(["bedrock:Retrieve"], search["knowledge_base"])
        else:
            function.allow(["kendra:Retrieve"], search["kendra"])


def _allow_model(function: Function, table: dict[str, Any]) -> None:
    """Let the function invoke a model, or a profile and through it the model in every region.

    Source: Amazon Bedrock's User Guide, "Prerequisites for inference profiles".
    """
    arn, called = _model(Stack.of(function), table)
    function.allow(_INVOKE, arn)
    if called is None:
        return
    reason = "An inference profile sends requests on to the model in several regions."
    acknowledge(function.role, f"IAM5[Resource::{_shown(called)}]", reason)
    function.allow(_INVOKE, called, conditions={"StringEquals": {_THROUGH: arn}})


def _model(stack: Stack, table: dict[str, Any]) -> tuple[str, str | None]:
    """The ARN of what is invoked, and where that is a profile of the model that it calls."""
    model, region = table["model"], table.get("region") or stack.region
    if model.startswith("arn:"):
        kind, _, name = model.split(":", 5)[5].partition("/")
        if not kind.endswith("inference-profile"):
            return model, None
        # Which model an account's own profile calls, only the account knows.
        profile = _PROFILE.fullmatch(name) if kind == "inference-profile" else None
        return model, _everywhere(stack, "*" if profile is None else profile[1])
    profile = _PROFILE.fullmatch(model)
    arn = stack.format_arn(
        service="bedrock",
        region=region,
        account="" if profile is None else None,
        resource="foundation-model" if profile is None else "inference-profile",
        resource_name=model,
    )
    return arn, None if profile is None else _everywhere(stack, profile[1])


def _everywhere(stack: Stack, model: str) -> str:
    return f"arn:{stack.partition}:bedrock:*::foundation-model/{model}"


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
