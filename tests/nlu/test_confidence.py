"""The probability of the strongest intent: one network a recipe, for bots of every size."""

import datetime as dt
import math

import msgspec
import pytest

from daehwa import bot, nlu
from daehwa.nlu import confidence
from daehwa.nlu.quality import RECIPES

NOW = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)

PLAIN = confidence.Signs(
    first=0.5,
    second=0.1,
    near=0.7,
    rival=0.4,
    posterior=0.6,
    runner_up=0.1,
    nobodys=0.2,
    chance=0.03,
    coverage=0.5,
    length=3.0,
    usual_strength=0.4,
    usual_meaning=0.65,
    intents=2.0,
    samples=2.3,
    typical=0.5,
    typical_rival=0.3,
    crowd=0.6,
    neutral=0.4,
    neutral_crowd=0.35,
    entropy=0.9,
    thing=0.37,
    thing_crowd=0.3,
    things=0.06,
    things_spread=0.05,
    foreign=0.09,
)


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_has_a_network_of_numbers_that_every_text_has(name):
    network = confidence._network(name)
    assert len(network.hidden) == len(network.straight) == len(network.names)
    assert set(network.names) <= set(confidence.numbers(PLAIN))


def test_a_network_takes_the_numbers_that_it_was_taught_by_and_no_others():
    learned = confidence.Learned(
        hidden={"crowd": [2.0]}, bias=[0.0], out=[1.0], straight={"crowd": 3.0}, intercept=-1.0
    )
    network = confidence.Network.of(learned)
    values = confidence.numbers(PLAIN)
    expected = 1 / (1 + math.exp(-(math.tanh(2 * 0.6) + 3 * 0.6 - 1)))
    assert network.score(values) == pytest.approx(expected)
    assert network.score(values | {"neutral": 9.0}) == network.score(values)


@pytest.mark.parametrize("name", RECIPES)
def test_a_confidence_is_a_probability_that_grows_with_the_evidence(name):
    faint = msgspec.structs.replace(PLAIN, first=0.02, near=0.3, posterior=0.02, nobodys=0.9)
    # What is this near to a sample is undoubted, and names nothing that the samples do not.
    strong = msgspec.structs.replace(
        PLAIN,
        first=0.9,
        near=0.95,
        posterior=0.95,
        nobodys=0.01,
        runner_up=0.01,
        entropy=0.25,
        typical=0.7,
        crowd=0.85,
        foreign=0.0,
    )
    scores = [confidence.confidence(signs, RECIPES[name]) for signs in (faint, PLAIN, strong)]
    assert scores == sorted(scores)
    assert 0 <= scores[0] < 0.4
    assert 0.8 < scores[2] <= 1


@pytest.mark.parametrize("name", RECIPES)
def test_what_is_longer_than_any_text_that_taught_is_no_likelier_for_it(name):
    long, longer = (
        msgspec.structs.replace(PLAIN, length=math.log(letters)) for letters in (120, 1000)
    )
    recipe = RECIPES[name]
    assert confidence.confidence(long, recipe) == confidence.confidence(longer, recipe)


@pytest.fixture(scope="module")
def hello():
    """The bot of the how-to: one intent, two samples of a word each."""
    return nlu.learn(bot.load(bot.bundled()["HelloWorldBot"]).locales["ko_KR"])


def score(model, text):
    candidates = model.interpret(text, now=NOW).candidates
    return candidates[0].score if candidates else 0.0


@pytest.mark.parametrize(
    "text", ["안녕하십니까", "하이 안녕", "안녕 반가워", "안뇽", "hello there"]
)
def test_the_smallest_bot_knows_its_business(hello, text):
    assert score(hello, text) >= 0.4


@pytest.mark.parametrize(
    "text",
    [
        "누구세요",
        "who are you",
        "너는 누구니",
        "몰라",
        "배고파",
        "바보",
        "저기요",
        "날씨 어때",
        "여자친구 있어",
    ],
)
def test_the_smallest_bot_leaves_the_rest_even_a_word_or_two(hello, text):
    assert score(hello, text) < 0.4


def learned(locale, **samples):
    return nlu.learn(
        bot.BotLocale(
            identifier=locale,
            intents={
                name: bot.Intent(
                    name=name,
                    sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in texts),
                )
                for name, texts in samples.items()
            },
        )
    )


def test_one_sample_does_not_draw_every_short_order():
    gate = learned("en_US", Open=("open the gate",))
    assert score(gate, "please open the gate now") >= 0.4
    for text in ("walk through now", "go away", "tell me a joke"):
        assert score(gate, text) < 0.4
    door = learned("ko_KR", Open=("문 열어줘",))
    assert score(door, "문 좀 열어") >= 0.4
    for text in ("불 꺼줘", "지금 지나가", "밥 먹었어"):
        assert score(door, text) < 0.4


def test_a_sample_is_never_in_doubt_however_small_the_bot():
    for text in ("open the gate", "Open the gate!", "walk through now"):
        assert score(learned("en_US", Open=(text,)), text) == 1.0


def test_a_bot_in_service_gets_surer_of_its_own_texts_and_takes_no_more_of_others():
    before = [number / 100 for number in range(101)]
    after = [confidence.in_service(each) for each in before]
    assert after == sorted(after)
    assert after[:41] == before[:41]
    assert all(new > old for new, old in zip(after[41:100], before[41:100], strict=True))
    assert after[100] == 1
    assert [confidence.in_service(each, 1.0) for each in before] == pytest.approx(before)
