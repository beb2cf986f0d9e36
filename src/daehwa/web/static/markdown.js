/**
 * A model's Markdown as elements. They are made one by one from a tree (blocks.js, inline.js):
 * no string ever becomes HTML, so nothing has to be cleaned of it, and the page's policy lets
 * nobody try (`trusted-types 'none'`). Tags and attributes are those written in this file;
 * addresses are http, https, mailto and tel, those of pictures https.
 */

import { blocksOf } from "./blocks.js";
import { copy, h, icon } from "./dom.js";
import { inline } from "./inline.js";
import { t } from "./strings.js";

const ADDRESS = /^(?:https?|mailto|tel):/i;
const PICTURE = /^https:/i;

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
  const { blocks, links } = blocksOf(growing ? steady(text) : text);
  element.latest = [text, { growing }];
  const aims = JSON.stringify([...links]);
  const known = element.links === aims ? element.blocks ?? [] : [];
  if (!known.length) element.replaceChildren();
  let same = 0;
  while (same < known.length && same < blocks.length && known[same].raw === blocks[same].raw) same += 1;
  for (const { node } of known.slice(same)) node.remove();
  element.links = aims;
  element.blocks = known.slice(0, same);
  for (const block of blocks.slice(same)) {
    const node = made(block, links);
    element.append(node);
    element.blocks.push({ raw: block.raw, node });
  }
}

/** A block's element. */
function made(block, links) {
  const words = (text) => inline(text, links).map(element);
  const all = (blocks) => blocks.map((one) => made(one, links));
  const { type } = block;
  if (type === "paragraph") return h("p", {}, ...words(block.text));
  if (type === "heading") return h(`h${block.level}`, {}, ...words(block.text));
  if (type === "code") return figure(block);
  if (type === "quote") return h("blockquote", {}, ...all(block.blocks));
  if (type === "rule") return h("hr");
  if (type === "table") {
    const row = (name, cells) => h("tr", {}, ...cells.map((text, column) => h(name, { align: block.align[column] }, ...words(text))));
    return h("div", { class: "table", tabindex: "0" },
      h("table", {}, h("thead", {}, row("th", block.head)),
        block.rows.length > 0 && h("tbody", {}, ...block.rows.map((cells) => row("td", cells)))));
  }
  const { start, loose, items } = block;
  const numbered = start !== undefined;
  return h(numbered ? "ol" : "ul", { start: numbered && start !== 1 && start }, ...items.map((blocks) =>
    h("li", { class: /^[☐☑] /.test(blocks[0]?.text) && "task" }, ...blocks.flatMap((one) => (one.type === "paragraph" && !loose ? words(one.text) : made(one, links))))));
}

/** A tree's node as an element; an address that is not safe leaves its words. */
function element(node) {
  if (typeof node === "string") return node;
  const { tag, href, src, title, alt, children = [] } = node;
  if (tag === "img") {
    const caption = alt || t("image");
    if (!PICTURE.test(src)) return caption;
    const picture = h("img", { src, alt, title, loading: "lazy", referrerpolicy: "no-referrer" });
    picture.addEventListener("error", () => picture.replaceWith(caption));
    return picture;
  }
  if (tag !== "a") return h(tag, {}, ...children.map(element));
  const safe = ADDRESS.test(href);
  return h(safe ? "a" : "span", safe ? { href, title, target: "_blank", rel: "noopener noreferrer" } : {}, ...children.map(element));
}

function figure({ language = "", text }) {
  const code = h("pre", { tabindex: "0" }, h("code", {}, text));
  const label = h("span", { class: "code-copy-label" }, t("copy"));
  const button = h("button", { type: "button", class: "code-copy", "aria-label": t("code.copy") }, icon("copy"), label);
  button.addEventListener("click", async () => {
    label.textContent = (await copy(text)) ? t("copied") : t("copy.failed");
    setTimeout(() => { label.textContent = t("copy"); }, 2000);
  });
  const name = /[\w+#.-]+/.exec(language)?.[0] ?? t("code");
  return h("div", { class: "code" }, h("div", { class: "code-head" }, h("span", {}, name), button), code);
}

/** What a Markdown text says, without its marks. */
export function plainText(text) {
  const element = document.createElement("div");
  show(element, text);
  for (const head of element.querySelectorAll(".code-head")) head.remove();
  for (const part of element.querySelectorAll("p, li, tr, pre, h1, h2, h3, h4")) part.append("\n");
  return element.textContent.replace(/\n{2,}/g, "\n").trim();
}
