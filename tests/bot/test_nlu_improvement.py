"""Assisted understanding as an export's locale says it, and the names that users choose by."""

import pytest

from daehwa import bot


def locale(settings):
    return bot.BotLocale(
        identifier="ko_KR", nlu_confidence_threshold=0.4, extra={"generativeAISettings": settings}
    )


def improvement(**members):
    return bot.nlu_improvement(locale({"runtimeSettings": {"nluImprovement": members}}))


def test_all_of_it():
    read = improvement(
        enabled=True,
        assistedNluMode="Fallback",
        intentDisambiguationSettings={
            "enabled": True,
            "maxDisambiguationIntents": 2,
            "customDisambiguationMessage": "무엇을 도와드릴까요?",
        },
    )
    assert (read.enabled, read.assisted_nlu_mode) == (True, "Fallback")
    settings = read.intent_disambiguation_settings
    assert (settings.enabled, settings.max_disambiguation_intents) == (True, 2)
    assert settings.custom_disambiguation_message == "무엇을 도와드릴까요?"


def test_what_is_left_out_is_none():
    read = improvement(enabled=False)
    assert (read.enabled, read.assisted_nlu_mode, read.intent_disambiguation_settings) == (
        False,
        None,
        None,
    )


@pytest.mark.parametrize(
    "settings",
    [
        None,
        {},
        [],
        "on",
        {"runtimeSettings": None},
        {"runtimeSettings": {"nluImprovement": None}},
        {"runtimeSettings": {"nluImprovement": {}}},
        {"runtimeSettings": {"nluImprovement": {"enabled": "yes"}}},
        {"runtimeSettings": {"nluImprovement": {"enabled": True, "assistedNluMode": "Often"}}},
        {
            "runtimeSettings": {
                "nluImprovement": {
                    "enabled": True,
                    "intentDisambiguationSettings": {
                        "enabled": True,
                        "maxDisambiguationIntents": 9,
                    },
                }
            }
        },
    ],
)
def test_what_lex_would_refuse_is_no_setting(settings):
    assert bot.nlu_improvement(locale(settings)) is None


@pytest.mark.parametrize(
    ("extra", "name"),
    [
        ({}, "Cancel"),
        ({"intentDisplayName": "예약 취소"}, "예약 취소"),
        ({"displayName": " 예약 취소 "}, "예약 취소"),
        ({"intentDisplayName": "  "}, "Cancel"),
        ({"intentDisplayName": 7}, "Cancel"),
        ({"intentDisplayName": None}, "Cancel"),
    ],
)
def test_the_name_that_users_see(extra, name):
    assert bot.display_name(bot.Intent(name="Cancel", extra=extra)) == name
