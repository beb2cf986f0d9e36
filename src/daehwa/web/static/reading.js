/** Reading a model's Markdown with marked, also while it grows: what is finished is not read again. */

import { Lexer, Tokenizer, getDefaults } from "./vendor/marked-lexer.js?v=18.2.1";
import { addressAt } from "./dom.js";
import { displayMath, inlineMath, withoutOpenMath } from "./formulas.js";

const LONG = 500; // signs of a paragraph that is not read whole again
const OPENS = /[*_~`[\]$<>!\\]/;
/** After what a mark opens nothing. @type {Record<string, RegExp>} */
const INSIDE = { "*": /\w/, _: /[^\s*("'[]/ };
const FENCE = /^ {0,3}(?:```|~~~)/;

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

class OurTokenizer extends Tokenizer {
  /** One ~ is only a sign: 1~2시간이나 3~4시간. @override @param {string} source @param {[string, string?]} rest */
  del(source, ...rest) {
    return source.startsWith("~~") ? super.del(source, ...rest) : undefined;
  }

  /** @override @param {string} source @returns {any} */
  url(source) {
    const address = addressAt(source);
    if (!address) return super.url(source); // mail addresses and the like: marked's own rule
    return { type: "link", raw: address, text: address, href: address, tokens: [{ type: "text", raw: address, text: address }] };
  }
}

/** Of the extensions of one level: what reads them, and where they may start. @param {...import("marked").TokenizerExtension} all */
const level = (...all) => /** @type {const} */ ([all.map(({ tokenizer }) => tokenizer), all.map(({ start }) => start)]);
const [block, startBlock] = level(displayMath);
const [inline, startInline] = level(marksBeforeHangul, inlineMath);
const defaults = /** @type {any} */ ({
  ...getDefaults(), breaks: true, tokenizer: new OurTokenizer(), extensions: { block, startBlock, inline, startInline },
});

/**
 * A lexer that remembers what it has read: the items of a list, and the words of whatever did not
 * change. Only what a list does to its items' blocks afterwards has to be kept from the memory.
 */
class RememberingLexer extends Lexer {
  #memory;
  #inWords = false;

  /** @param {Memory} memory */
  constructor(memory) {
    super(defaults);
    this.#memory = memory;
  }

  /** @override @param {string} source @param {any} [tokens] @param {boolean} [clipped] @returns {any} */
  blockTokens(source, tokens = [], clipped = false) {
    // A list's item; one that is a task is changed inside by the list.
    if (this.state.top || tokens.length || clipped || source.startsWith("[")) return super.blockTokens(source, tokens, clipped);
    const known = this.#memory.blocks.get(source);
    if (known) {
      this.state.top = true;
      this.#memory.next.blocks.set(source, known);
      tokens.push(...known.map((one) => ({ ...one })));
      return tokens;
    }
    super.blockTokens(source, tokens);
    this.#memory.next.blocks.set(source, tokens.map((/** @type {MarkedToken} */ one) => ({ ...one })));
    return tokens;
  }

  /** @override @param {string} source @param {MarkedToken[]} [tokens] */
  inlineTokens(source, tokens = []) {
    if (this.#inWords || tokens.length) return super.inlineTokens(source, tokens);
    const known = this.#memory.words.get(source);
    if (known) tokens.push(...known);
    else {
      this.#inWords = true;
      try {
        const begun = this.#memory.begun.find(({ raw }) => source.startsWith(raw));
        if (begun) tokens.push(...begun.tokens, ...super.inlineTokens(source.slice(begun.raw.length)));
        else super.inlineTokens(source, tokens);
      } finally {
        this.#inWords = false;
      }
    }
    this.#memory.next.words.set(source, tokens);
    if (source.length > LONG) this.#memory.next.begun.push(finished(tokens, source));
    return tokens;
  }
}

/**
 * The beginning of a long paragraph that no further words can change: each sign in it that could
 * open something has been closed. What follows begins with a word.
 * @param {MarkedToken[]} tokens @param {string} source
 */
function finished(tokens, source) {
  let [count, raw, read] = [0, "", ""];
  for (const [at, token] of tokens.slice(0, -2).entries()) {
    if (at && token.type === "text") [count, raw] = [at, read];
    if (!isClosed(token)) break;
    read += token.raw;
  }
  return source.startsWith(raw) ? { raw, tokens: tokens.slice(0, count) } : { raw: "", tokens: [] };
}

/** @param {MarkedToken} token @returns {boolean} */
const isClosed = ({ type, text, tokens }) =>
  type === "codespan" || type === "br" || (tokens ? tokens.every(isClosed) : type === "text" && !OPENS.test(text));

/** What was read last time; `next` is what is used now. @implements {Memory} */
class ReadingMemory {
  /** @type {Begun[]} */
  begun = [];
  /** @type {Map<string, MarkedToken[]>} */
  blocks = new Map();
  /** @type {Map<string, MarkedToken[]>} */
  words = new Map();
  next = { blocks: new Map(), words: new Map(), begun: [] };

