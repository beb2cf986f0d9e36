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
    assert understanding.of("Hotel", "HOTELBOT01", tmp_path) == "best"
    assert understanding.of("Cafe", "CAFEBOT001", tmp_path) == "fast"
    assert load_settings().understanding.of("Hotel", "HOTELBOT01", tmp_path) == "balanced"


@pytest.mark.parametrize(
    ("written", "hotel", "cafe"),
    [
        ("", False, False),
        ("sentiment = true", True, True),
        ('sentiment = ["Hotel"]', True, False),
        ('sentiment = ["CAFEBOT001"]', False, True),
    ],
)
def test_sentiment_is_detected_of_all_bots_or_of_those_named(tmp_path, written, hotel, cafe):
    path = tmp_path / "daehwa.toml"
    path.write_text(f"[understanding]\n{written}\n")
    understanding = load_settings(path).understanding
    assert understanding.detects_sentiment("Hotel", "HOTELBOT01") == hotel
    assert understanding.detects_sentiment("Cafe", "CAFEBOT001") == cafe


ENCODERS = """
[understanding]
quality = "mine"
[understanding.bots]
Hotel = "hub"
Cafe = "embedding"
[[understanding.encoders]]
name = "mine"
file = "/srv/mine.gguf"
sha256 = "{digest}"
pooling = "cls"
prefix = "query: "
[[understanding.encoders]]
name = "hub"
repository = "someone/encoder"
revision = "abc"
file = "onnx/model.onnx"
sha256 = "{digest}"
tokenizer = "tokenizer.json"
tokenizer_sha256 = "{digest}"
"""


def test_an_authors_encoder_is_a_quality_by_its_name(tmp_path):
    path = tmp_path / "daehwa.toml"
    path.write_text(ENCODERS.format(digest="a" * 64))
    understanding = load_settings(path).understanding
    mine = understanding.of("Any", "ANYBOT0001", tmp_path)
    assert (mine.file, mine.pooling, mine.prefix) == ("/srv/mine.gguf", "cls", "query: ")
    hub = understanding.of("Hotel", "HOTELBOT01", tmp_path)
    assert hub.file == str(tmp_path / "models" / "hub-model.onnx")
    assert hub.tokenizer == str(tmp_path / "models" / "hub-tokenizer.json")
    pulled = understanding.encoders[1].models()
    assert [(each.file, each.in_repository) for each in pulled] == [
        ("hub-model.onnx", "onnx/model.onnx"),
        ("hub-tokenizer.json", "tokenizer.json"),
    ]
    assert understanding.of("Cafe", "CAFEBOT001", tmp_path).pooling == "last"
    assert understanding.encoders[0].models() == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("answr = []", "line 1: there is no setting answr: write answer"),
        ("[hooks]\npython = 'a:b'", "[hooks] may be there more than once: write [[hooks]]"),
        ('answer = ["chatgtp"]', "chatgtp"),
        ("[[hooks]]\nbot = 'X'", "exactly one of python, url and lambda"),
        ("[[hooks]]\npython='a:b'\ntimeout = 60", "line 3: [hooks 1] timeout has to be at most 30"),
        ("[store]\nkeep_days = -1", "line 2: [store] keep_days has to be at least 1"),
        (
            "[page]\nimage_hosts = ['https://img.example.org']",
            "line 2: [page] image_hosts is not valid",
        ),
        ("[limits.turns]\nsession = '9 a minute'", "[limits.turns]: '9 a minute' is not a rate"),
        ("[weather]\ncity = 1", "no setting weather: docs/configuration.md lists what there is"),
        ("\n[hook]\nbot = 'X'", "line 2: there is no setting hook: write hooks"),
        ("[[hooks]]\npyton = 'a:b'", "line 2: [hooks 1] has no setting pyton: write python"),
        ("[[models]]\nmodel = 'x'", "[models 1] has no name: write it"),
        (
            "[[models]]\nname = 'm'\napi = 'responses'",
            "line 3: [models 1] api is 'responses': write auto or chat or completions or",
        ),
        ("[[models]]\nname = 'm'\nurl = 'x'", "no setting url: write base_url"),
        (
            "[[models]]\nname = 'm'\ntop_p = 1",
            "no setting top_p: write sampling = { top_p = ... }",
        ),
        (
            "[[models]]\nname = 'm'\nkey = 'A'\nkey_file = 'b'",
            "the model m has key and key_file: one of them is enough",
        ),
        (
            "[[models]]\nname = 'm'\n[aliases]\nm = 'm'",
            "the alias 'm' is the name of a model: leave one out",
        ),
        ('[chatgpt]\nmodle = "m"', "line 2: [chatgpt] has no setting modle: write model"),
        ("[embedded]\nmodel = 1", "line 2: [embedded] model has to be a text in quotes, but is a"),
        ("[limits]\nrate = {a = 1}\n", "[limits]"),
        ("answer = [", "is not TOML"),
        ("[understanding]\nquality = 'good'", "good"),
        ("[understanding.bots]\nHotel = 'good'", "good"),
        (
            "[[understanding.encoders]]\nname='best'\nfile='a.gguf'\nsha256='" + "a" * 64 + "'",
            "best",
        ),
        ("[[understanding.encoders]]\nname='m'\nfile='a.gguf'\nsha256='abc'", "sha256"),
    ],
)
def test_a_slip_is_shown_with_the_file_and_the_place(tmp_path, text, shown):
    path = tmp_path / "daehwa.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert "daehwa.toml" in str(caught.value)
    assert shown in str(caught.value)


def test_a_named_file_that_is_not_there_is_reported(tmp_path):
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
