"""The documents and questions of this benchmark, and KorQuAD where it is there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KORQUAD = ROOT.parent / "shared" / "data" / "korquad" / "KorQuAD_v1.0_dev.json"


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question and the heading (or the document's id) where its answer stands."""

    text: str
    answer: str


def own_files() -> list[Path]:
    """The handbooks in both languages, with the project's own pages around them."""
    pages = [ROOT / "README.md", ROOT / "README.ko.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [*sorted((HERE / "handbook").glob("*/*.md")), *pages]


def questions(name: str) -> list[AnsweredQuestion]:
    """The questions of ``questions/NAME.tsv`` with their headings."""
    return _answered(HERE / "questions" / f"{name}.tsv")


def _answered(file: Path) -> list[AnsweredQuestion]:
    lines = file.read_text("utf-8").splitlines()
    return [
        AnsweredQuestion(text, heading)
        for heading, _, text in (line.partition("\t") for line in lines)
    ]


def nobodys(name: str) -> list[str]:
    """Questions that no document here answers."""
    return (HERE / "questions" / f"nobody_{name}.tsv").read_text("utf-8").splitlines()


def small_libraries() -> list[Path]:
    """The folders of the small libraries, each with ``passages.md``."""
    return sorted((HERE / "small").iterdir())


def small_questions(library: Path) -> tuple[list[AnsweredQuestion], list[str]]:
    """A small library's questions, and as many that are nobody's business."""
    strangers = (library / "nobody.txt").read_text("utf-8").splitlines()
    return _answered(library / "questions.tsv"), strangers


def small_across() -> dict[str, tuple[list[AnsweredQuestion], list[str]]]:
    """The same in the other language, by library: the strangers are those of libraries in it."""
    korean = ("clinic", "office", "pool")
    found = {}
    for library in small_libraries():
        if (file := library / "across.tsv").exists():
            others = ("gym", "rental", "coworking") if library.name in korean else korean
            texts = [text for name in others for text in small_questions(HERE / "small" / name)[1]]
            found[library.name] = _answered(file), texts[::3]
    return found


def korquad() -> tuple[list[str], list[AnsweredQuestion]]:
    """KorQuAD 1.0's paragraphs and questions, each with its paragraph's number."""
    data = json.loads(KORQUAD.read_text("utf-8"))["data"]
    paragraphs = [one for article in data for one in article["paragraphs"]]
    return [one["context"] for one in paragraphs], [
        AnsweredQuestion(question["question"], str(number))
        for number, one in enumerate(paragraphs)
        for question in one["qas"]
    ]
