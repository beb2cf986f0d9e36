"""Exports and imports of a vocabulary alone, and exports with a password."""

import io
import zipfile

import pytest

from daehwa import bot
from daehwa.workshop import errors

from .conftest import ROLE

PASSWORD = "Pass-word-1"


@pytest.fixture
def tea(desk):
    place = desk.make_locale(desk.make_bot())
    items = [{"phrase": "녹차", "weight": 2}, {"phrase": 'a "cup"', "displayAs": "컵"}]
    desk("BatchCreateCustomVocabularyItem", **place, customVocabularyItemList=items)
    return place


def exported(desk, specification, **more):
    """An export's file, and what DescribeExport says."""
    made = desk(
        "CreateExport", resourceSpecification=specification, **{"fileFormat": "LexJson"} | more
    )
    return file_of(desk, made["exportId"])


def file_of(desk, export_id):
    described = desk("DescribeExport", exportId=export_id)
    secret = described["downloadUrl"].rsplit("/", 1)[1]
    return desk.workshop.transfers.download(secret), described


def bring(desk, specification, content, strategy="Overwrite", **more):
    """Import a file; what DescribeImport says."""
    import_id = desk.upload(content)
    desk(
        "StartImport",
        importId=import_id,
        resourceSpecification=specification,
        mergeStrategy=strategy,
        **more,
    )
    return desk("DescribeImport", importId=import_id)


def items(desk, place):
    listed = desk("ListCustomVocabularyItems", **place)["customVocabularyItems"]
    return {one["phrase"]: (one.get("weight"), one.get("displayAs")) for one in listed}


def zipped(name, text):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize("file_format", ["LexJson", "TSV"])
def test_a_vocabulary_is_exported_alone_and_comes_back_the_same(desk, tea, file_format):
    content, described = exported(
        desk, {"customVocabularyExportSpecification": tea}, fileFormat=file_format
    )
    assert described["fileFormat"] == file_format
    end = "json" if file_format == "LexJson" else "tsv"
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert names[1] == f"Tea/BotLocales/ko_KR/CustomVocabulary/CustomVocabulary.{end}"
    other = desk.make_locale(desk.make_bot("Other"))
    specification = {"customVocabularyImportSpecification": other}
    for strategy in ("FailOnConflict", "Overwrite"):
        result = bring(desk, specification, content, strategy)
        assert (result["importStatus"], result["importedResourceId"]) == ("Completed", "ko_KR")
        assert items(desk, other) == items(desk, tea)
        assert desk("DescribeCustomVocabularyMetadata", **other)
    assert bring(desk, specification, content, "FailOnConflict")["importStatus"] == "Failed"


def test_a_vocabulary_is_appended_to_the_one_that_is_there(desk, tea):
    table = "\ufeffPhrase\tDisplayAs\n녹차\tgreen tea\n\n홍차\t\n"
    specification = {"customVocabularyImportSpecification": tea}
    result = bring(desk, specification, zipped("my words.tsv", table), "Append")
    assert result["importStatus"] == "Completed"
    assert items(desk, tea) == {"녹차": (2, None), 'a "cup"': (None, "컵"), "홍차": (None, None)}
    listed = desk(
        "ListImports",
        filters=[{"name": "ImportResourceType", "values": ["CustomVocabulary"], "operator": "EQ"}],
    )
    assert [one["importId"] for one in listed["importSummaries"]] == [result["importId"]]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("words.tsv", "word\tweight\n녹차\t1\n", "no column phrase"),
        ("words.tsv", "phrase\tweight\n녹차\t7\n", "weight 7"),
        ("words.tsv", "phrase\n" + "차" * 101, "1 to 100"),
        ("CustomVocabulary.json", "[]", "not an object"),
        ("words.csv", "phrase\n녹차\n", "no .tsv"),
    ],
)
def test_a_vocabulary_that_lex_does_not_take_fails_its_import(desk, tea, name, text, why):
    specification = {"customVocabularyImportSpecification": tea}
    result = bring(desk, specification, zipped(name, text))
    assert result["importStatus"] == "Failed"
    assert why.removeprefix("no .tsv") in result["failureReasons"][0]
    assert len(items(desk, tea)) == 2


