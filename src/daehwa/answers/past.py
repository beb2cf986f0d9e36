"""How much of a conversation a model is sent: pairs of turns, within a budget of tokens."""

from __future__ import annotations

from collections.abc import Sequence

from daehwa.answers.values import PastMessage

# Around each message, for its role and its ends.
_FRAME = 4
# A message may have this part of the budget before others are forgotten for it.
_SHARE = 4
_GAP = " … "
_HEAD = 2 / 3


def tokens(text: str) -> int:
    """Estimate the tokens of a text, without a tokenizer and rather too high than too low.

    Four ASCII characters a token, and a Korean syllable or any other character for one.
    """
    ascii_ = sum(map(str.isascii, text))
    return (ascii_ + 3) // 4 + len(text) - ascii_


def cost(history: Sequence[PastMessage]) -> int:
    """Estimate the tokens of a conversation."""
    return sum(tokens(message.text) + _FRAME for message in history)


def recent(history: Sequence[PastMessage], budget: int) -> tuple[PastMessage, ...]:
    """Keep the latest pairs of a conversation within a budget of tokens.

    Many chat templates refuse anything but the person and the bot in turn: messages of the same
    role become one, and a turn without an answer is left out. Where there is too much, the
    longest message is shortened before any is forgotten.
    """
    most = budget // (2 * (_FRAME + 1)) + 1
    kept = [message for pair in _pairs(history)[-most:] for message in pair]
    costs = [cost((message,)) for message in kept]
    least = budget // _SHARE
    while kept and (over := sum(costs) - budget) > 0:
        place = max(range(len(kept)), key=costs.__getitem__)
        longest = costs[place] - _FRAME
        if longest > max(least, 1):
            kept[place] = shortened(kept[place], max(least, longest - over))
            costs[place] = cost((kept[place],))
        else:
            del kept[:2], costs[:2]
    return tuple(kept)


def shortened(message: PastMessage, budget: int) -> PastMessage:
    """Give a message without its middle, in at most ``budget`` tokens."""
    if budget <= tokens(_GAP):
        return PastMessage(role=message.role, text="…")
    letters = max(1, len(message.text) * budget // max(tokens(message.text), 1))
    while True:
        head = int(letters * _HEAD)
        tail = letters - head
        text = message.text[:head].rstrip() + _GAP + message.text[len(message.text) - tail :]
        if tokens(text) <= budget or letters <= 1:
            return PastMessage(role=message.role, text=text)
        letters = letters * 9 // 10


def _pairs(history: Sequence[PastMessage]) -> list[tuple[PastMessage, PastMessage]]:
    pairs: list[tuple[PastMessage, PastMessage]] = []
    waiting: PastMessage | None = None
    for message in history:
        if message.role == "user":
            # Nobody answered the one before it.
            waiting = message
        elif waiting is not None:
            pairs.append((waiting, message))
            waiting = None
        elif pairs:
            before, answer = pairs[-1]
            both = PastMessage(role="assistant", text=f"{answer.text}\n{message.text}")
            pairs[-1] = (before, both)
    return pairs
