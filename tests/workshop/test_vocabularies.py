"""Custom vocabularies, item by item."""

import zipfile
from io import BytesIO

import pytest

from daehwa import bot
from daehwa.workshop import errors


@pytest.fixture
def tea(desk):
    return desk.make_locale(desk.make_bot())


def make(desk, place, *phrases):
    items = [{"phrase": phrase, "weight": 2} for phrase in phrases]
    return desk("BatchCreateCustomVocabularyItem", **place, customVocabularyItemList=items)


def phrases(desk, place):
    listed = desk("ListCustomVocabularyItems", **place)["customVocabularyItems"]
    return [item["phrase"] for item in listed]


def test_items_are_made_listed_changed_and_deleted(desk, tea):
    assert phrases(desk, tea) == []
    made = make(desk, tea, "녹차", "보이차")
    assert made["errors"] == []
    first = made["resources"][0]
    assert (first["phrase"], first["weight"]) == ("녹차", 2)
    assert phrases(desk, tea) == ["녹차", "보이차"]
    changed = {"itemId": first["itemId"], "phrase": "말차", "displayAs": "抹茶"}
    answer = desk("BatchUpdateCustomVocabularyItem", **tea, customVocabularyItemList=[changed])
    assert answer["resources"] == [changed]
    assert phrases(desk, tea) == ["말차", "보이차"]
    entry = [{"itemId": first["itemId"]}]
    answer = desk("BatchDeleteCustomVocabularyItem", **tea, customVocabularyItemList=entry)
    assert answer["resources"] == [changed]
    assert phrases(desk, tea) == ["보이차"]
    assert desk("DescribeCustomVocabularyMetadata", **tea)["customVocabularyStatus"] == "Ready"
    assert desk("DeleteCustomVocabulary", **tea)["customVocabularyStatus"] == "Deleting"
    assert phrases(desk, tea) == []


def test_of_a_batch_what_cannot_be_done_is_listed_and_the_rest_is_done(desk, tea):
    make(desk, tea, "녹차")
    answer = make(desk, tea, "녹차", "홍차", "홍차")
    assert [item["phrase"] for item in answer["resources"]] == ["홍차"]
    codes = [error["errorCode"] for error in answer["errors"]]
    assert codes == ["RESOURCE_ALREADY_EXISTS", "DUPLICATE_INPUT"]
    entry = [{"itemId": "NOTHING"}]
    answer = desk("BatchDeleteCustomVocabularyItem", **tea, customVocabularyItemList=entry)
    assert answer["errors"][0]["errorCode"] == "RESOURCE_DOES_NOT_EXIST"
    assert answer["errors"][0]["itemId"] == "NOTHING"


def test_a_locale_without_a_vocabulary_has_no_metadata_and_nothing_to_delete(desk, tea):
    for operation in ("DescribeCustomVocabularyMetadata", "DeleteCustomVocabulary"):
        with pytest.raises(errors.ResourceNotFoundException):
            desk(operation, **tea)


def test_an_export_has_the_items_as_lex_writes_them_and_an_import_brings_them_back(
    desk, tea, tmp_path
):
    make(desk, tea, "녹차")
    wanted = {"botExportSpecification": {"botId": tea["botId"], "botVersion": "DRAFT"}}
    export_id = desk("CreateExport", resourceSpecification=wanted, fileFormat="LexJson")["exportId"]
    address = desk("DescribeExport", exportId=export_id)["downloadUrl"]
    secret = address.rsplit("/", 1)[1]
    content = desk.workshop.transfers.download(secret)
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert any(name.endswith("CustomVocabulary/CustomVocabulary.json") for name in names)
    read = bot.unpack(content, "tea.zip", unfinished=True)
    assert read.locales["ko_KR"].custom_vocabulary == {
        "customVocabularyItems": [{"phrase": "녹차", "weight": 2}]
    }
    path = tmp_path / "tea.zip"
    path.write_bytes(content)
    copy = {**tea, "botId": desk.bring(path, "Copy")["importedResourceId"]}
    assert phrases(desk, copy) == ["녹차"]
    # An item that came with a file has an id, always the same one, by which it can be changed.
    (item,) = desk("ListCustomVocabularyItems", **copy)["customVocabularyItems"]
    entry = [{"itemId": item["itemId"]}]
    desk("BatchDeleteCustomVocabularyItem", **copy, customVocabularyItemList=entry)
    assert phrases(desk, copy) == []
