"""``daehwa.toml``: defaults, what it may hold, and how a slip is told."""

import pytest

from daehwa.answers import ANSWERERS
from daehwa.conversation import SettingsError, answer_order, load_settings


def test_without_a_file_everything_has_a_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.answer is None
    assert settings.answer_seconds == 25


def test_a_whole_file(tmp_path):
    path = tmp_path / "daehwa.toml"
    path.write_text(
        """
        answer = ["chatgpt", "embedded"]
        [chatgpt]
        model = "m"
        [[hooks]]
        bot = "ReminderBot"
        python = "reminders:handler"
        [page]
        title = "책방"
        [page.ko_KR]
        greeting = "어서 오세요."
        """,
        encoding="utf-8",
    )
    settings = load_settings(path)
    assert settings.answer == ("chatgpt", "embedded")
    assert settings.of(ANSWERERS["chatgpt"]).model == "m"
    assert settings.of(ANSWERERS["embedded"]).model is None
    assert settings.hooks[0].python == "reminders:handler"
    assert settings.page.title == "책방"
    assert settings.page.locales["ko_KR"].greeting == "어서 오세요."


def test_a_bots_own_quality_goes_before_all_bots(tmp_path):
    path = tmp_path / "daehwa.toml"
    path.write_text('[understanding]\nquality = "fast"\n[understanding.bots]\nHotel = "best"\n')
    understanding = load_settings(path).understanding
    assert understanding.of("Hotel", "HOTELBOT01") == "best"
    assert understanding.of("Cafe", "CAFEBOT001") == "fast"
    assert load_settings().understanding.of("Hotel", "HOTELBOT01") == "balanced"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("answr = []", "answr"),
        ('answer = ["chatgtp"]', "chatgtp"),
        ("[[hooks]]\nbot = 'X'", "exactly one of python, url and lambda"),
        ("[[hooks]]\npython='a:b'\ntimeout = 60", "timeout"),
        ('[chatgpt]\nmodle = "m"', "modle"),
        ("[embedded]\nmodel = 1", "$.embedded.model"),
        ("answer = [", "is not TOML"),
        ("[understanding]\nquality = 'good'", "good"),
    ],
)
def test_a_slip_is_told_with_the_file_and_the_place(tmp_path, text, told):
    path = tmp_path / "daehwa.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert "daehwa.toml" in str(caught.value)
    assert told in str(caught.value)


def test_a_named_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SettingsError, match="check --config"):
        load_settings(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("environ", "order"),
    [
        ({}, ("embedded",)),
        ({"OPENAI_API_KEY": "k"}, ("chatgpt",)),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, ("chatgpt",)),
    ],
)
def test_who_answers_is_chosen_by_the_environment(tmp_path, monkeypatch, environ, order):
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert answer_order(load_settings()) == order
    assert answer_order(load_settings(), "none") == ("none",)
