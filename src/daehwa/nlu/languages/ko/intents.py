"""Korean phrases of Lex's built-in intents. Lex has none in its guide; these are ours."""

from __future__ import annotations

from typing import Final

INTENTS: Final = {
    "AMAZON.HelpIntent": (
        "도움말",
        "도와줘",
        "도와주세요",
        "도움이 필요해요",
        "뭘 할 수 있어",
        "어떻게 쓰는 거야",
        "사용법 알려줘",
    ),
    "AMAZON.CancelIntent": (
        "취소",
        "취소해 줘",
        "취소할게요",
        "없던 걸로 해줘",
        "됐어 안 할래",
        "신경 쓰지 마",
    ),
    "AMAZON.StopIntent": ("그만", "그만해", "중지", "멈춰", "정지", "조용히 해", "그만할래요"),
    "AMAZON.RepeatIntent": (
        "다시 말해줘",
        "다시 한번 말해줘",
        "한 번 더 말해 주세요",
        "반복해 줘",
        "방금 뭐라고 했어",
        "못 들었어요",
    ),
    "AMAZON.ResumeIntent": ("계속", "계속해 줘", "이어서 해줘", "다시 이어서", "재개"),
    "AMAZON.PauseIntent": ("일시 정지", "잠깐만", "잠시만요", "잠깐 멈춰", "기다려 줘"),
    "AMAZON.StartOverIntent": (
        "처음부터",
        "처음부터 다시",
        "다시 시작",
        "처음으로 돌아가 줘",
        "새로 시작할게요",
    ),
}
