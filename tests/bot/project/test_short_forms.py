"""What the short forms of a project mean in Lex's own terms."""

import json
import shutil
import subprocess

import jsonschema
import pytest
from tests.bot.project.conftest import SALON

from daehwa import bot, care
from daehwa.bot.yaml_reader import as_json, read_yaml
from daehwa.conversation import HookSetting, Settings

HOOK = Settings(hooks=(HookSetting(bot="Salon", python="salon:handler"),))


def texts(specification):
    return [group.message.plain_text_message.value for group in specification.message_groups_list]


def action(state):
    """A next step in one text."""
    step = state.dialog_action
    return " ".join(filter(None, (step.type, step.slot_to_elicit)))


def intent(locale, members):
    lines = "\n".join(f"    {line}" for line in members.splitlines())
    return locale(f"intents:\n  Order:\n{lines}\n").intents["Order"]


# --- a bot in few lines -------------------------------------------------------------------------


def test_a_small_salon_is_under_thirty_five_lines_and_has_nothing_to_mend(salon):
    files = [*salon.glob("*.yaml")]
    assert sum(len(file.read_text("utf-8").splitlines()) for file in files) < 35
    assert care.check(salon, settings=HOOK).problems == ()
    exported = bot.completed(bot.load(salon))
    assert all(i.identifier for i in exported.locales["ko_KR"].intents.values())
    assert exported.data_privacy.child_directed is False


def test_an_intent_of_three_samples_and_an_answer_is_three_lines(locale):
    hours = intent(locale, "samples: [몇 시에 열어요, 언제 열어요, 영업시간]\nanswer: 열 시요.")
    assert [one.utterance for one in hours.sample_utterances] == [
        "몇 시에 열어요",
        "언제 열어요",
        "영업시간",
    ]
    status = hours.fulfillment_code_hook.post_fulfillment_status_specification
    assert texts(status.success_response) == ["열 시요."]
    assert action(status.success_next_step) == "EndConversation"
    assert action(hours.initial_response_setting.code_hook.post_code_hook_specification
                  .success_next_step) == "FulfillIntent"  # fmt: skip


def test_every_scalar_where_text_is_expected_is_text(locale):
    order = intent(locale, "samples: [no, on, 1, 2026-01-01, ~, 1.0, 0x1F, true, null, 12:30]")
    assert [one.utterance for one in order.sample_utterances] == [
        "no", "on", "1", "2026-01-01", "~", "1.0", "0x1F", "true", "null", "12:30",
    ]  # fmt: skip


def test_samples_may_be_the_lines_of_a_text_without_any_quotes(locale):
    order = intent(
        locale, "samples: |\n  {Drink} 주세요\n  no: really # 네\nslots: {Drink: AMAZON.City}"
    )
    assert [one.utterance for one in order.sample_utterances] == [
        "{Drink} 주세요",
        "no: really # 네",
    ]


def test_two_branches_that_add_samples_to_different_intents_merge(salon):
    def git(*words):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words],
            cwd=salon, check=True, capture_output=True,
        )  # fmt: skip

    git("init", "-qb", "main")
    git("add", ".")
    git("commit", "-qm", "the salon")
    for branch, name in (("hours", "OpeningHours"), ("book", "Book")):
        git("checkout", "-qb", branch, "main")
        new = bot.NewSample(locale="ko_KR", intent=name, utterance=f"{name} 한 줄")
        bot.amend(salon, bot.load(salon), (new,))
        git("commit", "-qam", name)
    git("merge", "-q", "--no-edit", "hours")
    intents = bot.load(salon).locales["ko_KR"].intents
    for name in ("OpeningHours", "Book"):
        assert intents[name].sample_utterances[-1].utterance == f"{name} 한 줄"


# --- messages -----------------------------------------------------------------------------------