def test_an_export_with_a_password_is_opened_by_it_alone(desk, tea):
    wanted = {"botExportSpecification": {"botId": tea["botId"], "botVersion": "DRAFT"}}
    plain, _ = exported(desk, wanted)
    sealed, _ = exported(desk, wanted, filePassword=PASSWORD)
    read = bot.unpack(sealed, "tea.zip", password=PASSWORD, unfinished=True)
    assert read == bot.unpack(plain, "tea.zip", unfinished=True)
    for wrong in (None, "Pass-word-2"):
        with pytest.raises(bot.PasswordError):
            bot.unpack(sealed, "tea.zip", password=wrong, unfinished=True)
    name = {"botName": "Sealed", "roleArn": ROLE, "dataPrivacy": {"childDirected": False}}
    specification = {"botImportSpecification": {**name, "testBotAliasTags": {"stage": "test"}}}
    assert bring(desk, specification, sealed)["importStatus"] == "Failed"
    result = bring(desk, specification, sealed, filePassword=PASSWORD)
    assert result["importStatus"] == "Completed"
    arn = f"arn:aws:lex:r:123456789012:bot-alias/{result['importedResourceId']}/TSTALIASID"
    assert desk("ListTagsForResource", resourceARN=arn)["tags"] == {"stage": "test"}


def test_an_update_of_an_export_gives_it_a_password_once(desk, tea):
    wanted = {"botExportSpecification": {"botId": tea["botId"], "botVersion": "DRAFT"}}
    _, described = exported(desk, wanted)
    export_id = described["exportId"]
    answer = desk("UpdateExport", exportId=export_id)
    assert (answer["exportId"], answer["exportStatus"]) == (export_id, "Completed")
    assert answer["lastUpdatedDateTime"] > answer["creationDateTime"]
    desk("UpdateExport", exportId=export_id, filePassword=PASSWORD)
    sealed, _ = file_of(desk, export_id)
    assert bot.unpack(sealed, "tea.zip", password=PASSWORD, unfinished=True).name == "Tea"
    with pytest.raises(errors.ValidationException, match="password already"):
        desk("UpdateExport", exportId=export_id, filePassword=PASSWORD)


def test_exports_are_listed_by_what_they_are_of(desk, tea):
    exported(desk, {"customVocabularyExportSpecification": tea})
    exported(desk, {"botLocaleExportSpecification": tea})
    for kind, specification in (
        ("BotLocale", "botLocaleExportSpecification"),
        ("CustomVocabulary", "customVocabularyExportSpecification"),
    ):
        chosen = [{"name": "ExportResourceType", "values": [kind], "operator": "EQ"}]
        listed = desk("ListExports", botId=tea["botId"], filters=chosen)["exportSummaries"]
        assert [[*one["resourceSpecification"]] for one in listed] == [[specification]]


def test_what_is_not_exported_is_said(desk, tea):
    bare = desk.make_locale(desk.make_bot("Bare"))
    with pytest.raises(errors.ResourceNotFoundException):
        exported(desk, {"customVocabularyExportSpecification": bare})
    with pytest.raises(errors.ValidationException, match="TSV"):
        exported(desk, {"botLocaleExportSpecification": tea}, fileFormat="TSV")


def test_tags_of_aws_own_are_refused(desk, tea):
    arn = f"arn:aws:lex:r:123456789012:bot/{tea['botId']}"
    with pytest.raises(errors.ValidationException, match="aws:"):
        desk("TagResource", resourceARN=arn, tags={"aws:cloudformation:stack-name": "mine"})
    with pytest.raises(errors.ValidationException, match="aws:"):
        desk.make_bot("Tagged", botTags={"AWS:x": "y"})
