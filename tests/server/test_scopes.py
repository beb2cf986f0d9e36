"""Each route with each scope: a route that stands in no row of the table fails the test."""

import re

import pytest
from asgi import call
from scripted import ScriptedRuntime
from test_access import FILE, OUTSIDE, bearer

from daehwa.conversation import Catalogue
from daehwa.server import ServerSettings, application, doors
from daehwa.server.lexapi import OPERATIONS
from daehwa.stores import FolderObjects
from daehwa.workshop import ROUTES, Workshop, operations

TOKENS = {None: None, "chat": "page-new", "build": "builder", "operate": "prometheus"}
# By how the route begins, the longest of them; ``None`` is for everybody.
SCOPES = {
    "/chat": "chat",
    "/chat/signin": None,
    "/v1": "chat",
    "/metrics": "operate",
    "/healthz": None,
    "/readyz": None,
    "/openapi.json": None,
}
PAGE = None  # whatever else the router knows is a file of the page


@pytest.fixture
async def app(tmp_path, monkeypatch):
    routes = []

    class Noting(application.Starlette):
        def __init__(self, **settings):
            routes.extend(settings["routes"])
            super().__init__(**settings)

    monkeypatch.setattr(application, "Starlette", Noting)
    file = tmp_path / "credentials.toml"
    file.write_text(FILE)
    async with Workshop(Catalogue([], None), FolderObjects(tmp_path)) as workshop:
        settings = ServerSettings(**OUTSIDE, credentials=file)
        yield doors(ScriptedRuntime(), settings, workshop=workshop), routes


def scope_of(path):
    starts = [start for start in SCOPES if path == start or path.startswith(f"{start}/")]
    return SCOPES[max(starts, key=len)] if starts else PAGE


async def refused(app, method, path):
    """The scopes that do not open a route; ``None`` among them is nobody's."""
    closed = set()
    for scope, token in TOKENS.items():
        headers = {} if token is None else bearer(token)
        if (await call(app, method, path, b"{}", headers)).status in (401, 403):
            closed.add(scope)
    return closed


async def test_every_route_of_the_router_opens_to_its_scope_alone(app):
    front, routes = app
    assert len(routes) > 20
    for route in routes:
        path = re.sub(r"\{[^}]*\}", "x1", route.path)
        needed = scope_of(path)
        closed = set() if needed is None else set(TOKENS) - {needed}
        for method in (route.methods or {"GET"}) - {"HEAD"}:
            assert await refused(front, method, path) == closed, (method, path)


async def test_every_operation_of_lex_opens_to_its_scope_alone(app):
    front, _ = app
    for operation in OPERATIONS:
        path = re.sub(r"\{[^}]*\}", "x1", operation.path)
        assert await refused(front, operation.method, path) == set(TOKENS) - {"chat"}, path


async def test_every_operation_that_makes_bots_opens_to_its_scope_alone(app):
    front, _ = app
    served = [route for route in ROUTES if route.name in operations()]
    assert len(served) > 50
    for route in served:
        path = re.sub(r"\{[^}]*\}", "x1", route.path)
        assert await refused(front, route.method, path) == set(TOKENS) - {"build"}, path


@pytest.mark.parametrize("operation", ["Query", "Retrieve", "BatchPutDocument"])
async def test_kendra_s_operations_open_to_their_scopes(app, operation):
    front, _ = app
    needed = "build" if operation.startswith("Batch") else "chat"
    target = f"AWSKendraFrontendService.{operation}"
    kind = {"x-amz-target": target, "content-type": "application/x-amz-json-1.1"}
    for scope, token in TOKENS.items():
        headers = kind if token is None else kind | bearer(token)
        answer = await call(front, "POST", "/", b"{}", headers)
        assert ("AccessDenied" in answer.body.decode()) == (scope != needed), (scope, answer)
