"""What no script can have the real server say, written with the server's own values.

An answer of the embedded model needs its weights, and Lex's names cannot hold an attack: such
replies and configurations are made of the same values that the server sends, and put on the wire
in the browser.
"""

import json

import msgspec
from playwright.async_api import Error

from daehwa import lex
from daehwa.chat import ChatIntent, ChatReply, ErrorBody, Fault, StartEvent, Timing
from daehwa.server import sse


def chat_reply(request, text, **members):
    """The reply to a `POST /chat`, with these members."""
    message = lex.Message(content_type="PlainText", content=text)
    intent = ChatIntent(name="FallbackIntent", state="Fulfilled", confirmation_state="None")
    known = {
        "source": "chatgpt",
        "messages": (message,),
        "intent": intent,
        "slots": {},
        "dialog_action": lex.DialogAction(type="Close"),
        "request_id": "req-1",
        "timing": Timing(total_ms=6.2, nlu_ms=4.1),
    }
    return ChatReply(
        msg=text,
        session_id=request["sessionId"],
        message_id=request["messageId"],
        bot_id=request["botId"],
        locale_id=request["localeId"],
        **known | members,
    )


async def play(chat, text, answer, **members):
    """Have `answer`, with these members of a reply, come to the page when it says `text`."""
    await _stream(chat, text, lambda request: ("done", chat_reply(request, answer, **members)))


async def fail(chat, text, code, message, request_id):
    """Have the turn fail in which the page says `text`."""
    fault = Fault(code=code, message=message, request_id=request_id)
    await _stream(chat, text, lambda _: ("error", ErrorBody(error=fault)))


async def _stream(chat, text, end):
    """Stream the event `end(request)`, after a turn's start, when the page says `text`."""

    async def respond(route):
        request = route.request.post_data_json
        if request["text"] != text:
            await route.fallback()
            return
        start = StartEvent(
            session_id=request["sessionId"], message_id=request["messageId"], request_id="req-1"
        )
        events = [("start", start), end(request)]
        body = b"".join(sse.event(name, msgspec.json.encode(data)) for name, data in events)
        await route.fulfill(content_type="text/event-stream", body=body)

    await chat.page.route("**/chat", respond)


async def amend_config(context, amend):
    """Have the pages of a context get the server's configuration as `amend(config)` changes it."""

    async def respond(route):
        try:
            answer = await route.fetch()
        except Error:
            # The server is away: the page is to find that out itself.
            await route.abort("connectionrefused")
            return
        config = json.loads(await answer.body())
        amend(config)
        await route.fulfill(response=answer, json=config)

    await context.route("**/chat/config*", respond)


def answer_status(readiness, locale="ko_KR"):
    """The configuration's member `answer` for an answerer's readiness."""
    return {
        "source": readiness.source,
        "state": readiness.state,
        "model": readiness.model,
        "progress": readiness.progress,
        "line": readiness.line(locale),
    }
