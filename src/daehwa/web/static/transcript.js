/** The talk as a file: text, Markdown or JSON. */

import { h } from "./dom.js";
import { t } from "./strings.js";
import { answerMarkdown, answerText, endInWords, sourceName } from "./words.js";

const TYPES = { txt: "text/plain", md: "text/markdown", json: "application/json" };
const WRITTEN = { txt: asText, md: asMarkdown, json: asJson };

/** @typedef {{ title: string, conversation: Conversation, sources: Shown["sources"] }} Download */

/** @param {keyof TYPES} format @param {Download} talk */
export function downloadTranscript(format, talk) {
  const name = `daehwa-${talk.conversation.sessionId.slice(0, 8)}.${format}`;
  download(name, `${TYPES[format]};charset=utf-8`, WRITTEN[format](talk));
}

/** The time as the person's clock shows it; Swedish writes 2026-11-22 19:13:20. @param {Date} at */
const stamp = (at) => at.toLocaleString("sv-SE");
const downloadedAt = () =>
  t("transcript.at", { at: `${stamp(new Date())} (${Intl.DateTimeFormat().resolvedOptions().timeZone})` });

/**
 * @param {Download} talk @param {(question: Question) => string} mine @param {(answer: Answer) => string} theirs
 */
const lines = ({ conversation }, mine, theirs) =>
  conversation.exchanges.flatMap(({ answers }) => answers.flatMap((answer, place) => {
    const same = answer.question.label === answers[place - 1]?.question.label;
    return [...(same ? [] : [mine(answer.question)]), theirs(answer)];
  }));

/** @param {Answer} answer @param {Download} talk */
function origin(answer, { sources }) {
  const { reply, source } = answer;
  const named = reply ?? (source && { source });
  const who = named ? sourceName(named, sources) : t(answer.taken ? "source.model" : "delivery.failed");
  return [who, endInWords(answer)].filter(Boolean).join(" · ");
}

/** @param {Download} talk */
function asText(talk) {
  const exchanges = lines(talk, ({ label, at }) => `[${stamp(at)}] ${t("you")}: ${label}`,
    (answer) => `[${stamp(answer.at)}] ${[talk.title, origin(answer, talk) && `(${origin(answer, talk)})`].filter(Boolean).join(" ")}: ${answerText(answer)}`);
  return [talk.title, downloadedAt(), "", ...exchanges, ""].join("\n");
}

/** @param {Download} talk */
function asMarkdown(talk) {
  const exchanges = lines(talk, ({ label, at }) => `**${t("you")}** · ${stamp(at)}\n\n${label.replace(/^/gm, "> ")}`,
    (answer) => `${[`**${talk.title}**`, origin(answer, talk), stamp(answer.at)].filter(Boolean).join(" · ")}\n\n${answerMarkdown(answer)}`);
  return [`# ${talk.title}`, downloadedAt(), ...exchanges, ""].join("\n\n");
}

/** @param {Download} talk */
function asJson({ title, conversation: { sessionId, exchanges, who } }) {
  const turns = exchanges.map(({ id, text, label, at, answers }) => ({
    messageId: id,
    text,
    label,
    at,
    answers: answers.map(({ messageId, question, state, text: partial, reply, feedback }) => ({
      messageId, text: question.text, state, rating: feedback?.rating ?? null, comment: feedback?.comment ?? null,
      reply: reply ?? { msg: partial, incomplete: true },
    })),
  }));
  return `${JSON.stringify({ title, sessionId, ...who, turns }, null, 2)}\n`;
}

/** @param {string} name @param {string} type @param {string} text */
export function download(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
