"""Daehwa and its peers after one face: learn labelled texts, then say intent and score.

The peers that are not Python libraries of this project are fetched once, at pinned versions,
into ``.peers`` beside this file: nlp.js from npm, fastText and Rasa from PyPI. One that this
machine cannot run says so: ``Unavailable``.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from material import Labelled
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from daehwa.bot import BotLocale
from daehwa.nlu import encoder, learn, minilm
from daehwa.nlu.evaluation import Example, locale_of
from daehwa.nlu.quality import Encoder, Quality, load

HERE = Path(__file__).parent
FETCHED = HERE / ".peers"
NLPJS = HERE / "peers" / "nlpjs.mjs"
FASTTEXT = "fasttext-wheel==0.9.2"
DIET = HERE / "peers" / "diet.py"
RASA = "rasa==3.6.21"
RASA_PYTHONS = ("3.10", "3.9", "3.8")


class Unavailable(Exception):
    """A peer cannot be run on this machine; the message says what it wants."""


class Answers(NamedTuple):
    """The best intent and its score for each test text, and what it took."""

    found: list[tuple[str, float]]
    fit_seconds: float
    milliseconds: list[float]


class Peer(Protocol):
    """Learns from labelled texts and answers test texts, one at a time."""

    def __call__(self, train: Labelled, test: Sequence[str], language: str, /) -> Answers:
        """Learn, then answer."""


def run(command: Sequence[str | Path], **options: Any) -> str:
    """What a command wrote to standard output.

    Raises:
        Unavailable: there is no such command, or it failed.
    """
    name = Path(command[0]).name
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, **options)
    except FileNotFoundError as fault:
        raise Unavailable(f"{name} is not installed") from fault
    except subprocess.CalledProcessError as fault:
        said = fault.stderr.strip().splitlines()[-3:] or [f"exit status {fault.returncode}"]
        raise Unavailable(f"{name} failed: {' / '.join(said)}") from fault
    return str(done.stdout)


def _one_by_one(
    answer: Callable[[str], tuple[str, float]], test: Sequence[str], fit_seconds: float
) -> Answers:
    found, milliseconds = [], []
    for text in test:
        began = time.perf_counter()
        found.append(answer(text))
        milliseconds.append((time.perf_counter() - began) * 1000)
    return Answers(found, fit_seconds, milliseconds)


def daehwa(quality: Quality, train: Labelled, test: Sequence[str], language: str) -> Answers:
    """This project, as a bot of a quality would use it."""
    examples = [Example(text, i) for text, i in zip(train.texts, train.intents, strict=True)]
    return as_bot(quality, locale_of(examples, {"ko": "ko_KR", "en": "en_US"}[language]), test)


def as_bot(quality: Quality, locale: BotLocale, test: Sequence[str]) -> Answers:
    """This project with a whole bot, its slots and their types among what it learns from."""
    load(quality, locale.identifier)
    began = time.perf_counter()
    model = learn(locale, quality=quality)
    fit_seconds = time.perf_counter() - began
    now = dt.datetime.now(dt.UTC)

    def answer(text: str) -> tuple[str, float]:
        candidates = model.interpret(text, now=now).candidates
        return (candidates[0].intent, candidates[0].score) if candidates else ("", 0.0)

    return _one_by_one(answer, test, fit_seconds)


def tfidf(train: Labelled, test: Sequence[str], _language: str) -> Answers:
    """TF-IDF over words and letters with logistic regression (scikit-learn)."""
    began = time.perf_counter()
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        LogisticRegression(C=30, max_iter=300),
    ).fit(train.texts, train.intents)
    fit_seconds = time.perf_counter() - began

    def answer(text: str) -> tuple[str, float]:
        shares = model.predict_proba([text])[0]
        return str(model.classes_[shares.argmax()]), float(shares.max())

    return _one_by_one(answer, test, fit_seconds)


def neighbour(vectors_of: Encoder, train: Labelled, test: Sequence[str], _language: str) -> Answers:
    """The nearest sample by a sentence encoder alone."""
    vectors_of.load()
    began = time.perf_counter()
    vectors = vectors_of.encode(train.texts)
    fit_seconds = time.perf_counter() - began

    def answer(text: str) -> tuple[str, float]:
        likeness = vectors @ vectors_of.encode((text,))[0]
        best = int(likeness.argmax())
        return train.intents[best], float(likeness[best])

    return _one_by_one(answer, test, fit_seconds)


def fasttext(train: Labelled, test: Sequence[str], _language: str) -> Answers:
    """FastText, supervised, words and letters."""
    folder = FETCHED / "python"
    if not folder.exists():
        command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
        run([*command, "--target", folder, FASTTEXT, "pybind11"])
    sys.path.insert(0, str(folder))
    library: Any = __import__("fasttext")
    labels = {intent: f"__label__{number}" for number, intent in enumerate(train.names)}
    intents = {label: intent for intent, label in labels.items()}
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for text, intent in zip(train.texts, train.intents, strict=True):
            file.write(f"{labels[intent]} {' '.join(text.casefold().split())}\n")
        file.flush()
        began = time.perf_counter()
        model = library.train_supervised(
            file.name, lr=0.5, epoch=50, wordNgrams=2, minn=2, maxn=5, dim=100, verbose=0, thread=2
        )
        fit_seconds = time.perf_counter() - began

    def answer(text: str) -> tuple[str, float]:
        # The binding beneath: the wrapper's own predict fails with NumPy 2.
        share, label = model.f.predict(" ".join(text.casefold().split()) + "\n", 1, 0.0, "")[0]
        return intents[label], float(share)

    return _one_by_one(answer, test, fit_seconds)


def nlpjs(train: Labelled, test: Sequence[str], language: str) -> Answers:
    """nlp.js 4.27, in Node.js."""
    folder = FETCHED / "node"
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text((HERE / "peers" / "package.json").read_text())
        run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder)
    return _asked(["node", NLPJS, folder], train, test, language)


def rasa(train: Labelled, test: Sequence[str], language: str) -> Answers:
    """Rasa 3.6's DIET, in a Python that is old enough for it."""
    folder = FETCHED / "rasa"
    python, ready = folder / "bin" / "python", folder / "ready"
    if not ready.exists():
        uv = (sys.executable, "-m", "uv")
        run([*uv, "venv", "-q", "--clear", "--python", _older_python(), folder])
        # Newer ones lack what Rasa asks the installed packages' list by.
        run([*uv, "pip", "install", "-q", "--python", python, RASA, "setuptools<81"])
        ready.touch()
    return _asked([python, DIET], train, test, language)


