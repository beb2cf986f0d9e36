"""Shows what a replay came to: counts, and each text that means something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import msgspec
from rich.console import Console

from daehwa import care
from daehwa.cli.counting import counted
from daehwa.cli.progress_bar import progress_bar

_SHOWN: Final = 20
_WORDS: Final = {
    "ko": {
        "replaying": "다시 이해해 보는 중",
        "nothing": "다시 이해해 볼 말이 아직 없습니다.",
        "same": "말 {texts}(턴 {turns})를 다시 이해해 보았고, 달라진 것이 없습니다.",
        "differs": "말 {texts}(턴 {turns})를 다시 이해해 보았습니다: {counts}",
        "hidden": "가린 값이 든 턴 {hidden}는 뺐습니다.",
        "understood": "새로 알아들음 {count}",
        "changed": "뜻이 바뀜 {count}",
        "lost": "이제 못 알아들음 {count}",
        "times": " (×{times})",
        "reply": " [{reply}에 대한 답]",
        "ignored": " ← 무시하기로 한 말",
        "unlike": " ← 배우는 말과 뜻이 다름",
        "more": "  … 그 밖에 {more}개",
    },
    "en": {
        "replaying": "Replaying",
        "nothing": "There is nothing to replay yet.",
        "same": "Replayed {texts} ({turns}): nothing changes.",
        "differs": "Replayed {texts} ({turns}): {counts}",
        "hidden": "Left out: {hidden} with a hidden value.",
        "understood": "{count} now understood",
        "changed": "{count} changed",
        "lost": "{count} now missed",
        "times": " (×{times})",
        "reply": " [reply to {reply}]",
        "ignored": " ← you ignore this",
        "unlike": " ← differs from what is learned",
        "more": "  … and {more} more",
    },
}


def language(locale_id: str) -> str:
    """The language in which a bot's keeper is spoken to: that of the locale, or English."""
    return "ko" if locale_id.startswith("ko") else "en"


@contextmanager
def showing_progress(locale_id: str, *, quiet: bool = False) -> Iterator[Callable[[float], None]]:
    """Show a bar on a terminal while texts are replayed; gives what takes the share."""
    with progress_bar(quiet=quiet) as bar:
        task = bar.add_task(_WORDS[language(locale_id)]["replaying"], total=1.0)
        yield lambda share: bar.update(task, completed=share)


def show_replay(console: Console, replay: care.Replay, locale_id: str) -> None:
    """Print what differs, the most frequent texts first."""
    words = _WORDS[language(locale_id)]
    kinds = (("understood", replay.understood), ("changed", replay.changed), ("lost", replay.lost))
    if not replay.turns:
        _line(console, words["nothing"])
        return
    counts = ", ".join(words[kind].format(count=len(each)) for kind, each in kinds if each)
    line = words["differs" if counts else "same"]
    korean = language(locale_id) == "ko"
    texts = f"{replay.texts}개" if korean else counted(replay.texts, "text")
    _line(console, line.format(texts=texts, turns=_turns(replay.turns, korean), counts=counts))
    if replay.hidden:
        _line(console, words["hidden"].format(hidden=_turns(replay.hidden, korean)))
    for kind, differences in kinds:
        if differences:
            _line(console, f"{words[kind].format(count=len(differences))}:")
        for each in differences[:_SHOWN]:
            _line(console, f"  {_shown(each, words)}")
        if len(differences) > _SHOWN:
            _line(console, words["more"].format(more=len(differences) - _SHOWN))


def _turns(count: int, korean: bool) -> str:  # noqa: FBT001 - one of two languages
    return f"{count}개" if korean else counted(count, "turn")


def _shown(each: care.ChangedText, words: dict[str, str]) -> str:
    times = words["times"].format(times=each.times) if each.times > 1 else ""
    reply = words["reply"].format(reply=each.reply_to) if each.reply_to else ""
    before = "" if each.before.missed else f"{each.before} "
    mark = ""
    if each.ignored and not each.after.missed:
        mark = words["ignored"]
    elif each.unlike:
        mark = words["unlike"]
    return f"{each.text}{times}{reply}: {before}-> {each.after}{mark}"


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, soft_wrap=True)


def replay_row(replay: care.Replay) -> dict[str, Any]:
    """A replay as JSON has it."""
    row: dict[str, Any] = msgspec.to_builtins(replay)
    return row | {"differs": replay.differs}
