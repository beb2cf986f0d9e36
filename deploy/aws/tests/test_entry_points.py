"""The uploaded folder's handlers, started as AWS starts them."""

import json

import pytest
from daehwa_deploy import Settings
from daehwa_deploy.package import functions_code, page_content, read_bot
from runtime_api import RuntimeApi, start


@pytest.fixture
def root(tmp_path):
    settings = Settings()
    definition = read_bot(settings, tmp_path).definition
    return functions_code(tmp_path, page_content(definition, settings))


@pytest.fixture
def api():
    api = RuntimeApi()
    yield api
    api.close()


def ended(process):
    process.terminate()
    output, _ = process.communicate(timeout=20)
    return output.decode()


def test_the_chat_function(api, root):
    process = start(
        api,
        root,
        "daehwa.aws.chat.lambda_handler",
        botId="BOTBOTBOTB",
        botAliasId="ALIASALIAS",
        localeId="ko_KR",
        TRANSCRIPT_TABLE="table",
        PAGE_FILE="page.json",
    )
    event = {
        "version": "2.0",
        "rawPath": "/chat/config",
        "headers": {"accept-language": "ko"},
        "requestContext": {"http": {"method": "GET"}},
    }
    path, answer = api.invoke(event)
    assert path.endswith("/invocation/request-1/response")
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["default"] == {"botId": "BOTBOTBOTB", "localeId": "ko_KR"}
    _, answer = api.invoke({"text": ""})
    assert answer["statusCode"] == 400
    assert '"requestId": "request-2"' in ended(process)


def test_the_code_hook(api, root):
    process = start(
        api,
        root,
        "daehwa.aws.hook.lambda_handler",
        OPENAI_BASE_URL="http://127.0.0.1:9/v1",
        OPENAI_API_KEY="sk-stub",
    )
    event = {
        "invocationSource": "FulfillmentCodeHook",
        "inputTranscript": "hello",
        "sessionId": "s-1",
        "bot": {"localeId": "en_US"},
        "sessionState": {"intent": {"name": "FallbackIntent", "state": "ReadyForFulfillment"}},
    }
    path, answer = api.invoke(event)
    assert path.endswith("/response")
    assert answer["sessionState"]["intent"]["state"] == "Failed"
    assert answer["requestAttributes"]["daehwa:error"] == "unreachable"
    event["sessionState"]["intent"]["name"] = "Order"
    _, answer = api.invoke(event)
    assert answer["sessionState"]["dialogAction"]["type"] == "Delegate"
    assert "sk-stub" not in ended(process)
