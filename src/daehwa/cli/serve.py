"""``daehwa serve``: the chat page, Lex's API and the rest on one port."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from daehwa import server
from daehwa.cli.model_progress import ModelProgress
from daehwa.cli.options import AnswerOption, Bots, Config, Data, opening
from daehwa.conversation import open_catalogue


def serve(
    bots: Bots = None,
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on.", envvar="PORT")
    ] = 8080,
    data: Data = None,
    answer: AnswerOption = None,
    config: Config = None,
    workers: Annotated[int, typer.Option(min=1, help="The number of processes that serve.")] = 1,
    watch: Annotated[bool, typer.Option(help="Reload a bot when its files change.")] = True,
) -> None:
    """Serve bots: a chat page, Lex's runtime API for boto3, and more, on one port."""
    chosen = opening(bots, data, config, answer, watch=watch)
    catalogue = open_catalogue(chosen.bots)
    console = Console(stderr=True, highlight=False)

    with ModelProgress(console) as progress:

        def report(address: str) -> None:
            for what, why in catalogue.not_served().items():
                console.print(f"[bold red]Not served:[/] {escape(what)}: {escape(why)}")
            for each in catalogue.bots:
                locales = ", ".join(each.locales)
                console.print(
                    f"Serving {each.definition.name} ({each.id}; {locales})", markup=False
                )
            console.print(f"Talk to it at [bold]{address}[/] (Ctrl-C stops it)", soft_wrap=True)
            progress.follow(address)

        server.serve(chosen, host=host, port=port, workers=workers, started=report)
