"""The command: what it prints, and how a person's own mistake is told."""

import json
import subprocess
import sys

import pytest

from daehwa import bot

from .conftest import environment, serving
from .test_kill import chat


def daehwa(*arguments, folder, stdin="", **env):
    return subprocess.run(
        [sys.executable, "-m", "daehwa", *map(str, arguments)],
        cwd=folder,
        env=environment(DAEHWA_DATA=str(folder / "data"), **env),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_bots_lists_what_would_be_served(tmp_path):
    run = daehwa("bots", "--json", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    rows = {row["name"]: row for row in json.loads(run.stdout)}
    hello = rows["HelloWorldBot"]
    assert hello["locales"] == ["ko_KR"]
    assert "TSTALIASID" in json.dumps(hello["aliases"])
    assert len(hello["id"]) == 10
    assert len(rows) == 2


def test_a_conversation_in_the_terminal(tmp_path):
    run = daehwa(
        "chat",
        bot.bundled()["HelloWorldBot"],
        "--answer",
        "none",
        folder=tmp_path,
        stdin="안녕\n홍길동\n네\n",
    )
    assert run.returncode == 0, run.stderr
    for line in ("제 이름은 Lex입니다.", "당신의 이름은 홍길동입니까?", "반갑습니다. 홍길동님."):
        assert line in run.stdout


def test_an_export_is_checked_written_and_served_again(tmp_path):
    source = bot.bundled()["HelloWorldBot"]
    assert daehwa("check", source, folder=tmp_path).returncode == 0
    assert daehwa("export", source, "hello.zip", folder=tmp_path).returncode == 0
    assert bot.load(tmp_path / "hello.zip") == bot.load(source)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve", "nowhere.zip"], "nowhere.zip"),
        (["bots", "broken"], "broken"),
        (["serve", "--config", "nowhere.toml"], "check --config"),
        (["serve", "--answer", "chatgpt"], "OPENAI_API_KEY"),
        (["model", "pull", "huge"], "default, small"),
    ],
)
def test_a_person_s_mistake_gets_a_line_and_no_traceback(tmp_path, arguments, told):
    (tmp_path / "broken").mkdir()
    run = daehwa(*arguments, folder=tmp_path)
    assert run.returncode != 0
    assert told in run.stderr
    assert "Traceback" not in run.stderr + run.stdout


def test_a_taken_port_is_told_with_the_cure(plain, tmp_path):
    run = daehwa("serve", "--answer", "none", "--port", plain.port, folder=tmp_path)
    assert run.returncode == 1
    assert f"port {plain.port} is in use: PORT=9000 make run" in run.stderr
    assert "Traceback" not in run.stderr


def test_doctor_says_what_works(tmp_path):
    run = daehwa("doctor", "--answer", "none", folder=tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "HelloWorldBot" in run.stdout


def test_several_workers_serve_one_conversation(tmp_path):
    with serving(tmp_path, "--answer", "none", "--workers", "2") as served:
        for n in range(6):
            session = f"visitor-{n}"
            told = [
                chat(served.url, session, text, f"m-{place}")["msg"]
                for place, text in enumerate(("안녕", "홍길동", "네"))
            ]
            assert told[1:] == [
                "당신의 이름은 홍길동입니까?",
                "반갑습니다. 홍길동님.\nHelloWorld 의도를 종료합니다.",
            ]
