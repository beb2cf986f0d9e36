"""What people say of a type, enumerated as a grammar: its cells hold.

The cells are those of ``bench/nlu/enumerated``, where each reply has its value computed apart.
"""

import datetime as dt
import importlib
import sys
from pathlib import Path

import pytest

from daehwa.nlu.builtins import Setting, Text, built_in

BENCH = Path(__file__).parents[3] / "bench" / "nlu"
NOW = dt.datetime(2026, 11, 27, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))
OF_EACH_CELL = 10


@pytest.fixture(scope="module", autouse=True)
def _bench_on_the_path():
    sys.path.insert(0, str(BENCH))
    yield
    sys.path.remove(str(BENCH))


@pytest.mark.parametrize(("language", "locale"), [("ko", "ko_KR"), ("en", "en_US")])
def test_the_cells_of_a_language_hold(language, locale):
    cells = importlib.import_module("enumerated.cells")
    cases = importlib.import_module(f"enumerated.{language}").cases(NOW)
    setting = Setting(locale=locale, now=NOW)
    misread = []
    drawn = cells.limited(cases, OF_EACH_CELL)
    for case in drawn:
        value = built_in(f"AMAZON.{case.type}").read(Text(case.text), setting)
        meant = "-" if value is None else value.interpreted or "~" + ",".join(value.resolved)
        if meant not in case.ways and case.type not in ("Number", "Percentage", "Duration"):
            misread.append((case.cell, case.text, meant))
    assert len(misread) <= 0.02 * len(drawn), misread
