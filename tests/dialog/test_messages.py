"""Messages: groups and variations, the four types, placeholders, the limit."""

import random

import pytest
from tests.dialog.build import Talk, fulfil, group, intent, listed, locale, means, scalar

from daehwa import bot, lex
from daehwa.dialog.messages import MAX_MESSAGES, fill_hook_messages, template
from daehwa.dialog.scope import Scope

SCOPE = Scope(
    intent="Order",
    slots={
        "City": scalar("Paris"),
        "Empty": None,
        "Toppings": listed("a", "b"),
        "이름": scalar("길동"),
    },
    session_attributes={"name": "Kim", "x.y": "1"},
    request_attributes={"x-amz-lex:q-in-connect-response": "Hello."},
)


@pytest.mark.parametrize(
    ("text", "filled", "by_hook"),
    [
        ("plain", "plain", "plain"),
        ("to {City}!", "to Paris!", "to Paris!"),
        ("{City}{City}", "ParisParis", "ParisParis"),
        ("{Order.City}", "Paris", "Paris"),
        ("{이름}님", "길동님", "길동님"),
        ("{Toppings}", "a and b", "a and b"),
        ("[name], [x.y]", "Kim, 1", "Kim, 1"),
        ("((x-amz-lex:q-in-connect-response))", "Hello.", "Hello."),
        ("<{Empty}>", "<>", "<{Empty}>"),
        ("<{Nobody}>", "<{Nobody}>", "<{Nobody}>"),
        ("<[nobody]>", "<>", "<[nobody]>"),
        ("<((nobody))>", "<>", "<((nobody))>"),
        ("[name](https://x)", "[name](https://x)", "[name](https://x)"),
        ('{"a": [1, 2]}', '{"a": [1, 2]}', '{"a": [1, 2]}'),
        ("[ChatGPT] hi", " hi", "[ChatGPT] hi"),
        ("{ } [] (())", "{ } [] (())", "{ } [] (())"),
    ],
)
def test_placeholders(text, filled, by_hook):
    assert template(text).fill(SCOPE) == filled
    (message,) = fill_hook_messages([lex.Message(content_type="PlainText", content=text)], SCOPE)
    assert message.content == by_hook


def speaking(*groups):
    start = bot.InitialResponseSetting(
        initial_response=bot.ResponseSpecification(message_groups_list=groups)
    )
    return locale(intent("Hi", initial=start, fulfil=fulfil()))


def test_each_group_gives_one_message_in_order():
    talk = Talk(speaking(group("A", "a"), group("B", "b"), group("C")))
    for _ in range(10):
        talk.says("hi", means("Hi"))
        assert [w.upper() for w in talk.words] == ["A", "B", "C"]


def test_the_callers_chance_picks_the_variations():
    bot_ = speaking(group("A", "B", "C"))
    chosen = {seed: Talk(bot_, seed=seed).says("hi", means("Hi")).words[0] for seed in range(20)}
    expected = {seed: "ABC"[random.Random(seed).randrange(3)] for seed in chosen}
    assert chosen == expected
    assert set(chosen.values()) == {"A", "B", "C"}


def test_the_four_types_of_content():
    card = bot.ImageResponseCard(
        title="For {who}",
        subtitle="sub",
        image_url="https://x/y.png",
        buttons_list=(bot.Button(text="Yes", value="y"),),
    )
    value = bot.TextValue(value="<speak>x</speak>")
    groups = (
        bot.MessageGroup(message=bot.Message(ssml_message=value)),
        bot.MessageGroup(message=bot.Message(custom_payload=bot.TextValue(value='{"a": 1}'))),
        bot.MessageGroup(message=bot.Message(image_response_card=card)),
        bot.MessageGroup(message=bot.Message()),  # a message with nothing in it is none
    )
    talk = Talk(speaking(*groups)).says("hi", means("Hi"))
    assert talk.outcome.messages == (
        lex.Message(content_type="SSML", content="<speak>x</speak>"),
        lex.Message(content_type="CustomPayload", content='{"a": 1}'),
        lex.Message(
            content_type="ImageResponseCard",
            image_response_card=lex.ImageResponseCard(
                title="For {who}",
                subtitle="sub",
                image_url="https://x/y.png",
                buttons=(lex.Button(text="Yes", value="y"),),
            ),
        ),
    )


def test_the_last_ten_messages_are_sent():
    first = bot.ResponseSpecification(message_groups_list=tuple(group(f"a{i}") for i in range(5)))
    done = bot.ResponseSpecification(message_groups_list=tuple(group(f"b{i}") for i in range(7)))
    talk = Talk(
        locale(
            intent(
                "Hi",
                initial=bot.InitialResponseSetting(initial_response=first),
                fulfil=bot.FulfillmentCodeHook(
                    enabled=False,
                    post_fulfillment_status_specification=bot.PostCodeHookSpecification(
                        success_response=done
                    ),
                ),
            )
        )
    ).says("hi", means("Hi"))
    assert len(talk.words) == MAX_MESSAGES
    assert talk.words == ["a2", "a3", "a4", *(f"b{i}" for i in range(7))]
