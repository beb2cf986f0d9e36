"""``[[models]]``: names of one's own for language models, their keys never in the file."""

import msgspec
import pytest

from daehwa.answers import ModelSetting, build_model
from daehwa.answers.errors import KeyMissing, SettingEmpty, SettingInvalid
from daehwa.answers.registry import ChatGPTSetting
from daehwa.answers.settings import DEFAULT_MODEL, Prices
from daehwa.answers.values import Question, Usage

from .conftest import KEY, collect


def model(**members):
    return msgspec.convert({"name": "mine", "base_url": "http://host/v1"} | members, ModelSetting)


def test_a_model_is_what_its_members_say():
    endpoint = model(
        model="m",
        key="MY_KEY",
        headers={"X-Team": "shop", "X-Secret": "s-${SECRET}"},
        query={"v": "1"},
        sampling={"top_p": 0.9},
        max_tokens=50,
        history_tokens=100,
        seconds=5,
        system="Be kind.",
    ).endpoint({"MY_KEY": f"{KEY}\n", "SECRET": "hush"})
    assert endpoint.key.reveal() == KEY
    assert endpoint.headers == {"X-Team": "shop", "X-Secret": "s-hush"}
    assert (endpoint.query, endpoint.extra) == ({"v": "1"}, {"top_p": 0.9})
    assert (endpoint.max_tokens, endpoint.history_tokens, endpoint.seconds) == (50, 100, 5)
    assert "hush" not in repr(endpoint)


def test_a_key_may_be_in_a_file(tmp_path):
    (tmp_path / "key").write_text(f"{KEY}\n")
    assert model(key_file=str(tmp_path / "key")).endpoint({}).key.reveal() == KEY
    with pytest.raises(KeyMissing, match="mine"):
        model(key_file=str(tmp_path / "none")).endpoint({})
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(SettingEmpty):
        model(key_file=str(tmp_path / "empty")).endpoint({})


def test_a_key_that_is_not_there_is_named():
    with pytest.raises(KeyMissing, match="MY_KEY"):
        model(key="MY_KEY").endpoint({})
    with pytest.raises(SettingEmpty, match="MY_KEY"):
        model(key="MY_KEY").endpoint({"MY_KEY": " "})
    with pytest.raises(KeyMissing, match="mine"):
        msgspec.convert({"name": "mine"}, ModelSetting).endpoint({})


@pytest.mark.parametrize("key", ["sk-proj-abc123", "AIzaSyB", "0123456789abcdef", "my key"])
def test_a_key_in_the_place_of_its_variables_name_is_not_repeated(key):
    with pytest.raises(KeyMissing) as raised:
        model(key=key).endpoint({})
    assert key not in str(raised.value)
    assert "not the key itself" in str(raised.value)


def test_a_file_of_a_key_that_is_not_there_is_named(tmp_path):
    file = str(tmp_path / "key")
    with pytest.raises(KeyMissing, match=f"from {file}: No such file or directory"):
        model(key_file=file).endpoint({})


def test_a_header_has_a_name_that_can_be_sent():
    with pytest.raises(SettingInvalid, match="X Team"):
        model(headers={"X Team": "shop"}).endpoint({})


def test_an_address_that_is_none_names_the_model():
    with pytest.raises(SettingInvalid, match="mine"):
        model(base_url="host").endpoint({})


@pytest.mark.parametrize(
    "wrong",
    [{"name": "a b"}, {"max_tokens": 0}, {"api": "other"}, {"strange": 1}, {"prices": {"x": 1}}],
)
def test_what_a_model_cannot_have_is_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        model(**wrong)


@pytest.mark.parametrize("old", ["text-davinci-003", "gpt-3.5-turbo"])
def test_a_name_that_openai_shut_down_is_replaced(old):
    endpoint = msgspec.convert({"name": "old", "model": old, "key": "K"}, ModelSetting)
    assert endpoint.endpoint({"K": KEY}).model == DEFAULT_MODEL


