"""What a language brings: the parts that its package may have, each of them optional.

A part that is absent means "not read": the bot asks again, and never takes a wrong value. The
smallest useful language is yes and no (``confirmation``) and the names of months and weekdays
(``dates``): digits, and dates and times in digits, are read without any package.

Every reader is given a text and a place in it and answers for what begins there, as
`Parsed`, or ``None``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

import msgspec

from daehwa.nlu.languages.clock import ClockTime
from daehwa.nlu.languages.isoduration import IsoDuration
from daehwa.nlu.languages.lexicon import Lexicon
from daehwa.nlu.languages.misspelling import Misspelling
from daehwa.nlu.languages.setting import Setting
from daehwa.nlu.languages.spans import Parsed, Span
from daehwa.nlu.languages.text import Text

ConfirmationValue: TypeAlias = Literal["Yes", "No", "Maybe", "Don't know"]
"""The values of AMAZON.Confirmation."""

Denying: TypeAlias = Literal["contrast", "correction", "forbid", "decline", "state", "unfit"]
"""What words do that deny others."""

_NOTHING: Final = r"(?!)"
"""A pattern that matches nothing."""

Tail: TypeAlias = Callable[[str, int, int], int]
"""Of a folded text and the span of a value, where the value really ends."""


class Unit(NamedTuple):
    """A unit of money: its ISO 4217 code, and how many of the currency it is worth."""

    code: str
    worth: Decimal


class ReadDate(Protocol):
    """Reads the date that begins at a place."""

    def __call__(
        self, text: Text, at: int, setting: Setting, *, elicited: bool
    ) -> Parsed[dt.date] | None:
        """The longest date at ``at``; where one is ``elicited``, loose forms ("may") too."""


class ReadClock(Protocol):
    """Reads the time of day whose clock time begins at a place."""

    def __call__(
        self, text: Text, at: int, setting: Setting, *, elicited: bool
    ) -> ClockTime | None:
        """The time at ``at``, with the part of the day around it; a bare hour if ``elicited``."""


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """Numerals; those in digits alone are read without a language.

    ``numerals`` gives every number that begins at a place, the longest first; ``standing`` the
    one that stands on its own there, in digits; ``alone`` what is a number only as the whole of
    a reply (삼, 혼자). ``seldom`` are numerals that sentences hold without counting (*one*);
    ``counts`` says of one, by where it ends, whether what follows shows that it counts here.
    ``belongs`` says of the span of a number whether it is part of something else: of a date, of
    a fraction. ``totals`` stand before what several numbers come to (둘에 하나 *해서* 셋),
    ``totalled`` behind it (six *in total*). ``one_more`` matches one of another kind behind a
    number (two adults *and a kid*), with which the reply's sum is open.
    """

    numerals: Callable[[Text, int, Setting], Iterable[Parsed[Decimal]]]
    standing: Callable[[Text, int, Setting], Parsed[str] | None]
    alone: Callable[[Text, int, Setting], Parsed[str] | None] | None = None
    seldom: frozenset[str] = frozenset()
    belongs: Callable[[Text, int, int], bool] | None = None
    counts: Callable[[Text, int], bool] | None = None
    totals: tuple[str, ...] = ()
    totalled: tuple[str, ...] = ()
    one_more: re.Pattern[str] | None = None


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """Times of day.

    ``part`` reads a part of the day that stands alone, as Lex's code (``MO``); ``now`` has the
    words for this moment; ``later`` what behind a span of time counts it from now (1: on, -1:
    back), ``within`` what before one does so (*in* half an hour). ``counting`` stands behind this
    moment where a span is counted from it (지금*부터* 십 분 뒤).
    """

    clock: ReadClock
    part: Callable[[Text, int], Parsed[str] | None]
    now: Lexicon[int] = Lexicon({})
    later: Lexicon[int] = Lexicon({})
    within: Lexicon[int] = Lexicon({})
    counting: tuple[str, ...] = ()


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """Sums of money and percentages, beyond signs (``$``) and codes (``USD``).

    ``units`` reads the currency behind an amount; ``halves`` add a half to a sum, ``joints``
    join a sum and its cents, ``change`` reads what behind a sum is a part of its unit (三块*五*).
    ``percent`` reads the word behind a share, with the hundredths
    that one of it is worth (할: 10); ``shares`` are words for shares, in hundredths, and
    ``parts_of`` what may stand between one and that word (half *a* percent).
    ``behind_sums`` matches what may stand behind a bare sum (20 *tops*); other words are units.
    ``hundredths_of`` stand before a number of hundredths (*百分之*二十). ``price`` reads a
    sum that is said as two numbers, its units and its hundredths (nineteen *ninety nine*).
    ``apiece`` stand behind a sum that each of several is worth (천원*짜리* 세 장).
    """

    units: Callable[[Text, int], Iterable[Parsed[Unit]]]
    halves: Lexicon[int] = Lexicon({})
    joints: tuple[str, ...] = ()
    change: Callable[[Text, int], Parsed[Decimal] | None] | None = None
    percent: Callable[[Text, int], Iterable[Parsed[Decimal]]]
    shares: Lexicon[int] = Lexicon({})
    parts_of: tuple[str, ...] = ()
    behind_sums: re.Pattern[str] | None = None
    hundredths_of: tuple[str, ...] = ()
    price: Callable[[Text, Span], Decimal | None] | None = None
    apiece: tuple[str, ...] = ()


class Spelling(msgspec.Struct, frozen=True, kw_only=True):
    """What is read out letter by letter or digit by digit: codes, numbers, addresses.

    ``piece`` reads some letters or digits of a code; ``digits`` a run of digits of a telephone
    number; ``letters`` are the names of letters, in the language's own script (에이). ``asides``
    explain a letter (a *as in* alpha), ``openers`` match what goes before a code (*order number*
    X99).
    ``signs`` are the signs of an address, ``hosts`` the names of its mail services. ``pauses``
    are sounds between groups of digits; ``kinds_of_codes`` is a pattern of what stands before
    a number that is none of a telephone (*order number*). ``joints`` are written onto a part of a
    code before the next (에이비*에* 일이).
    """

    piece: Callable[[Text, int], Parsed[str] | None]
    digits: Callable[[Text, int], Parsed[str] | None]
    letters: Lexicon[str] = Lexicon({})
    asides: Lexicon[int] = Lexicon({})
    openers: re.Pattern[str] = re.compile(_NOTHING)
    signs: Lexicon[str] = Lexicon({})
    hosts: Lexicon[str] = Lexicon({})
    pauses: frozenset[str] = frozenset()
    kinds_of_codes: str = ""
    joints: tuple[str, ...] = ()

    def named_letters(self, text: Text, at: int) -> Parsed[str] | None:
        """The letters whose names stand at a place, one written onto the other: 에이비씨."""
        named, place = "", at
        while (letter := self.letters.first(text.folded, place)) is not None:
            named, place = named + letter.value, letter.end
        return Parsed(named, place) if named else None


class Suffixes(msgspec.Struct, frozen=True, kw_only=True):
    """What is written onto a noun without a space, in a script of the language's own.

    A language that has rules keeps them in a module ``suffixes`` of its folder.

    ``run`` matches letters of the script. ``may_follow`` says whether some letters
    may follow a noun, ``stem_ends`` proposes where the noun in a word ends (lengths, the whole
    word first), ``agrees`` whether a stem asks for a particle in this form; ``other_form`` and
    ``agreeing`` give words that begin with a particle its other form, and the one that a stem
    asks for. ``inflections`` are other forms of a word that qualifies (따뜻한: 따뜻하게).
    ``counters`` go behind numbers; the last letter of a stem in ``verb_stems`` shows that the
    word is no noun. Where a text is written without spaces,
    ``pieces`` match what grammars read (a date, a count) and ``joints`` the particles behind it.
    """

    run: re.Pattern[str]
    may_follow: Callable[[str], bool]
    stem_ends: Callable[[str], tuple[int, ...]]
    agrees: Callable[[str, str], bool]
    other_form: Callable[[str], str | None]
    agreeing: Callable[[str, str], str]
    counters: Lexicon[str] = Lexicon({})
    verb_stems: frozenset[str] = frozenset()
    inflections: Callable[[str], tuple[str, ...]] | None = None
    pieces: tuple[re.Pattern[str], ...] = ()
    joints: tuple[str, ...] = ()


class Carriers(msgspec.Struct, frozen=True, kw_only=True):
    """The words around a value in a reply: "my name is ...", "... please".

    ``before`` and ``after`` are words of their own; ``attached`` takes the endings off the
    value's last word. ``asking`` are words before a request that change nothing about it
    (*could you* play), ``requests`` the ends of one that say the same (틀어*줘*, 틀어 *주세요*).
    ``counting`` are further words around a count, and no other value (*there are* five *of us*).
    """

    before: Lexicon[int]
    after: tuple[str, ...]
    attached: Tail | None = None
    asking: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    counting: tuple[str, ...] = ()


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """Yes, no, and between.

    ``answers`` has the phrases of each answer. ``politely`` soften a no, ``fillers`` stand
    beside an answer, ``tails`` are written onto one, ``openers`` ask for a moment before it
    comes; none of them changes it. ``dialect`` has the ends of words in dialects, and those of
    the standard language in their places (됩니*더*: 됩니*다*).
    """

    answers: Mapping[ConfirmationValue, tuple[str, ...]]
    politely: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    fillers: frozenset[str] = frozenset()
    tails: tuple[str, ...] = ()
    dialect: Mapping[str, str] = {}


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """Names of people and places.

    ``known`` has well-known values by the name of their type (``City``). ``naming`` are words
    that introduce a name; with True whatever follows is one. ``last_naming`` are the ends of
    those that introduce a family name. ``streets`` are words that end a street's name,
    ``street_tails`` what is written onto one. ``particles`` begin a family name (*van der*
    Berg). ``relations`` say who somebody is, before a name (*my sister* Anna), ``titles`` stand
    behind one (민수 *씨*), ``quoting`` is written onto one (민수*라고*). ``no_names`` are words of
    which a name is never made (a place's may have those of ``in_places``), and ``in_sentences``
    those by which only other things are called. ``requests`` are those by which a reply is no
    value at all, ``endings`` the ends of words that show the same. ``everyday`` are names that
    are everyday words: in small letters they are places only behind one of ``before_places``
    (*in* bath), and people's only where a name is given. ``spelling_notes`` begin what is said
    of a name's letters (*with two* l's), ``family_tails`` are written onto a family's (정*가*).
    ``capital`` says of a first letter how it is written. ``is_sentence`` says whether the words
    of a reply can hardly be somebody's name; ``addressed`` reads the name that begins at a place
    and that its particle (민수*에게*) or its form shows to be a person's, with how surely it is.
    ``may_be_person`` says of a part of a sentence whether it may be a person's name, however
    likely its surroundings make it.
    """

    known: Mapping[str, tuple[str, ...]] = {}
    naming: Mapping[str, bool] = {}
    last_naming: tuple[str, ...] = ()
    streets: frozenset[str] = frozenset()
    street_tails: tuple[str, ...] = ()
    particles: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    quoting: tuple[str, ...] = ()
    no_names: frozenset[str] = frozenset()
    in_places: frozenset[str] = frozenset()
    in_sentences: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    before_places: tuple[str, ...] = ()
    spelling_notes: tuple[str, ...] = ()
    capital: tuple[str, ...] = ()
    family_tails: tuple[str, ...] = ()
    requests: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    is_sentence: Callable[[list[str]], bool] | None = None
    addressed: Callable[[str, int], Parsed[float] | None] | None = None
    may_be_person: Callable[[str, int, int], bool] | None = None


class Cues(msgspec.Struct, frozen=True, kw_only=True):
    """Words that point to a slot: where a thing starts or ends, what is counted, what joins.

    ``source_names`` and ``target_names`` are words in slots' names, ``*_parts`` parts of such
    names; ``source_words`` and ``target_words`` stand before a value, ``source_tails`` and
    ``target_tails`` are written onto it. ``counted`` groups the words that count one kind of
    thing. ``how_many`` are the words before what a prompt asks the number of. ``joints`` stand
    between the values of a list, ``joining_tails`` are written onto them, ``loose_tails`` stand
    among them. ``alike_tails`` are tails that say the same as another (*한테*, 에게); ``passed``
    are
    words between a number and what it counts (one *more* night).
    """

    source_names: frozenset[str] = frozenset()
    target_names: frozenset[str] = frozenset()
    source_parts: tuple[str, ...] = ()
    target_parts: tuple[str, ...] = ()
    source_words: frozenset[str] = frozenset()
    target_words: frozenset[str] = frozenset()
    source_tails: tuple[str, ...] = ()
    target_tails: tuple[str, ...] = ()
    counted: Mapping[str, tuple[str, ...]] = {}
    how_many: tuple[tuple[str, ...], ...] = ()
    joints: frozenset[str] = frozenset()
    joining_tails: tuple[str, ...] = ()
    loose_tails: tuple[str, ...] = ()
    alike_tails: Mapping[str, str] = {}
    passed: frozenset[str] = frozenset()


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Phrases by which a person asks for a moment (``wait``), and comes back (``go_on``).

    ``wait_form`` and ``go_on_form`` are patterns of further ones, with one space between words,
    that match the whole of a reply in lower case; empty where there are none.
    """

    wait: tuple[str, ...]
    go_on: tuple[str, ...]
    wait_form: str = ""
    go_on_form: str = ""


