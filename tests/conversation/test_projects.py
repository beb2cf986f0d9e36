"""A project is served like any bot, watched while it is edited, and read once."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from daehwa import bot, lex
from daehwa.bot.yaml_reader import read_yaml
from daehwa.chat import Caller, ChatRequest
from daehwa.conversation import Address, Utterance, chosen_config, load_settings, open_catalogue

HELLO = bot.bundled()["HelloWorldBot"]


def project(tmp_path):
    folder = tmp_path / "Hello"
    bot.save_project(bot.load(HELLO), folder)
    return folder


async def until(condition):
    for _ in range(400):
        if await condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never happened")


async def test_a_project_is_live_while_it_is_edited_and_stays_as_it_was_when_it_breaks(
    running, tmp_path
):
    folder = project(tmp_path)
    file = folder / "ko_KR.yaml"
    sound = file.read_text("utf-8")
    async with running(bots=[folder], watch=True) as runtime:

        async def meant(text):
            reply = await runtime.chat.reply(ChatRequest(text=text), Caller(request_id="a"))
            return reply.intent.name

        assert await meant("배고파요") == "FallbackIntent"
        new = bot.NewSample(locale="ko_KR", intent="HelloWorld", utterance="배고파요")
        bot.amend(folder, bot.load(folder), (new,))

        async def live():
            return await meant("배고파요") == "HelloWorld"

        await until(live)
        file.write_text(sound.replace("samples:", "sampels:"), "utf-8")

        async def old():
            return bool((await runtime.readiness()).old_builds)

        await until(old)
        [why] = (await runtime.readiness()).old_builds.values()
        assert "ko_KR.yaml:" in why
        assert 'Write "samples"' in why
        assert await meant("배고파요") == "HelloWorld"


async def test_a_project_is_served_under_its_aliases_and_exported_without_them(running, tmp_path):
    folder = project(tmp_path)
    with (folder / "bot.yaml").open("a", encoding="utf-8") as file:
        file.write("aliases: {live: ABCDEFGHIJ}\n")
    async with running(bots=[folder]) as runtime:
        (served,) = runtime.catalogue.bots
        live = Address(served.id, "ABCDEFGHIJ", "ko_KR", "visitor")
        taken = await runtime.lex.recognize(live, Utterance(text="안녕", request_id="r"))
        assert taken.session_state.intent.name == "HelloWorld"
        assert runtime.catalogue.find(live).alias_name == "live"
        # It is another conversation than the one at the test alias.
        with pytest.raises(lex.ResourceNotFoundException):
            await runtime.lex.get_session(msgspec.structs.replace(live, alias_id="TSTALIASID"))
        with pytest.raises(lex.ResourceNotFoundException):
            runtime.catalogue.find(msgspec.structs.replace(live, alias_id="NOALIAS000"))
    bot.save(bot.load(folder), tmp_path / "exported.zip")
    assert bot.load(tmp_path / "exported.zip").aliases == {}


def test_an_alias_of_a_project_needs_an_id_of_its_own(tmp_path):
    folder = project(tmp_path)
    with (folder / "bot.yaml").open("a", encoding="utf-8") as file:
        file.write("aliases: {short: ABC, test: TSTALIASID, live: ABCDEFGHIJ, again: ABCDEFGHIJ}\n")
    faults = [each for each in bot.examine(folder).problems if each.code == "alias-id"]
    places = [(Path(each.file).name, each.field) for each in faults]
    assert places == [("bot.yaml", f"aliases.{name}") for name in ("short", "test", "again")]


def test_what_a_project_says_is_kept_for_the_next_start(tmp_path, monkeypatch):
    folder = project(tmp_path)
    before = open_catalogue((str(folder),), tmp_path / "learned").bots[0].definition

    def refuse(*_):
        raise AssertionError("it is read as YAML again")

    monkeypatch.setattr("daehwa.bot.project.compile_project", refuse)
    again = open_catalogue((str(folder),), tmp_path / "learned").bots[0].definition
    assert again == before
    with (folder / "ko_KR.yaml").open("a", encoding="utf-8") as file:
        file.write("# a change\n")
    with pytest.raises(AssertionError):
        open_catalogue((str(folder),), tmp_path / "learned")


def test_the_configuration_of_a_project_is_its_own_and_names_hooks_beside_it(tmp_path, monkeypatch):
    folder = project(tmp_path)
    (folder / "hooks").mkdir()
    (folder / "hooks/greet.py").write_text("def handler(event, context): ...", "utf-8")
    hook = '[[hooks]]\nbot = "HelloWorldBot"\npython = "hooks/greet.py:handler"\n'
    (folder / "daehwa.toml").write_text(hook, "utf-8")
    monkeypatch.chdir(tmp_path)
    config = chosen_config([folder])
    assert config == folder / "daehwa.toml"
    [known] = load_settings(config).hooks
    assert known.python == f"{folder / 'hooks/greet.py'}:handler"
    Path("daehwa.toml").write_text("", "utf-8")
    assert chosen_config([folder]) is None


@pytest.mark.parametrize("locale", ["ko_KR", "en_GB"])
async def test_a_new_project_talks_as_its_own_test_says(running, tmp_path, locale):
    folder = tmp_path / "Salon-1"
    bot.begin_project(folder, locale)
    test = read_yaml((folder / "tests/first.yaml").read_text("utf-8"), "first.yaml").value
    async with running(bots=[folder]) as runtime:
        for name, conversation in test["conversations"].items():
            for turn in conversation["turns"]:
                request = ChatRequest(
                    text=turn["user"], session_id=f"{len(name)}-{locale}", locale_id=locale
                )
                reply = await runtime.chat.reply(request, Caller(request_id="a"))
                assert reply.intent.name == turn.get("intent", reply.intent.name)
                assert reply.intent.state == turn.get("state", reply.intent.state)
    assert (folder / "README.md").read_text("utf-8").count(locale) > 1


@pytest.mark.parametrize(
    ("name", "locale", "words"),
    [("미용실", "ko_KR", "Latin letters"), ("Salon", "ko", "ko_KR"), ("taken", "ko_KR", "already")],
)
def test_a_name_that_lex_does_not_take_or_that_is_taken_is_refused(tmp_path, name, locale, words):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/diary.txt").write_text("mine", "utf-8")
    with pytest.raises(bot.ArchiveError, match=words):
        bot.begin_project(tmp_path / name, locale)
