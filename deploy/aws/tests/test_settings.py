"""What a deployment is set up with, and how it reports a wrong setting."""

import pytest
from daehwa_deploy import Settings, SettingsError, read_settings


def read(context=None, **environ):
    return read_settings((context or {}).get, environ)


def test_everything_has_a_default():
    assert read() == Settings()


def test_the_context_goes_before_the_environment():
    given = read({"model": "gpt-a"}, DAEHWA_MODEL="gpt-b", DAEHWA_BOT_FILE="bot.zip")
    assert (given.model, given.bot_file) == ("gpt-a", "bot.zip")


def test_numbers_and_switches_come_as_text():
    given = read({"throttleRate": "7", "retain": "true"}, DAEHWA_RECOVERY="0")
    assert (given.throttle_rate, given.retain, given.recovery) == (7, True, False)


def test_voices():
    given = read({"voice": "ko_KR=Seoyeon, en_US=Ruth"})
    assert given.voices == {"ko_KR": "Seoyeon", "en_US": "Ruth"}


@pytest.mark.parametrize(
    ("context", "message"),
    [
        ({"model": ""}, "model"),
        ({"stackName": "1st"}, "stackName"),
        ({"domain": "chat.example.com"}, "certificateArn"),
        (
            {"domain": "a.example.com", "certificateArn": "arn:aws:acm:eu-west-1:1:certificate/x"},
            "us-east-1",
        ),
        ({"knowledgeBase": "KB12345678"}, "knowledgeModel"),
        ({"alarmEmail": "nobody"}, "alarmEmail"),
        ({"throttleRate": "many"}, "throttleRate"),
        ({"throttleRate": 0}, "throttle_rate"),
        ({"retain": "perhaps"}, "retain"),
    ],
)
def test_what_is_wrong_is_named(context, message):
    with pytest.raises(SettingsError, match=message):
        read(context)


def test_a_voice_without_a_locale():
    with pytest.raises(SettingsError, match="ko_KR=Seoyeon"):
        _ = read({"voice": "Seoyeon"}).voices
