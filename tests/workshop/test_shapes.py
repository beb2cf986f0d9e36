"""The shapes are made from botocore's service model, and hold what is put into them."""

import codegen.shapes
from daehwa.workshop.shapes.bots import CreateBotResponse, DescribeBotResponse


def test_the_modules_are_those_that_the_generator_writes():
    files = codegen.shapes.files()
    assert set(files) == set(codegen.shapes.FOLDER.glob("*.py"))
    assert {path: path.read_text(encoding="utf-8") for path in files} == files


def test_members_have_their_names_on_the_wire_and_unset_ones_are_left_out():
    response = DescribeBotResponse(bot_id="ABCDEFGHIJ", idle_session_ttl_in_seconds=300)
    assert response.members() == {"botId": "ABCDEFGHIJ", "idleSessionTTLInSeconds": 300}
    assert DescribeBotResponse.from_members(response.members() | {"other": 1}) == response


def test_a_shape_takes_the_members_that_it_shares_with_another():
    described = DescribeBotResponse(bot_name="Tea", failure_reasons=["not a member of the other"])
    made = CreateBotResponse.from_shape(described, bot_status="Creating")
    assert made == CreateBotResponse(bot_name="Tea", bot_status="Creating")
