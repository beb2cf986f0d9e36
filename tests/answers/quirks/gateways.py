"""What gateways write or wrap, and providers that few clients know. Rows as in ``clouds``."""

from daehwa.answers.errors import (
    ContentRefused,
    KeyRefused,
    ModelNotFound,
    QuotaExhausted,
)
from daehwa.answers.testing import Raw

from .played import HALVES, RULES, SSE, TEXT, Quirk, body, events, js, message, stream, words
from .providers import ANSWERED, ISSUES, row

ONE_API = f"{ISSUES}/songquanpeng/one-api"
MINIMAX = f"{ISSUES}/ENTERPILOT/GoModel/pull/640"
QIANFAN = f"{ISSUES}/immersive-translate/immersive-translate/issues/1800"
APIM = f"{ISSUES}/MicrosoftDocs/azure-docs/issues/16282"
XAI = f"{ISSUES}/griptape-ai/griptape-nodes-engine/issues/1079"
ARK = f"{ISSUES}/coze-dev/coze-studio/issues/2195"
OVERDUE = f"{ISSUES}/RooCodeInc/Roo-Code/issues/12309"
LAMBDA = "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html"
LONG = b": " + b"y" * (2 << 20)


def one_api(text):
    return {"error": {"message": f"{text} (request id: 1)", "type": "one_api_error"}}


def minimax(code, text):
    return {"choices": None, "base_resp": {"status_code": code, "status_msg": text}}


ROWS = (
    (
        "no channel for a model on one-api",
        f"{ONE_API}/issues/1738",
        503,
        one_api("当前分组 default 下对于模型 m 无可用渠道"),
        ModelNotFound,
        1,
    ),
    (
        "a token's allowance is used up on one-api",
        ONE_API,
        403,
        one_api("该令牌额度已用尽"),
        QuotaExhausted,
        1,
    ),
    ("a rate, with 200 on MiniMax", MINIMAX, 200, minimax(1002, "rate limit"), ANSWERED, 2),
    (
        "a token that is invalid, with 200 on Qianfan",
        QIANFAN,
        200,
        {"error_code": 110, "error_msg": "Access token invalid or no longer valid"},
        KeyRefused,
        1,
    ),
    (
        "a rate, with 200 on Qianfan",
        QIANFAN,
        200,
        {"error_code": 18, "error_msg": "Open api qps request limit reached"},
        ANSWERED,
        2,
    ),
    (
        "an audit refuses, with 200",
        RULES,
        200,
        {"code": 10013, "message": "input content audit failed", "sid": "x"},
        ContentRefused,
        1,
    ),
    (
        "a quota of calls on Azure API Management",
        APIM,
        403,
        {"statusCode": 403, "message": "Out of call volume quota. Replenished in 5.03:23:11."},
        QuotaExhausted,
        1,
    ),
    (
        "a team without credits, as no permission on xAI",
        XAI,
        403,
        {
            "code": "The caller does not have permission to execute the specified operation",
            "error": "Your newly created teams doesn't have any credits yet.",
        },
        QuotaExhausted,
        1,
    ),
    (
        "an overdue balance on Ark",
        ARK,
        403,
        {"error": {"code": "AccountOverdueError", "message": "It has an overdue balance."}},
        QuotaExhausted,
        1,
    ),
    (
        "an overdue account",
        OVERDUE,
        403,
        {"error": {"message": "Access denied due to overdue account"}},
        QuotaExhausted,
        1,
    ),
    (
        "no authorization, with 200",
        RULES,
        200,
        {"error": "Unauthorized: the key is wrong", "output": None},
        KeyRefused,
        1,
    ),
    ("too early, 425", "https://www.rfc-editor.org/rfc/rfc8470#section-5.2", 425, "", ANSWERED, 2),
    (
        "a function's failure in an envelope of 200",
        LAMBDA,
        200,
        {"statusCode": 500, "body": '{"message": "Internal Server Error"}'},
        ANSWERED,
        2,
    ),
)

GATEWAYS = (
    *map(row, ROWS),
    Quirk(
        "words that are no JSON while the model waits",
        SSE,
        TEXT,
        (stream(b"null", b"ping", b"0", *words(*HALVES), b"[done]"),),
        only="stream",
    ),
    Quirk(
        "a server's failure as the only event",
        f"{ISSUES}/vllm-project/vllm",
        ANSWERED,
        (stream({"detail": "Internal Server Error"}),),
        only="stream",
        requests=2,
    ),
    Quirk(
        "a line of two million letters",
        RULES,
        TEXT,
        (Raw(LONG + b"\n\n" + events(*words(*HALVES)), "text/event-stream", packets=5),),
        only="stream",
    ),
    Quirk(
        "warnings before an answer and words behind it",
        RULES,
        TEXT,
        (
            body(
                b"<br />\n<b>Warning</b>: Undefined index in p.php on line 3<br />\n"
                + js(message(TEXT))
                + b"\n<!-- served by 12 -->",
                kind="text/html",
            ),
        ),
        only="whole",
    ),
    Quirk(
        "an answer as a text in an envelope",
        LAMBDA,
        TEXT,
        (body({"statusCode": 200, "body": js(message(TEXT)).decode()}),),
        only="whole",
    ),
    Quirk(
        "a part whose text is an object",
        "https://platform.openai.com/docs/api-reference/messages/object",
        TEXT,
        (body(message([{"type": "text", "text": {"value": TEXT, "annotations": []}}])),),
        only="whole",
    ),
    Quirk(
        "a box around the answer",
        "https://huggingface.co/zai-org/GLM-4.5V",
        TEXT,
        (stream(*words("<|begin_of_box|>", *HALVES, "<|end_of_box|>")),),
        only="stream",
    ),
)
