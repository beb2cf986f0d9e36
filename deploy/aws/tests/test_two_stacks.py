"""Two deployments in one account: each has its own, and one that goes leaves the other talking.

It takes minutes, so that it runs where ``TWO_STACKS=1`` is set; that no name is taken twice is seen
in the templates every time (``test_template.py``).
"""

import os

import pytest
from account import Account
from test_deployment import Deployed

from daehwa import bot
from daehwa.answers.testing import StubOpenAI

pytestmark = pytest.mark.skipif(
    os.environ.get("TWO_STACKS") != "1", reason="TWO_STACKS=1 runs it, for some minutes"
)


def test_one_goes_and_comes_again_and_the_other_talks_on(tmp_path):
    with StubOpenAI(key="none").in_thread() as openai, Account(tmp_path).running() as account:
        account.cdk("bootstrap", f"--output={account.folder / 'cdk.out'}")
        usual = {"baseUrl": openai.base_url, "alarmEmail": "someone@example.com"}
        shop = Deployed(account, account.deploy(stackName="Shop", **usual), {})
        usual["botFile"] = str(bot.bundled()["HelloWorldBot"])
        second = Deployed(account, account.deploy(stackName="Shop-2", **usual), {})
        replies = shop.say("안녕", "s-1"), second.say("안녕", "s-1")
        assert replies[0]["botId"] != replies[1]["botId"]
        assert replies[0]["msg"] != replies[1]["msg"]
        account.destroy(stackName="Shop-2", **usual)
        assert shop.say("안녕", "s-2")["msg"] == replies[0]["msg"]
        second = Deployed(account, account.deploy(stackName="Shop-2", **usual), {})
        assert second.say("안녕", "s-2")["msg"] == replies[1]["msg"]
