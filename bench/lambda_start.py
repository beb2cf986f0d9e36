"""What a cold start pays for: importing each Lambda entry point, over the bare interpreter.

Beside it what boto3 would cost, with one client made. Each is a fresh process; the median of
several, of processor time: on a busy machine the clock tells of the others. The size is
that of the folder that is uploaded, and of its zip.
"""

import io
import os
import resource
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 9
# What is uploaded: as in deploy/aws/daehwa_deploy/package.py.
ANSWERS = (
    "__init__ answerer bot_profile breaker call composing dialect endpoints errors "
    "failures followups hook_response past prompt redaction replies settings "
    "source_passages thoughts values wire wording wrapping"
)
CHAT = "__init__ accepting errors limits lines media session_secret"
SUBJECTS = {
    "bare interpreter": "pass",
    "chat function": "import daehwa.aws.chat",
    "chat function that streams": "import daehwa.aws.streaming",
    "code hook": "import daehwa.aws.hook, daehwa.aws.chatgpt",
    "boto3 with one client": (
        "import boto3; boto3.client('lexv2-runtime', region_name='ap-northeast-2')"
    ),
    "boto3 with two clients": (
        "import boto3; boto3.client('lexv2-runtime', region_name='ap-northeast-2');"
        " boto3.client('dynamodb', region_name='ap-northeast-2')"
    ),
}


def milliseconds(script: str) -> float:
    """The median processor time of a fresh process that runs ``script``."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    taken = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", script], check=True, env=environ)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        taken.append(seconds * 1000)
    return statistics.median(taken)


def sizes() -> tuple[int, int]:
    """Bytes of the functions' code as files, and zipped."""
    packed = io.BytesIO()
    plain = 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for room, modules in (("aws", None), ("answers", ANSWERS), ("chat", CHAT)):
            for file in sorted((ROOT / "src/daehwa" / room).glob("*.py")):
                if file.stem != "testing" and (modules is None or file.stem in modules.split()):
                    plain += file.stat().st_size
                    archive.write(file, f"daehwa/{room}/{file.name}")
    return plain, len(packed.getvalue())


def main() -> None:
    """Print a table."""
    bare = 0.0
    width = max(map(len, SUBJECTS))
    for name, script in SUBJECTS.items():
        taken = milliseconds(script)
        bare = bare or taken
        print(f"{name:<{width}}  {taken:7.0f} ms  {taken - bare:+7.0f} ms")
    plain, packed = sizes()
    print(f"code: {plain / 1024:.0f} KB, zipped {packed / 1024:.0f} KB")


if __name__ == "__main__":
    main()
