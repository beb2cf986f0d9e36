"""The Korean words of the page on ``daehwa check``: one for each English sentence of its rules.

A rule whose sentence this table lacks stops `make docs`, so that the Korean page keeps pace.
"""

from __future__ import annotations

from collections.abc import Mapping

from daehwa import bot

_INTRODUCTION = """\
# `daehwa check`의 규칙

[English](checks.md)

오류가 있으면 봇이 빌드되지 않거나 의도한 대로 동작하지 않습니다. 경고는 실수일 가능성이 큰
것입니다. 규칙을 끄는 법은 [봇 만들기](bots.ko.md#검사)에 있습니다.

| 코드 | | 무엇을 알리나 |
|---|---|---|
"""

_SEVERITIES = {"error": "오류", "warning": "경고"}

_WORDS: Mapping[str, str] = {
    "The zip or folder is not an export of one bot, or cannot be read.": "zip이나 폴더가 봇 하나의 내보내기가 아니거나 읽을 수 없습니다.",
    "A file of a project is not YAML, or cannot be read.": "프로젝트의 파일이 YAML이 아니거나 읽을 수 없습니다.",
    "A # cuts off the rest of a text in a project's file.": "프로젝트의 파일에서 #이 글의 나머지를 잘라 냅니다.",
    "A word that is not one of the few that Lex accepts there.": "Lex가 그 자리에서 받는 낱말이 아닙니다.",
    "A file is not JSON.": "파일이 JSON이 아닙니다.",
    "A member is missing, has the wrong type, or a name is taken.": "멤버가 없거나 형이 틀리거나, 이미 쓰인 이름입니다.",
    "Slots lie in a folder that has no Intent.json.": "Intent.json이 없는 폴더에 슬롯이 있습니다.",
    "A folder of an intent, slot or slot type lacks its file.": "의도, 슬롯, 슬롯 유형의 폴더에 그 파일이 없습니다.",
    "The folder of a locale has another name than the locale in it.": "로캘의 폴더 이름이 그 안의 로캘과 다릅니다.",
    "A folder has another name than the intent, slot or type in it.": "폴더 이름이 그 안의 의도, 슬롯, 유형과 다릅니다.",
    "A file among a bot's parts that nobody reads.": "봇의 파일들 사이에 아무도 읽지 않는 파일이 있습니다.",
    "A member that nothing reads, close to one that is known.": "아무것도 읽지 않는 멤버인데, 아는 이름과 비슷합니다.",
    "A member that nothing reads.": "아무것도 읽지 않는 멤버입니다.",
    "A member is written in two spellings.": "같은 멤버가 두 가지 철자로 있습니다.",
    "The Manifest names a format or a resource that Lex does not have.": "Manifest에 Lex에 없는 형식이나 자원이 적혀 있습니다.",
    "An object has a member twice.": "객체에 같은 멤버가 두 번 있습니다.",
    "A name that Lex does not take.": "Lex가 받지 않는 이름입니다.",
    "An intent of the bot's own has the name of a built-in intent.": "직접 만든 의도의 이름이 기본 제공 의도의 이름과 같습니다.",
    "A text or list that must not be empty is empty.": "비어 있으면 안 되는 글이나 목록이 비어 있습니다.",
    "A text, list or number beyond Lex's limits.": "글, 목록, 수가 Lex의 한도를 넘습니다.",
    "The bot has no locale.": "봇에 로캘이 없습니다.",
    "The id of an alias is not valid, or is used twice.": "별칭의 ID가 올바르지 않거나 두 번 쓰였습니다.",
    "A network of bots has no members, or more than five.": "봇 네트워크에 구성 봇이 없거나 다섯이 넘습니다.",
    "The id of a network's member, or of its alias, is not valid.": "구성 봇이나 그 별칭의 ID가 올바르지 않습니다.",
    "A bot is in a network twice, or a network is in itself.": "봇이 네트워크에 두 번 있거나, 네트워크가 자기 안에 있습니다.",
    "A network of bots has intents of its own.": "봇 네트워크에 자기 의도가 있습니다.",
    "A bot that is not a network has members.": "네트워크가 아닌 봇에 구성 봇이 있습니다.",
    "Lex has no such locale.": "Lex에 그런 로캘이 없습니다.",
    "More intents than Lex takes.": "의도가 Lex가 받는 것보다 많습니다.",
    "The locale has no intent of its own.": "로캘에 자기 의도가 없습니다.",
    "The locale has no FallbackIntent.": "로캘에 FallbackIntent가 없습니다.",
    "The locale has several FallbackIntents.": "로캘에 FallbackIntent가 여럿 있습니다.",
    "Two names differ only in case or punctuation.": "두 이름이 대소문자나 기호만 다릅니다.",
    "A confidence threshold at which nothing, or everything, falls back.": "아무것도, 또는 모든 것이 FallbackIntent로 가는 신뢰도 기준입니다.",
    "An item of the custom vocabulary has no phrase.": "사용자 지정 어휘의 항목에 구절이 없습니다.",
    "A weight that the custom vocabulary does not take.": "사용자 지정 어휘가 받지 않는 가중치입니다.",
    "A phrase is in the custom vocabulary twice.": "사용자 지정 어휘에 같은 구절이 두 번 있습니다.",
    "A phrase of the custom vocabulary has too many words.": "사용자 지정 어휘의 구절에 낱말이 너무 많습니다.",
    "A slot is not written in the form {Name}.": "슬롯이 {이름}이 아닌 다른 기호로 적혀 있습니다.",
    "The braces of a sample utterance do not match.": "샘플 발화의 중괄호가 맞지 않습니다.",
    "A sample utterance has braces with no slot in them.": "샘플 발화에 슬롯 없는 중괄호가 있습니다.",
    "A sample utterance consists only of spaces.": "샘플 발화가 공백뿐입니다.",
    "A sample utterance names a slot of AMAZON.FreeFormInput.": "샘플 발화에 AMAZON.FreeFormInput 슬롯이 있습니다.",
    "A sample utterance sounds the same as one of another intent.": "샘플 발화가 다른 의도의 샘플 발화와 똑같이 들립니다.",
    "Two sample utterances of an intent sound the same.": "한 의도의 두 샘플 발화가 똑같이 들립니다.",
    "A sample utterance is a value of another intent's slot.": "샘플 발화가 다른 의도의 슬롯 값입니다.",
    "A sample utterance consists only of slots that take any words.": "샘플 발화가 아무 말이나 받는 슬롯뿐입니다.",
    "A sample utterance has no letter or digit.": "샘플 발화에 글자나 숫자가 없습니다.",
    "A sample utterance names a slot twice.": "샘플 발화에 같은 슬롯이 두 번 있습니다.",
    "Two slots in a sample utterance have no space between them.": "샘플 발화에서 두 슬롯이 맞붙어 있습니다.",
    "A sample utterance has invisible characters.": "샘플 발화에 눈에 보이지 않는 글자가 있습니다.",
    "An intent has no sample utterances.": "의도에 샘플 발화가 없습니다.",
    "An intent has a single sample utterance.": "의도에 샘플 발화가 하나뿐입니다.",
    "A reference to a slot type that does not exist.": "없는 슬롯 유형을 가리킵니다.",
    "A type that takes only its own values has none.": "자기 값만 받는 유형에 값이 없습니다.",
    "More values and synonyms than Lex takes.": "값과 동의어가 Lex가 받는 것보다 많습니다.",
    "A built-in slot type that Lex has only in other locales.": "Lex가 다른 로캘에만 두는 기본 제공 슬롯 유형입니다.",
    "A slot type has a parent other than AMAZON.AlphaNumeric.": "슬롯 유형의 부모가 AMAZON.AlphaNumeric이 아닙니다.",
    "A pattern that Lex does not take.": "Lex가 받지 않는 패턴입니다.",
    "A grammar is not XML.": "문법이 XML이 아닙니다.",
    "A grammar has more bytes than Lex takes.": "문법이 Lex가 받는 바이트 수를 넘습니다.",
    "A grammar is in S3 and not here.": "문법이 S3에 있고 여기에는 없습니다.",
    "A pattern on a slot type that cannot have one.": "패턴을 쓰지 않는 유형에 패턴이 있습니다.",
    "A pattern that no value can match.": "어떤 값도 맞을 수 없는 패턴입니다.",
    "A word stands for several values.": "한 낱말이 여러 값을 뜻합니다.",
    "A value is listed twice.": "같은 값이 두 번 있습니다.",
    "A synonym that is understood even if it is not listed.": "없어도 알아듣는 동의어입니다.",
    "A value begins or ends with a space.": "값이 공백으로 시작하거나 끝납니다.",
    "A slot type has no values.": "슬롯 유형에 값이 없습니다.",
    "No slot has the slot type.": "그 슬롯 유형을 쓰는 슬롯이 없습니다.",
    "The name of a built-in slot type has the wrong capitalisation.": "기본 제공 슬롯 유형의 대소문자가 Lex와 다릅니다.",
    "An unknown built-in slot type.": "알려지지 않은 기본 제공 슬롯 유형입니다.",
    "A reference to a slot that does not exist.": "없는 슬롯을 가리킵니다.",
    "A reference to an intent that does not exist.": "없는 의도를 가리킵니다.",
    "More slots than Lex takes.": "슬롯이 Lex가 받는 것보다 많습니다.",
    "A slot has no priority.": "슬롯에 우선순위가 없습니다.",
    "A slot has two priorities.": "한 슬롯에 우선순위가 둘 있습니다.",
    "Two slots have the same priority.": "두 슬롯의 우선순위가 같습니다.",
    "The priorities of an intent's slots have a gap.": "의도의 슬롯 우선순위에 빈 번호가 있습니다.",
    "A required slot has no prompt.": "필수 슬롯에 프롬프트가 없습니다.",
    "Nothing fills an optional slot.": "선택 슬롯을 채우는 것이 없습니다.",
    "The steps of an intent lead past a required slot.": "의도의 단계가 필수 슬롯을 지나칩니다.",
    "A composite slot names a part that its type lacks.": "복합 슬롯이 유형에 없는 부분을 가리킵니다.",
    "Nothing asks for a part of a composite slot.": "복합 슬롯의 한 부분을 묻는 것이 없습니다.",
    "A default or a step sets a value that the type lacks.": "기본값이나 단계가 유형에 없는 값을 넣습니다.",
    "A FallbackIntent has utterances, slots or a confirmation.": "FallbackIntent에 발화, 슬롯, 확인이 있습니다.",
    "An unknown built-in intent.": "알려지지 않은 기본 제공 의도입니다.",
    "A search intent does not name what it searches.": "검색 의도에 무엇을 검색할지 적혀 있지 않습니다.",
    "A message is not exactly one of the four kinds.": "메시지가 네 종류 가운데 꼭 하나가 아닙니다.",
    "A button's value is refused by the slot that it replies to.": "버튼의 값을, 그 버튼이 답하는 슬롯이 받지 않습니다.",
    "Two buttons of a card are the same.": "한 카드의 두 버튼이 같습니다.",
    "A card's picture has no https address.": "카드 그림의 주소가 https가 아닙니다.",
    "A message consists only of spaces.": "메시지가 공백뿐입니다.",
    "A prompt has no message.": "프롬프트에 메시지가 없습니다.",
    "An SSML message is not SSML.": "SSML 메시지가 SSML이 아닙니다.",
    "Two variations of a message are the same.": "두 변형이 같은 말을 합니다.",
    "A message names a slot that the intent lacks.": "메시지가 의도에 없는 슬롯을 가리킵니다.",
    "A slot in a message has no closing brace.": "메시지 안의 슬롯에 닫는 중괄호가 없습니다.",
    "What is not understood gets no reply.": "알아듣지 못한 말에 아무 답이 없습니다.",
    "An intent has nothing to say.": "의도가 아무 말도 하지 않습니다.",
    "An intent asks questions and ends without a reply.": "의도가 묻기만 하고 말없이 끝납니다.",
    "A no goes to a slot that is already filled and is not cleared.": "확인에 아니라고 하면, 이미 채워져 있고 비우지도 않는 슬롯으로 갑니다.",
    "A no to the confirmation gets no reply.": "확인에 아니라고 하면 아무 답이 없습니다.",
    "A confirmation has no prompt.": "확인에 프롬프트가 없습니다.",
    "A step confirms an intent that has no confirmation.": "단계가 확인이 없는 의도를 확인합니다.",
    "A step starts an intent, but does not name it.": "단계가 의도를 시작하지만 어느 의도인지 적혀 있지 않습니다.",
    "A step elicits a slot that has no prompt.": "단계가 프롬프트 없는 슬롯을 묻습니다.",
    "A step sets a slot that the intent lacks.": "단계가 의도에 없는 슬롯을 채웁니다.",
    "A step that cannot be reached names something that does not exist.": "도달할 수 없는 단계가 존재하지 않는 것을 가리킵니다.",
    "Intents start each other without end.": "의도들이 서로를 끝없이 시작합니다.",
    "Intents start each other in a circle.": "의도들이 돌아가며 서로를 시작합니다.",
    "Two branches have the same name.": "두 분기의 이름이 같습니다.",
    "A condition has no default branch.": "조건에 기본 분기가 없습니다.",
    "A condition that cannot be read.": "읽을 수 없는 조건입니다.",
    "A condition names a slot that the intent lacks.": "조건이 의도에 없는 슬롯을 가리킵니다.",
    "A condition that no value can meet.": "어떤 값도 채울 수 없는 조건입니다.",
    "A branch with the same condition as an earlier one.": "앞 분기와 조건이 같은 분기입니다.",
    "A step evaluates a condition that does not exist.": "단계가 존재하지 않는 조건을 따집니다.",
    "A step calls a code hook that does not exist.": "단계가 존재하지 않는 코드 훅을 부릅니다.",
    "A step calls a code hook in an intent whose hooks are off.": "훅을 끈 의도에서 단계가 코드 훅을 부릅니다.",
    "A code hook that is not configured under [[hooks]] in daehwa.toml.": "daehwa.toml의 어느 [[hooks]]도 가리키지 않는 코드 훅입니다.",
    "A code hook of daehwa.toml cannot be called as it is written.": "daehwa.toml의 코드 훅을 적힌 대로는 부를 수 없습니다.",
    "A setting of daehwa.toml for a bot or locale that does not exist.": "존재하지 않는 봇이나 로캘의 설정이 daehwa.toml에 있습니다.",
    "A sample utterance or value is in quotation marks.": "샘플 발화나 값이 따옴표로 싸여 있습니다.",
    "A code hook of daehwa.toml that nothing calls.": "daehwa.toml에 아무것도 부르지 않는 코드 훅이 있습니다.",
    "Output contexts of an intent that nothing fulfils.": "이행되지 않는 의도에 출력 컨텍스트가 있습니다.",
    "A context that no intent sets.": "어느 의도도 켜지 않는 컨텍스트입니다.",
    "A context that nothing reads.": "아무것도 읽지 않는 컨텍스트입니다.",
    "A default refers to a value that its context does not have.": "그런 값이 없는 컨텍스트에서 기본값을 가져옵니다.",
    "A session attribute that nothing sets.": "아무것도 넣지 않는 세션 속성입니다.",
}  # fmt: skip


def korean_checks(note: str) -> str:
    """The rules of ``daehwa check`` in Korean, under ``note``.

    Raises:
        SystemExit: a rule has no Korean words.
    """
    missing = [rule.breach for rule in bot.RULES.values() if rule.breach not in _WORDS]
    if missing:
        raise SystemExit(f"docs/checks_korean.py lacks: {missing}")
    rows = [
        f"| `{code}` | {_SEVERITIES[rule.severity]} | {_WORDS[rule.breach]} |"
        for code, rule in bot.RULES.items()
    ]
    return f"{note}\n\n{_INTRODUCTION}" + "\n".join(rows) + "\n"
