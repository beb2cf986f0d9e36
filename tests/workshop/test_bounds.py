"""How much may be uploaded and imported: in number, in bytes, in time, in utterances."""

import msgspec
import pytest

from daehwa import bot
from daehwa.workshop import transfers as bounds
from daehwa.workshop.errors import ThrottlingException
from daehwa.workshop.quotas import CHARACTERS, UTTERANCES

SPECIFICATION = {
    "botImportSpecification": {
        "botName": "Tea",
        "roleArn": "arn:aws:iam::123456789012:role/lex",
        "dataPrivacy": {"childDirected": False},
    }
}


def secret(desk):
    """The secret of a new upload's address, and the import."""
    made = desk("CreateUploadUrl")
    return made["uploadUrl"].removeprefix(bounds.PATH), made["importId"]


def upload(desk, where, *pieces, whole=True):
    with desk.workshop.transfers.open_upload(where) as file:
        for piece in pieces:
            file.write(piece)
        if whole:
            file.finish()


def files(desk):
    """The content of each file that was uploaded or exported, by its name."""
    names = [name for name in desk.objects.listing("transfers") if name.endswith(".zip")]
    return {name: desk.objects.read(name)[name].content for name in sorted(names)}


def test_only_so_many_imports_wait_for_their_files(desk):
    for _ in range(bounds.MOST_UPLOADS):
        desk("CreateUploadUrl")
    with pytest.raises(ThrottlingException, match="wait for their files"):
        desk("CreateUploadUrl")


def test_an_import_that_nobody_starts_is_forgotten_with_its_file(desk):
    where, import_id = secret(desk)
    upload(desk, where, b"zip")
    assert files(desk) == {f"transfers/import-{import_id}.zip": b"zip"}
    now = desk.workshop.now() + bounds.UPLOAD_SECONDS
    desk.workshop.now = lambda: now
    desk("CreateUploadUrl")
    assert files(desk) == {}
    assert desk.workshop.transfers.open_upload(where) is None


def test_all_uploads_together_have_so_many_bytes(desk, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_UPLOADED_BYTES", 100)
    first, import_id = secret(desk)
    second, _ = secret(desk)
    upload(desk, first, b"a" * 60)
    with pytest.raises(ThrottlingException, match="not imported yet"):
        upload(desk, second, b"b" * 30, b"b" * 30)
    assert len(files(desk)) == 1, "what did not come whole leaves nothing"
    upload(desk, second, b"b" * 40)
    # Carried out, whatever comes of it, an import needs its file no more.
    desk(
        "StartImport",
        importId=import_id,
        resourceSpecification=SPECIFICATION,
        mergeStrategy="Overwrite",
    )
    assert desk("DescribeImport", importId=import_id)["importStatus"] == "Failed"
    upload(desk, second, b"c" * 50)
    assert list(files(desk).values()) == [b"c" * 50]


def test_an_upload_that_breaks_off_leaves_the_one_before(desk):
    where, _ = secret(desk)
    upload(desk, where, b"whole")
    upload(desk, where, b"ha", whole=False)
    assert list(files(desk).values()) == [b"whole"]


def test_of_exports_the_latest_are_there(desk, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_EXPORTS", 2)
    bot_id = desk.bring(bot.bundled()["HelloWorldBot"], "Hello")["importedResourceId"]
    wanted = {"botExportSpecification": {"botId": bot_id, "botVersion": "DRAFT"}}
    for _ in range(4):
        desk("CreateExport", resourceSpecification=wanted, fileFormat="LexJson")
    assert len(desk("ListExports")["exportSummaries"]) == 2
    assert len(files(desk)) == 2


def big_bot(tmp_path, count, length):
    """An export whose first intent has ``count`` sample utterances of ``length`` characters."""
    definition = bot.load(bot.bundled()["HelloWorldBot"])
    locale = definition.locales["ko_KR"]
    name = next(name for name, intent in locale.intents.items() if intent.sample_utterances)
    utterances = tuple(
        bot.SampleUtterance(utterance=f"{number:0{length}}") for number in range(count)
    )
    intent = msgspec.structs.replace(locale.intents[name], sample_utterances=utterances)
    locale = msgspec.structs.replace(locale, intents={**locale.intents, name: intent})
    definition = msgspec.structs.replace(definition, locales={"ko_KR": locale})
    bot.save(definition, tmp_path / "big.zip")
    return tmp_path / "big.zip"


def test_an_import_beyond_lexs_quota_of_characters_fails_with_the_reason(desk, tmp_path):
    path = big_bot(tmp_path, 5_000, 50)
    failed = desk.bring(path, "Big")
    assert failed["importStatus"] == "Failed"
    assert f"Lex takes {CHARACTERS:,}" in failed["failureReasons"][0]
    desk.workshop.quotas = False
    assert desk.bring(path, "Big")["importStatus"] == "Completed"


def test_without_quotas_there_is_a_bound_all_the_same(desk, tmp_path):
    desk.workshop.quotas = False
    failed = desk.bring(big_bot(tmp_path, UTTERANCES + 1, 6), "Big")
    assert failed["importStatus"] == "Failed"
    assert "100,001 sample utterances" in failed["failureReasons"][0]
