"""The real small model in its child process: it answers, is shared, and never outlives us."""

import asyncio
import json
import os
import signal
import stat
import sys
import textwrap
import time
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from daehwa import answers
from daehwa.answers import Embedded, PastMessage, Question
from daehwa.answers.embedded_server import Order
from daehwa.llama import child_environment

from .conftest import collect

pytestmark = [
    pytest.mark.embedded,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc"),
]

# A busy machine may take long; nobody waits for it without need.
PATIENCE = 300


def asked(text, locale="ko_KR", **further):
    return Question(text=text, locale=locale, deadline=time.monotonic() + PATIENCE, **further)


def make(data):
    return Embedded(data, model="small", environ={})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model(data):
    async with make(data) as model:
        yield model


def runs(pid):
    """Whether a process runs: a dead one that nobody has waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def command_line(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


async def ended(pid):
    async with asyncio.timeout(60):
        while runs(pid):  # noqa: ASYNC110 - not our child, nobody tells of its end
            await asyncio.sleep(0.05)


async def test_it_answers_in_korean_piece_by_piece(model, capfd):
    with capture_logs():
        pieces, answer = await collect(model.stream(asked("대한민국의 수도는 어디인가요?")))
    assert len(pieces) > 1
    assert "".join(pieces) == answer.text
    assert "서울" in answer.text
    assert answer.source == "embedded"
    assert answer.model == "Qwen2.5-Coder-0.5B-Instruct Q4_K_M"
    assert "오프라인 모델" in answer.notice
    assert (await model.ready()).ready
    assert capfd.readouterr() == ("", "")


async def test_it_answers_whole_in_english(model):
    answer = await model.answer(asked("What is the capital of France?", "en_US"))
    assert "Paris" in answer.text
    assert "offline model" in answer.notice


async def test_it_knows_what_was_said_before(model):
    history = (
        PastMessage(role="user", text="My name is Haneul."),
        PastMessage(role="assistant", text="Nice to meet you, Haneul."),
    )
    answer = await model.answer(asked("What is my name?", "en_US", history=history))
    assert "Haneul" in answer.text


async def test_only_this_machine_and_this_user_can_ask_it(model, data):
    await model.answer(asked("hi", "en_US"))
    (address,) = (data / "embedded").glob("*.json")
    assert stat.S_IMODE(address.stat().st_mode) == 0o600
    url = json.loads(address.read_text())["url"]
    assert url.startswith("http://127.0.0.1:")
    async with aiohttp.ClientSession() as session:
        for path in ("/v1/models", "/v1/chat/completions", "/slots", "/props"):
            async with session.post(url + path, json={}) as response:
                assert response.status == 401
        async with session.get(url) as page:
            assert page.status == 404
    assert json.loads(address.read_text())["key"].encode() not in command_line(model.pid)


async def test_its_chatter_goes_to_a_log_without_anybodys_words(model, data):
    await model.answer(asked("비밀번호는 목련입니다. 알겠나요?"))
    log = (data / "embedded.log").read_text()
    assert "목련" not in log


async def test_a_child_that_dies_is_started_anew(model):
    await model.answer(asked("hi", "en_US"))
    killed = model.pid
    os.kill(killed, signal.SIGKILL)
    answer = await model.answer(asked("What is the capital of France?", "en_US"))
    assert "Paris" in answer.text
    assert model.pid != killed


async def test_a_child_that_is_frozen_is_ended_and_started_anew(model, monkeypatch):
    monkeypatch.setattr("daehwa.answers.child._GRACE", 0.5)
    await model.answer(asked("Say yes.", "en_US"))
    frozen = model.pid
    os.kill(frozen, signal.SIGSTOP)
    await ended(frozen)
    answer = await model.answer(asked("Say yes.", "en_US"))
    assert answer.text
    assert model.pid != frozen


async def test_a_neighbour_asks_the_next_child_where_the_lock_changed_hands_unseen(data, model):
    await model.answer(asked("Say yes.", "en_US"))
    async with make(data) as neighbour:
        await neighbour.answer(asked("Say yes.", "en_US"))
        (address,) = (data / "embedded").glob("*.json")
        # As of a child that has the lock again before anybody looked: another address.
        right = address.read_text()
        address.write_text(json.dumps(json.loads(right) | {"url": "http://127.0.0.1:9"}))
        async with asyncio.timeout(60):
            while (await neighbour.ready()).ready:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        address.write_text(right)
        assert (await neighbour.answer(asked("Say yes.", "en_US"))).text


async def test_neighbours_share_one_child_and_survive_its_owner(data, model):
    async with AsyncExitStack() as life:
        async with model:
            await model.answer(asked("hi", "en_US"))
            neighbour = await life.enter_async_context(make(data))
            assert (await neighbour.answer(asked("hi", "en_US"))).source == "embedded"
            assert neighbour.pid is None
        assert (await neighbour.answer(asked("hi", "en_US"))).source == "embedded"
        assert runs(neighbour.pid)
        ours = neighbour.pid
    assert not runs(ours)
    assert list((data / "embedded").glob("*.json")) == []


PARENT = textwrap.dedent("""
    import asyncio, signal, sys, time
    from pathlib import Path
    import structlog
    from daehwa.answers import Embedded, Question

    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))

    async def main():
        model = Embedded(Path(sys.argv[1]), model="small", environ={})
        await model.answer(Question(text="hi", deadline=time.monotonic() + 300))
        print(model.pid, flush=True)
        await asyncio.Event().wait()

    # A test run in the background inherits that Ctrl-C is ignored; a person's shell does not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asyncio.run(main())
""")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
async def test_it_ends_with_its_parent_however_that_ends(tmp_path, small_weights, how):
    # A folder of its own: a neighbour's child would be shared, and outlive this parent.
    models = answers.models_directory(tmp_path)
    models.mkdir()
    (models / small_weights.path.name).symlink_to(small_weights.path)
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PARENT,
        str(tmp_path),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    child = int(await parent.stdout.readline())
    assert runs(child)
    parent.send_signal(how)
    await parent.communicate()
    await ended(child)


async def test_it_ends_when_its_standard_input_does(data, small_weights):
    """What ends it where the kernel does not: nobody holds the other end any more."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "daehwa.answers.embedded_server",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=child_environment(),
    )
    order = Order(
        model=str(small_weights.path),
        alias="m",
        key="k",
        context=512,
        slots=1,
        threads=1,
        parent=os.getpid(),
        log=str(data / "other.log"),
    )
    process.stdin.write(order.encode())
    assert json.loads(await process.stdout.readline())["url"]
    process.stdin.close()
    assert await process.wait() == 0


async def test_it_leaves_nothing_in_shared_memory(model):
    await model.answer(asked("hi", "en_US"))
    left = await asyncio.to_thread(os.listdir, "/dev/shm")
    assert [name for name in left if str(model.pid) in name] == []


async def test_it_does_not_begin_when_its_parent_has_gone(small_weights, data):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "daehwa.answers.embedded_server",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=child_environment(),
    )
    order = Order(
        model=str(small_weights.path),
        alias="m",
        key="k",
        context=512,
        slots=1,
        threads=1,
        parent=1,
        log=str(data / "other.log"),
    )
    out, _ = await process.communicate(order.encode())
    assert (out, process.returncode) == (b"", 0)
