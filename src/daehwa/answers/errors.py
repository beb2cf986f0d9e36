"""Why there is no answer: who is at fault, what cures it, and the line that the person sees.

    AnswerError
    ├── SettingError            this program is configured wrongly
    │   ├── SettingEmpty          a setting is there but empty
    │   ├── SettingInvalid        a setting has no usable value
    │   └── KeyMissing            no API key where one is needed
    ├── OverBudget              this program keeps from asking
    │   ├── BudgetSpent           the budget of the day is used up
    │   └── QuestionsTooMany      this person has sent too many questions lately
    ├── Refused                 the upstream declined; another request would not help
    │   ├── KeyRefused            401, 403
    │   ├── QuotaExhausted        429 ``insufficient_quota``
    │   ├── ModelNotFound         404 for the model
    │   │   └── ModelRetired        the name was shut down
    │   ├── QuestionTooLong       the context is too long
    │   ├── ContentRefused        a content-policy refusal
    │   │   └── Moderated           a check of one's own, with a line of its own
    │   └── RequestRefused        400 and the like
    ├── Outage                  it may pass; counted by the breaker
    │   ├── Unreachable           no connection, or it broke before an answer
    │   ├── RateLimited           429 of the rate kind
    │   ├── UpstreamFailed        408, 409, 5xx, or no usable answer
    │   │   ├── NotAnAnswer         neither JSON nor server-sent events
    │   │   └── NotAnEndpoint       a web page: a portal, a proxy, a wrong address
    │   ├── TimedOut              silence past the deadline
    │   └── CircuitOpen           the breaker is open; nothing is sent
    ├── NobodyAnswers           the configuration names no answerer here
    ├── ModerationFailed        a moderation check failed, so nothing passes
    ├── Unfinished              the model thought, and came to no word; no outage
    │   ├── OnlyThoughts          its thinking used up the limit on output
    │   └── StillThinking         it was thinking when the time was over
    ├── NothingFound            the documents do not hold the answer; no failure
    └── ModelUnavailable        the embedded model cannot answer
        ├── ModelMissing          no weights on this machine
        ├── ModelDownloading      weights are coming
        ├── ModelLoading          the child process is starting
        ├── ModelFailed           the child process would not start
        ├── LibraryMissing        llama.cpp, or what it is linked against, is not installed
        ├── ProcessorTooOld       llama.cpp uses instructions that this processor lacks
        ├── MemoryTooSmall        the child was killed for want of memory
        └── PullError           weights could not be fetched
            ├── PullRunning       another process is fetching them
            ├── PullStopped       stopped on demand
            ├── NoSpace           the disk is too full
            ├── WrongDigest       what came is not the model
            └── SourcesFailed     no source had it

A message never holds a key or a person's words: what an upstream wrote is scrubbed of the
key and shortened before it gets here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from daehwa.answers.wording import line_for

if TYPE_CHECKING:
    from daehwa.answers.values import Answer

Party = Literal["operator", "asker", "upstream", "program"]


class AnswerError(Exception):
    """Base of all: ``code`` for machines, ``fault`` and ``cure`` for whoever looks after it.

    ``retryable`` says that the same request may succeed if it is sent again, ``retry_after`` when
    the upstream wants it (seconds), ``outage`` that the upstream itself is in trouble. ``status``
    is the HTTP status that it stands for, 0 for none, and ``upstream_request_id`` the upstream's
    own name for the request. ``partial`` is what there was of an answer that broke off before
    anybody saw it. ``silent`` marks an error that is not a failure: it is as if the answerer had
    not been asked. After a ``final`` error no other answerer is asked.
    """

    code: ClassVar[str] = "answer_error"
    fault: ClassVar[Party] = "program"
    cure: str = "Report it with the log around it."
    outage: ClassVar[bool] = False
    retryable: bool = False
    retry_after: float | None = None
    status: int = 0
    upstream_request_id: str | None = None
    partial: Answer | None = None
    silent: ClassVar[bool] = False
    final: ClassVar[bool] = False

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def seconds_to_wait(self) -> int | None:
        """In how many whole seconds it may be asked again, where the upstream says so."""
        return None if self.retry_after is None else max(1, -int(-self.retry_after // 1))

    def line(self, locale: str) -> str:
        """Give the line that the person in the chat sees, in the language of ``locale``."""
        return line_for(self.code, locale)


class SettingError(AnswerError):
    """The configuration is wrong; no request was made."""

    code = "setting_invalid"
    fault = "operator"
    cure = "Correct the setting that the message names, and start again."


class SettingEmpty(SettingError):
    """A setting is there but empty, which is not the same as unset."""

    code = "setting_empty"
    cure = "Give the setting a value, or remove it."


class SettingInvalid(SettingError):
    """A setting has a value that cannot be used."""


class KeyMissing(SettingError):
    """No API key is set where the endpoint needs one."""

    code = "key_missing"
    cure = "Set OPENAI_API_KEY, or choose another answerer (--answer embedded)."


class OverBudget(AnswerError):
    """Nobody is asked, because a limit has been reached."""

    code = "budget_spent"
    fault: ClassVar[Party] = "operator"


class BudgetSpent(OverBudget):
    """Today's budget for models is used up."""

    cure = "Wait until tomorrow, or raise [limits.budget] in daehwa.toml."


