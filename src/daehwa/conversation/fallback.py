"""Who speaks when the bot understands nothing.

In Lex the FallbackIntent calls a code hook, or it says what its author wrote, or it is
silent. Where it calls a hook and none is configured, the answerer stands in; so does it
where Lex would be silent. A FallbackIntent that has words of its own keeps them.
"""

from __future__ import annotations

from typing import Any

import msgspec

from daehwa import bot


def answered(locale: bot.BotLocale) -> bot.BotLocale:
    """The locale as it is run with an answerer: a silent FallbackIntent is fulfilled by a hook.

    The definition itself, which is what is stored and exported, stays as its author wrote it.
    """
    fallback = locale.fallback_intent
    if fallback is None or not _silent(fallback):
        return locale
    hooked = msgspec.structs.replace(
        fallback,
        initial_response_setting=None,
        intent_closing_setting=None,
        dialog_code_hook=None,
        fulfillment_code_hook=bot.FulfillmentCodeHook(enabled=True, is_active=True),
    )
    return msgspec.structs.replace(locale, intents=locale.intents | {fallback.name: hooked})


def _silent(intent: bot.Intent) -> bool:
    calls_dialog = intent.dialog_code_hook is not None and intent.dialog_code_hook.enabled
    calls_fulfillment = (
        intent.fulfillment_code_hook is not None and intent.fulfillment_code_hook.enabled
    )
    return not (calls_dialog or calls_fulfillment or _acts(msgspec.to_builtins(intent)))


def _acts(tree: Any) -> bool:
    """Whether anything in the intent says words, or leads on to another intent or slot."""
    if isinstance(tree, list | tuple):
        return any(map(_acts, tree))
    if not isinstance(tree, dict):
        return False
    if tree.get("messageGroupsList"):
        return True
    if tree.get("type") in ("StartIntent", "ElicitIntent", "ElicitSlot"):
        return True
    return any(map(_acts, tree.values()))
