"""Search services behind the port of documents: their wire, their errors, their time."""

import json

import msgspec
import pytest
from tests.documents import service_stubs as stubs

from daehwa.documents import SearchFailed, SearchRequest, ServiceMisconfigured, ServiceSetting
from daehwa.documents.services.passage_search import service_hit

REGION = "ap-northeast-2"
KENDRA = f"arn:aws:kendra:{REGION}:123456789012:index/0f1e2d3c-aaaa-bbbb-cccc-0123456789ab"
BASE = f"arn:aws:bedrock:{REGION}:123456789012:knowledge-base/ABCDEF1234"


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", stubs.KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", stubs.SECRET)
    with stubs.serving_stub() as stub:
        yield stub


def service(stub, **more):
    setting = {"name": "s", "endpoint_url": stub.url, "seconds": 2.0} | more
    return msgspec.convert(setting, ServiceSetting).build({"SECRET": "hush"})


def opensearch(stub, **more):
    return service(stub, endpoint_url=None, opensearch=stub.url, index="faq", **more)


def asking(text="문은 언제 닫나요?", **more):
    return SearchRequest(question=text, locale="ko_KR", **more)


def test_a_document_without_an_id_has_the_number_of_its_passage():
    hit = service_hit(2, "아홉 시에 닫습니다.", document_id=None, confidence=0.5, language="ko")
    assert (hit.document_id, hit.locator, hit.link) == ("2", "2", None)


# --- Kendra ---------------------------------------------------------------------------


def test_kendra_is_asked_for_passages_in_the_locales_language(stub):
    stub.script(stubs.kendra_passages(("아홉 시에 닫습니다.", "HIGH"), ("수영장", "LOW")))
    first, second = service(stub, kendra=KENDRA).search(asking())
    (request,) = stub.requests
    sent = stubs.modelled("kendra", "Retrieve", json.loads(request[2]))
    assert request[1]["X-Amz-Target"] == "AWSKendraFrontendService.Retrieve"
    assert sent["IndexId"] == KENDRA.rpartition("/")[2]
    assert sent["AttributeFilter"]["EqualsTo"] == {
        "Key": "_language_code",
        "Value": {"StringValue": "ko"},
    }
    assert stubs.signed_for(request, stub.url, "kendra", REGION)
    assert (first.text, first.title, first.link) == (
        "아홉 시에 닫습니다.",
        "Page 1",
        "https://example.org/1.html",
    )
    assert first.confidence >= 0.5 > second.confidence


def test_an_english_locale_and_a_filter_of_ones_own_language_are_left_alone(stub):
    stub.script(stubs.kendra_passages())
    kendra = service(stub, kendra=KENDRA)
    kendra.search(SearchRequest(question="when?", locale="en_US"))
    own = {"EqualsTo": {"Key": "_language_code", "Value": {"StringValue": "ja"}}}
    kendra.search(asking(attribute_filter=own))
    other = {"EqualsTo": {"Key": "_category", "Value": {"StringValue": "faq"}}}
    kendra.search(asking(attribute_filter=other))
    plain, japanese, both = (json.loads(body) for _, _, body in stub.requests)
    assert "AttributeFilter" not in plain
    assert japanese["AttributeFilter"] == own
    assert both["AttributeFilter"]["AndAllFilters"][0] == other
    stubs.modelled("kendra", "Retrieve", both)


def test_kendras_response_to_a_query_is_kept_whole_as_json(stub):
    dated = {"Key": "_created_at", "Value": {"DateValue": 1_700_000_000.0}}
    item = stubs.kendra_item(1, "Nine.", DocumentAttributes=[])
    item["DocumentAttributes"] = [dated]
    stub.script({"QueryId": "q", "ResultItems": [item], "TotalNumberOfResults": 1})
    response = service(stub, kendra=KENDRA).query(asking("when?"))
    assert json.loads(json.dumps(response))["ResultItems"][0]["DocumentAttributes"] == [dated]


# --- a knowledge base -----------------------------------------------------------------


def test_a_knowledge_base_is_asked_for_passages(stub):
    stub.script(
        stubs.knowledge(
            ("아홉 시에 닫습니다.", 0.71, {"metadata": {"title": "안내"}}),
            ("  ", 0.6, {}),
            (
                "수영장",
                0.12,
                {"location": {"type": "WEB", "webLocation": {"url": "https://e.org/p"}}},
            ),
        )
    )
    first, second = service(stub, knowledge_base=BASE).search(asking())
    (request,) = stub.requests
    assert request[0] == "/knowledgebases/ABCDEF1234/retrieve"
    body = json.loads(request[2]) | {"knowledgeBaseId": "ABCDEF1234"}
    assert stubs.modelled("bedrock-agent-runtime", "Retrieve", body)["retrievalQuery"] == {
        "text": "문은 언제 닫나요?"
    }
    assert stubs.signed_for(request, stub.url, "bedrock", REGION)
    assert (first.title, first.link) == ("안내", "s3://base/1.pdf")
    assert (second.title, second.link) == ("p", "https://e.org/p")
    assert first.confidence >= 0.5 > second.confidence


