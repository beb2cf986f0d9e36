"""What people call the members of a project who have not read its reference, or know another one.

Lex's own names, those of other systems, Korean words. A member by such a name is still wrong;
its fault says the right one.
"""

from __future__ import annotations

from functools import cache
from typing import Final

# The kind that has the member: its right name, and what else people write.
_WORDS: Final = """
bot: name botName bot title 이름 봇이름
bot: idle idleSessionTTLInSeconds idle_session_ttl timeout ttl session_timeout 대기시간
bot: child_directed childDirected coppa dataPrivacy
bot: description 설명
locale: intents intent Intents 의도 인텐트 의도들
locale: slot_types slotTypes types entities entity entity_types slot_type
locale: slot_types 슬롯타입 슬롯유형 슬롯종류
locale: confidence nluConfidenceThreshold threshold confidence_threshold nlu_threshold 신뢰도
locale: voice voiceSettings voice_id voiceId 음성 목소리
locale: description 설명
intent: samples sampleUtterances sample_utterances utterances utterance examples example phrases
intent: samples training_phrases questions question patterns input
intent: samples 예문 발화 샘플 예시 질문 말
intent: answer response responses reply replies message messages say text output
intent: answer fulfillment fulfilment 대답 답변 답 응답 메시지
intent: slots entities parameters params slotPriorities 슬롯 변수
intent: confirm confirmation intentConfirmationSetting confirmationPrompt confirm_prompt 확인
intent: decline declination declinationResponse rejected denied cancel 거절 취소
intent: failure failed failureResponse error 실패
intent: hooks hook code_hook codeHook fulfillmentCodeHook dialogCodeHook lambda webhook
intent: hooks action 훅 후크
intent: closing intentClosingSetting closing_response close 마무리
intent: initial initialResponseSetting initial_response greeting 처음
intent: needs inputContexts input_contexts requires context
intent: gives outputContexts output_contexts sets
intent: builtin parentIntentSignature parent built_in
intent: description 설명
slot: type slotType slot_type slotTypeName entity 타입 유형 종류 형
slot: prompt question ask say message text elicit promptSpecification 질문 물음
slot: retries maxRetries max_retries retry attempts 재시도
slot: optional slotConstraint 선택
slot: default defaultValue defaults default_value 기본값
slot: multiple multipleValues multi list allowMultipleValues
slot: obfuscated obfuscation masked mask secret obfuscationSetting
slot: samples sampleUtterances utterances examples 예문
slot: captured slotCaptureSetting
slot: description 설명
outcome: say text message messages response answer reply 대답 말
outcome: then next nextStep next_step goto go 다음
outcome: set attributes sessionAttributes session_attributes
outcome: branches branch conditional conditions if when 조건
outcome: otherwise else default defaultBranch 아니면
outcome: clear reset empty
branch: if when condition expressionString 조건
branch: then next nextStep next_step goto 다음
branch: say text message messages response answer reply 대답 말
prompt: say text message messages question ask 질문
prompt: retries maxRetries max_retries
confirm: say text message messages question prompt ask 질문
message: title heading header 제목
message: subtitle description sub_title 부제목
message: image imageUrl image_url picture img 그림 이미지
message: buttons button options choices quick_replies 버튼 단추
message: any variations one_of oneOf random alternatives
message: payload customPayload custom_payload json
slot type: values value slotTypeValues items enum 값
slot type: expand valueSelectionSetting open
slot type: pattern regex regexp regexFilter
slot type: parent parentSlotTypeSignature extends
slot type: description 설명
hook: label invocationLabel invocation_label name
hook: active isActive enabled
context: name contextName
context: seconds ttl timeToLive timeToLiveInSeconds lifespan
context: turns turnsToLive
"""


@cache
def _right_names() -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for line in _WORDS.strip().splitlines():
        kind, _, words = line.partition(": ")
        right, *others = words.split()
        for other in others:
            names.setdefault((kind, _key(other)), right)
    return names


def right_name(name: str, kind: str) -> str | None:
    """The member of a kind that is meant by another name of it; ``None`` where none is known."""
    return _right_names().get(("outcome" if kind == "initial" else kind, _key(name)))


def _key(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")
