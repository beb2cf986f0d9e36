/**
 * Markdown's blocks: text in, a tree out, by CommonMark's rules with GFM's tables and tasks.
 * There are no HTML blocks: HTML is text like any other.
 */

import { label, unescaped } from "./inline.js";

const BLANK = /^\s*$/;
const FENCE = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const HEADING = /^ {0,3}(#{1,6})(?=[ \t]|$)(.*)$/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([*+-]|(\d{1,9})([.)]))( +(?=\S)|[ \t]*$)(.*)$/;
const DEFINITION = /^ {0,3}\[((?:\\.|[^[\]\\])+)\]:\s*(?:<([^<>]*)>|([^\s<]\S*))(?:\s+("[^"]*"|'[^']*'|\([^()]*\)))?\s*$/;
const DASHES = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const DEEPEST = 24; // levels of quotes and lists; more is nobody's text

/**
 * The blocks of `text`, and its link definitions: {blocks, links}. Each block of the outermost
 * level carries its lines as `raw`.
 */
export function blocksOf(text) {
  const links = new Map();
  const lines = text.replaceAll("\0", "\ufffd").split(/\r\n?|\n/).map(untabbed);
  return { blocks: parse(lines, links, 0), links };
}

const untabbed = (line) => {
  const [lead] = /^[ \t]*/.exec(line);
  if (!lead.includes("\t")) return line;
  let width = 0;
  for (const sign of lead) width += sign === "\t" ? 4 - (width % 4) : 1;
  return " ".repeat(width) + line.slice(lead.length);
};

function parse(lines, links, depth) {
  const found = [];
  for (let at = 0; at < lines.length;) {
    if (BLANK.test(lines[at])) {
      at += 1;
      continue;
    }
    const [block, end] =
      code(lines, at) ?? fence(lines, at) ?? heading(lines, at) ?? rule(lines, at) ??
      (depth < DEEPEST ? quote(lines, at, links, depth) ?? list(lines, at, links, depth) : undefined) ??
      table(lines, at) ?? definition(lines, at, links) ?? paragraph(lines, at);
    if (block) {
      if (!depth) block.raw = lines.slice(at, end).join("\n");
      block.after = BLANK.test(lines[end] ?? "x"); // a blank line follows
      found.push(block);
    }
    at = end;
  }
  return found;
}

/** Does this line end the paragraph before it? */
function interrupts(line) {
  const item = ITEM.exec(line);
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || QUOTE.test(line) ||
    (item && item[6] !== "" && (item[3] === undefined || Number(item[3]) === 1));
}

function code(lines, from) {
  if (!lines[from].startsWith("    ")) return undefined;
  let end = from;
  for (let at = from; at < lines.length && (lines[at].startsWith("    ") || BLANK.test(lines[at])); at += 1)
    if (!BLANK.test(lines[at])) end = at + 1;
  return [{ type: "code", text: lines.slice(from, end).map((line) => line.slice(4)).join("\n") }, end];
}

function fence(lines, from) {
  const opening = FENCE.exec(lines[from]);
  if (!opening) return undefined;
  const [, indent, marks, info] = opening;
  const closing = new RegExp(`^ {0,3}\\${marks[0]}{${marks.length},}[ \\t]*$`);
  let end = from + 1;
  while (end < lines.length && !closing.test(lines[end])) end += 1;
  const lead = new RegExp(`^ {0,${indent.length}}`);
  const text = lines.slice(from + 1, end).map((line) => line.replace(lead, "")).join("\n");
  return [{ type: "code", language: unescaped(info.trim().split(/\s/)[0]), text }, Math.min(end + 1, lines.length)];
}

function heading(lines, from) {
  const found = HEADING.exec(lines[from]);
  return found && [{ type: "heading", level: found[1].length, text: found[2].trim().replace(/(^|[ \t])#+$/, "").trim() }, from + 1];
}

const rule = (lines, from) => (RULE.test(lines[from]) ? [{ type: "rule" }, from + 1] : undefined);

/** May `line` go on with the paragraph that `inner` ends with, though its container's mark is missing? */
function goesOn(inner, line) {
  const before = inner.at(-1) ?? "";
  if (BLANK.test(before) || BLANK.test(line) || interrupts(line) || HEADING.test(before) || RULE.test(before)) return false;
  return inner.filter((one) => FENCE.test(one)).length % 2 === 0 && !before.startsWith("    ");
}

function quote(lines, from, links, depth) {
  if (!QUOTE.test(lines[from])) return undefined;
  const inner = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    if (QUOTE.test(lines[at])) inner.push(untabbed(lines[at].replace(QUOTE, "")));
    else if (goesOn(inner, lines[at])) inner.push(lines[at].trimStart());
    else break;
  }
  return [{ type: "quote", blocks: parse(inner, links, depth + 1) }, at];
}

function list(lines, from, links, depth) {
  const first = ITEM.exec(lines[from]);
  if (!first) return undefined;
  const kind = first[4] ?? first[2];
  const items = [];
  let loose = false;
  let at = from;
  let end = from;
  for (;;) {
    const item = at < lines.length && !RULE.test(lines[at]) ? ITEM.exec(lines[at]) : undefined;
    if (!item || (item[4] ?? item[2]) !== kind) break;
    const [, indent, mark, , , space, rest] = item;
    const wide = space.length > 4 || rest === "";
    const width = indent.length + mark.length + (wide ? 1 : space.length);
    const inner = [wide && rest ? " ".repeat(space.length - 1) + rest : rest];
    let gap = 0;
    for (at += 1; at < lines.length; at += 1) {
      const line = lines[at];
      if (BLANK.test(line)) {
        if (rest === "" && inner.length === 1 && !gap) break; // an item may begin with one blank line at most
        gap += 1;
      } else if (/^ */.exec(line)[0].length >= width) {
        inner.push(...Array(gap).fill(""), line.slice(width));
        gap = 0;
      } else if (!gap && !ITEM.test(line) && goesOn(inner, line)) inner.push(line.trimStart());
      else break;
    }
    const task = /^\[([ xX])\] +(?=\S)/.exec(inner[0]);
    if (task) inner[0] = `${task[1] === " " ? "☐" : "☑"} ${inner[0].slice(task[0].length)}`;
    const blocks = parse(inner, links, depth + 1);
    const another = gap && at < lines.length && !RULE.test(lines[at]) && ITEM.exec(lines[at]);
    loose ||= blocks.slice(0, -1).some(({ after }) => after) || Boolean(another && (another[4] ?? another[2]) === kind);
    items.push(blocks);
    end = at - gap;
  }
  return [{ type: "list", start: first[3] === undefined ? undefined : Number(first[3]), loose, items }, end];
}

/** The cells of a table's row; \| is a bar within a cell. */
function cells(line) {
  const parts = line.trim().replace(/^\|/, "").split(/(?<!\\)\|/);
  if (parts.length > 1 && BLANK.test(parts.at(-1))) parts.pop();
  return parts.map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function headed(lines, at) {
  const [header, dashes = ""] = lines.slice(at, at + 2);
  return header.includes("|") && DASHES.test(dashes) && !RULE.test(dashes.includes("|") ? "" : dashes) &&
    cells(header).length === cells(dashes).length;
}

function table(lines, from) {
  if (!headed(lines, from)) return undefined;
  const head = cells(lines[from]);
  const align = cells(lines[from + 1]).map((dashes) =>
    (dashes.endsWith(":") ? (dashes.startsWith(":") ? "center" : "right") : dashes.startsWith(":") ? "left" : undefined));
  const rows = [];
  let at = from + 2;
  for (; at < lines.length && !BLANK.test(lines[at]) && !interrupts(lines[at]); at += 1) {
    const row = cells(lines[at]);
    rows.push(head.map((_, column) => row[column] ?? ""));
  }
  return [{ type: "table", head, align, rows }, at];
}

function definition(lines, from, links) {
  const found = DEFINITION.exec(lines[from]);
  if (!found) return undefined;
  const [, name, angled, bare, title] = found;
  const key = label(name);
  if (!links.has(key)) links.set(key, { href: unescaped(angled ?? bare), title: title && unescaped(title.slice(1, -1)) });
  return [undefined, from + 1];
}

function paragraph(lines, from) {
  let at = from + 1;
  const text = () => lines.slice(from, at).map((line) => line.trimStart()).join("\n").trimEnd();
  for (; at < lines.length && !BLANK.test(lines[at]); at += 1) {
    const underline = UNDERLINE.exec(lines[at]);
    if (underline) return [{ type: "heading", level: underline[1][0] === "=" ? 1 : 2, text: text() }, at + 1];
    if (interrupts(lines[at]) || headed(lines, at)) break;
  }
  return [{ type: "paragraph", text: text() }, at];
}
