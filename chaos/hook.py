"""The bots' code hook: writes each text down in the session's ledger, unless it is made to fail.

The server runs it, in Python or behind HTTP. ``CHAOS_HOOK`` names a file that holds how it
fails at the moment (``raise``, ``hang``, ``hold``, ``die``, ``crash``), or nothing.
"""

from __future__ import annotations

import ctypes
import os
import re
import threading
from pathlib import Path
from typing import Any, Final

MODE: Final = "CHAOS_HOOK"
LEDGER: Final = "ledger"
# Longer than the hooks' time limit, shorter than the patience of whoever waits for health.
_HANGING_SECONDS = 6.0


def lambda_handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The response of Lex's Lambda contract: the ledger with one token more."""
    mode = Path(os.environ[MODE]).read_text("ascii")
    if mode == "raise":
        raise RuntimeError("the hook fails")
    if mode == "hang":
        # Not time.sleep: a faked clock ends that at once.
        threading.Event().wait(_HANGING_SECONDS)
    if mode == "hold":
        # Minutes, in which no other thread of its process runs.
        re.match(r"(a+)+$", "a" * 40 + "b")
    if mode == "crash":
        ctypes.string_at(0)
    if mode == "die":
        os._exit(9)
    return written_down(event)


def written_down(event: dict[str, Any]) -> dict[str, Any]:
    """The response to an event: the ledger so far, and the event's text at its end."""
    state = event["sessionState"]
    attributes = state.get("sessionAttributes") or {}
    ledger = f"{attributes.get(LEDGER, '')} {event['inputTranscript']}".strip()
    return {
        "sessionState": {
            "sessionAttributes": {**attributes, LEDGER: ledger},
            "dialogAction": {"type": "Close"},
            "intent": {**state["intent"], "state": "Fulfilled"},
        },
        "messages": [{"contentType": "PlainText", "content": ledger}],
    }
