"""``daehwa publish``: a bot file as a version of Lex, and an alias that points at it.

Import, build, wait, version, alias, code hook: through the model-building API, so that an account
of AWS and a Daehwa server are alike. A version's description holds the digest of what the bot is;
the same content is published once.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from daehwa import bot
from daehwa.cli.account import BotFile, BotName, EndpointUrl, Region, RoleArn
from daehwa.cli.account_faults import AccountError
from daehwa.cli.lex_account import LexAccount, refuse_network

_DIGEST = 16
# In a version's description what it holds; in an alias's also where it led to.
_MARK = re.compile(r"daehwa ([0-9a-f]{16})\b(?:, version (\d+))?")
_INTERFACE = "1.0"
_EVERY = "*"
_FULL = "ServiceQuotaExceeded"
# As Lex's API reference has it (lambdaARN), which takes no $LATEST; a name is of 64 characters.
_HOOK = re.compile(
    r"arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[0-9A-Za-z_-]{1,64}(:[0-9A-Za-z_-]+)?"
)
_ROLE = re.compile(r"arn:aws[\w-]*:iam::\d{12}:role/\S+")
_ALIAS = re.compile(r"([0-9A-Za-z][_-]?){1,100}")
# What an alias keeps when it is pointed at another version.
_KEPT = ("conversationLogSettings", "sentimentAnalysisSettings")


def publish(
    path: BotFile,
    *,
    alias: Annotated[str, typer.Option(help="The alias to point at the version.")] = "live",
    hook: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[LOCALE=]ARN",
            help="The AWS Lambda that is the alias's code hook, in one locale or in all; can be "
            "repeated.",
            show_default="the alias's own",
        ),
    ] = None,
    locale: Annotated[
        list[str] | None,
        typer.Option(help="Publish only this locale; can be repeated.", show_default="all"),
    ] = None,
    name: BotName = None,
    role_arn: RoleArn = None,
    keep: Annotated[
        int,
        typer.Option(
            min=1, help="Published versions to keep; older ones that no alias uses are deleted."
        ),
    ] = 10,
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json",
            metavar="FILE",
            help="Write the ids of the bot, version and alias to this file.",
        ),
    ] = None,
    endpoint_url: EndpointUrl = None,
    region: Region = None,
) -> None:
    """Import and build a bot file as a version, and point an alias at it.

    The same content is not published twice. If the build fails, the draft is restored, and the
    alias stays where it was.
    """
    definition = _read(path, name, locale or [])
    hooks = _hooks(hook or [], definition, region)
    _check(alias, role_arn, json_file)
    with LexAccount(endpoint_url, region) as account:
        for arn in hooks.values():
            account.check_hook(arn)
        bot_id, version = _published(account, definition, alias, role_arn)
        alias_id = _point(account, bot_id, alias, version, definition, hooks=hooks)
        _delete_old(account, bot_id, keep)
        typer.echo(f"bot {bot_id}, version {version}, alias {alias} {alias_id}")
    if json_file is not None:
        ids = {"botId": bot_id, "botVersion": version, "botAliasId": alias_id}
        json_file.write_text(json.dumps(ids, indent=2) + "\n", encoding="utf-8")


def _hooks(given: list[str], definition: bot.Bot, region: str | None) -> dict[str, str]:
    """The code hook of each locale that is given one: its own, else that of all.

    Raises:
        AccountError: one cannot be what Lex calls, or is given twice.
    """
    by_locale: dict[str, str] = {}
    for one in given:
        place, has_locale, arn = one.rpartition("=")
        locale = place.strip() if has_locale else _EVERY
        if not _HOOK.fullmatch(arn):
            raise AccountError(
                f"{arn!r} is not an AWS Lambda function that Lex calls: it looks like "
                "arn:aws:lambda:REGION:ACCOUNT:function:NAME, with :ALIAS behind it or nothing"
            )
        if region is not None and arn.split(":")[3] != region:
            raise AccountError(f"{arn} is not in {region}: Lex calls functions of its own region")
        if locale != _EVERY and locale not in definition.locales:
            raise AccountError(
                f"--hook {one}: there is no locale {locale} to publish: there are "
                f"{', '.join(definition.locales)}"
            )
        if locale in by_locale:
            whose = "every locale" if locale == _EVERY else locale
            raise AccountError(f"--hook is given twice for {whose}: Lex calls one")
        by_locale[locale] = arn
    chosen = {name: by_locale.get(name, by_locale.get(_EVERY)) for name in definition.locales}
    return {name: arn for name, arn in chosen.items() if arn is not None}


def _check(alias: str, role_arn: str | None, json_file: Path | None) -> None:
    """Refuse what would fail when something has been done already."""
    if alias in (bot.TEST_ALIAS.identifier, bot.TEST_ALIAS.name):
        raise AccountError(
            f"{alias} is Lex's own: every bot has it, and it stays at the draft. Name an alias of "
            "yours, such as --alias live; `daehwa push` changes the draft"
        )
    if not _ALIAS.fullmatch(alias):
        raise AccountError(
            f"{alias!r} is not a name for an alias: use letters and digits, with single hyphens "
            "or underscores between"
        )
    if role_arn is not None and not _ROLE.fullmatch(role_arn):
        raise AccountError(
            f"{role_arn!r} is not a role: it looks like arn:aws:iam::ACCOUNT:role/NAME"
        )
    if json_file is not None and (json_file.is_dir() or not json_file.parent.is_dir()):
        raise AccountError(
            f"--json {json_file}: its folder does not exist, or it is a folder itself"
        )


def _read(path: Path, name: str | None, locales: list[str]) -> bot.Bot:
    definition = bot.load(path)
    refuse_network(definition, path, "publish")
    if missing := sorted(set(locales) - set(definition.locales)):
        raise AccountError(
            f"{path} has no locale {', '.join(missing)}: it has {', '.join(definition.locales)}"
        )
    chosen = {one: definition.locales[one] for one in definition.locales if one in locales}
    definition = msgspec.structs.replace(
        definition, name=name or definition.name, locales=chosen or definition.locales
    )
    errors = [str(one) for one in bot.validate(definition) if one.severity == "error"]
    if errors:
        raise AccountError(f"{path} would not build on Lex:\n  " + "\n  ".join(errors))
    return definition


def _published(
    account: LexAccount, definition: bot.Bot, alias: str, role_arn: str | None
) -> tuple[str, str]:
    """The bot's id, and the version that holds the content; it is made if there is none."""
    digest = bot.content_digest(definition)[:_DIGEST]
    bot_id = account.bot_id(definition.name)
    if bot_id is not None:
        there = account.alias(bot_id, alias) or {}
        version = _version_of(account, bot_id, there, digest)
        if version is not None:
            # A command that was interrupted may have left it in the making.
            account.await_version(bot_id, version)
            typer.echo(f"{definition.name} is published already: version {version}")
            return bot_id, version
        # The same, in the middle of a build.
        account.await_draft(bot_id)
    before = None if bot_id is None else account.export(bot_id, bot.DRAFT)
    begun = account.begin_import(definition, definition.name, role_arn)
    try:
        bot_id = account.await_import(begun)
        builds = {}
        for locale_id in definition.locales:
            builds[locale_id] = account.build(bot_id, locale_id)
            typer.echo(f"{locale_id} is built")
        version = account.create_version(bot_id, list(definition.locales), f"daehwa {digest}")
    except AccountError as error:
        error = _with_cure(error)
        if before is not None:
            _put_back(account, before, definition.name, role_arn, why=error)
            raise AccountError(f"{error} The draft is as it was, and so is the alias.") from None
        raise error from None
    # The draft is one for all: the version may hold what somebody else brought before the builds.
    mine = account.is_last_import(begun, bot_id, definition.name)
    if not (mine and all(account.is_built(bot_id, *each) for each in builds.items())):
        account.delete_version(bot_id, version)
        raise AccountError(
            f"somebody else changed {definition.name} meanwhile, so version {version} was "
            "deleted and the alias was not moved: publish again"
        )
    return bot_id, version


