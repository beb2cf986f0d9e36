"""The bots of an account, through Lex's model-building API: AWS's, or a Daehwa server's."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import msgspec

from daehwa import bot
from daehwa.cli import account_faults
from daehwa.cli.account_faults import (
    CONFLICT,
    NOT_YET,
    RENEW,
    AccountError,
    code_of,
    is_busy,
    is_busy_alone,
    is_busy_function,
    is_passing,
    is_unsigned,
    line_of,
)
from daehwa.cli.account_files import NETWORK_SECONDS, fetch_file, send_file

_PATIENCE_SECONDS = 900
_POLL_SECONDS = 1.0
_STALE_SECONDS = 30
_LOCALE = "botLocaleStatus"
_UNUSABLE = ("Failed", "Deleting")
# What a locale is while something is done to it.
_UNSETTLED = ("Creating", "Building", "Importing", "Deleting", "Processing")
# AWS under an address of its own, such as a VPC endpoint's.
_OF_AWS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")
NO_ROLE = "arn:aws:iam::000000000000:role/none"


class LexAccount:
    """An account's bots, through boto3."""

    def __init__(self, endpoint_url: str | None, region: str | None) -> None:
        try:
            import boto3  # noqa: PLC0415 - an extra, and slow to import
            from botocore.exceptions import (  # noqa: PLC0415
                BotoCoreError,
                ClientError,
                HTTPClientError,
                NoRegionError,
            )
        except ImportError:
            raise AccountError(f"this needs boto3: {sys.executable} -m pip install boto3") from None
        self._faults = (BotoCoreError, ClientError)
        self._cuts = HTTPClientError
        host = urlsplit(endpoint_url or "").hostname or ""
        self._ours = endpoint_url is not None and not host.endswith(_OF_AWS)
        try:
            session = self._session = boto3.Session()
        except BotoCoreError as error:
            raise AccountError(line_of(error)) from None
        options: dict[str, Any] = {"endpoint_url": endpoint_url, "region_name": region}
        if endpoint_url is not None:
            # A Daehwa server asks for no account, but boto3 signs whatever it sends.
            options["region_name"] = region or session.region_name or "us-east-1"
            if session.get_credentials() is None:
                options |= {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
        try:
            self._models: Any = session.client("lexv2-models", **options)
        except NoRegionError:
            raise AccountError(
                "no region is set: add --region, such as --region ap-northeast-2"
            ) from None
        except ValueError as error:
            raise AccountError(str(error)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._models.close()

    def check_hook(self, hook: str) -> None:
        """Refuse a function in another region than the account's; a Daehwa server calls any.

        Raises:
            AccountError: it is in another.
        """
        region = self._models.meta.region_name
        if not self._ours and hook.split(":")[3] != region:
            raise AccountError(f"{hook} is not in {region}: Lex calls functions of its own region")

    def bring(self, definition: bot.Bot, name: str, role_arn: str | None) -> str:
        """Import the bot, replacing the one of the same name; return its id."""
        return self.await_import(self.begin_import(definition, name, role_arn))

    def begin_import(self, definition: bot.Bot, name: str, role_arn: str | None) -> str:
        """Begin to import the bot, replacing the one of the same name; return the import's id.

        Raises:
            AccountError: it is not begun, and nothing is changed.
        """
        upload = self._ask(self._models.create_upload_url)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "bot.zip")
            bot.save(bot.completed(definition), file)
            send_file(upload["uploadUrl"], file.read_bytes())
        privacy = definition.data_privacy or bot.DataPrivacy()
        wanted: dict[str, Any] = {
            "botName": name,
            "roleArn": role_arn or self._role(name),
            "dataPrivacy": {"childDirected": privacy.child_directed},
            "idleSessionTTLInSeconds": definition.idle_session_ttl_in_seconds,
        }
        self._ask(
            self._models.start_import,
            importId=upload["importId"],
            resourceSpecification={"botImportSpecification": wanted},
            mergeStrategy="Overwrite",
        )
        return str(upload["importId"])

    def await_import(self, import_id: str) -> str:
        """Wait until an import is done; return the id of its bot."""
        description = self._await("importStatus", self._models.describe_import, importId=import_id)
        bot_id: str = description["importedResourceId"]
        return bot_id

    def is_last_import(self, import_id: str, bot_id: str, name: str) -> bool:
        """Whether that import is the last one that replaced the bot of that id and name."""
        imports = self._all(self._models.list_imports, "importSummaries")
        mine = next((one for one in imports if one["importId"] == import_id), None)
        if mine is None:
            return False
        since = mine["lastUpdatedDateTime"]
        return not any(
            one["lastUpdatedDateTime"] >= since
            if one["importStatus"] == "Completed"
            else one["importStatus"] == "InProgress"
            for one in imports
            if one["importId"] != import_id
            and (one.get("importedResourceId") == bot_id or one.get("importedResourceName") == name)
        )

    def await_draft(self, bot_id: str) -> None:
        """Wait until the draft is idle: builds that somebody else began have to end first."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < end:
            locales = self._all(
                self._models.list_bot_locales,
                "botLocaleSummaries",
                botId=bot_id,
                botVersion=bot.DRAFT,
            )
            if not any(one.get(_LOCALE) in _UNSETTLED for one in locales):
                return
            time.sleep(_POLL_SECONDS)

    def _role(self, name: str) -> str:
        """The role of the bot of that name; without one, a role that a Daehwa server accepts."""
        bot_id = self.bot_id(name)
        if bot_id is not None:
            role: str = self._ask(self._models.describe_bot, botId=bot_id)["roleArn"]
            return role
        if self._ours:
            return NO_ROLE
        raise AccountError(
            f"there is no bot {name} yet, and a new one needs a role: add --role-arn ARN, such as "
            "that of AWSServiceRoleForLexV2Bots in the IAM console"
        )

    def build(self, bot_id: str, locale_id: str) -> object:
        """Build a locale and wait for the end; return what identifies this build to ``is_built``.

        Raises:
            AccountError: it does not build; the message names the locale.
        """
        place = {"botId": bot_id, "botVersion": bot.DRAFT, "localeId": locale_id}
        begun = self._ask(self._models.build_bot_locale, **place)
        since = begun.get("lastBuildSubmittedDateTime")
        until = time.monotonic() + _STALE_SECONDS

        def describe(**place: str) -> Any:
            there = self._models.describe_bot_locale(**place)
            of = there.get("lastBuildSubmittedDateTime")
            # For a moment the account may show what was before this build.
            if since and of and of < since and time.monotonic() < until:
                return {**there, _LOCALE: "Building"}
            return there

        try:
            return self._await(_LOCALE, describe, **place).get("lastBuildSubmittedDateTime")
        except AccountError as error:
            raise AccountError(f"{locale_id}: {error}") from None

    def is_built(self, bot_id: str, locale_id: str, build: object) -> bool:
        """Whether the draft's locale is still what that build made: nobody else has changed it."""
        there = self._ask(
            self._models.describe_bot_locale,
            botId=bot_id,
            botVersion=bot.DRAFT,
            localeId=locale_id,
        )
        same: bool = there.get("lastBuildSubmittedDateTime") == build
        return same and there[_LOCALE] == "Built"

    def export(self, bot_id: str, version: str) -> bot.Bot:
        """The bot's export, as it is in the account."""
        specification = {"botExportSpecification": {"botId": bot_id, "botVersion": version}}
        begun = self._ask(
            self._models.create_export, resourceSpecification=specification, fileFormat="LexJson"
        )
        description = self._await(
            "exportStatus", self._models.describe_export, **_only(begun, "exportId")
        )
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "bot.zip")
            file.write_bytes(fetch_file(description["downloadUrl"]))
            definition = bot.load(file, unfinished=True)
        # Lex leaves the id out; with it the file is the same bot wherever it is served.
        return msgspec.structs.replace(definition, identifier=bot_id)

    def bot_id(self, name: str) -> str | None:
        """The id of the bot of that name, if there is one."""
        named = {"name": "BotName", "operator": "EQ", "values": [name]}
        bots = _member(self._ask(self._models.list_bots, filters=[named]), "botSummaries")
        return str(bots[0]["botId"]) if bots else None

    def versions(self, bot_id: str) -> dict[str, str]:
        """The descriptions of a bot's numbered versions, by number, the newest first.

        A version that could not be made, or is being deleted, is left out.
        """
        order = {"attribute": "BotVersion", "order": "Descending"}
        summaries = self._all(
            self._models.list_bot_versions, "botVersionSummaries", botId=bot_id, sortBy=order
        )
        return {
            one["botVersion"]: one.get("description") or ""
            for one in sorted(summaries, key=lambda one: -_number(one["botVersion"]))
            if one["botVersion"] != bot.DRAFT and one.get("botStatus") not in _UNUSABLE
        }

    def create_version(self, bot_id: str, locales: list[str], description: str) -> str:
        """Make a version of the draft's locales, and wait until it is there; return its number."""
        specification = {name: {"sourceBotVersion": bot.DRAFT} for name in locales}
        made = self._ask(
            self._models.create_bot_version,
            botId=bot_id,
            description=description,
            botVersionLocaleSpecification=specification,
        )
        version: str = made["botVersion"]
        self.await_version(bot_id, version)
        return version

    def await_version(self, bot_id: str, version: str) -> None:
        """Wait until a version can be used."""
        describe = self._models.describe_bot_version
        self._await("botStatus", describe, botId=bot_id, botVersion=version)

    def delete_version(self, bot_id: str, version: str) -> bool:
        """Delete a version; false where something still uses it."""
        try:
            # One that is in use is refused for good.
            delete = self._models.delete_bot_version
            self._patiently(delete, is_busy_alone, botId=bot_id, botVersion=version)
        except self._faults as error:
            if code_of(error) in NOT_YET:
                return False
            raise AccountError(line_of(error)) from None
        return True

    def alias(self, bot_id: str, name: str) -> dict[str, Any] | None:
        """The alias of that name as it is described, if there is one.

        Raises:
            AccountError: it is not a name, but the id of an alias.
        """
        summaries = self._all(self._models.list_bot_aliases, "botAliasSummaries", botId=bot_id)
        ids = {one["botAliasName"]: one["botAliasId"] for one in summaries}
        if name in ids:
            described: dict[str, Any] = self._ask(
                self._models.describe_bot_alias, botId=bot_id, botAliasId=ids[name]
            )
            return described
        for other, alias_id in ids.items():
            if alias_id == name:
                raise AccountError(
                    f"{name} is the id of the alias {other}: name it, --alias {other}"
                )
        return None

    def put_alias(self, bot_id: str, alias_id: str | None, members: dict[str, Any]) -> str:
        """Create an alias or change the one with that id, wait until it is there, return its id."""
        try:
            if alias_id is None:
                made = self._ask(self._models.create_bot_alias, botId=bot_id, **members)
                alias_id = str(made["botAliasId"])
            else:
                self._ask(
                    self._models.update_bot_alias, botId=bot_id, botAliasId=alias_id, **members
                )
            self._await(
                "botAliasStatus", self._models.describe_bot_alias, botId=bot_id, botAliasId=alias_id
            )
        except AccountError as error:
            raise AccountError(
                f"alias {members['botAliasName']}: {error}. Version {members['botVersion']} has "
                "been made: once that is fixed, run the same command again"
            ) from None
        return alias_id

    def let_call(self, hook: str, bot_id: str, alias_id: str) -> None:
        """Let Lex call a function of AWS Lambda for an alias, unless it already may.

        A Daehwa server calls with credentials of its own, and needs no such right.
        """
        if self._ours:
            return
        _, partition, _, region, owner, *_ = hook.split(":")
        # The bot's own account, which the function need not be of.
        account = self._ask(self._models.describe_bot, botId=bot_id)["roleArn"].split(":")[4]
        alias = f"arn:{partition}:lex:{region}:{account}:bot-alias/{bot_id}/{alias_id}"
        functions = self._session.client("lambda", region_name=region)
        try:
            self._patiently(
                functions.add_permission,
                is_busy_function,
                FunctionName=hook,
                StatementId=f"lex-{bot_id}-{alias_id}",
                Action="lambda:InvokeFunction",
                Principal="lexv2.amazonaws.com",
                SourceAccount=account,
                SourceArn=alias,
            )
        except self._faults as error:
            # It may already, unless the function is still being changed.
            if code_of(error) == CONFLICT and not is_busy_function(error):
                return
            cure = "Whoever publishes needs lambda:AddPermission on it"
            if owner != account:
                cure = (
                    f"It is of account {owner}, and the bot of {account}: somebody there has to "
                    f"let lexv2.amazonaws.com invoke it for {alias} (lambda:AddPermission)"
                )
            if is_unsigned(error):
                cure = RENEW
            raise AccountError(f"Lex may not call {hook}: {error}. {cure}") from None
        finally:
            functions.close()

    def _all(self, operation: Callable[..., Any], member: str, **members: Any) -> list[Any]:
        listed: list[Any] = []
        page: dict[str, Any] = {}
        while True:
            answer = self._ask(operation, **members, **page)
            listed += _member(answer, member)
            if not answer.get("nextToken"):
                return listed
            page = {"nextToken": answer["nextToken"]}

    def _await(self, status: str, describe: Callable[..., Any], **members: str) -> Any:
        seen = time.monotonic()
        end = seen + _PATIENCE_SECONDS
        while True:
            try:
                description = describe(**members)
            except self._faults as error:
                now = time.monotonic()
                # What goes on there goes on, though this machine is cut off for a while.
                is_cut = isinstance(error, self._cuts) and now - seen < NETWORK_SECONDS
                if now > end or not (is_cut or is_passing(error)):
                    raise AccountError(line_of(error)) from None
                time.sleep(_POLL_SECONDS)
                continue
            seen = time.monotonic()
            if description[status] in ("Completed", "Built", "Available"):
                return description
            if description[status] in ("Failed", "Deleting", "NotBuilt"):
                of_itself = [f"its status is {description[status]}"]
                raise AccountError(" ".join(description.get("failureReasons") or of_itself))
            if seen > end:
                raise AccountError(
                    f"its status is still {description[status]} after {_PATIENCE_SECONDS} s"
                )
            time.sleep(_POLL_SECONDS)

    def _ask(self, operation: Callable[..., Any], **members: Any) -> Any:
        try:
            return self._patiently(operation, is_busy, **members)
        except self._faults as error:
            raise AccountError(line_of(error)) from None

    def _patiently(
        self, operation: Callable[..., Any], passes: Callable[[Exception], bool], **members: Any
    ) -> Any:
        """Call an operation; retry for a while if its error is one that ``passes``."""
        for pause in account_faults.PAUSES:
            try:
                return operation(**members)
            except self._faults as error:
                if not passes(error):
                    raise
                time.sleep(pause)
        return operation(**members)


def _number(version: str) -> int:
    return int(version) if version.isdecimal() else 0


def _member(answer: dict[str, Any], name: str) -> Any:
    """A member that Lex's answer has.

    Raises:
        AccountError: something else answers there.
    """
    if name not in answer:
        raise AccountError(f"what answers there is not Lex: its answer has no {name}")
    return answer[name]


def _only(response: dict[str, Any], name: str) -> dict[str, str]:
    return {name: response[name]}


def refuse_network(definition: bot.Bot, path: Path, command: str) -> None:
    """Refuse a network of bots, which an import does not make.

    Raises:
        AccountError: it is one; the message says what to do instead of ``command``.
    """
    if definition.is_network:
        raise AccountError(
            f"{path} is a network of bots, and an import of one does not make a network on Lex: "
            f"{command} its members, and create the network in the console or with CreateBot "
            "(botType BotNetwork, botMembers by their ids and aliases)"
        )
