"""What a function returns becomes the JSON that AWS Lambda's runtime would write of it."""

from decimal import Decimal
from typing import NamedTuple

import pytest

from daehwa.handlers.json_value import NotJson, plain


class Order(NamedTuple):
    dish: str
    number: int


@pytest.mark.parametrize(
    ("returned", "sent"),
    [
        # DynamoDB's numbers are decimals.
        ({"price": Decimal("12.5"), "pieces": Decimal(3)}, {"price": 12.5, "pieces": 3}),
        ({"sum": Decimal("1E+3"), "none": Decimal("-0.0")}, {"sum": 1000, "none": 0}),
        ([Order("bibimbap", 2)], [{"dish": "bibimbap", "number": 2}]),
        ({None: 1, 2: 3, 1.5: 4, True: 5}, {"null": 1, "2": 3, "1.5": 4, "true": 5}),
        (b'{"messages": ["\xed\x95\x9c"]}', {"messages": ["한"]}),
    ],
)
def test_what_lambda_can_write_is_a_reply(returned, sent):
    assert plain(returned) == sent


@pytest.mark.parametrize(
    "returned",
    [
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-Infinity"),
        Decimal("1E+999999999"),
        {float("inf"): 1},
        {b"a": 1},
        b"not JSON",
        b"\xff",
        b'{"a": NaN}',
        b"[" * 100_000,
        b" " * 2_000_000,
    ],
)
def test_what_is_no_json_is_refused(returned):
    with pytest.raises(NotJson):
        plain(returned)
