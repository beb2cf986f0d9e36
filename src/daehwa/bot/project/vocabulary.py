"""The members of a project's files: their names, what they hold, and what they are for.

This is the one description of the format: the reader refuses what is not in it, and the JSON
Schema and the reference in the documentation are made of it.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Member(NamedTuple):
    """A member: the kind of its value (one of ``VALUES`` or ``KINDS``), and what it is for."""

    kind: str
    purpose: str


_LEX: Final = Member(
    "lex",
    "Members of Lex's own JSON, verbatim: laid over what the short form makes, null clears. A "
    "part that has nothing but `lex` is exactly what stands there.",
)
_OUTCOME: Final = {
    "say": Member("messages", "What is said."),
    "then": Member("step", "What comes next, where that is not the next thing in order."),
    "set": Member("texts by name", "Session attributes that are set."),
    "slots": Member("texts by name", "Slots that are set."),
    "clear": Member("texts", "Slots that are emptied."),
    "intent": Member("text", "The intent whose slots are set, where it is another one."),
    "silent": Member("flag", "Whether the next prompt is left out."),
    "branches": Member("list of branch", "Conditions, tried in order; at most four."),
    "otherwise": Member("outcome", "What comes where no condition holds."),
}

KINDS: Final[dict[str, dict[str, Member]]] = {
    "bot": {
        "name": Member("text", "The bot's name."),
        "id": Member("text", "Its id in Lex, ten letters and digits; made of the name if missing."),
        "description": Member("text", "What it is for."),
        "idle": Member("duration", "After how long a silence a session ends; 5m if missing."),
        "child_directed": Member("flag", "Whether it is directed at children (COPPA)."),
        "lex": _LEX,
    },
    "locale": {
        "description": Member("text", "What it is for."),
        "confidence": Member(
            "number", "The score, 0 to 1, below which FallbackIntent takes over; 0.4 if missing."
        ),
        "voice": Member("text", "The neural voice of Amazon Polly that speaks."),
        "defaults": Member("defaults", "What prompts and intents have where they say nothing."),
        "intents": Member("intent by name", "What users may want."),
        "slot_types": Member("slot type by name", "Your own lists of values."),
        "custom_vocabulary": Member("lex", "Lex's CustomVocabulary.json, verbatim."),
        "lex": _LEX,
    },
    "defaults": {
        "retries": Member("number", "How often a prompt is repeated; 4 if missing."),
        "interruptible": Member("flag", "Whether a caller may interrupt; true if missing."),
        "variations": Member(
            "word: random, ordered, none", "How variations are chosen; random if missing."
        ),
        "attempts": Member(
            "word: lex, none",
            "The time-outs of speech and keys, with which Lex's console fills a prompt; lex if "
            "missing.",
        ),
        "steps": Member(
            "word: explicit, implicit",
            "Whether every next step is written, as Lex's console does now, or left to Lex, as it "
            "did before August 2022; explicit if missing.",
        ),
    },
    "intent": {
        "description": Member("text", "What it is for."),
        "builtin": Member("text", "The built-in intent that it is, such as AMAZON.HelpIntent."),
        "steps": Member("word: explicit, implicit", "As in `defaults`, for this intent."),
        "samples": Member("texts", "What users say; `{Slot}` stands for a value."),
        "needs": Member("texts", "Contexts that have to be active."),
        "gives": Member("list of context", "Contexts that the intent turns on."),
        "hooks": Member(
            "words: dialog, fulfillment", "Where the code hook is called; one of the two or both."
        ),
        "initial": Member("initial", "What is said first, before any slot."),
        "slots": Member("slot by name", "What is asked for, in this order."),
        "confirm": Member("confirm", "The question before fulfilment, with yes or no as a reply."),
        "decline": Member("outcome", "What follows a no."),
        "answer": Member("outcome", "What is said when the intent is fulfilled."),
        "failure": Member("outcome", "What follows a fulfilment that fails."),
        "timeout": Member("outcome", "What follows a fulfilment that takes too long."),
        "closing": Member("outcome", "What is said at the very end."),
        "lex": _LEX,
    },
    "context": {
        "name": Member("text", "Its name."),
        "seconds": Member("number", "For how many seconds it is active; 90 if missing."),
        "turns": Member("number", "For how many turns it is active; 5 if missing."),
        "lex": _LEX,
    },
    "slot": {
        "type": Member("text", "A slot type of the locale, or a built-in one."),
        "description": Member("text", "What it is for."),
        "prompt": Member("prompt", "The question for it."),
        "retries": Member("number", "How often the question is repeated."),
        "optional": Member("flag", "Whether it is asked for only where a step says so."),
        "samples": Member("texts", "How users reply; `{Slot}` stands for the value."),
        "default": Member("texts", "Values if nothing is said, tried in order."),
        "obfuscated": Member("flag", "Whether the value is masked in logs."),
        "multiple": Member("flag", "Whether it takes several values."),
        "captured": Member("outcome", "What follows a value."),
        "failed": Member("outcome", "What follows when all attempts failed."),
        "hook": Member("hook", "The code hook that is called by `then: hook`."),
        "prompt_hook": Member("flag or text", "Whether a hook is called at each attempt; a label."),
        "lex": _LEX,
    },
    "prompt": {
        "say": Member("messages", "What is asked."),
        "retries": Member("number", "How often it is repeated."),
        "interruptible": Member("flag", "As in `defaults`."),
        "variations": Member("word: random, ordered, none", "As in `defaults`."),
        "attempts": Member("word: lex, none", "As in `defaults`."),
        "lex": _LEX,
    },
    "confirm": {
        "say": Member("messages", "What is asked."),
        "retries": Member("number", "How often it is repeated."),
        "interruptible": Member("flag", "As in `defaults`."),
        "variations": Member("word: random, ordered, none", "As in `defaults`."),
        "attempts": Member("word: lex, none", "As in `defaults`."),
        "confirmed": Member("outcome", "What follows a yes."),
        "failed": Member("outcome", "What follows when no reply was a yes or no."),
        "hook": Member("hook", "The code hook that is called by `then: hook`."),
        "prompt_hook": Member("flag or text", "Whether a hook is called at each attempt; a label."),
        "lex": _LEX,
    },
    "outcome": _OUTCOME,
    "initial": _OUTCOME | {"hook": Member("hook", "The dialog code hook at the start.")},
    "branch": {
        "if": Member("text", "The condition, in Lex's language."),
        "name": Member("text", "The branch's name; Branch1, Branch2, … if missing."),
        **{
            name: _OUTCOME[name]
            for name in ("say", "then", "set", "slots", "clear", "intent", "silent")
        },
        "lex": _LEX,
    },
    "hook": {
        "label": Member("text", "The invocation label that the hook receives."),
        "active": Member("flag", "Whether the step is there at all; true if missing."),
        "calls": Member("flag", "Whether the hook is really called; true if missing."),
        "success": Member("outcome", "What follows."),
        "failure": Member("outcome", "What follows when it fails."),
        "timeout": Member("outcome", "What follows when it takes too long."),
        "lex": _LEX,
    },
    "message": {
        "text": Member("text", "A plain text."),
        "ssml": Member("text", "A text in SSML."),
        "payload": Member("text", "A custom payload, often JSON, for your own client."),
        "any": Member("list of message", "Variations, of which one is said."),
        "title": Member("text", "The title of a card."),
        "subtitle": Member("text", "The second line of the card."),
        "image": Member("text", "The address of the card's picture."),
        "buttons": Member("buttons", "The card's buttons: a text, or `text: what it sends`."),
        "lex": _LEX,
    },
    "slot type": {
        "description": Member("text", "What it is for."),
        "parent": Member("text", "The built-in type that it extends, as AMAZON.AlphaNumeric."),
        "pattern": Member("text", "The regular expression that values have to match."),
        "expand": Member(
            "flag",
            "Whether other values are taken, too (Lex: expand values); false if missing, as in "
            "Lex's restrict to slot values.",
        ),
        "values": Member("values", "The values: a text, or `value: [synonyms]`."),
        "grammar": Member("text", "The file of an SRGS grammar, relative to the project."),
        "lex": _LEX,
    },
}
"""The parts of a project, each with its members by name."""

STEPS: Final = {
    "ask": "ElicitIntent",
    "start": "StartIntent",
    "elicit": "ElicitSlot",
    "branch": "EvaluateConditional",
    "hook": "InvokeDialogCodeHook",
    "confirm": "ConfirmIntent",
    "fulfill": "FulfillIntent",
    "close": "CloseIntent",
    "end": "EndConversation",
}
"""The words for next steps, with Lex's own; `elicit Slot` and `start Intent` have a name, too."""

NO_STEP: Final = "none"
"""The word for no next step at all."""