def _older_python() -> str:
    """Where a Python is that Rasa runs on, pyenv's among them.

    Raises:
        Unavailable: there is none.
    """
    tell = "import sys; print(sys.executable)"
    for version in RASA_PYTHONS:
        if name := shutil.which(f"python{version}"):
            try:
                # pyenv's command is there for every version, and fails unless it is chosen.
                return run([name, "-c", tell], env={**os.environ, "PYENV_VERSION": version}).strip()
            except Unavailable:
                continue
    raise Unavailable(f"Rasa 3.6 wants one of Python {', '.join(RASA_PYTHONS)}")


def _asked(
    command: Sequence[str | Path], train: Labelled, test: Sequence[str], language: str
) -> Answers:
    """What a peer of another world says: JSON in, JSON on the last line out."""
    asked = {
        "language": language,
        "train": list(zip(train.texts, train.intents, strict=True)),
        "test": list(test),
    }
    written = run(command, input=json.dumps(asked))
    figures = json.loads(written[written.index('{"fitSeconds"') :])
    return Answers(
        [(str(intent), float(score)) for intent, score in figures["found"]],
        float(figures["fitSeconds"]),
        [float(each) for each in figures["milliseconds"]],
    )


QUALITIES: dict[str, Quality] = {
    "Daehwa, fast": "fast",
    "Daehwa": "balanced",
    "Daehwa, best": "best",
}

PEERS: dict[str, Peer] = {
    **{name: partial(daehwa, quality) for name, quality in QUALITIES.items()},
    "TF-IDF + logistic regression": tfidf,
    "nearest sample, same encoder": partial(neighbour, encoder),
    "nearest sample, MiniLM": partial(neighbour, minilm),
    "fastText": fasttext,
    "nlp.js 4.27": nlpjs,
    "Rasa 3.6 DIET": rasa,
}
