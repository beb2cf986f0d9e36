"""The quirks of real endpoints, each over a stub whose packets come apart."""

import pytest

from daehwa.answers import AnswerError, PastMessage, Question, StartOver

from .conftest import KEY
from .quirks import QUIRKS

HISTORY = (
    PastMessage(role="user", text="처음 뵙겠습니다."),
    PastMessage(role="assistant", text="네, 처음 뵙겠습니다. " + "오늘은 날씨가 참 좋네요. " * 60),
)
ASKED = Question(text="안녕?", locale="ko_KR", history=HISTORY)


def ways():
    return [
        pytest.param(quirk, way, id=f"{quirk.name} ({way})")
        for quirk in QUIRKS
        for way in ("stream", "whole")
        if quirk.only in (None, way)
    ]


async def ask(answerer, way):
    """The answer, and the text that whoever watched has read in the end."""
    if way == "whole":
        answer = await answerer.answer(ASKED)
        return answer, answer.text
    read = []
    async for piece in answerer.stream(ASKED):
        if isinstance(piece, StartOver):
            read.clear()
        elif isinstance(piece, str):
            read.append(piece)
        else:
            answer = piece
    return answer, "".join(read)


@pytest.mark.parametrize(("quirk", "way"), ways())
async def test_a_quirk(stub, chatgpt, quirk, way):
    stub.rule = quirk.rule
    stub.script(*quirk.replies)
    answerer = chatgpt({"model": "gpt-x"} | quirk.endpoint)
    if isinstance(quirk.right, str):
        answer, read = await ask(answerer, way)
        assert answer.text == quirk.right
        assert read == quirk.right
        assert answer.ended == quirk.ended
    else:
        with pytest.raises(AnswerError) as raised:
            await ask(answerer, way)
        assert type(raised.value) is quirk.right
        assert KEY not in str(raised.value)
        assert raised.value.line("ko_KR")
        assert raised.value.cure
    assert len(stub.requests) == quirk.requests


def test_each_row_has_its_source_and_there_are_enough():
    assert len(QUIRKS) >= 100
    assert all(quirk.source for quirk in QUIRKS)
    assert len({quirk.name for quirk in QUIRKS}) == len(QUIRKS)
