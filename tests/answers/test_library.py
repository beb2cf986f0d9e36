"""What the offline model needs is tried before anything is fetched for it.

A stand-in for ``xllamacpp`` fails here as the real one does on other machines: the message of
the dynamic loader, and the signal of a processor that does not know an instruction. The real
one on a machine without libgomp is in ``make bare-test``.
"""

import os
import platform
import shutil

import pytest
from structlog.testing import capture_logs

from daehwa.answers import Chain, Embedded, Question, child, embedded
from daehwa.answers.child import try_library
from daehwa.answers.errors import (
    LibraryMissing,
    MemoryTooSmall,
    ModelFailed,
    ProcessorTooOld,
    PullError,
)

NO_GOMP = "libgomp.so.1: cannot open shared object file: No such file or directory"


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Puts a module ``xllamacpp`` with this code before the real one, for children."""

    def put(code):
        (tmp_path / "stand-in").mkdir()
        (tmp_path / "stand-in" / "xllamacpp.py").write_text(code)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path / "stand-in"), prepend=os.pathsep)

    return put


@pytest.fixture
def no_pull(monkeypatch):
    """Fails a test in which anything is fetched."""

    def pull(*_args, **_further):
        raise PullError("this test fetches nothing")

    monkeypatch.setattr(embedded, "pull_or_instead", pull)


async def failure(answerer):
    async with answerer:
        await answerer._settled.wait()
        while (await answerer.ready()).state == "downloading":
            answerer._changed.clear()
            await answerer._changed.wait()
        return await answerer.ready()


async def test_the_real_library_can_be_loaded_here():
    await try_library()


@pytest.mark.skipif(platform.machine() != "x86_64", reason="plays another x86-64 processor")
async def test_the_real_library_needs_avx2_and_that_is_found_out(monkeypatch, wanting):
    """QEMU plays a processor of 2008; with one of 2013 the same library loads."""
    if shutil.which("qemu-x86_64") is None:
        wanting("qemu-x86_64", "run `make test-setup` as root, or apt-get install qemu-user")
    command = child._COMMAND
    monkeypatch.setattr(child, "_COMMAND", ("qemu-x86_64", "-cpu", "Haswell", *command))
    await try_library()
    monkeypatch.setattr(child, "_COMMAND", ("qemu-x86_64", "-cpu", "Nehalem", *command))
    with pytest.raises(ProcessorTooOld):
        await try_library()


async def test_a_library_that_is_missing_is_named_with_debian_s_package(library):
    library(f"raise ImportError({NO_GOMP!r})")
    with pytest.raises(LibraryMissing) as caught:
        await try_library()
    assert NO_GOMP in caught.value.message
    assert "sudo apt-get install libgomp1" in caught.value.cure


async def test_a_package_that_is_missing_is_installed_with_pip(library):
    library("raise ModuleNotFoundError(\"No module named 'xllamacpp'\")")
    with pytest.raises(LibraryMissing) as caught:
        await try_library()
    assert "-m pip install xllamacpp" in caught.value.cure


async def test_a_processor_without_its_instructions_is_told_from_a_broken_child(library):
    library("import os, signal; os.kill(os.getpid(), signal.SIGILL)")
    with pytest.raises(ProcessorTooOld) as caught:
        await try_library()
    assert "OPENAI_BASE_URL" in caught.value.cure
    assert "AVX2" in caught.value.cure


async def test_a_child_that_the_system_kills_wanted_memory(library):
    library("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(MemoryTooSmall) as caught:
        await try_library()
    assert "DAEHWA_MODEL=small" in caught.value.cure


async def test_any_other_end_is_reported_with_its_status(library):
    library("raise SystemExit(3)")
    with pytest.raises(ModelFailed, match="it ended with 3"):
        await try_library()


async def test_nothing_is_fetched_for_what_cannot_run(library, no_pull, tmp_path):
    library(f"raise ImportError({NO_GOMP!r})")
    with capture_logs() as logged:
        readiness = await failure(Embedded(tmp_path, environ={}))
    assert readiness.state == "failed"
    assert isinstance(readiness.error, LibraryMissing)
    (line,) = logged
    assert line["event"] == "offline_model_failed"
    assert NO_GOMP in line["reason"]
    assert "libgomp1" in line["cure"]


async def test_a_visitor_reads_a_polite_line_without_the_machine_s_troubles(
    library, no_pull, tmp_path
):
    library(f"raise ImportError({NO_GOMP!r})")
    answerer = Embedded(tmp_path, environ={})
    readiness = await failure(answerer)
    for locale, polite in (("ko_KR", "도와드릴 수 있습니다"), ("en_US", "I can still help")):
        line = readiness.line(locale)
        assert polite in line
        assert "libgomp" not in line


async def test_the_same_error_is_raised_to_whoever_asks(library, no_pull, tmp_path):
    library(f"raise ImportError({NO_GOMP!r})")
    async with Embedded(tmp_path, environ={}) as answerer:
        await answerer._settled.wait()
        with pytest.raises(LibraryMissing) as first:
            await answerer.answer(Question(text="hi"))
        with pytest.raises(LibraryMissing) as second:
            await answerer.answer(Question(text="hi"))
        assert first.value is not second.value
        assert first.value.cure == second.value.cure


async def test_to_examine_it_fetches_nothing_and_starts_nothing(library, no_pull, tmp_path):
    answerer = Embedded(tmp_path, environ={})
    (readiness,) = await answerer.examine()
    assert readiness.state == "missing"
    library(f"raise ImportError({NO_GOMP!r})")
    (readiness,) = await Chain([answerer]).examine()
    assert readiness.state == "failed"
    assert isinstance(readiness.error, LibraryMissing)
