/** Colours for code: comments, strings, numbers, words of the language, names that are called. One pass, no grammar. */

/** @typedef {{ kind: string, text: string }} Coloured */

/** @param {string} words */
const oneOf = (words) => new Set(words.split(" "));

const C = oneOf("abstract as async await break case catch class const constexpr continue debugger default delete do else enum export extends false final finally for from func function if implements import in " +
  "instanceof interface let namespace new null nullptr of override package private protected public readonly return static struct super switch template this throw throws true try type typedef typeof undefined " +
  "union unsigned using var virtual void volatile while yield int long short char float double bool boolean string auto byte defer go chan map range select fn impl match mod mut pub ref self Self trait use where " +
  "crate dyn loop move unsafe val fun when object data sealed guard nil init protocol extension foreach sizeof goto");
const PYTHON = oneOf("False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return self try while with yield");
const SHELL = oneOf("if then else elif fi for while until do done case esac in function return exit export local readonly set unset shift source echo cd sudo make");
const SQL = oneOf("select from where and or not insert into values update set delete create table index view drop alter add primary key foreign references join left right inner outer full on as group by order having limit " +
  "offset union all distinct null is in like between exists case when then else end asc desc with default unique int integer text varchar boolean timestamp");
const RUBY = oneOf("alias and begin break case class def do else elsif end ensure false for if in module next nil not or raise require rescue return self super then true unless until when while yield");
const DATA = oneOf("true false null yes no on off");

const SLASHES = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/.source;
const HASH = /#[^\n]*/.source;
const DASHES = /--[^\n]*|\/\*[^]*?(?:\*\/|$)/.source;
const STRINGS = /"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?/.source;
const TICKS = /`(?:\\[^]|[^`\\])*`?/.source;
const TRIPLE = /"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)/.source;

/** @type {Record<string, { words: Set<string>, comment: string, string: string, caseless?: boolean }>} */
const KINDS = {
  c: { words: C, comment: SLASHES, string: `${STRINGS}|${TICKS}` },
  python: { words: PYTHON, comment: HASH, string: `${TRIPLE}|${STRINGS}` },
  shell: { words: SHELL, comment: /(?<![\w$])#[^\n]*/.source, string: /"(?:\\[^]|[^"\\])*"?|'[^']*'?/.source },
  sql: { words: SQL, comment: DASHES, string: STRINGS, caseless: true },
  ruby: { words: RUBY, comment: HASH, string: `${STRINGS}|${TICKS}` },
  data: { words: DATA, comment: HASH, string: STRINGS },
  css: { words: oneOf("important"), comment: SLASHES, string: STRINGS },
};
/** @type {Record<string, string>} */
const NAMES = { py: "python", python: "python", python3: "python", sh: "shell", bash: "shell", shell: "shell", zsh: "shell", console: "shell", dockerfile: "shell", makefile: "shell",
  sql: "sql", mysql: "sql", postgresql: "sql", rb: "ruby", ruby: "ruby", json: "data", yaml: "data", yml: "data", toml: "data", ini: "data", css: "css", scss: "css" };
for (const name of ("js javascript jsx ts typescript tsx java c cpp c++ cs csharp go rust rs kotlin kt swift php dart scala mjs h hpp").split(" ")) NAMES[name] = "c";

const MARKUP = /(?<comment><!--[^]*?(?:-->|$))|(?<tag><\/?[A-Za-z][\w:-]*|\/?>)|(?<name>[\w:-]+)(?==)|(?<string>"[^"]*"?|'[^']*'?)|[^<>"'\w]+|[^]/gy;

/** @type {Record<string, RegExp>} */
const patterns = {};

/** @param {string} kind */
function pattern(kind) {
  const { comment, string } = KINDS[kind];
  patterns[kind] ??= new RegExp(
    `(?<comment>${comment})|(?<string>${string})|(?<number>\\b(?:0x[\\da-fA-F]+|\\d[\\d_]*(?:\\.\\d+)?(?:e[+-]?\\d+)?)\\b)|(?<word>[A-Za-z_$@][\\w$]*)|[^\\w"'\`#/$@-]+|[^]`, "gy");
  return patterns[kind];
}

/** What was coloured last, so that code that grows is not coloured from its first line again. @type {{ language: string, text: string, parts: (string | Coloured)[] }} */
const last = { language: "", text: "", parts: [] };
const OPEN = 400; // signs before its end that are coloured anew

/**
 * The code as texts and coloured pieces; an unknown language has none.
 * @param {string} text @param {string} language @returns {(string | Coloured)[]}
 */
export function coloured(text, language) {
  const markup = /^(?:html?|xml|svg|vue|jsp)$/.test(language);
  const kind = NAMES[language];
  if (!markup && !kind) return [text];
  const grows = last.language === language && text.startsWith(last.text);
  const { parts, from } = grows ? kept(last.parts, last.text.length) : { parts: [], from: 0 };
  const finder = markup ? MARKUP : pattern(kind);
  finder.lastIndex = from;
  for (const match of text.matchAll(finder)) {
    const { comment, string, number, word, tag, name } = match.groups ?? {};
    const call = text[match.index + match[0].length] === "(";
    const known = word && KINDS[kind].words.has(KINDS[kind].caseless ? word.toLowerCase() : word);
    const what = comment ? "comment" : string ? "string" : number ? "number" : known || tag ? "word" : (word && call) || name ? "call" : "";
    const before = parts.at(-1);
    if (what) parts.push({ kind: what, text: match[0] });
    else if (typeof before === "string") parts[parts.length - 1] = before + match[0];
    else parts.push(match[0]);
  }
  Object.assign(last, { language, text, parts });
  return [...parts];
}

/** @param {(string | Coloured)[]} parts @param {number} length */
function kept(parts, length) {
  let from = length;
  let count = parts.length;
  while (count && from > length - OPEN) {
    count -= 1;
    const part = parts[count];
    from -= (typeof part === "string" ? part : part.text).length;
  }
  return { parts: parts.slice(0, count), from: count ? from : 0 };
}
