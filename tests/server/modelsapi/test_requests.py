"""Requests of the model-building API are read as typed shapes, or refused in Lex's words."""

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daehwa import lex, workshop
from daehwa.server.modelsapi.requests import read_request

ROUTES = {route.name: route for route in workshop.ROUTES}
BOT = {
    "botName": "Tea",
    "roleArn": "arn:aws:iam::123456789012:role/lex",
    "dataPrivacy": {"childDirected": False},
    "idleSessionTTLInSeconds": 300,
}
LOCALE = (b"ABCDEFGHIJ", b"DRAFT", b"ko_KR")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def read(name, body=None, labels=(), query=""):
    model = workshop.operations()[name].model
    encoded = body if isinstance(body, bytes) else msgspec.json.encode(body) if body else b""
    return read_request(ROUTES[name], model, labels, query, encoded)


def refusal(*arguments, **more):
    with pytest.raises(lex.ValidationException) as refused:
        read(*arguments, **more)
    return str(refused.value)


def test_members_come_from_the_path_the_query_and_the_body():
    request = read("UntagResource", labels=(b"arn%3Aaws%3Alex",), query="tagKeys=a&tagKeys=b")
    assert (request.resource_arn, request.tag_keys) == ("arn:aws:lex", ["a", "b"])
    request = read("DeleteBot", labels=(b"ABCDEFGHIJ",), query="skipResourceInUseCheck=true")
    assert (request.bot_id, request.skip_resource_in_use_check) == ("ABCDEFGHIJ", True)
    request = read("CreateBot", BOT)
    assert request.idle_session_ttl_in_seconds == 300
    assert request.data_privacy.child_directed is False
    assert request.members() == BOT


def test_unknown_members_are_left_out_and_null_is_a_member_that_is_not_there():
    request = read("CreateBot", {**BOT, "colour": "red", "description": None})
    assert request.members() == BOT


def test_a_bots_definition_passes_as_it_came():
    definition = {"enabled": True, "plain": [{"nested": None}], "active": None}
    request = read("CreateIntent", {"intentName": "A", "dialogCodeHook": definition}, LOCALE)
    assert request.dialog_code_hook == definition


def prompting(**prompt):
    """An intent whose confirmation has this prompt, over one that is whole."""
    words = [{"message": {"plainTextMessage": {"value": "Shall I?"}}}]
    whole = {"messageGroups": words, "maxRetries": 2}
    return {"intentConfirmationSetting": {"promptSpecification": whole | prompt}}


def answering(**branching):
    """An intent whose first response branches like this."""
    whole = {"active": True, "conditionalBranches": [], "defaultBranch": {}}
    return {"initialResponseSetting": {"conditional": whole | branching}}


BRANCH = {
    "name": "late",
    "condition": {"expressionString": "[hour] > 22"},
    "nextStep": {"dialogAction": {"type": "EndConversation"}},
}
NO_KEY = "Map keys must satisfy constraint: [Member must satisfy enum value set: [Initial, Retry1,"


@pytest.mark.parametrize(
    ("intent", "constraint"),
    [
        (answering(), "at 'initialResponseSetting.conditional.conditionalBranches' failed"),
        (answering(conditionalBranches=[BRANCH] * 5), "less than or equal to 4"),
        (
            answering(conditionalBranches=[BRANCH], defaultBranch=None),
            "Value null at 'initialResponseSetting.conditional.defaultBranch' failed",
        ),
        (
            answering(conditionalBranches=[BRANCH | {"nextStep": None}]),
            "at 'initialResponseSetting.conditional.conditionalBranches.1.member.nextStep' failed",
        ),
        (
            answering(conditionalBranches=[BRANCH | {"name": "a b"}]),
            "Value 'a b' at 'initialResponseSetting.conditional.conditionalBranches.1.member.name'",
        ),
        (
            {"initialResponseSetting": {"nextStep": {"dialogAction": {"type": "Jump"}}}},
            "Value 'Jump' at 'initialResponseSetting.nextStep.dialogAction.type' failed",
        ),
        (prompting(maxRetries=None), "at 'intentConfirmationSetting.promptSpecification.maxRetr"),
        (prompting(maxRetries=6), "Member must have value less than or equal to 5"),
        (prompting(messageGroups=[]), "Member must have length greater than or equal to 1"),
        (prompting(messageGroups="Shall I?"), "Member must be of type list"),
        (prompting(promptAttemptsSpecification={"Retry9": {}}), NO_KEY),
        ({"outputContexts": [{"name": "c"}]}, "at 'outputContexts.1.member.timeToLiveInSeconds'"),
        ({"dialogCodeHook": {}}, "Value null at 'dialogCodeHook.enabled' failed"),
        ({"dialogCodeHook": {"enabled": "yes"}}, "Member must be of type boolean"),
    ],
)
def test_a_definition_is_checked_at_every_depth(intent, constraint):
    assert constraint in refusal("CreateIntent", {"intentName": "A", **intent}, LOCALE)


