"""Which hook is called, and that an edited one is live without a restart."""

import asyncio
import os
import sys

import pytest
from structlog.testing import capture_logs

from daehwa.chat import Caller, ChatRequest
from daehwa.conversation import Address, Settings, SettingsError, load_settings
from daehwa.conversation.hooking import HookTable
from daehwa.conversation.settings import HookSetting

HERE = Address("BOT0000001", "TSTALIASID", "ko_KR", "s-1")
EVENT = {"sessionId": "s-1"}


def table(path, text):
    path.write_text(text, encoding="utf-8")
    return HookTable(load_settings(path).hooks, path)


def touched(path, text):
    """Write a file so that its time differs from before, however fast this machine is."""
    path.write_text(text, encoding="utf-8")
    later = path.stat().st_mtime_ns + 5_000_000_000
    os.utime(path, ns=(later, later))


def test_the_most_particular_entry_wins(tmp_path):
    hooks = table(
        tmp_path / "daehwa.toml",
        """
        [[hooks]]
        url = "http://127.0.0.1:1/any"
        [[hooks]]
        bot = "Mine"
        url = "http://127.0.0.1:1/mine"
        timeout = 5
        [[hooks]]
        bot = "Mine"
        locale = "en_US"
        url = "http://127.0.0.1:1/english"
        """,
    )
    mine, limit = hooks.find(HERE, "Mine")
    assert "mine" in repr(mine)
    assert limit == 5
    assert "any" in repr(hooks.find(HERE, "Other")[0])
    english = Address(HERE.bot_id, HERE.alias_id, "en_US", "s")
    assert "english" in repr(hooks.find(english, "Mine")[0])


def test_without_entries_there_is_no_hook():
    assert HookTable(()).find(HERE, "Mine") is None


@pytest.mark.parametrize("processes", [0, 2])
async def test_an_edited_python_hook_is_live(tmp_path, processes):
    source = tmp_path / "mine.py"
    source.write_text("def handler(event):\n    return {'n': 1}\n")
    text = f'[[hooks]]\npython = "{source}:handler"\nprocesses = {processes}\n'
    async with table(tmp_path / "daehwa.toml", text) as hooks:
        hook, _ = hooks.find(HERE, "Mine")
        assert await hook(EVENT, timeout=30) == {"n": 1}
        reports = []
        await hooks.refresh(reports.append)
        touched(source, "def handler(event):\n    return {'n': 2}\n")
        await hooks.refresh(reports.append)
        assert await hook(EVENT, timeout=30) == {"n": 2}
        assert reports == ["mine.py was read again"]


@pytest.mark.parametrize("processes", [0, 2])
async def test_a_hook_that_was_broken_in_editing_stays_as_it_was(tmp_path, processes):
    source = tmp_path / "mine.py"
    source.write_text("def handler(event):\n    return {'n': 1}\n")
    text = f'[[hooks]]\npython = "{source}:handler"\nprocesses = {processes}\n'
    async with table(tmp_path / "daehwa.toml", text) as hooks:
        hook, _ = hooks.find(HERE, "Mine")
        await hook(EVENT, timeout=30)
        reports = []
        await hooks.refresh(reports.append)
        touched(source, "def handler(event:\n")
        await hooks.refresh(reports.append)
        assert await hook(EVENT, timeout=30) == {"n": 1}
        assert "stays as it was" in reports[0]


@pytest.mark.parametrize("processes", [0, 2])
async def test_a_missing_package_is_named_before_any_turn_and_until_it_is_there(
    tmp_path, processes
):
    source = tmp_path / "mine.py"
    source.write_text("import yaml_that_is_not_here\ndef handler(event):\n    return {}\n")
    text = f'[[hooks]]\nbot = "Mine"\npython = "{source}:handler"\nprocesses = {processes}\n'
    async with table(tmp_path / "daehwa.toml", text) as hooks:
        (examined,) = await hooks.examine()
        assert examined.setting.bot == "Mine"
        assert "No module named 'yaml_that_is_not_here'" in examined.error.summary
        assert examined.cure == f"{sys.executable} -m pip install yaml_that_is_not_here"
        assert list(hooks.failures()) == ["Mine"]
        # The file is mended: nobody has to start the server again, nor to call the hook.
        await hooks.refresh(lambda _: None)
        touched(source, "def handler(event):\n    return {}\n")
        await hooks.refresh(lambda _: None)
        assert hooks.failures() == {}


