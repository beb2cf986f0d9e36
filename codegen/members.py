"""The names of all members that a bot's files may have, from botocore's service model.

An export spells some differently; those spellings stand in ``daehwa.bot.fields``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codegen.model import PACKAGE, formatted, header, service_model

PATH = PACKAGE / "bot" / "wire_members.py"

_SERVICE = "lexv2-models"
_OPERATIONS = (
    "DescribeBot",
    "DescribeBotLocale",
    "DescribeIntent",
    "DescribeSlot",
    "DescribeSlotType",
    "ListCustomVocabularyItems",
)


def files() -> dict[Path, str]:
    """The module that holds them."""
    names: set[str] = set()
    seen: set[str] = set()
    model = service_model(_SERVICE)
    for operation in _OPERATIONS:
        _collect(model.operation_model(operation).output_shape, names, seen)
    about = header("The members of the parts of a bot, by Lex's API.", "members.py", _SERVICE)
    listed = "".join(f'    "{name}",\n' for name in sorted(names))
    body = (
        "from __future__ import annotations\n\nfrom typing import Final\n\n"
        f"WIRE_MEMBERS: Final = frozenset((\n{listed}))\n"
    )
    return {PATH: formatted(f"{about}\n\n{body}")}


def _collect(shape: Any, names: set[str], seen: set[str]) -> None:
    if shape.name in seen:
        return
    seen.add(shape.name)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            names.add(name)
            _collect(member, names, seen)
    elif shape.type_name == "list":
        _collect(shape.member, names, seen)
    elif shape.type_name == "map":
        _collect(shape.value, names, seen)
