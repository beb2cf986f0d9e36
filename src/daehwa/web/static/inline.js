/**
 * Markdown inside a block: text in, a tree of strings and {tag, ...} out; no HTML anywhere.
 *
 * CommonMark's rules with GFM's ~~strikethrough~~ and bare addresses, and three of our own: a
 * line's end is a line's end; HTML is text; and marks beside Hangul, kana or Han need no space,
 * so that **"인용"**은 is bold. One ~ is only a sign: 1~2시간, 3~4시간.
 */

import { addressAt } from "./dom.js";

const PUNCTUATION = /[\p{P}\p{S}]/u;
const CJK = /[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/;
const SPECIAL = /[\\`<&![\]*_~\n@]|https?:\/\//gi;
const ESCAPABLE = /[!-/:-@[-`{-~]/;
const TAG = /<[a-z/!?][^<>]*>/iy;
const AUTOLINK = /<([a-z][a-z\d+.-]{1,31}:[^\s<>]*)>/iy;
const MAIL = /@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+/iy;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+\d*));/iy;
const ENTITIES = { __proto__: null, amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", copy: "©", reg: "®", trade: "™",
  hellip: "…", mdash: "—", ndash: "–", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", bull: "•", middot: "·",
  times: "×", divide: "÷", deg: "°", plusmn: "±", larr: "←", uarr: "↑", rarr: "→", darr: "↓", le: "≤", ge: "≥", ne: "≠" };
