"""What a text does besides giving a value: parts of a language, as patterns and phrases.

It asks for a moment, asks back, denies or takes back, wants something done, praises or complains.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

Denying: TypeAlias = Literal["contrast", "correction", "forbid", "decline", "state", "unfit"]
"""What words do that deny others."""

NOTHING: Final = r"(?!)"
"""A pattern that matches nothing."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Phrases by which a person asks for a moment (``wait``), and comes back (``go_on``).

    ``wait_form`` and ``go_on_form`` are patterns of further ones, with one space between words,
    that match the whole of a reply in lower case; empty if there are none.
    """

    wait: tuple[str, ...]
    go_on: tuple[str, ...]
    wait_form: str = ""
    go_on_form: str = ""


VALUE: Final = "\x00"
"""What stands in a clause in the place of a value that is known."""


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """Questions to the bot in place of a reply: patterns, searched in a folded sentence.

    ``clear`` matches the form of a question, ``likely`` what is one where the reply cannot be a
    value; ``never`` what is none in spite of such words. In ``offers`` a value (``VALUE``) is
    offered, not asked about: *how about* tomorrow. Where any text is a value only two kinds of
    question count: one before which a person breaks off (``breaking_off``), and one about the
    reply itself (``about_reply``). ``terms`` are the conditions of something, its price or its
    deadline: who asks about them does not ask for the thing itself. ``habits`` are words of what
    is always so: *on Sundays* asks what is done every week, and offers no day. ``doubled``
    matches what offers a value and asks about it alike (*Saturdays, too, right?*): both are
    answered. ``further`` are words of what is asked for besides (*kids' bikes too?*),
    ``existing`` of whether there is something at all: no value, unless something of that name is
    listed. ``wishes`` matches greetings and good wishes, whose words are not values (have a nice
    *day*), in texts that hold one of ``wish_hints``.
    """

    clear: str
    likely: str
    never: str
    offers: str
    breaking_off: str
    about_reply: str
    terms: str
    further: str
    wishes: str
    wish_hints: tuple[str, ...]
    habits: str | None = None
    doubled: str | None = None
    existing: str | None = None


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """Words by which a person takes others back; ``pattern`` matches them in a folded text.

    ``kind`` says what they do: ``contrast`` and ``correction`` put something else in place of
    what is denied (not A *but* B; A, *no*, B), ``forbid`` and ``decline`` refuse that something
    be done, ``state`` denies that something is so, ``unfit`` turns down a value (A *does not
    suit me*).

    What is denied stands ``before`` the cue or ``behind`` it, as far as its clause goes, or with
    ``phrase`` its noun phrase; of the groups of ``pattern``, where it has any, it is denied most
    closely. With ``plainly`` in the cue's place the clause says what it denies. Who declines a
    ``thing`` may want to be rid of it.
    """

    pattern: str
    kind: Denying
    side: Literal["before", "behind"]
    phrase: bool = False
    plainly: str = ""
    thing: bool = False


class ExchangeWords(msgspec.Struct, frozen=True, kw_only=True):
    """How one value takes another's place, with words that correct only between two: 3 *no* 4.

    ``pattern`` is searched in a folded text that holds one of ``words``. What stands before a
    match goes and what stands after it comes, unless its group ``old`` is what goes. The group
    ``old_new`` holds both without a mark between them, and so does ``new_old``.
    """

    words: tuple[str, ...]
    pattern: str


class Negation(msgspec.Struct, frozen=True, kw_only=True):
    """How people deny and take back, as regular expressions over folded texts.

    A text with none of ``hints`` in it has no cue. Of ``cues`` those that go before others
    come first; what ``affirming`` matches is none (*not only*). ``breaks`` end a clause,
    ``edges`` a noun phrase. In a clause that ``questions`` matches, which asks or supposes,
    nothing is refused or denied.

    ``fillers`` matches words that say nothing of their own, ``failing`` those whose denial is a
    report (it does not *work*), ``ceasing`` words by which something was so until now
    (*anymore*), ``having`` what goes before a thing that one has (*my*), ``links`` what
    may lead from the denied to what replaces it (not A *but* B), ``slight`` what may stand
    between a cue and a value, ``directly`` a value with what denies it looked back at
    (안 *맵게*). Words of which the first ``stem`` letters are the same count as the same.
    ``exchanges`` count only between two values of a type.
    """

    hints: tuple[str, ...]
    cues: tuple[Cue, ...]
    exchanges: tuple[ExchangeWords, ...] = ()
    affirming: str = NOTHING
    breaks: str = r"[,.;:!?…]"
    edges: str = NOTHING
    questions: str = r"\?"
    fillers: str = NOTHING
    failing: str = NOTHING
    ceasing: str = NOTHING
    having: str = NOTHING
    links: str = NOTHING
    slight: str = r"\W*"
    directly: str = NOTHING
    stem: int = 3


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a text may have done, by a pattern that is searched in it in small letters.

    One of ``words`` stands in each text that the pattern matches, so that it is compiled and
    searched only where it may be.
    """

    words: tuple[str, ...]
    pattern: str


class SentimentWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words that show how a person feels: regular expressions over texts in small letters.

    ``praise`` and ``blame`` match words that judge; ``virtues`` and ``troubles`` those that name
    something good or bad, which may be wished for or reported without a judgement (*clean*,
    *late*). ``thanks`` match those of gratitude. ``denied_before`` is searched in the few words
    before such a word, ``denied_behind`` matches right after one; both turn it round.
    ``stressed`` are words of emphasis, ``contrast`` matches what stands between what is good and
    what is bad, ``requests`` show that something is asked for.
    """

    praise: str
    blame: str
    virtues: str
    troubles: str
    thanks: str
    denied_before: str
    denied_behind: str
    stressed: str
    contrast: str
    requests: str
