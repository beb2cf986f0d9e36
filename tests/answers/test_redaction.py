"""Card, phone and resident numbers stay in the house; other numbers are no such."""

import pytest

from daehwa.answers import PastMessage, Question, Redacting, redacted

from .test_chain import Second


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("카드 4111 1111 1111 1111 로 결제", "카드 [card] 로 결제"),
        ("5500-0000-0000-0004", "[card]"),
        ("Amex 378282246310005.", "Amex [card]."),
        ("주문 4111 1111 1111 1112 번", "주문 4111 1111 1111 1112 번"),
        ("0000 0000 0000 0000", "0000 0000 0000 0000"),
        ("제 번호는 010-1234-5678이에요", "제 번호는 [phone]이에요"),
        ("01012345678로 전화", "[phone]로 전화"),
        ("+82 10 1234 5678", "[phone]"),
        ("02-123-4567, 031.1234.5678", "[phone], [phone]"),
        ("고객센터 1588-1234", "고객센터 [phone]"),
        ("call +1 (415) 555-0132", "call [phone]"),
        ("900101-1234568 입니다", "[resident number] 입니다"),
        ("2103154123456", "[resident number]"),
        ("901301-1234568", "901301-1234568"),
        ("2024-11-27 14:30에 2명, 35,000원", "2024-11-27 14:30에 2명, 35,000원"),
        ("버전 1.2.3.4, 방 0304호, 12345678", "버전 1.2.3.4, 방 0304호, 12345678"),
        ("주문번호 20241127000123", "주문번호 20241127000123"),
        ("예약 20261128123456", "예약 20261128123456"),
        ("０１０－２３４５－６７８９ 입니다", "[phone] 입니다"),
        ("010–2345–6789, (010)2345-6789", "[phone], [phone]"),
        ("031) 234-5678, (02) 345-6789", "[phone], [phone]"),
        ("(415) 555-2671 or 415-555-2671", "[phone] or [phone]"),
        ("900101 - 1234567", "[resident number]"),
        ("3056 930902 5904", "[card]"),
        ("Ｒ３０２호, 110-234-567890", "Ｒ３０２호, 110-234-567890"),
    ],
)
def test_what_is_such_a_number(text, right):
    assert redacted(text) == right


async def test_nothing_of_it_reaches_the_answerer():
    second = Second()
    history = (
        PastMessage(role="user", text="010-1234-5678"),
        PastMessage(role="assistant", text="010-1234-5678 맞나요?"),
    )
    await Redacting(second).answer(Question(text="네, 4111111111111111", history=history))
    (question,) = second.asked
    assert question.text == "네, [card]"
    assert [past.text for past in question.history] == ["[phone]", "[phone] 맞나요?"]
