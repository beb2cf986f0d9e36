"""What the report on a bot's understanding says, in English."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.language import Wording

WORDING: Final = Wording(
    measures={
        "accuracy": "accuracy",
        "macro_f1": "macro F1",
        "oos_auroc": "out-of-scope AUROC",
        "in_scope_accuracy": "in scope, right at the threshold",
        "oos_recall": "out of scope, caught at the threshold",
        "slot_f1": "slot F1",
        "ece": "expected calibration error",
        "fit_seconds": "learning (s)",
        "p50_ms": "one text, p50 (ms)",
        "p99_ms": "one text, p99 (ms)",
        "rss_mb": "memory (MB)",
    },
    page={
        "title": "How well the bot understands",
        "texts": "{n} texts, threshold {t:g}",
        "advice": "What to change",
        "nothing": "Nothing stands out.",
        "curves": "Can the scores be trusted",
        "calibration": (
            "How often texts of a score (across) are right (up): on the diagonal it is a "
            "probability."
        ),
        "trade": (
            "At each threshold (across): in scope and right (blue), out of scope and caught (red)."
        ),
        "matrix": "Confusion matrix",
        "matrix note": (
            "Rows are the truth, columns what was understood; only intents that get mixed up."
        ),
        "held out": "(by held-out intents)",
        "overlaps": "Samples that say the same",
        "intents": "Each intent",
        "mistakes": "Texts taken wrongly",
        "columns": "Intent|Samples|Texts|Precision|Recall|F1",
        "mistake columns": "Text|Truth|Understood|Score",
        "pair columns": "Intent|Sample|Intent|Sample",
        "none": "none",
    },
    advice={
        "overlap": (
            "{count} samples of '{one}' and '{other}' say the same ('{sample}' and "
            "'{like}'): keep each in one of them."
        ),
        "mixed up": (
            "{count} texts of '{truth}' are mistaken for '{taken}' (such as '{example}'): "
            "give '{truth}' samples like it."
        ),
        "few": "'{intent}' has only {count} samples: give it five or more.",
        "reply": (
            "{count} replies to the prompt of {elicited} are not taken (such as '{example}'): if "
            "they are values, add them to the slot's type."
        ),
        "confirmation": (
            "{count} replies to the confirmation of {elicited} are read as neither yes nor no "
            "(such as '{example}')."
        ),
        "held out": (
            "With '{left_out}' held out, {count} of its samples are taken for '{taken}' (such as "
            "'{example}'): the two lie close, so new texts between them may go to either."
        ),
        "stranger": (
            "{count} texts that are not the bot's business are mistaken for '{taken}' (such "
            "as '{example}')."
        ),
    },
)
