"""The image's promise: it starts as its user on a read-only root, talks, is healthy, and ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bare.image import Image, run, size

PROJECT = Path(__file__).resolve().parents[1]
DOCKERFILE = PROJECT / "deploy" / "container" / "Dockerfile"

# As an engine does: the command, then its health check until it holds; then what a caller sees.
_SCRIPT = """
set -u
python -m pip --version >/dev/null 2>&1 && { echo "FAULT: pip is in the image"; exit 1; }
[ "$(id -u)" = 10001 ] || { echo "FAULT: it runs as $(id -u)"; exit 1; }
for place in /etc /opt/daehwa /usr /var /; do
    touch "$place/x" 2>/dev/null && { echo "FAULT: $place can be written"; exit 1; }
done
"$@" 2>/tmp/serve.log &
server=$!
tries=0
until sh -c "$HEALTH" 2>/dev/null; do
    tries=$((tries + 1))
    kill -0 $server 2>/dev/null && [ $tries -lt 240 ] || { cat /tmp/serve.log; exit 1; }
    sleep 0.5
done
python - <<'VISIT' || { cat /tmp/serve.log; exit 1; }
import json, time, urllib.error, urllib.request

def call(path, body=None):
    request = urllib.request.Request(
        "http://127.0.0.1:8080" + path, body, {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        return reply.read().decode()

for _ in range(240):
    try:
        call("/readyz")
        break
    except urllib.error.HTTPError:
        time.sleep(0.5)
reply = json.loads(call("/chat", json.dumps({"text": "안녕하세요", "localeId": "ko_KR"}).encode()))
assert reply["source"] == "intent", reply
assert "<title>" in call("/")
assert "daehwa_turns_in_flight" in call("/metrics")
import opentelemetry.sdk.trace, psycopg, redis
VISIT
kill -TERM $server
wait $server
"""


def visit(root: Path) -> dict[str, Any]:
    """Build the image over a bare root and run it; the report says whether it kept its promise."""
    with Image(DOCKERFILE, PROJECT, root).build({"WEIGHTS": "none"}) as stage:
        # As in compose.yaml: whoever serves beyond loopback opens what others may reach.
        environ = {"DAEHWA_DRAIN_SECONDS": "2", "DAEHWA_OPEN": "chat,metrics"}
        status = run(stage, _SCRIPT, environ)
        return {"kept": status == 0, "megabytes_in_layer": round(size(stage) / 1e6, 1)}
