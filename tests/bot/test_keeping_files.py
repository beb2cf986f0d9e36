"""Writing onto what is there: nothing that only the old folder has is lost without a word."""

import pytest

from daehwa import bot


@pytest.fixture
def cafe(write):
    return bot.load(write())


@pytest.fixture
def folder(cafe, tmp_path):
    bot.save(cafe, tmp_path / "kept")
    extra = tmp_path / "kept/Cafe/BotLocales/ko_KR/Intents/Mine/Intent.json"
    extra.parent.mkdir()
    extra.write_text('{"name": "Mine"}', "utf-8")
    return tmp_path / "kept"


def test_an_intent_that_only_the_folder_has_is_not_lost(cafe, folder):
    with pytest.raises(bot.ArchiveError, match=r"Mine.*--force"):
        bot.save(cafe, folder, keep=True)
    assert "Mine" in bot.load(folder).locales["ko_KR"].intents


def test_it_is_removed_where_that_is_wanted(cafe, folder):
    bot.save(cafe, folder)
    assert "Mine" not in bot.load(folder).locales["ko_KR"].intents


def test_the_same_bot_is_written_again(cafe, tmp_path):
    for _ in range(2):
        bot.save(cafe, tmp_path / "new", keep=True)
        bot.save(cafe, tmp_path / "new.zip", keep=True)
    assert bot.load(tmp_path / "new.zip") == cafe


def test_notes_of_the_author_stay_in_the_folder(cafe, tmp_path):
    bot.save(cafe, tmp_path / "kept")
    note = tmp_path / "kept/Cafe/NOTES.md"
    note.write_text("mine", "utf-8")
    bot.save(cafe, tmp_path / "kept")
    assert note.read_text("utf-8") == "mine"


def test_a_zip_of_another_bot_and_a_file_that_is_no_zip_stay(cafe, files, write, tmp_path):
    files["Cafe/Bot.json"]["name"] = "Other"
    other = bot.load(write("other"))
    bot.save(other, tmp_path / "bot.zip")
    with pytest.raises(bot.ArchiveError, match="lost"):
        bot.save(cafe, tmp_path / "bot.zip", keep=True)
    (tmp_path / "letter.zip").write_text("dear", "utf-8")
    with pytest.raises(bot.ArchiveError, match=r"letter\.zip"):
        bot.save(cafe, tmp_path / "letter.zip", keep=True)


@pytest.mark.parametrize("name", ["bot.tar", "bot.tar.gz", "bot.json", "bot.7z"])
def test_another_kind_of_archive_is_no_folder(cafe, tmp_path, name):
    with pytest.raises(bot.ArchiveError, match=r"\.zip"):
        bot.save(cafe, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_bot_written_by_hand_gets_what_every_export_has(files, write):
    del files["Cafe/Bot.json"]["identifier"]
    files["Cafe/Bot.json"]["dataPrivacy"] = None
    del files["Cafe/BotLocales/ko_KR/SlotTypes/Drink/SlotType.json"]["identifier"]
    cafe = bot.completed(bot.load(write()))
    locale = cafe.locales["ko_KR"]
    order = locale.intents["Order"]
    assert cafe.data_privacy.child_directed is False
    for one in (cafe, order, order.slots["Drink"], locale.slot_types["Drink"]):
        assert len(one.identifier) == 10
        assert one.identifier.isalnum()
    assert bot.completed(cafe) == cafe
    assert cafe == bot.completed(bot.load(write()))


def test_what_an_author_wrote_stays(files, write):
    cafe = bot.completed(bot.load(write()))
    assert cafe.identifier == files["Cafe/Bot.json"]["identifier"]
    assert cafe.locales["ko_KR"].name == "Korean (South Korea)"
