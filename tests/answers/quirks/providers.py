"""What each provider writes when it declines: one line of its words, and the right error.

Rows: name, source, status, body, what is right, and how many requests that takes. Of what may pass
or what a correction cures, the second request is answered.
"""

from daehwa.answers.errors import (
    ContentRefused,
    KeyRefused,
    ModelNotFound,
    ModelRetired,
    NotAnEndpoint,
    QuestionTooLong,
    QuotaExhausted,
    RateLimited,
)
from daehwa.answers.testing import Raw

from .played import REFUSED, Quirk, body, js

ANSWERED = "The stub's answer."
# The limit on output was reduced as well, as the words named it.
REDUCED = REFUSED + 1
ISSUES = "https://github.com"
XAI = f"{ISSUES}/continuedev/continue/issues/10161"
NIM = f"{ISSUES}/tashfeenahmed/freellmapi/issues/522"
QWEN = f"{ISSUES}/QwenLM/qwen-code/issues/2068"
ZHIPU = "https://docs.bigmodel.cn/cn/api/api-code"
MOONSHOT = "https://platform.moonshot.ai/docs/api/errors"
GROQ = f"{ISSUES}/continuedev/continue/issues/10920"
TGI = f"{ISSUES}/huggingface/text-generation-inference/issues/695"
LMSTUDIO = f"{ISSUES}/lmstudio-ai/lmstudio-bug-tracker/issues/1347"
CLOUDFLARE = "https://developers.cloudflare.com/workers-ai/platform/errors/"
GATEWAY = "https://developers.cloudflare.com/ai-gateway/features/guardrails/"
FIREWORKS = "https://docs.fireworks.ai/guides/inference-error-codes"
CLOVA = "https://api.ncloud-docs.com/docs/en/ai-naver-clovastudio-summary"
MINIMAX = "https://platform.minimax.io/docs/api-reference/errorcode"
LITELLM = "https://docs.litellm.ai/docs/proxy/users"
OPENROUTER = "https://openrouter.ai/docs/api/reference/limits"
AWS = "https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html"
KOREAN = "gateways of Korean companies, which word OpenAI's errors in Korean"

