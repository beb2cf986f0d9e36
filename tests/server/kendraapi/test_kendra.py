"""Kendra's API by its own client and its own service model, over a server of this program."""

import json
import uuid

import boto3
import msgspec
import pytest
import wiremodel
from asgi import call
from botocore.config import Config
from botocore.exceptions import ClientError
from scripted import KEYS, ScriptedRuntime

from daehwa import documents
from daehwa.documents.kendra.query_ids import new_query_id
from daehwa.server import ServerSettings, doors

KEY_ID, SECRET = next(iter(KEYS.items()))
INDEX = documents.INDEX_ID
POOL = "The pool is heated. It closes at nine at night."
PETS = "# 반려동물\n\n이동장에 넣은 작은 동물은 함께 들어올 수 있습니다."


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("kendra")


@pytest.fixture(scope="module")
def kendra(launch, data):
    """boto3's client, its requests signed, of a server that checks signatures."""
    address = launch(SCRIPTED_DATA=str(data), DAEHWA_ACCESS_KEYS=f"{KEY_ID}:{SECRET}")
    client = boto3.client(
        "kendra",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}),
    )
    client.batch_put_document(
        IndexId=INDEX,
        Documents=[
            {
                "Id": "pool",
                "Title": "Pool rules",
                "Blob": POOL.encode(),
                "ContentType": "PLAIN_TEXT",
                "Attributes": [
                    {"Key": "_source_uri", "Value": {"StringValue": "https://example.com/pool"}},
                    {"Key": "year", "Value": {"LongValue": 2026}},
                    {"Key": "tags", "Value": {"StringListValue": ["water", "sport"]}},
                ],
            },
            {"Id": "pets", "Title": "Pets", "Blob": PETS.encode(), "ContentType": "MD"},
            {
                "Id": "faq",
                "Title": "FAQ",
                "Blob": b"question,answer\nWhen is breakfast?,From seven to ten.\n",
                "ContentType": "CSV",
                "Attributes": [{"Key": "year", "Value": {"LongValue": 2020}}],
            },
            {"Id": "broken", "Blob": b"%PDF-1.4 no more", "ContentType": "PDF"},
        ],
    )
    return client


def query(kendra, text, **more):
    return kendra.query(IndexId=INDEX, QueryText=text, **more)["ResultItems"]


def equals(key, **value):
    return {"EqualsTo": {"Key": key, "Value": value}}


def test_list_indices_names_the_index(kendra):
    (index,) = kendra.list_indices()["IndexConfigurationSummaryItems"]
    assert (index["Id"], index["Status"]) == (INDEX, "ACTIVE")
    described = kendra.describe_index(Id=INDEX)
    statistics = described["IndexStatistics"]
    assert statistics["TextDocumentStatistics"]["IndexedTextDocumentsCount"] == 3
    assert statistics["FaqStatistics"]["IndexedQuestionAnswersCount"] == 1
    assert {"year", "tags", "_language_code"} <= {
        one["Name"] for one in described["DocumentMetadataConfigurations"]
    }


def test_a_query_has_an_answer_and_documents_with_what_was_said_marked(kendra):
    items = query(kendra, "when does the pool close?")
    assert items[0]["Type"] == "ANSWER"
    answer = items[0]
    document = next(item for item in items if item["Type"] == "DOCUMENT")
    assert answer["DocumentId"] == "pool"
    assert answer["DocumentTitle"]["Text"] == "Pool rules"
    assert answer["DocumentURI"] == "https://example.com/pool"
    assert answer["ScoreAttributes"]["ScoreConfidence"] in {"VERY_HIGH", "HIGH", "MEDIUM"}
    top = [one for one in answer["DocumentExcerpt"]["Highlights"] if one["TopAnswer"]]
    assert top
    words = document["DocumentExcerpt"]
    marked = [words["Text"][one["BeginOffset"] : one["EndOffset"]] for one in words["Highlights"]]
    assert {"pool", "closes"} <= set(marked)


