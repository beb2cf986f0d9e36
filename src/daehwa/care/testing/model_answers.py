"""Who answers as a language model in a test: a script, a record of the real one, or that itself."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from daehwa import answers
from daehwa.care.errors import TestingError
from daehwa.care.testing.scripting import fits_question
from daehwa.care.testing.values import ModelScript, ScriptedAnswer

ENDING: Final = ".answers.json"
_RECORDED: Final = "recorded"


def answers_file(test_file: Path) -> Path:
    """Where the recorded answers of a test file are: ``booking.answers.json`` beside it."""
    return test_file.with_name(test_file.stem + ENDING)


class RecordedAnswers:
    """The answers that a model once gave, by locale and question; ``save`` writes new ones.

    Raises:
        TestingError: the file holds no recorded answers.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[tuple[str, str], dict[str, Any]] = {}
        self._new = False
        if path.exists():
            try:
                rows = json.loads(path.read_text(encoding="utf-8"))
                self._known = {(row["locale"], row["question"]): row for row in rows}
            except (ValueError, KeyError, TypeError):
                raise TestingError(
                    f"{path} is not a record of answers: delete it, and run with --record"
                ) from None

    def find(self, locale: str, question: str) -> answers.Answer | None:
        """The answer to a question, if there is one."""
        row = self._known.get((locale, question))
        if row is None:
            return None
        return answers.Answer(text=row["answer"], source=row["source"], model=row.get("model"))

    def add(self, locale: str, question: str, answer: answers.Answer) -> None:
        """Keep an answer."""
        row = {"locale": locale, "question": question, "answer": answer.text}
        row["source"] = answer.source
        if answer.model is not None:
            row["model"] = answer.model
        self._known[locale, question] = row
        self._new = True

    def save(self) -> None:
        """Write the file, if there is anything new."""
        if self._new:
            text = json.dumps(list(self._known.values()), ensure_ascii=False, indent=1)
            self._path.write_text(text + "\n", encoding="utf-8")
            self._new = False


class TestAnswerer:
    """Answers as the conversation that is held says; an ``answers.Answerer``.

    ``configured`` is the real one, where one may be asked. With ``record`` it is asked for what the
    record does not have. ``remarks`` are the questions that nobody answered.
    """

    __test__ = False  # no test class, whatever its name

    def __init__(self, configured: answers.Answerer | None, *, record: bool) -> None:
        self.remarks: list[str] = []
        self._configured = configured
        self._record = record
        self._mode = ModelScript().mode
        self._in_order: deque[ScriptedAnswer] = deque()
        self._by_question: dict[str, ScriptedAnswer] = {}
        self._recorded: RecordedAnswers | None = None

    def script(self, script: ModelScript, recorded: RecordedAnswers | None) -> None:
        """Take over what a conversation says, in place of the one before."""
        self.remarks = []
        self._mode = script.mode
        self._in_order = deque(script.answers)
        self._by_question = dict(script.by_question)
        self._recorded = recorded

    async def __aenter__(self) -> Self:
        """Enter the real one."""
        if self._configured is not None:
            await self._configured.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the real one."""
        if self._configured is not None:
            await self._configured.__aexit__(kind, error, trace)

    @property
    def name(self) -> str:
        """The name in logs."""
        return "test"

    async def answer(self, question: answers.Question) -> answers.Answer:
        """Answer as a whole."""
        answer: answers.Answer | None = None
        if self._mode == "live":
            answer = await self._real().answer(question)
        elif self._mode == _RECORDED and self._recorded is not None:
            answer = self._recorded.find(question.locale, question.text)
            if answer is None and self._record:
                answer = await self._real().answer(question)
                self._recorded.add(question.locale, question.text, answer)
        else:
            answer = self._scripted(question.text)
        if answer is not None:
            return answer
        cure = "run with --record" if self._mode == _RECORDED else "add an answer under 'model'"
        self.remarks.append(f"a model was asked {question.text!r}, which has no answer: {cure}")
        raise answers.NobodyAnswers(f"the test has no answer: {cure}")

    def _scripted(self, text: str) -> answers.Answer | None:
        fitting = (each for key, each in self._by_question.items() if fits_question(key, text))
        scripted = next(fitting, None)
        if scripted is None and self._in_order:
            scripted = self._in_order.popleft()
        return None if scripted is None else answers.Answer(scripted.text, scripted.source)

    async def stream(
        self, question: answers.Question
    ) -> AsyncIterator[str | answers.StartOver | answers.Answer]:
        """Answer in one piece."""
        answer = await self.answer(question)
        yield answer.text
        yield answer

    async def ready(self) -> answers.Readiness:
        """Off where the test lets nobody answer."""
        if self._mode == "off":
            return answers.Readiness("off", "none")
        if self._mode == "live":
            return await self._real().ready()
        return answers.Readiness("ready", ScriptedAnswer(text="").source)

    async def examine(self) -> tuple[answers.Readiness, ...]:
        """As ``ready``."""
        return (await self.ready(),)

    def _real(self) -> answers.Answerer:
        if self._configured is None:
            raise answers.NobodyAnswers("no model is configured: see --answer, or daehwa.toml")
        return self._configured
