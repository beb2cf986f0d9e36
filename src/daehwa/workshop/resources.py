"""The operations on what is named by an ARN: resource policies and tags.

Of an ARN only the end counts, ``bot/ID`` or ``bot-alias/ID/ALIAS``: this server has no
regions and no accounts. Policies are kept and told; who may ask is the server's own settings.
"""

from __future__ import annotations

import json
from typing import Any

from daehwa.workshop.errors import (
    ConflictException,
    PreconditionFailedException,
    ResourceNotFoundException,
    ValidationException,
)
from daehwa.workshop.records import PolicyRecord
from daehwa.workshop.workshop import Asked, Stock, Workshop, found


def create_resource_policy(workshop: Workshop, asked: Asked) -> Asked:
    """CreateResourcePolicy."""
    stock, end = _resource(workshop, asked["resourceArn"], changing=True)
    if end in stock.record.policies:
        raise PreconditionFailedException("The resource has a policy already; update it.")
    return _put(workshop, stock, asked, _checked(asked["policy"]))


def update_resource_policy(workshop: Workshop, asked: Asked) -> Asked:
    """UpdateResourcePolicy."""
    stock, end = _resource(workshop, asked["resourceArn"], changing=True)
    _expected(found(stock.record.policies.get(end)), asked)
    return _put(workshop, stock, asked, _checked(asked["policy"]))


def describe_resource_policy(workshop: Workshop, asked: Asked) -> Asked:
    """DescribeResourcePolicy."""
    stock, end = _resource(workshop, asked["resourceArn"])
    record = found(stock.record.policies.get(end))
    return {
        "resourceArn": asked["resourceArn"],
        "policy": record.policy,
        "revisionId": str(record.revision),
    }


def delete_resource_policy(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteResourcePolicy."""
    stock, end = _resource(workshop, asked["resourceArn"], changing=True)
    record = found(stock.record.policies.get(end))
    _expected(record, asked)
    del stock.record.policies[end]
    workshop.keep(stock)
    return {"resourceArn": asked["resourceArn"], "revisionId": str(record.revision)}


def create_resource_policy_statement(workshop: Workshop, asked: Asked) -> Asked:
    """CreateResourcePolicyStatement, in the policy that is there or a new one."""
    stock, end = _resource(workshop, asked["resourceArn"], changing=True)
    record = stock.record.policies.get(end)
    if record is not None:
        _expected(record, asked)
    statements = _statements(record)
    if any(one.get("Sid") == asked["statementId"] for one in statements):
        raise ConflictException(f"The statement {asked['statementId']} exists already.")
    statement: dict[str, Any] = {
        "Sid": asked["statementId"],
        "Effect": asked["effect"],
        "Principal": _principal(asked["principal"]),
        "Action": asked["action"],
        "Resource": asked["resourceArn"],
    }
    if asked.get("condition"):
        statement["Condition"] = asked["condition"]
    return _put(workshop, stock, asked, _document([*statements, statement]))


def delete_resource_policy_statement(workshop: Workshop, asked: Asked) -> Asked:
    """DeleteResourcePolicyStatement; a policy without statements is none."""
    stock, end = _resource(workshop, asked["resourceArn"], changing=True)
    record = found(stock.record.policies.get(end))
    _expected(record, asked)
    before = _statements(record)
    after = [one for one in before if one.get("Sid") != asked["statementId"]]
    if len(after) == len(before):
        raise ResourceNotFoundException(f"The statement {asked['statementId']} does not exist.")
    if after:
        return _put(workshop, stock, asked, _document(after))
    del stock.record.policies[end]
    workshop.keep(stock)
    return {"resourceArn": asked["resourceArn"], "revisionId": str(record.revision)}


def tag_resource(workshop: Workshop, asked: Asked) -> Asked:
    """TagResource."""
    stock, end = _resource(workshop, asked["resourceARN"], changing=True)
    stock.record.tags[end] = stock.record.tags.get(end, {}) | asked["tags"]
    workshop.keep(stock)
    return {}


def untag_resource(workshop: Workshop, asked: Asked) -> Asked:
    """UntagResource."""
    stock, end = _resource(workshop, asked["resourceARN"], changing=True)
    tags = stock.record.tags.get(end, {})
    stock.record.tags[end] = {
        key: value for key, value in tags.items() if key not in asked["tagKeys"]
    }
    workshop.keep(stock)
    return {}


def list_tags_for_resource(workshop: Workshop, asked: Asked) -> Asked:
    """ListTagsForResource."""
    stock, end = _resource(workshop, asked["resourceARN"])
    return {"tags": stock.record.tags.get(end, {})}


def _resource(workshop: Workshop, arn: str, *, changing: bool = False) -> tuple[Stock, str]:
    parts = arn.split(":", 5)
    kind, _, ids = parts[-1].partition("/")
    bot_id, _, alias_id = ids.partition("/")
    known = (kind == "bot" and not alias_id) or (kind == "bot-alias" and alias_id)
    if len(parts) != 6 or parts[2] != "lex" or not known:  # noqa: PLR2004 - an ARN has six parts
        raise ResourceNotFoundException(
            f"{arn} names no bot: write arn:aws:lex:REGION:ACCOUNT:bot/ID or "
            "arn:aws:lex:REGION:ACCOUNT:bot-alias/ID/ALIAS."
        )
    stock = workshop.changing(bot_id) if changing else workshop.stock(bot_id)
    if alias_id:
        found(stock.record.aliases.get(alias_id))
    return stock, parts[-1]


def _put(workshop: Workshop, stock: Stock, asked: Asked, policy: str) -> Asked:
    end = asked["resourceArn"].split(":", 5)[-1]
    before = stock.record.policies.get(end)
    revision = before.revision + 1 if before is not None else 1
    stock.record.policies[end] = PolicyRecord(policy, revision)
    workshop.keep(stock)
    return {"resourceArn": asked["resourceArn"], "revisionId": str(revision)}


def _expected(record: PolicyRecord, asked: Asked) -> None:
    expected = asked.get("expectedRevisionId")
    if expected is not None and expected != str(record.revision):
        raise PreconditionFailedException(
            f"The policy is at revision {record.revision}, not {expected}."
        )


def _checked(policy: str) -> str:
    try:
        read = json.loads(policy)
    except json.JSONDecodeError as error:
        raise ValidationException(f"The policy is not JSON: {error}") from None
    if not isinstance(read, dict) or "Statement" not in read:
        raise ValidationException("The policy has no Statement.")
    return policy


def _statements(record: PolicyRecord | None) -> list[dict[str, Any]]:
    if record is None:
        return []
    found_there = json.loads(record.policy)["Statement"]
    return found_there if isinstance(found_there, list) else [found_there]


def _document(statements: list[dict[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, ensure_ascii=False)


def _principal(principals: list[dict[str, str]]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for principal in principals:
        for kind, name in principal.items():
            named.setdefault({"service": "Service", "arn": "AWS"}.get(kind, kind), []).append(name)
    return named
