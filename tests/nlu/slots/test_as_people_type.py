"""Slots of a small bot as people type them: without spaces, with names, counts and codes."""

import datetime as dt

import pytest

from daehwa.nlu.slots import SlotModel

from .conftest import a_locale, a_slot, a_type, an_intent

WEDNESDAY = dt.datetime(2027, 3, 10, 10, tzinfo=dt.timezone(dt.timedelta(hours=9)))


@pytest.fixture(scope="module")
def shop():
    return SlotModel.learn(
        a_locale(
            "ko_KR",
            [
                an_intent(
                    "Order",
                    ["{Tea} 주문할게요", "{Warmth} {Tea} {Count} 잔 주세요", "찻집 쿠폰 등록"],
                    a_slot("Tea", "Tea"),
                    a_slot("Warmth", "Warmth"),
                    a_slot("Count", "AMAZON.Number"),
                ),
                an_intent(
                    "Book",
                    ["{Date} {Time}에 예약해 주세요", "{Name} 이름으로 예약할게요"],
                    a_slot("Date", "AMAZON.Date"),
                    a_slot("Time", "AMAZON.Time"),
                    a_slot("Name", "AMAZON.FirstName"),
                ),
                an_intent(
                    "Pay",
                    ["{Name}에게 {Amount} 보내줘", "돈 보낼게요"],
                    a_slot("Name", "AMAZON.FirstName"),
                    a_slot("Amount", "AMAZON.Currency"),
                ),
                an_intent("Track", ["주문번호 {Code} 조회"], a_slot("Code", "AMAZON.AlphaNumeric")),
                an_intent(
                    "Weigh", ["{Weight} 킬로 보내면 얼마예요"], a_slot("Weight", "AMAZON.Number")
                ),
            ],
            [
                a_type("Tea", {"유자차": ["유자"], "쌍화차": [], "보리차": []}, restricted=True),
                a_type("Warmth", {"핫": ["따뜻한"], "아이스": ["차가운"]}, restricted=True),
            ],
        )
    )


@pytest.fixture(scope="module")
def lodge():
    return SlotModel.learn(
        a_locale(
            "en_US",
            [
                an_intent(
                    "Stay",
                    ["a {Room} for {Nights} nights", "book a {Room}"],
                    a_slot("Room", "Room"),
                    a_slot("Nights", "AMAZON.Number"),
                    a_slot("Arrival", "AMAZON.Date"),
                )
            ],
            [a_type("Room", {"cabin": ["hut"], "bungalow": []}, restricted=True)],
        )
    )


def filled(model, intent, text):
    slots = model.fill(intent, text, now=WEDNESDAY)
    return {name: slot.value.interpreted_value for name, slot in slots.items()}


@pytest.mark.parametrize(
    ("intent", "text", "expected"),
    [
        ("Order", "유자차두잔주세요", {"Tea": "유자차", "Count": "2"}),
        ("Order", "따뜻한쌍화차한잔이요", {"Warmth": "핫", "Tea": "쌍화차", "Count": "1"}),
        ("Order", "보리차주문할게요", {"Tea": "보리차"}),
        ("Book", "내일오후세시에예약해주세요", {"Date": "2027-03-11", "Time": "15:00"}),
        ("Pay", "김민지한테오만원보내줘", {"Name": "김민지", "Amount": "KRW 50000.00"}),
    ],
)
def test_words_without_spaces_between_them(shop, intent, text, expected):
    assert filled(shop, intent, text) == expected


def test_the_original_value_is_as_it_was_typed(shop):
    slot = shop.fill("Book", "내일오후세시에예약해주세요", now=WEDNESDAY)["Time"]
    assert slot.value.original_value == "오후세시"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("보리차 하나 주세요", "1"),
        ("보리차 셋 부탁해요", "3"),
        ("보리차 하나만 더요", "1"),
        ("보리차 하나 받을 수 있을까요", "1"),
        ("보리차도 하나요", None),
        ("하나 여쭤볼게요", None),
        ("몇 시까지 하나요", None),
        ("하나도 안 달아요", None),
    ],
)
def test_a_lone_numeral_counts_only_where_it_is_shown_to(shop, text, count):
    assert filled(shop, "Order", text).get("Count") == count


