"""What hosts of models write when they decline, each in an envelope of its own.

Rows as in ``providers``: name, source, status, body, what is right, how many requests that takes.
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

from .played import REFUSED, Quirk, body
from .providers import ANSWERED, ISSUES, REDUCED, row
from .rules import over

GITHUB = f"{ISSUES}/github/gh-models/issues/65"
AIDER = f"{ISSUES}/Aider-AI/aider/issues/2296"
PERPLEXITY = f"{ISSUES}/perplexityai/api-discussion/issues/265"
DATABRICKS = f"{ISSUES}/databricks/databricks-sdk-go/issues/1183"
DATABRICKS_LIMITS = f"{ISSUES}/n8n-io/n8n/pull/38642"
WATSONX = f"{ISSUES}/lancedb/lancedb/issues/1535"
COHERE = "https://docs.cohere.com/reference/errors"
GROQ_ERRORS = "https://console.groq.com/docs/errors"
FIREWORKS = f"{ISSUES}/warpdotdev/warp/issues/15107"
NIM = f"{ISSUES}/Alishahryar1/free-claude-code/issues/956"
NIM_RATE = f"{ISSUES}/Alishahryar1/free-claude-code/issues/1482"
CEREBRAS = f"{ISSUES}/continuedev/continue/issues/9800"
CEREBRAS_ERRORS = "https://inference-docs.cerebras.ai/support/error"
KIMI = f"{ISSUES}/Alishahryar1/free-claude-code/issues/1223"
OLLAMA = f"{ISSUES}/continuedev/continue/issues/10579"
OLLAMA_MOST = f"{ISSUES}/DaviRain-Su/hyper-grok-build/issues/44"
XAI = f"{ISSUES}/cline/cline/issues/4826"
VERTEX = f"{ISSUES}/google-gemini/gemini-cli/issues/14831"
VERTEX_MODELS = "https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/api-errors"
TOGETHER = "https://docs.together.ai/docs/error-codes"
DEEPSEEK = "https://api-docs.deepseek.com/quick_start/error_codes"
UPSTAGE = "https://console.upstage.ai/docs/resources/faq"
CLOVA = "https://api.ncloud-docs.com/docs/en/ai-naver-clovastudio-summary"
CLOUDFLARE = f"{ISSUES}/anomalyco/opencode/issues/23773"
CLOUDFLARE_DOWN = f"{ISSUES}/cloudflare/cloudflare-docs/issues/15116"
CLOUDFLARE_PAGE = f"{ISSUES}/GewoonJaap/codex-openai-wrapper/issues/53"


def cloudflare(code, message):
    return {
        "result": None,
        "success": False,
        "errors": [{"code": code, "message": message}],
        "messages": [],
    }


def github(code, message):
    return {"error": {"code": code, "message": message, "details": message}}


def watsonx(status, code, message):
    return {"errors": [{"code": code, "message": message}], "trace": "8", "status_code": status}


def cerebras(message, kind, param, code):
    return {"message": message, "type": kind, "param": param, "code": code}


def google(code, status, message):
    return [{"error": {"code": code, "message": message, "status": status}}]


ROWS = (
    (
        "an address without an account on Cloudflare",
        CLOUDFLARE,
        404,
        cloudflare(
            7003,
            "Could not route to /client/v4/accounts/x/ai/v1/chat/completions, "
            "perhaps your object identifier is invalid?",
        ),
        ModelNotFound,
        2,
    ),
    (
        "an upstream that is down on Cloudflare",
        CLOUDFLARE_DOWN,
        500,
        cloudflare(7009, "Upstream service unavailable"),
        ANSWERED,
        2,
    ),
    (
        "a method that is not supported on Cloudflare",
        f"{ISSUES}/jekalmin/extended_openai_conversation/issues/228",
        405,
        cloudflare(7001, "POST not supported for requested URI."),
        ModelNotFound,
        2,
    ),
    (
        "a page that looks for robots",
        CLOUDFLARE_PAGE,
        403,
        "<!DOCTYPE html><title>Attention Required! | Cloudflare</title><body>...</body>",
        NotAnEndpoint,
        1,
    ),
    (
        "a request too large for a model on GitHub",
        AIDER,
        413,
        github(
            "tokens_limit_reached", "Request body too large for m model. Max size: 4000 tokens."
        ),
        QuestionTooLong,
        REFUSED,
    ),
    (
        "an unknown model on GitHub",
        GITHUB,
        400,
        github("unknown_model", "Unknown model: deepseek/deepseek-v3"),
        ModelNotFound,
        1,
    ),
    (
        "a model that is not available on GitHub",
        GITHUB,
        400,
        github("unavailable_model", "Unavailable model: o4-mini"),
        ModelNotFound,
        1,
    ),
    (
        "a wait of hours on GitHub",
        AIDER,
        429,
        github(
            "RateLimitReached",
            "Rate limit of 50 per 86400s exceeded for UserByModelByDay. Please wait 47312 seconds "
            "before retrying.",
        ),
        RateLimited,
        1,
    ),
    (
        "an invalid model on Perplexity",
        PERPLEXITY,
        400,
        {
            "error": {
                "message": "Invalid model 'm'. Permitted models can be found in the documentation.",
                "type": "invalid_model",
                "code": 400,
            }
        },
        ModelNotFound,
        1,
    ),
    (
        "a wrong key as a page on Perplexity",
        PERPLEXITY,
        401,
        "<html><title>401 Authorization Required</title><center>openresty</center></html>",
        KeyRefused,
        1,
    ),
    (
        "a rate on Databricks",
        DATABRICKS_LIMITS,
        429,
        {
            "error_code": "REQUEST_LIMIT_EXCEEDED",
            "message": "REQUEST_LIMIT_EXCEEDED: Exceeded workspace QPS rate limit for m. Please "
            "use a provisioned throughput endpoint for a higher rate limit.",
        },
        ANSWERED,
        2,
    ),
    (
        "no such endpoint on Databricks",
        DATABRICKS,
        404,
        {
            "error_code": "RESOURCE_DOES_NOT_EXIST",
            "message": "The given endpoint does not exist, please retry after checking the "
            "specified model and version deployment exists.",
        },
        ModelNotFound,
        1,
    ),
    (
        "a context too small on watsonx",
        WATSONX,
        400,
        watsonx(
            400,
            "invalid_input_argument",
            "Invalid input argument for Model 'm': Token sequence length is longer than the "
            "specified maximum sequence length for this model (9336 > 8192).",
        ),
        QuestionTooLong,
        REFUSED,
    ),
    (
        "no such model on watsonx",
        WATSONX,
        404,
        watsonx(404, "model_not_supported", "Model 'm' is not supported for this environment."),
        ModelNotFound,
        1,
    ),
    (
        "a plan's tokens are used up on watsonx",
        WATSONX,
        403,
        watsonx(403, "token_quota_reached", "The monthly token quota of this plan was reached."),
        QuotaExhausted,
        1,
    ),
    (
        "a token that is expired on watsonx",
        WATSONX,
        400,
        watsonx(
            400, "authentication_token_expired", "Failed to authenticate due to an expired token."
        ),
        KeyRefused,
        1,
    ),
    (
        "a model that was removed on Cohere",
        COHERE,
        404,
        {"message": "model 'm' was removed on September 15, 2025. See the docs for replacements."},
        ModelRetired,
        1,
    ),
    (
        "a context too small on Cohere",
        COHERE,
        400,
        {
            "message": "too many tokens: total number of tokens in the prompt cannot exceed 8000 - "
            "received 9000. Try using a shorter prompt."
        },
        QuestionTooLong,
        REFUSED,
    ),
    (
        "a request that is blocked, 498 on Cohere",
        f"{ISSUES}/cohere-ai/cohere-developer-experience/pull/189",
        498,
        {"message": "invalid request: the prompt was blocked for a violation of the guidelines"},
        ContentRefused,
        1,
    ),
    (
        "no capacity for a while, 498 on Groq",
        GROQ_ERRORS,
        498,
        {"error": {"message": "Flex tier capacity exceeded, try again", "type": "capacity"}},
        ANSWERED,
        2,
    ),
    (
        "a model out of service on Groq",
        GROQ_ERRORS,
        400,
        {
            "error": {
                "message": "The model `m` has been decommissioned and is no longer supported.",
                "type": "invalid_request_error",
                "code": "model_decommissioned",
            }
        },
        ModelRetired,
        1,
    ),
    (
        "no such model on Fireworks",
        FIREWORKS,
        404,
        {
            "message": "Model not found, inaccessible, and/or not deployed",
            "param": "model",
            "code": "NOT_FOUND",
            "type": "error",
        },
        ModelNotFound,
        1,
    ),
    (
        "a function of another account on NIM",
        NIM,
        404,
        {"status": 404, "title": "Not Found", "detail": "Function '1': Not found for account 'A'"},
        ModelNotFound,
        2,
    ),
    (
        "a rate without a word on NIM",
        NIM_RATE,
        429,
        {"status": 429, "title": "Too Many Requests"},
        ANSWERED,
        2,
    ),
    (
        "a path that is not there, as a text",
        f"{ISSUES}/langgenius/dify/issues/3958",
        404,
        "404 page not found\n",
        ModelNotFound,
        2,
    ),
    (
        "a rate of a minute that is called a quota on Cerebras",
        CEREBRAS,
        429,
        cerebras(
            "Tokens per minute limit exceeded - too many tokens processed.",
            "too_many_tokens_error",
            "quota",
            "token_quota_exceeded",
        ),
        ANSWERED,
        2,
    ),
    (
        "a queue that is full on Cerebras",
        CEREBRAS_ERRORS,
        429,
        cerebras(
            "We're experiencing high traffic right now! Please try again soon.",
            "too_many_requests_error",
            "queue",
            "queue_exceeded",
        ),
        ANSWERED,
        2,
    ),
    (
        "a context too small on Cerebras",
        CEREBRAS_ERRORS,
        400,
        cerebras(
            "Please reduce the length of the messages or completion. Current length is 9102 while "
            "limit is 8192",
            "invalid_request_error",
            "messages",
            "context_length_exceeded",
        ),
        QuestionTooLong,
        REDUCED,
    ),
    (
        "an account that is suspended for its balance on Moonshot",
        KIMI,
        429,
        {
            "error": {
                "message": "Your account org-x is suspended due to insufficient balance, please "
                "recharge your account or check your plan and billing details",
                "type": "exceeded_current_quota_error",
            }
        },
        QuotaExhausted,
        1,
    ),
    (
        "a session's usage on Ollama's cloud",
        OLLAMA,
        429,
        {"error": "you (x) have reached your session usage limit, please wait or upgrade"},
        QuotaExhausted,
        1,
    ),
    (
        "a team's tokens of a minute on xAI",
        XAI,
        429,
        {
            "code": "Some resource has been exhausted",
            "error": "Too many tokens for team x and model m. Your team's rate limit is - Tokens "
            "per Minute (actual/limit): 16600/16000.",
        },
        ANSWERED,
        2,
    ),
    (
        "all is taken for a while on Vertex",
        VERTEX,
        429,
        google(429, "RESOURCE_EXHAUSTED", "Resource exhausted. Please try again later."),
        ANSWERED,
        2,
    ),
    (
        "no such model on Vertex",
        VERTEX_MODELS,
        404,
        google(
            404,
            "NOT_FOUND",
            "Publisher Model `projects/p/locations/l/publishers/google/models/m` was not found or "
            "your project does not have access to it.",
        ),
        ModelNotFound,
        1,
    ),
    (
        "an API that is not switched on on Vertex",
        VERTEX_MODELS,
        403,
        google(403, "PERMISSION_DENIED", "Vertex AI API has not been used in project 1 before."),
        KeyRefused,
        1,
    ),
    (
        "a model that is out of reach on Together",
        TOGETHER,
        400,
        {
            "error": {
                "message": "Unable to access model m. Please visit the list of supported models.",
                "type": "invalid_request_error",
                "code": "model_not_available",
            }
        },
        ModelNotFound,
        1,
    ),
    (
        "a credit limit on Together",
        TOGETHER,
        429,
        {"error": {"message": "Credit limit exceeded, please add credits", "type": "credit_limit"}},
        QuotaExhausted,
        1,
    ),
    (
        "no such model on DeepSeek",
        DEEPSEEK,
        400,
        {"error": {"message": "Model Not Exist", "type": "invalid_request_error"}},
        ModelNotFound,
        1,
    ),
    (
        "content at risk on DeepSeek",
        DEEPSEEK,
        400,
        {"error": {"message": "Content Exists Risk", "type": "invalid_request_error"}},
        ContentRefused,
        1,
    ),
    (
        "a key without credit on Upstage",
        UPSTAGE,
        403,
        {
            "error": {
                "message": "API key is suspended because of insufficient credit. Please register "
                "a payment method.",
                "type": "invalid_request_error",
                "code": "api_key_is_not_allowed",
            }
        },
        QuotaExhausted,
        1,
    ),
    (
        "too many at once on CLOVA Studio",
        CLOVA,
        429,
        {"status": {"code": "42901", "message": "Too many requests - overload"}, "result": None},
        ANSWERED,
        2,
    ),
    (
        "nothing at all behind a gateway",
        "https://docs.kindo.ai/apis/chat-completions/errors/",
        502,
        b"",
        ANSWERED,
        2,
    ),
)

CLOUDS = (
    *map(row, ROWS),
    Quirk(
        "a limit above the model's on Databricks",
        DATABRICKS,
        ANSWERED,
        rule=over(
            "max_tokens",
            512,
            "Bad request: rpc error: code = InvalidArgument desc = max_tokens (10000) cannot "
            "exceed 512. Please reduce the length of max output tokens generated.",
        ),
        requests=2,
    ),
    Quirk(
        "a limit above the model's on Ollama's cloud",
        OLLAMA_MOST,
        ANSWERED,
        rule=over(
            "max_tokens",
            512,
            "max_tokens (384000) exceeds model's maximum output tokens (512) for model m",
        ),
        requests=2,
    ),
    Quirk(
        "a property that is not supported on Cerebras",
        CEREBRAS_ERRORS,
        ANSWERED,
        (
            body(
                cerebras(
                    "body.stream_options: property is unsupported",
                    "invalid_request_error",
                    "validation_error",
                    "wrong_api_format",
                ),
                422,
            ),
        ),
        only="stream",
        requests=2,
    ),
    Quirk(
        "an unknown field on Databricks",
        f"{ISSUES}/databricks/databricks-sdk-py/issues/1263",
        ANSWERED,
        (
            body(
                {
                    "error_code": "BAD_REQUEST",
                    "message": 'Bad request: json: unknown field "stream_options"\n',
                },
                400,
            ),
        ),
        only="stream",
        requests=2,
    ),
    Quirk(
        "a model that is for inference profiles alone on Bedrock",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-use.html",
        ModelNotFound,
        (
            body(
                {
                    "message": "Invocation of model ID m with on-demand throughput isn\u2019t "
                    "supported. Retry your request with the ID or ARN of an inference profile."
                },
                400,
            ),
        ),
    ),
    Quirk(
        "too many requests in Korean",
        "https://developers.kakao.com/docs/latest/ko/rest-api/reference",
        RateLimited,
        (body({"code": -10, "msg": "허용된 요청 횟수를 초과하였습니다."}, 400),) * 3,
        requests=3,
    ),
    Quirk(
        "a day's usage is over in Korean",
        "https://api.ncloud-docs.com/docs/common-ncpapi",
        RateLimited,
        (body({"error": {"message": "일일 사용량 한도를 초과하였습니다."}}, 400),),
    ),
)
