"""``daehwa ignore``: texts that are none of a bot's business leave the inbox."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from rich.console import Console

from daehwa import care
from daehwa.cli.options import Config, Data, opening
from daehwa.conversation import SettingsError, open_notes


def ignore(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT", help="What a person said; without it, the ignored texts are listed."
        ),
    ] = None,
    *,
    undo: Annotated[
        bool, typer.Option("--undo", help="Show it again among what was missed.")
    ] = False,
    bot: Annotated[
        str | None, typer.Option(help="Only for the bot of this id.", show_default="every bot")
    ] = None,
    locale: Annotated[
        str | None, typer.Option(help="Only in this locale.", show_default="every locale")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Leave a text, and texts that differ by a few letters, out of what `daehwa missed` lists.

    `daehwa learn` points out changes after which the bot would match it.
    """
    if text is not None and not text.strip():
        raise SettingsError("give the text to ignore")
    if text is None and undo:
        raise SettingsError("name the TEXT that is to be shown again")
    console = Console(highlight=False, soft_wrap=True)
    with open_notes(opening(None, data, config, None), writing=text is not None) as notes:
        ignored = care.IgnoredTexts(notes)
        if text is not None:
            if undo:
                count = ignored.heed(text, bot_id=bot, locale_id=locale)
                line = f'"{text}" is shown again.' if count else f'"{text}" was not ignored.'
            else:
                new = ignored.ignore(" ".join(text.split()), bot_id=bot, locale_id=locale)
                line = (
                    f'"{text}" is ignored from now on.' if new else f'"{text}" is ignored already.'
                )
            if not json:
                console.print(line, markup=False)
                return
        rows = ignored.all()
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    for row in rows:
        where = ", ".join(filter(None, (row.bot_id, row.locale_id)))
        console.print(f"{row.text}  ({where})" if where else row.text, markup=False)
    if not rows:
        console.print("Nothing is ignored.")
