"""What the terminal shows of a turn: each line once, from whichever event it came."""

import io

import msgspec
from rich.console import Console

from daehwa import chat, lex
from daehwa.cli.screen import Screen

_encode = msgspec.json.encode


def shown(*events: tuple[str, object]) -> list[str]:
    """The lines that stand in the terminal after the events."""
    out = io.StringIO()
    screen = Screen(Console(file=out, width=200))
    for name, value in events:
        screen.show(chat.ChatEvent(name, _encode(value)))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def reply(*texts: str, source: str = "none") -> chat.ChatReply:
    """The reply that ends a turn."""
    return chat.ChatReply(
        msg="\n".join(texts),
        session_id="me-1",
        message_id="m-1",
        messages=tuple(lex.Message(content=text, content_type="PlainText") for text in texts),
        source=source,
        bot_id="BOT",
        locale_id="en_US",
        request_id="r-1",
    )


def test_a_model_that_is_not_there_yet_is_mentioned_once():
    line = "The offline language model is being downloaded (4 %)."
    waiting = chat.StatusEvent(state="downloading", source="embedded", line=line)
    assert shown(("status", waiting), ("done", reply(line))) == [line]


def test_an_answer_that_was_shown_as_it_came_stands_once_and_what_the_bot_adds_below():
    events = [("delta", chat.DeltaEvent(text=piece)) for piece in ("At ", "three.")]
    last = reply("At three.", "Which day?", source="chatgpt")
    assert shown(*events, ("done", last)) == ["At three.", "Which day?", "— chatgpt"]