def test_a_question_that_was_answered_is_a_pair(kendra):
    (pair,) = query(kendra, "when is breakfast?", QueryResultTypeFilter="QUESTION_ANSWER")
    texts = {
        one["Key"]: one["Value"]["TextWithHighlightsValue"]["Text"]
        for one in pair["AdditionalAttributes"]
    }
    assert texts == {"QuestionText": "When is breakfast?", "AnswerText": "From seven to ten."}


def test_korean_and_english_find_each_other(kendra):
    assert query(kendra, "작은 동물과 같이 들어가도 되나요?")[0]["DocumentId"] == "pets"
    assert query(kendra, "수영장은 몇 시에 닫아요?")[0]["DocumentId"] == "pool"


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (equals("_language_code", StringValue="ko"), {"pets"}),
        (equals("_document_id", StringValue="faq"), {"faq"}),
        (equals("_language_code", StringValue="en"), {"pool", "faq"}),
        ({"NotFilter": equals("_language_code", StringValue="en")}, {"pets"}),
        ({"GreaterThan": {"Key": "year", "Value": {"LongValue": 2020}}}, {"pool"}),
        ({"GreaterThanOrEquals": {"Key": "year", "Value": {"LongValue": 2020}}}, {"pool", "faq"}),
        ({"LessThan": {"Key": "year", "Value": {"LongValue": 2021}}}, {"faq"}),
        ({"ContainsAny": {"Key": "tags", "Value": {"StringListValue": ["sport", "x"]}}}, {"pool"}),
        ({"ContainsAll": {"Key": "tags", "Value": {"StringListValue": ["sport", "x"]}}}, set()),
        (
            {
                "AndAllFilters": [
                    equals("_language_code", StringValue="en"),
                    equals("year", LongValue=2020),
                ]
            },
            {"faq"},
        ),
        (
            {
                "OrAllFilters": [
                    equals("_language_code", StringValue="ko"),
                    equals("year", LongValue=2020),
                ]
            },
            {"faq", "pets"},
        ),
    ],
)
def test_filters_choose_documents(kendra, chosen, found):
    browsed = kendra.query(IndexId=INDEX, AttributeFilter=chosen)
    assert {item["DocumentId"] for item in browsed["ResultItems"]} == found
    searched = query(kendra, "breakfast at the pool", AttributeFilter=chosen)
    assert {item["DocumentId"] for item in searched} <= found


def test_pages_sorting_facets_and_wanted_attributes(kendra):
    everything = {"NotFilter": equals("year", LongValue=1)}
    first = kendra.query(IndexId=INDEX, AttributeFilter=everything, PageSize=2)
    second = kendra.query(IndexId=INDEX, AttributeFilter=everything, PageSize=2, PageNumber=2)
    assert [len(page["ResultItems"]) for page in (first, second)] == [2, 1]
    assert first["TotalNumberOfResults"] == 3
    newest = kendra.query(
        IndexId=INDEX,
        AttributeFilter=everything,
        SortingConfiguration={"DocumentAttributeKey": "year", "SortOrder": "DESC"},
        RequestedDocumentAttributes=["year"],
        Facets=[
            {"DocumentAttributeKey": "tags", "Facets": [{"DocumentAttributeKey": "year"}]},
        ],
    )
    assert [item["DocumentId"] for item in newest["ResultItems"]] == ["pool", "faq", "pets"]
    assert newest["ResultItems"][0]["DocumentAttributes"] == [
        {"Key": "year", "Value": {"LongValue": 2026}}
    ]
    (facet,) = newest["FacetResults"]
    assert [pair["Count"] for pair in facet["DocumentAttributeValueCountPairs"]] == [1, 1]
    (nested,) = facet["DocumentAttributeValueCountPairs"][0]["FacetResults"]
    assert nested["DocumentAttributeValueCountPairs"] == [
        {"DocumentAttributeValue": {"LongValue": 2026}, "Count": 1}
    ]


