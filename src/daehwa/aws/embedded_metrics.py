"""Metrics as lines of the log, from which CloudWatch reads them: no call, and no words of a person.

Source: the CloudWatch User Guide, "Specification: Embedded metric format". Nothing is written where
``METRICS_NAMESPACE`` is not set. ``MODEL_PRICES`` are dollars for a million tokens in and out, for
models that have no ``prices`` of their own.
"""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daehwa.answers import Answer

UNITS = {
    "Turns": "Count",
    "Fallbacks": "Count",
    "TurnTime": "Milliseconds",
    "Answers": "Count",
    "AnswerTime": "Milliseconds",
    "InputTokens": "Count",
    "OutputTokens": "Count",
    "Cost": "None",
}
"""The metrics by name, with their units; ``Cost`` is in US dollars."""

_MILLION = 1_000_000


def put_metrics(**values: float) -> None:
    """Write values of ``UNITS``, one line for all."""
    namespace = os.environ.get("METRICS_NAMESPACE")
    if not namespace:
        return
    metrics = [{"Name": name, "Unit": UNITS[name]} for name in values]
    about = {"Namespace": namespace, "Dimensions": [[]], "Metrics": metrics}
    line = {"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [about]}}
    print(json.dumps({**line, **values}))  # noqa: T201


def put_turn(*, missed: bool, milliseconds: float) -> None:
    """Write a turn; ``Fallbacks`` on average is the share that the bot did not understand."""
    put_metrics(Turns=1, Fallbacks=int(missed), TurnTime=milliseconds)


def put_answer(answer: Answer, *, milliseconds: float) -> None:
    """Write a model's answer, with what it used where the model counts."""
    values: dict[str, float] = {"Answers": 1, "AnswerTime": round(milliseconds, 1)}
    if answer.usage is not None:
        read, written = answer.usage.input_tokens, answer.usage.output_tokens
        values |= {"InputTokens": read, "OutputTokens": written}
        prices = _prices()
        if answer.usage.cost is not None:
            values["Cost"] = answer.usage.cost
        elif prices is not None:
            values["Cost"] = (read * prices[0] + written * prices[1]) / _MILLION
    put_metrics(**values)


def _prices() -> tuple[float, float] | None:
    try:
        read, written = (float(part) for part in os.environ.get("MODEL_PRICES", "").split(","))
    except ValueError:
        return None
    return read, written