def test_an_exact_answer_stands_in_the_metadata_of_a_knowledge_base(stub):
    stub.script(stubs.knowledge(("long text", 0.7, {"metadata": {"answer": "Nine."}})))
    (hit,) = service(stub, knowledge_base=BASE).search(asking(answer_field="answer"))
    assert hit.text == "Nine."


# --- OpenSearch -----------------------------------------------------------------------


def test_opensearch_is_searched_in_the_fields_that_are_named(stub):
    faq = {"q": "언제 닫나요?", "a": "아홉 시에 닫습니다.", "meta": {"url": "https://e.org/a"}}
    stub.script(stubs.opensearch_hits((3.2, faq), (0.2, {"a": "수영장"})))
    names = {"question_field": "q", "answer_field": "a", "link_field": "meta.url"}
    first, second = opensearch(stub, **names).search(asking())
    ((path, headers, body),) = stub.requests
    assert path == "/faq/_search"
    assert "Authorization" not in headers
    assert json.loads(body)["query"]["multi_match"]["fields"] == ["q", "a"]
    assert (first.question, first.text, first.link) == (
        "언제 닫나요?",
        "아홉 시에 닫습니다.",
        "https://e.org/a",
    )
    assert first.confidence >= 0.5 > second.confidence


def test_fields_that_a_bot_names_go_before_those_of_the_configuration(stub):
    stub.script(stubs.opensearch_hits((3.2, {"body": "Nine.", "also": ["a", "b"], "q": "x"})))
    (hit,) = opensearch(stub, answer_field=None, question_field="q").search(
        asking(fields=("body", "also"))
    )
    assert hit.text == "Nine.\na\nb"
    assert json.loads(stub.requests[0][2])["query"]["multi_match"]["fields"] == [
        "q",
        "body",
        "also",
    ]


def test_without_names_all_fields_are_searched_and_shown(stub):
    stub.script(stubs.opensearch_hits((3.2, {"x": "Nine.", "nested": {"y": "z"}})))
    (hit,) = opensearch(stub).search(asking())
    assert hit.text == "Nine."
    assert json.loads(stub.requests[0][2])["query"]["multi_match"]["fields"] == ["*"]


@pytest.mark.parametrize("name", ["es", "aoss"])
def test_requests_to_a_domain_of_aws_are_signed(stub, name):
    stub.script(stubs.opensearch_hits())
    assert opensearch(stub, sign=name, region=REGION).search(asking()) == []
    (request,) = stub.requests
    assert stubs.signed_for(request, stub.url, name, REGION)


def test_a_user_signs_in_with_the_password_of_a_variable(stub):
    stub.script(stubs.opensearch_hits())
    opensearch(stub, user="reader", password="SECRET").search(asking())
    assert stub.requests[0][1]["Authorization"] == "Basic cmVhZGVyOmh1c2g="


def test_nobody_is_followed_elsewhere(stub):
    stub.script((302, b"", 0))
    with pytest.raises(SearchFailed) as raised:
        opensearch(stub).search(asking())
    assert raised.value.reason == "refused"


# --- what goes wrong ------------------------------------------------------------------

AWS_ERRORS = [
    ("ThrottlingException", 400, "throttled"),
    ("ServiceQuotaExceededException", 402, "refused"),
    ("AccessDeniedException", 400, "refused"),
    ("ResourceNotFoundException", 400, "refused"),
    ("ValidationException", 400, "refused"),
    ("InternalServerException", 500, "failed"),
    ("UnrecognizedClientException", 400, "refused"),
    ("DependencyFailedException", 424, "refused"),
]


@pytest.mark.parametrize(("code", "status", "reason"), AWS_ERRORS)
@pytest.mark.parametrize("kind", [{"kendra": KENDRA}, {"knowledge_base": BASE}])
def test_errors_of_aws_are_named(stub, kind, code, status, reason):
    stub.script((status, {"__type": code, "message": "why"}, 0))
    with pytest.raises(SearchFailed, match=code) as raised:
        service(stub, **kind).search(asking())
    assert raised.value.reason == reason
    assert len(stub.requests) == 1


