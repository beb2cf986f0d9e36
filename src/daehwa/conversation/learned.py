"""Learned models: in a folder of this machine, and shared with the others where there are any.

A model is named by a digest of all that it depends on, so one that was learned anywhere serves
everywhere. Of the machines that need one at the same time one learns it, under a lease; the others
wait for it, and learn it on their own when that takes too long.
"""

from __future__ import annotations

import os
import tempfile
import time
import uuid
from pathlib import Path
from typing import Final

import structlog

from daehwa import stores

_KIND: Final = "learned"
_LARGEST_BYTES: Final = 64 * 2**20
_MOST_BYTES: Final = 1024 * 2**20
_MOST_MODELS: Final = 500
_LEASE_SECONDS: Final = 30.0
_PATIENCE_SECONDS: Final = 90.0
_LOOK_SECONDS: Final = 0.25
_log = structlog.get_logger(__name__)


class LearnedModels:
    """The models in ``folder``; with ``share`` those of other machines too.

    What a store fails at is logged and done without. Shared models are bounded: beyond 1 GiB, or
    500 of them, the oldest go; one of more than 64 MiB stays on its machine.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._objects: stores.ObjectStore | None = None
        self._holder = uuid.uuid4().hex

    def share(self, objects: stores.ObjectStore) -> None:
        """Share the models through ``objects`` from now on."""
        self._objects = objects

    def fetch(self, file: Path, *, wait: bool = True) -> None:
        """Bring the model of that name into the folder if another machine has it or learns it.

        Who does not ``wait`` gets what is there, and does not say that they will learn it.
        """
        objects = self._objects
        if objects is None or file.exists():
            return
        name = f"{_KIND}/{file.name}"
        if not wait:
            self._fetch_now(objects, name, file)
            return
        until = time.monotonic() + _PATIENCE_SECONDS
        try:
            while time.monotonic() < until:
                # Between the two somebody may have learned it: look again with the lease in hand.
                ours = objects.take_lease(name, self._holder, _LEASE_SECONDS)
                model = objects.read(name).get(name)
                if model is not None:
                    _write(file, model.content)
                    if ours:
                        objects.end_lease(name, self._holder)
                    return
                if ours:
                    return
                time.sleep(_LOOK_SECONDS)
        except (stores.StoreError, OSError) as error:
            _log.warning("model_not_fetched", model=file.name, error=str(error))

    @staticmethod
    def _fetch_now(objects: stores.ObjectStore, name: str, file: Path) -> None:
        try:
            model = objects.read(name).get(name)
            if model is not None:
                _write(file, model.content)
        except (stores.StoreError, OSError) as error:
            _log.warning("model_not_fetched", model=file.name, error=str(error))

    def offer(self, file: Path) -> None:
        """Give the others a model that was learned here."""
        objects = self._objects
        if objects is None:
            return
        name = f"{_KIND}/{file.name}"
        try:
            content = file.read_bytes()
            if len(content) <= _LARGEST_BYTES:
                objects.write({name: content})
                _make_room(objects)
            objects.end_lease(name, self._holder)
        except (stores.StoreError, OSError) as error:
            _log.warning("model_not_shared", model=file.name, error=str(error))


def _make_room(objects: stores.ObjectStore) -> None:
    """Delete the oldest models beyond the bound."""
    listing = objects.listing(_KIND)
    size = 0
    old = []
    newest_first = sorted(listing, key=lambda name: listing[name].written_at, reverse=True)
    for place, name in enumerate(newest_first):
        size += listing[name].size
        if size > _MOST_BYTES or place >= _MOST_MODELS:
            old.append(name)
    if old:
        objects.write(dict.fromkeys(old))


def _write(file: Path, content: bytes) -> None:
    """Write a file; a reader sees the whole of it or none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as draft:
            draft.write(content)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
