"""Writing exports: what was read comes out again, and the shape is Lex's own."""

import json
import tempfile
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from tests.bot.generated import bots
from tests.material.sources import every_export

from daehwa import bot

LOCALE = "Cafe/BotLocales/ko_KR"


def members(folder, path):
    return json.loads((folder / path).read_text())


# --- what was read comes out again ------------------------------------------------------


# A bot is big, and what is slow here is writing hundreds of files.
@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(bots())
def test_any_bot_survives_a_folder_and_a_zip(any_bot):
    with tempfile.TemporaryDirectory() as folder:
        for path in (Path(folder, "out"), Path(folder, "out.zip")):
            bot.save(any_bot, path)
            assert bot.load(path) == any_bot


@pytest.mark.parametrize("path", every_export())
def test_every_export_survives(path, tmp_path):
    real = bot.load(path)
    for written in (tmp_path / "out", tmp_path / "out.zip"):
        bot.save(real, written)
        assert bot.load(written) == real


@pytest.mark.parametrize("path", every_export())
def test_what_is_written_has_every_member_that_was_read(path, tmp_path):
    if not path.is_dir():
        zipfile.ZipFile(path).extractall(tmp_path / "in")
        path = tmp_path / "in"
    locale = next(path.rglob("BotLocales/*/BotLocale.json"), None)
    # The export of one locale has no folder of the bot's above it.
    root = path if locale is None else locale.parents[3]
    name = bot.load(path).name
    bot.save(bot.load(path), tmp_path / "out")
    for real in root.rglob("*.json"):
        if real.name.lower() == "manifest.json":
            continue
        parts = real.relative_to(root).parts
        place = ("BotLocales", *parts) if locale is None else parts[1:]
        written = json.loads(Path(tmp_path, "out", name, *place).read_bytes())
        assert lost(json.loads(real.read_bytes().decode("utf-8-sig")), written) == []


def lost(real, written, path="$"):
    """The members of the real file that the written one has not; null and absent are one."""
    if isinstance(real, dict) and isinstance(written, dict):
        return [
            place
            for name, value in real.items()
            for place in lost(value, written.get(name), f"{path}.{name}")
        ]
    if isinstance(real, list) and isinstance(written, list) and len(real) == len(written):
        pairs = zip(real, written, strict=True)
        return [p for i, (a, b) in enumerate(pairs) for p in lost(a, b, f"{path}[{i}]")]
    return [] if real == written else [path]


# --- the shape --------------------------------------------------------------------------


def test_the_files_stand_where_lex_has_them(write, files, tmp_path):
    files[f"{LOCALE}/Intents/Order/ConversationFlow.json"] = {"intentName": "Order"}
    files[f"{LOCALE}/CustomVocabulary/CustomVocabulary.json"] = {"customVocabularyItems": []}
    out = tmp_path / "out"
    bot.save(bot.load(write()), out)
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert written == set(files)
    assert members(out, "Manifest.json") == files["Manifest.json"]


def test_unset_members_are_spelled_out_except_those_that_lex_leaves_out(write, tmp_path):
    bot.save(bot.load(write()), tmp_path / "out")
    intent = members(tmp_path / "out", f"{LOCALE}/Intents/Order/Intent.json")
    assert intent["intentClosingSetting"] is None
    assert intent["kendraConfiguration"] is None
    # Its presence would make Lex follow next steps that are not there.
    assert "initialResponseSetting" not in intent
    assert "slots" not in intent
    message = members(tmp_path / "out", f"{LOCALE}/Intents/Order/Slots/Drink/Slot.json")[
        "valueElicitationSetting"
    ]["promptSpecification"]["messageGroupsList"][0]["message"]
    assert message == {
        "plainTextMessage": {"value": "무엇을 드릴까요?"},
        "ssmlMessage": None,
        "customPayload": None,
        "imageResponseCard": None,
    }


def test_a_composite_types_parts_are_written_by_id_as_lex_does(write, files, tmp_path):
    files[f"{LOCALE}/SlotTypes/Meal/SlotType.json"] = {
        "name": "Meal",
        "compositeSlotTypeSetting": {"subSlots": [{"name": "drink", "slotTypeName": "Drink"}]},
    }
    bot.save(bot.load(write()), tmp_path / "out")
    meal = members(tmp_path / "out", f"{LOCALE}/SlotTypes/Meal/SlotType.json")
    part = {"name": "drink", "slotTypeId": "DRINK12345"}
    assert meal["compositeSlotTypeSetting"] == {"subSlots": [part]}


