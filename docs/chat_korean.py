"""The Korean words of the reference of ``/chat``: one for each English sentence of the wire.

A sentence that the wire has and this table lacks stops `make docs`, so that the Korean page keeps
pace with the English one.
"""

from __future__ import annotations

INTRODUCTION = """\
# `/chat` API

[English](chat.md)

`daehwa serve`와 [AWS에](aws.ko.md) 배포한 것은 같은 요청에 똑같이 답합니다. HTTP로 주고받는 JSON이며, 채팅을
누구에게나 열지 않은 서버는 `Authorization: Bearer TOKEN`도 요구합니다. 같은 내용이 `GET /openapi.json`에
OpenAPI 3.1로 있어, 테스트 도구와 클라이언트 생성기가 읽을 수 있습니다.

세션에는 비밀 값이 있습니다. `POST /chat/sessions`의 응답에, 그리고 비밀 값 없이 온 메시지의 응답에서는
`X-Session-Secret` 헤더에 담겨 옵니다. 그 세션의 다음 요청부터는 같은 헤더로 함께 보냅니다. 이 컴퓨터에서만 서버에
닿을 수 있을 때와 토큰을 보내는 프로그램은 생략해도 됩니다. 세션 ID면 충분합니다
([누가 무엇을 할 수 있나](server.ko.md#누가-무엇을-할-수-있나)).
"""

