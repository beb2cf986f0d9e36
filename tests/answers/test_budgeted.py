"""An answerer within the budget of a day, and what answers when it is spent."""

import pytest

from daehwa.answers import Answer, Budgeted, BudgetSpent, Chain, Question, Readiness, Usage
from daehwa.answers.errors import CircuitOpen


class Counted:
    """A budget of so many calls; notes what it is told."""

    def __init__(self, calls):
        self.calls = calls
        self.tokens = []

    async def take(self, bot_id):
        self.calls -= 1
        return self.calls >= 0

    async def give_back(self, bot_id):
        self.calls += 1

    async def record(self, bot_id, tokens):
        self.tokens.append((bot_id, tokens))


class Scripted:
    """Answers with two words, or fails."""

    name = "scripted"

    def __init__(self, *, tokens=None, error=None):
        # Question and answer, as an upstream counts them.
        self.usage = tokens and Usage(input_tokens=tokens - 1, output_tokens=1)
        self.error = error

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass

    async def answer(self, question):
        if self.error:
            raise self.error
        return Answer(text="two words", source="scripted", usage=self.usage)

    async def stream(self, question):
        if self.error:
            raise self.error
        yield "two "
        yield "words"
        yield Answer(text="two words", source="scripted", usage=self.usage)

    async def ready(self):
        return Readiness(state="ready", source="scripted")

    async def examine(self):
        return (await self.ready(),)


QUESTION = Question(text="How deep is the sea?", bot_id="BOT")


async def streamed(answerer):
    return [piece async for piece in answerer.stream(QUESTION)][-1]


async def whole(answerer):
    return await answerer.answer(QUESTION)


@pytest.mark.parametrize("ask", [whole, streamed])
async def test_the_tokens_that_the_upstream_reports_are_counted(ask):
    budget = Counted(1)
    assert (await ask(Budgeted(Scripted(tokens=77), budget))).text == "two words"
    assert budget.tokens == [("BOT", 77)]


@pytest.mark.parametrize("ask", [whole, streamed])
async def test_where_none_are_reported_they_are_estimated(ask):
    budget = Counted(1)
    await ask(Budgeted(Scripted(), budget))
    ((_, tokens),) = budget.tokens
    assert 200 < tokens < 250


@pytest.mark.parametrize("ask", [whole, streamed])
async def test_when_it_is_spent_the_person_hears_so_in_their_language(ask):
    with pytest.raises(BudgetSpent) as raised:
        await ask(Budgeted(Scripted(), Counted(0)))
    assert "내일 다시 물어봐 주세요" in raised.value.line("ko_KR")
    assert "ask again tomorrow" in raised.value.line("en_US")


@pytest.mark.parametrize("ask", [whole, streamed])
async def test_the_next_in_a_chain_answers(ask):
    chain = Chain([Budgeted(Scripted(), Counted(0)), Scripted(tokens=1)])
    assert (await ask(chain)).text == "two words"


@pytest.mark.parametrize("ask", [whole, streamed])
async def test_a_call_that_an_open_circuit_kept_back_is_not_counted(ask):
    budget = Counted(1)
    with pytest.raises(CircuitOpen):
        await ask(Budgeted(Scripted(error=CircuitOpen("open")), budget))
    assert budget.calls == 1


async def test_an_answer_that_is_stopped_counts_with_what_came():
    budget = Counted(1)
    pieces = Budgeted(Scripted(tokens=77), budget).stream(QUESTION)
    await anext(pieces)
    await pieces.aclose()
    ((_, tokens),) = budget.tokens
    assert tokens > 200
