"""Small bots in which slots are filled and read."""

import datetime as dt

import pytest

from daehwa import bot, lex
from daehwa.nlu.slots import SlotModel

NOW = dt.datetime(2020, 12, 30, 14, 30, tzinfo=dt.UTC)


def samples(*utterances):
    return tuple(bot.SampleUtterance(utterance=text) for text in utterances)


def a_slot(name, type_name, *, many=False, said=(), prompt=None):
    message = prompt and bot.Message(plain_text_message=bot.TextValue(value=prompt))
    return bot.Slot(
        name=name,
        slot_type_name=type_name,
        multiple_values_setting=bot.MultipleValuesSetting(allow_multiple_values=many),
        value_elicitation_setting=bot.SlotValueElicitationSetting(
            sample_utterances=samples(*said),
            prompt_specification=message
            and bot.PromptSpecification(message_groups_list=(bot.MessageGroup(message=message),)),
        ),
    )


def a_type(name, values, *, restricted=False, parent=None, pattern=None):
    return bot.SlotType(
        name=name,
        parent_slot_type_signature=parent,
        slot_type_values=tuple(
            bot.SlotTypeValue(
                sample_value=bot.SampleValue(value=value),
                synonyms=tuple(bot.SampleValue(value=synonym) for synonym in synonyms),
            )
            for value, synonyms in values.items()
        ),
        value_selection_setting=bot.ValueSelectionSetting(
            resolution_strategy="TOP_RESOLUTION" if restricted else "ORIGINAL_VALUE",
            regex_filter=bot.RegexFilter(pattern=pattern) if pattern else None,
        ),
    )


def an_intent(name, utterances, *slots):
    return bot.Intent(
        name=name,
        sample_utterances=samples(*utterances),
        slots={slot.name: slot for slot in slots},
        slot_priorities=tuple(
            bot.SlotPriority(slot_name=slot.name, priority=place)
            for place, slot in enumerate(slots)
        ),
    )


def a_locale(identifier, intents, types=()):
    return bot.BotLocale(
        identifier=identifier,
        intents={intent.name: intent for intent in intents},
        slot_types={slot_type.name: slot_type for slot_type in types},
    )


@pytest.fixture(scope="session")
def korean():
    """Trains, coffee, pizza and a name, in Korean."""
    return a_locale(
        "ko_KR",
        [
            an_intent(
                "Train",
                [
                    "{From}에서 {To}으로 가는 표",
                    "{Date}에 {To} 가는 기차 예약해줘",
                    "기차표 예매",
                    "{From}에서 {To}까지 {Date} {Time}에",
                ],
                a_slot("From", "AMAZON.City"),
                a_slot("To", "AMAZON.City"),
                a_slot("Date", "AMAZON.Date"),
                a_slot("Time", "AMAZON.Time"),
                a_slot("People", "AMAZON.Number", prompt="몇 명이세요?"),
                a_slot("Rooms", "AMAZON.Number", prompt="특실은 몇 석 드릴까요?"),
            ),
            an_intent(
                "Coffee",
                ["{Drink} {Count}잔 주세요", "커피 주문", "{Size} 사이즈 {Drink} 주문할게요"],
                a_slot("Drink", "Drink"),
                a_slot("Size", "Size"),
                a_slot("Count", "AMAZON.Number"),
            ),
            an_intent("Play", ["{Artist} 틀어줘"], a_slot("Artist", "Singer")),
            an_intent("Hello", ["안녕", "내 이름은 {Name}"], a_slot("Name", "AMAZON.FirstName")),
            an_intent(
                "Pizza",
                ["피자 주문", "{Toppings} 피자 주세요"],
                a_slot("Toppings", "Topping", many=True),
            ),
            an_intent(
                "Books",
                [
                    "{Book} 주문할게요",
                    "{Book} {Copies}권 주문할게요",
                    "{Day}에 {Book} 찾으러 갈게요",
                ],
                a_slot("Book", "Book"),
                a_slot("Copies", "AMAZON.Number"),
                a_slot("Day", "AMAZON.Date"),
            ),
        ],
        [
            a_type("Singer", {"은빛고래": [], "산울림": []}),
            a_type(
                "Drink",
                {
                    "아메리카노": ["아아", "아이스 아메리카노"],
                    "카페라떼": ["라떼", "카페 라떼"],
                    "바닐라라떼": [],
                },
                restricted=True,
            ),
            a_type("Size", {"톨": ["작은"], "그란데": [], "벤티": ["큰", "라지"]}, restricted=True),
            a_type("Topping", {"페퍼로니": [], "파인애플": [], "치즈": [], "버섯": []}),
            a_type("Book", {"밀물의 속도": [], "모래에 쓴 답장": ["답장"]}, restricted=True),
        ],
    )


