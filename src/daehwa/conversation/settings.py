"""``daehwa.toml``: what has no place in a Lex export. Everything has a default.

Example::

    answer = ["chatgpt", "embedded"]      # what answers the FallbackIntent, in this order

    [chatgpt]
    model = "my-model"                    # OPENAI_MODEL goes before it
    system = "You answer for a flower shop."

    [understanding]
    quality = "best"                      # or "fast"; "balanced" by default

    [store]
    url = "redis://127.0.0.1:6379/0"      # default: SQLite in the data folder
    keep_days = 30                        # how long a transcript outlives its session

    [[hooks]]                             # the bot's Lambda, one for each alias and locale
    bot = "ReminderBot"
    python = "reminders:lambda_handler"   # or url = "http://...", or lambda = "arn:aws:..."

    [logs]                                # a record of each turn, obfuscated slots hidden
    file = "conversations.jsonl"
    keep_days = 30                        # without it records stay until somebody removes them

    [speech]                              # hears and speaks for browsers that cannot
    base_url = "https://api.openai.com/v1"
    key = "OPENAI_API_KEY"                # the variable with its key

    [page]
    title = "Seaside Books"
    [page.ko_KR]
    greeting = "어서 오세요."
"""

from __future__ import annotations

import difflib
import itertools
import os
import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar, cast, get_args

import msgspec

from daehwa import answers, bot, chat, documents, hooks, limits, nlu
from daehwa.conversation import palette
from daehwa.conversation.encoders import EncoderSetting, bundled_embedding
from daehwa.conversation.page_settings import PageSetting, locales_apart

_HERE = Path("daehwa.toml")
# As msgspec words them: one table where a list of them is, and a name that nothing has.
_S = TypeVar("_S", bound=msgspec.Struct)


# Of the registry, so that an answerer is named in one place; ``none`` lets nobody answer.
AnswerName = StrEnum("AnswerName", [*answers.ANSWERERS, "none"], module=__name__)  # type: ignore[misc]


_QUALITIES: Final[dict[str, nlu.NamedQuality]] = {each: each for each in get_args(nlu.NamedQuality)}
_EMBEDDING: Final = answers.EMBEDDING.name


class SettingsError(Exception):
    """The configuration is wrong; the message names the file, the member and the cure."""


class _Setting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the settings: an unknown member is an error, so that a slip is not silent."""


class HookSetting(_Setting, frozen=True):
    """One code hook: for which bot (name or id), alias and locale, and where it runs.

    ``*`` (the default) stands for every bot, alias or locale. Exactly one of ``python``
    (``module:function``), ``url`` and ``lambda_arn`` (``lambda`` in the file) is set.
    ``timeout`` is in seconds, at most Lex's 30; without one the hook has Lex's own: 30, or as
    many (up to 900) as a fulfilment with updates says. A Python hook runs in ``processes`` of its
    own, at most so many for a bot, or with 0 in the server's; each may take ``memory_mb`` MB.
    """

    bot: str = "*"
    alias: str = "*"
    locale: str = "*"
    python: str | None = None
    url: str | None = None
    lambda_arn: str | None = msgspec.field(name="lambda", default=None)
    timeout: Annotated[float, msgspec.Meta(gt=0, le=30)] | None = None
    processes: Annotated[int, msgspec.Meta(ge=0, le=hooks.MOST_CALLS)] = hooks.PROCESSES
    memory_mb: Annotated[int, msgspec.Meta(ge=64, le=1_048_576)] = hooks.MEMORY_MB

    def __post_init__(self) -> None:
        if sum(where is not None for where in (self.python, self.url, self.lambda_arn)) != 1:
            raise ValueError("a hook needs exactly one of python, url and lambda")


class AnsweringSetting(_Setting, frozen=True):
    """Who answers for a bot (name or id) and a locale, in which order, and with which prompt.

    ``*`` (the default) stands for every one. Without ``answer`` the order of the whole holds;
    ``system`` is a template, as a model's. ``while_eliciting`` says whether questions are answered
    while the bot waits for a slot or a yes or no.
    """

    bot: str = "*"
    locale: str = "*"
    answer: tuple[str, ...] | None = None
    system: str | None = None
    while_eliciting: bool | None = None

    def fits(self, name: str, bot_id: str, locale: str) -> int:
        """How closely it fits, 0 for not at all: a bot's name weighs more than a locale."""
        if self.bot not in ("*", name, bot_id) or self.locale not in ("*", locale):
            return 0
        return 1 + 2 * (self.bot != "*") + (self.locale != "*")


class ModerationSetting(_Setting, frozen=True):
    """Who looks at questions ``before`` a model and at answers ``after`` it.

    ``openai`` for OpenAI's moderation endpoint, or a Python function, ``module:function``.
    """

    before: str | None = None
    after: str | None = None