def test_messages_are_texts_variations_cards_and_payloads(locale):
    order = intent(
        locale,
        "answer:\n"
        "  - any: [하나, 둘]\n"
        "  - title: 고르세요\n    subtitle: 하나만\n    image: https://a.b/c.png\n"
        '    buttons: [네, {"아니요, 싫어요": no}]\n'
        "  - ssml: <speak>안녕</speak>\n"
        "  - payload: '{\"a\": 1}'\n".replace("{아니요, 싫어요: no}", '{"아니요, 싫어요": no}'),
    )
    status = order.fulfillment_code_hook.post_fulfillment_status_specification
    first, card, ssml, payload = status.success_response.message_groups_list
    assert first.message.plain_text_message.value == "하나"
    assert [each.plain_text_message.value for each in first.variations] == ["둘"]
    shown = card.message.image_response_card
    assert (shown.title, shown.subtitle, shown.image_url) == (
        "고르세요",
        "하나만",
        "https://a.b/c.png",
    )
    assert [(b.text, b.value) for b in shown.buttons_list] == [
        ("네", "네"),
        ("아니요, 싫어요", "no"),
    ]
    assert ssml.message.ssml_message.value == "<speak>안녕</speak>"
    assert json.loads(payload.message.custom_payload.value) == {"a": 1}


# --- slots and steps ----------------------------------------------------------------------------


def test_slots_are_asked_for_in_the_order_in_which_they_stand(locale):
    order = intent(
        locale,
        "slots:\n"
        "  B: {type: AMAZON.Date, prompt: 언제요?, retries: 1}\n"
        "  A: {type: AMAZON.City, prompt: 어디요?, optional: true, default: ['[city]', 서울]}\n"
        "  C: {type: AMAZON.Number, prompt: 몇요?, obfuscated: true, multiple: yes}\n"
        "confirm: 맞아요?\ndecline: 네.",
    )
    assert [(p.slot_name, p.priority) for p in order.slot_priorities] == [
        ("B", 1),
        ("A", 2),
        ("C", 3),
    ]
    after = {
        name: action(slot.value_elicitation_setting.slot_capture_setting.capture_next_step)
        for name, slot in order.slots.items()
    }
    assert after == {"B": "ElicitSlot C", "A": "ElicitSlot C", "C": "ConfirmIntent"}
    asked_once = order.slots["B"].value_elicitation_setting.prompt_specification
    assert (asked_once.max_retries, sorted(asked_once.prompt_attempts_specification)) == (
        1,
        ["Initial", "Retry1"],
    )
    optional = order.slots["A"].value_elicitation_setting
    assert optional.slot_constraint == "Optional"
    values = optional.default_value_specification.default_value_list
    assert [one.default_value for one in values] == ["[city]", "서울"]
    masked = order.slots["C"]
    assert masked.obfuscation_setting.obfuscation_setting_type == "DefaultObfuscation"
    assert masked.multiple_values_setting.allow_multiple_values


def test_branches_steps_and_attributes(locale):
    order = intent(
        locale,
        "slots:\n"
        "  N:\n"
        "    type: AMAZON.Number\n"
        "    prompt: 몇 개요?\n"
        "    captured:\n"
        "      branches:\n"
        '        - if: "{N} > 20"\n'
        "          say: 너무 많아요.\n"
        "          then: elicit N\n"
        "          clear: N\n"
        '        - if: "{N} = 7"\n'
        "          name: Lucky\n"
        "          set: {lucky: yes}\n"
        "      otherwise: 좋아요.\n"
        "    failed: {say: 나중에요., then: end}\n"
        "answer: {say: 끝., then: start Order, slots: {N: 1}}\n",
    )
    capture = order.slots["N"].value_elicitation_setting.slot_capture_setting
    assert action(capture.capture_next_step) == "EvaluateConditional"
    many, lucky = capture.capture_conditional.conditional_branches
    assert (many.name, lucky.name) == ("Branch1", "Lucky")
    assert (action(many.next_step), many.next_step.intent.slots) == ("ElicitSlot N", {"N": None})
    assert (action(lucky.next_step), lucky.next_step.session_attributes) == (
        "FulfillIntent",
        {"lucky": "yes"},
    )
    otherwise = capture.capture_conditional.default_branch
    assert (texts(otherwise.response), action(otherwise.next_step)) == (
        ["좋아요."],
        "FulfillIntent",
    )
    assert action(capture.failure_next_step) == "EndConversation"
    after = order.fulfillment_code_hook.post_fulfillment_status_specification.success_next_step
    assert (after.dialog_action.type, after.intent.name) == ("StartIntent", "Order")
    assert after.intent.slots["N"].value.interpreted_value == "1"