def test_what_holds_its_own_kind_is_checked_too():
    values = [{"shape": "List", "values": [{"shape": "Heap"}]}]
    step = {"dialogAction": {"type": "CloseIntent"}, "intent": {"slots": {"Tea": values[0]}}}
    wrong = refusal(
        "CreateIntent", {"intentName": "A", "initialResponseSetting": {"nextStep": step}}, LOCALE
    )
    assert "Value 'Heap' at 'initialResponseSetting.nextStep.intent.slots.Tea.values.1." in wrong


@pytest.mark.parametrize("body", [b"{", b'{"botName": "\xff"}', b"[" * 9_000])
def test_what_is_no_json_is_refused(body):
    assert refusal("CreateBot", body).startswith("The request is not valid JSON: ")


def test_what_is_no_object_is_refused():
    assert refusal("CreateBot", b"[1]") == "The request is not a JSON object"


def test_everything_wrong_is_reported_at_once_the_path_first():
    context = {"name": "c", "timeToLiveInSeconds": 5, "turnsToLive": 1}
    body = {"intentName": "not a name", "sampleUtterances": ["x"], "outputContexts": [context] * 11}
    assert refusal("CreateIntent", body, (b"SHORT", b"1", b"ko_KR")) == (
        "6 validation errors detected: "
        "Value 'SHORT' at 'botId' failed to satisfy constraint: "
        "Member must have length greater than or equal to 10; "
        "Value '1' at 'botVersion' failed to satisfy constraint: "
        "Member must have length greater than or equal to 5; "
        "Value '1' at 'botVersion' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^DRAFT$; "
        "Value 'not a name' at 'intentName' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^([0-9a-zA-Z][_-]?){1,100}$; "
        "Value at 'sampleUtterances' failed to satisfy constraint: Member must hold structures; "
        "Value at 'outputContexts' failed to satisfy constraint: "
        "Member must have length less than or equal to 10"
    )


@pytest.mark.parametrize(
    ("member", "value", "constraint"),
    [
        ("botName", None, "Value null at 'botName' failed to satisfy constraint: Member must not"),
        ("botName", 5, "Value at 'botName' failed to satisfy constraint: Member must be of type s"),
        ("dataPrivacy", [], "Value at 'dataPrivacy' failed to satisfy constraint: Member must be"),
        ("botTags", {"a": 1}, "Value at 'botTags' failed to satisfy constraint: Member must hold"),
        ("idleSessionTTLInSeconds", True, "Member must be of type integer"),
        ("idleSessionTTLInSeconds", 300.0, "Member must be of type integer"),
        ("idleSessionTTLInSeconds", 59, "Member must have value greater than or equal to 60"),
        (
            "botType",
            "Cat",
            "Value 'Cat' at 'botType' failed to satisfy constraint: Member must sat",
        ),
        ("botType", 7, "Value at 'botType' failed to satisfy constraint: Member must be of type s"),
    ],
)
def test_a_member_that_breaks_a_constraint_is_named(member, value, constraint):
    assert constraint in refusal("CreateBot", {**BOT, member: value})


def test_choices_are_listed_in_the_models_order():
    wrong = refusal("StartImport", {"mergeStrategy": "Guess"})
    assert "Member must satisfy enum value set: [Overwrite, FailOnConflict, Append]" in wrong


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"dataPrivacy": {}}, "Value null at 'dataPrivacy.childDirected'"),
        ({"dataPrivacy": {"childDirected": "no"}}, "Value at 'dataPrivacy.childDirected'"),
        ({"botTags": {"": "x"}}, "Value '' at 'botTags.key'"),
        ({"botTags": {"a": "x" * 257}}, "at 'botTags.a'"),
    ],
)
def test_a_structure_that_is_read_here_is_checked_inside(body, place):
    assert place in refusal("CreateBot", {**BOT, **body})


def test_the_items_of_a_list_are_named_by_their_place():
    filters = [{"name": "BotName", "operator": "EQ", "values": ["Tea"]}, {"operator": "LIKE"}]
    wrong = refusal("ListBots", {"filters": filters})
    assert "Value null at 'filters.2.member.name'" in wrong
    assert "Value 'LIKE' at 'filters.2.member.operator'" in wrong


def test_a_password_is_not_repeated():
    wrong = refusal("StartImport", {"importId": "ABCDEFGHIJ", "filePassword": "s3cret" * 200})
    assert "Value at 'filePassword'" in wrong
    assert "s3cret" not in wrong


@given(st.data())
def test_whatever_is_sent_is_read_or_refused(data):
    name = data.draw(st.sampled_from(sorted(workshop.operations())))
    members = workshop.operations()[name].model.request.__struct_encode_fields__
    body = {member: data.draw(JSON) for member in members if data.draw(st.booleans())}
    labels = tuple(data.draw(st.binary(min_size=1, max_size=12)) for _ in ROUTES[name].labels)
    with contextlib.suppress(lex.ValidationException):
        assert isinstance(read(name, body, labels), workshop.Shape)