def test_prices_are_for_a_million_tokens():
    prices = Prices(input=2.0, output=10.0, cached=0.5)
    usage = Usage(input_tokens=1_000_000, output_tokens=100_000, cached_tokens=400_000)
    assert prices.cost(usage) == pytest.approx(0.6 * 2 + 0.4 * 0.5 + 1.0)
    assert Prices(input=2.0).cost(usage) == pytest.approx(2.0)


async def test_an_answer_has_its_cost_and_the_request_what_was_set(stub, monkeypatch):
    monkeypatch.setenv("MY_KEY", KEY)
    setting = model(
        base_url=stub.base_url,
        model="m",
        key="MY_KEY",
        headers={"X-Team": "shop"},
        query={"v": "1"},
        sampling={"top_p": 0.9},
        prices={"input": 1000.0, "output": 1000.0},
    )
    async with build_model(setting) as answerer:
        _, answer = await collect(answerer.stream(Question(text="안녕")))
        assert (await answerer.ready()).model == "mine: m"
    assert answer.usage.cost == pytest.approx((7 + 3) / 1000)
    (request,) = stub.requests
    assert request.headers["X-Team"] == "shop"
    assert request.query == {"v": "1"}
    assert request.body["top_p"] == 0.9


async def test_a_question_may_bring_further_members_and_a_lower_limit(stub, chatgpt):
    asked = Question(
        text="안녕", max_tokens=5, sampling={"seed": 7}, instructions="Rhyme.", system="S {bot}."
    )
    await chatgpt().answer(asked)
    (request,) = stub.requests
    assert (request.body["max_tokens"], request.body["seed"]) == (5, 7)
    assert request.contents[0] == "S .\n\nRhyme."


def test_requests_to_bedrock_are_signed_by_the_machines_credentials(monkeypatch):
    """At home boto3's credentials stand in for a key; the guardrail goes with each request."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-real-secret")
    setting = ModelSetting(
        name="b", model="openai.m", sign="bedrock", region="us-west-2", guardrail="gr-abc:2"
    )
    endpoint = setting.endpoint({})
    assert endpoint.base_url == "https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1"
    assert endpoint.headers["X-Amzn-Bedrock-GuardrailVersion"] == "2"
    url = f"{endpoint.base_url}/chat/completions"
    signed = endpoint.signer(url, {"Content-Type": "application/json"}, b"{}")
    assert "/us-west-2/bedrock/aws4_request" in signed["Authorization"]
    assert signed["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("named", "headers"),
    [
        ("gr-abc", ("gr-abc", "DRAFT")),
        ("gr-abc:3", ("gr-abc", "3")),
        (
            "arn:aws:bedrock:us-east-1:123456789012:guardrail/gr-abc",
            ("arn:aws:bedrock:us-east-1:123456789012:guardrail/gr-abc", "DRAFT"),
        ),
    ],
)
def test_a_guardrail_is_named_with_its_version(named, headers):
    setting = ModelSetting(name="b", base_url="http://127.0.0.1/v1", guardrail=named)
    given = setting.endpoint({}).headers
    names = ("X-Amzn-Bedrock-GuardrailIdentifier", "X-Amzn-Bedrock-GuardrailVersion")
    assert tuple(given[name] for name in names) == headers


@pytest.mark.parametrize("more", [{}, {"model": "m", "key": "KEY"}])
def test_what_is_signed_has_a_model_of_its_own_and_no_key(more):
    with pytest.raises(ValueError, match="sign"):
        ModelSetting(name="b", sign="bedrock", **more)


@pytest.mark.parametrize("member", ["messages", "prompt", "stream", "stream_options", "n", "model"])
def test_sampling_takes_no_member_that_follows_from_the_turn(member):
    with pytest.raises(ValueError, match=f"sampling has {member}"):
        ModelSetting(name="mine", model="gpt-4o", sampling={member: "x"})
    with pytest.raises(ValueError, match=f"sampling has {member}"):
        ChatGPTSetting(sampling={member: "x"})


def test_an_empty_guardrail_is_refused():
    with pytest.raises(ValueError, match="write its id"):
        ModelSetting(name="mine", model="anthropic.claude", sign="bedrock", guardrail=" ")
