"""Hooks that are Python functions: found, called as Lambda handlers, timed, read anew."""

import asyncio
import sys
import textwrap
import threading

import pytest
from structlog.testing import capture_logs

from daehwa import dialog, hooks, lex

EVENT = {"sessionState": {"intent": {"name": "Order", "state": "InProgress"}}}
REPLY = """
    def handler(event, context):
        return {"sessionState": {"dialogAction": {"type": "Delegate"}}}
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Write a module and give its name, one that no other test has."""
    monkeypatch.syspath_prepend(tmp_path)
    written = []

    def write(source, name=None):
        name = name or f"hook_{tmp_path.name.replace('-', '_')}_{len(written)}"
        written.append(name)
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(source))
        return name

    yield write
    for name in written:
        sys.modules.pop(name, None)


async def test_a_handler_is_called_with_event_and_context(module):
    name = module("""
        def handler(event, context):
            assert 0 < context.get_remaining_time_in_millis() <= 5000
            assert context.function_name == "handler" and context.aws_request_id
            return {"sessionState": {"dialogAction": {"type": "Delegate"}, "intent":
                    event["sessionState"]["intent"]}}
    """)
    result = await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT, timeout=5)
    assert isinstance(result, dialog.HookResponse)
    assert result.session_state.intent == lex.Intent(name="Order", state="InProgress")


async def test_a_handler_of_the_event_alone_is_called_so(module):
    name = module(REPLY.replace("event, context", "event"))
    result = await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT)
    assert isinstance(result, dialog.HookResponse)


async def test_async_handlers_are_awaited_in_one_loop_of_their_own(module):
    name = module("""
        import asyncio
        import threading
        loops = set()
        async def handler(event, context):
            assert threading.current_thread() is not threading.main_thread()
            loops.add(asyncio.get_running_loop())
            return {"sessionState": {"dialogAction": {"type": "Delegate"}}}
    """)
    hook = hooks.PythonHook(f"{name}:handler")
    for _ in range(3):
        assert isinstance(await hooks.invoke(hook, EVENT), dialog.HookResponse)
    # What one call leaves open, a connection for example, is there for the next.
    assert len(sys.modules[name].loops) == 1
    assert hook.load() == ()


async def test_an_async_handler_that_blocks_holds_up_its_own_bot_only(module):
    name = module("""
        import threading
        entered, over = threading.Event(), threading.Event()
        async def handler(event):
            if event["bot"]["id"] == "BLOCKS" and not over.is_set():
                entered.set()
                over.wait()
            return {"sessionState": {"dialogAction": {"type": "Delegate"}}}
    """)
    hook = hooks.PythonHook(f"{name}:handler")
    blocking = {**EVENT, "bot": {"id": "BLOCKS"}}
    blocked = asyncio.create_task(hooks.invoke(hook, blocking, timeout=1.0))
    while name not in sys.modules or not sys.modules[name].entered.is_set():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    # This loop goes on, and so do other bots.
    works = await hooks.invoke(hook, {**EVENT, "bot": {"id": "WORKS"}})
    assert isinstance(works, dialog.HookResponse)
    assert await blocked == dialog.HookTimedOut()
    (load,) = hook.load()
    assert (load.bot, load.running, load.hanging) == ("BLOCKS", 1, 1)
    # The next calls of the bot itself get a loop that reacts, each that blocks it one more.
    await asyncio.sleep(0.6)
    assert await hooks.invoke(hook, blocking, timeout=0.1) == dialog.HookTimedOut()
    sys.modules[name].over.set()
    while hook.load():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert isinstance(await hooks.invoke(hook, blocking), dialog.HookResponse)


async def test_an_async_handler_that_is_too_slow_is_cancelled(module):
    name = module("""
        import asyncio
        ends = []
        async def handler(event):
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                ends.append("cancelled")
                raise
    """)
    hook = hooks.PythonHook(f"{name}:handler")
    assert await hooks.invoke(hook, EVENT, timeout=2) == dialog.HookTimedOut()
    while hook.load():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert sys.modules[name].ends == ["cancelled"]