def test_hooks_and_contexts(locale):
    order = intent(
        locale,
        "hooks: [dialog, fulfillment]\nneeds: paid\n"
        "gives: [served, {name: tipped, turns: 2}]\n"
        "initial: {say: 잠시만요., hook: {label: Start}}\n"
        "slots: {N: {type: AMAZON.Number, prompt: 몇?}}",
    )
    assert order.dialog_code_hook.enabled
    assert order.fulfillment_code_hook.enabled
    assert order.initial_response_setting.code_hook.invocation_label == "Start"
    assert [context.name for context in order.input_contexts] == ["paid"]
    assert [(c.name, c.turns_to_live) for c in order.output_contexts] == [
        ("served", 5),
        ("tipped", 2),
    ]
    attempt = order.slots["N"].value_elicitation_setting.slot_capture_setting
    assert attempt.elicitation_code_hook.enable_code_hook_invocation


def test_slot_types_have_values_with_synonyms(locale):
    read = locale(
        "slot_types:\n  A: [커피: [라떼, 모카], 차]\n".replace(
            "[커피: [라떼, 모카], 차]", "[{커피: [라떼, 모카]}, 차]"
        )
        + "  B: {expand: true, values: {큰 것: [대]}}\n"
        "  C: {parent: AMAZON.AlphaNumeric, pattern: '[0-9]{4}'}\n"
    ).slot_types
    assert [
        (v.sample_value.value, [s.value for s in v.synonyms or ()])
        for v in read["A"].slot_type_values
    ] == [("커피", ["라떼", "모카"]), ("차", [])]
    assert read["A"].value_selection_setting.resolution_strategy == "TOP_RESOLUTION"
    assert read["B"].value_selection_setting.resolution_strategy == "ORIGINAL_VALUE"
    assert read["C"].value_selection_setting.regex_filter.pattern == "[0-9]{4}"


def test_what_has_no_short_form_stands_verbatim_under_lex(locale):
    order = intent(
        locale,
        "samples: [주문]\n"
        "lex:\n"
        "  kendraConfiguration: {kendraIndex: arn, queryFilterStringEnabled: false}\n"
        "  intentDisplayName: '주문'\n",
    )
    assert order.kendra_configuration == {"kendraIndex": "arn", "queryFilterStringEnabled": False}
    assert order.extra == {"intentDisplayName": "주문"}


# --- mistakes -----------------------------------------------------------------------------------

