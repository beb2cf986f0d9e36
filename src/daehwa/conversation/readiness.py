"""Which parts of a runtime work, and which do not yet: the body of ``/readyz``."""

from __future__ import annotations

from typing import Literal

import msgspec

from daehwa import answers, chat, limits


class AnswerFailure(msgspec.Struct, frozen=True, kw_only=True):
    """Why an answerer has failed, and what whoever runs the server can do about it."""

    code: str
    message: str
    cure: str


class AnswerReadiness(msgspec.Struct, frozen=True, kw_only=True):
    """How the answerer is; by default there is none.

    ``progress`` (0 to 1) is there while weights are coming, ``error`` where it has failed.
    """

    state: chat.AnswerState = "off"
    source: str = "none"
    model: str | msgspec.UnsetType | None = msgspec.UNSET
    progress: float | msgspec.UnsetType = msgspec.UNSET
    error: AnswerFailure | msgspec.UnsetType = msgspec.UNSET

    @classmethod
    def of(cls, now: answers.Readiness) -> AnswerReadiness:
        """How an answerer is, for whoever runs the server."""
        why = now.error if now.state == "failed" else None
        return cls(
            state=now.state,
            source=now.source,
            model=now.model,
            progress=msgspec.UNSET if now.progress is None else round(now.progress, 4),
            error=msgspec.UNSET
            if why is None
            else AnswerFailure(code=why.code, message=why.message, cure=why.cure),
        )


class RuntimeReadiness(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the bots can talk (``ready``), and how each part of the runtime is.

    ``store`` is ``ok``, or what keeps it from being used. ``hooks`` is ``ok``, or what is wrong
    with the code hooks by bot; other bots can talk all the same. ``not_served`` says why the file
    of a bot (``NAME.zip``) or an intent (``BOT/LOCALE/INTENT``) is not served, or a network
    (``BOT/LOCALE``) lacks a member; the others are.
    ``old_builds`` says of each bot that serves what it was before its files were changed, by name,
    why it does. The bots talk without an answerer, and when the ``budget`` of the day for models,
    where there is one, is used up.
    """

    ready: bool
    bots: Literal["ok", "learning"]
    store: str
    hooks: Literal["ok"] | dict[str, str] = "ok"
    not_served: dict[str, str] | msgspec.UnsetType = msgspec.field(
        name="notServed", default=msgspec.UNSET
    )
    old_builds: dict[str, str] | msgspec.UnsetType = msgspec.field(
        name="oldBuilds", default=msgspec.UNSET
    )
    answer: AnswerReadiness = AnswerReadiness()
    budget: limits.BudgetState | msgspec.UnsetType = msgspec.UNSET