class QuestionsTooMany(OverBudget):
    """Somebody sends questions faster than ``[limits.answers]`` allows."""

    code = "questions_too_many"
    fault = "asker"
    cure = "Wait a little, or raise [limits.answers] in daehwa.toml."


class WrittenRefusal(NamedTuple):
    """What an upstream wrote when it declined.

    Its status, its words in small letters, and the members of the request that it names
    formally.
    """

    status: int
    words: str
    params: tuple[str, ...]

    def __repr__(self) -> str:
        # The words are not scrubbed.
        return f"WrittenRefusal({self.status})"


class Refused(AnswerError):
    """The upstream declined, and would decline again.

    ``refusal`` is for whoever can ask in another way; it is not for logs.
    """

    code = "request_refused"
    fault: ClassVar[Party] = "operator"
    cure = "Read the upstream's words in the message."
    refusal: WrittenRefusal | None = None


class KeyRefused(Refused):
    """The key is wrong, revoked, or may not use this model or project."""

    code = "key_refused"
    cure = "Check the key (OPENAI_API_KEY, or key in daehwa.toml), its project, and what it may do."


class QuotaExhausted(Refused):
    """The account has no credit left; waiting does not bring it back."""

    code = "quota"
    cure = "Check the plan and billing of the account behind the key."


class ModelNotFound(Refused):
    """The upstream knows no such model, or no such path."""

    code = "model_not_found"
    cure = (
        "Check the model and the base URL, which ends in /v1 at most servers (OPENAI_MODEL, "
        "OPENAI_BASE_URL, or daehwa.toml)."
    )


class ModelRetired(ModelNotFound):
    """The upstream knew the model once, and has shut it down."""

    code = "model_retired"
    cure = "Choose a model that the upstream still serves (OPENAI_MODEL, or model in daehwa.toml)."


class QuestionTooLong(Refused):
    """The conversation does not fit into the model's context."""

    code = "too_long"
    fault = "asker"
    cure = "Ask in fewer words, or lower the history budget."


class ContentRefused(Refused):
    """The upstream's content policy refused the question or the answer."""

    code = "content_refused"
    fault = "asker"
    cure = "Ask in another way."


class Moderated(ContentRefused):
    """A moderation check of the operator's own stopped a text; it may give the person a reason."""

    final = True

    def __init__(self, message: str, *, line: str | None = None) -> None:
        super().__init__(message)
        self._line = line

    def line(self, locale: str) -> str:
        """Give the check's own line."""
        return self._line or super().line(locale)


class RequestRefused(Refused):
    """The upstream did not take the request as it was made."""


class Outage(AnswerError):
    """The trouble may pass: try again, or leave it to the next answerer."""

    fault = "upstream"
    outage = True


class Unreachable(Outage):
    """No connection, or it broke before an answer came."""

    code = "unreachable"
    cure = "Check the network, a proxy, and the base URL (OPENAI_BASE_URL, or daehwa.toml)."
    retryable = True


