"""``python bench/search [calibrate|small|across]``: finding the passage, beside other ways to.

Own questions over the handbooks of ``handbook/`` and the project's own pages, questions in Korean
on English pages, questions that are nobody's business, and KorQuAD 1.0's development set where it
is there. ``small`` are libraries of some twenty passages, each alone, ``across`` some of them asked
in the other language. ``calibrate`` shows how true
the confidence of ``daehwa.documents.scoring`` is.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from math import log, log1p
from pathlib import Path

import numpy as np
from material import (
    AnsweredQuestion,
    korquad,
    nobodys,
    own_files,
    questions,
    small_across,
    small_libraries,
    small_questions,
)

from daehwa import documents, nlu
from daehwa.documents.passages import passages
from daehwa.documents.reading import read_file

Search = Callable[[str], list[str]]
"""A question's answers, best first, as a passage's heading or a paragraph's number."""

_FIRST = 5
_SETS = ("ko", "en", "hard_ko", "hard_en", "across")


def spaces(passages: Sequence[tuple[str, str]]) -> Search:
    """BM25 over words between spaces: what a search without a language's knowledge does."""
    counts = [Counter(text.casefold().split()) for _, text in passages]
    frequency = Counter(word for one in counts for word in one)
    lengths = [sum(one.values()) for one in counts]
    mean = sum(lengths) / len(lengths)

    def search(question: str) -> list[str]:
        words = set(question.casefold().split())
        scores = []
        for at, one in enumerate(counts):
            score = 0.0
            for word in words & one.keys():
                idf = log1p((len(counts) - frequency[word] + 0.5) / (frequency[word] + 0.5))
                norm = 1.2 * (0.25 + 0.75 * lengths[at] / mean)
                score += idf * one[word] * 2.2 / (one[word] + norm)
            scores.append((-score, at))
        return [passages[at][0] for score, at in sorted(scores)[:50] if score]

    return search


def trigrams(passages: Sequence[tuple[str, str]]) -> Search:
    """SQLite's FTS5 with its trigram tokenizer."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE p USING fts5(text, tokenize='trigram')")
    connection.executemany("INSERT INTO p VALUES (?)", [(text,) for _, text in passages])

    def search(question: str) -> list[str]:
        words = re.findall(r"\w+", question)
        grams = {word[at : at + 3] for word in words for at in range(max(0, len(word) - 2))}
        if not grams:
            return []
        wanted = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        rows = connection.execute(
            "SELECT rowid FROM p WHERE p MATCH ? ORDER BY rank LIMIT 50", (wanted,)
        )
        return [passages[row - 1][0] for (row,) in rows]

    return search


def encoder(passages: Sequence[tuple[str, str]]) -> Search:
    """The sentence encoder alone, over whole passages."""
    vectors = np.concatenate(
        [
            nlu.encode([text for _, text in passages[at : at + 64]])
            for at in range(0, len(passages), 64)
        ]
    )

    def search(question: str) -> list[str]:
        order = np.argsort(-(vectors @ nlu.encode([question])[0]))[:50]
        return [passages[at][0] for at in order]

    return search


def words_alone(folder: Path) -> tuple[Search, Callable[[str], float]]:
    """The library as AWS Lambda searches it, and how sure it is of its best passage."""
    file = folder / "portable.sqlite3"
    documents.write_portable(folder, file)
    index = documents.PortableIndex(file)

    def search(question: str) -> list[str]:
        return [hit.heading.rpartition(" > ")[2] for hit in index.search(question)]

    return search, lambda text: max((hit.confidence for hit in index.search(text)), default=0.0)


def ours(library: documents.Library, key: Callable[[documents.Hit], str]) -> Search:
    """This program's own search."""
    return lambda question: [key(hit) for hit in library.search(question)]


