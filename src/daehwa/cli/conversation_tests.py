"""``daehwa test``: conversations held with a bot, and whether they went as their files say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Annotated, Final

import msgspec
import typer

from daehwa.care import testing
from daehwa.cli.options import AnswerOption, Config, Data, opening
from daehwa.conversation import HookSetting, Opening, Settings, SettingsError, load_settings
from daehwa.server import configure_logs

_LOOK_SECONDS: Final = 0.4
_CONFIG: Final = "daehwa.toml"
# What stands at the top of a project, and of an export.
_OF_A_BOT: Final = ("bot.yaml", "Manifest.json")
_NOTHING_RAN: Final = 2


_BotArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="BOT",
        help="A Lex V2 export or a project; not needed where the files name their bot.",
        show_default=False,
    ),
]
_Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE",
        help="Test files (YAML), Lex test sets (CSV), or folders of them.",
        show_default="the folder tests of BOT, or here",
    ),
]
_Words = Annotated[
    str | None,
    typer.Option("-k", help="Only conversations with these words in their name or file; not WORD."),
]
_StopEarly = Annotated[bool, typer.Option("-x", help="Stop at the first that fails.")]
_Watch = Annotated[bool, typer.Option("--watch", help="Run again after each change.")]
_JUnit = Annotated[Path | None, typer.Option(help="Write the results to this file, as JUnit XML.")]
_Json = Annotated[bool, typer.Option("--json", help="Print the results as JSON.")]
_Coverage = Annotated[
    bool,
    typer.Option(
        "--coverage",
        help="Show which intents, slots, branches and sample utterances no test visits.",
    ),
]
_FailUnder = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=100,
        help="Fail if less than this percentage of intents, slots and branches is visited.",
    ),
]
_Locale = Annotated[
    str | None,
    typer.Option(
        help="The locale of conversations that name none, such as ko_KR.",
        show_default="the bot's first",
    ),
]
_Now = Annotated[
    str | None,
    typer.Option(
        help="The time of conversations that set none, such as 2026-05-01T09:00.",
        show_default="now",
    ),
]
_Record = Annotated[
    bool, typer.Option("--record", help="Ask the model for answers that are not recorded yet.")
]
_Aws = Annotated[
    str | None,
    typer.Option(metavar="BOT_ID", help="Talk to this bot on the real Lex, through boto3."),
]
_Alias = Annotated[str, typer.Option(help="With --aws: the alias's id.")]
_Region = Annotated[
    str | None,
    typer.Option(help="With --aws: the region.", show_default="that of the AWS settings"),
]
_Schema = Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of test files.")]


def run_tests(
    bot_path: _BotArgument = None,
    files: _Files = None,
    *,
    words: _Words = None,
    stop_early: _StopEarly = False,
    watch: _Watch = False,
    junit: _JUnit = None,
    json_output: _Json = False,
    coverage: _Coverage = False,
    fail_under: _FailUnder = None,
    locale: _Locale = None,
    now: _Now = None,
    record: _Record = False,
    aws: _Aws = None,
    alias: _Alias = "TSTALIASID",
    region: _Region = None,
    schema: _Schema = False,
    data: Data = None,
    answer: AnswerOption = None,
    config: Config = None,
) -> None:
    """Run test conversations with a bot: 0 if all went as expected, 1 if not, 2 if none ran."""
    if schema:
        typer.echo(json.dumps(testing.file_schema(), indent=1))
        return
    configure_logs("off")
    given = list(files or ())
    if bot_path is not None and testing.is_test_file(bot_path):
        given.insert(0, bot_path)
        bot_path = None
    if bot_path is None:
        bot_path = _bot_around(given)
    command = _Command(
        bot_path,
        given,
        aws=aws,
        alias=alias,
        region=region,
        junit=junit,
        json_output=json_output,
        fail_under=fail_under,
    )
    config = config or _config_of(bot_path)
    bots = [] if bot_path is None else [bot_path]
    order = testing.TestOrder(
        files=(),
        words=words,
        stop_early=stop_early,
        locale=locale,
        now=_moment(now),
        record=record,
        coverage=coverage or fail_under is not None,
    )
    opened = opening(bots, data, config, answer)
    status = command.run(order, opened)
    while watch:
        command.wait_for_change(opened)
        status = command.run(order, opened)
    raise typer.Exit(status)


class _Command:
    """The command with its options; ``run`` may be called again."""

    def __init__(
        self,
        bot_path: Path | None,
        files: list[Path],
        *,
        aws: str | None,
        alias: str,
        region: str | None,
        junit: Path | None,
        json_output: bool,
        fail_under: float | None,
    ) -> None:
        self._bot_path = bot_path
        self._files = files
        self._aws = aws
        self._alias = alias
        self._region = region
        self._junit = junit
        self._json = json_output
        self._fail_under = fail_under
        self._kept: testing.KeptModels = {}

    def run(self, order: testing.TestOrder, opened: Opening) -> int:
        """Run the tests and show how they went; return the exit status."""
        from daehwa.cli import mendable  # noqa: PLC0415 - of rooms that are there by now

        try:
            files = testing.test_files(self._files, self._bot_path)
            order = msgspec.structs.replace(order, files=tuple(files))
            if self._bot_path is not None and self._aws is None:
                bots = tuple(str(each) for each in testing.with_members(self._bot_path))
                opened = msgspec.structs.replace(opened, bots=bots)
            run = self._hold(order, opened)
        except mendable.ERRORS as error:
            typer.secho(f"daehwa: {mendable.line_for(error)}", err=True, fg="red")
            return _NOTHING_RAN
        return self._show(run)

    def _hold(self, order: testing.TestOrder, opened: Opening) -> testing.TestRun:
        if self._aws is None:
            settings = _settings(opened.config)
            return testing.rehearse(order, opened, settings, self._report, self._kept)
        if self._bot_path is None:
            raise SettingsError("--aws needs the BOT as it is here, too: name it first")
        return testing.rehearse_on_lex(
            order,
            self._bot_path,
            testing.client(region_name=self._region),
            bot_id=self._aws,
            alias_id=self._alias,
            report=self._report,
        )

    def _report(self, result: testing.ConversationResult) -> None:
        if not self._json:
            for number, line in enumerate(testing.failure_lines(result)):
                typer.secho(line, fg=None if number else "red")

    def _show(self, run: testing.TestRun) -> int:
        if self._junit is not None:
            self._junit.write_bytes(testing.junit(run))
        if self._json:
            typer.echo(testing.as_json(run), nl=False)
        else:
            for line in (*testing.coverage_lines(run), *testing.summary_lines(run)):
                typer.echo(line)
        status = 1 if run.count("failed") else 0
        if self._fail_under is not None and run.coverage is not None:
            wanted = self._fail_under / 100
            if run.coverage.share < wanted:
                typer.echo(
                    f"daehwa: {run.coverage.share:.1%} of intents, slots and branches are visited, "
                    f"{wanted:.1%} are required (--fail-under)",
                    err=True,
                )
                status = 1
        return status

    def wait_for_change(self, opened: Opening) -> None:
        """Wait until the bot, a test, the configuration or a hook has changed."""
        before = self._stamps(opened)
        while self._stamps(opened) == before:
            sleep(_LOOK_SECONDS)

    def _stamps(self, opened: Opening) -> dict[Path, int]:
        watched = list(self._watched(opened))
        stamps = {}
        for path in watched:
            try:
                stamps[path] = path.stat().st_mtime_ns
            except OSError:
                stamps[path] = 0
        return stamps

    def _watched(self, opened: Opening) -> Iterator[Path]:
        places = [*self._files, *([self._bot_path] if self._bot_path is not None else [])]
        places += [] if self._files else [Path("tests")]
        for place in places:
            yield place
            if place.is_dir():
                yield from (path for path in place.rglob("*") if not path.name.startswith("."))
        if opened.config is not None:
            yield Path(opened.config)
        try:
            hooks = _settings(opened.config).hooks
        except SettingsError:
            return
        for hook in hooks:
            if hook.python is not None:
                module = hook.python.partition(":")[0]
                yield Path(module if module.endswith(".py") else f"{module.replace('.', '/')}.py")


def _bot_around(given: list[Path]) -> Path | None:
    """The bot's folder around the working directory or the tests; ``None`` if there is none."""
    places = [Path(), *(path.parent for path in given), *(path.parent.parent for path in given)]
    return next((each for each in places if any((each / n).is_file() for n in _OF_A_BOT)), None)


def _config_of(bot_path: Path | None) -> Path | None:
    """The configuration in the bot's own folder, if there is one."""
    if bot_path is None or not (bot_path / _CONFIG).is_file():
        return None
    return bot_path / _CONFIG


def _settings(config: str | None) -> Settings:
    """The configuration; Python hooks beside it are named by their paths."""
    settings = load_settings(Path(config) if config is not None else None)
    if config is None:
        return settings
    hooks = tuple(_beside(hook, Path(config).parent) for hook in settings.hooks)
    return msgspec.structs.replace(settings, hooks=hooks)


def _beside(hook: HookSetting, folder: Path) -> HookSetting:
    if hook.python is None:
        return hook
    module, _, function = hook.python.partition(":")
    file = module if module.endswith(".py") else f"{module.replace('.', '/')}.py"
    path = folder / file
    if not path.is_file():
        return hook
    return msgspec.structs.replace(hook, python=f"{path}:{function}")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        typer.secho(
            f"daehwa: --now {text} is not a time: write it as 2026-05-01T09:00", err=True, fg="red"
        )
        raise typer.Exit(_NOTHING_RAN) from None
