"""``daehwa publish`` against our own server, and against an account that is stricter than it."""

import json
import re
import shutil

import boto3
import msgspec
import pytest
from typer.testing import CliRunner

from daehwa import bot
from daehwa.cli import account_faults, lex_account
from daehwa.cli.app import app

from .conftest import serving
from .strict_account import StrictAccount

HOOK = "arn:aws:lambda:ap-northeast-2:123456789012:function:answers"
ROLE = "arn:aws:iam::444455556666:role/lex"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    hello = str(bot.bundled()["HelloWorldBot"])
    with serving(tmp_path_factory.mktemp("publishing"), hello, "--answer", "none") as served:
        yield served


@pytest.fixture(params=["own server", "strict account"])
def account(request, served, monkeypatch):
    """Where is published to, and ``None`` or what counts its calls."""
    monkeypatch.setattr(lex_account, "_POLL_SECONDS", 0.02)
    if request.param == "own server":
        yield served.url, None
        return
    strict = StrictAccount(served.port)
    yield strict.url, strict
    strict.close()


@pytest.fixture
def models(served):
    made = boto3.client(
        "lexv2-models",
        endpoint_url=served.url,
        region_name="ap-northeast-2",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    yield made
    made.close()


@pytest.fixture
def name(request, account):
    """A bot's name of each test's own."""
    words = request.node.name.replace("[", "-").replace("]", "").replace(" ", "-")
    return "".join(part.capitalize() for part in words.split("_"))[-60:].strip("-")


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "bot"
    bot.save(bot.load(bot.bundled()["HelloWorldBot"]), place)
    return place


def publish(path, url, *more):
    done = CliRunner().invoke(app, ["publish", str(path), "--endpoint-url", url, *more])
    if isinstance(done.exception, account_faults.AccountError):
        return 1, str(done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def change(folder):
    (intent,) = folder.rglob("ko_KR/Intents/FallbackIntent/Intent.json")
    content = json.loads(intent.read_text(encoding="utf-8"))
    intent.write_text(json.dumps({**content, "description": "changed"}), encoding="utf-8")


def alias_of(models, output, alias="live"):
    bot_id = output.strip().splitlines()[-1].split()[1].rstrip(",")
    (one,) = [
        each
        for each in models.list_bot_aliases(botId=bot_id)["botAliasSummaries"]
        if each["botAliasName"] == alias
    ]
    return models.describe_bot_alias(botId=bot_id, botAliasId=one["botAliasId"])


def test_a_bot_is_published_and_the_alias_leads_to_it(account, models, name, folder):
    url, _ = account
    code, output = publish(folder, url, "--name", name, "--hook", HOOK)
    assert code == 0, output
    alias = alias_of(models, output)
    assert alias["botVersion"] == "1"
    settings = alias["botAliasLocaleSettings"]
    assert set(settings) == set(bot.load(folder).locales)
    for one in settings.values():
        assert one["enabled"]
        assert one["codeHookSpecification"]["lambdaCodeHook"]["lambdaARN"] == HOOK


def test_nothing_is_done_twice_for_the_same_content(account, models, name, folder):
    url, strict = account
    first = publish(folder, url, "--name", name)[1]
    if strict is not None:
        strict.calls.clear()
    code, output = publish(folder, url, "--name", name)
    assert code == 0
    assert "published already: version 1" in output
    assert output.splitlines()[-1] == first.splitlines()[-1]
    if strict is not None:
        assert {method for method, _ in strict.calls} <= {"GET", "POST"}
        assert strict.count("POST", r"/bots/\w+/botversions/DRAFT/botlocales/.*/") == 0


def test_a_changed_bot_is_another_version_and_the_hook_stays(account, models, name, folder):
    url, _ = account
    publish(folder, url, "--name", name, "--hook", HOOK)
    change(folder)
    code, output = publish(folder, url, "--name", name)
    assert code == 0
    alias = alias_of(models, output)
    assert alias["botVersion"] == "2"
    hooks = json.dumps(alias["botAliasLocaleSettings"])
    assert HOOK in hooks, "without --hook the alias keeps its own"
    code, output = publish(folder, url, "--name", name, "--hook", f"{HOOK}2")
    assert "live already points at version 2; its settings are changed" in output


def test_the_content_of_before_is_the_version_of_before(account, models, name, folder, tmp_path):
    """Going back is publishing the file of before: nothing is built for it."""
    url, _ = account
    shutil.copytree(folder, tmp_path / "before")
    publish(folder, url, "--name", name)
    change(folder)
    publish(folder, url, "--name", name)
    code, output = publish(tmp_path / "before", url, "--name", name)
    assert (code, alias_of(models, output)["botVersion"]) == (0, "1")


def test_a_build_that_fails_changes_nothing(served, models, folder, monkeypatch):
    monkeypatch.setattr(lex_account, "_POLL_SECONDS", 0.02)
    strict = StrictAccount(served.port)
    try:
        output = publish(folder, strict.url, "--name", "Rolled")[1]
        before = alias_of(models, output)
        change(folder)
        strict.failing.add("ko_KR")
        code, error = publish(folder, strict.url, "--name", "Rolled")
        assert code == 1
        assert "ko_KR: An intent has no sample utterances" in error
        assert "as it was" in error
        after = alias_of(models, output)
        assert after["botVersion"] == before["botVersion"] == "1"
        intents = models.list_intents(botId=before["botId"], botVersion="DRAFT", localeId="ko_KR")[
            "intentSummaries"
        ]
        descriptions = {one["intentName"]: one.get("description") for one in intents}
        assert descriptions["FallbackIntent"] != "changed", "the draft is put back"
        # What was wrong is mended: the same content builds now.
        assert publish(folder, strict.url, "--name", "Rolled")[0] == 0
    finally:
        strict.close()


@pytest.fixture
def hurried(monkeypatch):
    """Waits are as many as ever, and short; boto3's own are left out."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr(lex_account, "_POLL_SECONDS", 0.02)
    monkeypatch.setattr(account_faults, "PAUSES", (0.01,) * len(account_faults.PAUSES))


@pytest.fixture
def strict(served, hurried):
    made = StrictAccount(served.port)
    yield made
    made.close()


def test_an_account_that_is_not_ready_is_waited_for(served, folder, hurried):
    """Each operation is refused twice: after an import or a build Lex is busy for a while."""
    strict = StrictAccount(served.port)
    strict.refusing = (409, "ConflictException", 2)
    try:
        code, output = publish(folder, strict.url, "--name", "Busy", "--hook", HOOK)
        assert code == 0, (output, strict.calls[-3:])
        change(folder)
        done, output = publish(folder, strict.url, "--name", "Busy", "--keep", "1")
        assert done == 0, output
        assert "live now points at version 2 (before: 1)" in output
    finally:
        strict.close()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (412, "PreconditionFailedException"),
        (429, "ThrottlingException"),
        (500, "InternalServerException"),
    ],
)
def test_whatever_an_account_says_that_is_not_ready(served, folder, hurried, status, error):
    strict = StrictAccount(served.port)
    strict.refusing = (status, error, 2)
    try:
        code, output = publish(folder, strict.url, "--name", f"Busy{error}", "--hook", HOOK)
        assert code == 0, (output, strict.calls[-3:])
    finally:
        strict.close()


def test_an_account_that_never_becomes_ready_is_named(served, folder, hurried):
    strict = StrictAccount(served.port)
    strict.refusing = (409, "ConflictException", 1000)
    try:
        code, error = publish(folder, strict.url, "--name", "Never")
        assert (code, "ConflictException" in error) == (1, True)
    finally:
        strict.close()


def test_what_a_locale_was_before_its_build_is_not_what_became_of_it(served, folder, hurried):
    """Lex may show for a moment that the locale is not built, or that the last build failed."""
    strict = StrictAccount(served.port)
    strict.stale = 4
    try:
        assert publish(folder, strict.url, "--name", "Stale")[0] == 0
    finally:
        strict.close()


def test_what_somebody_else_brought_meanwhile_is_not_published(served, models, folder, monkeypatch):
    """The draft is one for all: two who publish at once do not get each other's bot."""
    monkeypatch.setattr(lex_account, "_POLL_SECONDS", 0.02)
    output = publish(folder, served.url, "--name", "Shared")[1]
    before = alias_of(models, output)
    change(folder)
    create = lex_account.LexAccount.create_version

    def crossed(account, bot_id, *made):
        account.build(bot_id, "ko_KR")  # as another's publish does
        return create(account, bot_id, *made)

    monkeypatch.setattr(lex_account.LexAccount, "create_version", crossed)
    code, error = publish(folder, served.url, "--name", "Shared")
    assert (code, "publish again" in error) == (1, True), error
    assert alias_of(models, output)["botVersion"] == before["botVersion"]
    listed = models.list_bot_versions(botId=before["botId"])["botVersionSummaries"]
    assert {one["botVersion"] for one in listed} == {"DRAFT", "1"}
    monkeypatch.undo()
    assert publish(folder, served.url, "--name", "Shared")[0] == 0


def test_what_somebody_else_imported_before_the_build_is_not_published(
    served, models, folder, monkeypatch
):
    """Every build is then ours, and yet of the other's file."""
    monkeypatch.setattr(lex_account, "_POLL_SECONDS", 0.02)
    output = publish(folder, served.url, "--name", "Crossed")[1]
    other = bot.load(folder)
    change(folder)
    build = lex_account.LexAccount.build

    def crossed(account, bot_id, locale_id):
        if locale_id == "ko_KR":
            account.bring(other, "Crossed", None)
        return build(account, bot_id, locale_id)

    monkeypatch.setattr(lex_account.LexAccount, "build", crossed)
    code, error = publish(folder, served.url, "--name", "Crossed", "--locale", "ko_KR")
    assert (code, "publish again" in error) == (1, True), error
    monkeypatch.undo()
    assert alias_of(models, output)["botVersion"] == "1"
    assert publish(folder, served.url, "--name", "Crossed")[0] == 0


def test_a_version_that_is_still_being_made_is_waited_for(served, models, folder, hurried):
    """Whoever is interrupted there goes on with the same command, and builds nothing again."""
    strict = StrictAccount(served.port)
    wait = lex_account.LexAccount.await_version
    try:
        output = publish(folder, strict.url, "--name", "Cut")[1]
        change(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lex_account.LexAccount, "await_version", _interrupted)
            assert publish(folder, strict.url, "--name", "Cut")[0] != 0
        waited = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                lex_account.LexAccount,
                "await_version",
                lambda self, *which: waited.append(which) or wait(self, *which),
            )
            strict.calls.clear()
            assert publish(folder, strict.url, "--name", "Cut")[0] == 0
        bot_id = alias_of(models, output)["botId"]
        assert waited == [(bot_id, "2")]
        assert strict.count("POST", r"/bots/\w+/botversions/DRAFT/botlocales/.*/") == 0
        assert alias_of(models, output)["botVersion"] == "2"
    finally:
        strict.close()


def _interrupted(*_):
    raise KeyboardInterrupt


def test_a_build_that_somebody_began_is_waited_for(strict, models, folder):
    """As of who was interrupted in the middle of one: Lex imports nothing meanwhile."""
    publish(folder, strict.url, "--name", "Begun")
    change(folder)
    strict.building = 20
    code, output = publish(folder, strict.url, "--name", "Begun")
    assert (code, alias_of(models, output)["botVersion"]) == (0, "2"), output


def test_a_version_that_lex_named_before_is_known_wherever_the_alias_leads(strict, models, folder):
    """Of an unchanged draft Lex makes no version: the last one keeps its description.

    The alias's says which version holds what; somebody leads it back by hand, and publishes again.
    """
    publish(folder, strict.url, "--name", "Named")
    change(folder)
    create = lex_account.LexAccount.create_version
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            lex_account.LexAccount,
            "create_version",
            lambda account, bot_id, locales, _: create(account, bot_id, locales, "spring"),
        )
        output = publish(folder, strict.url, "--name", "Named")[1]
    alias = alias_of(models, output)
    taken = ("botId", "botAliasId", "botAliasName", "botAliasLocaleSettings", "description")
    models.update_bot_alias(**{one: alias[one] for one in taken}, botVersion="1")
    code, output = publish(folder, strict.url, "--name", "Named")
    assert code == 0
    assert "published already: version 2" in output
    assert alias_of(models, output)["botVersion"] == "2"