def ranks(search: Search, wanted: Sequence[AnsweredQuestion]) -> list[int]:
    """Where the right answer stands, from 1; 0 where it is not among the results."""
    places = []
    for one in wanted:
        results = list(dict.fromkeys(search(one.text)))
        places.append(results.index(one.answer) + 1 if one.answer in results else 0)
    return places


def show(name: str, of: str, places: Sequence[int], milliseconds: float) -> None:
    """Print a row of the table."""
    size = len(places)
    first = sum(place == 1 for place in places) / size
    among = sum(0 < place <= _FIRST for place in places) / size
    mrr = sum(1 / place for place in places if place) / size
    print(
        f"| {name} | {of} | {first:.3f} | {among:.3f} | {mrr:.3f} | {milliseconds:.1f} |",
        flush=True,
    )


def compare(searches: dict[str, Search], name: str, wanted: Sequence[AnsweredQuestion]) -> None:
    """A row for each way to search, with its CPU milliseconds for a question."""
    for way, search in searches.items():
        search("warm")
        begun = time.process_time()
        places = ranks(search, wanted)
        show(
            f"{name} ({len(wanted)})",
            way,
            places,
            (time.process_time() - begun) / len(wanted) * 1e3,
        )


def silence(of: str, search: Search, sure: Callable[[str], float]) -> None:
    """How many answerable questions are answered where one in ten of nobody's is, too."""
    print(f"\n| {of} | false | answered | right first of these | answered at 10 % false |")
    print("|---|---|---|---|---|")
    for name in ("ko", "en"):
        false = np.array([sure(text) for text in nobodys(name)])
        own = questions(name)
        true = np.array([sure(one.text) for one in own])
        places = np.array(ranks(search, own))
        bound = float(np.quantile(false, 0.9))
        answered = true >= documents.ENOUGH
        right = (places[answered] == 1).mean()
        print(
            f"| {name} | {(false >= documents.ENOUGH).mean():.2f} | {answered.mean():.2f} "
            f"| {right:.2f} | {(true > bound).mean():.2f} |"
        )


def _heading(hit: documents.Hit) -> str:
    return hit.heading.rpartition(" > ")[2]


def _index(folder: Path, put: Callable[[documents.Indexer], None]) -> documents.Library:
    begun = time.process_time()
    with documents.Indexer(folder) as indexer:
        put(indexer)
        report = indexer.publish()
    cpu = (time.process_time() - begun) / max(1, report.passages) * 1e3
    print(f"{report.passages} passages indexed, {cpu:.1f} ms of CPU each\n")
    return documents.Library(folder)


def own(folder: Path) -> None:
    """The own questions, in both languages and across them."""
    library = _index(folder, lambda indexer: indexer.add_files(own_files()))
    cut = [
        (passage.heading.rpartition(" > ")[2], f"{passage.heading}\n{passage.text}")
        for file in own_files()
        for passage in passages(read_file(file)[0])
    ]
    alone, sure_alone = words_alone(folder)
    searches = {
        "this": ours(library, _heading),
        "its words alone": alone,
        "BM25 on spaces": spaces(cut),
        "FTS5 trigram": trigrams(cut),
        "the encoder alone": encoder(cut),
    }
    print("| questions | search | R@1 | R@5 | MRR | ms of CPU |\n|---|---|---|---|---|---|")
    for name in _SETS:
        compare(searches, name, questions(name))

    def sure(text: str) -> float:
        return max((hit.confidence for hit in library.search(text)), default=0.0)

    silence("this", ours(library, _heading), sure)
    silence("its words alone", alone, sure_alone)


