"""What the real server calls out to: the bot's code hook and the language model, by a script.

Both speak their real wires, Lex's Lambda contract over HTTP and OpenAI's, and say what a test
wrote with `Edges.on`: the hook a reply of the bot, the model pieces of text with gates between, or
what a real endpoint does, a row of `tests/answers/quirks`.
"""

import asyncio
import io
import wave
from dataclasses import dataclass, field

from aiohttp import web as http
from tests.answers.quirks import Quirk, delta, events
from tests.web.bots import HEARD

from daehwa.answers.testing import Cut, Fail, Raw, Say, StubOpenAI


@dataclass(frozen=True)
class Pieces:
    """A model's answer: texts as they stream, and gates that it waits at in between.

    ``cut`` breaks the connection off after the last one.
    """

    steps: tuple[str | asyncio.Event | float, ...]
    model: str | None = None
    cut: bool = False


@dataclass(frozen=True)
class HookReply:
    """What the bot's code hook answers; see `reply`."""

    messages: tuple[dict, ...]
    action: str = "ElicitIntent"
    slots: dict = field(default_factory=dict)
    gate: asyncio.Event | None = None


@dataclass(frozen=True)
class HookFails:
    """The code hook answers with an error status: Lex's DependencyFailedException."""

    status: int = 500


def _silence(seconds=0.05):
    """A recording of nothing, which browsers decode whatever it is called."""
    with io.BytesIO() as file:
        with wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(bytes(int(16000 * seconds)))
        return file.getvalue()


def plain(text):
    return {"contentType": "PlainText", "content": text}


def card(title, *buttons, subtitle=None, image=None):
    content = {
        "title": title,
        "buttons": [{"text": text, "value": value} for text, value in buttons],
    }
    if subtitle:
        content["subtitle"] = subtitle
    if image:
        content["imageUrl"] = image
    return {"contentType": "ImageResponseCard", "imageResponseCard": content}


def reply(*messages, action="ElicitIntent", slots=None, gate=None):
    """A reply of the bot's own: texts, cards and other messages, and what it does next."""
    made = tuple(plain(message) if isinstance(message, str) else message for message in messages)
    return HookReply(made, action, slots or {}, gate)


def from_model(*steps, model=None, cut=False):
    """An answer of the language model: pieces of text, gates and pauses in seconds."""
    return Pieces(steps, model, cut)


class Edges(StubOpenAI):
    """The model's server, and the hook's beside it."""

    def __init__(self):
        super().__init__()
        self.script = {}
        self.played = {}
        self.recordings = []
        self.spoken = []
        self.transcription = "받아 적은 말"

    def on(self, text, answer):
        """Have `text` answered so: by the bot when it is one of its own, else by the model."""
        own = isinstance(answer, HookReply | HookFails)
        assert own == (text in HEARD), f"{text!r} is heard by the {'model' if own else 'bot'}"
        self.script[text] = answer

    # The model

    async def _play(self, request, reply, body, given):
        text = body["messages"][-1]["content"]
        reply = self.script.get(text) or Say(f"“{text}”라고 하셨네요.")
        if isinstance(reply, Quirk):
            # Played once, in the order of its row; the row's own answer stands for all that follow.
            reply = reply.replies[min(self.played.setdefault(text, 0), len(reply.replies) - 1)]
            self.played[text] += 1
        if isinstance(reply, Say | Fail | Cut | Raw):
            return await super()._play(request, reply, body, given)
        model = {"model": reply.model or body["model"]}
        response = http.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for step in reply.steps:
            if isinstance(step, asyncio.Event):
                await step.wait()
            elif isinstance(step, str):
                await response.write(events(delta(step) | model, done=False))
            else:
                await asyncio.sleep(step)
        if reply.cut:
            request.transport.abort()
            return response
        await response.write(events(delta(None, "stop") | model))
        return response

    # OpenAI's audio API: https://platform.openai.com/docs/api-reference/audio

    async def transcribe(self, request):
        """Write down what a recording says; refuse what is none, as the API does."""
        form = await request.post()
        recording = form["file"].file.read()
        self.recordings.append((form["file"].filename, form["language"], recording[:4]))
        if len(recording) < 100:
            return http.json_response(
                {"error": {"message": "Audio file is too short."}}, status=400
            )
        if self.transcription is None:
            return http.Response(status=500)
        return http.json_response({"text": self.transcription})

    async def speak(self, request):
        """Say a text, in a moment of silence."""
        self.spoken.append((await request.json())["input"])
        if self.transcription is None:
            return http.Response(status=500)
        return http.Response(body=_silence(), content_type="audio/mpeg")

    # The code hook

    async def hook(self, request):
        """Answer a code hook's event by the Lambda contract."""
        event = await request.json()
        text = event["inputTranscript"]
        answer = self.script.get(text) or reply(f"“{text}”라고 하셨네요.")
        if isinstance(answer, HookFails):
            return http.Response(status=answer.status, text="as the script says")
        if answer.gate is not None:
            await answer.gate.wait()
        intent = event["sessionState"]["intent"]
        action = {"type": answer.action}
        if answer.action == "ElicitSlot":
            action["slotToElicit"] = next(iter(intent["slots"]))
        state = "Fulfilled" if answer.action == "Close" else "InProgress"
        slots = intent["slots"] | answer.slots
        return http.json_response(
            {
                "sessionState": {
                    "dialogAction": action,
                    "intent": intent | {"state": state, "slots": slots},
                },
                "messages": list(answer.messages),
            }
        )
