"""The grammar of a grammar slot type, beside its SlotType.json."""

import json

import pytest

from daehwa import bot

GRAMMAR = '<grammar root="a"><rule id="a">hello</rule></grammar>\n'
SOURCE = {"s3BucketName": "my-grammars", "s3ObjectKey": "cards/card.grxml", "kmsKeyArn": None}


@pytest.fixture
def export(tmp_path):
    """Writes an export whose slot type Card has these files beside it; its folder."""

    def export(**files):
        home = tmp_path / "Bank" / "BotLocales" / "en_US"
        card = home / "SlotTypes" / "Card"
        card.mkdir(parents=True)
        (home / "BotLocale.json").write_text('{"identifier": "en_US"}')
        (home.parents[1] / "Bot.json").write_text('{"name": "Bank"}')
        setting = {"grammarSlotTypeSetting": {"source": SOURCE}}
        (card / "SlotType.json").write_text(
            json.dumps({"name": "Card", "externalSourceSetting": setting})
        )
        for name, text in files.items():
            (card / name.replace("_", ".")).write_text(text)
        return tmp_path

    return export


def card(of):
    return of.locales["en_US"].slot_types["Card"]


@pytest.mark.parametrize(
    "files",
    [{"card_grxml": GRAMMAR}, {"grammar_xml": GRAMMAR}, {"a_gram": "x", "card_grxml": GRAMMAR}],
)
def test_it_is_read_by_its_name_in_s3_or_when_it_is_alone(export, files):
    assert card(bot.load(export(**files))).grammar == GRAMMAR


def test_it_is_written_and_read_again(export, tmp_path):
    read = bot.load(export(card_grxml=GRAMMAR))
    for out in (tmp_path / "out", tmp_path / "out.zip"):
        bot.save(read, out)
        assert bot.load(out) == read
    file = tmp_path / "out/Bank/BotLocales/en_US/SlotTypes/Card/card.grxml"
    assert file.read_text() == GRAMMAR


def test_a_change_of_it_is_a_difference(export, tmp_path):
    before = bot.load(export(card_grxml=GRAMMAR))
    bot.save(before, tmp_path / "out")
    file = tmp_path / "out/Bank/BotLocales/en_US/SlotTypes/Card/card.grxml"
    file.write_text(GRAMMAR.replace("hello", "bye"))
    (difference,) = bot.differences(before, bot.load(tmp_path / "out"))
    assert difference.place == "en_US / slot type Card / grammar"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, '"card.grxml"'),
        ({"card_grxml": "<grammar"}, "not XML"),
        ({"card_grxml": " " * 103_000}, "102,400"),
    ],
)
def test_what_is_wrong_with_it_is_reported(export, files, words):
    problems = bot.validate(bot.load(export(**files)))
    assert any(words in str(problem) for problem in problems), problems
