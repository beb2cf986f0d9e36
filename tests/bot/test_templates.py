"""Bots that CloudFormation templates define: read as they are, with the template's own places."""

import json
import os
import textwrap

import pytest

from daehwa import bot

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Prefix: {Type: String, Default: harbour}
  Tide: {Type: String}
  Timeout: {Type: Number, Default: 420}
Conditions:
  WithFrench: !Equals [!Ref Prefix, port]
Mappings:
  Words: {en: {bye: "See you, {Berth}!"}}
Resources:
  Bot:
    Type: AWS::Lex::Bot
    Properties:
      Name: !Sub "${Prefix}-bot"
      RoleArn: !GetAtt Role.Arn
      DataPrivacy: {ChildDirected: false}
      IdleSessionTTLInSeconds: !Ref Timeout
      BotLocales:
        - LocaleId: en_US
          NluConfidenceThreshold: 0.45
          VoiceSettings: {VoiceId: Ivy, Engine: neural}
          CustomVocabulary:
            CustomVocabularyItems: [{Phrase: gunwale, Weight: 2}]
          SlotTypes:
            - Name: BerthNumber
              SlotTypeValues:
                - SampleValue: {Value: 007}
                  Synonyms: [{Value: yes}]
                - !If [WithFrench, {SampleValue: {Value: sept}}, !Ref AWS::NoValue]
              ValueSelectionSetting: {ResolutionStrategy: TOP_RESOLUTION}
          Intents:
            - Name: Moor
              SampleUtterances:
                - Utterance: moor my boat
                - Utterance: !Join [" ", [a berth at, !Ref Prefix]]
              SlotPriorities: [{Priority: 1, SlotName: Berth}]
              FulfillmentCodeHook: {Enabled: !Not [!Condition WithFrench], IsActive: true}
              InitialResponseSetting:
                NextStep:
                  DialogAction: {Type: ElicitSlot, SlotToElicit: Berth}
                  SessionAttributes: [{Key: tide, Value: !Ref Tide}]
                  Intent:
                    Name: Moor
                    Slots:
                      - SlotName: Berth
                        SlotValueOverride: {Shape: Scalar, Value: {InterpretedValue: 007}}
              IntentClosingSetting:
                ClosingResponse:
                  MessageGroupsList:
                    - Message:
                        SSMLMessage: {Value: !FindInMap [Words, en, bye]}
              Slots:
                - Name: Berth
                  SlotTypeName: BerthNumber
                  ValueElicitationSetting:
                    SlotConstraint: Required
                    PromptSpecification:
                      MaxRetries: 2
                      MessageGroupsList: [{Message: {PlainTextMessage: {Value: 1}}}]
                      PromptAttemptsSpecification:
                        Initial:
                          AllowedInputTypes: {AllowAudioInput: true, AllowDTMFInput: false}
  Live:
    Type: AWS::Lex::BotAlias
    Properties:
      BotAliasLocaleSettings:
        - LocaleId: en_US
          BotAliasLocaleSetting:
            Enabled: true
            CodeHookSpecification:
              LambdaCodeHook:
                CodeHookInterfaceVersion: "1.0"
                LambdaArn: !GetAtt Moorer.Arn
  Moorer: {Type: AWS::Serverless::Function}
