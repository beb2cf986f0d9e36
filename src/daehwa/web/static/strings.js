/** Every word the page says, in each language. A test compares them. */

const LANGUAGES = ["ko", "en"];

/** What it says by its key, in the order of the languages. @type {Record<string, string[]>} */
const table = Object.fromEntries(`
about.ai | 봇이 모르는 질문에는 AI가 답해요. AI의 답은 틀릴 수 있어요. | AI answers what the bot does not know. AI answers can be wrong.
about.embedded | 봇이 모르는 질문에는 이 서버의 오프라인 모델이 답해요. | Questions the bot does not know go to this server’s offline model.
about.model | 봇이 모르는 질문에는 ChatGPT가 답해요. AI의 답은 틀릴 수 있어요. | Questions the bot does not know go to ChatGPT. AI answers can be wrong.
about.none | 봇이 아는 일만 답해요. | This bot answers what it has been taught.
again | 다시 물어보기 | Ask again
answer.next | 다음 답 | Next answer
answer.of | 답 {total}개 가운데 {at}번째 | Answer {at} of {total}
answer.previous | 이전 답 | Previous answer
bot.choose | 봇과 언어 고르기 | Choose a bot and language
bot.missing | 여기에 ‘{name}’ 봇은 없어요. | There is no bot “{name}” here.
bot.more | 봇 {count}개 더 보기 | {count} more
bot.others | 다른 봇과 이야기하기 | Or talk with another bot
cancel | 취소 | Cancel
cards | 카드 | Cards
close | 닫기 | Close
code | 코드 | code
code.copy | 코드 복사 | Copy code
comment.ask | 한마디 남겨 주세요 | Anything to add?
comment.thanks | 고마워요. 잘 받았어요. | Thank you, that helps.
comment.yours | 남긴 말: {words} | Your note: {words}
copied | 복사했어요 | Copied
copy | 복사 | Copy
copy.failed | 복사하지 못했어요 | Could not copy
count | {count} / {limit}자 | {count} of {limit}
count.over | {over}자를 줄여 주세요 | {over} characters too many
delivery.failed | 보내지 못했어요 | Not sent
delivery.sending | 보내는 중 | Sending
delivery.sent | 보냄 | Sent
details | 자세히 보기 | Details
details.action | 다음 동작 | Next action
details.confirmation | 확인 | Confirmation
details.copy | JSON 복사 | Copy JSON
details.empty | 대화를 시작하면 봇이 어떻게 알아들었는지 여기에 보여요. | Start talking, and how the bot understood you appears here.
details.ids | 식별자 | Identifiers
details.intent | 의도 | Intent
details.interpretations | 해석과 점수 | Interpretations and scores
details.json | 전체 응답 | Whole reply
details.none | 없음 | none
details.old | 옛 빌드로 답하는 봇 | Bots that serve their old build
details.slots | 슬롯 | Slots
details.source | 답한 곳 | Answered by
details.state | 상태 | State
details.test | 테스트로 저장 | Save as a test
details.timing | 걸린 시간 | Time taken
details.title | 이 답의 속사정 | Behind this answer
details.unfilled | 비어 있음 | not filled
earlier | 이전 대화 보기 | Earlier messages
edit | 고치기 | Edit
ended.again | 처음부터 다시 | Start over
ended.deleted | 이 대화는 지워졌어요. 다음 말부터는 새 대화예요. | This conversation was deleted. What you say next starts a new one.
ended.expired | 오래 쉬어서 이 대화는 끝났어요. 다음 말부터는 새 대화예요. | This conversation ended after a long pause. What you say next starts a new one.
ended.go | 새 대화로 가기 | Go to it
ended.gone | 서버에 이 대화가 남아 있지 않아요. 다음 말부터는 새 대화예요. | The server no longer has this conversation. What you say next starts a new one.
ended.moved | 다른 탭에서 새 대화를 시작했어요. 여기서는 이 대화를 이어갈 수 있어요. | A new conversation was started in another tab. You can go on with this one here.
error.busy | 지금 요청이 많아요. 잠시 뒤에 다시 보내 주세요. | Too many requests just now. Please send it again in a moment.
error.busy.again | 지금 요청이 많아요. {seconds}초 뒤에 다시 보낼게요. | Too many requests just now. It will be sent again in {seconds} s.
error.busy.in | 지금 요청이 많아요. {seconds}초 뒤에 다시 보내 주세요. | Too many requests just now. Please send it again in {seconds} s.
error.code | 오류 {code} | Error {code}
error.conflict | 같은 대화에서 다른 요청이 처리되고 있어요. 다시 보내 주세요. | Another request of this conversation is running. Please send it again.
error.cut | 답을 받는 도중에 연결이 끊겼어요. | The connection was lost while the answer was coming.
error.learning | 봇을 아직 준비하고 있어요. {seconds}초 뒤에 다시 보낼게요. | The bot is still being prepared. It will be sent again in {seconds} s.
error.network | 연결이 끊겼어요 | Offline
error.request | 요청 {id} | request {id}
error.server | 서버에 문제가 생겼어요. 잠시 뒤에 다시 해 주세요. | Something went wrong on the server. Please try again in a moment.
error.silent | 답이 너무 오래 오지 않아요. | No answer came for too long.
error.unknown | 알 수 없는 문제가 생겼어요. | Something went wrong.
error.wrong | 보낼 수 없는 메시지예요. | This message cannot be sent.
fresh | 새 대화 | New conversation
fresh.ask | 새 대화를 시작할까요? | Start a new conversation?
fresh.erase | 지금 대화를 지우고 시작 | Erase this one and start
fresh.failed | 서버의 대화를 지우지 못했어요. | The server’s copy could not be erased.
fresh.warn | 지금 대화는 목록에 남아요. 지우면 서버에서도 사라져요. | This one stays in your list. If you erase it, it is gone from the server, too.
image | 그림 | Picture
input | 메시지 | Message
input.placeholder | 무엇이든 편하게 말해 보세요 | Say anything you like
input.wait | 답이 끝나면 보낼 수 있어요 | You can send once the answer is finished
language | 화면 언어 | Language
launch.close | 대화 닫기 | Close chat
load.failed | 대화를 불러오지 못했어요. | The conversation could not be loaded.
log | 대화 내용 | Conversation
menu | 메뉴 | Menu
mic.denied | 마이크를 쓸 수 없어요. 브라우저의 마이크 권한을 확인해 주세요. | The microphone cannot be used. Please check the browser’s permission.
mic.failed | 말을 알아듣지 못했어요. 다시 해 주세요. | That could not be understood. Please try again.
mic.idle | 말로 입력하기 | Dictate
mic.listening | 듣고 있어요. 누르면 멈춰요 | Listening. Press to stop
mic.silent | 아무 말도 들리지 않았어요. | Nothing was heard.
mic.starting | 마이크를 켜는 중 | Turning the microphone on
mic.writing | 받아 적는 중이에요. 누르면 그만둬요 | Writing it down. Press to cancel
model.downloading | 모델을 내려받는 중이에요. 봇과는 지금 이야기할 수 있어요. | The model is downloading. You can talk with the bot already.
model.loading | 모델을 준비하는 중이에요. 봇과는 지금 이야기할 수 있어요. | The model is getting ready. You can talk with the bot already.
model.missing | 모델이 아직 없어요. 봇이 아는 일만 답해요. | There is no model yet. The bot answers what it has been taught.
newer | 새 메시지 | New messages
newest | 맨 아래로 | To the newest
no | 아니요 | No
offline | 서버에 연결할 수 없어요. {seconds}초 뒤에 다시 이어 볼게요. | The server cannot be reached. Trying again in {seconds} s.
offline.now | 지금 다시 연결 | Try now
offline.trying | 서버에 다시 연결하는 중이에요… | Connecting to the server again…
online.again | 다시 연결됐어요. | Connected again.
opens | 새 창에서 열림 | opens in a new window
quick | 빠른 답 | Quick replies
rate.down | 아쉬워요 | Not helpful
rate.failed | 평가를 남기지 못했어요 | The rating could not be saved
rate.up | 좋아요 | Helpful
read | 소리 내어 읽기 | Read aloud
read.failed | 소리 내어 읽지 못했어요 | It could not be read aloud
read.stop | 읽기 멈추기 | Stop reading
ready | 대화할 수 있어요 | Ready to talk
retry | 다시 보내기 | Send again
send | 보내기 | Send
signin | 들어가려면 토큰이 필요해요 | This chat needs a token
signin.about | 이 서버의 운영자에게 받은 토큰을 넣어 주세요. 이 브라우저가 30일 동안 기억해요. | Enter the token from whoever runs this server. This browser remembers it for 30 days.
signin.go | 들어가기 | Sign in
signin.token | 토큰 | Token
signin.wrong | 이 서버의 토큰이 아니에요. 다시 확인해 주세요. | This server does not know that token.
skip | 메시지 입력으로 건너뛰기 | Skip to the message box
source.document | 문서에서 찾은 답 | From the documents
source.embedded | 오프라인 모델 | Offline model
source.intent | 봇 | Bot
source.model | AI 모델 | AI model
start | 연결하는 중 | Connecting
starters | 이렇게 시작해 보세요 | Try one of these
stop | 멈추기 | Stop
stopped | 여기서 멈췄어요 | Stopped here
stopped.incomplete | 답이 중간에 끊겼어요 | The answer broke off here
stopped.nothing | 답하기 전에 멈췄어요 | Stopped before the answer
table | 표 | Table
talks | 대화 목록 | Conversations
talks.ask | 서버에서도 지울까요? | Delete it from the server, too?
talks.delete | 지우기: {title} | Delete: {title}
talks.erase | 지우기 | Delete
talks.here | 이 대화에서 {count}번 | {count} in this conversation
talks.keep | 저장 | Save
talks.none | 아직 나눈 대화가 없어요. | No conversations yet.
talks.nothing | 찾은 말이 없어요. | Nothing was found.
talks.rename | 이름 바꾸기: {title} | Rename: {title}
talks.search | 대화와 이 대화 속 말 찾기 | Search conversations
talks.untitled | 제목 없는 대화 | Untitled conversation
task.done | 한 일 | Done
task.open | 할 일 | To do
theme | 화면 밝기 | Appearance
theme.dark | 어둡게 | Dark
theme.light | 밝게 | Light
theme.system | 기기 설정 | System
transcript | 대화 내려받기 | Download transcript
transcript.at | {at}에 내려받음 | Downloaded {at}
transcript.md | 마크다운 | Markdown
transcript.txt | 텍스트 | Text
waiting | 답을 쓰는 중 | Writing an answer
waiting.long | 조금 오래 걸리고 있어요 | This is taking longer
welcome | 안녕하세요! 무엇을 도와드릴까요? | Hello! How can I help?
yes | 네 | Yes
you | 나 | You
`.split("\n").map((line) => {
  const [key, ...words] = line.split(" | ");
  return [key, words];
}));

