"""Teach the networks of `daehwa.nlu.confidence` from random bots, and say how they do.

    python bench/nlu/calibrate.py [--recipes balanced_en small_en ...] [--bots 480]
                                  [--write [--keep | --correct]]

Each bot draws some intents of a set and some samples of each. It is then asked the other
texts of its intents, texts of the intents left out (near), and texts of nobody's business
(far). The small bots of our own (`TEACHING`) are asked what people write to such bots:
situations, slang, typos, half sentences, and near strangers. Only training and validation parts
are read. A quarter of the bots is held back to report on; what ``--write`` puts into the
package comes from all of them; with ``--keep`` beside the networks that are there, each half;
with ``--correct`` what those get wrong is taught to small networks that are added to them.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import material
import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from daehwa.nlu import confidence
from daehwa.nlu.background import background
from daehwa.nlu.classifier import Classifier
from daehwa.nlu.encoder import Vectors
from daehwa.nlu.quality import RECIPES, Recipe

# The share of a bot's texts that are its own, for bots of at most so many intents; of the
# others a third are near (intents left out), two thirds far.
OWN = ((1, 0.1), (3, 0.4), (10, 0.52), (40, 0.62), (150, 0.72))
MISTAKEN = 0.3
"""How much a text of the bot's own counts that is taken for another of its intents."""

ENGLISH = 3
"""Every so many English background texts are asked of Korean bots as well."""
ASKED = 24
LARGEST = 2000
NETWORKS = 3
"""What they say is averaged, which together is a network of so many times the neurons."""
HARD_SHARE = 0.5
"""Bots of our own among those drawn."""
TEACHING = ("bots", "fresh", "blind", "later", "further")
"""The kinds of those bots that teach. All but ``bots`` once measured only, until they had been
looked at too often."""
HARD_WEIGHT = 2.0
"""What one of them counts beside another bot."""
HARD_OWN = ((1, 0.09), (2, 0.24), (3, 0.31), (6, 0.39))
HARD_SAMPLES = (1, 2, 3, 4, 5, 5, 5, 5)
HARD_SIZES = (1, 1, 2, 3, 4, 5, 6, 6, 6, 6)
VALUED_SHARE = 0.15
"""Bots of one or two samples, with slots, among those drawn."""
FILLINGS = 4
"""Texts made of each sample with placeholders, as `daehwa.nlu.learning` does."""

Floats = npt.NDArray[np.float64]
NEURONS = 16
ROUNDS = 40
BATCH = 256
PACE = 0.003
SHRINKAGE = 5e-4
CORRECTING_NEURONS = 8
CORRECTING_ROUNDS = 30
CORRECTING_SHRINKAGE = 2e-3
CORRECTING_OWN = 1.15
"""What a bot's own texts count more when networks are corrected."""
NAMES = tuple(
    confidence.numbers(confidence.Signs(**dict.fromkeys(confidence.Signs.__struct_fields__, 0.0)))
)
CONSTANT = 1e-6
CALIBRATION = Path(confidence.__file__).parent / "calibration"
SIZES = (1, 1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50, 100, 150)
SAMPLES = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 40, 80)


class Source(NamedTuple):
    """Where bots are drawn from, and the texts of nobody's business that go with it."""

    name: str
    locale: str
    bots: material.Labelled
    far: tuple[str, ...]
    short: tuple[str, ...]
    weight: int


@cache
def sources(language: str) -> list[Source]:
    """Every set of a language, training and validation parts only."""
    short = material.fragments(language)
    chat = material.public("ko_chitchat/oos_val").texts
    if language == "en":
        oos = material.public("clinc150/oos_train") + material.public("clinc150/oos_val")
        clinc, snips = (material.public(f"{name}/train_small") for name in ("clinc150", "snips"))
        return [
            Source("clinc150", "en_US", clinc, oos.texts, short, 4),
            Source("snips", "en_US", snips, oos.texts, short, 1),
            Source("everyday en", "en_US", material.everyday("en"), oos.texts, short, 2),
            Source("short en", "en_US", material.everyday("short_en"), oos.texts, short, 3),
        ]
    paraphrases = material.public("ko_paraKQC/train") + material.public("ko_paraKQC/val")
    oos = material.public("ko_paraKQC/oos_val")
    everyday_far = chat + paraphrases.texts[::20]
    # Some people speak English to a Korean bot.
    english = background("en_US")[::ENGLISH]
    return [
        Source("paraKQC", "ko_KR", paraphrases, chat + oos.texts + english, short, 3),
        Source("everyday ko", "ko_KR", material.everyday("ko"), everyday_far + english, short, 3),
        Source("short ko", "ko_KR", material.everyday("short_ko"), chat + english, short, 3),
    ]