def test_an_import_that_is_refused_has_changed_nothing(served, folder):
    """A served bot is its file's: nothing is put back, and the line says what to do."""
    code, error = publish(folder, served.url)
    assert code == 1
    assert error.count("import it under another name") == 1
    assert "draft" not in error


def test_what_becomes_of_an_alias_is_named(strict, models, folder):
    strict.alias_error = "There are as many aliases as can be."
    code, error = publish(folder, strict.url, "--name", "Aliased")
    assert code == 1
    assert "alias live: " in error
    assert "as many aliases as can be" in error
    assert "Version 1 has been made" in error
    strict.alias_error = None
    code, output = publish(folder, strict.url, "--name", "Aliased")
    assert "published already: version 1" in output
    assert alias_of(models, output)["botVersion"] == "1"


def test_an_alias_is_named_and_not_given_by_its_id(strict, models, folder):
    alias = alias_of(models, publish(folder, strict.url, "--name", "ById")[1])
    code, error = publish(folder, strict.url, "--name", "ById", "--alias", alias["botAliasId"])
    assert (code, "is the id of the alias live: name it, --alias live" in error) == (1, True), error


@pytest.fixture
def on_aws(strict, folder, monkeypatch):
    """``daehwa publish`` with AWS's settings, which lead to the strict account."""
    for name, value in {
        "AWS_REGION": "ap-northeast-2",
        "AWS_DEFAULT_REGION": "ap-northeast-2",
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_ENDPOINT_URL": strict.url,
    }.items():
        monkeypatch.setenv(name, value)

    def run(name, *more):
        command = ["publish", str(folder), "--name", name, "--role-arn", ROLE, *more]
        done = CliRunner().invoke(app, command)
        return done.exit_code, f"{done.exception or ''}{done.output}"

    return run


