"""What an answer took, wherever a service says it."""

import json

import pytest

from daehwa.answers.answer_pieces import read_piece
from daehwa.answers.values import Usage

DONE = {"index": 0, "delta": {}, "finish_reason": "stop"}
PLAIN = {"prompt_tokens": 19, "completion_tokens": 13}

KEPT = {"prompt_tokens_details": {"cached_tokens": 8}}

# What is said, what is read, and where it is written that somebody says it so.
COUNTS = {
    "OpenAI: beside the choices": ({"usage": PLAIN | KEPT}, Usage(19, 13, 8)),
    # https://api-docs.deepseek.com/guides/kv_cache
    "DeepSeek: what was kept has a name of its own": (
        {"usage": PLAIN | {"prompt_cache_hit_tokens": 8, "prompt_cache_miss_tokens": 11}},
        Usage(19, 13, 8),
    ),
    # https://github.com/northes/go-moonshot/issues/17
    "Moonshot: in the choice": (
        {"choices": [DONE | {"usage": PLAIN | {"cached_tokens": 8}}]},
        Usage(19, 13, 8),
    ),
    # https://console.groq.com/docs/api-reference
    "Groq: in a member of its own": ({"x_groq": {"id": "r", "usage": PLAIN}}, Usage(19, 13)),
    "numbers as text": (
        {"usage": {"prompt_tokens": "19", "completion_tokens": 13.0}},
        Usage(19, 13),
    ),
    "a number that is none": (
        {"usage": {"prompt_tokens": 19, "completion_tokens": "many"}},
        Usage(19, 0),
    ),
    "nothing was counted": ({"usage": {"prompt_tokens": 0, "completion_tokens": 0}}, None),
    "nothing is known": ({"usage": {"prompt_tokens": None, "completion_tokens": None}}, None),
    "no object": ({"usage": [19, 13]}, None),
    "more than there can be": ({"usage": {"prompt_tokens": 10**30, "total_tokens": True}}, None),
}


@pytest.mark.parametrize(("members", "usage"), COUNTS.values(), ids=COUNTS)
def test_the_usage_is_read_wherever_it_stands(members, usage):
    value = {"id": "x", "choices": [DONE]} | members
    assert read_piece(value, json.dumps(value).encode(), None).usage == usage
