/**
 * A model's Markdown as elements, made one by one of marked's tokens: no string becomes HTML.
 * Addresses are http, https, mailto and tel, those of pictures https; of a host that is not
 * welcome there is a link in the place of its picture.
 */

import { copy, h, icon, isWelcome, picture, pictureLink, pictures } from "./dom.js";
import { el, patch } from "./patch.js";
import { Reading } from "./reading.js";
import { t } from "./strings.js";
import { ENTITIES as XML } from "./words.js";

const ADDRESS = /^(?:https?|mailto|tel):/i;
const PICTURE = /^https:/i;
const HEADINGS = /** @type {const} */ (["h1", "h1", "h2", "h3", "h4", "h5", "h6"]);
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+\d*));/gi;
/** @type {Record<string, string>} */
const ENTITIES = { ...XML, nbsp: "\u00a0", copy: "©", reg: "®", trade: "™",
  hellip: "…", mdash: "—", ndash: "–", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", bull: "•", middot: "·",
  times: "×", divide: "÷", deg: "°", plusmn: "±", larr: "←", uarr: "↑", rarr: "→", darr: "↓", le: "≤", ge: "≥", ne: "≠" };
/** @type {Attributes} */
const NONE = {};
// Each block goes the way its own words go, not the page's. The browser sees to that, but not for
// what holds such blocks: it leaves them out when it looks for the first letter.
const AUTO = { dir: "auto" };
const FIRST_LETTER = /[\p{L}]/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** @param {MarkedToken} token */
const way = ({ raw }) => RIGHT_TO_LEFT.test(FIRST_LETTER.exec(raw)?.[0] ?? "") && "rtl";

/** What shows formulas and colours code, fetched when there are any. @type {Extras} */
const extras = {};
/** @type {Partial<Record<keyof Extras, Promise<unknown>>>} */
const fetching = {};
/** Those that wait for one of them. @type {Set<Shown>} */
const waiting = new Set();
/** Which is drawn just now. @type {{ one?: Shown }} */
const drawing = {};

/** @template {keyof Extras} Name @param {Name} name @param {() => Promise<Extras[Name]>} load @returns {Extras[Name]} */
function extra(name, load) {
  if (extras[name]) return extras[name];
  if (drawing.one) waiting.add(drawing.one);
  fetching[name] ??= load().then((module) => {
    extras[name] = module;
    const all = [...waiting];
    waiting.clear();
    for (const one of all) one.again();
  }, () => { delete fetching[name]; });
  return undefined;
}

/** The whole text that was read last: who shows it has it read out, too. @type {{ text?: string, tokens: MarkedToken[] }} */
const latest = { tokens: [] };

/** What stands in an element. @type {WeakMap<HTMLElement, Shown>} */
const shown = new WeakMap();

