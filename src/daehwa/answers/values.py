"""A question to an answerer and its answer.

Named tuples: the Lambda entry points import these, and their cold start pays for every import,
five milliseconds for ``dataclasses`` and half of one for each dataclass. What they do without is
elsewhere: ``answerer``, ``bot_profile`` and ``source_passages``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from daehwa.answers.bot_profile import BotProfile
    from daehwa.answers.source_passages import SearchOrder, SourcePassage

Role = Literal["user", "assistant"]
# Whose words an answer is: the name of the answerer, ``none`` if there is none.
AnswerSource: TypeAlias = str
Ended = Literal["stop", "length", "refused", "cut", "timed_out"]


class PastMessage(NamedTuple):
    """A message of the conversation so far, the person's or the bot's."""

    role: Role
    text: str


class Usage(NamedTuple):
    """The tokens that an answer took, as the upstream counts them.

    ``cached_tokens`` are those of ``input_tokens`` that the upstream had kept; ``cost`` is what
    all cost by the configured prices.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost: float | None = None

    def after(self, earlier: Usage | None) -> Usage:
        """Give it with the question's tokens, which some streams count at their beginning alone."""
        if earlier is None or self.input_tokens:
            return self
        return self._replace(input_tokens=earlier.input_tokens, cached_tokens=earlier.cached_tokens)


class StartOver:
    """In a stream of pieces: those before it are void, and the answer begins again."""

    __slots__ = ()


class Question(NamedTuple):
    """What a person asked, with what an answerer may know of the conversation.

    ``history`` is oldest first and does not hold ``text`` itself. ``deadline`` is an instant
    of ``time.monotonic()`` by which the whole answer must be there; ``None`` leaves the
    answerer its own (25 s to the answer, or to the first piece of a streamed one).
    ``first_by`` is an earlier instant by which the answer must have begun, and ``failover``
    says that another answerer stands behind, so that a failure is reported at once and not
    retried: a ``Chain`` sets both. ``seen`` says that the pieces of a stream are shown as they
    come; where nobody sees them, an answer that breaks off may start over. ``request_id`` is
    the turn's, for the log. ``instructions`` go behind the system prompt, ``sampling`` are
    further members of the request, and ``max_tokens`` is a limit below the setting's: a client
    of the OpenAI-compatible API may bring them. ``system`` is the template of the system prompt
    for this bot and locale, ``profile`` what fills it. ``bot_id`` and ``bot_name`` are of the bot
    that was spoken to. ``search`` is where documents are searched, if a bot says so;
    with ``model_alone`` they are not: it is a language model's work that is asked for.
    """

    text: str
    history: tuple[PastMessage, ...] = ()
    locale: str = "en_US"
    session_id: str = ""
    bot_name: str = ""
    deadline: float | None = None
    first_by: float | None = None
    failover: bool = False
    seen: bool = True
    request_id: str = ""
    bot_id: str = ""
    instructions: str = ""
    max_tokens: int | None = None
    sampling: Mapping[str, object] = MappingProxyType({})
    system: str | None = None
    profile: BotProfile | None = None
    search: SearchOrder | None = None
    model_alone: bool = False


class Answer(NamedTuple):
    """What an answerer returns.

    ``ended`` is why it stopped: ``stop`` is a whole answer, ``length`` ran into the limit
    on output, ``refused`` was stopped by the upstream's content filter, ``cut`` and
    ``timed_out`` lost the upstream after the first piece. ``notice`` is a line to
    show beside the answer (the offline model's); ``usage`` is there where the upstream counts.
    ``sources`` are the passages it is from.
    """

    text: str
    source: AnswerSource
    model: str | None = None
    ended: Ended = "stop"
    notice: str | None = None
    usage: Usage | None = None
    sources: tuple[SourcePassage, ...] = ()

    @property
    def tokens(self) -> int | None:
        """The tokens of question and answer, where the upstream reported them."""
        usage = self.usage
        return None if usage is None else usage.input_tokens + usage.output_tokens

    @property
    def incomplete(self) -> bool:
        """Whether the text stops before its end."""
        return self.ended != "stop"
