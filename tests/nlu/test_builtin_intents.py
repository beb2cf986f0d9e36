"""The phrases that Lex supplies for its built-in intents."""

import pytest

from daehwa import bot
from daehwa.nlu.builtin_intents import learnable, utterances


def a_locale(identifier, *signatures):
    intents = {
        name.removeprefix("AMAZON."): bot.Intent(
            name=name.removeprefix("AMAZON."), parent_intent_signature=name
        )
        for name in signatures
    }
    return bot.BotLocale(identifier=identifier, intents=intents)


@pytest.mark.parametrize(
    ("locale_id", "signature", "phrase"),
    [
        ("en_US", "AMAZON.HelpIntent", "can you help me"),
        ("en_GB", "AMAZON.StartOverIntent", "start over"),
        ("ko_KR", "AMAZON.CancelIntent", "취소"),
        ("ko_KR", "AMAZON.RepeatIntent", "다시 말해줘"),
        ("fr_FR", "AMAZON.StopIntent", "stop"),
    ],
)
def test_each_built_in_intent_has_phrases(locale_id, signature, phrase):
    locale = a_locale(locale_id, signature)
    (intent,) = learnable(locale)
    assert phrase in utterances(locale, intent)


def test_what_takes_everything_else_is_never_learned():
    names = ("FallbackIntent", "KendraSearchIntent", "QnAIntent", "BedrockAgentIntent")
    locale = a_locale("en_US", *(f"AMAZON.{name}" for name in names))
    assert learnable(locale) == ()


def test_no_phrase_belongs_to_two_built_in_intents():
    signatures = ("Help", "Cancel", "Stop", "Repeat", "Resume", "Pause", "StartOver")
    for identifier in ("en_US", "ko_KR"):
        locale = a_locale(identifier, *(f"AMAZON.{name}Intent" for name in signatures))
        phrases = [phrase for i in learnable(locale) for phrase in utterances(locale, i)]
        assert len(phrases) == len(set(phrases))


def test_each_built_in_intent_that_text_can_mean_has_phrases():
    for identifier in ("en_US", "ko_KR", "fr_FR"):
        locale = a_locale(identifier, *sorted(bot.BUILT_IN_INTENTS))
        meant = {i.parent_intent_signature: utterances(locale, i) for i in learnable(locale)}
        assert set(meant) == bot.BUILT_IN_INTENTS - bot.UNRECOGNISED_INTENTS
        assert all(meant.values())
