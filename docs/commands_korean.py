"""The Korean words of the commands' page: one for each English sentence of their help.

A sentence that the help has and this table lacks stops `make docs`, so that the Korean page keeps
pace with the English one.
"""

from __future__ import annotations

INTRODUCTION = """\
# 명령

[English](commands.md)

명령마다 `daehwa 명령 --help`로 영어 도움말을 볼 수 있습니다. 아래는 같은 내용을 한국어로 적은
것입니다. 잘못 쓴 값이 있으면 무엇을 고칠지 알려 주고 2로 끝납니다.
"""

DEFAULTS = {
    "the user's data folder": "사용자의 데이터 폴더",
    "chatgpt with OPENAI_API_KEY or OPENAI_BASE_URL, else embedded": (
        "`OPENAI_API_KEY`나 `OPENAI_BASE_URL`이 있으면 `chatgpt`, 없으면 `embedded`"
    ),
    "daehwa.toml here, or in the project": "여기나 프로젝트에 있는 `daehwa.toml`",
    "the first": "첫 로캘",
    "the bot's first": "봇의 첫 로캘",
    "the folder tests of BOT, or here": "BOT의, 또는 여기의 `tests` 폴더",
    "that of the AWS settings": "AWS 설정의 리전",
    "the beginning": "처음부터",
    "a new one": "새 세션",
    "AWS": "AWS",
    "from the AWS settings": "AWS 설정의 리전",
    "every bot": "모든 봇",
    "all": "모두",
    "now": "지금",
    "the alias's own": "별칭에 이미 있는 것",
    "every locale": "모든 로캘",
    "every BOT": "모든 BOT",
    "its own": "봇 자신의 이름",
    "the existing bot's": "이미 있는 봇의 역할",
    "TEXT is a new value": "TEXT가 새 값",
    "the one that has the intent": "그 의도가 있는 로캘",
}

