"""Members, roles and APIs that an endpoint refuses, until it is asked as it wants."""

import json

from .played import AZURE, GEMINI, MISTRAL, OLLAMA, RULES, VLLM, Quirk, body, refusal
from .rules import (
    alternating,
    completions_only,
    over,
    small_context,
    takes_no,
    takes_whole_no,
)

MEMBERS = (
    Quirk(
        "max_tokens has another name",
        "https://github.com/softwaremill/sttp-ai/pull/494",
        "The stub's answer.",
        rule=takes_no(
            "max_tokens",
            refusal(
                400,
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                "'max_completion_tokens' instead.",
                param="max_tokens",
                code="unsupported_parameter",
            ),
        ),
        requests=2,
    ),
    Quirk(
        "no usage in streams",
        "https://github.com/openai/openai-python/issues/1469",
        "The stub's answer.",
        rule=takes_no(
            "stream_options",
            refusal(
                400,
                "Unrecognized request argument supplied: stream_options",
                type="invalid_request_error",
                param=None,
                code=None,
            ),
        ),
        only="stream",
        requests=2,
    ),
    Quirk(
        "no usage in streams, formally",
        "https://github.com/agno-agi/agno/issues/1066",
        "The stub's answer.",
        rule=takes_no(
            "stream_options",
            refusal(
                400,
                "Unknown parameter: 'stream_options'.",
                param="stream_options",
                code="unknown_parameter",
            ),
        ),
        only="stream",
        requests=2,
    ),
    Quirk(
        "a member forbidden by loc",
        "https://github.com/partITech/php-mistral/issues/76",
        "The stub's answer.",
        rule=takes_no(
            "temperature",
            body(
                {
                    "object": "Error",
                    "detail": [
                        {
                            "type": "extra_forbidden",
                            "loc": ["body", "temperature"],
                            "msg": "Extra inputs are not permitted",
                            "input": 0.2,
                        }
                    ],
                    "type": "invalid_request_error",
                    "code": 3001,
                },
                422,
            ),
        ),
        requests=2,
        endpoint={"temperature": 0.2},
    ),
    Quirk(
        "a loc inside a text",
        MISTRAL,
        "The stub's answer.",
        rule=takes_no(
            "top_k",
            body(
                {
                    "object": "error",
                    "message": json.dumps(
                        {
                            "detail": [
                                {
                                    "type": "extra_forbidden",
                                    "loc": ["body", "top_k"],
                                    "msg": "Extra inputs are not permitted",
                                }
                            ]
                        }
                    ),
                    "type": "internal_error_proxy",
                    "code": "1000",
                },
                422,
            ),
        ),
        requests=2,
        endpoint={"extra": {"top_k": 3}},
    ),
    Quirk(
        "an unknown name",
        "https://github.com/SuzumiyaAkizuki/ComfyUI-NewBie-LLM-Formatter/issues/3",
        "The stub's answer.",
        rule=takes_no(
            "reasoning_effort",
            body(
                [
                    {
                        "error": {
                            "code": 400,
                            "message": (
                                "Invalid JSON payload received. Unknown name "
                                '"reasoning_effort": Cannot find field.'
                            ),
                            "status": "INVALID_ARGUMENT",
                        }
                    }
                ],
                400,
            ),
        ),
        requests=2,
        endpoint={"extra": {"reasoning_effort": "low"}},
    ),
    Quirk(
        "a temperature that is fixed",
        "https://platform.openai.com/docs/guides/reasoning",
        "The stub's answer.",
        rule=takes_no(
            "temperature",
            refusal(
                400,
                "Unsupported value: 'temperature' does not support 0.2 with this model. Only "
                "the default (1) value is supported.",
                param="temperature",
                code="unsupported_value",
            ),
        ),
        requests=2,
        endpoint={"temperature": 0.2},
    ),
    Quirk(
        "a limit above the model's",
        VLLM,
        "The stub's answer.",
        rule=over(
            "max_tokens",
            512,
            "max_tokens is too large: 1000. This model supports at most 512 completion tokens.",
        ),
        requests=2,
    ),
    Quirk(
        "no streams",
        "https://github.com/langgenius/dify/issues/9591",
        "The stub's answer.",
        rule=takes_no("stream", refusal(400, "Streaming is not supported for this model.")),
        only="stream",
        requests=2,
    ),
    Quirk(
        "no system role",
        "https://github.com/vllm-project/vllm/pull/2964",
        "The stub's answer.",
        rule=alternating,
        requests=2,
    ),
    Quirk(
        "a template's error as 500",
        "https://github.com/anomalyco/opencode/issues/5034",
        "The stub's answer.",
        rule=lambda request: (
            body(
                {
                    "error": {
                        "code": 500,
                        "message": (
                            "Only user, assistant and tool roles are supported, got "
                            "system. at row 189"
                        ),
                        "type": "server_error",
                    }
                },
                500,
            )
            if "system" in request.roles
            else None
        ),
        requests=2,
    ),
    Quirk(
        "developer instructions",
        GEMINI,
        "The stub's answer.",
        rule=lambda request: (
            body(
                [
                    {
                        "error": {
                            "code": 400,
                            "message": (
                                "Developer instruction is not enabled for models/gemma-3-27b-it"
                            ),
                            "status": "INVALID_ARGUMENT",
                        }
                    }
                ],
                400,
            )
            if "system" in request.roles
            else None
        ),
        requests=2,
    ),
    Quirk(
        "completions only, by the path",
        RULES,
        "The stub's answer.",
        rule=completions_only(body({"detail": "Not Found"}, 404)),
        requests=2,
    ),
    Quirk(
        "completions only, by a gateway",
        RULES,
        "The stub's answer.",
        rule=completions_only(body(b"<html>404 Not Found</html>", 404, "text/html")),
        requests=2,
    ),
    Quirk(
        "completions only, for want of a template",
        VLLM,
        "The stub's answer.",
        rule=completions_only(
            refusal(
                400,
                "As of transformers v4.44, default chat template is no longer allowed, so you "
                "must provide a chat template if the tokenizer does not define one.",
            )
        ),
        requests=2,
    ),
    Quirk(
        "completions only, on Azure",
        AZURE,
        "The stub's answer.",
        rule=completions_only(
            refusal(
                400,
                "The chatCompletion operation does not work with the specified model, gpt-x. "
                "Please choose different model and try again.",
                code="OperationNotSupported",
            )
        ),
        requests=2,
    ),
    Quirk(
        "completions only, on Ollama",
        OLLAMA,
        "The stub's answer.",
        rule=completions_only(refusal(400, '"m" does not support chat', type="api_error")),
        requests=2,
    ),
    Quirk(
        "a small context",
        f"{VLLM}/issues/20409",
        "The stub's answer.",
        rule=small_context,
        requests=2,
        endpoint={"system": "s"},
    ),
    Quirk(
        "a limit on output beyond the model's range",
        "https://api-docs.deepseek.com/api/create-chat-completion",
        "The stub's answer.",
        rule=over("max_tokens", 8192, "Invalid max_tokens value, the valid range is [1, 8,192]"),
        requests=2,
        endpoint={"max_tokens": 9000},
    ),
    Quirk(
        "what may be written leaves no room for what is read",
        VLLM,
        "The stub's answer.",
        rule=over(
            "max_tokens",
            600,
            "'max_tokens' is too large: 1000. This model's maximum context length is 1024 tokens.",
        ),
        requests=5,
    ),
    Quirk(
        "streams only",
        "https://help.aliyun.com/zh/model-studio/error-code",
        "The stub's answer.",
        rule=takes_whole_no,
        only="whole",
        requests=2,
    ),
    Quirk(
        "streams only after a check of the organization",
        "https://help.openai.com/en/articles/10910291-api-organization-verification",
        "The stub's answer.",
        rule=takes_no(
            "stream",
            refusal(
                403,
                "Your organization must be verified to stream this model.",
                param="stream",
                code="unsupported_value",
            ),
        ),
        only="stream",
        requests=2,
    ),
    Quirk(
        "a member in another spelling",
        "https://docs.x.ai/docs/guides/reasoning",
        "The stub's answer.",
        rule=takes_no(
            "frequency_penalty",
            refusal(400, "Argument not supported on this model: frequencyPenalty"),
        ),
        requests=2,
        endpoint={"extra": {"frequency_penalty": 0.1}},
    ),
    Quirk(
        "roles that may be, without the system's",
        "https://docs.pydantic.dev/latest/errors/validation_errors/#literal_error",
        "The stub's answer.",
        rule=lambda request: (
            refusal(422, "Input should be 'user' or 'assistant'")
            if request.roles[0] == "system"
            else None
        ),
        requests=2,
    ),
)
