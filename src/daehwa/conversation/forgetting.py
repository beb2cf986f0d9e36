"""Forgetting a person: what was said in a conversation goes from everywhere at once.

Session and transcript (with feedback and what was missed), answers that are being made, and the
records of the conversation log. What has left this program is out of reach: the conversations
in ``[logs] stream``, and what code hooks and language models were sent.
"""

from __future__ import annotations

import asyncio
import contextlib

from daehwa import stores
from daehwa.conversation.log_file import RecordKey
from daehwa.conversation.logs import ConversationLog
from daehwa.conversation.turns import Turns
from daehwa.conversation.values import Address

# How long is waited for turns in progress; what they store later is refused.
_PATIENCE_SECONDS = 2.0


class Forgetting:
    """Forgets conversations. ``log`` is the conversation log, if there is one."""

    def __init__(
        self, store: stores.SessionStore, turns: Turns, log: ConversationLog | None
    ) -> None:
        self._store = store
        self._turns = turns
        self._log = log

    async def forget(self, *addresses: Address) -> None:
        """Forget all that was said in conversations; one that was never held is forgotten.

        Raises:
            stores.StoreError: store or log cannot be changed; what is left can be forgotten
                by another call.
        """
        for address in addresses:
            discarded = self._turns.discard(address)
            await self._store.delete(address)
            if discarded is not None and discarded.ended is not None:
                await _wait_for(discarded.ended)
                # One that was being written down at that moment came after the deletion.
                await self._store.delete(address)
        if self._log is not None:
            await self._log.forget(*map(RecordKey.of, addresses))


async def _wait_for(ended: asyncio.Event) -> None:
    """Wait a while for a turn's end."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await ended.wait()