@pytest.mark.parametrize("raised", ["ValueError('no')", "SystemExit(3)", "StopIteration()"])
async def test_what_an_async_handler_raises_is_a_reported_failure(module, raised):
    name = module(f"async def handler(event):\n    raise {raised}\n")
    result = await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT)
    assert isinstance(result, dialog.HookFailed)


async def test_a_file_serves_as_well_as_a_module(tmp_path):
    (tmp_path / "my hook.py").write_text(textwrap.dedent(REPLY))
    hook = hooks.PythonHook(f"{tmp_path / 'my hook.py'}:handler")
    assert isinstance(await hooks.invoke(hook, EVENT), dialog.HookResponse)
    assert hook.path == tmp_path / "my hook.py"


async def test_what_a_handler_raises_is_a_reported_failure(module):
    name = module("def handler(event, context):\n    return event['nothing']")
    result = await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT)
    assert result == dialog.HookFailed(
        "Invalid Lambda Response: Received error response from Lambda: Unhandled"
    )


@pytest.mark.parametrize("raised", ["SystemExit", "StopIteration", "TimeoutError"])
async def test_even_odd_exceptions_are_failures(module, raised):
    name = module(f"def handler(event, context):\n    raise {raised}('odd')")
    result = await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT)
    assert isinstance(result, dialog.HookFailed)
    assert raised not in result.message


async def test_a_handler_that_hangs_is_timed_out_and_left_behind(module):
    name = module("""
        import threading
        go_on = threading.Event()
        def handler(event, context):
            go_on.wait(60)
    """)
    hook = hooks.PythonHook(f"{name}:handler")
    assert await hooks.invoke(hook, EVENT, timeout=0.05) == dialog.HookTimedOut()
    left = [t for t in threading.enumerate() if t.name == "daehwa-hook"]
    assert all(t.daemon for t in left)
    sys.modules[name].go_on.set()
    for thread in left:
        thread.join(5)


async def test_a_reply_that_is_none_is_refused(module):
    name = module("def handler(event, context):\n    return None")
    with pytest.raises(lex.DependencyFailedException, match="Invalid Lambda Response"):
        await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT)


async def test_calls_run_side_by_side(module):
    name = module("""
        import threading
        meet = threading.Barrier(3, timeout=5)
        def handler(event, context):
            meet.wait()
            return {"sessionState": {"dialogAction": {"type": "Delegate"}}}
    """)
    hook = hooks.PythonHook(f"{name}:handler")
    results = await asyncio.gather(*(hooks.invoke(hook, EVENT) for _ in range(3)))
    assert all(isinstance(r, dialog.HookResponse) for r in results)


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("no_such_module_here:handler", "No module named"),
        ("json:handler", "no function handler"),
        ("/no/such/file.py:handler", "There is no file"),
    ],
)
async def test_a_hook_that_is_not_there_fails_with_its_name(target, says):
    result = await hooks.invoke(hooks.PythonHook(target), EVENT)
    assert isinstance(result, dialog.HookFailed)
    assert says in result.message


@pytest.mark.parametrize("target", ["", "module", ":function", "module:"])
def test_a_name_that_is_no_name_is_refused_at_once(target):
    with pytest.raises(hooks.HookMisconfigured, match="module:function"):
        hooks.PythonHook(target)


async def test_reload_reads_the_module_anew_and_keeps_the_old_one_when_it_cannot(module, tmp_path):
    name = module(REPLY)
    hook = hooks.PythonHook(f"{name}:handler")
    first = await hooks.invoke(hook, EVENT)
    source = textwrap.dedent(REPLY).replace("Delegate", "ElicitIntent") + "# longer now\n"
    (tmp_path / f"{name}.py").write_text(source)
    await hook.reload()
    second = await hooks.invoke(hook, EVENT)
    kinds = [r.session_state.dialog_action.type for r in (first, second)]
    assert kinds == ["Delegate", "ElicitIntent"]
    (tmp_path / f"{name}.py").write_text("this is not valid Python, and longer still\n" * 3)
    with pytest.raises(hooks.HookMisconfigured, match="could not be imported"):
        await hook.reload()
    third = await hooks.invoke(hook, EVENT)
    assert third.session_state.dialog_action.type == "ElicitIntent"


