"""Whatever is said, and whatever hooks reply: modelled errors only, Lex's shapes, the same again.

Through the whole of a turn, from the wire to the store, with bots as they are loaded: the
suite's own and the examples.
"""

import random
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.in_process import InProcess
from conformance.scenario import Call, Scenario, State, Turn
from conformance.talking import talk

MODELLED = {
    "ValidationException",
    "DependencyFailedException",
    "ResourceNotFoundException",
    "ConflictException",
}
BOTS = ["Hooked", "OldFlow", "Captures", "Composite", "example:PadoBooksBot"]
PIECES = """
book a room in Seoul for 3 nights|yes|no|twin|how is the weather|help|wait|10 o'clock|tomorrow
네|아니요|책 추천해 줘|주문|취소|{City}|[who]|((x))|<speak>|\\u0000|🙂|'"|1e999|sauna and parking|?
""".strip().replace("\n", "|").split("|")  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(PIECES),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join),
    st.text(min_size=1, max_size=40),
)
NAMES = st.sampled_from(["Book", "Weather", "FallbackIntent", "Nothing"])
SLOTS = st.dictionaries(
    st.sampled_from(["City", "Nights", "Room", "Nothing"]),
    st.sampled_from(["Seoul", "3", "", "<null>", {}, {"shape": "List", "values": []}]),
    max_size=3,
)
ACTIONS = st.sampled_from(
    ["Delegate", "Close", "ElicitIntent", "ConfirmIntent", "ElicitSlot City", "ElicitSlot Nothing"]
)
STATES_OF_INTENTS = st.sampled_from(["InProgress", "Fulfilled", "Failed", "ReadyForFulfillment"])
ATTRIBUTES = st.dictionaries(st.sampled_from(["who", "n"]), st.text(max_size=5), max_size=2)


def maybe(strategy):
    return st.none() | strategy


STATES = st.fixed_dictionaries(
    {
        "action": maybe(ACTIONS),
        "intent": maybe(NAMES),
        "slots": maybe(SLOTS),
        "state": maybe(STATES_OF_INTENTS),
        "attributes": maybe(ATTRIBUTES),
    }
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["sessionState", "dialogAction", "type", "intent", "messages", "slots"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
CALLS = st.one_of(
    STATES.map(lambda given: Call(**given)),
    st.tuples(STATES, st.lists(TEXTS, max_size=3)).map(
        lambda pair: Call(**pair[0], messages=pair[1])
    ),
    JSON.filter(lambda payload: payload is not None).map(lambda payload: Call(payload=payload)),
    st.just(Call(raises="boom")),
)
TURNS = st.one_of(
    TEXTS.map(lambda text: Turn(says=text)),
    st.tuples(TEXTS, STATES).map(lambda pair: Turn(says=pair[0], with_=State(**pair[1]))),
    TEXTS.map(lambda text: Turn(utters=text)),
    STATES.map(lambda given: Turn(puts=State(**given))),
    st.just(Turn(gets=True)),
    st.just(Turn(deletes=True)),
)


class First(random.Random):
    """Chooses a message's first variation always, so that chance does not tell talks apart."""

    def randrange(self, *_):
        return 0


@pytest.fixture(scope="module", autouse=True)
def chance():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("daehwa.conversation.runtime.random", SimpleNamespace(Random=First))
        yield


SESSION = {"sessionId": "any-conversation"}


def hold(channel, of, turns, calls=()):
    """The answers of a conversation; in every turn the hook has the same replies."""
    scripted = [msgspec.structs.replace(turn, calls=list(calls), address=SESSION) for turn in turns]
    scenario = Scenario(name="any", shows=[], bot=of, turns=scripted)
    return [lasting(exchange.answer) for exchange in talk(scenario, channel)]


def lasting(value):
    """An answer without what is never the same."""
    if isinstance(value, dict):
        left_out = ("originatingRequestId", "sessionId", "headers")
        return {n: lasting(v) for n, v in value.items() if n not in left_out}
    return [lasting(v) for v in value] if isinstance(value, list) else value


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(
    st.sampled_from(BOTS),
    st.lists(TURNS, min_size=1, max_size=5),
    st.lists(CALLS, min_size=1, max_size=3),
)
def test_any_conversation(channel, wire, of, turns, calls):
    wire.faults.clear()
    turns = [Turn(deletes=True), *turns]
    answers = hold(channel, of, turns, calls)
    for answer in answers:
        error = answer.get("error")
        assert error is None or error["code"] in MODELLED, error
    assert wire.faults == []
    # The same again, from the start.
    assert hold(channel, of, turns, calls) == answers


@pytest.mark.parametrize("of", BOTS)
def test_a_session_goes_on_where_it_was_left(suite, of):
    """A runtime that begins anew with the stored sessions continues as the old one would."""
    texts = ["book a room", "Seoul", "tomorrow", "2", "yes", "책 추천해 줘", "네"]
    turns = [Turn(says=text) for text in texts]
    with InProcess(suite) as channel:
        whole = hold(channel, of, turns)
    with InProcess(suite) as channel:
        pieces = []
        for turn in turns:
            pieces += hold(channel, of, [turn])
            channel.restart()
    assert pieces == whole
