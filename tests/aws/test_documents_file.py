"""The team's documents on AWS: a file in S3, loaded by its digest, searched before models."""

import json
import tempfile
from hashlib import sha256

import numpy as np
import pytest

from daehwa import documents
from daehwa.answers.testing import Say, StubOpenAI
from daehwa.aws import chatgpt, packed_answerers
from daehwa.aws.documents_file import open_documents
from daehwa.aws.errors import AwsError, Misconfigured
from daehwa.aws.reply import SOURCES

from .loopback import Loopback
from .test_fallback import EVENT

LOCALE = EVENT["bot"]["localeId"]


class Anywhere:
    """An encoder without meanings."""

    name = "none"

    def encode(self, texts):
        return np.full((len(texts), 64), 1 / 8, dtype=np.float32)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """The index of one page, as a deployment uploads it."""
    place = tmp_path_factory.mktemp("documents")
    (place / "guide.md").write_text("# 체크인\n\n체크인은 오후 3시부터 하실 수 있습니다.", "utf-8")
    with documents.Indexer(place / "data", encoder=Anywhere()) as indexer:
        indexer.add_files([place / "guide.md"])
        indexer.publish()
    documents.write_portable(place / "data", place / "portable")
    return (place / "portable").read_bytes()


class S3(Loopback):
    """One object; any other is refused as S3 refuses who may not list the bucket."""

    def __init__(self, content):
        self.content = content
        self.requests = []
        super().__init__()

    def answer(self, sent):
        self.requests.append(sent)
        if sent.path != "/assets/abc.sqlite3":
            return 403, {}, b"<Error><Code>AccessDenied</Code></Error>"
        return 200, {}, self.content


@pytest.fixture
def s3(file):
    stub = S3(file)
    yield stub
    stub.close()


@pytest.fixture
def environ(s3, file, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return {
        "AWS_REGION": "ap-northeast-2",
        "AWS_ACCESS_KEY_ID": "AKEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "not-a-real-secret",
        "AWS_ENDPOINT_URL_S3": s3.url,
        "DOCUMENTS_FILE": "s3://assets/abc.sqlite3",
        "DOCUMENTS_DIGEST": sha256(file).hexdigest(),
    }


def test_the_file_is_loaded_once_on_a_machine(s3, environ, tmp_path):
    for _ in range(2):
        index = open_documents(environ)
        assert "오후 3시" in index.search("체크인은 몇 시부터인가요?")[0].text
        index.close()
    (sent,) = s3.requests
    assert "/ap-northeast-2/s3/aws4_request" in sent.header("authorization")
    assert sent.header("x-amz-content-sha256") == sha256(b"").hexdigest()
    assert len(list(tmp_path.glob("daehwa-documents-*"))) == 1


def test_another_file_than_the_deployed_one_is_not_searched(s3, environ, tmp_path):
    s3.content += b"more"
    with pytest.raises(Misconfigured, match="not the file"):
        open_documents(environ)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_s3_refuses(environ, tmp_path):
    with pytest.raises(AwsError) as refused:
        open_documents(environ | {"DOCUMENTS_FILE": "s3://assets/other"})
    assert (refused.value.service, refused.value.status) == ("S3", 403)
    assert list(tmp_path.iterdir()) == []


def test_without_a_file_there_is_nothing_to_search(environ):
    del environ["DOCUMENTS_FILE"]
    assert open_documents(environ) is None


@pytest.fixture
def answer(environ, tmp_path, monkeypatch):
    """Asks the function; ``more`` is packed beside the order."""
    with StubOpenAI(key=None).in_thread() as openai:
        model = {"name": "b", "model": "b", "base_url": openai.base_url}

        def answer(text, **more):
            locales = {LOCALE: {"order": ["document", "b"]}}
            packed = {"bot": "Hotel", "locales": locales, "models": {"b": model}, **more}
            path = tmp_path / "answers.json"
            path.write_text(json.dumps(packed), encoding="utf-8")
            for name, value in (environ | {"ANSWERS_FILE": str(path)}).items():
                monkeypatch.setenv(name, value)
            response = chatgpt.lambda_handler({**EVENT, "inputTranscript": text})
            marks = response["requestAttributes"]
            return response["messages"][0]["content"], marks["daehwa:source"], marks.get(SOURCES)

        answer.openai = openai
        monkeypatch.setattr(packed_answerers, "_kept", [])
        yield answer


def test_the_documents_answer_in_their_own_words(answer):
    text, source, sources = answer("체크인은 몇 시부터 하나요?")
    assert (text, source) == ("체크인은 오후 3시부터 하실 수 있습니다.", "document")
    assert json.loads(sources) == [[1, "체크인", None, "guide.md"]]


def test_a_model_composes_from_them(answer):
    answer.openai.script(Say("3시부터입니다 [1]."))
    text, source, _ = answer("체크인은 몇 시부터 하나요?", documents={"composer": "b"})
    assert (text, source) == ("3시부터입니다 [1].", "document")
    assert "체크인은 오후 3시부터" in answer.openai.requests[0].contents[-1]


def test_what_they_do_not_hold_is_left_to_the_model(answer):
    answer.openai.script(Say("서울입니다."))
    assert answer("대한민국의 수도는 어디인가요?")[:2] == ("서울입니다.", "chatgpt")


def test_a_file_that_cannot_be_loaded_is_in_the_log_and_the_model_answers(answer, s3, capsys):
    s3.content = b"other"
    answer.openai.script(Say("3시쯤입니다."))
    assert answer("체크인은 몇 시부터 하나요?")[:2] == ("3시쯤입니다.", "chatgpt")
    assert '"event": "document_search_failed"' in capsys.readouterr().out
