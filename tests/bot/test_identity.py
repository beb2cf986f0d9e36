"""How bots and their aliases are addressed."""

import re

import pytest

from daehwa import bot


def test_an_identifier_of_ten_alphanumerics_is_the_id():
    assert bot.bot_id(bot.Bot(name="Cafe", identifier="CAFE123456")) == "CAFE123456"


@pytest.mark.parametrize(
    "identifier", [None, "", "short", "with-dash1", "ELEVENCHARS", "가나다라마바사아자차"]
)
def test_any_other_bot_has_an_id_that_its_name_gives(identifier):
    made = bot.bot_id(bot.Bot(name="카페", identifier=identifier))
    assert re.fullmatch(r"[0-9A-Z]{10}", made)
    assert made == bot.bot_id(bot.Bot(name="카페"))
    assert made != bot.bot_id(bot.Bot(name="찻집"))


def test_the_id_of_a_name_never_changes():
    assert bot.bot_id(bot.Bot(name="ReminderBot")) == "WDOIMXWN3K"


def test_the_test_alias_is_the_draft():
    alias = bot.TEST_ALIAS
    assert (alias.identifier, alias.name, alias.bot_version) == (
        "TSTALIASID",
        "TestBotAlias",
        "DRAFT",
    )
