"""How well a bot understands: measured on labelled utterances, with what to change."""

from daehwa.nlu.evaluation.evaluating import cross_validate, evaluate
from daehwa.nlu.evaluation.material import Example, locale_of, read_examples
from daehwa.nlu.evaluation.report_page import write_report
from daehwa.nlu.evaluation.results import Evaluation

__all__ = [
    "Evaluation",
    "Example",
    "cross_validate",
    "evaluate",
    "locale_of",
    "read_examples",
    "write_report",
]
