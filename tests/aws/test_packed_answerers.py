"""What was packed of ``daehwa.toml`` decides who answers on AWS, as the file does at home."""

import json

import pytest

from daehwa.answers.testing import Fail, Say, StubOpenAI
from daehwa.aws import chatgpt, chatgpt_stream, hook, packed_answerers
from daehwa.aws.packed_answerers import PackedAnswerers
from daehwa.aws.reply import SOURCES

from .bedrock import StubBedrock
from .loopback import OneAnswer
from .test_fallback import EVENT

LOCALE = EVENT["bot"]["localeId"]
KNOWLEDGE = "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678"
INDEX = "arn:aws:kendra:us-east-1:123456789012:index/0f1e2d3c-aaaa-bbbb-cccc-0123456789ab"


@pytest.fixture
def upstreams():
    with StubOpenAI(key="key-a").in_thread() as one, StubOpenAI(key=None).in_thread() as other:
        yield one, other


@pytest.fixture
def environ(tmp_path, monkeypatch):
    """The function's environment, with no key in it and nothing kept from before."""
    for name in ("OPENAI_API_KEY", "OPENAI_API_KEY_SECRET_ARN", "OPENAI_BASE_URL", "OPENAI_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-real-secret")
    packed_answerers._kept.clear()
    yield monkeypatch
    packed_answerers._kept.clear()


@pytest.fixture
def pack(environ, tmp_path):
    """Writes what the deployment would pack."""

    def write(order, *, system=None, **packed):
        locale = {"order": order, "system": system, "abilities": ["Order a book"]}
        content = {"bot": "Shop", "locales": {LOCALE: locale}, **packed}
        path = tmp_path / "answers.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        environ.setenv("ANSWERS_FILE", str(path))
        environ.setenv("KEY_A", "key-a")

    return write


@pytest.fixture
def service():
    made = []

    def make(answer, status=200):
        made.append(OneAnswer(answer, status))
        return made[-1]

    yield make
    for one in made:
        one.close()


def table(name, stub, **members):
    return {"name": name, "base_url": stub.base_url, "model": f"model-{name}", **members}


def answered(response):
    return response["messages"][0]["content"], response["requestAttributes"]["daehwa:source"]


def test_the_how_tos_parameters_reach_the_model(pack, upstreams):
    """Temperature, length and penalties of the how-to's completion, and its model's name."""
    one, _ = upstreams
    sampling = {"temperature": 0, "top_p": 1, "frequency_penalty": 0.5, "presence_penalty": 0.1}
    models = {"gpt": table("gpt", one, key="KEY_A", max_tokens=2000, sampling=sampling)}
    models["gpt"]["model"] = "gpt-3.5-turbo"
    pack(["gpt"], system="You answer for {bot}. {abilities}", models=models)
    one.script(Say("네."))
    assert answered(chatgpt.lambda_handler(EVENT)) == ("네.", "chatgpt")
    (request,) = one.requests
    sent = request.body
    assert {name: sent[name] for name in sampling} == sampling
    assert (sent["max_tokens"], sent["model"]) == (2000, "gpt-3.5-turbo")
    assert request.contents[0] == "You answer for Shop. - Order a book"


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (
            "max_tokens",
            (
                "Unsupported parameter: 'max_tokens' is not supported with this model. "
                "Use 'max_completion_tokens' instead."
            ),
        ),
        (
            "temperature",
            (
                "Unsupported value: 'temperature' does not support 0 with this model. "
                "Only the default (1) value is supported."
            ),
        ),
    ],
)
def test_what_a_model_does_not_take_is_sent_otherwise_from_then_on(
    pack, upstreams, refused, message
):
    """o3 and GPT-5 know no ``max_tokens``, and but one temperature."""
    one, _ = upstreams
    sampling = {"temperature": 0}
    models = {"gpt": table("gpt", one, key="KEY_A", max_tokens=777, sampling=sampling)}
    pack(["gpt"], models=models)
    one.script(Fail(400, "unsupported_parameter", message, refused), Say("네."), Say("또요."))
    assert answered(chatgpt.lambda_handler(EVENT)) == ("네.", "chatgpt")
    assert answered(chatgpt.lambda_handler(EVENT)) == ("또요.", "chatgpt")
    first, again, later = (request.body for request in one.requests)
    assert refused in first
    assert refused not in again | later
    if refused == "max_tokens":
        assert again["max_completion_tokens"] == later["max_completion_tokens"] == 777


