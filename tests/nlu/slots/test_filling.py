"""Slots filled from the first utterance."""

import pytest

KOREAN = {
    ("Train", "서울에서 부산으로 가는 표"): {"From": "서울", "To": "부산"},
    ("Train", "부산으로 서울에서 모레 갈래요"): {
        "From": "서울",
        "To": "부산",
        "Date": "2021-01-01",
    },
    ("Train", "내일 부산 가는 기차 두 명 예약해줘"): {
        "Date": "2020-12-31",
        "To": "부산",
        "People": "2",
    },
    ("Train", "서울에서 부산까지 내일 오후 세 시에"): {
        "From": "서울",
        "To": "부산",
        "Date": "2020-12-31",
        "Time": "15:00",
    },
    ("Coffee", "아아 두 잔 주세요"): {"Drink": "아메리카노", "Count": "2"},
    ("Coffee", "아이스아메리카노 한잔"): {"Drink": "아메리카노", "Count": "1"},
    ("Coffee", "라지 사이즈 카페라때 3잔이요"): {"Size": "벤티", "Drink": "카페라떼", "Count": "3"},
    ("Hello", "내 이름은 홍길동이야"): {"Name": "홍길동"},
    ("Hello", "저는 김민수라고 해요"): {"Name": "김민수"},
}
ENGLISH = {
    ("Flight", "I need to fly to Boston tomorrow from Denver for two people"): {
        "To": "Boston",
        "From": "Denver",
        "Date": "2020-12-31",
        "Count": "2",
    },
    ("Flowers", "order some roses for tomorrow at 5 pm"): {
        "FlowerType": "roses",
        "PickupDate": "2020-12-31",
        "PickupTime": "17:00",
    },
    ("Hotel", "two nights for 3 guests in Paris from march 3 to march 5"): {
        "Nights": "2",
        "Guests": "3",
        "City": "Paris",
        "CheckIn": "2021-03-03",
        "CheckOut": "2021-03-05",
    },
    ("Hotel", "hotel in paris for 3 people from friday"): {
        "City": "paris",
        "Guests": "3",
        "CheckIn": "2021-01-01",
    },
    ("Hotel", "a room in London tomorrow"): {"City": "London", "CheckIn": "2020-12-31"},
    ("Pizza", "a big pizza please"): {"size": "large"},
}


@pytest.mark.parametrize(("said", "expected"), KOREAN.items())
def test_korean(fill, said, expected):
    assert fill("ko", *said) == expected


@pytest.mark.parametrize(("said", "expected"), ENGLISH.items())
def test_english(fill, said, expected):
    assert fill("en", *said) == expected


def test_an_open_type_takes_words_never_seen_where_its_values_stand(fill):
    assert fill("en", "Flight", "book a flight from Cedar Falls to North Bend at 3 pm") == {
        "From": "Cedar Falls",
        "To": "North Bend",
        "Time": "15:00",
    }
    assert fill("en", "Flowers", "i'd like to order some sunflowers") == {
        "FlowerType": "sunflowers"
    }
    assert fill("ko", "Train", "판교역에서 강남역으로 가는 표 주세요") == {
        "From": "판교역",
        "To": "강남역",
    }


@pytest.mark.parametrize("title", ["Quiet Harbour in the Night", "Winds of the North"])
def test_a_value_never_heard_is_whole_though_it_has_words_that_samples_have(fill, title):
    assert fill("en", "Rate", f"give the book {title} 5") == {"Title": title, "Stars": "5"}


def test_a_value_ends_before_its_possessive_and_before_a_comma(fill):
    assert fill("en", "Listen", "play Orhan Adler's music") == {"Artist": "Orhan Adler"}
    assert fill("en", "Listen", "play music by Orhan Adler, please") == {"Artist": "Orhan Adler"}


@pytest.mark.parametrize(
    "text", ["모래에 쓴 답장 3권 주문할게요", "모래에 쓴 답장 세 권 주문할게요"]
)
def test_what_a_grammar_reads_in_a_listed_phrase_is_no_value(fill, text):
    assert fill("ko", "Books", text) == {"Book": "모래에 쓴 답장", "Copies": "3"}


