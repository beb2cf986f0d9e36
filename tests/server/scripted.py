"""A runtime that says what its tests want said, with every kind of value of Lex's wire.

What a text does is in the text: "card", "slots", "long", "fallback", "fail NAME", "slow",
"hold on".
"""

import asyncio
import contextlib
import os
from pathlib import Path
from types import SimpleNamespace

import msgspec

from daehwa import chat, dialog, documents, lex, limits
from daehwa.conversation import (
    PlacedTurn,
    Recognition,
    RuntimeReadiness,
    SessionView,
    StreamedRecognition,
)

BOT_ID = "SCRIPTBOT1"
ALIAS_ID = "TSTALIASID"
LOCALE_ID = "ko_KR"
SESSION = f"/bots/{BOT_ID}/botAliases/{ALIAS_ID}/botLocales/{LOCALE_ID}/sessions/s1"

# The access key of the AWS documentation's examples; a key of nobody.
KEYS = {"AKIDEXAMPLE": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}

FALLBACK = lex.Interpretation(intent=lex.Intent(name="FallbackIntent", slots={}))


def interpretation(name="OrderFlowers", score=0.91, **slots):
    intent = lex.Intent(name=name, slots=slots, state="InProgress", confirmation_state="None")
    return lex.Interpretation(
        intent=intent, nlu_confidence=lex.NluConfidence(score=score), interpretation_source="Lex"
    )


def scalar(value):
    return lex.Slot(
        shape="Scalar",
        value=lex.SlotValue(
            original_value=value, interpreted_value=value, resolved_values=(value,)
        ),
    )


CARD = lex.Message(
    content_type="ImageResponseCard",
    image_response_card=lex.ImageResponseCard(
        title="꽃",
        subtitle="무엇을 드릴까요?",
        image_url="https://example.com/flower.png",
        buttons=(lex.Button(text="장미", value="rose"), lex.Button(text="튤립", value="tulip")),
    ),
)
RICH_STATE = lex.SessionState(
    dialog_action=lex.DialogAction(
        type="ElicitSlot",
        slot_to_elicit="Address",
        slot_elicitation_style="SpellByLetter",
        sub_slot_to_elicit=lex.SubSlotToElicit(name="Street"),
    ),
    intent=lex.Intent(
        name="OrderFlowers",
        slots={
            "Kind": scalar("장미"),
            "Count": None,
            "Extras": lex.Slot(shape="List", values=(scalar("리본"), scalar("카드"))),
            "Address": lex.Slot(
                shape="Composite", sub_slots={"Street": scalar("세종대로"), "Number": None}
            ),
        },
        state="InProgress",
        confirmation_state="None",
    ),
    active_contexts=(
        lex.ActiveContext(
            name="ordering",
            time_to_live=lex.TimeToLive(time_to_live_in_seconds=90, turns_to_live=5),
            context_attributes={"Kind": "장미"},
        ),
    ),
    session_attributes={"visits": "3"},
    originating_request_id="3f1f4a54-0000-4000-8000-000000000000",
    runtime_hints=lex.RuntimeHints(
        slot_hints={"OrderFlowers": {"Kind": {"runtimeHintValues": [{"phrase": "장미"}]}}}
    ),
)

_ERRORS = {kind.__name__: kind for kind in lex.LexError.__subclasses__()}


CATALOGUE = SimpleNamespace(
    bots=(
        SimpleNamespace(
            id=BOT_ID,
            definition=SimpleNamespace(name="ScriptBot"),
            locales={"ko_KR": None, "en_US": None},
        ),
    )
)


