"""Assistants of Rasa: what of them is carried into Lex V2, and what is named in the report."""

import zipfile
from textwrap import dedent

import pytest
from tests.dialog.build import Talk, means

from daehwa import bot

CONFIG = """\
    language: en
    pipeline:
      - name: DIETClassifier
      - name: DucklingEntityExtractor
        dimensions: [time, email]
      - name: FallbackClassifier
        threshold: 0.7
    policies:
      - name: RulePolicy
    """
DOMAIN = """\
    version: "3.1"
    session_config:
      session_expiration_time: 10
      carry_over_slots_to_new_session: true
    intents:
      - hire_boat:
          use_entities: []
      - greet
      - help
      - affirm
      - deny
      - inform
      - ask_weather
      - faq
      - nothing_said
    entities:
      - boat
      - email
      - place:
          roles: [from, to]
    slots:
      boat:
        type: categorical
        values: [canoe, rowing boat]
        mappings:
          - {type: from_entity, entity: boat}
      email:
        type: text
        mappings:
          - {type: from_entity, entity: email}
      insured:
        type: bool
        mappings:
          - {type: from_intent, intent: affirm, value: true}
          - {type: from_intent, intent: deny, value: false}
      wish:
        type: text
        mappings:
          - {type: from_text}
      landing:
        type: text
        mappings:
          - {type: from_entity, entity: place, role: to}
      deposit:
        type: float
        initial_value: 20
        mappings:
          - {type: custom}
      member:
        type: bool
        mappings:
          - {type: custom}
    forms:
      hire_form:
        required_slots: [boat, email, insured, wish]
    responses:
      utter_greet:
        - text: Ahoy!
        - text: Good day.
      utter_ask_boat:
        - text: Which boat?
          buttons:
            - {title: A canoe, payload: '/inform{"boat": "canoe"}'}
            - {title: A rowing boat, payload: '/inform{"boat":"rowing boat"}'}
      utter_ask_hire_form_email:
        - text: Where may we write to you?
      utter_ask_insured:
        - text: With insurance?
          buttons:
            - {title: Yes please, payload: /affirm}
      utter_ask_wish:
        - text: Anything we should know?
      utter_hired:
        - text: A {boat} for {email}, deposit {deposit}.
      utter_weather:
        - text: Sunny at {landing}. Was that what you wanted?
      utter_glad:
        - text: Glad to hear it.
      utter_sorry:
        - text: Sorry. See [our forecast](https://example.org/f).
      utter_help:
        - condition:
            - {type: slot, name: member, value: true}
          text: Members call us.
        - text: Write to us.
          image: https://example.org/desk.png
        - text: Slack says hello.
          channel: slack
      utter_faq/ask_hours:
        - text: From nine to five.
      utter_default:
        - text: Pardon?
      utter_never:
        - text: Nobody says this.
    actions:
      - action_pay
      - validate_hire_form
    """
NLU = """\
    version: "3.1"
    nlu:
      - intent: hire_boat
        examples: |
          - I want to hire a boat
          - a [canoe](boat) please
          - the [dinghy]{"entity": "boat", "value": "rowing boat"}
          - from [Kew](place:Kew Bridge) to [Ham]{"entity": "place", "role": "to"}
      - intent: greet
        examples: |
          - ahoy
          - good day
      - intent: help
        examples: |
          - help
          - who can help me
      - intent: affirm
        examples: |
          - yes
          - certainly
      - intent: deny
        examples: |
          - no
      - intent: inform
        examples: |
          - my address is [a@example.org](email)
          - [b@example.org](email)
      - intent: ask_weather
        examples:
          - how is the weather
          - 'the weather in [Ham]{"entity": "place", "role": "to"}'
      - intent: faq/ask_hours
        examples: |
          - when are you open
          - opening hours
      - synonym: canoe
        examples: |
          - kayak
      - lookup: river
        examples: |
          - Thames
      - regex: harbour_code
        examples: |
          - [A-Z]{2}
    """
RULES = """\
    version: "3.1"
    rules:
      - rule: greeting
        steps:
          - intent: greet
          - action: utter_greet
      - rule: help
        steps:
          - intent: help
          - action: utter_help
      - rule: begin
        steps:
          - intent: hire_boat
          - action: hire_form
          - active_loop: hire_form
      - rule: submit
        condition:
          - active_loop: hire_form
        steps:
          - action: hire_form
          - active_loop: null
          - slot_was_set:
              - requested_slot: null
          - action: action_pay
          - action: utter_hired
      - rule: hours
        steps:
          - intent: faq
          - action: utter_faq
      - rule: not understood
        steps:
          - intent: nlu_fallback
          - action: utter_default
    """
