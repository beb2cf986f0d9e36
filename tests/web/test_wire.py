"""`wire.d.ts`, which the page's scripts are checked against, says what the server sends."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from tests.web.edges import card, from_model, reply

from daehwa import lex, web
from daehwa.answers.answerer import ReadinessState
from daehwa.chat import (
    ChatIntent,
    ChatReply,
    ChatRequest,
    Fault,
    Feedback,
    Rating,
    Timing,
    TurnState,
)

WIRE = (Path(web.__file__).parent / "wire.d.ts").read_text(encoding="utf-8")
INTERFACE = re.compile(r"^export interface (\w+) \{\n(.*?)^\}", re.DOTALL | re.MULTILINE)
MEMBER = re.compile(r"^  (\w+)(\??): (.+);$", re.MULTILINE)


def interfaces():
    """Each interface's members: whether they may be left out, and their types."""
    without = re.sub(r"//[^\n]*", "", re.sub(r"/\*\*.*?\*/", "", WIRE, flags=re.DOTALL))
    return {
        name: {member: (bool(mark), kind) for member, mark, kind in MEMBER.findall(body)}
        for name, body in INTERFACE.findall(without)
    }


MEMBERS = interfaces()
STRUCTS = {
    "Button": lex.Button,
    "ChatIntent": ChatIntent,
    "ChatReply": ChatReply,
    "DialogAction": lex.DialogAction,
    "Fault": Fault,
    "Feedback": Feedback,
    "ImageResponseCard": lex.ImageResponseCard,
    "Intent": lex.Intent,
    "Interpretation": lex.Interpretation,
    "Message": lex.Message,
    "Slot": lex.Slot,
    "SlotValue": lex.SlotValue,
    "SubSlotToElicit": lex.SubSlotToElicit,
    "Timing": Timing,
}


@pytest.mark.parametrize("name", STRUCTS)
def test_a_value_has_these_members_and_is_null_or_absent_where_it_says_so(name):
    kind = msgspec.inspect.type_info(STRUCTS[name])
    left_out = STRUCTS[name].__struct_config__.omit_defaults
    assert list(MEMBERS[name]) == [field.encode_name for field in kind.fields]
    for field in kind.fields:
        optional, written = MEMBERS[name][field.encode_name]
        written_as = getattr(field.type, "type", field.type)
        nullable = isinstance(written_as, msgspec.inspect.UnionType) and written_as.includes_none
        assert optional == (left_out and not field.required), field.encode_name
        assert ("| null" in written.split(">")[-1]) == (nullable and not left_out), (
            field.encode_name
        )


def test_a_request_may_leave_out_all_but_its_text():
    fields = msgspec.inspect.type_info(ChatRequest).fields
    expected = {field.encode_name: not field.required for field in fields}
    assert {name: mark for name, (mark, _) in MEMBERS["ChatRequest"].items()} == expected


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("AnswerState", get_args(ReadinessState)),
        ("ConfirmationState", get_args(lex.ConfirmationState)),
        ("IntentState", get_args(lex.IntentState)),
        ("Rating", get_args(Rating)),
        ("TurnState", get_args(TurnState)),
    ],
)
def test_a_word_is_one_of_these(name, values):
    (written,) = re.findall(rf"^export type {name} =([^;]+);", WIRE, re.MULTILINE)
    assert set(re.findall(r'"(\w+)"', written)) == set(values)


def check(name, value):
    """A value of the real wire has the members of an interface, and no other."""
    members = MEMBERS[name]
    needed = {member for member, (optional, _) in members.items() if not optional}
    assert needed <= set(value) <= set(members), name
    for member, (_, written) in members.items():
        if value.get(member) is None:
            assert member not in value or "null" in written or written == "unknown", (name, member)
            continue
        inner = re.sub(r" \| null$", "", written)
        if inner.endswith("[]") and inner[:-2] in MEMBERS:
            for one in value[member]:
                check(inner[:-2], one)
        elif inner in MEMBERS:
            check(inner, value[member])


async def test_a_talk_on_the_real_wire_has_these_shapes(chat, server):
    server.on(
        "카드", reply("골라요", card("기분", ("하나", "1"), subtitle="s"), action="ElicitSlot")
    )
    server.on("질문", from_model("**답**"))
    for text in ("카드", "1", "질문"):
        await chat.say(text)
    await chat.act("up").click()
    await chat.page.wait_for_selector('[data-act="up"][aria-pressed="true"]')
    transcript = await server.transcript()
    check("Transcript", transcript)
    assert transcript["turns"][-1]["feedback"] == {"rating": "up", "comment": None}
    config = await chat.page.evaluate("fetch('/chat/config').then(answer => answer.json())")
    check("PageConfig", config)
    refused = await chat.page.evaluate(
        """fetch('/chat', {method: 'POST', body: '{"text": ""}'}).then(answer => answer.json())"""
    )
    check("ErrorBody", refused)


async def test_a_stream_has_these_events(chat, server):
    server.on("질문", from_model("둘 ", "조각"))
    told = await chat.page.evaluate(
        """async () => {
          const body = JSON.stringify({text: "질문", botId: "PADOBOOKS1", localeId: "ko_KR"});
          const headers = {Accept: "text/event-stream"};
          const answer = await fetch("/chat", {method: "POST", body, headers});
          return answer.text();
        }"""
    )
    events = re.findall(r"^event: (\w+)\ndata: (.+)$", told, re.MULTILINE)
    shapes = {"start": "StartEvent", "status": "StatusEvent", "delta": "DeltaEvent"}
    shapes["done"] = "ChatReply"
    assert {name for name, _ in events} == set(shapes)
    for name, data in events:
        check(shapes[name], msgspec.json.decode(data))
