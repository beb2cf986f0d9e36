"""The members of a project's files: their names, what they hold, and what they are for.

This is the one description of the format: the reader refuses what is not in it, and the JSON
Schema and the reference in the documentation are made of it.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class ProjectMember(NamedTuple):
    """A member: the kind of its value (one of ``VALUES`` or ``KINDS``), and what it is for."""

    kind: str
    purpose: str


_LEX: Final = ProjectMember(
    "lex",
    "Members of Lex's own JSON, verbatim: laid over what the short form makes, null clears. A "
    "part that has nothing but `lex` is exported exactly as written.",
)
_OUTCOME: Final = {
    "say": ProjectMember("messages", "What is said."),
    "then": ProjectMember("step", "The next step, if it is not the next one in order."),
    "set": ProjectMember("texts by name", "Session attributes that are set."),
    "slots": ProjectMember("texts by name", "Slots that are set."),
    "clear": ProjectMember("texts", "Slots that are emptied."),
    "intent": ProjectMember("text", "The intent whose slots are set, if it is another one."),
    "silent": ProjectMember("flag", "Whether the next prompt is left out."),
    "branches": ProjectMember("list of branch", "Conditions, tried in order; at most four."),
    "otherwise": ProjectMember("outcome", "What applies if no condition is true."),
}

KINDS: Final[dict[str, dict[str, ProjectMember]]] = {
    "bot": {
        "name": ProjectMember("text", "The bot's name."),
        "id": ProjectMember(
            "text", "Its id in Lex, ten letters and digits; made of the name if missing."
        ),
        "description": ProjectMember("text", "What it is for."),
        "idle": ProjectMember("duration", "How long a session may be idle; 5m if missing."),
        "child_directed": ProjectMember("flag", "Whether it is directed at children (COPPA)."),
        "aliases": ProjectMember(
            "texts by name",
            "Aliases under which it is served beside TSTALIASID: ids in Lex by name; not exported.",
        ),
        "lex": _LEX,
    },
    "locale": {
        "description": ProjectMember("text", "What it is for."),
        "confidence": ProjectMember(
            "number", "The score, 0 to 1, below which FallbackIntent takes over; 0.4 if missing."
        ),
        "voice": ProjectMember("text", "The neural voice of Amazon Polly."),
        "defaults": ProjectMember("defaults", "Defaults for prompts and intents."),
        "intents": ProjectMember("intent by name", "What users may want."),
        "slot_types": ProjectMember("slot type by name", "Your own lists of values."),
        "custom_vocabulary": ProjectMember("lex", "Lex's CustomVocabulary.json, verbatim."),
        "lex": _LEX,
    },
    "defaults": {
        "retries": ProjectMember("number", "How often a prompt is repeated; 4 if missing."),
        "interruptible": ProjectMember("flag", "Whether a caller may interrupt; true if missing."),
        "variations": ProjectMember(
            "word: random, ordered, none", "How variations are chosen; random if missing."
        ),
        "attempts": ProjectMember(
            "word: lex, none",
            "The time-outs of speech and keys, with which Lex's console fills a prompt; lex if "
            "missing.",
        ),
        "steps": ProjectMember(
            "word: explicit, implicit",
            "Whether every next step is written, as Lex's console does now, or left to Lex, as it "
            "did before August 2022; explicit if missing.",
        ),
    },
    "intent": {
        "description": ProjectMember("text", "What it is for."),
        "builtin": ProjectMember(
            "text", "The built-in intent that it is, such as AMAZON.HelpIntent."
        ),
        "steps": ProjectMember("word: explicit, implicit", "As in `defaults`, for this intent."),
        "samples": ProjectMember("texts", "What users say; `{Slot}` stands for a value."),
        "needs": ProjectMember("texts", "Contexts that have to be active."),
        "gives": ProjectMember("list of context", "Contexts that the intent activates."),
        "hooks": ProjectMember(
            "words: dialog, fulfillment", "Where the code hook is called; one of the two or both."
        ),
        "initial": ProjectMember("initial", "What is said first, before any slot."),
        "slots": ProjectMember("slot by name", "What is asked for, in this order."),
        "confirm": ProjectMember(
            "confirm", "The question before fulfilment, with yes or no as a reply."
        ),
        "decline": ProjectMember("outcome", "What follows a no."),
        "answer": ProjectMember("outcome", "What is said when the intent is fulfilled."),
        "failure": ProjectMember("outcome", "What follows a fulfilment that fails."),
        "timeout": ProjectMember("outcome", "What follows a fulfilment that takes too long."),
        "closing": ProjectMember("outcome", "What is said at the very end."),
        "lex": _LEX,
    },
    "context": {
        "name": ProjectMember("text", "Its name."),
        "seconds": ProjectMember("number", "For how many seconds it is active; 90 if missing."),
        "turns": ProjectMember("number", "For how many turns it is active; 5 if missing."),
        "lex": _LEX,
    },
    "slot": {
        "type": ProjectMember("text", "A slot type of the locale, or a built-in one."),
        "description": ProjectMember("text", "What it is for."),
        "prompt": ProjectMember("prompt", "The question for it."),
        "retries": ProjectMember("number", "How often the question is repeated."),
        "optional": ProjectMember("flag", "Whether it is only asked for if a step says so."),
        "samples": ProjectMember("texts", "How users reply; `{Slot}` stands for the value."),
        "default": ProjectMember("texts", "Values if none is given, tried in order."),
        "obfuscated": ProjectMember("flag", "Whether the value is masked in logs."),
        "multiple": ProjectMember("flag", "Whether it takes several values."),
        "captured": ProjectMember("outcome", "What follows a value."),
        "failed": ProjectMember("outcome", "What follows when all attempts failed."),
        "hook": ProjectMember("hook", "The code hook that is called by `then: hook`."),
        "prompt_hook": ProjectMember(
            "flag or text", "Whether a hook is called at each attempt; a label."
        ),
        "lex": _LEX,
    },
    "prompt": {
        "say": ProjectMember("messages", "What is asked."),
        "retries": ProjectMember("number", "How often it is repeated."),
        "interruptible": ProjectMember("flag", "As in `defaults`."),
        "variations": ProjectMember("word: random, ordered, none", "As in `defaults`."),
        "attempts": ProjectMember("word: lex, none", "As in `defaults`."),
        "lex": _LEX,
    },
    "confirm": {
        "say": ProjectMember("messages", "What is asked."),
        "retries": ProjectMember("number", "How often it is repeated."),
        "interruptible": ProjectMember("flag", "As in `defaults`."),
        "variations": ProjectMember("word: random, ordered, none", "As in `defaults`."),
        "attempts": ProjectMember("word: lex, none", "As in `defaults`."),
        "confirmed": ProjectMember("outcome", "What follows a yes."),
        "failed": ProjectMember("outcome", "What follows when no reply was a yes or no."),
        "hook": ProjectMember("hook", "The code hook that is called by `then: hook`."),
        "prompt_hook": ProjectMember(
            "flag or text", "Whether a hook is called at each attempt; a label."
        ),
        "lex": _LEX,
    },
    "outcome": _OUTCOME,
    "initial": _OUTCOME | {"hook": ProjectMember("hook", "The dialog code hook at the start.")},
    "branch": {
        "if": ProjectMember("text", "The condition, in Lex's language."),
        "name": ProjectMember("text", "The branch's name; Branch1, Branch2, … if missing."),
        **{
            name: _OUTCOME[name]
            for name in ("say", "then", "set", "slots", "clear", "intent", "silent")
        },
        "lex": _LEX,
    },
    "hook": {
        "label": ProjectMember("text", "The invocation label that the hook receives."),
        "active": ProjectMember("flag", "Whether the step is there at all; true if missing."),
        "calls": ProjectMember("flag", "Whether the hook is really called; true if missing."),
        "success": ProjectMember("outcome", "What follows."),
        "failure": ProjectMember("outcome", "What follows when it fails."),
        "timeout": ProjectMember("outcome", "What follows when it takes too long."),
        "lex": _LEX,
    },
    "message": {
        "text": ProjectMember("text", "A plain text."),
        "ssml": ProjectMember("text", "A text in SSML."),
        "payload": ProjectMember("text", "A custom payload, often JSON, for your own client."),
        "any": ProjectMember("list of message", "Variations; one of them is sent."),
        "title": ProjectMember("text", "The title of a card."),
        "subtitle": ProjectMember("text", "The second line of the card."),
        "image": ProjectMember("text", "The address of the card's picture."),
        "buttons": ProjectMember(
            "buttons", "The card's buttons: a text, or `text: what it sends`."
        ),
        "lex": _LEX,
    },
    "slot type": {
        "description": ProjectMember("text", "What it is for."),
        "parent": ProjectMember(
            "text", "The built-in type that it extends, as AMAZON.AlphaNumeric."
        ),
        "pattern": ProjectMember("text", "The regular expression that values have to match."),
        "expand": ProjectMember(
            "flag",
            "Whether other values are taken, too (Lex: expand values); false if missing, as in "
            "Lex's restrict to slot values.",
        ),
        "values": ProjectMember("values", "The values: a text, or `value: [synonyms]`."),
        "grammar": ProjectMember("text", "The file of an SRGS grammar, relative to the project."),
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