const DESTINATION = /\(\s*(?:<((?:\\.|[^<>\\\n])*)>|((?:\\.|[^\s()\\<]|\((?:\\.|[^\s()\\])*\))(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*)?)(?:\s+("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)/y;
const REFERENCE = /\[((?:\\.|[^[\]\\])*)\]/y;

const at = (pattern, source, place) => {
  pattern.lastIndex = place;
  return pattern.exec(source);
};

/** A link's label as others may write it. */
export const label = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();

function entity([all, decimal, hexadecimal, name]) {
  if (name) return ENTITIES[name] ?? all;
  const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : "\ufffd";
}

/** An address, title or language name: escapes and entities mean what they stand for. */
export const unescaped = (text) =>
  text.replace(/\\([!-/:-@[-`{-~])|&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+\d*));/gi,
    (all, sign, ...parts) => sign ?? entity([all, ...parts]));

/** The tree of `source`; `links`: addresses by label, {href, title}. */
export function inline(source, links = new Map()) {
  const nodes = [];
  const brackets = [];
  const unclosed = new Set();
  let place = 0;
  let text = "";

  const flush = () => {
    if (text) nodes.push(text);
    text = "";
  };
  const put = (node, length) => {
    flush();
    nodes.push(node);
    place += length;
  };
  const say = (words, length = words.length) => {
    text += words;
    place += length;
  };

  const signs = {
    "\\"() {
      const next = source[place + 1] ?? "";
      if (next === "\n") put({ tag: "br" }, 2);
      else if (ESCAPABLE.test(next)) say(next, 2);
      else say("\\");
    },
    "`"() {
      const [run] = at(/`+/y, source, place);
      const rest = /`+/g;
      rest.lastIndex = place + run.length;
      let end;
      if (!unclosed.has(run.length)) while ((end = rest.exec(source)) && end[0].length !== run.length);
      if (!end) {
        unclosed.add(run.length);
        say(run);
        return;
      }
      const inside = source.slice(place + run.length, end.index).replaceAll("\n", " ");
      const padded = /^ .*[^ ].* $|^ [^ ] $/.test(inside);
      put({ tag: "code", children: [padded ? inside.slice(1, -1) : inside] }, rest.lastIndex - place);
    },
    "<"() {
      const address = at(AUTOLINK, source, place);
      const mail = at(/<([\w.+-]+@[\w.-]+)>/y, source, place);
      const tag = at(TAG, source, place);
      if (address) put({ tag: "a", href: address[1], children: [address[1]] }, address[0].length);
      else if (mail) put({ tag: "a", href: `mailto:${mail[1]}`, children: [mail[1]] }, mail[0].length);
      else say(tag ? tag[0] : "<");
    },
    "&"() {
      const found = at(ENTITY, source, place);
      if (found) say(entity(found), found[0].length);
      else say("&");
    },
    "!"() {
      if (source[place + 1] !== "[") return say("!");
      put("![", 2);
      brackets.push({ index: nodes.length - 1, from: place, image: true });
      return undefined;
    },
    "["() {
      put("[", 1);
      brackets.push({ index: nodes.length - 1, from: place });
    },
    "]": () => close(),
    "\n"() {
      text = text.trimEnd();
      put({ tag: "br" }, 1);
      while (source[place] === " ") place += 1;
    },
    "@"() {
      const host = at(MAIL, source, place);
      const name = host && /[\w.+-]+$/.exec(text.slice(-64));
      if (!name) return say("@");
      text = text.slice(0, -name[0].length);
      const whole = name[0] + host[0];
      return put({ tag: "a", href: `mailto:${whole}`, children: [whole], bare: true }, host[0].length);
    },
    "*": () => delimiter(),
    "_": () => delimiter(),
    "~": () => delimiter(),
  };

  function delimiter() {
    const sign = source[place];
    let end = place;
    while (source[end] === sign) end += 1;
    const length = end - place;
    if (sign === "~" && length !== 2) return say(sign.repeat(length));
    const before = place ? [...source.slice(Math.max(0, place - 2), place)].at(-1) : " ";
    const after = end < source.length ? String.fromCodePoint(source.codePointAt(end)) : " ";
    const [marksBefore, marksAfter] = [PUNCTUATION.test(before), PUNCTUATION.test(after)];
    const loose = (one, marks) => /\s/.test(one) || marks || CJK.test(one);
    const left = !/\s/.test(after) && (!marksAfter || loose(before, marksBefore));
    const right = !/\s/.test(before) && (!marksBefore || loose(after, marksAfter));
    const within = sign === "_" && left && right;
    return put({
      sign, length, count: length,
      opens: left && (!within || marksBefore),
      closes: right && (!within || marksAfter),
    }, length);
  }

  /** A "]": the end of a link or of a picture, or only a bracket. */
  function close() {
    const bracket = brackets.pop();
    const target = bracket && !bracket.dead && aim(bracket);
    if (!target) {
      say("]");
      return;
    }
    flush();
    const children = unlinked(emphasised(nodes.splice(bracket.index).slice(1)));
    const { href, title, length } = target;
    if (bracket.image) put({ tag: "img", src: href, title, alt: wordsOf(children) }, length);
    else {
      put({ tag: "a", href, title, children }, length);
      for (const outer of brackets) if (!outer.image) outer.dead = true; // no link within a link
    }
  }

  function aim({ from }) {
    const direct = at(DESTINATION, source, place + 1);
    if (direct) {
      const [all, angled, bare, title] = direct;
      return { href: unescaped(angled ?? bare ?? ""), title: title && unescaped(title.slice(1, -1)), length: all.length + 1 };
    }
    const named = at(REFERENCE, source, place + 1);
    const known = links.get(label(named?.[1] || source.slice(from, place)));
    return known && { ...known, length: 1 + (named?.[0].length ?? 0) };
  }

  while (place < source.length) {
    SPECIAL.lastIndex = place;
    const next = SPECIAL.exec(source);
    const until = next ? next.index : source.length;
    if (until > place) say(source.slice(place, until));
    if (!next) break;
    if (next[0].length === 1) {
      signs[next[0]]();
      continue;
    }
    const address = /\w$/.test(text.slice(-1)) ? "" : addressAt(source.slice(place, place + 2048));
    if (address) put({ tag: "a", href: address, children: [address], bare: true }, address.length);
    else say(next[0]);
  }
  flush();
  return emphasised(nodes);
}

const matches = (opener, closer) =>
  opener.sign === closer.sign && opener.opens && opener.count > 0 &&
  // CommonMark's rule of three keeps *foo**bar*** apart.
  !((opener.closes || closer.opens) && (opener.length + closer.length) % 3 === 0 && (opener.length % 3 || closer.length % 3));

/** Pair the marks among `nodes`: CommonMark's "process emphasis". */
function emphasised(nodes) {
  const floors = new Map(); // below these no opener of the kind is left
  for (let end = 0; end < nodes.length; end += 1) {
    const closer = nodes[end];
    if (!closer.closes || !closer.count) continue;
    const kind = `${closer.sign}${closer.opens}${closer.length % 3}`;
    const floor = floors.get(kind) ?? 0;
    let start = end - 1;
    while (start >= floor && !matches(nodes[start], closer)) start -= 1;
    if (start < floor) {
      floors.set(kind, end);
      continue;
    }
    const opener = nodes[start];
    const size = opener.count > 1 && closer.count > 1 ? 2 : 1;
    const tag = closer.sign === "~" ? "del" : size === 2 ? "strong" : "em";
    nodes.splice(start + 1, end - start - 1, { tag, children: settled(nodes.slice(start + 1, end)) });
    opener.count -= size;
    closer.count -= size;
    for (const [name, index] of floors) floors.set(name, Math.min(index, start + 1));
    end = start + 1; // once more for what is left of the closer
  }
  return settled(nodes);
}

/** Within a link, addresses are words. */
const unlinked = (nodes) =>
  nodes.flatMap((node) => (node.bare ? node.children : node.children ? { ...node, children: unlinked(node.children) } : node));

/** Marks that found no partner are text. */
const settled = (nodes) =>
  nodes.map((node) => (node.sign ? node.sign.repeat(node.count) : node)).filter((node) => node !== "");

/** What a tree says, without its marks. */
export const wordsOf = (nodes) =>
  nodes.map((node) => (typeof node === "string" ? node : node.alt ?? (node.tag === "br" ? "\n" : wordsOf(node.children)))).join("");
