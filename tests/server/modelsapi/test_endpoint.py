"""The model-building API over HTTP: every path of the service model answers as Lex does."""

import botocore.session
import pytest
from asgi import call

from daehwa.conversation import Catalogue
from daehwa.server import ServerSettings, doors
from daehwa.stores import FolderObjects
from daehwa.workshop import ROUTES, Workshop, operations

BOT = {
    "botName": "Tea",
    "roleArn": "arn:aws:iam::123456789012:role/lex",
    "dataPrivacy": {"childDirected": False},
    "idleSessionTTLInSeconds": 300,
}
NOT_THERE = [route for route in ROUTES if route.name not in operations()]


@pytest.fixture
async def app(runtime, tmp_path):
    async with Workshop(Catalogue([], None), FolderObjects(tmp_path)) as workshop:
        yield doors(runtime, ServerSettings(), workshop=workshop)


def filled(path):
    """A path with something for each of its labels."""
    return "/".join("ABCDEFGHIJ" if part.startswith("{") else part for part in path.split("/"))


def unknown(answer):
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (404, "UnknownOperationException")
    assert answer.headers["x-amzn-requestid"]
    return answer.json["message"]


@pytest.mark.parametrize("route", NOT_THERE, ids=lambda route: route.name)
async def test_an_operation_that_is_not_there_is_named(app, route):
    assert route.name in unknown(await call(app, route.method, filled(route.path)))


@pytest.mark.parametrize("service", ["lexv2-models", "lexv2-runtime"])
async def test_every_path_of_the_service_models_answers_in_lexs_shape(app, service):
    model = botocore.session.get_session().get_service_model(service)
    for name in model.operation_names:
        http = model.operation_model(name).http
        # No operation has this method, so that only the path is looked at.
        message = unknown(await call(app, "PATCH", filled(http["requestUri"])))
        assert "has this method and path" in message


async def test_the_slash_at_the_end_may_be_left_out(app):
    for path in ("/bots/", "/bots"):
        answer = await call(app, "POST", path)
        assert (answer.status, answer.json) == (200, {"botSummaries": []})


async def test_the_labels_of_a_path_are_decoded(app):
    arn = "arn%3Aaws%3Alex%3Aus-east-1%3A123456789012%3Abot%2FABCDEFGHIJ"
    answer = await call(app, "GET", f"/tags/{arn}")
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (404, "ResourceNotFoundException")


async def test_what_does_not_exist_is_the_error_that_the_operation_declares(app):
    place = "/bots/ABCDEFGHIJ/botversions/DRAFT/botlocales/ko_KR/"
    for method, path, error in (
        ("GET", place, "ResourceNotFoundException"),
        ("POST", place, "PreconditionFailedException"),
        ("POST", f"{place}intents/", "ValidationException"),
    ):
        answer = await call(app, method, path)
        assert answer.headers["x-amzn-errortype"] == error


async def test_a_setting_is_stored_and_returned_as_it_came_without_nulls(app):
    given = {"enabled": True, "newer": {"than": "we", "nothing": None}}
    made = await call(app, "PUT", "/bots/", {**BOT, "errorLogSettings": given})
    assert made.status == 202
    described = await call(app, "GET", f"/bots/{made.json['botId']}/")
    settings = {"enabled": True, "newer": {"than": "we"}}
    assert described.json["errorLogSettings"] == settings
    assert made.json["errorLogSettings"] == settings


async def test_an_address_of_an_upload_is_the_servers_own(app):
    made = await call(app, "POST", "/createuploadurl/")
    assert made.json["uploadUrl"].startswith("http://127.0.0.1:8080/transfers/")


async def test_a_response_without_content_has_no_body(app):
    bot_id = (await call(app, "PUT", "/bots/", BOT)).json["botId"]
    policy = f"/policy/arn%3Aaws%3Alex%3Aeu%3A1%3Abot%2F{bot_id}/"
    await call(app, "POST", policy, {"policy": '{"Statement": []}'})
    answer = await call(app, "DELETE", policy)
    assert (answer.status, answer.body, "content-length" in answer.headers) == (204, b"", False)
