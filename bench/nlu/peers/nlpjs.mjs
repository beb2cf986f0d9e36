// Learns with nlp.js and answers: one JSON object in on standard input, one out on standard output.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.argv[2] + "/");
const { NlpManager } = require("node-nlp");
const { language, train, test } = JSON.parse(readFileSync(0, "utf8"));

const manager = new NlpManager({
  languages: [language],
  forceNER: false,
  autoSave: false,
  nlu: { log: false },
});
for (const [text, intent] of train) manager.addDocument(language, text, intent);
const began = performance.now();
await manager.train();
const fitSeconds = (performance.now() - began) / 1000;
const found = [];
const milliseconds = [];
for (const text of test) {
  const from = performance.now();
  const { classifications } = await manager.process(language, text);
  milliseconds.push(performance.now() - from);
  const best = (classifications ?? []).find((c) => c.intent !== "None");
  const none = (classifications ?? []).find((c) => c.intent === "None");
  found.push([best?.intent ?? "", best && !(none?.score === 1) ? best.score : 0]);
}
process.stdout.write(JSON.stringify({ fitSeconds, found, milliseconds }));
