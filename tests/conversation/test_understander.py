"""Long texts do not hold up the event loop; ones that take too long are missed, and end."""

import asyncio
import gc
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from daehwa import lex
from daehwa.conversation.understander import MOST_HANGING, MOST_THREADS, Understander

NOW = datetime(2026, 11, 27, tzinfo=UTC)


class Model:
    """Stands for a learned one; ``work`` is what it does with a text."""

    def __init__(self, work=lambda: None):
        self.work = work
        self.threads = []

    def is_sample(self, text):
        return text.startswith("sample")

    def word_for_word(self, text, **_):
        known = (lex.Candidate(intent="A", score=1.0),) if text.startswith("known") else ()
        return lex.Understanding(text=text, candidates=known)

    def interpret(self, text, **_):
        self.threads.append(threading.current_thread())
        self.work()
        return lex.Understanding(text=text, candidates=(lex.Candidate(intent="A", score=1.0),))


def burn(seconds):
    """Use the processor for so long."""
    begun = time.thread_time()
    while time.thread_time() - begun < seconds:
        pass


def forever():
    while True:
        pass


async def interpret(understander, model, text):
    return await understander.interpret(
        model, text, elicitation=None, intents=None, now=NOW, hints=None
    )


async def used(understander, work):
    """A model that has understood a first text, and works like this from now on."""
    model = Model()
    await interpret(understander, model, "first")
    model.threads.clear()
    model.work = work
    return model


async def test_a_models_first_text_may_have_to_load_things_and_goes_to_a_thread():
    model, understander = Model(), Understander(60)
    for _ in range(3):
        await interpret(understander, model, "short")
    main = threading.main_thread()
    assert [thread is main for thread in model.threads] == [False, True, True]


async def test_the_first_text_of_each_slot_finds_patterns_to_compile_and_goes_to_a_thread():
    model, understander = Model(), Understander(60)
    day = lex.Elicitation(intent="Book", slot="Day")
    for elicitation in (None, day):
        for text in ("sample", "sample", "other words", "other words"):
            await understander.interpret(
                model, text, elicitation=elicitation, intents=None, now=NOW, hints=None
            )
    main = threading.main_thread()
    inline = [thread is main for thread in model.threads]
    # Behind a first sample other words find encoders to load, once for all slots.
    assert inline == [False, True, False, True, False, True, True, True]


async def test_a_long_text_goes_to_a_thread_until_it_is_known_to_be_quick():
    model, understander = Model(), Understander(60)
    await interpret(understander, model, "short")
    for _ in range(2):
        await interpret(understander, model, "long " * 200)
    main = threading.main_thread()
    assert [thread is main for thread in model.threads] == [False, False, True]


async def test_a_models_first_text_may_take_longer(monkeypatch):
    model, understander = Model(lambda: time.sleep(0.3)), Understander(0.05)
    assert (await interpret(understander, model, "first")).candidates


async def test_a_first_text_that_was_slow_says_nothing_of_those_after_the_second():
    model, understander = Model(lambda: burn(0.02)), Understander(60)
    await interpret(understander, model, "first")
    model.work = lambda: None
    for _ in range(3):
        await interpret(understander, model, "other")
    main = threading.main_thread()
    assert [thread is main for thread in model.threads] == [False, False, True, True]


async def test_what_was_slow_goes_to_a_thread_the_next_time():
    model, understander = Model(lambda: burn(0.02)), Understander(60)
    for _ in range(3):
        understanding = await interpret(understander, model, "short")
    assert threading.main_thread() not in model.threads
    assert len(set(model.threads)) == 1  # it is kept, for to start one takes the loop's time
    assert understanding.candidates[0].intent == "A"


async def test_samples_in_between_make_other_words_no_quicker():
    understander = Understander(60)
    model = await used(understander, lambda: None)
    model.work = lambda: burn(0.02)
    for _ in range(2):
        await interpret(understander, model, "other words")
    model.work = lambda: None
    for _ in range(100):
        await interpret(understander, model, "sample")
    await interpret(understander, model, "other words")
    assert threading.main_thread() is model.threads[-2] is not model.threads[-1]


