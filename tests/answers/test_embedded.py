"""Where the embedded model stands while there is none: what is told, and what goes on."""

import asyncio
import threading
from contextlib import AsyncExitStack

import pytest
from structlog.testing import capture_logs

from daehwa.answers import Embedded, Question, embedded, models_directory
from daehwa.answers.child import Size
from daehwa.answers.errors import (
    ModelDownloading,
    ModelFailed,
    ModelLoading,
    ModelMissing,
    PullError,
    SettingInvalid,
    SourcesFailed,
)
from daehwa.answers.pulling import PullProgress
from daehwa.answers.weights import MODELS, Weights

from .conftest import collect

HELLO = Question(text="안녕하세요", locale="ko_KR")


@pytest.fixture
async def made(tmp_path):
    """Makes an ``Embedded`` in a data directory without weights, and closes it."""
    async with AsyncExitStack() as all_made:

        def make(**settings):
            return all_made.push_async_exit(Embedded(tmp_path, **({"environ": {}} | settings)))

        yield make


async def settle(answerer, *states):
    """Wait until it stands at one of these states."""
    async with asyncio.timeout(60):
        while (await answerer.ready()).state not in states:
            answerer._changed.clear()
            await answerer._changed.wait()
    return await answerer.ready()


@pytest.fixture
def pulling(monkeypatch):
    """A pull that brings half of the file and then waits to be let go."""

    class Pulling:
        go_on = threading.Event()
        half = threading.Event()
        error = None

    def pull(model, directory, *, progress, stop):
        progress(PullProgress(done=model.size // 2, total=model.size, source="test"))
        Pulling.half.set()
        while not (stop.is_set() or Pulling.go_on.wait(0.01)):
            pass
        if Pulling.error is not None:
            raise Pulling.error
        return Weights(path=directory / model.file, model=model)

    monkeypatch.setattr(embedded, "pull_or_instead", pull)
    yield Pulling
    Pulling.go_on.set()


async def test_without_weights_and_told_not_to_fetch_it_is_missing(made):
    answerer = made(fetch=False)
    assert (await answerer.ready()).state == "missing"
    for ask in (answerer.answer(HELLO), collect(answerer.stream(HELLO))):
        with pytest.raises(ModelMissing) as raised:
            await ask
        assert "설치되지 않았습니다" in raised.value.line("ko_KR")
        assert "daehwa model pull" in raised.value.cure


async def test_looking_at_it_starts_nothing(made, pulling):
    readiness = await made().ready()
    assert (readiness.state, readiness.source) == ("missing", "embedded")
    assert readiness.model == MODELS["default"].title
    assert not pulling.half.is_set()


async def test_while_weights_are_coming_it_says_how_far(made, pulling):
    answerer = made()
    async with answerer:
        assert (await answerer.ready()).state == "loading"
        await asyncio.to_thread(pulling.half.wait)
        readiness = await answerer.ready()
        assert readiness.state == "downloading"
        assert readiness.progress == pytest.approx(0.5)
        with pytest.raises(ModelDownloading) as raised:
            await answerer.answer(HELLO)
        assert "50%" in raised.value.line("ko_KR")
        assert "50%" in readiness.line("en_US")


async def test_the_first_question_begins_the_fetch(made, pulling):
    answerer = made()
    with pytest.raises(ModelDownloading):
        await answerer.answer(HELLO)
    await asyncio.to_thread(pulling.half.wait)


async def test_closing_it_stops_the_fetch(made, pulling):
    async with made():
        await asyncio.to_thread(pulling.half.wait)


async def test_a_fetch_that_failed_is_told(made, pulling):
    pulling.error = SourcesFailed("Hugging Face: no connection; PyPI: no connection")
    pulling.go_on.set()
    answerer = made()
    async with answerer:
        readiness = await settle(answerer, "failed")
        assert "Hugging Face" in str(readiness.error)
        assert "내려받지 못했습니다" in readiness.line("ko_KR")
        with pytest.raises(PullError):
            await answerer.answer(HELLO)


async def test_a_file_that_is_no_model_is_told_with_its_log(made, tmp_path, capfd):
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF but not really")
    answerer = made(environ={"DAEHWA_MODEL": str(path)}, size=Size(threads=1))
    assert (await answerer.ready()).state == "loading"
    with capture_logs() as logged:
        async with answerer:
            readiness = await settle(answerer, "failed")
    assert isinstance(readiness.error, ModelFailed)
    assert [(line["event"], line["cure"]) for line in logged] == [
        ("offline_model_failed", "See embedded.log in the data directory.")
    ]
    assert str(tmp_path / "embedded.log") in str(readiness.error)
    assert readiness.model == "broken"
    assert capfd.readouterr() == ("", "")


async def test_weights_that_appear_are_noticed(made, tmp_path):
    path = tmp_path / "later.gguf"
    answerer = made(model=str(path))
    async with answerer:
        assert (await answerer.ready()).state == "missing"
        path.write_bytes(b"GGUF but not really")
        await settle(answerer, "loading", "failed")


async def test_weights_that_stand_in_for_others_are_taken_where_they_are_there(made, tmp_path):
    directory = models_directory(tmp_path)
    directory.mkdir()
    instead = MODELS["default"].instead
    with (directory / instead.file).open("wb") as file:
        file.truncate(instead.size)
    readiness = await made(fetch=False).ready()
    assert (readiness.state, readiness.model) == ("loading", instead.title)


async def test_weights_of_another_size_are_not_loaded(made, tmp_path):
    directory = models_directory(tmp_path)
    directory.mkdir()
    (directory / MODELS["default"].file).write_bytes(b"GGUF")
    assert (await made().ready()).state == "missing"


async def test_a_question_waits_for_it_to_load_but_not_past_its_deadline(made, monkeypatch, soon):
    answerer = made(fetch=False)
    monkeypatch.setattr(type(answerer._weights), "present", property(lambda _: True))

    async def forever(_):
        await asyncio.Event().wait()

    monkeypatch.setattr(embedded.Child, "connect", forever)
    with pytest.raises(ModelLoading):
        await answerer.answer(soon(0.05))


def test_a_model_that_is_none_is_told_when_it_is_made(tmp_path):
    with pytest.raises(SettingInvalid):
        Embedded(tmp_path, environ={"DAEHWA_MODEL": "huge"})
