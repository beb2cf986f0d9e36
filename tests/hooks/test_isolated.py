"""Hooks that are Python functions in processes of their own: whatever they do stays there."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import textwrap
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from daehwa import dialog, hooks, lex
from daehwa.hooks.process import HookProcess

EVENT = {"bot": {"id": "ONE"}, "sessionState": {"intent": {"name": "Order"}}}
HARMING = {**EVENT, "harm": True}
WORKS = """
import os
def handler(event, context):
    return {"pid": os.getpid()}
"""


@pytest.fixture
def isolated(tmp_path):
    """The hook that a source makes, as a context that ends its processes."""

    @asynccontextmanager
    async def make(source, **given):
        path = tmp_path / "mine.py"
        path.write_text(textwrap.dedent(source))
        async with hooks.ProcessHook(f"{path}:handler", **given) as hook:
            yield hook
        assert processes_of(path) == []

    return make


def processes_of(path):
    """The processes that run a file of hooks, without their keepers."""
    listed = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if b"daehwa.handlers" in command and os.fsencode(path) in command:
                pid = int(entry.name)
                with contextlib.suppress(ProcessLookupError):
                    if os.getsid(pid) != pid:
                        listed.append(pid)
    return listed


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


async def until(check):
    while not check():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


# --- as in Lambda ----------------------------------------------------------------------


async def test_a_handler_gets_event_and_context_and_its_module_is_kept_warm(isolated):
    source = """
        import os
        calls = 0
        def handler(event, context):
            global calls
            calls += 1
            assert 0 < context.get_remaining_time_in_millis() <= 30_000
            assert context.function_name == "handler" and context.aws_request_id
            assert context.memory_limit_in_mb == "512"
            return {"pid": os.getpid(), "calls": calls, "event": event}
    """
    async with isolated(source, memory_mb=512) as hook:
        replies = [await hook(EVENT, timeout=30) for _ in range(3)]
    assert [reply["calls"] for reply in replies] == [1, 2, 3]
    assert {reply["pid"] for reply in replies} != {os.getpid()}
    assert replies[0]["event"] == EVENT


async def test_the_text_of_an_error_is_logged_without_what_is_to_be_hidden():
    async def hook(_event, **_):
        try:
            int("zebra seven")
        except ValueError as error:
            raise hooks.HookRaised(f"ValueError: {error}", summary="ValueError") from error

    with capture_logs() as lines:
        await hooks.invoke(hook, EVENT, hide=lambda text: text.replace("zebra seven", "{Card}"))
    assert "zebra" not in str(lines)
    line = next(line for line in lines if line["event"] == "hook_error")
    assert line["error"].endswith(": '{Card}'")
    assert "test_isolated.py" in line["trace"]


@pytest.fixture
def folder_in_another_encoding(tmp_path):
    """As on an earlier system's disk, or where Python reads names by another encoding."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc8\xc5"))
    folder.mkdir()
    (folder / "mine.py").write_text(WORKS)
    return folder


async def test_a_hook_may_lie_in_a_folder_whose_name_is_no_utf_8(folder_in_another_encoding):
    folder = folder_in_another_encoding
    async with hooks.ProcessHook(f"{folder}/mine.py:handler") as hook:
        assert (await hook(EVENT, timeout=30))["pid"] != os.getpid()
        assert hook.path == folder / "mine.py"
    async with hooks.ProcessHook(f"{folder}/other.py:handler") as hook:
        with pytest.raises(hooks.HookError, match=r"no file .*other\.py"):
            await hook(EVENT, timeout=30)


async def test_the_environment_is_lambdas_and_none_of_the_servers_secrets(isolated, monkeypatch):
    monkeypatch.setenv("DAEHWA_TOKEN", "a-secret-of-the-server")
    monkeypatch.setenv("TABLE_NAME", "orders")
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    monkeypatch.setenv("AWS_REGION", "ap-northeast-2")
    source = """
        import os, sys
        environment = dict(os.environ)  # as the module sees it, not only the call
        def handler(event):
            return {"environment": environment, "path": sys.path[0]}
    """
    async with isolated(source) as hook:
        reply = await hook(EVENT, timeout=30)
        folder = str(hook.path.parent)
    environment = reply["environment"]
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == "handler"
    assert environment["_HANDLER"] == "mine.handler"
    assert environment["LAMBDA_TASK_ROOT"] == folder
    assert environment["AWS_REGION"] == "ap-northeast-2"
    assert environment["AWS_DEFAULT_REGION"] == "ap-northeast-2", "which boto3 reads"
    assert environment["TABLE_NAME"] == "orders"
    assert "a-secret-of-the-server" not in str(environment)
    assert reply["path"] in (folder, str(Path.cwd()))