async def test_texts_that_are_too_much_for_one_round_of_the_loop_have_one_each():
    understander, rounds, seen = Understander(60), 0, []

    def work():
        seen.append(rounds)
        burn(0.0025)

    model = await used(understander, work)
    await interpret(understander, model, "known from now on")
    seen.clear()
    texts = [asyncio.create_task(interpret(understander, model, f"text {n}")) for n in range(3)]
    while not all(text.done() for text in texts):
        await asyncio.sleep(0)
        rounds += 1
    assert len(set(seen)) == 3


async def test_while_a_thread_thinks_the_loop_goes_on():
    let_go = threading.Event()
    model, understander = Model(let_go.wait), Understander(60)
    thinking = asyncio.create_task(interpret(understander, model, "long " * 200))
    while not model.threads:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert not thinking.done()
    let_go.set()
    assert (await thinking).candidates


async def test_a_text_that_takes_too_long_is_missed_and_its_thread_ends(capsys):
    understander = Understander(0.2)
    model = await used(understander, forever)
    text = "endless " * 100
    understanding = await interpret(understander, model, text)
    assert understanding == lex.Understanding(text=text, candidates=())
    assert understander.timed_out == 1
    while understander.hanging:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    model.threads[0].join()
    assert "understanding_timed_out" in capsys.readouterr().out


async def test_what_is_known_word_for_word_is_not_lost_when_time_runs_out():
    understander = Understander(0.2)
    model = await used(understander, forever)
    assert (await interpret(understander, model, "known " * 100)).candidates
    while understander.hanging:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_a_thread_that_does_not_end_is_counted_and_others_are_not_starved():
    let_go = threading.Event()
    understander = Understander(0.3)
    stuck = await used(understander, let_go.wait)
    sound = await used(understander, lambda: None)
    try:
        for number in range(1, MOST_HANGING):
            await interpret(understander, stuck, "stuck " * 50)
            assert understander.hanging == number
        assert (await interpret(understander, sound, "sound " * 200)).candidates
        await interpret(understander, stuck, "stuck " * 50)
        begun = len(stuck.threads)
        # No more of them: long texts are missed at once, short ones are understood.
        assert not (await interpret(understander, stuck, "stuck " * 50)).candidates
        assert len(stuck.threads) == begun
        assert (await interpret(understander, sound, "sound")).candidates
    finally:
        let_go.set()
    while understander.hanging:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_so_many_think_at_once_and_no_more():
    let_go = threading.Event()
    model, understander = Model(let_go.wait), Understander(60)
    thinking = [
        asyncio.create_task(interpret(understander, model, f"long {number} " * 100))
        for number in range(MOST_THREADS + 3)
    ]
    while len(model.threads) < MOST_THREADS:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert len(model.threads) == MOST_THREADS
    let_go.set()
    assert all(one.candidates for one in await asyncio.gather(*thinking))


async def test_the_interpreter_changes_threads_often_only_while_it_has_to():
    before = sys.getswitchinterval()
    during = []
    model = Model(lambda: during.append(sys.getswitchinterval()))
    await interpret(Understander(60), model, "first")
    assert during == [pytest.approx(0.001)]
    while sys.getswitchinterval() != before:  # noqa: ASYNC110
        await asyncio.sleep(0)


async def test_threads_end_with_whoever_they_worked_for():
    model, understander = Model(), Understander(60)
    await interpret(understander, model, "first")
    del understander
    gc.collect()
    await asyncio.to_thread(model.threads[0].join, 10)
    assert not model.threads[0].is_alive()


async def test_an_error_of_the_model_is_raised_where_it_is_awaited():
    def fail():
        raise ValueError("broken")

    understander = Understander(60)
    for text in ("first", "second"):
        with pytest.raises(ValueError, match="broken"):
            await interpret(understander, Model(fail), text)
