/** Saying in words what happened: failures, sources, times, a reply as text, the transcript. */

import { download } from "./dom.js";
import { language, t } from "./strings.js";

let markdown;
let loading;

/** Fetch what shows Markdown; where that fails, texts stay plain. */
export function loadMarkdown() {
  loading ??= import("./markdown.js").then((module) => { markdown = module; }, () => { loading = undefined; });
  return loading;
}

/** A text without Markdown's inline marks, for the moment before they can be shown. */
const unmarked = (text) => text.replace(/!?\[|\](?:\([^)]*\)?)?|[*`~|]/g, "");

/**
 * Show a model's text in `element`: as Markdown (see markdown.js), without its marks until that
 * is fetched, as it was written where that fails.
 */
export function show(element, text, options) {
  if (markdown) {
    markdown.show(element, text, options);
    return;
  }
  element.classList.add("raw");
  element.textContent = unmarked(text);
  element.latest = [text, options];
  loadMarkdown().then(() => {
    if (!markdown) {
      [element.textContent] = element.latest;
      return;
    }
    element.classList.remove("raw");
    if (!element.blocks) element.textContent = "";
    markdown.show(element, ...element.latest);
  });
}

/** What a Markdown text says, without its marks. */
const plainText = (text) => (markdown ? markdown.plainText(text) : text);

const clocks = {}; // by language: making one is dear

/** The time of day, as people here write it. */
export function clock(at) {
  clocks[language()] ??= new Intl.DateTimeFormat(language(), { hour: "numeric", minute: "2-digit" });
  return clocks[language()].format(at);
}

/** A failure in plain words. */
export function inWords(failure) {
  if (failure.status === 429)
    return failure.retryAfter ? t("error.busy.in", { seconds: failure.retryAfter }) : t("error.busy");
  if (failure.status === 409) return t("error.conflict");
  const own = { network: "error.network", cut: "error.cut", silent: "error.silent" }[failure.kind];
  if (own) return t(own);
  if (failure.message) return failure.message;
  if (failure.kind === "told") return t("stopped.incomplete");
  if (failure.status >= 500) return t("error.server");
  return t(failure.status ? "error.wrong" : "error.unknown");
}

/** Who answered, in a word or two. */
export function sourceName({ source, model = "", intent }) {
  if (source === "chatgpt") {
    const name = !model || /^(chatgpt|gpt|o\d|text-|davinci|babbage)/i.test(model) ? "chatgpt" : "model";
    return [t(`source.${name}`), model].filter(Boolean).join(" · ");
  }
  if (source === "embedded" || source === "document") return t(`source.${source}`);
  return [t("source.intent"), intent?.name].filter(Boolean).join(" · ");
}

/** The icon of a source. */
export const sourceIcon = (source) => ({ chatgpt: "spark", embedded: "chip", document: "page" })[source] ?? "bot";

/** Does this source write Markdown? The bot's own messages are shown as they stand. */
export const writesMarkdown = (source) => ["chatgpt", "embedded", "document"].includes(source);

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** What a spoken message says, without its marks. */
const withoutSsml = (text) =>
  text.replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => ENTITIES[name]).trim();

function prettyJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A Lex message as something to show: {kind: "card", card}, {kind: "plain" | "markdown", text}.
 * A custom payload is Markdown, as Lex front ends have come to use it, unless it is JSON.
 */
export function part(message, source) {
  const { contentType, content = "", imageResponseCard: card } = message;
  if (contentType === "ImageResponseCard") return { kind: "card", card: card ?? { title: "" } };
  if (contentType === "SSML") return { kind: "plain", text: withoutSsml(content) };
  if (contentType === "CustomPayload") {
    const json = prettyJson(content);
    return { kind: "markdown", text: json ? `\`\`\`json\n${json}\n\`\`\`` : content };
  }
  return { kind: writesMarkdown(source) ? "markdown" : "plain", text: content };
}

/** An answer as plain text: for the ear, the clipboard and the transcript. */
export function answerText(answer) {
  if (!answer.reply?.messages?.length) return plainText(answer.text);
  return answer.reply.messages
    .map((message) => part(message, answer.reply.source))
    .map(({ kind, text, card }) => {
      if (kind === "plain") return text;
      if (kind === "markdown") return plainText(text);
      return [card.title, card.subtitle, ...(card.buttons ?? []).map((button) => `- ${button.text}`)]
        .filter(Boolean).join("\n");
    })
    .join("\n");
}

/** An answer as Markdown, as the model wrote it. */
export function answerMarkdown(answer) {
  if (!answer.reply?.messages?.length) return answer.text;
  return answer.reply.messages
    .map((message) => (message.imageResponseCard ? answerText({ reply: { messages: [message] } }) : message.content ?? ""))
    .join("\n\n");
}

const TYPES = { txt: "text/plain", md: "text/markdown", json: "application/json" };

/** Download what was said with `bot`, in `format`: "txt", "md" or "json". */
export function downloadTranscript(format, { title, conversation }) {
  const { sessionId, exchanges, who } = conversation;
  const text = { txt: asText, md: asMarkdown, json: asJson }[format]({ title, sessionId, exchanges, who });
  download(`daehwa-${sessionId.slice(0, 8)}.${format}`, `${TYPES[format]};charset=utf-8`, text);
}

/** The time as the person's clock shows it; Swedish writes 2026-11-22 19:13:20. */
const stamp = (at) => at.toLocaleString("sv-SE");
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function* lines(exchanges) {
  for (const { label, at, answers } of exchanges) {
    yield { at, mine: true, text: label };
    for (const answer of answers) yield { at: answer.at, answer };
  }
}

/** Who wrote an answer, and whether all of it is there. */
function origin({ reply, source, state }) {
  const who = reply || source ? sourceName(reply ?? { source }) : t("source.model");
  const end = { stopped: "stopped", incomplete: "stopped.incomplete" }[state];
  return end ? `${who} · ${t(end)}` : who;
}

function asText({ title, exchanges }) {
  const said = [...lines(exchanges)].map(({ at, mine, text, answer }) =>
    mine ? `[${stamp(at)}] ${t("you")}: ${text}`
      : `[${stamp(at)}] ${title} (${origin(answer)}): ${answerText(answer)}`);
  return [title, t("transcript.at", { at: `${stamp(new Date())} (${zone()})` }), "", ...said, ""].join("\n");
}

function asMarkdown({ title, exchanges }) {
  const said = [...lines(exchanges)].map(({ at, mine, text, answer }) =>
    mine ? `**${t("you")}** · ${stamp(at)}\n\n${text.replace(/^/gm, "> ")}`
      : `**${title}** · ${origin(answer)} · ${stamp(at)}\n\n${answerMarkdown(answer)}`);
  return [`# ${title}`, t("transcript.at", { at: `${stamp(new Date())} (${zone()})` }), ...said, ""].join("\n\n");
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
