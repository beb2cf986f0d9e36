"""Code hooks in a test: those that the file scripts, and the configured ones for the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from daehwa import dialog, hooks
from daehwa.care.testing import replying
from daehwa.care.testing.values import ScriptedReply
from daehwa.conversation import Address, HookSetting, HookTable

EVERY = "*"


class ScriptedHooks(HookTable):
    """The configured hooks, with the replies of the conversation that is held before them.

    ``remarks`` are what went wrong with the script itself, ``errors`` what hooks raised, in their
    own words: who tests a bot is who fixes them.
    """

    def __init__(self, settings: Iterable[HookSetting], config: Path | None = None) -> None:
        super().__init__(settings, config)
        self.remarks: list[str] = []
        self.errors: list[str] = []
        self._replies: dict[str, deque[ScriptedReply] | ScriptedReply] = {}

    def script(self, replies: Mapping[str, tuple[ScriptedReply, ...] | ScriptedReply]) -> None:
        """Take over the replies of a conversation, in place of those before."""
        self.remarks = []
        self._replies = {
            name: deque(each) if isinstance(each, tuple) else each for name, each in replies.items()
        }

    def find(
        self, address: Address, bot_name: str, call: dialog.HookCall | None = None
    ) -> tuple[hooks.Hook, float | None] | None:
        """What replies to the call: the script by the first name that it has, or the hook."""
        configured = super().find(address, bot_name)
        hook = configured[0] if configured is not None else None
        name = self._name(hook, call)
        if name is not None:
            return _Scripted(self, name), None
        return None if configured is None else (_Watched(self, configured[0]), configured[1])

    def _name(self, hook: hooks.Hook | None, call: dialog.HookCall | None) -> str | None:
        """The first name of a call that the script replies to."""
        if not self._replies or call is None:
            return None
        names = [setting for setting, each in self._entries if each is hook]
        intent = call.session_state.intent
        candidates = (
            call.label,
            intent.name if intent is not None else None,
            *(name for setting in names for name in _names(setting)),
            EVERY,
        )
        return next(
            (each for each in candidates if each is not None and each in self._replies), None
        )

    def reply(self, name: str, event: dict[str, Any]) -> Any:
        """The next reply of a name.

        Raises:
            hooks.HookRaised: the script says so, or has no reply left.
        """
        left = self._replies[name]
        if isinstance(left, deque):
            if not left:
                self.remarks.append(f"hooks.{name} was called more often than it has replies")
                raise hooks.HookRaised("the test has no reply left")
            reply = left.popleft()
        else:
            reply = left
        try:
            return replying.reply(_completed(reply.instruction, event), event)
        except RuntimeError as error:
            raise hooks.HookRaised(str(error), summary="RuntimeError") from None


def _names(setting: HookSetting) -> Iterator[str]:
    """What a configured hook is called: its address, and a Python one without its folder."""
    for name in (setting.python, setting.url, setting.lambda_arn):
        if name is not None:
            yield name
    if setting.python is not None:
        module, _, function = setting.python.partition(":")
        yield f"{Path(module).stem}:{function}"


class _Watched:
    """A configured hook whose errors are kept."""

    def __init__(self, table: ScriptedHooks, hook: hooks.Hook) -> None:
        self._table = table
        self._hook = hook

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - the protocol's
        try:
            return await self._hook(event, timeout=timeout)
        except hooks.HookError as error:
            known = str(error)
            self._table.errors.append(
                known if error.summary in known else f"{error.summary}: {known}"
            )
            raise

    def __repr__(self) -> str:
        return repr(self._hook)


class _Scripted:
    """One call's reply, as a hook."""

    def __init__(self, table: ScriptedHooks, name: str) -> None:
        self._table = table
        self._name = name

    async def __call__(self, event: dict[str, Any], /, *, timeout: float) -> object:  # noqa: ASYNC109 - the protocol's
        del timeout
        return self._table.reply(self._name, event)

    def __repr__(self) -> str:
        return f"hooks.{self._name} of the test"


def _completed(instruction: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """The instruction with what few words leave out: the dialog action, the other attributes."""
    if "state" not in instruction:
        return instruction
    state = dict(instruction["state"])
    if "dialogAction" not in state:
        fulfilling = event["invocationSource"] == "FulfillmentCodeHook"
        state["dialogAction"] = {"type": "Close" if fulfilling else "Delegate"}
        if fulfilling:
            state["intent"] = {"state": "Fulfilled", **state.get("intent", {})}
    if "sessionAttributes" in state:
        before = event["sessionState"].get("sessionAttributes") or {}
        state["sessionAttributes"] = {**before, **state["sessionAttributes"]}
    return {**instruction, "state": state}
