"""The dialog machine: random bots, composite slots among them, and long conversations with them.

A conversation goes through a few turns again and again in an order that chance gives, so that
hundreds of turns are cheap to draw and small to show.
"""

from __future__ import annotations

import random
from typing import Any

import msgspec
from hypothesis import strategies as st
from tests.dialog.test_condition import WORDS
from tests.dialog.test_condition import (
    test_any_text_parses_or_says_where_it_does_not as any_condition,
)
from tests.dialog.test_properties import RESULTS, TURNS, bots, check_outcomes, play

from daehwa import bot
from fuzz.target import Target

_LONGEST = 200


def check_dialog(
    of: bot.BotLocale, pool: list[Any], results: list[Any], seed: int, length: int
) -> int:
    """A conversation of ``length`` turns out of ``pool``: sound, and the same when held again."""
    chance = random.Random(seed)
    script = [chance.choice(pool) for _ in range(length)]
    outcomes = play(of, script, results, seed)
    check_outcomes(of, outcomes)
    # An equal definition that is not the same object.
    assert play(msgspec.structs.replace(of), script, results, seed) == outcomes
    return length


def check_condition(text: str) -> int:
    """Any text is a condition, or it is said if it is not one."""
    any_condition.hypothesis.inner_test(text)
    return 1


def targets() -> tuple[Target, ...]:
    """Conversations and conditions."""
    return (
        Target(
            name="dialog",
            cases=st.fixed_dictionaries(
                {
                    "of": bots(),
                    "pool": st.lists(TURNS, min_size=1, max_size=12),
                    "results": st.lists(RESULTS, max_size=5),
                    "seed": st.integers(0, 2**32 - 1),
                    "length": st.sampled_from([_LONGEST, _LONGEST // 2, _LONGEST // 10])
                    | st.integers(1, _LONGEST),
                }
            ),
            check=check_dialog,
            each=100,
        ),
        Target(
            name="conditions",
            cases=st.fixed_dictionaries(
                {"text": st.text(max_size=80) | st.lists(WORDS, max_size=30).map(" ".join)}
            ),
            check=check_condition,
            each=300,
        ),
    )