def test_lex_may_call_a_hook_for_the_bots_own_account(strict, on_aws):
    """The function may be another account's; who opens it says for whose bot."""
    code, output = on_aws("Opened", "--hook", HOOK)
    assert code == 0, output
    (permission,) = strict.permissions
    assert permission["SourceAccount"] == "444455556666"
    arn = r"arn:aws:lex:ap-northeast-2:444455556666:bot-alias/\w{10}/\w{10}"
    assert re.fullmatch(arn, permission["SourceArn"])
    theirs = HOOK.replace("123456789012", "999999999999")
    _, error = on_aws("Opened", "--hook", theirs)
    assert "of account 999999999999, and the bot of 444455556666" in error
    assert permission["SourceArn"] in error


def test_a_function_that_is_being_changed_is_waited_for(strict, on_aws):
    """Its conflict is none with a permission that is there: without one Lex could not call it."""
    at = ("POST", "/functions/")
    busy = "The operation cannot be performed at this time. An update is in progress."
    there = "The statement id (lex) provided already exists."
    strict.faults = [
        (*at, 409, "ResourceConflictException", busy),
        (*at, 429, "TooManyRequestsException", "Rate exceeded"),
        (*at, 500, "ServiceException", "Service encountered an internal error"),
    ]
    assert on_aws("Changing", "--hook", HOOK)[0] == 0
    assert len(strict.permissions) == 1
    strict.faults = [(*at, 409, "ResourceConflictException", there)]
    assert on_aws("Changing", "--hook", HOOK)[0] == 0
    assert len(strict.permissions) == 1