async def test_what_stands_beside_a_file_can_be_imported(isolated, tmp_path):
    (tmp_path / "menu_beside_it.py").write_text("DISHES = ['bibimbap']\n")
    source = """
        import menu_beside_it
        def handler(event): return {"dishes": menu_beside_it.DISHES}
    """
    async with isolated(source) as hook:
        assert await hook(EVENT, timeout=30) == {"dishes": ["bibimbap"]}


async def test_a_function_has_its_process_to_itself_and_others_run_beside_it(isolated):
    source = """
        import os, time
        running = 0
        def handler(event):
            global running
            running += 1
            assert running == 1
            time.sleep(0.3)
            running -= 1
            return {"pid": os.getpid()}
    """
    async with isolated(source, processes=2) as hook:
        replies = await asyncio.gather(*(hook(EVENT, timeout=30) for _ in range(6)))
    assert len({reply["pid"] for reply in replies}) == 2


async def test_bots_share_no_process(isolated):
    async with isolated(WORKS) as hook:
        one = await hook(EVENT, timeout=30)
        two = await hook({**EVENT, "bot": {"id": "TWO"}}, timeout=30)
    assert one != two


async def test_async_calls_run_side_by_side_in_one_process(isolated):
    source = """
        import asyncio, os
        meeting = None
        async def handler(event, context):
            global meeting
            meeting = meeting or asyncio.Barrier(3)
            await meeting.wait()
            return {"pid": os.getpid()}
    """
    async with isolated(source) as hook:
        replies = await asyncio.gather(*(hook(EVENT, timeout=30) for _ in range(3)))
    assert len({reply["pid"] for reply in replies}) == 1


async def test_what_is_printed_and_logged_is_in_the_log(isolated):
    source = """
        import logging, os, sys
        logging.getLogger().setLevel(logging.INFO)
        def handler(event):
            print("by print")
            logging.getLogger("shop").info("by logging")
            sys.stderr.write("to standard error\\n")
            os.write(1, b"\\xff\\xfe" + b"x" * 10_000 + b"\\n")
            return {}
    """
    with capture_logs() as lines:
        async with isolated(source) as hook:
            await hook(EVENT, timeout=30)
    texts = [line["text"] for line in lines if line["event"] == "hook_output"]
    assert texts[:3] == ["by print", "[INFO]\tshop\tby logging", "to standard error"]
    assert [len(text) for text in texts[3:]] == [4096, 4096, 1810]


async def test_a_flood_of_output_is_cut(isolated):
    source = """
        def handler(event):
            for _ in range(20_000): print("y" * 99)
            return {}
    """
    with capture_logs() as lines:
        async with isolated(source) as hook:
            assert await hook(EVENT, timeout=30) == {}
    logged = sum(len(line["text"]) for line in lines if line["event"] == "hook_output")
    dropped = sum(line["bytes"] for line in lines if line["event"] == "hook_output_dropped")
    assert logged < 1_000_000 < dropped + logged


# --- what may go wrong -----------------------------------------------------------------

HARM = """
    import ctypes, os, re, signal, stat, subprocess, sys, time
    def recurse():
        recurse()
    def sockets():
        numbers = map(int, os.listdir("/proc/self/fd"))
        return [fd for fd in numbers if os.path.exists(f"/proc/self/fd/{fd}")
                and stat.S_ISSOCK(os.fstat(fd).st_mode)]
    def handler(event):
        if event.get("harm"):
            HARM
        return {"pid": os.getpid()}
"""


def harmful(harm):
    """A hook that does harm to an event that says so, and otherwise works."""
    return HARM.replace("HARM", harm)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("os._exit(3)", "exit status 3"),
        ("ctypes.string_at(0)", "segmentation fault"),
        ("os.abort()", "aborted"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "killed"),
        ("os.closerange(3, 1000)", "Runtime exited"),
        ("[os.write(fd, b'\\xff' * 64) for fd in sockets()]", "wrote into the server's socket"),
        ("sys.setrecursionlimit(10 ** 9); recurse()", "Runtime exited"),
    ],
)
async def test_a_call_that_ends_or_breaks_its_process_fails_and_the_next_works(
    isolated, harm, says
):
    async with isolated(harmful(harm)) as hook:
        before = await hook(EVENT, timeout=30)
        failed = await hooks.invoke(hook, HARMING, timeout=30)
        assert isinstance(failed, dialog.HookFailed)
        assert says in failed.message
        assert (await hook(EVENT, timeout=30)) != before


