/** Saying in words what happened: failures, sources, times, a reply as text, the transcript. */

import { language, languageOf, t } from "./strings.js";

/** What shows Markdown, once it is fetched. @type {{ module?: typeof import("./markdown.js"), loading?: Promise<void> }} */
const markdown = {};

/** Fetch what shows Markdown; where that fails, texts stay plain. */
export function loadMarkdown() {
  markdown.loading ??= import("./markdown.js").then(
    (module) => { markdown.module = module; }, () => { delete markdown.loading; });
  return markdown.loading;
}

/** For the moment before marks can be shown. @param {string} text */
const unmarked = (text) => text.replace(/!?\[|\](?:\([^)]*\)?)?|[*`~|]/g, "");

/** What an element is to show. @type {WeakMap<HTMLElement, [text: string, options?: { growing: boolean }]>} */
const latest = new WeakMap();

/**
 * Show Markdown, without its marks until that can be done, as written where it cannot.
 * @param {HTMLElement} element @param {string} text @param {{ growing: boolean }} [options]
 */
export function show(element, text, options) {
  latest.set(element, [text, options]);
  if (markdown.module) {
    markdown.module.show(element, text, options);
    return;
  }
  element.classList.add("raw");
  element.textContent = unmarked(text);
  loadMarkdown().then(() => {
    const [words, how] = latest.get(element) ?? [text];
    if (!markdown.module) {
      element.textContent = words;
      return;
    }
    element.classList.remove("raw");
    markdown.module.show(element, words, how);
  });
}

/** @param {string} text */
const plainText = (text) => markdown.module?.plainText(text) ?? text;

/** @type {Record<string, Intl.DateTimeFormat>} */
const clocks = {}; // by language: making one is dear

/** @param {Date} at */
export function clock(at) {
  clocks[language()] ??= new Intl.DateTimeFormat(language(), { hour: "numeric", minute: "2-digit" });
  return clocks[language()].format(at);
}

/** @param {Failure} failure */
export function inWords({ kind, code, status, retryAfter, message, again }) {
  const values = { seconds: retryAfter ?? 0 };
  if (again) return t(code === "BotNotReady" ? "error.learning" : "error.busy.again", values);
  if (retryAfter && code !== "BotNotReady" && (status === 429 || status === 503)) return t("error.busy.in", values);
  if (status === 429) return t("error.busy");
  if (status === 409) return t("error.conflict");
  if (["network", "cut", "silent"].includes(kind)) return t(`error.${kind}`);
  // What only a bot's maker can read, Lex's own words of a hook, would leave a visitor at a loss.
  if (code === "DependencyFailedException") return t("error.server");
  if (message && languageOf(message, language()) === language()) return message;
  if ((status ?? 0) >= 500) return t("error.server");
  if (kind === "failed") return t("stopped.incomplete");
  return t(status ? "error.wrong" : "error.unknown");
}

/** Empty where nothing is shown. @param {Named} named @param {Shown["sources"]} sources */
export function sourceName({ source, model, intent }, sources) {
  if (sources === "none" || source === "none") return "";
  if (sources === "kind") return source === "document" ? t("source.document") : writesMarkdown(source) ? t("source.model") : "";
  if (source === "chatgpt") {
    const own = !model || /^(chatgpt|gpt|o\d|text-|davinci|babbage)/i.test(model);
    return [own ? "ChatGPT" : t("source.model"), model].filter(Boolean).join(" · ");
  }
  if (source === "embedded" || source === "document") return t(`source.${source}`);
  return [t("source.intent"), intent?.name].filter(Boolean).join(" · ");
}

/** @type {Partial<Record<Source, string>>} */
const WRITERS = { chatgpt: "spark", embedded: "chip", document: "page" };

/** @param {Source} [source] */
export const sourceIcon = (source) => (source && WRITERS[source]) ?? "bot";

/** The bot's own messages are shown as they stand. @param {Source} [source] */
export const writesMarkdown = (source) => sourceIcon(source) !== "bot";

/** @type {Record<string, string>} */
export const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** @param {string} text */
const withoutSsml = (text) =>
  text.replace(/<[^>]*>/g, "").replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => ENTITIES[name]).trim();

/** @param {string} text */
function prettyJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A Lex message as something to show.
 * A custom payload is Markdown, as Lex front ends have come to use it, unless it is JSON.
 * @param {Message} message @param {Source} source @returns {Part}
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

/** @param {ImageResponseCard} card */
const cardText = ({ title, subtitle, buttons = [] }) =>
  [title, subtitle, ...buttons.map(({ text }) => `- ${text}`)].filter(Boolean).join("\n");

/** For the ear and the transcript. @param {Answer} answer */
export function answerText({ text, reply }) {
  if (!reply?.messages.length) return plainText(text);
  return reply.messages
    .map((message) => part(message, reply.source))
    .map((one) => (one.kind === "card" ? cardText(one.card) : one.kind === "plain" ? one.text : plainText(one.text)))
    .join("\n");
}

/** Empty for an answer that is whole. @param {Answer} answer */
export const endInWords = ({ state }) =>
  (state === "stopped" ? t("stopped") : state === "incomplete" ? t("stopped.incomplete") : "");

/** As the model wrote it. @param {Answer} answer */
export function answerMarkdown({ text, reply }) {
  if (!reply?.messages.length) return text;
  return reply.messages
    .map(({ imageResponseCard: card, content }) => (card ? cardText(card) : content ?? ""))
    .join("\n\n");
}

const DAY_MS = 86_400_000;

/** Today and yesterday by their names, others by their date. @param {Date} at */
export function dayName(at) {
  /** @param {Date} day */
  const noon = (day) => new Date(day).setHours(12, 0, 0, 0);
  const ago = Math.round((noon(new Date()) - noon(at)) / DAY_MS);
  if (ago < 2) return new Intl.RelativeTimeFormat(language(), { numeric: "auto" }).format(-ago, "day");
  return new Intl.DateTimeFormat(language(), { dateStyle: "full" }).format(at);
}
