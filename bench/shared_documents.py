"""Documents that machines share over PostgreSQL, beside the same documents on one machine.

    python bench/shared_documents.py [--passages 100000] [--queries 200]

The texts are paragraphs of KorQuAD with half of their words exchanged (where it is not there, of
this project's own handbook), their vectors are drawn by lot: indexing them for good would take half
an hour and show nothing more. A query is encoded by the real encoder. Both sides are asked in turn,
and have to return the same passages in the same order; processor time is that of this process.
"""

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psycopg

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.data_servers import serving_postgres  # noqa: E402

from daehwa import documents, nlu  # noqa: E402
from daehwa.conversation import Settings, document_folder  # noqa: E402
from daehwa.conversation.settings import StoreSetting  # noqa: E402

KORQUAD = ROOT.parent / "shared" / "data" / "korquad" / "KorQuAD_v1.0_dev.json"
EACH = 50  # passages of a document
FEW, MOST, HALF = 20, 110, 0.5  # words of a paragraph, at least and at most; how many stay
QUESTIONS = (
    "체크인은 몇 시부터 할 수 있나요?",
    "주차장은 얼마나 큰가요?",
    "When does the pool close?",
    "How do I cancel my booking?",
    "분실물은 어디에서 찾나요?",
)


class Drawn:
    """Vectors by lot, under the real encoder's name."""

    name = nlu.ENCODER_NAME

    def __init__(self) -> None:
        self._lot = np.random.default_rng(7)

    def encode(self, texts: object) -> np.ndarray:
        vectors = self._lot.standard_normal((len(texts), 512), dtype=np.float32)  # type: ignore[arg-type]
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def paragraphs() -> list[list[str]]:
    """Texts to make more of, as words."""
    if KORQUAD.exists():
        data = json.loads(KORQUAD.read_text("utf-8"))["data"]
        texts = [one["context"] for article in data for one in article["paragraphs"]]
    else:
        files = sorted((ROOT / "bench" / "search" / "handbook").rglob("*.md"))
        texts = [part for file in files for part in file.read_text("utf-8").split("\n\n")]
    return [words for text in texts if len(words := text.split()) > FEW]


def made(passages: int) -> Iterator[documents.GivenDocument]:
    """Documents of that many passages in all."""
    lot = random.Random(7)
    known = paragraphs()
    words = [word for one in known for word in one]
    for number in range(passages // EACH):
        sections = tuple(
            documents.Section(
                headings=(f"Book {number}", " ".join(lot.choices(words, k=3))),
                text=" ".join(
                    word if lot.random() < HALF else lot.choice(words)
                    for word in lot.choice(known)[:MOST]
                )
                + ".",
            )
            for _ in range(EACH)
        )
        yield documents.GivenDocument(
            document_id=f"d{number}",
            document=documents.Document(title=f"Book {number}", sections=sections),
        )


def index(indexer: documents.Indexer, passages: int) -> int:
    """Index the documents; how many passages there are."""
    with indexer:
        for one in made(passages):
            indexer.put(one)
        return indexer.publish().passages


def main() -> None:
    """Index on one machine, copy to another, and ask both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, serving_postgres(sys.exit) as server:
        folder = Path(place)
        url = server.url.format("postgres")
        began = time.monotonic()
        total = index(documents.Indexer(folder / "alone", Drawn()), wanted.passages)
        print(f"{total} passages; on one machine: {time.monotonic() - began:.0f} s")
        setting = Settings(store=StoreSetting(url=url))
        one, two = (document_folder(setting, folder / name) for name in ("one", "two"))
        began = time.monotonic()
        index(documents.Indexer(one.folder, Drawn(), shared=one.shared), wanted.passages)
        print(f"for all machines: {time.monotonic() - began:.0f} s")
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT sum(size) FROM daehwa.objects").fetchone()
            print(f"in the store: {int(row[0] if row else 0) >> 20} MB")
        compare(folder / "alone", two, wanted.queries)
        change(one, two)
        one.close()
        two.close()


def compare(alone: Path, copy: object, queries: int) -> None:
    """Fetch the copy, and ask both sides in turn."""
    began, cpu = time.monotonic(), time.process_time()
    copy.shared.refresh()  # type: ignore[attr-defined]
    print(f"first copy: {time.monotonic() - began:.1f} s, {time.process_time() - cpu:.1f} s of CPU")
    sides = [documents.Library(alone), documents.Library(copy.folder)]  # type: ignore[attr-defined]
    times: list[list[float]] = [[], []]
    costs: list[list[float]] = [[], []]
    for number in range(queries):
        question = f"{QUESTIONS[number % len(QUESTIONS)]} {number}"
        shown = []
        for side, library in enumerate(sides):
            began, cpu = time.perf_counter(), time.process_time()
            hits = library.search(question)
            times[side].append((time.perf_counter() - began) * 1000)
            costs[side].append((time.process_time() - cpu) * 1000)
            shown.append([(hit.document_id, hit.text, hit.confidence) for hit in hits])
        if shown[0] != shown[1]:
            print("the two sides differ on", question)
    for name, each, cost in zip(("alone", "copy"), times, costs, strict=True):
        p50, p90 = statistics.median(each), statistics.quantiles(each, n=10)[8]
        cpu = statistics.median(cost)
        print(f"a query, {name}: p50 {p50:.1f} ms, p90 {p90:.1f} ms, CPU p50 {cpu:.1f} ms")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")


def change(one: object, two: object) -> None:
    """Change one document here, and see how long it takes until it is seen there."""
    began, cpu = time.monotonic(), time.process_time()
    with documents.Indexer(one.folder, Drawn(), shared=one.shared) as indexer:  # type: ignore[attr-defined]
        indexer.put(
            documents.GivenDocument(
                document_id="d0",
                document=documents.Document(
                    title="new", sections=(documents.Section(text="New."),)
                ),
            )
        )
        indexer.publish()
    published, between = time.monotonic(), time.process_time()
    two.shared.refresh()  # type: ignore[attr-defined]
    seen, end = time.monotonic(), time.process_time()
    print(f"one changed: {published - began:.1f} s to publish ({between - cpu:.1f} s of CPU),")
    print(f"  {seen - published:.1f} s to copy ({end - between:.1f} s of CPU)")


if __name__ == "__main__":
    main()