def open_set(folder: Path) -> None:
    """KorQuAD's paragraphs and questions."""
    paragraphs, wanted = korquad()

    def put(indexer: documents.Indexer) -> None:
        for number, text in enumerate(paragraphs):
            section = documents.Section(text=text)
            indexer.put(
                documents.GivenDocument(
                    document_id=str(number),
                    document=documents.Document(title="", sections=(section,)),
                )
            )

    library = _index(folder, put)
    cut = [(str(number), text) for number, text in enumerate(paragraphs)]
    print("| questions | search | R@1 | R@5 | MRR | ms of CPU |\n|---|---|---|---|---|---|")
    compare({"this": ours(library, lambda hit: hit.document_id)}, "KorQuAD", wanted)
    fewer = wanted[::10]
    peers = {
        "BM25 on spaces": spaces(cut),
        "FTS5 trigram": trigrams(cut),
        "the encoder alone": encoder(cut),
    }
    compare(peers, "KorQuAD, every tenth", fewer)


def calibrate(folder: Path) -> None:
    """Show how true the confidence is: a logistic regression on it; 1 and 0 are the ideal."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a tool of this alone

    library = _index(folder, lambda indexer: indexer.add_files(own_files()))
    for name in ("ko", "en"):
        texts = [(one.text, 1) for one in questions(name)] + [(one, 0) for one in nobodys(name)]
        rows = []
        for text, _ in texts:
            sure = max((hit.confidence for hit in library.search(text)), default=0.0)
            sure = min(max(sure, 1e-6), 1 - 1e-6)
            rows.append([log(sure / (1 - sure))])
        fitted = LogisticRegression(C=100).fit(rows, [label for _, label in texts])
        print(name, "slope", fitted.coef_[0].round(2), "constant", fitted.intercept_.round(2))


def small(folder: Path) -> None:
    """Libraries of some twenty passages: what is found, and what is nobody's business."""
    print(_SMALL_TITLES)
    for path in small_libraries():
        _small_row(_small_library(folder, path), path.name, *small_questions(path))


def across(folder: Path) -> None:
    """The same, asked in the other language."""
    print(_SMALL_TITLES)
    asked = small_across()
    for path in small_libraries():
        if path.name in asked:
            _small_row(_small_library(folder, path), path.name, *asked[path.name])


_SMALL_TITLES = """| library | R@1 | R@5 | false | answered | at 10 % false | ms of CPU a query |
|---|---|---|---|---|---|---|"""


def _small_library(folder: Path, path: Path) -> documents.Library:
    with documents.Indexer(folder / path.name) as indexer:
        indexer.add_files([path / "passages.md"])
        indexer.publish()
    return documents.Library(folder / path.name)


def _small_row(
    library: documents.Library, name: str, wanted: list[AnsweredQuestion], strangers: list[str]
) -> None:
    library.search("warm")
    begun = time.process_time()
    results = [library.search(one.text) for one in wanted]
    cpu = (time.process_time() - begun) / len(wanted) * 1e3
    headings = [[_heading(hit) for hit in hits] for hits in results]

    def sure(hits: list[documents.Hit]) -> float:
        return max((hit.confidence for hit in hits), default=0.0)

    true = np.array([sure(hits) for hits in results])
    false = np.array([sure(library.search(text)) for text in strangers])
    pairs = list(zip(headings, wanted, strict=True))
    first = sum(names[:1] == [one.answer] for names, one in pairs) / len(wanted)
    among = sum(one.answer in names[:_FIRST] for names, one in pairs) / len(wanted)
    print(
        f"| {name} ({len(wanted)}) | {first:.2f} | {among:.2f} "
        f"| {(false >= documents.ENOUGH).mean():.2f} | {(true >= documents.ENOUGH).mean():.2f} "
        f"| {(true > np.quantile(false, 0.9)).mean():.2f} | {cpu:.1f} |",
        flush=True,
    )


def main() -> None:
    """Run what is named, or all."""
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:] == ["calibrate"]:
            calibrate(Path(folder))
            return
        if sys.argv[1:] in (["small"], ["across"]):
            (small if sys.argv[1] == "small" else across)(Path(folder))
            return
        own(Path(folder) / "own")
        try:
            open_set(Path(folder) / "korquad")
        except FileNotFoundError as error:
            print(f"\nKorQuAD is not there: {error}")


if __name__ == "__main__":
    main()
