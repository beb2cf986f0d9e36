"""``daehwa suggest``: samples of an intent that the configured model writes, to choose from."""

from __future__ import annotations

import asyncio
import shlex
from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from daehwa import care
from daehwa.cli.options import AnswerOption, Config, Data, opening
from daehwa.cli.replayed import language
from daehwa.cli.table_console import table_console
from daehwa.server import configure_logs

_WORDS: Final = {
    "ko": {
        "new": "새로움",
        "known": "이미 알아들음",
        "known to another": "{rival}의 샘플",
        "clash": "{rival}의 뜻으로 알아들음",
        "unknown slot": "없는 슬롯",
        "text": "샘플",
        "verdict": "확인",
        "means": "지금 뜻하는 것",
        "next": "배우게 하려면: {command}",
        "none": "모델이 쓴 샘플이 없습니다.",
    },
    "en": {
        "new": "new",
        "known": "understood already",
        "known to another": "a sample of {rival}",
        "clash": "understood as {rival}",
        "unknown slot": "no such slot",
        "text": "sample",
        "verdict": "check",
        "means": "means now",
        "next": "To teach one: {command}",
        "none": "The model wrote no samples.",
    },
}


def suggest(
    path: Annotated[Path, typer.Argument(metavar="BOT", help="A project, or a Lex V2 export.")],
    *,
    intent: Annotated[str, typer.Option(help="The intent to write samples of.")],
    count: Annotated[int, typer.Option(min=1, max=50, help="How many samples to write.")] = 10,
    locale: Annotated[
        str | None,
        typer.Option(help="The locale, such as ko_KR.", show_default="the one that has the intent"),
    ] = None,
    answer: AnswerOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Have the configured language model write samples of an intent, and check each of them.

    The output says of each sample whether the bot takes it for another intent. None is added:
    choose with `daehwa learn`.
    """
    configure_logs("off")
    written = asyncio.run(
        care.suggest(
            opening(None, data, config, answer), path, intent=intent, locale=locale, count=count
        )
    )
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(written)).decode())
        return
    console = table_console()
    words = _WORDS[language(written.locale_id)]
    if not written.suggestions:
        console.print(words["none"])
        return
    table = Table(words["text"], words["verdict"], words["means"])
    for each in written.suggestions:
        style = None if each.verdict == "new" else "dim"
        score = "" if each.meaning.score is None else f" {each.meaning.score:.2f}"
        shown = words[each.verdict].format(rival=each.rival)
        table.add_row(escape(each.text), shown, escape(f"{each.meaning}{score}"), style=style)
    console.print(table)
    new = next((each for each in written.suggestions if each.verdict == "new"), None)
    if new is not None:
        parts = ("daehwa", "learn", new.text, "--intent", intent, str(path))
        command = f"{shlex.join(parts)} --locale {written.locale_id}"
        console.print(words["next"].format(command=command), markup=False, soft_wrap=True)