class ScriptedLex:
    """Has the face of ``conversation.LexRuntime``."""

    def __init__(self, calls):
        self.calls = calls
        self.sessions = {}

    def _find(self, address):
        if address.bot_id != BOT_ID:
            raise lex.ResourceNotFoundException(
                f"{address.bot_id}/{address.alias_id} is not a valid BotId/BotAliasId combination."
            )

    @contextlib.asynccontextmanager
    async def converse(self, address):
        yield

    async def recognize(self, address, utterance):
        text, attributes = utterance.text, utterance.request_attributes
        self.calls.append(
            (address, text, utterance.session_state, attributes, utterance.input_mode)
        )
        self._find(address)
        if text.startswith("fail "):
            raise _ERRORS[text.split()[1]]("as the script says")
        if text == "crash":
            raise RuntimeError("as the script says")
        if text == "slow":
            await asyncio.sleep(0.6)
        recognition = self._recognition(address, utterance)
        self.sessions[address] = recognition
        return recognition

    async def recognize_in_stream(self, address, utterance, *, send_update):
        recognition = await self.recognize(address, utterance)
        if utterance.text == "work":
            await send_update((lex.Message(content_type="PlainText", content="Working on it."),))
        waiting = None
        if utterance.text == "hold on":
            waiting = dialog.StillWaiting(
                messages=(lex.Message(content_type="PlainText", content="Still here."),),
                frequency_seconds=0.01,
                timeout_seconds=60,
            )
        return StreamedRecognition(recognition, waiting)

    def _recognition(self, address, utterance):
        text, session_state = utterance.text, utterance.session_state
        messages = (lex.Message(content_type="PlainText", content=f"말씀하신 것: {text}"),)
        interpretations = (interpretation(Kind=scalar("장미"), Count=None), FALLBACK)
        state = lex.SessionState(
            dialog_action=lex.DialogAction(type="ElicitIntent"),
            intent=lex.Intent(
                name="OrderFlowers", slots={}, state="Fulfilled", confirmation_state="None"
            ),
            session_attributes=(session_state and session_state.session_attributes) or {},
            originating_request_id="3f1f4a54-0000-4000-8000-000000000000",
        )
        if text == "card":
            messages = (*messages, CARD)
        elif text == "slots":
            state = RICH_STATE
        elif text == "long":
            messages = (lex.Message(content_type="PlainText", content="긴 말. " * 1000),)
        elif text == "fallback":
            interpretations = (FALLBACK, interpretation(score=0.2))
        elif text == "nothing":
            messages, interpretations = (), ()
        return Recognition(
            session_id=address.session_id,
            session_state=state,
            messages=messages,
            interpretations=interpretations,
            request_attributes=utterance.request_attributes or {},
        )

    async def put_session(self, address, change):
        self.calls.append(
            (address, change.session_state, change.messages, change.request_attributes)
        )
        self._find(address)
        recognition = Recognition(
            session_id=address.session_id,
            session_state=change.session_state,
            messages=change.messages,
            interpretations=(),
            request_attributes=change.request_attributes or {},
        )
        self.sessions[address] = recognition
        return recognition

    async def get_session(self, address):
        self._find(address)
        last = self.sessions.get(address)
        if last is None:
            raise lex.ResourceNotFoundException(f"The session {address.session_id} does not exist.")
        return SessionView(
            session_id=address.session_id,
            session_state=last.session_state,
            messages=last.messages,
            interpretations=last.interpretations,
        )

    async def delete_session(self, address):
        self._find(address)
        self.sessions.pop(address, None)


def place(session):
    """Where a session is held, as far as it matters here."""
    return session.owner, session.session_id


