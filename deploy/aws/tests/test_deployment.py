"""The whole way: bootstrap, deploy, talk, see the fallback, change the bot, destroy.

The CDK command is the unmodified one, the account an emulated one with our own server as Lex
(``emulator.py``); no cloud is asked. What the emulator cannot show stands in docs/aws.md, and
how the same is run against a real account (``account.py``).
"""

import collections
import http.client
import json
import os
import re
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
import tutorial
from account import DAEHWA, PATIENCE, Account, RealAccount, RealOpenAI, free_port, undisturbed
from playwright.sync_api import expect, sync_playwright
from publisher import Publisher

from daehwa import bot
from daehwa.answers.testing import Say, StubOpenAI

SECRET = "s" * 43
# What the settings give an address in a minute.
ADDRESS_RATE = 60
KEY = "sk-stub-key-of-the-deployment"
REAL = os.environ.get("DAEHWA_AWS") == "1"
ORDER = {"Book": "밀물의 속도", "Copies": "두 권", "PickupMethod": "택배", "PickupDate": "내일"}

# The how-to's completion parameters (its penalties, temperature and length).
CONFIG = """
[chatgpt]
system = "{bot}의 안내원입니다. 짧게 답하세요."
temperature = 0
max_tokens = 2000
sampling = { top_p = 1, frequency_penalty = 0.5, presence_penalty = 0.1 }

[page.ko_KR]
greeting = "파도책방입니다. 무엇을 찾으세요?"

[limits.answers]
session = "2/d"
[limits.budget.answerers.chatgpt]
tokens = 1_000_000
"""