ROWS = (
    (
        "credits or a spending limit, 429 on xAI",
        f"{ISSUES}/continuedev/continue/issues/10740",
        429,
        {
            "code": "Some resource has been exhausted",
            "error": "Your team has either used all available credits or reached its monthly "
            "spending limit. To continue making API requests, please purchase more credits.",
        },
        QuotaExhausted,
        1,
    ),
    (
        "a wrong key, 400 on xAI",
        XAI,
        400,
        {
            "code": "Client specified an invalid argument",
            "error": "Incorrect API key provided: n***s.",
        },
        KeyRefused,
        1,
    ),
    (
        "a function that is down, 400 on NIM",
        NIM,
        400,
        {"status": 400, "detail": "Function id '1': DEGRADED function cannot be invoked"},
        ANSWERED,
        2,
    ),
    (
        "a crash, 400 on LM Studio",
        LMSTUDIO,
        400,
        {"error": "The model has crashed. (Exit code: 6)"},
        ANSWERED,
        2,
    ),
    (
        "a context too small on DashScope",
        QWEN,
        400,
        {
            "error": {
                "code": "invalid_parameter_error",
                "message": "<400> InternalError.Algo.InvalidParameter: Range of input length "
                "should be [1, 983616]",
            }
        },
        QuestionTooLong,
        REFUSED,
    ),
    (
        "a context too small on Moonshot",
        MOONSHOT,
        400,
        {"error": {"message": "Your request exceeded model token limit: 8192"}},
        QuestionTooLong,
        REFUSED,
    ),
    (
        "a context too small, 422 on TGI",
        TGI,
        422,
        {
            "error": "Input validation error: `inputs` must have less than 4096 tokens.",
            "error_type": "validation",
        },
        QuestionTooLong,
        REFUSED,
    ),
    (
        "a context too small with what may be written",
        f"{ISSUES}/continuedev/continue/issues/8454",
        400,
        {
            "error": {
                "message": "input length and `max_tokens` exceed context limit: 143653 + 64000 > "
                "200000, decrease input length or `max_tokens` and try again"
            }
        },
        QuestionTooLong,
        REDUCED,
    ),
    (
        "a prompt beyond the maximum on xAI",
        XAI,
        400,
        {"error": "This model's maximum prompt length is 131072 but the request contains more."},
        QuestionTooLong,
        REFUSED,
    ),
    (
        "a text too long on CLOVA Studio",
        CLOVA,
        400,
        {"status": {"code": "40003", "message": "Text too long"}},
        QuestionTooLong,
        REFUSED,
    ),
    (
        "a context too small in Korean",
        KOREAN,
        400,
        {"error": {"message": "토큰 수가 허용 한도를 넘었습니다."}},
        QuestionTooLong,
        REFUSED,
    ),
    (
        "a context too small in Chinese",
        ZHIPU,
        400,
        {"error": {"code": "1261", "message": "Prompt 超长，输入超过模型上下文长度"}},
        QuestionTooLong,
        REFUSED,
    ),
    (
        "no balance in Chinese",
        ZHIPU,
        429,
        {"error": {"code": "1113", "message": "余额不足或无可用资源包,请充值。"}},
        QuotaExhausted,
        1,
    ),
    (
        "no credit in Korean",
        KOREAN,
        403,
        {"error": {"message": "크레딧이 모두 소진되었습니다."}},
        QuotaExhausted,
        1,
    ),
    (
        "a free tier that is used up",
        "https://www.alibabacloud.com/help/en/model-studio/error-code",
        403,
        {
            "error": {
                "code": "AllocationQuota.FreeTierOnly",
                "message": "The free tier of the model has been exhausted.",
            }
        },
        QuotaExhausted,
        1,
    ),
    (
        "a free allocation that is used up",
        CLOUDFLARE,
        429,
        {
            "success": False,
            "errors": [
                {
                    "code": 4006,
                    "message": "you have used up your daily free allocation of 10,000 neurons",
                }
            ],
        },
        QuotaExhausted,
        1,
    ),
    (
        "an account that is suspended, 412",
        FIREWORKS,
        412,
        {"error": {"message": "Account x is suspended, possibly due to failure to pay."}},
        QuotaExhausted,
        1,
    ),
    (
        "a gateway's budget",
        LITELLM,
        400,
        {"error": {"message": "Budget has been exceeded! Current cost: 10.0, Max budget: 10.0"}},
        QuotaExhausted,
        1,
    ),
    (
        "no balance, with 200",
        MINIMAX,
        200,
        {"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}, "choices": None},
        QuotaExhausted,
        1,
    ),
    (
        "a wrong key, with 200",
        MINIMAX,
        200,
        {
            "base_resp": {
                "status_code": 1004,
                "status_msg": "login fail: Please carry the API secret key",
            }
        },
        KeyRefused,
        1,
    ),
    (
        "a token that is expired, 400",
        AWS,
        400,
        {"message": "The security token included in the request is expired"},
        KeyRefused,
        1,
    ),
    (
        "no access to the model, 400",
        AWS,
        400,
        {"message": "You don't have access to the model with the specified model ID."},
        ModelNotFound,
        1,
    ),
    (
        "no such model in Korean",
        KOREAN,
        400,
        {"error": {"message": "존재하지 않는 모델입니다: gpt-x"}},
        ModelNotFound,
        1,
    ),
    (
        "the end of a model's life, 410",
        NIM,
        410,
        {"detail": "The model 'x' has reached its end of life."},
        ModelRetired,
        1,
    ),
    (
        "the filter refuses, in Chinese",
        ZHIPU,
        400,
        {"error": {"code": "1301", "message": "系统检测到输入或生成内容可能包含不安全或敏感内容"}},
        ContentRefused,
        1,
    ),
    (
        "a gateway blocks the answer, 424",
        GATEWAY,
        424,
        {"error": [{"code": 2017, "message": "Response blocked due to security configurations"}]},
        ContentRefused,
        1,
    ),
    (
        "against the guidelines, 403",
        XAI,
        403,
        {"error": "Content violates usage guidelines."},
        ContentRefused,
        1,
    ),
    (
        "a limit on a day",
        OPENROUTER,
        429,
        {"error": {"code": 429, "message": "Rate limit exceeded: free-models-per-day."}},
        RateLimited,
        1,
    ),
    (
        "a wait of an hour in words",
        GROQ,
        429,
        {"error": {"message": "Rate limit reached. Please try again in 1h12m0s."}},
        RateLimited,
        1,
    ),
    (
        "a wait of minutes in words",
        KOREAN,
        429,
        {"error": {"message": "Please wait 2 minutes before retrying."}},
        RateLimited,
        1,
    ),
    (
        "a wait in Korean",
        KOREAN,
        429,
        {"error": {"message": "한도 초과: 90초 후 다시 시도하세요."}},
        RateLimited,
        1,
    ),
    ("throttling, 400", AWS, 400, {"message": "ThrottlingException: Rate exceeded"}, ANSWERED, 2),
    (
        "a key that is not right, in Korean",
        KOREAN,
        400,
        {"error": {"message": "인증 키가 올바르지 않습니다."}},
        KeyRefused,
        1,
    ),
    (
        "a model that is refused by loc",
        "https://docs.pydantic.dev/latest/errors/validation_errors/#enum",
        422,
        {"detail": [{"loc": ["body", "model"], "msg": "Input should be one of the known"}]},
        ModelNotFound,
        1,
    ),
    (
        "a trial that is over",
        OPENROUTER,
        403,
        {"error": {"message": "Free trial has ended, please add a payment method."}},
        QuotaExhausted,
        1,
    ),
    (
        "a server behind Cloudflare that failed",
        "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/",
        520,
        "error code: 520",
        ANSWERED,
        2,
    ),
)


def resets(name, value):
    """A rate whose end stands in a header alone."""
    headers = {f"x-ratelimit-reset{name}": value, f"x-ratelimit-remaining{name}": "0"}
    return Raw(js({"error": {"message": "slow down"}}), status=429, headers=headers)


def row(each):
    name, source, status, value, right, requests = each
    times = 1 if right == ANSWERED else requests
    raw = value.encode() if isinstance(value, str) else value
    return Quirk(name, source, right, (body(raw, status),) * times, requests=requests)


PROVIDERS = (
    *map(row, ROWS),
    Quirk("a rate's end as a duration", GROQ, RateLimited, (resets("-tokens", "7m12s"),)),
    Quirk("a rate's end in seconds", OPENROUTER, RateLimited, (resets("", "3600"),)),
    Quirk("a rate's end is near", GROQ, ANSWERED, (resets("-requests", "120ms"),), requests=2),
    Quirk(
        "an address that moved",
        "https://www.rfc-editor.org/rfc/rfc9110#status.308",
        NotAnEndpoint,
        (body(b"", 308, "text/plain", Location="https://elsewhere.invalid/v1/"),),
    ),
    Quirk(
        "a text too long, with 200 and as an event",
        f"{ISSUES}/huggingface/text-generation-inference/issues/2749",
        QuestionTooLong,
        (
            Raw(
                b'data: {"error":"Input validation error: `inputs` tokens + `max_new_tokens` must '
                b'be <= 4096. Given: 8740 `inputs` tokens","error_type":"validation"}\n\n',
                "text/event-stream",
            ),
        )
        * REDUCED,
        only="stream",
        requests=REDUCED,
    ),
)
