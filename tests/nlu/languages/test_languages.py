"""Languages: each a package of one shape, found by its folder and known nowhere else."""

import ast
import datetime as dt
import sys
from pathlib import Path

import pytest

from daehwa import bot
from daehwa.nlu import languages
from daehwa.nlu.builtins import BUILT_INS, Setting, Text, built_in
from daehwa.nlu.languages.language import Language

FOLDER = Path(languages.__file__).parent
NLU = FOLDER.parent
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)


@pytest.fixture
def new_language(tmp_path, monkeypatch):
    """``new_language("xx", source)``: a language that is one folder, for this test."""

    def add(code, source):
        if code in languages.installed():  # its place is taken, for this test
            languages.load(code)
            monkeypatch.delitem(sys.modules, f"{languages.__name__}.{code}")
        (tmp_path / code).mkdir()
        (tmp_path / code / "__init__.py").write_text(source, "utf-8")
        monkeypatch.setattr(languages, "__path__", [str(tmp_path), *languages.__path__])
        forget()

    def forget():
        for name, module in list(sys.modules.items()):
            if name.startswith("daehwa.nlu"):
                for remembered in vars(module).values():
                    if hasattr(remembered, "cache_clear"):
                        remembered.cache_clear()

    yield add
    monkeypatch.undo()
    forget()


def values(text, locale, now=NOW):
    """What each built-in type with a grammar reads the text as."""
    setting = Setting(locale=locale, now=now)
    names = ("Date", "Time", "Number", "Duration", "Currency", "Percentage", "Confirmation")
    read = {name: built_in(f"AMAZON.{name}").read(Text(text), setting) for name in names}
    return {name: value.interpreted for name, value in read.items() if value is not None}


def test_each_folder_is_a_language():
    spoken = {languages.language_code(locale) for locale in bot.LOCALE_NAMES}
    folders = {path.parent.name for path in FOLDER.glob("*/__init__.py")}
    assert set(languages.installed()) == folders == spoken, "every language of Lex"
    for code in languages.installed():
        assert isinstance(languages.load(code), Language)


def test_a_language_is_imported_by_nothing_but_itself():
    """So that adding one means adding its folder and nothing else."""
    wrong = []
    for module in NLU.rglob("*.py"):
        own = module.parent.name if module.parent.parent == FOLDER else None
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                parts = node.module.split(".")
                named = {*parts, *(alias.name for alias in node.names)}
                in_room = parts[:3] == ["daehwa", "nlu", "languages"]
                if in_room and named & set(languages.installed()) - {own}:
                    wrong.append(f"{module}: {node.module}")
    assert wrong == []


@pytest.mark.parametrize("code", languages.installed())
def test_examples_and_phrases_name_what_there_is(code):
    language = languages.load(code)
    assert {f"AMAZON.{name}" for name in language.examples or ()} <= set(BUILT_INS)
    assert set(language.mixed_with) <= set(languages.installed())


def test_a_locale_reads_its_own_language_and_those_mixed_into_it():
    korean, english = languages.load("ko"), languages.load("en")
    assert languages.reading("ko_KR") == (korean, english)
    assert languages.reading("en_GB") == (english,)
    assert languages.reading("tr_TR") == (english,), "a language without a package"


def test_absent_parts_are_not_read(new_language):
    source = """
from daehwa.nlu.languages.language import Language
LANGUAGE = Language()
"""
    new_language("fi", source)
    for text in ("yes", "tomorrow", "noon", "twelve", "two hours", "five dollars", "huomenna"):
        assert values(text, "fi_FI") == {}, text
    assert values("3.4.2026", "fi_FI")["Date"] == "2026-04-03"
    assert values("17:05", "fi_FI")["Time"] == "17:05"
    assert values("1 234,5", "fi_FI")["Number"] == "1234.5"
    assert values("€ 5", "fi_FI")["Currency"] == "EUR 5.00"
    assert values("50 %", "fi_FI")["Percentage"] == "50%"


def test_a_small_language_is_a_few_lists(new_language):
    source = """
from daehwa.nlu.languages.language import Confirmation, Language
from daehwa.nlu.languages.worded_dates import WordedDates, calendar_names
LANGUAGE = Language(
    dates=WordedDates(
        names=calendar_names(
            months=["januari|jan", "februari|feb", "mars", "april", "maj", "juni", "juli",
                    "augusti", "september", "oktober", "november", "december"],
            weekdays=["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
        ),
        days={"i dag": 0, "i morgon": 1},
    ),
    confirmation=Confirmation(answers={"Yes": ("ja",), "No": ("nej", "nej tack")}),
)
"""
    new_language("sv", source)
    said = {
        "ja": "Yes",
        "Nej tack!": "No",
        "i morgon": "2026-03-05",
        "på fredag": "2026-03-06",
        "fredag 10 april": "2026-04-10",
        "den 3 mars 2027": "2027-03-03",
        "maj 17": "2026-05-17",
        "jan 2027": "2027-01-01",
        "2026-05-17": "2026-05-17",
        "mars 3:30": None,
    }
    for text, value in said.items():
        read = values(text, "sv_SE")
        assert value in read.values() or (value is None and "Date" not in read), (text, read)


def test_a_script_without_spaces_is_read_inside_its_words(new_language):
    source = """
from daehwa.nlu.languages import calendar
from daehwa.nlu.languages.language import Language
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.spans import Parsed
DAYS = Lexicon({"今日": 0, "明日": 1, "明後日": 2})
def read(text, at, setting, *, elicited):
    day = DAYS.first(text.folded, at)
    return day and Parsed(calendar.shift(setting.today, day.value, "day"), day.end)
LANGUAGE = Language(dates=read)
"""
    new_language("ja", source)
    date = built_in("AMAZON.Date")
    (value,) = date.find(Text("では明日の午後にお願いします"), Setting(locale="ja_JP", now=NOW))
    assert (value.original, value.interpreted) == ("明日", "2026-03-05")
