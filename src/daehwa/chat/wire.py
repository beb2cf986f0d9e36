"""The wire of ``/chat`` as AWS Lambda writes it: dicts, typed for the checker.

Made from the values by docs/generate.py: `make docs` writes it anew. Nothing imports it
at run time.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

AnswerState = Literal["ready", "loading", "downloading", "missing", "failed", "off"]
Rating = Literal["up", "down"]
TurnState = Literal["running", "done", "incomplete"]


class AnswerStatus(TypedDict):
    """Who answers what the bot does not understand."""

    source: str
    state: AnswerState
    model: str | None
    progress: float | None
    line: str | None


class ChatIntent(TypedDict):
    """The intent that a reply belongs to, and how far it is."""

    name: str
    state: NotRequired[str]
    confirmationState: NotRequired[str]


class ChatReply(TypedDict):
    """The reply to a message."""

    msg: str
    sessionId: str
    messageId: str
    messages: list[dict[str, Any]]
    source: str
    botId: str
    localeId: str
    requestId: str
    model: str | None
    intent: ChatIntent | None
    slots: dict[str, dict[str, Any] | None] | None
    dialogAction: dict[str, Any] | None
    sessionAttributes: dict[str, str] | None
    interpretations: list[dict[str, Any]]
    incomplete: bool
    stopped: bool
    ended: Literal["cut", "length", "refused", "timed_out"] | None
    notice: str | None
    error: Fault | None
    timing: Timing | None
    usage: ChatUsage | None
    sources: list[SourceReference]
    follows: str | None


class ChatRequest(TypedDict):
    """A message to the bot."""

    text: str
    sessionId: NotRequired[str | None]
    botId: NotRequired[str | None]
    localeId: NotRequired[str | None]
    messageId: NotRequired[str | None]
    follows: NotRequired[str | None]
    requestAttributes: NotRequired[dict[str, str] | None]
    sessionAttributes: NotRequired[dict[str, str] | None]


class ChatUsage(TypedDict):
    """What a language model counted for its answer."""

    inputTokens: int
    outputTokens: int
    cost: NotRequired[float]


class DefaultBot(TypedDict):
    """Who is talked to when a request names nobody."""

    botId: str
    localeId: str


class DeltaEvent(TypedDict):
    """The next piece of the answer's text."""

    text: str


class ErrorBody(TypedDict):
    """What a request gets that cannot be served."""

    error: Fault


class Fault(TypedDict):
    """Why no answer came."""

    code: str
    message: str
    requestId: NotRequired[str]
    retryAfter: NotRequired[int]


class Feedback(TypedDict):
    """What the person thinks of a reply."""

    rating: Rating | None
    comment: str | None


class FeedbackRequest(TypedDict):
    """What a person thinks of a reply, as it is sent: what is left out is taken back."""

    rating: NotRequired[Rating | None]
    comment: NotRequired[str | None]


class Limits(TypedDict):
    """How long things may be."""

    text: int


class Look(TypedDict):
    """How the page looks."""

    logo: str | None
    accent: str | None
    imageHosts: list[str]
    cardHosts: list[str]


class NewSession(TypedDict):
    """A session that was begun."""

    sessionId: str
    sessionSecret: str


class PageBot(TypedDict):
    """A bot that can be talked to."""

    id: str
    name: str
    description: str | None
    locales: list[PageLocale]
    theme: Theme | None


class PageConfig(TypedDict):
    """What the page needs to know before anything is said."""

    title: str | None
    bots: list[PageBot]
    default: DefaultBot
    answer: AnswerStatus
    limits: Limits
    look: Look
    speech: bool


class PageLocale(TypedDict):
    """What the first page says in one language: who this is, and what can be said."""

    id: str
    name: str | None
    about: str | None
    greeting: str | None
    placeholder: str | None
    starters: list[str]
    notes: dict[str, str]
    title: str | None
    speaker: str | None
    logo: str | None
    privacy: str | None
    privacyLink: str | None


class Pending(TypedDict):
    """The answer is still being made: ask again for the turn."""

    sessionId: str
    messageId: str
    requestId: str
    state: Literal["running"]


class SavedTalk(TypedDict):
    """A conversation as a test file for `daehwa test`."""

    name: str
    text: str


class SentimentResponse(TypedDict):
    """The sentiment of a text: the likeliest, and how likely each is."""

    sentiment: Literal["MIXED", "NEGATIVE", "NEUTRAL", "POSITIVE"]
    sentimentScore: SentimentScore


class SentimentScore(TypedDict):
    """How likely each sentiment is: 0 to 1, together 1."""

    positive: float
    negative: float
    neutral: float
    mixed: float


class SessionRequest(TypedDict):
    """A session to begin."""

    sessionId: NotRequired[str | None]
    botId: NotRequired[str | None]
    localeId: NotRequired[str | None]


class SourceReference(TypedDict):
    """A passage of a document that a reply is from."""

    number: int
    title: str
    text: str
    heading: str | None
    link: str | None
    file: str | None


class StartEvent(TypedDict):
    """A turn has begun, or is being followed."""

    sessionId: str
    messageId: str
    requestId: str


class StatusEvent(TypedDict):
    """What the answerer is doing while there are no words yet."""

    state: Literal["answering"] | AnswerState
    source: str
    line: str | None
    progress: float | None


class Theme(TypedDict):
    """How the page looks, and what it shows, while a bot is talked to."""

    light: dict[str, str]
    dark: dict[str, str]
    radius: int | None
    sources: Literal["full", "kind", "none"] | None
    details: bool | None


class Timing(TypedDict):
    """How long the turn took, in milliseconds."""

    totalMs: float
    nluMs: NotRequired[float]


class Transcript(TypedDict):
    """A conversation so far; one that nobody knows of has no turns."""

    sessionId: str
    botId: str
    localeId: str
    expired: bool
    open: bool
    turns: list[Turn]
    earlier: bool


class Turn(TypedDict):
    """One message of a person and the reply to it."""

    messageId: str
    text: str
    at: str
    reply: ChatReply | None
    state: TurnState
    feedback: Feedback | None
