"""Each change of a bot is a line of the log: who, what, which, how it went."""

import structlog
from asgi import call

from daehwa.conversation import Catalogue
from daehwa.server import ServerSettings, doors
from daehwa.stores import FolderObjects
from daehwa.workshop import Workshop

BOT = {
    "botName": "Tea",
    "roleArn": "arn:aws:iam::123456789012:role/lex",
    "dataPrivacy": {"childDirected": False},
    "idleSessionTTLInSeconds": 300,
}


async def lines(runtime, tmp_path, *requests, **settings):
    """The lines about bots that these requests leave."""
    async with Workshop(Catalogue([], None), FolderObjects(tmp_path)) as workshop:
        app = doors(runtime, ServerSettings(**settings), workshop=workshop)
        with structlog.testing.capture_logs() as logs:
            for method, path, body, headers in requests:
                await call(app, method, path, body, {"x-request-id": "r-1", **headers})
    return [line for line in logs if line["event"].startswith("bot_")]


async def test_a_change_names_who_what_and_which(runtime, tmp_path):
    file = tmp_path / "credentials.toml"
    file.write_text('[tokens.team]\nsecret = "builder"\nscopes = ["build"]\n')
    bearer = {"authorization": "Bearer builder"}
    (line,) = await lines(
        runtime,
        tmp_path,
        ("PUT", "/bots/", BOT, bearer),
        ("POST", "/bots/", {}, bearer),
        credentials=file,
    )
    assert len(line.pop("botId")) == 10
    assert line == {
        "event": "bot_changed",
        "log_level": "info",
        "who": "team",
        "operation": "CreateBot",
        "botName": "Tea",
        "request_id": "r-1",
        "outcome": "ok",
    }


async def test_what_was_refused_is_a_line_too(runtime, tmp_path):
    alias = {"botAliasName": "live"}
    (line,) = await lines(
        runtime, tmp_path, ("PUT", "/bots/ABCDEFGHIJ/botaliases/", alias, {}), loopback=False
    )
    assert (line["event"], line["outcome"]) == ("bot_change_refused", "AccessDeniedException")
    assert (line["who"], line["botId"]) == ("anonymous", "ABCDEFGHIJ")
    (line,) = await lines(runtime, tmp_path, ("DELETE", "/bots/ABCDEFGHIJ/", b"", {}))
    assert (line["operation"], line["outcome"]) == ("DeleteBot", "PreconditionFailedException")
