"""A span of time by its units, written as ISO 8601 (``PT1H30M``)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

# Order of the units in ISO 8601; "m" is minutes, "M" months.
_ORDER: Final = ("Y", "M", "W", "D", "H", "m", "S")
_DATE_UNITS: Final = frozenset("YMWD")
_SMALLER: Final = {
    "Y": ("M", 12), "W": ("D", 7), "D": ("H", 24), "H": ("m", 60), "m": ("S", 60),
}  # fmt: skip
_HALF_MONTH: Final = 15
_HALF: Final = Decimal("0.5")
_ENDLESS: Final = 10**12  # no span of time that a person means


class IsoDuration:
    """Amounts of ISO 8601's units; here ``m`` is minutes and ``M`` months."""

    __slots__ = ("_amounts",)

    def __init__(self) -> None:
        self._amounts: dict[str, Decimal] = {}

    def __bool__(self) -> bool:
        """Whether any amount was added."""
        return bool(self._amounts)

    def __contains__(self, unit: str) -> bool:
        """Whether there is an amount of the unit."""
        return unit in self._amounts

    def add(self, unit: str, amount: Decimal | int) -> bool:
        """Add an amount of a unit; ``False`` if the unit is there, or the amount is not a span."""
        if unit in self._amounts or not amount or amount >= _ENDLESS:
            return False
        self._amounts[unit] = Decimal(amount)
        return True

    def increase(self, unit: str, amount: Decimal) -> None:
        """Add to the amount of a unit that is there."""
        self._amounts[unit] += amount

    def __str__(self) -> str:
        """As ISO 8601, fractions pushed down to smaller units."""
        whole: dict[str, Decimal] = {}
        for unit in _ORDER:
            amount = self._amounts.get(unit, Decimal(0)) + whole.get(unit, Decimal(0))
            rest = amount % 1
            if unit == "M" and rest == _HALF:
                whole["D"] = whole.get("D", Decimal(0)) + _HALF_MONTH
                amount -= rest
            elif rest and unit in _SMALLER and (unit != "Y" or rest * 12 % 1 == 0):
                smaller, size = _SMALLER[unit]
                whole[smaller] = whole.get(smaller, Decimal(0)) + rest * size
                amount -= rest
            whole[unit] = amount
        written = {u: f"{whole[u].normalize():f}{u.upper()}" for u in _ORDER if whole[u]}
        date = "".join(amount for unit, amount in written.items() if unit in _DATE_UNITS)
        time = "".join(amount for unit, amount in written.items() if unit not in _DATE_UNITS)
        return f"P{date}T{time}" if time else f"P{date or '0D'}"