  turn() {
    Object.assign(this, this.next);
    this.next = { blocks: new Map(), words: new Map(), begun: [] };
  }
}

/** A text's blocks, read again and again as it grows. */
export class Reading {
  #settled = ""; // what no further text can change
  /** @type {MarkedToken[]} */
  #blocks = []; // of what is settled
  #links = "{}";
  #memory = new ReadingMemory();

  /** Its blocks; while it is `growing`, without a last line that may yet become something else. @param {string} text */
  read(text, { growing = false } = {}) {
    const whole = text.replace(/\r\n|\r/g, "\n");
    if (!whole.startsWith(this.#settled)) this.#forget();
    let tokens = this.#tail(whole, growing);
    // An address that is given late changes blocks whose text stays the same.
    const links = JSON.stringify(tokens.links);
    if (links !== this.#links) {
      this.#forget();
      this.#links = links;
      tokens = this.#tail(whole, growing);
    }
    const all = [...this.#blocks, ...tokens];
    if (links === "{}") this.#settle(tokens);
    return all;
  }

  #forget() {
    this.#settled = "";
    this.#blocks = [];
    this.#links = "{}";
    this.#memory = new ReadingMemory();
  }

  /** @param {string} whole @param {boolean} growing @returns {MarkedToken[] & { links: object }} */
  #tail(whole, growing) {
    const tail = whole.slice(this.#settled.length);
    const source = growing ? steady(tail) : tail;
    const lexer = new RememberingLexer(this.#memory);
    try {
      lexer.lex(source);
      this.#memory.turn();
      return /** @type {any} */ (lexer.tokens);
    } catch {
      // One nested deeper than can be read stays as it was written.
      return Object.assign([{ type: "html", raw: source, text: source }], { links: {} });
    }
  }

  /**
   * A block is finished when the one after it is: what comes may still change the last line, and
   * with it how the block before that line ends.
   * @param {MarkedToken[]} tokens
   */
  #settle(tokens) {
    const starts = tokens.flatMap(({ type }, at) => (type === "space" ? [] : [at]));
    const open = starts.at(-2) ?? 0;
    if (!open) return;
    const done = tokens.slice(0, open);
    this.#settled += done.map(({ raw }) => raw).join("");
    this.#blocks.push(...done);
  }
}

/** Settle the last line of a growing text: half a table waits, open marks are closed. @param {string} text */
export function steady(text) {
  const fences = text.match(/^ {0,3}(```|~~~)/gm)?.length ?? 0;
  const cut = text.lastIndexOf("\n") + 1;
  const [before, last] = [text.slice(0, cut), text.slice(cut)];
  if (FENCE.test(last)) return before; // the language's name is not whole yet
  if (fences % 2) return text;
  const whole = withoutOpenMath(text);
  if (whole.length < text.length) return steady(whole);
  if (/^\s*([`~*_=#>+-]+|\d+[.)]?|[*+-] \[.?\]?)\s*$/.test(last)) return before;
  const rows = /(?:^ {0,3}\|.*\n)+(?![^])/m.exec(before.slice(before.lastIndexOf("\n\n") + 1))?.[0] ?? "";
  const header = rows.split("\n").length === 2;
  if (/^ {0,3}\|/.test(last)) return header ? before.slice(0, -rows.length) : before;
  if (!last && header) return before.slice(0, -rows.length);
  return before + closed(last);
}

/** @param {string} line */
function closed(line) {
  const whole = line
    .replace(/(!\[[^\]]*(\](\([^)]*)?)?|<?https?:[^\s)>`]*)$/, "") // half an address leads nowhere
    .replace(/\[([^\]]*)(\](\([^)]*)?)?$/, (all, text, end) => (end === "]" ? all : text));
  if (!openMarks(whole).length) return whole;
  const bare = whole.replace(/[*~`_]+$/, "");
  return bare + openMarks(bare).reverse().join("");
}

/** @param {string} line */
function openMarks(line) {
  /** @type {string[]} */
  const open = [];
  for (const { 0: mark, index } of line.matchAll(/`+|\*\*?|~~|__?/g)) {
    const inCode = open.at(-1)?.startsWith("`");
    const next = line[index + mark.length] ?? "";
    if (open.at(-1) === mark) open.pop();
    else if (inCode || (INSIDE[mark[0]]?.test(line[index - 1] ?? "") && mark !== "**")) continue;
    else if (!open.includes(mark) && !/\s/.test(next)) open.push(mark);
  }
  return open;
}