VALUE: Final = "\x00"
"""What stands in a clause in the place of a value that is known."""


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """Questions to the bot in the place of a reply: patterns, searched in a folded sentence.

    ``clear`` matches the form of a question, ``likely`` what is one where the reply cannot be a
    value; ``never`` what is none in spite of such words. In ``offers`` a value (``VALUE``) is
    offered, not asked about: *how about* tomorrow. Where any text is a value only two kinds of
    question count: one before which a person breaks off (``breaking_off``), and one about the
    reply itself (``about_reply``). ``terms`` are the conditions of something, its price or its
    deadline: who asks about them does not ask for the thing itself. ``habits`` are words of what is
    always so: *on Sundays* asks what is done every week, and offers no day. ``further`` are words
    of what is asked for besides (*kids' bikes too?*). ``wishes`` matches
    greetings and good wishes, whose words are no values (have a nice *day*), in texts that hold
    one of ``wish_hints``.
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


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """Words by which a person takes others back; ``pattern`` matches them in a folded text.

    ``kind`` says what they do: ``contrast`` and ``correction`` put something else in the place of
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
    match goes and what stands behind it comes, unless its group ``old`` is what goes. The group
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
    affirming: str = _NOTHING
    breaks: str = r"[,.;:!?…]"
    edges: str = _NOTHING
    questions: str = r"\?"
    fillers: str = _NOTHING
    failing: str = _NOTHING
    ceasing: str = _NOTHING
    having: str = _NOTHING
    links: str = _NOTHING
    slight: str = r"\W*"
    directly: str = _NOTHING
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
    before such a word, ``denied_behind`` matches right behind one; both turn it round.
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


