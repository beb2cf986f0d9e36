"""Samples that a model proposes: shown with what stands against them, never learned."""

import json

import pytest

from daehwa import answers, bot, care
from daehwa.answers.testing import Fail, Say, StubOpenAI
from daehwa.conversation import Opening, SettingsError

WRITTEN = [
    "가격 좀 알려줄래요?",
    "얼마예요?",
    "주문할게요!",
    "차 주세요",
    "{Size} 커피는 얼마예요",
    "가격 좀 알려줄래요?",
]


@pytest.fixture
def suggest(opening, cafe, monkeypatch):
    async def suggest(script, **more):
        async with StubOpenAI() as stub:
            monkeypatch.setenv("OPENAI_BASE_URL", stub.base_url)
            monkeypatch.setenv("OPENAI_API_KEY", "k")
            stub.script(script)
            chosen = {"intent": "AskPrice", "locale": "ko_KR"} | more
            return await care.suggest(opening, cafe, **chosen), stub.requests

    return suggest


async def test_each_is_checked_against_the_bot_and_none_is_learned(suggest, cafe):
    before = {file: file.read_bytes() for file in cafe.rglob("*") if file.is_file()}
    reply = f"Sure! Here you are:\n```json\n{json.dumps(WRITTEN, ensure_ascii=False)}\n```"
    written, (request,) = await suggest(Say(reply), count=6)
    assert {each.text: (each.verdict, each.rival) for each in written.suggestions} == {
        "가격 좀 알려줄래요?": ("new", None),
        "얼마예요?": ("known", None),
        "주문할게요!": ("known to another", "Order"),
        "차 주세요": ("clash", "Order"),
        "{Size} 커피는 얼마예요": ("unknown slot", None),
    }
    assert {file: file.read_bytes() for file in cafe.rglob("*") if file.is_file()} == before
    system, order = request.contents
    assert "커피 값 알려 주세요" in order
    assert "커피 값" not in system
    assert "Korean" in order
    assert '"intent": "Order"' in order


async def test_a_cut_list_counts_as_far_as_it_goes(suggest):
    written, _ = await suggest(Say('["값이 얼마나 하죠", "비싼가'), count=3)
    assert [each.text for each in written.suggestions] == ["값이 얼마나 하죠"]


async def test_no_more_than_ordered_and_no_sample_longer_than_lex_takes(suggest):
    texts = json.dumps(["가" * 501, "값 좀\n알려 줘", "비싸요?", "싸요?"], ensure_ascii=False)
    written, _ = await suggest(Say(texts), count=2)
    assert [each.text for each in written.suggestions] == ["값 좀 알려 줘", "비싸요?"]


@pytest.mark.parametrize("script", [Say("I cannot do that."), Say("[]"), Fail(401)])
async def test_a_model_that_writes_none_is_an_error(suggest, script):
    with pytest.raises(answers.AnswerError):
        await suggest(script)


async def test_without_a_model_or_such_an_intent_it_says_so(cafe, opening):
    nobody = Opening(data=opening.data, answer="none")
    with pytest.raises(answers.NobodyAnswers, match="No language model"):
        await care.suggest(nobody, cafe, intent="AskPrice", locale="ko_KR")
    with pytest.raises(SettingsError, match="--locale"):
        await care.suggest(nobody, cafe, intent="AskPrice")
    with pytest.raises(SettingsError, match=r"Nope.*AskPrice"):
        await care.suggest(nobody, cafe, intent="Nope")
    with pytest.raises(SettingsError, match="FallbackIntent"):
        await care.suggest(nobody, cafe, intent="FallbackIntent", locale="ko_KR")
    assert bot.load(cafe)
