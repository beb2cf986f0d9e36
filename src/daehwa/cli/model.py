"""``daehwa model``: the embedded model's weights."""

from __future__ import annotations

import threading
from pathlib import Path
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
from daehwa.cli.options import Config, Data
from daehwa.cli.table_console import table_console
from daehwa.conversation import SettingsError, default_data, load_settings

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
            help="default (1.1 GB), small (0.5 GB, weaker), large (2.5 GB), embedding, or an"
            " encoder that daehwa.toml names."
        ),
    ] = "default",
    *,
    data: Data = None,
    config: Config = None,
) -> None:
    """Download a model's weights; an interrupted download continues where it stopped."""
    folder = answers.models_directory(default_data() if data is None else data.expanduser())
    for model in _files(name, config):
        _pull(model, folder)


def _files(name: str, config: Path | None) -> tuple[answers.ModelFile, ...]:
    """The files of a model of ours, or of an encoder that the configuration names."""
    if name in answers.MODELS:
        return (answers.MODELS[name],)
    encoders = load_settings(config).understanding.encoders
    for encoder in encoders:
        if encoder.name == name:
            files = encoder.models()
            if not files:
                raise SettingsError(
                    f"[[understanding.encoders]] {name} has no repository to pull from:"
                    f" put {encoder.file} there, or name one"
                )
            return files
    known = ", ".join((*answers.MODELS, *(each.name for each in encoders)))
    raise SettingsError(f"there is no model {name}: choose one of {known}")


def _pull(model: answers.ModelFile, folder: Path) -> None:
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
    table_console().print(table)