MISTAKES = {
    "a member that nothing reads": (
        "    sampels: [a]",
        'no member "sampels". Write "samples"',
        3,
        5,
    ),
    "a slot without quotes": ("    samples: [{Day}]", 'in quotes: "{Day} …"', 3, 15),
    "a step that is none": ("    answer: {say: a, then: elicitt N}", 'Write "elicit N"', 3, 22),
    "a number that is none": (
        "    slots: {N: {type: AMAZON.Number, prompt: a, retries: many}}",
        "has to be a number",
        3,
        49,
    ),
    "a card without a title": ("    answer: {buttons: [a]}", "a card needs a title", 3, 5),
    "a member twice": ("    samples: [a]\n    samples: [b]", "written twice", 4, 5),
    "a slot without a type": ("    slots: {N: {prompt: a}}", 'slot "N" has no type', 3, 13),
    "a brace that begins a text": ("    answer: {N} 개요", "in quotes", 3, 13),
    "a member by another system's name": ("    utterances: [a]", 'Write "samples"', 3, 5),
    "a member in Korean": ("    samples: [a]\n    대답: 네", 'Write "answer"', 4, 5),
    "a member by Lex's own name": ("    sampleUtterances: [a]", 'Write "samples"', 3, 5),
    "samples without dashes": ("    samples:\n      a b\n      c d", "a dash", 3, 5),
    "samples with dashes below a bar": (
        "    samples: |\n      - a\n      - b",
        "Remove the |",
        3,
        5,
    ),
    "a flag in quotes": (
        "    slots: {N: {type: AMAZON.Number, prompt: a, optional: 'true'}}",
        "without quotes",
        3,
        49,
    ),
    "a slot that is required": (
        "    slots: {N: {type: AMAZON.Number, prompt: a, required: true}}",
        "unless it has `optional: true`",
        3,
        49,
    ),
    "a brace alone": ("    answer: {N}", 'in quotes: "{N} …"', 3, 5),
    "a comma in a text in braces": (
        "    slots: {N: {type: AMAZON.Number, prompt: 음, 몇 개?}}",
        "comma in it in quotes",
        3,
        49,
    ),
    "a colon without a space in braces": (
        "    slots: {N: {type:AMAZON.Number, prompt: a}}",
        "`type: AMAZON.Number`",
        3,
        17,
    ),
    "a hidden character": ("    \u200banswer: 네", "(U+200B)", 3, 5),
    "a number in quotes": (
        "    slots: {N: {type: AMAZON.Number, prompt: a, retries: '2'}}",
        "without quotes",
        3,
        49,
    ),
    "a step by Lex's name": ("    answer: {say: a, then: EndConversation}", 'Write "end"', 3, 22),
    "a step as a mapping": ("    answer: {say: a, then: {elicit: N}}", 'Write "elicit N"', 3, 22),
    "hooks as a mapping": ("    hooks: {fulfillment: true}", "dialog, fulfillment", 3, 5),
    "a button with names": (
        "    answer: {title: a, buttons: [{text: 예, value: 네}]}",
        "Write `예: 네`",
        3,
        34,
    ),
    "a type by another word": ("    slots: {N: {type: 날짜, prompt: a}}", '"AMAZON.Date"', 3, 17),
    "values without dashes": (
        "    samples: [a]\nslot_types:\n  T:\n    하나: [일]\n    둘: [이]",
        "a dash before each",
        5,
        3,
    ),
    "values in one text": ("    samples: [a]\nslot_types:\n  T: 하나, 둘", "after a dash", 5, 3),
    "a part in the wrong file": ("    samples: [a]\nidle: 5m", "It belongs in bot.yaml.", 4, 1),
    "a merge key": ("    <<: [a]", "no merge keys", 3, 5),
    "samples as a mapping": ("    samples: {a: b, c: d}", "after a dash", 3, 5),
    "half a retry": (
        "    slots: {N: {type: AMAZON.Number, prompt: a, retries: 1.5}}",
        "a whole number",
        3,
        49,
    ),
    "a flag that is none": (
        "    slots: {N: {type: AMAZON.Number, prompt: a, optional: maybe}}",
        "Write true or false",
        3,
        49,
    ),
    "a step with a name that is none": (
        "    answer: {say: a, then: goto Order}",
        "`start Order`",
        3,
        22,
    ),
    "a built-in type without its prefix": (
        "    slots: {N: {type: Number, prompt: a}}",
        'Write "AMAZON.Number"',
        3,
        17,
    ),
    "an intent's member beside the intents": (
        "    samples: [a]\n  answer: 네",
        "indent it further",
        4,
        3,
    ),
    "a slot type that is not there": ("    slots: {N: {type: Nope, prompt: a}}", "Nope", 3, 17),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_has_file_line_column_and_cure(locale, tmp_path, mistake):
    text, words, line, column = MISTAKES[mistake]
    with pytest.raises(bot.ProjectError) as caught:
        locale(f"intents:\n  Order:\n{text}\n")
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"ko_KR.yaml:{line}:")
    [problem] = [p for p in care.check(tmp_path / "Tiny").problems if p.severity == "error"]
    assert (problem.file, problem.line) == ("ko_KR.yaml", line)
    assert problem.column == column


