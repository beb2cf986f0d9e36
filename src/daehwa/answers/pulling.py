"""Fetching weights: from the first source that has them, resumable, checked, all or nothing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from daehwa.answers.errors import NoSpace, PullError, PullRunning, SourcesFailed, WrongDigest
from daehwa.answers.lock import Lock
from daehwa.answers.sources import SourceFailed, WeightsSource, default_sources
from daehwa.answers.weights import ModelFile, Weights

_CHUNK = 1 << 20
_MARGIN = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PullProgress:
    """How far a pull is: bytes, and where they come from.

    ``total`` is ``None`` where the size is not known. ``failed`` is there once for each source
    that gave up, with its reason. ``instead`` is the model that is fetched in place of ``source``.
    """

    done: int
    total: int | None
    source: str
    failed: str | None = None
    instead: str | None = None


Report = Callable[[PullProgress], None]


def pull(
    model: ModelFile,
    directory: Path,
    *,
    progress: Report | None = None,
    sources: Iterable[WeightsSource] | None = None,
    stop: threading.Event | None = None,
) -> Path:
    """Bring a model's file into ``directory`` and give its path; at once when it is there.

    What has come stays in a ``.partial`` file, and the next pull goes on from it, whichever
    source it is from. The file gets its name only when its SHA-256 is right.

    Raises:
        PullRunning: another process is at it.
        NoSpace: the disk is too full.
        PullStopped: soon after ``stop`` is set.
        WrongDigest, SourcesFailed: no source had the right file.
        PullError: the directory cannot be written.
    """
    target = Weights(path=directory / model.file, model=model)
    report = progress or (lambda _: None)
    if target.present:
        report(_arrived(target))
        return target.path
    try:
        directory.mkdir(0o700, parents=True, exist_ok=True)
        with _only(directory / f".{model.file}.lock"):
            # Again, because whoever held the lock may have brought it.
            if not target.present:
                chosen = default_sources(model) if sources is None else tuple(sources)
                _Pull(model, directory, report, stop or threading.Event()).run(chosen)
    except OSError as error:
        raise PullError(f"{directory} cannot be written: {error.strerror}") from error
    report(_arrived(target))
    return target.path


def pull_or_instead(
    model: ModelFile,
    directory: Path,
    *,
    progress: Report | None = None,
    stop: threading.Event | None = None,
) -> Weights:
    """Bring a model, or, where no source has it, the one that stands in for it.

    ``progress`` reports the change in the same way as a source that gave up.

    Raises:
        PullError: as ``pull`` does; where nothing could be had, the reasons of each.
    """
    try:
        return Weights(path=pull(model, directory, progress=progress, stop=stop), model=model)
    except (SourcesFailed, WrongDigest) as error:
        instead = model.instead
        if instead is None:
            raise
        if progress is not None:
            failed = f"{error} {instead.title} is fetched instead."
            progress(
                PullProgress(
                    done=0,
                    total=instead.size,
                    source=model.title,
                    failed=failed,
                    instead=instead.title,
                )
            )
        try:
            return pull_or_instead(instead, directory, progress=progress, stop=stop)
        except SourcesFailed as second:
            raise SourcesFailed(f"{error} {second}") from second


def pulled(model: ModelFile, directory: Path) -> float | None:
    """Tell how far a pull by any process is, 0 to 1, or ``None`` when none is going on."""
    lock = Lock(directory / f".{model.file}.lock")
    if not directory.is_dir():
        return None
    try:
        lock.take()
    except BlockingIOError:
        done = _size(_partial(model, directory))
        return 0.0 if model.size is None else min(1.0, done / model.size)
    lock.release()
    return None


class _Pull:
    def __init__(
        self, model: ModelFile, directory: Path, report: Report, stop: threading.Event
    ) -> None:
        self._model = model
        self._directory = directory
        self._report = report
        self._stop = stop
        self._partial = _partial(model, directory)

    def run(self, sources: tuple[WeightsSource, ...]) -> None:
        reasons: list[str] = []
        wrong = False
        for source in sources:
            try:
                if self._whole(source):
                    return
            except SourceFailed as error:
                reason = str(error)
            else:
                wrong = True
                reason = "the download is not the model: its SHA-256 is wrong"
            reasons.append(f"{source.name}: {reason}")
            self._report_progress(source, _size(self._partial), reason)
        kind = WrongDigest if wrong else SourcesFailed
        raise kind(
            f"{self._model.title} could not be fetched. {'; '.join(reasons)}.{self._by_hand()}"
        )

    def _by_hand(self) -> str:
        model = self._model
        if model.repository is None:
            return ""
        return (
            f" By hand: download {model.file} from {model.repository} on Hugging Face (revision "
            f"{model.revision}) and put it into {self._directory}; its SHA-256 is {model.sha256}."
        )

    def _whole(self, source: WeightsSource) -> bool:
        """Fetch from one source, and return whether the digest is right."""
        began = _size(self._partial)
        if self._fetch(source):
            return True
        # The wrong bytes may be those that were there before: once more from the front.
        return began > 0 and self._fetch(source)

    def _fetch(self, source: WeightsSource) -> bool:
        model = self._model
        digest = hashlib.sha256()
        with self._partial.open("ab+") as file:
            if model.size is None:
                # How much of it this is, nobody knows.
                file.truncate(0)
            file.seek(0)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            done = file.tell()
            self._check_space(source, done)
            self._report_progress(source, done)
            if model.size is None or done < model.size:
                with contextlib.closing(
                    source.fetch(model, done, self._directory, self._stop)
                ) as chunks:
                    for chunk in chunks:
                        file.write(chunk)
                        digest.update(chunk)
                        done += len(chunk)
                        self._report_progress(source, done)
                        if model.size is not None and done > model.size:
                            break
            file.flush()
            os.fsync(file.fileno())
        if model.size is not None and done < model.size:
            raise SourceFailed("it ended before the file was complete")
        if digest.hexdigest() != model.sha256:
            self._partial.unlink()
            return False
        self._partial.replace(self._directory / model.file)
        return True

    def _check_space(self, source: WeightsSource, done: int) -> None:
        if self._model.size is None:
            return
        need = self._model.size - done + source.room(self._model) + _MARGIN
        free = shutil.disk_usage(self._directory).free
        if free < need:
            raise NoSpace(
                f"{self._directory} has {free >> 20} MB free, and {need >> 20} MB are needed."
            )

    def _report_progress(self, source: WeightsSource, done: int, failed: str | None = None) -> None:
        total = self._model.size
        done = done if total is None else min(done, total)
        self._report(PullProgress(done=done, total=total, source=source.name, failed=failed))


def _arrived(weights: Weights) -> PullProgress:
    size = _size(weights.path)
    return PullProgress(done=size, total=size, source="disk")


@contextlib.contextmanager
def _only(path: Path) -> Iterator[None]:
    lock = Lock(path)
    # More than once, because asking how far a pull is takes the lock for an instant.
    for _ in range(5):
        try:
            lock.take()
        except BlockingIOError:
            time.sleep(0.05)
        else:
            break
    else:
        raise PullRunning("Another process is fetching the same weights.")
    try:
        yield
    finally:
        lock.release()


def _partial(model: ModelFile, directory: Path) -> Path:
    return directory / f"{model.file}.partial"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