CYCLE = "reply = {}\n    reply['sessionState'] = reply"
DEEP = "reply = 1\n    for _ in range(100_000): reply = [reply]"


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ("reply = object()", "object is not JSON"),
        ("reply = {'sessionState': {'dialogAction': {1, 2}}}", "set is not JSON"),
        ("reply = {'extra': b'bytes'}", "bytes is not JSON"),
        ("reply = {('a', 'b'): 1}", "tuple is not a name"),
        ("reply = {'messages': [{'content': 'a\\ud800b'}]}", "half a character"),
        ("reply = {'\\udfff': 1}", "half a character"),
        ("reply = {'extra': float('nan')}", "nan is not a number"),
        ("reply = {'extra': 10 ** 5000}", "hundreds of digits"),
        ("reply = {'extra': 'x' * 2_000_000}", "more than 1,048,576 characters"),
        ("reply = {'extra': [None] * 1_000_000}", "more than 1,048,576 characters"),
        (CYCLE, "contains itself"),
        (DEEP, "levels deep"),
    ],
)
@pytest.mark.parametrize("kind", ["def", "async def"])
async def test_what_json_cannot_hold_is_refused_as_lex_does(module, made, says, kind):
    name = module(f"{kind} handler(event):\n    {made}\n    return reply\n")
    with pytest.raises(lex.DependencyFailedException, match=says):
        await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT)


async def test_a_mapping_that_raises_is_refused_too(module):
    name = module("""
        import collections
        class Lazy(collections.UserDict):
            def __getitem__(self, name): raise RuntimeError(name)
        def handler(event):
            return Lazy(sessionState={})
    """)
    with pytest.raises(lex.DependencyFailedException, match="Lazy that cannot be read"):
        await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT)


SECRET = "sk-live-3f9a77"


@pytest.mark.parametrize(
    ("source", "logged"),
    [
        (
            f"def handler(event):\n    raise ValueError({SECRET!r})\n",
            "ValueError at {}.py:2 in handler",
        ),
        (f"raise KeyError({SECRET!r})\n", "could not be imported: KeyError at {}.py:1 in <module>"),
        ("import no_such_part\n", "No module named 'no_such_part'"),
    ],
)
async def test_the_log_has_place_and_type_but_not_the_text(module, source, logged):
    name = module(source)
    with capture_logs() as lines:
        await hooks.invoke(hooks.PythonHook(f"{name}:handler"), EVENT)
    (line,) = [line for line in lines if line["log_level"] != "debug"]
    assert line["event"] == "hook_failed"
    assert logged.format(name) in line["error"]
    assert SECRET not in str(line)
    # Whoever asks for it gets the text: at the level debug.
    (asked,) = [line for line in lines if line["log_level"] == "debug"]
    assert "no_such_part" in asked["error"] or SECRET in asked["error"]


async def test_calls_that_never_return_cost_their_own_bot_only(module):
    name = module("""
        import threading
        over = threading.Event()
        def handler(event):
            if event["bot"]["id"] == "HANGS":
                over.wait()
            return {"sessionState": {"dialogAction": {"type": "Delegate"}}}
    """)
    hook = hooks.PythonHook(f"{name}:handler")
    hanging = {**EVENT, "bot": {"id": "HANGS"}}
    calls = [hooks.invoke(hook, hanging, timeout=0.2) for _ in range(256)]
    results = await asyncio.gather(*calls)
    assert results.count(dialog.HookTimedOut()) == hooks.MOST_CALLS
    refused = [result for result in results if isinstance(result, dialog.HookFailed)]
    assert len(refused) == 256 - hooks.MOST_CALLS
    assert "calls are running already for this bot" in refused[0].message
    (load,) = hook.load()
    assert (load.bot, load.running, load.hanging) == ("HANGS", 64, 64)
    assert load.exhausted
    works = await hooks.invoke(hook, {**EVENT, "bot": {"id": "WORKS"}})
    assert isinstance(works, dialog.HookResponse)
    sys.modules[name].over.set()
    for thread in threading.enumerate():
        if thread.name == "daehwa-hook":
            thread.join(10)
    assert hook.load() == ()
    assert isinstance(await hooks.invoke(hook, hanging), dialog.HookResponse)
