"""The architecture page speaks of what exists: each name of ours in it can be looked up."""

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`(daehwa(?:\.\w+)+)`", PAGE)))


def look_up(name):
    """The module, or the member of a module, that a dotted name means."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for member in parts[length:]:
            found = getattr(found, member)
        return found
    raise AssertionError(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_page_exists(name):
    assert look_up(name) is not None


def test_the_walk_passes_through_every_part_of_a_turn():
    walk = PAGE.partition("## How a turn travels")[2].partition("## Glossary")[0]
    rooms = set(re.findall(r"`daehwa\.(\w+)", walk))
    assert rooms >= {
        "server",
        "chat",
        "conversation",
        "nlu",
        "lex",
        "dialog",
        "hooks",
        "answers",
        "stores",
    }
