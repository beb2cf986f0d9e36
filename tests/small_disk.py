"""A disk that is soon full: a tmpfs of a few MiB."""

import contextlib
import os
import subprocess


@contextlib.contextmanager
def small_disk(wanting, parent, *, mebibytes=4):
    """A folder on a small disk of its own, and a function that fills it but for ``leave`` bytes.

    The function returns another, which makes room again.
    """
    folder = parent / "small-disk"
    folder.mkdir()
    if os.geteuid() != 0:
        wanting("root", "run this as root: a small tmpfs has to be mounted")
    options = f"size={mebibytes}m,mode=0700"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        wanting("the right to mount", "run this where root may mount a tmpfs")
    filler = folder / "filler"

    def fill(leave=0):
        free = os.statvfs(folder)
        # Others may write meanwhile: full is full.
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            file.write(b"x" * max(0, free.f_bavail * free.f_frsize - leave))
        return filler.unlink

    try:
        yield folder, fill
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
