"""Bots of other systems: named for what they are, and carried over with notes."""

import json
import zipfile

import pytest

from daehwa import bot

V1 = {
    "metadata": {"schemaVersion": "1.0", "importType": "LEX", "importFormat": "JSON"},
    "resource": {
        "name": "Bakery",
        "version": "1",
        "locale": "en-US",
        "childDirected": False,
        "idleSessionTTLInSeconds": 120,
        "clarificationPrompt": {
            "messages": [{"contentType": "PlainText", "content": "Sorry?"}],
            "maxAttempts": 5,
        },
        "abortStatement": {"messages": [{"contentType": "PlainText", "content": "Bye."}]},
        "intents": [
            {
                "name": "OrderCake",
                "fulfillmentActivity": {
                    "type": "CodeHook",
                    "codeHook": {"uri": "arn:aws:lambda:us-east-1:1:function:bake"},
                },
                "sampleUtterances": ["order a cake", "a { Size } cake"],
                "slots": [
                    {
                        "name": "Size",
                        "slotType": "CakeSize",
                        "slotConstraint": "Required",
                        "priority": 1,
                        "obfuscationSetting": "DEFAULT_OBFUSCATION",
                        "valueElicitationPrompt": {
                            "messages": [
                                {"contentType": "PlainText", "content": text}
                                for text in ("Which size?", "How large?", "What size?", "Size?")
                            ],
                            "maxAttempts": 2,
                            "responseCard": json.dumps(
                                {
                                    "version": 1,
                                    "contentType": "application/vnd.amazonaws.card.generic",
                                    "genericAttachments": [
                                        {
                                            "title": "Sizes",
                                            "buttons": [{"text": "small", "value": "small"}],
                                        }
                                    ],
                                }
                            ),
                        },
                    },
                    {"name": "Day", "slotType": "AMAZON.DATE", "slotConstraint": "Optional"},
                ],
                "confirmationPrompt": {
                    "messages": [{"contentType": "PlainText", "content": "A {Size} cake?"}],
                    "maxAttempts": 2,
                },
                "rejectionStatement": {
                    "messages": [{"contentType": "PlainText", "content": "Fine."}]
                },
            }
        ],
        "slotTypes": [
            {
                "name": "CakeSize",
                "enumerationValues": [
                    {"value": "small", "synonyms": ["tiny"]},
                    {"value": "large", "synonyms": []},
                ],
                "valueSelectionStrategy": "TOP_RESOLUTION",
            }
        ],
    },
}

AGENT = {
    "agent.json": {"displayName": "Pizzeria", "language": "en", "supportedLanguages": ["ko", "xx"]},
    "package.json": {"version": "1.0.0"},
    "intents/order.pizza.json": {
        "name": "order.pizza",
        "webhookUsed": True,
        "contexts": ["menu"],
        "events": [{"name": "ORDER"}],
        "responses": [
            {
                "affectedContexts": [{"name": "ordered", "lifespan": 5}],
                "parameters": [
                    {
                        "name": "topping",
                        "dataType": "@topping",
                        "required": True,
                        "prompts": [
                            {"lang": "en", "value": "Which topping?"},
                            {"lang": "ko", "value": "토핑은요?"},
                        ],
                    },
                    {"name": "when", "dataType": "@sys.date-time", "required": False},
                ],
                "messages": [{"type": "0", "lang": "en", "speech": ["A $topping pizza!"]}],
            }
        ],
    },
    "intents/order.pizza_usersays_en.json": [
        {"data": [{"text": "a "}, {"text": "ham", "alias": "topping", "meta": "@topping"},
                  {"text": " pizza"}]},
        {"data": [{"text": "order pizza"}]},
    ],
    "intents/order.pizza_usersays_ko.json": [{"data": [{"text": "피자 주세요"}]}],
    "intents/주문 취소.json": {"name": "주문 취소", "responses": []},
    "intents/Default Fallback Intent.json": {
        "name": "Default Fallback Intent",
        "fallbackIntent": True,
        "responses": [{"messages": [{"type": 0, "lang": "en", "speech": "What?"}]}],
    },
    "entities/topping.json": {"name": "topping"},
    "entities/topping_entries_en.json": [{"value": "ham", "synonyms": ["ham", "bacon"]}],
}  # fmt: skip


