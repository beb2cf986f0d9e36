"""The command: what it prints, and how a person's own mistake is told."""

import json
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from tests import learned_models

from daehwa import bot

from .conftest import environment, serving
from .test_kill import chat


def daehwa(*arguments, folder, stdin="", **env):
    if arguments[0] == "chat":
        learned_models.lend(folder / "data")
    run = subprocess.run(
        [sys.executable, "-m", "daehwa", *map(str, arguments)],
        cwd=folder,
        env=environment(DAEHWA_DATA=str(folder / "data"), **env),
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    learned_models.collect(folder / "data")
    return run


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
    table = daehwa("missed", "--bot", "HelloWorldBot", folder=tmp_path, COLUMNS="160").stdout
    assert "날씨 [b]어때" in table
    assert "횟수" in table  # all of it was said in Korean: so are the headings
    report = daehwa("report", "HelloWorldBot", folder=tmp_path, COLUMNS="160").stdout
    assert "폴백률" in report
    assert "의도별" in report


def test_where_nothing_was_said_nothing_was_missed_and_no_store_is_made(tmp_path):
    run = daehwa("missed", "--bot", "HelloWorldBot", folder=tmp_path)
    assert (run.returncode, run.stdout) == (0, "Nothing was missed.\n")
    assert "name it: daehwa missed BOT" in daehwa("missed", folder=tmp_path).stdout
    assert not (tmp_path / "data").exists()


def test_a_bot_that_nobody_knows_misses_nothing_and_is_an_error(tmp_path):
    run = daehwa("missed", "--bot", "Nope", folder=tmp_path)
    assert run.returncode == 1
    assert "HelloWorldBot" in run.stderr


def test_failed_replies_are_listed_with_their_slot_and_the_nearest_intents(tmp_path):
    pado = bot.bundled()["PadoBooksBot"]
    chatted = daehwa(
        "chat",
        pado,
        "--locale",
        "en_US",
        "--answer",
        "none",
        folder=tmp_path,
        stdin="I want to order a book\nqq zz\nqq zz!\n",
    )
    assert chatted.returncode == 0, chatted.stderr
    rows = json.loads(daehwa("missed", pado, "--json", folder=tmp_path).stdout)
    slots = [row for row in rows if row["kind"] == "slot"]
    assert slots, rows
    assert all(row["slot"] and row["intent"] and row["nearest"] for row in slots)


def test_an_export_is_checked_written_and_served_again(tmp_path):
    source = bot.bundled()["HelloWorldBot"]
    assert daehwa("check", source, folder=tmp_path).returncode == 0
    assert daehwa("export", source, "hello.zip", folder=tmp_path).returncode == 0
    assert bot.load(tmp_path / "hello.zip") == bot.load(source)


def test_check_has_a_line_for_each_finding_and_rules_that_can_be_switched_off(tmp_path):
    bot.save(bot.load(bot.bundled()["HelloWorldBot"]), tmp_path / "mine")
    file = next((tmp_path / "mine").rglob("Intents/HelloWorld/Intent.json"))
    intent = json.loads(file.read_text("utf-8")) | {"fulfilmentCodeHook": None}
    file.write_text(json.dumps(intent, ensure_ascii=False, indent=2), "utf-8")
    run = daehwa("check", "mine", folder=tmp_path)
    line, last = run.stdout.splitlines()
    assert line.startswith("warning: mine/")
    assert line.endswith("[misspelt-member]")
    assert (last, run.returncode) == ("mine: 1 warning", 0)
    assert daehwa("check", "mine", "--strict", folder=tmp_path).returncode == 1
    [row] = json.loads(daehwa("check", "mine", "--json", folder=tmp_path).stdout)
    assert (row["code"], row["severity"]) == ("misspelt-member", "warning")
    assert "fulfilmentCodeHook" in file.read_text("utf-8").splitlines()[row["line"] - 1]
    (tmp_path / "daehwa.toml").write_text('[check]\noff = ["misspelt-member"]\n', "utf-8")
    run = daehwa("check", "mine", "--strict", folder=tmp_path)
    assert (run.stdout, run.returncode) == ("mine: no problems, 1 switched off\n", 0)


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


def doors(folder, *arguments, **env):
    """What the doctor says of who may come in."""
    run = daehwa("doctor", "--answer", "none", *arguments, folder=folder, **env)
    assert run.returncode == 0, run.stdout + run.stderr
    _, _, listed = run.stdout.partition("Who may come in on ")
    host, *lines = listed.splitlines()
    return host, [line.partition(" ")[2] for line in lines]


def test_doctor_lists_who_may_come_in_and_by_which_setting(tmp_path):
    host, lines = doors(tmp_path)
    assert host == "127.0.0.1:"
    assert len(lines) == 5
    assert all("everybody (--host: only this machine reaches it)" in line for line in lines)
    outside = [
        "the page and /chat: everybody (--host)",
        "the OpenAI-compatible API, /v1: nobody (DAEHWA_TOKEN, or DAEHWA_OPEN=v1)",
        "Lex's runtime API: nobody (DAEHWA_ACCESS_KEYS, or DAEHWA_OPEN=lex)",
        "Lex's model-building API: nobody (DAEHWA_ACCESS_KEYS, or DAEHWA_BUILDING=1)",
        "/metrics: nobody (DAEHWA_CREDENTIALS, or DAEHWA_OPEN=metrics)",
    ]
    _, lines = doors(tmp_path, "--host", "0.0.0.0")
    assert lines == outside
    # Others come through a proxy that is trusted, wherever the server itself listens.
    _, lines = doors(tmp_path, DAEHWA_TRUSTED_PROXIES="127.0.0.1")
    assert lines == outside


def test_doctor_says_which_sites_may_embed_the_chat_and_what_to_set(tmp_path):
    shut = daehwa("doctor", "--answer", "none", folder=tmp_path)
    assert "pages of other sites may not: DAEHWA_ALLOWED_ORIGINS=https://" in shut.stdout
    env = {"DAEHWA_ALLOWED_ORIGINS": "https://shop.example"}
    opened = daehwa("doctor", "--answer", "none", folder=tmp_path, **env)
    assert "may call the server and embed the chat: https://shop.example" in opened.stdout


def test_doctor_names_credentials_and_shows_no_secret(tmp_path):
    file = tmp_path / "credentials.toml"
    file.write_text('[tokens.page]\nsecret = "topsecret"\n[keys.AKID]\nsecret = "topsecret"\n')
    file.chmod(0o644)
    _, lines = doors(tmp_path, "--host", "0.0.0.0", DAEHWA_CREDENTIALS=str(file))
    assert lines[0] == "the page and /chat: page (DAEHWA_CREDENTIALS)"
    assert lines[2] == "Lex's runtime API: AKID, page (DAEHWA_CREDENTIALS)"
    assert lines[-1].endswith("chmod 600 it")
    assert "topsecret" not in "".join(lines)


def test_a_server_for_others_opens_the_page_alone_and_says_so(tmp_path):
    with serving(tmp_path, "--answer", "none", "--host", "0.0.0.0") as served:
        for path, status in (("/", 200), ("/chat/config", 200), ("/metrics", 403)):
            assert status_of(served.url + path) == status
        assert status_of(served.url + "/bots/", b"{}") == 403
        assert '"event":"doors_open"' in served.log
        assert '"chat":"--host"' in served.log


def status_of(url, body=None):
    try:
        with urllib.request.urlopen(url, body) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_credentials_that_cannot_be_read_are_told_with_the_file(tmp_path):
    env = {"DAEHWA_CREDENTIALS": str(tmp_path / "nowhere.toml")}
    for command in (("serve", "--port", "0"), ("doctor",)):
        run = daehwa(*command, "--answer", "none", folder=tmp_path, **env)
        assert run.returncode == 1
        assert "nowhere.toml" in (run.stderr + run.stdout).replace("\n", "")
        assert "Traceback" not in run.stderr + run.stdout


def test_doctor_names_each_model_that_lacks_its_key_and_looks_at_all_the_rest(tmp_path):
    table = '[[models]]\nname = "{0}"\nbase_url = "http://127.0.0.1:1/v1"\nmodel = "m"\n'
    keys = {"one": 'key = "KEY_ONE"\n', "two": 'key = "KEY_TWO"\n', "three": ""}
    (tmp_path / "daehwa.toml").write_text(
        "".join(table.format(name) + key for name, key in keys.items())
    )
    run = daehwa("doctor", folder=tmp_path)
    assert run.returncode == 1
    assert "KEY_ONE is not set; the model one needs it." in run.stdout
    assert "KEY_TWO is not set; the model two needs it." in run.stdout
    assert "three" in run.stdout  # which is tried, and out of reach
    assert "answer_attempt_failed" not in run.stdout + run.stderr
    assert "HelloWorldBot" in run.stdout
    assert "Who may come in" in run.stdout


def test_doctor_knows_whether_the_offline_model_can_run_and_downloads_nothing(tmp_path):
    run = daehwa("doctor", "--answer", "embedded", folder=tmp_path, DAEHWA_MODEL="small")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "the offline model (Qwen2.5-0.5B-Instruct Q4_K_M) can run here" in run.stdout
    assert "`daehwa model pull` downloads them now" in run.stdout
    assert not (tmp_path / "data" / "models").exists()


def test_doctor_fails_with_the_cure_where_the_offline_model_cannot_run(tmp_path):
    stand_in = tmp_path / "stand-in"
    stand_in.mkdir()
    (stand_in / "xllamacpp.py").write_text("raise ImportError('libgomp.so.1: cannot open')")
    run = daehwa("doctor", "--answer", "embedded", folder=tmp_path, PYTHONPATH=str(stand_in))
    assert run.returncode == 1
    assert "libgomp.so.1" in run.stdout
    assert "sudo apt-get install libgomp1" in run.stdout


def test_serve_says_in_one_line_why_the_offline_model_cannot_run(tmp_path):
    stand_in = tmp_path / "stand-in"
    stand_in.mkdir()
    (stand_in / "xllamacpp.py").write_text("raise ImportError('libgomp.so.1: cannot open')")
    with serving(tmp_path, "--answer", "embedded", PYTHONPATH=str(stand_in)) as served:
        with urllib.request.urlopen(served.url + "/readyz") as response:
            answer = json.load(response)["answer"]
        assert answer["state"] == "failed"
        assert answer["error"]["code"] == "library_missing"
        assert "libgomp1" in answer["error"]["cure"]
        line = "Install it: sudo apt-get install libgomp1"
        served.wait_for_output(line)
        reply = chat(served.url, "visitor", "대한민국의 수도는?", "m-1")
        assert "libgomp" not in json.dumps(reply["msg"])
        assert "이 컴퓨터에서는 오프라인 언어 모델을 쓸 수 없습니다" in reply["msg"]


@pytest.mark.parametrize("command", ["serve", "doctor"])
def test_a_data_folder_that_cannot_be_made_is_named_with_the_cure(tmp_path, command):
    run = daehwa(command, "--data", "/dev/null/data", "--answer", "none", folder=tmp_path)
    assert run.returncode == 1
    output = run.stderr + run.stdout
    assert "/dev/null/data" in output.replace("\n", "")
    assert "--data" in output
    assert "Traceback" not in output


def test_the_log_has_no_line_for_health_checks_and_files_of_the_page(tmp_path):
    with serving(tmp_path, "--answer", "none") as served:
        for path in ("/healthz", "/readyz", "/metrics", "/", "/app.js"):
            urllib.request.urlopen(served.url + path).close()
        chat(served.url, "visitor", "안녕", "m-1")
        served.wait_for_output('"route":"/chat"')
        assert served.log.count('"event":"request"') == 1


def test_at_the_level_debug_the_log_has_them(tmp_path):
    with serving(tmp_path, "--answer", "none", DAEHWA_LOG_LEVEL="debug") as served:
        urllib.request.urlopen(served.url + "/healthz").close()
        served.wait_for_output('"route":"/healthz"')


def test_serve_says_what_to_open_and_how_to_stop(plain):
    assert f"Talk to it at {plain.url}/ (Ctrl-C stops it)" in plain.log


def test_time_zones_are_known_on_a_machine_that_has_none(tmp_path):
    (tmp_path / "daehwa.toml").write_text('time_zone = "Asia/Seoul"\n')
    run = daehwa("doctor", "--answer", "none", folder=tmp_path, PYTHONTZPATH="")
    assert run.returncode == 0, run.stdout + run.stderr


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
        *("--json", "measures.json", "--report", "report", "--fail-under", "90"),
        folder=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    measures = json.loads((tmp_path / "measures.json").read_text())
    assert measures["accuracy"] == 1.0
    assert {"macro_f1", "oos_auroc", "ece", "fit_seconds", "p50_ms", "rss_mb"} <= set(measures)
    assert (tmp_path / "report" / "index.html").exists()


def test_evaluate_fails_under_the_share_that_is_wanted(tmp_path):
    lines = [{"text": "환불해 주세요", "intent": "A"}, {"text": "배송 조회", "intent": "B"}]
    good = tmp_path / "good.jsonl"
    good.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    bad = tmp_path / "bad.jsonl"
    bad.write_text(json.dumps(lines[0] | {"intent": "B"}), "utf-8")
    command = ("evaluate", "--train", good, "--fail-under", "90", "--test")
    run = daehwa(*command, bad, folder=tmp_path)
    assert run.returncode == 1
    assert "0.0% of the texts" in run.stderr
    assert daehwa(*command, good, "--now", "soon", folder=tmp_path).returncode == 1


def ask(served, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(served.url + path, data, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_a_backup_of_a_server_in_use_is_served_again(tmp_path):
    """The same bots, the same conversation; the server that made them never stopped."""
    tea = {
        "botName": "Tea",
        "roleArn": "arn:aws:iam::123456789012:role/lex",
        "dataPrivacy": {"childDirected": False},
        "idleSessionTTLInSeconds": 300,
    }
    with serving(tmp_path, "--answer", "none") as served:
        bot_id = ask(served, "PUT", "/bots/", tea)["botId"]
        chat(served.url, "visitor-1", "안녕", "m-1")
        run = daehwa("backup", "kept.zip", folder=tmp_path)
        assert run.returncode == 0, run.stderr
        ask(served, "GET", f"/bots/{bot_id}/")
        run = daehwa("restore", "kept.zip", folder=tmp_path)
        assert (run.returncode, "uses the data folder" in run.stderr) == (1, True)
    other = tmp_path / "other"
    other.mkdir()
    run = daehwa("restore", "../kept.zip", folder=other)
    assert run.returncode == 0, run.stderr
    with serving(other, "--answer", "none") as served:
        assert ask(served, "GET", f"/bots/{bot_id}/")["botName"] == "Tea"
        talk = ask(served, "GET", "/chat/sessions/visitor-1?botId=HELLOWORLD&localeId=ko_KR")
        assert [turn["text"] for turn in talk["turns"]] == ["안녕"]


def test_a_store_on_a_server_is_backed_up_with_that_server_s_tools(tmp_path):
    (tmp_path / "daehwa.toml").write_text('[store]\nurl = "redis://:secret@127.0.0.1/0"\n')
    run = daehwa("backup", "kept.zip", folder=tmp_path)
    assert run.returncode == 1
    assert "its own tools" in run.stderr
    assert "secret" not in run.stderr


def test_sessions_outside_the_data_folder_are_not_forgotten_by_a_backup(tmp_path):
    (tmp_path / "daehwa.toml").write_text('[store]\nurl = "sqlite:elsewhere.sqlite3"\n')
    (tmp_path / "data").mkdir()
    run = daehwa("backup", "kept.zip", folder=tmp_path)
    assert (run.returncode, ".backup" in run.stderr) == (1, True)
