"""Reads a session from its stored form."""

from __future__ import annotations

import msgspec

from daehwa import dialog, stores

_decode = msgspec.json.Decoder(dialog.Session).decode


def decode_session(content: bytes) -> dialog.Session:
    """The session that was stored.

    Raises:
        stores.StoreDamaged: it is not a session; another program or a newer release may have
        written it. It can be deleted, and is gone when its time is over.
    """
    try:
        return _decode(content)
    except msgspec.MsgspecError as error:
        raise stores.StoreDamaged(
            f"what is stored of a session cannot be read ({error}): another program, or a newer"
            " Daehwa, wrote it. It is refused until it is deleted or expires."
        ) from error
