"""The requests, replies and events of ``/chat``, and what the page shows first.

In camel case on the wire. What stands here is the one definition: the reference, the OpenAPI
description, the page's types and the types of AWS Lambda's code are made from it.
"""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeAlias, TypeVar

import msgspec

from daehwa import lex
from daehwa.chat.limits import COMMENT_LIMIT, MESSAGE_ID, SESSION_ID, TEXT_LIMIT
from daehwa.chat.session_secret import SECRET_HEADER, SESSION_SECRET

TurnState = Literal["running", "done", "incomplete"]
Rating = Literal["up", "down"]
# Whose words: "intent" for the bot's own, or an answerer's name; there may be others one day.
Source: TypeAlias = str
AnswerState = Literal["ready", "loading", "downloading", "missing", "failed", "off"]
# A transcript holds replies as they were stored, in JSON, or read.
ReplyT = TypeVar("ReplyT")


def _about(description: str, **schema: object) -> msgspec.Meta:
    """What a member means; ``schema`` is documented, and checked with an error of its own."""
    return msgspec.Meta(description=description, extra_json_schema=schema or None)


SessionId = Annotated[str, _about("The session's id, as Lex takes it.", pattern=f"^{SESSION_ID}$")]
MessageId = Annotated[str, _about("The turn's id in its session.", pattern=f"^{MESSAGE_ID}$")]
RequestId = Annotated[str, _about("Finds the request in the log.")]


