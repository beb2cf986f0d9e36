"""The library as one file that is searched by its words alone, as AWS Lambda does."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from daehwa import documents

PAGES = {
    "주차.md": "# 주차\n\n지하 주차장은 투숙객에게 무료입니다. 전기차 충전기도 두 대 있습니다.",
    "조식.md": "# 조식\n\n조식은 오전 7시부터 10시까지 1층 식당에서 드실 수 있습니다.",
    "pool.md": "# Pool\n\nThe swimming pool on the roof closes at nine in the evening.",
}


class Anywhere:
    """An encoder without meanings: what is searched here are the words."""

    name = "none"

    def encode(self, texts):
        return np.full((len(texts), 64), 1 / 8, dtype=np.float32)


@pytest.fixture
def data(tmp_path):
    place = tmp_path / "pages"
    place.mkdir()
    for name, text in PAGES.items():
        (place / name).write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    with documents.Indexer(data, encoder=Anywhere()) as indexer:
        indexer.add_files([place])
        for bot, text in (("Spa", "사우나는 22시에 닫습니다."), (None, "사우나는 2층입니다.")):
            section = documents.Section(text=text)
            document = documents.Document(title="사우나", sections=(section,))
            given = documents.GivenDocument(
                document_id=f"sauna-{bot}", document=document, scope=documents.Audience(bot=bot)
            )
            indexer.put(given)
        indexer.publish()
    return data


@pytest.fixture
def index(data, tmp_path):
    file = tmp_path / "portable.sqlite3"
    documents.write_portable(data, file)
    index = documents.PortableIndex(file)
    yield index
    index.close()


def test_a_passage_is_returned_for_its_words(index):
    best = index.search("주차장에 전기차 충전기가 있나요?")[0]
    assert "충전기도 두 대" in best.text
    assert best.confidence > documents.ENOUGH
    assert (best.title, best.link, best.file) == ("주차", None, "주차.md")
    assert "roof" in index.search("When does the swimming pool close?")[0].text


def test_what_shares_no_word_is_not(index):
    assert index.search("비행기는 몇 대인가요?") == []
    assert index.search("") == []
    assert index.search("ワインはありますか") == [], "there is nothing in that language"


def test_a_question_of_nobodys_is_hardly_believed(index):
    hits = index.search("충전기로 노트북과 전화기와 카메라를 동시에 연결하는 방법을 설명해 주세요")
    assert all(hit.confidence < documents.ENOUGH for hit in hits)


def test_a_bots_own_documents_are_its_own(index):
    def texts(*bots):
        return {hit.text for hit in index.search("사우나는 언제 닫나요?", bots=bots)}

    assert texts("Hotel") == {"사우나는 2층입니다."}
    assert texts("Hotel", "Spa") == {"사우나는 2층입니다.", "사우나는 22시에 닫습니다."}


def test_the_same_library_is_the_same_file(data, tmp_path):
    files = [tmp_path / name for name in ("one", "two")]
    assert [documents.write_portable(data, file) for file in files] == [5, 5]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_where_a_file_lay_is_nobodys_business(data, tmp_path):
    documents.write_portable(data, tmp_path / "portable")
    assert str(tmp_path).encode() not in (tmp_path / "portable").read_bytes()


def test_without_documents_there_is_nothing_to_write(tmp_path):
    with pytest.raises(documents.LibraryUnusable, match="daehwa index"):
        documents.write_portable(tmp_path, tmp_path / "portable")


def test_a_file_that_is_no_index_is_refused(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"<html>" * 1000)
    with pytest.raises(ValueError, match="not an index"):
        documents.PortableIndex(file)


def test_a_newer_file_is_refused(data, tmp_path):
    file = tmp_path / "portable"
    documents.write_portable(data, file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE meta SET value = '9'")
    connection.close()
    with pytest.raises(ValueError, match="newer"):
        documents.PortableIndex(file)


def test_searching_needs_the_standard_library_alone():
    code = (
        "import sys\nfrom daehwa.documents import PortableIndex\n"
        "print({'numpy', 'msgspec', 'daehwa.nlu'} & set(sys.modules))"
    )
    source = str(Path(documents.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "set()", done.stderr