Assistance = Literal["Primary", "Fallback", "off"]


class AssistanceSetting(_Setting, frozen=True):
    """Whether a language model helps to understand (Lex's ``nluImprovement``), and which.

    ``mode`` goes before what the bots say of themselves, ``bots`` before it for some, by name or
    id. ``model`` is the name of an answerer that is a language model; by default the first of
    ``answer``, the embedded one left out. ``seconds`` is how long it may take.
    """

    mode: Assistance | None = None
    bots: dict[str, Assistance] = msgspec.field(default_factory=dict)
    model: str | None = None
    seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] = 3.0

    def of(self, name: str, bot_id: str) -> Assistance | None:
        """What is wanted for one bot; its id goes before its name."""
        return self.bots.get(bot_id, self.bots.get(name, self.mode))


class UnderstandingSetting(_Setting, frozen=True):
    """How well bots understand, against what it costs: of all bots, and of some by name or id.

    A quality is one of understanding's own, the name of one of ``encoders``, or ``embedding``,
    the model that ``daehwa model pull embedding`` brings. ``sentiment`` says whether the sentiment
    of what is said is detected: of every bot, or of those named. Bots that were made through the
    model-building API have their aliases' settings instead.
    """

    quality: str = nlu.DEFAULT_QUALITY
    bots: dict[str, str] = msgspec.field(default_factory=dict)
    assisted: AssistanceSetting = msgspec.field(default_factory=AssistanceSetting)
    encoders: tuple[EncoderSetting, ...] = ()
    sentiment: bool | tuple[str, ...] = False

    def __post_init__(self) -> None:
        names = [each.name for each in self.encoders]
        taken = {
            name for name in names if names.count(name) > 1 or name in {*_QUALITIES, _EMBEDDING}
        }
        if taken:
            raise ValueError(f"the name of an encoder is taken: {', '.join(sorted(taken))}")
        for quality in (self.quality, *self.bots.values()):
            self._check_known(quality)

    def of(self, name: str, bot_id: str, data: Path) -> nlu.Quality:
        """The quality of one bot, with the files in ``data``; its id goes before its name."""
        return self.named(self.bots.get(bot_id, self.bots.get(name, self.quality)), data)

    def detects_sentiment(self, name: str, bot_id: str) -> bool:
        """Whether the sentiment of what is said to a bot is detected."""
        wanted = self.sentiment
        return wanted if isinstance(wanted, bool) else bool({name, bot_id} & set(wanted))

    def all(self, data: Path) -> set[nlu.Quality]:
        """The qualities of any bot."""
        return {self.named(name, data) for name in (self.quality, *self.bots.values())}

    def named(self, name: str, data: Path) -> nlu.Quality:
        """The quality of a name, with the files in ``data``.

        Raises:
            ValueError: there is none of that name.
        """
        self._check_known(name)
        if name == _EMBEDDING:
            return bundled_embedding(data)
        for each in self.encoders:
            if each.name == name:
                return each.encoder(data)
        return _QUALITIES[name]

    def _check_known(self, name: str) -> None:
        known = (*_QUALITIES, _EMBEDDING, *(each.name for each in self.encoders))
        if name not in known:
            raise ValueError(
                f"there is no quality {name!r}: choose one of {', '.join(known)}, or name a file"
                " of your own under [[understanding.encoders]]"
            )


class StoreSetting(_Setting, frozen=True):
    """Where sessions and transcripts live; without a ``url`` in SQLite in the data folder.

    ``keep_days`` is how long a transcript is kept after the end of its session, in days.
    """

    url: str | None = None
    keep_days: Annotated[int, msgspec.Meta(ge=1, le=36500)] = chat.KEEP_DAYS


class LogsSetting(_Setting, frozen=True):
    """Where the conversation log goes: to a ``file``, to the log ``stream``, or nowhere.

    ``keep_days`` is how long records stay in the file, in days; without it nothing removes them.
    """

    file: str | None = None
    stream: bool = False
    keep_days: Annotated[int, msgspec.Meta(ge=1, le=36500)] | None = None


class SpeechTable(_Setting, frozen=True):
    """Where speech is heard and made: OpenAI's ``/audio/transcriptions`` and ``/audio/speech``.

    ``base_url`` ends in ``/v1``; ``key`` is the environment variable that holds its key.
    ``transcription_model`` hears, ``speech_model`` speaks with a ``voice``. ``seconds`` is how
    long either may take. ``page`` says whether the chat page uses it, too.
    """

    base_url: str
    key: str | None = None
    transcription_model: str = "whisper-1"
    speech_model: str = "tts-1"
    voice: str = "alloy"
    seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 20.0
    page: bool = True


