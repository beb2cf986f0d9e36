"""The runner in process: the server's own application on a clock that the scenarios set."""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import unquote

import botocore.parsers
import botocore.serialize
import botocore.session
import msgspec

from conformance.bots import build, spoken
from conformance.scenario import Scenario, Suite
from conformance.script import HOOK_SECONDS
from daehwa import bot, nlu
from daehwa.care import testing
from daehwa.conversation import Catalogue, Rehearsal, ServedLocale, Settings, plan_rehearsal
from daehwa.conversation.settings import HookSetting, LogsSetting, UnderstandingSetting
from daehwa.server import ServerSettings, doors

NOON: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""The time of scenarios that set none: a Monday."""

_ALIAS: Final = "LIVEALIAS1"
_SCRIPT: Final = "conformance.script:lambda_handler"
_MATERIAL: Final = Path(__file__).parents[1] / "tests" / "material"


class InProcess:
    """Bots served in this process, each learned once; a context manager.

    ``shared`` is the folder of public bots, where there is one. ``check`` gets every
    response: operation, status, headers, body.
    """

    def __init__(self, suite: Suite, *, shared: Path | None = None, check: Any = None) -> None:
        self._suite = suite
        self._shared = shared
        self._check = check
        self._clock = testing.SetClock(NOON)
        self._apps: dict[tuple[str, str | None, bool, bool, bool], Any] = {}
        self._versions: dict[str, list[dict[str, ServedLocale]]] = {}
        self._runtimes = AsyncExitStack()
        self._models: dict[bytes, nlu.Model] = {}
        self._latest: dict[str, nlu.Model] = {}
        self._app: Any = None
        self.model = botocore.session.get_session().get_service_model("lexv2-runtime")
        self._serializer = botocore.serialize.create_serializer(
            "rest-json", include_validation=False
        )
        self._parser = botocore.parsers.create_parser("rest-json")

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="daehwa-conformance-")
        self._log = Path(self._folder.name) / "conversations.jsonl"
        self._runner = asyncio.Runner()
        return self

    def __exit__(self, *_: object) -> None:
        self.restart()
        self._runner.close()
        self._folder.cleanup()

    def restart(self) -> None:
        """Close every runtime; the next scenario opens new ones on the same sessions."""
        self._runner.run(self._runtimes.aclose())
        self._apps.clear()

    # --- the channel ------------------------------------------------------------------

    def address(self, scenario: Scenario) -> dict[str, str]:
        """Open the scenario's bot, set its clock, and say where it is."""
        self._clock.now = (
            datetime.fromisoformat(scenario.clock) if scenario.clock is not None else NOON
        )
        hook = scenario.hook or (_SCRIPT if scenario.hooked else None)
        hangs = any(call.hangs for turn in scenario.turns for call in turn.calls)
        key = (scenario.bot, hook, hangs, scenario.quotas, scenario.sentiment)
        if key not in self._apps:
            self._apps[key] = self._runner.run(self._open(scenario, hook, hangs=hangs))
        self._app, self._catalogue = self._apps[key]
        (served,) = self._catalogue.bots
        return {
            "botId": served.id,
            "botAliasId": "TSTALIASID",
            "localeId": scenario.locale or next(iter(served.locales)),
        }

    def lead(self, name: str) -> dict[str, str]:
        """Make a version of the suite's bot ``name``, lead the alias to it, and name the alias."""
        (served,) = self._catalogue.bots
        versions = self._versions.setdefault(served.id, [])
        versions.append(self._version(served.id, name, str(len(versions) + 1)))

        def version(number: str, locale: str) -> ServedLocale | None:
            return versions[int(number) - 1].get(locale)

        self._catalogue.point(served.id, _ALIAS, versions[-1], version)
        return {"botAliasId": _ALIAS}

    def _version(self, bot_id: str, name: str, number: str) -> dict[str, ServedLocale]:
        definition = bot.load(self.export(name))
        locales = {}
        for identifier, locale in definition.locales.items():
            locales[identifier] = ServedLocale(
                bot_id, definition, locale, None, version=number, alias_name="live"
            )
            locales[identifier].adopt(self._learned(locale))
        return locales

    def logged(self, session: str) -> dict[str, Any] | None:
        """The session's last record."""
        return last_record(self._log, session)

    def send(self, operation: str, members: dict[str, Any]) -> dict[str, Any]:
        """Write the request as botocore does, serve it, and read the response as botocore does."""
        model = self.model.operation_model(operation)
        written = self._serializer.serialize_to_request(members, model)
        status, headers, body = self._runner.run(self._serve(written))
        if self._check is not None:
            self._check(operation, status, headers, body)
        parsed: dict[str, Any] = self._parser.parse(
            {"headers": headers, "body": body, "status_code": status}, model.output_shape
        )
        parsed["ResponseMetadata"]["HTTPHeaders"] = headers
        return parsed

    def wait(self, seconds: float) -> None:
        """Put the clock forward."""
        self._clock.forward(seconds)

    async def _serve(self, written: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        body = written["body"]
        coming = [{"type": "http.request", "body": body or b"", "more_body": False}]
        headers = {b"host": b"127.0.0.1"} | {
            name.lower().encode(): str(value).encode() for name, value in written["headers"].items()
        }
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": written["method"],
            "scheme": "http",
            "path": unquote(written["url_path"]),
            "raw_path": written["url_path"].encode(),
            "query_string": b"",
            "root_path": "",
            "headers": list(headers.items()),
        }
        answer: dict[str, Any] = {"body": b""}

        async def receive() -> dict[str, Any]:
            return coming.pop(0) if coming else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                answer["status"] = message["status"]
                answer["headers"] = {n.decode(): v.decode("latin-1") for n, v in message["headers"]}
            else:
                answer["body"] += message.get("body", b"")

        await self._app(scope, receive, send)
        return answer["status"], answer["headers"], answer["body"]

    # --- the bots ---------------------------------------------------------------------

    async def _open(
        self, scenario: Scenario, hook: str | None, *, hangs: bool
    ) -> tuple[Any, Catalogue]:
        name, quotas = scenario.bot, scenario.quotas
        understanding = UnderstandingSetting(sentiment=scenario.sentiment)
        catalogue = Catalogue([self.export(name)], understanding=understanding)
        (served,) = catalogue.bots
        for locale in served.locales.values():
            locale.adopt(self._learned(locale.definition))
        given = () if hook is None else (_hook_setting(hook, hangs=hangs),)
        about = f"{name} {hook} {hangs} {quotas} {scenario.sentiment}".encode()
        sessions = Path(self._folder.name) / f"{hashlib.sha256(about).hexdigest()}.sqlite3"

        plan = plan_rehearsal(
            catalogue,
            Rehearsal(clock=self._clock, sessions=sessions),
            Settings(hooks=given, quotas=quotas, logs=LogsSetting(file=str(self._log))),
        )
        runtime = await self._runtimes.enter_async_context(plan.open())
        return doors(runtime, ServerSettings()), catalogue

    def export(self, name: str) -> Path:
        """The bot's export: written where it is one of the suite's own."""
        return export(name, self._suite, Path(self._folder.name), self._shared)

    def _learned(self, locale: bot.BotLocale) -> nlu.Model:
        content = spoken(locale)
        key = msgspec.json.encode(content)
        if key not in self._models:
            before = self._latest.get(locale.identifier)
            model = nlu.learn(content, previous=before)
            self._models[key] = self._latest[locale.identifier] = model
        return self._models[key]


def last_record(log: Path, session: str) -> dict[str, Any] | None:
    """The last record of a session in a conversation log."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    for line in reversed(lines):
        record: dict[str, Any] = json.loads(line)
        if record["sessionId"] == session:
            return record
    return None


def _hook_setting(hook: str, *, hangs: bool) -> HookSetting:
    # In this process: the hook plays the scenario's script, which is here, and is looked at.
    return HookSetting(python=hook, timeout=HOOK_SECONDS if hangs else 30.0, processes=0)


def export(name: str, suite: Suite, folder: Path, shared: Path | None) -> Path:
    """The path of a scenario's bot; one of the suite's own is written to ``folder`` as a zip.

    Raises:
        LookupError: a public bot is wanted, and ``shared`` is not there.
    """
    kind, _, rest = name.partition(":")
    if kind == "example":
        return bot.bundled()[rest]
    if kind == "material":
        return _MATERIAL / "bots" / rest
    if kind == "shared":
        if shared is None:
            raise LookupError(f"{name} needs the folder ../shared")
        return shared / "bots" / rest
    path = folder / f"{name}.zip"
    if not path.exists():
        bot.save(build(name, suite.bots), path)
    return path