async def test_what_comes_after_junk_is_no_reply():
    """The process lives on for a moment, and its function returns."""
    process = HookProcess("m:f", memory_mb=100, label="m:f", ended=lambda _: None)
    ours, its = socket.socketpair()
    loop = asyncio.get_running_loop()
    await loop.create_unix_connection(lambda: process, sock=ours)
    with its:
        call = asyncio.create_task(process.call({}, seconds=1))
        await loop.run_in_executor(None, its.recv, 1000)
        its.sendall(b"\xff" * 64)
        assert await loop.run_in_executor(None, its.recv, 1000) == b""
    assert not call.done()
    call.cancel()


@pytest.mark.parametrize(
    "harm",
    [
        "time.sleep(600)",
        "re.match(r'(a+)+$', 'a' * 40 + 'b')",  # which holds the interpreter
        "signal.pthread_sigmask(signal.SIG_SETMASK, range(1, 65)); time.sleep(600)",
        "os.kill(os.getpid(), signal.SIGSTOP)",
    ],
)
async def test_the_end_of_the_time_ends_the_call_and_what_it_started(isolated, tmp_path, harm):
    started = tmp_path / "started"
    # One of them as a daemon, in a session of its own.
    child = "subprocess.Popen(['sleep', '600'], start_new_session=apart).pid"
    children = f"[str({child}) for apart in (False, True)]"
    keep = f"open({str(started)!r}, 'w').write(' '.join({children}))"
    async with isolated(harmful(f"{keep}; {harm}")) as hook:
        before = await hook(EVENT, timeout=30)
        assert await hooks.invoke(hook, HARMING, timeout=0.5) == dialog.HookTimedOut()
        pids = [before["pid"], *map(int, started.read_text().split())]
        await until(lambda: not any(map(alive, pids)))
        assert (await hook(EVENT, timeout=30)) != before


async def test_a_hook_that_holds_the_interpreter_holds_up_nobody_else(isolated, tmp_path):
    held = tmp_path / "held"
    holding = f"open({str(held)!r}, 'w').close(); re.match(r'(a+)+$', 'a' * 40 + 'b')"
    async with isolated(harmful(holding)) as hook:
        call = asyncio.create_task(hook(HARMING, timeout=30))
        await until(held.exists)
        assert await hook({**EVENT, "bot": {"id": "TWO"}}, timeout=30)
        assert await hook(EVENT, timeout=30)  # nor the bot's own other calls
        assert not call.done()
        call.cancel()
        # The process of the second call is there already, so that nothing of its time is its start.
        assert await hooks.invoke(hook, HARMING, timeout=0.5) == dialog.HookTimedOut()


async def test_a_hook_that_forks_answers_once(isolated):
    source = """
        import os
        def handler(event):
            os.fork()
            return {"pid": os.getpid()}
    """
    async with isolated(source) as hook:
        replies = [await hook(EVENT, timeout=30) for _ in range(3)]
        (pid,) = {reply["pid"] for reply in replies}
        await until(lambda: processes_of(hook.path) == [pid])


async def test_what_a_hook_leaves_running_ends_with_it_and_holds_up_nothing(isolated):
    source = """
        import subprocess
        def handler(event):
            return {"child": subprocess.Popen(["sleep", "600"]).pid}
    """
    async with isolated(source) as hook:
        reply = await hook(EVENT, timeout=30)
        assert alive(reply["child"])
    await until(lambda: not alive(reply["child"]))  # a killed process takes a moment to end


async def test_a_hook_that_leaks_is_ended_at_its_memory(isolated):
    leak = "kept = []\n            while True: kept.append(bytearray(2**23)); time.sleep(0.005)"
    async with isolated(harmful(leak), memory_mb=128) as hook:
        failed = await hooks.invoke(hook, HARMING, timeout=30)
        assert "more than 128 MB" in failed.message
        assert await hook(EVENT, timeout=30)


