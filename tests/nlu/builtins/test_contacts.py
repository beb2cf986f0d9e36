"""AMAZON.PhoneNumber and AMAZON.EmailAddress, typed and read out."""

import pytest

PHONES = {
    ("+1 (509) 555-1212", "en_US"): "+15095551212",
    ("my number is 555 1212, thanks", "en_US"): "5551212",
    ("five double five twelve twelve", "en_US"): "5551212",
    ("010-1234-5678이에요", "ko_KR"): "01012345678",
    ("제 번호는 010 1234 5678입니다", "ko_KR"): "01012345678",
    ("공일공 일이삼사 오육칠팔", "ko_KR"): "01012345678",
    ("공일공에 일이삼사에 오육칠팔이요", "ko_KR"): "01012345678",
    ("02-123-4567", "ko_KR"): "021234567",
}
EMAILS = {
    ("my email is john.doe+x@mail.co.uk.", "en_US"): "john.doe+x@mail.co.uk",
    ("john dot doe at gmail dot com", "en_US"): "john.doe@gmail.com",
    ("hong@example.com이에요", "ko_KR"): "hong@example.com",
    ("hong 골뱅이 example 점 com", "ko_KR"): "hong@example.com",
}


@pytest.mark.parametrize(("said", "expected"), PHONES.items())
def test_telephone_numbers(value, said, expected):
    assert value("PhoneNumber", *said) == expected


@pytest.mark.parametrize(("said", "expected"), EMAILS.items())
def test_addresses(value, said, expected):
    assert value("EmailAddress", *said) == expected


@pytest.mark.parametrize("text", ["12345", "call me", "12345678901234567890"])
def test_what_is_too_short_or_too_long_is_no_telephone_number(value, text):
    assert value("PhoneNumber", text) is None


@pytest.mark.parametrize("text", ["a@b", "@home", "john@", "me at home", "a..b@c.de", "x@1.2"])
def test_what_has_no_domain_is_no_address(value, text):
    assert value("EmailAddress", text) is None
