"""Bots that Terraform configures, from ``terraform show -json`` of a plan or a state.

The resources have the API's members in snake case, a list's in the singular, and each structure
as a list of blocks. Sources: the provider's resources ``aws_lexv2models_bot``, ``_bot_locale``,
``_intent``, ``_slot`` and ``_slot_type``, and Terraform's JSON output format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from daehwa.bot import layout
from daehwa.bot.errors import ArchiveError, BotError
from daehwa.bot.foreign.notes import Imported
from daehwa.bot.foreign.recognising import ForeignBot
from daehwa.bot.foreign.terraform_blocks import Blocks
from daehwa.bot.foreign.terraform_resources import Resource, Resources, resources_in
from daehwa.bot.reader import Export
from daehwa.bot.slot_definition import Slot, SlotType
from daehwa.bot.values import Bot, BotLocale, Intent

_CURE: Final = (
    "Run `terraform plan -out=bot.plan` and `terraform show -json bot.plan > bot.json`, "
    "and give bot.json."
)


def from_terraform(foreign: ForeignBot, name: str) -> Imported:
    """The bot of the plan or state in ``foreign``; ``name`` is the file's.

    Raises:
        BotError: there is no one bot, or it is at fault; the place is the resource's address.
    """
    for file in foreign.files:
        resources = resources_in(foreign.json(file)) if file.endswith(".json") else None
        if resources is not None:
            writer = _Writer(resources, file)
            writer.bot(_chosen(resources, foreign.chosen, file))
            return Imported(system="Terraform", bot=writer.read(name), notes=writer.notes())
    raise ArchiveError(
        "Terraform's configuration is not read as it is written.", file=name, cure=_CURE
    )


def _chosen(resources: Resources, name: str | None, file: str) -> Resource:
    bots = [one for one in resources.of("bot") if name in (None, one.name, one.address)]
    if len(bots) == 1:
        return bots[0]
    addresses = ", ".join(one.address for one in bots or resources.of("bot"))
    raise ArchiveError(
        f"there are several bots here: {addresses}." if bots else f"no bot is here: {addresses}.",
        file=file,
        cure=f"Give one by its address, as in {Path(file).name}#{addresses.partition(',')[0]}.",
    )


class _Writer:
    """Writes the files of an export of a bot's resources."""

    def __init__(self, resources: Resources, file: str) -> None:
        self._resources = resources
        self._file = file
        self._files: dict[str, bytes] = {}
        self._addresses: dict[str, str] = {}
        self._blocks = Blocks()
        self._notes: list[str] = []

    def bot(self, bot: Resource) -> None:
        """Write a bot with all its parts."""
        own = [one for one in self._resources if self._resources.is_part(one, bot)]
        self._write(layout.bot_file(bot.called), Bot, bot)
        for locale in own:
            if locale.kind == "bot_locale":
                identifier = str(locale.values.get("locale_id") or "")
                parts = [one for one in own if one.values.get("locale_id") == identifier]
                self._locale(bot.called, locale, identifier, parts)

    def _locale(self, bot: str, locale: Resource, identifier: str, parts: list[Resource]) -> None:
        threshold = locale.values.get("n_lu_intent_confidence_threshold")
        more = {"identifier": identifier}
        if threshold is not None:
            more["nluConfidenceThreshold"] = threshold
        self._write(layout.locale_file(bot, identifier), BotLocale, locale, more)
        for slot_type in parts:
            if slot_type.kind == "slot_type":
                file = layout.slot_type_file(bot, identifier, slot_type.called)
                self._write(file, SlotType, slot_type)
        for intent in parts:
            if intent.kind == "intent":
                self._intent(bot, identifier, intent)

    def _intent(self, bot: str, locale: str, intent: Resource) -> None:
        slots = [one for one in self._resources.of("slot") if self._resources.holds(intent, one)]
        names = [slot.called for slot in slots]
        listed = self._resources.priorities(intent, slots)
        if len(listed) < len(names):
            # Which comes first, Terraform cannot say of slots that name their intent.
            listed += [name for name in names if name not in listed]
            self._notes.append(
                f"{intent.address} gives no priorities: its slots are asked in the order "
                f"{', '.join(listed)}"
            )
        order = [{"slotName": name, "priority": at} for at, name in enumerate(listed, 1)]
        file = layout.intent_file(bot, locale, intent.called)
        self._write(file, Intent, intent, {"slotPriorities": order} if order else {})
        for slot in slots:
            kind = self._resources.slot_type_of(slot)
            file = layout.slot_file(bot, locale, intent.called, slot.called)
            self._write(file, Slot, slot, {"slotTypeName": kind} if kind else {})

    def _write(
        self, file: str, kind: type, resource: Resource, more: dict[str, Any] | None = None
    ) -> None:
        content = {**self._blocks.of_resource(resource.values, kind), **(more or {})}
        self._files[file] = json.dumps(content, ensure_ascii=False).encode()
        self._addresses[file] = resource.address

    def read(self, name: str) -> Bot:
        """The bot of the files.

        Raises:
            BotError: it is at fault.
        """
        try:
            return Export(Path(name), self._files).bot()
        except BotError as error:
            address = self._addresses.get(error.file or "")
            if address is None:
                raise
            field = f"{address}{(error.field or '$').removeprefix('$')}"
            raise type(error)(
                error.problem, file=self._file, field=field, cure=error.cure
            ) from None

    def notes(self) -> tuple[str, ...]:
        """What was changed or left out."""
        return tuple(dict.fromkeys((*self._notes, *self._left_out())))

    def _left_out(self) -> Iterator[str]:
        written = set(self._addresses.values())
        for one in self._resources:
            if one.kind in ("intent", "slot", "slot_type") and one.address not in written:
                yield f"{one.address} is left out: what it belongs to is not known"
        if self._blocks.unknown:
            yield f"left out: {', '.join(sorted(self._blocks.unknown))}"
