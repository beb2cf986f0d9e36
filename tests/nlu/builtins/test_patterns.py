"""Patterns of AMAZON.AlphaNumeric types: the whole value has to fit, in bounded time."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daehwa.nlu.builtins import Pattern, PatternError


@pytest.mark.parametrize(
    ("pattern", "value", "fits"),
    [
        ("[A-Z]{3}[0-9]{4}", "ABC1234", True),
        ("[A-Z]{3}[0-9]{4}", "ABC12345", False),
        ("^[A-Z]{3}[0-9]{4}$", "ABC1234", True),
        ("(AB|CD)-?[0-9]{2,3}", "CD-12", True),
        ("(AB|CD)-?[0-9]{2,3}", "AB1", False),
        (r"\d{3}\w?", "123x", True),
        ("[^0-9]{2}", "ab", True),
        ("[^0-9]{2}", "a1", False),
        (r"a\.b", "a.b", True),
        (r"a\.b", "axb", False),
        ("(?:x|y){2}", "xy", True),
        ("", "", True),
        ("[]a]{2}", "]a", True),
    ],
)
def test_a_value_fits_as_a_whole(pattern, value, fits):
    assert Pattern(pattern).matches(value) is fits


@pytest.mark.parametrize("pattern", ["(a", "[a", "a{2", "a{3,1}", "(?=a)", ")", "a" * 301, "{2}"])
def test_a_broken_pattern_is_refused(pattern):
    with pytest.raises(PatternError):
        Pattern(pattern)


def test_no_pattern_is_catastrophic():
    assert not Pattern("((a{0,30}){0,30}){0,30}b").matches("a" * 30)
    assert not Pattern("(a|a|aa)+(a|aa)+c").matches("a" * 30)


ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", r"\d", "(a|b)", "(ab)?", "(a|ab)"])
REPEATS = st.sampled_from(["", "?", "{2}", "{0,2}", "{1,3}", "*", "+"])
PATTERNS = st.lists(st.tuples(ATOMS, REPEATS), min_size=1, max_size=4).map(
    lambda parts: "".join(
        atom + repeat for atom, repeat in parts if not (atom.endswith("?") and repeat)
    )
)


@given(PATTERNS, st.text(alphabet="ab1", max_size=8))
@settings(deadline=None)
def test_it_agrees_with_the_regular_expressions_of_python(pattern, value):
    assert Pattern(pattern).matches(value) is bool(re.fullmatch(pattern, value))
