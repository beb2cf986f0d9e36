"""What a model understands: guessed from names, corrected by refusals, nothing twice."""

import pytest

from daehwa.answers import Endpoint
from daehwa.answers.dialect import Dialect
from daehwa.answers.errors import OnlyThoughts, QuestionTooLong, RequestRefused, WrittenRefusal

ENDPOINT = Endpoint(base_url="http://host/v1", model="m")
SENT = ("model", "messages", "max_tokens", "temperature", "stream", "stream_options")


def refused(words="", *params, status=400):
    error = RequestRefused("no")
    error.refusal = WrittenRefusal(status, words.lower(), params)
    return error


def corrected(dialect, error, sent=SENT, endpoint=ENDPOINT):
    return dialect.corrected(error, endpoint, sent)


def test_no_correction_is_made_twice():
    dialect = Dialect.of(ENDPOINT)
    for error in (
        refused("", "temperature"),
        refused("this is not a chat model"),
        refused("", "n"),
    ):
        changed = corrected(dialect, error, (*SENT, "n"))
        assert changed is not None
        assert corrected(changed, error, (*SENT, "n")) is None
        dialect = changed


def test_the_limit_has_two_names_and_may_have_none():
    dialect = Dialect.of(ENDPOINT)
    assert dialect.limit == "max_tokens"
    dialect = corrected(dialect, refused("", "max_tokens"))
    assert dialect.limit == "max_completion_tokens"
    dialect = corrected(dialect, refused("", "max_completion_tokens"), ("max_completion_tokens",))
    assert dialect.refused >= {"max_tokens", "max_completion_tokens"}


def test_an_explicit_api_is_not_corrected():
    endpoint = Endpoint(base_url="http://host/v1", model="m", api="chat")
    error = refused("this is not a chat model")
    assert corrected(Dialect.of(endpoint), error, endpoint=endpoint) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("unrecognized request argument supplied: stream_options", "stream_options"),
        ('unknown name "temperature": cannot find field.', "temperature"),
        ('json: unknown field "max_tokens"', "max_tokens"),
        ("streaming is not supported by this deployment", "stream"),
        ("the stream_options parameter needs another version", "stream_options"),
        ("stop the nonsense, and seed a stream", None),
        ("something is wrong with your messages", None),
    ],
)
def test_a_refusal_names_a_member_in_its_words(words, name):
    changed = corrected(Dialect.of(ENDPOINT), refused(words), (*SENT, "stop", "seed"))
    assert (None if changed is None else changed.refused) == (None if name is None else {name})


def test_a_refused_system_role_is_folded_into_the_persons_words():
    changed = corrected(Dialect.of(ENDPOINT), refused("system role not supported"))
    assert changed.folded
    assert corrected(changed, refused("system role not supported")) is None


def test_a_context_that_is_too_small_is_asked_for_half():
    dialect = Dialect.of(ENDPOINT)
    error = QuestionTooLong("no")
    assert dialect.corrected(error, ENDPOINT, SENT, history=800).history == 400
    assert dialect.corrected(error, ENDPOINT, SENT, history=0) is None


def test_one_that_thinks_long_gets_more_room_once():
    changed = corrected(Dialect.of(ENDPOINT), OnlyThoughts("no"))
    assert changed.more > 1
    assert corrected(changed, OnlyThoughts("no")) is None


@pytest.mark.parametrize(
    ("model", "opened"),
    [
        ("deepseek-r1", True),
        ("Qwen/QwQ-32B", True),
        ("qwen3-4b-thinking-2507", True),
        ("gpt-x", False),
    ],
)
def test_a_models_name_shows_whether_it_begins_inside_a_thought(model, opened):
    assert Dialect.of(Endpoint(base_url="http://host/v1", model=model)).opened is opened
