"""The bot's code hook on AWS: ``daehwa.aws.hook.lambda_handler``.

Lex knows one function for each alias and locale, whichever intent calls it. FallbackIntent goes
to whoever answers (``daehwa.aws.chatgpt``), which is set up by its own variables, and where nobody
does in that locale goes on as if it had no hook; every other
intent goes to the function that ``BOT_HOOK_ARN`` names, or ``BOT_HOOKS`` (a JSON object of ARNs by
locale) for its locale, and
without one goes on as if it had no hook, which is how the same bot behaves on a laptop.
``FALLBACK_INTENTS`` holds FallbackIntent's names, with commas, if the author changed them.

A chat function that streams asks ChatGPT itself, word by word and for longer than Lex waits for
a hook: it says so with the request attribute ``daehwa:later``, and the hook grants it
(``daehwa.aws.marks``).
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from daehwa import answers
from daehwa.aws.aws_service import AwsService
from daehwa.aws.lex_event import lex_event
from daehwa.aws.marks import ADDRESS, GRANTED, LATER, WISHED, marked, without_ours
from daehwa.aws.reply import FALLBACK

if TYPE_CHECKING:
    from daehwa.aws.limits import CallLimits

_HOOK, _HOOKS = "BOT_HOOK_ARN", "BOT_HOOKS"
# Lex gives a code hook 30 s.
_SECONDS = 28.0
# What Lex says until the answer comes; who is to answer later does not show it.
_STAND_IN = "…"

_limits: list[CallLimits] = []


def lambda_handler(event: dict[str, Any], context: Any = None) -> dict[str, Any]:
    """Answer an event of Lex's Lambda contract.

    Raises:
        AwsError: the bot's own function cannot be called, or failed; Lex is to know.
    """
    event = lex_event(event)
    intent = (event.get("sessionState") or {}).get("intent") or {}
    if intent.get("name") in os.environ.get("FALLBACK_INTENTS", FALLBACK).split(","):
        # Imported here: the bot's own intents do without it.
        from daehwa.aws import chatgpt  # noqa: PLC0415

        if not _is_answered((event.get("bot") or {}).get("localeId") or ""):
            return _go_on(_without_marks(event), intent)
        if (event.get("requestAttributes") or {}).get(LATER) == WISHED:
            response = answers.close_response(event, _STAND_IN)
            return marked(response, event, {LATER: GRANTED})
        return _refusal(event) or chatgpt.lambda_handler(event, context)
    arn = _own_function((event.get("bot") or {}).get("localeId") or "")
    event = _without_marks(event)
    if arn:
        return _invoke(arn, event)
    return _go_on(event, intent)


def _own_function(locale: str) -> str | None:
    """The ARN of the bot's own function in a locale, if it has one there."""
    by_locale = json.loads(os.environ.get(_HOOKS) or "{}")
    return by_locale.get(locale) or os.environ.get(_HOOK)


def _is_answered(locale: str) -> bool:
    """Whether an answerer is configured for a locale; it reports what is configured wrongly."""
    from daehwa.aws.packed_answerers import kept_answerers  # noqa: PLC0415

    try:
        return bool(kept_answerers().order(locale))
    except answers.SettingInvalid:
        return True


def _refusal(event: dict[str, Any]) -> dict[str, Any] | None:
    """What is answered to a caller of the chat who has models asked too often."""
    whose = (event.get("requestAttributes") or {}).get(ADDRESS)
    if not whose:
        return None
    from daehwa.answers import QuestionsTooMany  # noqa: PLC0415
    from daehwa.aws.fallback import error_response  # noqa: PLC0415
    from daehwa.aws.limits import CallLimits  # noqa: PLC0415

    if not _limits:
        _limits.append(CallLimits.from_environment())
    try:
        _limits[0].check_answer(event.get("sessionId") or "", whose)
    except QuestionsTooMany as error:
        # An event: an alarm counts errors, and here somebody is held up as is meant.
        print(json.dumps({"event": error.code}))  # noqa: T201
        return error_response(event, error)
    return None


def _without_marks(event: dict[str, Any]) -> dict[str, Any]:
    """The event without what an answer of an earlier turn left in the session."""
    session = event.get("sessionState") or {}
    if not session.get("sessionAttributes"):
        return event
    attributes = without_ours(session["sessionAttributes"])
    return {**event, "sessionState": {**session, "sessionAttributes": attributes}}


def _invoke(arn: str, event: dict[str, Any]) -> dict[str, Any]:
    service = AwsService("Lambda", prefix="lambda", signing_name="lambda")
    path = f"/2015-03-31/functions/{quote(arn, safe='')}/invocations"
    try:
        answer = service.call("POST", path, event, timeout=_SECONDS)
    finally:
        service.close()
    if "errorMessage" in answer and "sessionState" not in answer:
        # What went wrong there stands in that function's own log.
        print(json.dumps({"event": "hook_failed", "type": answer.get("errorType")}))  # noqa: T201
    return answer


def _go_on(event: dict[str, Any], intent: dict[str, Any]) -> dict[str, Any]:
    """Delegate: Lex takes the next step of its own; after a fulfilment, the successful one."""
    session = event.get("sessionState") or {}
    if event.get("invocationSource") == "FulfillmentCodeHook":
        intent = {**intent, "state": "Fulfilled"}
    state: dict[str, Any] = {
        "dialogAction": {"type": "Delegate"},
        "intent": intent,
        "sessionAttributes": session.get("sessionAttributes") or {},
    }
    if session.get("activeContexts"):
        state["activeContexts"] = session["activeContexts"]
    return {"sessionState": state}
