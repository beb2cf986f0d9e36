/** Where in a text there are formulas: $a$, \(a\), $$a$$, \[a\]. What they look like is in math.js. */

// Inside there is no blank line.
const DISPLAY = /^ {0,3}(?:\$\$((?:(?!\n\s*\n)[^$])+?)\$\$|\\\[((?:(?!\n\s*\n)[^])+?)\\\])[ \t]*(?:\n|$)/;
const SLASHED = /^(?:\\\(((?:(?!\n\s*\n)[^])+?)\\\)|\\\[((?:(?!\n\s*\n)[^])+?)\\\](?!\())/;
const DOUBLE = /^\$\$([^$\n]+?)\$\$/;
const DOLLARS = /^\$(?![\s$])((?:\\[^\n]|[^$\\\n])*?(?:\\[^\s$]|[^\s\\$]))\$(?![\w$])/;
const SIGN = /[\\^_=<>{}+|]|[\w)\]!'] *[-*/] *[\w(\\]/;
const COMMAND = /\\[A-Za-z]{2}/;
const WORDS = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\u3040-\u30ff\u4e00-\u9fff]|[A-Za-z]{4}|[A-Za-z]{2} [A-Za-z]{2}/;
const SHORT = /^-?(?:[A-Za-z]'*|[A-Za-z]{2,3}|[A-Za-z]\([\w, ]+\)|\d+(?:\.\d+)?)$/;

const MOST = 2000; // signs of a formula that is waited for

/** Brackets with a backslash may only be brackets. @param {string} text */
const isSlashed = (text) => SIGN.test(text) || SHORT.test(text.trim());

/** Money has dollars, too: 5$와 10$, $5, or €4 and 6$. @param {string} text */
const isBetweenDollars = (text) => COMMAND.test(text) || (!WORDS.test(text) && (SIGN.test(text) || SHORT.test(text)));

/** @type {import("marked").TokenizerExtension} */
export const displayMath = {
  name: "displayMath",
  level: "block",
  start: (source) => {
    const at = source.search(/\n {0,3}(?:\$\$|\\\[)/);
    return at < 0 ? undefined : at + 1;
  },
  tokenizer(source) {
    const match = DISPLAY.exec(source);
    if (!match) return undefined;
    return { type: "math", raw: match[0], text: (match[1] ?? match[2]).trim(), display: true };
  },
};

/** @type {import("marked").TokenizerExtension} */
export const inlineMath = {
  name: "inlineMath",
  level: "inline",
  start: (source) => {
    const at = source.search(/[$\\]/);
    return at < 0 ? undefined : at;
  },
  tokenizer(source) {
    const first = source[0];
    if (first !== "$" && first !== "\\") return undefined;
    const [raw, text, block] = SLASHED.exec(source) ?? DOUBLE.exec(source) ?? DOLLARS.exec(source) ?? [];
    if (raw === undefined) return undefined;
    const inside = text ?? block;
    if (!(first === "\\" ? isSlashed(inside) : raw.startsWith("$$") || isBetweenDollars(inside))) return undefined;
    return { type: "math", raw, text: inside.trim(), display: block !== undefined || raw.startsWith("$$") };
  },
};

/** A growing text up to a formula that is begun and not ended: its letters would only flicker. @param {string} text */
export function withoutOpenMath(text) {
  const from = Math.max(text.lastIndexOf("\n\n"), text.lastIndexOf("\n```"), text.lastIndexOf("\n~~~"), text.length - MOST, 0);
  let open = -1;
  for (const { 0: sign, index } of text.slice(from).matchAll(/`[^`\n]+`|\\[()[\]\\]|\$\$/g)) {
    const opens = sign === "\\(" || sign === "\\[" || (sign === "$$" && open < 0);
    if (opens) open = open < 0 ? index : open;
    else if (sign !== "\\\\" && !sign.startsWith("`")) open = -1;
  }
  if (open >= 0) return text.slice(0, from + open);
  if (/(?<!\\)\\$/.test(text)) return text.slice(0, -1); // of what, is not known yet
  const dollar = /(?<![\w$\\])\$(?![\s$])(?:[A-Za-z]?|[^$\n`]*[\\^_={}][^$\n`]*)$/.exec(text.slice(from));
  return dollar ? text.slice(0, from + dollar.index) : text;
}
