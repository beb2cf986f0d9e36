"""What a cold start pays for: importing each Lambda entry point, over the bare interpreter.

Beside it what boto3 would cost, with one client made. Each is a fresh process; the median of
several, of processor time: on a busy machine the clock tells of the others. The size is
that of the folder that is uploaded, and of its zip.
"""

import ast
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
PACKAGE = ROOT / "deploy/aws/daehwa_deploy/package.py"
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


def uploaded() -> list[Path]:
    """The modules that the deployment uploads, as its own tables (``ROOMS``, ``_NEVER``) say."""
    tables = {}
    for node in ast.parse(PACKAGE.read_text(encoding="utf-8")).body:
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        for target in targets:
            if getattr(target, "id", "") in ("ROOMS", "_NEVER"):
                tables[target.id] = ast.literal_eval(node.value)
    home = ROOT / "src/daehwa"
    modules = [
        file
        for room, patterns in tables["ROOMS"].items()
        for pattern in patterns
        for file in sorted((home / room).glob(pattern))
        if file.name not in tables["_NEVER"]
    ]
    return [home / "__init__.py", *modules]


def sizes() -> tuple[int, int]:
    """Bytes of the functions' code as files, and zipped."""
    packed = io.BytesIO()
    plain = 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in uploaded():
            plain += file.stat().st_size
            archive.write(file, str(file.relative_to(ROOT / "src")))
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