def test_check_finds_all_at_once_and_names_the_lines_of_the_project(salon):
    file = salon / "ko_KR.yaml"
    text = file.read_text("utf-8").replace("prompt: 몇 시가", "promt: 몇 시가")
    text = text.replace('"{Service} 예약할게요"', '"{Servise} 예약할게요"').replace(
        "안녕,", "안녕, 안녕!,"
    )
    file.write_text(text, "utf-8")
    problems = care.check(salon, settings=HOOK).problems
    lines = text.splitlines()
    assert {(p.code, lines[p.line - 1].strip()) for p in problems} == {
        ("wrong-member", "Time: {type: AMAZON.Time, promt: 몇 시가 좋으세요?}"),
        ("missing-slot", '- "{Servise} 예약할게요"'),
        ("repeated-sample", "samples: [안녕하세요, 안녕, 안녕!, 반가워요]"),
    }


def test_a_mistake_hides_no_other_in_its_part_or_elsewhere(locale, tmp_path):
    with pytest.raises(bot.ProjectError):
        locale(
            "confidence: high\n"
            "intents:\n"
            "  Order:\n"
            "    samples: {when: open}\n"
            "    slots: {N: {type: AMAZON.Number, prompt: a, retries: many, optional: perhaps}}\n"
            "    hooks: fulfilment\n"
            "    answer: {then: start Nobody}\n"
            "  Ask:\n"
            '    samples: [a, "b {Nothing}"]\n'
            "    answer: a\n"
        )
    problems = care.check(tmp_path / "Tiny").problems
    assert {(p.field, p.code) for p in problems if p.severity == "error"} == {
        ("confidence", "wrong-member"),
        ("intents.Order.samples", "wrong-member"),
        ("intents.Order.slots.N.retries", "wrong-member"),
        ("intents.Order.slots.N.optional", "wrong-member"),
        ("intents.Order.hooks", "wrong-member"),
        ("intents.Order.answer.then", "missing-intent"),
        ("intents.Ask.samples[2]", "missing-slot"),
    }


def test_a_part_is_not_wrong_for_what_is_wrong_in_it(locale, tmp_path):
    with pytest.raises(bot.ProjectError) as caught:
        locale(
            "intents:\n"
            "  Order:\n"
            "    samples: [a, b]\n"
            "    slots: {N: {type: [Small], prompt: a}}\n"
            "    answer: {branches: [{iff: x, say: a}]}\n"
            "slot_types:\n"
            "  Tide: {grammar: grammars/tide.grxml}\n"
        )
    assert str(caught.value).startswith("ko_KR.yaml:4:")  # the first in the file
    problems = care.check(tmp_path / "Tiny").problems
    assert [(p.field, p.line) for p in problems if p.severity == "error"] == [
        ("intents.Order.slots.N.type", 4),
        ("intents.Order.answer.branches[1].iff", 5),
        ("slot_types.Tide.grammar", 7),
    ]


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("- 1", "$", "has to be locales"),
        ("ko_KR: {intent: {A: B}}", "ko_KR.intent", 'no ids of "intent"'),
        ("ko_KR: {intents: [A]}", "ko_KR.intents", "names with their ids"),
        ("ko_KR: {slots: {A: {B: [X]}}}", "ko_KR.slots.A.B", "not an id"),
    ],
)
def test_identifiers_of_another_shape_are_reported(salon, text, field, words):
    (salon / "identifiers.yaml").write_text(text, "utf-8")
    [problem] = care.check(salon, settings=HOOK).problems
    assert (problem.file, problem.field, problem.line) == ("identifiers.yaml", field, 1)
    assert words in problem.message


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_a_file_in_another_encoding_is_at_fault_and_nothing_is_read_of_it(salon, encoding):
    file = salon / "ko_KR.yaml"
    file.write_bytes(file.read_text("utf-8").replace("—", "-").encode(encoding))
    problems = bot.examine(salon).problems
    (problem,) = (each for each in problems if "UTF-8" in each.message)
    assert (problem.file, problem.severity) == ("ko_KR.yaml", "error")
    assert problem.cure.startswith("Save it as UTF-8")
    with pytest.raises(bot.BotError, match="not UTF-8"):
        bot.load(salon)


