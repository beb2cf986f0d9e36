"""The shapes of policies.

Made by codegen/shapes.py from botocore's service model lexv2-models 2020-08-07.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from daehwa.workshop.shape import Shape
from daehwa.workshop.shapes.scalars import (
    AmazonResourceName,
    ConditionKey,
    ConditionOperator,
    ConditionValue,
    Effect,
    Name,
    Operation,
    Policy,
    PrincipalArn,
    RevisionId,
    ServicePrincipal,
)


class Principal(Shape, frozen=True, kw_only=True):
    """The structure Principal."""

    service: ServicePrincipal | None = None
    arn: PrincipalArn | None = None


class CreateResourcePolicyRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateResourcePolicy."""

    resource_arn: AmazonResourceName
    policy: Policy


class CreateResourcePolicyResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateResourcePolicy."""

    resource_arn: str | None = None
    revision_id: str | None = None


class UpdateResourcePolicyRequest(Shape, frozen=True, kw_only=True):
    """The request of UpdateResourcePolicy."""

    resource_arn: AmazonResourceName
    policy: Policy
    expected_revision_id: RevisionId | None = None


class UpdateResourcePolicyResponse(Shape, frozen=True, kw_only=True):
    """The response of UpdateResourcePolicy."""

    resource_arn: str | None = None
    revision_id: str | None = None


class DescribeResourcePolicyRequest(Shape, frozen=True, kw_only=True):
    """The request of DescribeResourcePolicy."""

    resource_arn: AmazonResourceName


class DescribeResourcePolicyResponse(Shape, frozen=True, kw_only=True):
    """The response of DescribeResourcePolicy."""

    resource_arn: str | None = None
    policy: str | None = None
    revision_id: str | None = None


class DeleteResourcePolicyRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteResourcePolicy."""

    resource_arn: AmazonResourceName
    expected_revision_id: RevisionId | None = None


class DeleteResourcePolicyResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteResourcePolicy."""

    resource_arn: str | None = None
    revision_id: str | None = None


class CreateResourcePolicyStatementRequest(Shape, frozen=True, kw_only=True):
    """The request of CreateResourcePolicyStatement."""

    resource_arn: AmazonResourceName
    statement_id: Name
    effect: Effect
    principal: list[Principal]
    action: list[Operation]
    condition: (
        Annotated[
            dict[
                ConditionOperator,
                Annotated[
                    dict[ConditionKey, ConditionValue], msgspec.Meta(min_length=0, max_length=10)
                ],
            ],
            msgspec.Meta(min_length=0, max_length=10),
        ]
        | None
    ) = None
    expected_revision_id: RevisionId | None = None


class CreateResourcePolicyStatementResponse(Shape, frozen=True, kw_only=True):
    """The response of CreateResourcePolicyStatement."""

    resource_arn: str | None = None
    revision_id: str | None = None


class DeleteResourcePolicyStatementRequest(Shape, frozen=True, kw_only=True):
    """The request of DeleteResourcePolicyStatement."""

    resource_arn: AmazonResourceName
    statement_id: Name
    expected_revision_id: RevisionId | None = None


class DeleteResourcePolicyStatementResponse(Shape, frozen=True, kw_only=True):
    """The response of DeleteResourcePolicyStatement."""

    resource_arn: str | None = None
    revision_id: str | None = None
