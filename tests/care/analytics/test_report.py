"""The report as a page, as CSV, as JSON, and what the command says."""

import csv
import datetime as dt
import html.parser
import json

import msgspec
import pytest
from typer.testing import CliRunner

from daehwa import stores
from daehwa.care import analytics
from daehwa.cli.app import app

from .conftest import write
from .talks import BOT

HOSTILE = "=SUM(1)<script>alert(1)</script>"


@pytest.fixture
async def report(store):
    return analytics.report_of(
        await analytics.read_log(store, BOT), bot="Salon <&>", bot_id=BOT, zone=dt.UTC
    )


class Page(html.parser.HTMLParser):
    """What a page loads, and the languages of its texts."""

    def __init__(self):
        super().__init__()
        self.loaded, self.languages, self.tags = [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.loaded += [given[name] for name in ("src", "href", "data") if name in given]
        if tag == "span":
            self.languages.append(given["lang"])


async def test_the_page_needs_nothing_else_and_speaks_both_languages(report):
    page = Page()
    page.feed(analytics.page(report))
    assert page.loaded == []
    assert "script" not in page.tags
    assert page.languages.count("ko") == page.languages.count("en") > 20
    # A table of one locale, version or alias says what the totals say.
    single = [name for name, table in report.tables.items() if len(table.rows) == 1]
    assert page.tags.count("table") == len(analytics.BY) - len(single)
    assert page.tags.count("rect") == 4  # two days, each with what fell to FallbackIntent


async def test_names_are_no_html_and_no_formulas(report, tmp_path):
    table = analytics.Table("intent", ("intent", "invoked"), [(HOSTILE, 1)])
    hostile = msgspec.structs.replace(report, bot=HOSTILE, tables={"intent": table})
    assert "<script" not in analytics.page(hostile)
    [path] = analytics.write_csv(hostile, tmp_path / "a.csv")
    assert list(csv.reader(path.read_text("utf-8-sig").splitlines()))[1] == ["'" + HOSTILE, "1"]


async def test_csv_is_a_file_for_each_table(report, tmp_path):
    paths = analytics.write_csv(report, tmp_path / "tables")
    assert [path.stem for path in paths] == ["totals", *analytics.BY]
    rows = list(csv.DictReader((tmp_path / "tables/slot.csv").read_text("utf-8-sig").splitlines()))
    assert (rows[0]["slot"], rows[0]["elicited"], rows[0]["again"]) == ("City", "4", "1")
    sources = list(
        csv.DictReader((tmp_path / "tables/source.csv").read_text("utf-8-sig").splitlines())
    )
    assert [row["cost"] for row in sources] == ["", "0.15"]


async def test_one_language_is_counted_alone(store):
    log = await analytics.read_log(store, BOT)
    report = analytics.report_of(log, bot="Salon", bot_id=BOT, zone=dt.UTC, locale="ko_KR")
    assert (report.totals["turns"], report.locales) == (3, ("ko_KR",))
    assert json.loads(report.as_json())["tables"]["locale"][0]["locale"] == "ko_KR"


class TestCommand:
    @pytest.fixture
    async def data(self, tmp_path):
        """A data folder with the small log."""
        async with stores.open_store(f"sqlite:{tmp_path / 'daehwa.sqlite3'}") as store:
            await write(store)
        return tmp_path

    @staticmethod
    def shown(data, *arguments):
        return CliRunner().invoke(app, ["report", *arguments, "--data", str(data)])

    def test_prints_tables(self, data):
        result = self.shown(data, BOT)
        assert result.exit_code == 0
        for words in ("By day", "By intent", "By slot", "Who answered", "BookRoom", "60.0%"):
            assert words in result.output

    def test_prints_one_table_of_a_time_as_json(self, data):
        arguments = (BOT, "--since", "2026-05-02", "--until", "2026-05-02T11:30")
        result = self.shown(data, *arguments, "--by", "intent", "--json")
        written = json.loads(result.output)
        assert list(written["tables"]) == ["intent"]
        assert written["totals"]["turns"] <= 9

    def test_writes_a_page_and_a_file(self, data, tmp_path):
        page, table = tmp_path / "new/report.html", tmp_path / "day.csv"
        result = self.shown(data, BOT, "--html", str(page), "--csv", str(table), "--by", "day")
        assert result.exit_code == 0
        assert page.read_text("utf-8").startswith("<!doctype html>")
        assert "2026-05-0" in table.read_text("utf-8")

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("Nobody",), "there is no such file"),
            ((BOT, "--since", "yesterday"), "is not a time"),
            ((BOT, "--since", "2026-05-02", "--until", "2026-05-01T00:00"), "not before"),
        ],
    )
    def test_says_what_is_wrong(self, data, arguments, words):
        result = self.shown(data, *arguments)
        assert result.exit_code == 1
        assert words in str(result.exception)

    def test_of_a_bot_to_which_nobody_talked_says_so(self, data):
        assert "Nobody has talked to" in self.shown(data, "HelloWorldBot").output
