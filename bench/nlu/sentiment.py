"""Teach the sentiment of texts (`daehwa.nlu.sentiment`), and measure it on texts it never saw.

    python bench/nlu/sentiment.py [--write] [--wrong]

``sentiment/en.txt`` and ``ko.txt`` teach, under a heading for each sentiment; so do, as neutral
and each for little, what people write to the bots of ``everyday/``. ``fresh_*.txt``, in other
domains and styles and never taught, measure; ``everyday/fresh_*.txt`` say how often a neutral
text to a bot is taken for something else (some of them do complain). ``--write`` puts what was
taught into the package; without it what is in the package is measured. ``--wrong`` names what
goes wrong.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from daehwa import nlu
from daehwa.nlu.languages import load
from daehwa.nlu.sentiment import ENCODERS, SENTIMENTS, SentimentWeights, features
from daehwa.nlu.sentiment.signs import SentimentSigns

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "src/daehwa/nlu/sentiment/weights.json"
LANGUAGES = {"en": "en_US", "ko": "ko_KR"}
EVERYDAY = ("short", "fragments", "bots", "values", "valued")
EVERYDAY_WEIGHT = 0.4
"""What a text of everyday bots counts beside one that was written for this."""
INVERSE_PENALTY = 0.3
DIGITS = 4


def labelled(path: Path) -> Iterator[tuple[str, str]]:
    """Texts with their sentiments."""
    sentiment = ""
    for line in path.read_text("utf-8").splitlines():
        heading = re.fullmatch(r"\[([A-Z]+)\]", line)
        if heading:
            sentiment = heading[1]
        elif line:
            yield line, sentiment


def to_bots(names: tuple[str, ...], language: str) -> list[str]:
    """What people write to everyday bots: their samples, values and questions."""
    lines = [
        line.strip()
        for name in names
        for line in (HERE / "everyday" / f"{name}_{language}.txt").read_text("utf-8").splitlines()
    ]
    return [
        line.lstrip("> ").split(" = ")[0]
        for line in lines
        if line and line[0] not in "[#{" and "{" not in line
    ]


def teach() -> SentimentWeights:
    """The weights that the texts teach."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only taught with it

    numbers, sentiments, shares = [], [], []
    for language in LANGUAGES:
        words = load(language).sentiment
        own = list(labelled(HERE / "sentiment" / f"{language}.txt"))
        known = {text for text, _ in own}
        others = [(t, "NEUTRAL") for t in {*to_bots(EVERYDAY, language)} - known]
        for rows, share in ((own, 1.0), (sorted(others), EVERYDAY_WEIGHT)):
            for text, sentiment in rows:
                numbers.append(features(text, words))
                sentiments.append(SENTIMENTS.index(sentiment))
                shares.append(share)
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=2000)
    model.fit(np.array(numbers), sentiments, sample_weight=shares)
    return SentimentWeights(
        encoders=ENCODERS,
        signs=SentimentSigns._fields,
        biases=tuple(round(float(bias), DIGITS) for bias in model.intercept_),
        weights=tuple(tuple(round(float(w), DIGITS) for w in row) for row in model.coef_),
    )


def measure(*, wrong: bool) -> None:
    """Print a line a language, and the confusions."""
    print("| language | texts | of 4 | of 3 | neutral | positive | negative | mixed | to bots |")
    print("|---|---|---|---|---|---|---|---|---|")
    notes = []
    for language, locale in LANGUAGES.items():

        def sentiment_of(text: str, locale: str = locale) -> str:
            response = nlu.detect_sentiment(text, locale)
            return "" if response is None else response.sentiment

        fresh = HERE / "sentiment" / f"fresh_{language}.txt"
        rows = [(text, kind, sentiment_of(text)) for text, kind in labelled(fresh)]
        right = {k: [got == k for _, kind, got in rows if kind == k] for k in SENTIMENTS}
        three = [got == kind for _, kind, got in rows if kind != "MIXED"]
        asked = to_bots(("fresh", "fresh_values"), language)
        moved = [(text, got) for text in asked if (got := sentiment_of(text)) != "NEUTRAL"]
        shares = [np.mean(right[k]) for k in ("NEUTRAL", "POSITIVE", "NEGATIVE", "MIXED")]
        all_right = [each for kind in right.values() for each in kind]
        figures = [np.mean(all_right), np.mean(three), *shares, 1 - len(moved) / len(asked)]
        print(f"| {language} | {len(rows)} |", " | ".join(f"{f:.1%}" for f in figures), "|")
        taken = Counter((kind, got) for _, kind, got in rows if kind != got)
        notes.append(f"{language}: " + ", ".join(f"{k} as {g} {n}" for (k, g), n in taken.items()))
        if wrong:
            notes += [f"  {kind} as {got}: {text}" for text, kind, got in rows if kind != got]
            notes += [f"  to a bot, as {got}: {text}" for text, got in moved]
    print("", *notes, sep="\n")
    texts = [text for text, _ in labelled(HERE / "sentiment" / "fresh_en.txt")]
    for text in texts:
        nlu.detect_sentiment(text, "en_US")
    begun = time.process_time()
    for text in texts:
        nlu.detect_sentiment(text, "en_US")
    taken_ms = (time.process_time() - begun) / len(texts) * 1000
    print(f"\n{taken_ms:.2f} ms a text whose vector is there")


def main() -> None:
    """Teach if wanted, and measure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true")
    options.add_argument("--wrong", action="store_true")
    chosen = options.parse_args()
    if chosen.write:
        WEIGHTS.write_bytes(msgspec.json.encode(teach()) + b"\n")
    measure(wrong=chosen.wrong)


if __name__ == "__main__":
    main()
