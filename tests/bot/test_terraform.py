"""Bots that Terraform configures, as `terraform show -json` has them."""

import copy
import json

import pytest

from daehwa import bot
from daehwa.bot.foreign import bring

P = "aws_lexv2models_"
UNKNOWN = ("bot_id", "intent_id", "slot_type_id")


def text(words):
    return [{"message": [{"plain_text_message": [{"value": words}]}], "variation": []}]


def resource(kind, name, index=None, /, **values):
    address = f"{P}{kind}.{name}" + ("" if index is None else f'["{index}"]')
    made = {"address": address, "mode": "managed", "type": P + kind, "name": name, "values": values}
    return made if index is None else {**made, "index": index}


IN_LOCALE = {"bot_id": "B0AT", "bot_version": "DRAFT", "locale_id": "en_GB"}
RESOURCES = [
    resource(
        "bot",
        "quay",
        id="B0AT",
        name="QuayBot",
        idle_session_ttl_in_seconds=420,
        data_privacy=[{"child_directed": True}],
        role_arn="arn:aws:iam::123456789012:role/lex",
        members=[],
    ),
    resource(
        "bot_locale",
        "en",
        **IN_LOCALE,
        n_lu_intent_confidence_threshold=0.55,
        voice_settings=[{"voice_id": "Amy", "engine": "neural"}],
    ),
    resource(
        "slot_type",
        "vessel",
        **IN_LOCALE,
        id="V1,x",
        slot_type_id="V1",
        name="Vessel",
        slot_type_values=[
            {"sample_value": [{"value": "ketch"}], "synonyms": [{"value": "two-master"}]},
            {"sample_value": [{"value": "sloop"}], "synonyms": []},
        ],
        value_selection_setting=[{"resolution_strategy": "TopResolution", "regex_filter": []}],
    ),
    resource(
        "intent",
        "all",
        "moor",
        **IN_LOCALE,
        intent_id="I1",
        name="Moor",
        sample_utterance=[{"utterance": "moor my {Kind}"}, {"utterance": "a berth please"}],
        dialog_code_hook=[{"enabled": True}],
        confirmation_setting=[
            {
                "active": True,
                "prompt_specification": [{"max_retries": 2, "message_group": text("Moor it?")}],
                "declination_response": [{"message_group": text("Off you sail.")}],
            }
        ],
        closing_setting=[
            {
                "active": True,
                "closing_response": [{"message_group": text("Moored.")}],
                "next_step": [
                    {
                        "dialog_action": [{"type": "EndConversation"}],
                        "session_attributes": {"moored": "yes"},
                        "intent": [],
                    }
                ],
            }
        ],
        output_context=[{"name": "moored", "time_to_live_in_seconds": 60, "turns_to_live": 3}],
    ),
    resource(
        "slot",
        "slots",
        "kind",
        **IN_LOCALE,
        intent_id="I1",
        slot_id="S1",
        name="Kind",
        slot_type_id="V1",
        value_elicitation_setting=[
            {
                "slot_constraint": "Required",
                "prompt_specification": [
                    {
                        "allow_interrupt": True,
                        "max_retries": 1,
                        "message_group": text("What is she?"),
                        "prompt_attempts_specification": [
                            {
                                "map_block_key": "Initial",
                                "allowed_input_types": [
                                    {"allow_audio_input": True, "allow_dtmf_input": False}
                                ],
                            }
                        ],
                    }
                ],
                "default_value_specification": [
                    {"default_value_list": [{"default_value": "sloop"}]}
                ],
            }
        ],
    ),
    resource(
        "slot",
        "slots",
        "day",
        **IN_LOCALE,
        intent_id="I1",
        slot_id="S2",
        name="Day",
        slot_type_id="AMAZON.Date",
        value_elicitation_setting=[
            {
                "slot_constraint": "Optional",
                "prompt_specification": [{"max_retries": 1, "message_group": text("When?")}],
            }
        ],
    ),
]
STATE = {"format_version": "1.0", "values": {"root_module": {"resources": RESOURCES}}}


def planned():
    """The same before it exists: identifiers are not known, the configuration refers."""
    resources = copy.deepcopy(RESOURCES)
    for each in resources:
        each["address"] = f"module.lex.{each['address']}"
        for name in (*UNKNOWN, "id", "slot_id"):
            if not str(each["values"].get(name)).startswith("AMAZON."):
                each["values"].pop(name, None)
    refers = {
        "bot_id": {"references": [f"{P}bot.quay.id", f"{P}bot.quay"]},
        "intent_id": {"references": [f'{P}intent.all["moor"].intent_id', f"{P}intent.all"]},
        "slot_type_id": {"references": ["each.value.type", f"{P}slot_type.vessel"]},
    }
    configured = [
        {"address": f"{P}{kind}.{name}", "expressions": refers}
        for kind, name in (("intent", "all"), ("slot", "slots"), ("slot_type", "vessel"))
    ]
    module = {
        "child_modules": [{"address": "module.lex", "resources": resources}],
        "resources": [],
    }
    return {
        "planned_values": {"root_module": module},
        "configuration": {
            "root_module": {
                "module_calls": {"lex": {"module": {"resources": configured}}},
            }
        },
    }


