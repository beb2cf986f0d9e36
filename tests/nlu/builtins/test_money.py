"""AMAZON.Currency and AMAZON.Percentage."""

import pytest

CURRENCY = {
    ("$1.56", "en_US"): "USD 1.56",
    ("USD300", "en_US"): "USD 300.00",
    ("five dollars fifteen cents", "en_US"): "USD 5.15",
    ("5 usd and 1/2", "en_US"): "USD 5.50",
    ("a dollar", "en_US"): "USD 1.00",
    ("3 dimes", "en_US"): "USD 0.30",
    ("$1,200", "en_US"): "USD 1200.00",
    ("twenty pounds fifty pence", "en_GB"): "GBP 20.50",
    ("€5", "en_US"): "EUR 5.00",
    ("five fifteen", "en_US"): "USD 515.00",
    ("100", "en_GB"): "GBP 100.00",
    ("만 오천 원", "ko_KR"): "KRW 15000.00",
    ("만오천원이요", "ko_KR"): "KRW 15000.00",
    ("3만 5천원", "ko_KR"): "KRW 35000.00",
    ("₩5,000", "ko_KR"): "KRW 5000.00",
    ("3달러", "ko_KR"): "USD 3.00",
    ("이백 유로", "ko_KR"): "EUR 200.00",
    ("오만", "ko_KR"): "KRW 50000.00",
}
PERCENTAGE = {
    ("50 percent", "en_US"): "50%",
    ("23.5%", "en_US"): "23.5%",
    ("half", "en_US"): "50%",
    ("50", "en_US"): "50",
    ("오십 퍼센트", "ko_KR"): "50%",
    ("15프로요", "ko_KR"): "15%",
    ("절반", "ko_KR"): "50%",
    ("3할", "ko_KR"): "30%",
}


@pytest.mark.parametrize(("said", "expected"), CURRENCY.items())
def test_money(value, said, expected):
    assert value("Currency", *said) == expected


@pytest.mark.parametrize(("said", "expected"), PERCENTAGE.items())
def test_percentages(value, said, expected):
    assert value("Percentage", *said) == expected


def test_a_bare_number_in_a_sentence_is_neither(find):
    assert find("Currency", "two rooms for 3 people") == []
    assert find("Percentage", "반 친구 두 명", "ko_KR") == []
