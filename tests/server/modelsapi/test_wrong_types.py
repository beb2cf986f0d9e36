"""Whatever type a member of a request has instead of its own: an answer of Lex's, never a crash."""

import copy
import itertools
import os
from urllib.parse import quote

import botocore.session
import pytest
from asgi import call

from daehwa import bot
from daehwa.conversation import Catalogue
from daehwa.server import ServerSettings, doors
from daehwa.stores import FolderObjects
from daehwa.workshop import Workshop, operations

WRONG = ([[]], {"a": {}}, 7, -1e300, True, "text", [None], ["text"], [{}], "\x00\ud7ff", {"": []})
# What stands in requests for the type that a shape has.
OF_TYPE = {"integer": 1, "long": 1, "double": 0.5, "float": 0.5, "boolean": True, "timestamp": 1}
DEEPEST = 9
MODEL = botocore.session.get_session().get_service_model("lexv2-models")


def plain(shape, depth=0):
    """A value of a shape, with nothing in it but what is required."""
    if shape.type_name == "structure":
        return {
            name: plain(shape.members[name], depth + 1)
            for name in shape.required_members
            if depth < DEEPEST
        }
    if shape.type_name == "list":
        return [plain(shape.member, depth + 1)] if depth < DEEPEST else []
    if shape.type_name == "map":
        return {"ko_KR": plain(shape.value, depth + 1)}
    if shape.type_name == "string":
        return shape.enum[0] if shape.enum else "Tea"
    return OF_TYPE[shape.type_name]


def places(shape, seen=()):
    """Where values stand in a request: paths of names and indices."""
    if shape.name in seen or len(seen) > DEEPEST:
        return
    inner = {}
    if shape.type_name == "structure":
        inner = shape.members
    elif shape.type_name == "list":
        inner = {0: shape.member}
    elif shape.type_name == "map":
        inner = {"ko_KR": shape.value}
    for name, member in inner.items():
        yield (name,), (shape, member)
        for path, shapes in places(member, (*seen, shape.name)):
            yield (name, *path), shapes


def with_value(shape, request, path, value):
    """The request with a value at a path; what is missing on the way is filled in."""
    changed = copy.deepcopy(request)
    here = changed
    for step, following in itertools.pairwise(path):
        shape = inner_shape(shape, step)
        if isinstance(here, list):
            here[:] = here or [plain(shape)]
        elif step not in here:
            here[step] = plain(shape)
        here = here[step]
        if isinstance(following, int) and not here:
            here.append(plain(inner_shape(shape, following)))
    here[path[-1]] = value
    return changed


def inner_shape(shape, step):
    if shape.type_name == "structure":
        return shape.members[step]
    return shape.member if shape.type_name == "list" else shape.value


@pytest.fixture
async def made(runtime, tmp_path, monkeypatch):
    """An app, and the ids of what has been made there."""
    # Thousands of changes, of which none has to survive a power cut.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    async with Workshop(Catalogue([], None), FolderObjects(tmp_path)) as workshop:
        app = doors(runtime, ServerSettings(), workshop=workshop)
        tea = {
            "botName": "Tea",
            "roleArn": "arn:aws:iam::123456789012:role/lex",
            "dataPrivacy": {"childDirected": False},
            "idleSessionTTLInSeconds": 300,
        }
        bot_id = (await call(app, "PUT", "/bots/", tea)).json["botId"]
        place = f"/bots/{bot_id}/botversions/DRAFT/botlocales/"
        locale = {"localeId": "ko_KR", "nluIntentConfidenceThreshold": 0.4}
        await call(app, "PUT", place, locale)
        place += "ko_KR/"
        intent = await call(app, "PUT", f"{place}intents/", {"intentName": "Order"})
        slot_type = await call(app, "PUT", f"{place}slottypes/", {"slotTypeName": "Leaf"})
        slot = {
            "slotName": "Leaf",
            "slotTypeId": "AMAZON.City",
            "valueElicitationSetting": {"slotConstraint": "Optional"},
        }
        intent_id = intent.json["intentId"]
        slots = await call(app, "PUT", f"{place}intents/{intent_id}/slots/", slot)
        upload = (await call(app, "POST", "/createuploadurl/")).json
        content = bot.pack(bot.load(bot.bundled()["HelloWorldBot"]))
        await call(app, "PUT", upload["uploadUrl"].partition(":8080")[2], [content])
        ids = {
            "botId": bot_id,
            "botVersion": "DRAFT",
            "botAliasId": "TSTALIASID",
            "localeId": "ko_KR",
            "intentId": intent_id,
            "slotId": slots.json["slotId"],
            "slotTypeId": slot_type.json["slotTypeId"],
            "importId": upload["importId"],
            "exportId": "EXPORTEXPO",
            "statementId": "statement",
            "resourceArn": f"arn:aws:lex:eu-west-1:123456789012:bot/{bot_id}",
            "resourceARN": f"arn:aws:lex:eu-west-1:123456789012:bot/{bot_id}",
        }
        yield app, ids


@pytest.mark.parametrize("name", sorted(operations()))
async def test_no_type_of_a_member_is_a_crash(made, name):
    app, ids = made
    operation = MODEL.operation_model(name)
    shape = operation.input_shape
    outside = {member for member, one in shape.members.items() if one.serialization.get("location")}
    path = operation.http["requestUri"]
    for label, value in ids.items():
        path = path.replace(f"{{{label}}}", quote(value, safe=""))
    request = {member: value for member, value in plain(shape).items() if member not in outside}
    request |= {label: value for label, value in ids.items() if label in request}
    crashes, kinds = [], set()
    for place, (owner, member) in places(shape):
        # Of each member of each shape one place is enough, however often it comes.
        if place[0] in outside or (owner.name, place[-1]) in kinds:
            continue
        kinds.add((owner.name, place[-1]))
        for wrong in WRONG:
            body = with_value(shape, request, place, wrong)
            answer = await call(app, operation.http["method"], path, body)
            if answer.status >= 500:
                crashes.append((place, wrong, member.type_name))
    assert crashes == []


async def test_an_operator_that_is_a_list_is_the_requests_fault(made):
    app, _ = made
    body = {"filters": [{"name": "BotName", "values": ["Tea"], "operator": ["EQ"]}]}
    answer = await call(app, "POST", "/bots/", body)
    assert (answer.status, answer.headers["x-amzn-errortype"]) == (400, "ValidationException")
    assert "'filters.1.member.operator'" in answer.json["message"]
