"""What can go wrong with a request to ``/chat``: each code with its status and its two lines.

A line is for the person who talks, so it says what to do; the code is for programs. Statuses
400 to 429 are the caller's to fix, 500 and above are ours or those of something behind us.
"""

from __future__ import annotations

from typing import NamedTuple


class ErrorCode(NamedTuple):
    """One code: its HTTP status and its line in Korean and in English, details in braces."""

    status: int
    korean: str
    english: str


ERRORS: dict[str, ErrorCode] = {
    "RequestMalformed": ErrorCode(
        400,
        "요청의 JSON이 올바르지 않아요: {detail}",
        "The body is not the JSON expected here: {detail}",
    ),
    "TextMissing": ErrorCode(
        400, "보낼 말이 비어 있어요. 내용을 적어 주세요.", "The text is empty: say something."
    ),
    "TextTooLong": ErrorCode(
        400,
        "{length}자를 적으셨어요. Lex는 한 번에 {limit}자까지만 받아요.",
        "The text has {length} characters; Lex takes at most {limit}.",
    ),
    "SessionIdInvalid": ErrorCode(
        400,
        "sessionId는 영문자, 숫자와 . _ : - 로 된 2~100자여야 해요.",
        "sessionId has to be 2 to 100 letters, digits or . _ : -",
    ),
    "MessageIdInvalid": ErrorCode(
        400,
        "messageId는 영문자, 숫자와 . _ : - 로 된 1~100자여야 해요.",
        "messageId has to be 1 to 100 letters, digits or . _ : -",
    ),
    "FeedbackInvalid": ErrorCode(
        400,
        'rating은 "up", "down" 또는 null이고, comment는 {limit}자까지예요.',
        'rating is "up", "down" or null; a comment has at most {limit} characters.',
    ),
    "RecordingInvalid": ErrorCode(
        415,
        "받을 수 있는 녹음이 아니에요. 받는 형식: {types}.",
        "This type of recording is not accepted. Accepted types: {types}.",
    ),
    "TokenMissing": ErrorCode(
        401,
        "이 서버는 토큰을 요구해요. 'Authorization: Bearer TOKEN'을 보내 주세요.",
        "This server requires a token: send 'Authorization: Bearer TOKEN'.",
    ),
    "TokenUnknown": ErrorCode(
        401,
        "이 서버의 토큰이 아니에요. 다시 확인해 주세요.",
        "This is not a token of this server: check it.",
    ),
    "ScopeMissing": ErrorCode(
        403,
        "이 토큰으로는 할 수 없는 일이에요. '{scope}' 권한이 있는 토큰이 필요해요.",
        "This token does not allow that: it takes one with the scope '{scope}'.",
    ),
    "DoorClosed": ErrorCode(
        403,
        "이 서버는 이 기능을 다른 사람에게 열어 두지 않았어요. 서버 운영자가 열 수 있어요: {cure}.",
        "This server does not allow this to others. Its operator can change that: {cure}.",
    ),
    "SecretMissing": ErrorCode(
        401,
        "이 대화는 시작한 쪽만 볼 수 있어요. 시작할 때 받은 X-Session-Secret 헤더를 보내 주세요.",
        "A session belongs to whoever started it: send its X-Session-Secret header.",
    ),
    "SecretInvalid": ErrorCode(
        400,
        "X-Session-Secret은 서버가 준 값 그대로여야 해요.",
        "X-Session-Secret has to be what the server has sent.",
    ),
    "OriginNotAllowed": ErrorCode(
        403,
        "다른 사이트의 페이지는 이 요청을 보낼 수 없어요. "
        "서버 운영자가 그 출처를 허용할 수 있어요 (DAEHWA_ALLOWED_ORIGINS).",
        "A page of another site may not send this request. Whoever runs the server can allow "
        "its origin (DAEHWA_ALLOWED_ORIGINS).",
    ),
    "HostNotAllowed": ErrorCode(
        421,
        "이 서버는 그 이름의 요청을 받지 않아요. "
        "서버 운영자가 그 이름을 허용할 수 있어요 (DAEHWA_ALLOWED_HOSTS).",
        "This server does not answer under that name. Whoever runs the server can allow it "
        "(DAEHWA_ALLOWED_HOSTS).",
    ),
    "AddressClosed": ErrorCode(
        403,
        "이 주소로는 말을 걸 수 없어요. 채팅 페이지의 주소를 써 주세요.",
        "This address takes no calls: use the address of the chat page.",
    ),
    "AttributeNotAllowed": ErrorCode(
        403,
        "속성 '{name}'은 밖에서 정할 수 없어요. 서버 운영자가 허용할 수 있어요 "
        "(client_attributes).",
        "A client may not set the attribute '{name}'. Whoever runs the server can allow it "
        "(client_attributes).",
    ),
    "NotFound": ErrorCode(404, "이 주소에는 아무것도 없어요.", "There is nothing at this address."),
    "BotNotFound": ErrorCode(
        404,
        "{bot} 봇은 여기에 없어요. 있는 봇: {bots}.",
        "There is no bot {bot} here. The bots here: {bots}.",
    ),
    "LocaleNotFound": ErrorCode(
        404,
        "{bot} 봇은 {locale} 언어를 지원하지 않아요. 지원하는 언어: {locales}.",
        "{bot} is not available in {locale}. It is available in {locales}.",
    ),
    "TurnNotFound": ErrorCode(
        404,
        "이 대화에는 {message_id} 메시지가 없어요.",
        "There is no message {message_id} in this session.",
    ),
    "MethodNotAllowed": ErrorCode(
        405,
        "이 주소는 이 메서드를 받지 않아요.",
        "This address does not accept this method.",
    ),
    "RequestTimeout": ErrorCode(
        408,
        "요청의 내용이 제때 오지 않았어요. 다시 보내 주세요.",
        "The request's body did not come in time: send it again.",
    ),
    "ConflictException": ErrorCode(
        409,
        "이 대화의 다른 메시지에 답하는 중이에요. 잠시 뒤에 다시 보내 주세요.",
        "Another request is using this session. Try again when it has been answered.",
    ),
    "TurnLost": ErrorCode(
        410,
        "답변이 사라졌어요. 다시 물어봐 주세요.",
        "The answer was lost. Ask again.",
    ),
    "RequestTooLarge": ErrorCode(
        413,
        "요청이 {limit}바이트보다 커요.",
        "The request's body is larger than {limit} bytes",
    ),
    "EncodingUnsupported": ErrorCode(
        415,
        "압축된 요청은 받지 않아요. 요청의 내용을 그대로, Content-Encoding 없이 보내 주세요.",
        "Compressed requests are not read: send the body as it is, without Content-Encoding.",
    ),
    "TransferCodingUnsupported": ErrorCode(
        501,
        "Transfer-Encoding은 chunked만 받아요. 요청의 내용을 압축하지 않고 보내 주세요.",
        "Of the transfer codings only chunked is read: send the body uncompressed.",
    ),
    "DependencyFailedException": ErrorCode(
        424, "봇의 코드 훅이 실패했어요.", "The bot's code hook failed."
    ),
    "ThrottlingException": ErrorCode(
        429,
        "지금 진행 중인 대화가 너무 많아요. 잠시 뒤에 다시 보내 주세요.",
        "Too many conversations at once: try again in a moment.",
    ),
    "TooManyRequests": ErrorCode(
        429,
        "너무 많은 요청을 보내셨어요. {seconds}초 뒤에 다시 보내 주세요.",
        "You have sent too many requests: try again in {seconds} s.",
    ),
    "DailyLimitReached": ErrorCode(
        429,
        "오늘 나눌 수 있는 대화를 모두 나눴어요. 내일 다시 와 주세요.",
        "This chat has reached its limit for today: come back tomorrow.",
    ),
    "ValidationException": ErrorCode(
        400, "Lex가 이 요청을 받지 않아요.", "Lex refuses the request."
    ),
    "AccessDeniedException": ErrorCode(
        403, "이 봇에 말을 걸 권한이 없어요.", "You have no permission to talk to this bot."
    ),
    "ResourceNotFoundException": ErrorCode(
        404, "그런 봇, 별칭, 언어가 없어요.", "There is no such bot, alias or locale."
    ),
    "BadGatewayException": ErrorCode(
        502,
        "봇이 쓰는 서비스가 제대로 답하지 않았어요.",
        "A service behind the bot gave an invalid answer.",
    ),
    "InternalServerException": ErrorCode(
        500,
        "서버에 문제가 생겼어요. 요청 ID로 로그에서 찾을 수 있어요.",
        "Something went wrong here. Look for the request id in the log.",
    ),
    "Misconfigured": ErrorCode(
        500, "이 채팅은 아직 설정되지 않았어요.", "This chat is not set up yet."
    ),
    "BotUnreachable": ErrorCode(502, "봇에 연결할 수 없어요.", "The bot cannot be reached."),
    "ShuttingDown": ErrorCode(503, "서버를 멈추는 중이에요.", "The server is stopping."),
    "TooBusy": ErrorCode(
        503,
        "지금은 이용하는 분이 너무 많아요. 잠시 뒤에 다시 보내 주세요.",
        "Too many people are using this at the moment: try again shortly.",
    ),
    "BotNotReady": ErrorCode(
        503,
        "봇을 아직 준비하고 있어요. 잠시 뒤에 다시 보내 주세요.",
        "The bot is still being prepared: try again in a moment.",
    ),
    "StoreUnavailable": ErrorCode(
        503,
        "지금은 대화를 저장할 수 없어요. 다시 보내 주세요.",
        "The conversation cannot be stored at the moment: try again.",
    ),
    "Unreachable": ErrorCode(
        504,
        "봇이 제때 답하지 않았어요. 조금 뒤에 이 메시지의 답을 다시 물어봐 주세요.",
        "The bot did not answer in time: ask for the message's reply later.",
    ),
}


class ChatError(Exception):
    """A request that cannot be served, by one of the ``ERRORS``.

    ``details`` fill the braces of its lines. ``message`` stands in place of both lines where
    somebody else has worded what is wrong, as a code hook's error does; ``status`` likewise.
    ``retry_after`` is in how many seconds the request may be sent again, if that is known.
    """

    def __init__(
        self,
        code: str,
        *,
        message: str | None = None,
        status: int | None = None,
        retry_after: int | None = None,
        **details: object,
    ) -> None:
        self.code = code
        self.retry_after = retry_after
        self.status = ERRORS[code].status if status is None else status
        self._message = message
        self._details = details
        super().__init__(self.line("en"))

    def line(self, language: str) -> str:
        """The line: Korean for ``ko`` and ``ko_*``, English for all others."""
        if self._message is not None:
            return self._message
        lines = ERRORS[self.code]
        return (lines.korean if language.startswith("ko") else lines.english).format(
            **self._details
        )