class ScriptedChannel:
    """Has the face of ``conversation.ChatChannel``."""

    def __init__(self, calls):
        self.calls = calls
        self.stopped = asyncio.Event()
        self.standing = set()
        self.signs = {}
        self.place = None
        self.model_context = None
        self.kept = {}

    async def end_turns(self, patience):
        pass

    def _reply(self, request, request_id, msg, **more):
        return chat.ChatReply(
            msg=msg,
            session_id=request.session_id or "new-session",
            message_id=request.message_id or "new-message",
            messages=more.pop("messages", (lex.Message(content_type="PlainText", content=msg),)),
            source=more.pop("source", "intent"),
            bot_id=request.bot_id or BOT_ID,
            locale_id=request.locale_id or LOCALE_ID,
            request_id=request_id,
            intent=chat.ChatIntent(name="OrderFlowers", state="Fulfilled"),
            timing=chat.Timing(total_ms=1.5, nlu_ms=0.5),
            **more,
        )

    async def begin(self, request, caller):
        session_id = chat.checked_session_id(request.session_id)
        return chat.NewSession(session_id=session_id, session_secret=chat.new_secret())

    answerer = None

    async def hiding(self, session):
        return lambda text: text.replace("hunter2", "{Secret}")

    async def admit_question(self, session):
        self.calls.append(("admit_question", session))

    async def branch(self, source, *targets, likely_known=False):
        self.calls.extend(("branch", place(source), place(target)) for target in targets)
        if place(source) not in self.standing:
            return False
        self.standing.update(map(place, targets))
        return True

    async def put_signpost(self, at, session_id):
        known = [each for each in await self.signposts(at) if each != session_id]
        self.signs[place(at)] = (*known, session_id)

    async def signposts(self, at):
        return self.signs.get(place(at), ())

    async def reply(self, request, caller, model_context=None):
        self.place = (caller.owner, request.session_id)
        self.standing.add(self.place)
        self.model_context = model_context
        self.calls.append((request, caller.request_id, caller.accept_language))
        request_id = caller.request_id
        if request.text == "bad":
            raise chat.ChatError("TextTooLong", message="as the script says")
        if request.text == "crash":
            raise RuntimeError("as the script says")
        if request.text == "slow":
            await asyncio.wait_for(self.stopped.wait(), 10)
            return self._reply(request, request_id, "half", incomplete=True, source="chatgpt")
        if request.text == "long of a model":
            return self._reply(request, request_id, "이것은 모델의 답입니다.", source="chatgpt")
        if request.text == "filtered":
            cut = {"incomplete": True, "ended": "refused", "source": "chatgpt"}
            return self._reply(request, request_id, "half", **cut)
        if request.text == "model fails":
            fault = chat.Fault(code="RateLimited", message="busy", retry_after=7)
            return self._reply(request, request_id, "busy", source="chatgpt", error=fault)
        if request.text == "card":
            words = lex.Message(content_type="PlainText", content="골라 보세요.")
            return self._reply(request, request_id, "골라 보세요.", messages=(words, CARD))
        reply = self._reply(request, request_id, f"말씀하신 것: {request.text}")
        turn = chat.Turn(
            message_id=request.message_id or "new-message",
            text=request.text,
            at="2026-11-28T12:00:00+00:00",
            reply=msgspec.Raw(msgspec.json.encode(reply)),
            state="done",
            feedback=None,
        )
        self.kept[request.session_id, turn.message_id] = PlacedTurn(BOT_ID, LOCALE_ID, turn)
        return reply

    async def kept_turn(self, session, message_id):
        return self.kept.get((session.session_id, message_id))

    async def reply_in_json(self, request, caller, model_context=None):
        reply = await self.reply(request, caller, model_context)
        return reply, msgspec.json.encode(reply)

    async def stream(self, request, caller, model_context=None):
        self.place = (caller.owner, request.session_id)
        self.standing.add(self.place)
        self.model_context = model_context
        self.calls.append((request, caller.request_id, caller.accept_language))
        if request.text == "bad":
            raise chat.ChatError("TextTooLong", message="as the script says")
        yield _event(
            "start",
            chat.StartEvent(
                session_id=request.session_id or "new-session",
                message_id=request.message_id or "new-message",
                request_id=caller.request_id,
            ),
        )
        if request.text == "not ready":
            fault = chat.Fault(code="BotNotReady", message="as the script says", retry_after=5)
            yield _event("error", chat.ErrorBody(error=fault))
            return
        if request.text == "error":
            fault = chat.Fault(code="InternalServerException", message="as the script says")
            yield _event("error", chat.ErrorBody(error=fault))
            return
        if request.text != "card":
            yield _event(
                "status", chat.StatusEvent(state="answering", source="chatgpt", line="쓰는 중")
            )
            for piece in ("이것은 ", "**모델**의 ", "답입니다."):
                yield _event("delta", chat.DeltaEvent(text=piece))
        if request.text == "slow":
            await asyncio.wait_for(self.stopped.wait(), 10)
        reply = await self.reply(
            msgspec.structs.replace(request, text="card" if request.text == "card" else "x"),
            caller,
        )
        if request.text != "card":
            words = "이것은 **모델**의 답입니다."
            reply = self._reply(request, caller.request_id, words, source="chatgpt")
        yield _event("done", reply)

    async def follow(self, session, message_id, caller):
        if message_id == "unknown":
            raise chat.ChatError("TurnNotFound", message_id=message_id)
        self.calls.append(("follow", session, message_id))
        start = chat.StartEvent(
            session_id=session.session_id, message_id=message_id, request_id=caller.request_id
        )
        yield _event("start", start)
        request = chat.ChatRequest(text="", session_id=session.session_id, message_id=message_id)
        yield _event("done", self._reply(request, "r", "끝"))

    def stop(self, session, message_id):
        self.calls.append(("stop", session, message_id))
        self.stopped.set()
        return True

    async def stop_anywhere(self, session, message_id):
        return self.stop(session, message_id)

    async def transcript(self, session, *, before=None):
        self.calls.append(("transcript", session, before))
        return chat.Transcript(
            session_id=session.session_id,
            bot_id=session.bot_id or BOT_ID,
            locale_id=session.locale_id or LOCALE_ID,
            expired=False,
            open=True,
            turns=(),
        )

    async def saved_talk(self, session):
        self.calls.append(("saved_talk", session))
        return chat.SavedTalk(name="talk.yaml", text="")

    async def forget(self, session):
        self.calls.append(("forget", session))

    async def begin_anew(self, session):
        self.calls.append(("begin_anew", session))

    async def forget_talk_of(self, session, message_id):
        self.calls.append(("forget_talk_of", session, message_id))
        return message_id == "known"

    async def rate(self, session, message_id, feedback):
        self.calls.append(("rate", session, message_id, feedback))

    def image_hosts(self):
        return ("pictures.example",)

    async def config(self, locale_id, accept_language=""):
        self.calls.append(("config", locale_id, accept_language))
        return chat.PageConfig(
            title=None,
            bots=(),
            default=chat.DefaultBot(bot_id=BOT_ID, locale_id=locale_id or LOCALE_ID),
            answer=chat.AnswerStatus(source="none", state="off"),
            limits=chat.Limits(),
            look=chat.Look(),
        )


class ScriptedRuntime:
    """Has the face of ``conversation.Runtime``; ``calls`` are those of both its halves."""

    def __init__(self):
        self.hooks_hang = False
        self.usage = {}
        self.calls = []
        self.lex = ScriptedLex(self.calls)
        self.chat = ScriptedChannel(self.calls)
        self.catalogue = CATALOGUE
        self.limiter = limits.Limiter()
        self.sessions = None
        data = os.environ.get("SCRIPTED_DATA")
        self.kendra = None if data is None else documents.KendraIndex(Path(data))

    @property
    def stopped(self):
        return self.chat.stopped

    def answer_usage(self):
        return self.usage

    def hook_load(self):
        return {"SCRIPTBOT1": (3, 1)} if self.hooks_hang else {}

    def understanding_load(self):
        return (0, 0)

    async def readiness(self):
        return RuntimeReadiness(ready=True, bots="ok", store="ok")


class ScriptedPlan:
    """Has the face of ``conversation.RuntimePlan``."""

    catalogue = CATALOGUE

    @contextlib.asynccontextmanager
    async def open(self):
        yield ScriptedRuntime()


def _event(name, data):
    return chat.ChatEvent(name, msgspec.json.encode(data))