class Deployed:
    """What was deployed, spoken to through CloudFront's address."""

    def __init__(self, account, outputs, settings):
        self.account = account
        self.outputs = outputs
        self.settings = settings
        self.host = outputs["ChatUrl"].removeprefix("https://")

    def ask(self, path, body=None, *, method=None, accept="application/json"):
        """Send a request; give status, headers and what came, read as JSON if it is."""
        url, headers = self.account.request(self.host, path)
        request = urllib.request.Request(
            url,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={
                "Content-Type": "application/json",
                "Accept": accept,
                "X-Session-Secret": SECRET,
                **headers,
            },
        )
        try:
            answer = urllib.request.urlopen(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            raw = answer.read().decode()
            kind = answer.headers.get("content-type", "")
            content = json.loads(raw) if kind.startswith("application/json") and raw else raw
            return answer.status, answer.headers, content

    def say(self, text, session, **more):
        status, _, reply = self.ask(
            "/chat", {"text": text, "sessionId": session, "localeId": "ko_KR", **more}
        )
        assert status == 200, reply
        return reply

    def client(self, service):
        return self.account.client(service)

    def logs(self):
        """Everything that the two functions wrote."""
        pages = self.client("logs").get_paginator("filter_log_events")
        return "\n".join(
            event["message"]
            for name in ("ChatLog", "HookLog")
            for page in pages.paginate(logGroupName=self.outputs[name])
            for event in page["events"]
        )


@pytest.fixture(scope="module")
def openai():
    """ChatGPT: a stub that plays a script, or the real one, which does not."""
    if REAL:
        yield RealOpenAI()
        return
    with StubOpenAI(key=KEY).in_thread() as stub:
        stub.scripted = True
        yield stub


@pytest.fixture(scope="module")
def bot_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bot") / "bot"
    bot.save(bot.load(bot.bundled()["PadoBooksBot"]), folder)
    return folder


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """What the bot is at home: the prompt, the how-to's parameters, the page's words."""
    path = tmp_path_factory.mktemp("config") / "daehwa.toml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with the team's documents."""
    place = tmp_path_factory.mktemp("documents")
    page = "# 포장\n\n선물 포장은 3,000원이고, 리본 색을 고르실 수 있습니다.\n"
    (place / "gifts.md").write_text(page, encoding="utf-8")
    command = [DAEHWA, "index", place / "gifts.md", "--data", place / "data"]
    done = subprocess.run(
        command, env=undisturbed(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return place / "data"


@pytest.fixture(scope="module")
def account(tmp_path_factory):
    kind = RealAccount if REAL else Account
    with kind(tmp_path_factory.mktemp("account")).running() as account:
        out = account.folder / "cdk.out"
        account.cdk("bootstrap", f"--output={out}")
        yield account


@pytest.fixture(scope="module")
def deployed(account, openai, bot_folder, config, data):
    settings = {
        "documents": str(data),
        "stackName": account.stack,
        "botFile": str(bot_folder),
        "config": str(config),
        "pageTitle": "파도책방",
    }
    if not REAL:
        settings |= {
            "baseUrl": openai.base_url,
            "model": "gpt-stub",
            "alarmEmail": "someone@example.com",
        }
    yield Deployed(account, account.deploy(**settings), settings)
    if REAL:
        # Whatever failed: nothing that costs stays.
        account.destroy(**settings)


def is_said(reply, text, openai):
    """Whether ChatGPT's answer is in a reply: the stub's to the letter."""
    return reply["msg"] == text if openai.scripted else bool(reply["msg"])


def test_the_key_is_missing_and_that_is_said(deployed):
    reply = deployed.say("양자역학을 한 문장으로 설명해 줘", "keyless-1")
    assert reply["source"] == "none"
    assert reply["error"]["code"]
    assert reply["msg"]


def test_the_page_is_there_with_its_headers(deployed):
    status, headers, content = deployed.ask("/")
    assert status == 200
    assert headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "max-age" in headers["Strict-Transport-Security"]
    assert "<title>" in content
    status, headers, _ = deployed.ask("/app.js")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")


@pytest.mark.parametrize("path", ["/hello", "/index", "/app.js.map"])
def test_an_address_that_is_none_of_the_page_leads_to_it(deployed, path):
    """S3 would answer with XML, and that access is denied."""
    status, headers, content = deployed.ask(path)
    assert status == 404
    assert headers["content-type"].startswith("text/html")
    assert '<a href="/">' in content


def test_the_bucket_is_not_public(deployed):
    s3 = deployed.client("s3")
    (bucket,) = [
        one["Name"]
        for one in s3.list_buckets()["Buckets"]
        if one["Name"].startswith(f"{deployed.account.stack.lower()}-frontpage")
    ]
    block = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert all(block.values())


def test_a_whole_conversation(deployed, openai):
    """Intent, slots, confirmation, fulfilment; what it leads to is the bot's own business."""
    reply = deployed.say("책을 주문하고 싶어요", "talk-1")
    assert reply["source"] == "intent"
    seen = []
    while reply["dialogAction"]["type"] != "Close":
        slot = reply["dialogAction"].get("slotToElicit")
        seen.append(slot or reply["dialogAction"]["type"])
        reply = deployed.say(ORDER[slot] if slot else "네", "talk-1")
        assert reply["intent"]["name"] == "OrderBook"
    assert seen[0] == "Book"
    assert seen[-1] == "ConfirmIntent"
    assert reply["intent"]["state"] == "Fulfilled"
    assert reply["slots"]["Copies"]["value"]["interpretedValue"] == "2"


def test_the_same_message_twice_is_one_turn(deployed):
    sent = {"session": "once-1", "messageId": "m-1"}
    first = deployed.say("책 추천해 주세요", **sent)
    again = deployed.say("책 추천해 주세요", **sent)
    assert again == first
    _, _, page = deployed.ask("/chat/sessions/once-1?localeId=ko_KR")
    assert [turn["messageId"] for turn in page["turns"]] == ["m-1"]


def test_fallback_goes_to_chatgpt_with_the_history(deployed, openai):
    deployed.client("secretsmanager").put_secret_value(
        SecretId=deployed.outputs["SecretArn"],
        SecretString=json.dumps({"OPENAI_API_KEY": openai.key}),
    )
    openai.script(Say("첫째 답입니다."), Say("둘째 답입니다."))
    openai.requests.clear()
    first = deployed.say("양자역학을 한 문장으로 설명해 줘", "far-1")
    second = deployed.say("상대성 이론은 누가 만들었어?", "far-1")
    assert [first["source"], second["source"]] == ["chatgpt", "chatgpt"]
    assert is_said(first, "첫째 답입니다.", openai)
    assert is_said(second, "둘째 답입니다.", openai)
    assert second["model"]
    if not openai.scripted:
        return
    request = openai.requests[-1]
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert request.contents[0] == "PadoBooksBot의 안내원입니다. 짧게 답하세요."
    sent = {name: request.body[name] for name in ("temperature", "max_tokens", "top_p")}
    assert sent == {"temperature": 0, "max_tokens": 2000, "top_p": 1}
    penalties = request.body["frequency_penalty"], request.body["presence_penalty"]
    assert penalties == (0.5, 0.1)
    assert request.contents[-3:] == (
        "양자역학을 한 문장으로 설명해 줘",
        "첫째 답입니다.",
        "상대성 이론은 누가 만들었어?",
    )


@pytest.mark.skipif(REAL, reason="the emulated account's addresses stand in for the real ones")
def test_each_command_of_the_tutorials_runs_as_it_stands(deployed, tmp_path):
    """None is left out; CDK's are what deploys, changes and destroys in this file."""
    commands, korean = (tutorial.commands(page) for page in tutorial.PAGES)
    assert commands == korean
    tutorial.clone(tmp_path)
    visitor = visitor_of(deployed, tmp_path)
    by_cdk = {one for one in commands if one.startswith("npx cdk ")}
    assert {one.split()[2] for one in by_cdk} == {"bootstrap", "deploy", "destroy"}
    ran = {one: visitor.run(one) for one in commands if one not in by_cdk}

    def printed(start):
        return [output for one, output in ran.items() if one.startswith(start)]

    (answer,) = printed("curl")
    head, _, body = answer.partition("\n\n")
    assert "x-session-secret:" in head.lower()
    reply = json.loads(body)
    assert (reply["localeId"], reply["source"]) == ("ko_KR", "intent")
    chat_log, hook_log = printed("aws logs")
    assert '"route": "chat"' in chat_log
    assert '"Answers"' in hook_log
    assert "The bots are the same." in printed("../../.venv/bin/daehwa diff")[0]
    assert bot.load(tmp_path / "deploy/aws/deployed.zip").locales


def visitor_of(deployed, folder):
    """Who follows the tutorial at a terminal whose AWS is the emulated account."""
    url, headers = deployed.account.request(deployed.host, "")
    lex = f"http://127.0.0.1:{deployed.account.lex_port}"
    outputs = deployed.outputs
    terminal = {
        "PATH": f"{DAEHWA.parent}:{os.environ['PATH']}",
        "HOME": str(folder),
        # Where what is served at home answers, and keeps its conversations.
        "PORT": str(free_port()),
        "DAEHWA_DATA": str(folder / "data"),
    }
    return tutorial.Visitor(
        folder,
        deployed.account.environ | terminal,
        # The key that our server in Lex's place knows.
        daehwa={"AWS_ENDPOINT_URL_LEX_MODELS_V2": lex, "AWS_ACCESS_KEY_ID": "000000000000"},
        values={
            "CHAT_URL": url,
            "SECRET_ARN": outputs["SecretArn"],
            "CHAT_LOG": outputs["ChatLog"],
            "HOOK_LOG": outputs["HookLog"],
            "BOT_ID": outputs["BotId"],
            "TRANSCRIPT_TABLE": outputs["TranscriptTable"],
            "SESSION": "talk-1",
        }
        | tutorial.key_as_typed(KEY),
        headers=headers,
        patience=PATIENCE,
    )


def test_an_answer_is_picked_up_by_its_message_id(deployed, openai):
    """The person's connection is gone; the answer is not."""
    openai.script(Say("늦은 답입니다.", delay=3))
    words = "달까지의 거리는 얼마야?"
    sent = {"session": "late-1", "messageId": "late-m"}
    speaking = threading.Thread(target=deployed.say, args=(words,), kwargs=sent)
    speaking.start()
    path = "/chat/sessions/late-1/turns/late-m?localeId=ko_KR"
    end = time.monotonic() + PATIENCE
    status = 404
    while status == 404 and time.monotonic() < end:
        status, _, reply = deployed.ask(path)
    speaking.join()
    assert status == 200
    assert is_said(reply, "늦은 답입니다.", openai)
    _, headers, events = deployed.ask(path, accept="text/event-stream")
    assert headers["Content-Type"] == "text/event-stream"
    assert re.findall(r"^event: (\w+)$", events, re.MULTILINE) == ["start", "done"]


def test_feedback_and_forgetting(deployed):
    deployed.say("책 추천해 주세요", "gone-1", messageId="m-1")
    at = "/chat/sessions/gone-1"
    status, _, _ = deployed.ask(
        f"{at}/turns/m-1/feedback?localeId=ko_KR", {"rating": "up", "comment": "좋아요"}
    )
    assert status == 204
    _, _, page = deployed.ask(f"{at}?localeId=ko_KR")
    assert page["turns"][0]["feedback"] == {"rating": "up", "comment": "좋아요"}
    status, _, _ = deployed.ask(f"{at}?localeId=ko_KR", method="DELETE")
    assert status == 204
    status, _, page = deployed.ask(f"{at}?localeId=ko_KR")
    assert (status, page["turns"], page["open"]) == (200, [], False)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/chat", {"text": ""}, 400, "TextMissing"),
        ("/chat", {"text": "가" * 1025}, 400, "TextTooLong"),
        ("/chat", ["text"], 400, "RequestMalformed"),
        ("/chat", {"text": "hi", "sessionId": "a b"}, 400, "SessionIdInvalid"),
        ("/chat", {"text": "hi", "localeId": "fr_FR"}, 404, "LocaleNotFound"),
        ("/chat", {"text": "hi", "botId": "AAAAAAAAAA"}, 404, "BotNotFound"),
        ("/chat/sessions/nobody-1/turns/m-1", None, 404, "TurnNotFound"),
    ],
)
def test_what_is_wrong_has_its_own_status(deployed, path, body, status, code):
    given, _, content = deployed.ask(path, body)
    assert (given, content["error"]["code"]) == (status, code)
    assert content["error"]["requestId"]


def call_around_cloudfront(deployed):
    """What the API's own address, which only CloudFront is meant to call, says to a stranger."""
    url, headers = f"{deployed.outputs['ApiUrl']}/chat", {}
    if not REAL:
        address = urllib.parse.urlsplit(url)
        label = address.netloc.partition(".")[0]
        url = deployed.account.url + address.path
        headers["Host"] = f"{label}.execute-api.localhost:{deployed.account.port}"
    request = urllib.request.Request(
        url,
        data=b'{"text": "hi"}',
        headers={"Content-Type": "application/json", "x-origin-verify": "guessed", **headers},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=PATIENCE)
    with refused.value as answer:
        return answer.status, json.load(answer)["error"]["code"]


def test_the_api_takes_no_calls_around_cloudfront(deployed):
    assert call_around_cloudfront(deployed) == (403, "AddressClosed")


@pytest.mark.skipif(REAL, reason="a real account sees this machine's address, which others share")
def test_an_address_that_sends_without_end_is_held_up(deployed):
    """Counted in the table that all environments share; the others' addresses go on."""
    url, headers = deployed.account.request(deployed.host, "/chat")
    address = urllib.parse.urlsplit(url)
    line = http.client.HTTPConnection(
        address.hostname, address.port, timeout=PATIENCE, source_address=("127.0.0.2", 0)
    )
    sent = {"Content-Type": "application/json", **headers}
    statuses = []
    # A minute may end meanwhile.
    while len(statuses) <= 2 * ADDRESS_RATE and 429 not in statuses:
        line.request("POST", address.path, b'{"text": ""}', sent)
        answer = line.getresponse()
        content = json.loads(answer.read())
        statuses.append(answer.status)
    line.close()
    assert len(statuses) > ADDRESS_RATE
    assert (set(statuses[:-1]), statuses[-1]) == ({400}, 429)
    assert content["error"]["code"] == "TooManyRequests"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert deployed.say("책 추천해 주세요", "patient-1")["msg"]


def test_the_teams_documents_answer_before_chatgpt(deployed, openai):
    """Loaded from S3 by the function's role; ChatGPT composes, and the passage is its source."""
    openai.script(Say("3,000원입니다 [1]."))
    openai.requests.clear()
    reply = deployed.say("선물 포장은 얼마인가요?", "gift-1")
    assert (reply["source"], bool(reply["msg"])) == ("document", True)
    assert [one["file"] for one in reply["sources"]] == ["gifts.md"]
    if openai.scripted:
        assert "리본 색을 고르실 수" in openai.requests[0].contents[-1]


def test_a_session_has_chatgpt_asked_no_more_often_than_the_file_says(deployed, openai):
    """``[limits.answers]``: the code hook counts by the session that Lex has."""
    openai.requests.clear()
    reply = deployed.say("블랙홀은 왜 검은가?", "far-1")
    assert (reply["source"], reply["error"]["code"]) == ("none", "questions_too_many")
    assert openai.requests == []
    assert deployed.say("책 추천해 주세요", "far-1")["source"] == "intent"


def test_turns_and_answers_of_a_day_are_counted(deployed):
    """Where the functions may not count, they go on and say so in the log."""
    (table,) = [
        name
        for name in deployed.client("dynamodb").list_tables()["TableNames"]
        if name.startswith(f"{deployed.account.stack}-EdgeCounters")
    ]
    counted = collections.Counter()
    for one in deployed.client("dynamodb").scan(TableName=table)["Items"]:
        kind = one["counter"]["S"].partition("#")[0]
        for name in ("n", "calls", "tokens:chatgpt"):
            counted[kind, name] += int(one.get(name, {}).get("N", "0"))
    assert counted["address", "n"] > 0
    assert counted["turns", "n"] > counted["answers", "calls"] > 0
    assert counted["answers", "tokens:chatgpt"] > counted["answers", "calls"]
    assert "limit_unchecked" not in deployed.logs()


def test_a_plain_event_gives_the_answer_of_the_how_to(deployed):
    functions = deployed.client("lambda")
    (name,) = [
        one["FunctionName"]
        for one in functions.list_functions()["Functions"]
        if one["FunctionName"].startswith(f"{deployed.account.stack}-ChatFunction")
    ]
    payload = json.dumps({"text": "책 추천해 주세요", "localeId": "ko_KR"})
    answer = json.load(functions.invoke(FunctionName=name, Payload=payload)["Payload"])
    assert answer["statusCode"] == 200
    assert answer["msg"]


def test_a_person_talks_in_the_browser(deployed, openai):
    openai.script(Say("브라우저에 **온** 답입니다."))
    address, headers = deployed.account.page(deployed.host)
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        context = browser.new_context(locale="ko-KR", extra_http_headers=headers)
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(address)
        expect(page.get_by_text("파도책방").first).to_be_visible()
        expect(page.get_by_text("파도책방입니다. 무엇을 찾으세요?")).to_be_visible()
        field = page.locator("#input")
        field.fill("책을 주문하고 싶어요")
        field.press("Enter")
        expect(
            page.get_by_role("button", name="밀물의 속도").or_(page.get_by_text("어떤 책")).first
        ).to_be_visible()
        page.locator("#fresh").click()
        page.get_by_role("dialog").get_by_role("button", name="새 대화").click()
        expect(page.get_by_role("group", name="이렇게 시작해 보세요")).to_be_visible()
        field.fill("대한민국에서 제일 높은 산은?")
        field.press("Enter")
        answer = (
            page.locator("strong", has_text="온") if openai.scripted else page.get_by_text("산")
        )
        expect(answer.last).to_be_visible()
        page.reload()
        expect(answer.last).to_be_visible()
        browser.close()
    assert errors == []


def test_a_changed_bot_reaches_the_alias(deployed, bot_folder):
    """A new version is made, and the alias moves to it."""
    (file,) = bot_folder.rglob("ko_KR/Intents/OpeningHours/Intent.json")
    text = file.read_text(encoding="utf-8")
    changed = re.sub(r'"value": "[^"]*"', '"value": "오늘은 밤새 열어요."', text)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    before = deployed.say("몇 시에 열어요?", "hours-1")["msg"]
    deployed.account.deploy(**deployed.settings)
    after = deployed.say("몇 시에 열어요?", "hours-2")["msg"]
    assert before != after == "오늘은 밤새 열어요."


@pytest.mark.skipif(
    REAL or os.environ.get("LENIENT_LEX") == "1", reason="the strict emulator is made to fail"
)
def test_a_build_that_fails_leaves_the_bot_as_it_was(deployed, bot_folder):
    """The deployment says so, and people go on talking to the version before."""
    (file,) = bot_folder.rglob("ko_KR/Intents/OpeningHours/Intent.json")
    kept = file.read_text(encoding="utf-8")
    file.write_text(kept.replace("밤새", "종일"), encoding="utf-8")
    (deployed.account.folder / "lex/fail-build").touch()
    with pytest.raises(RuntimeError, match="did not stabilize"):
        deployed.account.deploy(**deployed.settings)
    file.write_text(kept, encoding="utf-8")
    assert deployed.say("몇 시에 열어요?", "hours-3")["msg"] == "오늘은 밤새 열어요."


def test_streaming_is_switched_on(deployed, openai):
    """The same page and bot over the other kind of API; a turn of before is still there."""
    deployed.say("책 추천해 주세요", "before-1")
    outputs = deployed.account.deploy(**deployed.settings, streaming="true")
    streaming = Deployed(deployed.account, outputs, deployed.settings)
    openai.script(Say("한 마디씩 온 답입니다."))
    status, headers, events = streaming.ask(
        "/chat",
        {"text": "양자역학을 한 문장으로 설명해 줘", "sessionId": "words-1", "localeId": "ko_KR"},
        accept="text/event-stream",
    )
    assert (status, headers["Content-Type"]) == (200, "text/event-stream"), events
    sent = re.findall(r"^event: (\w+)\ndata: (.*)$", events, re.MULTILINE)
    words = [json.loads(data)["text"] for name, data in sent if name == "delta"]
    name, reply = sent[-1][0], json.loads(sent[-1][1])
    assert (name, reply["source"]) == ("done", "chatgpt")
    assert len(words) > 1
    assert "".join(words) == reply["msg"]
    assert is_said(reply, "한 마디씩 온 답입니다.", openai)
    assert streaming.say("책을 주문하고 싶어요", "words-1")["source"] == "intent"
    assert streaming.ask("/chat/sessions/before-1?localeId=ko_KR")[0] == 200
    assert streaming.ask("/chat", {"text": ""})[0] == 400
    assert call_around_cloudfront(streaming) == (403, "AddressClosed")


def command(account, *arguments):
    """What the command prints, run with the account's settings."""
    done = subprocess.run(
        [DAEHWA, *arguments],
        env=account.environ,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_command_reads_the_deployed_table(deployed):
    account, table = deployed.account, deployed.outputs["TranscriptTable"]
    where = ("--table", table, "--region", account.region, "--json")
    missed = command(account, "missed", *where)
    assert "양자역학을 한 문장으로 설명해 줘" in [one["text"] for one in missed]
    assert "책을 주문하고 싶어요" not in [one["text"] for one in missed]
    (talk,) = command(account, "transcript", "talk-1", *where)
    assert talk["turns"][0]["text"] == "책을 주문하고 싶어요"
    assert talk["turns"][0]["reply"]["intent"]["name"] == "OrderBook"


@pytest.mark.skipif(
    REAL or os.environ.get("LENIENT_LEX") == "1", reason="the rights are those of the strict one"
)
def test_who_publishes_may_let_lex_call_the_hook(deployed, tmp_path):
    """IAM is enforced: without the right nothing points at a hook that Lex may not call."""
    publisher = Publisher(deployed)
    hello = bot.bundled()["HelloWorldBot"]
    before = publisher.permissions()
    publisher.allow("lambda:GetFunction")
    code, output = publisher.publish(hello)
    assert code == 1
    assert "lambda:AddPermission" in output
    assert publisher.permissions() == before
    publisher.allow("lambda:AddPermission")
    code, output = publisher.publish(hello)
    assert code == 0, output
    assert "published already" in output, "what was built is not built again"
    (added,) = set(publisher.permissions()) - set(before)
    bot_id = output.split("bot ")[-1].split(",")[0]
    assert f":bot-alias/{bot_id}/" in added
    code, again = publisher.publish(hello)
    assert (code, set(publisher.permissions()) - set(before)) == (0, {added}), again


def test_a_stranger_sets_no_attributes(deployed):
    body = {"text": "hi", "sessionAttributes": {"isAdmin": "true"}}
    status, _, content = deployed.ask("/chat", body)
    assert (status, content["error"]["code"]) == (403, "AttributeNotAllowed")


def test_no_key_and_no_word_is_logged(deployed, openai):
    written = deployed.logs()
    assert '"route": "chat"' in written
    assert openai.key not in written
    for word in ("양자역학", "자리 예약", "첫째 답"):
        assert word not in written


def test_destroy_leaves_nothing(deployed):
    """What is still there afterwards is what bootstrap made."""
    account = deployed.account
    account.destroy(**deployed.settings)
    assert account.bots() == []
    client, of_ours = account.client, account.of_ours
    functions = client("lambda").list_functions()["Functions"]
    assert of_ours(one["FunctionName"] for one in functions) == []
    assert of_ours(client("dynamodb").list_tables()["TableNames"]) == []
    for kind, listed, items in (
        ("apigatewayv2", "get_apis", "Items"),
        ("apigateway", "get_rest_apis", "items"),
    ):
        apis = getattr(client(kind), listed)()[items]
        assert of_ours(json.dumps(one, default=str) for one in apis) == []
    assert of_ours(one["TopicArn"] for one in client("sns").list_topics()["Topics"]) == []
    alarms = client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert of_ours(one["AlarmName"] for one in alarms) == []
    secrets = client("secretsmanager").list_secrets()["SecretList"]
    assert of_ours(one["Name"] for one in secrets) == []
    groups = client("logs").describe_log_groups(
        **({"logGroupNamePrefix": account.stack} if REAL else {})
    )["logGroups"]
    assert of_ours(one["logGroupName"] for one in groups) == []
    distributions = client("cloudfront").list_distributions()["DistributionList"]
    assert of_ours(one["Comment"] for one in distributions.get("Items", [])) == []
    buckets = [one["Name"] for one in client("s3").list_buckets()["Buckets"]]
    assert of_ours(name for name in buckets if not name.startswith("cdk-")) == []
    roles = [one["RoleName"] for one in client("iam").list_roles()["Roles"]]
    assert [name for name in roles if name.startswith(account.stack)] == []