class CheckSetting(_Setting, frozen=True):
    """Rules of ``daehwa check`` that are switched off, by code (``bot.RULES``).

    ``off`` everywhere; ``off_in`` in files whose path in the export fits a pattern, such as
    ``*/Intents/Old/*``.
    """

    off: tuple[str, ...] = ()
    off_in: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        for code in itertools.chain(self.off, *self.off_in.values()):
            if code not in bot.RULES:
                close = difflib.get_close_matches(code, bot.RULES, n=1)
                cure = f"; write {close[0]!r} if that is meant" if close else ""
                raise ValueError(f"[check] there is no rule {code!r}{cure}")


class Settings(_Setting, frozen=True):
    """All of ``daehwa.toml``.

    ``answer`` orders the answerers of the FallbackIntent; ``None`` chooses by environment.
    Each answerer has a table of its own beside what stands here. ``answer_seconds`` is the
    deadline of an answer; one that is streamed has to begin by then. ``answer_while_eliciting``:
    a question that comes while the bot waits for a slot, or for a yes or no, is answered, and the
    prompt put again; ``false`` is Lex's way, a miss. ``quotas``
    enforces Lex's limits: by default those of sizes, where it is set also that of conversations
    at once. ``time_zone`` is the one in which "today" is read (an IANA name;
    default: the machine's). ``models`` are language models by their names, ``aliases`` further
    names for them; ``searches`` are search services. With ``redact`` no card, phone
    or resident number goes to a remote model. ``client_attributes`` are the session and request
    attributes that a caller of ``/chat`` may set (``*``: all); by default all where only this
    machine reaches the server, elsewhere none.
    """

    answer: tuple[str, ...] | None = None
    answer_seconds: Annotated[float, msgspec.Meta(gt=0)] = 25.0
    answer_while_eliciting: bool = True
    time_zone: str | None = None
    quotas: bool | None = None
    understanding: UnderstandingSetting = msgspec.field(default_factory=UnderstandingSetting)
    models: tuple[answers.ModelSetting, ...] = ()
    aliases: dict[str, str] = msgspec.field(default_factory=dict)
    searches: tuple[documents.ServiceSetting, ...] = ()
    answering: tuple[AnsweringSetting, ...] = ()
    redact: bool = False
    moderation: ModerationSetting = msgspec.field(default_factory=ModerationSetting)
    store: StoreSetting = msgspec.field(default_factory=StoreSetting)
    limits: limits.LimitsSetting = msgspec.field(default_factory=limits.LimitsSetting)
    hooks: tuple[HookSetting, ...] = ()
    logs: LogsSetting = msgspec.field(default_factory=LogsSetting)
    speech: SpeechTable | None = None
    page: PageSetting = msgspec.field(default_factory=PageSetting)
    check: CheckSetting = msgspec.field(default_factory=CheckSetting)
    allowed_origins: tuple[str, ...] = ()
    client_attributes: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        palette.check_text(self.page)
        if self.time_zone is not None:
            limits.zone_named(self.time_zone)
        self._check_names_given()
        self._check_names_used()

    def _check_names_given(self) -> None:
        names = [model.name for model in self.models]
        taken = {name for name in names if names.count(name) > 1 or name in set(AnswerName)}
        if taken:
            raise ValueError(f"the name of a model is taken: {', '.join(sorted(taken))}")
        searches = [search.name for search in self.searches]
        twice = {name for name in searches if searches.count(name) > 1}
        if twice:
            raise ValueError(f"two of [[searches]] have one name: {', '.join(sorted(twice))}")

    def _check_names_used(self) -> None:
        names = {model.name for model in self.models}
        for alias, name in self.aliases.items():
            if name not in names:
                raise ValueError(f"the alias {alias!r} names no model of [[models]]: {name!r}")
            if alias in names:
                raise ValueError(f"the alias {alias!r} is the name of a model: leave one out")
        for name in self.limits.budget.answerers:
            if name not in {*names, *AnswerName}:
                raise ValueError(f"[limits.budget.answerers] names no answerer: {name!r}")
        judge = self.understanding.assisted.model
        if judge == answers.DOCUMENTS.name or judge == AnswerName("none"):
            raise ValueError(
                f"{judge!r} is not a language model that could help with understanding"
            )
        known = {*names, *self.aliases, *AnswerName}
        orders = [self.answer or (), *(each.answer or () for each in self.answering)]
        for name in itertools.chain((judge,) if judge else (), *orders):
            if name not in known:
                raise ValueError(
                    f"no answerer is called {name!r}; there are {', '.join(sorted(known))}"
                )

    def answers_while_eliciting(self, name: str, bot_id: str, locale: str) -> bool:
        """Whether questions are answered while a bot waits for a reply."""
        chosen = self.answer_while_eliciting
        fitting = [each for each in self.answering if each.fits(name, bot_id, locale)]
        for each in sorted(fitting, key=lambda one: one.fits(name, bot_id, locale)):
            if each.while_eliciting is not None:
                chosen = each.while_eliciting
        return chosen

    def of(self, kind: answers.AnswererKind[_S]) -> _S:
        """The table of an answerer; its defaults where the file has none."""
        table: _S | None = getattr(self, kind.name, None)
        return kind.setting() if table is None else table


