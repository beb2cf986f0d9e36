"""``OPENAI_*`` are read as OpenAI's own clients read them; empty is not unset."""

import pickle

import pytest

from daehwa.answers import Endpoint, Secret, SettingError
from daehwa.answers.errors import KeyMissing, SettingEmpty, SettingInvalid
from daehwa.answers.settings import DEFAULT_MODEL, OPENAI, is_completion_model

KEY = {"OPENAI_API_KEY": "sk-1"}
VERTEX = "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1"


def test_with_a_key_alone_openai_is_asked():
    endpoint = Endpoint.from_environment(KEY)
    assert endpoint.base_url == OPENAI
    assert endpoint.model == DEFAULT_MODEL
    assert endpoint.key.reveal() == "sk-1"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1/"])
def test_a_base_url_may_end_in_a_slash(url):
    endpoint = Endpoint.from_environment({**KEY, "OPENAI_BASE_URL": url})
    assert endpoint.base_url == "http://127.0.0.1:1234/v1"


def test_an_endpoint_of_ones_own_needs_no_key():
    endpoint = Endpoint.from_environment({"OPENAI_BASE_URL": "http://localhost:1234/v1"})
    assert endpoint.key is None


def test_openai_needs_a_key():
    with pytest.raises(KeyMissing, match="OPENAI_API_KEY"):
        Endpoint.from_environment({})


@pytest.mark.parametrize(
    "name",
    [
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_MODEL",
        "OPENAI_ORG_ID",
        "OPENAI_PROJECT_ID",
        "OPENAI_PROJECT",
    ],
)
@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_an_empty_setting_is_an_error_that_names_it(name, empty):
    with pytest.raises(SettingEmpty, match=name):
        Endpoint.from_environment({**KEY, name: empty})


@pytest.mark.parametrize(
    "url",
    ["localhost:1234", "ftp://host/v1", "http://", "https://host/v1#x", "https://ho st/v1"],
)
def test_a_base_url_that_is_none_is_told(url):
    with pytest.raises(SettingInvalid, match="OPENAI_BASE_URL"):
        Endpoint.from_environment({**KEY, "OPENAI_BASE_URL": url})


def test_credentials_in_a_base_url_are_refused_without_being_shown():
    with pytest.raises(SettingInvalid) as raised:
        Endpoint.from_environment({**KEY, "OPENAI_BASE_URL": "https://me:hunter2@host/v1"})
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("key", ["sk-1\nX-Evil: yes", "sk-열쇠"])
def test_a_key_that_cannot_be_one_is_told_without_being_shown(key):
    with pytest.raises(SettingInvalid) as raised:
        Endpoint.from_environment({"OPENAI_API_KEY": key})
    assert key not in str(raised.value)


def test_a_key_read_from_a_file_may_end_in_a_newline():
    assert Endpoint.from_environment({"OPENAI_API_KEY": "sk-1\n"}).key.reveal() == "sk-1"


@pytest.mark.parametrize(
    "old",
    [
        "text-davinci-003",
        "code-davinci-002",
        "gpt-3.5-turbo",
        "gpt-3.5-turbo-0613",
        "gpt-3.5-turbo-16k",
        "davinci-002",
    ],
)
def test_a_name_that_openai_shut_down_means_the_default_model_there(old):
    assert Endpoint.from_environment({**KEY, "OPENAI_MODEL": old}).model == DEFAULT_MODEL


@pytest.mark.parametrize("old", ["text-davinci-003", "gpt-3.5-turbo"])
def test_elsewhere_an_old_name_is_what_that_server_calls_a_model(old):
    environ = {"OPENAI_BASE_URL": "http://localhost:1234/v1", "OPENAI_MODEL": old}
    assert Endpoint.from_environment(environ).model == old


def test_an_alias_of_ones_own_holds_everywhere():
    environ = {"OPENAI_BASE_URL": "http://localhost:1234/v1", "OPENAI_MODEL": "gpt-3.5-turbo"}
    endpoint = Endpoint.from_environment(environ, aliases={"gpt-3.5-turbo": "llama"})
    assert endpoint.model == "llama"


@pytest.mark.parametrize(
    ("model", "completes"),
    [
        ("text-davinci-003", True),
        ("code-davinci-002", True),
        ("davinci-002", True),
        ("babbage-002", True),
        ("gpt-3.5-turbo-instruct", True),
        ("gpt-3.5-turbo-instruct-0914", True),
        ("openai/gpt-3.5-turbo-instruct", True),
        ("gpt-3.5-turbo", False),
        ("gpt-6-luna", False),
        ("qwen2.5-1.5b-instruct", False),
        ("mistral-7b-instruct", False),
    ],
)
def test_completion_models_are_told_by_their_names(model, completes):
    assert is_completion_model(model) is completes


def test_organization_and_project_are_read():
    environ = {**KEY, "OPENAI_ORG_ID": "org-1", "OPENAI_PROJECT_ID": "proj-1"}
    endpoint = Endpoint.from_environment(environ)
    assert (endpoint.organization, endpoint.project) == ("org-1", "proj-1")


