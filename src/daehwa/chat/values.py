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


SessionId = Annotated[
    str, _about("The session's id, in the form that Lex accepts.", pattern=f"^{SESSION_ID}$")
]
MessageId = Annotated[str, _about("The turn's id in its session.", pattern=f"^{MESSAGE_ID}$")]
RequestId = Annotated[str, _about("Identifies the request in the log.")]


class _Value(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of the wire's values: immutable, camel case on the wire."""


class ChatRequest(_Value, frozen=True):
    """A message to the bot."""

    text: Annotated[
        str,
        _about(
            "What the person says; blanks at either end do not count.",
            # ECMAScript's \s lacks the four separators and NEL, which Python strips, too.
            pattern=r"[^\s\u001c-\u001f\u0085]",
            maxLength=TEXT_LIMIT,
        ),
    ]
    session_id: Annotated[
        str | None,
        _about("The session; without it a new one begins.", pattern=f"^({SESSION_ID})?$"),
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
            "The id of the turn: a message that is sent twice with one id is one turn. "
            "Generated if missing.",
            pattern=f"^({MESSAGE_ID})?$",
        ),
    ] = None
    follows: Annotated[
        str | None,
        _about(
            "The message id of the turn that this message follows, if that is not the last "
            "one: the person asks again, rephrases a message, or has gone back to an earlier "
            "answer. What was said after that turn no longer counts. An empty text starts the "
            "conversation over.",
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
    """A session to start."""

    session_id: Annotated[
        str | None,
        _about("The id of the new session; generated if missing.", pattern=f"^({SESSION_ID})?$"),
    ] = None
    bot_id: Annotated[
        str | None, _about("A bot's id or name; without it the first one served answers.")
    ] = None
    locale_id: Annotated[
        str | None,
        _about("The language; without it the caller's Accept-Language chooses."),
    ] = None


class NewSession(_Value, frozen=True):
    """A new session."""

    session_id: SessionId
    session_secret: Annotated[
        str,
        _about(
            f"Send it in the header `{SECRET_HEADER}` with every further request of the session.",
            pattern=f"^{SESSION_SECRET}$",
        ),
    ]


class ChatIntent(_Value, frozen=True, omit_defaults=True):
    """The intent that a reply belongs to, and its state."""

    name: Annotated[str, _about("The intent's name in the bot.")]
    state: Annotated[str | None, _about("Lex's state of the intent.")] = None
    confirmation_state: Annotated[str | None, _about("Lex's confirmation state.")] = None


class Fault(_Value, frozen=True, omit_defaults=True):
    """Why there is no answer."""

    code: Annotated[str, _about("For programs.")]
    message: Annotated[str, _about("For people, in Korean or English.")]
    request_id: Annotated[str | None, _about("Identifies the request in the log.")] = None
    retry_after: Annotated[
        int | None,
        _about("After how many seconds the request may be sent again, if that is known."),
    ] = None


class ErrorBody(_Value, frozen=True):
    """The response to a request that cannot be served."""

    error: Annotated[Fault, _about("What is wrong.")]


class Timing(_Value, frozen=True, omit_defaults=True):
    """How long the turn took, in milliseconds."""

    total_ms: Annotated[float, _about("The whole turn.")]
    nlu_ms: Annotated[
        float | None, _about("Understanding the text; left out if Lex does that.")
    ] = None


class ChatUsage(_Value, frozen=True, omit_defaults=True):
    """What a language model counted for its answer."""

    input_tokens: Annotated[
        int, _about("The tokens of the question and of everything sent with it.")
    ]
    output_tokens: Annotated[int, _about("The tokens of the answer, thoughts included.")]
    cost: Annotated[
        float | None, _about("What they cost, by the configured prices and in their currency.")
    ] = None


class SourceReference(_Value, frozen=True):
    """A passage of a document on which a reply is based."""

    number: Annotated[int, _about("The number by which the text cites it, as in `[1]`.")]
    title: Annotated[str, _about("The document's title.")]
    text: Annotated[str, _about("The passage.")]
    heading: Annotated[str | None, _about("Where the passage is in the document.")] = None
    link: Annotated[str | None, _about("The document's address on the web.")] = None
    file: Annotated[str | None, _about("The name of a file that is not on the web.")] = None


class ChatReply(_Value, frozen=True):
    """The reply to a message."""

    msg: Annotated[str, _about("The text messages, joined by line ends.")]
    session_id: SessionId
    message_id: MessageId
    messages: Annotated[tuple[lex.Message, ...], _about("Lex's messages, cards included.")]
    source: Annotated[
        Source,
        _about("Who answered: `intent` for the bot itself, otherwise the answerer's name."),
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
        bool, _about("The answer was stopped or cut off, so its text is not complete.")
    ] = False
    stopped: Annotated[bool, _about("It is `incomplete` because the person stopped it.")] = False
    ended: Annotated[
        Literal["length", "refused", "cut", "timed_out"] | None,
        _about(
            "Why a model's answer is `incomplete`: it reached its limit (`length`), was "
            "stopped by a content filter (`refused`), broke off (`cut`), or took too long "
            "(`timed_out`)."
        ),
    ] = None
    notice: Annotated[
        str | None,
        _about(
            "A line about the answer: that an offline model wrote it, or why the bot says nothing."
        ),
    ] = None
    error: Annotated[
        Fault | None, _about("Why the answerer gave no answer; the conversation goes on.")
    ] = None
    timing: Annotated[Timing | None, _about("How long it took.")] = None
    usage: Annotated[
        ChatUsage | None, _about("The tokens that the language model counted, if it counts them.")
    ] = None
    sources: Annotated[
        tuple[SourceReference, ...],
        _about("The passages of documents on which the answer is based."),
    ] = ()
    follows: Annotated[
        str | None,
        _about(
            "The turn that this one follows, as in the request: empty if it started the "
            "conversation over, `null` if it follows the turn that was last."
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
    source: Annotated[Source, _about("Who will answer.")]
    line: Annotated[str | None, _about("For people, in the conversation's language.")] = None
    progress: Annotated[
        float | None, _about("How much has been downloaded, 0 to 1.", minimum=0, maximum=1)
    ] = None


class DeltaEvent(_Value, frozen=True):
    """The next piece of the answer's text."""

    text: Annotated[str, _about("To be appended to the text so far.")]


class ChatEvent(msgspec.Struct, frozen=True):
    """One event of a streamed reply; ``data`` is JSON, of the value that ``name`` stands for."""

    name: Literal["start", "status", "delta", "done", "error"]
    data: bytes


class Pending(_Value, frozen=True):
    """The answer is not complete yet: request the turn again."""

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
    """Feedback as it is sent. It replaces earlier feedback: what is left out is removed."""


class Turn(_Value, Generic[ReplyT], frozen=True):
    """One message of a person and the reply to it."""

    message_id: MessageId
    text: Annotated[str, _about("What the person said.")]
    at: Annotated[str, _about("When, in ISO 8601.", format="date-time")]
    reply: Annotated[ReplyT | None, _about("The reply; `null` while there is none.")]
    state: Annotated[
        TurnState,
        _about(
            "`running` while the answer is being written; `incomplete` if it was stopped or "
            "cut off."
        ),
    ]
    feedback: Annotated[
        Feedback | None,
        _about("What the person thinks of the reply; `null` if there is no feedback."),
    ]


class Transcript(_Value, Generic[ReplyT], frozen=True):
    """A conversation so far; an unknown one has no turns."""

    session_id: SessionId
    bot_id: Annotated[str, _about("The bot.")]
    locale_id: Annotated[str, _about("The language.")]
    expired: Annotated[bool, _about("The bot no longer knows the state of the conversation.")]
    open: Annotated[bool, _about("The bot knows the state of the conversation.")]
    turns: Annotated[
        tuple[Turn[ReplyT], ...], _about("The last turns, or those before `before`, oldest first.")
    ]
    earlier: Annotated[bool, _about("There are turns before these.")] = False


class SavedTalk(_Value, frozen=True):
    """A conversation as a test file for `daehwa test`."""

    name: Annotated[str, _about("A name for the file.")]
    text: Annotated[str, _about("The file, in YAML; empty if nothing was said.")]


class PageLocale(_Value, frozen=True):
    """What the page shows in one language at first: who this is, and what one can say."""

    id: Annotated[str, _about("Lex's name of the locale.")]
    name: Annotated[str | None, _about("The locale's name in the bot.")] = None
    about: Annotated[str | None, _about("Who is speaking, if the bot's file says so.")] = None
    greeting: Annotated[str | None, _about("The first line.")] = None
    placeholder: Annotated[str | None, _about("The placeholder in the empty box.")] = None
    starters: Annotated[tuple[str, ...], _about("Suggestions for a first message.")] = ()
    notes: Annotated[dict[str, str], _about("What some of the starters do, by starter.")] = (
        msgspec.field(default_factory=dict)
    )
    title: Annotated[str | None, _about("The page's heading in this language.")] = None
    speaker: Annotated[
        str | None, _about("The name of the one who answers, if it is not the bot's name.")
    ] = None
    logo: Annotated[str | None, _about("The address of the speaker's picture.")] = None
    privacy: Annotated[str | None, _about("The line under the message box.")] = None
    privacy_link: Annotated[str | None, _about("Where that line leads.")] = None


class Theme(_Value, frozen=True):
    """How the page looks, and what it shows, while somebody talks to the bot."""

    light: Annotated[
        dict[str, str], _about("Colours of a light page, by the names of its custom properties.")
    ] = msgspec.field(default_factory=dict)
    dark: Annotated[dict[str, str], _about("Colours of a dark page, by the same names.")] = (
        msgspec.field(default_factory=dict)
    )
    radius: Annotated[int | None, _about("The radius of corners, in pixels.")] = None
    sources: Annotated[
        Literal["none", "kind", "full"] | None,
        _about(
            "How much is shown of who answered; `null` means `full` on loopback, otherwise `kind`."
        ),
    ] = None
    details: Annotated[
        bool | None,
        _about("Whether intents, slots and scores are shown; `null` means only on loopback."),
    ] = None


class PageBot(_Value, frozen=True):
    """A bot that people can talk to."""

    id: Annotated[str, _about("The bot's id.")]
    name: Annotated[str, _about("The bot's name.")]
    description: Annotated[str | None, _about("The bot's description.")]
    locales: Annotated[tuple[PageLocale, ...], _about("The languages in which it is available.")]
    theme: Annotated[Theme | None, _about("How the page looks, if that is configured.")] = None


class DefaultBot(_Value, frozen=True):
    """Which bot answers, and in which language, if a request names none."""

    bot_id: Annotated[str, _about("The bot.")]
    locale_id: Annotated[str, _about("The language.")]


class AnswerStatus(_Value, frozen=True):
    """Who answers what the bot does not understand."""

    source: Annotated[Source, _about("The answerer, or `none`.")]
    state: Annotated[AnswerState, _about("Whether it can answer now.")]
    model: Annotated[str | None, _about("The language model.")] = None
    progress: Annotated[float | None, _about("How much has been downloaded, 0 to 1.")] = None
    line: Annotated[str | None, _about("A line to show to people, if there is one.")] = None


class Limits(_Value, frozen=True):
    """Limits of length."""

    text: Annotated[int, _about("How many characters a message may have.")] = TEXT_LIMIT


class Look(_Value, frozen=True):
    """How the page looks."""

    logo: Annotated[str | None, _about("An image's address.")] = None
    accent: Annotated[str | None, _about("A CSS colour.")] = None
    image_hosts: Annotated[
        tuple[str, ...],
        _about(
            "The hosts whose pictures in answers are shown at once; other pictures are "
            "shown after a click."
        ),
    ] = ()
    card_hosts: Annotated[
        tuple[str, ...], _about("The hosts whose pictures on the bots' cards are shown at once.")
    ] = ()


class PageConfig(_Value, frozen=True):
    """What the page needs to know before anything is said."""

    title: Annotated[str | None, _about("The page's title.")]
    bots: Annotated[tuple[PageBot, ...], _about("The bots that people can talk to.")]
    default: Annotated[DefaultBot, _about("The bot that is chosen at first.")]
    answer: Annotated[AnswerStatus, _about("Who answers the rest.")]
    limits: Annotated[Limits, _about("Limits of length.")]
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