STORIES = """\
    version: "3.1"
    stories:
      - story: weather, well
        steps:
          - intent: ask_weather
          - action: utter_weather
          - intent: affirm
          - action: utter_glad
      - story: weather, badly
        steps:
          - intent: ask_weather
          - action: utter_weather
          - intent: deny
          - action: utter_sorry
      - story: hello there
        steps:
          - intent: greet
          - action: utter_greet
          - intent: affirm
          - action: utter_sorry
          - checkpoint: later
          - user: "and what now?"
    """
BOATS = {
    "config.yml": CONFIG,
    "domain/domain.yml": DOMAIN,
    "data/nlu/nlu.yml": NLU,
    "data/rules.yml": RULES,
    "data/stories/weather.yaml": STORIES,
    "credentials.yml": "rest:\n",
    "endpoints.yml": "action_endpoint:\n  url: http://localhost:5055/webhook\n",
    "actions/actions.py": 'class Pay:\n    def name(self):\n        return "action_pay"\n',
    "tests/test_stories.yml": "stories:\n- story: a test\n  steps:\n  - intent: none_of_ours\n",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    def written(files, name="Boats"):
        home = tmp_path_factory.mktemp("rasa") / name
        for path, content in files.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            text = dedent(content).encode("utf-8") if isinstance(content, str) else content
            (home / path).write_bytes(text)
        return home

    return written


@pytest.fixture(scope="module")
def boats(written):
    return bot.import_bot(written(BOATS))


@pytest.fixture(scope="module")
def locale(boats):
    return boats.bot.locales["en_US"]


@pytest.fixture(scope="module")
def report(boats):
    return "\n".join(boats.notes)


def texts(intent):
    return [each.utterance for each in intent.sample_utterances or ()]


def words(specification):
    return [
        each.message.plain_text_message.value
        if each.message.plain_text_message
        else each.message.image_response_card.title
        for each in specification.message_groups_list
    ]


def elicitation(locale, intent, slot):
    return locale.intents[intent].slots[slot].value_elicitation_setting


# --- what is carried ----------------------------------------------------------------------


def test_what_comes_is_a_bot_that_is_checked_clean_and_is_read_again(boats, tmp_path):
    bot.save(bot.completed(boats.bot), tmp_path / "out")
    examination = bot.examine(tmp_path / "out")
    assert [p for p in examination.problems if p.severity == "error"] == []
    assert bot.load(tmp_path / "out") == bot.completed(boats.bot)
    assert boats.bot.idle_session_ttl_in_seconds == 600


def test_annotated_examples_are_samples_with_slots(locale):
    assert texts(locale.intents["hire_boat"]) == [
        "I want to hire a boat",
        "a {boat} please",
        "the {boat}",
        "from {place} to {landing}",
    ]


def test_a_retrieval_intent_is_an_intent_for_each_of_its_answers(locale):
    hours = locale.intents["faq_ask_hours"]
    assert texts(hours) == ["when are you open", "opening hours"]
    assert words(hours.intent_closing_setting.closing_response) == ["From nine to five."]


def test_variations_are_variations(locale):
    (group,) = locale.intents["greet"].intent_closing_setting.closing_response.message_groups_list
    assert group.message.plain_text_message.value == "Ahoy!"
    assert [each.plain_text_message.value for each in group.variations] == ["Good day."]


def test_a_forms_slots_are_required_in_its_order_and_are_asked_for(locale):
    hire = locale.intents["hire_boat"]
    assert [each.slot_name for each in hire.slot_priorities][:4] == [
        "boat", "email", "insured", "wish",
    ]  # fmt: skip
    assert {
        name: slot.value_elicitation_setting.slot_constraint for name, slot in hire.slots.items()
    } == {
        "boat": "Required", "email": "Required", "insured": "Required", "wish": "Required",
        "place": "Optional", "landing": "Optional",
    }  # fmt: skip
    asked_for_mail = elicitation(locale, "hire_boat", "email").prompt_specification
    assert words(asked_for_mail) == ["Where may we write to you?"]


def test_a_slot_has_the_type_that_its_values_or_its_extractor_give_it(locale):
    slots = locale.intents["hire_boat"].slots
    assert slots["email"].slot_type_name == "AMAZON.EmailAddress"
    assert slots["wish"].slot_type_name == "AMAZON.FreeFormInput"
    boat = locale.slot_types[slots["boat"].slot_type_name]
    assert boat.value_selection_setting.resolution_strategy == "TOP_RESOLUTION"
    assert {
        value.sample_value.value: [each.value for each in value.synonyms or ()]
        for value in boat.slot_type_values
    } == {"canoe": ["kayak"], "rowing boat": ["dinghy"]}


def test_a_yes_is_a_value_of_the_slot_that_it_fills(locale):
    insured = locale.slot_types[locale.intents["hire_boat"].slots["insured"].slot_type_name]
    assert {
        value.sample_value.value: [each.value for each in value.synonyms or ()]
        for value in insured.slot_type_values
    } == {"true": ["yes", "certainly"], "false": ["no"]}


def test_a_button_sends_what_a_user_would_say(locale):
    (group,) = elicitation(locale, "hire_boat", "boat").prompt_specification.message_groups_list
    card = group.message.image_response_card
    assert card.title == "Which boat?"
    assert [(each.text, each.value) for each in card.buttons_list] == [
        ("A canoe", "canoe"),
        ("A rowing boat", "rowing boat"),
    ]
    (group,) = elicitation(locale, "hire_boat", "insured").prompt_specification.message_groups_list
    assert group.message.image_response_card.buttons_list[0].value == "true"


def test_an_intent_that_only_fills_slots_becomes_ways_to_reply(locale, report):
    assert "inform" not in locale.intents
    samples = elicitation(locale, "hire_boat", "email").sample_utterances
    assert [each.utterance for each in samples] == ["my address is {email}"]
    assert "data/nlu/nlu.yml:26: inform has no answer of its own" in report


def test_fallback_says_what_its_rule_says(locale):
    fallback = locale.fallback_intent.intent_closing_setting.closing_response
    assert words(fallback) == ["Pardon?"]


# --- how it talks -------------------------------------------------------------------------


def test_the_form_is_asked_through_and_its_values_are_in_the_last_words(locale):
    talk = Talk(locale).says("a canoe please", means("hire_boat", boat="canoe"))
    assert talk.words == ["Where may we write to you?"]
    talk.says("a@example.org", value="a@example.org")
    talk.says("certainly", value="true")
    assert talk.words == ["Anything we should know?"]
    talk.says("we are three", value="we are three")
    assert talk.words == ["A canoe for a@example.org, deposit 20."]
    assert talk.calls[-1].source == "FulfillmentCodeHook"


def test_a_yes_means_what_it_means_after_what_was_said_last(locale):
    talk = Talk(locale).says("the weather in Ham", means("ask_weather", landing="Ham"))
    assert talk.words == ["Sunny at Ham. Was that what you wanted?"]
    assert talk.says("yes", means("affirm")).words == ["Glad to hear it."]
    talk = Talk(locale).says("ahoy", means("greet"))
    assert talk.says("yes", means("affirm")).words == [
        "Sorry. See [our forecast](https://example.org/f)."
    ]


def test_a_response_depends_on_a_slot_that_a_code_hook_sets(locale):
    talk = Talk(locale).says("help", means("help"))
    assert talk.outcome.messages[0].image_response_card.title == "Write to us."
    talk.session.session_attributes["member"] = "true"
    assert talk.says("help", means("help")).words == ["Members call us."]


TOPICS = [f"topic_{letter}" for letter in "abcdefghijkl"]
GUIDE = {
    "domain.yml": "responses:\n"
    + "".join(f"  utter_{t}:\n    - text: About {t}?\n" for t in TOPICS)
    + "".join(f"  utter_more_{t}:\n    - text: More of {t}.\n" for t in TOPICS),
    "data/nlu.yml": "nlu:\n"
    + "".join(
        f"  - intent: {t}\n    examples: |\n      - tell me of {t}\n      - {t}\n" for t in TOPICS
    )
    + "  - intent: affirm\n    examples: |\n      - yes\n      - please\n",
    "data/stories.yml": "stories:\n"
    + "".join(
        f"  - story: {t}\n    steps:\n      - intent: {t}\n      - action: utter_{t}\n"
        f"      - intent: affirm\n      - action: utter_more_{t}\n"
        for t in TOPICS
    ),
}


def test_a_yes_may_mean_more_things_than_lex_has_branches_in_one_place(written):
    imported = bot.import_bot(written(GUIDE, "Guide"))
    guide = imported.bot.locales["en_US"]
    assert [p for p in bot.validate(imported.bot) if p.severity == "error"] == []
    for topic in TOPICS:
        talk = Talk(guide).says(topic, means(topic))
        assert talk.words == [f"About {topic}?"]
        assert talk.says("yes", means("affirm")).words == [f"More of {topic}."]


# --- what is named ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        "hire_boat: the custom action action_pay (now actions/actions.py:3) is a code hook",
        "validate_hire_form",
        '[[hooks]] in daehwa.toml, with bot = "Boats"',
        "config.yml: the pipeline (DIETClassifier, DucklingEntityExtractor, FallbackClassifier)",
        "threshold 0.7",
        "credentials.yml: its channels (rest)",
        "endpoints.yml: its connections",
        "domain/domain.yml:4: slots are not carried over",
        "utter_help: its variations for slack are left out",
        "utter_never (domain/domain.yml:",
        "nothing_said (domain/domain.yml:15)",
        "which entities hire_boat use",
        "the slot member is set by custom actions",
        "deposit (domain/domain.yml:44, which is 20 in messages)",
        'data/stories/weather.yaml:21: the checkpoint "later"',
        'data/stories/weather.yaml:22: the user\'s text "and what now?"',
        'data/nlu/nlu.yml:41: the lookup "river"',
        'data/nlu/nlu.yml:44: the regex "harbour_code"',
    ],
)
def test_what_is_not_carried_is_named_with_its_place(report, part):
    assert part in report


