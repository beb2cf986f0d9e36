"""What the shapes of Kendra's wire are made of."""

from __future__ import annotations

from typing import Any

import msgspec


class KendraShape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="pascal"):
    """A request, a response, or a structure inside one; ``None`` is a member that is not there."""

    def members(self) -> dict[str, Any]:
        """The members that are there, by their names on the wire, as JSON has them."""
        members: dict[str, Any] = msgspec.to_builtins(self)
        return members