@pytest.mark.parametrize("text", ["hello there", "what is this", "are you a robot", "um okay then"])
def test_few_samples_do_not_make_any_word_a_value(fill, text):
    assert fill("en", "Flowers", text) == {}


def test_a_verb_is_no_value(fill):
    assert fill("ko", "Train", "화성에서 출발하는 기차 예약") == {"From": "화성"}


def test_a_slot_stands_without_those_that_its_samples_put_before_it(fill):
    assert fill("ko", "Train", "동탄역으로 가는 표") == {"To": "동탄역"}


def test_a_restricted_type_takes_none(fill):
    assert fill("ko", "Coffee", "콜드브루 세 잔 주세요") == {"Count": "3"}


def test_the_original_value_is_what_was_typed(models):
    from .conftest import NOW

    slot = models["ko"].fill("Coffee", "아이스아메리카노 한잔", now=NOW)["Drink"]
    assert slot.shape == "Scalar"
    assert slot.value.original_value == "아이스아메리카노"
    assert slot.value.resolved_values == ("아메리카노",)


def test_no_two_slots_share_a_word(models):
    from .conftest import NOW

    for intent in ("Flight", "Hotel"):
        slots = models["en"].fill(intent, "paris paris tomorrow 2 2", now=NOW)
        said = [slot.value.original_value for slot in slots.values()]
        assert len(said) <= 5
        assert said.count("tomorrow") <= 1


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [
        ("en", "Flight", "what is the baggage allowance?"),
        ("en", "Flowers", "hello there"),
        ("en", "Call", "call me"),
        ("ko", "Train", "기차표 예매"),
        ("ko", "Coffee", "한국 커피가 세계에서 제일 좋아요"),
        ("ko", "Hello", "나는 배고파"),
        ("en", "Flight", ""),
        ("en", "NoSuchIntent", "boston"),
    ],
)
def test_what_says_no_value_fills_nothing(fill, language, intent, text):
    assert fill(language, intent, text) == {}


def test_free_form_input_is_never_filled_from_an_utterance(fill):
    assert "Reason" not in fill("en", "Call", "call me because my card is lost")


def test_runtime_hints_make_a_phrase_a_value(fill):
    from .conftest import hints

    text = "get me the moonlight special bouquet"
    assert fill("en", "Flowers", text) != {"FlowerType": "moonlight special"}
    hinted = hints("Flowers", FlowerType=["moonlight special"])
    assert fill("en", "Flowers", text, hints=hinted) == {"FlowerType": "moonlight special"}


def test_the_same_text_is_always_filled_the_same(english, models):
    from daehwa.nlu.slots import SlotModel

    from .conftest import NOW

    text = "fly from Cedar Falls to North Bend on friday"
    learned = (models["en"], SlotModel.learn(english))
    first, second = (model.fill("Flight", text, now=NOW) for model in learned)
    assert first == second


@pytest.mark.parametrize(
    ("text", "artist"),
    [
        ("play the rolling stones", "the rolling stones"),
        ("play some jazz", "some jazz"),
        ("play 21 pilots", "21 pilots"),
        ("Play xyzzy quux!", "xyzzy quux"),
        ("can you please play dead or alive", "dead or alive"),
        ("play adele", "adele"),
    ],
)
def test_a_sample_takes_any_words_in_the_place_of_its_slot(fill, text, artist):
    assert fill("en", "Play", text) == {"Artist": artist}


@pytest.mark.parametrize("text", ["play a game with me", "play that again", "play"])
def test_words_that_say_something_of_their_own_are_no_name(models, text):
    from .conftest import NOW

    assert not models["en"].fits_sample("Play", text, now=NOW)


def test_the_sample_with_most_words_parts_the_values(fill):
    assert fill("en", "Photos", "show me trees and birds") == {"First": "trees", "Second": "birds"}
    assert fill("en", "Photos", "show me sunsets") == {"First": "sunsets"}


def test_a_request_fits_however_it_ends(fill):
    assert fill("ko", "Play", "임영웅 틀어 주세요") == {"Artist": "임영웅"}
    assert fill("ko", "Play", "빨간 자전거 틀어줄래") == {"Artist": "빨간 자전거"}
