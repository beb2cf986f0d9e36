// OpenAI's SDK for JavaScript against the bot: what each call gives, as one line of JSON.
import OpenAI, { APIError } from "openai";

const [address, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${address}/v1`, apiKey: "none", maxRetries: 0 });
const messages = [{ role: "user", content: "여행" }];

const out = {};
out.models = (await client.models.list()).data.map(({ id }) => id);
out.whole = await client.chat.completions.create({
  model,
  messages: [{ role: "user", content: [{ type: "text", text: "안녕" }] }],
});
out.pieces = [];
const stream = await client.chat.completions.create({
  model,
  messages,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  out.pieces.push(chunk.choices[0]?.delta?.content ?? "");
  out.usage = chunk.usage;
}
out.text = (await client.completions.create({ model, prompt: "안녕" })).choices[0].text;
const response = await client.responses.create({ model, input: "안녕" });
out.response = response.output_text;
out.events = [];
const responding = client.responses.stream({
  model,
  input: "여행",
  previous_response_id: response.id,
});
for await (const event of responding) {
  out.events.push(event.type);
}
const { output } = await responding.finalResponse();
out.final = output.flatMap(({ content }) => content.map(({ text }) => text)).join("");
try {
  await client.chat.completions.create({ model, messages, n: 2 });
} catch (error) {
  out.refused = error instanceof APIError && { status: error.status, param: error.param };
}
out.kept = (await client.responses.retrieve(response.id)).output_text;
out.numbers = [];
for await (const event of await client.responses.create({ model, input: "여행", stream: true })) {
  out.numbers.push(event.sequence_number);
}
await client.responses.delete(response.id);
out.unknown = await client.responses.delete("resp_0").catch((error) => error.status);
const cut = await client.chat.completions.create({ model, messages, stream: true });
// One piece alone is read: Node.js may wait for ever for what came just before it was cut.
const pieces = cut[Symbol.asyncIterator]();
out.cut = (await pieces.next()).value.object;
cut.controller.abort();
await pieces.return();
const helper = client.chat.completions.stream({ model, messages });
out.helped = await helper.finalContent();
out.odd = await client.chat.completions.create(
  {
    model,
    messages,
    store: true,
    seed: 7,
    logit_bias: {},
    stream_options: null,
    tools: [],
    verbosity: "low",
    modalities: ["text"],
    audio: null,
  },
  { maxRetries: 2, idempotencyKey: "once" },
);
console.log(JSON.stringify(out));