def test_tests_and_results_are_not_read(report, locale):
    assert "none_of_ours" not in report
    assert "none_of_ours" not in locale.intents


# --- files as they come -------------------------------------------------------------------

SALON = {
    "domain.yml": """\
        version: "2.0"
        intents: [예약, 인사]
        entities: [서비스]
        slots:
          서비스:
            type: text
        forms:
          예약_form:
            서비스:
              - type: from_entity
                entity: 서비스
        responses:
          utter_인사:
            - text: 안녕하세요!
          utter_ask_서비스:
            - text: 어떤 서비스를 원하세요?
        """,
    "data/nlu.yml": """\
        version: "2.0"
        nlu:
          - intent: 예약
            examples: |
              - 예약하고 싶어요
              - [커트](서비스) 예약해 주세요
          - intent: 인사
            examples: |
              - 안녕하세요
              - 반가워요
        """,
    "data/rules.yml": """\
        rules:
          - rule: 인사
            steps:
              - intent: 인사
              - action: utter_인사
          - rule: 예약
            steps:
              - intent: 예약
              - action: 예약_form
              - active_loop: 예약_form
        """,
}


def test_a_korean_assistant_of_rasa_2_is_in_korean_with_names_that_can_be_read(written):
    imported = bot.import_bot(written(SALON, "Salon"))
    salon = imported.bot.locales["ko_KR"]
    assert texts(salon.intents["yeyak"]) == ["예약하고 싶어요", "{seobiseu} 예약해 주세요"]
    slot = elicitation(salon, "yeyak", "seobiseu")
    assert slot.slot_constraint == "Required"
    assert words(slot.prompt_specification) == ["어떤 서비스를 원하세요?"]
    assert '"예약" is yeyak' in "\n".join(imported.notes)


