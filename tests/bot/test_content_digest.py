"""What a bot is, as one digest: by it a version is named, and published once."""

import msgspec

from daehwa import bot

HELLO = bot.bundled()["HelloWorldBot"]


def test_it_is_the_same_however_the_bot_is_stored(tmp_path):
    definition = bot.load(HELLO)
    bot.save(definition, tmp_path / "again.zip")
    assert bot.content_digest(bot.load(tmp_path / "again.zip")) == bot.content_digest(definition)


def test_an_accounts_id_and_version_are_no_content():
    definition = bot.load(HELLO)
    there = msgspec.structs.replace(definition, identifier="ABCDEFGHIJ", version="7")
    assert bot.content_digest(there) == bot.content_digest(definition)


def test_it_differs_where_the_bot_does():
    definition = bot.load(HELLO)
    korean = definition.locales["ko_KR"]
    changed = msgspec.structs.replace(korean, nlu_confidence_threshold=0.5)
    other = msgspec.structs.replace(definition, locales={**definition.locales, "ko_KR": changed})
    assert bot.content_digest(other) != bot.content_digest(definition)
