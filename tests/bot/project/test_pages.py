"""The pages about projects: their examples are sound, and no member is left out."""

import re
from pathlib import Path

import pytest

from daehwa import bot, care
from daehwa.bot.project.vocabulary import KINDS, STEPS

DOCS = Path(__file__).parents[3] / "docs"
PAGES = ["project.md", "project.ko.md"]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(page):
    """The YAML of a page; what differs from language to language is in blocks of no language."""
    written = BLOCK.findall((DOCS / page).read_text("utf-8"))
    return [text for language, text in written if language in ("", "yaml")]


@pytest.mark.parametrize("page", PAGES)
def test_the_small_bot_of_the_page_has_nothing_to_mend(page, tmp_path):
    name, locale = (text for text in blocks(page) if text.startswith("# ") and "schema" not in text)
    file = re.match(r"# (\S+)", locale)[1]
    (tmp_path / "bot.yaml").write_text(name, "utf-8")
    fallback = "intents:\n  FallbackIntent: {hooks: fulfillment}"
    (tmp_path / file).write_text(locale.replace("intents:", fallback), "utf-8")
    assert care.check(tmp_path).problems == ()


@pytest.mark.parametrize("page", PAGES)
def test_the_parts_that_the_page_shows_can_be_read(page, tmp_path):
    captured, answer, lex = (
        next(text for text in blocks(page) if text.startswith(start))
        for start in ("captured:", "answer:", "Search:")
    )
    indented = captured.replace("\n", "\n        ")
    order = answer.replace("\n", "\n    ")
    search = lex.replace("\n", "\n  ")
    slot = f"type: AMAZON.Number\n        prompt: a\n        {indented}"
    (tmp_path / "bot.yaml").write_text("name: Parts", "utf-8")
    (tmp_path / "en_US.yaml").write_text(
        f"intents:\n  Order:\n    slots:\n      People:\n        {slot}\n    {order}\n  {search}",
        "utf-8",
    )
    intents = bot.load(tmp_path).locales["en_US"].intents
    assert intents["Search"].kendra_configuration["kendraIndex"].startswith("arn:")
    assert intents["Order"].slots["People"].value_elicitation_setting.slot_capture_setting


@pytest.mark.parametrize("page", PAGES)
def test_every_member_and_every_step_is_on_the_page(page):
    words = set(re.findall(r"`([\w]+)[^`]*`", (DOCS / page).read_text("utf-8")))
    members = {name for kind in KINDS.values() for name in kind}
    assert members | set(STEPS) <= words


@pytest.mark.parametrize("page", ["bots.md", "bots.ko.md"])
def test_the_first_example_can_be_read(page, tmp_path):
    (tmp_path / "bot.yaml").write_text("name: Mine", "utf-8")
    (tmp_path / "ko_KR.yaml").write_text(blocks(page)[0], "utf-8")
    assert "Hello" in bot.load(tmp_path).locales["ko_KR"].intents
