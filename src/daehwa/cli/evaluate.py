"""``daehwa evaluate``: how well a bot understands, and what to change in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from daehwa import bot, nlu
from daehwa.cli.progress_bar import progress_bar
from daehwa.conversation import SettingsError, default_data, load_settings
from daehwa.nlu import evaluation


def evaluate(
    bot_path: Annotated[
        Path | None,
        typer.Argument(metavar="BOT", help="A project, or a Lex V2 export; instead of --train."),
    ] = None,
    *,
    train: Annotated[
        Path | None,
        typer.Option(help='Utterances to learn from: JSON lines of {"text", "intent", "slots"?}.'),
    ] = None,
    test: Annotated[
        Path | None,
        typer.Option(
            help="Utterances to test on: JSON lines, or a Lex test set (.csv). "
            "Without it, the samples themselves are used (cross-validation)."
        ),
    ] = None,
    locale: Annotated[str | None, typer.Option(help="The locale, such as ko_KR.")] = None,
    now: Annotated[
        str | None,
        typer.Option(
            help="The time that dates in the texts are relative to, such as 2026-05-01T09:00.",
            show_default="now",
        ),
    ] = None,
    fail_under: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=100,
            help="Exit with 1 if fewer texts are right: a share (0.9) or a percentage (90).",
        ),
    ] = None,
    quality: Annotated[
        str,
        typer.Option(
            help="How well to understand, and at what cost: fast, balanced, best, or"
            " an encoder that daehwa.toml names.",
        ),
    ] = nlu.DEFAULT_QUALITY,
    json: Annotated[
        Path | None, typer.Option(help="Write the results to this file, as JSON.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write an HTML report to this folder.")
    ] = None,
) -> None:
    """Measure how well a bot understands, and suggest what to change."""
    if now is not None and test is None:
        raise SettingsError("--now is for the texts of --test")
    understanding = _quality(quality)
    definition = _definition(bot_path, train, locale)
    results = _measure(definition, test, understanding, _moment(now))
    _show(results)
    if json is not None:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(results.measures())) + b"\n")
    if report is not None:
        typer.echo(evaluation.write_report(results, report))
    if fail_under is not None:
        _require_share(results, fail_under if fail_under <= 1 else fail_under / 100)


def _measure(
    definition: bot.BotLocale, test: Path | None, quality: nlu.Quality, now: dt.datetime | None
) -> evaluation.Evaluation:
    """How the texts of ``test`` are understood; without it, the samples themselves."""
    examples = None if test is None else evaluation.read_examples(test)
    with progress_bar() as bar:
        korean = definition.identifier.startswith("ko")
        task = bar.add_task("평가" if korean else "Evaluating", total=1.0)

        def show_progress(share: float) -> None:
            bar.update(task, completed=share)

        if examples is None:
            return evaluation.cross_validate(definition, quality=quality, progress=show_progress)
        return evaluation.evaluate(
            definition, examples, quality=quality, progress=show_progress, now=now
        )


def _require_share(results: evaluation.Evaluation, wanted: float) -> None:
    # Without a text there is nothing that could be handled rightly.
    if not results.handled >= wanted:
        typer.echo(
            f"daehwa: {results.handled:.1%} of the texts are handled correctly, "
            f"{wanted:.1%} are required (--fail-under)",
            err=True,
        )
        raise typer.Exit(1)


def _quality(name: str) -> nlu.Quality:
    """The quality of a name, of our own or of ``daehwa.toml``."""
    try:
        quality = load_settings().understanding.named(name, default_data())
    except ValueError as error:
        raise SettingsError(f"--quality: {error}") from None
    nlu.check_quality(quality)
    return quality


def _moment(text: str | None) -> dt.datetime | None:
    """The time that a text names; one without a zone is of this machine's."""
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            f"--now {text} is not a time: write it as 2026-05-01T09:00 or 2026-05-01T09:00+09:00"
        ) from None
    return moment if moment.tzinfo is not None else moment.astimezone()


def _definition(bot_path: Path | None, train: Path | None, locale: str | None) -> bot.BotLocale:
    if (bot_path is None) == (train is None):
        raise SettingsError("give either a BOT or --train FILE")
    if train is not None:
        return evaluation.locale_of(evaluation.read_examples(train), locale)
    assert bot_path is not None  # noqa: S101 - one of the two is there
    locales = bot.load(bot_path).locales
    name = locale or next(iter(locales))
    if name not in locales:
        raise SettingsError(f"{bot_path} has no locale {name}; choose one of {', '.join(locales)}")
    return locales[name]


def _show(results: evaluation.Evaluation) -> None:
    console = Console(highlight=False)
    table = Table(show_header=False)
    for name, value in results.table():
        table.add_row(name, value)
    console.print(table)
    for line in results.advice:
        console.print(f"• {line}", markup=False, soft_wrap=True)
