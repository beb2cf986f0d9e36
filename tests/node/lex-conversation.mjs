// Holds a conversation through the AWS SDK for JavaScript, which speaks HTTP/2 with prior
// knowledge to Lex, and prints what came back as one JSON object.
//
//     node lex-conversation.mjs ENDPOINT BOT_ID ACCESS_KEY_ID SECRET

import {
  DeleteSessionCommand,
  GetSessionCommand,
  LexRuntimeV2Client,
  PutSessionCommand,
  RecognizeTextCommand,
  RecognizeUtteranceCommand,
  StartConversationCommand,
} from "@aws-sdk/client-lex-runtime-v2";

const [endpoint, botId, accessKeyId, secretAccessKey] = process.argv.slice(2);
const client = new LexRuntimeV2Client({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId, secretAccessKey },
});
const session = { botId, botAliasId: "TSTALIASID", localeId: "ko_KR", sessionId: "node:1.a-b_c" };
const PLAIN = "text/plain; charset=utf-8";

async function failure(command) {
  try {
    return { unexpected: await client.send(command) };
  } catch (error) {
    return { name: error.name, message: error.message, status: error.$metadata.httpStatusCode };
  }
}

async function converse(events) {
  const told = [];
  try {
    const { responseEventStream } = await client.send(
      new StartConversationCommand({ ...session, conversationMode: "TEXT", requestEventStream: events }),
    );
    for await (const event of responseEventStream) {
      const [name] = Object.keys(event);
      if (name === "HeartbeatEvent") continue;
      told.push({ name, eventId: event[name].eventId, messages: event[name].messages });
      heard.emit?.(name);
    }
  } catch (error) {
    told.push({ name: error.name, message: error.message });
  }
  return told;
}

const configured = { ConfigurationEvent: { responseContentType: PLAIN, eventId: "client-1" } };
const heard = {};

// The second text is only sent when the first has been answered: both ways are open at once.
async function* talk() {
  const answered = new Promise((resolve) => {
    heard.emit = (name) => name === "TextResponseEvent" && resolve();
  });
  yield configured;
  yield { TextInputEvent: { text: "안녕", eventId: "client-2", clientTimestampMillis: Date.now() } };
  await answered;
  yield { TextInputEvent: { text: "card" } };
  yield { DisconnectionEvent: {} };
}

async function* wrong() {
  yield { TextInputEvent: { text: "안녕" } };
}

const out = {};
out.text = await client.send(new RecognizeTextCommand({ ...session, text: "slots" }));
out.utterance = await client.send(
  new RecognizeUtteranceCommand({
    ...session,
    requestContentType: PLAIN,
    responseContentType: PLAIN,
    inputStream: Buffer.from("안녕"),
  }),
);
delete out.utterance.audioStream;
out.got = await client.send(new GetSessionCommand(session));
out.put = await client.send(
  new PutSessionCommand({ ...session, sessionState: { dialogAction: { type: "ElicitIntent" } } }),
);
delete out.put.audioStream;
out.deleted = await client.send(new DeleteSessionCommand(session));
out.unknownBot = await failure(
  new RecognizeTextCommand({ ...session, botId: "NOSUCHBOT1", text: "안녕" }),
);
out.tooLong = await failure(new RecognizeTextCommand({ ...session, text: "가".repeat(1025) }));
out.conversation = await converse(talk());
out.wrong = await converse(wrong());
console.log(JSON.stringify(out));
client.destroy();
