"""From the short form of a bot and of a locale to Lex's JSON: Bot.json and BotLocale.json."""

from __future__ import annotations

from typing import Any, Final

from daehwa.bot.identity import DRAFT, bot_id
from daehwa.bot.locales import LOCALE_NAMES
from daehwa.bot.project.message_forms import overlay
from daehwa.bot.project.nodes import Node, ProjectFault
from daehwa.bot.values import (
    Bot,
)

_IDLE_SECONDS: Final = 300
_CONFIDENCE: Final = 0.4
_VOICE: Final = "neural"


def bot_json(node: Node) -> dict[str, Any]:
    """The Bot.json of a bot."""
    members = node.members("bot")
    if "name" not in members and "lex" not in members:
        raise ProjectFault(("name",), "the bot has no name.", "Add `name:` with one.")
    made: dict[str, Any] = {
        "name": members["name"].text() if "name" in members else "",
        "version": DRAFT,
        "dataPrivacy": {
            "childDirected": "child_directed" in members and members["child_directed"].flag()
        },
        "idleSessionTTLInSeconds": members["idle"].seconds()
        if "idle" in members
        else _IDLE_SECONDS,
    }
    made["identifier"] = members["id"].text() if "id" in members else bot_id(Bot(name=made["name"]))
    if "description" in members:
        made["description"] = members["description"].text()
    if "aliases" in members:
        ids = members["aliases"].by_name("ids")
        made["aliases"] = {name: alias.text() for name, alias in ids}
    for name, lexs in (
        ("name", "name"), ("id", "identifier"), ("description", "description"),
        ("idle", "idleSessionTTLInSeconds"), ("child_directed", "dataPrivacy"),
        ("aliases", "aliases"),
    ):  # fmt: skip
        if name in members:
            members[name].mark(made, lexs)
    return overlay(made, members.get("lex"))


def locale_json(name: str, members: dict[str, Node]) -> dict[str, Any]:
    """The BotLocale.json of a locale."""
    made: dict[str, Any] = {
        "identifier": name,
        "name": LOCALE_NAMES.get(name),
        "nluConfidenceThreshold": _CONFIDENCE,
    }
    if "description" in members:
        made["description"] = members["description"].text()
        members["description"].mark(made, "description")
    if "confidence" in members:
        made["nluConfidenceThreshold"] = members["confidence"].number()
        members["confidence"].mark(made, "nluConfidenceThreshold")
    if "voice" in members:
        made["voiceSettings"] = {"voiceId": members["voice"].text(), "engine": _VOICE}
        members["voice"].mark(made, "voiceSettings")
    return overlay(made, members.get("lex"))
