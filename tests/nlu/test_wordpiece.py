"""A text is cut into the pieces that the vocabulary has, longest first."""

import pytest

from daehwa.nlu.wordpiece import WordPiece

PIECES = ("[UNK]", "[CLS]", "[SEP]", "cafe", "play", "##ing", "##in", "##g", "'", "s", "山", "_")
WORDS = WordPiece(PIECES, longest=8)


def pieces(text):
    return [PIECES[number] for number in WORDS.numbers(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("play", ["play"]),
        ("Playing", ["play", "##ing"]),
        ("café", ["cafe"]),
        ("cafe's", ["cafe", "'", "s"]),
        ("play_s", ["play", "_", "s"]),
        ("山山play", ["山", "山", "play"]),
        ("playx cafe", ["[UNK]", "cafe"]),
        ("s" * 101 + " s", ["[UNK]", "s"]),
    ],
)
def test_words_are_cut_into_known_pieces_between_the_marks(text, cut):
    assert pieces(text) == ["[CLS]", *cut, "[SEP]"]


def test_a_text_that_is_too_long_is_cut_off_and_still_ends():
    assert pieces("playing " * 9) == ["[CLS]", *(["play", "##ing"] * 3), "[SEP]"]
