"""The operations on resource policies, of bots and aliases.

Policies are stored and returned, not acted upon: who may send a request is the server's setting.
"""

from __future__ import annotations

import json
from typing import Any

from daehwa.workshop.arns import bot_of_arn
from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    ResourceNotFoundException,
    ValidationException,
    existing,
)
from daehwa.workshop.records import PolicyRecord
from daehwa.workshop.resource import BotResource
from daehwa.workshop.shapes.policies import (
    CreateResourcePolicyRequest,
    CreateResourcePolicyResponse,
    CreateResourcePolicyStatementRequest,
    CreateResourcePolicyStatementResponse,
    DeleteResourcePolicyRequest,
    DeleteResourcePolicyResponse,
    DeleteResourcePolicyStatementRequest,
    DeleteResourcePolicyStatementResponse,
    DescribeResourcePolicyRequest,
    DescribeResourcePolicyResponse,
    Principal,
    UpdateResourcePolicyRequest,
    UpdateResourcePolicyResponse,
)
from daehwa.workshop.workshop import Workshop


def create_resource_policy(
    workshop: Workshop, request: CreateResourcePolicyRequest
) -> CreateResourcePolicyResponse:
    """CreateResourcePolicy."""
    resource, end = bot_of_arn(workshop, request.resource_arn, editable=True)
    if end in resource.record.policies:
        raise PreconditionFailedException("The resource has a policy already; update it.")
    _require_policy(request.policy)
    revision_id = _save(workshop, resource, end, request.policy)
    return CreateResourcePolicyResponse(resource_arn=request.resource_arn, revision_id=revision_id)


def update_resource_policy(
    workshop: Workshop, request: UpdateResourcePolicyRequest
) -> UpdateResourcePolicyResponse:
    """UpdateResourcePolicy."""
    resource, end = bot_of_arn(workshop, request.resource_arn, editable=True)
    _require_revision(existing(resource.record.policies.get(end)), request.expected_revision_id)
    _require_policy(request.policy)
    revision_id = _save(workshop, resource, end, request.policy)
    return UpdateResourcePolicyResponse(resource_arn=request.resource_arn, revision_id=revision_id)


def describe_resource_policy(
    workshop: Workshop, request: DescribeResourcePolicyRequest
) -> DescribeResourcePolicyResponse:
    """DescribeResourcePolicy."""
    resource, end = bot_of_arn(workshop, request.resource_arn)
    record = existing(resource.record.policies.get(end))
    return DescribeResourcePolicyResponse(
        resource_arn=request.resource_arn, policy=record.policy, revision_id=str(record.revision)
    )


def delete_resource_policy(
    workshop: Workshop, request: DeleteResourcePolicyRequest
) -> DeleteResourcePolicyResponse:
    """DeleteResourcePolicy."""
    resource, end = bot_of_arn(workshop, request.resource_arn, editable=True)
    record = existing(resource.record.policies.get(end))
    _require_revision(record, request.expected_revision_id)
    del resource.record.policies[end]
    workshop.save(resource)
    return DeleteResourcePolicyResponse(
        resource_arn=request.resource_arn, revision_id=str(record.revision)
    )


def create_resource_policy_statement(
    workshop: Workshop, request: CreateResourcePolicyStatementRequest
) -> CreateResourcePolicyStatementResponse:
    """CreateResourcePolicyStatement, in the policy that is there or a new one."""
    resource, end = bot_of_arn(workshop, request.resource_arn, editable=True)
    record = resource.record.policies.get(end)
    if record is not None:
        _require_revision(record, request.expected_revision_id)
    statements = _statements(record)
    if any(one.get("Sid") == request.statement_id for one in statements):
        raise ConflictException(f"The statement {request.statement_id} exists already.")
    statement: dict[str, Any] = {
        "Sid": request.statement_id,
        "Effect": request.effect,
        "Principal": _principals(request.principal),
        "Action": request.action,
        "Resource": request.resource_arn,
    }
    if request.condition:
        statement["Condition"] = request.condition
    revision_id = _save(workshop, resource, end, _policy([*statements, statement]))
    return CreateResourcePolicyStatementResponse(
        resource_arn=request.resource_arn, revision_id=revision_id
    )


def delete_resource_policy_statement(
    workshop: Workshop, request: DeleteResourcePolicyStatementRequest
) -> DeleteResourcePolicyStatementResponse:
    """DeleteResourcePolicyStatement; a policy goes with its last statement."""
    resource, end = bot_of_arn(workshop, request.resource_arn, editable=True)
    record = existing(resource.record.policies.get(end))
    _require_revision(record, request.expected_revision_id)
    before = _statements(record)
    after = [one for one in before if one.get("Sid") != request.statement_id]
    if len(after) == len(before):
        raise ResourceNotFoundException(f"The statement {request.statement_id} does not exist.")
    if after:
        revision_id = _save(workshop, resource, end, _policy(after))
    else:
        revision_id = str(record.revision)
        del resource.record.policies[end]
        workshop.save(resource)
    return DeleteResourcePolicyStatementResponse(
        resource_arn=request.resource_arn, revision_id=revision_id
    )


def _save(workshop: Workshop, resource: BotResource, end: str, policy: str) -> str:
    """Save a new revision of the policy; return its id."""
    before = resource.record.policies.get(end)
    revision = before.revision + 1 if before is not None else 1
    resource.record.policies[end] = PolicyRecord(policy, revision)
    workshop.save(resource)
    return str(revision)


def _require_revision(record: PolicyRecord, expected: str | None) -> None:
    if expected is not None and expected != str(record.revision):
        raise PreconditionFailedException(
            f"The policy is at revision {record.revision}, not {expected}."
        )


def _require_policy(policy: str) -> None:
    try:
        document = json.loads(policy)
    except json.JSONDecodeError as error:
        raise ValidationException(f"The policy is not JSON: {error}") from None
    if not isinstance(document, dict) or "Statement" not in document:
        raise ValidationException("The policy has no Statement.")


def _statements(record: PolicyRecord | None) -> list[dict[str, Any]]:
    if record is None:
        return []
    statements = json.loads(record.policy)["Statement"]
    return statements if isinstance(statements, list) else [statements]


def _policy(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, ensure_ascii=False)


def _principals(principals: list[Principal]) -> dict[str, list[str]]:
    """The principals as a policy names them."""
    named: dict[str, list[str]] = {}
    for principal in principals:
        for kind, name in (("Service", principal.service), ("AWS", principal.arn)):
            if name is not None:
                named.setdefault(kind, []).append(name)
    return named