def test_fulfilment_updates_are_written_with_the_names_that_exports_have(write, files, tmp_path):
    path = f"{LOCALE}/Intents/Order/Intent.json"
    group = {"message": {"plainTextMessage": {"value": "찾는 중이에요."}}}
    files[path]["fulfillmentCodeHook"] = {
        "fulfillmentUpdatesSpecification": {
            "active": True,
            "startResponse": {"delayInSeconds": 1, "messageGroups": [group]},
        }
    }
    bot.save(bot.load(write()), tmp_path / "out")
    written = members(tmp_path / "out", path)["fulfillmentCodeHook"]
    updates = written["fulfillmentUpdatesSpecification"]
    assert updates["active"] is True
    assert len(updates["startResponse"]["messageGroups"]) == 1


def test_unknown_members_are_written_beside_the_known_ones(write, files, tmp_path):
    files["Cafe/Bot.json"]["errorLogSettings"] = {"enabled": True}
    files[f"{LOCALE}/Intents/Order/Intent.json"]["intentClosingSetting"] = {
        "isActive": True,
        "active": False,
    }
    cafe = bot.load(write())
    bot.save(cafe, tmp_path / "out")
    assert members(tmp_path / "out", "Cafe/Bot.json")["errorLogSettings"] == {"enabled": True}
    assert bot.load(tmp_path / "out") == cafe


def test_the_same_bot_gives_the_same_bytes(write, tmp_path):
    cafe = bot.load(write())
    for name in ("a.zip", "b.zip"):
        bot.save(cafe, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == sorted(archive.namelist())


@pytest.mark.parametrize(
    "name", ["..", "../../x", "a/b", "CON:", "__MACOSX", ".git", "node_modules", "한글 봇", "%2E"]
)
def test_no_name_leads_out_of_the_folder_or_gets_lost(write, tmp_path, name):
    cafe = bot.load(write())
    locale = cafe.locales["ko_KR"]
    intents = locale.intents | {name: bot.Intent(name=name)}
    odd = msgspec.structs.replace(
        cafe,
        name=name,
        locales={"ko_KR": msgspec.structs.replace(locale, intents=intents)},
    )
    out = tmp_path / "deep" / "er" / "out"
    bot.save(odd, out)
    assert bot.load(out) == odd
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["er"]
    assert [path.name for path in (tmp_path / "deep" / "er").iterdir()] == ["out"]


# --- writing over what is there ---------------------------------------------------------


def test_a_folder_is_replaced_and_nothing_old_remains(write, tmp_path):
    cafe = bot.load(write())
    locale = cafe.locales["ko_KR"]
    fallback = {"FallbackIntent": locale.fallback_intent}
    smaller = msgspec.structs.replace(
        cafe, locales={"ko_KR": msgspec.structs.replace(locale, intents=fallback)}
    )
    out = tmp_path / "out"
    bot.save(cafe, out)
    (out / "notes.txt").write_text("mine")
    bot.save(smaller, out)
    assert bot.load(out) == smaller
    assert {path.name for path in out.iterdir()} == {"Cafe", "Manifest.json", "notes.txt"}


def test_a_zip_is_replaced(write, tmp_path):
    cafe = bot.load(write())
    (tmp_path / "out.ZIP").write_text("old")
    bot.save(cafe, tmp_path / "out.ZIP")
    assert bot.load(tmp_path / "out.ZIP") == cafe


def test_another_bots_folder_is_refused_and_left_alone(write, tmp_path):
    cafe = bot.load(write())
    bot.save(cafe, tmp_path / "out")
    with pytest.raises(bot.ArchiveError, match="another bot"):
        bot.save(msgspec.structs.replace(cafe, name="Tea"), tmp_path / "out")
    assert bot.load(tmp_path / "out") == cafe


def test_a_folder_of_that_name_that_is_no_export_is_refused(write, tmp_path):
    cafe = bot.load(write())
    (tmp_path / "out" / "Cafe").mkdir(parents=True)
    (tmp_path / "out" / "Cafe" / "diary.txt").write_text("mine")
    with pytest.raises(bot.ArchiveError, match="not the export"):
        bot.save(cafe, tmp_path / "out")
    assert (tmp_path / "out" / "Cafe" / "diary.txt").read_text() == "mine"