# What the file may hold: the settings, and a table for each answerer.
_File = cast(
    "type[Settings]",
    msgspec.defstruct(
        "Settings",
        [
            (kind.name, kind.setting, msgspec.field(default_factory=kind.setting))
            for kind in answers.ANSWERERS.values()
        ],
        bases=(Settings,),
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
        module=__name__,
    ),
)


def load_settings(path: Path | None = None) -> Settings:
    """The settings in ``path``; without one in ``daehwa.toml`` here, if there is one.

    ``DAEHWA_STORE_URL`` goes before the file's store: an address may hold a password.

    Raises:
        SettingsError: ``path`` is not there, is not TOML, or holds something unknown.
    """
    settings = _read_settings(path)
    url = os.environ.get("DAEHWA_STORE_URL")
    if url is None:
        return settings
    if not url.strip():
        raise SettingsError("DAEHWA_STORE_URL is empty: give it a value, or unset it")
    store = msgspec.structs.replace(settings.store, url=url.strip())
    return msgspec.structs.replace(settings, store=store)


def chosen_config(bots: Iterable[Path], config: Path | None = None) -> Path | None:
    """The configuration for these bots: the one that is named, or that of their one project.

    A ``daehwa.toml`` in the working directory goes before a project's. ``None`` where nobody has
    one.
    """
    if config is not None or _HERE.exists():
        return config
    folders = {path if path.is_dir() else path.parent for path in bots if bot.is_project(path)}
    files = [file for folder in folders if (file := folder / _HERE).is_file()]
    return files[0] if len(files) == 1 else None


def _read_settings(path: Path | None) -> Settings:
    if path is None:
        path = _HERE
        if not path.exists():
            return Settings()
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text)
    except FileNotFoundError:
        raise SettingsError(f"{path} does not exist: check --config") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text: save it as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}{_toml_cure(error, text)}") from error
    try:
        page = raw.get("page")
        written = raw | {"page": locales_apart(page)} if isinstance(page, dict) else raw
        return _from_here(msgspec.convert(written, _File), path.parent)
    except msgspec.ValidationError as error:
        # Only a file at fault waits for its explanation.
        from daehwa.conversation.settings_faults import in_toml  # noqa: PLC0415

        raise SettingsError(f"{path}: {in_toml(str(error), _File, text)}") from error


def _toml_cure(error: tomllib.TOMLDecodeError, text: str) -> str:
    line = re.search(r"at line (\d+)", str(error))
    written = text.splitlines()[int(line[1]) - 1] if line else ""
    if re.search("[\u2018-\u201f]", written):
        return '; quotes are straight ones, " and not \u201c'
    return "; a text stands in quotes" if str(error).startswith("Invalid value") else ""


def _from_here(settings: Settings, folder: Path) -> Settings:
    """The settings with the files of hooks that lie beside the configuration, from anywhere."""
    home = folder.resolve()
    if home == Path.cwd():
        return settings
    placed = tuple(_placed(hook, home) for hook in settings.hooks)
    return msgspec.structs.replace(settings, hooks=placed)


def _placed(hook: HookSetting, home: Path) -> HookSetting:
    file = (hook.python or "").rpartition(":")[0]
    if not file.endswith(".py") or not (home / file).is_file():
        return hook
    return msgspec.structs.replace(hook, python=str(home / (hook.python or "")))


def documents_first(order: tuple[str, ...], settings: Settings) -> tuple[str, ...]:
    """The order with the documents before all others, unless it names them, or they are off."""
    name = answers.DOCUMENTS.name
    enabled = settings.of(answers.DOCUMENTS).enabled
    return order if name in order or not enabled else (name, *order)


def answer_order(settings: Settings, chosen: AnswerName | None = None) -> tuple[str, ...]:
    """Which answerers to ask, in order: the command's choice, the file's, or by environment."""
    if chosen is not None:
        return (chosen,)
    if settings.answer is not None:
        return settings.answer
    if settings.models:
        return tuple(model.name for model in settings.models)
    name = answers.default_answerer(os.environ)
    return () if name is None else (name,)