@pytest.fixture
def packed(tmp_path):
    def packed(name, files):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for path, content in files.items():
                archive.writestr(path, json.dumps(content, ensure_ascii=False))
        return tmp_path / name

    return packed


def test_a_zip_of_lex_v1_loads_as_it_is(packed):
    bakery = bot.load(packed("Bakery_1_BOT_LEX.zip", {"Bakery_Export.json": V1}))
    locale = bakery.locales["en_US"]
    order = locale.intents["OrderCake"]
    assert bakery.idle_session_ttl_in_seconds == 120
    assert [one.utterance for one in order.sample_utterances] == ["order a cake", "a {Size} cake"]
    assert order.slots["Day"].slot_type_name == "AMAZON.Date"
    assert order.fulfillment_code_hook.enabled
    prompt = order.slots["Size"].value_elicitation_setting.prompt_specification
    assert [bool(g.message.image_response_card) for g in prompt.message_groups_list] == [
        False,
        True,
    ]
    assert order.slots["Size"].obfuscation_setting.obfuscation_setting_type == "DefaultObfuscation"
    confirmation = order.intent_confirmation_setting
    assert confirmation.declination_response is not None
    assert locale.fallback_intent.intent_closing_setting is not None
    assert [p for p in bot.validate(bakery) if p.severity == "error"] == []


def test_the_json_of_lex_v1_loads_too(tmp_path):
    file = tmp_path / "Bakery.json"
    file.write_text(json.dumps(V1), "utf-8")
    assert bot.load(file).name == "Bakery"
    assert bot.load_runnable(file).runs


def test_an_import_of_lex_v1_names_what_was_not_carried(packed):
    notes = "\n".join(bot.import_bot(packed("v1.zip", {"a.json": V1})).notes)
    for part in ("arn:aws:lambda:us-east-1:1:function:bake", "Bye.", "variations", "AMAZON.Date"):
        assert part in notes


def test_a_broken_bot_of_lex_v1_is_an_error_with_its_file(packed):
    broken = {**V1, "resource": {**V1["resource"], "intents": [{"slots": [{}]}]}}
    with pytest.raises(bot.FieldError, match=r"Bakery\.json"):
        bot.load(packed("v1.zip", {"Bakery.json": broken}))


def test_a_value_of_the_wrong_type_is_an_error_too(packed):
    (order,) = V1["resource"]["intents"]
    resource = {**V1["resource"], "intents": [{**order, "name": ["OrderCake"]}]}
    with pytest.raises(bot.FieldError, match="Lex V1"):
        bot.load(packed("v1.zip", {"Bakery.json": {**V1, "resource": resource}}))
    with pytest.raises(bot.FieldError, match="incomplete"):
        bot.load(packed("v1.zip", {"Bakery.json": {**V1, "resource": {**resource, "name": 7}}}))


def test_an_exported_intent_of_lex_v1_becomes_a_bot(packed):
    intent = {**V1["resource"]["intents"][0], "slotTypes": V1["resource"]["slotTypes"]}
    path = packed("OrderCake.zip", {"OrderCake.json": {**V1, "resource": intent}})
    assert list(bot.load(path).locales["en_US"].slot_types) == ["CakeSize"]


def test_an_agent_of_dialogflow_is_named_where_a_bot_is_wanted(packed):
    with pytest.raises(bot.ArchiveError, match=r"Dialogflow ES.*daehwa import"):
        bot.load(packed("agent.zip", AGENT))


def test_a_rasa_folder_is_named_where_a_bot_is_wanted(tmp_path):
    (tmp_path / "domain.yml").write_text('version: "3.1"\n', "utf-8")
    with pytest.raises(bot.ArchiveError, match="Rasa"):
        bot.load(tmp_path)


