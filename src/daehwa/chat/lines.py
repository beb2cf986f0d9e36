"""What ``/chat`` itself says to a person, in Korean and English, and what is read of messages."""

from __future__ import annotations

import re
from typing import Literal

_TAGS = re.compile(r"<[^>]*>")

LineName = Literal[
    "answering",
    "stopped",
    "no_words",
    "unstored",
    "not_understood",
    "silent",
    "greeting",
    "placeholder",
    "question",
    "question_note",
]

_LINES: dict[LineName, tuple[str, str]] = {
    "answering": ("답변을 쓰고 있어요.", "Writing an answer."),
    "stopped": ("답변을 멈췄어요.", "The answer was stopped."),
    "no_words": ("모델이 빈 답변을 보냈어요.", "The model sent an empty answer."),
    "unstored": (
        "이 답변은 저장하지 못했어요. 새로 고치면 보이지 않을 수 있어요.",
        "This answer could not be stored: it may be gone when the page is reloaded.",
    ),
    "not_understood": (
        "봇이 알아듣지 못한 말이고, 대신 답할 언어 모델은 꺼져 있어요.",
        "The bot did not understand this, and no language model is on to answer instead.",
    ),
    "silent": ("봇이 이번에는 아무 말도 하지 않았어요.", "The bot said nothing this time."),
    "greeting": (
        "안녕하세요! 아래에서 고르거나 편하게 말을 걸어 주세요.",
        "Hello! Pick something below, or just say what is on your mind.",
    ),
    "question": ("대한민국의 수도는 어디인가요?", "What is the capital of France?"),
    "question_note": ("봇 대신 언어 모델이 답해요.", "A language model answers, not the bot."),
    "placeholder": ("메시지를 입력하세요", "Type a message"),
}


def line(name: LineName, locale: str) -> str:
    """The line in the locale's language: Korean for ``ko_*``, English for all others."""
    korean, english = _LINES[name]
    return korean if locale.startswith("ko") else english


def silence(locale: str, *, missed: bool) -> str:
    """The notice beside a reply without messages; ``missed``: it reached FallbackIntent."""
    return line("not_understood" if missed else "silent", locale)


def plain_text(content_type: str, content: str) -> str:
    """A message's text as it is read: SSML without its tags."""
    return _TAGS.sub("", content) if content_type == "SSML" else content
