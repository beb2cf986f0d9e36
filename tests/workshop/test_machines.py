"""Two machines with one store: what one changes the other shows, builds on, and serves.

So do two processes of one machine with one folder.
"""

import asyncio
import contextlib
import threading
from functools import partial

import msgspec
import pytest

from daehwa import bot, lex, nlu
from daehwa.conversation import Address
from daehwa.stores import StaleObject, open_objects
from daehwa.workshop import builds, errors, operations

from .conftest import Desk

STORES = ["redis", "postgres"]


@pytest.fixture(params=["folder", *STORES])
def address(request):
    """The store's address; ``None`` where the machines are processes that share a folder."""
    if request.param == "folder":
        return None
    return request.getfixturevalue(f"empty_{request.param}")


@pytest.fixture
def machines(address, tmp_path):
    """``machines(name)`` is a machine of that name."""
    with contextlib.ExitStack() as stack:

        def machine(name):
            folder = tmp_path / (name if address else "shared")
            objects = stack.enter_context(open_objects(address, folder, processes=True))
            return Desk(objects, models=folder / "learned")

        yield machine


@pytest.fixture
def one(machines):
    return machines("one")


@pytest.fixture
def two(machines):
    return machines("two")


async def build(desk, place):
    operation = operations()["BuildBotLocale"]
    await desk.workshop.run(operation.handler, msgspec.convert(place, operation.model.request))


async def until(happens):
    """Wait until ``happens()`` is true, or raises no more what a turn would get."""
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(lex.ResourceNotFoundException):
                if happens():
                    return
            await asyncio.sleep(0.05)


@pytest.fixture
async def held(monkeypatch):
    """Has all builds wait for this event."""
    gate = threading.Event()
    learn = nlu.learn

    def learn_late(*arguments, **more):
        gate.wait()
        return learn(*arguments, **more)

    monkeypatch.setattr(nlu, "learn", learn_late)
    yield gate
    gate.set()


def status(desk, place):
    return desk("DescribeBotLocale", **place)["botLocaleStatus"]


def intents(desk, place, alias_id="TSTALIASID"):
    """The intents that a turn on this machine would find, if it would not wait for learning."""
    address = Address(place["botId"], alias_id, place["localeId"], "me")
    served = desk.catalogue.find(address)
    return served.definition.intents if served.learned else ()


def hello(desk):
    bot_id = desk.bring(bot.bundled()["HelloWorldBot"], "Hello")["importedResourceId"]
    return {"botId": bot_id, "botVersion": "DRAFT", "localeId": "ko_KR"}


def test_what_one_makes_the_other_shows_at_once(one, two):
    bot_id = one.make_bot()
    place = two.make_locale(bot_id)
    made = one("CreateIntent", **place, intentName="Order")
    assert two("DescribeIntent", **place, intentId=made["intentId"])["intentName"] == "Order"
    two("DeleteBot", botId=bot_id)
    assert one("ListBots")["botSummaries"] == []


async def test_what_one_built_talks_on_the_other_at_once(one, two):
    place = hello(one)
    async with one.workshop, two.workshop:
        await build(one, place)
        await until(lambda: intents(one, place))
        address = Address(place["botId"], "TSTALIASID", place["localeId"], "me")
        # A turn on the other machine does not wait for its next look.
        with contextlib.suppress(lex.ResourceNotFoundException):
            two.catalogue.find(address)
        await two.catalogue.catch_up()
        assert two.catalogue.find(address).learned
        assert not await two.catalogue.catch_up()


def test_a_name_is_taken_on_every_machine(one, two):
    one.make_bot("Tea")
    with pytest.raises(errors.ConflictException):
        two.make_bot("Tea")


def test_changes_of_one_draft_at_once_are_all_kept(one, two, monkeypatch):
    """The other one is faster: the operation is carried out anew on what is there then."""
    place = one.make_locale(one.make_bot())
    interleave(monkeypatch, one, lambda: two("CreateIntent", **place, intentName="Theirs"))
    one("CreateIntent", **place, intentName="Ours")
    for desk in (one, two):
        names = {each["intentName"] for each in desk("ListIntents", **place)["intentSummaries"]}
        assert names >= {"Ours", "Theirs"}


def test_of_two_that_take_a_name_at_once_one_is_refused(one, two, monkeypatch):
    interleave(monkeypatch, one, lambda: two.make_bot("Tea"))
    with pytest.raises(errors.ConflictException, match="Tea"):
        one.make_bot("Tea")
    place = one.make_locale(one("ListBots")["botSummaries"][0]["botId"])
    interleave(monkeypatch, one, lambda: two("CreateIntent", **place, intentName="Order"))
    with pytest.raises(errors.ConflictException, match="Order"):
        one("CreateIntent", **place, intentName="Order")


def test_what_was_deleted_meanwhile_is_not_there_to_be_changed(one, two, monkeypatch):
    place = one.make_locale(one.make_bot())
    interleave(monkeypatch, one, lambda: two("DeleteBot", botId=place["botId"]))
    with pytest.raises(errors.ResourceNotFoundException):
        one("CreateIntent", **place, intentName="Order")
    assert one("ListBots")["botSummaries"] == []


