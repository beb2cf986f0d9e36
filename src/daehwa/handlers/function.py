"""A Python function that is a code hook: found by its name, called as an AWS Lambda handler is."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
import sysconfig
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, Final

_LONGEST_TEXT: Final = 10_000


class NoFunction(Exception):
    """There is no such function, or its module cannot be imported.

    ``summary`` is what a log may hold: the message may repeat what the module's author wrote.
    ``missing`` is the module that is not installed, where that is the reason.
    """

    def __init__(
        self, message: str, *, summary: str | None = None, missing: str | None = None
    ) -> None:
        super().__init__(message)
        self.summary = message if summary is None else summary
        self.missing = missing


class HookContext:
    """What a handler gets as its second argument, named as AWS Lambda names it.

    ``deadline`` is on the clock of ``time.monotonic``.
    """

    function_version = "$LATEST"
    identity = None
    client_context = None

    def __init__(
        self, *, function_name: str, aws_request_id: str, deadline: float, memory_mb: int = 1024
    ) -> None:
        self.function_name = function_name
        self.aws_request_id = aws_request_id
        self.deadline = deadline
        self.memory_limit_in_mb = str(memory_mb)
        self.invoked_function_arn = (
            f"arn:aws:lambda:us-east-1:000000000000:function:{function_name}"
        )
        self.log_group_name = f"/aws/lambda/{function_name}"
        self.log_stream_name = "daehwa"

    def __repr__(self) -> str:
        return f"HookContext({self.function_name!r}, {self.aws_request_id!r})"

    def get_remaining_time_in_millis(self) -> int:
        """How many milliseconds are left before the caller stops waiting."""
        return max(0, round((self.deadline - time.monotonic()) * 1000))


class HandlerFunction:
    """A function named ``module:function`` or ``path/to/file.py:function``.

    The module is imported by ``load``, from the working directory too.

    Raises:
        NoFunction: it is not the name of a function.
    """

    def __init__(self, target: str) -> None:
        module, _, function = target.rpartition(":")
        if not module or not function:
            raise NoFunction(
                f"{target!r} names no function: write module:function, or path/to/file.py:function"
            )
        self.target = target
        self.name = function
        self._module_name = module
        self._module: ModuleType | None = None
        self._handler: Callable[..., Any] | None = None
        self._wants_context = True

    @property
    def loaded(self) -> bool:
        """Whether it can be called."""
        return self._handler is not None

    @property
    def is_async(self) -> bool:
        """Whether calling it gives something to await; only once it is loaded."""
        called = getattr(self._handler, "__call__", self._handler)  # noqa: B004 - it may be async
        return inspect.iscoroutinefunction(self._handler) or inspect.iscoroutinefunction(called)

    @property
    def path(self) -> Path | None:
        """The file that it is read from, or will be if that is known."""
        file = getattr(self._module, "__file__", None)
        if file:
            return Path(file).absolute()
        name = self._module_name
        if name.endswith(".py"):
            return Path(name).absolute()
        local = Path.cwd().joinpath(*name.split("."))
        places = (local.with_name(f"{local.name}.py"), local / "__init__.py")
        return next((place for place in places if place.is_file()), None)

    @property
    def folder(self) -> Path:
        """Where its code is: the folder of a file, else the working directory."""
        if self._module_name.endswith(".py"):
            return Path(self._module_name).absolute().parent
        return Path.cwd()

    def load(self, *, anew: bool = False) -> None:
        """Import the module; ``anew`` even if it has been imported before.

        Raises:
            NoFunction: it cannot be imported, or has no such function; what was loaded stays.
        """
        try:
            module = self._import(anew=anew)
        except NoFunction:
            raise
        except (Exception, SystemExit) as error:
            failed = f"{self._module_name} could not be imported: {type(error).__name__}"
            raise NoFunction(
                f"{failed}: {text_of(error)}",
                # Python's own words name what is missing; others are the module's.
                summary=None if isinstance(error, ImportError) else f"{failed}{place(error)}",
                missing=self._missing(error),
            ) from error
        handler = getattr(module, self.name, None)
        if not callable(handler):
            raise NoFunction(f"{self._module_name} has no function {self.name}")
        self._wants_context = _takes_a_context(handler)
        self._module, self._handler = module, handler

    def __call__(self, event: dict[str, Any], context: HookContext) -> Any:
        """Call it with the event, and with the context if it takes two arguments."""
        assert self._handler is not None  # noqa: S101 - `load` comes first
        return self._handler(event, context) if self._wants_context else self._handler(event)

    def _missing(self, error: BaseException) -> str | None:
        """The module of another package that was not there; ``None`` for any other reason."""
        if not isinstance(error, ModuleNotFoundError) or error.name is None:
            return None
        missing = error.name.partition(".")[0]
        return None if missing == self._module_name.partition(".")[0] else missing

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


def place(error: BaseException) -> str:
    """Where ``error`` was raised: `` at FILE:LINE in FUNCTION``; nothing if it is not known.

    Of an error in a library it is the line of the author's own that called it.
    """
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return f" at {Path(error.filename).name}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    own = [frame for frame in frames if not _of_library(frame.filename)]
    # The first frames are this program's, which calls the function.
    last = own[-1] if len(own) > 1 else frames[-1]
    return f" at {Path(last.filename).name}:{last.lineno} in {last.name}"


def _of_library(file: str) -> bool:
    """Whether a file is Python's own, or of an installed package."""
    if file.startswith("<") or {"site-packages", "dist-packages"} & set(Path(file).parts):
        return True
    return Path(file).is_relative_to(sysconfig.get_path("stdlib"))


def described(error: BaseException) -> str:
    """The type and the text of what a function raised, whatever its author made of it."""
    return f"{type(error).__name__}: {text_of(error)}"


def text_of(error: BaseException) -> str:
    """The text of an error, whatever its author made of it, and at most 10,000 characters of it."""
    try:
        text = str(error)
    except Exception as failure:  # noqa: BLE001 - the author's own __str__ may raise anything
        return f"(its text cannot be read: {type(failure).__name__})"
    return text[:_LONGEST_TEXT].encode(errors="backslashreplace").decode()


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise NoFunction(f"There is no file {path}")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise NoFunction(f"{path} is not a Python file")
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
