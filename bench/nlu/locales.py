"""How much of what people say in each locale is read, and how much is read wrongly.

    python bench/nlu/locales.py [LOCALE ...]

The values are those of ``bench/nlu/locales``: for each locale yes and no, dates, times, numbers
and some more, with texts that hold none. *Wrong* is a value that was not meant; the worst.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from daehwa.nlu.builtins import Setting, Text, built_in

LISTS = Path(__file__).with_name("locales")
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)


def main(chosen: list[str]) -> None:
    """Print a row for each locale."""
    print(f"{'locale':8} {'values':>6} {'right':>6} {'wrong':>6}")
    for path in sorted(LISTS.glob("*.tsv")):
        if chosen and path.stem not in chosen:
            continue
        right = wrong = total = 0
        setting = Setting(locale=path.stem, now=NOW)
        for line in path.read_text("utf-8").splitlines():
            name, text, value = line.split("\t")
            mention = built_in(f"AMAZON.{name}").read(Text(text), setting)
            got = "-" if mention is None else mention.interpreted or "|".join(mention.resolved)
            total += 1
            right += got == value
            wrong += got not in (value, "-")
        print(f"{path.stem:8} {total:6} {right / total:6.0%} {wrong:6}")


if __name__ == "__main__":
    main(sys.argv[1:])
