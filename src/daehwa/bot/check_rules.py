"""The rules that a check of a bot goes by, each with a code.

A finding names its rule's code; ``[check]`` in ``daehwa.toml`` switches rules off by it. The page
``docs/checks.md`` is made from this table.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from daehwa.bot.problems import Severity


class CheckRule(NamedTuple):
    """A rule: how grave breaking it is, and what breaks it, for a table."""

    severity: Severity
    breach: str


def _error(breach: str) -> CheckRule:
    return CheckRule("error", breach)


def _warning(breach: str) -> CheckRule:
    return CheckRule("warning", breach)


RULES: Final[dict[str, CheckRule]] = {
    # --- files ---
    "not-an-export": _error("The zip or folder is not an export of one bot, or cannot be read."),
    "not-json": _error("A file is not JSON."),
    "not-yaml": _error("A file of a project is not YAML, or cannot be read."),
    "text-cut-off": _warning("A # cuts off the rest of a text in a project's file."),
    "wrong-member": _error("A member is missing, has the wrong type, or a name is taken."),
    "wrong-word": _error("A word that is not one of the few that Lex accepts there."),
    "slot-without-intent": _error("Slots lie in a folder that has no Intent.json."),
    "folder-without-file": _error("A folder of an intent, slot or slot type lacks its file."),
    "locale-folder": _error("The folder of a locale has another name than the locale in it."),
    "folder-name": _warning("A folder has another name than the intent, slot or type in it."),
    "stray-file": _warning("A file among a bot's parts that nobody reads."),
    "misspelt-member": _warning("A member that nothing reads, close to one that is known."),
    "unknown-member": _warning("A member that nothing reads."),
    "member-twice": _warning("A member is written in two spellings."),
    "manifest-words": _warning("The Manifest names a format or a resource that Lex does not have."),
    "repeated-member": _warning("An object has a member twice."),
    # --- bot and locale ---
    "bad-name": _error("A name that Lex does not take."),
    "built-in-name": _warning("An intent of the bot's own has the name of a built-in intent."),
    "empty-value": _error("A text or list that must not be empty is empty."),
    "over-limit": _error("A text, list or number beyond Lex's limits."),
    "no-locale": _error("The bot has no locale."),
    "alias-id": _error("The id of an alias is not valid, or is used twice."),
    "network-members": _error("A network of bots has no members, or more than five."),
    "network-member-id": _error("The id of a network's member, or of its alias, is not valid."),
    "network-member-twice": _error("A bot is in a network twice, or a network is in itself."),
    "network-intents": _warning("A network of bots has intents of its own."),
    "members-without-network": _error("A bot that is not a network has members."),
    "unknown-locale": _error("Lex has no such locale."),
    "too-many-intents": _error("More intents than Lex takes."),
    "no-intent": _error("The locale has no intent of its own."),
    "no-fallback": _error("The locale has no FallbackIntent."),
    "two-fallbacks": _error("The locale has several FallbackIntents."),
    "names-alike": _warning("Two names differ only in case or punctuation."),
    "extreme-threshold": _warning(
        "A confidence threshold at which nothing, or everything, falls back."
    ),
    "vocabulary-without-phrase": _error("An item of the custom vocabulary has no phrase."),
    "vocabulary-weight": _error("A weight that the custom vocabulary does not take."),
    "vocabulary-conflict": _warning("A phrase is in the custom vocabulary twice."),
    "vocabulary-too-long": _warning("A phrase of the custom vocabulary has too many words."),
    # --- sample utterances ---
    "slot-in-other-signs": _warning("A slot is not written in the form {Name}."),
    "unbalanced-brace": _error("The braces of a sample utterance do not match."),
    "empty-placeholder": _error("A sample utterance has braces with no slot in them."),
    "blank-sample": _error("A sample utterance consists only of spaces."),
    "free-text-in-sample": _error("A sample utterance names a slot of AMAZON.FreeFormInput."),
    "duplicate-sample": _warning("A sample utterance sounds the same as one of another intent."),
    "repeated-sample": _warning("Two sample utterances of an intent sound the same."),
    "sample-is-slot-value": _warning("A sample utterance is a value of another intent's slot."),
    "sample-takes-anything": _warning(
        "A sample utterance consists only of slots that take any words."
    ),
    "sample-without-words": _warning("A sample utterance has no letter or digit."),
    "slot-twice-in-sample": _warning("A sample utterance names a slot twice."),
    "slots-without-space": _warning("Two slots in a sample utterance have no space between them."),
    "quotes-around-text": _warning("A sample utterance or value is in quotation marks."),
    "hidden-character": _warning("A sample utterance has invisible characters."),
    "no-samples": _warning("An intent has no sample utterances."),
    "one-sample": _warning("An intent has a single sample utterance."),
    # --- slot types ---
    "missing-slot-type": _error("A reference to a slot type that does not exist."),
    "closed-type-without-values": _error("A type that takes only its own values has none."),
    "too-many-values": _error("More values and synonyms than Lex takes."),
    "built-in-elsewhere": _warning("A built-in slot type that Lex has only in other locales."),
    "parent-refused": _warning("A slot type has a parent other than AMAZON.AlphaNumeric."),
    "regex-refused": _error("A pattern that Lex does not take."),
    "grammar-not-xml": _error("A grammar is not XML."),
    "grammar-too-big": _error("A grammar has more bytes than Lex takes."),
    "grammar-elsewhere": _warning("A grammar is in S3 and not here."),
    "regex-without-effect": _warning("A pattern on a slot type that cannot have one."),
    "regex-never-matches": _warning("A pattern that no value can match."),
    "ambiguous-value": _warning("A word stands for several values."),
    "value-twice": _warning("A value is listed twice."),
    "useless-synonym": _warning("A synonym that is understood even if it is not listed."),
    "spaces-around-value": _warning("A value begins or ends with a space."),
    "slot-type-without-values": _warning("A slot type has no values."),
    "unused-slot-type": _warning("No slot has the slot type."),
    "built-in-type-case": _error("The name of a built-in slot type has the wrong capitalisation."),
    "unknown-built-in-type": _warning("An unknown built-in slot type."),
    # --- intents and slots ---
    "missing-slot": _error("A reference to a slot that does not exist."),
    "missing-intent": _error("A reference to an intent that does not exist."),
    "too-many-slots": _error("More slots than Lex takes."),
    "no-priority": _error("A slot has no priority."),
    "slot-listed-twice": _error("A slot has two priorities."),
    "same-priority": _warning("Two slots have the same priority."),
    "priority-gap": _warning("The priorities of an intent's slots have a gap."),
    "slot-without-prompt": _error("A required slot has no prompt."),
    "slot-never-filled": _warning("Nothing fills an optional slot."),
    "required-slot-not-elicited": _warning("The steps of an intent lead past a required slot."),
    "unknown-part": _error("A composite slot names a part that its type lacks."),
    "part-without-prompt": _warning("Nothing asks for a part of a composite slot."),
    "value-not-in-type": _warning("A default or a step sets a value that the type lacks."),
    "fallback-with-parts": _error("A FallbackIntent has utterances, slots or a confirmation."),
    "unknown-built-in-intent": _warning("An unknown built-in intent."),
    "search-without-source": _error("A search intent does not name what it searches."),
    # --- messages ---
    "message-kind": _error("A message is not exactly one of the four kinds."),
    "button-refused": _error("A button's value is refused by the slot that it replies to."),
    "button-twice": _warning("Two buttons of a card are the same."),
    "image-not-https": _warning("A card's picture has no https address."),
    "blank-message": _warning("A message consists only of spaces."),
    "prompt-without-message": _warning("A prompt has no message."),
    "ssml-not-valid": _warning("An SSML message is not SSML."),
    "variation-twice": _warning("Two variations of a message are the same."),
    "unknown-slot-in-message": _warning("A message names a slot that the intent lacks."),
    "unbalanced-brace-in-message": _warning("A slot in a message has no closing brace."),
    "silent-fallback": _warning("What is not understood gets no reply."),
    "silent-intent": _warning("An intent has nothing to say."),
    "ends-without-a-word": _warning("An intent asks questions and ends without a reply."),
    "elicits-filled-slot": _warning(
        "A no goes to a slot that is already filled and is not cleared."
    ),
    "no-declination": _warning("A no to the confirmation gets no reply."),
    # --- the conversation's way ---
    "confirmation-without-prompt": _error("A confirmation has no prompt."),
    "nothing-to-confirm": _warning("A step confirms an intent that has no confirmation."),
    "step-without-intent": _warning("A step starts an intent, but does not name it."),
    "elicits-without-prompt": _warning("A step elicits a slot that has no prompt."),
    "unknown-slot-in-step": _error("A step sets a slot that the intent lacks."),
    "unreached-step": _warning(
        "A step that cannot be reached names something that does not exist."
    ),
    "endless-start": _error("Intents start each other without end."),
    "circle-of-intents": _warning("Intents start each other in a circle."),
    "branch-name-twice": _error("Two branches have the same name."),
    "no-default-branch": _error("A condition has no default branch."),
    "condition-syntax": _error("A condition that cannot be read."),
    "unknown-slot-in-condition": _error("A condition names a slot that the intent lacks."),
    "condition-never-holds": _warning("A condition that no value can meet."),
    "branch-never-taken": _warning("A branch with the same condition as an earlier one."),
    "nothing-to-evaluate": _warning("A step evaluates a condition that does not exist."),
    "no-hook-to-call": _warning("A step calls a code hook that does not exist."),
    "hook-switched-off": _warning("A step calls a code hook in an intent whose hooks are off."),
    "hook-not-configured": _warning(
        "A code hook that is not configured under [[hooks]] in daehwa.toml."
    ),
    "hook-not-there": _error("A code hook of daehwa.toml cannot be called as it is written."),
    "hook-of-nobody": _warning("A code hook of daehwa.toml that nothing calls."),
    "setting-of-nobody": _warning(
        "A setting of daehwa.toml for a bot or locale that does not exist."
    ),
    # --- what is remembered ---
    "contexts-never-set": _warning("Output contexts of an intent that nothing fulfils."),
    "context-never-set": _warning("A context that no intent sets."),
    "context-never-read": _warning("A context that nothing reads."),
    "context-without-value": _warning(
        "A default refers to a value that its context does not have."
    ),
    "attribute-never-set": _warning("A session attribute that nothing sets."),
}
"""Every rule by its code, in the order of the table."""