class RateLimited(Outage):
    """Too many requests in too short a time."""

    code = "rate_limited"
    cure = "Wait, or raise the rate limit of the account."
    retryable = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class UpstreamFailed(Outage):
    """The upstream failed, or what it sent is not an answer."""

    code = "upstream_failed"
    cure = "Try again later; see the upstream's status page."
    wordless = False
    """Whether an answer came as it should, without a word in it."""

    def __init__(
        self, message: str, *, retryable: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        # The statuses that are worth another try are known where they are read.
        self.retryable = retryable
        self.retry_after = retry_after


class NotAnAnswer(UpstreamFailed):
    """What came is neither JSON nor server-sent events."""


class NotAnEndpoint(UpstreamFailed):
    """A web page came: from a captive portal, a proxy, or another server than was meant."""

    code = "not_an_endpoint"
    cure = (
        "Open the base URL in a browser: a portal may want a sign-in, or the address is not "
        "that of an API (it ends in /v1 at most servers)."
    )


class TimedOut(Outage):
    """No answer by the deadline."""

    code = "timed_out"
    cure = "Choose a faster model, or a longer deadline where the channel allows."


class CircuitOpen(Outage):
    """The upstream failed so often lately that it is left alone for a while."""

    code = "circuit_open"
    cure = "It is tried again automatically; see the errors before this one."


class NobodyAnswers(AnswerError):
    """The configuration names no answerer for this bot and locale."""

    code = "nobody_answers"
    fault = "operator"
    cure = "Name an answerer under [[answering]], if one is to answer here."


class ModerationFailed(AnswerError):
    """A moderation check failed: nothing passes that was not looked at."""

    code = "moderation_failed"
    fault = "operator"
    final = True
    cure = "Check the function or endpoint that [moderation] names; see the message."


class Unfinished(AnswerError):
    """The model is alive and thought, but came to no word of an answer."""

    code = "only_thoughts"
    fault: ClassVar[Party] = "operator"
    cure = "Raise max_tokens, lower the model's reasoning effort, or choose another model."


class OnlyThoughts(Unfinished):
    """What the model thought used up the limit on its output."""


class StillThinking(Unfinished):
    """The model was still thinking when the time ran out."""

    code = "still_thinking"
    cure = "Raise answer_seconds, lower the model's reasoning effort, or choose another model."


class NothingFound(AnswerError):
    """The documents do not contain the answer: the next answerer is asked."""

    code = "nothing_found"
    fault = "asker"
    cure = "Index a document that answers it: daehwa index PATH."
    silent = True


class ModelUnavailable(AnswerError):
    """The embedded model cannot answer now."""

    code = "model_failed"
    fault: ClassVar[Party] = "operator"
    cure = "See embedded.log in the data directory."


class ModelMissing(ModelUnavailable):
    """The weights are not on this machine."""

    code = "model_missing"
    cure = "Fetch them with: daehwa model pull"


class ModelDownloading(ModelUnavailable):
    """The weights are coming; ``progress`` is 0 to 1."""

    code = "model_downloading"
    cure = "Wait until the download ends."

    def __init__(self, message: str, *, progress: float) -> None:
        super().__init__(message)
        self.progress = progress

    def line(self, locale: str) -> str:
        """Give the line with how far the download is."""
        return line_for(self.code, locale).format(percent=int(self.progress * 100))


class ModelLoading(ModelUnavailable):
    """The weights are being read; it takes seconds."""

    code = "model_loading"
    cure = "Wait a few seconds."


class ModelFailed(ModelUnavailable):
    """The child process does not start or keeps dying."""


class LibraryMissing(ModelUnavailable):
    """A library that the child process needs cannot be loaded."""

    code = "library_missing"

    cure = "Reinstall Daehwa's packages."

    def __init__(self, message: str, *, cure: str | None = None) -> None:
        super().__init__(message)
        if cure is not None:
            # Which package brings it depends on what is missing.
            self.cure = cure


class ProcessorTooOld(ModelUnavailable):
    """The child process ended at an instruction that this processor does not know."""

    code = "processor_too_old"
    cure = (
        "Set OPENAI_BASE_URL to a server that runs a model, or do without one: --answer none. "
        "llama.cpp's package is made for processors with AVX2."
    )


class MemoryTooSmall(ModelUnavailable):
    """The system killed the child process, as it does when memory runs out."""

    code = "memory_too_small"
    cure = "Set DAEHWA_MODEL=small, or give the machine more memory."


class PullError(ModelUnavailable):
    """The weights could not be fetched."""

    code = "pull_failed"
    cure = "Check the network, then: daehwa model pull"


class PullRunning(PullError):
    """Another process is fetching the same weights."""

    code = "pull_running"
    cure = "Wait for it, or end it."


class PullStopped(PullError):
    """The fetch was stopped; what has come is kept."""

    code = "pull_stopped"
    cure = "Run daehwa model pull to continue."


class NoSpace(PullError):
    """The disk has no room for the weights."""

    code = "no_space"
    cure = "Make room, or name another directory with --data."


class WrongDigest(PullError):
    """What came does not have the model's SHA-256; it was thrown away."""

    code = "wrong_digest"
    fault = "upstream"
    cure = "Try again later; the wrong file was not kept."


class SourcesFailed(PullError):
    """No source could give the weights; the message holds the reason of each."""

    fault = "upstream"
