"""A code hook that is a Python function in this process."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from daehwa.hooks.errors import HookMisconfigured, HookRaised, HookUnreachable
from daehwa.hooks.loops import HookLoops, is_async
from daehwa.hooks.threads import CallLoad, HookThreads, bot_of


class HookContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a handler gets as its second argument, named as AWS Lambda names it."""

    function_name: str
    aws_request_id: str
    deadline: float
    function_version: str = "$LATEST"

    def get_remaining_time_in_millis(self) -> int:
        """How many milliseconds are left before the caller stops waiting."""
        return max(0, round((self.deadline - time.monotonic()) * 1000))


class PythonHook:
    """A function named ``module:function`` or ``path/to/file.py:function``.

    It is called as an AWS Lambda handler is, with the event and a context (or with the
    event alone when it takes one argument), in a thread of its own; an ``async`` function
    is awaited in an event loop of its bot's own. The module is imported on the first call,
    from the working directory too. ``reload`` reads the module anew.
    """

    def __init__(self, target: str) -> None:
        module, _, function = target.rpartition(":")
        if not module or not function:
            raise HookMisconfigured(
                f"{target!r} names no function: write module:function, or path/to/file.py:function"
            )
        self.target = target
        self._module_name, self._function_name = module, function
        self._module: ModuleType | None = None
        self._handler: Callable[..., Any] | None = None
        self._wants_context = True
        self._threads = HookThreads()
        self._loops = HookLoops(self._threads)

    def __repr__(self) -> str:
        return f"PythonHook({self.target!r})"

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - the handler may read it
        """Call the function and return what it returns.

        Raises:
            HookRaised: the function raised.
            HookUnreachable: too many calls are running for the bot already.
            HookMisconfigured: there is no such function.
        """
        handler = self._handler or self._load()
        context = HookContext(
            function_name=self._function_name,
            aws_request_id=str(uuid.uuid4()),
            deadline=time.monotonic() + timeout,
        )
        arguments = (event, context) if self._wants_context else (event,)
        try:
            if is_async(handler):
                return await self._loops.run(lambda: handler(*arguments), bot=bot_of(event))
            return await self._threads.run(lambda: handler(*arguments), bot=bot_of(event))
        except Exception as error:
            if isinstance(error, HookMisconfigured | HookUnreachable):
                raise
            raise HookRaised(
                f"{type(error).__name__}: {error}", summary=f"{type(error).__name__}{_place(error)}"
            ) from error

    def load(self) -> tuple[CallLoad, ...]:
        """What runs in threads at the moment, by bot."""
        return self._threads.load()

    @property
    def path(self) -> Path | None:
        """The file that the function is read from; ``None`` before the first call."""
        file = getattr(self._module, "__file__", None)
        return Path(file) if file else None

    def reload(self) -> None:
        """Read the module anew; calls in progress end with the old one.

        Raises:
            HookMisconfigured: it cannot be read; the old one then stays.
        """
        self._load(anew=True)

    def _load(self, *, anew: bool = False) -> Callable[..., Any]:
        try:
            module = self._import(anew=anew)
        except HookMisconfigured:
            raise
        except Exception as error:
            failed = f"{self._module_name} could not be imported: {type(error).__name__}"
            raise HookMisconfigured(
                f"{failed}: {error}",
                # Python's own words name what is missing; others are the module's.
                summary=None if isinstance(error, ImportError) else f"{failed}{_place(error)}",
            ) from error
        handler = getattr(module, self._function_name, None)
        if not callable(handler):
            raise HookMisconfigured(f"{self._module_name} has no function {self._function_name}")
        self._wants_context = _takes_a_context(handler)
        self._module, self._handler = module, handler
        return handler  # type: ignore[no-any-return]

    def _import(self, *, anew: bool) -> ModuleType:
        if self._module_name.endswith(".py"):
            return _from_file(Path(self._module_name))
        importlib.invalidate_caches()
        if anew and self._module is not None:
            return importlib.reload(self._module)
        here = str(Path.cwd())
        if here not in sys.path:
            sys.path.insert(0, here)
        return importlib.import_module(self._module_name)


def _place(error: Exception) -> str:
    """Where ``error`` was raised: `` at FILE:LINE in FUNCTION``."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    return f" at {Path(last.filename).name}:{last.lineno} in {last.name}"


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise HookMisconfigured(f"There is no file {path}")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise HookMisconfigured(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _takes_a_context(handler: Callable[..., Any]) -> bool:
    try:
        parameters = inspect.signature(handler).parameters.values()
    except (TypeError, ValueError):
        return True
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    several = any(p.kind is p.VAR_POSITIONAL for p in parameters)
    return several or len(positional) > 1
