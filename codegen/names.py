"""The names of months and weekdays, from the Unicode CLDR as babel has it.

They are taken while the program is developed, so that nothing is added where it runs: babel's
data are 10 MB, of which these are 8 kB.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from babel import Locale

from codegen.model import PACKAGE, formatted

PATH = PACKAGE / "nlu" / "languages" / "cldr.py"

_LINE = 80

LANGUAGES = {
    code: code for code in ("ca", "da", "de", "es", "fi", "fr", "hi", "it", "nl", "pl", "pt", "sv")
} | {"no": "nb"}
"""The languages that are named, by their codes here, with the CLDR's."""

_HEADER = '''"""Names of months and weekdays, made by codegen/names.py from the CLDR (babel).

``make docs`` updates this file.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class CalendarNames(NamedTuple):
    """Names in lower case: all forms of each month, the short ones, all of each weekday."""

    months: tuple[tuple[str, ...], ...]
    short_months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]


def _names(months: str, short_months: str, weekdays: str) -> CalendarNames:
    """The names in texts: spaces between months or days, bars between the forms of one."""
    return CalendarNames(_forms(months), _forms(short_months), _forms(weekdays))


def _forms(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.split("|")) for name in text.split())


'''


def files() -> dict[Path, str]:
    """The module that holds them."""
    tables = (f'    "{code}": {_names(cldr)},\n' for code, cldr in sorted(LANGUAGES.items()))
    body = "CALENDAR_NAMES: Final = {\n" + "".join(tables) + "}\n"
    return {PATH: formatted(_HEADER + body)}


def _names(code: str) -> str:
    locale = Locale.parse(code)
    months = _forms(locale.months, "wide", range(1, 13))
    short = _forms(locale.months, "abbreviated", range(1, 13))
    weekdays = _forms(locale.days, "wide", range(7))
    return f"_names({_text(months)}, {_text(short)}, {_text(weekdays)},)"


def _text(names: list[str]) -> str:
    """Names as a text of the module, in lines."""
    *lines, last = textwrap.wrap(" ".join(names), _LINE, break_on_hyphens=False)
    if not lines:
        return f'"{last}"'
    return "(" + "".join(f'"{line} "\n' for line in lines) + f'"{last}")'


def _forms(names: object, width: str, numbers: range) -> list[str]:
    """Each name with its other forms behind bars."""
    return [
        "|".join(
            dict.fromkeys(
                form
                for context in ("format", "stand-alone")
                for form in _spelt(names[context][width][number])  # type: ignore[index]
            )
        )
        for number in numbers
    ]


def _spelt(name: str) -> tuple[str, ...]:
    """A name as it is looked up: without the preposition of Catalan; with its point and without."""
    plain = name.lower().replace("’", "'").removeprefix("de ").removeprefix("d'")
    return (plain, plain.rstrip(".")) if plain.endswith(".") else (plain,)
