"""Who answers for which bot and locale."""

import pytest

from daehwa.answers import AnswerRoute, AnswerRouter, BotProfile, Chain, NobodyAnswers, Question

from .conftest import collect
from .test_chain import Second


class Named(Second):
    def __init__(self, name):
        super().__init__()
        self.name = name

    async def answer(self, question):
        answer = await super().answer(question)
        return type(answer)(text=self.name, source="chatgpt")


A, B, C = map(Named, "abc")


def asked(bot="Shop", locale="ko_KR"):
    return Question(text="?", bot_id=f"{bot}ID", locale=locale, profile=BotProfile(name=bot))


def router(*routes, default=A):
    return AnswerRouter(default, routes, (A, B, C))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        (asked("Other", "en_US"), "a"),
        (asked("Other", "ko_KR"), "b"),
        (asked("Shop", "ko_KR"), "c"),
        (asked("Shop", "en_US"), "c"),
    ],
)
async def test_the_closest_route_decides(question, name):
    routes = (AnswerRoute(locale="ko_KR", answerer=B), AnswerRoute(bot="Shop", answerer=C))
    assert (await router(*routes).answer(question)).text == name
    pieces, _ = await collect(router(*routes).stream(question))
    assert pieces == [name]


async def test_a_bot_goes_by_its_name_or_its_id():
    route = AnswerRoute(bot="ShopID", answerer=B)
    assert (await router(route).answer(asked())).text == "b"


async def test_a_prompt_alone_leaves_the_order_as_it_is():
    routes = (
        AnswerRoute(locale="ko_KR", answerer=B),
        AnswerRoute(bot="Shop", inherits=True, system="Sell flowers."),
    )
    assert (await router(*routes).answer(asked())).text == "b"
    assert B.asked[-1].system == "Sell flowers."


async def test_a_route_may_let_nobody_answer():
    with pytest.raises(NobodyAnswers) as raised:
        await router(AnswerRoute(bot="Shop")).answer(asked())
    assert raised.value.line("ko_KR")
    assert (
        await router(AnswerRoute(bot="Shop", answerer=B), default=None).answer(asked())
    ).text == "b"
    assert (await router(default=None).ready()).state == "off"


async def test_each_answerer_is_entered_once_however_often_it_is_named():
    one = Named("one")
    whole = AnswerRouter(Chain([one]), [AnswerRoute(answerer=Chain([one]))], (one,))
    async with whole:
        assert one.started
        assert whole.name == "one"
    assert one.closed
