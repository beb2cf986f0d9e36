"""How texts resolve by Amazon's own tables, as the files of cases record it."""

import datetime as dt

import pytest

from daehwa.nlu.builtins import Setting, Text, built_in


@pytest.fixture
def recorded(cases):
    return [
        case
        for case in cases.of_kind("slot_resolution")
        if str(case.get("slotType", "")).startswith("AMAZON.")
    ]


def test_every_recorded_text_resolves_as_recorded(recorded):
    assert len(recorded) >= 70
    wrong = []
    for case in recorded:
        today = dt.date.fromisoformat(case.get("today", "2020-11-25"))
        now = dt.datetime.combine(today, dt.time(12), dt.UTC)
        setting = Setting(locale=case["locale"], now=now)
        for turn in case["turns"]:
            found = built_in(case["slotType"]).read(Text(turn["user"]), setting)
            expected = turn["expect"]
            said = found and {
                "originalValue": found.original,
                "interpretedValue": found.interpreted,
                "resolvedValues": list(found.resolved),
            }
            if said is None or any(said[key] != expected[key] for key in expected):
                wrong.append((case["id"], turn["user"], said))
    assert not wrong
