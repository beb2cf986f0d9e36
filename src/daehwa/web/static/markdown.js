/**
 * A model's Markdown as elements, made one by one of marked's tokens: no string becomes HTML.
 * Addresses are http, https, mailto and tel, those of pictures https; of a host that is not
 * welcome there is a link in the place of its picture.
 */

import { Marked } from "./vendor/marked.esm.js?v=18.2.1";
import { addressAt, copy, h, icon, isWelcome, picture, pictureLink, pictures } from "./dom.js";
import { t } from "./strings.js";

const ADDRESS = /^(?:https?|mailto|tel):/i;
const PICTURE = /^https:/i;
const HEADINGS = /** @type {const} */ (["h1", "h1", "h2", "h3", "h4", "h5", "h6"]);
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+\d*));/gi;
/** @type {Record<string, string>} */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", copy: "©", reg: "®", trade: "™",
  hellip: "…", mdash: "—", ndash: "–", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", bull: "•", middot: "·",
  times: "×", divide: "÷", deg: "°", plusmn: "±", larr: "←", uarr: "↑", rarr: "→", darr: "↓", le: "≤", ge: "≥", ne: "≠" };

/** CommonMark's rules are for Latin spacing: they leave the stars of *수(水)*는. @type {import("marked").TokenizerExtension} */
const marksBeforeHangul = {
  name: "marksBeforeHangul",
  level: "inline",
  start: (source) => source.indexOf("*"),
  tokenizer(source) {
    const match = /^(\*\*?)(?=[^\s*])([^*\n]*[^\s*])\1(?=[\uac00-\ud7a3])/.exec(source);
    if (!match) return undefined;
    const [raw, marks, text] = match;
    return { type: marks === "*" ? "em" : "strong", raw, text, tokens: this.lexer.inlineTokens(text) };
  },
};

const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: [marksBeforeHangul],
  tokenizer: {
    // One ~ is only a sign: 1~2시간이나 3~4시간.
    del: (source) => (source.startsWith("~~") ? false : undefined),
    url(source) {
      const address = addressAt(source);
      if (!address) return false; // mail addresses and the like: marked's own rule
      return { type: "link", raw: address, text: address, href: address, tokens: [{ type: "text", raw: address, text: address }] };
    },
  },
});