def test_a_file_that_is_nearly_a_locales_is_named(salon):
    shutil.copy(salon / "ko_KR.yaml", salon / "en-us.yaml")
    with pytest.raises(bot.ProjectError, match=r"en-us\.yaml.*Rename it to en_US\.yaml"):
        bot.load(salon)


# --- schemas ------------------------------------------------------------------------------------


def valid(file, text):
    value = as_json(read_yaml(text, "file").value)
    jsonschema.Draft202012Validator(bot.project_schema(file)).validate(value)


def test_the_schemas_take_what_the_reader_takes():
    valid("locale", SALON)
    for example in bot.bundled().values():
        valid("bot", (example / "bot.yaml").read_text("utf-8"))
        for file in example.glob("*_*.yaml"):
            valid("locale", file.read_text("utf-8"))


def test_the_schemas_refuse_what_nothing_reads():
    with pytest.raises(jsonschema.ValidationError):
        valid("locale", SALON.replace("samples:", "sampels:", 1))
    with pytest.raises(jsonschema.ValidationError):
        valid("bot", "nam: Salon")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("en.yaml", "en_US.yaml"), ("ko-kr.yaml", "ko_KR.yaml"), ("ko_KR.yaml.txt", "ko_KR.yaml")],
)
def test_a_file_that_is_meant_for_a_locale_is_called_by_its_right_name(tmp_path, name, meant):
    (tmp_path / "bot.yaml").write_text("name: Tiny\n")
    (tmp_path / name).write_text("intents: {Hello: {samples: [hello], answer: Hi}}\n")
    errors = [each for each in care.check(tmp_path).problems if each.severity == "error"]
    assert [each.cure for each in errors] == [f"Rename it to {meant}."]


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("bot.yml", "Rename bot.yml to bot.yaml."),
        ("en_US.yaml", "Add bot.yaml beside en_US.yaml, with a line such as `name: MyBot`."),
    ],
)
def test_a_folder_that_is_nearly_a_project_is_no_export_of_lex(tmp_path, name, cure):
    (tmp_path / name).write_text("name: Tiny\n")
    [problem] = care.check(tmp_path).problems
    assert problem.cure == cure


def test_a_misspelt_part_of_a_locale_is_one_fault_and_not_what_follows_from_it(locale, tmp_path):
    with pytest.raises(bot.ProjectError):
        locale(
            "intents:\n  A: {samples: [x], slots: {S: {type: T, prompt: q}}}\nslotTypes: {T: [a]}\n"
        )
    errors = [p for p in care.check(tmp_path / "Tiny").problems if p.severity == "error"]
    assert [each.cure for each in errors] == ['Write "slot_types".']


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        ("answer: 주문 #3 나왔어요", "#3 나왔어요"),
        ("answer: 주문 # 셋째", None),
        ("answer: '주문 #3'", None),
        ("answer: 주문#3", None),
        ("steps: explicit #!x", None),
    ],
)
def test_a_text_that_a_hash_cuts_off_is_pointed_out(locale, tmp_path, written, rest):
    locale(f"intents:\n  Order:\n    samples: [a, b, c]\n    {written}\n")
    cut = [p for p in care.check(tmp_path / "Tiny").problems if p.code == "text-cut-off"]
    assert [p.message for p in cut] == (
        [] if rest is None else [f'"{rest}" is a comment, and not part of the text.']
    )
    assert all((p.file, p.line, p.column) == ("ko_KR.yaml", 4, 5) for p in cut)