@pytest.mark.parametrize(
    ("order", "found"), [("ASC", ["faq", "pets", "pool"]), ("DESC", ["pool", "pets", "faq"])]
)
def test_what_every_document_has_sorts_too(kendra, order, found):
    items = kendra.query(
        IndexId=INDEX,
        AttributeFilter={"NotFilter": equals("year", LongValue=1)},
        SortingConfiguration={"DocumentAttributeKey": "_document_title", "SortOrder": order},
    )["ResultItems"]
    assert [item["DocumentId"] for item in items] == found


def test_what_is_a_number_here_and_a_text_there_is_sorted_by_its_kind(kendra):
    kendra.batch_put_document(
        IndexId=INDEX,
        Documents=[
            {
                "Id": "sauna",
                "Blob": b"The sauna is hot.",
                "Attributes": [{"Key": "year", "Value": {"StringValue": "soon"}}],
            }
        ],
    )
    items = query(
        kendra,
        "when does the pool close?",
        SortingConfiguration={"DocumentAttributeKey": "year", "SortOrder": "ASC"},
    )
    kendra.batch_delete_document(IndexId=INDEX, DocumentIdList=["sauna"])
    found = list(dict.fromkeys(item["DocumentId"] for item in items))
    assert found[:2] == ["pool", "sauna"]


def test_retrieve_returns_passages_whole(kendra):
    found = kendra.retrieve(IndexId=INDEX, QueryText="when does the pool close?", PageSize=1000)
    assert found["ResultItems"][0]["Content"] == POOL
    # "This doesn't include question-answer or FAQ type responses from your index."
    asked = kendra.retrieve(IndexId=INDEX, QueryText="When is breakfast?")["ResultItems"]
    assert "faq" not in {one["DocumentId"] for one in asked}
    with pytest.raises(kendra.exceptions.ValidationException, match="QueryText"):
        kendra.retrieve(IndexId=INDEX, QueryText="  ")


def test_suggestions_begin_with_what_was_typed(kendra):
    suggestions = kendra.get_query_suggestions(IndexId=INDEX, QueryText="break")["Suggestions"]
    text = suggestions[0]["Value"]["Text"]
    assert text["Text"] == "When is breakfast?"
    mark = text["Highlights"][0]
    assert text["Text"][mark["BeginOffset"] : mark["EndOffset"]] == "break"

    assert not kendra.get_query_suggestions(IndexId=INDEX, QueryText="b")["Suggestions"]
    with pytest.raises(kendra.exceptions.ValidationException, match="MaxSuggestionsCount"):
        kendra.get_query_suggestions(IndexId=INDEX, QueryText="break", MaxSuggestionsCount=0)


def test_suggestions_of_attributes_name_their_documents(kendra):
    def suggested(typed, **config):
        return kendra.get_query_suggestions(
            IndexId=INDEX,
            QueryText=typed,
            SuggestionTypes=["DOCUMENT_ATTRIBUTES"],
            AttributeSuggestionsConfig=config,
        )["Suggestions"]

    (water,) = suggested(
        "wat", SuggestionAttributes=["tags"], AdditionalResponseAttributes=["year", "color"]
    )
    assert water["Value"]["Text"]["Text"] == "water"
    assert water["SourceDocuments"] == [
        {
            "DocumentId": "pool",
            "SuggestionAttributes": ["tags"],
            "AdditionalAttributes": [{"Key": "year", "Value": {"LongValue": 2026}}],
        }
    ]
    titles = suggested("pool", SuggestionAttributes=["_document_title"])
    assert [one["Value"]["Text"]["Text"] for one in titles] == ["Pool rules"]
    assert not suggested("wat", AttributeFilter=equals("year", LongValue=2020))
    for types in (["QUERY"], ["QUERY", "DOCUMENT_ATTRIBUTES"]):
        with pytest.raises(kendra.exceptions.ValidationException, match="DOCUMENT_ATTRIBUTES"):
            kendra.get_query_suggestions(
                IndexId=INDEX,
                QueryText="wat",
                SuggestionTypes=types,
                AttributeSuggestionsConfig={"SuggestionAttributes": ["tags"]},
            )


