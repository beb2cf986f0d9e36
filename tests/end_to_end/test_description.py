"""Requests made from the served OpenAPI description, answered as it says.

A tester's tool does the same: ``schemathesis run http://127.0.0.1:8080/openapi.json
--exclude-checks use_after_free`` (a session that was deleted is one that nobody knows).
"""

import json
import re
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode

import hypothesis
import msgspec
import pytest
from hypothesis import strategies

from daehwa import chat

EXAMPLES = hypothesis.settings(deadline=None)
VALUES = {
    name: value
    for name, value in ((name, getattr(chat, name)) for name in chat.__all__)
    if isinstance(value, type) and issubclass(value, msgspec.Struct)
}
# The replies within a transcript are read, too.
VALUES["Transcript"] = chat.Transcript[chat.ChatReply]


@pytest.fixture(scope="module")
def description(plain):
    with urllib.request.urlopen(f"{plain.url}/openapi.json") as answer:
        return json.load(answer)


def texts(schema):
    """Texts that a schema allows; a person's words are sometimes those of a bot."""
    pattern = schema.get("pattern")
    longest = schema.get("maxLength", 40)
    if pattern == r"\S":
        words = strategies.text(min_size=1, max_size=longest).filter(str.strip)
        return words | strategies.sampled_from(["안녕하세요", "책 추천해 주세요", "네"])
    if pattern is not None:
        return strategies.from_regex(pattern.removesuffix("$") + r"\Z", fullmatch=True)
    return strategies.text(max_size=longest)


def values(schema, schemas):  # noqa: PLR0911 - a kind of schema each
    """The JSON values that a schema allows."""
    match schema:
        case {"$ref": ref}:
            return values(schemas[ref.rpartition("/")[2]], schemas)
        case {"anyOf": kinds}:
            shared = {name: each for name, each in schema.items() if name != "anyOf"}
            return strategies.one_of([values(shared | kind, schemas) for kind in kinds])
        case {"enum": words}:
            return strategies.sampled_from(words)
        case {"type": "null"}:
            return strategies.none()
        case {"type": "object", "properties": members}:
            needed = schema.get("required", ())
            made = {name: values(about, schemas) for name, about in members.items()}
            return strategies.fixed_dictionaries(
                {name: one for name, one in made.items() if name in needed},
                optional={name: one for name, one in made.items() if name not in needed},
            )
        case {"type": "object"}:
            inner = values(schema["additionalProperties"], schemas)
            return strategies.dictionaries(strategies.text(max_size=8), inner, max_size=3)
    assert schema["type"] == "string", schema
    return texts(schema)


@strategies.composite
def requests(draw, path, method, description):
    """A request to one operation: its address, its body."""
    about = description["paths"][path][method]
    query = {}
    for parameter in about["parameters"]:
        value = draw(texts(parameter["schema"]))
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", quote(value, safe=""))
        elif draw(strategies.booleans()):
            query[parameter["name"]] = value
    body = None
    if "requestBody" in about:
        schema = about["requestBody"]["content"]["application/json"]["schema"]
        body = draw(values(schema, description["components"]["schemas"]))
    return f"{path}?{urlencode(query)}", body


def send(url, method, path, body, accept):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, {"accept": accept}, method=method.upper())
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers.get_content_type(), answer.read()


def check(raw, schema):
    """See that JSON is of the value that a schema refers to, with each member and no other."""
    value = msgspec.json.decode(raw, type=VALUES[schema["$ref"].rpartition("/")[2]])
    assert json.loads(msgspec.json.encode(value)) == json.loads(raw)
    return value


OPERATIONS = [(each.path, each.method.lower()) for each in chat.OPERATIONS]


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[o.name for o in chat.OPERATIONS])
def test_every_answer_is_one_that_is_described(plain, description, path, method):
    # A stop waits two seconds for a turn that nobody has begun: many wait at once.
    together, examples = (12, 2) if path.endswith("/stop") else (1, 40)
    kinds = strategies.sampled_from(["application/json", "text/event-stream"])
    one = strategies.tuples(requests(path, method, description), kinds)
    responses = description["paths"][path][method]["responses"]

    @hypothesis.settings(EXAMPLES, max_examples=examples)
    @hypothesis.given(sent=strategies.lists(one, min_size=together, max_size=together))
    def answers(sent):
        with ThreadPoolExecutor(together) as threads:
            replies = [
                threads.submit(send, plain.url, method, *request, accept)
                for request, accept in sent
            ]
        for reply in replies:
            answered_as_described(responses, *reply.result())

    answers()


def answered_as_described(responses, status, kind, raw):
    """See that an operation's answer is one of those that are described."""
    reply = responses[str(status)]
    if "content" not in reply:
        assert raw == b""
    elif status >= 400:
        error = check(raw, reply["content"]["application/json"]["schema"]).error
        assert error.code in reply["description"].split(", ")
    elif kind == "text/event-stream":
        for name, event in re.findall(r"event: (\w+)\ndata: (.*)\n\n", raw.decode()):
            check(event, {"$ref": chat.EVENTS[name].__name__})
    else:
        check(raw, reply["content"]["application/json"]["schema"])
    assert status < 500
