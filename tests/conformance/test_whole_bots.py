"""Every intent of every whole bot, from the words that its definition gives to its end.

What the bots ask is read from their definitions, so nothing of theirs is repeated here.
"""

import re

import pytest
from tests.material.sources import OWN, every_export

from conformance.scenario import Scenario, State, Turn
from conformance.talking import talk
from daehwa import bot

# Something to say for a slot of each built-in type, in English and in Korean.
SAID = {
    "AMAZON.Date": ("tomorrow", "내일"),
    "AMAZON.Time": ("5 pm", "오후 다섯 시"),
    "AMAZON.Number": ("3", "셋"),
    "AMAZON.City": ("Seattle", "서울"),
    "AMAZON.FirstName": ("Anna", "민수"),
    "AMAZON.FreeFormInput": ("whatever it takes", "아무거나"),
    "AMAZON.AlphaNumeric": ("abc123", "abc123"),
    "AMAZON.UKPostalCode": ("SW1A 1AA", "SW1A 1AA"),
}
# Types that list no values and take what fits their expression.
FITTING = {"[A-C]{1}[0-9]{3}": "B204", "[A-Z]{2}[0-9]{2}": "QK27"}
MOST_TURNS = 25


def value(locale, slot_type):
    """A value for a slot: of the tables above, or the first that a custom type lists."""
    if slot_type in SAID:
        return SAID[slot_type][locale.identifier == "ko_KR"]
    definition = locale.slot_types[slot_type]
    if definition.composite_slot_type_setting is not None:
        parts = definition.composite_slot_type_setting.sub_slots
        return " ".join(value(locale, part.slot_type_name) for part in parts)
    if definition.slot_type_values:
        return definition.slot_type_values[0].sample_value.value
    return FITTING[definition.value_selection_setting.regex_filter.pattern]


def opening(locale, intent):
    """The words that open an intent: a sample utterance, values in its placeholders."""
    if intent.parent_intent_signature == "AMAZON.FallbackIntent":
        return "what is the capital of France?"
    if intent.parent_intent_signature is not None:
        return "repeat"
    utterance = min((u.utterance for u in intent.sample_utterances), key=lambda u: u.count("{"))

    def filled(match):
        return value(locale, intent.slots[match[1]].slot_type_name)

    return re.sub(r"\{(\w+)\}", filled, utterance)


def prompts(spec):
    """What a prompt may say, with anything in place of its placeholders."""
    texts = []
    for group in spec.message_groups_list:
        for message in (group.message, *(group.variations or ())):
            if message.plain_text_message is not None:
                text = re.escape(message.plain_text_message.value)
                texts.append(re.sub(r"\\\{\w+\\\}|\\\[[\w-]+\\\]", ".*", text))
    return texts


def reply(locale, intent, action):
    """What to say to the bot's question, and the questions that it may have put."""
    if action["type"] == "ConfirmIntent":
        prompt = intent.intent_confirmation_setting.prompt_specification
        return ("네" if locale.identifier == "ko_KR" else "yes"), prompts(prompt)
    slot = intent.slots[action["slotToElicit"]]
    slot_type, setting = slot.slot_type_name, slot.value_elicitation_setting
    if part := action.get("subSlotToElicit"):
        setting = slot.sub_slot_setting.slot_specifications[part["name"]].value_elicitation_setting
        parts = locale.slot_types[slot_type].composite_slot_type_setting.sub_slots
        slot_type = next(p.slot_type_name for p in parts if p.name == part["name"])
    return value(locale, slot_type), prompts(setting.prompt_specification)


class Talk:
    """A conversation whose turns are decided one by one, in one session."""

    def __init__(self, channel, path, locale):
        self.channel = channel
        home = "material" if path.is_relative_to(OWN) else "shared"
        self.place = {"bot": f"{home}:{path.name}", "locale": locale.identifier}
        self.session = {"sessionId": f"{path.stem}-{locale.identifier}"[:100]}

    def __call__(self, **turn):
        scenario = Scenario(
            name="public", shows=[], turns=[Turn(address=self.session, **turn)], **self.place
        )
        (exchange,) = talk(scenario, self.channel)
        assert exchange.problems == []
        return exchange.answer


def drive(say, locale, intent):
    """Open an intent and answer all that the bot asks; the last answer."""
    say(deletes=True)
    contexts = [context.name for context in intent.input_contexts or ()]
    answer = say(says=opening(locale, intent), with_=State(contexts=contexts) if contexts else None)
    assert answer["interpretations"][0]["intent"]["name"] == intent.name
    for _ in range(MOST_TURNS):
        action = answer["sessionState"]["dialogAction"]
        if action["type"] in ("Close", "ElicitIntent"):
            return answer
        current = locale.intents[answer["sessionState"]["intent"]["name"]]
        text, questions = reply(locale, current, action)
        contents = [m["content"] for m in answer["messages"] if "content" in m]
        assert any(re.fullmatch(q, c, re.DOTALL) for q in questions for c in contents), contents
        answer = say(says=text)
    return pytest.fail(f"{intent.name} does not end")


@pytest.mark.parametrize("path", every_export())
def test_every_intent_comes_to_its_end(path, channel):
    for locale in bot.load(path).locales.values():
        say = Talk(channel, path, locale)
        for intent in locale.intents.values():
            ended = drive(say, locale, intent)["sessionState"].get("intent")
            if ended is not None and ended["name"] == intent.name and intent.slots:
                required = [
                    name
                    for name, slot in intent.slots.items()
                    if slot.value_elicitation_setting.slot_constraint == "Required"
                ]
                assert all(ended["slots"][name] for name in required), ended
