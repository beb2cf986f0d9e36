"""``daehwa push``, ``pull`` and ``diff``: a bot file into an account, out of it, beside it.

Through the model-building API, so that an account of AWS and a Daehwa server are alike.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from daehwa import bot
from daehwa.cli.account_faults import AccountError
from daehwa.cli.lex_account import LexAccount, refuse_network

_BOT_ID = re.compile(r"[0-9A-Za-z]{10}")

BotFile = Annotated[Path, typer.Argument(metavar="BOT", help="A project, or a Lex V2 export.")]
BotName = Annotated[
    str | None, typer.Option(help="The bot's name in the account.", show_default="its own")
]
RoleArn = Annotated[
    str | None,
    typer.Option(help="The role that the bot runs with.", show_default="the existing bot's"),
]
EndpointUrl = Annotated[
    str | None,
    typer.Option(
        help="A server with Lex's API, such as http://127.0.0.1:8080.", show_default="AWS"
    ),
]
Region = Annotated[
    str | None, typer.Option(help="The region.", show_default="from the AWS settings")
]


def push(
    path: BotFile,
    *,
    name: BotName = None,
    role_arn: RoleArn = None,
    build: Annotated[
        bool, typer.Option(help="Build its locales, and wait until they are built.")
    ] = True,
    endpoint_url: EndpointUrl = None,
    region: Region = None,
) -> None:
    """Import a bot file into an account, replacing the bot of the same name if there is one."""
    definition = bot.load(path)
    refuse_network(definition, path, "push")
    name = name or definition.name
    with LexAccount(endpoint_url, region) as account:
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
    if _BOT_ID.fullmatch(bot_id) is None:
        raise AccountError(f"{bot_id} is not a bot's id: that is ten letters and digits")
    with LexAccount(endpoint_url, region) as account:
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
        with LexAccount(endpoint_url, region) as account:
            return account.export(name, version)

    console = Console(highlight=False)
    try:
        one, other = read(before), read(after)
    except (bot.BotError, AccountError, OSError) as error:
        from daehwa.cli.mendable import line_for  # noqa: PLC0415 - it imports every room

        line = f"daehwa: {line_for(error)}"
        Console(stderr=True, highlight=False).print(line, markup=False, soft_wrap=True)
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
