"""``daehwa push``, ``pull`` and ``diff``: a bot file into an account, out of it, beside it.

Through the model-building API, so that an account of AWS and a server of ours are alike.
"""

from __future__ import annotations

import re
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

import msgspec
import typer
from rich.console import Console

from daehwa import bot

_PATIENCE_SECONDS = 900
_POLL_SECONDS = 1.0
_BOT_ID = re.compile(r"[0-9A-Za-z]{10}")
_NO_ROLE = "arn:aws:iam::000000000000:role/none"

EndpointUrl = Annotated[
    str | None,
    typer.Option(
        help="A server with Lex's API, such as http://127.0.0.1:8080.", show_default="AWS"
    ),
]
Region = Annotated[
    str | None, typer.Option(help="The region.", show_default="from the AWS settings")
]


class AccountError(Exception):
    """The account refused, or cannot be reached; the message says what to do."""


def push(
    path: Annotated[Path, typer.Argument(metavar="BOT", help="A Lex V2 export, zip or folder.")],
    *,
    name: Annotated[
        str | None, typer.Option(help="The bot's name in the account.", show_default="its own")
    ] = None,
    role_arn: Annotated[
        str | None,
        typer.Option(help="The role that the bot runs with.", show_default="the existing bot's"),
    ] = None,
    build: Annotated[
        bool, typer.Option(help="Build its locales, and wait until they are built.")
    ] = True,
    endpoint_url: EndpointUrl = None,
    region: Region = None,
) -> None:
    """Import a bot file into an account, replacing the bot of the same name if there is one."""
    definition = bot.load(path)
    name = name or definition.name
    with _Account(endpoint_url, region) as account:
        bot_id = account.bring(definition, name, role_arn)
        typer.echo(f"{name} is {bot_id}, version {bot.DRAFT}")
        for locale_id in definition.locales if build else ():
            account.build(bot_id, locale_id)
            typer.echo(f"{locale_id} is built")


def pull(
    bot_id: Annotated[str, typer.Argument(metavar="BOT_ID", help="The bot's id.")],
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="Where to write it: a folder, or a .zip file.")
    ],
    *,
    version: Annotated[str, typer.Option(help="The version, a number or DRAFT.")] = bot.DRAFT,
    force: Annotated[
        bool, typer.Option("--force", help="Remove files that only PATH has, and replace a zip.")
    ] = False,
    endpoint_url: EndpointUrl = None,
    region: Region = None,
) -> None:
    """Export a bot from an account to a bot file.

    What PATH holds and the bot lacks is not removed, unless --force is given.
    """
    with _Account(endpoint_url, region) as account:
        definition = account.export(bot_id, version)
    bot.save(definition, path, keep=not force)
    typer.echo(f"wrote {definition.name} to {path}")


def diff(
    before: Annotated[
        str, typer.Argument(metavar="A", help="A bot file, or the id of a bot in an account.")
    ],
    after: Annotated[str, typer.Argument(metavar="B", help="Another bot file or id.")],
    *,
    version: Annotated[
        str, typer.Option(help="The version of a bot in an account, a number or DRAFT.")
    ] = bot.DRAFT,
    endpoint_url: EndpointUrl = None,
    region: Region = None,
) -> None:
    """List the differences between bots A and B; exit with 1 if there are any.

    A bot in an account may go by another name than its file, as a deployed one does: where only
    one of the two is in an account, names do not count. Exits with 2 if a bot cannot be read.
    """

    def read(name: str) -> bot.Bot:
        if not _is_in_account(name):
            return bot.load(name)
        with _Account(endpoint_url, region) as account:
            return account.export(name, version)

    console = Console(highlight=False)
    try:
        one, other = read(before), read(after)
    except (bot.BotError, AccountError, OSError) as error:
        Console(stderr=True, highlight=False).print(str(error), markup=False, soft_wrap=True)
        raise typer.Exit(2) from None
    if _is_in_account(before) != _is_in_account(after):
        other = msgspec.structs.replace(other, name=one.name)
    differences = bot.differences(one, other)
    for difference in differences:
        console.print(str(difference), markup=False, soft_wrap=True)
    if not differences:
        console.print("The bots are the same.")
    raise typer.Exit(1 if differences else 0)


def _is_in_account(name: str) -> bool:
    """Whether the name of a bot on the command line is an id in an account, and no file's."""
    return not Path(name).exists() and _BOT_ID.fullmatch(name) is not None


