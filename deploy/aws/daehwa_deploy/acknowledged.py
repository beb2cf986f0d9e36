"""The findings of cdk-nag that are meant, each with its reason; any other stops a deployment."""

from __future__ import annotations

from aws_cdk import Acknowledgment, CfnElement, Stack, Validations
from constructs import IConstruct

_PACK = "AwsSolutions::AwsSolutions-"


def acknowledge(construct: IConstruct, rule: str, reason: str) -> None:
    """Acknowledge a rule of the pack (``S1``) on a construct, and on nothing beside it."""
    Validations.of(construct).acknowledge(Acknowledgment(id=f"{_PACK}{rule}", reason=reason))


def objects_of(bucket: IConstruct) -> str:
    """The rule that finds a right to all objects of ``bucket``."""
    element = bucket.node.default_child
    assert isinstance(element, CfnElement)  # noqa: S101 - what the construct is made of
    stack = Stack.of(bucket)
    return f"IAM5[Resource::<{stack.resolve(stack.get_logical_id(element))}.Arn>/*]"


EVERYTHING = "IAM5[Resource::*]"