"""


def other_bot(**properties):
    return {"Type": "AWS::Lex::Bot", "Properties": {"Name": "Other", **properties}}


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "stack.yaml"
    path.write_text(TEMPLATE)
    return path


def test_a_template_is_read_as_the_bot_that_it_deploys(template):
    read = bot.load(template)
    assert (read.name, read.idle_session_ttl_in_seconds) == ("harbour-bot", 420)
    locale = read.locales["en_US"]
    assert locale.nlu_confidence_threshold == 0.45
    assert locale.custom_vocabulary == {
        "customVocabularyItems": [{"phrase": "gunwale", "weight": 2}]
    }
    assert set(locale.intents) == {"Moor", "FallbackIntent"}
    moor = locale.intents["Moor"]
    assert [each.utterance for each in moor.sample_utterances] == [
        "moor my boat",
        "a berth at harbour",
    ]
    assert moor.fulfillment_code_hook.enabled
    [group] = moor.intent_closing_setting.closing_response.message_groups_list
    assert group.message.ssml_message.value == "See you, {Berth}!"


def test_texts_stay_texts_whatever_they_look_like(template):
    slot_type = bot.load(template).locales["en_US"].slot_types["BerthNumber"]
    [value] = slot_type.slot_type_values
    assert (value.sample_value.value, value.synonyms[0].value) == ("007", "yes")
    assert slot_type.value_selection_setting.resolution_strategy == "TOP_RESOLUTION"


def test_lists_of_keys_and_values_are_the_maps_of_lex(template):
    moor = bot.load(template).locales["en_US"].intents["Moor"]
    step = moor.initial_response_setting.next_step
    assert step.session_attributes == {"tide": "${Tide}"}
    assert step.intent.slots["Berth"].value.interpreted_value == "007"
    prompt = moor.slots["Berth"].value_elicitation_setting.prompt_specification
    assert set(prompt.prompt_attempts_specification) == {"Initial"}


def test_an_import_names_what_stays_in_the_template(template):
    imported = bot.import_bot(template)
    assert imported.system == "CloudFormation"
    hook, unknown = imported.notes
    assert "Live calls arn:aws:lambda:us-east-1:123456789012:function:Moorer" in hook
    assert unknown.startswith("values that only a deployment knows stand as ${Name}")


def test_a_check_names_the_places_of_the_template(template):
    text = TEMPLATE.replace("SlotToElicit: Berth", "SlotToElicit: Pier")
    template.write_text(text)
    [fault] = [each for each in bot.examine(template).problems if each.severity == "error"]
    line = text[: text.index("Pier")].count("\n") + 1
    assert (fault.file, fault.line) == ("stack.yaml", line)
    assert fault.field == (
        "$.Resources.Bot.Properties.BotLocales[0].Intents[0]"
        ".InitialResponseSetting.NextStep.DialogAction.SlotToElicit"
    )
    with pytest.raises(bot.BotError, match=rf"^stack\.yaml:{line}, \$\.Resources\.Bot\.Prop"):
        bot.load(template)


def test_what_the_cdk_makes_is_a_folder_of_templates(tmp_path):
    stack = {"Resources": {"Bot4F": other_bot(BotLocales=[{"LocaleId": "ko_KR"}])}}
    tmp_path.joinpath("App.template.json").write_text(json.dumps(stack))
    tmp_path.joinpath("manifest.json").write_text('{"version": "36.0.0"}')
    assert bot.load(tmp_path).name == "Other"
    assert set(bot.load_runnable(tmp_path).definition.locales) == {"ko_KR"}


def test_of_several_bots_one_is_chosen_by_its_logical_id(template):
    second = TEMPLATE + textwrap.indent(
        "Second:\n  Type: AWS::Lex::Bot\n  Properties:\n    Name: second\n"
        "    BotLocales: [{LocaleId: ko_KR}]\n",
        "  ",
    )
    template.write_text(second)
    with pytest.raises(bot.BotError, match=r"several bots here: Bot \(stack\.yaml\), Second"):
        bot.load(template)
    chosen = template.with_name("stack.yaml#Second")
    assert bot.load(chosen).name == "second"
    assert bot.examine(chosen).bot.name == "second"
    folder = template.parent.with_name(f"{template.parent.name}#Second")
    assert bot.load(folder).name == "second"
    with pytest.raises(bot.BotError, match="no template here defines a bot Third"):
        bot.load(template.with_name("stack.yaml#Third"))


def test_a_bot_that_no_default_deploys_gives_way(template):
    template.write_text(
        TEMPLATE + "  French:\n    Type: AWS::Lex::Bot\n    Condition: WithFrench\n"
        "    Properties: {Name: french}\n"
    )
    assert bot.load(template).name == "harbour-bot"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("  Bot:\n", "  Bot: &a [*a]\n  B:\n"), "stack.yaml, line"),
        (
            ("Intents:\n", "Intents: {Moor: 1}\n          Rest:\n"),
            r"stack.yaml:\d+, .*Intents: a list",
        ),
        (("MaxRetries: 2", "MaxRetries: two"), r"stack.yaml:\d+, .*MaxRetries"),
    ],
)
def test_a_template_at_fault_is_a_fault_of_the_bot(template, change, message):
    template.write_text(TEMPLATE.replace(*change))
    with pytest.raises(bot.BotError, match=message):
        bot.load(template)


def test_a_bot_in_s3_is_named(tmp_path):
    path = tmp_path / "s3.json"
    place = {"S3Bucket": "bots", "S3ObjectKey": "tea.zip"}
    path.write_text(json.dumps({"Resources": {"Tea": other_bot(BotFileS3Location=place)}}))
    with pytest.raises(bot.BotError, match=r"the bot Tea from a zip in S3 \(tea\.zip\)"):
        bot.load(path)
    assert bot.examine(path).problems[0].code == "not-an-export"


def test_a_yaml_file_that_defines_no_bot_is_none(tmp_path):
    path = tmp_path / "other.yaml"
    path.write_text("Resources: {Table: {Type: AWS::DynamoDB::Table}}\n# AWS::Lex::BotAlias\n")
    with pytest.raises(bot.BotError):
        bot.load(path)


@pytest.mark.parametrize(
    ("function", "value"),
    [
        ({"Fn::Select": [1, {"Fn::Split": ["-", "a-b-c"]}]}, "b"),
        ({"Fn::Join": ["", ["x", {"Ref": "AWS::Region"}, 7, True]]}, "xus-east-17true"),
        ({"Fn::Sub": ["${A} ${!B} ${Prefix}", {"A": {"Ref": "List"}}]}, "['x', 'y'] ${B} p"),
        ({"Fn::If": ["Round", "yes", {"Fn::If": ["Both", "both", "none"]}]}, "both"),
        ({"Fn::FindInMap": ["M", "k", "nothing", {"DefaultValue": "d"}]}, "d"),
        ({"Fn::ImportValue": "Shared"}, "${Fn::ImportValue Shared}"),
        ({"Fn::GetAtt": "Role.Arn"}, "${Role.Arn}"),
        ({"Fn::Select": [9, ["a"]]}, '${Fn::Select [9, ["a"]]}'),
        ({"a": {"Ref": "AWS::NoValue"}, "b": 1}, {"b": 1}),
        ([{"Ref": "AWS::NoValue"}, 1], [1]),
    ],
)
def test_functions_are_worked_out_with_the_defaults(tmp_path, function, value):
    from daehwa.bot.foreign.cloudformation.template_values import TemplateValues

    template = {
        "Parameters": {
            "Prefix": {"Type": "String", "Default": "p"},
            "List": {"Type": "CommaDelimitedList", "Default": "x,y"},
        },
        "Mappings": {"M": {"k": {"v": "found"}}},
        "Conditions": {
            "Round": {"Fn::And": [{"Condition": "Round"}, {"Condition": "Both"}]},
            "Both": {"Fn::Or": [{"Fn::Equals": ["1", 1]}, {"Fn::Equals": ["a", "b"]}]},
        },
    }
    assert TemplateValues(template).of(function) == value


def test_a_chosen_bot_is_read_again_where_its_template_changes(template):
    from daehwa.conversation.file_stamps import bot_stamp

    chosen = template.with_name("stack.yaml#Bot")
    before = bot_stamp(chosen)
    assert before == bot_stamp(template) > 0
    os.utime(template, ns=(before + 1, before + 1))
    assert bot_stamp(chosen) != before


def test_a_template_is_known_among_other_files(template, tmp_path):
    assert bot.is_template(template)
    assert bot.is_template(template.with_name("stack.yaml#Bot"))
    talk = tmp_path / "talk.yaml"
    talk.write_text("conversations: []\n")
    assert not bot.is_template(talk)
    assert not bot.is_template(tmp_path)
