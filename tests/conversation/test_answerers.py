"""What answers beside the bot, from the file and the environment."""

import subprocess
import sys

import pytest
from structlog.testing import capture_logs

from daehwa import answers, limits
from daehwa.answers.testing import Fail, Say, StubOpenAI
from daehwa.conversation import AnswerName, SettingsError, load_settings
from daehwa.conversation.answerers import longest_history, open_answerers
from daehwa.conversation.answerers import open_answerer as open_within
from daehwa.documents import Document, GivenDocument, Indexer, Section

KEY = "sk-test-never-seen"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MY_KEY", KEY)


@pytest.fixture
def settings(tmp_path):
    """Settings of a file with this text, and without documents unless they are wanted."""

    def settings(text, *, documents=False):
        off = "" if documents else "\n[document]\nenabled = false\n"
        (tmp_path / "daehwa.toml").write_text(text + off, encoding="utf-8")
        return load_settings(tmp_path / "daehwa.toml")

    return settings


def open_answerer(settings, data, chosen=None):
    """What answers where nothing is limited."""
    return open_within(settings, data, limits.DailyBudget(limits.BudgetSetting()), chosen)


TWO = """
[[models]]
name = "first"
base_url = "http://127.0.0.1:9/v1"
key = "MY_KEY"

[[models]]
name = "second"
base_url = "http://127.0.0.1:9/v1"
history_tokens = 9000
"""


def test_models_are_asked_in_the_order_of_the_file(settings, tmp_path):
    assert open_answerer(settings(TWO), tmp_path).name == "first+second"
    ordered = 'answer = ["second", "embedded"]\n' + TWO
    assert open_answerer(settings(ordered), tmp_path).name == "second+embedded"
    assert longest_history(settings(TWO)) == 9000


def test_documents_come_first_unless_the_order_names_them(settings, tmp_path):
    assert open_answerer(settings(TWO, documents=True), tmp_path).name == "document+first+second"
    last = 'answer = ["first", "document"]\n' + TWO
    assert open_answerer(settings(last, documents=True), tmp_path).name == "first+document"


def test_the_commands_choice_goes_before_the_file(settings, tmp_path):
    assert open_answerer(settings(TWO), tmp_path, AnswerName("none")) is None


def test_the_variables_of_openai_are_one_such_model(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert open_answerer(settings(""), tmp_path).name == "chatgpt"
    both = 'answer = ["chatgpt", "second"]\n' + TWO
    assert open_answerer(settings(both), tmp_path).name == "chatgpt+second"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('answer = ["third"]\n' + TWO, "third"),
        (TWO + TWO, "taken"),
        (TWO.replace("first", "chatgpt"), "taken"),
        (TWO + '[aliases]\nold = "third"\n', "third"),
        (TWO + '[[answering]]\nanswer = ["third"]\n', "third"),
    ],
)
def test_a_name_that_stands_for_nothing_is_refused(settings, text, words):
    with pytest.raises(SettingsError, match=words):
        settings(text)


@pytest.mark.parametrize("old", ["text-davinci-003", "gpt-3.5-turbo"])
def test_an_old_name_is_that_of_a_configured_model_and_said(settings, tmp_path, monkeypatch, old):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_MODEL", old)
    text = 'answer = ["chatgpt"]\n' + TWO + f'[aliases]\n"{old}" = "second"\n'
    with capture_logs() as logged:
        assert open_answerer(settings(text), tmp_path).name == "second"
    (line,) = logged
    assert (line["event"], line["name"], line["by"]) == ("model_name_replaced", old, "second")
    assert open_answerer(settings(f'answer = ["{old}"]\n' + text[21:]), tmp_path).name == "second"


async def test_the_order_and_the_prompt_go_by_bot_and_locale(settings, tmp_path):
    async with StubOpenAI(default=Say("첫째")) as one, StubOpenAI(default=Say("둘째")) as two:
        text = f"""
answer = ["first"]
[[models]]
name = "first"
base_url = "{one.base_url}"
[[models]]
name = "second"
base_url = "{two.base_url}"
[[answering]]
bot = "Shop"
answer = ["second"]
system = "You help {{bot}} in {{language}}."
[[answering]]
locale = "en_US"
answer = ["none"]
"""
        async with open_answerer(settings(text), tmp_path) as answerer:
            question = answers.Question(text="?", locale="ko_KR", bot_id="OTHER00001")
            assert (await answerer.answer(question)).text == "첫째"
            profile = answers.BotProfile(name="Shop")
            question = answers.Question(text="?", locale="ko_KR", profile=profile)
            assert (await answerer.answer(question)).text == "둘째"
            assert two.requests[0].contents[0] == "You help Shop in Korean."
            with pytest.raises(answers.NobodyAnswers):
                await answerer.answer(answers.Question(text="?", locale="en_US"))


async def test_numbers_stay_in_the_house_and_checks_are_made(settings, tmp_path):
    async with StubOpenAI() as stub:
        text = f"""
redact = true
[[models]]
name = "first"
base_url = "{stub.base_url}"
[moderation]
before = "tests.answers.test_moderation:judge"
"""
        async with open_answerer(settings(text), tmp_path) as answerer:
            await answerer.answer(answers.Question(text="카드 4111 1111 1111 1111"))
            assert stub.requests[0].contents[-1] == "카드 [card]"
            with pytest.raises(answers.AnswerError):
                await answerer.answer(answers.Question(text="bad"))
        assert len(stub.requests) == 1


