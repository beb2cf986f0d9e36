"""What was sent, what came back, what was broken when: all that the checker needs."""

from __future__ import annotations

from typing import Literal

import msgspec

Door = Literal["chat", "stream", "lex", "openai"]
Outcome = Literal["acknowledged", "refused", "cut", "silent"]


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a client says: ``token`` is in its text, and in no other's.

    ``ledger`` says that the bot's reply is the list of all tokens of the session so far;
    otherwise a model replies with the token if it ``echoes``. ``message_id`` is there at the doors
    that take one.
    """

    session: str
    number: int
    token: str
    ledger: bool
    echoes: bool = True
    message_id: str | None = None


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A request: when it was sent, when and how it ended.

    ``acknowledged``: the reply came whole. ``refused``: an error with a status and a code came,
    in the stream too. ``cut``: the connection ended without either. ``silent``: nothing had come
    when the client's patience was over. Times are seconds of one clock.
    """

    turn: Turn
    door: Door
    sent: float
    ended: float
    outcome: Outcome
    status: int = 0
    code: str = ""
    reply: str = ""
    whole: bool = True


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as the transcript shows it."""

    message_id: str
    text: str
    reply: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A session as it is read when all is over: its tokens, its transcript where there is one.

    ``fault`` is why it could not be read.
    """

    session: str
    at: float
    fault: str = ""
    ledger: tuple[str, ...] | None = None
    transcript: tuple[Stored, ...] | None = None


class Outage(msgspec.Struct, kw_only=True):
    """A fault as it was: its time, and when everything was healthy again.

    ``cuts``: it ends connections by its nature. ``loses``: what was acknowledged before its end
    may be gone, since the store itself was taken away. ``starting``: a process had to start again,
    and this is how long one takes on this machine.
    """

    fault: str
    begun: float
    ended: float = 0.0
    healthy: float | None = None
    cuts: bool = False
    loses: bool = False
    starting: float = 0.0


class History(msgspec.Struct, kw_only=True):
    """A run. ``deadline`` is how long a request may take, ``recovery`` how long health may."""

    deadline: float
    recovery: float
    attempts: list[Attempt] = msgspec.field(default_factory=list)
    readings: list[Reading] = msgspec.field(default_factory=list)
    outages: list[Outage] = msgspec.field(default_factory=list)
