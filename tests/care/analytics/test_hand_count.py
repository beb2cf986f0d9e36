"""The numbers of the small log of ``talks`` agree with what a reader counts there."""

import datetime as dt

import pytest

from daehwa.care import analytics

from .talks import BOT, TALKS


@pytest.fixture
async def figures(store):
    return analytics.Figures(await analytics.read_log(store, BOT), dt.UTC)


def counted(table, *columns):
    return [tuple(row[name] for name in columns) for row in table.records()]


async def test_all_together(figures):
    # A succeeds; B ends in FallbackIntent, and so does C, whose last word a model had; D is left in
    # the middle; E ends in success, after an intent that was declined and a miss.
    assert TALKS.count("\n") - 1 == 17
    assert figures.totals() == {
        "conversations": 5,
        "success": 2,  # A, E
        "failure": 2,  # B, C
        "dropped": 1,  # D
        "contained": 3,  # A, E, and C, which a model answered in the end
        "turns": 17,
        "detected": 12,
        "missed": 3,  # B's 글쎄, C's moon, E's mars
        "misread": 2,  # A's hm, B's 음
        "p50Ms": 10.0,
        "p95Ms": 200.0,
        "maxMs": 200.0,
        "inputTokens": 100,
        "outputTokens": 50,
        "cost": 0.15,
        "up": 1,
        "down": 1,
        "containment": 0.6,
        "fallbackRate": round(3 / 17, 4),
    }


async def test_by_intent(figures):
    columns = ("intent", "invoked", "success", "failure", "switched", "dropped")
    assert counted(figures.table("intent"), *columns) == [
        # A fulfils it, E declines it, B falls back from it, C switches to Price, D leaves it.
        ("BookRoom", 5, 1, 2, 1, 1),
        # Of the three only B's ends as Failed; a model's answer fulfils it.
        ("FallbackIntent", 3, 2, 1, 0, 0),
        ("Price", 2, 2, 0, 0, 0),  # C, E
    ]


async def test_by_slot(figures):
    columns = ("intent", "slot", "elicited", "filled", "again", "failed", "left")
    assert counted(figures.table("slot"), *columns) == [
        # A and D fill the city, B is prompted again and gives up, C switches.
        ("BookRoom", "City", 4, 2, 1, 1, 1),
        ("BookRoom", "Nights", 2, 1, 1, 0, 1),  # A fills it at the second prompt, D goes away
    ]


async def test_by_day_and_locale(figures):
    columns = ("conversations", "success", "failure", "dropped", "turns", "missed", "down")
    assert counted(figures.table("day"), "day", *columns) == [
        ("2026-05-01", 2, 1, 1, 0, 8, 1, 0),
        ("2026-05-02", 3, 1, 1, 1, 9, 2, 1),
    ]
    assert counted(figures.table("locale"), "locale", *columns) == [
        ("en_US", 4, 2, 1, 1, 14, 2, 1),
        ("ko_KR", 1, 0, 1, 0, 3, 1, 0),
    ]


async def test_days_begin_where_the_keeper_is(store):
    log = await analytics.read_log(store, BOT)
    zone = dt.timezone(dt.timedelta(hours=14))
    table = analytics.Figures(log, zone).table("day")
    assert counted(table, "day", "turns") == [
        ("2026-05-01", 5),
        ("2026-05-02", 3 + 3),
        ("2026-05-03", 6),
    ]


async def test_by_source(figures):
    columns = ("source", "model", "turns", "errors", "p50Ms", "inputTokens", "cost", "down")
    assert counted(figures.table("source"), *columns) == [
        ("intent", "", 15, 0, 10.0, 0, None, 0),
        ("gpt", "small", 2, 1, 200.0, 100, 0.15, 1),
    ]


async def test_of_a_time(store):
    day = dt.datetime(2026, 5, 2, tzinfo=dt.UTC)
    log = await analytics.read_log(store, BOT, after=day, before=day + dt.timedelta(hours=10))
    totals = analytics.Figures(log, dt.UTC).totals()
    assert (totals["conversations"], totals["turns"], totals["missed"]) == (1, 3, 1)


async def test_of_nothing(store):
    figures = analytics.Figures(await analytics.read_log(store, "ANOTHERBOT"), dt.UTC)
    assert figures.totals()["turns"] == 0
    assert figures.totals()["containment"] is None
    assert [figures.table(by).rows for by in analytics.BY] == [[]] * len(analytics.BY)