async def test_an_async_hook_that_does_not_react_is_ended(isolated):
    source = """
        import asyncio, os, time
        async def handler(event):
            if event.get("harm"):
                time.sleep(600)
            return {"pid": os.getpid()}
    """
    async with isolated(source) as hook:
        before = await hook(EVENT, timeout=30)
        assert await hooks.invoke(hook, HARMING, timeout=0.2) == dialog.HookTimedOut()
        assert await hook({**EVENT, "bot": {"id": "TWO"}}, timeout=30)
        await until(lambda: not alive(before["pid"]))
        assert (await hook(EVENT, timeout=30)) != before


async def test_an_async_hook_that_is_too_slow_is_cancelled_and_its_process_goes_on(isolated):
    source = """
        import asyncio, os
        ends = []
        async def handler(event):
            if not event.get("harm"):
                return {"pid": os.getpid(), "ends": ends}
            try:
                await asyncio.sleep(600)
            except asyncio.CancelledError:
                ends.append("cancelled")
                raise
    """
    async with isolated(source) as hook:
        before = await hook(EVENT, timeout=30)
        assert await hooks.invoke(hook, HARMING, timeout=0.2) == dialog.HookTimedOut()
        after = await hook(EVENT, timeout=30)
    assert after == {"pid": before["pid"], "ends": ["cancelled"]}


@pytest.mark.parametrize("kind", ["def", "async def"])
@pytest.mark.parametrize("raised", ["ValueError('no')", "SystemExit(3)", "KeyboardInterrupt()"])
async def test_what_a_hook_raises_is_a_failure_that_its_process_survives(isolated, kind, raised):
    source = f"""
        import os
        {kind} handler(event):
            if event.get("harm"):
                raise {raised}
            return {{"pid": os.getpid()}}
    """
    async with isolated(source) as hook:
        before = await hook(EVENT, timeout=30)
        failed = await hooks.invoke(hook, HARMING)
        assert raised.partition("(")[0] not in failed.message
        assert await hook(EVENT, timeout=30) == before


async def test_the_log_has_place_and_type_but_not_the_text(isolated):
    with capture_logs() as lines:
        async with isolated("def handler(event): raise ValueError('sk-secret-9f')") as hook:
            await hooks.invoke(hook, EVENT)
    (line,) = [line for line in lines if line["log_level"] != "debug"]
    assert "ValueError at mine.py:1 in handler" in line["error"]
    assert "sk-secret" not in str(line)


@pytest.mark.parametrize(
    "reply",
    ["object()", "{'a': {1, 2}}", "'a\\ud800b'", "float('nan')", "[None] * 1_000_000"],
)
@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_what_json_cannot_hold_is_refused_as_lex_does(isolated, kind, reply):
    async with isolated(f"{kind} handler(event): return {reply}") as hook:
        with pytest.raises(lex.DependencyFailedException, match="Invalid Lambda Response"):
            await hooks.invoke(hook, EVENT)


async def test_an_error_whose_text_cannot_be_read_is_a_failure(isolated):
    source = """
        class Odd(Exception):
            def __str__(self): raise RuntimeError("odder")
        def handler(event): raise Odd
    """
    async with isolated(source) as hook:
        failed = await hooks.invoke(hook, EVENT)
        assert "Unhandled" in failed.message
        here = await hooks.invoke(hooks.PythonHook(hook.target), EVENT)
        assert here == failed


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import no_such_part", "No module named 'no_such_part'"),
        ("import os; os._exit(7)", "ended while it was imported: exit status 7"),
        ("import sys; sys.exit('no')", "could not be imported: SystemExit"),
        ("def other(): pass", "no function handler"),
        ("def handler(", "could not be imported: SyntaxError"),
    ],
)
async def test_a_module_that_cannot_be_imported_fails_each_call_until_it_can(
    isolated, source, says
):
    async with isolated(source) as hook:
        failed = await hooks.invoke(hook, EVENT)
        assert says in failed.message
        assert says in str(hook.failure)
        hook.path.write_text(WORKS)
        assert await hook(EVENT, timeout=30)
        assert hook.failure is None


async def test_an_import_that_never_ends_is_ended_with_the_call(isolated):
    async with isolated("import time; time.sleep(600)", start_seconds=0.5) as hook:
        assert await hooks.invoke(hook, EVENT, timeout=0.5) == dialog.HookTimedOut()
        await until(lambda: processes_of(hook.path) == [])