async def test_the_start_reports_a_hook_that_cannot_be_imported_and_the_bots_talk(
    running, tmp_path
):
    (tmp_path / "lacks.py").write_text("import yaml.no_such_part\n")
    setting = HookSetting(python=f"{tmp_path / 'lacks.py'}:handler", bot="PadoBooksBot")
    with capture_logs() as lines:
        async with running(settings=Settings(hooks=(setting,))) as runtime:
            while (state := await runtime.readiness()).hooks == "ok":  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            assert state.ready
            assert "yaml" in state.hooks["PadoBooksBot"]
            hello = ChatRequest(text="안녕", bot_id="HELLOWORLD", locale_id="ko_KR")
            assert (await runtime.chat.reply(hello, Caller(request_id="r-1"))).msg
    (line,) = [line for line in lines if line["event"] == "hook_unusable"]
    assert line["bot"] == "PadoBooksBot"
    assert line["cure"] == f"{sys.executable} -m pip install PyYAML"


async def test_an_edited_configuration_is_live_and_a_broken_one_is_not(tmp_path):
    path = tmp_path / "daehwa.toml"
    hooks = table(path, '[[hooks]]\nurl = "http://127.0.0.1:1/one"\n')
    told = []
    touched(path, '[[hooks]]\nurl = "http://127.0.0.1:1/two"\n')
    await hooks.refresh(told.append)
    assert "two" in repr(hooks.find(HERE, "Mine")[0])
    touched(path, "[[hooks]]\nurk = 1\n" + "# longer\n")
    os.utime(path, (0, 0))
    await hooks.refresh(told.append)
    assert "two" in repr(hooks.find(HERE, "Mine")[0])
    assert "urk" in told[-1]
    await asyncio.sleep(0)


def test_a_hook_that_names_no_function_is_told(tmp_path):
    path = tmp_path / "daehwa.toml"
    path.write_text('[[hooks]]\npython = "nowhere"\n')
    with pytest.raises(SettingsError, match="nowhere"):
        HookTable(load_settings(path).hooks, path)


async def test_connections_end_with_the_table_or_with_a_changed_configuration(tmp_path):
    closed = asyncio.Queue()

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await reader.read()  # until the client closes the connection
        writer.close()
        closed.put_nowait("closed")

    path = tmp_path / "daehwa.toml"
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with table(path, f'[[hooks]]\nurl = "{address}/one"\n') as hooks:
            first, _ = hooks.find(HERE, "Mine")
            assert await first(EVENT, timeout=30) == {}
            assert closed.empty()
            touched(path, f'[[hooks]]\nurl = "{address}/two"\n')
            await hooks.refresh(lambda _: None)
            assert await asyncio.wait_for(closed.get(), 30)
            second, _ = hooks.find(HERE, "Mine")
            assert await second(EVENT, timeout=30) == {}
        assert await asyncio.wait_for(closed.get(), 30)


async def test_a_bot_whose_hook_hangs_is_named_and_the_others_go_on(running, tmp_path):
    (tmp_path / "stuck.py").write_text(
        "import time\n"
        "def handler(event):\n"
        "    if event['bot']['name'] == 'PadoBooksBot': time.sleep(3)\n"
        "    return {'sessionState': {'dialogAction': {'type': 'Delegate'}}}\n"
    )
    setting = HookSetting(python=f"{tmp_path / 'stuck.py'}:handler", timeout=0.1, processes=0)
    async with running(settings=Settings(hooks=(setting,))) as runtime:
        (bot,) = [bot for bot in runtime.catalogue.bots if bot.definition.name == "PadoBooksBot"]
        assert (await runtime.readiness()).hooks == "ok"
        ask = ChatRequest(text="zxcv qwer", bot_id=bot.id, locale_id="en_US")
        await runtime.chat.reply(ask, Caller(request_id="r-1"))
        assert runtime.hook_load() == {bot.id: (1, 1)}
        state = await runtime.readiness()
        assert state.ready
        assert "1 past their time" in state.hooks[bot.id]
        hello = ChatRequest(text="안녕", bot_id="HELLOWORLD", locale_id="ko_KR")
        assert (await runtime.chat.reply(hello, Caller(request_id="r-2"))).msg