class Bot(NamedTuple):
    """What one bot's questions gave by a recipe: features, whether right, kinds, weights."""

    recipe: str
    source: str
    intents: int
    numbers: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]
    kind: npt.NDArray[np.str_]
    weight: npt.NDArray[np.float64]


def remember(encoder: ModuleType) -> None:
    """Encode each text once: bots share most of theirs."""
    known: dict[str, Vectors] = {}
    encode = encoder.encode

    def remembered(texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, encode(new), strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32)

    encoder.encode = remembered


def draw(
    source: Source,
    by_intent: Mapping[str, tuple[str, ...]],
    chance: np.random.Generator,
    recipes: Sequence[Recipe],
) -> Iterable[Bot]:
    """A random bot of the source, asked."""
    size = min(int(chance.choice(SIZES)), max(len(by_intent) - 1, 1))
    usual = int(np.median([len(texts) for texts in by_intent.values()]))
    many = int(chance.choice([count for count in SAMPLES if count < usual]))
    if size * many > LARGEST:
        many = int(chance.choice([5, 10, LARGEST // size]))
    names = [str(name) for name in chance.choice(list(by_intent), size, replace=False)]
    even = chance.random() < 0.5
    samples, asked = [], []
    for number, name in enumerate(names):
        texts = chance.permutation(by_intent[name])
        count = many if even else max(1, int(chance.poisson(many)))
        count = min(count, max(len(texts) - 2, 1))
        samples.append([str(text) for text in texts[:count]])
        asked += [(str(text), number) for text in texts[count:]]
    titles = names if chance.random() < 0.5 else ()
    classifier = Classifier.learn(
        samples, recipes=recipes, names=titles, background=background(source.locale)
    )
    near = [text for name, texts in by_intent.items() if name not in names for text in texts]
    far = [*chance.permutation(source.far)[: ASKED * 2 // 3], *chance.permutation(source.short)]
    groups = {
        "own": [asked[i] for i in chance.permutation(len(asked))[:ASKED]],
        "near": [(near[i], -1) for i in chance.permutation(len(near))[:ASKED]],
        "far": [(str(text), -1) for text in far[:ASKED]],
    }
    own = next(share for most, share in OWN if size <= most)
    shares = {"own": own, "near": (1 - own) / 3, "far": (1 - own) * 2 / 3}
    return ask(source.name, classifier, groups, shares)


def draw_hard(
    bot: material.HardBot, language: str, chance: np.random.Generator, recipes: Sequence[Recipe]
) -> Iterable[Bot]:
    """Some intents of one of our own small bots, with some of their samples, asked."""
    names = [str(name) for name in chance.permutation(list(bot.samples))]
    names = names[: int(chance.choice(HARD_SIZES))]
    many = int(chance.choice(HARD_SAMPLES))

    def filled(texts: Iterable[str], times: int = 1) -> list[str]:
        """The texts with values in them, those with placeholders so many times."""
        return list(
            dict.fromkeys(
                re.sub(r"\{(\w+)\}", lambda slot: str(chance.choice(bot.values[slot[1]])), text)
                for text in texts
                for _ in range(times if "{" in text else 1)
            )
        )

    samples, own = [], []
    for number, name in enumerate(names):
        texts = [str(text) for text in chance.permutation(bot.samples[name])]
        samples.append(filled(texts[:many], FILLINGS))
        own += [(text, number) for text in filled((*texts[many:], *bot.asked[name]))]
    others = [name for name in bot.samples if name not in names]
    near = filled([*bot.strangers, *(text for name in others for text in bot.asked[name])])
    everything = [*sources(language)[0].far, *material.fragments(language)]
    locale = {"ko": "ko_KR", "en": "en_US"}[language]
    classifier = Classifier.learn(
        samples,
        recipes=recipes,
        names=names if chance.random() < 0.5 else (),
        background=background(locale),
        values=[value for own in bot.values.values() for value in own],
    )
    groups = {
        "own": own,
        "near": [(str(text), -1) for text in chance.permutation(near)[:ASKED]],
        "far": [(str(text), -1) for text in chance.permutation(everything)[:ASKED]],
    }
    share = next(share for most, share in HARD_OWN if len(names) <= most)
    shares = {"own": share, "near": (1 - share) / 2, "far": (1 - share) / 2}
    shares = {kind: HARD_WEIGHT * part for kind, part in shares.items()}
    return ask(f"{'valued' if bot.values else 'bots'} {language}", classifier, groups, shares)


def ask(
    source: str,
    classifier: Classifier,
    groups: Mapping[str, Sequence[tuple[str, int]]],
    shares: Mapping[str, float],
) -> Iterable[Bot]:
    """What each stage of a classifier gives for texts and their intents (-1: none), by kind."""
    rows: list[list[list[float]]] = [[] for _ in classifier.stages]
    right: list[list[bool]] = [[] for _ in classifier.stages]
    kinds, weights = [], []
    for kind, texts in groups.items():
        for text, number in texts:
            spelling, evidence = classifier.spelling(text), None
            for stage in range(len(classifier.stages)):
                evidence = classifier.evidence(text, spelling, evidence)
                found, top = confidence.signs(evidence, samples=classifier.samples)
                rows[stage].append(list(confidence.numbers(found).values()))
                right[stage].append(top == number)
            kinds.append(kind)
            weights.append(shares[kind] / len(texts))
    for place, stage in enumerate(classifier.stages):
        yield Bot(
            stage.recipe.name,
            source,
            classifier.intents,
            np.array(rows[place]),
            np.array(right[place]),
            np.array(kinds),
            np.array(weights),
        )


def calibration_error(
    scores: npt.NDArray[np.float64],
    right: npt.NDArray[np.bool_],
    weight: npt.NDArray[np.float64],
) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins = np.minimum((scores * 10).astype(int), 9)
    gaps = [abs(float((weight * (scores - right))[bins == number].sum())) for number in range(10)]
    return sum(gaps) / float(weight.sum())


def report(title: str, bots: list[Bot], model: confidence.Network) -> None:
    """One line: how the scores do for some bots at the threshold 0.40."""
    if not bots:
        return
    scores = model.scores(np.concatenate([bot.numbers for bot in bots]))
    right = np.concatenate([bot.right for bot in bots])
    kind = np.concatenate([bot.kind for bot in bots])
    weight = np.concatenate([bot.weight for bot in bots])

    def share(mask: npt.NDArray[np.bool_], group: str) -> float:
        chosen = kind == group
        return float(np.average(mask[chosen], weights=weight[chosen])) if chosen.any() else np.nan

    area = roc_auc_score(kind == "own", scores, sample_weight=weight)
    print(
        f"{title:28} bots {len(bots):4}  ece {calibration_error(scores, right, weight):.3f}"
        f"  auroc {area:.3f}  right {share(right, 'own'):.3f}"
        f"  right at .40 {share(right & (scores >= 0.4), 'own'):.3f}"
        f"  caught near {share(scores < 0.4, 'near'):.3f} far {share(scores < 0.4, 'far'):.3f}"
    )


def learn(bots: list[Bot], seed: int = 0) -> confidence.Learned:
    """Teach some networks, and put them side by side: the mean of what they say."""
    some = [learn_one(bots, seed + number) for number in range(NETWORKS)]
    return confidence.Learned(
        hidden={name: [weight for one in some for weight in one.hidden[name]] for name in NAMES},
        bias=[weight for one in some for weight in one.bias],
        out=_short(np.array([weight for one in some for weight in one.out]) / NETWORKS),
        straight={
            name: float(f"{np.mean([one.straight[name] for one in some]):.6g}") for name in NAMES
        },
        intercept=float(np.mean([one.intercept for one in some])),
    )


def beside(
    one: confidence.Learned, other: confidence.Learned, share: float = 0.5
) -> confidence.Learned:
    """What two networks say, each so much (their mean, or 1 for their sum), as one network."""
    names = dict.fromkeys((*one.hidden, *other.hidden))

    def hidden(learned: confidence.Learned, name: str) -> list[float]:
        """A number's weights; none where the network was not taught by it."""
        return learned.hidden.get(name, [0.0] * len(learned.bias))

    return confidence.Learned(
        hidden={name: hidden(one, name) + hidden(other, name) for name in names},
        bias=one.bias + other.bias,
        out=_short(np.array(one.out + other.out) * share),
        straight={
            name: float(f"{(one.straight.get(name, 0) + other.straight.get(name, 0)) * share:.6g}")
            for name in names
        },
        intercept=(one.intercept + other.intercept) * share,
    )


def corrected(bots: list[Bot], kept: confidence.Learned, seed: int = 0) -> confidence.Learned:
    """The network with some small ones added, that were taught what it gets wrong."""
    table = np.concatenate([bot.numbers for bot in bots])
    network = confidence.Network.of(kept)
    scores = network.scores(table[:, [NAMES.index(name) for name in network.names]])
    heard = np.log(scores / (1 - scores))
    some = [
        learn_one(
            [
                bot._replace(weight=np.where(bot.kind == "own", CORRECTING_OWN, 1) * bot.weight)
                for bot in bots
            ],
            seed + number,
            kept=heard,
            neurons=CORRECTING_NEURONS,
            rounds=CORRECTING_ROUNDS,
            shrinkage=CORRECTING_SHRINKAGE,
        )
        for number in range(NETWORKS)
    ]
    third = msgspec.structs.replace(
        some[0],
        hidden={name: [weight for one in some for weight in one.hidden[name]] for name in NAMES},
        bias=[weight for one in some for weight in one.bias],
        out=_short(np.array([weight for one in some for weight in one.out]) / NETWORKS),
        straight={name: float(np.mean([one.straight[name] for one in some])) for name in NAMES},
        intercept=float(np.mean([one.intercept for one in some])),
    )
    return beside(kept, third, share=1)


def learn_one(
    bots: list[Bot],
    seed: int,
    *,
    kept: Floats | None = None,
    neurons: int = NEURONS,
    rounds: int = ROUNDS,
    shrinkage: float = SHRINKAGE,
) -> confidence.Learned:
    """Teach a network by Adam (Kingma and Ba 2015); each bot has the same weight.

    ``kept`` are log odds, one for each row, that its own are added to.
    """
    numbers = np.concatenate([bot.numbers for bot in bots])
    right = np.concatenate([bot.right for bot in bots])
    weight = np.concatenate([bot.weight for bot in bots])
    weight = np.where(
        np.concatenate([bot.kind for bot in bots]) == "own",
        np.where(right, weight, MISTAKEN * weight),
        weight,
    )
    weight /= weight.mean()
    middle, spread = numbers.mean(axis=0), numbers.std(axis=0)
    spread[spread < CONSTANT] = 1.0
    table = (numbers - middle) / spread
    chance = np.random.default_rng(seed)
    rows, width = table.shape
    hidden = chance.normal(size=(width, neurons)) / np.sqrt(width)
    weights = [hidden, np.zeros(neurons), np.zeros(neurons), np.zeros(width), np.zeros(1)]
    means, squares = ([np.zeros_like(each) for each in weights] for _ in range(2))
    step = 0
    heard = np.zeros(rows) if kept is None else kept
    for turn in range(rounds):
        pace = PACE * (1 - turn / rounds) + PACE / 30
        for some in np.array_split(chance.permutation(rows), max(rows // BATCH, 1)):
            step += 1
            slopes = _slopes(
                weights,
                table[some],
                right[some],
                weight[some],
                heard=heard[some],
                shrinkage=shrinkage,
            )
            for each, mean, square, slope in zip(weights, means, squares, slopes, strict=True):
                mean += 0.1 * (slope - mean)  # noqa: PLW2901  in place
                square += 0.001 * (slope**2 - square)  # noqa: PLW2901
                usual = np.sqrt(square / (1 - 0.999**step)) + 1e-8
                each -= pace * mean / (1 - 0.9**step) / usual  # noqa: PLW2901
    hidden, bias, out, straight, (intercept,) = weights
    return confidence.Learned(
        hidden={
            name: _short(row) for name, row in zip(NAMES, hidden / spread[:, None], strict=True)
        },
        bias=_short(bias - middle / spread @ hidden),
        out=_short(out),
        straight=dict(zip(NAMES, _short(straight / spread), strict=True)),
        intercept=float(intercept - middle / spread @ straight),
    )


def _slopes(
    weights: list[Floats],
    table: Floats,
    right: npt.NDArray[np.bool_],
    weight: Floats,
    *,
    heard: Floats,
    shrinkage: float,
) -> list[Floats]:
    """The cross entropy's slope by each array of weights."""
    hidden, bias, out, straight, intercept = weights
    active = np.tanh(table @ hidden + bias)
    logits = active @ out + table @ straight + intercept + heard
    wrong = (1 / (1 + np.exp(-logits)) - right) * weight / len(table)
    back = np.outer(wrong, out) * (1 - active**2)
    return [
        table.T @ back + shrinkage * hidden,
        back.sum(axis=0),
        active.T @ wrong + shrinkage * out,
        table.T @ wrong,
        np.array([wrong.sum()]),
    ]


def _short(numbers: Floats) -> list[float]:
    return [float(f"{number:.6g}") for number in numbers]


CHAINS = {"en": ("balanced_en", "small_en", "best_en"), "ko": ("balanced_ko", "small_ko")}
"""Recipes of which each has the encoders of the one before it, by language. Those of larger bots
and of other languages (``balanced``, ``second_en``, ``best_ko``, ``best``) are these as they were
before what things a text names was taught to them."""
TAUGHT = ("fast", *dict.fromkeys(name for chain in CHAINS.values() for name in chain))


def bots_of(language: str, count: int, recipes: Sequence[Recipe], seed: int) -> list[Bot]:
    """So many random bots of a language, as each recipe reads them."""
    chance = np.random.default_rng(seed)
    everything = sources(language)
    by_intent = {s.name: {name: s.bots.of(name) for name in s.bots.names} for s in everything}
    odds = np.array([source.weight for source in everything], dtype=float)
    hard = [bot for kind in TEACHING for bot in material.hard_bots(language, kind)]
    valued = material.hard_bots(language, "valued")
    drawn: list[Bot] = []
    for _ in range(count):
        if chance.random() < VALUED_SHARE:
            drawn += draw_hard(valued[chance.integers(len(valued))], language, chance, recipes)
        elif chance.random() < HARD_SHARE:
            bot = hard[chance.integers(len(hard))]
            drawn += draw_hard(bot, language, chance, recipes)
        else:
            source = everything[chance.choice(len(everything), p=odds / odds.sum())]
            drawn += draw(source, by_intent[source.name], chance, recipes)
    return drawn


def main() -> None:
    """Draw, fit, report, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--recipes", nargs="+", choices=TAUGHT, default=list(TAUGHT))
    options.add_argument("--bots", type=int, default=480)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--write", action="store_true")
    options.add_argument("--keep", action="store_true")
    options.add_argument("--correct", action="store_true")
    chosen = options.parse_args()
    wanted = {encoder for name in chosen.recipes for encoder in RECIPES[name].encoders}
    for encoder in wanted:
        remember(encoder)
    started = time.perf_counter()
    bots: list[Bot] = []
    for language, chain in CHAINS.items():
        recipes = [RECIPES[name] for name in chain if name in chosen.recipes]
        if "fast" in chosen.recipes:
            bots += bots_of(language, chosen.bots, [RECIPES["fast"]], chosen.seed)
        if recipes:
            bots += bots_of(language, chosen.bots, recipes, chosen.seed)
    print(f"{len(bots)} bots in {time.perf_counter() - started:.0f} s")
    for name in chosen.recipes:
        own = [bot for bot in bots if bot.recipe == name]
        model = confidence.Network.of(
            learn([bot for place, bot in enumerate(own) if place % 4], chosen.seed)
        )
        report(f"{name}: held-back bots", own[::4], model)
        for source in dict.fromkeys(bot.source for bot in own):
            for low, high in ((1, 1), (2, 8), (9, 150)):
                report(
                    f"{source}, {low}-{high} intents",
                    [b for b in own[::4] if b.source == source and low <= b.intents <= high],
                    model,
                )
        if chosen.write:
            path = CALIBRATION / f"{name}.json"
            kept = msgspec.json.decode(path.read_bytes(), type=confidence.Learned)
            if chosen.correct:
                learned = corrected(own, kept, chosen.seed)
            else:
                learned = learn(own, chosen.seed)
                learned = beside(kept, learned) if chosen.keep else learned
            content = msgspec.json.format(msgspec.json.encode(learned), indent=1)
            path.write_bytes(content + b"\n")


if __name__ == "__main__":
    main()
