"""Understanding, measured beside its peers on the public sets, all in the same run.

    python bench/nlu [--sets clinc-10 paraKQC ...] [--peers Daehwa ...] [--seeds 3] [--json FILE]
    python bench/nlu --parts intents slots negated builtins locales sentiment speed

Without ``--parts`` all are measured: the intents, as follows, and then whatever stands in the
scripts of those names beside this one, each with a table of its own.

``accuracy`` is of in-scope texts without a threshold, ``AUROC`` in scope against out of
scope, ``right`` and ``caught`` at the threshold 0.40 (in-scope texts understood, out-of-scope
texts that fall through), ``ECE`` over all texts, out of scope counting as never right. Times
are of one text at a time. Samples are drawn with each seed in turn and the figures averaged. A
system that cannot be run here is left out, and why is said at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import material
import numpy as np
from material import NOBODYS, Labelled
from peers import PEERS, QUALITIES, Answers, Unavailable, as_bot

from daehwa import bot
from daehwa.nlu import QualityError
from daehwa.nlu.evaluation import measures

HERE = Path(__file__).parent
PARTS = ("intents", "slots", "negated", "builtins", "locales", "sentiment", "speed")
"""The intents, and scripts beside this one that measure something else."""
THRESHOLD = 0.4
SMALL_BOTS = 15


class Trial(NamedTuple):
    """One thing to learn and to be asked."""

    train: Labelled
    test: Labelled
    language: str
    locale: bot.BotLocale | None = None
    """The whole bot, where it has more than its samples."""


def few(source: Labelled, count: int, seed: int) -> Labelled:
    """So many samples of each intent, drawn by the seed."""
    chance = np.random.default_rng(seed)
    texts, intents = [], []
    for name in source.names:
        own = source.of(name)
        for place in chance.choice(len(own), min(count, len(own)), replace=False):
            texts.append(own[place])
            intents.append(name)
    return Labelled(tuple(texts), tuple(intents))


def only(source: Labelled, names: set[str]) -> Labelled:
    """The texts of some intents."""
    kept = [(t, i) for t, i in zip(source.texts, source.intents, strict=True) if i in names]
    return Labelled(tuple(t for t, _ in kept), tuple(i for _, i in kept))


def clinc(count: int | None, seeds: int) -> Iterator[Trial]:
    """CLINC150 with its out-of-scope texts; all samples of each intent, or so many."""
    train = material.public("clinc150/train")
    test = material.public("clinc150/test") + material.public("clinc150/oos_test")
    for seed in range(1 if count is None else seeds):
        yield Trial(train if count is None else few(train, count, seed), test, "en")


def small_bots(_seeds: int) -> Iterator[Trial]:
    """Eight intents of CLINC150, ten samples each, against its out-of-scope texts."""
    train, test = material.public("clinc150/train"), material.public("clinc150/test")
    outside = material.public("clinc150/oos_test")
    for seed in range(SMALL_BOTS):
        names = np.random.default_rng(seed).choice(train.names, 8, replace=False)
        chosen = {str(name) for name in names}
        yield Trial(few(only(train, chosen), 10, seed), only(test, chosen) + outside, "en")


def para_kqc(_seeds: int) -> Iterator[Trial]:
    """Korean paraphrases, five an intent, against near out-of-scope texts."""
    test = material.public("ko_paraKQC/test") + material.public("ko_paraKQC/oos_test")
    yield Trial(material.public("ko_paraKQC/train"), test, "ko")


def chit_chat(_seeds: int) -> Iterator[Trial]:
    """The same against Korean small talk, far out of scope."""
    test = material.public("ko_paraKQC/test") + material.public("ko_chitchat/oos_test")
    yield Trial(material.public("ko_paraKQC/train"), test, "ko")


def snips(seeds: int) -> Iterator[Trial]:
    """SNIPS, ten samples an intent; nothing out of scope."""
    train, test = material.public("snips/train_small"), material.public("snips/test")
    for seed in range(seeds):
        yield Trial(few(train, 10, seed), test, "en")


def given_bots(_seeds: int) -> Iterator[Trial]:
    """The small bots of ``../shared/faults``; the peers learn their samples as they stand."""
    for given in material.given_bots():
        samples = [
            (sample.utterance, name)
            for name, intent in given.locale.intents.items()
            for sample in intent.sample_utterances
        ]
        train = Labelled(*(tuple(column) for column in zip(*samples, strict=True)))
        yield Trial(train, given.test, given.locale.identifier[:2], given.locale)


def own_bots(kind: str) -> Iterator[Trial]:
    """Small bots of our own of a kind, with situations, slang and near strangers."""
    for language in ("ko", "en"):
        for own in material.hard_bots(language, kind):
            samples = [(text, name) for name, texts in own.samples.items() for text in texts]
            asked = [(text, name) for name, texts in own.asked.items() for text in texts]
            asked += [(text, NOBODYS) for text in own.strangers]
            train, test = (
                Labelled(*(tuple(column) for column in zip(*rows, strict=True)))
                for rows in (samples, asked)
            )
            yield Trial(train, test, language)


def real_bots(_seeds: int) -> Iterator[Trial]:
    """Braun et al. 2017: three bots with what real people asked."""
    for corpus in ("AskUbuntuCorpus", "ChatbotCorpus", "WebApplicationsCorpus"):
        train, test = (material.real_bot(corpus, part) for part in ("train", "test"))
        yield Trial(only(train, set(train.names) - {NOBODYS}), test, "en")


def answers_of(peer: str, trial: Trial) -> Answers:
    """What a peer makes of a trial; this project is given the whole bot."""
    if trial.locale is not None and peer in QUALITIES:
        return as_bot(QUALITIES[peer], trial.locale, trial.test.texts)
    return PEERS[peer](trial.train, trial.test.texts, trial.language)


SETS = {
    "given-bots": given_bots,
    "fresh-bots": lambda _seeds: own_bots("fresh"),
    "blind-bots": lambda _seeds: own_bots("blind"),
    "later-bots": lambda _seeds: own_bots("later"),
    "further-bots": lambda _seeds: own_bots("further"),
    "newest-bots": lambda _seeds: own_bots("newest"),
    "real-bots": real_bots,
    "clinc-5": lambda seeds: clinc(5, seeds),
    "clinc-10": lambda seeds: clinc(10, seeds),
    "clinc-full": lambda seeds: clinc(None, seeds),
    "small-bots": small_bots,
    "paraKQC": para_kqc,
    "paraKQC-chat": chit_chat,
    "snips-10": snips,
}


def judge(trial: Trial, found: list[tuple[str, float]]) -> dict[str, float]:
    """The measures of one trial."""
    scores = np.array([score for _, score in found])
    pairs = zip(found, trial.test.intents, strict=True)
    right = np.array([said == truth for (said, _), truth in pairs], dtype=bool)
    outside = np.array([intent == NOBODYS for intent in trial.test.intents], dtype=bool)
    balance = measures.balance_at(THRESHOLD, scores, right, outside)
    return {
        "accuracy": float(right[~outside].mean()),
        "auroc": measures.auroc(scores[~outside], scores[outside]),
        "right": balance.right,
        "caught": balance.caught,
        "ece": measures.calibration(np.clip(scores, 0, 1), right)[0],
    }


def mean_of(numbers: list[float]) -> float:
    """Their mean, but for those that a trial cannot give."""
    given = [number for number in numbers if not np.isnan(number)]
    return statistics.fmean(given) if given else float("nan")


def main() -> None:
    """Run what was chosen; print a table, and write it as JSON if wanted."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    options.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--json", type=Path)
    options.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    chosen = options.parse_args()
    if "intents" in chosen.parts:
        intents(chosen)
    for part in chosen.parts:
        script = HERE / f"{part}.py"
        if part != "intents" and script.is_file():
            print(f"\n## {part}\n", flush=True)
            subprocess.run([sys.executable, script], check=False)