@pytest.mark.parametrize(
    "files",
    [
        {"agent.json": {"startFlow": "Main"}, "flows/Main/Main.json": {"displayName": "Main"}},
        {"src/agent.json": {}, "src/playbooks/Main/Main.json": {"displayName": "Main"}},
        {"flows/Main/Main.json": {"transitionRoutes": []}, "intents/Ask/Ask.json": {}},
    ],
    ids=["flows", "playbooks", "no agent.json"],
)
def test_a_folder_of_dialogflow_cx_is_refused_as_its_zip(tmp_path, files):
    folder, zipped = tmp_path / "cx", tmp_path / "cx.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for name, content in files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(json.dumps(content))
            archive.write(place, name)
    refusals = []
    for path in (folder, zipped):
        with pytest.raises(bot.ArchiveError, match="Dialogflow CX") as refused:
            bot.load(path)
        refusals.append(refused.value.problem)
    assert refusals[0] == refusals[1]


def test_an_agent_of_dialogflow_is_imported(packed):
    imported = bot.import_bot(packed("agent.zip", AGENT))
    assert imported.bot.name == "Pizzeria"
    assert list(imported.bot.locales) == ["en_US", "ko_KR"]
    english = imported.bot.locales["en_US"]
    order = english.intents["order_pizza"]
    assert [one.utterance for one in order.sample_utterances] == [
        "a {topping} pizza",
        "order pizza",
    ]
    assert order.slots["topping"].value_elicitation_setting.slot_constraint == "Required"
    assert order.slots["when"].slot_type_name == "AMAZON.Date"
    assert [context.name for context in order.input_contexts] == ["menu"]
    closing = order.intent_closing_setting.closing_response.message_groups_list[0]
    assert closing.message.plain_text_message.value == "A {topping} pizza!"
    assert english.slot_types["topping"].slot_type_values[0].synonyms[0].value == "bacon"
    assert english.fallback_intent.name == "FallbackIntent"
    assert [p for p in bot.validate(imported.bot) if p.severity == "error"] == []


def test_an_agent_whose_one_language_lex_lacks_is_imported_all_the_same(packed):
    turkish = {**AGENT, "agent.json": {"displayName": "Pizzeria", "language": "tr"}}
    imported = bot.import_bot(packed("agent.zip", turkish))
    assert list(imported.bot.locales) == ["en_US"]
    assert '"tr": the bot\'s locale is en_US' in "\n".join(imported.notes)


def test_an_import_of_dialogflow_names_what_was_not_carried(packed):
    notes = "\n".join(bot.import_bot(packed("agent.zip", AGENT)).notes)
    for part in ("webhook", "ORDER", '"xx"', "@sys.date-time", "주문 취소"):
        assert part in notes


RICH = {
    "agent.json": {"displayName": "Cinema", "language": "en", "webhook": {"url": "https://w"},
                   "mlMinConfidence": 0.3},
    "intents/show.json": {
        "name": "show",
        "responses": [
            {
                "action": "input.show",
                "parameters": [{"name": "row", "dataType": "@row"},
                               {"name": "film", "dataType": "@film"}],
                "messages": [
                    {"type": "0", "lang": "en", "speech": ["Row $row."]},
                    {"type": 1, "lang": "en", "title": "The film", "subtitle": "in row $row",
                     "imageUrl": "https://example.org/f.png",
                     "buttons": [{"text": "Book", "postback": "book it"},
                                 {"text": "Trailer", "postback": "https://example.org/t"}]},
                    {"type": 2, "lang": "en", "title": "When?",
                     "replies": ["at 5", "at 6", "at 7", "at 8", "at 9", "at 10"]},
                    {"type": 4, "lang": "en", "payload": {"seat": [1, 2]}},
                    {"type": 0, "lang": "en", "platform": "telegram", "speech": "On Telegram."},
                    {"type": "9", "lang": "en"},
                ],
            }
        ],
    },
    "intents/show_usersays_en.json": [
        {"data": [{"text": "from "}, {"text": "a1", "alias": "row"}, {"text": " or "},
                  {"text": "b2", "alias": "row"}]},
    ],
    "entities/row.json": {"name": "row", "isRegexp": True},
    "entities/row_entries_en.json": [{"value": "^[a-z][0-9]+$"}],
    "entities/film.json": {"name": "film"},
    "entities/film_entries_en.json": [{"value": "@sys.color:color @genre:genre", "synonyms": []}],
    "knowledgeBases/seats.json": {},
}  # fmt: skip


