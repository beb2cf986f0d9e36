"""Phrases of Lex's built-in intents, which exports leave out.

Lex gives Help, Cancel, Stop and their like phrases of its own; apart from that they are
ordinary intents. The English ones are those that its guide prints, with near ones of our
own; the Korean ones are ours. Source: Lex V2 developer guide, "Built-in intents".
"""

from __future__ import annotations

from typing import Final

from daehwa import bot

_ENGLISH: Final = {
    "AMAZON.HelpIntent": (
        "help",
        "help me",
        "can you help me",
        "i need help",
        "what can you do",
        "what can i say",
    ),
    "AMAZON.CancelIntent": (
        "cancel",
        "never mind",
        "forget it",
        "cancel that",
        "please cancel",
        "i changed my mind",
    ),
    "AMAZON.StopIntent": ("stop", "off", "shut up", "stop it", "quit", "be quiet"),
    "AMAZON.RepeatIntent": (
        "repeat",
        "say that again",
        "repeat that",
        "can you repeat that",
        "what did you say",
        "come again",
    ),
    "AMAZON.ResumeIntent": ("resume", "continue", "keep going", "go on", "carry on"),
    "AMAZON.PauseIntent": ("pause", "pause that", "hold on", "wait a moment"),
    "AMAZON.StartOverIntent": (
        "start over",
        "restart",
        "start again",
        "begin again",
        "from the beginning",
    ),
}

_KOREAN: Final = {
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


def learnable(locale: bot.BotLocale) -> tuple[bot.Intent, ...]:
    """The locale's intents that text can mean, in the order of the definition."""
    return tuple(
        intent
        for intent in locale.intents.values()
        if intent.parent_intent_signature not in bot.UNRECOGNISED_INTENTS
    )


def utterances(locale: bot.BotLocale, intent: bot.Intent) -> tuple[str, ...]:
    """The intent's sample utterances, after Lex's own phrases where it is a built-in one."""
    phrases = _KOREAN if locale.identifier.lower().startswith("ko") else _ENGLISH
    supplied = phrases.get(intent.parent_intent_signature or "", ())
    return (*supplied, *(sample.utterance for sample in intent.sample_utterances or ()))