def _with_cure(error: AccountError) -> AccountError:
    """The error with what to do, where the account has no room for another version."""
    if _FULL not in str(error):
        return error
    return AccountError(
        f"{error} A bot has room for a hundred versions: delete some that no alias uses, in the "
        "console or with `aws lexv2-models delete-bot-version`, and publish again."
    )


def _version_of(account: LexAccount, bot_id: str, alias: dict[str, Any], digest: str) -> str | None:
    """The version that holds the content of a digest, by its description or the alias's.

    Lex makes no version of a draft that has not changed, but names the one before: its description
    is what it was, and the alias's says which it is and what it holds, wherever it leads now.
    """
    versions = account.versions(bot_id)
    for version, description in versions.items():
        mark = _MARK.search(description)
        if mark is not None and mark[1] == digest:
            return version
    mark = _MARK.search(alias.get("description") or "")
    if mark is None or mark[1] != digest or mark[2] not in versions:
        return None
    return mark[2]


def _put_back(
    account: LexAccount,
    before: bot.Bot,
    name: str,
    role_arn: str | None,
    *,
    why: AccountError,
) -> None:
    """The draft as it was; a locale that does not build was not built before, either.

    Raises:
        AccountError: it cannot be put back; ``why`` comes first.
    """
    typer.echo("import, build or version failed: the draft is put back", err=True)
    try:
        bot_id = account.bring(msgspec.structs.replace(before, identifier=None), name, role_arn)
    except AccountError as error:
        if str(error) == str(why):
            # The account takes nothing for this bot: it took nothing before.
            raise why from None
        raise AccountError(
            f"{why} Nor can the draft be put back ({error}): publish the previous file again. "
            "The alias stays where it was."
        ) from None
    for locale_id in before.locales:
        try:
            account.build(bot_id, locale_id)
        except AccountError as error:
            typer.echo(str(error), err=True)


