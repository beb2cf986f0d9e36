"""What a server changes of what it was started with, by a supervisor or a shell."""

import json
import subprocess
import sys
from pathlib import Path

from daehwa.server import process_start

# The file on its own: to import the package would take a second.
STATE = """
import json, os, runpy, signal, sys
prepare = runpy.run_path(sys.argv[2])["prepare_process"]
if sys.argv[3] == "prepared":
    prepare()
def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
ignored = [one.name for one in signal.valid_signals() if isinstance(one, signal.Signals)
           and signal.getsignal(one) == signal.SIG_IGN]
with open(sys.argv[1], "w") as file:
    closed = [number for number in range(3) if not is_open(number)]
    blocked = [signal.Signals(one).name for one in signal.pthread_sigmask(signal.SIG_BLOCK, ())]
    json.dump({"closed": closed, "blocked": sorted(blocked), "ignored": sorted(ignored)}, file)
"""
# As Python ignores these for itself.
OF_PYTHON = {"SIGPIPE", "SIGXFSZ"}


def state(tmp_path, prepared):
    ignored = [f"--ignore-signal={name}" for name in ("TERM", "CHLD", "HUP")]
    blocked = [f"--block-signal={name}" for name in ("TERM", "INT", "CHLD")]
    closed = ["sh", "-c", 'exec "$@" <&- 2>&-', "sh"]
    file = Path(process_start.__file__)
    python = [sys.executable, "-I", "-S", "-c", STATE, tmp_path / "state", file, prepared]
    subprocess.run([*closed, "env", *ignored, *blocked, *python], check=True)
    found = json.loads((tmp_path / "state").read_text())
    return found | {"ignored": set(found["ignored"]) - OF_PYTHON}


def test_signals_arrive_and_no_file_of_the_server_has_a_standard_number(tmp_path):
    inherited = state(tmp_path, "as it was")
    assert inherited["blocked"] == ["SIGCHLD", "SIGINT", "SIGTERM"]
    assert 2 in inherited["closed"]
    assert inherited["ignored"] == {"SIGTERM", "SIGCHLD", "SIGHUP"}
    # nohup's wish holds: the server survives its terminal.
    assert state(tmp_path, "prepared") == {"closed": [], "blocked": [], "ignored": {"SIGHUP"}}
