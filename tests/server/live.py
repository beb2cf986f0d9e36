"""Runs a server around the scripted runtime, for the tests that need a real one.

python live.py PORT [WORKERS]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from scripted import ScriptedPlan

from daehwa.server.serving import serve_here
from daehwa.server.settings import ServerSettings

if __name__ == "__main__":
    import os

    from daehwa.server.logs import configure_logs

    settings = ServerSettings.from_environment(os.environ)
    configure_logs(settings.log_format)
    serve_here(
        ScriptedPlan,
        "127.0.0.1",
        int(sys.argv[1]),
        settings,
        started=lambda: print("started", flush=True),
    )
