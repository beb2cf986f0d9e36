/** A model's Markdown as elements: no HTML of its own, only known tags, safe addresses. */

import { Marked } from "./vendor/marked.esm.js";
import "./vendor/purify.min.js";
import { addressAt, copy, h, icon } from "./dom.js";
import { t } from "./strings.js";

const { DOMPurify } = globalThis;
const TAGS = ["a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
  "img", "li", "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr"];
const ALLOWED = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ["align", "alt", "class", "href", "src", "start", "title"],
  ADD_URI_SAFE_ATTR: ["align", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const escaped = (text) =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** CommonMark's rules are for Latin spacing: they leave the stars of **"인용"**은 as they are. */
const strongBeforeHangul = {
  name: "strongBeforeHangul",
  level: "inline",
  start: (source) => source.indexOf("**"),
  tokenizer(source) {
    const found = /^\*\*(?=\S)([^*\n]*\S)\*\*(?=[\uac00-\ud7a3])/.exec(source);
    if (!found) return undefined;
    return { type: "strong", raw: found[0], text: found[1], tokens: this.lexer.inlineTokens(found[1]) };
  },
};

const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: [strongBeforeHangul],
  tokenizer: {
    url(source) {
      const address = addressAt(source);
      if (!address) return false; // mail addresses and the like: marked's own rule
      return { type: "link", raw: address, text: address, href: address, tokens: [{ type: "text", raw: address, text: address }] };
    },
  },
  renderer: {
    html: ({ text, block }) => (block ? `<p>${escaped(text.trim()).replaceAll("\n", "<br>")}</p>` : escaped(text)),
    checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
  },
});

/**
 * Settle the last line of a text that is being written, so that nothing shows as bare marks
 * first and turns into formatting later: half a table waits, open marks are closed.
 */
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

function closed(line) {
  const whole = line
    .replace(/!\[[^\]]*(\](\([^)]*)?)?$/, "")
    .replace(/\[([^\]]*)(\](\([^)]*)?)?$/, (all, text, end) => (end === "]" ? all : text));
  if (!openMarks(whole).length) return whole;
  const bare = whole.replace(/[*~`]+$/, "");
  return bare + openMarks(bare).reverse().join("");
}

function openMarks(line) {
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

/**
 * Show `text` in `element`, block by block: blocks that did not change keep their elements, so
 * a growing text neither flickers nor loses the reader's selection.
 */
export function show(element, text, { growing = false } = {}) {
  const tokens = marked.lexer(growing ? steady(text) : text).filter(({ type }) => type !== "space" && type !== "def");
  element.latest = [text, { growing }];
  const known = element.blocks ?? [];
  let same = 0;
  while (same < known.length && same < tokens.length && known[same].raw === tokens[same].raw) same += 1;
  for (const { nodes } of known.slice(same)) for (const node of nodes) node.remove();
  element.blocks = known.slice(0, same);
  for (const token of tokens.slice(same)) {
    const fragment = DOMPurify.sanitize(marked.parser([token]), ALLOWED);
    finish(fragment);
    const nodes = [...fragment.childNodes];
    element.append(fragment);
    element.blocks.push({ raw: token.raw, nodes });
  }
}

function finish(fragment) {
  for (const link of fragment.querySelectorAll("a")) {
    if (!link.hasAttribute("href")) {
      link.replaceWith(...link.childNodes);
      continue;
    }
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  for (const image of fragment.querySelectorAll("img")) {
    const caption = image.alt || t("image");
    if (!/^https:/i.test(image.getAttribute("src") ?? "")) image.replaceWith(caption);
    else {
      image.loading = "lazy";
      image.referrerPolicy = "no-referrer";
      image.addEventListener("error", () => image.replaceWith(caption));
    }
  }
  for (const table of fragment.querySelectorAll("table")) {
    const frame = h("div", { class: "table", tabindex: "0" });
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const block of fragment.querySelectorAll("pre")) {
    const name = block.firstElementChild?.className.match(/language-([\w+#.-]+)/)?.[1];
    const label = h("span", { class: "code-copy-label" }, t("copy"));
    const button = h("button", { type: "button", class: "code-copy", "aria-label": t("code.copy") }, icon("copy"), label);
    button.addEventListener("click", async () => {
      label.textContent = (await copy(block.textContent.replace(/\n$/, ""))) ? t("copied") : t("copy.failed");
      setTimeout(() => { label.textContent = t("copy"); }, 2000);
    });
    const figure = h("div", { class: "code" }, h("div", { class: "code-head" }, h("span", {}, name ?? t("code")), button));
    block.tabIndex = 0;
    block.replaceWith(figure);
    figure.append(block);
  }
}

/** What a Markdown text says, without its marks. */
export function plainText(text) {
  const element = document.createElement("div");
  show(element, text);
  for (const head of element.querySelectorAll(".code-head")) head.remove();
  for (const part of element.querySelectorAll("p, li, tr, pre, h1, h2, h3, h4")) part.append("\n");
  return element.textContent.replace(/\n{2,}/g, "\n").trim();
}