async def test_remote_models_are_within_the_budget_of_the_day(settings, tmp_path):
    async with StubOpenAI() as stub:
        text = f"""
[[models]]
name = "first"
base_url = "{stub.base_url}"
[moderation]
before = "tests.answers.test_moderation:judge"
"""
        budget = limits.DailyBudget(limits.BudgetSetting(calls=1))
        async with open_within(settings(text), tmp_path, budget) as answerer:
            with pytest.raises(answers.AnswerError):
                await answerer.answer(answers.Question(text="bad", bot_id="BOT"))
            await answerer.answer(answers.Question(text="?", bot_id="BOT"))
            with pytest.raises(answers.BudgetSpent):
                await answerer.answer(answers.Question(text="?", bot_id="BOT"))
        assert len(stub.requests) == 1


async def test_all_models_are_examined_at_once(settings, tmp_path):
    async with StubOpenAI() as good, StubOpenAI(default=Fail(401)) as wrong:
        text = f"""
[[models]]
name = "good"
base_url = "{good.base_url}"
[[models]]
name = "wrong"
base_url = "{wrong.base_url}"
[[models]]
name = "dead"
base_url = "http://127.0.0.1:9/v1"
"""
        states = await open_answerer(settings(text), tmp_path).examine()
    assert [state.model.partition(":")[0] for state in states] == ["good", "wrong", "dead"]
    assert [state.error and state.error.code for state in states] == [
        None,
        "key_refused",
        "unreachable",
    ]


@pytest.fixture
def judge_of(settings, tmp_path):
    """The name of what helps to understand, and whether it is one that answers, too."""

    def judge_of(text, chosen=None):
        budget = limits.DailyBudget(limits.BudgetSetting())
        made = open_answerers(settings(text), tmp_path, budget, chosen)
        return made.judge and made.judge.answerer.name, made.shared

    return judge_of


def test_the_first_language_model_helps_to_understand_and_is_shared(judge_of):
    assert judge_of(TWO) == ("first", True)
    order = 'answer = ["document", "embedded", "second"]\n'
    assert judge_of(order + TWO) == ("second", True)


def test_the_embedded_model_helps_only_where_it_is_named(judge_of):
    assert judge_of('answer = ["embedded"]') == (None, False)
    named = '[understanding.assisted]\nmodel = "embedded"'
    assert judge_of(f'answer = ["embedded"]\n{named}') == ("embedded", True)
    assert judge_of(f'answer = ["none"]\n{named}') == ("embedded", False)


def test_where_only_the_bot_speaks_nobody_helps(judge_of):
    assert judge_of(TWO, AnswerName("none")) == (None, False)


@pytest.mark.parametrize("name", ["document", "none", "nobody"])
def test_what_is_no_language_model_cannot_help(settings, name):
    with pytest.raises(SettingsError):
        settings(f'[understanding.assisted]\nmodel = "{name}"')


@pytest.mark.parametrize("wanted", ["", 'model = "second"'])
async def test_a_configured_model_composes_answers_from_documents(settings, tmp_path, wanted):
    with Indexer(tmp_path) as indexer:
        pool = Section(headings=("Pool",), text="The pool closes at nine at night.")
        document = Document(title="Guide", sections=(pool,))
        indexer.put(GivenDocument(document_id="guide", document=document))
        indexer.publish()
    async with StubOpenAI() as stub:
        stub.script(Say("At nine [1]."))
        text = TWO.replace("http://127.0.0.1:9/v1", stub.base_url)
        text += f'[[answering]]\nsystem = "Be a pirate."\n[document]\n{wanted}\n'
        async with open_answerer(settings(text, documents=True), tmp_path) as answerer:
            question = answers.Question(text="when does the pool close?", locale="en_US")
            answer = await answerer.answer(question)
    assert (answer.source, answer.text) == ("document", "At nine [1].")
    (request,) = stub.requests
    assert request.headers.get("Authorization") == (None if wanted else f"Bearer {KEY}")
    assert "Answer only from the passages" in request.contents[0]


async def test_an_answerer_with_a_budget_of_its_own_leaves_the_rest_to_the_next(settings, tmp_path):
    async with StubOpenAI() as stub:
        text = TWO.replace("http://127.0.0.1:9/v1", stub.base_url)
        text += "[limits.budget.answerers.first]\ncalls = 2\n"
        read = settings(text)
        budget = limits.DailyBudget(read.limits.budget)
        async with open_within(read, tmp_path, budget) as answerer:
            for _ in range(4):
                await answerer.answer(answers.Question(text="hi", locale="en_US"))
    keys = [request.headers.get("Authorization") for request in stub.requests]
    assert keys == [f"Bearer {KEY}"] * 2 + [None] * 2


def test_a_budget_of_nobody_is_refused(settings):
    with pytest.raises(SettingsError, match="names no answerer: 'third'"):
        settings(TWO + "[limits.budget.answerers.third]\ncalls = 2\n")


def test_what_checks_texts_is_read_only_where_something_is_to_check_them(tmp_path):
    """It brings an HTTP client along, which makes a fifth of the server's start."""
    script = (
        "import sys; from pathlib import Path; from daehwa import limits;"
        "from daehwa.conversation import Settings;"
        "from daehwa.conversation.answerers import open_answerers;"
        "budget = limits.DailyBudget(limits.BudgetSetting());"
        f"open_answerers(Settings(), Path({str(tmp_path)!r}), budget, 'none');"
        "sys.exit('daehwa.answers.moderation' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
