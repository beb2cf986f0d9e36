"""Each setting of ``daehwa.toml`` in a deployment: it arrives, is refused, or is named.

The table has a row for every member of the server's own types, so that a new one is decided upon.
A row of a whole table (``store``) stands for its members.
"""

import json
import typing
from typing import NamedTuple

import msgspec
import pytest
from aws_cdk import App
from daehwa_deploy import DaehwaStack, Settings, SettingsError
from daehwa_deploy.call_limits import limits_environment
from daehwa_deploy.configuration import read_configuration
from daehwa_deploy.package import image_hosts, page_content
from daehwa_deploy.stack import with_file

from daehwa import bot
from daehwa.conversation import load_settings

BOT = "PadoBooksBot"
MODEL = """answer = ["one"]
[[models]]
name = "one"
model = "base-model"
key = "KEY"
"""
BEDROCK = """answer = ["one"]
[[models]]
name = "one"
model = "amazon.nova-lite-v1:0"
sign = "bedrock"
"""
KNOWLEDGE = "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678"
INDEX = "arn:aws:kendra:us-east-1:123456789012:index/0f1e2d3c-aaaa-bbbb-cccc-0123456789ab"
SEARCH = f'[[searches]]\nname = "handbook"\nknowledge_base = "{KNOWLEDGE}"\n'
OWN = "arn:aws:lambda:us-east-1:123456789012:function:marked"
LAMBDA = f'[[hooks]]\nlambda = "{OWN}"\n'
OPENSEARCH = '[[searches]]\nname = "o"\nopensearch = "https://o.example"\nindex = "marked"\n'


class Arrives(NamedTuple):
    """The functions or the page get it: ``mark`` is there, and without ``text`` is not.

    Without a ``mark`` what is deployed is another with it. ``base`` is the file around it.
    """

    text: str
    mark: str | None = None
    base: str = ""


class Refused(NamedTuple):
    """Synthesis ends with a message that has these words."""

    text: str
    words: str


class Named(NamedTuple):
    """A warning names it, and nothing of it is deployed."""

    text: str
    words: str


class Idle(NamedTuple):
    """It says nothing of a conversation: a command's own, or beside what the row names."""

    text: str
    beside: str


def _looks(place, at):
    """The rows of a bot's words, colours and shapes in ``[page]``, or in a table below it."""
    words = {
        "name": "marked",
        "logo": "https://marked.example/logo.png",
        "greeting": "marked",
        "placeholder": "marked",
        "privacy": "marked",
        "privacy_link": "https://marked.example/privacy",
    }
    rows = {f"{at}.{name}": Arrives(f'{place}\n{name} = "{v}"', v) for name, v in words.items()}
    rows[f"{at}.starters"] = Arrives(f'{place}\nstarters = ["marked"]', "marked")
    if at.endswith("locales"):
        return rows
    bare = place.strip("[]")
    for theme, paper, ink in (("light", "#fefdfa", "#010203"), ("dark", "#010203", "#fefdfa")):
        for name, value in (("paper", paper), ("surface", paper), ("ink", ink)):
            text = f'[{bare}.{theme}]\n{name} = "{value}"'
            rows[f"{at}.{theme}.{name}"] = Arrives(text, value)
        text = f'[{bare}.{theme}]\naccent = "#1234af"'
        rows[f"{at}.{theme}.accent"] = Arrives(text, None)
    rows[f"{at}.accent"] = Arrives(f'{place}\naccent = "#1234af"', "#1234af")
    rows[f"{at}.radius"] = Arrives(f"{place}\nradius = 31", "31")
    rows[f"{at}.sources"] = Arrives(f'{place}\nsources = "full"', '"full"')
    rows[f"{at}.details"] = Arrives(f"{place}\ndetails = true", None)
    return rows


