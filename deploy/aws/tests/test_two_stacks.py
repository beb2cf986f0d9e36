"""Two deployments in one account: what is done to one leaves the other talking.

It takes minutes, so that it runs where ``TWO_STACKS=1`` is set; that no name is taken twice is seen
in the templates every time (``test_template.py``).
"""

import json
import os
import re

import pytest
from account import PATIENCE, Account
from test_deployment import Deployed

from daehwa import bot
from daehwa.answers.testing import Say, StubOpenAI

pytestmark = [
    pytest.mark.skipif(
        os.environ.get("TWO_STACKS") != "1", reason="TWO_STACKS=1 runs it, for some minutes"
    ),
    pytest.mark.timeout(12 * PATIENCE),
]


BEFORE = """
[chatgpt]
system = "The first guide."
[page.ko_KR]
greeting = "어서 오세요."
"""
AFTER = """
answer = ["other"]
[[models]]
name = "other"
model = "other-model"
base_url = "{url}"
key = "OPENAI_API_KEY"
system = "The second guide."
[page.ko_KR]
greeting = "반가워요."
"""
QUESTIONS = iter(
    (
        "양자역학을 한 문장으로 설명해 줘",
        "상대성 이론은 누가 만들었어?",
        "블랙홀은 왜 검은가?",
    )
)


class Shop(Deployed):
    """A stack whose bot, prompts, model and page change; another stands beside it."""

    def __init__(self, account, settings, openai):
        super().__init__(account, account.deploy(**settings), settings)
        self._openai = openai

    def shows(self):
        """Its hours, its greeting, and what its model is asked with."""
        self._openai.script(Say("답"))
        question = next(QUESTIONS)
        assert self.say(question, f"asked-{len(question)}")["source"] == "chatgpt"
        asked = self._openai.requests[-1].body
        locales = self.ask("/chat/config")[2]["bots"][0]["locales"]
        return (
            self.say("몇 시에 열어요?", f"hours-{len(question)}")["msg"],
            next(one["greeting"] for one in locales if one["id"] == "ko_KR"),
            asked["model"],
            asked["messages"][0]["content"],
        )


def change_hours(folder, hours):
    (file,) = folder.rglob("ko_KR/Intents/OpeningHours/Intent.json")
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r'"value": "[^"]*"', f'"value": "{hours}"', text), encoding="utf-8")


def who_answers(shop, session):
    """A greeting has several wordings: the bot and the intent that it is of."""
    reply = shop.say("안녕", session)
    return reply["botId"], reply["intent"]["name"]


def test_one_changes_fails_goes_and_comes_again_and_the_other_talks_on(tmp_path):
    folder, config = tmp_path / "bot", tmp_path / "daehwa.toml"
    bot.save(bot.load(bot.bundled()["PadoBooksBot"]), folder)
    change_hours(folder, "아침부터요.")
    config.write_text(BEFORE, encoding="utf-8")
    with StubOpenAI(key="k").in_thread() as openai, Account(tmp_path).running() as account:
        openai.scripted = True
        account.cdk("bootstrap", f"--output={account.folder / 'cdk.out'}")
        usual = {"baseUrl": openai.base_url, "model": "one-model"}
        own = usual | {"stackName": "Shop", "botFile": str(folder), "config": str(config)}
        other = usual | {"stackName": "Shop-2", "botFile": str(bot.bundled()["HelloWorldBot"])}
        shop = Shop(account, own, openai)
        beside = Deployed(account, account.deploy(**other), other)
        hello, here = who_answers(beside, "s-1"), who_answers(shop, "s-1")
        assert hello[0] != here[0]
        shop.client("secretsmanager").put_secret_value(
            SecretId=shop.outputs["SecretArn"], SecretString=json.dumps({"OPENAI_API_KEY": "k"})
        )
        assert shop.shows() == ("아침부터요.", "어서 오세요.", "one-model", "The first guide.")
        change_hours(folder, "밤까지요.")
        config.write_text(AFTER.format(url=openai.base_url), encoding="utf-8")
        shop = Shop(account, own, openai)
        after = ("밤까지요.", "반가워요.", "other-model", "The second guide.")
        assert shop.shows() == after
        assert who_answers(beside, "s-2") == hello
        change_hours(folder, "종일요.")
        config.write_text(BEFORE, encoding="utf-8")
        (account.folder / "lex/fail-build").touch()
        with pytest.raises(RuntimeError, match="did not stabilize"):
            account.deploy(**own)
        assert shop.shows() == after, "what was changed already is put back"
        account.destroy(**other)
        assert who_answers(shop, "s-3") == here
        beside = Deployed(account, account.deploy(**other), other)
        account.destroy(**own)
        assert who_answers(beside, "s-4") == hello
        account.destroy(**other)
        assert account.client("lambda").list_functions()["Functions"] == []
        assert account.client("dynamodb").list_tables()["TableNames"] == []
        assert account.bots() == []
