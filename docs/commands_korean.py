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
    "daehwa.toml here, if there is one": "여기에 있으면 `daehwa.toml`",
    "the first": "첫째 로캘",
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
}

WORDS = {
    "Run, test and ship Amazon Lex V2 bots anywhere.": (
        "Amazon Lex V2 봇을 어디서나 실행하고 시험하고 배포합니다."
    ),
    "Show how a bot is used, how its conversations end, and what they cost. By Lex's own definitions of success, failure, switches and drops; by day, intent, slot, who answered, locale, version and alias.": (
        "봇이 얼마나 쓰이는지, 대화가 어떻게 끝나는지, 얼마가 드는지를 보여 줍니다. 성공, 실패, 전환,"
        " 이탈은 Lex의 정의이며 날짜, 인텐트, 슬롯, 답한 쪽, 로캘, 버전, 별칭별로 봅니다."
    ),
    "A Lex V2 export, or the name or id of a bot that was talked to.": (
        "Lex V2 내보내기이거나, 대화한 적이 있는 봇의 이름이나 id."
    ),
    "From then on: a day (2026-05-01), a time (2026-05-01T09:00) or days ago (7d).": (
        "언제부터: 날짜(2026-05-01), 시각(2026-05-01T09:00), 며칠 전(7d)."
    ),
    "Until then, in the same forms; a day is whole.": (
        "언제까지: 같은 형식이며 날짜면 그날 하루를 포함합니다."
    ),
    "Only this table.": "이 표만.",
    "Write a page, one file that needs nothing else.": "다른 것이 필요 없는 파일 하나로 웹 페이지를 씁니다.",
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
    "Lex V2 exports, zip or folder; by default the bundled example bots.": (
        "Lex V2 내보내기(zip이나 폴더). 적지 않으면 함께 들어 있는 예제 봇입니다."
    ),
    "The address to listen on.": "요청을 받을 주소.",
    "The port to listen on.": "요청을 받을 포트.",
    "The folder for sessions and models.": "세션과 모델을 두는 폴더.",
    "What answers when FallbackIntent is reached.": "FallbackIntent에 이르렀을 때 답하는 쪽.",
    "The configuration file.": "설정 파일.",
    "The number of processes that serve.": "제공하는 프로세스의 수.",
    "Reload a bot when its files change.": "파일이 바뀌면 봇을 다시 읽습니다.",
    "Speak HTTPS, with a certificate for this machine made at the start.": (
        "HTTPS로 말합니다. 이 컴퓨터의 인증서를 시작할 때 만듭니다."
    ),
    "Speak HTTPS with this certificate, in PEM.": "이 인증서(PEM)로 HTTPS를 말합니다.",
    "The certificate's key, in PEM.": "인증서의 키(PEM).",
    "Talk to a bot in the terminal. Ctrl-D ends the conversation, Ctrl-C stops an answer.": (
        "터미널에서 봇과 대화합니다. Ctrl-D는 대화를 끝내고, Ctrl-C는 답을 멈춥니다."
    ),
    "The locale to speak, such as ko_KR.": "대화할 로캘. ko_KR처럼 적습니다.",
    "Continue this session.": "이 세션을 이어 갑니다.",
    "List what would be served: names, ids, locales, aliases, intents.": (
        "무엇을 제공하게 되는지 보여 줍니다. 이름, ID, 로캘, 별칭, 의도."
    ),
    "Print JSON.": "JSON으로 출력합니다.",
    "Check bots: show what is wrong in their files, where, and how to fix it. Each finding ends "
    'with the code of its rule; `[check] off = ["code"]` in daehwa.toml switches it off. Exits '
    "with 1 if there is an error.": (
        "봇을 검사합니다. 파일에서 무엇이 어디에서 잘못되었고 어떻게 고치는지 알려 줍니다. "
        "찾은 것마다 끝에 규칙의 코드가 있고, daehwa.toml의 "
        '`[check] off = ["코드"]`로 끌 수 있습니다. 오류가 있으면 1로 끝납니다.'
    ),
    "Lex V2 exports.": "Lex V2 내보내기.",
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
    "A Lex V2 export.": "Lex V2 내보내기.",
    "A .zip file, or a folder.": ".zip 파일이나 폴더.",
    "Measure how well a bot understands, and suggest what to change.": (
        "봇이 얼마나 잘 알아듣는지 재고, 무엇을 바꿀지 권합니다."
    ),
    "A Lex V2 export, instead of --train.": "--train 대신 쓰는 Lex V2 내보내기.",
    'Utterances to learn from: JSON lines of {"text", "intent", "slots"?}.': (
        '학습할 발화: {"text", "intent", "slots"?}를 한 줄씩 적은 JSON.'
    ),
    "Utterances to test on: JSON lines, or a Lex test set (.csv). Without it, the samples "
    "themselves are used (cross-validation).": (
        "시험할 발화: 한 줄씩 적은 JSON, 또는 Lex 테스트 세트(.csv). 없으면 샘플 자체로 교차 "
        "검증합니다."
    ),
    "The locale, such as ko_KR.": "로캘. ko_KR처럼 적습니다.",
    "How well to understand, and at what cost.": "얼마나 잘, 어떤 비용으로 알아들을지.",
    "Write the results to this file, as JSON.": "결과를 이 파일에 JSON으로 씁니다.",
    "Write an HTML report to this folder.": "이 폴더에 HTML 보고서를 씁니다.",
    "Read documents into the index; the server with the same --data answers from them. What has "
    "not changed since the last time is not read again, and what is gone is removed. A server "
    "that is running sees the new index at once. With [store] url on PostgreSQL or Redis the "
    "index is there, for every machine that uses that store.": (
        "문서를 읽어 색인에 넣습니다. 같은 --data를 쓰는 서버가 거기에서 답합니다. 지난번 뒤로 "
        "바뀌지 않은 것은 다시 읽지 않고, 없어진 것은 뺍니다. 실행 중인 서버는 새 색인을 바로 "
        "봅니다. [store] url이 PostgreSQL이나 Redis면 색인도 거기에 있어, 그 저장소를 쓰는 모든 "
        "컴퓨터가 함께 씁니다."
    ),
    "Files and folders: Markdown, HTML, PDF, DOCX, text; questions and answers as CSV or JSON.": (
        "파일과 폴더: Markdown, HTML, PDF, DOCX, 텍스트. 질문과 답은 CSV나 JSON."
    ),
    "Only this bot answers from them (name or id).": "이 봇만 거기에서 답합니다(이름이나 ID).",
    "Only in this locale.": "이 로캘에서만.",
    "Remove what was read of PATH instead.": "PATH에서 읽은 것을 대신 뺍니다.",
    "List the documents that are indexed.": "색인에 있는 문서를 보여 줍니다.",
    "List what people said that a bot missed, most frequent first; alike texts are one line. That "
    "is what reached FallbackIntent, replies that were no value of the slot that was asked for (or "
    "neither yes nor no), and texts whose answer got a thumb down.": (
        "봇이 놓친 말을 잦은 것부터 보여 줍니다. 비슷한 말은 한 줄로 묶습니다. FallbackIntent에 이른 말, 물어본 "
        "슬롯의 값이 아닌 답(또는 예도 아니요도 아닌 답), 답이 엄지 내림을 받은 말입니다."
    ),
    "How many sessions of each bot to look at, latest first.": (
        "봇마다 세션 몇 개를 볼지, 최근 것부터."
    ),
    "Read the DynamoDB table of a deployment on AWS (its output TranscriptTable).": (
        "AWS에 배포한 것의 DynamoDB 테이블(출력 TranscriptTable)을 읽습니다."
    ),
    "The table's region.": "테이블의 리전.",
    "Exit with 1 if fewer texts are handled rightly: a share (0.9), or per cent (90).": (
        "바르게 다룬 말이 이보다 적으면 1로 끝납니다. 비율(0.9)이나 퍼센트(90)."
    ),
    "The time that dates in the texts are relative to, such as 2026-05-01T09:00.": (
        "글 속 날짜의 기준이 되는 때. 예: 2026-05-01T09:00"
    ),
    "Import and build a bot file as a version, and lead an alias to the version. What is "
    "published already is not done again. Where the build fails, the draft is put back, and the "
    "alias stays where it was.": (
        "봇 파일을 가져와 빌드하고, 버전을 만들고, 별칭을 그 버전으로 잇습니다. 이미 게시한 것은 다시 하지 않습니다. 빌드가 "
        "실패하면 초안을 되돌리고, 별칭은 그대로 둡니다."
    ),
    "The alias that leads to the version.": "버전으로 이어지는 별칭.",
    "The AWS Lambda that is the alias's code hook.": "별칭의 코드 훅인 AWS Lambda.",
    "Publish this locale alone; may be given again.": (
        "이 로캘만 게시합니다. 여러 번 적을 수 있습니다."
    ),
    "Published versions to keep; older ones that no alias uses are deleted.": (
        "남겨 둘 게시한 버전의 수. 그보다 오래되고 별칭이 쓰지 않는 것은 지웁니다."
    ),
    "Write the bot's, version's and alias's ids there.": (
        "봇, 버전, 별칭의 ID를 그 파일에 씁니다."
    ),
    "Only this bot, by name, or by id even if it is none of BOT.": (
        "이 봇만. 이름으로, 또는 BOT에 없더라도 ID로."
    ),
    "Export all that is kept of what a person said, with the replies, times and feedback.": (
        "한 사람이 한 말 가운데 남아 있는 것을 답, 시각, 평가와 함께 모두 내보냅니다."
    ),
    "The session's id.": "세션의 ID.",
    "Instead of SESSION: the `user` that a client of /v1 sent.": (
        "SESSION 대신, /v1의 클라이언트가 보낸 `user`."
    ),
    "Forget all that a person said: sessions, transcripts, feedback and conversation log. A "
    "server may be running meanwhile; what it is answering at the moment is not stored either.": (
        "한 사람이 한 말을 모두 잊습니다. 세션, 대화 기록, 평가, 대화 로그. 서버가 실행 중이어도 "
        "되며, 그때 답하고 있던 것도 저장하지 않습니다."
    ),
    "Import a bot file into an account, replacing the bot of the same name if there is one.": (
        "봇 파일을 계정으로 가져옵니다. 같은 이름의 봇이 있으면 바꿉니다."
    ),
    "A Lex V2 export, zip or folder.": "Lex V2 내보내기(zip이나 폴더).",
    "The bot's name in the account.": "계정에서 쓸 봇의 이름.",
    "The role that the bot runs with.": "봇이 실행될 때의 역할.",
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
    "Copy sessions, bots and learned models into a file, also while a server uses them.": (
        "세션, 봇, 학습한 모델을 파일 하나에 복사합니다. 서버가 쓰는 중에도 됩니다."
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
    "default (1.1 GB), small (0.5 GB, weaker), large (2.5 GB) or embedding.": (
        "default(1.1 GB), small(0.5 GB, 약함), large(2.5 GB), embedding 가운데 하나."
    ),
    "List the available models, and whether they are downloaded.": (
        "쓸 수 있는 모델과 내려받았는지를 보여 줍니다."
    ),
}