def intents(chosen: argparse.Namespace) -> None:
    """Which intent a text means: every set by every peer."""
    print(f"{os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}\n")
    print("| set | system | accuracy | AUROC | right | caught | ECE | fit s | p50 ms | p99 ms |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    rows = []
    missing: dict[str, str] = {}
    for name in chosen.sets:
        for peer in chosen.peers:
            if peer in missing:
                continue
            try:
                found = [(trial, answers_of(peer, trial)) for trial in SETS[name](chosen.seeds)]
            except (Unavailable, QualityError) as fault:
                missing[peer] = str(fault)
                continue
            judged = [judge(trial, answers.found) for trial, answers in found]
            row = {key: mean_of([one[key] for one in judged]) for key in judged[0]}
            times = [ms for _, answers in found for ms in answers.milliseconds]
            row |= {
                "fit_seconds": statistics.fmean(answers.fit_seconds for _, answers in found),
                "p50_ms": float(np.percentile(times, 50)),
                "p99_ms": float(np.percentile(times, 99)),
            }
            rows.append({"set": name, "system": peer, **row})
            shares = " | ".join(
                "–" if np.isnan(row[key]) else f"{100 * row[key]:.1f}"
                for key in ("accuracy", "auroc", "right", "caught", "ece")
            )
            print(
                f"| {name} | {peer} | {shares} | {row['fit_seconds']:.1f}"
                f" | {row['p50_ms']:.2f} | {row['p99_ms']:.2f} |",
                flush=True,
            )
    for peer, why in missing.items():
        print(f"\nLeft out: {peer}. {why}")
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=1), "utf-8")


if __name__ == "__main__":
    main()
