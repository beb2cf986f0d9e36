"""Reading templates: JSON, and YAML with the short forms of CloudFormation's functions."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from daehwa.bot.decoding import parse
from daehwa.bot.errors import ArchiveError, BotError
from daehwa.bot.positions import line_of
from daehwa.bot.yaml_reader import Path, YamlError, YamlFile, read_yaml

BOT_TYPE: Final = "AWS::Lex::Bot"


class Template(NamedTuple):
    """A template: what it says, and where."""

    file: str
    value: dict[str, Any]
    text: str
    yaml: YamlFile | None

    @property
    def resources(self) -> dict[str, Any]:
        """The resources by their logical ids."""
        resources = self.value.get("Resources")
        return resources if isinstance(resources, dict) else {}

    def line(self, path: Path) -> int | None:
        """The line, from 1, of what the path leads to."""
        if self.yaml is not None:
            return self.yaml.place(path).line
        return line_of(self.text, shown(path))


def shown(path: Path) -> str:
    """A path as a JSON path."""
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def read_template(content: bytes, file: str) -> Template:
    """The template in a file.

    Raises:
        BotError: it is neither JSON nor YAML, or no template.
    """
    text = content.decode("utf-8-sig", "replace")
    if text.lstrip()[:1] == "{":
        value, yaml = parse(content, file), None
    else:
        try:
            yaml = read_yaml(text, file, tagged=_long_form)
        except YamlError as error:
            raise BotError(
                error.problem, file=file, field=f"line {error.place.line}", cure=error.cure
            ) from error
        value = yaml.value
    if not isinstance(value, dict):
        raise ArchiveError("this is not a template.", file=file, cure="Give the template itself.")
    return Template(file, value, text, yaml)


def _long_form(tag: str, value: Any) -> Any:
    """``!Sub text`` as ``{"Fn::Sub": text}``."""
    name = tag.removeprefix("!")
    return {name if name in {"Ref", "Condition"} else f"Fn::{name}": value}
