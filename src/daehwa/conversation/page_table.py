"""The page's settings as they are now: read again when their file changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import structlog

from daehwa.conversation.page_settings import PageSetting
from daehwa.conversation.palette import faint_colours
from daehwa.conversation.settings import SettingsError, load_settings

_log = structlog.get_logger(__name__)


class PageTable:
    """The settings of the page that are in force, ``setting``.

    ``config`` is the file that they came from. ``problem`` says why its last change could not be
    taken over, until another one can.
    """

    def __init__(self, setting: PageSetting, config: Path | None = None) -> None:
        self.setting = setting
        _warn_of_colours(setting)
        self.problem: str | None = None
        self._config = config
        self._stamp = _stamp(config)

    def refresh(self, report: Callable[[str], None]) -> None:
        """Take over a changed file; what cannot be read is reported, and nothing changes."""
        stamp = _stamp(self._config)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            fresh = load_settings(self._config).page
        except SettingsError as error:
            self.problem = str(error)
            report(f"the page stays as it was: {error}")
            return
        self.problem = None
        if fresh != self.setting:
            self.setting = fresh
            _warn_of_colours(fresh)
            report("the page's settings were read again")


def _warn_of_colours(setting: PageSetting) -> None:
    for line in faint_colours(setting):
        _log.warning("page_colours_faint", cure=line)


def _stamp(path: Path | None) -> int:
    """When the file was last written, in nanoseconds; 0 if there is no file."""
    try:
        return 0 if path is None else path.stat().st_mtime_ns
    except OSError:
        return 0
