"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daehwa import answers
from daehwa.conversation import AnswerName, Opening, chosen_config

Bots = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="BOT",
        help="Projects, or Lex V2 exports, zip or folder; by default the bundled example bots.",
        show_default=False,
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(
        help="The folder for sessions and models.",
        envvar="DAEHWA_DATA",
        show_default="the user's data folder",
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        help="The configuration file.", show_default="daehwa.toml here, or in the project"
    ),
]
AnswerOption = Annotated[
    AnswerName | None,
    typer.Option(
        help="What answers when FallbackIntent is reached.",
        show_default=answers.default_rule(),
    ),
]


def opening(
    bots: list[Path] | None,
    data: Path | None,
    config: Path | None,
    answer: AnswerName | None,
    *,
    watch: bool = False,
) -> Opening:
    """The options as the runtime takes them; paths are made absolute."""
    config = chosen_config(bots or (), config)
    return Opening(
        bots=tuple(str(path.absolute()) for path in bots or ()),
        data=str(data.expanduser().absolute()) if data is not None else "",
        config=str(config.absolute()) if config is not None else None,
        answer=answer,
        watch=watch,
    )