/** The interface's language, "ko" or "en": the one that the document says it is in. */
export const language = () => document.documentElement.lang;

/** Choose the interface's language; unknown ones become English. @param {string} wanted */
export function speak(wanted) {
  document.documentElement.lang = LANGUAGES.includes(wanted) ? wanted : "en";
}

/** The first of the browser's languages that the page speaks. */
export function browserLanguage(languages = navigator.languages) {
  return languages.map((tag) => tag.slice(0, 2)).find((tag) => LANGUAGES.includes(tag)) ?? "en";
}

/**
 * Say `key` in the interface's language (or `tongue`), with {names} filled in.
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}, tongue = language()) {
  const string = table[key]?.[tongue === "ko" ? 0 : 1];
  if (string === undefined) throw new Error(`no string for ${key}`);
  return string.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * The language a text is in, judged by its script; Latin letters fall back to `expected`.
 * @param {string} text @param {string} expected
 */
export function languageOf(text, expected) {
  if (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/.test(text)) return "ko";
  if (/[\u3040-\u30ff]/.test(text)) return "ja";
  if (/[\u4e00-\u9fff]/.test(text)) return "zh";
  const foreign = /^(ko|ja|zh)/.test(expected);
  return foreign && /[A-Za-z]{2}/.test(text) ? "en" : expected;
}
