"""Comparing two bots by what people said: any two, by a store's texts or by those of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from daehwa.care.keeping import open_learned, spoken_texts
from daehwa.care.proposing import is_korean
from daehwa.care.replay import TEXTS, Replay, plain_texts, replay
from daehwa.conversation import Opening, ServedBot, SettingsError
from daehwa.nlu import evaluation


async def compare(
    opening: Opening,
    one: Path,
    other: Path,
    *,
    texts: Path | None = None,
    locale: str | None = None,
    most: int = TEXTS,
    progress: Callable[[float], None] | None = None,
) -> Replay:
    """What texts mean to bot ``one`` and to bot ``other``.

    They are the last ``most`` of the store that were said to either, or those of the file
    ``texts``: JSON lines with a ``text``, a Lex test set (``.csv``), or one text a line.

    Raises:
        SettingsError: the configuration is wrong, or the file has no texts.
        bot.BotError, CatalogueError: a bot cannot be read.
        stores.StoreError, OSError: store or file cannot be read.
    """
    before = open_learned(opening, [one]).bots[0]
    after = open_learned(opening, [other]).bots[0]
    if locale is not None and locale not in {*before.locales, *after.locales}:
        raise SettingsError(f"neither bot has the locale {locale}")
    if texts is None:
        spoken = await spoken_texts(opening, [before, after], locale=locale, most=most)
    else:
        spoken = plain_texts(
            (text, locale or _locale(text, before, after)) for text in read_texts(texts)
        )
    return await replay(spoken, before.locales, after.locales, progress=progress)


def _locale(text: str, before: ServedBot, after: ServedBot) -> str:
    """The locale that a text of a file is for: by its script, among those that both have."""
    both = [name for name in before.locales if name in after.locales]
    known = both or [*before.locales, *after.locales]
    fitting = (name for name in known if name.startswith("ko") == is_korean(text))
    return next(fitting, known[0])


def read_texts(path: Path) -> list[str]:
    """The texts of a file, in their order.

    Raises:
        SettingsError: it has none, or a line is no such value.
        OSError: it cannot be read.
    """
    if path.suffix.casefold() == ".csv":
        texts = [example.text for example in evaluation.read_examples(path)]
    else:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError:
            raise SettingsError(f"{path} is not UTF-8 text: save it as UTF-8") from None
        texts = [_text(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]
    if not texts:
        raise SettingsError(f"{path} has no texts")
    return texts


class _Line(msgspec.Struct):
    text: str


def _text(line: str, number: int, path: Path) -> str:
    if not line.lstrip().startswith("{"):
        return line.strip()
    try:
        return msgspec.json.decode(line, type=_Line).text
    except msgspec.MsgspecError as error:
        raise SettingsError(f'{path}, line {number}: not JSON with a "text" ({error})') from None