@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_the_start_of_its_process_is_no_part_of_a_call_s_time(isolated, kind):
    source = f"""
        import time
        time.sleep(1)
        {kind} handler(event, context):
            assert context.get_remaining_time_in_millis() > 500
            if event.get("harm"):
                time.sleep(600)
            return {{}}
    """
    async with isolated(source) as hook:
        assert await hook(EVENT, timeout=0.9) == {}
        if kind == "def":
            assert await hooks.invoke(hook, HARMING, timeout=0.9) == dialog.HookTimedOut()


async def test_calls_beyond_the_most_are_refused_and_waiting_ones_time_out(isolated):
    async with isolated(harmful("time.sleep(600)"), processes=2) as hook:
        calls = [hooks.invoke(hook, HARMING, timeout=1.5) for _ in range(80)]
        results = await asyncio.gather(*calls)
        refused = [result for result in results if isinstance(result, dialog.HookFailed)]
        assert len(refused) == 80 - hooks.MOST_CALLS
        assert results.count(dialog.HookTimedOut()) == hooks.MOST_CALLS
        assert hook.load() == ()
        assert await hook(EVENT, timeout=30)


async def test_a_call_in_hand_ends_with_the_module_it_began_with(isolated):
    source = """
        import time
        def handler(event):
            time.sleep(event.get("seconds", 0))
            return {"edition": 1}
    """
    async with isolated(source) as hook:
        await hook(EVENT, timeout=30)
        slow = asyncio.create_task(hook({**EVENT, "seconds": 1}, timeout=30))
        await asyncio.sleep(0.2)
        hook.path.write_text("def handler(event): return {'edition': 2}\n")
        await hook.reload()
        assert await hook(EVENT, timeout=30) == {"edition": 2}
        assert await slow == {"edition": 1}
        await until(lambda: len(processes_of(hook.path)) == 1)


async def test_where_no_end_is_reported_it_is_looked_for(isolated, monkeypatch):
    def forbidden(*_):
        raise PermissionError

    monkeypatch.setattr(os, "pidfd_open", forbidden)
    async with isolated(harmful("os._exit(3)")) as hook:
        failed = await hooks.invoke(hook, HARMING, timeout=30)
        assert "exit status 3" in failed.message
        assert await hook(EVENT, timeout=30)
        assert await hooks.invoke(hook, HARMING, timeout=30) == failed


# --- no orphans ------------------------------------------------------------------------

HOST = """
import asyncio, sys
from daehwa import hooks
async def main():
    hook = hooks.ProcessHook(sys.argv[1])
    reply = await hook({"bot": {"id": "ONE"}}, timeout=30)
    print(reply["pid"], *reply["started"], flush=True)
    await hook({"bot": {"id": "ONE"}, "harm": True}, timeout=600)
asyncio.run(main())
"""

# One in its own group, one in a session of its own, and a daemon that has let go of everything.
STARTING = """
import os, re, subprocess, time

def daemon():
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        pid = os.fork()
        if pid:
            os.write(write, str(pid).encode())
            os._exit(0)
        os.closerange(0, 256)
        os.execv("/bin/sleep", ["sleep", "600"])
    os.wait()
    return int(os.read(read, 20))

def handler(event):
    if event.get("harm"):
        HARM
    plain, apart = (
        subprocess.Popen(["sleep", "600"], start_new_session=apart).pid for apart in (False, True)
    )
    return {"pid": os.getpid(), "started": [plain, apart, daemon()]}
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("harm", ["time.sleep(600)", "re.match(r'(a+)+$', 'a' * 40 + 'b')"])
def test_however_the_server_ends_nothing_that_a_hook_started_is_left(tmp_path, number, harm):
    (tmp_path / "mine.py").write_text(STARTING.replace("HARM", harm))
    command = [sys.executable, "-c", HOST, f"{tmp_path / 'mine.py'}:handler"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as host:
        pids = list(map(int, host.stdout.readline().split()))
        assert len(pids) == 4
        assert all(map(alive, pids))
        host.send_signal(number)
        host.wait(30)
        check = until(lambda: not any(map(alive, pids)))
        asyncio.run(asyncio.wait_for(check, 30))


async def test_a_daemon_that_nobody_is_the_parent_of_ends_with_its_hook(isolated):
    async with isolated(STARTING.replace("HARM", "os._exit(5)")) as hook:
        reply = await hook(EVENT, timeout=30)
        assert all(map(alive, reply["started"]))
        failed = await hooks.invoke(hook, HARMING, timeout=30)
        assert "exit status 5" in failed.message
        assert not any(map(alive, reply["started"]))
