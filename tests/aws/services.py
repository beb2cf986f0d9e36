"""DynamoDB and Secrets Manager on loopback, as far as the functions' guards call them.

What is sent is checked against botocore's service models: a member that the service does not know,
or of another type, is refused as the service refuses it.
"""

import re

import botocore.session
from botocore.validate import ParamValidator

from .loopback import Loopback

_SERVICES = {"DynamoDB_20120810": "dynamodb", "secretsmanager": "secretsmanager"}
_session = botocore.session.get_session()


class StubServices(Loopback):
    """Counts in ``counters``, gives ``secrets`` by ARN, ``pages`` of items to a scan.

    Operations that are ``failing`` answer 500.
    A secret that was changed has its text of before in ``previous``, and ``made_at``.
    """

    def __init__(self):
        self.counters = {}
        self.pages = []
        self.secrets = {}
        self.failing = set()
        self.previous, self.made_at = {}, {}
        self.calls = []
        super().__init__()

    def answer(self, sent):
        prefix, _, operation = sent.header("x-amz-target").partition(".")
        status, answer = self._operate(_SERVICES[prefix], operation, sent.json)
        return status, {}, answer

    def _operate(self, service, operation, sent):
        model = _session.get_service_model(service).operation_model(operation)
        report = ParamValidator().validate(sent, model.input_shape)
        unknown = set(sent) - set(model.input_shape.members)
        if report.has_errors() or unknown:
            return 400, {"__type": "ValidationException", "message": report.generate_report()}
        self.calls.append((operation, sent))
        if operation in self.failing:
            return 500, {"__type": "com.amazonaws.x#InternalServerError", "message": "no"}
        return getattr(self, f"_{operation}")(sent)

    def _UpdateItem(self, sent):  # noqa: N802 - DynamoDB's name
        """Numbers are added and set on one condition, as the emulated DynamoDB is seen to do."""
        names = sent["ExpressionAttributeNames"]
        values = {mark: float(one["N"]) for mark, one in sent["ExpressionAttributeValues"].items()}
        item = self.counters.setdefault(sent["Key"]["counter"]["S"], {})

        def value(word):
            return values[word] if word in values else item.get(names.get(word, word))

        used = set(re.findall(r"[:#]\w+", f"{sent['UpdateExpression']} {_condition(sent)}"))
        if used != names.keys() | values.keys():
            return 400, {"__type": "ValidationException", "message": "a name is not used"}
        if not all(_holds(one, value) for one in _condition(sent).split(" AND ") if one):
            return 400, {"__type": "com.amazonaws.dynamodb.v20120810#" + _REFUSED}
        add, _, change = sent["UpdateExpression"].rpartition("SET ")
        for one in filter(None, add.removeprefix("ADD ").strip().split(", ")):
            mark, amount = one.split()
            item[names[mark]] = item.get(names[mark], 0) + values[amount]
        for one in change.split(", "):
            mark, _, terms = one.partition(" = ")
            item[names.get(mark, mark)] = sum(value(term) for term in terms.split(" + "))
        return 200, {"Attributes": {name: {"N": f"{number:g}"} for name, number in item.items()}}

    def _Scan(self, sent):  # noqa: N802 - DynamoDB's name
        number = int(sent.get("ExclusiveStartKey", {}).get("messageId", {}).get("S", "0"))
        more = {"LastEvaluatedKey": {"messageId": {"S": str(number + 1)}}}
        last = number + 1 == len(self.pages)
        return 200, {"Items": self.pages[number]} | ({} if last else more)

    def _GetSecretValue(self, sent):  # noqa: N802 - Secrets Manager's name
        arn, stage = sent["SecretId"], sent.get("VersionStage", "AWSCURRENT")
        held = self.secrets if stage == "AWSCURRENT" else self.previous
        if arn not in held:
            return 400, {"__type": "ResourceNotFoundException"}
        return 200, {"SecretString": held[arn], "CreatedDate": self.made_at.get(arn, 0.0)}

    def environ(self):
        return {
            "AWS_REGION": "ap-northeast-2",
            "AWS_ACCESS_KEY_ID": "AKEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "not-a-real-secret",
            "AWS_ENDPOINT_URL_DYNAMODB": self.url,
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": self.url,
        }


_REFUSED = "ConditionalCheckFailedException"


def _condition(sent):
    return sent.get("ConditionExpression", "")


def _holds(condition, value):
    """Whether one part of a condition holds: comparisons with OR between, nothing else."""
    for one in condition.strip("()").split(" OR "):
        missing = re.fullmatch(r"attribute_not_exists\((#\w+)\)?", one)
        if missing:
            if value(missing[1]) is None:
                return True
            continue
        mark, sign, limit = one.split()
        there = value(mark)
        if there is not None and (there <= value(limit) if sign == "<=" else there < value(limit)):
            return True
    return False
