/** The conversation as a file: text, Markdown or JSON. */

import { download } from "./dom.js";
import { t } from "./strings.js";
import { answerMarkdown, answerText, sourceName } from "./words.js";

const TYPES = { txt: "text/plain", md: "text/markdown", json: "application/json" };

/** Download what was said with `bot`, in `format`: "txt", "md" or "json". */
export function downloadTranscript(format, { title, conversation }) {
  const { sessionId, exchanges, who } = conversation;
  const text = { txt: asText, md: asMarkdown, json: asJson }[format]({ title, sessionId, exchanges, who });
  download(`daehwa-${sessionId.slice(0, 8)}.${format}`, `${TYPES[format]};charset=utf-8`, text);
}

const stamp = (at) => at.toISOString().replace("T", " ").slice(0, 19);

function* lines(exchanges) {
  for (const { label, at, answers } of exchanges) {
    yield { at, mine: true, text: label };
    for (const answer of answers) yield { at: answer.at, answer };
  }
}

function asText({ title, exchanges }) {
  const said = [...lines(exchanges)].map(({ at, mine, text, answer }) =>
    mine ? `[${stamp(at)}] ${t("you")}: ${text}`
      : `[${stamp(at)}] ${title} (${sourceName(answer.reply ?? {})}): ${answerText(answer)}`);
  return [title, t("transcript.at", { at: stamp(new Date()) }), "", ...said, ""].join("\n");
}

function asMarkdown({ title, exchanges }) {
  const said = [...lines(exchanges)].map(({ at, mine, text, answer }) =>
    mine ? `**${t("you")}** · ${stamp(at)}\n\n${text.replace(/^/gm, "> ")}`
      : `**${title}** · ${sourceName(answer.reply ?? {})} · ${stamp(at)}\n\n${answerMarkdown(answer)}`);
  return [`# ${title}`, t("transcript.at", { at: stamp(new Date()) }), ...said, ""].join("\n\n");
}

function asJson({ title, sessionId, exchanges, who }) {
  const turns = exchanges.map(({ id, text, label, at, answers }) => ({
    messageId: id,
    text,
    label,
    at,
    answers: answers.map(({ messageId, state, text: partial, reply, rating }) =>
      ({ messageId, state, rating, reply: reply ?? { msg: partial, incomplete: true } })),
  }));
  return `${JSON.stringify({ title, sessionId, ...who, turns }, null, 2)}\n`;
}
