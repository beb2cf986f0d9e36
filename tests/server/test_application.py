"""The application's life around its runtime."""

import asyncio
import subprocess
import sys
from types import SimpleNamespace

from daehwa.server import Application, application


async def test_memory_is_settled_once_the_bots_are_learned(monkeypatch):
    settled = []
    monkeypatch.setattr(application, "spare_collections", lambda: settled.append(True))
    learned = asyncio.Event()
    runtime = SimpleNamespace(_runtime=SimpleNamespace(learned=learned))
    settling = asyncio.create_task(Application.settle(runtime))
    await asyncio.sleep(0)
    assert settled == []
    learned.set()
    await settling
    assert settled == [True]


def test_settled_memory_is_not_looked_through_for_garbage():
    # In a process of its own: what this one leaves behind is to be collected.
    script = (
        "import gc; from daehwa.conversation import spare_collections; spare_collections();"
        "print(gc.get_freeze_count() > 10_000)"
    )
    command = [sys.executable, "-c", script]
    shown = subprocess.run(command, check=True, capture_output=True, text=True)
    assert shown.stdout == "True\n"