def test_feedback_names_a_query_and_its_results(kendra):
    answer = kendra.query(IndexId=INDEX, QueryText="pool")
    result = answer["ResultItems"][0]["Id"]

    def send(query_id, *results):
        items = [{"ResultId": one, "RelevanceValue": "RELEVANT"} for one in results]
        more = {"RelevanceFeedbackItems": items} if items else {}
        kendra.submit_feedback(IndexId=INDEX, QueryId=query_id, **more)

    send(answer["QueryId"])
    send(answer["QueryId"], result)
    # Another process of the same server may have answered.
    send(new_query_id())
    for query_id, results in (
        (str(uuid.uuid4()), ()),
        (answer["QueryId"], ("x",)),
        (answer["QueryId"], (result, f"{uuid.uuid4()}-{'0' * 36}")),
    ):
        with pytest.raises(kendra.exceptions.ResourceNotFoundException):
            send(query_id, *results)


def test_documents_have_a_state_and_can_be_deleted(kendra):
    def states(*ids):
        listed = kendra.batch_get_document_status(
            IndexId=INDEX, DocumentInfoList=[{"DocumentId": one} for one in ids]
        )
        return {one["DocumentId"]: one["DocumentStatus"] for one in listed["DocumentStatusList"]}

    kendra.batch_put_document(
        IndexId=INDEX, Documents=[{"Id": "lamp", "Blob": b"The lantern burns oil."}]
    )
    assert states("lamp", "broken", "nowhere") == {
        "lamp": "INDEXED",
        "broken": "FAILED",
        "nowhere": "NOT_FOUND",
    }
    kendra.batch_delete_document(IndexId=INDEX, DocumentIdList=["lamp"])
    assert states("lamp") == {"lamp": "NOT_FOUND"}


def test_what_is_not_supported_is_refused_by_name(kendra):
    put = kendra.batch_put_document(
        IndexId=INDEX,
        Documents=[
            {"Id": "s3", "S3Path": {"Bucket": "bucket", "Key": "key"}},
            {"Id": "slides", "Blob": b"x", "ContentType": "PPT"},
            {
                "Id": "secret",
                "Blob": b"x",
                "AccessControlList": [{"Name": "kim", "Type": "USER", "Access": "ALLOW"}],
            },
        ],
    )
    assert [one["ErrorCode"] for one in put["FailedDocuments"]] == ["InvalidRequest"] * 3
    with pytest.raises(kendra.exceptions.ValidationException, match="CollapseConfiguration"):
        query(kendra, "pool", CollapseConfiguration={"DocumentAttributeKey": "year"})


@pytest.mark.parametrize(
    ("members", "code", "message"),
    [
        ({"IndexId": str(uuid.uuid4()), "QueryText": "x"}, "ResourceNotFoundException", "exist"),
        ({"IndexId": INDEX}, "ValidationException", "QueryText or an AttributeFilter"),
        ({"IndexId": INDEX, "QueryText": "x", "PageSize": 0}, "ValidationException", "PageSize"),
        (
            {"IndexId": INDEX, "QueryText": "x", "AttributeFilter": {}},
            "ValidationException",
            "exactly one",
        ),
        (
            {
                "IndexId": INDEX,
                "QueryText": "x",
                "AttributeFilter": {
                    "GreaterThan": {"Key": "year", "Value": {"StringValue": "2020"}}
                },
            },
            "ValidationException",
            "order",
        ),
    ],
)
def test_errors_are_modelled(kendra, members, code, message):
    with pytest.raises(ClientError, match=message) as caught:
        kendra.query(**members)
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_requests_are_signed_where_the_server_wants_it(kendra):
    other = boto3.client(
        "kendra",
        endpoint_url=kendra.meta.endpoint_url,
        region_name="us-east-1",
        aws_access_key_id=KEY_ID,
        aws_secret_access_key="wrong",
    )
    with pytest.raises(other.exceptions.AccessDeniedException):
        other.list_indices()


