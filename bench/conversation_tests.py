"""Fifty conversations through ``daehwa test``, from the command to its end.

    python bench/conversation_tests.py [--rounds 3]

The conversations are with the bookshop, half in Korean and half in English, of four turns: two
are a sample's own words, one is in other words than any sample, and in no two conversations the
same (so that the sentence encoders are wanted), and one is the reply to a prompt. ``new`` begins
with an empty data folder and learns both languages, ``again`` finds them learned. Shown are the
wall time and the processor time of the whole command, its children's included.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from daehwa import bot

CONVERSATIONS = 50
WORDS = {
    "ko_KR": (
        ("안녕하세요", "Greeting"),
        ("책 한 권만 골라 주실 수 있나 해서요 {}", None),
        ("책 추천", "RecommendBook"),
        ("오싹한", "RecommendBook"),
    ),
    "en_US": (
        ("Hello", "Greeting"),
        ("could you pick something nice for me to read {}", None),
        ("Recommend me a book", "RecommendBook"),
        ("spooky", "RecommendBook"),
    ),
}


def conversations() -> str:
    """The test file."""
    talks = {}
    for number in range(CONVERSATIONS):
        locale = ("ko_KR", "en_US")[number % 2]
        turns = [
            {"user": text.format(number), **({} if intent is None else {"intent": intent})}
            for text, intent in WORDS[locale]
        ]
        talks[f"{locale} {number}"] = {"locale": locale, "turns": turns}
    return json.dumps({"now": "2026-05-01T09:00+09:00", "conversations": talks}, ensure_ascii=False)


def run(file: Path, data: Path) -> tuple[float, float]:
    """Run the command once; wall and processor seconds."""
    shop = str(bot.bundled()["PadoBooksBot"])
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "daehwa", "test", shop, str(file), "--data", str(data)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, processor


def main() -> None:
    """Measure, and print a line for each kind of start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "talks.yaml"
        file.write_text(conversations(), encoding="utf-8")
        data = Path(folder) / "data"
        figures = {"new": [run(file, data)]}
        figures["again"] = [run(file, data) for _ in range(rounds)]
    print(f"{CONVERSATIONS} conversations, {4 * CONVERSATIONS} turns")
    for kind, pairs in figures.items():
        wall, processor = (statistics.median(values) for values in zip(*pairs, strict=True))
        print(f"{kind:6} {wall:5.2f} s wall, {processor:5.2f} s processor")


if __name__ == "__main__":
    main()
