/** Saying in words what happened: failures, sources, times, a reply as plain text. */

import { plainText } from "./rich.js";
import { language, t } from "./strings.js";

/** The time of day, as people here write it. */
export const clock = (at) =>
  new Intl.DateTimeFormat(language(), { hour: "numeric", minute: "2-digit" }).format(at);

/** A failure in plain words. */
export function inWords(failure) {
  if (failure.status === 429)
    return failure.retryAfter ? t("error.busy.in", { seconds: failure.retryAfter }) : t("error.busy");
  if (failure.status === 409) return t("error.conflict");
  const own = { network: "error.network", cut: "error.cut", silent: "error.silent" }[failure.kind];
  if (own) return t(own);
  if (failure.message) return failure.message;
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

function asJson(text) {
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
    const json = asJson(content);
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