class _Account:
    """An account's bots, through boto3."""

    def __init__(self, endpoint_url: str | None, region: str | None) -> None:
        try:
            import boto3  # noqa: PLC0415 - an extra, and slow to import
            from botocore.exceptions import (  # noqa: PLC0415
                BotoCoreError,
                ClientError,
                NoRegionError,
            )
        except ImportError:
            raise AccountError("this needs boto3: pip install 'daehwa[aws]'") from None
        self._faults = (BotoCoreError, ClientError)
        self._ours = endpoint_url is not None
        session = boto3.Session()
        options: dict[str, Any] = {"endpoint_url": endpoint_url, "region_name": region}
        if endpoint_url is not None:
            # A server of ours asks for no account, but boto3 signs whatever it sends.
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

    def bring(self, definition: bot.Bot, name: str, role_arn: str | None) -> str:
        """Import the bot over the one of that name; its id."""
        upload = self._ask(self._models.create_upload_url)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "bot.zip")
            bot.save(bot.completed(definition), file)
            _send(upload["uploadUrl"], file.read_bytes())
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
        description = self._await(
            "importStatus", self._models.describe_import, **_only(upload, "importId")
        )
        bot_id: str = description["importedResourceId"]
        return bot_id

    def _role(self, name: str) -> str:
        """The role of the bot of that name; without one, what a server of ours takes."""
        named = {"name": "BotName", "operator": "EQ", "values": [name]}
        bots = self._ask(self._models.list_bots, filters=[named])["botSummaries"]
        if bots:
            role: str = self._ask(self._models.describe_bot, botId=bots[0]["botId"])["roleArn"]
            return role
        if self._ours:
            return _NO_ROLE
        raise AccountError(
            f"there is no bot {name} yet, and a new one needs a role: add --role-arn ARN, such as "
            "that of AWSServiceRoleForLexV2Bots in the IAM console"
        )

    def build(self, bot_id: str, locale_id: str) -> None:
        """Build a locale, and wait until it is built."""
        place = {"botId": bot_id, "botVersion": bot.DRAFT, "localeId": locale_id}
        self._ask(self._models.build_bot_locale, **place)
        self._await("botLocaleStatus", self._models.describe_bot_locale, **place)

    def export(self, bot_id: str, version: str) -> bot.Bot:
        """The bot as it is there."""
        specification = {"botExportSpecification": {"botId": bot_id, "botVersion": version}}
        begun = self._ask(
            self._models.create_export, resourceSpecification=specification, fileFormat="LexJson"
        )
        description = self._await(
            "exportStatus", self._models.describe_export, **_only(begun, "exportId")
        )
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "bot.zip")
            file.write_bytes(_fetch(description["downloadUrl"]))
            definition = bot.load(file, unfinished=True)
        # Lex leaves the id out; with it the file is the same bot wherever it is served.
        return msgspec.structs.replace(definition, identifier=bot_id)

    def _await(self, status: str, describe: Callable[..., Any], **members: str) -> Any:
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            description = self._ask(describe, **members)
            if description[status] in ("Completed", "Built"):
                return description
            if description[status] in ("Failed", "Deleting", "NotBuilt"):
                reasons = " ".join(description.get("failureReasons") or [description[status]])
                raise AccountError(reasons)
            if time.monotonic() > end:
                raise AccountError(
                    f"its status is still {description[status]} after {_PATIENCE_SECONDS} s"
                )
            time.sleep(_POLL_SECONDS)

    def _ask(self, operation: Callable[..., Any], **members: Any) -> Any:
        try:
            return operation(**members)
        except self._faults as error:
            raise AccountError(str(error)) from None


def _only(response: dict[str, Any], name: str) -> dict[str, str]:
    return {name: response[name]}


def _send(url: str, data: bytes) -> None:
    with urllib.request.urlopen(_request(url, data)):  # noqa: S310 - _request looked at it
        pass


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(_request(url)) as answer:  # noqa: S310 - _request looked at it
        data: bytes = answer.read()
    return data


def _request(url: str, data: bytes | None = None) -> urllib.request.Request:
    if urlsplit(url).scheme not in ("http", "https"):
        raise AccountError(f"the account returned an address that is not http or https: {url}")
    method = "GET" if data is None else "PUT"
    return urllib.request.Request(url, data=data, method=method)  # noqa: S310 - looked at above