@pytest.fixture(scope="session")
def english():
    """Flights, flowers, a hotel, pizza, a car and an account, in English."""
    parts = {"Color": "Color", "Manufacturer": "Make", "Model": "CarModel", "Year": "AMAZON.Number"}
    return a_locale(
        "en_US",
        [
            an_intent(
                "Flight",
                [
                    "book a flight from {From} to {To}",
                    "fly to {To} on {Date}",
                    "i want to fly from {From}",
                    "flights to {To} {Date} for {Count} people",
                ],
                a_slot("From", "AMAZON.City"),
                a_slot("To", "AMAZON.City"),
                a_slot("Date", "AMAZON.Date"),
                a_slot("Time", "AMAZON.Time"),
                a_slot("Count", "AMAZON.Number"),
            ),
            an_intent(
                "Flowers",
                ["I would like to order flowers", "order some {FlowerType}"],
                a_slot("FlowerType", "FlowerTypes"),
                a_slot("PickupDate", "AMAZON.Date"),
                a_slot("PickupTime", "AMAZON.Time"),
            ),
            an_intent(
                "Hotel",
                ["book a hotel", "a room in {City}"],
                a_slot("City", "AMAZON.City"),
                a_slot("CheckIn", "AMAZON.Date"),
                a_slot("CheckOut", "AMAZON.Date"),
                a_slot("Nights", "AMAZON.Number"),
                a_slot("Guests", "AMAZON.Number"),
            ),
            an_intent(
                "Pizza",
                ["i want a pizza with {toppings}", "a pizza please"],
                a_slot("toppings", "Topping", many=True),
                a_slot("size", "Size"),
            ),
            an_intent(
                "Rate",
                ["rate {Title} {Stars} stars", "give the book {Title} {Stars}", "rate a book"],
                a_slot("Title", "Titles"),
                a_slot("Stars", "AMAZON.Number"),
            ),
            an_intent(
                "Listen",
                ["play {Artist}'s music", "play music by {Artist}", "put on {Artist}, please"],
                a_slot("Artist", "Artists"),
            ),
            an_intent("Play", ["play {Artist}"], a_slot("Artist", "Artists")),
            an_intent(
                "Photos",
                ["show me {First}", "show me {First} and {Second}"],
                a_slot("First", "AMAZON.AlphaNumeric"),
                a_slot("Second", "AMAZON.AlphaNumeric"),
            ),
            an_intent(
                "Service",
                ["schedule a service"],
                a_slot("CarType", "Car"),
                a_slot("When", "AMAZON.Date"),
            ),
            an_intent(
                "Call",
                ["call me"],
                a_slot("Time", "AMAZON.Time", said=["{Time} o'clock", "any time after {Time}"]),
                a_slot("Reason", "AMAZON.FreeFormInput"),
                a_slot("Code", "Code"),
                a_slot("Nick", "Nick", said=["folks know me as {Nick}"]),
                a_slot("Home", "Harbour"),
            ),
        ],
        [
            a_type("FlowerTypes", {"roses": [], "lilies": [], "tulips": []}),
            a_type(
                "Topping",
                {"pepperoni": [], "pineapple": [], "cheese": [], "mushrooms": ["shrooms"]},
            ),
            a_type(
                "Titles",
                {
                    "The Sea of Glass": [],
                    "A House in the Hills": [],
                    "Letters at Dawn": [],
                    "The Book of Rivers": [],
                },
            ),
            a_type("Artists", {"Mina Vale": [], "The Kites": [], "Jo Harker": []}),
            a_type("Size", {"small": ["little"], "medium": [], "large": ["big"]}, restricted=True),
            a_type("Color", {"white": [], "red": []}),
            a_type("Make", {"Toyota": [], "Honda": []}),
            a_type("CarModel", {"Camry": [], "Civic": []}),
            a_type("Nick", {}),
            a_type("Code", {}, parent="AMAZON.AlphaNumeric", pattern="[A-Z]{2}[0-9]{3}"),
            a_type("Harbour", {"Port Blue": ["the blue port"]}, parent="AMAZON.City"),
            bot.SlotType(
                name="Car",
                composite_slot_type_setting=bot.CompositeSlotTypeSetting(
                    sub_slots=tuple(
                        bot.SubSlotTypeComposition(name=name, slot_type_name=type_name)
                        for name, type_name in parts.items()
                    )
                ),
            ),
        ],
    )


@pytest.fixture(scope="session")
def models(korean, english):
    return {"ko": SlotModel.learn(korean), "en": SlotModel.learn(english)}


def hints(intent, **phrases):
    return lex.RuntimeHints(
        slot_hints={
            intent: {
                slot: {"runtimeHintValues": [{"phrase": phrase} for phrase in said]}
                for slot, said in phrases.items()
            }
        }
    )


@pytest.fixture(scope="session")
def fill(models):
    """``fill("en", "Flight", text)``: the interpreted value of each slot found."""

    def fill(language, intent, text, **named):
        slots = models[language].fill(intent, text, now=NOW, **named)
        return {name: slot.value.interpreted_value for name, slot in slots.items()}

    return fill


@pytest.fixture(scope="session")
def read(models):
    """``read("en", "Flowers", "FlowerType", text)``: the reading of a reply."""

    def read(language, intent, slot, text, **named):
        return models[language].read(intent, slot, text, now=NOW, **named)

    return read