OPENSEARCH_ERRORS = [
    (stubs.opensearch_error(404, "index_not_found_exception", "no such index [faq]"), "refused"),
    (stubs.opensearch_error(400, "parsing_exception", "unknown query"), "refused"),
    (stubs.opensearch_error(429, "rejected_execution_exception", "queue is full"), "throttled"),
    (stubs.opensearch_error(503, "cluster_block_exception", "no master"), "failed"),
    ((403, {"message": "User: anonymous is not authorized"}, 0), "refused"),
    ((502, b"<html>Bad Gateway</html>", 0), "failed"),
    ((200, b"<html>Sign in</html>", 0), "failed"),
    ((200, {"hits": []}, 0), "failed"),
    ((200, [], 0), "failed"),
]


@pytest.mark.parametrize(("reply", "reason"), OPENSEARCH_ERRORS)
def test_errors_of_opensearch_are_named(stub, reply, reason):
    stub.script(reply)
    with pytest.raises(SearchFailed) as raised:
        opensearch(stub).search(asking())
    assert raised.value.reason == reason


KINDS = ["kendra", "knowledge_base", "opensearch"]


def built(stub, kind, **more):
    if kind == "opensearch":
        return opensearch(stub, **more)
    return service(stub, **{kind: KENDRA if kind == "kendra" else BASE}, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_that_does_not_answer_costs_its_seconds(stub, kind):
    stub.script((200, {}, 3))
    with pytest.raises(SearchFailed) as raised:
        built(stub, kind, seconds=0.3).search(asking())
    assert raised.value.reason == "timed out"


@pytest.mark.parametrize("kind", KINDS)
def test_a_service_that_is_not_there_is_unreachable(kind):
    with stubs.serving_stub() as gone:
        pass
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", stubs.KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", stubs.SECRET)
        with pytest.raises(SearchFailed) as raised:
            built(gone, kind).search(asking())
    assert raised.value.reason == "unreachable"


@pytest.mark.parametrize("kind", ["kendra", "knowledge_base"])
def test_without_credentials_it_says_so(stub, kind, monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(SearchFailed, match="credentials") as raised:
        built(stub, kind).search(asking())
    assert raised.value.reason == "refused"


# --- settings -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({}, "exactly one"),
        ({"kendra": KENDRA, "knowledge_base": BASE}, "exactly one"),
        ({"kendra": "my-index"}, "kendra is not"),
        ({"knowledge_base": "my base"}, "knowledge_base is not"),
        ({"opensearch": "https://user:pass@host", "index": "faq"}, "opensearch is not"),
        ({"opensearch": "ftp://host", "index": "faq"}, "opensearch is not"),
        ({"opensearch": "https://host"}, "needs an index"),
        ({"opensearch": "https://host", "index": "faq", "user": "me"}, "go together"),
        ({"opensearch": "https://host", "index": "faq", "sign": "es"}, "needs a region"),
        ({"kendra": KENDRA, "colour": "red"}, "colour"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(members, why):
    with pytest.raises(msgspec.ValidationError, match=why):
        msgspec.convert({"name": "s"} | members, ServiceSetting)


def test_what_a_service_needs_is_missed_at_the_start(monkeypatch):
    host = {"name": "s", "opensearch": "https://host", "index": "faq"}
    setting = msgspec.convert(host | {"user": "me", "password": "UNSET"}, ServiceSetting)
    with pytest.raises(ServiceMisconfigured, match="UNSET is not set"):
        setting.build({})
    monkeypatch.setattr("daehwa.documents.services.aws_client.find_spec", lambda _: None)
    msgspec.convert(host, ServiceSetting).build({})  # a server of one's own needs no boto3
    with pytest.raises(ServiceMisconfigured, match="-m pip install boto3"):
        msgspec.convert({"name": "s", "kendra": KENDRA}, ServiceSetting).build({})


def test_a_search_intent_names_a_service_as_its_export_has_it():
    def named(configuration, **members):
        return msgspec.convert({"name": "s"} | members, ServiceSetting).is_named_by(configuration)

    def source(kind, **members):
        return {"dataSourceConfiguration": {kind: members}}

    domain = {"domainEndpoint": "https://search.example/", "indexName": "faq"}
    assert named({"kendraIndex": KENDRA}, kendra=KENDRA)
    assert named(source("kendraConfiguration", kendraIndex=KENDRA), kendra=KENDRA)
    assert not named({"kendraIndex": KENDRA + "0"}, kendra=KENDRA)
    store = source("bedrockKnowledgeStoreConfiguration", bedrockKnowledgeBaseArn=BASE)
    assert named(store, knowledge_base=BASE)
    assert named(store, knowledge_base="ABCDEF1234")
    assert named(
        source("opensearchConfiguration", **domain),
        opensearch="https://search.example",
        index="faq",
    )
    assert not named(
        source("opensearchConfiguration", **domain), opensearch="https://search.example", index="x"
    )
    assert not named({}, knowledge_base=BASE)
    assert not named({}, opensearch="https://search.example", index="faq")