FATES = {
    "answer": Arrives('answer = ["none"]'),
    "answer_seconds": Arrives("answer_seconds = 7.25", "7.25"),
    "answer_while_eliciting": Named("answer_while_eliciting = false", "answer_while_eliciting"),
    "time_zone": Arrives('time_zone = "Asia/Almaty"', "Asia/Almaty"),
    "quotas": Named("quotas = false", "quotas"),
    "understanding": Named('[understanding]\nquality = "best"', "[understanding]"),
    "models.name": Arrives('[[models]]\nname = "marked"\nkey = "K"', "marked"),
    "models.model": Arrives(MODEL.replace("base-model", "marked"), "marked"),
    "models.base_url": Arrives('base_url = "https://marked.example/v1"', "marked", MODEL),
    "models.key": Arrives('[[models]]\nname = "one"\nkey = "MARKED"', "MARKED"),
    "models.key_file": Refused('[[models]]\nname = "one"\nkey_file = "/k"', "key_file"),
    "models.headers": Arrives('headers = { team = "marked" }', "marked", MODEL),
    "models.query": Arrives('query = { api = "marked" }', "marked", MODEL),
    "models.api": Arrives('api = "anthropic"', "anthropic", MODEL),
    "models.sampling": Arrives("sampling = { top_p = 0.37 }", "0.37", MODEL),
    "models.max_tokens": Arrives("max_tokens = 731", "731", MODEL),
    "models.history_tokens": Arrives("history_tokens = 0", '"history_tokens": 0', MODEL),
    "models.seconds": Arrives("seconds = 7.25", "7.25", MODEL),
    "models.system": Arrives('system = "marked"', "marked", MODEL),
    "models.prices.input": Arrives("prices = { input = 0.37 }", "0.37", MODEL),
    "models.prices.output": Arrives("prices = { output = 0.37 }", "0.37", MODEL),
    "models.prices.cached": Arrives("prices = { cached = 0.37 }", "0.37", MODEL),
    "models.sign": Arrives(BEDROCK, '"bedrock"'),
    "models.region": Arrives('region = "eu-west-3"', "eu-west-3", BEDROCK),
    "models.guardrail": Arrives('guardrail = "marked:1"', "marked:1", BEDROCK),
    "aliases": Arrives('answer = ["two"]\n' + MODEL.partition("\n")[2] + '[aliases]\ntwo = "one"'),
    "searches.name": Arrives(SEARCH, "handbook"),
    "searches.kendra": Arrives(f'[[searches]]\nname = "k"\nkendra = "{INDEX}"', INDEX),
    "searches.knowledge_base": Arrives(SEARCH, KNOWLEDGE),
    "searches.opensearch": Refused(OPENSEARCH, "OpenSearch"),
    "searches.documents": Arrives("documents = false", base=SEARCH),
    "searches.bot": Arrives('bot = "Another"', base=SEARCH),
    "searches.locale": Arrives('locale = "ko_KR"', '"locale": "ko_KR"', SEARCH),
    "searches.confidence": Arrives("confidence = 0", '"confidence": 0', SEARCH),
    "searches.seconds": Arrives("seconds = 7.25", "7.25", SEARCH),
    "searches.region": Arrives('region = "eu-west-3"', "eu-west-3", SEARCH),
    "searches.endpoint_url": Refused(SEARCH + 'endpoint_url = "https://e.example"', "not in"),
    "searches.index": Refused(OPENSEARCH, "OpenSearch"),
    "searches.question_field": Refused(OPENSEARCH + 'question_field = "q"', "OpenSearch"),
    "searches.answer_field": Refused(OPENSEARCH + 'answer_field = "a"', "OpenSearch"),
    "searches.title_field": Refused(OPENSEARCH + 'title_field = "t"', "OpenSearch"),
    "searches.link_field": Refused(OPENSEARCH + 'link_field = "l"', "OpenSearch"),
    "searches.fields": Refused(OPENSEARCH + 'fields = ["f"]', "OpenSearch"),
    "searches.user": Refused(OPENSEARCH + 'user = "u"\npassword = "P"', "OpenSearch"),
    "searches.password": Refused(OPENSEARCH + 'user = "u"\npassword = "P"', "OpenSearch"),
    "searches.sign": Refused(OPENSEARCH + 'sign = "es"\nregion = "eu-west-3"', "OpenSearch"),
    "answering.bot": Arrives('bot = "Another"', base="[[answering]]\nsystem = 'here'"),
    "answering.locale": Arrives('[[answering]]\nlocale = "en_US"\nanswer = ["none"]'),
    "answering.answer": Arrives('[[answering]]\nanswer = ["none"]'),
    "answering.system": Arrives('[[answering]]\nsystem = "marked"', "marked"),
    "answering.while_eliciting": Named("[[answering]]\nwhile_eliciting = false", "eliciting"),
    "redact": Arrives("redact = true", '"redact": true'),
    "moderation.before": Refused('[moderation]\nbefore = "openai"', "guardrail"),
    "moderation.after": Refused('[moderation]\nafter = "checks:after"', "guardrail"),
    "store": Named("[store]\nkeep_days = 7", "[store]"),
    "limits.enforce": Arrives("[limits]\nenforce = false"),
    "limits.turns.session": Arrives('[limits.turns]\nsession = "7/s burst 731"', "731"),
    "limits.turns.address": Arrives('[limits.turns]\naddress = "7/s burst 731"', "731"),
    "limits.turns.key": Named('[limits.turns]\nkey = "7/s"', "[limits.turns] key"),
    "limits.answers.session": Arrives('[limits.answers]\nsession = "7/s burst 731"', "731"),
    "limits.answers.address": Arrives('[limits.answers]\naddress = "7/s burst 731"', "731"),
    "limits.answers.key": Named('[limits.answers]\nkey = "7/s"', "[limits.answers] key"),
    "limits.credentials": Named('[limits.credentials]\naddress = "7/s"', "credentials"),
    "limits.building": Named('[limits.building]\nkey = "7/s"', "building"),
    "limits.uploads": Named('[limits.uploads]\nkey = "7/s"', "uploads"),
    "limits.budget.calls": Arrives("[limits.budget]\ncalls = 731", "731"),
    "limits.budget.tokens": Arrives("[limits.budget]\ntokens = 731", "731"),
    "limits.budget.bot_calls": Arrives("[limits.budget]\nbot_calls = 731", "731"),
    "limits.budget.bot_tokens": Arrives("[limits.budget]\nbot_tokens = 731", "731"),
    "limits.budget.answerers.calls": Arrives(
        "[limits.budget.answerers.document]\ncalls = 0", '{\\"document\\"'
    ),
    "limits.budget.answerers.tokens": Arrives(
        "[limits.budget.answerers.chatgpt]\ntokens = 731", "731"
    ),
    "limits.budget.time_zone": Arrives('[limits.budget]\ntime_zone = "Asia/Almaty"', "Almaty"),
    "limits.waiting": Named("[limits]\nwaiting = 7", "waiting"),
    "limits.at_once": Named("[limits]\nat_once = 7", "at_once"),
    "limits.understanding_seconds": Named("[limits]\nunderstanding_seconds = 7", "_seconds"),
    "limits.trusted_proxies": Named('[limits]\ntrusted_proxies = ["10.0.0.0/8"]', "proxies"),
    "limits.address_header": Named('[limits]\naddress_header = "forwarded"', "address_header"),
    "hooks.bot": Arrives('bot = "Another"', base=LAMBDA),
    "hooks.alias": Arrives('alias = "test"', base=LAMBDA),
    "hooks.locale": Arrives('locale = "ko_KR"', base=LAMBDA),
    "hooks.python": Named('[[hooks]]\npython = "shop:handler"', "[[hooks]]"),
    "hooks.url": Named('[[hooks]]\nurl = "https://h.example/"', "[[hooks]]"),
    "hooks.lambda": Arrives(LAMBDA, "marked"),
    "hooks.timeout": Named("[[hooks]]\nbot = 'Another'\nurl = 'http://h/'\ntimeout = 7", "timeout"),
    "hooks.processes": Named('[[hooks]]\npython = "shop:handler"\nprocesses = 3', "[[hooks]]"),
    "hooks.memory_mb": Named('[[hooks]]\npython = "shop:handler"\nmemory_mb = 99', "[[hooks]]"),
    "logs": Named("[logs]\nstream = true", "[logs]"),
    "speech": Named('[speech]\nbase_url = "https://a.example/v1"', "[speech]"),
    "page.title": Arrives('[page]\ntitle = "marked"', "marked"),
    "page.image_hosts": Arrives('[page]\nimage_hosts = ["marked.example"]', "marked.example"),
    "page.locales.title": Arrives('[page.ko_KR]\ntitle = "marked"', "marked"),
    **_looks("[page]", "page"),
    **_looks("[page.ko_KR]", "page.locales"),
    **_looks(f"[page.bots.{BOT}]", "page.bots"),
    **_looks(f"[page.bots.{BOT}.ko_KR]", "page.bots.locales"),
    "check": Idle('[check]\noff = ["duplicate-sample"]', "daehwa check"),
    "allowed_origins": Arrives('allowed_origins = ["https://marked.example"]', "marked.example"),
    "client_attributes": Arrives('client_attributes = ["marked"]', "marked"),
    "document.enabled": Arrives(SEARCH + "[document]\nenabled = false", base=SEARCH),
    "document.compose": Arrives(SEARCH + "[document]\ncompose = false", base=SEARCH),
    "document.model": Arrives(SEARCH + '[document]\nmodel = "marked"', "marked"),
    "document.base_url": Arrives(
        SEARCH + '[document]\nbase_url = "https://marked.example/v1"', "marked"
    ),
    "document.confidence": Arrives(
        SEARCH + "[document]\nconfidence = 0", '"documents": {"confidence": 0'
    ),
    "chatgpt.model": Arrives('[chatgpt]\nmodel = "marked"', "marked"),
    "chatgpt.base_url": Arrives('[chatgpt]\nbase_url = "https://marked.example/v1"', "marked"),
    "chatgpt.system": Arrives('[chatgpt]\nsystem = "marked"', "marked"),
    "chatgpt.temperature": Arrives("[chatgpt]\ntemperature = 0", '"temperature": 0'),
    "chatgpt.max_tokens": Arrives("[chatgpt]\nmax_tokens = 731", "731"),
    "chatgpt.completions": Arrives("[chatgpt]\ncompletions = false", '"completions": false'),
    "chatgpt.sampling": Arrives("[chatgpt]\nsampling = { top_p = 0.37 }", "0.37"),
    "embedded": Named('[embedded]\nmodel = "small"', "[embedded]"),
}


