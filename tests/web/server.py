"""The real server, `daehwa serve` in a process of its own, and what a test knows of it."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import aiohttp
import msgspec
from aiohttp import web as http
from tests import learned_models
from tests.web.chat import until
from tests.web.edges import Edges

from daehwa import bot, stores
from daehwa.chat import SECRET_HEADER, owner_by_secret

_PATIENCE_SECONDS = 60
_CONFIG = """
quotas = false
[understanding]
quality = "fast"
[speech]
base_url = "http://127.0.0.1:{port}/v1"
[page]
image_hosts = ["a.b"]
[[hooks]]
bot = "PadoBooks"
url = "http://127.0.0.1:{port}/hook"
"""


class Serving:
    """A `daehwa serve` process: start it, kill it, start it again on the same port and data."""

    def __init__(self, folder, port, bots, *, arguments=(), config="", **environment):
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}/"
        self._config = folder / "daehwa.toml"
        self._config.write_text(config, encoding="utf-8")
        self._arguments = [*map(str, bots), *arguments]
        self._environment = environment
        self._process = None

    async def start(self):
        """Start it, and wait until its bots can talk."""
        learned_models.lend(self.folder / "data")
        self._begin()
        async with aiohttp.ClientSession() as session:
            await until(lambda: self._ready(session), _PATIENCE_SECONDS)

    def _begin(self):
        command = [sys.executable, "-m", "daehwa", "serve", "--port", str(self.port)]
        command += ["--data", str(self.folder / "data"), "--config", str(self._config)]
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OPENAI_", "DAEHWA_", "AWS_"))
        }
        with (self.folder / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *self._arguments],
                cwd=self.folder,
                env=kept | {"DAEHWA_LOG": "json"} | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def _ready(self, session):
        assert self._process.poll() is None, (self.folder / "serve.log").read_text()
        try:
            async with session.get(self.url + "readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    def kill(self):
        """Like a power cut for the process: no goodbye."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self):
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        learned_models.collect(self.folder / "data")

    def store(self):
        """The server's own store, opened beside it for a block."""
        return stores.open_store(f"sqlite:{self.folder / 'data' / 'daehwa.sqlite3'}")


async def open_edges():
    """Start the hook's and the model's servers; gives `Edges` and what closes them."""
    edges = Edges()
    await edges.__aenter__()
    application = http.Application()
    application.router.add_post("/hook", edges.hook)
    application.router.add_post("/v1/audio/transcriptions", edges.transcribe)
    application.router.add_post("/v1/audio/speech", edges.speak)
    runner = http.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = http.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    edges.hook_port = runner.addresses[0][1]

    async def close():
        await runner.cleanup()
        await edges.__aexit__()

    return edges, close


def config_of(edges, more=""):
    """The configuration of a server that calls these edges."""
    return _CONFIG.format(port=edges.hook_port) + more


class Server:
    """The real server as one test sees it: its script, and what reached it."""

    def __init__(self, serving, edges, sent):
        self.serving = serving
        self.edges = edges
        self.url = serving.url
        self.requests = sent
        edges.script.clear()
        edges.requests.clear()
        edges.recordings.clear()
        edges.spoken.clear()
        edges.transcription = "받아 적은 말"

    def on(self, text, answer):
        """Have the bot or the model answer `text` so; see `Edges.on`."""
        self.edges.on(text, answer)

    @property
    def sessions(self):
        """The sessions that the test's pages spoke in: their addresses, in order."""
        keys = {}
        for request in self.requests:
            key = stores.SessionKey(
                bot_id=request["botId"],
                alias_id=bot.TEST_ALIAS.identifier,
                locale_id=request["localeId"],
                session_id=request["sessionId"],
                owner=owner_by_secret(request["secret"]),
            )
            keys[key] = None
        return list(keys)

    async def transcript(self, key=None):
        """What the server knows of a session, the test's first by default."""
        key = key or self.sessions[0]
        path = f"chat/sessions/{key.session_id}?botId={key.bot_id}&localeId={key.locale_id}"
        secret = self._secret(key.session_id)
        async with (
            aiohttp.ClientSession(headers={SECRET_HEADER: secret}) as session,
            session.get(self.url + path) as answer,
        ):
            return await answer.json()

    def _secret(self, session_id):
        """The secret of a session, which the test's page sent with its messages."""
        return next(one["secret"] for one in self.requests if one["sessionId"] == session_id)

    async def turns(self):
        """The turns of all the test's sessions, as the server tells them."""
        return [turn for key in self.sessions for turn in (await self.transcript(key))["turns"]]

    async def texts(self):
        """The texts of those turns that the server took of the test's pages."""
        sent = {request["messageId"] for request in self.requests}
        return [turn["text"] for turn in await self.turns() if turn["messageId"] in sent]

    async def expire(self):
        """Have all the test's sessions ended by a long pause."""
        async with self.serving.store() as store:
            now = datetime.now(UTC)
            for key in self.sessions:
                stored = await store.load(key, now)
                await store.save(
                    key,
                    stored.session,
                    expected_version=stored.version,
                    expires_at=now - timedelta(seconds=1),
                )

    async def end_sessions(self):
        """End all the test's sessions as Lex's DeleteSession does: what was said stays."""
        async with self.serving.store() as store:
            for key in self.sessions:
                await store.delete(key, transcript=False)

    async def repeat_first_turn(self, times):
        """Have the first session hold its first turn that many times more, as a long talk does."""
        (key,) = self.sessions
        async with self.serving.store() as store:
            (turn,) = await store.turns(key)
            for number in range(times):
                again = msgspec.structs.replace(turn, message_id=f"{number:024x}")
                await store.start_turn(key, again)
