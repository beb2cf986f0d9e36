"""Bots served in this process on a clock that tests set: the channel of ``daehwa test``."""

from __future__ import annotations

import asyncio
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self, TypeAlias

import msgspec

from daehwa import answers, bot, dialog, lex, nlu
from daehwa.care.errors import TestingError
from daehwa.care.testing.comparing import differences
from daehwa.care.testing.coverage import Visits
from daehwa.care.testing.holding import Held
from daehwa.care.testing.model_answers import RecordedAnswers, TestAnswerer, answers_file
from daehwa.care.testing.playing import Expectation, SetClock
from daehwa.care.testing.scripted_hooks import ScriptedHooks
from daehwa.care.testing.unknown_names import unknown_names
from daehwa.care.testing.values import Conversation, ConversationTurn
from daehwa.conversation import (
    Address,
    LogsSetting,
    Opening,
    Rehearsal,
    Runtime,
    ServedBot,
    ServedLocale,
    Settings,
    Utterance,
    default_data,
    local_time,
    open_catalogue,
    plan_rehearsal,
)

KeptModels: TypeAlias = dict[tuple[str, str], tuple[bot.BotLocale, nlu.Model]]
"""What was learned, by the bot's id and the locale's, with the definition that it is of."""

_OK: Final = 200


class LocalBots:
    """Bots in this process, for as long as the block lasts; an engine's ``PlayChannel``.

    ``opening`` names the bots and the data folder, where learned models are kept. ``asks_models``
    lets the configured model be asked, ``record`` only for what is not recorded yet. ``locale`` and
    ``now`` are those of conversations that say none. ``kept`` has what was learned in a run before,
    and gets what is learned in this one.
    """

    def __init__(
        self,
        opening: Opening,
        settings: Settings,
        *,
        locale: str | None = None,
        now: datetime | None = None,
        asks_models: bool = False,
        record: bool = False,
        kept: KeptModels | None = None,
    ) -> None:
        self._kept: KeptModels = {} if kept is None else kept
        self._locale = locale
        self._now = now
        self._opening = opening
        self._settings = msgspec.structs.replace(settings, logs=LogsSetting())
        self._asks_models = asks_models
        self._record = record
        self._records: dict[Path, RecordedAnswers] = {}
        self._real_now = local_time(settings)
        self._clock = SetClock(self._real_now())
        self._chooser = ExpectedVariation()
        config = Path(opening.config) if opening.config is not None else None
        self._hooks = ScriptedHooks(settings.hooks, config)
        self._answerer: TestAnswerer | None = None
        self._runtime: Runtime
        self.visits: Visits | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="daehwa-test-")))
            runner = self._runner = stack.enter_context(asyncio.Runner())
            data = Path(self._opening.data) if self._opening.data else default_data()
            self.catalogue = open_catalogue(
                self._opening.bots, data / "learned", self._settings.understanding
            )
            self._refuse_missing()
            self._take_over()
            plan = plan_rehearsal(
                self.catalogue,
                Rehearsal(
                    clock=self._clock,
                    sessions=folder / "sessions.sqlite3",
                    hooks=self._hooks,
                    choose=self._chooser,
                    answering=self._make_answerer,
                    asks_models=self._asks_models,
                ),
                self._settings,
                opening=self._opening,
            )
            opened = plan.open()
            self._runtime = runner.run(opened.__aenter__())
            stack.callback(lambda: runner.run(opened.__aexit__(None, None, None)))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        for key, locale in self._served_locales():
            if locale.learned is not None:
                self._kept[key] = locale.definition, locale.learned
        for record in self._records.values():
            record.save()
        self._stack.close()

    def _refuse_missing(self) -> None:
        """Check that each bot is there; otherwise its tests would be held with another.

        Raises:
            TestingError: one cannot be read.
        """
        if len(self.catalogue.bots) < len(self._opening.bots):
            reasons = (f"{file}: {why}" for file, why in self.catalogue.not_served().items())
            raise TestingError("\n".join(reasons))

    def _served_locales(self) -> Iterator[tuple[tuple[str, str], ServedLocale]]:
        for served in self.catalogue.bots:
            for name, locale in served.locales.items():
                yield (served.id, name), locale

    def _take_over(self) -> None:
        """Use what was learned of a definition before, or of a changed one, what still holds.

        Without it everything comes from the folder of learned models, or is learned.
        """
        for key, locale in self._served_locales():
            definition, model = self._kept.get(key, (None, None))
            if model is None:
                continue
            if definition == locale.definition:
                locale.adopt(model)
            else:
                self._runner.run(locale.model(model))

    def _make_answerer(self, configured: answers.Answerer | None) -> answers.Answerer:
        self._answerer = TestAnswerer(configured, record=self._record)
        return self._answerer

    # --- conversations ----------------------------------------------------------------

    def hold(self, conversation: Conversation) -> Held:
        """Set clock, hooks and model for a conversation; return where it is held.

        Raises:
            TestingError: the bot lacks its locale or a name that a turn expects, or its recorded
                answers cannot be read.
        """
        served = self._served(conversation)
        if served is None:
            return Held(skip=f"it is with the bot {conversation.bot}")
        locale = conversation.locale or self._locale or next(iter(served.locales))
        if locale not in served.locales:
            raise TestingError(
                f"{conversation.file}:{conversation.line}: {served.definition.name} does not speak "
                f"{locale}. Write one of {', '.join(served.locales)}."
            )
        # A test set's rows may be of another version of the bot.
        if not conversation.file.lower().endswith(".csv"):
            unknown = list(unknown_names(conversation, self._definitions(served, locale)))
            if unknown:
                raise TestingError("\n".join(unknown))
        self._clock.now = self._time(conversation)
        self._hooks.script(conversation.hooks)
        if self._answerer is not None:
            self._answerer.script(conversation.model, self._record_of(conversation))
        if self.visits is not None:
            self.visits.begin(served.id, locale)
        place = {
            "botId": served.id,
            "botAliasId": bot.TEST_ALIAS.identifier,
            "localeId": locale,
            "sessionId": uuid.uuid4().hex,
        }
        return Held(place=place, locale=locale)

    def _definitions(self, served: ServedBot, locale: str) -> list[bot.BotLocale]:
        """The locale of a bot; of a network of bots, those of its members."""
        bots = self.catalogue.bots if served.definition.is_network else [served]
        return [each.locales[locale].definition for each in bots if locale in each.locales]

    def _served(self, conversation: Conversation) -> ServedBot | None:
        """The bot that a conversation is with; ``None`` if it is none of these."""
        if conversation.bot is None:
            return self.catalogue.bots[0]
        named = self.catalogue.named(conversation.bot)
        if named is not None:
            return named
        path = (Path(conversation.file).parent / conversation.bot).resolve()
        fitting = (b for b in self.catalogue.bots if b.path and b.path.resolve() == path)
        return next(fitting, None)

    def _time(self, conversation: Conversation) -> datetime:
        """When a conversation begins; a time without an offset is the configuration's zone's."""
        now = conversation.now or self._now or self._real_now()
        if now.tzinfo is not None:
            return now
        zone = self._real_now().tzinfo if self._settings.time_zone is not None else None
        return now.astimezone() if zone is None else now.replace(tzinfo=zone)

    def _record_of(self, conversation: Conversation) -> RecordedAnswers | None:
        if conversation.model.mode != "recorded":
            return None
        path = answers_file(Path(conversation.file))
        if path not in self._records:
            self._records[path] = RecordedAnswers(path)
        return self._records[path]

    def unknowable(self, conversation: Conversation, turn: ConversationTurn) -> set[str]:
        """Nothing: all is known here."""
        del conversation, turn
        return set()

    def prepare(self, turn: ConversationTurn) -> None:
        """Choose the variations that a turn expects."""
        self._chooser.expected = [each for each in turn.expectations if each.member == "bot"]

    def remarks(self) -> list[str]:
        """What the scripts of hooks and model lacked in the turn."""
        lists = [self._hooks.remarks]
        if self._answerer is not None:
            lists.append(self._answerer.remarks)
        remarks = [remark for each in lists for remark in each]
        for each in lists:
            each.clear()
        return remarks

    def hook_errors(self) -> list[str]:
        """What code hooks raised in the turn."""
        errors, self._hooks.errors = self._hooks.errors, []
        return errors

    # --- the channel ------------------------------------------------------------------

    def send(self, operation: str, members: dict[str, Any]) -> dict[str, Any]:
        """Take the turn of a RecognizeText."""
        if operation != "RecognizeText":
            raise TestingError(f"{operation} is not what a conversation test sends")
        address = Address(
            members["botId"], members["botAliasId"], members["localeId"], members["sessionId"]
        )
        state = members.get("sessionState")
        utterance = Utterance(
            text=members["text"],
            request_id=str(uuid.uuid4()),
            session_state=None if state is None else msgspec.convert(state, lex.SessionState),
            request_attributes=members.get("requestAttributes"),
        )
        try:
            taken = self._runner.run(self._runtime.take(address, utterance))
        except lex.LexError as error:
            return {
                "Error": {"Code": type(error).__name__, "Message": error.message},
                "ResponseMetadata": {"HTTPStatusCode": error.status},
            }
        assert taken.outcome is not None  # noqa: S101 - every turn is new
        if self.visits is not None:
            self.visits.add(address, utterance.text, taken.outcome)
        outcome: dialog.TurnOutcome = taken.outcome
        return {
            "sessionId": address.session_id,
            "sessionState": msgspec.to_builtins(outcome.session_state),
            "messages": msgspec.to_builtins(list(outcome.messages)),
            "interpretations": msgspec.to_builtins(list(outcome.interpretations)),
            "requestAttributes": dict(outcome.request_attributes),
            "source": taken.reply.source,
            "ResponseMetadata": {"HTTPStatusCode": _OK},
        }

    def wait(self, seconds: float) -> None:
        """Advance the clock."""
        self._clock.forward(seconds)


class ExpectedVariation(dialog.ReadingChooser):
    """Picks the variation of a message that a test expects, or else the first."""

    def __init__(self) -> None:
        self.expected: Sequence[Expectation] = ()

    def pick(self, variations: Sequence[lex.Message], /) -> int:
        """The first that is one of the messages expected."""
        written = [msgspec.to_builtins(each) for each in variations]
        for expectation in self.expected:
            for wanted in expectation.wanted["messages"]:
                for place, message in enumerate(written):
                    if isinstance(wanted, dict) and not list(differences(wanted, message)):
                        return place
        return 0