def _point(
    account: LexAccount,
    bot_id: str,
    name: str,
    version: str,
    definition: bot.Bot,
    *,
    hooks: dict[str, str],
) -> str:
    """Point the alias at the version, with the code hooks of its locales; return its id."""
    there = account.alias(bot_id, name)
    before = (there or {}).get("botAliasLocaleSettings") or {}
    settings = _locale_settings(before, definition, hooks)
    _warn_of_hookless(settings)
    members: dict[str, Any] = {
        "botAliasName": name,
        "botVersion": version,
        "botAliasLocaleSettings": settings,
        "description": f"daehwa {bot.content_digest(definition)[:_DIGEST]}, version {version}",
    }
    if there is None:
        alias_id = account.put_alias(bot_id, None, members)
        typer.echo(f"{name} is made, and points at version {version}")
        _let_call(account, hooks, bot_id, alias_id)
    else:
        alias_id = str(there["botAliasId"])
        # Before the alias leads there: who may not allow it changes nothing.
        _let_call(account, hooks, bot_id, alias_id)
        if all(there.get(member) == value for member, value in members.items()):
            typer.echo(f"{name} already points at version {version}")
        else:
            members |= {one: there[one] for one in _KEPT if there.get(one)}
            account.put_alias(bot_id, alias_id, members)
            typer.echo(_changed(name, version, str(there.get("botVersion"))))
    return alias_id


def _let_call(account: LexAccount, hooks: dict[str, str], bot_id: str, alias_id: str) -> None:
    for arn in sorted(set(hooks.values())):
        account.let_call(arn, bot_id, alias_id)


def _changed(name: str, version: str, before: str) -> str:
    """What has become of an alias, in a line."""
    if version == before:
        return f"{name} already points at version {version}; its settings are changed"
    return f"{name} now points at version {version} (before: {before})"


def _locale_settings(
    there: dict[str, Any], definition: bot.Bot, hooks: dict[str, str]
) -> dict[str, Any]:
    """Each locale enabled, with its hook; without one as the alias has it.

    An alias has settings for its version's locales alone.
    """
    settings = {}
    for locale_id in definition.locales:
        one = {**there.get(locale_id, {}), "enabled": True}
        if locale_id in hooks:
            called = {"lambdaARN": hooks[locale_id], "codeHookInterfaceVersion": _INTERFACE}
            one["codeHookSpecification"] = {"lambdaCodeHook": called}
        settings[locale_id] = one
    return settings


def _warn_of_hookless(settings: dict[str, Any]) -> None:
    """Name the locales without a code hook where others have one: an alias has one for each."""
    without = [name for name, one in settings.items() if "codeHookSpecification" not in one]
    if without and len(without) < len(settings):
        typer.echo(
            f"{', '.join(without)}: no code hook, although other locales have one; --hook "
            f"{without[0]}=ARN gives it one",
            err=True,
        )


def _delete_old(account: LexAccount, bot_id: str, keep: int) -> None:
    """Delete published versions beyond those that are kept, unless an alias uses them."""
    ours = [
        version
        for version, description in account.versions(bot_id).items()
        if _MARK.search(description)
    ]
    for version in ours[keep:]:
        if account.delete_version(bot_id, version):
            typer.echo(f"version {version} is deleted")
