"""What one model at one endpoint understands, guessed first and corrected by its refusals."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from daehwa.answers.errors import (
    AnswerError,
    ModelNotFound,
    OnlyThoughts,
    QuestionTooLong,
    Refused,
    RequestRefused,
    WrittenRefusal,
)
from daehwa.answers.settings import Endpoint, is_completion_model
from daehwa.answers.thoughts import begins_with_thoughts

# The names that the limit on output goes by.
_LIMITS = ("max_tokens", "max_completion_tokens")
# Gemini calls it maxOutputTokens.
_LIMIT = r"(?<!\w)max_?(output_?)?tokens(?!\w)"
# Without these there is no question; a refusal of them is one.
_NEEDED = frozenset({"model", "messages", "prompt"})
# Words of any sentence: they name a member only in quotation marks, or formally.
_PLAIN = frozenset({"stop", "stream", "user", "n", "seed", "store", "tools", "metadata"})
_OTHER_API = (
    r"not a chat model|is a chat model|does not support chat|chat template (is|are) no"
    r"|must provide a chat template|no chat template|does not have a chat template"
    r"|chatcompletion operation does not work|completion operation does not work"
    r"|default chat template"
)
_SYSTEM_ROLE = (
    r"must alternate|system role|role\W{0,3}system|['\"`]system['\"`]|developer (instruction|role)"
    r"|only user.{0,24}roles? (are|is)|messages\W{1,2}0\W{1,2}role|got system|system messages? "
    r"|['\"`]user['\"`] or ['\"`]assistant['\"`]|first message (must|should|has to)"
)
_STREAMING = (
    r"stream(ing)? (is |requests are )?(not|unsupported)|(not|n't) support(ed)? (for )?stream"
    r"|스트리밍.{0,12}(지원하지|미지원|사용할 수 없|불가)"
)
_ONLY_STREAMS = (
    r"only supports? stream|stream['\"`]? ?(=|must be|should be|to) ?true"
    r"|non-stream(ing)? (call|mode|request)|enable the stream|스트리밍만"
)
# The limit on output is at fault: alone, or together with what is read.
_RANGE = (
    r"too (large|high|big)|maximum|at most|range|(less|fewer|lower|greater|more|larger) than|exceed"
    r"|≤|<=|> ?\d|이하|초과|최대"
)
_OUTPUT = (
    r"max_(new_|completion_|output_)?tokens(?! must be at least)|maximum tokens|completion|output"
)
_LEAST = 64
_MISSING = frozenset({404, 405, 501})
_MORE = 4


class Dialect(NamedTuple):
    """What one model turns out to understand: its API, the name of the limit, what it refuses.

    Guessed from names, corrected by the upstream's own errors: ``refused`` holds the members
    it does not take, and ``api`` when it wanted the other API. ``folded`` puts the system
    prompt into the person's first message. ``opened`` says that its text begins inside a
    thought, and ``more`` multiplies the limit for one that thinks long. ``history`` is the
    budget that its context has room for, in tokens, and ``most`` the highest limit on output,
    where these are less than the setting. ``streamed`` is a model that knows streams only.
    """

    chat: bool = True
    limit: str = "max_tokens"
    refused: frozenset[str] = frozenset()
    folded: bool = False
    opened: bool = False
    more: int = 1
    history: int | None = None
    most: int | None = None
    streamed: bool = False

    @classmethod
    def of(cls, endpoint: Endpoint) -> Dialect:
        """Guess the dialect of an endpoint's model."""
        chat = (
            not is_completion_model(endpoint.model)
            if endpoint.api == "auto"
            else endpoint.api != "completions"
        )
        # OpenAI wants the newer name; many compatible servers know the older one only.
        limit = "max_completion_tokens" if chat and endpoint.is_openai else "max_tokens"
        return cls(chat=chat, limit=limit, opened=begins_with_thoughts(endpoint.model))

    def corrected(
        self, error: AnswerError, endpoint: Endpoint, sent: Collection[str], *, history: int = 0
    ) -> Dialect | None:
        """Give the dialect that the upstream's refusal asks for, or ``None``.

        ``sent`` are the members of the request, ``history`` the tokens of the conversation in
        it. Nothing is corrected twice, so that two refusals cannot chase each other.
        """
        if isinstance(error, OnlyThoughts):
            # Four times as much of next to nothing is no room for thoughts either.
            room = self.more == 1 and endpoint.max_tokens >= _LEAST
            return self._replace(more=_MORE) if room else None
        if isinstance(error, QuestionTooLong):
            shorter = self._replace(history=history // 2)
            return shorter if history else self._with_less_output(error.refusal, endpoint)
        if not isinstance(error, Refused) or error.refusal is None:
            return None
        if self._wants_other_api(error, error.refusal, endpoint):
            return self._replace(chat=not self.chat, refused=self.refused | {"api"})
        refused = isinstance(error, RequestRefused)
        return self._without(error.refusal, sent, endpoint) if refused else None

    def _with_less_output(
        self, refusal: WrittenRefusal | None, endpoint: Endpoint
    ) -> Dialect | None:
        """Give more room to what is read, where a refusal names what may be written beside it."""
        most = (self.most or endpoint.max_tokens) // 4
        if refusal is None or most < _LEAST or not re.search(_OUTPUT, refusal.words):
            return None
        return self._replace(most=most)

    def _within_range(self, refusal: WrittenRefusal, endpoint: Endpoint) -> Dialect | None:
        """Keep to the highest limit on output that a refusal names."""
        if self.most is not None or not re.search(_RANGE, refusal.words):
            return None
        words = re.sub(r"(?<=\d),(?=\d{3})", "", refusal.words)
        words = re.sub(r"(\d+) \(exclusive\)", lambda bound: str(int(bound[1]) - 1), words)
        numbers = [int(number) for number in re.findall(r"(?<![\w.])\d{2,9}(?![\w.]\d)", words)]
        fitting = [number for number in numbers if _LEAST <= number < endpoint.max_tokens]
        return self._replace(most=max(fitting)) if fitting else None

    def _without(
        self, refusal: WrittenRefusal, sent: Collection[str], endpoint: Endpoint
    ) -> Dialect | None:
        """Leave out what a refusal names."""
        if "stream" not in sent and re.search(_ONLY_STREAMS, refusal.words):
            return None if self.streamed else self._replace(streamed=True)
        if not self.folded and self.chat and _names_system_role(refusal):
            return self._replace(folded=True)
        name = _named(refusal, [name for name in sent if name not in _NEEDED])
        if name == self.limit and (within := self._within_range(refusal, endpoint)) is not None:
            return within
        if name is None or name in self.refused:
            return None
        corrected = self._replace(refused=self.refused | {name})
        if name == self.limit:
            other = _LIMITS[1 - _LIMITS.index(name)]
            return corrected if other in self.refused else corrected._replace(limit=other)
        return corrected

    def _wants_other_api(
        self, error: AnswerError, refusal: WrittenRefusal, endpoint: Endpoint
    ) -> bool:
        if "api" in self.refused or endpoint.api != "auto":
            return False
        if re.search(_OTHER_API, refusal.words):
            return True
        # An address that is not there, not a model that is not there.
        nameless = "model" not in refusal.words and endpoint.model.lower() not in refusal.words
        return isinstance(error, ModelNotFound) and refusal.status in _MISSING and nameless


def _names_system_role(refusal: WrittenRefusal) -> bool:
    return bool(re.search(_SYSTEM_ROLE, refusal.words)) or any(
        re.match(r"messages\W{1,2}0\b.*\brole", param) for param in refusal.params
    )


def _named(refusal: WrittenRefusal, sent: Collection[str]) -> str | None:
    """Find the member that a refusal names: formally, else in its words."""
    for param in refusal.params:
        first = re.split(r"[.\[]", param.removeprefix("body."))[0]
        if first in sent:
            return first
    if "stream" in sent and re.search(_STREAMING, refusal.words):
        return "stream"
    for name in sorted(sent, key=len, reverse=True):
        if re.search(_sign(name), refusal.words):
            return name
    return None


def _sign(name: str) -> str:
    """Give the pattern of a member's name in words, which some write without its underlines."""
    if name in _PLAIN:
        return (
            rf"['\"`\[]{name}['\"`\]]|(parameter|argument|field|property|member)s?\W+{name}(?!\w)"
        )
    if name == _LIMITS[0]:
        return _LIMIT
    return rf"(?<!\w){re.escape(name.lower()).replace('_', '_?')}(?!\w)"