WORDS = {
    # Operations.
    "One turn of the conversation. The turn continues if its client stops listening, and can "
    "be followed by its message id. If a message id is sent twice, it is still one turn. If "
    "others can reach the server, a message without a secret starts a new session, whatever id "
    "it names, and the response has that session's secret.": "대화의 한 턴입니다. 클라이언트가 듣기를 멈춰도 턴은 계속되며, 메시지 "
    "ID로 이어서 볼 수 있습니다. 같은 메시지 ID를 두 번 보내도 한 턴입니다. 다른 사람도 닿을 수 있는 서버에서 비밀 "
    "값 없이 온 메시지는 ID가 무엇이든 새 세션을 시작하며, 그 비밀 값이 응답에 있습니다.",
    "The bots, their languages and first lines, and who answers what they do not understand.": (
        "봇과 그 언어와 첫마디, 그리고 봇이 이해하지 못한 말에 누가 답하는지."
    ),
    "The preferred language; ignored if no bot has it.": (
        "원하는 언어. 어느 봇도 하지 못하는 언어면 무시합니다."
    ),
    "Starts a session with a secret, which all its requests need. To continue a session from a "
    "release without secrets, name it by the id that the chat page made for it: its turns move "
    "into the new session.": "비밀 값이 있는 세션입니다. 그 값을 보내는 요청만 세션에 닿습니다. 비밀 값이 없던 "
    "릴리스의 세션을 채팅 페이지가 만든 ID로 지정하면, 거기서 나눈 대화를 새 세션으로 옮깁니다.",
    "The last 200 turns of a session, with the person's ratings. If `earlier` is true, "
    "`before` returns the turns before them, 200 at a time.": (
        "세션의 마지막 턴 200개와, 사람이 답을 어떻게 평가했는지. 더 이른 턴이 있으면(`earlier`) `before`로 "
        "200개씩 받습니다."
    ),
    "The conversation as a test file that passes as it is: it contains the clock, the language "
    "model's answers and what was understood. If the conversation has branches, it contains "
    "the one that leads to the last turn.": "나눈 말을 그대로 통과하는 테스트 파일로 줍니다. 시각, 언어 모델의 답, 이해한 내용이 들어 있습니다. 갈라진 "
    "대화라면 마지막 턴까지의 길만 담습니다.",
    "A conversation as a test file for `daehwa test`.": "`daehwa test`에 쓸 테스트 파일로 쓴 대화.",
    "A name for the file.": "파일에 붙일 만한 이름.",
    "The file, in YAML; empty if nothing was said.": "YAML로 쓴 파일. 나눈 말이 없으면 비어 있음.",
    "The message id of a turn: returns the turns before it (none if the id is unknown).": (
        "턴의 메시지 ID. 그 앞의 턴들을 줍니다 (모르는 ID면 하나도 없음)."
    ),
    "The bot's id or name, as in the message.": "메시지에서와 같은 봇의 ID나 이름.",
    "The language, as in the message.": "메시지에서와 같은 언어.",
    "Deletes the conversation: its state and all its turns, even an answer in progress. "
    "Without `botId`, that is the conversation with every bot; without `localeId`, in every "
    "language.": (
        "봇은 대화가 어디까지 왔는지 잊고, 나눈 말은 쓰는 중인 답까지 모두 지웁니다. `botId`나 "
        "`localeId`가 없으면 모든 봇, 모든 언어에서 지웁니다."
    ),
    "Follows a turn. As events: `start`, the answer so far, then the rest as it comes. As "
    "JSON: the reply, once it is complete.": "턴을 이어서 봅니다. 이벤트로는 `start`와 지금까지 나온 답, 그 뒤로 나오는 답을 받습니다. JSON으로는 끝난 답을 받습니다.",
    "Stops the answer; the words so far are kept. A turn that has ended stays as it is. If the "
    "turn is not known yet, the request waits for it, for two seconds at most.": (
        "답을 멈춥니다. 지금까지 나온 말은 남습니다. 끝난 턴은 그대로 둡니다. 아직 모르는 턴이면 길어야 2초 기다립니다."
    ),
    "Saves a thumb and a comment, which the transcript then contains.": (
        "엄지 평가와 의견을 저장합니다. 대화 기록에 함께 담깁니다."
    ),
    # Values.
    "Who answers what the bot does not understand.": "봇이 이해하지 못한 말에 누가 답하는지.",
    "The answerer, or `none`.": "답하는 쪽. 없으면 `none`.",
    "Whether it can answer now.": "지금 답할 수 있는지.",
    "The language model.": "언어 모델.",
    "How much has been downloaded, 0 to 1.": "내려받은 정도, 0에서 1.",
    "A line to show to people, if there is one.": "알릴 것이 있을 때 사람에게 보일 말.",
    "A button of a card: the text shown, the value sent when it is pressed.": (
        "카드의 버튼: 보이는 글과, 누르면 보내는 값."
    ),
    "The intent that a reply belongs to, and its state.": "답이 속한 의도와 그 진행 상태.",
    "The intent's name in the bot.": "봇에 있는 의도의 이름.",
    "Lex's state of the intent.": "Lex의 의도 상태.",
    "Lex's confirmation state.": "Lex의 확인 상태.",
    "The reply to a message.": "메시지에 대한 답.",
    "The text messages, joined by line ends.": "글 메시지를 줄바꿈으로 이은 것.",
    "The session's id, in the form that Lex accepts.": "Lex가 받는 형식의 세션 ID.",
    "The turn's id in its session.": "세션 안에서 이 턴의 ID.",
    "Lex's messages, cards included.": "카드를 포함한 Lex의 메시지.",
    "Who answered: `intent` for the bot itself, otherwise the answerer's name.": (
        "누구의 말인지. 봇의 말이면 `intent`, 아니면 답한 쪽의 이름."
    ),
    "The bot that answered.": "답한 봇.",
    "The language it answered in.": "답한 언어.",
    "Identifies the request in the log.": "로그에서 요청을 찾을 때 씁니다.",
    "The language model that answered.": "답한 언어 모델.",
    "The intent that the reply belongs to.": "답이 속한 의도.",
    "The intent's slots; `null` while unfilled.": "의도의 슬롯. 채우기 전에는 `null`.",
    "What the bot does next.": "봇이 다음에 할 일.",
    "Lex's session attributes.": "Lex의 세션 속성.",
    "What the text may mean, best first.": "글의 뜻으로 볼 수 있는 것, 좋은 것부터.",
    "The answer was stopped or cut off, so its text is not complete.": (
        "답을 멈췄거나 끊겨서 글이 끝까지 가지 못했습니다."
    ),
    "It is `incomplete` because the person stopped it.": "사람이 멈추어서 `incomplete`입니다.",
    (
        "Why a model's answer is `incomplete`: it reached its limit (`length`), was stopped by "
        "a content filter (`refused`), broke off (`cut`), or took too long (`timed_out`)."
    ): "모델의 답이 `incomplete`인 까닭: 길이 한도(`length`), 콘텐츠 필터(`refused`), 끊김(`cut`), 시간 초과(`timed_out`).",
    "After how many seconds the request may be sent again, if that is known.": (
        "몇 초 뒤에 다시 물을 수 있는지, 알려져 있을 때."
    ),
    "A line about the answer: that an offline model wrote it, or why the bot says nothing.": (
        "답에 딸린 한 줄: 오프라인 모델의 답이라는 것, 또는 봇이 말하지 않는 까닭."
    ),
    "Why the answerer gave no answer; the conversation goes on.": (
        "답하는 쪽이 답하지 못한 이유. 대화는 계속됩니다."
    ),
    "How long it took.": "걸린 시간.",
    "The tokens that the language model counted, if it counts them.": "언어 모델이 토큰을 센다면 그 수.",
    "The passages of documents on which the answer is based.": "답의 근거가 된 문서의 대목.",
    "The turn that this one follows, as in the request: empty if it started the "
    "conversation over, `null` if it follows the turn that was last.": (
        "이 답이 어느 턴 다음인지, 요청에 있던 대로. 비어 있으면 맨 처음, `null`이면 바로 앞에 받은 턴 다음."
    ),
    "The message id of the turn that this message follows, if that is not the last one: the "
    "person asks again, rephrases a message, or has gone back to an earlier answer. What was "
    "said after that turn no longer counts. An empty text starts the conversation over.": (
        "이 메시지가 마지막이 아닌 턴 다음에 올 때 그 턴의 메시지 ID. 다시 묻거나, 한 말을 고치거나, 이전 "
        "답으로 돌아간 경우입니다. 그 뒤에 나눈 말은 기억하지 않습니다. 비어 있으면 대화를 처음부터 다시 합니다."
    ),
    "A message to the bot.": "봇에게 보내는 메시지.",
    "What the person says; blanks at either end do not count.": "사람이 하는 말. 앞뒤 빈칸은 세지 않습니다.",
    "The session; without it a new one begins.": "세션. 없으면 새로 시작합니다.",
    "A bot's id or name; without it the first one served answers.": (
        "봇의 ID나 이름. 없으면 첫 번째 봇이 답합니다."
    ),
    "The language; without it the caller's Accept-Language chooses.": (
        "언어. 없으면 보낸 쪽의 Accept-Language로 고릅니다."
    ),
    "The id of the turn: a message that is sent twice with one id is one turn. Generated if "
    "missing.": ("턴의 ID. 같은 ID로 두 번 보낸 메시지는 한 턴입니다. 없으면 만듭니다."),
    "Lex's request attributes, for the bot's code hook.": "봇의 코드 훅에 주는 Lex의 요청 속성.",
    "Lex's session attributes; without them the session keeps its own.": (
        "Lex의 세션 속성. 없으면 세션이 지닌 것을 그대로 씁니다."
    ),
    "What a language model counted for its answer.": "언어 모델이 답 하나에 센 토큰.",
    "The tokens of the question and of everything sent with it.": "함께 보낸 것을 모두 더한 질문의 토큰.",
    "The tokens of the answer, thoughts included.": "생각까지 더한 답의 토큰.",
    "What they cost, by the configured prices and in their currency.": (
        "설정한 가격으로 셈한 비용, 그 통화로."
    ),
    "Which bot answers, and in which language, if a request names none.": "요청에 봇과 언어가 없을 때 답하는 봇과 그 언어.",
    "The bot.": "봇.",
    "The language.": "언어.",
    "The next piece of the answer's text.": "답의 글 가운데 다음 조각.",
    "To be appended to the text so far.": "지금까지의 글 뒤에 붙입니다.",
    "The response to a request that cannot be served.": "처리할 수 없는 요청에 대한 응답.",
    "What is wrong.": "무엇이 잘못됐는지.",
    "Why there is no answer.": "답이 없는 까닭.",
    "For programs.": "프로그램이 읽는 값.",
    "For people, in Korean or English.": "사람이 읽는 말, 한국어나 영어.",
    "What the person thinks of a reply.": "사람이 답을 어떻게 평가했는지.",
    "A thumb, or none.": "엄지 평가, 또는 없음.",
    "In the person's own words.": "사람이 직접 쓴 말.",
    "Feedback as it is sent. It replaces earlier feedback: what is left out is removed.": (
        "답에 대한 평가를 보냅니다. 앞의 평가를 대신하며, 빠진 것은 지워집니다."
    ),
    "A card with a title, a picture and up to five buttons.": (
        "제목, 그림, 많아야 다섯 개의 버튼이 있는 카드."
    ),
    "The intent a conversation is in, with the slots filled so far (`None`: unfilled).": (
        "진행 중인 의도와 지금까지 채운 슬롯 (`None`은 아직 비어 있음)."
    ),
    "One intent that the text may mean. `FallbackIntent` carries no confidence.": (
        "글의 뜻일 수 있는 의도 하나. `FallbackIntent`에는 신뢰도가 없습니다."
    ),
    "Limits of length.": "길이의 한도.",
    "How many characters a message may have.": "메시지의 글자 수.",
    "How the page looks.": "페이지의 모양.",
    "The server transcribes and speaks if the browser cannot.": "브라우저가 할 수 없을 때 서버가 "
    "말을 받아 적고 소리 내어 읽습니다.",
    "An image's address.": "그림의 주소.",
    "A CSS colour.": "CSS로 쓴 색.",
    "The hosts whose pictures in answers are shown at once; other pictures are shown after a "
    "click.": ("답 속의 그림을 바로 보여 줄 출처. 다른 곳의 그림은 누르면 열립니다."),
    "The hosts whose pictures on the bots' cards are shown at once.": "봇의 카드에 그림을 바로 보여 줄 출처.",
    "One message to the user; a card has no `content`.": (
        "사용자에게 보내는 메시지 하나. 카드에는 `content`가 없습니다."
    ),
    "A new session.": "시작한 세션.",
    "Send it in the header `X-Session-Secret` with every further request of the session.": (
        "이 세션의 다음 요청부터 `X-Session-Secret` 헤더로 보냅니다."
    ),
    "How sure the recognition is: 0 to 1.": "얼마나 확실한지, 0에서 1.",
    "The sentiment of a text: the likeliest, and how likely each is.": (
        "글에 담긴 감정. 가장 그럴듯한 것과, 각각 얼마나 그럴듯한지."
    ),
    "How likely each sentiment is, 0 to 1; the sum is 1.": (
        "감정마다 얼마나 그럴듯한지, 0에서 1. 모두 합하면 1."
    ),
    "A bot that people can talk to.": "말을 걸 수 있는 봇.",
    "The bot's id.": "봇의 ID.",
    "The bot's name.": "봇의 이름.",
    "The bot's description.": "봇의 설명.",
    "The languages in which it is available.": "봇이 지원하는 언어.",
    "What the page needs to know before anything is said.": "대화를 시작하기 전에 페이지가 알아야 할 것.",
    "The page's title.": "페이지의 제목.",
    "The bots that people can talk to.": "말을 걸 수 있는 상대.",
    "The bot that is chosen at first.": "처음에 말을 거는 상대.",
    "Who answers the rest.": "나머지에 답하는 쪽.",
    "What the page shows in one language at first: who this is, and what one can say.": (
        "첫 화면이 한 언어로 알리는 것: 누구이고 무엇을 말할 수 있는지."
    ),
    "Lex's name of the locale.": "Lex가 부르는 로캘의 이름.",
    "The locale's name in the bot.": "봇에 적힌 로캘의 이름.",
    "Who is speaking, if the bot's file says so.": "봇 파일에 적혀 있다면, 말하는 쪽이 누구인지.",
    "The page's heading in this language.": "이 언어에서 페이지의 머리에 보이는 이름.",
    "The name of the one who answers, if it is not the bot's name.": "봇의 이름과 다를 때, 말하는 쪽의 이름.",
    "The address of the speaker's picture.": "그 그림의 주소.",
    "The line under the message box.": "입력란 아래의 한 줄.",
    "Where that line leads.": "그 줄이 이어지는 주소.",
    "How the page looks, and what it shows, while somebody talks to the bot.": "그 봇과 이야기하는 동안 페이지의 모양과, 보여 주는 것.",
    "Colours of a light page, by the names of its custom properties.": "밝은 페이지의 색, 사용자 지정 속성의 이름별로.",
    "Colours of a dark page, by the same names.": "어두운 페이지의 색. 이름은 같습니다.",
    "The radius of corners, in pixels.": "모서리의 둥글기, 픽셀.",
    "How much is shown of who answered; `null` means `full` on loopback, otherwise `kind`.": "누가 답했는지 보여 주는 정도. `null`이면 루프백에서는 `full`, 밖에서는 `kind`입니다.",
    "Whether intents, slots and scores are shown; `null` means only on loopback.": "의도, 슬롯, 점수를 볼 수 있는지. `null`이면 루프백에서만 보입니다.",
    "How the page looks, if that is configured.": "설정했다면, 페이지의 모양.",
    "The first line.": "첫마디.",
    "The placeholder in the empty box.": "빈 입력란에 보이는 글.",
    "Suggestions for a first message.": "처음에 해 볼 만한 말.",
    "What some of the starters do, by starter.": "몇몇 시작 문구가 어디로 이어지는지, 문구별로.",
    "The answer is not complete yet: request the turn again.": (
        "답이 아직 끝나지 않았습니다. 이 턴을 다시 요청하세요."
    ),
    "Always `running`.": "늘 `running`.",
    "A session to start.": "시작할 세션.",
    "The id of the new session; generated if missing.": "세션에 줄 ID. 없으면 만듭니다.",
    "A slot's content: one value, a list of slots, or named sub-slots, by `shape`.": (
        "슬롯의 내용: `shape`에 따라 값 하나, 슬롯의 목록, 또는 이름이 있는 하위 슬롯."
    ),
    "The words for a slot and what they mean.": "슬롯에 해당하는 말과 그 뜻.",
    "A passage of a document on which a reply is based.": "답의 근거가 된 문서의 대목.",
    "The number by which the text cites it, as in `[1]`.": "글에서 `[1]`처럼 인용하는 번호.",
    "The document's title.": "문서의 제목.",
    "The passage.": "대목의 글.",
    "Where the passage is in the document.": "문서에서의 위치.",
    "The document's address on the web.": "웹에 있는 문서로 이어집니다.",
    "The name of a file that is not on the web.": "웹에 없는 파일의 이름.",
    "A turn has begun, or is being followed.": "턴이 시작됐거나, 이어서 보고 있습니다.",
    "What the answerer is doing while there are no words yet.": (
        "아직 말이 없는 동안 답하는 쪽이 하는 일."
    ),
    "`answering`, or why it does not answer yet.": "`answering`, 또는 아직 답하지 않는 까닭.",
    "Who will answer.": "답할 쪽.",
    "For people, in the conversation's language.": "사람이 읽는 말, 대화의 언어로.",
    "The sub-slot of a composite slot that is elicited.": "지금 묻고 있는, 복합 슬롯의 하위 슬롯.",
    "How long the turn took, in milliseconds.": "턴에 걸린 시간, 밀리초.",
    "The whole turn.": "턴 전체.",
    "Understanding the text; left out if Lex does that.": (
        "글을 이해하는 데 걸린 시간. Lex가 이해하는 곳에서는 빠집니다."
    ),
    "A conversation so far; an unknown one has no turns.": (
        "지금까지의 대화. 모르는 대화면 턴이 없습니다."
    ),
    "The bot no longer knows the state of the conversation.": "봇이 대화가 어디까지 왔는지 잊었습니다.",
    "The bot knows the state of the conversation.": "봇이 대화가 어디까지 왔는지 압니다.",
    "The last turns, or those before `before`, oldest first.": (
        "마지막 턴들 또는 `before` 앞의 턴들, 오래된 것부터."
    ),
    "There are turns before these.": "이보다 앞선 턴이 더 있습니다.",
    "One message of a person and the reply to it.": "사람의 메시지 하나와 그 답.",
    "What the person said.": "사람이 한 말.",
    "When, in ISO 8601.": "언제인지, ISO 8601로.",
    "The reply; `null` while there is none.": "답. 아직 없으면 `null`.",
    "`running` while the answer is being written; `incomplete` if it was stopped or cut off.": (
        "답을 만드는 동안 `running`. 멈췄거나 끊겼으면 `incomplete`."
    ),
    "What the person thinks of the reply; `null` if there is no feedback.": "답에 대한 평가. 없으면 `null`.",
    # The page's own.
    "Requests": "요청",
    "Values": "값",
    "Events": "이벤트",
    "Limits": "한도",
    "Errors": "오류",
    "the session's secret": "세션의 비밀 값",
    "Body": "본문",
    "nothing": "없음",
    ", or [events](#{events}) for `Accept: text/event-stream`": (
        ", `Accept: text/event-stream`이면 [이벤트](#{events})"
    ),
    ", on AWS, where a request has to be answered within half a minute": (
        ", AWS에서. 거기서는 요청에 30초 안에 답해야 합니다"
    ),
    "A member with a question mark may be left out.": "물음표가 붙은 멤버는 빠질 수 있습니다.",
    "member": "멤버",
    "type": "형",
    "event": "이벤트",
    "data": "데이터",
    "A stream begins with `start` and ends with `done` or `error`. One that ends in any other "
    "way\nwas cut off, and its turn can be followed. A comment (`: ping`) keeps a silent stream "
    "open.": (
        "스트림은 `start`로 시작해 `done`이나 `error`로 끝납니다. 다르게 끝났으면 끊긴 것이고, 그 턴은 이어서 볼 수 "
        "있습니다.\n아무 말이 없는 동안에는 주석(`: ping`)이 스트림을 열어 둡니다."
    ),
    "a text": "글",
    "a comment": "의견",
    "a request": "요청",
    "a session's id": "세션 ID",
    "a message's id": "메시지 ID",
    "turns in a transcript": "대화 기록의 턴",
    "a transcript, after its session's end": "세션이 끝난 뒤의 대화 기록",
    "{count:,} characters": "{count:,}자",
    "{count} at a time": "한 번에 {count}개",
    "{count} days by default": "기본 {count}일",
    "At most {count:,} characters.": "많아야 {count:,}자.",
    "A request that cannot be served gets this status and an [ErrorBody](#errorbody). Its "
    "`message`\nis in Korean or English, by `Accept-Language`; in an event, by the "
    "conversation's language. If\nLex or a code hook has explained what is wrong, `message` is "
    "that explanation instead.": (
        "처리할 수 없는 요청은 상태 코드와 [ErrorBody](#errorbody)를 받습니다. 그 말은 `Accept-Language`의 "
        "언어로, 이벤트에서는\n대화의 언어로 되어 있습니다: 한국어 또는 영어. Lex나 코드 훅이 무엇이 잘못됐는지 알렸으면 "
        "그 말이 대신 들어갑니다."
    ),
    "code": "코드",
    "status": "상태",
    "English": "영어",
    "Korean": "한국어",
    " or ": " 또는 ",
    "list of {inner}": "{inner}의 목록",
    "object of {inner}": "값이 {inner}인 객체",
}
"""Korean by English."""


def korean(text: str) -> str:
    """The Korean of a sentence; raises ``LookupError`` that names what has none."""
    if not text:
        return text
    if text not in WORDS:
        raise LookupError(f"docs/chat_korean.py has no Korean for: {text!r}")
    return WORDS[text]
