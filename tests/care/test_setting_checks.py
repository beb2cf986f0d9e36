"""Checking what a configuration sets for single bots: a name with a slip would go unnoticed."""

import pytest

from daehwa import bot, care
from daehwa.conversation import SettingsError, load_settings


@pytest.fixture(scope="module")
def florist(tmp_path_factory):
    """A bot of one locale."""
    folder = tmp_path_factory.mktemp("florist")
    (folder / "bot.yaml").write_text("name: FloristBot\n")
    (folder / "en_US.yaml").write_text(
        "intents:\n"
        "  Hours: {samples: [your hours, are you open, opening times], answer: At ten.}\n"
        "  FallbackIntent: {hooks: fulfillment}\n"
    )
    return folder


@pytest.fixture
def findings(florist, tmp_path):
    """The fields and cures of what is wrong with a configuration, for the florist's bot."""

    def findings(text, beside=()):
        file = tmp_path / "daehwa.toml"
        file.write_text(text, "utf-8")
        checked = care.check(florist, settings=load_settings(file), config=file, beside=beside)
        assert {(one.code, one.file) for one in checked.problems} <= {
            ("setting-of-nobody", str(file))
        }
        return [(one.field, one.cure) for one in checked.problems]

    return findings


MEANT = 'Write "FloristBot" if that is meant.'


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('[[answering]]\nanswer = ["none"]\n[[answering]]\nbot = "FlorstBot"', "answering[2].bot"),
        ('[understanding.bots]\nFlowristBot = "best"', "understanding.bots.FlowristBot"),
        ('[understanding.assisted.bots]\nFlorist = "off"', "understanding.assisted.bots.Florist"),
        ('[understanding]\nsentiment = ["floristbot"]', "understanding.sentiment: floristbot"),
        ('[page.bots.Florist-Bot]\nname = "Flora"', "page.bots.Florist-Bot"),
    ],
)
def test_a_name_with_a_slip_is_a_finding_in_whatever_names_a_bot(findings, text, field):
    assert findings(text) == [(field, MEANT)]
    assert bot.RULES["setting-of-nobody"].severity == "warning"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('[[answering]]\nbot = "FloristBot"\nlocale = "ko_KR"', "answering[1].locale"),
        ('[[answering]]\nlocale = "english"', "answering[1].locale"),
        ('[page.bots.FloristBot.ko_KR]\nname = "꽃집"', "page.bots.FloristBot.ko_KR"),
    ],
)
def test_a_locale_that_the_bot_lacks_is_a_finding(findings, text, field):
    assert [place for place, _ in findings(text)] == [field]


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[understanding.bots]\nFloristBot = "best"\nBakeryBot = "fast"',
        '[[answering]]\nbot = "Bakery"\nlocale = "ja_JP"',
        '[[answering]]\nlocale = "ko_KR"',
        "[understanding]\nsentiment = true",
    ],
)
def test_what_is_for_this_bot_or_another_is_no_finding(findings, text):
    assert findings(text) == []


def test_a_bot_that_is_checked_beside_it_is_no_slip(findings, florist):
    text = '[understanding.bots]\nFlorist2Bot = "best"'
    assert findings(text) != []
    assert findings(text, beside={"Florist2Bot"}) == []
    assert "FloristBot" in care.bot_names([florist])


def test_typographic_quotes_in_the_configuration_are_named(tmp_path):
    file = tmp_path / "daehwa.toml"
    file.write_text("redact = true\nanswer = [“chatgpt”]\n", "utf-8")
    with pytest.raises(SettingsError, match=r"line 2.*quotes are straight ones"):
        load_settings(file)


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("Asia/Seol", "write 'Asia/Seoul'"),
        ("asia/seoul", "write 'Asia/Seoul'"),
        ("KST", "write 'Asia/Seoul'"),
        ("New York", "write 'America/New_York'"),
        ("Korea/Seoul", "write 'Asia/Seoul'"),
        ("GMT+9", "take one like 'Asia/Seoul'"),  # Etc/GMT+9 is behind Greenwich
        ("+09:00", "take one like 'Asia/Seoul'"),
        ("Asia", "take one like 'Asia/Seoul'"),
    ],
)
@pytest.mark.parametrize("table", ["", "[limits.budget]\n"])
def test_a_time_zone_that_there_is_not_is_refused_with_the_nearest(tmp_path, table, written, cure):
    file = tmp_path / "daehwa.toml"
    file.write_text(f'{table}time_zone = "{written}"\n', "utf-8")
    with pytest.raises(SettingsError, match="is not a time zone") as refused:
        load_settings(file)
    assert cure in str(refused.value)
