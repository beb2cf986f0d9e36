"""A store whose calls are steps of the request that makes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from daehwa import tracing
from daehwa.stores.store import SessionStore

# What turns and their readers wait for; upkeep belongs to no request.
_STEPS = ("load", "save", "delete", "start_turn", "turn", "turns", "set_feedback")


class _WatchedStore:
    """Wraps a store, and otherwise behaves like it."""

    def __init__(self, store: SessionStore, system: str) -> None:
        self._store = store
        self._system = system
        for operation in _STEPS:
            setattr(self, operation, self._watched(operation))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def _watched(self, operation: str) -> Callable[..., Awaitable[Any]]:
        call, system = getattr(self._store, operation), self._system

        def call_in_step(*args: Any, **kwargs: Any) -> Awaitable[Any]:
            step = tracing.step("store", system, operation)
            called: Awaitable[Any] = call(*args, **kwargs)
            return called if step is tracing.NOT_WATCHED else _await_in(step, called)

        return call_in_step


async def _await_in(step: tracing.Step, called: Awaitable[Any]) -> Any:
    with step:
        return await called


def watched(store: SessionStore, system: str) -> SessionStore:
    """``store`` with each call that a request waits for as a step; see ``tracing``.

    ``system`` is its kind, by OpenTelemetry's names: ``sqlite``, ``redis``, ``postgresql``.
    """
    return cast("SessionStore", _WatchedStore(store, system))
