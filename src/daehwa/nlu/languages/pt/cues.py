"""Portuguese words that point to a slot: directions, what is counted, what joins a list."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Cues
from daehwa.nlu.languages.lexicon import phrases

CUES: Final = Cues(
    source_names=frozenset(phrases("from|origin|departure|start|pickup|checkin")),
    target_names=frozenset(phrases("to|destination|arrival|end|return|checkout")),
    source_words=frozenset(phrases("de|desde|do|da")),
    target_words=frozenset(phrases("para|até|a|ao")),
    counted={
        "people": phrases("pessoa|pessoas|hóspede|hóspedes|adulto|adultos|criança|crianças"),
        "nights": phrases("noite|noites"),
        "days": phrases("dia|dias"),
        "hours": phrases("hora|horas"),
        "rooms": phrases("quarto|quartos"),
    },
    how_many=(("quantas",),),
    joints=frozenset(phrases("e|ou|com|também|mais|um|uma")),
)