def test_byte_order_marks_other_encodings_and_line_ends_are_read(written):
    plain = {name: dedent(text) for name, text in SALON.items()}
    strange = {
        "domain.yml": b"\xef\xbb\xbf" + plain["domain.yml"].replace("\n", "\r\n").encode(),
        "data/nlu.yml": plain["data/nlu.yml"].encode("utf-16"),
        "data/rules.yml": plain["data/rules.yml"].encode("cp949"),
    }
    assert (
        bot.import_bot(written(strange, "Salon")).bot == bot.import_bot(written(SALON, "Salon")).bot
    )


@pytest.mark.parametrize("around", ["salon-main/", "tests/", "one/docs/"])
def test_a_zip_with_a_folder_around_the_assistant_is_read(tmp_path, around):
    with zipfile.ZipFile(tmp_path / "Salon.zip", "w") as archive:
        for path, content in SALON.items():
            archive.writestr(f"{around}{path}", dedent(content))
    assert list(bot.import_bot(tmp_path / "Salon.zip").bot.locales) == ["ko_KR"]


def test_the_markdown_of_rasa_1_is_read(written):
    imported = bot.import_bot(
        written(
            {
                "domain.yml": """\
                    intents:
                      - greet
                      - ask_time:
                          triggers: utter_time
                    forms:
                      - seat_form
                    slots:
                      row:
                        type: unfeaturized
                    templates:
                      utter_greet:
                        - text: Hello from one.
                      utter_time:
                        - text: Noon.
                      utter_ask_row:
                        - text: Which row?
                    """,
                "config.yml": "language: en\n",
                "data/nlu.md": """\
                    ## intent:greet
                    - hello
                    - hi there

                    ## intent:ask_time
                    * what time is it

                    ## intent:take_seat
                    - a seat in row [four](row:4)

                    ## synonym:4
                    - fourth

                    ## lookup:row
                    data/rows.txt
                    """,
                "data/rows.txt": "4\n5\n",
                "data/core/stories.md": """\
                    ## greeting
                    * greet
                      - utter_greet

                    ## seat
                    * take_seat{"row": "4"}
                      - seat_form
                      - form{"name": "seat_form"}
                      - form{"name": null}
                      - utter_greet
                    """,
                "README.md": "## Usage\n* run it\n  - utter_nothing\n",
            },
            "Old",
        )
    )
    old = imported.bot.locales["en_US"]
    assert sorted(old.intents) == ["FallbackIntent", "ask_time", "greet", "take_seat"]
    assert words(old.intents["ask_time"].intent_closing_setting.closing_response) == ["Noon."]
    row = elicitation(old, "take_seat", "row")
    assert words(row.prompt_specification) == ["Which row?"]
    values = old.slot_types[old.intents["take_seat"].slots["row"].slot_type_name].slot_type_values
    assert [each.sample_value.value for each in values] == ["4", "5"]


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ("rules:\n  - rule: x\n    steps: [\n", "data/more.yml:"),
        ("nlu:\n  - intent: a\n    intent: b\n", "data/more.yml:3:5"),
        (
            "stories:\n  - story: x\n    steps:\n      - dance: yes\n",
            "data/more.yml:4: the step dance",
        ),
        ("nlu:\n  - poem: x\n", "data/more.yml:2: a part of nlu"),
    ],
)
def test_a_file_at_fault_is_named_and_the_others_are_read(written, broken, named):
    imported = bot.import_bot(written({**SALON, "data/more.yml": broken}, "Salon"))
    assert named in "\n".join(imported.notes)
    assert "yeyak" in imported.bot.locales["ko_KR"].intents


