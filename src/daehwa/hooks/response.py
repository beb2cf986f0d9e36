"""A code hook's reply, read and checked (section 7).

Members that Lex does not know are left aside, ``null`` stands for absent, and a number
where a text is meant is taken as its text: so do real hooks write, and Lex takes it. What
means nothing is refused in the words that Lex uses.
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

    Raises:
        lex.DependencyFailedException: the reply is not valid ("Invalid Lambda Response: ...").
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
        request_attributes=_text_map(whole, "requestAttributes"),
        literal=literal,
    )


def _session_state(whole: Mapping[str, Any]) -> lex.SessionState:
    members = _required_object(whole, "sessionState", "SessionState")
    action = _dialog_action(_required_object(members, "dialogAction", "DialogAction"))
    intent = _intent(members)
    _check_action(action, intent)
    return lex.SessionState(
        dialog_action=action,
        intent=intent,
        active_contexts=_contexts(members),
        session_attributes=_text_map(members, "sessionAttributes"),
        runtime_hints=_hints(members),
    )


def _check_action(action: lex.DialogAction, intent: lex.Intent | None) -> None:
    """Refuse an action that lacks what it cannot do without."""
    if action.type in ("ElicitSlot", "ConfirmIntent", "Close") and intent is None:
        _refuse(f"The dialog action {action.type} needs an intent with a name.")
    if action.type == "ElicitSlot" and action.slot_to_elicit is None:
        _refuse("The dialog action ElicitSlot needs slotToElicit.")
    if action.type == "Close" and intent is not None and intent.state is None:
        _refuse("The dialog action Close needs the state of the intent.")


def _dialog_action(members: Mapping[str, Any]) -> lex.DialogAction:
    return lex.DialogAction(
        type=_choice(members, "type", _ACTIONS, "DialogActionType", required=True),
        slot_to_elicit=_text(members, "slotToElicit"),
        slot_elicitation_style=_choice(members, "slotElicitationStyle", _STYLES, "StyleType"),
        sub_slot_to_elicit=_sub_slot(members),
    )


def _sub_slot(members: Mapping[str, Any]) -> lex.SubSlotToElicit | None:
    raw = members.get("subSlotToElicit")
    if raw is None:
        return None
    inner = _object(raw, "SubSlotToElicit")
    return lex.SubSlotToElicit(
        name=_required_text(inner, "name", "SubSlotToElicit"), sub_slot_to_elicit=_sub_slot(inner)
    )


def _intent(state: Mapping[str, Any]) -> lex.Intent | None:
    raw = state.get("intent")
    if raw is None:
        return None
    members = _object(raw, "Intent")
    slots = members.get("slots")
    return lex.Intent(
        name=_required_text(members, "name", "Intent"),
        slots=None
        if slots is None
        else {str(n): _slot(s) for n, s in _object(slots, "Slots").items()},
        state=_choice(members, "state", _STATES, "IntentState"),
        confirmation_state=_choice(
            members, "confirmationState", _CONFIRMATIONS, "ConfirmationState"
        ),
    )


def _slot(raw: object) -> lex.Slot | None:
    if raw is None:
        return None
    members = _object(raw, "Slot")
    value, values, sub_slots = members.get("value"), members.get("values"), members.get("subSlots")
    if isinstance(value, Mapping) and value.get("interpretedValue") == "":
        return None  # Lex's values have a character at least: the slot has none
    return lex.Slot(
        shape=_choice(members, "shape", _SHAPES, "Shape"),
        value=None if value is None else _slot_value(_object(value, "Value")),
        values=None
        if values is None
        else tuple(s for v in _list(values, "Values") if (s := _slot(v)) is not None),
        sub_slots=None
        if sub_slots is None
        else {str(n): _slot(s) for n, s in _object(sub_slots, "SubSlots").items()},
    )


def _slot_value(members: Mapping[str, Any]) -> lex.SlotValue:
    interpreted = _text(members, "interpretedValue")
    original = _text(members, "originalValue") or None
    resolved = members.get("resolvedValues")
    return lex.SlotValue(
        original_value=interpreted if original is None else original,
        interpreted_value=interpreted,
        resolved_values=()
        if resolved is None
        else tuple(
            text
            for value in _list(resolved, "ResolvedValues")
            if (text := _as_text(value, "resolvedValues"))
        ),
    )


def _contexts(state: Mapping[str, Any]) -> tuple[lex.ActiveContext, ...] | None:
    raw = state.get("activeContexts")
    if raw is None:
        return None
    return tuple(_context(_object(c, "ActiveContext")) for c in _list(raw, "ActiveContexts"))


def _context(members: Mapping[str, Any]) -> lex.ActiveContext:
    life = _required_object(members, "timeToLive", "ActiveContextTimeToLive")
    return lex.ActiveContext(
        name=_required_text(members, "name", "ActiveContext"),
        time_to_live=lex.TimeToLive(
            time_to_live_in_seconds=_whole_number(life, "timeToLiveInSeconds"),
            turns_to_live=_whole_number(life, "turnsToLive"),
        ),
        context_attributes=_text_map(members, "contextAttributes") or {},
    )


def _hints(state: Mapping[str, Any]) -> lex.RuntimeHints | None:
    raw = state.get("runtimeHints")
    if raw is None:
        return None
    slot_hints = _object(raw, "RuntimeHints").get("slotHints")
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
    raw = whole.get("messages")
    if raw is None:
        return None
    return tuple(_message(_object(m, "Message")) for m in _list(raw, "Messages"))


def _message(members: Mapping[str, Any]) -> lex.Message:
    kind = _choice(members, "contentType", _CONTENT_TYPES, "MessageContentType", required=True)
    card = members.get("imageResponseCard")
    content = _text(members, "content")
    if kind == "ImageResponseCard":
        if card is None:
            _refuse("A message of type ImageResponseCard needs imageResponseCard.")
        return lex.Message(
            content_type=kind, image_response_card=_card(_object(card, "ImageResponseCard"))
        )
    if content is None:
        _refuse(f"A message of type {kind} needs content.")
    return lex.Message(content_type=kind, content=content)


def _card(members: Mapping[str, Any]) -> lex.ImageResponseCard:
    buttons = members.get("buttons")
    return lex.ImageResponseCard(
        title=_required_text(members, "title", "ImageResponseCard"),
        subtitle=_text(members, "subtitle"),
        image_url=_text(members, "imageUrl"),
        buttons=None
        if buttons is None
        else tuple(_button(_object(b, "Button")) for b in _list(buttons, "Buttons")),
    )


def _button(members: Mapping[str, Any]) -> lex.Button:
    return lex.Button(
        text=_required_text(members, "text", "Button"),
        value=_required_text(members, "value", "Button"),
    )


# --- members --------------------------------------------------------------------------


def _refuse(message: str) -> NoReturn:
    raise lex.DependencyFailedException(REFUSAL + message)


def _object(raw: object, shape: str) -> Mapping[str, Any]:
    if isinstance(raw, Mapping):
        return raw
    if isinstance(raw, str):
        _refuse(
            f"Can not construct instance of {shape}: no String-argument constructor/factory "
            f"method to deserialize from String value ('{raw[:100]}')"
        )
    _refuse(f"Can not deserialize instance of {shape} out of {_kind(raw)}")


def _list(raw: object, shape: str) -> list[Any] | tuple[Any, ...]:
    if isinstance(raw, list | tuple):
        return raw
    _refuse(f"Can not deserialize instance of {shape} out of {_kind(raw)}")


def _kind(raw: object) -> str:
    for types, token in _TOKENS:
        if isinstance(raw, types):
            return f"{token} token"
    return f"a {type(raw).__name__}, which is not JSON"


def _required_object(members: Mapping[str, Any], name: str, shape: str) -> Mapping[str, Any]:
    raw = members.get(name)
    if raw is None:
        _refuse(f"Missing required creator property '{name}'")
    return _object(raw, shape)


def _as_text(raw: object, name: str) -> str:
    match raw:
        case str():
            return raw
        case bool():
            return "true" if raw else "false"
        case int() | float():
            return str(raw)
        case _:
            _refuse(f"Can not deserialize instance of String ({name}) out of {_kind(raw)}")


def _text(members: Mapping[str, Any], name: str) -> str | None:
    raw = members.get(name)
    return None if raw is None else _as_text(raw, name)


def _required_text(members: Mapping[str, Any], name: str, shape: str) -> str:
    raw = _text(members, name)
    if not raw:
        _refuse(f"Missing required creator property '{name}' of {shape}")
    return raw


def _text_map(members: Mapping[str, Any], name: str) -> dict[str, str] | None:
    """Read a map of texts; a member that is ``null`` is not there."""
    raw = members.get(name)
    if raw is None:
        return None
    return {str(n): _as_text(v, name) for n, v in _object(raw, name).items() if v is not None}


def _whole_number(members: Mapping[str, Any], name: str) -> int:
    raw = members.get(name)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.isascii() and raw.isdigit():
        return int(raw)
    _refuse(f"Can not deserialize instance of Integer ({name}) out of {_kind(raw)}")


def _choice(
    members: Mapping[str, Any],
    name: str,
    choices: tuple[str, ...],
    shape: str,
    *,
    required: bool = False,
) -> Any:
    raw = members.get(name)
    if raw is None and not required:
        return None
    if raw is None:
        _refuse(f"Missing required creator property '{name}'")
    if raw not in choices:
        _refuse(
            f"Can not construct instance of {shape} from String value '{str(raw)[:100]}': "
            f"value not one of declared Enum instance names: [{', '.join(choices)}]"
        )
    return raw
