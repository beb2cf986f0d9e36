"""The folder of the tests is on the path: they share what runs an account."""

import functools
import signal
import sys
from pathlib import Path

import pytest

from daehwa import bot

sys.path.insert(0, str(Path(__file__).parent))


def pytest_configure():
    """Let servers that tests start hear Ctrl-C, also where the run ignores it.

    A shell without job control starts a run in the background with SIGINT ignored, and children
    inherit that. A handler that does nothing goes with the next program.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda *_: None)


@pytest.fixture(scope="session", autouse=True)
def examples_are_read_once():
    """Reading the example bot is half of a synthesis; bots are values, so that all share one."""
    load, examples = bot.load, frozenset(bot.bundled().values())
    kept = functools.cache(load)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot, "load", lambda path: (kept if path in examples else load)(path))
        yield


@pytest.fixture(scope="session")
def empty_account(tmp_path_factory):
    """An emulated account in which nothing is deployed."""
    from account import Account

    with Account(tmp_path_factory.mktemp("account")).running() as account:
        yield account


@pytest.fixture(scope="session")
def template():
    """The stack as most people deploy it."""
    from synthesis import synthesised  # CDK is in one of two environments

    return synthesised(alarm_email="someone@example.com")


@pytest.fixture(scope="session")
def streaming():
    from synthesis import synthesised

    return synthesised(streaming=True)


@pytest.fixture(scope="session")
def guarded():
    """The stack with every option of safety and of watching."""
    from synthesis import synthesised

    return synthesised(
        region="us-east-1",
        alarm_email="someone@example.com",
        allowed_origins="https://shop.example,https://b.example:8443",
        client_attributes="tier",
        address_rate=7,
        daily_turns=0,
        daily_answers=9,
        web_acl=True,
        login=True,
        domain="chat.example.com",
        certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/11112222-3333-4444-5555-666677778888",
        origin_secret_version="9f2c1c1a-6a0e-4c59-8d9f-0a4c1c0e7b11",
        monthly_budget=50,
        tracing=True,
        conversation_logs=True,
        model_prices="0.15,0.60",
    )