def test_where_a_fault_leaves_no_intent_the_error_names_it(written):
    files = {**SALON, "data/nlu.yml": "nlu:\n  - intent: a: b\n"}
    with pytest.raises(bot.FieldError, match=r"data/nlu\.yml:2:13: the text has a colon"):
        bot.import_bot(written(files, "Salon"))


def test_several_assistants_in_one_folder_are_an_error_that_names_them(written):
    files = {f"{home}/{path}": text for home in ("east", "west") for path, text in SALON.items()}
    with pytest.raises(bot.ArchiveError, match="2 assistants of Rasa here: east, west"):
        bot.import_bot(written(files, "Two"))


def test_flows_alone_are_no_intents(written):
    flows = {"domain.yml": "responses: {}\n", "data/flows.yml": "flows:\n  pay:\n    steps: []\n"}
    with pytest.raises(bot.FieldError, match="CALM"):
        bot.import_bot(written(flows, "Calm"))


def test_a_number_that_a_slot_has_from_the_start_is_its_default_value(written):
    files = {
        "domain.yml": """\
            intents: [sail]
            slots:
              knots: {type: float, initial_value: 0.5, mappings: [{type: from_text}]}
            forms:
              sail_form: {required_slots: [knots]}
            responses:
              utter_ask_knots: [{text: How fast?}]
            """,
        "data/nlu.yml": "nlu:\n  - intent: sail\n    examples: |\n      - set sail\n",
        "data/rules.yml": """\
            rules:
              - rule: sail
                steps:
                  - intent: sail
                  - action: sail_form
                  - active_loop: sail_form
            """,
    }
    files = {path: dedent(text) for path, text in files.items()}
    (locale,) = bot.import_bot(written(files, "Boat")).bot.locales.values()
    setting = locale.intents["sail"].slots["knots"].value_elicitation_setting
    (default,) = setting.default_value_specification.default_value_list
    assert (default.default_value, type(default.default_value)) == ("0.5", str)
