"""What Amazon's documents leave open about a whole turn, and where we differ knowingly."""

from __future__ import annotations

from typing import Final

from conformance.decisions.decision import Decision

DECISIONS: Final = (
    Decision(
        "time-zone",
        6,
        "In which time zone are dates and times read?",
        "In the `time_zone` of `daehwa.toml`, by default the machine's.",
        "Lex does not say. A person who says 내일 means their own tomorrow, and a server for one "
        "country best uses that country's zone.",
    ),
    Decision(
        "korean-phrases",
        7,
        "Which Korean phrases mean the built-in intents, and yes and no?",
        "Our own lists, polite and plain: for HelpIntent 도와줘 and the like, for CancelIntent "
        "취소, for StopIntent 그만, 멈춰, for RepeatIntent 다시 말해줘; for yes 네, 응, 그래요, "
        "ㅇㅇ, for no 아니요, 됐어요, ㄴㄴ, and 아니요 괜찮아요 is a no. The intents' phrases are "
        "learned as samples, as Lex's English ones are.",
        "Lex does not say, and exports have no utterances for these intents.",
    ),
    Decision(
        "session-key",
        9,
        "Is the locale part of a session's key?",
        "Yes: bot, alias, locale and session id together identify a session.",
        "The path of every operation contains all four.",
    ),
    Decision(
        "grammars",
        None,
        "Where does the grammar of a grammar slot type come from, and what can it do?",
        "From the file beside `SlotType.json`, by the name that it has in S3, or as "
        "`grammar.grxml`. Rules, choices, repeats, references, literals and scripts are known; of "
        "scripts, assignments, operators, members, objects, lists and the methods of texts, not "
        "functions, `if` and loops: a tag with these is skipped. The value is what the tags "
        "make, an object as JSON, in the interpretation too. Digits that are typed may be spelled "
        "in the grammar. Grammars are known in every locale.",
        "An export says only where in S3 the grammar lies. What Lex's interpretedValue is there "
        "its guide does not say.",
    ),
    Decision(
        "no-messages",
        11,
        "What is in a response that has no messages?",
        "An empty list, in the body and in the packed header.",
        "Recordings show both; clients need no special case for a list that is always there.",
    ),
    Decision(
        "delete-absent",
        None,
        "Is it an error to delete a session that does not exist?",
        "No. GetSession on such a session is a ResourceNotFoundException.",
        "Deleting asks for a state, and that state is reached.",
    ),
    Decision(
        "streams",
        None,
        "Which part of StartConversation is missing?",
        "The AUDIO mode, and with it DTMF and interruptions: it is refused before the stream "
        "begins.",
        "Speech comes to RecognizeUtterance, through an endpoint of the operator's own.",
    ),
    Decision(
        "absent-operations",
        None,
        "Which operations of Lex are missing?",
        "Test sets and their executions: `daehwa test` runs conversations and Lex's own test "
        "sets. Recommendations from "
        "transcripts (BotRecommendation, SearchAssociatedTranscripts): `daehwa missed` and "
        "`daehwa learn`. The analyzer (StartBotAnalyzer): `daehwa check`. Generation "
        "(StartBotResourceGeneration, GenerateBotElement): `daehwa suggest` writes sample "
        "utterances. Replicas: machines share a store. The operations answer with 404, "
        "UnknownOperationException and their name.",
        "They belong to AWS's storage, regions and models. An operation that did half of what it "
        "promises would be worse than one that is not there.",
    ),
    Decision(
        "delete-utterances",
        None,
        "What does DeleteUtterances delete?",
        "The transcript of a bot, or of a locale or a session id, with its feedback, what was "
        "missed and what the analytics count, at once and under every alias. Sessions with their "
        "slots and attributes go on, a turn that is being made ends as it would have, and the "
        "conversation log stays. `daehwa forget` and DeleteSession take a person's session and "
        "log, too.",
        "Lex has one collection of utterances and its statistics, whose share goes after 15 days; "
        "logs in CloudWatch are not touched by it. Here the transcript is that collection.",
    ),
    Decision(
        "event-dialog-action",
        None,
        "Does a code hook's event say what was elicited?",
        "No: `sessionState` has no `dialogAction`. `proposedNextState` says what comes next, and "
        "a function that has to know what was asked for keeps it in a session attribute.",
        "The guide's format of the event has it; no event has it that was recorded from Lex, and "
        "functions in the field keep the slot in an attribute for that reason.",
    ),
    Decision(
        "absent-hook",
        None,
        "What happens where a bot calls a code hook and none is configured?",
        "The turn continues as if the hook were not there, as it does in Lex for a hook that is "
        "switched off. Lex itself fails when an alias has no function.",
        "An export does not name its functions, and a bot should work from the first day.",
    ),
    Decision(
        "answered-fallback",
        None,
        "Who answers when FallbackIntent is reached?",
        "The bot's own hook, if one is configured. Otherwise the answerer (ChatGPT or the "
        "embedded model), if FallbackIntent calls a hook, or if it would end without a message. A "
        "FallbackIntent with messages sends them. With `--answer none` nothing is added "
        "to what Lex does.",
        "This is what the program is for; a bot that answers on its own is not affected.",
    ),
    Decision(
        "model-failure",
        None,
        "What does a Lex client get when the language model fails?",
        "An ordinary response: a line that says what is wrong, in the locale's language, with "
        "FallbackIntent in the state Failed and the code in the request attribute `daehwa:error`.",
        "The hook handles its own errors, so that the conversation can continue.",
    ),
    Decision(
        "answer-length",
        None,
        "How long may a model's answer be?",
        "As long as the model's own limit on output allows, even over Lex's 1,024 characters per "
        "message; the hook that runs in AWS Lambda keeps to Lex's 4,000 characters per response.",
        "Cutting an answer in the middle helps nobody, and clients do not check the length.",
    ),
    Decision(
        "concurrency",
        None,
        "What happens to simultaneous requests on one session?",
        "In one process the second waits for the first. Between processes the one that stores "
        "first wins; the other is processed again from the new state, or gets a "
        "ConflictException if it has already called a hook.",
        "Lex answers ConflictException; waiting is kinder and loses nothing.",
    ),
    Decision(
        "aliases",
        None,
        "Which aliases does a bot have?",
        "A bot from a file has TSTALIASID, which means DRAFT: the file. A project may name further "
        "ones in `bot.yaml`, which mean the same. A bot that was made "
        "through the API has that, and those that were created for its versions.",
        "An export contains one version and no aliases.",
    ),
    Decision(
        "obfuscated-texts",
        None,
        "Where is the value of an obfuscated slot hidden?",
        "In every text of the conversation log's record and of the stored transcript, messages "
        "and attributes included, and in those of the session's later turns. Replies, code hooks "
        "and the session, as long as it lives, have it.",
        "Lex hides it in slots and transcripts only; whoever marks a slot as secret does not "
        "expect the bot's own echo of it in a log.",
    ),
    Decision(
        "mid-slot-question",
        None,
        "What becomes of a question that comes in the place of a slot's value?",
        "Where somebody can answer (a language model, documents), it is answered and the prompt is "
        "put again in the same reply: the answer first. No retry is counted, no code hook is "
        "called, and state, slots and session attributes stay. A value beside the question is "
        "taken after the answer. Where nobody answers, and with `answer_while_eliciting = false`, "
        "it is a miss.",
        "In Lex it is a miss, and misses end the intent; its generative intents are not called "
        "while a slot is elicited. A person who asks has not failed to reply, and a hook that "
        "validates values should see no question.",
    ),
    Decision(
        "assisted-nlu",
        None,
        "What does a bot's assisted NLU do here?",
        "The configured language model chooses among understanding's five best intents, or none, "
        "and names the words of slots. A sample's own words, a plain value, a yes or a no and "
        "what may be an obfuscated value are not sent to it. `interpretationSource` is `Bedrock` "
        "on all interpretations of a text that it decided, `Lex` on those of others. A setting "
        "without `assistedNluMode` is `Primary`, and so is `DialogManager`. Offered intents are a "
        "text and a card, whose buttons send the display names; a number chooses too.",
        "Lex's documents say what the modes are for, not which texts are left out, what a "
        "response looks like, or how long the model may take. Without a model the setting does "
        "nothing.",
    ),
    Decision(
        "delete-session",
        None,
        "What becomes of what was said when DeleteSession ends a session?",
        "It is forgotten: the transcript, and the session's records in the conversation log's "
        "files.",
        "In Lex the logs stay. One call that forgets a person is needed at every door, and this "
        "is the only one that Lex's API has.",
    ),
    Decision(
        "missed-record",
        None,
        "What does the log's record of a missed utterance leave out?",
        "The intent, slots and slot to elicit of the session state, and all interpretations. A "
        "reply that missed its slot is such an utterance.",
        "The guide says that these fields do not appear in such an entry.",
    ),
    Decision(
        "response-length",
        None,
        "How long may a response be under the quotas?",
        "4,000 characters in all its texts together. The limit of 1,024 per message applies to "
        "messages that a client sends.",
        "The quota and the service model differ; our own hook for AWS answers up to the quota.",
    ),
    Decision(
        "sentiment",
        None,
        "What does an alias's DetectSentiment do?",
        "The first interpretation has a `sentimentResponse`, only in Korean and English; bots "
        "from files have it by `[understanding]` in daehwa.toml. It is the word of a small model "
        "of our own, not Amazon Comprehend's: orders, questions and values are NEUTRAL nearly "
        "always, but sarcasm and complaints that only name what happened are often missed. Other "
        "languages, and machines without the second encoder, have none.",
        "Amazon's guide to migrating from V1 names `interpretations[0].sentimentResponse`. On 142 "
        "everyday texts in each language that were not used for training, it was right for 94 % "
        "(English) and 90 % (Korean) of those that are not MIXED; for harder ones, before they "
        "were used for training too, for 75 % and 74 %.",
    ),
    Decision(
        "bot-network",
        None,
        "Which bot of a network takes a turn?",
        "The one that elicits something, until that is done, whatever is said. Otherwise the one "
        "that is surest of an intent of its own, above its own threshold; where none is, one that "
        "has a search intent, the one that spoke last, or the first. A state that names an intent "
        "goes to the bot that has it. The session, its attributes and its contexts are the "
        "network's; code hooks are the member's, and their events name the member. Interpretations "
        "are the member's alone. In RecognizeUtterance's header recognizedBotMember is packed as "
        "structures are. A member's alias counts, not its `botMemberVersion`; one that has gone is "
        "skipped. A network's members are those of its last build.",
        "Lex's quotas give a network five bots at most, and its API names the bot that was "
        "recognised; how Lex chooses, what its events hold and why its builds fail, neither "
        "of them says.",
    ),
)