def test_who_is_never_fast_enough_is_refused_in_the_end(one, monkeypatch):
    def stale(*_, **__):
        raise StaleObject("always")

    monkeypatch.setattr(one.objects, "write", stale)
    with pytest.raises(errors.ConflictException, match="Try the request again"):
        one.make_bot()


def interleave(monkeypatch, desk, other):
    """Have ``other`` happen between what the desk's next operation reads and its write."""
    write = desk.objects.write

    def write_late(*arguments, **more):
        monkeypatch.setattr(desk.objects, "write", write)
        other()
        return write(*arguments, **more)

    monkeypatch.setattr(desk.objects, "write", write_late)


async def test_what_one_builds_the_other_serves_without_learning_it(one, two, monkeypatch):
    async with one.workshop, two.workshop:
        place = hello(one)
        await build(one, place)
        await until(lambda: status(two, place) == "Built")
        lessons = []
        monkeypatch.setattr(nlu.learning.Classifier, "learn", lambda *a, **m: lessons.append(a))
        await until(lambda: intents(two, place))
        assert lessons == []


async def test_an_alias_leads_to_its_new_version_on_every_machine(one, two):
    async with one.workshop, two.workshop:
        place = hello(one)
        await build(one, place)
        await until(lambda: status(one, place) == "Built")
        sources = {"ko_KR": {"sourceBotVersion": "DRAFT"}}

        def publish(desk):
            version = {"botId": place["botId"], "botVersionLocaleSpecification": sources}
            return desk("CreateBotVersion", **version)["botVersion"]

        live = {"botId": place["botId"], "botAliasName": "live"}
        alias_id = one("CreateBotAlias", **live, botVersion=publish(one))["botAliasId"]
        await until(lambda: intents(two, place, alias_id))
        utterances = [{"utterance": "나중에"}]
        two("CreateIntent", **place, intentName="Later", sampleUtterances=utterances)
        await build(two, place)
        await until(lambda: status(two, place) == "Built")
        two("UpdateBotAlias", **live, botAliasId=alias_id, botVersion=publish(two))
        await until(lambda: "Later" in intents(one, place, alias_id))
        two("DeleteBotAlias", botId=place["botId"], botAliasId=alias_id)
        await until(lambda: not one.catalogue.aliases(place["botId"]))


async def test_a_locale_is_built_by_one_at_a_time(one, two, held):
    async with one.workshop, two.workshop:
        place = hello(one)
        await build(one, place)
        for desk in (one, two):
            with pytest.raises(errors.PreconditionFailedException, match="being built"):
                await build(desk, place)
            with pytest.raises(errors.PreconditionFailedException, match="being built"):
                desk("CreateIntent", **place, intentName="Later")
        held.set()
        await until(lambda: status(two, place) == "Built")


async def test_the_build_of_a_machine_that_ends_is_taken_over(machines, monkeypatch, held):
    monkeypatch.setattr(builds, "_LEASE_SECONDS", 1.0)
    two = machines("two")
    async with two.workshop:
        one = machines("one")
        async with one.workshop:
            place = hello(one)
            await build(one, place)
            # As when the machine is gone: it renews no lease, and gives none up.
            monkeypatch.setattr(one.objects, "take_lease", lambda *_: True)
            monkeypatch.setattr(one.objects, "end_lease", lambda *_: None)
        held.set()
        await until(lambda: status(two, place) == "Built")
        await until(lambda: intents(two, place))


async def test_a_build_that_ends_whoever_takes_it_over_fails(machines, held):
    first, *others = map(machines, ("first", "second", "third", "fourth"))
    async with first.workshop:
        place = hello(first)
        await build(first, place)
    for number, machine in enumerate(others, start=1):
        async with machine.workshop:
            await until(partial(has_taken_over, machine, place, number))
    held.set()
    described = first("DescribeBotLocale", **place)
    assert described["botLocaleStatus"] == "Failed"
    assert "Build it again" in described["failureReasons"][0]


def has_taken_over(desk, place, times):
    desk("ListBots")  # which reads what others changed
    return desk.workshop.find_bot(place["botId"]).record.locales["ko_KR"].takeovers == times


def test_an_upload_an_import_and_an_export_go_through_any_machine(one, two):
    place = hello(one)
    specification = {"botExportSpecification": {"botId": place["botId"], "botVersion": "DRAFT"}}
    made = two("CreateExport", resourceSpecification=specification, fileFormat="LexJson")
    described = one("DescribeExport", exportId=made["exportId"])
    secret = described["downloadUrl"].rpartition("/")[2]
    assert one.workshop.transfers.download(secret) == two.workshop.transfers.download(secret)
    assert bot.unpack(one.workshop.transfers.download(secret), "it").name == "Hello"
    two("DeleteExport", exportId=made["exportId"])
    assert one.workshop.transfers.download(secret) is None
    assert one.workshop.transfers.download(secret[:-1] + "x") is None


def test_files_on_their_way_are_deleted_after_a_day(one):
    secret = one("CreateUploadUrl")["uploadUrl"].rpartition("/")[2]
    import_id = secret.partition(".")[0]
    written = one.objects.listing("transfers")[f"transfers/import-{import_id}.json"].written_at
    one.workshop.transfers.delete_old(written + 86_000)
    assert one.workshop.transfers.open_upload(secret) is not None
    one.workshop.transfers.delete_old(written + 87_000)
    assert one.workshop.transfers.open_upload(secret) is None
