"""The values of a template: its parameters' defaults, and CloudFormation's functions.

Source: "Intrinsic function reference", "Pseudo parameters reference" and "Conditions" of the
CloudFormation user guide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

_VARIABLE: Final = re.compile(r"\$\{(!?)([^}]*)\}")
_PSEUDO: Final[dict[str, Any]] = {
    "AWS::AccountId": "123456789012",
    "AWS::NotificationARNs": [],
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::StackId": "arn:aws:cloudformation:us-east-1:123456789012:stack/stack/1",
    "AWS::StackName": "stack",
    "AWS::URLSuffix": "amazonaws.com",
}
_FUNCTIONS: Final = re.compile(r"Fn::\w+(?:::\w+)*|Ref|Condition")
_LAMBDA_TYPES: Final = frozenset({"AWS::Lambda::Function", "AWS::Serverless::Function"})


class _NoValue:
    """The value of AWS::NoValue: the member or item that has it is left out."""


class TemplateValues:
    """Works out values as a deployment with the parameters' defaults would.

    What only a deployment knows is shown as ``${Name}`` or ``${Name.Attribute}``.
    """

    def __init__(self, template: Mapping[str, Any]) -> None:
        self._parameters = _mapping(template.get("Parameters"))
        self._mappings = _mapping(template.get("Mappings"))
        self._conditions = _mapping(template.get("Conditions"))
        self._resources = _mapping(template.get("Resources"))
        self._being_evaluated: set[str] = set()
        self._functions: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Condition": self.holds,
            "Fn::Sub": self._sub,
            "Fn::GetAtt": self._attribute,
            "Fn::If": self._if,
            "Fn::Join": self._join,
            "Fn::Select": self._select,
            "Fn::Split": self._split,
            "Fn::FindInMap": self._find_in_map,
            "Fn::Equals": self._equals,
            "Fn::Not": lambda given: not self._truth(given[0]),
            "Fn::And": lambda given: all(map(self._truth, given)),
            "Fn::Or": lambda given: any(map(self._truth, given)),
            "Fn::ToJsonString": lambda given: json.dumps(self.of(given), ensure_ascii=False),
            "Fn::Length": lambda given: len(self.of(given)),
        }

    def of(self, value: Any) -> Any:
        """The value with its functions worked out, without what is AWS::NoValue."""
        worked = self._of(value)
        return None if isinstance(worked, _NoValue) else worked

    def _of(self, value: Any) -> Any:
        if isinstance(value, list):
            items = [self._of(item) for item in value]
            return [item for item in items if not isinstance(item, _NoValue)]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            [(name, given)] = value.items()
            if _FUNCTIONS.fullmatch(name) and not (name == "Condition" and isinstance(given, dict)):
                return self._call(name, given)
        members = {name: self._of(member) for name, member in value.items()}
        return {k: v for k, v in members.items() if not isinstance(v, _NoValue)}

    def _call(self, name: str, given: Any) -> Any:
        try:
            return self._functions[name](given)
        except (KeyError, IndexError, TypeError, ValueError):
            shown = given if isinstance(given, str) else json.dumps(given, default=str)
            return f"${{{name} {shown}}}"

    def holds(self, condition: str) -> bool:
        """Whether the condition of this name is true with the parameters' defaults."""
        if condition in self._being_evaluated:
            return False
        self._being_evaluated.add(condition)
        try:
            return self._truth(self._conditions.get(condition, True))
        finally:
            self._being_evaluated.discard(condition)

    def _truth(self, value: Any) -> bool:
        return _text(self.of(value)) == "true"

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return _NoValue()
        if name in _PSEUDO:
            return _PSEUDO[name]
        parameter = self._parameters.get(name)
        if isinstance(parameter, dict) and "Default" in parameter:
            default = parameter["Default"]
            is_list = "List" in str(parameter.get("Type", ""))
            return _text(default).split(",") if is_list else default
        return f"${{{name}}}"

    def _attribute(self, given: Any) -> str:
        name, attribute = given.split(".", 1) if isinstance(given, str) else map(self.of, given)
        kind = _mapping(self._resources.get(name)).get("Type")
        if attribute == "Arn" and kind in _LAMBDA_TYPES:
            return f"arn:aws:lambda:us-east-1:123456789012:function:{name}"
        return f"${{{name}.{attribute}}}"

    def _sub(self, given: Any) -> str:
        text, names = (given, {}) if isinstance(given, str) else given

        def value(match: re.Match[str]) -> str:
            literal, name = match[1], match[2].strip()
            if literal:
                return f"${{{name}}}"
            if name in names:
                return _text(self.of(names[name]))
            return _text(self._attribute(name) if "." in name else self.of({"Ref": name}))

        return _VARIABLE.sub(value, text)

    def _if(self, given: Any) -> Any:
        condition, then, otherwise = given
        return self._of(then if self.holds(condition) else otherwise)

    def _join(self, given: Any) -> str:
        separator, items = given
        return str(self.of(separator)).join(map(_text, self.of(items)))

    def _select(self, given: Any) -> Any:
        index, items = given
        return self.of(items)[int(self.of(index))]

    def _split(self, given: Any) -> list[str]:
        separator, text = given
        return _text(self.of(text)).split(separator)

    def _find_in_map(self, given: Any) -> Any:
        name, first, second, *rest = map(self.of, given)
        value = _mapping(_mapping(self._mappings.get(name)).get(_text(first))).get(_text(second))
        return self._of(value if value is not None else rest[0]["DefaultValue"])

    def _equals(self, given: Any) -> bool:
        one, other = map(self.of, given)
        return _text(one) == _text(other)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """A value as CloudFormation writes it into a text."""
    return str(value).casefold() if isinstance(value, bool) else str(value)
