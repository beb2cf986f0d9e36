"""``[page]`` of ``daehwa.toml``: whose word goes first, colours that can be read, plain errors."""

import pytest

from daehwa.conversation import SettingsError, colours, load_settings
from daehwa.conversation.palette import DEFAULTS, faint_colours, page_theme
from daehwa.web import STATIC


def page(tmp_path, text):
    """The page's settings of a file with this text."""
    file = tmp_path / "daehwa.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file).page


WORDS = """
[page]
title = "Seaside"
name = "everyone"
privacy = "kept for 30 days"
[page.ko_KR]
title = "바닷가"
name = "모두"
[page.bots.ShopBot]
name = "the shop"
logo = "shop.svg"
[page.bots.ShopBot.ko_KR]
name = "가게"
starters = []
"""


@pytest.mark.parametrize(
    ("bot", "locale", "name"),
    [
        ("ShopBot", "ko_KR", "가게"),
        ("ShopBot", "en_US", "the shop"),
        ("OtherBot", "ko_KR", "모두"),
        ("OtherBot", "en_US", "everyone"),
    ],
)
def test_a_bots_word_goes_before_the_pages_and_a_locales_before_that_of_all(
    tmp_path, bot, locale, name
):
    setting = page(tmp_path, WORDS)
    assert setting.word("name", setting.bot(bot, "ABCDEFGHIJ"), locale) == name
    assert setting.word("privacy", setting.bot(bot, "ABCDEFGHIJ"), locale) == "kept for 30 days"


def test_a_bots_id_goes_before_its_name(tmp_path):
    setting = page(
        tmp_path, '[page.bots.ShopBot]\nname = "by name"\n[page.bots.ABCDEFGHIJ]\nname = "by id"'
    )
    assert setting.bot("ShopBot", "ABCDEFGHIJ").name == "by id"
    assert setting.bot("ShopBot", "BBBBBBBBBB").name == "by name"


def test_an_empty_list_of_starters_is_a_word_and_a_locale_has_its_own_title(tmp_path):
    setting = page(tmp_path, WORDS)
    assert setting.word("starters", setting.bot("ShopBot", ""), "ko_KR") == ()
    assert setting.titled("ko_KR") == "바닷가"
    assert setting.titled("en_US") == "Seaside"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[page]\ncolour = "red"', ("colour",)),
        ('[page]\naccent = "teal"', ("accent 'teal' is not a colour", "#rrggbb")),
        ('[page.dark]\npaper = "#12"', ("paper '#12' is not a colour",)),
        ('[page.ko_KRR]\ngreeting = "x"', ("no table 'ko_KRR'", "ko_KR")),
        ('[page.bots.ShopBot.kr]\nname = "x"', ("no table 'kr'",)),
        ("[page]\nradius = 90", ("radius", "32")),
        ('[page]\nsources = "all"', ("sources",)),
        ('[page]\nprivacy_link = "javascript:x"', ("privacy_link 'javascript:x'", "https://")),
        ('[page]\nlogo = "javascript:x"', ("logo 'javascript:x'", "https://")),
        ('[page.bots.ShopBot.ko_KR]\nlogo = ""', ("logo ''", "https://")),
        ('[page]\nprivacy_link = "http://shop.example/p"', ("privacy_link",)),
        (
            '[page.dark]\nink = "#333333"',
            ("[page.dark]", "#333333", "#151716", "4.5:1", "Take ink ="),
        ),
        (
            '[page.bots.ShopBot.light]\npaper = "#222"',
            ("[page.bots.ShopBot.light]", "paper #222"),
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_its_cure(tmp_path, text, words):
    with pytest.raises(SettingsError) as raised:
        page(tmp_path, text)
    assert [word for word in words if word not in str(raised.value)] == []


def test_the_cure_for_unreadable_text_cures_it(tmp_path):
    with pytest.raises(SettingsError) as raised:
        page(tmp_path, '[page.dark]\nink = "#403020"')
    better = str(raised.value).split("Take ink = '")[1].split("'")[0]
    assert page(tmp_path, f'[page.dark]\nink = "{better}"').dark.ink == better


def test_an_accent_that_buttons_cannot_be_seen_by_is_noted_with_one_that_can(tmp_path):
    (line,) = faint_colours(page(tmp_path, '[page]\naccent = "#ffe680"'))
    assert line.startswith("[page.light] buttons are hard to see: accent #ffe680")
    better = line.split("accent = '")[1].split("'")[0]
    assert faint_colours(page(tmp_path, f'[page.light]\naccent = "{better}"')) == ()
    assert faint_colours(page(tmp_path, "")) == ()


@pytest.mark.parametrize("accent", ["#ffd400", "#000", "#ffffff", "#7f7f7f", "#ff0000", "#0000ff"])
def test_whatever_the_accent_text_in_it_and_on_it_can_be_read(tmp_path, accent):
    setting = page(tmp_path, f'[page]\naccent = "{accent}"')
    theme = page_theme(setting, setting.bot("", ""))
    assert theme is not None
    for name, palette in (("light", theme.light), ("dark", theme.dark)):
        assert colours.contrast(palette["on-accent"], accent) >= 4.5
        for ground in ("paper", "surface"):
            assert colours.contrast(palette["accent-ink"], DEFAULTS[name][ground]) >= 4.5


def test_a_page_of_own_colours_has_all_that_follow_from_them_in_both_themes(tmp_path):
    setting = page(tmp_path, '[page.light]\npaper = "#fff8e7"\nink = "#2a1f00"')
    theme = page_theme(setting, setting.bot("", ""))
    assert theme is not None
    assert theme.light.keys() == theme.dark.keys()
    assert theme.light["paper"] == "#fff8e7"
    assert theme.dark["paper"] == DEFAULTS["dark"]["paper"]
    for palette in (theme.light, theme.dark):
        for ground in ("paper", "surface", "sunken"):
            assert colours.contrast(palette["ink-soft"], palette[ground]) >= 4.5
        assert colours.contrast(palette["line-strong"], palette["paper"]) >= 3


def test_without_a_colour_the_style_sheets_own_stand(tmp_path):
    setting = page(tmp_path, '[page]\nradius = 0\nsources = "none"\ndetails = false')
    theme = page_theme(setting, setting.bot("", ""))
    assert theme is not None
    assert (theme.light, theme.dark) == ({}, {})
    assert (theme.radius, theme.sources, theme.details) == (0, "none", False)


def test_a_bots_colours_go_before_the_pages(tmp_path):
    setting = page(
        tmp_path,
        '[page]\naccent = "#102030"\n[page.dark]\naccent = "#a0b0c0"\n'
        '[page.bots.ShopBot]\naccent = "#804000"\nradius = 4',
    )
    shop = page_theme(setting, setting.bot("ShopBot", ""))
    other = page_theme(setting, setting.bot("OtherBot", ""))
    assert [shop.light["accent"], shop.dark["accent"]] == ["#804000", "#804000"]
    assert [other.light["accent"], other.dark["accent"]] == ["#102030", "#a0b0c0"]
    assert (shop.radius, other.radius) == (4, None)


def test_the_defaults_are_those_of_the_style_sheet():
    """The palette is checked against them."""
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    for name, light in DEFAULTS["light"].items():
        short = "#fff" if light == "#ffffff" else light
        assert f"--{name}: light-dark({short}, {DEFAULTS['dark'][name]})" in sheet


def test_black_and_white_have_the_greatest_contrast():
    assert colours.contrast("#000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)
