"""Errors: the right one, whatever they are wrapped in."""

from daehwa.answers.errors import (
    ContentRefused,
    KeyRefused,
    ModelNotFound,
    ModelRetired,
    NotAnEndpoint,
    QuestionTooLong,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    Unreachable,
    UpstreamFailed,
)
from daehwa.answers.testing import Fail, Raw, Say

from .played import (
    ANTHROPIC,
    AZURE,
    BEDROCK,
    DEEPSEEK,
    GEMINI,
    LLAMA,
    LMSTUDIO,
    MICROSOFT,
    OLLAMA,
    OPENAI,
    OPENROUTER,
    PAGE,
    REFUSED,
    RULES,
    VLLM,
    Quirk,
    body,
    events,
    refusal,
    stream,
)

ERRORS = (
    Quirk("a wrong key", OPENAI, KeyRefused, (Fail(401),)),
    Quirk(
        "a wrong key on Azure",
        AZURE,
        KeyRefused,
        (
            refusal(
                401,
                "Access denied due to invalid subscription key or wrong API endpoint.",
                code="401",
            ),
        ),
    ),
    Quirk(
        "no key, of FastAPI's guard, with the status 200",
        "https://fastapi.tiangolo.com/reference/security/",
        KeyRefused,
        (body({"detail": "Not authenticated"}),),
    ),
    Quirk(
        "a plan's tokens are used up, with the status of a wrong key",
        "https://cloud.ibm.com/apidocs/watsonx-ai",
        QuotaExhausted,
        (
            body(
                {
                    "errors": [
                        {
                            "code": "token_quota_reached",
                            "message": "You have exceeded the token quota for this plan.",
                        }
                    ],
                    "status_code": 403,
                },
                403,
            ),
        ),
    ),
    Quirk(
        "a wrong key on Gemini",
        GEMINI,
        KeyRefused,
        (
            body(
                [
                    {
                        "error": {
                            "code": 400,
                            "message": "API key not valid. Please pass a valid API key.",
                            "status": "INVALID_ARGUMENT",
                        }
                    }
                ],
                400,
            ),
        ),
    ),
    Quirk(
        "a wrong key on Anthropic",
        ANTHROPIC,
        KeyRefused,
        (
            body(
                {
                    "type": "error",
                    "error": {"type": "authentication_error", "message": "invalid x-api-key"},
                },
                401,
            ),
        ),
    ),
    Quirk(
        "a wrong key on Bedrock",
        BEDROCK,
        KeyRefused,
        (body({"Message": "Authentication failed: Please make sure your API Key is valid."}, 403),),
    ),
    Quirk("no such model", OPENAI, ModelNotFound, (Fail(404),)),
    Quirk(
        "no such model on Ollama",
        OLLAMA,
        ModelNotFound,
        (refusal(404, 'model "m" not found, try pulling it first', type="api_error"),),
    ),
    Quirk(
        "no such model on Bedrock",
        BEDROCK,
        ModelNotFound,
        (body({"message": "The provided model identifier is invalid."}, 400),),
    ),
    Quirk(
        "no such model on OpenRouter",
        OPENROUTER,
        ModelNotFound,
        (refusal(400, "m is not a valid model ID", code=400),),
    ),
    Quirk(
        "no such deployment",
        AZURE,
        ModelNotFound,
        (
            refusal(
                404,
                "The API deployment for this resource does not exist. If you created the "
                "deployment within the last 5 minutes, please wait.",
                code="DeploymentNotFound",
            ),
        ),
        endpoint={"api": "chat"},
    ),
    Quirk(
        "no model loaded",
        f"{LMSTUDIO}/issues/914",
        ModelNotFound,
        (refusal(404, "No models loaded. Please load a model in the developer page."),),
    ),
    Quirk(
        "no such address, with 200",
        LMSTUDIO,
        ModelNotFound,
        (body({"error": "Unexpected endpoint or method. (POST /chat/completions)"}),),
    ),
    Quirk(
        "a model that was shut down",
        "https://console.groq.com/docs/deprecations",
        ModelRetired,
        (
            refusal(
                400,
                "The model `m` has been decommissioned and is no longer supported.",
                code="model_decommissioned",
            ),
        ),
    ),
    Quirk(
        "a model that was deprecated",
        "https://platform.openai.com/docs/deprecations",
        ModelRetired,
        (
            refusal(
                404,
                "The model `text-davinci-003` has been deprecated, learn more here",
                code="model_not_found",
            ),
        ),
    ),
    Quirk("no credit", OPENAI, QuotaExhausted, (Fail(429, "insufficient_quota"),)),
    Quirk(
        "no credit, 402",
        f"{DEEPSEEK}/quick_start/error_codes",
        QuotaExhausted,
        (refusal(402, "Insufficient Balance", type="unknown_error"),),
    ),
    Quirk(
        "no credit on Anthropic",
        ANTHROPIC,
        QuotaExhausted,
        (
            body(
                {
                    "type": "error",
                    "error": {
                        "type": "invalid_request_error",
                        "message": "Your credit balance is too low to access the Anthropic API.",
                    },
                },
                400,
            ),
        ),
    ),
    Quirk(
        "a spend limit",
        f"{MICROSOFT}/microsoft-cloud/dev/dev-proxy/concepts/anthropic-529-overloaded-error",
        QuotaExhausted,
        (
            body(
                {
                    "type": "error",
                    "error": {
                        "type": "rate_limit_error",
                        "message": "Usage is paused",
                        "details": {"error_code": "enforced_spend_limit_reached"},
                    },
                },
                429,
            ),
        ),
    ),
    Quirk(
        "a rate, with the wait in words",
        AZURE,
        "The stub's answer.",
        (
            refusal(
                429,
                "Requests have exceeded call rate limit. Please retry after 2 seconds.",
                code="429",
            ),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "a rate, with the wait in its details",
        GEMINI,
        "The stub's answer.",
        (
            body(
                [
                    {
                        "error": {
                            "code": 429,
                            "message": "You exceeded your current quota, please check your plan.",
                            "status": "RESOURCE_EXHAUSTED",
                            "details": [{"@type": "RetryInfo", "retryDelay": "3s"}],
                        }
                    }
                ],
                429,
            ),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "throttling on Bedrock",
        BEDROCK,
        RateLimited,
        (body({"message": "Too many requests, please wait before trying again."}, 429),) * 3,
        requests=3,
    ),
    Quirk(
        "overloaded, 529",
        "https://docs.llmgateway.io/troubleshooting/anthropic-529-overloaded",
        "The stub's answer.",
        (
            body(
                {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}},
                529,
            ),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "loading",
        f"{LLAMA}/pull/15780",
        "The stub's answer.",
        (
            body(
                {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}},
                503,
            ),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "a context too small for the question",
        f"{LLAMA}/pull/15780",
        QuestionTooLong,
        (
            body(
                {
                    "error": {
                        "code": 400,
                        "message": "the request exceeds the available context size",
                        "type": "exceed_context_size_error",
                        "n_prompt_tokens": 1407,
                        "n_ctx": 256,
                    }
                },
                400,
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "a context too small, with 200",
        "https://github.com/oobabooga/textgen/issues/7257",
        QuestionTooLong,
        (
            body(
                {
                    "error": {
                        "code": 400,
                        "message": (
                            "the request exceeds the available context size. try "
                            "increasing the context size"
                        ),
                        "type": "exceed_context_size_error",
                    }
                }
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "a context too small, as a limit",
        f"{VLLM}/issues/4667",
        QuestionTooLong,
        (
            body(
                {
                    "object": "error",
                    "message": "max_tokens must be at least 1, got -186.",
                    "type": "BadRequestError",
                    "param": None,
                    "code": 400,
                },
                400,
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "a context too small, in words of its own",
        f"{LMSTUDIO}/issues/546",
        QuestionTooLong,
        (
            refusal(
                400,
                "Trying to keep the first 6547 tokens when context the overflows. However, the "
                "model is loaded with context length of only 4096 tokens.",
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "a request too large for a rate",
        OPENAI,
        QuestionTooLong,
        (
            refusal(
                429,
                "Request too large for gpt-x on tokens per min (TPM): Limit 30000, Requested "
                "40000.",
                type="tokens",
                code="rate_limit_exceeded",
            ),
        )
        * 4,
        requests=REFUSED,
    ),
    Quirk(
        "the filter refuses the question",
        AZURE,
        ContentRefused,
        (
            refusal(
                400,
                "The response was filtered due to the prompt triggering Azure OpenAI's content "
                "management policy.",
                code="content_filter",
                innererror={"code": "ResponsibleAIPolicyViolation"},
            ),
        ),
    ),
    Quirk(
        "moderation refuses the question",
        OPENROUTER,
        ContentRefused,
        (
            body(
                {
                    "error": {
                        "code": 403,
                        "message": (
                            "Your chosen model requires moderation and your input was flagged"
                        ),
                        "metadata": {"reasons": ["violence"]},
                    }
                },
                403,
            ),
        ),
    ),
    Quirk(
        "an error in a body of 200",
        OPENROUTER,
        QuotaExhausted,
        (body({"error": {"code": 402, "message": "Insufficient credits"}}),),
    ),
    Quirk(
        "an error in a list, with 200",
        GEMINI,
        UpstreamFailed,
        (
            body(
                [
                    {
                        "error": {
                            "code": 503,
                            "message": "The model is overloaded.",
                            "status": "UNAVAILABLE",
                        }
                    }
                ]
            ),
        )
        * 3,
        requests=3,
    ),
    Quirk(
        "an error as a text",
        "https://github.com/huggingface/text-generation-inference",
        UpstreamFailed,
        (body({"error": "Model is overloaded", "error_type": "overloaded"}, 503),) * 3,
        requests=3,
    ),
    Quirk(
        "an error before the first word",
        OPENROUTER,
        "The stub's answer.",
        (stream({"error": {"code": 502, "message": "Bad gateway"}}), Say("The stub's answer.")),
        only="stream",
        requests=2,
    ),
    Quirk(
        "an error as an event of its own",
        RULES,
        RateLimited,
        (
            Raw(
                b"event: error\n"
                + events({"error": {"code": 429, "message": "slow down"}}, done=False),
                "text/event-stream",
                packets=3,
            ),
        )
        * 3,
        only="stream",
        requests=3,
    ),
    Quirk("a captive portal", RULES, NotAnEndpoint, (body(PAGE, 200, "text/html"),)),
    Quirk("a captive portal that says it is JSON", RULES, NotAnEndpoint, (body(PAGE),)),
    Quirk(
        "a portal elsewhere",
        RULES,
        NotAnEndpoint,
        (body(PAGE, 302, "text/html", Location="http://wifi.invalid/"),),
    ),
    Quirk("a gateway that forbids", RULES, NotAnEndpoint, (body(PAGE, 403, "text/html"),)),
    Quirk(
        "a gateway whose upstream is down",
        RULES,
        "The stub's answer.",
        (
            body(b"<html><h1>502 Bad Gateway</h1></html>", 502, "text/html"),
            Say("The stub's answer."),
        ),
        requests=2,
    ),
    Quirk(
        "a proxy that wants a name",
        "https://www.rfc-editor.org/rfc/rfc9110#status.407",
        Unreachable,
        (body(b"", 407),) * 3,
        requests=3,
    ),
    Quirk(
        "another API than ours",
        "https://platform.openai.com/docs/api-reference/responses",
        RequestRefused,
        (
            refusal(
                400, "This model is only supported in v1/responses and not in v1/chat/completions."
            ),
        ),
    ),
)