def test_chatgpts_table_holds_where_the_environment_says_nothing(pack, upstreams, environ):
    one, _ = upstreams
    table_ = {"base_url": one.base_url, "model": "of-the-file", "temperature": 0.25}
    pack(["chatgpt"], openai=table_ | {"sampling": {"top_p": 0.5}})
    environ.setenv("OPENAI_API_KEY", "key-a")
    environ.setenv("OPENAI_MODEL", "of-the-environment")
    one.script(Say("네."))
    chatgpt.lambda_handler(EVENT)
    sent = one.requests[0].body
    assert (sent["model"], sent["temperature"], sent["top_p"]) == ("of-the-environment", 0.25, 0.5)


def test_the_next_one_answers_where_one_fails(pack, upstreams):
    one, other = upstreams
    models = {"a": table("a", one, key="KEY_A"), "b": table("b", other)}
    pack(["a", "b"], models=models)
    one.script(Fail(500))
    other.script(Say("둘째입니다."))
    assert answered(chatgpt.lambda_handler(EVENT))[0] == "둘째입니다."
    assert len(one.requests) == 1, "who has another behind is not asked twice"


def test_a_key_that_is_missing_is_the_first_ones_error(pack, upstreams):
    one, other = upstreams
    models = {"a": table("a", one, key="NOT_SET"), "b": table("b", other)}
    pack(["a", "b"], models=models)
    other.script(Fail(400))
    response = chatgpt.lambda_handler(EVENT)
    assert response["requestAttributes"]["daehwa:error"] == "key_missing"


def test_a_key_that_is_put_into_the_secret_later_is_read(pack, upstreams, environ):
    """The first deployment has none; the function may be warm when it comes."""
    one, _ = upstreams
    environ.setenv("OPENAI_API_KEY_SECRET_ARN", "arn:aws:secretsmanager:us-east-1:1:secret:x")
    held = {"KEY_B": ""}
    environ.setattr(packed_answerers, "read_secret", lambda _: json.dumps(held))
    pack(["a"], models={"a": table("a", one, key="KEY_B")})
    response = chatgpt.lambda_handler(EVENT)
    assert response["requestAttributes"]["daehwa:error"] == "key_missing"
    held["KEY_B"] = "key-a"
    assert answered(chatgpt.lambda_handler(EVENT))[1] == "chatgpt"


def test_a_stream_goes_on_to_the_next_one_too(pack, upstreams):
    one, other = upstreams
    pack(["a", "b"], models={"a": table("a", one, key="KEY_A"), "b": table("b", other)})
    one.script(Fail(500))
    other.script(Say("둘째입니다."))
    question = _question()
    *pieces, answer = [piece for piece in chatgpt_stream.stream(question) if piece is not None]
    assert "".join(pieces) == answer.text == "둘째입니다."


def _question(text="대한민국의 수도는?"):
    from daehwa.answers import Question

    return Question(text=text, locale=LOCALE)


def test_where_nobody_answers_the_bot_goes_on(pack, environ):
    pack([])
    event = {**EVENT, "requestAttributes": {"daehwa:later": "wished"}}
    response = hook.lambda_handler(event)
    assert response["sessionState"]["dialogAction"]["type"] == "Delegate"
    assert "requestAttributes" not in response


def test_numbers_of_people_stay_here(pack, upstreams):
    _, other = upstreams
    pack(["b"], models={"b": table("b", other)}, redact=True)
    other.script(Say("네."))
    event = {**EVENT, "inputTranscript": "제 번호는 010-1234-5678 입니다"}
    chatgpt.lambda_handler(event)
    assert other.requests[0].contents[-1] == "제 번호는 [phone] 입니다"


def test_requests_to_bedrock_are_signed_by_the_role_and_name_the_guardrail(pack, upstreams):
    _, other = upstreams
    made = table("bedrock", other, sign="bedrock", region="us-west-2", guardrail="gr-abc:2")
    pack(["bedrock"], models={"bedrock": made})
    other.script(Say("네."))
    chatgpt.lambda_handler(EVENT)
    headers = {name.lower(): value for name, value in other.requests[0].headers.items()}
    assert "/us-west-2/bedrock/aws4_request" in headers["authorization"]
    assert headers["x-amzn-bedrock-guardrailidentifier"] == "gr-abc"
    assert headers["x-amzn-bedrock-guardrailversion"] == "2"
    assert "x-amzn-bedrock-guardrailidentifier" in headers["authorization"], "it is signed, too"


@pytest.fixture
def bedrock():
    stub = StubBedrock()
    yield stub
    stub.close()


