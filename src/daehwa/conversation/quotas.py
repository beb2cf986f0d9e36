"""Lex's limits on sizes in a turn, enforced if ``quotas`` is on; a code hook's are in ``hooks``.

A bot that passes here then does not fail on AWS. Source: the Lex V2 guide, "Quotas". A
language model's own words are let through whole (``docs/differences.md``).
"""

from __future__ import annotations

import msgspec

from daehwa import dialog, hooks, lex


def check_request(state: lex.SessionState | None) -> None:
    """Refuse session attributes of a request that together are too large.

    Raises:
        lex.ValidationException: they are; the client can fix it.
    """
    if state is not None:
        _check_attributes(state.session_attributes, "The request's")


def check_outcome(outcome: dialog.TurnOutcome, *, by_model: bool) -> None:
    """Refuse what a bot made of a turn, when it is more than Lex would store or send.

    ``by_model`` says that a language model spoke, whose words have no limit.

    Raises:
        lex.ValidationException: it is more; the bot's author can fix it.
    """
    _check_attributes(outcome.session_state.session_attributes, "The bot's")
    length = 0 if by_model else hooks.text_length(outcome.messages)
    if length > hooks.TEXT_LENGTH:
        raise lex.ValidationException(
            f"The bot's messages have {length:,} characters; Lex sends at most "
            f"{hooks.TEXT_LENGTH:,}. Shorten them, or set quotas = false."
        )


def _check_attributes(attributes: dict[str, str] | None, whose: str) -> None:
    if not attributes:
        return
    size = len(msgspec.json.encode(attributes))
    if size > hooks.SESSION_ATTRIBUTES_BYTES:
        raise lex.ValidationException(
            f"{whose} session attributes have {size:,} bytes; Lex keeps at most "
            f"{hooks.SESSION_ATTRIBUTES_BYTES:,}. Shorten them, or set quotas = false."
        )
