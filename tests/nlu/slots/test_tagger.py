"""The tagger, learned from sample utterances."""

import os
import subprocess
import sys

SCRIPT = """
from hashlib import sha256
from daehwa.nlu.slots.slot_model import SlotModel
from tests.nlu.slots.conftest import a_locale, a_slot, a_type, an_intent

samples = ["book {Play} at {House}", "{Play} for {Guest}", "two seats for {Guest} at {House}"]
slots = ("Play", "House", "Guest")
types = [
    a_type("Play", {"The Garden Wall": [], "A Garden Party": []}),
    a_type("House", {"Garden House": [], "The Garden Inn": []}),
    a_type("Guest", {"the Garden club": [], "Garden friends": []}),
]
locale = a_locale("en_US", [an_intent("Book", samples, *(a_slot(s, s) for s in slots))], types)
model = SlotModel.learn(locale)
print(sha256(model._fillers["Book"]._tagger._model).hexdigest())
"""


def test_the_same_samples_teach_the_same_in_every_process():
    learned = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(learned) == 1
