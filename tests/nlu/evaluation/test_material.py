"""Labelled utterances read, and made into a bot."""

import pytest

from daehwa.nlu import MaterialError
from daehwa.nlu.evaluation import Example, locale_of, read_examples


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_json_lines_with_spans_or_phrases(tmp_path):
    path = written(
        tmp_path,
        "train.jsonl",
        '{"text": "fly to Rome", "intent": "Fly", "slots": [[7, 11, "City"]]}\n'
        "\n"
        '{"text": "비행기 표", "intent": "Fly", "slots": {"City": "표"}}\n'
        '{"text": "why", "intent": "oos"}\n'
        '{"text": "what", "intent": "FallbackIntent"}\n',
    )
    assert read_examples(path) == (
        Example("fly to Rome", "Fly", {"City": "Rome"}),
        Example("비행기 표", "Fly", {"City": "표"}),
        Example("why", "oos"),
        Example("what", "oos"),
    )


def test_a_lex_test_set_gives_its_users_lines(tmp_path):
    path = written(
        tmp_path,
        "set.csv",
        "\ufeffLine #,Conversation #,Source,Input,Expected Output Intent,"
        "Expected Output Slot 1,Expected Output Slot 2\n"
        '1,,User,"book a cleaning, tomorrow",MakeAppointment,Type = cleaning,Date = tomorrow\n'
        "2,1,User,hello,MakeAppointment,,\n"
        "3,1,Agent,What day?,MakeAppointment,,\n",
    )
    assert read_examples(path) == (
        Example(
            "book a cleaning, tomorrow", "MakeAppointment", {"Type": "cleaning", "Date": "tomorrow"}
        ),
        Example("hello", "MakeAppointment", conversation="1"),
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.jsonl", '{"text": "x", "intent": "A"}\n{"text": 1}', "line 2"),
        ("a.jsonl", "not json", "line 1"),
        ("a.jsonl", "\n", "no utterances"),
        ("a.csv", "text,intent\nx,A\n", "lacks the column Source"),
    ],
)
def test_a_file_that_is_not_such_a_file_says_where(tmp_path, name, text, told):
    with pytest.raises(MaterialError, match=told):
        read_examples(written(tmp_path, name, text))


def test_a_file_in_another_encoding_is_told(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "안녕", "intent": "A"}'.encode("cp949"))
    with pytest.raises(MaterialError, match="UTF-8"):
        read_examples(path)


def test_examples_become_a_bot():
    locale = locale_of(
        [
            Example("fly from Rome to Bern", "Fly", {"To": "Bern", "From": "Rome"}),
            Example("fly {now}", "Fly"),
            Example("why", "oos"),
        ]
    )
    assert locale.identifier == "en_US"
    assert list(locale.intents) == ["Fly"]
    assert [u.utterance for u in locale.intents["Fly"].sample_utterances] == [
        "fly from {From} to {To}",
        "fly (now)",
    ]
    assert set(locale.intents["Fly"].slots) == {"From", "To"}
    assert locale.slot_types["To"].slot_type_values[0].sample_value.value == "Bern"


def test_the_language_is_the_texts():
    assert locale_of([Example("호텔 예약 OK", "A")]).identifier == "ko_KR"
    assert locale_of([Example("호텔", "A")], "ja_JP").identifier == "ja_JP"
