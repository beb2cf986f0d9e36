"""What a person reads of an answerer, in Korean and English."""

_LINES: dict[str, tuple[str, str]] = {
    "setting_invalid": (
        "지금은 언어 모델의 설정이 올바르지 않아 답할 수 없습니다. 관리자에게 알려 주세요.",
        (
            "I can't answer that now: the language model is not set up correctly. "
            "Please tell the administrator."
        ),
    ),
    "setting_empty": (
        "지금은 언어 모델의 설정이 비어 있어 답할 수 없습니다. 관리자에게 알려 주세요.",
        (
            "I can't answer that now: a setting of the language model is empty. "
            "Please tell the administrator."
        ),
    ),
    "nothing_found": (
        "문서에서 답을 찾지 못했습니다. 다르게 물어봐 주세요.",
        "I found no answer in the documents. Please ask in another way.",
    ),
    "key_missing": (
        "언어 모델의 API 키가 없어 답할 수 없습니다. 관리자에게 알려 주세요.",
        (
            "I can't answer that: no API key for the language model is set. "
            "Please tell the administrator."
        ),
    ),
    "key_refused": (
        "언어 모델이 API 키를 거절했습니다. 관리자에게 알려 주세요.",
        "The language model refused our API key. Please tell the administrator.",
    ),
    "quota": (
        "언어 모델의 사용 한도가 모두 소진되었습니다. 관리자에게 알려 주세요.",
        "Our quota with the language model is used up. Please tell the administrator.",
    ),
    "budget_spent": (
        (
            "오늘은 더 이상 이런 질문에 답해 드릴 수 없습니다. 내일 다시 물어봐 주세요. "
            "봇이 아는 일은 계속 도와드릴 수 있습니다."
        ),
        (
            "I can't answer any more questions of this kind today. Please ask again tomorrow. "
            "Meanwhile I can help with what I know."
        ),
    ),
    "questions_too_many": (
        "질문이 너무 빨리 이어지고 있습니다. 잠시 후 다시 물어봐 주세요.",
        "That is a lot of questions in a short time. Please ask again in a moment.",
    ),
    "rate_limited": (
        "지금은 언어 모델에 요청이 너무 많습니다. 잠시 후 다시 물어봐 주세요.",
        "The language model is getting too many requests. Please ask again in a moment.",
    ),
    "timed_out": (
        "언어 모델이 제시간에 답하지 않았습니다. 다시 물어봐 주세요.",
        "The language model did not answer in time. Please ask again.",
    ),
    "unreachable": (
        "언어 모델에 연결할 수 없습니다. 잠시 후 다시 물어봐 주세요.",
        "I can't reach the language model. Please ask again in a moment.",
    ),
    "upstream_failed": (
        "언어 모델에 문제가 생겼습니다. 잠시 후 다시 물어봐 주세요.",
        "The language model had a problem. Please ask again in a moment.",
    ),
    "circuit_open": (
        "언어 모델이 계속 응답하지 않아 잠시 쉬고 있습니다. 조금 뒤에 다시 물어봐 주세요.",
        (
            "The language model keeps failing, so I am leaving it alone for a moment. "
            "Please ask again shortly."
        ),
    ),
    "content_refused": (
        "언어 모델이 이 질문에는 답하지 않겠다고 했습니다. 다르게 물어봐 주세요.",
        "The language model declined to answer that. Please ask in another way.",
    ),
    "model_not_found": (
        "설정된 언어 모델을 찾을 수 없습니다. 관리자에게 알려 주세요.",
        "The language model that is configured was not found. Please tell the administrator.",
    ),
    "model_retired": (
        "설정된 언어 모델의 서비스가 끝났습니다. 관리자에게 알려 주세요.",
        "The language model that is configured was shut down. Please tell the administrator.",
    ),
    "not_an_endpoint": (
        "언어 모델의 주소에서 웹 페이지가 왔습니다. 관리자에게 알려 주세요.",
        ("The language model's address answered with a web page. Please tell the administrator."),
    ),
    "only_thoughts": (
        "언어 모델이 생각만 하다가 답을 마치지 못했습니다. 다시 물어봐 주세요.",
        "The language model thought for too long and gave no answer. Please ask again.",
    ),
    "nobody_answers": (
        "그 질문에는 답해 드릴 수 없습니다. 봇이 아는 일은 도와드릴 수 있습니다.",
        "I can't answer that. I can help with what I know.",
    ),
    "moderation_failed": (
        "지금은 그 질문에 답해 드릴 수 없습니다. 관리자에게 알려 주세요.",
        "I can't answer that now. Please tell the administrator.",
    ),
    "too_long": (
        "질문이나 대화가 언어 모델에게 너무 깁니다. 더 짧게 물어봐 주세요.",
        "That is too long for the language model. Please ask in fewer words.",
    ),
    "request_refused": (
        "언어 모델이 요청을 받아들이지 않았습니다. 관리자에게 알려 주세요.",
        "The language model did not accept the request. Please tell the administrator.",
    ),
    "model_missing": (
        "오프라인 언어 모델이 아직 설치되지 않았습니다. 봇이 아는 일은 계속 도와드릴 수 있습니다.",
        "The offline language model is not installed yet. I can still help with what I know.",
    ),
    "model_downloading": (
        (
            "오프라인 언어 모델을 내려받는 중입니다({percent}%). "
            "그동안 봇이 아는 일은 도와드릴 수 있습니다."
        ),
        (
            "The offline language model is downloading ({percent}%). "
            "Meanwhile I can help with what I know."
        ),
    ),
    "model_loading": (
        "오프라인 언어 모델을 준비하는 중입니다. 잠시 후 다시 물어봐 주세요.",
        "The offline language model is starting. Please ask again in a few seconds.",
    ),
    "model_failed": (
        "오프라인 언어 모델을 시작하지 못했습니다. 관리자에게 알려 주세요.",
        "The offline language model could not start. Please tell the administrator.",
    ),
    "model_unusable": (
        (
            "이 컴퓨터에서는 오프라인 언어 모델을 쓸 수 없습니다. "
            "봇이 아는 일은 계속 도와드릴 수 있습니다."
        ),
        "The offline language model cannot run on this machine. I can still help with what I know.",
    ),
    "pull_failed": (
        "오프라인 언어 모델을 내려받지 못했습니다. 봇이 아는 일은 계속 도와드릴 수 있습니다.",
        "The offline language model could not be downloaded. I can still help with what I know.",
    ),
    "no_space": (
        "디스크 공간이 부족해 오프라인 언어 모델을 내려받지 못했습니다. 관리자에게 알려 주세요.",
        "There is no disk space for the offline language model. Please tell the administrator.",
    ),
    # Not errors: the notice beside an offline answer.
    "offline_notice": (
        "오프라인 모델의 답변입니다. 틀릴 수 있습니다.",
        "Answered by the offline model. It may be wrong.",
    ),
}
_SAME = {
    "answer_error": "upstream_failed",
    "still_thinking": "only_thoughts",
    "pull_running": "model_missing",
    "pull_stopped": "model_missing",
    "wrong_digest": "pull_failed",
    "library_missing": "model_unusable",
    "processor_too_old": "model_unusable",
    "memory_too_small": "model_unusable",
}


def line_for(code: str, locale: str) -> str:
    """Give the line for ``code`` in Korean for ``ko_*`` locales, else in English."""
    korean, english = _LINES[_SAME.get(code, code)]
    return korean if locale.lower().startswith("ko") else english