def structs(kind):
    """The tables in a member's type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [one for each in typing.get_args(kind) for one in structs(each)]


def members(table, place=""):
    """Every member of a table and of those in it, as ``limits.turns.session``."""
    for field in msgspec.structs.fields(table):
        path = f"{place}{field.encode_name}"
        inner = structs(field.type)
        if inner:
            yield from members(inner[0], f"{path}.")
        else:
            yield path


@pytest.fixture(scope="module")
def definition():
    return bot.load(bot.bundled()[BOT])


@pytest.fixture
def deployed(tmp_path, definition):
    """What a file comes to on AWS as one text, and its warnings."""

    def deploy(text):
        path = tmp_path / "daehwa.toml"
        path.write_text(text, encoding="utf-8")
        file = read_configuration(str(path), definition)
        options = with_file(Settings(), file)
        everything = [
            file.packed,
            file.hooks,
            file.keys,
            limits_environment(options, file.settings.limits),
            page_content(definition, options, file),
            image_hosts(definition, options, file),
            msgspec.to_builtins(options),
        ]
        return json.dumps(everything, sort_keys=False, ensure_ascii=False), file.warnings

    return deploy


def test_every_setting_has_a_row(tmp_path):
    path = tmp_path / "daehwa.toml"
    path.write_text("", encoding="utf-8")
    known = set(members(type(load_settings(path))))
    covered = {
        row: [one for one in known if one == row or one.startswith(f"{row}.")] for row in FATES
    }
    assert {row for row, held in covered.items() if not held} == set()
    assert known - {one for held in covered.values() for one in held} == set()


@pytest.mark.parametrize("setting", FATES)
def test_it_arrives_is_refused_or_is_named(deployed, setting):
    fate = FATES[setting]
    if isinstance(fate, Refused):
        with pytest.raises(SettingsError) as refusal:
            deployed(fate.text)
        assert fate.words in str(refusal.value)
        return
    text = fate.text
    base = fate.base if isinstance(fate, Arrives) else ""
    if base and not text.startswith(base):
        text = f"{base}\n{text}"
    before, _ = deployed(base)
    after, warnings = deployed(text)
    named = [one for one in warnings if isinstance(fate, Named) and fate.words in one]
    if isinstance(fate, Arrives):
        assert after != before
        assert fate.mark is None or fate.mark in after
        assert fate.mark is None or fate.mark not in before
    else:
        assert after == before
    assert bool(named) == isinstance(fate, Named)


def test_the_options_title_goes_before_every_one_of_the_file(tmp_path, definition):
    path = tmp_path / "daehwa.toml"
    path.write_text(
        '[page]\ntitle = "file"\n[page.ko_KR]\ntitle = "파일"\ngreeting = "네"', "utf-8"
    )
    file = read_configuration(str(path), definition)
    content = page_content(definition, Settings(page_title="Option"), file)
    locales = {one["id"]: one for one in content["bot"]["locales"]}
    assert {one["heading"] for one in locales.values()} == {"Option"}
    assert locales["ko_KR"]["greeting"] == "네"
    assert content["page"]["title"] == "Option"


def test_what_has_to_fit_into_a_functions_variables_is_counted_together(tmp_path, definition):
    """The code hooks of many languages beside limits that would fit alone."""
    everyone = {
        name: msgspec.structs.replace(definition.locales["en_US"], identifier=name)
        for name in list(bot.LOCALE_NAMES)[:28]
    }
    place = tmp_path / "bot"
    bot.save(msgspec.structs.replace(definition, locales=everyone), place)
    hooks = "".join(
        f'[[hooks]]\nlocale = "{name}"\nlambda = "{OWN}-of-{number}-{"n" * 40}:{"v" * 40}"\n'
        for number, name in enumerate(everyone)
    )
    path = tmp_path / "daehwa.toml"
    path.write_text(hooks, encoding="utf-8")
    settings = Settings(config=str(path), bot_file=str(place))
    with pytest.raises(SettingsError, match=r"\[\[hooks\]\].* takes \d,\d+ bytes"):
        DaehwaStack(App(), "Daehwa", settings=settings)
