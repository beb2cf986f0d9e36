"""The model-building API while its store fails: a clear error, and nothing half-done."""

import pytest
from asgi import call

from daehwa.conversation import Catalogue
from daehwa.server import ServerSettings, doors
from daehwa.stores import FolderObjects, open_objects
from daehwa.workshop import Workshop

TEA = {
    "botName": "Tea",
    "roleArn": "arn:aws:iam::123456789012:role/lex",
    "dataPrivacy": {"childDirected": False},
    "idleSessionTTLInSeconds": 300,
}
ON_SERVERS = ["redis", "postgres"]


def refused(answer):
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (503, "InternalServerException")
    assert "Traceback" not in answer.body.decode()
    return True


async def listed(app):
    return [one["botName"] for one in (await call(app, "POST", "/bots/")).json["botSummaries"]]


async def test_a_bot_that_finds_no_room_is_not_there(runtime, full_disk):
    folder, fill = full_disk
    async with Workshop(Catalogue([], None), FolderObjects(folder)) as workshop:
        app = doors(runtime, ServerSettings(), workshop=workshop)
        bot_id = (await call(app, "PUT", "/bots/", TEA)).json["botId"]
        make_room = fill()
        assert refused(await call(app, "PUT", "/bots/", TEA | {"botName": "Coffee"}))
        assert refused(await call(app, "PUT", f"/bots/{bot_id}/", TEA | {"botName": "Cocoa"}))
        assert refused(await call(app, "POST", "/createuploadurl/"))
        assert await listed(app) == ["Tea"]
        assert FolderObjects(folder).listing("bots").keys() == {
            f"bots/{bot_id}/record.json",
            f"bots/{bot_id}/DRAFT.zip",
        }
        make_room()
        assert (await call(app, "PUT", "/bots/", TEA | {"botName": "Coffee"})).status == 202
        assert await listed(app) == ["Coffee", "Tea"]


@pytest.mark.parametrize("kind", ON_SERVERS)
async def test_a_store_that_is_away_refuses_and_is_found_again(runtime, request, tmp_path, kind):
    server = request.getfixturevalue(f"failing_{kind}")
    url = server.url.format(0 if kind == "redis" else "postgres")
    with open_objects(url, tmp_path) as objects:
        async with Workshop(Catalogue([], None), objects) as workshop:
            app = doors(runtime, ServerSettings(), workshop=workshop)
            assert (await call(app, "PUT", "/bots/", TEA)).status == 202
            server.freeze()
            assert refused(await call(app, "PUT", "/bots/", TEA | {"botName": "Coffee"}))
            assert refused(await call(app, "POST", "/bots/"))
            server.thaw()
            while (await call(app, "POST", "/bots/")).status == 503:
                pass
            assert (await call(app, "PUT", "/bots/", TEA | {"botName": "Cocoa"})).status == 202
            names = await listed(app)
            assert names in (["Cocoa", "Tea"], ["Cocoa", "Coffee", "Tea"])
