"""How a bot is used and how it does, by Lex's own definitions, from the turns that are kept."""

from daehwa.care.analytics.lex_operations import OPERATIONS, Operation
from daehwa.care.analytics.outcomes import Intents, Stages
from daehwa.care.analytics.tables import BY, By, Figures, Table
from daehwa.care.analytics.turn_log import TurnLog, log_of, read_log

__all__ = [
    "BY",
    "OPERATIONS",
    "By",
    "Figures",
    "Intents",
    "Operation",
    "Stages",
    "Table",
    "TurnLog",
    "log_of",
    "read_log",
]