class Informal(msgspec.Struct, frozen=True, kw_only=True):
    """How people write in a hurry, and what it stands for.

    ``words`` are whole words of Latin letters and digits (*pls*). ``patterns`` are searched in a
    text as it was typed, one after another, each with what replaces it.
    """

    words: Mapping[str, str] = {}
    patterns: tuple[tuple[str, str], ...] = ()


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What the report on a bot's understanding says, by keys that are those of English.

    ``measures`` names the measures, ``page`` has the page's headings and captions, ``advice``
    the lines of advice, with names of what they are filled with in braces.
    """

    measures: Mapping[str, str]
    page: Mapping[str, str]
    advice: Mapping[str, str]


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """A language: the parts of it that are read.

    ``mixed_with`` are the codes of languages whose words people mix into it. ``choices`` stand
    between two values of which either may be meant (an hour *or* two), ``between`` around the
    first of a range (*between* ten *and* twenty), ``ranges`` alone between its ends (the 3rd *to*
    the 5th). ``reasons`` are patterns of why somebody gives a value, which may hold others (*my
    shift starts at 9*). ``contrasts`` are groups of commands of which one excludes the others
    (*open*, *close*), ``informal`` short forms that are written out before a text is compared
    with samples, ``misspelling`` the words of dates, times and amounts of which slips are
    forgiven. ``plurals`` are endings of the plural of a listed value, ``derivations`` endings
    that make another word of one. ``examples`` are values of the built-in types (``Date``) as
    people say them, for refilling sample utterances; ``intents`` the phrases of Lex's built-in
    intents (``AMAZON.HelpIntent``); ``wording`` what reports to the bot's author say.

    Neutral texts, what people say to no bot in particular, are in the package's
    ``background.txt``, one a line; fewer than 300 have the English ones beside them.
    """

    mixed_with: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    between: tuple[str, str] | None = None
    reasons: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    numbers: Numbers | None = None
    dates: ReadDate | None = None
    times: Times | None = None
    durations: Callable[[Text, int, Setting], Parsed[IsoDuration] | None] | None = None
    money: Money | None = None
    spelling: Spelling | None = None
    misspelling: Misspelling | None = None
    suffixes: Suffixes | None = None
    carriers: Carriers | None = None
    confirmation: Confirmation | None = None
    names: Names | None = None
    cues: Cues | None = None
    waiting: Waiting | None = None
    questions: Questions | None = None
    negation: Negation | None = None
    contrasts: tuple[tuple[Command, ...], ...] = ()
    informal: Informal | None = None
    plurals: tuple[str, ...] = ()
    derivations: tuple[str, ...] = ()
    examples: Mapping[str, tuple[str, ...]] | None = None
    intents: Mapping[str, tuple[str, ...]] | None = None
    sentiment: SentimentWords | None = None
    wording: Wording | None = None
