"""Knowing a CloudFormation template that defines a bot, before it is read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ENDINGS: Final = (".json", ".yaml", ".yml", ".template")
"""How the names of templates end."""

_MARK: Final = rb"""Type["']?\s*:\s*["']?AWS::Lex::Bot(?:["'\s,}]|$)"""


def may_define_bot(content: bytes) -> bool:
    """Whether a file has the mark of a template that defines a bot of Lex V2."""
    return b"AWS::Lex::Bot" in content and re.search(_MARK, content) is not None


def template_and_bot(path: Path) -> tuple[Path, str | None]:
    """``template.yaml#TheBot`` as the template, and the logical id of its bot."""
    file, mark, logical_id = path.name.partition("#")
    if mark and file and not path.exists() and path.with_name(file).exists():
        return path.with_name(file), logical_id
    return path, None


def is_no_export(path: Path) -> bool:
    """Whether ``path`` leads to no export of files: to JSON, a template, or a bot in templates."""
    file, chosen = template_and_bot(path)
    if chosen is not None:
        return True
    if not file.is_file():
        return False
    return file.suffix.casefold() == ".json" or is_template(file)


def is_template(path: Path) -> bool:
    """Whether the file at ``path`` is a template that defines a bot."""
    file, _ = template_and_bot(path)
    ends = file.suffix.casefold() in ENDINGS
    return ends and file.is_file() and may_define_bot(file.read_bytes())