WORDS = {
    "Run test conversations with a bot: 0 if all went as expected, 1 if not, 2 if none ran.": (
        "테스트 대화를 봇과 나눕니다. 모두 기대대로면 0, 아니면 1, 하나도 나누지 못했으면 2로 끝납니다."
    ),
    "A Lex V2 export or a project; not needed where the files name their bot.": (
        "Lex V2 내보내기나 프로젝트. 파일에 봇이 적혀 있으면 생략해도 됩니다."
    ),
    "Test files (YAML), Lex test sets (CSV), or folders of them.": (
        "테스트 파일(YAML), Lex 테스트 세트(CSV), 또는 그것들이 든 폴더."
    ),
    "Only conversations with these words in their name or file; not WORD.": (
        "이름이나 파일 이름에 이 낱말들이 있는 대화만. 뺄 것은 `not 낱말`."
    ),
    "Stop at the first that fails.": "처음 실패한 대화에서 멈춥니다.",
    "Run again after each change.": "바뀔 때마다 다시 실행합니다.",
    "Write the results to this file, as JUnit XML.": "결과를 이 파일에 JUnit XML로 씁니다.",
    "Print the results as JSON.": "결과를 JSON으로 출력합니다.",
    "Show which intents, slots, branches and sample utterances no test visits.": (
        "어느 테스트도 거치지 않는 의도, 슬롯, 분기, 샘플을 보여 줍니다."
    ),
    "Fail if less than this percentage of intents, slots and branches is visited.": (
        "테스트가 거치는 의도, 슬롯, 분기가 이 퍼센트보다 적으면 실패로 끝납니다."
    ),
    "The locale of conversations that name none, such as ko_KR.": (
        "로캘이 적혀 있지 않은 대화의 로캘. 예: ko_KR."
    ),
    "The time of conversations that set none, such as 2026-05-01T09:00.": (
        "시각이 적혀 있지 않은 대화의 시각. 예: 2026-05-01T09:00."
    ),
    "Ask the model for answers that are not recorded yet.": (
        "아직 기록되지 않은 답을 모델에게 물어 기록합니다."
    ),
    "Talk to this bot on the real Lex, through boto3.": "boto3로 실제 Lex의 이 봇과 대화합니다.",
    "With --aws: the alias's id.": "`--aws`와 함께: 별칭의 ID.",
    "With --aws: the region.": "`--aws`와 함께: 리전.",
    "Print the JSON Schema of test files.": "테스트 파일의 JSON Schema를 출력합니다.",
    "Save the conversation to this file as you go, as a test for daehwa test.": (
        "대화를 나누는 대로 이 파일에 `daehwa test`의 테스트로 저장합니다."
    ),
    "Run, test and ship Amazon Lex V2 bots anywhere.": (
        "Amazon Lex V2 봇을 어디서나 실행하고 테스트하고 배포합니다."
    ),
    "Show how a bot is used, how its conversations end, and what they cost. By Lex's own definitions of success, failure, switches and drops; by day, intent, slot, who answered, locale, version and alias.": (
        "봇이 얼마나 쓰이는지, 대화가 어떻게 끝나는지, 얼마가 드는지를 보여 줍니다. 성공, 실패, 전환,"
        " 이탈은 Lex의 정의이며 날짜, 의도, 슬롯, 답한 쪽, 로캘, 버전, 별칭별로 봅니다."
    ),
    "A project, a Lex V2 export, or the name or id of a bot with conversations.": (
        "프로젝트나 Lex V2 내보내기, 또는 대화한 적이 있는 봇의 이름이나 id."
    ),
    "The start: a day (2026-05-01), a time (2026-05-01T09:00) or days ago (7d).": (
        "언제부터: 날짜(2026-05-01), 시각(2026-05-01T09:00), 며칠 전(7d)."
    ),
    "The end, in the same forms; a day counts as a whole.": (
        "언제까지: 같은 형식이며 날짜면 그날 하루를 포함합니다."
    ),
    "Only this table.": "이 표만.",
    "Write a self-contained HTML page.": "다른 것이 필요 없는 파일 하나로 웹 페이지를 씁니다.",
    "Write a file that ends in .csv (one table), or a folder (all).": (
        ".csv로 끝나는 파일(표 하나)이나 폴더(모두)에 씁니다."
    ),
    "Show the version.": "버전을 보여 줍니다.",
    "Install completion for the current shell.": "지금 쓰는 셸에 자동 완성을 설치합니다.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "지금 쓰는 셸의 자동 완성을 보여 줍니다. 복사하거나 설치를 바꿀 때 씁니다."
    ),
    "Serve bots: a chat page, Lex's runtime API for boto3, and more, on one port.": (
        "봇을 제공합니다. 채팅 페이지, boto3를 위한 Lex 런타임 API 등이 한 포트에 있습니다."
    ),
    "Projects, or Lex V2 exports, zip or folder; by default the bundled example bots.": (
        "프로젝트나 Lex V2 내보내기(zip이나 폴더). 적지 않으면 함께 들어 있는 예제 봇입니다."
    ),
    "Create a bot: a folder of text files that works at once, with a test and a README.": (
        "봇을 만듭니다. 바로 대화할 수 있는 봇의 텍스트 파일 폴더이며, 테스트와 README가 함께 있습니다."
    ),
    "The folder; it names the bot.": "폴더. 그 이름이 봇의 이름이 됩니다.",
    "Its first locale, such as ko_KR or en_US.": "첫 언어. ko_KR, en_US처럼 적습니다.",
    "Print the JSON Schema of a project's files, for completion and checks in editors.": (
        "프로젝트 파일의 JSON Schema를 출력합니다. 편집기의 자동 완성과 검사에 씁니다."
    ),
    "bot for bot.yaml, locale for ko_KR.yaml.": "bot.yaml은 bot, ko_KR.yaml은 locale.",
    "A bot of Lex V2 or V1, CloudFormation, Terraform, Dialogflow ES or Rasa.": (
        "Lex V2, V1, CloudFormation, Terraform, Dialogflow ES, Rasa의 봇."
    ),
    "A folder; or a .zip, for an export.": "폴더. 내보내기로 쓰려면 .zip.",
    "Write over the bot that PROJECT has.": "PROJECT에 있는 봇을 덮어씁니다.",
    "Convert a bot from elsewhere into a project, and list what could not be carried over. Nothing is "
    "sent anywhere: SOURCE is a zip, a JSON file or a folder that was exported. Files in the folder that are not part of the bot stay. A PROJECT that ends in .zip, or is the folder of an export, becomes a Lex V2 export.": (
        "다른 곳의 봇으로 프로젝트를 만들고, 옮기지 못한 것을 알려 줍니다. 어디에도 보내지 "
        "않습니다. SOURCE는 내보낸 zip이나 JSON 파일, 폴더입니다. 폴더에 있던 봇이 아닌 파일은 "
        "그대로 둡니다. PROJECT가 .zip으로 끝나거나 내보내기 폴더면 Lex V2 내보내기로 씁니다."
    ),
    "The address to listen on.": "요청을 받을 주소.",
    "The port to listen on.": "요청을 받을 포트.",
    "The folder for sessions and models.": "세션과 모델을 두는 폴더.",
    "What answers when FallbackIntent is reached.": "FallbackIntent에 이르렀을 때 답하는 쪽.",
    "The configuration file.": "설정 파일.",
    "The number of processes that serve.": "제공하는 프로세스의 수.",
    "Reload a bot when its files change.": "파일이 바뀌면 봇을 다시 읽습니다.",
    "Serve HTTPS, with a certificate for this machine made at the start.": (
        "HTTPS로 제공합니다. 시작할 때 이 컴퓨터의 인증서를 만듭니다."
    ),
    "Serve HTTPS with this certificate, in PEM.": "이 인증서(PEM)로 HTTPS를 제공합니다.",
    "The certificate's key, in PEM.": "인증서의 키(PEM).",
    "Talk to a bot in the terminal. Ctrl-C stops an answer, Ctrl-D ends the conversation.": (
        "터미널에서 봇과 대화합니다. Ctrl-C는 답을 멈추고, Ctrl-D는 대화를 끝냅니다."
    ),
    "The locale to talk in, such as ko_KR.": "대화할 로캘. ko_KR처럼 적습니다.",
    "Continue this session.": "이 세션을 이어 갑니다.",
    "List what would be served: names, ids, locales, aliases, intents. Exits with 1 if a bot, or an "
    "intent, would not be served; standard error says why.": (
        "무엇을 제공하게 되는지 보여 줍니다: 이름, ID, 로캘, 별칭, 의도. 제공하지 못할 봇이나 의도가 있으면 표준 오류에 "
        "까닭을 적고 1로 끝납니다."
    ),
    "Print JSON.": "JSON으로 출력합니다.",
    "Check bots: show what is wrong in their files, where, and how to fix it. Each finding ends "
    'with the code of its rule; `[check] off = ["code"]` in daehwa.toml switches it off. Exits '
    "with 1 if there is an error.": (
        "봇을 검사합니다. 파일에서 무엇이 어디에서 잘못되었고 어떻게 고치는지 알려 줍니다. "
        "찾은 것마다 끝에 규칙의 코드가 있고, daehwa.toml의 "
        '`[check] off = ["코드"]`로 끌 수 있습니다. 오류가 있으면 1로 끝납니다.'
    ),
    "Projects, or Lex V2 exports.": "프로젝트나 Lex V2 내보내기.",
    "List the differences between bots A and B; exit with 1 if there are any. A bot in an account "
    "may go by another name than its file, as a deployed one does: where only one of the two is "
    "in an account, names do not count. Exits with 2 if a bot cannot be read.": (
        "봇 A와 B의 차이를 보여 주고, 차이가 있으면 1로 끝납니다. 계정에 있는 봇은 배포된 봇처럼 "
        "파일과 이름이 다를 수 있으므로, 둘 가운데 하나만 계정에 있으면 이름은 따지지 않습니다. "
        "봇을 읽을 수 없으면 2로 끝납니다."
    ),
    "A bot file, or the id of a bot in an account.": "봇 파일, 또는 계정에 있는 봇의 ID.",
    "Another bot file or id.": "다른 봇 파일이나 ID.",
    "The version of a bot in an account, a number or DRAFT.": (
        "계정에 있는 봇의 버전. 숫자나 DRAFT."
    ),
    "A server with Lex's API, such as http://127.0.0.1:8080.": (
        "Lex의 API가 있는 서버. 예: http://127.0.0.1:8080"
    ),
    "The region.": "리전.",
    "Write a bot as Lex exports it: a zip that Lex imports, or a folder to edit. A folder that "
    "holds intents, slots or slot types that BOT lacks is left as it is, unless --force is "
    "given.": (
        "봇을 Lex가 내보내는 모습으로 씁니다. Lex가 가져오는 zip, 또는 고칠 수 있는 폴더. "
        "BOT에 없는 의도나 슬롯, 슬롯 유형이 든 폴더는 --force 없이는 그대로 둡니다."
    ),
    "A project, or a Lex V2 export.": "프로젝트나 Lex V2 내보내기.",
    "A .zip file, or a folder.": ".zip 파일이나 폴더.",
    "Measure how well a bot understands, and suggest what to change.": (
        "봇이 얼마나 잘 알아듣는지 재고, 무엇을 바꿀지 권합니다."
    ),
    "A project, or a Lex V2 export; instead of --train.": (
        "--train 대신 쓰는 프로젝트나 Lex V2 내보내기."
    ),
    'Utterances to learn from: JSON lines of {"text", "intent", "slots"?}.': (
        '학습할 발화: {"text", "intent", "slots"?}를 한 줄씩 적은 JSON.'
    ),
    "Utterances to test on: JSON lines, or a Lex test set (.csv). Without it, the samples "
    "themselves are used (cross-validation).": (
        "테스트할 발화: 한 줄씩 적은 JSON, 또는 Lex 테스트 세트(.csv). 없으면 샘플 자체로 교차 "
        "검증합니다."
    ),
    "The locale, such as ko_KR.": "로캘. ko_KR처럼 적습니다.",
    "How well to understand, and at what cost: fast, balanced, best, or an encoder that"
    " daehwa.toml names.": (
        "얼마나 잘, 어떤 비용으로 알아들을지. fast, balanced, best 또는 daehwa.toml에 적은 인코더."
    ),
    "Write the results to this file, as JSON.": "결과를 이 파일에 JSON으로 씁니다.",
    "Write an HTML report to this folder.": "이 폴더에 HTML 보고서를 씁니다.",
    "Read documents into the index; the server with the same --data answers from them. Files that have not changed are not read again, and files that are gone are removed from the index. A running server uses the new index at once. Exits with 1 if a PATH does not exist, or is a file that could not be read. With [store] url on PostgreSQL or Redis the index is in that store, for every machine that uses it.": (
        "문서를 읽어 색인에 넣습니다. 같은 --data를 쓰는 서버가 거기에서 답합니다. 지난번 뒤로 "
        "바뀌지 않은 것은 다시 읽지 않고, 없어진 것은 뺍니다. 실행 중인 서버는 새 색인을 바로 "
        "봅니다. PATH로 준 파일이 없거나 읽을 수 없으면 1로 끝납니다. [store] url이 PostgreSQL이나 Redis면 색인도 거기에 있어, 그 저장소를 쓰는 모든 "
        "컴퓨터가 함께 씁니다."
    ),
    "Files and folders: Markdown, HTML, PDF, DOCX, text; questions and answers as CSV or JSON.": (
        "파일과 폴더: Markdown, HTML, PDF, DOCX, 텍스트. 질문과 답은 CSV나 JSON."
    ),
    "Only this bot answers from them (name or id).": "이 봇만 거기에서 답합니다(이름이나 ID).",
    "Only in this locale.": "이 로캘에서만.",
    "Remove what was read from PATH instead.": "PATH에서 읽은 것을 대신 뺍니다.",
    "List the documents that are indexed.": "색인에 있는 문서를 보여 줍니다.",
    "Include texts that are ignored, or understood by now.": (
        "무시하는 말과 지금은 알아듣는 말도 함께."
    ),
    "Another one.": ("다른 하나."),
    "Compare two bots, or two versions of one, on the last texts that people said. Lists what only B understands, what it understands differently, "
    "and what it misses.": (
        "두 봇, 또는 한 봇의 두 버전을 사람들이 최근에 한 말로 비교합니다. B만 알아듣는 말, "
        "다르게 알아듣는 말, 놓치는 말을 보여 줍니다."
    ),
    "Exit with 1 if anything differs.": ("달라진 것이 있으면 1로 끝납니다."),
    "Have the configured language model write samples of an intent, and check"
    " each of them. The output says of each sample whether the bot takes it for another intent. None is added: choose with `daehwa learn`.": (
        "설정한 언어 모델이 의도의 샘플을 쓰게 하고 하나씩 확인합니다. 봇이 다른 의도로 "
        "알아듣는지 함께 보여 줍니다. 추가하지는 않으니 마음에 드는 것을 `daehwa learn`으로 가르치세요."
    ),
    "How many samples to write.": ("쓸 샘플의 수."),
    "How many texts to replay, latest first.": ("다시 이해해 볼 말의 수, 최근 것부터."),
    "Instead of an intent: the slot type that TEXT is a word of.": (
        "의도 대신: TEXT가 속할 슬롯 유형."
    ),
    "Leave a text, and texts that differ by a few letters, out of what `daehwa missed` lists. `daehwa learn` points out changes after which the bot would match it.": (
        "말 하나와 글자 몇 개만 다른 말을 `daehwa missed`의 목록에서 뺍니다. 봇이 "
        "그 말을 알아듣게 만드는 변경은 `daehwa learn`이 짚어 줍니다."
    ),
    "List what people said that a bot missed, most frequent first, grouped by meaning. This includes texts that reached FallbackIntent, replies that were not a value of the elicited slot (or neither yes nor no), questions that a language model answered in between, texts for which another intent scored nearly as high, and texts whose answer got a thumbs down. Texts that the bot understands by now, or that `daehwa ignore` names, are left out.": (
        "봇이 놓친 말을 잦은 것부터 보여 줍니다. 뜻이 같은 말은 하나로 묶습니다. "
        "FallbackIntent에 이른 말, 물어본 슬롯의 값이 아닌 답(또는 예도 아니요도 "
        "아닌 답), 도중에 언어 모델이 답한 질문, 다른 의도와도 비슷하게 가까웠던 말, 답이 "
        "엄지 내림을 받은 말입니다. 지금의 봇이 알아듣는 말과 `daehwa ignore`로 뺀 "
        "말은 나오지 않습니다."
    ),
    "Only for the bot of this id.": ("이 ID의 봇에서만."),
    "Save without asking.": ("묻지 않고 저장합니다."),
    "Show it again among what was missed.": ("놓친 말 목록에 다시 넣습니다."),
    "Show the conversation around each of them.": ("앞뒤 대화도 보여 줍니다."),
    "Show what would change, and save nothing.": (
        "무엇이 바뀔지 보여 주기만 하고 저장하지 않습니다."
    ),
    "Teach a bot what a person said, as a sample of an intent or as a synonym"
    " of a value. First shows which of the last texts that people said would be understood differently, and asks before it saves. In a folder only the file that has to change is written. Exits with 1 if nothing was saved.": (
        "사람이 한 말을 의도의 샘플이나 값과 같은 말로 봇에게 가르칩니다. 사람들이 최근에 한 말"
        " 가운데 무엇을 다르게 알아듣게 되는지 먼저 보여 주고, 저장하기 전에 묻습니다. "
        "폴더에서는 그것을 담은 파일만 바뀝니다. 저장하지 않았으면 1로 끝납니다."
    ),
    'Texts to replay instead of the stored ones: one per line, JSON lines with a "text", '
    "or a Lex test set (.csv).": (
        '사람들이 한 말 대신 쓸 파일: 한 줄에 한 마디, "text"가 있는 JSON 줄, '
        "Lex 테스트 세트(.csv)."
    ),
    "The intent that TEXT becomes a sample of.": ("TEXT를 샘플로 가질 의도."),
    "The intent to write samples of.": ("샘플을 쓸 의도."),
    "The value that TEXT is a synonym of.": ("TEXT와 같은 말이 될 값."),
    "What a person said; without it, the ignored texts are listed.": (
        "사람이 한 말. 적지 않으면 무시하는 말을 보여 줍니다."
    ),
    "What a person says.": ("사람이 하는 말."),
    "How many sessions of each bot to look at, latest first.": (
        "봇마다 세션 몇 개를 볼지, 최근 것부터."
    ),
    "Read the DynamoDB table of a deployment on AWS (its output TranscriptTable).": (
        "AWS에 배포한 것의 DynamoDB 테이블(출력 TranscriptTable)을 읽습니다."
    ),
    "The table's region.": "테이블의 리전.",
    "Exit with 1 if fewer texts are right: a share (0.9) or a percentage (90).": (
        "바르게 다룬 말이 이보다 적으면 1로 끝납니다. 비율(0.9)이나 퍼센트(90)."
    ),
    "The time that dates in the texts are relative to, such as 2026-05-01T09:00.": (
        "글 속 날짜의 기준이 되는 때. 예: 2026-05-01T09:00"
    ),
    "Import and build a bot file as a version, and point an alias at it. The same content is not published twice. If the build fails, the draft is restored, and the alias stays where it was.": (
        "봇 파일을 가져와 빌드하고, 버전을 만들고, 별칭을 그 버전으로 잇습니다. 이미 게시한 것은 다시 하지 않습니다. 빌드가 "
        "실패하면 초안을 되돌리고, 별칭은 그대로 둡니다."
    ),
    "The alias to point at the version.": "버전을 가리킬 별칭.",
    "The AWS Lambda that is the alias's code hook, in one locale or in all; can be repeated.": (
        "별칭의 코드 훅인 AWS Lambda. 로캘을 앞에 적으면 그 로캘에만 쓰고, 여러 번 적을 수 있습니다."
    ),
    "Publish only this locale; can be repeated.": (
        "이 로캘만 게시합니다. 여러 번 적을 수 있습니다."
    ),
    "Published versions to keep; older ones that no alias uses are deleted.": (
        "남겨 둘 게시한 버전의 수. 그보다 오래되고 별칭이 쓰지 않는 것은 지웁니다."
    ),
    "Write the ids of the bot, version and alias to this file.": (
        "봇, 버전, 별칭의 ID를 그 파일에 씁니다."
    ),
    "Only this bot, by name, or by id even if it is not among BOT.": (
        "이 봇만. 이름으로, 또는 BOT에 없더라도 ID로."
    ),
    "Export everything that is stored of what a person said, with replies, times and feedback.": (
        "한 사람이 한 말 가운데 남아 있는 것을 답, 시각, 평가와 함께 모두 내보냅니다."
    ),
    "The session's id.": "세션의 ID.",
    "Instead of SESSION: the `user` that a client of /v1 sent.": (
        "SESSION 대신, /v1의 클라이언트가 보낸 `user`."
    ),
    "Delete everything that a person said: sessions, transcripts, feedback and conversation log. A server may be running meanwhile; an answer in progress is not stored either.": (
        "한 사람이 한 말을 모두 지웁니다: 세션, 대화 기록, 평가, 대화 로그. 서버가 실행 중이어도 "
        "되며, 그때 답하고 있던 것도 저장하지 않습니다."
    ),
    "Import a bot file into an account, replacing the bot of the same name if there is one.": (
        "봇 파일을 계정으로 가져옵니다. 같은 이름의 봇이 있으면 바꿉니다."
    ),
    "The bot's name in the account.": "계정에서 쓸 봇의 이름.",
    "The role that the bot runs with.": "봇이 쓰는 IAM 역할.",
    "Build its locales, and wait until they are built.": "로캘을 빌드하고 끝나기를 기다립니다.",
    "Export a bot from an account to a bot file. What PATH holds and the bot lacks is not "
    "removed, unless --force is given.": (
        "계정의 봇을 봇 파일로 내보냅니다. PATH에만 있는 것은 --force 없이는 지우지 않습니다."
    ),
    "Remove files that only PATH has, and replace a zip.": (
        "PATH에만 있는 파일을 지우고, zip은 새것으로 바꿉니다."
    ),
    "Remove files that only OUT has, and replace a zip.": (
        "OUT에만 있는 파일을 지우고, zip은 새것으로 바꿉니다."
    ),
    "Exit with 1 for warnings, too.": "경고가 있어도 1로 끝납니다.",
    "Make a Lex V2 bot of a bot from elsewhere, and list what could not be carried over. Nothing "
    "is sent anywhere: SOURCE is a zip, a JSON file or a folder that was exported.": (
        "다른 곳의 봇을 Lex V2 봇으로 만들고, 옮기지 못한 것을 보여 줍니다. 어디로도 보내지 않습니다. "
        "SOURCE는 내보낸 zip, JSON 파일, 폴더입니다."
    ),
    "A bot of Lex V1, or an agent of Dialogflow ES.": "Lex V1의 봇이나 Dialogflow ES의 에이전트.",
    "A folder, or a .zip file.": "폴더나 .zip 파일.",
    "The bot's id.": "봇의 ID.",
    "Where to write it: a folder, or a .zip file.": "쓸 곳: 폴더나 .zip 파일.",
    "The version, a number or DRAFT.": "버전. 숫자나 DRAFT.",
    "Show what works here, what does not, and what to do about it.": (
        "여기서 무엇이 되고 무엇이 안 되는지, 어떻게 하면 되는지 보여 줍니다."
    ),
    "The address that the server is to listen on.": "서버가 요청을 받을 주소.",
    "Copy sessions, bots and learned models into a file, even while a server uses them. An older"
    " backup of the same name is replaced once the new one is whole; other files are not.": (
        "세션, 봇, 학습한 모델을 파일 하나에 복사합니다. 서버가 쓰는 중에도 됩니다. 이름이 같은 이전 백업은 새"
        " 백업이 다 만들어진 뒤에 바꾸고, 백업이 아닌 파일은 바꾸지 않습니다."
    ),
    "The backup, a zip.": "백업(zip).",
    "Put a backup into a data folder that no server uses and that holds nothing yet.": (
        "서버가 쓰지 않고 아직 비어 있는 데이터 폴더에 백업을 넣습니다."
    ),
    "Download the embedded model's weights, or list them.": (
        "내장 모델의 가중치를 내려받거나 목록을 보여 줍니다."
    ),
    "Download a model's weights; an interrupted download continues where it stopped.": (
        "모델의 가중치를 내려받습니다. 끊긴 내려받기는 멈춘 곳에서 이어집니다."
    ),
    "default (1.1 GB), small (0.5 GB, weaker), large (2.5 GB), embedding, or an encoder that"
    " daehwa.toml names.": (
        "default(1.1 GB), small(0.5 GB, 약함), large(2.5 GB), embedding 또는 daehwa.toml에 적은 인코더."
    ),
    "List the available models, and whether they are downloaded.": (
        "쓸 수 있는 모델과 내려받았는지를 보여 줍니다."
    ),
}
