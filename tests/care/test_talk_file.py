"""A talk that is saved as a test passes as it stands."""

import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from daehwa import bot, chat
from daehwa.answers.testing import Say, StubOpenAI
from daehwa.care.testing import differences
from daehwa.care.testing.expecting import text_expected
from daehwa.cli.app import app


def turn(number, text, messages, **reply):
    return {
        "messageId": f"m-{number}",
        "text": text,
        "at": f"2026-05-01T00:0{number}:00+00:00",
        "reply": {"messages": messages, "source": "intent", **reply},
    }


def said(*texts):
    return [{"contentType": "PlainText", "content": text} for text in texts]


async def talk(desk, monkeypatch, lines, *words):
    """Talk in the terminal; what the command saved."""
    file = desk.folder / "saved" / "talk.yaml"
    command = ["chat", str(desk.bot_path), "--record", str(file), "--data", str(desk.data), *words]
    text = "".join(f"{line}\n" for line in lines)
    done = await asyncio.to_thread(CliRunner().invoke, app, command, input=text)
    assert done.exit_code == 0, done.output
    return file


async def test_a_talk_in_the_terminal_passes_at_once(desk, monkeypatch):
    """With variations that were drawn, a date that was relative, and what a model answered."""
    lines = ["when do you open", "a bath for a big dog", "tomorrow", "may I bring my cat", "..."]
    async with StubOpenAI(default=Say("Cats: yes, please.")) as stub:
        monkeypatch.setenv("OPENAI_BASE_URL", stub.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "a-key")
        file = await talk(desk, monkeypatch, lines, "--locale", "en_US")
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.delenv("OPENAI_API_KEY")
    written = file.read_text("utf-8")
    assert '  - "Cats: yes, please."' in written
    assert "slots: {Size: large}" in written
    done = await asyncio.to_thread(desk.run, file)
    assert (done.status, done.out.partition(" in")[0]) == (0, "1 passed"), done.out


async def test_a_file_that_is_there_is_not_written_over(desk, monkeypatch):
    file = desk.write("saved/talk.yaml", "precious")
    words = ["chat", str(desk.bot_path), "--record", str(file), "--data", str(desk.data)]
    done = await asyncio.to_thread(CliRunner().invoke, app, words, input="hi\n")
    assert done.exit_code == 2
    assert file.read_text() == "precious"


def test_of_a_talk_that_branches_the_way_to_the_last_turn_is_saved():
    turns = [
        turn(1, "first", said("one")),
        turn(2, "second", said("two")),
        turn(3, "second again", said("three"), follows="m-1"),
        turn(4, "afresh", said("four"), follows=""),
        turn(5, "last", said("five"), follows="m-3"),
    ]
    written = bot.read_yaml(chat.written_talk(turns, locale_id="en_US"), "t").value
    assert [each["user"] for each in written["turns"]] == ["first", "second again", "last"]
    assert [each.get("after") for each in written["turns"]] == [None, "120s", "120s"]


def test_hidden_values_keep_a_test_from_being_run():
    slots = {"Card": {"value": {"interpretedValue": "{Card}"}}}
    turns = [turn(1, "it is {Card}", said("Thanks."), slots=slots)]
    assert "skip: " in chat.written_talk(turns, locale_id="en_US")


def test_nothing_that_was_said_is_no_test():
    assert chat.written_talk([], locale_id="ko_KR") == ""


TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: text.strip())


@settings(deadline=None, max_examples=150)
@given(text=TEXTS, message=TEXTS, value=TEXTS)
def test_whatever_is_said_is_read_as_it_was_said(text, message, value):
    slots = {"S": {"value": {"interpretedValue": value}}}
    turns = [turn(1, text, said(message), slots=slots, intent={"name": "I", "state": "Failed"})]
    written = chat.written_talk(turns, locale_id="en_US")
    (read,) = bot.read_yaml(written, "t").value["turns"]
    assert read["user"] == text.encode("utf-8", "replace").decode()
    for expected, actual in ((read["bot"], message), (read["slots"]["S"], value)):
        sent = actual.encode("utf-8", "replace").decode()
        assert list(differences(text_expected(expected), sent)) == []


@pytest.mark.parametrize(
    "text", ["null", "~", "...", "/a.c/", "no", "1", "- x", "a: b", "a #b", ""]
)
def test_text_stays_text(text):
    written = chat.written_talk([turn(1, text, said(text))], locale_id="en_US")
    (read,) = bot.read_yaml(written, "t").value["turns"]
    assert read["user"] == text
    assert json.dumps(read["bot"])