def test_a_secret_does_not_show_itself():
    secret = Secret("sk-1")
    assert "sk-1" not in f"{secret!r} {secret!s} {Endpoint(key=secret)!r} {Endpoint(key=secret)!s}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_setting_errors_are_one_kind():
    assert issubclass(KeyMissing, SettingError)


@pytest.mark.parametrize(
    "call", ["/chat/completions", "/completions", "/chat/completions/", "/responses", ""]
)
def test_the_address_of_a_call_is_taken_as_that_of_the_api(call):
    environ = {**KEY, "OPENAI_BASE_URL": f"https://host/v1{call}"}
    assert Endpoint.from_environment(environ).base_url == "https://host/v1"


AZURE = "https://shop.openai.azure.com"


@pytest.mark.parametrize(
    ("url", "base_url", "header"),
    [
        (
            f"{AZURE}/openai/deployments/mine?api-version=2024-10-21",
            f"{AZURE}/openai/deployments/mine",
            "api-key",
        ),
        (
            f"{AZURE}/openai/deployments/mine/chat/completions?api-version=2024-10-21",
            f"{AZURE}/openai/deployments/mine",
            "api-key",
        ),
        (f"{AZURE}?api-version=2024-10-21", f"{AZURE}/openai/deployments/m", "api-key"),
        (f"{AZURE}/openai/v1/", f"{AZURE}/openai/v1", "Authorization"),
        (AZURE, f"{AZURE}/openai/v1", "Authorization"),
    ],
)
def test_azures_addresses_classic_and_new(url, base_url, header):
    endpoint = Endpoint.from_environment({**KEY, "OPENAI_BASE_URL": url, "OPENAI_MODEL": "m"})
    assert (endpoint.base_url, endpoint.key_header) == (base_url, header)
    assert endpoint.query == ({"api-version": "2024-10-21"} if header == "api-key" else {})


def test_azures_version_may_be_a_variable_of_its_own():
    environ = {
        **KEY,
        "OPENAI_BASE_URL": AZURE,
        "OPENAI_MODEL": "m",
        "OPENAI_API_VERSION": "2024-10-21",
    }
    assert Endpoint.from_environment(environ).query == {"api-version": "2024-10-21"}
    elsewhere = {**environ, "OPENAI_BASE_URL": "https://host/v1"}
    assert Endpoint.from_environment(elsewhere).query == {}


@pytest.mark.parametrize(
    ("native", "compatible"),
    [
        ("https://api.openai.com", "https://api.openai.com/v1"),
        ("https://api.openai.com/v1/models", "https://api.openai.com/v1"),
        ("https://api.anthropic.com", "https://api.anthropic.com/v1"),
        ("https://api.anthropic.com/v1/messages", "https://api.anthropic.com/v1"),
        ("https://gateway.example/claude/v1/messages", "https://gateway.example/claude/v1"),
        (
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash:generateContent",
            "https://generativelanguage.googleapis.com/v1beta/openai",
        ),
        (
            "https://generativelanguage.googleapis.com",
            "https://generativelanguage.googleapis.com/v1beta/openai",
        ),
        (
            f"{VERTEX}/publishers/google/models/gemini-3-flash:streamGenerateContent",
            f"{VERTEX}/endpoints/openapi",
        ),
        ("http://localhost:11434", "http://localhost:11434/v1"),
        ("http://localhost:11434/api", "http://localhost:11434/v1"),
        ("http://10.0.0.7:8000/ollama/api/chat", "http://10.0.0.7:8000/ollama/v1"),
        ("http://localhost:1234", "http://localhost:1234/v1"),
        ("http://10.0.0.7:8080/generate_stream", "http://10.0.0.7:8080/v1"),
        ("http://10.0.0.7:8080/v1/generate", "http://10.0.0.7:8080/v1"),
        ("http://10.0.0.7:8080/completion", "http://10.0.0.7:8080/v1"),
        ("https://api.cohere.com/v2/chat", "https://api.cohere.com/compatibility/v1"),
        (
            "https://clovastudio.stream.ntruss.com/v3/chat-completions/HCX-005",
            "https://clovastudio.stream.ntruss.com/v1/openai",
        ),
        ("https://api.groq.com", "https://api.groq.com/openai/v1"),
        ("https://openrouter.ai", "https://openrouter.ai/api/v1"),
        ("https://api.mistral.ai", "https://api.mistral.ai/v1"),
    ],
)
def test_the_address_of_a_server_s_own_api_leads_to_its_compatible_one(native, compatible):
    endpoint = Endpoint.from_environment({**KEY, "OPENAI_BASE_URL": native})
    assert endpoint.base_url == compatible
    again = Endpoint.from_environment({**KEY, "OPENAI_BASE_URL": compatible})
    assert again.base_url == compatible


@pytest.mark.parametrize(
    "url",
    [
        "https://gateway.example",
        "https://gateway.example/api/chatbot/v1",
        "http://localhost:1234/api/v0",
        "https://api.deepseek.com",
        "https://api.perplexity.ai",
        "https://open.bigmodel.cn/api/paas/v4",
        "https://ark.cn-beijing.volces.com/api/v3",
    ],
)
def test_any_other_address_is_asked_as_it_is(url):
    assert Endpoint.from_environment({**KEY, "OPENAI_BASE_URL": url}).base_url == url
