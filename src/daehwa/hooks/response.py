"""A code hook's reply, read and checked (section 7).

Members that Lex does not know are left aside, ``null`` stands for absent, and a number
where a text is meant is taken as its text: so do real hooks write, and Lex takes it. What
means nothing is refused in the words of Lex's own refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NoReturn, get_args

from daehwa import dialog, lex
from daehwa.hooks.quotas import check_attributes, check_messages, check_response

REFUSAL: Final = "Invalid Lambda Response: Received invalid response from Lambda: "

_ACTIONS: Final = ("Close", "ConfirmIntent", "Delegate", "ElicitIntent", "ElicitSlot")
_STATES: Final = get_args(lex.IntentState)
_CONFIRMATIONS: Final = get_args(lex.ConfirmationState)
_CONTENT_TYPES: Final = get_args(lex.ContentType)
_SHAPES: Final = get_args(lex.Shape)
_STYLES: Final = ("Default", "SpellByLetter", "SpellByWord")


_TOKENS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (type(None), "VALUE_NULL"),
    (bool, "VALUE_BOOLEAN"),
    ((int, float), "VALUE_NUMBER"),
    (str, "VALUE_STRING"),
    ((list, tuple), "START_ARRAY"),
    (dict, "START_OBJECT"),
)


def response(
    payload: object, *, literal: bool = False, quotas: bool = False
) -> dialog.HookResponse:
    """Read a code hook's reply.

    ``literal`` messages go out without their placeholders being filled. With ``quotas``
    Lex's sizes are kept to.

    Raises ``lex.DependencyFailedException``, "Invalid Lambda Response: ...", when the reply
    is none.
    """
    whole = _object(payload, "LambdaResponse")
    if quotas:
        check_response(whole)
    state = _session_state(whole)
    messages = _messages(whole)
    if quotas:
        check_attributes(state.session_attributes)
        check_messages(messages or ())
    return dialog.HookResponse(
        session_state=state,
        messages=messages,
        request_attributes=_texts(whole, "requestAttributes"),
        literal=literal,
    )


def _session_state(whole: Mapping[str, Any]) -> lex.SessionState:
    given = _required(whole, "sessionState", "SessionState")
    action = _dialog_action(_required(given, "dialogAction", "DialogAction"))
    intent = _intent(given)
    _check_needs(action, intent)
    return lex.SessionState(
        dialog_action=action,
        intent=intent,
        active_contexts=_contexts(given),
        session_attributes=_texts(given, "sessionAttributes"),
        runtime_hints=_hints(given),
    )


def _check_needs(action: lex.DialogAction, intent: lex.Intent | None) -> None:
    """Refuse an action that lacks what it cannot do without."""
    if action.type in ("ElicitSlot", "ConfirmIntent", "Close") and intent is None:
        _refuse(f"The dialog action {action.type} needs an intent with a name.")
    if action.type == "ElicitSlot" and action.slot_to_elicit is None:
        _refuse("The dialog action ElicitSlot needs slotToElicit.")
    if action.type == "Close" and intent is not None and intent.state is None:
        _refuse("The dialog action Close needs the state of the intent.")


def _dialog_action(given: Mapping[str, Any]) -> lex.DialogAction:
    return lex.DialogAction(
        type=_choice(given, "type", _ACTIONS, "DialogActionType", needed=True),
        slot_to_elicit=_text(given, "slotToElicit"),
        slot_elicitation_style=_choice(given, "slotElicitationStyle", _STYLES, "StyleType"),
        sub_slot_to_elicit=_sub_slot(given),
    )


def _sub_slot(given: Mapping[str, Any]) -> lex.SubSlotToElicit | None:
    found = given.get("subSlotToElicit")
    if found is None:
        return None
    inner = _object(found, "SubSlotToElicit")
    return lex.SubSlotToElicit(
        name=_needed_text(inner, "name", "SubSlotToElicit"), sub_slot_to_elicit=_sub_slot(inner)
    )


def _intent(state: Mapping[str, Any]) -> lex.Intent | None:
    found = state.get("intent")
    if found is None:
        return None
    given = _object(found, "Intent")
    slots = given.get("slots")
    return lex.Intent(
        name=_needed_text(given, "name", "Intent"),
        slots=None
        if slots is None
        else {str(n): _slot(s) for n, s in _object(slots, "Slots").items()},
        state=_choice(given, "state", _STATES, "IntentState"),
        confirmation_state=_choice(given, "confirmationState", _CONFIRMATIONS, "ConfirmationState"),
    )


def _slot(found: object) -> lex.Slot | None:
    if found is None:
        return None
    given = _object(found, "Slot")
    value, values, sub_slots = given.get("value"), given.get("values"), given.get("subSlots")
    return lex.Slot(
        shape=_choice(given, "shape", _SHAPES, "Shape"),
        value=None if value is None else _slot_value(_object(value, "Value")),
        values=None
        if values is None
        else tuple(s for v in _list(values, "Values") if (s := _slot(v)) is not None),
        sub_slots=None
        if sub_slots is None
        else {str(n): _slot(s) for n, s in _object(sub_slots, "SubSlots").items()},
    )


def _slot_value(given: Mapping[str, Any]) -> lex.SlotValue:
    interpreted = _text(given, "interpretedValue")
    original = _text(given, "originalValue")
    resolved = given.get("resolvedValues")
    return lex.SlotValue(
        original_value=interpreted if original is None else original,
        interpreted_value=interpreted,
        resolved_values=()
        if resolved is None
        else tuple(_as_text(v, "resolvedValues") for v in _list(resolved, "ResolvedValues")),
    )


def _contexts(state: Mapping[str, Any]) -> tuple[lex.ActiveContext, ...] | None:
    found = state.get("activeContexts")
    if found is None:
        return None
    return tuple(_context(_object(c, "ActiveContext")) for c in _list(found, "ActiveContexts"))


def _context(given: Mapping[str, Any]) -> lex.ActiveContext:
    life = _required(given, "timeToLive", "ActiveContextTimeToLive")
    return lex.ActiveContext(
        name=_needed_text(given, "name", "ActiveContext"),
        time_to_live=lex.TimeToLive(
            time_to_live_in_seconds=_whole_number(life, "timeToLiveInSeconds"),
            turns_to_live=_whole_number(life, "turnsToLive"),
        ),
        context_attributes=_texts(given, "contextAttributes") or {},
    )


def _hints(state: Mapping[str, Any]) -> lex.RuntimeHints | None:
    found = state.get("runtimeHints")
    if found is None:
        return None
    slot_hints = _object(found, "RuntimeHints").get("slotHints")
    if slot_hints is None:
        return lex.RuntimeHints()
    return lex.RuntimeHints(
        slot_hints={
            str(intent): {
                str(slot): dict(_object(hints, "RuntimeHintDetails"))
                for slot, hints in _object(slots, "SlotHints").items()
            }
            for intent, slots in _object(slot_hints, "SlotHints").items()
        }
    )


# --- messages -------------------------------------------------------------------------


def _messages(whole: Mapping[str, Any]) -> tuple[lex.Message, ...] | None:
    found = whole.get("messages")
    if found is None:
        return None
    return tuple(_message(_object(m, "Message")) for m in _list(found, "Messages"))


def _message(given: Mapping[str, Any]) -> lex.Message:
    kind = _choice(given, "contentType", _CONTENT_TYPES, "MessageContentType", needed=True)
    card = given.get("imageResponseCard")
    content = _text(given, "content")
    if kind == "ImageResponseCard":
        if card is None:
            _refuse("A message of type ImageResponseCard needs imageResponseCard.")
        return lex.Message(
            content_type=kind, image_response_card=_card(_object(card, "ImageResponseCard"))
        )
    if content is None:
        _refuse(f"A message of type {kind} needs content.")
    return lex.Message(content_type=kind, content=content)


def _card(given: Mapping[str, Any]) -> lex.ImageResponseCard:
    buttons = given.get("buttons")
    return lex.ImageResponseCard(
        title=_needed_text(given, "title", "ImageResponseCard"),
        subtitle=_text(given, "subtitle"),
        image_url=_text(given, "imageUrl"),
        buttons=None
        if buttons is None
        else tuple(_button(_object(b, "Button")) for b in _list(buttons, "Buttons")),
    )


def _button(given: Mapping[str, Any]) -> lex.Button:
    return lex.Button(
        text=_needed_text(given, "text", "Button"), value=_needed_text(given, "value", "Button")
    )


# --- members --------------------------------------------------------------------------


def _refuse(message: str) -> NoReturn:
    raise lex.DependencyFailedException(REFUSAL + message)


def _object(found: object, shape: str) -> Mapping[str, Any]:
    if isinstance(found, Mapping):
        return found
    if isinstance(found, str):
        _refuse(
            f"Can not construct instance of {shape}: no String-argument constructor/factory "
            f"method to deserialize from String value ('{found[:100]}')"
        )
    _refuse(f"Can not deserialize instance of {shape} out of {_kind(found)}")


def _list(found: object, shape: str) -> list[Any] | tuple[Any, ...]:
    if isinstance(found, list | tuple):
        return found
    _refuse(f"Can not deserialize instance of {shape} out of {_kind(found)}")


def _kind(found: object) -> str:
    for types, token in _TOKENS:
        if isinstance(found, types):
            return f"{token} token"
    return f"a {type(found).__name__}, which is no JSON"


def _required(given: Mapping[str, Any], name: str, shape: str) -> Mapping[str, Any]:
    found = given.get(name)
    if found is None:
        _refuse(f"Missing required creator property '{name}'")
    return _object(found, shape)


def _as_text(found: object, name: str) -> str:
    match found:
        case str():
            return found
        case bool():
            return "true" if found else "false"
        case int() | float():
            return str(found)
        case _:
            _refuse(f"Can not deserialize instance of String ({name}) out of {_kind(found)}")


def _text(given: Mapping[str, Any], name: str) -> str | None:
    found = given.get(name)
    return None if found is None else _as_text(found, name)


def _needed_text(given: Mapping[str, Any], name: str, shape: str) -> str:
    found = _text(given, name)
    if not found:
        _refuse(f"Missing required creator property '{name}' of {shape}")
    return found


def _texts(given: Mapping[str, Any], name: str) -> dict[str, str] | None:
    """Read a map of texts; a member that is ``null`` is not there."""
    found = given.get(name)
    if found is None:
        return None
    return {str(n): _as_text(v, name) for n, v in _object(found, name).items() if v is not None}


def _whole_number(given: Mapping[str, Any], name: str) -> int:
    found = given.get(name)
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    if isinstance(found, str) and found.isascii() and found.isdigit():
        return int(found)
    _refuse(f"Can not deserialize instance of Integer ({name}) out of {_kind(found)}")


def _choice(
    given: Mapping[str, Any],
    name: str,
    choices: tuple[str, ...],
    shape: str,
    *,
    needed: bool = False,
) -> Any:
    found = given.get(name)
    if found is None and not needed:
        return None
    if found is None:
        _refuse(f"Missing required creator property '{name}'")
    if found not in choices:
        _refuse(
            f"Can not construct instance of {shape} from String value '{str(found)[:100]}': "
            f"value not one of declared Enum instance names: [{', '.join(choices)}]"
        )
    return found
