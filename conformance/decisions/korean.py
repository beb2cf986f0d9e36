"""The decisions in Korean, for ``docs/differences.ko.md``.

Each stands beside the digest of the English that it says. Where the English has changed,
`make docs` stops and names the entry and the digest that belongs to it.
"""

from __future__ import annotations

from typing import Final

import msgspec

INTRODUCTION: Final = """\
# Lex와 다른 점

[English](differences.md)

Daehwa는 Amazon Lex V2의 문서, 서비스 모델, 녹화된 대화가 보여 주는 대로 움직입니다. 거기에 답이
없는 것은 한 번 정해서 끝까지 지킵니다. 이 페이지는 그렇게 정한 것 모두와, Daehwa가 일부러 다르게
하는 몇 가지를 적은 것입니다. [규칙](conformance.ko.md)은 질문을 번호로 인용합니다.
"""
WHY: Final = "이유:"


class Korean(msgspec.Struct, frozen=True):
    """A decision's question, answer and reason in Korean; ``of`` is the digest of the English."""

    of: str
    question: str
    answer: str
    why: str


KOREAN: Final = {
    "missed-slot-interpretations": Korean(
        "662b6444",
        "답이 물어본 슬롯에 맞지 않을 때 어느 해석이 맨 앞에 오나요?",
        "진행 중인 의도와 그 슬롯이 먼저이고 FallbackIntent가 뒤따릅니다. FallbackIntent가 맨 "
        "앞에 오는 것은 그 턴의 의도일 때뿐입니다.",
        "녹화된 응답은 언제나 세션의 의도로 시작하고, 실제로 쓰이는 코드 훅은 "
        "interpretations[0]을 읽어 어느 의도를 맡았는지 압니다.",
    ),
    "state-without-fulfilment": Korean(
        "978eed81",
        "이행되지 않고 끝난 의도의 상태는 무엇인가요?",
        "필수 슬롯이 모두 차 있으면 클라이언트가 이행하도록 ReadyForFulfillment, 아니면 "
        "Failed입니다. 코드 훅 없는 이행은 Fulfilled로 만듭니다.",
        "녹화에서 HelloWorldBot의 훅 없는 이행은 Fulfilled로 끝나고, 값을 클라이언트에 돌려주는 "
        "봇은 ReadyForFulfillment로 끝납니다.",
    ),
    "state-after-decline": Korean(
        "3dc1e2aa",
        "사용자가 확인을 거절한 뒤의 상태는 무엇인가요?",
        "Failed이고, confirmationState는 Denied, 대화 동작은 Close입니다.",
        "실제로 흔히 보이는 모습이며, 문서에는 없습니다.",
    ),
    "retries-after-hook": Korean(
        "24b0f0c4",
        "코드 훅의 ElicitSlot은 재시도 횟수를 이어서 세나요?",
        "아니요. 프롬프트는 재시도를 모두 가진 채 처음부터 다시 시작합니다.",
        "훅이 하는 질문은 새 질문입니다. 횟수가 필요한 훅은 스스로 셉니다.",
    ),
    "filled-slot-capture": Korean(
        "33c3c137",
        "이미 찬 슬롯으로 가는 다음 단계 ElicitSlot은 캡처 응답을 보내나요?",
        "예. 슬롯이 방금 채워진 것처럼 응답, 조건 분기, 다음 단계, 검증 훅으로 이어지며, "
        "프롬프트와 프롬프트 뒤의 훅은 건너뜁니다.",
        "AWS의 샘플에 프롬프트의 훅은 건너뛰고 검증 훅은 실행한다고 되어 있습니다.",
    ),
    "time-zone": Korean(
        "4666bd0f",
        "날짜와 시간은 어느 시간대로 읽나요?",
        "`daehwa.toml`의 `time_zone`이며, 기본값은 컴퓨터의 시간대입니다.",
        "Lex는 밝히지 않습니다. 내일이라고 말하는 사람은 자기가 있는 곳의 내일을 뜻하고, 한 "
        "나라를 위한 서버는 그 나라의 시간대를 쓰는 것이 가장 좋습니다.",
    ),
    "korean-phrases": Korean(
        "7d20a5bc",
        "어떤 한국어가 내장 의도와 예, 아니요를 뜻하나요?",
        "존댓말과 반말을 모은 Daehwa의 목록입니다. HelpIntent는 도와줘 같은 말, CancelIntent는 "
        "취소, StopIntent는 그만, 멈춰, RepeatIntent는 다시 말해줘. 예는 네, 응, 그래요, ㅇㅇ, "
        "아니요는 아니요, 됐어요, ㄴㄴ이며, 아니요 괜찮아요는 아니요입니다. 의도의 말은 Lex의 "
        "영어처럼 샘플로 학습합니다.",
        "Lex는 밝히지 않으며, 내보내기에는 이 의도들의 발화가 없습니다.",
    ),
    "unset-placeholder": Korean(
        "821fe58f",
        "메시지 속 자리 표시자에 값이 없으면 어떻게 되나요?",
        "봇 자신의 메시지에서 `{Slot}`, `[attribute]`, `((attribute))`는 사라집니다. 의도에 그런 "
        "슬롯이 없는 `{word}`는 그대로 남고, `[1]`, `[안내]`, 링크 `[words](address)`도 남습니다. "
        "코드 훅의 메시지에서는 값이 없는 것이 쓰인 그대로 남습니다.",
        '한국에서 녹화된 폴백 훅은 답을 "[ChatGPT] "라는 글로 시작합니다.',
    ),
    "session-key": Korean(
        "0507ea13",
        "로캘도 세션을 구분하는 키에 들어가나요?",
        "예. 봇, 별칭, 로캘, 세션 ID가 함께 한 세션을 가리킵니다.",
        "모든 작업의 경로에 이 넷이 들어 있습니다.",
    ),
    "ambiguous-time": Korean(
        "96b044ca",
        "해석된 값이 여럿이고 하나로 정해지지 않으면(10시) 슬롯이 차나요?",
        "아니요. 훅은 그 값을 보지만, 훅이 정하지 않으면 슬롯을 다시 묻습니다.",
        "AWS ReminderBot의 훅은 이를 차지 않은 것으로 다룹니다.",
    ),
    "no-messages": Korean(
        "0fab8f84",
        "메시지가 없는 응답에는 무엇이 들어 있나요?",
        "본문에도 압축된 헤더에도 빈 목록이 들어 있습니다.",
        "녹화에는 둘 다 있습니다. 목록이 언제나 있으면 클라이언트가 따로 다룰 것이 없습니다.",
    ),
    "slots-in-echo": Korean(
        "eb188ece",
        "클라이언트나 훅이 슬롯을 다 적지 않고 상태를 정하면 상태에는 어떤 슬롯이 보이나요?",
        "의도의 모든 슬롯이 보이며, 적지 않은 것은 null입니다.",
        "모델은 이것을 모든 슬롯의 맵이라고 하고, 차지 않은 곳은 null이라고 합니다.",
    ),
    "after-close": Korean(
        "4d10547f",
        "Close 다음 턴에는 무슨 일이 일어나나요?",
        "새 요청입니다. 어떤 의도든 인식될 수 있고 슬롯은 비어 있습니다. 세션 속성과 컨텍스트는 "
        "남습니다.",
        "녹화된 대화 가운데 Close 뒤로 이어지는 것은 모두 그렇습니다.",
    ),
    "explicit-silence": Korean(
        "1c4b82ab",
        "코드 훅이 메시지 없이 의도를 닫으면 무엇을 말하나요?",
        "messages 멤버가 없거나 null이면 봇 자신의 것, 곧 성공 응답과 마무리 응답이나 실패 응답을 "
        "말합니다. 빈 목록이면 아무 말도 하지 않습니다.",
        "앞의 것은 안내서에 있고, 뒤의 것에는 한국의 현장 보고 하나가 기대고 있습니다.",
    ),
    "closing-after-hook": Korean(
        "d0391921",
        "의도를 닫은 코드 훅의 메시지에 마무리 응답이 덧붙나요?",
        "아니요. 메시지가 있는 Close는 꼭 그 메시지로 턴을 끝냅니다.",
        "계약에는 메시지를 준 그대로 보낸다고 되어 있습니다.",
    ),
    "silent-failure": Korean(
        "00fa5013",
        "코드 훅이 실패하거나 늦었는데 봇에 그때의 끝만 설정되어 있으면 어떻게 되나요?",
        "DependencyFailedException(424)입니다. 응답이나 켜진 조건 분기, EndConversation이 아닌 "
        "다음 단계가 있으면 그것을 따릅니다.",
        "콘솔로 만든 봇은 언제나 그 자리에 EndConversation을 적고, 그 사용자는 오류를 봅니다.",
    ),
    "silent-fallback": Korean(
        "0c28ce0c",
        "부를 훅도 메시지도 없는 FallbackIntent는 무엇을 하나요?",
        "이 프로그램에서 답하는 쪽(ChatGPT나 내장 모델)이 있으면 그것을 부릅니다. 없으면 Lex처럼 "
        "메시지 없이 닫습니다.",
        "콘솔의 내보내기에 그런 FallbackIntent가 있고, 거기에 답하는 것이 Daehwa가 있는 "
        "까닭입니다.",
    ),
    "next-steps-in-a-circle": Korean(
        "8166120f",
        "봇의 다음 단계가 질문이나 끝에 이르지 못하면 어떻게 되나요?",
        "한 턴에 500단계나 훅 호출 50번을 넘으면 자리를 알려 주는 ValidationException입니다.",
        "Lex의 안내서에는 없습니다. 할당량 안의 봇은 거기에 한참 못 미칩니다.",
    ),
    "switching-intents": Korean(
        "ab0476d6",
        "슬롯 프롬프트에 대한 답이 다른 의도를 시작하는 것은 언제인가요?",
        "그 의도가 임계값에 이르고, 점수가 그 글을 슬롯 값으로 보았을 때의 점수와 진행 중인 "
        "의도의 점수보다 높을 때입니다. AMAZON.FreeFormInput에서는 그런 일이 없습니다.",
        "안내서에는 그런 일이 있다고만 하고 언제인지는 없습니다.",
    ),
    "values-at-confirmation": Korean(
        "87b742ed",
        "사용자가 확인 질문에 예, 아니요 대신 새 값을 말하면 어떻게 되나요?",
        "그 값을 받아들이고, 그 값으로 다시 확인합니다. 앞에 예나 아니요가 있어도 그렇습니다(*아니요, 5명이요*). "
        "이미 있는 값을 되풀이하는 예는 예입니다.",
        "Lex의 동작은 알려져 있지 않습니다. 사람이라면 그렇게 할 것입니다.",
    ),
    "slot-miss-with-others": Korean(
        "a843e1ac",
        "답이 물어본 슬롯에는 맞지 않고 의도의 다른 슬롯을 말하면 어떻게 되나요?",
        "다른 슬롯을 채우고, 맞지 않은 것은 재시도 한 번으로 셉니다.",
        "슬롯의 샘플 발화에는 다른 슬롯이 들어 있을 수 있고, 세어야 대화가 끝이 납니다.",
    ),
    "restart-is-fresh": Korean(
        "c84cf2a6",
        "진행 중인 의도를 다시 시작하는 StartIntent는 슬롯을 남기나요?",
        "아니요. 그 단계가 정한 것만 빼고 비어 있습니다.",
        "FSI-Agent는 거절당한 뒤 모든 것을 다시 물으려고 의도를 다시 시작합니다.",
    ),
    "ten-messages": Korean(
        "b168a305",
        "한 턴에 메시지가 열 개를 넘으면 어떻게 되나요?",
        "질문이 그 안에 있으므로 마지막 열 개를 보냅니다.",
        "한도는 서비스 모델의 것이고, Lex가 무엇을 버리는지는 알려져 있지 않습니다.",
    ),
    "ordered-variations": Korean(
        "0f067b05",
        "순서대로(Ordered) 쓰는 프롬프트의 마지막 변형 다음에는 무엇이 오나요?",
        "다시 첫 변형입니다.",
        "안내서는 마지막까지의 순서만 설명합니다.",
    ),
    "echoed-contexts": Korean(
        "f470c58b",
        "훅이나 클라이언트가 컨텍스트를 그대로 돌려보내면 더 오래 사나요?",
        "아니요. 남은 수명은 계속 줄어듭니다. 턴 수, 초, 속성이 다르면 새로 정한 것이 됩니다. "
        "코드 훅이 보는 것은 지금 턴 뒤에 남은 턴 수이며, 마지막에는 0입니다.",
        "샘플 훅은 턴마다 컨텍스트를 그대로 돌려보내고 turnsToLive가 0인 것은 버립니다. 그렇지 "
        "않으면 끝나지 않을 것입니다. 턴마다 컨텍스트를 정하는 훅은 그것을 유지합니다.",
    ),
    "early-confirmation": Korean(
        "10fdfec6",
        "필수 슬롯이 비어 있는데 코드 훅이 예라는 답 뒤에 위임하면 어떻게 되나요?",
        "슬롯을 묻습니다. 그 값 없이는 의도를 이행하지 않습니다. 코드 훅이 끼지 않은 곳에서는 봇 "
        "자신의 다음 단계가 정합니다.",
        "Delegate는 결정을 Lex에 맡기고, Lex는 필수 슬롯이 찼을 때 의도를 이행합니다.",
    ),
    "contexts-without-fulfilment": Korean(
        "c1863f80",
        "이행도 성공 응답도 없는 의도는 출력 컨텍스트를 켜나요?",
        "아니요. ReadyForFulfillment로 끝나고, 컨텍스트는 Fulfilled를 따릅니다. `daehwa check`가 "
        "경고합니다.",
        "안내서는 출력 컨텍스트를 의도의 이행에 묶습니다.",
    ),
    "invalid-condition": Korean(
        "00aa11dd",
        "값이 없는 것을 비교한 결과는 무엇인가요?",
        "!=일 때도 거짓입니다. 그것의 NOT은 참이고, 식의 나머지는 그대로 셉니다.",
        'ReminderBot의 조건(!fn.IS_SET([x]) OR [x] != "true")에 필요합니다.',
    ),
    "failed-search": Korean(
        "7d1c0030",
        "검색 의도 뒤의 서비스가 실패하면 어떻게 되나요?",
        "아무것도 찾지 못한 것으로 보고 FallbackIntent가 이어받습니다. 대화가 이미 Bedrock "
        "에이전트와 이어져 있으면 그 턴은 실패합니다(424).",
        "사람에게는 오류보다 폴백이 낫습니다.",
    ),
    "grammars": Korean(
        "5eb930f6",
        "문법 슬롯 유형의 문법은 어디에서 오고 무엇을 할 수 있나요?",
        "`SlotType.json` 옆의 파일에서, S3에서의 이름이나 `grammar.grxml`이라는 이름으로 "
        "찾습니다. 규칙, 선택, 반복, 참조, 리터럴, 스크립트를 압니다. 스크립트에서는 대입, "
        "연산자, 멤버, 객체, 목록, 글의 메서드를 알며, 함수, `if`, 반복은 모릅니다. 이런 것이 든 "
        "태그는 건너뜁니다. 값은 태그가 만든 것이고, 객체는 해석에서도 JSON입니다. 입력한 숫자는 "
        "문법에 말로 적혀 있어도 됩니다. 문법은 모든 로캘에서 압니다.",
        "내보내기에는 문법이 S3의 어디에 있는지만 있습니다. 거기서 Lex의 interpretedValue가 "
        "무엇인지는 안내서에 없습니다.",
    ),
    "delete-absent": Korean(
        "c9625791",
        "없는 세션을 지우면 오류인가요?",
        "아니요. 그런 세션에 대한 GetSession은 ResourceNotFoundException입니다.",
        "지우기는 어떤 상태를 바라는 것이고, 그 상태는 이루어졌습니다.",
    ),
    "streams": Korean(
        "122deee6",
        "StartConversation 가운데 무엇이 없나요?",
        "AUDIO 모드와, 그에 딸린 DTMF와 말 끊기입니다. 스트림이 시작되기 전에 거절합니다.",
        "음성은 운영자가 둔 엔드포인트를 거쳐 RecognizeUtterance로 옵니다.",
    ),
    "absent-operations": Korean(
        "ae3ae316",
        "Lex의 작업 가운데 무엇이 없나요?",
        "테스트 세트와 그 실행: `daehwa test`가 대화와 "
        "Lex의 테스트 세트를 돌립니다. 대화 기록에서 나온 추천(BotRecommendation, "
        "SearchAssociatedTranscripts): `daehwa missed`와 `daehwa learn`. 분석기"
        "(StartBotAnalyzer): `daehwa check`. 생성(StartBotResourceGeneration, "
        "GenerateBotElement): `daehwa suggest`가 샘플 발화를 씁니다. 복제본: 여러 기계가 저장소 "
        "하나를 함께 씁니다. 이 작업들에는 404 UnknownOperationException과 그 이름으로 답합니다.",
        "AWS의 저장소, 리전, 모델에 딸린 일입니다. 약속의 절반만 하는 작업은 없는 것보다 못합니다.",
    ),
    "delete-utterances": Korean(
        "0e2d35a7",
        "DeleteUtterances는 무엇을 지우나요?",
        "봇의, 또는 한 로캘이나 세션 id의 대화 기록을 평가, 놓친 말, 분석이 세는 것과 함께 모든 별칭에서 "
        "바로 지웁니다. 세션과 그 슬롯, 속성은 이어지고, 만들고 있는 턴은 그대로 끝나며, 대화 로그는 "
        "남습니다. `daehwa forget`과 DeleteSession은 그 사람의 세션과 로그도 지웁니다.",
        "Lex에는 발화의 모음과 그 통계가 있고 통계 몫은 15일 뒤에 없어지며, CloudWatch의 로그는 "
        "건드리지 않습니다. 여기서는 대화 기록이 그 모음입니다.",
    ),
    "event-dialog-action": Korean(
        "fc027597",
        "코드 훅의 이벤트에는 무엇을 물었는지가 있나요?",
        "없습니다. `sessionState`에 `dialogAction`이 없습니다. 다음 일은 `proposedNextState`가 말하며, "
        "무엇을 물었는지 알아야 하는 함수는 그것을 세션 속성에 둡니다.",
        "안내서의 이벤트 형식에는 있지만 Lex에서 기록된 이벤트에는 없고, 현장의 함수들은 그래서 슬롯을 "
        "속성에 둡니다.",
    ),
    "absent-hook": Korean(
        "11281b04",
        "봇이 코드 훅을 부르는데 설정된 것이 없으면 어떻게 되나요?",
        "꺼 둔 훅일 때의 Lex처럼, 훅이 없는 듯이 턴이 이어집니다. Lex 자신은 별칭에 함수가 "
        "없으면 실패합니다.",
        "내보내기에는 함수의 이름이 없고, 봇은 첫날부터 움직여야 합니다.",
    ),
    "answered-fallback": Korean(
        "7e6075bd",
        "FallbackIntent에 이르면 누가 답하나요?",
        "봇 자신의 훅이 설정되어 있으면 그 훅입니다. 없으면, FallbackIntent가 훅을 부르거나 "
        "메시지 없이 끝날 때 답하는 쪽(ChatGPT나 내장 모델)이 답합니다. 메시지가 있는 "
        "FallbackIntent는 그 메시지를 보냅니다. `--answer none`이면 Lex가 하는 것에 아무것도 "
        "더하지 않습니다.",
        "이 프로그램은 이것을 위해 있고, 스스로 답하는 봇에는 영향이 없습니다.",
    ),
    "model-failure": Korean(
        "aec331e2",
        "언어 모델이 실패하면 Lex 클라이언트는 무엇을 받나요?",
        "보통의 응답입니다. 무엇이 잘못되었는지 로캘의 언어로 알리는 한 줄이 있고, "
        "FallbackIntent는 Failed 상태이며, 코드는 요청 속성 `daehwa:error`에 있습니다.",
        "대화가 이어질 수 있도록 훅이 자신의 오류를 처리합니다.",
    ),
    "answer-length": Korean(
        "73b30c78",
        "모델의 답은 얼마나 길어도 되나요?",
        "모델 자신의 출력 한도까지이며, Lex의 메시지당 1,024자를 넘어도 됩니다. AWS Lambda에서 "
        "도는 훅은 Lex의 응답당 4,000자를 지킵니다.",
        "답을 중간에 자르면 누구에게도 도움이 되지 않고, 클라이언트는 길이를 검사하지 않습니다.",
    ),
    "concurrency": Korean(
        "d3e7847c",
        "한 세션에 동시에 온 요청은 어떻게 되나요?",
        "한 프로세스 안에서는 둘째가 첫째를 기다립니다. 프로세스 사이에서는 먼저 저장한 쪽이 "
        "이기고, 다른 쪽은 새 상태에서 다시 처리하거나, 이미 훅을 불렀으면 ConflictException을 "
        "받습니다.",
        "Lex는 ConflictException으로 답합니다. 기다리는 쪽이 친절하고, 잃는 것이 없습니다.",
    ),
    "aliases": Korean(
        "0f0331de",
        "봇에는 어떤 별칭이 있나요?",
        "파일에서 온 봇에는 DRAFT, 곧 그 파일을 뜻하는 TSTALIASID가 있습니다. 프로젝트는 `bot.yaml`에 "
        "같은 것을 뜻하는 별칭을 더 적을 수 있습니다. API로 만든 봇에는 "
        "그것과, 버전에 대해 만든 별칭들이 있습니다.",
        "내보내기에는 버전이 하나 있고 별칭은 없습니다.",
    ),
    "obfuscated-texts": Korean(
        "9e262e67",
        "난독화된 슬롯의 값은 어디에서 가려지나요?",
        "대화 로그의 기록과 저장된 대화 기록의 모든 글에서, 메시지와 속성까지, 그리고 그 세션의 "
        "나중 턴에서도 가립니다. 응답, 코드 훅, 살아 있는 동안의 세션에는 값이 있습니다.",
        "Lex는 슬롯과 대화 기록에서만 가립니다. 슬롯을 비밀로 표시한 사람은 봇이 그 값을 되풀이한 "
        "말이 로그에 남으리라고 생각하지 않습니다.",
    ),
    "mid-slot-question": Korean(
        "9bbbb277",
        "슬롯 값이 올 자리에 질문이 오면 어떻게 되나요?",
        "답할 수 있는 쪽(언어 모델, 문서)이 있으면 답하고, 같은 응답에서 프롬프트를 다시 "
        "묻습니다. 답이 먼저입니다. 재시도로 세지 않고 코드 훅을 부르지 않으며, 상태와 슬롯과 "
        "세션 속성은 그대로입니다. 질문과 함께 온 값은 답한 뒤에 받습니다. 답할 쪽이 없거나 "
        "`answer_while_eliciting = false`이면 맞지 않은 답입니다.",
        "Lex에서는 맞지 않은 답이고, 그것이 쌓이면 의도가 끝납니다. Lex의 생성형 의도는 슬롯을 "
        "묻는 동안 불리지 않습니다. 질문하는 사람이 답을 틀린 것은 아니며, 값을 검증하는 훅이 "
        "질문을 볼 까닭이 없습니다.",
    ),
    "assisted-nlu": Korean(
        "07f96d8b",
        "봇의 보조 NLU는 여기서 무엇을 하나요?",
        "설정된 언어 모델이, 이해가 고른 가장 나은 의도 다섯 가운데 하나를 고르거나 아무것도 "
        "고르지 않고, 슬롯의 말을 짚습니다. 샘플과 똑같은 말, 분명한 값, 예나 아니요, 난독화된 "
        "값일 수 있는 것은 보내지 않습니다. 모델이 정한 글에서는 모든 해석의 "
        "`interpretationSource`가 `Bedrock`이고, 다른 글에서는 `Lex`입니다. `assistedNluMode`가 "
        "없는 설정은 `Primary`이고, `DialogManager`도 그렇습니다. 권하는 의도는 글과 카드로 "
        "보이며, 카드의 버튼은 표시 이름을 보냅니다. 번호로도 고를 수 있습니다.",
        "Lex의 문서는 각 모드가 무엇을 위한 것인지는 알려 주지만, 어떤 글을 빼는지, 응답이 어떤 "
        "모습인지, 모델이 얼마나 걸려도 되는지는 알려 주지 않습니다. 모델이 없으면 이 설정은 "
        "아무것도 하지 않습니다.",
    ),
    "delete-session": Korean(
        "e99b07d0",
        "DeleteSession으로 세션을 끝내면 나눈 말은 어떻게 되나요?",
        "대화 기록도, 대화 로그 파일에 있는 그 세션의 기록도 잊습니다.",
        "Lex에서는 로그가 남습니다. 한 사람의 것을 잊게 하는 호출은 어느 문에나 하나씩 있어야 "
        "하고, Lex의 API에는 이것뿐입니다.",
    ),
    "missed-record": Korean(
        "e2f831d0",
        "이해하지 못한 발화의 로그 기록에는 무엇이 빠지나요?",
        "세션 상태의 의도, 슬롯, 물어볼 슬롯과 모든 해석입니다. 슬롯에 맞지 않은 답도 그런 "
        "발화입니다.",
        "안내서에 이 필드들은 그런 항목에 나타나지 않는다고 되어 있습니다.",
    ),
    "response-length": Korean(
        "99cfbbe2",
        "할당량 아래에서 응답은 얼마나 길어도 되나요?",
        "모든 글을 합쳐 4,000자입니다. 메시지당 1,024자 한도는 클라이언트가 보내는 메시지의 "
        "것입니다.",
        "할당량과 서비스 모델이 서로 다릅니다. AWS를 위한 Daehwa의 훅은 할당량까지 답합니다.",
    ),
    "sentiment": Korean(
        "14cbaa89",
        "별칭의 DetectSentiment는 무엇을 하나요?",
        "첫 해석에 `sentimentResponse`를 줍니다. 한국어와 영어만이며, 파일의 봇은 daehwa.toml의 "
        "`[understanding]`에서 켭니다. Amazon Comprehend가 아니라 우리 작은 모델의 말입니다. 주문, "
        "질문, 값은 거의 언제나 NEUTRAL이지만, 비꼬는 말과 있었던 일만 말하는 불평은 자주 놓칩니다. 다른 "
        "언어와 두 번째 인코더가 없는 컴퓨터에서는 주지 않습니다.",
        "V1에서 옮기는 Amazon의 안내서가 `interpretations[0].sentimentResponse`를 말합니다. 가르친 적 "
        "없는 일상의 글 142개씩에서 MIXED가 아닌 글의 94%(영어)와 90%(한국어)가 맞았고, 더 어려운 글에서는 "
        "그 글까지 가르치기 전에 75%와 74%였습니다.",
    ),
    "bot-network": Korean(
        "5025879a",
        "봇 네트워크에서는 어느 봇이 턴을 맡나요?",
        "무엇을 물어본 봇이, 무슨 말을 듣든 그것이 끝날 때까지 맡습니다. 그 밖에는 자기 의도를 자기 "
        "문턱값 위에서 가장 확신하는 봇이 맡고, 그런 봇이 없으면 검색 의도가 있는 봇, 마지막에 말한 "
        "봇, 첫 번째 봇 순서입니다. 의도를 적은 상태는 그 의도가 있는 봇에게 갑니다. 세션과 그 속성, "
        "컨텍스트는 네트워크의 것입니다. 코드 훅은 구성 봇의 것이고 이벤트에도 구성 봇이 적힙니다. "
        "해석은 그 봇의 것만 있습니다. RecognizeUtterance의 헤더에서 recognizedBotMember는 다른 "
        "구조처럼 압축됩니다. `botMemberVersion`이 아니라 구성 봇의 별칭을 따르고, 없어진 구성 봇은 "
        "건너뜁니다. 구성 봇은 마지막으로 빌드할 때의 것입니다.",
        "Lex의 할당량은 네트워크의 봇을 최대 다섯으로 정하고, API는 알아들은 봇의 이름을 적습니다. "
        "Lex가 어떻게 고르는지, 이벤트에 무엇이 있는지, 빌드가 왜 실패하는지는 둘 다에서 알 수 "
        "없었습니다.",
    ),
}