def test_each_locale_may_have_a_hook_of_its_own(strict, models, folder, on_aws):
    """What is not given stays, with what else the alias has; a locale without a hook is named."""
    definition = bot.load(folder)
    (korean,) = definition.locales
    english = msgspec.structs.replace(definition.locales[korean], identifier="en_US")
    both = {korean: definition.locales[korean], "en_US": english}
    bot.save(msgspec.structs.replace(definition, locales=both), folder)
    code, output = on_aws("Hooked", "--hook", f"{korean}={HOOK}")
    warning = "en_US: no code hook, although other locales have one"
    assert (code, warning in output) == (0, True), output
    other = f"{HOOK}-en"
    assert on_aws("Hooked", "--hook", f"en_US={other}")[0] == 0

    def hooks():
        alias = alias_of(models, output)
        return alias, {
            name: one["codeHookSpecification"]["lambdaCodeHook"]["lambdaARN"]
            for name, one in alias["botAliasLocaleSettings"].items()
        }

    alias, given = hooks()
    assert given == {korean: HOOK, "en_US": other}
    log = {"cloudWatchLogGroupArn": "arn:aws:logs:a:123456789012:log-group:lex", "logPrefix": "x"}
    logs = {"textLogSettings": [{"enabled": True, "destination": {"cloudWatch": log}}]}
    members = ("botId", "botAliasId", "botAliasName", "botVersion", "botAliasLocaleSettings")
    models.update_bot_alias(conversationLogSettings=logs, **{name: alias[name] for name in members})
    change(folder)
    assert on_aws("Hooked")[0] == 0
    alias, given = hooks()
    assert alias["botVersion"] == "2"
    assert given == {korean: HOOK, "en_US": other}
    assert alias["conversationLogSettings"] == logs


def test_a_network_that_is_cut_meanwhile_stops_nothing(strict, models, folder, on_aws):
    cut = (None, "", "")
    strict.faults = [("GET", "/imports/", *cut)] * 3 + [("GET", "/botlocales/", *cut)] * 3
    code, output = on_aws("Meanwhile")
    assert (code, strict.faults) == (0, []), output
    change(folder)
    strict.faults = [("PUT", "/imports/$", *cut)]
    code, error = on_aws("Meanwhile")
    assert (code, "Connection was closed" in error) == (1, True), error
    assert on_aws("Meanwhile")[0] == 0


