"""Built-in types on enumerated grammars: which cells hold, and what fails in those that do not.

    python bench/nlu/enumerate_values.py                 # the cells of both languages, and a sum
    python bench/nlu/enumerate_values.py --faults 20     # with what was read otherwise
    python bench/nlu/enumerate_values.py --cell Date     # the cells whose name begins so

``enumerated/`` writes down what people say of a type as a grammar: units, forms, particles,
spacing, politeness; each reply has its value computed apart, dates by the calendar of Python. Of
each cell so many replies are drawn (``--most``), another draw with another ``--seed``. Cells of
dates and times are read at three moments.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
from collections import Counter
from importlib import import_module
from types import ModuleType

from enumerated.cells import Case, limited
from material import HERE

LANGUAGES = ("ko", "en")
_OF_A_MOMENT = ("Date", "Time")


def _builtins() -> ModuleType:
    """``builtins.py`` beside this file, whose name is that of a module of Python."""
    spec = importlib.util.spec_from_file_location("values_beside_peers", HERE / "builtins.py")
    if spec is None or spec.loader is None:
        raise ImportError
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VALUES = _builtins()
MOMENTS = (VALUES.GIVEN, VALUES.OURS, VALUES.GIVEN + dt.timedelta(days=62, hours=5))


def judged(case: Case, language: str, now: dt.datetime) -> tuple[str, list[str]]:
    """``right``, ``none``, ``doubt`` or ``wrong``, and what was read."""
    item = VALUES.Item(language, case.type, case.text, case.ways)
    values = VALUES.daehwa(item, now)
    if VALUES.is_right(item, values) or (values and values[0] in case.ways):
        return "right", values
    if not values:
        return "none", values
    return ("doubt" if values[0].startswith("~") else "wrong"), values


def main() -> None:
    """Print the cells that do not hold, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cell", default="", help="only cells whose name begins so")
    parser.add_argument("--most", type=int, default=160, help="replies drawn of a cell")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", type=int, default=0, help="faults shown of a cell")
    chosen = parser.parse_args()
    for language in LANGUAGES:
        cases = import_module(f"enumerated.{language}").cases
        sums: Counter[str] = Counter()
        for number, now in enumerate(MOMENTS):
            drawn = limited(
                (
                    case
                    for case in cases(now)
                    if case.cell.startswith(chosen.cell)
                    and (not number or case.type in _OF_A_MOMENT)
                ),
                chosen.most,
                number + chosen.seed,
            )
            cells: dict[str, Counter[str]] = {}
            faults: dict[str, list[str]] = {}
            for case in drawn:
                verdict, values = judged(case, language, now)
                cells.setdefault(case.cell, Counter())[verdict] += 1
                if verdict != "right":
                    fault = f"    {case.text!r}: {'|'.join(case.ways)} -> {values} {verdict}"
                    faults.setdefault(case.cell, []).append(fault)
            for cell, verdicts in cells.items():
                sums += verdicts
                if cell in faults:
                    shares = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
                    print(f"  {language} {now:%d %b} {cell}: {shares}")
                    print(*faults[cell][: chosen.faults], sep="\n", end="\n" * bool(chosen.faults))
        whole = sum(sums.values())
        shares = ", ".join(f"{v} {sums[v]} ({100 * sums[v] / whole:.1f} %)" for v in sums)
        print(f"{language}: {whole} replies: {shares}")


if __name__ == "__main__":
    main()