def test_years_and_weeks_count_no_things(shop):
    assert "Count" not in filled(shop, "Order", "거래한 지 3년 됐는데요")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("김철수한테 삼만 원 보내줘", "김철수"),
        ("박서준님께 만 원 보내줘", "박서준"),
        ("민지 씨한테 만 원 보내줘", "민지"),
        ("강아지한테 간식 사 줄래요", None),
        ("상담원한테 물어볼게요", None),
    ],
)
def test_a_particle_shows_a_persons_name(shop, text, name):
    assert filled(shop, "Pay", text).get("Name") == name


def test_a_name_before_the_purpose(shop):
    assert filled(shop, "Book", "이서연으로 예약할게요")["Name"] == "이서연"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("주문번호 6892 3344 1207 조회", "689233441207"),
        ("주문번호 공일이삼 사오육칠 조회", "01234567"),
        ("주문번호 QX771 조회", "QX771"),
    ],
)
def test_a_code_in_groups_is_one(shop, text, code):
    assert filled(shop, "Track", text) == {"Code": code}


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("5키로짜리 보내면 얼마예요", "5"),
        ("십 킬로면 얼마", "10"),
        ("삼 킬로 반 보내면 얼마예요", "3.5"),
        ("사과 보내면 얼마예요", None),
    ],
)
def test_numbers_with_their_units(shop, text, weight):
    assert filled(shop, "Weigh", text).get("Weight") == weight


def test_a_word_of_the_bot_may_be_written_onto_a_value(shop):
    assert filled(shop, "Order", "유자쿠폰 있어요") == {"Tea": "유자차"}
    assert filled(shop, "Order", "유자나무 키워요") == {}


@pytest.mark.parametrize(
    ("text", "warmth"),
    [
        ("따뜻하게요", "핫"),
        ("차갑게 해주세요", "아이스"),
        ("따뜻한 걸로", "핫"),
        ("따뜻했으면 좋겠어요", "핫"),
        ("차가우면 좋겠는데", "아이스"),
        ("달게요", None),
    ],
)
def test_an_adjective_is_known_in_its_other_forms(shop, text, warmth):
    reading = shop.read("Order", "Warmth", text, now=WEDNESDAY)
    assert (reading and reading.slot.value.interpreted_value) == warmth


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can we stay one more night", {"Nights": "1"}),
        ("a hut for a couple of nights", {"Room": "cabin", "Nights": "2"}),
        ("a cabin starting tomorrow", {"Room": "cabin", "Arrival": "2027-03-11"}),
        ("which one is closer", {}),
        ("no one was at the desk", {}),
    ],
)
def test_one_counts_nights_and_not_everything(lodge, text, expected):
    assert filled(lodge, "Stay", text) == expected


def test_the_beginning_of_one_value_means_it(lodge):
    reading = lodge.read("Stay", "Room", "bung", now=WEDNESDAY)
    assert reading.slot.value.interpreted_value == "bungalow"
    assert lodge.read("Stay", "Room", "cab", now=WEDNESDAY) is None


@pytest.mark.parametrize("text", ["집안 조명 밝게 해줘", "시험 공부 언제 다 해", "거실에 불 켜줘"])
def test_a_word_that_no_name_is_like_is_not_taken_for_one(shop, text):
    assert "Name" not in filled(shop, "Book", text)
    assert "Name" not in filled(shop, "Pay", text)


@pytest.mark.parametrize(
    ("text", "nights"), [("can I add an extra night", "1"), ("another time maybe", None)]
)
def test_another_night_is_one(lodge, text, nights):
    assert filled(lodge, "Stay", text).get("Nights") == nights


@pytest.mark.parametrize(
    ("text", "arrival"),
    [
        ("a cabin from the 20th to the 24th", "2027-03-20"),
        ("book a hut, march 12 - march 15", "2027-03-12"),
        ("a cabin until march 15", "2027-03-15"),
    ],
)
def test_the_first_day_of_a_range_where_no_slot_takes_the_last(lodge, text, arrival):
    assert filled(lodge, "Stay", text)["Arrival"] == arrival


