"""What a test file replaces the outside world with: code hooks' replies, a model's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from daehwa import bot, lex
from daehwa.care.testing import expecting
from daehwa.care.testing.comparing import differences
from daehwa.care.testing.values import ModelScript, ScriptedAnswer, ScriptedReply

if TYPE_CHECKING:
    from daehwa.care.testing.conversation_file import FileReader

_Keys: TypeAlias = tuple[str | int, ...]
_REPLY: Final = (
    "messages", "action", "slots", "attributes", "state", "confirmation", "raises", "response",
)  # fmt: skip
_STATES: Final = (
    ("state", "state", get_args(lex.IntentState)),
    ("confirmation", "confirmationState", get_args(lex.ConfirmationState)),
)


def read_hooks(
    reader: FileReader, value: Any, keys: _Keys
) -> dict[str, tuple[ScriptedReply, ...] | ScriptedReply]:
    """The replies of code hooks, by name; none where the configured ones run."""
    if value is None or value == "run":
        return {}
    if not isinstance(value, dict):
        reader.wrong(keys, "'hooks' is 'run', or a mapping of hooks' names to what they reply.")
        return {}
    replies: dict[str, tuple[ScriptedReply, ...] | ScriptedReply] = {}
    for name, each in value.items():
        place = (*keys, name)
        if isinstance(each, list):
            items = [_reply(reader, item, (*place, at)) for at, item in enumerate(each)]
            replies[name] = tuple(item for item in items if item is not None)
        else:
            reply = _reply(reader, each, place)
            if reply is not None:
                replies[name] = reply
    return replies


def _reply(reader: FileReader, value: Any, keys: _Keys) -> ScriptedReply | None:
    if isinstance(value, str):
        if reader.sentence(value, keys) is None:
            return None
        state = {"dialogAction": {"type": "Close"}, "intent": {"state": "Fulfilled"}}
        return ScriptedReply(instruction={"state": state, "messages": _plain([value])})
    if not isinstance(value, dict):
        reader.wrong(keys, "a hook's reply is a text, or a mapping.")
        return None
    reader.known(value, keys, _REPLY)
    if "response" in value:
        return ScriptedReply(instruction={"payload": bot.as_json(value["response"])})
    if "raises" in value:
        why = reader.text(value["raises"], (*keys, "raises"))
        return ScriptedReply(instruction={"state": {}, "raises": why})
    instruction: dict[str, Any] = {"state": _state(reader, value, keys)}
    if "messages" in value:
        given = value["messages"]
        texts = given if isinstance(given, list) else [given]
        if all(isinstance(each, str) for each in texts):
            instruction["messages"] = _plain(texts)
        else:
            reader.wrong((*keys, "messages"), "'messages' are texts.")
    return ScriptedReply(instruction=instruction)


def _plain(texts: list[str]) -> list[dict[str, str]]:
    return [{"contentType": "PlainText", "content": str(text)} for text in texts]


def _state(reader: FileReader, value: dict[str, Any], keys: _Keys) -> dict[str, Any]:
    intent: dict[str, Any] = {}
    for member, name, words in _STATES:
        text = reader.word(value.get(member), (*keys, member), words)
        if text is not None:
            intent[name] = text
    if isinstance(value.get("slots"), dict):
        intent["slots"] = {
            name: wire_slot(bot.as_json(each) if isinstance(each, list | dict) else each)
            for name, each in value["slots"].items()
        }
    elif "slots" in value:
        reader.wrong((*keys, "slots"), "'slots' is a mapping of names to values.")
    state: dict[str, Any] = {"intent": intent} if intent else {}
    types = get_args(lex.DialogActionType)
    action = reader.word(value.get("action"), (*keys, "action"), types)
    if action is not None:
        kind, _, slot = action.partition(" ")
        state["dialogAction"] = {"type": kind, "slotToElicit": slot} if slot else {"type": kind}
    elif "state" in intent:
        state["dialogAction"] = {"type": "Close"}
    attributes = reader.texts(value.get("attributes"), (*keys, "attributes"))
    if attributes is not None:
        state["sessionAttributes"] = attributes
    return state


def wire_slot(value: Any) -> dict[str, Any] | None:
    """A slot as a code hook sends it, of a plain value; several values make a list."""
    if value is None or (isinstance(value, bot.Plain) and bot.as_json(value) is None):
        return None
    if isinstance(value, list):
        return {"shape": "List", "values": [wire_slot(each) for each in value]}
    if isinstance(value, dict):
        parts = {name: wire_slot(each) for name, each in value.items()}
        return {"shape": "Composite", "subSlots": parts}
    text = str(value)
    content = {"originalValue": text, "interpretedValue": text, "resolvedValues": [text]}
    return {"shape": "Scalar", "value": content}


def read_model(reader: FileReader, value: Any, keys: _Keys) -> ModelScript:
    """Who answers as a model."""
    if value is None:
        return ModelScript()
    if isinstance(value, str):
        modes: tuple[Literal["off", "recorded", "live"], ...] = ("off", "recorded", "live")
        for mode in modes:
            if value == mode:
                return ModelScript(mode=mode)
        why = "'model' is off, recorded or live, a list of answers, or answers by question."
        reader.wrong(keys, why)
        return ModelScript()
    if isinstance(value, list):
        read = [_answer(reader, each, (*keys, at)) for at, each in enumerate(value)]
        return ModelScript(mode="scripted", answers=tuple(each for each in read if each))
    by_question = {}
    for question, each in value.items():
        reader.pattern(question, (*keys, question))
        answer = _answer(reader, each, (*keys, question))
        if answer is not None:
            by_question[question] = answer
    return ModelScript(mode="scripted", by_question=by_question)


def _answer(reader: FileReader, value: Any, keys: _Keys) -> ScriptedAnswer | None:
    if isinstance(value, str):
        text = reader.sentence(value, keys)
        return None if text is None else ScriptedAnswer(text=text)
    if isinstance(value, dict) and isinstance(value.get("answer"), str):
        reader.known(value, keys, ("answer", "source"))
        source = reader.text(value.get("source"), (*keys, "source"))
        text = reader.sentence(value["answer"], (*keys, "answer"))
        if text is None:
            return None
        return ScriptedAnswer(text=text, source=source or ScriptedAnswer(text="").source)
    reader.wrong(keys, "an answer is a text, or {answer: …, source: …}.")
    return None


def fits_question(written: str, asked_text: str) -> bool:
    """Whether a question is the one that is written, a text or a ``/pattern/``."""
    return not list(differences(expecting.text_expected(written), asked_text))