def test_rich_messages_of_dialogflow_are_cards_and_payloads(packed):
    show = bot.import_bot(packed("agent.zip", RICH)).bot.locales["en_US"].intents["show"]
    groups = show.intent_closing_setting.closing_response.message_groups_list
    text, card, replies, more, payload = (group.message for group in groups)
    assert text.plain_text_message.value == "Row {row}."
    assert card.image_response_card.subtitle == "in row {row}"
    assert [each.value for each in card.image_response_card.buttons_list] == ["book it"]
    assert len(replies.image_response_card.buttons_list) == 5
    assert [each.text for each in more.image_response_card.buttons_list] == ["at 10"]
    assert json.loads(payload.custom_payload.value) == {"seat": [1, 2]}


def test_an_entity_of_patterns_is_a_pattern_where_lex_takes_it(packed):
    locale = bot.import_bot(packed("agent.zip", RICH)).bot.locales["en_US"]
    row = locale.slot_types["row"]
    assert row.parent_slot_type_signature == "AMAZON.AlphaNumeric"
    assert row.value_selection_setting.regex_filter.pattern == "[a-z][0-9]{1,30}"


def test_a_parameter_that_comes_twice_in_a_phrase_is_its_words_the_second_time(packed):
    show = bot.import_bot(packed("agent.zip", RICH)).bot.locales["en_US"].intents["show"]
    assert [each.utterance for each in show.sample_utterances] == ["from {row} or b2"]


@pytest.mark.parametrize(
    "part",
    ["telegram", "type 9", "https://example.org/t", "@sys.color:color", "knowledgeBases",
     "webhook (https://w)" , '"input.show"', "0.3"],
)  # fmt: skip
def test_what_of_an_agent_is_not_carried_is_named(packed, part):
    hooked = {**RICH, "intents/show.json": {**RICH["intents/show.json"], "webhookUsed": True}}
    assert part in "\n".join(bot.import_bot(packed("agent.zip", hooked)).notes)


def test_a_failed_slot_of_lex_v1_ends_with_the_abort_statement(packed):
    order = bot.load(packed("v1.zip", {"a.json": V1})).locales["en_US"].intents["OrderCake"]
    size = order.slots["Size"].value_elicitation_setting.slot_capture_setting.failure_response
    for failure in (size, order.intent_confirmation_setting.failure_response):
        assert failure.message_groups_list[0].message.plain_text_message.value == "Bye."


def test_a_follow_up_prompt_of_lex_v1_waits_for_any_intent(packed):
    (order,) = V1["resource"]["intents"]
    message = {"messages": [{"contentType": "PlainText", "content": "Anything else?"}]}
    order = {**order, "followUpPrompt": {"prompt": message, "rejectionStatement": message}}
    resource = {**V1["resource"], "intents": [order]}
    path = packed("v1.zip", {"a.json": {**V1, "resource": resource}})
    closing = bot.load(path).locales["en_US"].intents["OrderCake"].intent_closing_setting
    (group,) = closing.closing_response.message_groups_list
    assert group.message.plain_text_message.value == "Anything else?"
    assert closing.next_step.dialog_action.type == "ElicitIntent"


def test_what_the_api_of_lex_v1_gives_is_put_together(packed):
    (order,) = V1["resource"]["intents"]
    other = {**order, "name": "Forgotten"}
    listed = {**V1["resource"], "intents": [{"intentName": "OrderCake", "intentVersion": "1"}]}
    del listed["slotTypes"]
    path = packed(
        "bakery.zip",
        {
            "bots/Bakery.json": listed,
            "intents/OrderCake.json": order,
            "intents/Forgotten.json": other,
            "slots/CakeSize.json": V1["resource"]["slotTypes"][0],
        },
    )
    locale = bot.load(path).locales["en_US"]
    assert sorted(locale.intents) == ["FallbackIntent", "OrderCake"]
    assert list(locale.slot_types) == ["CakeSize"]


def test_what_is_no_bot_of_any_system_cannot_be_imported(tmp_path):
    with pytest.raises(bot.ArchiveError, match="no bot here"):
        bot.import_bot(tmp_path)


def test_an_imported_bot_is_written_and_read_again(packed, tmp_path):
    imported = bot.import_bot(packed("agent.zip", AGENT))
    bot.save(bot.completed(imported.bot), tmp_path / "out")
    assert bot.load(tmp_path / "out") == bot.completed(imported.bot)
