"""Bots that are made through Lex's model-building API: drafts, builds, versions, aliases.

``OPERATIONS`` has what each operation does, by the API's name of it: a function of the workshop
and the request's members that gives the answer's members. The server speaks the wire.
"""

from typing import Final

from daehwa.workshop import bots, intents, moving, resources, slot_types, slots, versions
from daehwa.workshop.errors import (
    InternalServerException,
    PreconditionFailedException,
    ResourceNotFoundException,
    ValidationException,
    WorkshopError,
)
from daehwa.workshop.transfers import MAX_UPLOAD_BYTES
from daehwa.workshop.transfers import PATH as TRANSFERS_PATH
from daehwa.workshop.workshop import Operation, Workshop

OPERATIONS: Final[dict[str, Operation]] = {
    "".join(word.capitalize() for word in operation.__name__.split("_")): operation
    for operation in (
        bots.create_bot,
        bots.describe_bot,
        bots.update_bot,
        bots.delete_bot,
        bots.list_bots,
        bots.create_bot_locale,
        bots.describe_bot_locale,
        bots.update_bot_locale,
        bots.delete_bot_locale,
        bots.list_bot_locales,
        bots.build_bot_locale,
        intents.create_intent,
        intents.describe_intent,
        intents.update_intent,
        intents.delete_intent,
        intents.list_intents,
        slots.create_slot,
        slots.describe_slot,
        slots.update_slot,
        slots.delete_slot,
        slots.list_slots,
        slot_types.create_slot_type,
        slot_types.describe_slot_type,
        slot_types.update_slot_type,
        slot_types.delete_slot_type,
        slot_types.list_slot_types,
        slot_types.list_built_in_intents,
        slot_types.list_built_in_slot_types,
        versions.create_bot_version,
        versions.describe_bot_version,
        versions.delete_bot_version,
        versions.list_bot_versions,
        versions.create_bot_alias,
        versions.describe_bot_alias,
        versions.update_bot_alias,
        versions.delete_bot_alias,
        versions.list_bot_aliases,
        moving.create_upload_url,
        moving.start_import,
        moving.describe_import,
        moving.list_imports,
        moving.delete_import,
        moving.create_export,
        moving.describe_export,
        moving.list_exports,
        moving.delete_export,
        resources.create_resource_policy,
        resources.update_resource_policy,
        resources.describe_resource_policy,
        resources.delete_resource_policy,
        resources.create_resource_policy_statement,
        resources.delete_resource_policy_statement,
        resources.tag_resource,
        resources.untag_resource,
        resources.list_tags_for_resource,
    )
}

__all__ = [
    "MAX_UPLOAD_BYTES",
    "OPERATIONS",
    "TRANSFERS_PATH",
    "InternalServerException",
    "Operation",
    "PreconditionFailedException",
    "ResourceNotFoundException",
    "ValidationException",
    "Workshop",
    "WorkshopError",
]
