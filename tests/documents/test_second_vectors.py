"""A small library is read by the second encoder, too; a large one by the first alone."""

import numpy as np
import pytest

from daehwa import documents, nlu
from daehwa.documents import Indexer, Library, second_vectors
from daehwa.documents.encoding import BundledSecondEncoder
from daehwa.documents.second_vectors import SecondVectors

pytestmark = pytest.mark.skipif(not nlu.second_encoder_usable(), reason="not on this processor")

POOL = """# 물결 수영장
## 들어올 수 없는 분
눈병이나 피부병이 있거나 술을 마신 분은 들어오실 수 없습니다.
## 정기권
한 달 정기권은 6만 원, 석 달은 16만 원입니다.
## 물
물 온도는 28도로 맞춥니다.
## 신청
강습은 매달 22일부터 누리집에서 받습니다.
"""


class Reading(BundledSecondEncoder):
    """The second encoder, with the texts that it was given."""

    texts: tuple[str, ...] = ()

    def passages(self, texts):
        Reading.texts = tuple(texts)
        return super().passages(texts)


@pytest.fixture
def reading(monkeypatch):
    monkeypatch.setattr(
        "daehwa.documents.encoding.second_encoder", lambda first: Reading() if first else None
    )
    Reading.texts = ()
    return Reading


def newest(desk):
    folders = (desk.data / "documents/generations").iterdir()
    return max(folders, key=lambda folder: int(folder.name))


def test_its_vectors_are_those_of_passages_and_headings(desk, reading):
    desk.write("pool.md", POOL)
    desk.index()
    vectors = SecondVectors.open(newest(desk))
    assert len(vectors.ids) == 4
    question = BundledSecondEncoder().question("소주 한잔 했는데 가도 되나요?")
    cosines = vectors.cosines(vectors.ids, question)
    assert cosines.shape == (4, 2)
    assert cosines[:, 0].argmax() == 0
    own = nlu.encode_passages_second([reading.texts[0], "정기권"])
    assert np.allclose(cosines[0, 0], own[0] @ question, atol=0.02)
    assert np.allclose(cosines[1, 1], own[1] @ question, atol=0.02)


def test_only_what_is_new_is_read_again(desk, reading):
    desk.write("pool.md", POOL)
    desk.index()
    desk.write("more.md", "# 매점\n\n라면과 음료를 팝니다.\n")
    desk.index()
    assert reading.texts == ("매점. 라면과 음료를 팝니다.", "매점")
    assert len(SecondVectors.open(newest(desk)).ids) == 5
    assert desk.best("배고픈데 먹을 것 파나요?").title == "매점"


def test_who_asks_in_another_language_is_answered(desk, reading):
    desk.write("pool.md", POOL)
    desk.index()
    best = desk.best("how much is a monthly pass?")
    assert best.heading.endswith("정기권")
    assert best.confidence >= documents.ENOUGH
    for stranger in ("what's the weather tomorrow?", "cheap flights to Rome"):
        assert desk.best(stranger).confidence < documents.ENOUGH


def test_a_library_that_has_grown_is_read_by_the_first_alone(desk, reading, monkeypatch):
    desk.write("pool.md", POOL)
    desk.index()
    monkeypatch.setattr(second_vectors, "MOST", 4)
    desk.write("more.md", "# 매점\n\n라면과 음료를 팝니다.\n")
    desk.index()
    with pytest.raises(OSError, match="second"):
        SecondVectors.open(newest(desk))
    assert desk.best("라면 파나요?").title == "매점"


def test_where_the_second_encoder_cannot_run_the_first_searches(desk, monkeypatch):
    desk.write("pool.md", POOL)
    desk.index()
    monkeypatch.setattr("daehwa.documents.library.second_encoder", lambda _: None)
    library = Library(desk.data)
    hits = library.search("정기권 얼마예요?")
    library.close()
    assert hits[0].heading.endswith("정기권")


def test_an_index_of_another_encoder_is_not_read_by_the_second(desk, reading):
    class Own:
        name = "own"

        def encode(self, texts):
            rows = np.zeros((len(texts), 64), dtype=np.float32)
            rows[np.arange(len(texts)), [len(text) % 64 for text in texts]] = 1
            return rows

        def neutral(self, language):
            return np.zeros((1, 64), dtype=np.float32)

    path = desk.write("pool.md", POOL)
    with Indexer(desk.data, Own()) as indexer:
        indexer.add_files([path])
        indexer.publish()
    assert Library(desk.data, Own()).search("정기권")
