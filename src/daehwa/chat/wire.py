"""The wire of ``/chat`` as AWS Lambda writes it: dicts, typed for the checker.

Made from the values by docs/generate.py: `make docs` updates it. Nothing imports it
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
    """The intent that a reply belongs to, and its state."""

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
    """Which bot answers, and in which language, if a request names none."""

    botId: str
    localeId: str


class DeltaEvent(TypedDict):
    """The next piece of the answer's text."""

    text: str


class ErrorBody(TypedDict):
    """The response to a request that cannot be served."""

    error: Fault


class Fault(TypedDict):
    """Why there is no answer."""

    code: str
    message: str
    requestId: NotRequired[str]
    retryAfter: NotRequired[int]


class Feedback(TypedDict):
    """What the person thinks of a reply."""

    rating: Rating | None
    comment: str | None


class FeedbackRequest(TypedDict):
    """Feedback as it is sent. It replaces earlier feedback: what is left out is removed."""

    rating: NotRequired[Rating | None]
    comment: NotRequired[str | None]


class Limits(TypedDict):
    """Limits of length."""

    text: int


class Look(TypedDict):
    """How the page looks."""

    logo: str | None
    accent: str | None
    imageHosts: list[str]
    cardHosts: list[str]


class NewSession(TypedDict):
    """A new session."""

    sessionId: str
    sessionSecret: str


class PageBot(TypedDict):
    """A bot that people can talk to."""

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
    """What the page shows in one language at first: who this is, and what one can say."""

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
    """The answer is not complete yet: request the turn again."""

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
    """How likely each sentiment is, 0 to 1; the sum is 1."""

    positive: float
    negative: float
    neutral: float
    mixed: float


class SessionRequest(TypedDict):
    """A session to start."""

    sessionId: NotRequired[str | None]
    botId: NotRequired[str | None]
    localeId: NotRequired[str | None]


class SourceReference(TypedDict):
    """A passage of a document on which a reply is based."""

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
    """How the page looks, and what it shows, while somebody talks to the bot."""

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
    """A conversation so far; an unknown one has no turns."""

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