def imported(folder, document):
    file = folder / "quay.json"
    file.write_text(json.dumps(document))
    return bring(file)


@pytest.fixture(params=["state", "plan"])
def quay(request, tmp_path):
    return imported(tmp_path, STATE if request.param == "state" else planned())


def test_everything_is_where_lex_has_it(quay):
    made = quay.bot
    assert (made.name, made.idle_session_ttl_in_seconds) == ("QuayBot", 420)
    assert made.data_privacy.child_directed
    locale = made.locales["en_GB"]
    assert locale.nlu_confidence_threshold == 0.55
    assert locale.voice_settings == {"voiceId": "Amy", "engine": "neural"}
    vessel = locale.slot_types["Vessel"]
    assert vessel.value_selection_setting.resolution_strategy == "TOP_RESOLUTION"
    assert vessel.slot_type_values[0].synonyms == (bot.SampleValue(value="two-master"),)
    moor = locale.intents["Moor"]
    assert [each.utterance for each in moor.sample_utterances] == [
        "moor my {Kind}",
        "a berth please",
    ]
    assert moor.dialog_code_hook.enabled
    assert moor.intent_confirmation_setting.prompt_specification.max_retries == 2
    closing = moor.intent_closing_setting
    [group] = closing.closing_response.message_groups_list
    assert group.message.plain_text_message.value == "Moored."
    assert closing.next_step.dialog_action.type == "EndConversation"
    assert closing.next_step.session_attributes == {"moored": "yes"}
    assert moor.output_contexts[0].turns_to_live == 3


def test_slots_are_the_intents_they_refer_to(quay):
    moor = quay.bot.locales["en_GB"].intents["Moor"]
    assert {name: slot.slot_type_name for name, slot in moor.slots.items()} == {
        "Kind": "Vessel",
        "Day": "AMAZON.Date",
    }
    asking = moor.slots["Kind"].value_elicitation_setting
    assert asking.prompt_specification.prompt_attempts_specification == {
        "Initial": {"allowedInputTypes": {"allowAudioInput": True, "allowDTMFInput": False}}
    }
    assert asking.default_value_specification.default_value_list[0].default_value == "sloop"
    # Terraform cannot give priorities to slots that name their intent.
    assert [slot.name for slot in moor.prioritised_slots] == ["Kind", "Day"]
    assert any("Kind, Day" in note for note in quay.notes)


def test_priorities_that_are_given_are_kept(tmp_path):
    document = copy.deepcopy(STATE)
    document["values"]["root_module"]["resources"][3]["values"]["slot_priority"] = [
        {"priority": 2, "slot_id": "S1"},
        {"priority": 1, "slot_id": "S2"},
    ]
    made = imported(tmp_path, document)
    order = made.bot.locales["en_GB"].intents["Moor"].prioritised_slots
    assert [slot.name for slot in order] == ["Day", "Kind"]
    assert not any("priorities" in note for note in made.notes)


def test_one_of_several_bots_is_chosen_by_its_address(tmp_path):
    document = copy.deepcopy(STATE)
    other = resource("bot", "pier", id="P1ER", name="PierBot")
    document["values"]["root_module"]["resources"].append(other)
    with pytest.raises(bot.ArchiveError, match=r"bot\.quay, aws_lexv2models_bot\.pier"):
        imported(tmp_path, document)
    made = bring(tmp_path / f"quay.json#{P}bot.pier").bot
    assert (made.name, made.locales) == ("PierBot", {})
    assert "Moor" in bring(tmp_path / "quay.json#quay").bot.locales["en_GB"].intents


def test_a_fault_stands_at_the_resources_address(tmp_path):
    document = copy.deepcopy(STATE)
    document["values"]["root_module"]["resources"][3]["values"]["output_context"][0][
        "turns_to_live"
    ] = "three"
    with pytest.raises(bot.BotError) as fault:
        imported(tmp_path, document)
    assert fault.value.file == "quay.json"
    assert fault.value.field == f'{P}intent.all["moor"].outputContexts[0].turnsToLive'


def test_the_configuration_itself_says_what_to_give(tmp_path):
    (tmp_path / "main.tf").write_text(f'resource "{P}bot" "quay" {{\n  name = "QuayBot"\n}}\n')
    with pytest.raises(bot.ArchiveError) as fault:
        bring(tmp_path)
    assert "terraform show -json" in fault.value.cure
