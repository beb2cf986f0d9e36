"""What a model is sent: the system prompt, the conversation so far, the question.

Roles stay apart. A person's words are only ever in a user's turn, even where a completion
model wants the whole conversation as one text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from daehwa.answers.past import recent
from daehwa.answers.values import Question

if TYPE_CHECKING:
    from daehwa.answers.bot_profile import BotProfile

_KOREAN = (
    "당신은 채팅방의 도우미입니다. 사용자의 언어로, 보통은 한국어로, 짧고 정확하게 답하세요. "
    "도움이 되면 Markdown을 쓰세요. 모르는 것은 모른다고 하세요."
)
_ENGLISH = (
    "You are the assistant in a chat. Answer briefly and correctly, in the user's language, "
    "usually {language}. Use Markdown where it helps. Say so when you do not know."
)
# For a small model: what it does well, and no invitation to lists it cannot fill.
_BRIEF_KOREAN = (
    "당신은 친절한 한국어 채팅 도우미입니다. 한국어로 두세 문장으로 짧게 답하세요. "
    "코드는 코드 블록에 쓰세요. 날씨나 뉴스는 알 수 없다고 하세요. 모르면 모른다고 하세요."
)
_BRIEF_ENGLISH = (
    "You are a friendly assistant in a chat. Answer in {language}, in two or three short "
    "sentences. Put code in a code block. You cannot know weather or news. "
    "Say so when you do not know."
)
# By the language subtag of Lex's locales.
_LANGUAGES = {
    "ar": "Arabic",
    "ca": "Catalan",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "sv": "Swedish",
    "yue": "Cantonese",
    "zh": "Chinese",
}
_KOREAN_PROFILE = {
    "bot": "당신은 '{}' 봇이 알아듣지 못한 말에 대신 답합니다.",
    "abilities": (
        "다음 일은 봇이 직접 합니다. 해 달라고 하면 어떻게 말하면 되는지 알려 주고, "
        "했다고 하지 마세요."
    ),
    "date": "오늘은 {}입니다.",
}
_ENGLISH_PROFILE = {
    "bot": "You answer what the bot '{}' did not understand.",
    "abilities": (
        "The bot itself does what follows. For these, say how to ask for it, "
        "and never claim to have done it."
    ),
    "date": "Today is {}.",
}
_MEMBER = r"\{(bot|abilities|date|language|locale)\}"
_NAMES = {"user": "User", "assistant": "Assistant"}
STOP = "\nUser:"


def system_prompt(
    locale: str,
    *,
    brief: bool = False,
    profile: BotProfile | None = None,
    template: str | None = None,
) -> str:
    """Give the system prompt for a locale; ``brief`` is the one for a small model.

    A ``template`` replaces ours. Its members are ``{bot}``, ``{abilities}``, ``{date}``,
    ``{language}`` and ``{locale}``; other braces stay as they are.
    """
    if template is not None:
        return _filled(template, locale, language_name(locale), profile)
    if language_code(locale) == "ko":
        prompt = _BRIEF_KOREAN if brief else _KOREAN
        lines = _KOREAN_PROFILE
    else:
        prompt = _BRIEF_ENGLISH if brief else _ENGLISH
        prompt = prompt.format(language=language_name(locale))
        lines = _ENGLISH_PROFILE
    return "\n".join([prompt, *_described(lines, profile, brief=brief)])


def language_code(locale: str) -> str:
    """Give the language subtag of a locale: ``pt`` of ``pt_BR``."""
    return locale.replace("-", "_").partition("_")[0].lower()


def language_name(locale: str) -> str:
    """Give the English name of a locale's language; one that has none here keeps its locale."""
    return _LANGUAGES.get(language_code(locale), f"the language of {locale}")


def _described(lines: dict[str, str], profile: BotProfile | None, *, brief: bool) -> list[str]:
    if profile is None:
        return []
    described = [lines["bot"].format(profile.name)]
    # A small model takes what it reads for what it was asked.
    if profile.abilities and not brief:
        abilities = "".join(f"\n- {ability}" for ability in profile.abilities)
        described.append(lines["abilities"] + abilities)
    if profile.date:
        described.append(lines["date"].format(profile.date))
    return described


def _filled(template: str, locale: str, language: str, profile: BotProfile | None) -> str:
    abilities = () if profile is None else profile.abilities
    members = {
        "bot": "" if profile is None else profile.name,
        "abilities": "\n".join(f"- {ability}" for ability in abilities),
        "date": "" if profile is None else profile.date,
        "language": language,
        "locale": locale,
    }
    return re.sub(_MEMBER, lambda match: members[match[1]], template)


def messages(
    question: Question, *, system: str, budget: int, folded: bool = False
) -> list[dict[str, str]]:
    """Give the messages of a chat request: system, history in its roles, the question.

    ``folded`` puts the system prompt before the person's first words, for a model that knows
    no such role.
    """
    made = [
        {"role": "system", "content": system},
        *(
            {"role": exchange.role, "content": exchange.text}
            for exchange in recent(question.history, budget)
        ),
        {"role": "user", "content": question.text},
    ]
    if folded:
        del made[0]
        made[0] = {"role": "user", "content": f"{system}\n\n{made[0]['content']}"}
    return made


def transcript(question: Question, *, system: str, budget: int) -> str:
    """Give the prompt of a completion request: the same conversation as one text.

    Lines after the first are indented, so that no one's words can begin another's turn.
    """
    turns = messages(question, system=system, budget=budget)
    lines = [turns[0]["content"], ""]
    lines += (
        f"{_NAMES[turn['role']]}: " + "\n  ".join(turn["content"].splitlines())
        for turn in turns[1:]
    )
    return "\n".join([*lines, "Assistant:"])
