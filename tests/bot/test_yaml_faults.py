"""What is no YAML is explained by the line to mend and what to write there."""

import pytest

from daehwa.bot.yaml_reader import YamlError, read_yaml


@pytest.mark.parametrize(
    ("text", "place", "cure"),
    [
        # Spaces that are none, and indentation.
        ("a:\n\tb: 1", "2:1: there is a tab in the indentation.", "Indent with spaces."),
        ("a:\n  b: 1\n  \tc: 1", "3:3: there is a tab in", "Indent with spaces."),
        ("a:\n  b: 1\n \u00a0c: 1", "3:2: a space that is not a plain one", "Write plain"),
        ("a: 1\nb:\u3000글\nc: 1", "2:3: a space that is not a plain one (U+3000)", "Write plain"),
        ("a:\n  b: 1\n   c: 1", "3:4: this line is indented further", "Indent it exactly"),
        ("a:\n    - 1\n   - 2", "3:4: the indentation of this line is not", "Indent it exactly"),
        # Texts that want quotes.
        ("a: 안내: 열 시", "1:4: the text has a colon and a space", 'quotes: "안내: 열 시".'),
        ("- {Day} 예약", "1:3: without quotes no text can begin with {", 'quotes: "{Day} 예약".'),
        ("a: [주의] 예약", "1:4: without quotes no text can begin with [", '"[주의] 예약".'),
        ("a: @here", "1:4: without quotes no text can begin with @", 'quotes: "@here".'),
        ('a: `say "hi"`', "1:4: without quotes no text can begin with `", "'`say \"hi\"`'."),
        ("- *굵게* 예약", "1:3: without quotes no text can begin with *", 'quotes: "*굵게* 예약".'),
        ("a: !Now", "1:4: the tag !Now", "Put a text that begins with ! in quotes."),
        ("a: | one", "1:6: the text stands on the line of its |", "Begin it on the next line"),
        # Quotation marks, brackets and commas.
        ('a: "one\nb: 2\nc: 3', '1:4: the quotation mark " that opens here', "Close it"),
        ('a: "one\nb: "two"\n', '1:4: the quotation mark " that opens here', "Close it"),
        ('a: "one" or two', "1:9: the text goes on after its closing", "'\"one\" or two'."),
        ("a: [one, , two]", "1:10: there is nothing before this comma", "Remove the comma."),
        ("a: {b: 1\nc: 2", "1:4: the { that opens here is not closed", "Close it"),
        # Colons.
        ("b: 1\na:one\nc: 1", "2:2: a colon without a space after it", "Write `a: one`."),
        ("b: 1\na：하나\nc: 1", "2:2: a full-width colon", "Write `a: 하나`."),
        ("b: 1\nhello there\nc: 1", "2:1: this line has no `name:`", "Write `name: value`"),
        # What is of another language.
        ("a:\n  - 하나\n  -둘", "3:3: an item of a list begins with a dash", "Write `- 둘`."),
        ("a:\n  - 하나\n  • 둘", "3:3: an item of a list begins with a dash", "Write `- 둘`."),
        ("a:\n  - 하나\n  * 둘", "3:3: an item of a list begins with a dash", "Write `- 둘`."),
        ("a: 1\n- b: 2\nc: 3", "2:1: a dash stands before a member", "Remove the dash."),
        ("a: 1\n// 끝\nc: 3", "2:1: a comment begins with #.", "Write `# 끝`."),
        ("a: 1\nb = 하나\nc: 3", "2:1: an equals sign stands", "Write `b: 하나`."),
        ('a: "C:\\q"', "1:8: in double quotes a backslash begins", "single quotes"),
        ("a: 'It's on'", "1:8: the text goes on after its closing", '"It\'s on".'),
        # Characters, documents.
        ("a: 1\nb: x\x07", "2:5: the character U+0007", "Remove it."),
        ("%YAML 1.1\n---\na: [b", "1:1: a directive stands here", "Remove the line %YAML 1.1."),
        ("a: 1\n...\nb: 1", "2:1: a second document begins here", "Remove the line ...."),
        ('a: "one", "two"', "1:9: these are several texts", "Put them in [ and ]"),
        ("a: 1\n---\nb: 1", "2:1: a second document begins here", "Remove the line ---."),
    ],
)  # fmt: skip
def test_the_line_and_the_cure(text: str, place: str, cure: str) -> None:
    with pytest.raises(YamlError) as raised:
        read_yaml(text, "bot.yaml")
    message = str(raised.value)
    assert message.startswith(f"bot.yaml:{place}")
    assert cure in message
