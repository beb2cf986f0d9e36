"""The names of all members that a bot's files may have, and their choices, from botocore's model.

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
    words: dict[str, set[str]] = {}
    seen: set[str] = set()
    model = service_model(_SERVICE)
    for operation in _OPERATIONS:
        _collect(model.operation_model(operation).output_shape, names, words, seen)
    about = header("The members of the parts of a bot, by Lex's API.", "members.py", _SERVICE)
    listed = "".join(f'    "{name}",\n' for name in sorted(names))
    choices = "".join(f'    "{name}": {tuple(sorted(words[name]))!r},\n' for name in sorted(words))
    body = (
        "from __future__ import annotations\n\nfrom typing import Final\n\n"
        f"WIRE_MEMBERS: Final = frozenset((\n{listed}))\n\n"
        f"WIRE_WORDS: Final[dict[str, tuple[str, ...]]] = {{\n{choices}}}\n"
        '"""The words that a member takes; for a map, its keys."""\n'
    )
    return {PATH: formatted(f"{about}\n\n{body}")}


def _collect(shape: Any, names: set[str], words: dict[str, set[str]], seen: set[str]) -> None:
    if shape.name in seen:
        return
    seen.add(shape.name)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            names.add(name)
            choices = getattr(member.key if member.type_name == "map" else member, "enum", None)
            if choices:
                words.setdefault(name, set()).update(choices)
            _collect(member, names, words, seen)
    elif shape.type_name == "list":
        _collect(shape.member, names, words, seen)
    elif shape.type_name == "map":
        _collect(shape.value, names, words, seen)
