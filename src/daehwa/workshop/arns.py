"""The bots and aliases that ARNs name.

Of an ARN only the end counts, ``bot/ID`` or ``bot-alias/ID/ALIAS``: this server has no regions and
no accounts.
"""

from __future__ import annotations

from daehwa.workshop.errors import ResourceNotFoundException, ValidationException, existing
from daehwa.workshop.resource import BotResource
from daehwa.workshop.workshop import Workshop

_PARTS = 6


def bot_of_arn(workshop: Workshop, arn: str, *, editable: bool = False) -> tuple[BotResource, str]:
    """The bot that an ARN names, or whose alias it names, and the end of the ARN.

    Raises:
        ValidationException: it is not an ARN.
        ResourceNotFoundException: it names no bot or alias that is here.
        PreconditionFailedException: the bot should be ``editable`` and is served from a file.
    """
    parts = arn.split(":", _PARTS - 1)
    kind, _, ids = parts[-1].partition("/")
    bot_id, _, alias_id = ids.partition("/")
    known = (kind == "bot" and not alias_id) or (kind == "bot-alias" and alias_id)
    cure = (
        "write arn:aws:lex:REGION:ACCOUNT:bot/ID or arn:aws:lex:REGION:ACCOUNT:bot-alias/ID/ALIAS."
    )
    if len(parts) != _PARTS or parts[0] != "arn":
        raise ValidationException(f"{arn} is not an ARN: {cure}")
    if parts[2] != "lex" or not known:
        raise ResourceNotFoundException(f"{arn} names no bot: {cure}")
    resource = workshop.find_editable_bot(bot_id) if editable else workshop.find_bot(bot_id)
    if alias_id:
        existing(resource.record.aliases.get(alias_id))
    return resource, parts[-1]
