"""What the real Lex answered, by date: ``snapshots/YYYY-MM-DD.json``.

A file maps a scenario's id to its turns: the answer without ids and headers, and what was not
as the scenario expects. The newest file is the one that the documentation shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from daehwa.care.testing import PlayedStep

FOLDER: Final = Path(__file__).parent / "snapshots"
_DATED: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NEVER_THE_SAME: Final = frozenset(
    ("originatingRequestId", "sessionId", "botId", "headers", "audio", "audioStream")
)


def write(talks: Mapping[str, Sequence[PlayedStep]], folder: Path = FOLDER) -> Path:
    """Write today's file; scenarios that did not run today stay as they were in the newest."""
    newest = read(folder)
    known = dict(newest[1]) if newest else {}
    known |= {
        name: [
            {
                "operation": exchange.operation,
                "answer": _lasting(exchange.answer),
                "differs": exchange.problems,
            }
            for exchange in exchanges
        ]
        for name, exchanges in talks.items()
    }
    folder.mkdir(exist_ok=True)
    path = folder / f"{datetime.now(UTC).date().isoformat()}.json"
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def read(folder: Path = FOLDER) -> tuple[str, dict[str, Any]] | None:
    """The newest file's date and content; ``None`` before the suite ever ran there."""
    dated = sorted(p for p in folder.glob("*.json") if _DATED.fullmatch(p.stem))
    if not dated:
        return None
    content: dict[str, Any] = json.loads(dated[-1].read_text(encoding="utf-8"))
    return dated[-1].stem, content


def _lasting(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {n: _lasting(v) for n, v in value.items() if n not in _NEVER_THE_SAME}
    return [_lasting(v) for v in value] if isinstance(value, list) else value
