"""``daehwa learn``: teach a bot what a person said, after seeing what that changes."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import typer
from rich.console import Console

from daehwa import bot, care
from daehwa.care import testing
from daehwa.cli.options import Config, Data, opening
from daehwa.cli.replayed import language, replay_row, show_replay, showing_progress
from daehwa.conversation import SettingsError
from daehwa.server import configure_logs

_WORDS: Final = {
    "ko": {
        "sample": '{name} ({locale})의 샘플로 배울 말: "{text}"',
        "synonym": '{name} ({locale})의 같은 말로 배울 말: "{text}" = {value}',
        "means": '"{text}": {before} -> {after}',
        "unmoved": '"{text}"의 뜻은 그대로입니다: {after}',
        "passed": "테스트 {passed}개 통과",
        "failed": "테스트 {passed}개 통과, {failed}개 실패: {names}",
        "save": "저장할까요?",
        "saved": "저장함: {files}",
        "left": "저장하지 않았습니다.",
    },
    "en": {
        "sample": '{name} ({locale}) learns "{text}".',
        "synonym": '"{text}" is "{value}" in {name} ({locale}).',
        "means": '"{text}": {before} -> {after}',
        "unmoved": '"{text}" means what it did: {after}',
        "passed": "Tests: {passed} passed.",
        "failed": "Tests: {passed} passed, {failed} failed: {names}",
        "save": "Save?",
        "saved": "saved {files}",
        "left": "Nothing was saved.",
    },
}


_Text = Annotated[str, typer.Argument(metavar="TEXT", help="What a person says.")]
_BotArgument = Annotated[Path, typer.Argument(metavar="BOT", help="A project, or a Lex V2 export.")]
_Intent = Annotated[str | None, typer.Option(help="The intent that TEXT becomes a sample of.")]
_SlotType = Annotated[
    str | None, typer.Option(help="Instead of an intent: the slot type that TEXT is a word of.")
]
_Value = Annotated[
    str | None,
    typer.Option(help="The value that TEXT is a synonym of.", show_default="TEXT is a new value"),
]
_Locale = Annotated[
    str | None,
    typer.Option(help="The locale, such as ko_KR.", show_default="the one that has the intent"),
]
_Limit = Annotated[int, typer.Option(min=0, help="How many texts to replay, latest first.")]
_Yes = Annotated[bool, typer.Option("--yes", "-y", help="Save without asking.")]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and save nothing.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def learn(
    text: _Text,
    path: _BotArgument,
    *,
    intent: _Intent = None,
    slot_type: _SlotType = None,
    value: _Value = None,
    locale: _Locale = None,
    limit: _Limit = (1000),
    yes: _Yes = False,
    dry_run: _DryRun = False,
    json: _Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Teach a bot what a person said, as a sample of an intent or as a synonym of a value.

    First shows which of the last texts that people said would be understood differently, and
    asks before it saves. In a folder only the file that has to change is written. Exits with 1
    if nothing was saved.
    """
    if (intent is None) == (slot_type is None):
        raise SettingsError("give either --intent, or --slot-type with a --value")
    asks = not (yes or dry_run)
    if asks and (json or not sys.stdin.isatty()):
        raise SettingsError("there is no terminal to ask in: add --yes to save, or --dry-run")
    amendment = _amendment(
        bot.load(path), text, intent=intent, slot_type=slot_type, value=value, locale=locale
    )
    configure_logs("off")  # the bot's tests are turns, too
    opened = opening([path], data, config, None)
    with showing_progress(amendment.locale, quiet=json) as progress:
        proposal = asyncio.run(
            care.propose(
                opened,
                path,
                [amendment],
                most=limit,
                tests=testing.tests_beside(opened),
                progress=progress,
            )
        )
    words = _WORDS[language(amendment.locale)]
    console = Console(highlight=False)
    if not json:
        _show(console, proposal, words)
    if proposal.broken and not dry_run:
        raise SettingsError(f"{proposal.problems[0]} Nothing was saved.")
    wanted = yes or (asks and typer.confirm(words["save"], default=False))
    files = care.save(proposal) if wanted and not dry_run else ()
    if json:
        row = _row(proposal, files)
        typer.echo(msgspec.json.format(msgspec.json.encode(row)).decode())
    elif files:
        shown = ", ".join(str(file) for file in files)
        console.print(words["saved"].format(files=shown), markup=False, soft_wrap=True)
    else:
        console.print(words["left"], markup=False)
    raise typer.Exit(0 if files or dry_run else 1)


def _amendment(
    definition: bot.Bot,
    text: str,
    *,
    intent: str | None,
    slot_type: str | None,
    value: str | None,
    locale: str | None,
) -> bot.Amendment:
    if slot_type is not None:
        return care.synonym(definition, text, slot_type=slot_type, value=value, locale=locale)
    if value is not None:
        raise SettingsError("--value is for --slot-type")
    return care.sample(definition, text, intent=intent or "", locale=locale)


def _show(console: Console, proposal: care.ProposedChange, words: dict[str, str]) -> None:
    def line(text: str, style: str | None = None) -> None:
        console.print(text, markup=False, soft_wrap=True, style=style)

    for each in proposal.amendments:
        if isinstance(each, bot.NewSample):
            line(words["sample"].format(name=each.intent, locale=each.locale, text=each.utterance))
        else:
            line(
                words["synonym"].format(
                    name=each.slot_type, locale=each.locale, text=each.synonym, value=each.value
                )
            )
    same = proposal.before.same_as(proposal.after)
    line(
        words["unmoved" if same else "means"].format(
            text=proposal.text, before=proposal.before, after=proposal.after
        )
    )
    for problem in proposal.problems:
        line(f"{problem.severity}: {problem.message} {problem.cure} [{problem.code}]", "yellow")
    show_replay(console, proposal.replay, proposal.locale_id)
    tests = proposal.tests
    if tests is not None:
        line(
            words["failed" if tests.failed else "passed"].format(
                passed=tests.passed, failed=len(tests.failed), names=", ".join(tests.failed)
            )
        )


def _row(proposal: care.ProposedChange, files: tuple[Path, ...]) -> dict[str, Any]:
    return {
        "bot": str(proposal.path),
        "learned": msgspec.to_builtins(proposal.amendments),
        "before": msgspec.to_builtins(proposal.before),
        "after": msgspec.to_builtins(proposal.after),
        "problems": msgspec.to_builtins(proposal.problems),
        "replay": replay_row(proposal.replay),
        "tests": msgspec.to_builtins(proposal.tests),
        "saved": bool(files),
        "files": [str(file) for file in files],
    }