@pytest.fixture
def converse(pack, bedrock):
    """The function's configuration with a model that is asked over the Converse API."""
    made = {"name": "claude", "model": "anthropic.claude-v1:0", "base_url": bedrock.url}
    made |= {"api": "converse", "sign": "bedrock", "region": "us-west-2", "guardrail": "gr-abc:2"}
    pack(["claude"], models={"claude": made})


def test_converse_is_asked_by_the_role_with_the_guardrail(converse, bedrock):
    response = chatgpt.lambda_handler(EVENT)
    assert answered(response) == (bedrock.text, "chatgpt")
    (sent,) = bedrock.requests
    assert "/us-west-2/bedrock/aws4_request" in sent.header("authorization")
    assert sent.json["guardrailConfig"]["guardrailVersion"] == "2"


def test_converse_streams_where_the_function_does(converse, bedrock):
    pieces = [piece for piece in chatgpt_stream.stream(_question()) if piece is not None]
    assert len(pieces) > 2
    assert "".join(pieces[:-1]) == pieces[-1].text == bedrock.text
    assert bedrock.requests[0].path.endswith("/converse-stream")


def test_bedrock_is_where_the_region_says(environ):
    packed = {"models": {"b": {"name": "b", "model": "openai.gpt-oss", "sign": "bedrock"}}}
    upstream = PackedAnswerers(packed, {"AWS_REGION": "ap-northeast-2"}).upstream("b")
    address = "https://bedrock-runtime.ap-northeast-2.amazonaws.com/openai/v1"
    assert upstream.endpoint.base_url == address


RETRIEVED = {
    "retrievalResults": [
        {
            "content": {"text": "체크인은 오후 3시입니다."},
            "score": 0.9,
            "location": {"webLocation": {"url": "https://stay.example/faq"}},
            "metadata": {"title": "자주 묻는 질문"},
        },
        {"content": {"text": "상관없는 글"}, "score": 0.01, "location": {}, "metadata": {}},
    ]
}


def search(arn_member, arn, **more):
    return [{"name": "kb", arn_member: arn, "locale": "*", "seconds": 4.0, **more}]


def test_a_model_composes_from_a_knowledge_base(pack, upstreams, environ, service):
    """Bedrock's Retrieve, as botocore's model has it; the passages stand in the person's turn."""
    _, other = upstreams
    bedrock = service(RETRIEVED)
    environ.setenv("AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME", bedrock.url)
    pack(
        ["document", "b"],
        models={"b": table("b", other)},
        documents={"composer": "b"},
        searches=search("knowledge_base", KNOWLEDGE),
    )
    other.script(Say("오후 3시입니다 [1]."))
    words = "체크인은 몇 시부터 할 수 있나요?"
    response = chatgpt.lambda_handler({**EVENT, "inputTranscript": words})
    assert answered(response) == ("오후 3시입니다 [1].", "document")
    sent = bedrock.requests[0]
    assert sent.path == "/knowledgebases/KB12345678/retrieve"
    assert "/us-east-1/bedrock/aws4_request" in sent.header("authorization")
    assert sent.json["retrievalQuery"] == {"text": words}
    contents = other.requests[0].contents
    assert "passages of the team's own documents" in contents[0]
    assert "체크인은 오후 3시입니다." in contents[-1]
    assert "상관없는 글" not in contents[-1]
    (source,) = json.loads(response["requestAttributes"][SOURCES])
    assert source == [1, "자주 묻는 질문", "https://stay.example/faq", None]


def test_without_a_model_the_passage_is_the_answer(pack, environ, service):
    environ.setenv("AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME", service(RETRIEVED).url)
    pack(["document"], searches=search("knowledge_base", KNOWLEDGE))
    response = chatgpt.lambda_handler(EVENT)
    assert answered(response) == ("체크인은 오후 3시입니다.", "document")


def test_documents_have_a_model_an_address_and_a_confidence_of_their_own(
    pack, upstreams, environ, service
):
    """``[document]`` goes before what else answers; confidence 0 believes every passage."""
    _, other = upstreams
    unlikely = {"retrievalResults": RETRIEVED["retrievalResults"][1:]}
    environ.setenv("AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME", service(unlikely).url)
    environ.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    own = {"composer": "document", "model": "writer", "base_url": other.base_url, "confidence": 0}
    pack(["document"], documents=own, searches=search("knowledge_base", KNOWLEDGE))
    other.script(Say("상관없습니다 [1]."))
    assert answered(chatgpt.lambda_handler(EVENT)) == ("상관없습니다 [1].", "document")
    assert other.requests[0].body["model"] == "writer"


