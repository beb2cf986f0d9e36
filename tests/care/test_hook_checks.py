"""Checking the code hooks of a configuration: what `daehwa check` reports before any is called."""

import pytest

from daehwa import bot, care
from daehwa.conversation import HookSetting, Settings


@pytest.fixture(scope="module")
def salon(tmp_path_factory):
    """A bot that calls no hook, with a hook's file beside it."""
    folder = tmp_path_factory.mktemp("salon")
    (folder / "bot.yaml").write_text("name: Salon\n")
    (folder / "en_US.yaml").write_text(
        "intents:\n"
        "  Hours: {samples: [your hours, are you open, opening times], answer: At ten.}\n"
        "  FallbackIntent: {hooks: fulfillment}\n"
    )
    (folder / "hooks.py").write_text(
        "from json import dumps as written\n"
        "if written:\n    async def handler(event): ...\n"
        "later = handler\nclass Inner:\n    def method(self): ...\n"
    )
    (folder / "broken.py").write_text("def handler(event)\n")
    (folder / "all.py").write_text("from hooks import *\n")
    return folder


@pytest.fixture
def faults(salon, monkeypatch):
    monkeypatch.chdir(salon)

    def check(**hook):
        checked = care.check(
            salon, settings=Settings(hooks=(HookSetting(**hook),)), config=salon / "daehwa.toml"
        )
        return [(problem.code, problem.field, problem.message) for problem in checked.problems]

    return check


@pytest.mark.parametrize(
    "python",
    [
        "hooks.py:handler",
        "hooks:handler",  # a module of the working directory
        "hooks.py:later",
        "hooks.py:written",  # imported into it
        "all.py:handler",  # perhaps: what a star brings is known when it is imported
        "somewhere.else:handler",  # a package, perhaps of the machine that serves
    ],
)
def test_a_function_that_is_there_is_no_fault(faults, python):
    assert faults(python=python) == []


@pytest.mark.parametrize(
    ("hook", "member", "message"),
    [
        ({"python": "hoks.py:handler"}, "python", "there is no file hoks.py."),
        ({"python": "hooks.py:handlr"}, "python", 'hooks.py has no function "handlr".'),
        ({"python": "hooks.py:method"}, "python", 'hooks.py has no function "method".'),
        ({"python": "broken.py:handler"}, "python", "broken.py is not valid Python: line 1."),
        ({"url": "localhost:9000/hook"}, "url", "is not an http or https address"),
        ({"lambda_arn": "arn:aws:lambda:my-hook"}, "lambda", "is not the ARN of a Lambda function"),
        ({"python": "hooks.py"}, "python", "names no function"),
        ({"python": "code/hooks:handler"}, "python", "is neither a module nor a Python file."),
        ({"python": "index.js:handler"}, "python", "is neither a module nor a Python file."),
    ],
)
def test_what_cannot_be_called_is_an_error(faults, hook, member, message):
    [(code, field, words)] = faults(**hook)
    assert (code, field) == ("hook-not-there", f"hooks[1].{member}")
    assert message in words


@pytest.mark.parametrize(
    ("whose", "member"),
    [
        ({"bot": "Saloon"}, "bot"),
        ({"bot": "Salon", "locale": "en-US"}, "locale"),
        ({"locale": "english"}, "locale"),
        ({"alias": "live"}, "alias"),
    ],
)
def test_what_nothing_calls_is_a_warning(faults, whose, member):
    [(code, field, _)] = faults(url="http://127.0.0.1:1", **whose)
    assert (code, field) == ("hook-of-nobody", f"hooks[1].{member}")
    assert bot.RULES[code].severity == "warning"


@pytest.mark.parametrize("whose", [{"bot": "Bakery"}, {"locale": "ko_KR"}, {"alias": "TSTALIASID"}])
def test_a_hook_of_other_bots_is_their_own_business(faults, whose):
    assert faults(url="http://127.0.0.1:1", **whose) == []


def test_a_finding_names_the_file_that_has_the_hook(salon, monkeypatch):
    monkeypatch.chdir(salon)
    settings = Settings(hooks=(HookSetting(python="hoks.py:handler"),))
    [problem] = care.check(salon, settings=settings, config=salon / "daehwa.toml").problems
    assert problem.file == str(salon / "daehwa.toml")
