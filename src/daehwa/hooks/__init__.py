"""Code hooks by Lex's Lambda contract: the event out, the reply in, and where they run.

``event`` writes a ``dialog.HookCall`` as the event, ``response`` reads and checks the reply,
``invoke`` does both ends of a call with its time limit. A hook is a ``ProcessHook`` (a Python
function in processes of its own), a ``PythonHook`` (in this one), an ``HttpHook`` or a
``LambdaHook``, or anything that fits the protocol ``Hook``.
"""

from daehwa.hooks.aws import LambdaHook
from daehwa.hooks.errors import HookError, HookMisconfigured, HookRaised, HookUnreachable
from daehwa.hooks.event import BotReference, event
from daehwa.hooks.http import HttpHook
from daehwa.hooks.isolated import MEMORY_MB, PROCESSES, ProcessHook
from daehwa.hooks.python import PythonHook
from daehwa.hooks.quotas import SESSION_ATTRIBUTES_BYTES, TEXT_LENGTH, text_length
from daehwa.hooks.response import response
from daehwa.hooks.running import MAX_SECONDS, Hook, invoke
from daehwa.hooks.threads import MOST_CALLS, CallLoad

__all__ = [
    "MAX_SECONDS",
    "MEMORY_MB",
    "MOST_CALLS",
    "PROCESSES",
    "SESSION_ATTRIBUTES_BYTES",
    "TEXT_LENGTH",
    "BotReference",
    "CallLoad",
    "Hook",
    "HookError",
    "HookMisconfigured",
    "HookRaised",
    "HookUnreachable",
    "HttpHook",
    "LambdaHook",
    "ProcessHook",
    "PythonHook",
    "event",
    "invoke",
    "response",
    "text_length",
]
