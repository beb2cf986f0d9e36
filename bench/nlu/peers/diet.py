"""Learns with Rasa's DIET and answers: one JSON object in on standard input, one out.

Runs in the environment that ``bench/nlu/peers.py`` makes for it, not in this project's: Rasa
needs an older Python. The pipeline is the one that ``rasa init`` writes, without what serves
entities and answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ |= {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}

PIPELINE = {
    "version": "3.1",
    "recipe": "default.v1",
    "language": "",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {
            "name": "CountVectorsFeaturizer",
            "analyzer": "char_wb",
            "min_ngram": 1,
            "max_ngram": 4,
        },
        {
            "name": "DIETClassifier",
            "epochs": 100,
            "constrain_similarities": True,
            "entity_recognition": False,
            "random_seed": 0,
        },
    ],
}


def answers(asked: dict[str, Any]) -> dict[str, Any]:
    """What was found for each test text, and what it took."""
    import structlog  # noqa: PLC0415  the environment has to be set before
    from rasa.core.agent import Agent  # noqa: PLC0415
    from rasa.model_training import train_nlu  # noqa: PLC0415

    # A line for each text would count as time of the answer.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    # A slash or a bracket would mean something to Rasa.
    names = sorted({intent for _, intent in asked["train"]})
    labels = {intent: f"intent{number}" for number, intent in enumerate(names)}
    intents = {label: intent for intent, label in labels.items()}
    examples = [{"text": text, "intent": labels[intent]} for text, intent in asked["train"]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config, data = folder / "config.yml", folder / "nlu.json"
        config.write_text(json.dumps(PIPELINE | {"language": asked["language"]}), "utf-8")
        # Rasa keeps a cache where it stands.
        os.chdir(folder)
        data.write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}), "utf-8")
        began = time.perf_counter()
        model = train_nlu(str(config), str(data), str(folder / "models"))
        fit_seconds = time.perf_counter() - began
        agent = Agent.load(model)
    found, milliseconds = [], []

    async def ask() -> None:
        for text in asked["test"]:
            began = time.perf_counter()
            told = await agent.parse_message(text)
            milliseconds.append((time.perf_counter() - began) * 1000)
            intent = told["intent"]
            found.append((intents.get(intent["name"], ""), float(intent["confidence"] or 0)))

    asyncio.run(ask())
    return {"fitSeconds": fit_seconds, "found": found, "milliseconds": milliseconds}


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        told = answers(json.load(sys.stdin))
    print(json.dumps(told))
