"""``daehwa model``: the embedded model's weights."""

from __future__ import annotations

import threading
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from daehwa import answers
from daehwa.cli.options import Data
from daehwa.conversation import SettingsError, default_data

app = typer.Typer(
    help="Download the embedded model's weights, or list them.",
    no_args_is_help=True,
    add_completion=False,
)


@app.command()
def pull(
    name: Annotated[
        str,
        typer.Argument(
            help="default (1.1 GB), small (0.5 GB, weaker), large (2.5 GB) or embedding."
        ),
    ] = "default",
    *,
    data: Data = None,
) -> None:
    """Download a model's weights; an interrupted download continues where it stopped."""
    model = answers.MODELS.get(name)
    if model is None:
        raise SettingsError(f"there is no model {name}: choose one of {', '.join(answers.MODELS)}")
    folder = answers.models_directory(default_data() if data is None else data.expanduser())
    console = Console(stderr=True, highlight=False)
    stop = threading.Event()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
    ) as bar:
        task = bar.add_task(model.title, total=model.size)

        def show(progress: answers.PullProgress) -> None:
            if progress.failed is not None:
                bar.console.print(f"{progress.source}: {progress.failed}", markup=False)
            bar.update(task, completed=progress.done, total=progress.total)

        try:
            weights = answers.pull_or_instead(model, folder, progress=show, stop=stop)
        except KeyboardInterrupt:
            stop.set()
            raise
    typer.echo(weights.path)


@app.command("list")
def list_models(*, data: Data = None) -> None:
    """List the available models, and whether they are downloaded."""
    folder = answers.models_directory(default_data() if data is None else data.expanduser())
    table = Table("name", "model", "size", "memory", "downloaded", "licence")
    for model in answers.MODELS.values():
        weights = answers.Weights(path=folder / model.file, model=model).or_instead()
        table.add_row(
            model.name,
            model.title,
            "" if model.size is None else f"{model.size / 1e9:.1f} GB",
            f"{model.memory / 1e9:.1f} GB",
            "no" if not weights.present else "yes" if weights.model is model else weights.title,
            model.licence,
        )
    Console().print(table)
