"""The base of a bot's definition: immutable typed values, named as in Lex's export.

Field names are the export's in snake case (``messageGroupsList`` is ``message_groups_list``).
``None`` means that the export has ``null`` or nothing there. ``extra``, which every value
has, keeps the members of a file that this program does not know, by their names in the file,
so that nothing is lost when the bot is written again.
Source: Lex V2 exports (schema version 1) and the ``lexv2-models`` service model.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Definition(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of the definition's values: immutable, camel case in files."""

    extra: dict[str, Any] = msgspec.field(default_factory=dict)
