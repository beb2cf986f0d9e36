"""What is searched for where a short question may hang on the one before, or be a new one."""

import contextlib

import pytest

from daehwa import documents
from daehwa.answers import PastMessage, Question
from daehwa.aws import knowledge
from daehwa.documents import PortableIndex

from .loopback import Loopback
from .test_documents_file import Anywhere
from .test_packed_answerers import INDEX, search

PAGES = {
    "교환": "받으신 날부터 7일 안에 교환하실 수 있고, 왕복 배송비는 5,000원입니다.",
    "포장": "선물 포장은 3,000원이고, 리본 색을 고르실 수 있습니다.",
    "주차": "주차장은 건물 뒤에 있고 두 시간까지 무료입니다.",
    "회원": "회원 가입은 무료이고 적립금은 결제액의 3%입니다.",
}


class Kendra(Loopback):
    """Gives the page whose name is in the query; else the first one, of which it is not sure."""

    def answer(self, sent):
        query = sent.json["QueryText"]
        name = next((name for name in PAGES if name in query), "교환")
        score = {"ScoreConfidence": "VERY_HIGH" if name in query else "LOW"}
        item = {"Content": PAGES[name], "DocumentTitle": name, "ScoreAttributes": score}
        return 200, {}, {"ResultItems": [item]}


def best(text, before, **where):
    question = Question(text, history=(PastMessage("user", before),), locale="ko_KR")
    return knowledge.search(where.pop("searches", []), question, **where)[0].title


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    place = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (place / f"{name}.md").write_text(f"# {name}\n\n{text}\n", "utf-8")
    with documents.Indexer(place / "data", encoder=Anywhere()) as indexer:
        indexer.add_files([place / f"{name}.md" for name in PAGES])
        indexer.publish()
    documents.write_portable(place / "data", place / "portable")
    index = PortableIndex(place / "portable")
    yield index
    index.close()


@pytest.mark.parametrize(
    ("before", "text", "page"),
    [
        ("교환 배송비는 얼마예요?", "선물 포장은?", "포장"),
        ("교환 배송비는 얼마예요?", "주차 되나요?", "주차"),
        ("선물 포장은 얼마인가요?", "적립금은요?", "회원"),
        ("교환 배송비는 얼마예요?", "며칠 안에요?", "교환"),
        ("주차장은 어디예요?", "무료예요?", "주차"),
        ("선물 포장은 얼마인가요?", "색은요?", "포장"),
    ],
)
def test_a_short_question_is_a_new_one_or_hangs_on_the_last(index, before, text, page):
    assert best(text, before, index=index) == page


def test_a_service_is_asked_both_ways(monkeypatch):
    with contextlib.closing(Kendra()) as kendra:
        monkeypatch.setenv("AWS_ENDPOINT_URL_KENDRA", kendra.url)
        for name, value in (("ACCESS_KEY_ID", "AKEXAMPLE"), ("SECRET_ACCESS_KEY", "none")):
            monkeypatch.setenv(f"AWS_{name}", value)
        searches = search("kendra", INDEX)
        assert best("주차 되나요?", "교환 배송비는 얼마예요?", searches=searches) == "주차"
        assert best("며칠 안에요?", "교환 배송비는 얼마예요?", searches=searches) == "교환"