@pytest.fixture(scope="module")
def party():
    return SlotModel.learn(
        a_locale(
            "en_US",
            [
                an_intent(
                    "Dine",
                    ["a table for {Guests} people", "table for {Guests}"],
                    a_slot("Guests", "AMAZON.Number"),
                )
            ],
            [],
        )
    )


@pytest.mark.parametrize(
    ("text", "guests"),
    [
        ("a table for me and my sister tonight", "2"),
        ("table for my husband and me plus one", "3"),
        ("a table for me and my wife and two kids", "4"),
        ("can you tell me and my wife about the menu", None),
        ("me and my mom's usual table", None),
    ],
)
def test_people_of_whom_one_is_the_speaker(party, text, guests):
    assert filled(party, "Dine", text).get("Guests") == guests


@pytest.fixture(scope="module")
def pizzeria():
    return SlotModel.learn(
        a_locale(
            "ko_KR",
            [
                an_intent(
                    "Order",
                    ["{Size} {Pizza} 주세요"],
                    a_slot("Size", "Size"),
                    a_slot("Pizza", "Pizza"),
                )
            ],
            [
                a_type("Size", {"대": ["라지"], "중": [], "소": []}, restricted=True),
                a_type("Pizza", {"고르곤졸라": [], "페퍼로니": [], "콤비": []}, restricted=True),
            ],
        )
    )


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("Size", "대자요", "대"),
        ("Size", "중짜로 주세요", "중"),
        ("Size", "소 사이즈요", "소"),
        ("Size", "대신요", None),
        ("Pizza", "콤비네이션이요", "콤비"),
        ("Pizza", "페퍼로니피자로 할게요", "페퍼로니"),
    ],
)
def test_what_is_written_onto_a_listed_value(pizzeria, slot, text, value):
    reading = pizzeria.read("Order", slot, text, now=WEDNESDAY)
    assert (reading and reading.slot.value.interpreted_value) == value


@pytest.fixture(scope="module")
def parcels():
    return SlotModel.learn(
        a_locale(
            "en_US",
            [an_intent("Ship", ["i am sending {Items}"], a_slot("Items", "Item", many=True))],
            [a_type("Item", {"clothes": [], "books": ["book"], "dishes": ["plates"]})],
        )
    )


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("not dishes, books", ["books"]),
        ("a book and a lamp", ["book", "lamp"]),
        ("plates and clothes please", ["plates", "clothes"]),
    ],
)
def test_a_list_holds_nothing_that_is_denied(parcels, text, items):
    reading = parcels.read("Ship", "Items", text, now=WEDNESDAY)
    assert [each.value.interpreted_value for each in reading.slot.values] == items


@pytest.mark.parametrize(
    ("text", "dish"),
    [
        ("fish and chips please", "Fish & Chips"),
        ("the fish & chips", "Fish & Chips"),
        ("beef with broccoli for me", "Beef w/ Broccoli"),
        ("a salad w/o dressing please", "Salad without Dressing"),
        ("rice w/ chicken", "Rice with Chicken"),
        ("rice w chicken", "Rice with Chicken"),
        ("mac and cheese", "Mac and Cheese"),
        ("mac & cheese", "Mac and Cheese"),
        ("피쉬앤칩스 주세요", "피쉬 & 칩스"),
    ],
)
def test_signs_in_a_listed_value_stand_for_words(text, dish):
    dishes = [
        "Fish & Chips",
        "Beef w/ Broccoli",
        "Salad without Dressing",
        "Rice with Chicken",
        "Mac and Cheese",
        "피쉬 & 칩스",
    ]
    model = SlotModel.learn(
        a_locale(
            "ko_KR" if "피쉬" in text else "en_US",
            [an_intent("Order", ["{Dish}", "order {Dish}"], a_slot("Dish", "Dish"))],
            [a_type("Dish", {dish: [] for dish in dishes}, restricted=True)],
        )
    )
    assert filled(model, "Order", text) == {"Dish": dish}