class _Value(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of the wire's values: immutable, camel case on the wire."""


class ChatRequest(_Value, frozen=True):
    """A message to the bot."""

    text: Annotated[
        str,
        _about(
            "What the person says; blanks around it do not count.",
            # ECMAScript's \s lacks the four separators and NEL, which Python strips, too.
            pattern=r"[^\s\u001c-\u001f\u0085]",
            maxLength=TEXT_LIMIT,
        ),
    ]
    session_id: Annotated[
        str | None,
        _about("Whose conversation; without it a new one begins.", pattern=f"^({SESSION_ID})?$"),
    ] = None
    bot_id: Annotated[
        str | None, _about("A bot's id or name; without it the first one served answers.")
    ] = None
    locale_id: Annotated[
        str | None,
        _about("The language; without it the caller's Accept-Language chooses."),
    ] = None
    message_id: Annotated[
        str | None,
        _about(
            "Names the turn: the same id sent twice is one turn. Made if it is missing.",
            pattern=f"^({MESSAGE_ID})?$",
        ),
    ] = None
    follows: Annotated[
        str | None,
        _about(
            "The message id of the turn that this message comes after, where that is not the last "
            "one: the person asks again, puts a message in other words, or has gone back to an "
            "earlier answer. What was said since is not remembered. Empty: it begins the "
            "conversation anew.",
            pattern=f"^({MESSAGE_ID})?$",
        ),
    ] = None
    request_attributes: Annotated[
        dict[str, str] | None, _about("Lex's request attributes, for the bot's code hook.")
    ] = None
    session_attributes: Annotated[
        dict[str, str] | None,
        _about("Lex's session attributes; without them the session keeps its own."),
    ] = None


class SessionRequest(_Value, frozen=True):
    """A session to begin."""

    session_id: Annotated[
        str | None,
        _about("The id that it is to have; made if it is missing.", pattern=f"^({SESSION_ID})?$"),
    ] = None
    bot_id: Annotated[
        str | None, _about("A bot's id or name; without it the first one served answers.")
    ] = None
    locale_id: Annotated[
        str | None,
        _about("The language; without it the caller's Accept-Language chooses."),
    ] = None


class NewSession(_Value, frozen=True):
    """A session that was begun."""

    session_id: SessionId
    session_secret: Annotated[
        str,
        _about(
            f"Comes as the header `{SECRET_HEADER}` with every further request of the session.",
            pattern=f"^{SESSION_SECRET}$",
        ),
    ]


class ChatIntent(_Value, frozen=True, omit_defaults=True):
    """The intent that a reply belongs to, and how far it is."""

    name: Annotated[str, _about("The intent's name in the bot.")]
    state: Annotated[str | None, _about("Lex's state of the intent.")] = None
    confirmation_state: Annotated[str | None, _about("Lex's confirmation state.")] = None


class Fault(_Value, frozen=True, omit_defaults=True):
    """Why no answer came."""

    code: Annotated[str, _about("For programs.")]
    message: Annotated[str, _about("For people, in Korean or English.")]
    request_id: Annotated[str | None, _about("Finds the request in the log.")] = None
    retry_after: Annotated[
        int | None, _about("In how many seconds it may be asked again, where that is known.")
    ] = None


class ErrorBody(_Value, frozen=True):
    """What a request gets that cannot be served."""

    error: Annotated[Fault, _about("What is wrong.")]


class Timing(_Value, frozen=True, omit_defaults=True):
    """How long the turn took, in milliseconds."""

    total_ms: Annotated[float, _about("The whole turn.")]
    nlu_ms: Annotated[
        float | None, _about("Understanding the text; left out where Lex does that.")
    ] = None


class ChatUsage(_Value, frozen=True, omit_defaults=True):
    """What a language model counted for its answer."""

    input_tokens: Annotated[int, _about("The tokens of the question, with all it came with.")]
    output_tokens: Annotated[int, _about("The tokens of the answer, thoughts included.")]
    cost: Annotated[
        float | None, _about("What they cost by the configured prices, in their currency.")
    ] = None


class SourceReference(_Value, frozen=True):
    """A passage of a document that a reply is from."""

    number: Annotated[int, _about("What the text cites it by, as `[1]`.")]
    title: Annotated[str, _about("The document's title.")]
    text: Annotated[str, _about("The passage.")]
    heading: Annotated[str | None, _about("Where in the document.")] = None
    link: Annotated[str | None, _about("Leads to the document on the web.")] = None
    file: Annotated[str | None, _about("The name of a file that is not on the web.")] = None


class ChatReply(_Value, frozen=True):
    """The reply to a message."""

    msg: Annotated[str, _about("The text messages, joined by line ends.")]
    session_id: SessionId
    message_id: MessageId
    messages: Annotated[tuple[lex.Message, ...], _about("Lex's messages, cards included.")]
    source: Annotated[
        Source,
        _about("Whose words they are: `intent` for the bot's own, else the answerer's name."),
    ]
    bot_id: Annotated[str, _about("The bot that answered.")]
    locale_id: Annotated[str, _about("The language it answered in.")]
    request_id: RequestId
    model: Annotated[str | None, _about("The language model that answered.")] = None
    intent: Annotated[ChatIntent | None, _about("The intent that the reply belongs to.")] = None
    slots: Annotated[
        dict[str, lex.Slot | None] | None, _about("The intent's slots; `null` while unfilled.")
    ] = None
    dialog_action: Annotated[lex.DialogAction | None, _about("What the bot does next.")] = None
    session_attributes: Annotated[dict[str, str] | None, _about("Lex's session attributes.")] = None
    interpretations: Annotated[
        tuple[lex.Interpretation, ...], _about("What the text may mean, best first.")
    ] = ()
    incomplete: Annotated[
        bool, _about("The answer was stopped or cut: its text ends before its end.")
    ] = False
    stopped: Annotated[bool, _about("It is `incomplete` because the person stopped it.")] = False
    ended: Annotated[
        Literal["length", "refused", "cut", "timed_out"] | None,
        _about(
            "Why a model's answer is `incomplete`: its limit, its content filter, it broke off, or "
            "its time was over."
        ),
    ] = None
    notice: Annotated[
        str | None,
        _about("A line about the answer: an offline model's, or why the bot says nothing."),
    ] = None
    error: Annotated[
        Fault | None, _about("Why the answerer gave no answer; the conversation goes on.")
    ] = None
    timing: Annotated[Timing | None, _about("How long it took.")] = None
    usage: Annotated[
        ChatUsage | None, _about("What the language model counted, where it counts.")
    ] = None
    sources: Annotated[
        tuple[SourceReference, ...], _about("The passages of documents that it is from.")
    ] = ()
    follows: Annotated[
        str | None,
        _about(
            "The turn that it comes after, as the request had it; empty for none, `null` for the "
            "one that was taken before it."
        ),
    ] = None


class StartEvent(_Value, frozen=True):
    """A turn has begun, or is being followed."""

    session_id: SessionId
    message_id: MessageId
    request_id: RequestId


class StatusEvent(_Value, frozen=True):
    """What the answerer is doing while there are no words yet."""

    state: Annotated[
        Literal["answering"] | AnswerState, _about("`answering`, or why it does not answer yet.")
    ]
    source: Annotated[Source, _about("Who is to answer.")]
    line: Annotated[str | None, _about("For people, in the conversation's language.")] = None
    progress: Annotated[
        float | None, _about("How much of a download is there, 0 to 1.", minimum=0, maximum=1)
    ] = None


class DeltaEvent(_Value, frozen=True):
    """The next piece of the answer's text."""

    text: Annotated[str, _about("To be put behind what came before.")]


class ChatEvent(msgspec.Struct, frozen=True):
    """One event of a streamed reply; ``data`` is JSON, of the value that ``name`` stands for."""

    name: Literal["start", "status", "delta", "done", "error"]
    data: bytes


class Pending(_Value, frozen=True):
    """The answer is still being made: ask again for the turn."""

    session_id: SessionId
    message_id: MessageId
    request_id: RequestId
    state: Annotated[Literal["running"], _about("Always `running`.")] = "running"


class Feedback(_Value, frozen=True):
    """What the person thinks of a reply."""

    rating: Annotated[Rating | None, _about("A thumb, or none.")] = None
    comment: Annotated[
        str | None, _about("In the person's own words.", maxLength=COMMENT_LIMIT)
    ] = None


class FeedbackRequest(Feedback, frozen=True):
    """What a person thinks of a reply, as it is sent: what is left out is taken back."""


class Turn(_Value, Generic[ReplyT], frozen=True):
    """One message of a person and the reply to it."""

    message_id: MessageId
    text: Annotated[str, _about("What the person said.")]
    at: Annotated[str, _about("When, in ISO 8601.", format="date-time")]
    reply: Annotated[ReplyT | None, _about("The reply; `null` while there is none.")]
    state: Annotated[
        TurnState,
        _about("`running` while the answer is made; `incomplete` when it was stopped or cut."),
    ]
    feedback: Annotated[
        Feedback | None, _about("What the person thinks of the reply; `null` for nothing.")
    ]


class Transcript(_Value, Generic[ReplyT], frozen=True):
    """A conversation so far; one that nobody knows of has no turns."""

    session_id: SessionId
    bot_id: Annotated[str, _about("The bot.")]
    locale_id: Annotated[str, _about("The language.")]
    expired: Annotated[bool, _about("The bot has forgotten where the conversation stood.")]
    open: Annotated[bool, _about("The bot knows where the conversation stands.")]
    turns: Annotated[
        tuple[Turn[ReplyT], ...], _about("The last turns, or those before `before`, oldest first.")
    ]
    earlier: Annotated[bool, _about("There are turns before these.")] = False


class SavedTalk(_Value, frozen=True):
    """A conversation as a test file for `daehwa test`."""

    name: Annotated[str, _about("What the file may be called.")]
    text: Annotated[str, _about("The file, in YAML; empty where nothing was said.")]


class PageLocale(_Value, frozen=True):
    """What the first page says in one language: who this is, and what can be said."""

    id: Annotated[str, _about("Lex's name of the locale.")]
    name: Annotated[str | None, _about("The locale's name in the bot.")] = None
    about: Annotated[str | None, _about("Who is speaking, if the bot's file says so.")] = None
    greeting: Annotated[str | None, _about("The first line.")] = None
    placeholder: Annotated[str | None, _about("The placeholder in the empty box.")] = None
    starters: Annotated[tuple[str, ...], _about("What can be said first.")] = ()
    notes: Annotated[dict[str, str], _about("What some of the starters do, by starter.")] = (
        msgspec.field(default_factory=dict)
    )
    title: Annotated[str | None, _about("What heads the page in this language.")] = None
    speaker: Annotated[
        str | None, _about("The name of the one who answers, if it is not the bot's name.")
    ] = None
    logo: Annotated[str | None, _about("The address of their picture.")] = None
    privacy: Annotated[str | None, _about("The line under the message box.")] = None
    privacy_link: Annotated[str | None, _about("Where that line leads.")] = None


class Theme(_Value, frozen=True):
    """How the page looks, and what it shows, while a bot is talked to."""

    light: Annotated[
        dict[str, str], _about("Colours of a light page, by the names of its custom properties.")
    ] = msgspec.field(default_factory=dict)
    dark: Annotated[dict[str, str], _about("Those of a dark one; the same names.")] = msgspec.field(
        default_factory=dict
    )
    radius: Annotated[int | None, _about("How round corners are, in pixels.")] = None
    sources: Annotated[
        Literal["none", "kind", "full"] | None,
        _about("What is shown of who answered; `null`: `full` on loopback, else `kind`."),
    ] = None
    details: Annotated[
        bool | None,
        _about("Whether intents, slots and scores can be seen; `null`: on loopback."),
    ] = None


class PageBot(_Value, frozen=True):
    """A bot that can be talked to."""

    id: Annotated[str, _about("The bot's id.")]
    name: Annotated[str, _about("The bot's name.")]
    description: Annotated[str | None, _about("The bot's description.")]
    locales: Annotated[tuple[PageLocale, ...], _about("The languages in which it is available.")]
    theme: Annotated[Theme | None, _about("How the page looks, where that is set.")] = None


class DefaultBot(_Value, frozen=True):
    """Who is talked to when a request names nobody."""

    bot_id: Annotated[str, _about("The bot.")]
    locale_id: Annotated[str, _about("The language.")]


class AnswerStatus(_Value, frozen=True):
    """Who answers what the bot does not understand."""

    source: Annotated[Source, _about("The answerer; `none` without one.")]
    state: Annotated[AnswerState, _about("Whether it can answer now.")]
    model: Annotated[str | None, _about("The language model.")] = None
    progress: Annotated[float | None, _about("How much of a download is there, 0 to 1.")] = None
    line: Annotated[str | None, _about("For people, where something is to be said.")] = None


class Limits(_Value, frozen=True):
    """How long things may be."""

    text: Annotated[int, _about("The characters of a message.")] = TEXT_LIMIT


class Look(_Value, frozen=True):
    """How the page looks."""

    logo: Annotated[str | None, _about("An image's address.")] = None
    accent: Annotated[str | None, _about("A colour, as CSS has it.")] = None
    image_hosts: Annotated[
        tuple[str, ...],
        _about("Whose pictures are shown in answers at once; those of others open on a click."),
    ] = ()
    card_hosts: Annotated[
        tuple[str, ...], _about("Whose pictures are shown on the bots' cards at once.")
    ] = ()


class PageConfig(_Value, frozen=True):
    """What the page needs to know before anything is said."""

    title: Annotated[str | None, _about("The page's title.")]
    bots: Annotated[tuple[PageBot, ...], _about("The bots that people can talk to.")]
    default: Annotated[DefaultBot, _about("The bot that is chosen at first.")]
    answer: Annotated[AnswerStatus, _about("Who answers the rest.")]
    limits: Annotated[Limits, _about("How long things may be.")]
    look: Annotated[Look, _about("How the page looks.")]
    speech: Annotated[bool, _about("The server transcribes and speaks if the browser cannot.")] = (
        False
    )


class SessionReference(msgspec.Struct, frozen=True, kw_only=True):
    """Which conversation a client means; bot and language may be left out, as in a request.

    ``owner`` is whose it is, as ``stores.SessionKey`` has it.
    """

    session_id: str
    bot_id: str | None = None
    locale_id: str | None = None
    owner: str = ""


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends a request: the id that finds it in the log, and the languages that it wants.

    ``owner`` is whose sessions it speaks in, as ``stores.SessionKey`` has it.
    """

    request_id: str
    accept_language: str = ""
    owner: str = ""