def test_what_documents_compose_counts_in_their_own_budget(pack, upstreams, environ, service):
    """As at home: the model that composes keeps its own, and the passage stands in for it."""
    _, other = upstreams
    environ.setenv("AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME", service(RETRIEVED).url)
    pack(
        ["document"],
        models={"b": table("b", other)},
        documents={"composer": "b"},
        searches=search("knowledge_base", KNOWLEDGE),
    )
    counted = []

    class Spent:
        def take(self, answerer):
            return counted.append(answerer)

    answerers = packed_answerers.kept_answerers()
    environ.setattr(answerers, "budget", Spent())
    response = chatgpt.lambda_handler(EVENT)
    assert answered(response) == ("체크인은 오후 3시입니다.", "document")
    assert (counted, other.requests) == (["document"], [])


def test_what_no_passage_answers_is_left_to_the_next(pack, upstreams, environ, service):
    _, other = upstreams
    environ.setenv("AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME", service({"retrievalResults": []}).url)
    pack(
        ["document", "b"],
        models={"b": table("b", other)},
        searches=search("knowledge_base", KNOWLEDGE),
    )
    other.script(Say("서울입니다."))
    assert answered(chatgpt.lambda_handler(EVENT)) == ("서울입니다.", "chatgpt")


def test_a_service_that_fails_is_in_the_log_and_the_next_one_answers(
    pack, upstreams, environ, service, capsys
):
    _, other = upstreams
    refused = service({"message": "no"}, status=403)
    environ.setenv("AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME", refused.url)
    pack(
        ["document", "b"],
        models={"b": table("b", other)},
        searches=search("knowledge_base", KNOWLEDGE),
    )
    other.script(Say("서울입니다."))
    assert answered(chatgpt.lambda_handler(EVENT))[0] == "서울입니다."
    line = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (line["event"], line["search"]) == ("document_search_failed", "kb")
    assert EVENT["inputTranscript"] not in line["error"]


@pytest.mark.parametrize(
    ("member", "arn", "answer"),
    [
        ("kendra", INDEX, b"[]"),
        ("kendra", INDEX, b'{"ResultItems": {"a": 1}}'),
        ("kendra", INDEX, b'{"ResultItems": ["a passage"]}'),
        ("kendra", INDEX, b'{"ResultItems": [{"Content": 5}]}'),
        ("kendra", INDEX, b'{"ResultItems": [{"Content": "a", "DocumentURI": 7}]}'),
        ("knowledge_base", KNOWLEDGE, b"<html>"),
        ("knowledge_base", KNOWLEDGE, b'{"retrievalResults": [null]}'),
        ("knowledge_base", KNOWLEDGE, b'{"retrievalResults": [{"content": "a"}]}'),
        (
            "knowledge_base",
            KNOWLEDGE,
            b'{"retrievalResults": [{"content": {"text": "a"}, "score": "high"}]}',
        ),
        (
            "knowledge_base",
            KNOWLEDGE,
            b'{"retrievalResults": [{"content": {"text": "a"}, "score": NaN}]}',
        ),
    ],
)
def test_a_search_that_answers_nonsense_is_as_one_that_fails(  # noqa: PLR0917 - fixtures
    pack, upstreams, environ, service, member, arn, answer
):
    _, other = upstreams
    environ.setenv("AWS_ENDPOINT_URL", service(answer).url)
    pack(["document", "b"], models={"b": table("b", other)}, searches=search(member, arn))
    other.script(Say("서울입니다."))
    assert answered(chatgpt.lambda_handler(EVENT)) == ("서울입니다.", "chatgpt")


def test_kendra_is_searched_in_the_locales_language(pack, environ, service):
    item = {
        "Content": "3시부터입니다.",
        "DocumentTitle": "안내",
        "DocumentURI": "s3://bucket/guide.pdf",
        "ScoreAttributes": {"ScoreConfidence": "VERY_HIGH"},
    }
    kendra = service({"ResultItems": [item]})
    environ.setenv("AWS_ENDPOINT_URL_KENDRA", kendra.url)
    pack(["document"], searches=search("kendra", INDEX))
    response = chatgpt.lambda_handler(EVENT)
    assert answered(response) == ("3시부터입니다.", "document")
    sent = kendra.requests[0]
    assert sent.header("x-amz-target") == "AWSKendraFrontendService.Retrieve"
    equals = sent.json["AttributeFilter"]["EqualsTo"]
    assert equals == {"Key": "_language_code", "Value": {"StringValue": LOCALE[:2]}}
    assert json.loads(response["requestAttributes"][SOURCES]) == [[1, "안내", None, "guide.pdf"]]