/** Settle the last line of a growing text: half a table waits, open marks are closed. @param {string} text */
export function steady(text) {
  const fences = text.match(/^ {0,3}(```|~~~)/gm)?.length ?? 0;
  const cut = text.lastIndexOf("\n") + 1;
  const [before, last] = [text.slice(0, cut), text.slice(cut)];
  if (/^ {0,3}(```|~~~)/.test(last)) return before; // the language's name is not whole yet
  if (fences % 2) return text;
  if (/^\s*([`~*_=#>+-]+|\d+[.)]?|[*+-] \[.?\]?)\s*$/.test(last)) return before;
  const rows = before.match(/(?:^ {0,3}\|.*\n)+$/m)?.[0] ?? "";
  const header = rows.split("\n").length === 2;
  if (/^ {0,3}\|/.test(last)) return header ? before.slice(0, -rows.length) : before;
  if (!last && header) return before.slice(0, -rows.length);
  return before + closed(last);
}

/** @param {string} line */
function closed(line) {
  const whole = line
    .replace(/!\[[^\]]*(\](\([^)]*)?)?$/, "")
    .replace(/\[([^\]]*)(\](\([^)]*)?)?$/, (all, text, end) => (end === "]" ? all : text));
  if (!openMarks(whole).length) return whole;
  const bare = whole.replace(/[*~`]+$/, "");
  return bare + openMarks(bare).reverse().join("");
}

/** @param {string} line */
function openMarks(line) {
  /** @type {string[]} */
  const open = [];
  for (const { 0: mark, index } of line.matchAll(/`+|\*\*|~~|\*/g)) {
    const inCode = open.at(-1)?.startsWith("`");
    const next = line[index + mark.length] ?? "";
    if (open.at(-1) === mark) open.pop();
    else if (inCode || (mark === "*" && /\w/.test(line[index - 1] ?? ""))) continue;
    else if (!open.includes(mark) && !/\s/.test(next)) open.push(mark);
  }
  return open;
}

/** What stands in an element, and the addresses it was read with. @type {WeakMap<HTMLElement, Standing>} */
const standing = new WeakMap();

/** Show `text`, block by block: those that did not change keep their elements. @param {HTMLElement} element @param {string} text */
export function show(element, text, { growing = false } = {}) {
  const tokens = read(growing ? steady(text) : text);
  // An address that is given late changes blocks whose text stays the same.
  const links = JSON.stringify(tokens.links);
  const before = standing.get(element);
  const known = before && before.links === links ? before.blocks : [];
  if (!known.length) element.replaceChildren();
  let same = 0;
  while (same < known.length && same < tokens.length && known[same].raw === tokens[same].raw) same += 1;
  for (const { nodes } of known.slice(same)) for (const node of nodes) if (node instanceof Node) node.remove();
  const blocks = known.slice(0, same);
  for (const token of tokens.slice(same)) {
    const nodes = block(token);
    element.append(...nodes);
    blocks.push({ raw: token.raw, nodes });
  }
  standing.set(element, { links, blocks });
}

/** One nested deeper than can be read stays as it was written. @param {string} text @returns {MarkedToken[] & { links?: object }} */
function read(text) {
  try {
    return marked.lexer(text);
  } catch {
    return [{ type: "html", raw: text, text }];
  }
}

/** A block's elements. @param {MarkedToken} token @returns {Nodes} */
function block(token) {
  const { type, tokens = [] } = token;
  if (type === "paragraph") return [h("p", {}, ...words(tokens))];
  if (type === "text") return words(token.tokens ?? [token]);
  if (type === "heading") return [h(HEADINGS[token.depth], {}, ...words(tokens))];
  if (type === "code") return [figure(token)];
  if (type === "blockquote") return [h("blockquote", {}, ...tokens.flatMap(block))];
  if (type === "hr") return [h("hr")];
  if (type === "html") return [h("p", {}, ...lines(token.text.trim()))];
  if (type === "checkbox") return [token.checked ? "☑ " : "☐ "];
  if (type === "table") return [table(token)];
  if (type !== "list") return [];
  const { ordered, start } = token;
  return [h(ordered ? "ol" : "ul", { start: ordered && start !== 1 && start },
    ...token.items.map((/** @type {MarkedToken} */ item) => h("li", { class: item.task && "task" }, ...(item.tokens ?? []).flatMap(block))))];
}

/** @param {MarkedToken} token */
function table({ header, rows }) {
  /** @param {"th" | "td"} name @param {MarkedCell[]} cells */
  const row = (name, cells) => h("tr", {}, ...cells.map(({ align, tokens }) => h(name, { align }, ...words(tokens))));
  return h("div", { class: "table", tabindex: "0" },
    h("table", {}, h("thead", {}, row("th", header)), rows.length > 0 && h("tbody", {}, ...rows.map((/** @type {MarkedCell[]} */ cells) => row("td", cells)))));
}

/** What is inside a block; an address that is not safe leaves its words. @param {MarkedToken[]} tokens @returns {Nodes} */
const words = (tokens) => tokens.flatMap((/** @type {MarkedToken} */ token) => {
  const { type, text, href, tokens: inner = [] } = token;
  if (type === "strong" || type === "em" || type === "del") return h(type, {}, ...words(inner));
  if (type === "codespan") return h("code", {}, text);
  if (type === "br") return h("br");
  const title = token.title && unescaped(token.title);
  if (type === "link") {
    const address = unescaped(href);
    if (!ADDRESS.test(address)) return words(inner);
    const inside = words(inner).map((node) => node instanceof HTMLAnchorElement ? node.textContent : node); // no link in a link
    return h("a", { href: address, title, target: "_blank", rel: "noopener noreferrer" }, ...inside);
  }
  if (type === "image") {
    const alt = inner.map((/** @type {MarkedToken} */ { text: own }) => unescaped(own)).join("");
    const address = unescaped(href);
    if (!PICTURE.test(address)) return alt || t("image");
    // Its address may hold what a talk is about: whoever wrote it has to be trusted, or asked for.
    const name = alt || t("image");
    return isWelcome(address, pictures.answers) ? picture(address, { alt, title }, name, t("opens")) : pictureLink(address, name, t("opens"));
  }
  if (token.tokens) return words(inner);
  return type === "text" ? unescaped(text) : text; // an escape, or HTML: the signs themselves
});

/** @param {string} text */
const lines = (text) => text.split("\n").flatMap((line, place) => (place ? [h("br"), line] : [line]));

/** @param {string} text */
const unescaped = (text) => text.replace(ENTITY, (all, decimal, hexadecimal, name) => {
  if (name) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : all;
  const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : "\ufffd";
});

/** @param {MarkedToken} token */
function figure({ lang = "", text }) {
  const code = h("pre", { tabindex: "0" }, h("code", {}, text));
  const label = h("span", { class: "code-copy-label" }, t("copy"));
  const button = h("button", { type: "button", class: "code-copy", "aria-label": t("code.copy") }, icon("copy"), label);
  button.addEventListener("click", async () => {
    label.textContent = (await copy(text)) ? t("copied") : t("copy.failed");
    setTimeout(() => { label.textContent = t("copy"); }, 2000);
  });
  const name = /[\w+#.-]+/.exec(lang)?.[0] ?? t("code");
  return h("div", { class: "code" }, h("div", { class: "code-head" }, h("span", {}, name), button), code);
}

/** @param {string} text */
export function plainText(text) {
  const element = document.createElement("div");
  show(element, text);
  for (const head of element.querySelectorAll(".code-head")) head.remove();
  for (const part of element.querySelectorAll("p, li, tr, pre, h1, h2, h3, h4")) part.append("\n");
  return element.textContent.replace(/\n{2,}/g, "\n").trim();
}