class TestOnTheWire:
    """What no client sends or shows."""

    @pytest.fixture
    def app(self, data, kendra):
        runtime = ScriptedRuntime()
        runtime.kendra = documents.KendraIndex(data)
        yield doors(runtime, ServerSettings())
        runtime.kendra.close()

    @staticmethod
    async def send(app, name, members):
        body = members if isinstance(members, bytes) else msgspec.json.encode(members)
        headers = {"x-amz-target": f"AWSKendraFrontendService.{name}"}
        return await call(app, "POST", "/", body, headers)

    @pytest.mark.parametrize(
        ("name", "members"),
        [
            ("Query", {"IndexId": INDEX, "QueryText": "when does the pool close?"}),
            (
                "Query",
                {
                    "IndexId": INDEX,
                    "QueryText": "체크인",
                    "Facets": [{"DocumentAttributeKey": "year"}],
                },
            ),
            ("Retrieve", {"IndexId": INDEX, "QueryText": "breakfast"}),
            ("GetQuerySuggestions", {"IndexId": INDEX, "QueryText": "break"}),
            ("ListIndices", {}),
            ("DescribeIndex", {"Id": INDEX}),
            ("BatchPutDocument", {"IndexId": INDEX, "Documents": [{"Id": "s3"}]}),
            ("BatchDeleteDocument", {"IndexId": INDEX, "DocumentIdList": ["nowhere"]}),
            (
                "BatchGetDocumentStatus",
                {"IndexId": INDEX, "DocumentInfoList": [{"DocumentId": "broken"}]},
            ),
        ],
    )
    async def test_responses_are_what_the_service_model_says(self, app, name, members):
        answer = await self.send(app, name, members)
        assert answer.status == 200, answer.body
        model = wiremodel.service_model("kendra").operation_model(name)
        assert list(wiremodel.faults(model.output_shape, answer.json)) == []

    async def test_what_breaks_the_model_is_described_in_the_services_words(self, app):
        answer = await self.send(app, "Query", {"IndexId": "short", "PageSize": "two"})
        assert answer.status == 400
        assert answer.json["__type"] == "ValidationException"
        assert "2 validation errors detected" in answer.json["message"]
        assert "Value 'short' at 'IndexId'" in answer.json["message"]

    @pytest.mark.parametrize("body", [b"{", b"[]", b'{"IndexId": ' + b"[" * 5000])
    async def test_what_is_no_request_is_refused(self, app, body):
        answer = await self.send(app, "Query", body)
        assert (answer.status, answer.json["__type"]) == (400, "ValidationException")

    @pytest.mark.parametrize("name", ["CreateIndex", "Nonsense"])
    async def test_other_operations_are_unknown_here(self, app, name):
        answer = await self.send(app, name, {})
        assert (answer.status, answer.json["__type"]) == (400, "UnknownOperationException")

    async def test_a_blob_is_in_base_64(self, app):
        one = {"Id": "odd", "Blob": "no base 64!"}
        answer = await self.send(app, "BatchPutDocument", {"IndexId": INDEX, "Documents": [one]})
        (failed,) = json.loads(answer.body)["FailedDocuments"]
        assert "base 64" in failed["ErrorMessage"]

    async def test_documents_are_put_only_where_bots_may_be_made(self, data, kendra):
        runtime = ScriptedRuntime()
        runtime.kendra = documents.KendraIndex(data)
        app = doors(runtime, ServerSettings(refusal="Nobody may build here"))
        members = {"IndexId": INDEX, "DocumentIdList": ["pool"]}
        answer = await self.send(app, "BatchDeleteDocument", members)
        assert answer.json["__type"] == "AccessDeniedException"
        assert (await self.send(app, "ListIndices", {})).status == 200
        runtime.kendra.close()