class Shown {
  #element;
  #reading = new Reading();
  /** @type {Standing[]} */
  #standing = [];
  /** @type {[text: string, options: { growing?: boolean }]} */
  #latest = ["", {}];

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
    element.replaceChildren();
  }

  /** @param {string} text @param {{ growing?: boolean }} options */
  show(text, options) {
    this.#latest = [text, options];
    const tokens = this.#reading.read(text, options);
    if (!options.growing) Object.assign(latest, { text, tokens });
    drawing.one = this;
    try {
      patch(this.#element, this.#standing, tokens.flatMap(block));
    } finally {
      drawing.one = undefined;
    }
  }

  again() {
    this.show(...this.#latest);
  }
}

/** Show `text`; what did not change keeps its elements. @param {HTMLElement} element @param {string} text @param {{ growing?: boolean }} [options] */
export function show(element, text, options = {}) {
  let place = shown.get(element);
  if (!place) shown.set(element, place = new Shown(element));
  place.show(text, options);
}

/** A block's elements. @param {MarkedToken} token @returns {Drawn[]} */
function block(token) {
  const { type, tokens = [] } = token;
  if (type === "paragraph") return [el("p", AUTO, ...words(tokens))];
  if (type === "text") return words(token.tokens ?? [token]);
  if (type === "heading") return [el(HEADINGS[token.depth], AUTO, ...words(tokens))];
  if (type === "code") return [figure(token)];
  if (type === "blockquote") return [el("blockquote", { dir: way(token) }, ...tokens.flatMap(block))];
  if (type === "hr") return [el("hr", NONE)];
  if (type === "math") return [formula(token)];
  if (type === "html") return [el("p", AUTO, ...lines(token.text.trim()))];
  if (type === "checkbox") return [el("input", { type: "checkbox", disabled: true, checked: token.checked, "aria-label": t(token.checked ? "task.done" : "task.open") })];
  if (type === "table") return [table(token)];
  if (type !== "list") return [];
  const { ordered, start } = token;
  return [el(ordered ? "ol" : "ul", { dir: way(token), start: ordered && start !== 1 && start }, ...token.items.map(item))];
}

/** @param {MarkedToken} token */
const item = ({ task, tokens = [] }) => el("li", task ? { dir: "auto", class: "task" } : AUTO, ...tokens.flatMap(block));

/** @param {MarkedToken} token */
function table(token) {
  const { header, rows } = token;
  /** @param {"th" | "td"} name @param {MarkedCell[]} cells */
  const row = (name, cells) => el("tr", NONE, ...cells.map(({ align, tokens }) => el(name, { dir: "auto", align }, ...words(tokens))));
  return el("div", { class: "table", tabindex: "0", role: "group", "aria-label": t("table") },
    el("table", { dir: way(token) }, el("thead", NONE, row("th", header)), rows.length > 0 && el("tbody", NONE, ...rows.map((/** @type {MarkedCell[]} */ cells) => row("td", cells)))));
}

/** Of words that were not read again. @type {WeakMap<MarkedToken, Drawn[]>} */
const drawn = new WeakMap();

/** What is inside a block; an address that is not safe leaves its words. @param {MarkedToken[]} tokens @returns {Drawn[]} */
const words = (tokens) => tokens.flatMap((token) => {
  const known = drawn.get(token);
  if (known) return known;
  const nodes = word(token);
  if (nodes.every(isFixed)) drawn.set(token, nodes);
  return nodes;
});

/** Pictures and formulas depend on more than what was written. @param {Drawn} node @returns {boolean} */
const isFixed = (node) => typeof node === "string" || (!node.make && node.children.every(isFixed));

/** @param {MarkedToken} token @returns {Drawn[]} */
function word(token) {
  const { type, text, href, tokens: inner = [] } = token;
  if (type === "strong" || type === "em" || type === "del") return [el(type, NONE, ...words(inner))];
  if (type === "codespan") return [el("code", NONE, text)];
  if (type === "br" || (type === "html" && /^<br\s*\/?>$/i.test(text))) return [el("br", NONE)];
  if (type === "math") return [formula(token)];
  const title = token.title && unescaped(token.title);
  if (type === "link") {
    const address = unescaped(href);
    if (!ADDRESS.test(address)) return words(inner);
    const inside = words(inner).map((node) => typeof node !== "string" && node.name === "a" ? textOf(node) : node); // no link in a link
    return [el("a", { href: address, title, target: "_blank", rel: "noopener noreferrer" }, ...inside)];
  }
  if (type === "image") return [image(token, title)];
  if (token.tokens) return words(inner);
  return [type === "text" ? unescaped(text) : text]; // an escape, or HTML: the signs themselves
}

/** @param {MarkedToken} token @param {string} title @returns {Drawn} */
function image({ href, tokens: inner = [] }, title) {
  const alt = inner.map((/** @type {MarkedToken} */ { text: own }) => unescaped(own)).join("");
  const address = unescaped(href);
  const name = alt || t("image");
  if (!PICTURE.test(address)) return name;
  // Its address may hold what a talk is about: whoever wrote it has to be trusted, or asked for.
  const make = () => (isWelcome(address, pictures.answers) ? picture(address, { alt, title }, name, t("opens")) : pictureLink(address, name, t("opens")));
  return { ...el(isWelcome(address, pictures.answers) ? "img" : "a", NONE, alt), make, key: [address, name, title].join("\n"), children: [] };
}

/** @param {string} text */
const lines = (text) => text.split("\n").flatMap((line, place) => (place ? [el("br", NONE), line] : [line]));

/** @param {string} text */
const unescaped = (text) => text.replace(ENTITY, (all, decimal, hexadecimal, name) => {
  if (name) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : all;
  const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : "\ufffd";
});

/** A formula, as it was written until it can be shown. @param {MarkedToken} token @returns {Drawn} */
function formula({ text, display }) {
  const math = extra("math", () => import("./math.js"));
  const key = `${math ? "" : "raw"}${display ? "display" : ""}\n${text}`;
  const make = () => math?.formula(text, display) ?? h("code", { class: display ? "formula display" : "formula" }, text);
  return { ...el("math", NONE), make, key };
}

/** @param {MarkedToken} token */
function figure({ lang = "", text }) {
  const name = /[\w+#.-]+/.exec(lang)?.[0] ?? "";
  const colours = name && extra("colours", () => import("./colours.js"));
  const parts = colours ? colours.coloured(text, name.toLowerCase()) : [text];
  return el("div", { class: "code" },
    el("div", { class: "code-head" }, el("span", NONE, name || t("code")), copyButton()),
    el("pre", { tabindex: "0", dir: "ltr" }, el("code", NONE, ...parts.map((part) => (typeof part === "string" ? part : el("span", { class: `c-${part.kind}` }, part.text))))));
}

/** @returns {Drawn} */
const copyButton = () => ({
  ...el("button", NONE),
  key: t("copy"),
  make: () => {
    const label = h("span", { class: "code-copy-label" }, t("copy"));
    const button = h("button", { type: "button", class: "code-copy", "aria-label": t("code.copy") }, icon("copy"), label);
    button.addEventListener("click", async () => {
      label.textContent = (await copy(button.closest(".code")?.querySelector("pre")?.textContent ?? "")) ? t("copied") : t("copy.failed");
      setTimeout(() => { label.textContent = t("copy"); }, 2000);
    });
    return button;
  },
});

const BREAKS_AFTER = new Set(["p", "li", "tr", "pre", "br", "h1", "h2", "h3", "h4"]);

/** @param {Drawn} node @returns {string} */
function textOf(node) {
  if (typeof node === "string") return node;
  if (node.attributes.class === "code-head") return "";
  if (node.key) { // a formula's source, a picture's name
    const [, ...own] = node.key.split("\n");
    return node.name === "math" ? own.join("\n") : own[0];
  }
  const inner = node.children.map(textOf).join(node.name === "tr" ? " " : "");
  return BREAKS_AFTER.has(node.name) ? `${inner}\n` : inner;
}

/** @param {string} text */
export const plainText = (text) => (latest.text === text ? latest.tokens : new Reading().read(text)).flatMap(block).map(textOf).join("").replace(/\n{2,}/g, "\n").trim();

// What doing it the first time costs is paid here, and not by an answer's first frame.
for (const text of ["a\n\n- b", "*a* `b` [c](d:)"]) setTimeout(() => show(h("div"), text));
