"""Bots of other systems: known for what they are, and made into bots of Lex V2 where that can be.

Each construct is carried, or named in the notes of what was not.
"""

from daehwa.bot.foreign.importing import bring, refusal
from daehwa.bot.foreign.notes import Imported
from daehwa.bot.foreign.recognising import ForeignBot, recognise, template_bot

__all__ = ["ForeignBot", "Imported", "bring", "recognise", "refusal", "template_bot"]
