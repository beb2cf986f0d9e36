"""How a bot is used and how it does, by Lex's own definitions, from the turns that are kept."""

from daehwa.care.analytics.bot_report import Report, report_of, write_csv
from daehwa.care.analytics.bot_report_page import page
from daehwa.care.analytics.lex_operations import OPERATIONS, Operation
from daehwa.care.analytics.outcomes import Intents, Stages
from daehwa.care.analytics.tables import BY, By, Figures, Table
from daehwa.care.analytics.turn_log import TurnLog, log_of, read_log
from daehwa.care.analytics.wording import COLUMNS, TABLES, heading, shown

__all__ = [
    "BY",
    "COLUMNS",
    "OPERATIONS",
    "TABLES",
    "By",
    "Figures",
    "Intents",
    "Operation",
    "Report",
    "Stages",
    "Table",
    "TurnLog",
    "heading",
    "log_of",
    "page",
    "read_log",
    "report_of",
    "shown",
    "write_csv",
]
