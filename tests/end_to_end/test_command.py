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


def test_the_terminal_speaks_the_bot_of_the_locale_and_says_how_to_begin(tmp_path):
    run = daehwa("chat", "--locale", "en_US", "--answer", "none", folder=tmp_path, stdin="hm hm\n")
    assert run.returncode == 0, run.stderr
    assert "PadoBooksBot · en_US" in run.stdout
    assert "Recommend me a book" in run.stdout


def test_the_terminal_tells_when_the_bot_has_nothing_to_say(tmp_path):
    run = daehwa("chat", "--answer", "none", folder=tmp_path, stdin="대한민국의 수도는?\n")
    assert "봇이 알아듣지 못한 말이고" in run.stdout


def test_what_was_not_understood_is_listed_the_most_frequent_first(tmp_path):
    hello = bot.bundled()["HelloWorldBot"]
    said = "주식이 뭐야?\n날씨 [b]어때\n안녕\n홍길동\n네\n주식이  뭐야?\n"
    chatted = daehwa("chat", hello, "--answer", "none", folder=tmp_path, stdin=said)
    assert chatted.returncode == 0, chatted.stderr
    rows = json.loads(daehwa("missed", "--json", folder=tmp_path).stdout)
    assert [(row["text"], row["times"]) for row in rows] == [
        ("주식이  뭐야?", 2),
        ("날씨 [b]어때", 1),
    ]
    assert {(row["bot"], row["botId"], row["localeId"]) for row in rows} == {
        ("HelloWorldBot", bot.bot_id(bot.load(hello)), "ko_KR")
    }
    assert "날씨 [b]어때" in daehwa("missed", "--bot", "HelloWorldBot", folder=tmp_path).stdout


def test_where_nothing_was_said_nothing_was_missed_and_no_store_is_made(tmp_path):
    run = daehwa("missed", "--bot", "NOBODY0000", folder=tmp_path)
    assert (run.returncode, run.stdout) == (0, "Nothing was missed.\n")
    assert not (tmp_path / "data").exists()


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
        (["chat", "--locale", "fr_FR"], "ko_KR, en_US"),
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


def test_evaluate_measures_and_says_what_to_change(tmp_path):
    lines = [
        {"text": text, "intent": intent}
        for intent, texts in {
            "Refund": ("환불해 주세요", "돈 돌려받고 싶어요", "환불 되나요", "결제한 돈 돌려줘"),
            "Hours": ("몇 시까지 해요", "영업시간 알려줘", "언제 문 닫아요", "오늘 열었나요"),
            "Parking": ("주차 되나요", "차 댈 곳 있어요", "주차장 어디예요", "주차비 얼마예요"),
        }.items()
        for text in texts
    ]
    train, test = tmp_path / "train.jsonl", tmp_path / "test.jsonl"
    train.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    judged = [
        {"text": "환불 가능한가요", "intent": "Refund"},
        {"text": "주차장 있나요", "intent": "Parking"},
        {"text": "양자역학이 뭐야", "intent": "oos"},
    ]
    test.write_text("\n".join(json.dumps(line) for line in judged), encoding="utf-8")
    run = daehwa(
        *("evaluate", "--train", train, "--test", test),
        *("--json", "measures.json", "--report", "report"),
        folder=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    measures = json.loads((tmp_path / "measures.json").read_text())
    assert measures["accuracy"] == 1.0
    assert {"macro_f1", "oos_auroc", "ece", "fit_seconds", "p50_ms", "rss_mb"} <= set(measures)
    assert (tmp_path / "report" / "index.html").exists()
