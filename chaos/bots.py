"""The bots that are talked to: two keep a ledger by a code hook, two ask a model."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from tests.dialog.build import fallback, fulfil, initial, locale

from daehwa import bot

LOCALE: Final = "en_US"


class ServedBot(NamedTuple):
    """A bot by its name and id; ``ledger`` says that its hook keeps one.

    One that ``echoes`` repeats in its reply what was said.
    """

    name: str
    id: str
    ledger: bool
    echoes: bool = True


LEDGER: Final = ServedBot("Ledger", "LEDGER0001", ledger=True)
REMOTE: Final = ServedBot("Remote", "REMOTE0001", ledger=True)
MODEL: Final = ServedBot("Model", "MODEL00001", ledger=False)
OFFLINE: Final = ServedBot("Offline", "OFFLINE001", ledger=False, echoes=False)
BOTS: Final = (LEDGER, REMOTE, MODEL)
# The longest that Lex keeps a session: whoever reads it at the end shall find it.
_IDLE_SECONDS = 86_400


def save_bots(folder: Path) -> list[Path]:
    """Write the bots as exports; their paths."""
    paths = []
    for served in (*BOTS, OFFLINE):
        definition = locale(
            bot.Intent(
                name="Hours",
                sample_utterances=(bot.SampleUtterance(utterance="opening hours"),),
                initial_response_setting=initial("Nine to five."),
            ),
            fallback(fulfil=fulfil(hook=True)) if served.ledger else fallback(),
        )
        path = folder / f"{served.name}.zip"
        bot.save(
            bot.Bot(
                name=served.name,
                identifier=served.id,
                idle_session_ttl_in_seconds=_IDLE_SECONDS,
                locales={LOCALE: definition},
            ),
            path,
        )
        paths.append(path)
    return paths
