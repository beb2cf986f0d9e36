"""YAML as people mean it: text stays text, and a mistake comes with its line and column."""

import pytest

from daehwa.bot.yaml_reader import YamlError, as_json, read_yaml

_MEANT = """\
samples: [no, on, 1, 2026-01-01, ~, "1", 0o14, 1_000, 예약, <<]
said: |
  first
  second
shared: &card {title: 책}
again: *card
nothing:
"""


def test_every_scalar_is_the_text_that_stands_there() -> None:
    read = read_yaml(_MEANT, "bot.yaml").value
    assert read["samples"] == [
        "no", "on", "1", "2026-01-01", "~", "1", "0o14", "1_000", "예약", "<<",
    ]  # fmt: skip
    assert read["said"] == "first\nsecond\n"
    assert read["again"] == read["shared"] == {"title": "책"}
    assert read["nothing"] == ""


def test_json_in_a_file_is_resolved_by_the_core_schema_and_quotes_keep_text() -> None:
    written = 'a: [1, -2.5, true, ~, null, "1", "true", 1e3, yes, 2026-01-01, 1.2.3]\nb:\n'
    assert as_json(read_yaml(written, "x").value) == {
        "a": [1, -2.5, True, None, None, "1", "true", 1000.0, "yes", "2026-01-01", "1.2.3"],
        "b": None,
    }


def test_a_value_knows_its_line_and_column() -> None:
    read = read_yaml(_MEANT, "bot.yaml")
    assert str(read.place(("samples", 1))) == "bot.yaml:1:15"
    assert str(read.place(("shared", "title"))) == "bot.yaml:5:16"
    assert str(read.place(("shared", "subtitle"))) == "bot.yaml:5:1"


def test_an_empty_file_says_nothing() -> None:
    assert read_yaml("# only a remark\n", "bot.yaml").value is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a: [1", "bot.yaml:1:4: the [ that opens here is not closed"),
        ("a: 1\na: 2", "bot.yaml:2:1: 'a' is written twice"),
        ("a: !mine 1", "bot.yaml:1:4: the tag !mine"),
        ("a: 1\n---\nb: 2", "bot.yaml:2:1: a second document begins here"),
        ("a: &x [*x]", "bot.yaml:1:4: an alias that holds itself"),
        ("? [1, 2]\n: 3", "bot.yaml:1:3: the name of a member must be text"),
        ("a: &b more", "bot.yaml:1:4: &b names a place in the file, and nothing refers to it"),
        ("[" * 600, "bot.yaml:1:1: more levels"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, error: str) -> None:
    with pytest.raises(YamlError) as raised:
        read_yaml(text, "bot.yaml")
    assert str(raised.value).startswith(error)


def test_an_anchor_that_is_used_is_what_it_was_meant_for() -> None:
    assert read_yaml("a: &x one\nb: [*x]", "bot.yaml").value == {"a": "one", "b": ["one"]}


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for one, next_one in zip("abcdefg", "bcdefgh", strict=True):
        lines.append(f"{next_one}: &{next_one} [{', '.join([f'*{one}'] * 10)}]")
    with pytest.raises(YamlError, match="unfold"):
        read_yaml("\n".join(lines), "bot.yaml")
