"""Every intent of every public bot, from the words that its definition gives to its end.

What the bots ask is read from their definitions, so nothing of theirs is repeated here.
"""

import re

import pytest

from conformance.scenario import Scenario, Turn
from conformance.talking import talk
from daehwa import bot

pytestmark = pytest.mark.shared

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
MOST_TURNS = 25


def intents(shared):
    for folder in sorted(path for path in (shared / "bots").iterdir() if path.is_dir()):
        for locale in bot.load(folder).locales.values():
            for intent in locale.intents.values():
                yield folder.name, locale, intent


def value(locale, slot_type):
    """A value for a slot: of the table above, or the first that a custom type lists."""
    if slot_type in SAID:
        return SAID[slot_type][locale.identifier == "ko_KR"]
    return locale.slot_types[slot_type].slot_type_values[0].sample_value.value


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
    prompt = slot.value_elicitation_setting.prompt_specification
    return value(locale, slot.slot_type_name), prompts(prompt)


class Talk:
    """A conversation whose turns are decided one by one, in one session."""

    def __init__(self, channel, folder, locale):
        self.channel = channel
        self.place = {"bot": f"shared:{folder}", "locale": locale.identifier}
        self.session = {"sessionId": f"public-{folder}-{locale.identifier}"}

    def __call__(self, **turn):
        scenario = Scenario(
            name="public", shows=[], turns=[Turn(address=self.session, **turn)], **self.place
        )
        (exchange,) = talk(scenario, self.channel)
        assert exchange.problems == []
        return exchange.answer


def test_every_intent_comes_to_its_end(shared, channel):
    driven = 0
    for folder, locale, intent in intents(shared):
        say = Talk(channel, folder, locale)
        say(deletes=True)
        answer = say(says=opening(locale, intent))
        assert answer["interpretations"][0]["intent"]["name"] == intent.name, folder
        for _ in range(MOST_TURNS):
            action = answer["sessionState"]["dialogAction"]
            if action["type"] in ("Close", "ElicitIntent"):
                break
            current = locale.intents[answer["sessionState"]["intent"]["name"]]
            text, questions = reply(locale, current, action)
            contents = [m["content"] for m in answer["messages"] if "content" in m]
            assert any(re.fullmatch(a, s, re.DOTALL) for a in questions for s in contents), (
                folder,
                contents,
            )
            answer = say(says=text)
        else:
            pytest.fail(f"{folder} {intent.name} does not end")
        ended = answer["sessionState"].get("intent")
        if ended is not None and ended["name"] == intent.name and intent.slots:
            required = [
                name
                for name, slot in intent.slots.items()
                if slot.value_elicitation_setting.slot_constraint == "Required"
            ]
            assert all(ended["slots"][name] for name in required), (folder, ended)
        driven += 1
    assert driven >= 20
