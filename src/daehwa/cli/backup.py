"""``daehwa backup`` and ``daehwa restore``: a data folder in a file, and back."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from daehwa import __version__, stores
from daehwa.cli.counting import counted
from daehwa.cli.options import Config, Data
from daehwa.conversation import SettingsError, default_data, load_settings
from daehwa.server import hold_folder

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, a zip.")]
_MINUTE: Final = "%Y-%m-%d %H:%M"


def backup(file: BackupFile, data: Data = None, config: Config = None) -> None:
    """Copy sessions, bots and learned models into a file, even while a server uses them.

    An older backup of the same name is replaced once the new one is whole; other files are not.
    """
    url = load_settings(config).store.url
    if url is not None and stores.shares_objects(url):
        raise SettingsError(
            f"Sessions and bots are kept in {url.partition(':')[0]}://: back that server up with"
            " its own tools (docs/many-machines.md shows how)."
        )
    _require_inside(url, _folder(data))
    target = file.expanduser()
    older = ""
    with contextlib.suppress(OSError, stores.BackupError):
        older = f", in place of the backup of {stores.backup_at(target).made:{_MINUTE}} UTC"
    made = stores.back_up(_folder(data), target, release=__version__)
    size = target.stat().st_size
    Console(highlight=False).print(
        f"{counted(len(made.files), 'file')}, {size / 2**20:.1f} MiB, in {file}{older}"
    )


def restore(file: BackupFile, data: Data = None) -> None:
    """Put a backup into a data folder that no server uses and that holds nothing yet."""
    folder = _folder(data)
    with hold_folder(folder):
        made = stores.restore(file.expanduser(), folder)
    Console(highlight=False).print(
        f"{counted(len(made.files), 'file')} of {made.made:{_MINUTE}} UTC"
        f" (Daehwa {made.daehwa}), now in {folder}"
    )


def _require_inside(url: str | None, data: Path) -> None:
    """Check that the sessions are in the data folder.

    Raises:
        SettingsError: they are in another place.
    """
    path = Path((url or "").partition(":")[2].removeprefix("//"))
    if url is not None and not path.absolute().is_relative_to(data.absolute()):
        raise SettingsError(
            f"Sessions are kept in {path}, outside the data folder {data}: copy that file with"
            f' sqlite3 "{path}" ".backup COPY", and leave [store] url out for the rest.'
        )


def _folder(data: Path | None) -> Path:
    return data.expanduser() if data is not None else default_data()
