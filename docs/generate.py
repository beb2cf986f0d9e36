"""Writes the pages that are made from the code, and the code that is made from other's data.

Those are botocore's service models and the Unicode CLDR.

``make docs`` runs it; lint fails when something is stale.

python docs/generate.py           writes them
python docs/generate.py --check   only says whether they are as the code is now
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ |= {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "TERMINAL_WIDTH": "100"}

# The suite stands beside the package, not in it.
sys.path.insert(0, str(Path(__file__).parents[1]))

import chat_reference
import chat_types
import checks_korean
import commands_reference
import typer
from typer.testing import CliRunner

from codegen import kendra, members, names, rules, shapes
from conformance import decisions
from conformance.page import korean_page, page
from daehwa import bot
from daehwa.chat import openapi_json
from daehwa.cli.app import app

ROOT = Path(__file__).parents[1]
NOTE = "<!-- Made from the code by docs/generate.py: `make docs` updates it. -->"


def differences() -> str:
    """What Amazon's documents leave open, and where this program differs knowingly."""
    return decisions.page(NOTE)


def korean_differences() -> str:
    """The same in Korean."""
    return decisions.korean_page(NOTE)


def commands() -> str:
    """The help of every command."""
    lines = [NOTE, "", "# The commands", "", "[한국어](commands.ko.md)", ""]
    group = typer.main.get_command(app)
    for words in _words(group, ()):
        shown = CliRunner().invoke(app, [*words, "--help"], prog_name="daehwa").output
        body = "\n".join(line.rstrip() for line in shown.strip("\n").splitlines())
        lines += [f"## {' '.join(('daehwa', *words))}", "", "```", body, "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def korean_commands() -> str:
    """The same in Korean, as tables."""
    return commands_reference.korean_commands(NOTE, typer.main.get_command(app))


def _words(command: object, before: tuple[str, ...]) -> list[tuple[str, ...]]:
    found = [before]
    for name, inner in getattr(command, "commands", {}).items():
        found += _words(inner, (*before, name))
    return found


def checks() -> str:
    """The rules of ``daehwa check``."""
    lines = [
        NOTE,
        "",
        "# The rules of `daehwa check`",
        "",
        "[한국어](checks.ko.md)",
        "",
        "An error keeps a bot from being built, or from running as intended; a warning is probably",
        "a mistake. [Writing a bot](bots.md#checking) says how to switch a rule off.",
        "",
        "| code | | what is reported |",
        "|---|---|---|",
    ]
    lines += [f"| `{code}` | {rule.severity} | {rule.breach} |" for code, rule in bot.RULES.items()]
    return "\n".join(lines) + "\n"


def korean_checks() -> str:
    """The same in Korean."""
    return checks_korean.korean_checks(NOTE)


def conformance() -> str:
    """Every rule of Lex's, and the scenarios that show it."""
    return page(NOTE)


def korean_conformance() -> str:
    """The same in Korean."""
    return korean_page(NOTE)


def chat_page() -> str:
    """The requests, replies, events and errors of ``/chat``."""
    return chat_reference.reference(NOTE)


def korean_chat_page() -> str:
    """The same in Korean."""
    return chat_reference.korean_reference(NOTE)


def description() -> str:
    """The OpenAPI description of ``/chat``."""
    return openapi_json().decode() + "\n"


# What is made, by its path from the project's root.
PAGES = {
    "docs/chat.md": chat_page,
    "docs/chat.ko.md": korean_chat_page,
    "docs/checks.md": checks,
    "docs/checks.ko.md": korean_checks,
    "docs/commands.md": commands,
    "docs/commands.ko.md": korean_commands,
    "docs/conformance.md": conformance,
    "docs/conformance.ko.md": korean_conformance,
    "docs/differences.md": differences,
    "docs/differences.ko.md": korean_differences,
    "docs/openapi.json": description,
    "src/daehwa/chat/wire.py": chat_types.python,
    "src/daehwa/web/wire.d.ts": chat_types.typescript,
}


def main() -> int:
    """Write the files, or with ``--check`` compare them; 1 when one is stale."""
    stale = 0
    files = {ROOT / name: write() for name, write in PAGES.items()}
    made = shapes.files() | rules.files() | kendra.files() | names.files() | members.files()
    for path, text in (files | made).items():
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"{path.relative_to(ROOT)} is stale: run `make docs`")  # noqa: T201
                stale = 1
        else:
            path.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.exit(main())
