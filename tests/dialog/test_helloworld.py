"""HelloWorldBot's recorded conversation (Korean workshop), member for member."""

import msgspec
import pytest
from tests.dialog.build import (
    Talk,
    ask,
    closing,
    confirm,
    fallback,
    fulfil,
    intent,
    locale,
    means,
    scalar,
    slot,
)

NAME = scalar("홍길동")
NAME = msgspec.structs.replace(
    NAME, shape=None, value=msgspec.structs.replace(NAME.value, resolved_values=())
)


@pytest.fixture
def talk() -> Talk:
    hello = intent(
        "HelloWorld",
        slot(
            "Name",
            "AMAZON.FirstName",
            prompt=ask("제 이름은 Lex입니다. 당신의 이름은 무엇 입니까?"),
        ),
        confirm=confirm("당신의 이름은 {Name}입니까?", no="처음부터 다시 시작해 주세요."),
        fulfil=fulfil("반갑습니다. {Name}님."),
        closing=closing("HelloWorld 의도를 종료합니다."),
    )
    return Talk(locale(hello, fallback()))


def test_it_asks_confirms_fulfils_and_closes(talk: Talk) -> None:
    talk.says("안녕", means("HelloWorld"))
    assert talk.words == ["제 이름은 Lex입니다. 당신의 이름은 무엇 입니까?"]
    assert talk.action == "ElicitSlot Name"
    talk.says("홍길동", value=NAME, score=0.6)
    assert talk.words == ["당신의 이름은 홍길동입니까?"]
    assert talk.action == "ConfirmIntent"
    talk.says("예", yes=True)
    hello = {
        "name": "HelloWorld",
        "state": "Fulfilled",
        "confirmationState": "Confirmed",
        "slots": {
            "Name": {
                "value": {
                    "originalValue": "홍길동",
                    "interpretedValue": "홍길동",
                    "resolvedValues": (),
                }
            }
        },
    }
    out = talk.outcome
    assert msgspec.to_builtins(out.session_state) == {
        "dialogAction": {"type": "Close"},
        "intent": hello,
        "originatingRequestId": "request-1",
        "sessionAttributes": {},
    }
    assert msgspec.to_builtins(out.interpretations) == (
        {"intent": hello, "nluConfidence": {"score": 1.0}},
        {"intent": {"name": "FallbackIntent", "slots": {}}},
    )
    assert msgspec.to_builtins(out.messages) == (
        {"contentType": "PlainText", "content": "반갑습니다. 홍길동님."},
        {"contentType": "PlainText", "content": "HelloWorld 의도를 종료합니다."},
    )
    assert out.request_attributes == {}


def test_no_ends_it_as_failed(talk: Talk) -> None:
    talk.says("안녕하세요", means("HelloWorld")).says("홍길동", value=NAME).says(
        "아니요", yes=False
    )
    assert talk.words == ["처음부터 다시 시작해 주세요."]
    assert talk.action == "Close"
    assert (talk.intent.state, talk.intent.confirmation_state) == ("Failed", "Denied")
