"""What a running server writes of what people say, and one call that forgets it."""

import json
import sqlite3
import urllib.request
from contextlib import closing

import boto3
import botocore.config
import openai
import pytest
from tests.conversation.desk import save_desk

from .conftest import serving
from .test_command import daehwa

WORD = "zanzibar"
VALUE = "gecko"
LEX = {"botId": "DESK000001", "botAliasId": "TSTALIASID", "localeId": "en_US"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("privacy")
    (folder / "daehwa.toml").write_text('[logs]\nfile = "talks.jsonl"\nkeep_days = 30\n')
    return folder


@pytest.fixture(scope="module")
def served(folder, tmp_path_factory):
    """The desk, with a conversation log and all that the program's log can show."""
    desk = save_desk(tmp_path_factory.mktemp("desk"), answered=True)
    with serving(folder, str(desk), "--answer", "none", DAEHWA_LOG_LEVEL="debug") as served:
        yield served


def request(served, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(served.url + path, data, method=method)
    asked.add_header("content-type", "application/json")
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return answer.read().decode()


def files_with(folder, text):
    """The files that hold a text; a learned model holds what the bot itself lists."""
    return sorted(
        file.name
        for file in folder.rglob("*")
        if file.is_file() and file.parent.name != "learned" and text.encode() in file.read_bytes()
    )


def lex(served):
    return boto3.client(
        "lexv2-runtime",
        endpoint_url=served.url,
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=botocore.config.Config(retries={"max_attempts": 0}),
    )


class ByChat:
    session = "privacy-chat"

    def say(self, served, text):
        request(served, "POST", "/chat", {"text": text, "sessionId": self.session})

    def forget(self, served):
        request(served, "DELETE", f"/chat/sessions/{self.session}")


class ByLex:
    session = "privacy-lex"

    def say(self, served, text):
        lex(served).recognize_text(**LEX, sessionId=self.session, text=text)

    def forget(self, served):
        lex(served).delete_session(**LEX, sessionId=self.session)


class ByOpenAI:
    def say(self, served, text):
        client = openai.OpenAI(api_key="k", base_url=f"{served.url}/v1")
        messages = [{"role": "user", "content": text}]
        self.completion = client.chat.completions.create(
            model="Desk", messages=messages, user="kim"
        )

    def forget(self, served):
        client = openai.OpenAI(api_key="k", base_url=f"{served.url}/v1")
        deleted = client.chat.completions.delete(self.completion.id)
        assert (deleted.id, deleted.deleted) == (self.completion.id, True)
        with pytest.raises(openai.NotFoundError):
            client.chat.completions.delete(self.completion.id)


class ByCommand(ByChat):
    session = "privacy-command"

    def forget(self, served):
        run = daehwa("forget", self.session, folder=self.folder)
        assert run.returncode == 0, run.stderr
        assert run.stdout == "Forgotten: 1 conversation, 1 record of the conversation log.\n"
        again = daehwa("forget", self.session, folder=self.folder)
        assert again.stdout == "Forgotten: 0 conversations, 0 records of the conversation log.\n"


@pytest.mark.parametrize("door", [ByChat(), ByLex(), ByOpenAI(), ByCommand()])
def test_one_call_at_each_door_forgets_what_was_said(served, folder, door):
    door.folder = folder
    door.say(served, f"{WORD} please")
    assert "talks.jsonl" in files_with(folder, WORD)
    door.forget(served)
    assert files_with(folder, WORD) == []


def test_a_person_s_talks_are_exported_with_times_sources_and_feedback(served, folder):
    first = json.loads(
        request(served, "POST", "/chat", {"text": "opening hours", "sessionId": "privacy-mine"})
    )
    path = f"/chat/sessions/privacy-mine/turns/{first['messageId']}/feedback"
    request(served, "POST", path, {"rating": "up", "comment": "kind"})
    run = daehwa("transcript", "privacy-mine", "--json", folder=folder)
    (talk,) = json.loads(run.stdout)
    (turn,) = talk.pop("turns")
    assert (talk["sessionId"], talk["botId"], talk["localeId"]) == (
        "privacy-mine",
        "DESK000001",
        "en_US",
    )
    assert turn["text"] == "opening hours"
    assert turn["at"].startswith("20")
    assert (turn["reply"]["source"], turn["reply"]["msg"]) == ("intent", "Nine to five.")
    assert turn["feedback"] == {"rating": "up", "comment": "kind"}
    shown = daehwa("transcript", "privacy-mine", folder=folder).stdout
    for part in ("DESK000001", "person: opening hours", "intent: Nine to five.", "up, kind"):
        assert part in shown
    nobody = daehwa("transcript", "nobody", folder=folder)
    assert (nobody.returncode, nobody.stdout) == (0, "Nothing is known about that session.\n")


def test_the_value_of_an_obfuscated_slot_is_in_nothing_that_is_written(served, folder):
    """But in the session itself, which the dialog needs, for as long as that lives."""
    chat, lex_api, openai_api = doors = (ByChat(), ByLex(), ByOpenAI())
    for door in (chat, lex_api):
        for text in ("enrol me", f"my {VALUE}", f"no, {VALUE} is wrong", f"{VALUE} {VALUE} zzz"):
            door.say(served, text)
    openai_api.say(served, f"enrol my {VALUE}")  # each request without a history begins anew
    files = files_with(folder, VALUE)
    assert [name for name in files if not name.startswith("daehwa.sqlite3")] == []
    assert VALUE not in served.log
    assert VALUE not in request(served, "GET", "/metrics")
    shown = request(served, "GET", f"/chat/sessions/{ByChat.session}")
    assert VALUE not in shown
    assert "{Pet}" in shown
    for session in (ByChat.session, ByLex.session):
        assert VALUE not in daehwa("transcript", session, "--json", folder=folder).stdout
    assert VALUE not in daehwa("transcript", "--user", "kim", folder=folder).stdout
    assert VALUE not in daehwa("missed", "--bot", "DESK000001", folder=folder).stdout
    with closing(sqlite3.connect(folder / "data" / "daehwa.sqlite3")) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f"SELECT * FROM {table}"):
                held = [cell for cell in row if VALUE in str(cell)]
                assert table == "sessions" or not held
    for door in doors:
        door.forget(served)
    assert files_with(folder, VALUE) == []