def test_credentials_that_are_not_good_come_with_the_cure(strict, folder, on_aws, monkeypatch):
    change(folder)
    expired = "The security token included in the request is expired"
    strict.faults = [("POST", "/bots/$", 403, "ExpiredTokenException", expired)]
    code, error = on_aws("Expired")
    assert (code, f"{expired}. AWS needs valid credentials" in error) == (1, True), error
    # In the middle: the draft cannot be put back, and the same command goes on.
    assert on_aws("Expired")[0] == 0
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    code, error = on_aws("Expired")
    assert (code, "(nobody) could not be found. AWS needs" in error) == (1, True), error


def test_where_there_is_no_room_for_a_version_the_draft_is_put_back(
    served, models, folder, hurried
):
    strict = StrictAccount(served.port)
    try:
        output = publish(folder, strict.url, "--name", "Full")[1]
        change(folder)
        strict.is_full = True
        code, error = publish(folder, strict.url, "--name", "Full")
        assert code == 1
        assert "delete some that no alias uses" in error
        assert "as it was" in error
        bot_id = alias_of(models, output)["botId"]
        place = {"botId": bot_id, "botVersion": "DRAFT", "localeId": "ko_KR"}
        intents = models.list_intents(**place)["intentSummaries"]
        assert "changed" not in {one.get("description") for one in intents}
    finally:
        strict.close()


def test_an_upload_that_breaks_off_is_named(served, folder, hurried, monkeypatch):
    upload = {"importId": "I", "uploadUrl": "http://127.0.0.1:9/upload"}
    monkeypatch.setattr(
        lex_account.LexAccount,
        "_ask",
        lambda self, operation, **_: (
            upload if "create_upload" in operation.__name__ else {"botSummaries": []}
        ),
    )
    code, error = publish(folder, served.url, "--name", "Upload")
    assert (code, "refuses or cannot be reached" in error) == (1, True), error


def test_old_versions_go_and_those_in_use_stay(account, models, name, folder):
    url, _ = account
    publish(folder, url, "--name", name, "--alias", "first")
    for number in range(3):
        (intent,) = folder.rglob("ko_KR/Intents/FallbackIntent/Intent.json")
        content = json.loads(intent.read_text(encoding="utf-8"))
        intent.write_text(json.dumps({**content, "description": f"{number}"}), encoding="utf-8")
        code, output = publish(folder, url, "--name", name, "--keep", "1")
        assert code == 0, output
    bot_id = alias_of(models, output)["botId"]
    listed = models.list_bot_versions(botId=bot_id)["botVersionSummaries"]
    assert {one["botVersion"] for one in listed} == {"DRAFT", "1", "4"}


def test_one_locale_alone(account, models, name, folder):
    url, _ = account
    code, output = publish(folder, url, "--name", name, "--locale", "ko_KR")
    assert code == 0
    assert set(alias_of(models, output)["botAliasLocaleSettings"]) == {"ko_KR"}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--alias", "my alias"), "not a name for an alias"),
        (("--alias", "TSTALIASID"), "Name an alias of yours"),
        (("--alias", "TestBotAlias"), "`daehwa push` changes the draft"),
        (("--hook", "answers"), "arn:aws:lambda"),
        (("--hook", f"{HOOK}:$LATEST"), "with :ALIAS behind it or nothing"),
        (("--hook", f"{HOOK}.py"), "not an AWS Lambda function that Lex calls"),
        (("--role-arn", "LexRole"), "arn:aws:iam::ACCOUNT:role/NAME"),
        (("--locale", "fr_FR"), "has no locale fr_FR"),
        (("--json", "nowhere/ids.json"), "folder"),
        (("--hook", HOOK, "--region", "us-east-1"), "calls functions of its own region"),
    ],
)
def test_what_is_wrong_is_named_before_anything_is_done(served, folder, more, message):
    code, error = publish(folder, served.url, *more)
    assert code == 1
    assert message in error


def test_a_hook_of_another_region_than_the_settings_is_refused(served, folder, monkeypatch):
    """On AWS, where no region is given on the command line."""
    strict = StrictAccount(served.port)
    for name, value in {
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_ENDPOINT_URL_LEX_MODELS_V2": strict.url,
    }.items():
        monkeypatch.setenv(name, value)
    try:
        done = CliRunner().invoke(app, ["publish", str(folder), "--hook", HOOK])
        assert "is not in us-east-1" in str(done.exception)
        assert strict.calls == []
    finally:
        strict.close()


def test_what_answers_and_is_not_lex_is_named(served, folder):
    strict = StrictAccount(served.port)
    strict.refusing = (200, "none", 1000)
    try:
        code, error = publish(folder, strict.url)
        assert (code, "what answers there is not Lex" in error) == (1, True), error
    finally:
        strict.close()
