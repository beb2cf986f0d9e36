"""Minifies the page's files: removes comments, indentation and spaces.

Scripts are taken apart into what JavaScript calls tokens, so that nothing inside a string, a
template or a regular expression is touched. Names that code elsewhere can use stay as they are:
members, keys and other files' names. Private members of a class, and what a file or a function
declares for itself, get names of one or two letters, and consecutive declarations become one. Line
ends stay, except where none is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from string import ascii_letters
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<gap>(?:\s|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)+)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<word>[\w$#\u0080-\uffff]+)
    |(?P<regex>/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
# After one of these a slash divides; after anything else it begins a regular expression.
_VALUE_ENDS: Final = re.compile(r"[\w$#)\]}\"'`]$")
_BEFORE_REGEX: Final = frozenset(
    ("return", "typeof", "case", "in", "of", "await", "yield", "else", "throw")
)
_GAP: Final = re.compile(r"\s|//|/\*")
_DECLARING: Final = frozenset(("const", "let", "function", "class"))
_STATEMENTS: Final = frozenset(("if", "for", "while", "switch", "catch", "with", "await"))
# Words of the language in some places, and names in others.
_EITHER: Final = ("as", "async", "await", "from", "get", "let", "of", "set", "static", "yield")
# Words of the language as short as the short names.
_SHORT_WORDS: Final = ("as", "do", "if", "in", "of")
_BRANCHES: Final = frozenset(("else", "try", "finally"))
_SPREAD: Final = [".", ".", "."]
_OPENING: Final = frozenset("{([")
_CLOSING: Final = frozenset("})]")
_NAME: Final = re.compile(r"[A-Za-z_$][\w$]*")
_WORD: Final = re.compile(r"[\w$#\u0080-\uffff]")
_ENDLESS: Final = frozenset("{([,;=&|?:<>!*%~^")
_ENDING: Final = frozenset(")],;?:.=&|<>*%^")
# A semicolon after one of these may be all that a loop or a branch does.
_BEFORE_NOTHING: Final = frozenset((")", "else", "do", "{"))
_INDENTATION: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_CSS_COMMENT: Final = re.compile(r"/\*(?:[^*]|\*(?!/))*\*/")
_BETWEEN_RULES: Final = re.compile(r"\s*([{};,>])\s*|(?<=:) ")
_HTML_COMMENT: Final = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def lean(name: str, content: bytes) -> bytes:
    """A script, style sheet or page without what means nothing to a browser."""
    if name.endswith(".js"):
        return lean_script(content.decode()).encode()
    if name.endswith(".css"):
        bare = _CSS_COMMENT.sub("", content.decode())
        dense = _BETWEEN_RULES.sub(lambda match: match[1] or "", bare).strip()
        return dense.replace(";}", "}").encode()
    if name.endswith(".html"):
        return _INDENTATION.sub("", _HTML_COMMENT.sub("", content.decode())).encode()
    return content


def lean_script(source: str) -> str:
    """JavaScript of the same tokens, without comments and needless space.

    Lines of a template lose their indentation; those of ours mean nothing by it.
    """
    # That nothing constant is given another value, lint has seen.
    return _written(source, {"const": "let"} | _short_names(source)) + "\n"


def _short_names(source: str) -> dict[str, str]:
    """Short names of what the script declares for itself.

    A name means the same, whatever it is, in all of the file, or is declared again: it is the same
    short one everywhere. One that may also be a member's, a key's or another file's stays. That
    none is a browser's own elsewhere in its file, where nothing declares it, is held by
    ``make lint``, which compares what is written with what is sent.
    """
    parts = ["", *_flat(source), "", "", ""]
    own: dict[str, None] = {}
    kept = set(_EITHER)
    inside = [""]
    for at in range(1, len(parts) - 3):
        before, part, after = parts[at - 1 : at + 2]
        if part in _OPENING:
            inside.append(part)
        elif part in _CLOSING:
            inside.pop()
        if part in _DECLARING and before != "export" and parts[at - 2 : at] != ["export", "async"]:
            own[after] = None
        elif parts[at + 1 : at + 3] == ["=", ">"] or (part == "(" and _takes_parameters(parts, at)):
            own.update(dict.fromkeys(_parameters(parts, at)))
        if _may_be_outside(parts, at, inside[-1]):
            kept.add(part)
    names = [name for name in own if _NAME.fullmatch(name) and name not in kept]
    taken = {*parts, *_SHORT_WORDS}.difference(names)
    free = (short for short in map(_short, count()) if short not in taken)
    return dict(zip(names, free, strict=False))


def _flat(source: str) -> Iterator[str]:
    """The tokens, of templates those in their expressions, in brackets."""
    for part in _tokens(source):
        if part[0] == "`":
            for expression in _expressions(part):
                yield from ("(", *_flat(expression), ")")
        elif not _GAP.match(part):
            yield part


def _takes_parameters(parts: list[str], at: int) -> bool:
    """Whether the bracket there opens the parameters of a function, a method or an arrow."""
    end = _closing(parts, at)
    if parts[end + 1 : end + 3] == ["=", ">"]:
        return True
    return parts[end + 1] == "{" and parts[at - 1] not in _STATEMENTS


def _parameters(parts: list[str], at: int) -> Iterator[str]:
    """The names of the parameters there: one without brackets, or a list."""
    end = _closing(parts, at) if parts[at] == "(" else at
    depth = 0
    for one in range(at, end + 1):
        depth += (parts[one] in _OPENING) - (parts[one] in _CLOSING)
        is_first = one == at or parts[one - 1] in ("(", ",", ".")
        if is_first and depth == (parts[at] == "(") and _NAME.fullmatch(parts[one]):
            yield parts[one]


def _closing(parts: list[str], at: int) -> int:
    """Where the bracket is closed that is opened there."""
    depth = 0
    for end in range(at, len(parts)):
        depth += (parts[end] in _OPENING) - (parts[end] in _CLOSING)
        if not depth:
            return end
    return len(parts) - 4


def _may_be_outside(parts: list[str], at: int, inside: str) -> bool:
    """Whether the word there may be a member, a key, a method, a field or another file's name.

    ``inside``: the bracket around it.
    """
    before, part, after = parts[at - 1 : at + 2]
    if not _NAME.fullmatch(part) or before in _DECLARING:
        return False
    is_key = inside == "{" and before in ("{", ",") and after in (":", ",", "}", "=")
    is_field = before in ("{", "}", ";", "static") and after in ("=", ";")
    is_member = before == "." and parts[at - 3 : at] != _SPREAD
    if is_key or is_field or is_member or "as" in (before, after):
        return True
    if after != "(" or before in ("function", "."):
        return False
    return parts[_closing(parts, at + 1) + 1] == "{"


def _written(source: str, short: dict[str, str]) -> str:
    """The script; ``short`` has short names of private members and constants, by their own."""
    written: list[str] = []
    blocks: list[bool] = []
    is_over = False  # the last bracket ends a statement or a method, whatever comes
    gap = ""
    for part in _tokens(source):
        if _GAP.match(part):
            gap = part
            continue
        if _is_needless(written, part):
            written.pop()
        elif gap and written and not (is_over and written[-1] == "}"):
            written.append(_between(written[-1], gap, part))
        gap = ""
        if part == "{":
            blocks.append(_begins_block(written))
        elif part == "}":
            is_over = blocks.pop()
        if part == ">" and written[-1] == "=":
            _bare_parameter(written)
        if part[0] == "`":
            written.append(_template(part, short))
        elif part[0] == "#":
            private = sum(name[0] == "#" for name in short)
            written.append(short.setdefault(part, "#" + _short(private)))
        else:
            is_member = written[-1:] == ["."] and written[-3:] != _SPREAD
            written.append(part if is_member else short.get(part, part))
    return "".join(_joined(written))


def _joined(written: list[str]) -> list[str]:
    """With declarations that follow each other made one, after whose names come commas."""
    joined: list[str] = []
    statements = [""]  # of each bracket that is open: how the one that stands there begins
    for part in filter(None, written):
        begins = statements[-1] in ("", ";")
        if part in _CLOSING:
            statements.pop()
        elif part == ";":
            statements[-1] = ";" if statements[-1] == "let" else ""
        elif part == "let" and statements[-1] == ";":
            statements[-1] = joined[-1] = ","
            continue
        elif begins and part.strip():
            statements[-1] = part
        if statements[-1] == ",":
            statements[-1] = "let"
            if part == " ":
                continue
        if part in _OPENING:
            statements.append("")
        joined.append(part)
    return joined


def _is_needless(written: list[str], part: str) -> bool:
    """Whether the last sign, an end or a comma, means nothing before that part, a bracket."""
    if len(written) < 2:  # noqa: PLR2004 - a sign and what it comes after
        return False
    if written[-1] == ";":
        return part == "}" and written[-2] not in _BEFORE_NOTHING
    # Of a list, two commas leave a place between them.
    return written[-1] == "," and part in ")}]" and written[-2] not in ("", ",", "[")


def _begins_block(written: list[str]) -> bool:
    """Whether a bracket after these opens what a branch, a loop or a method does."""
    last = next((at for at in range(len(written) - 1, -1, -1) if written[at].strip()), None)
    if last is None or written[last] != ")":
        return last is not None and written[last] in _BRANCHES
    depth = 0
    for at in range(last, -1, -1):
        depth += (written[at] == ")") - (written[at] == "(")
        if not depth:
            return _is_no_value(
                [part for part in written[max(0, at - 8) : at] if part.strip()][-4:]
            )
    return False


def _is_no_value(head: list[str]) -> bool:
    """Whether what has this head is not a function that is a value, as what is declared is none.

    What comes after a value may be parted from it by no more than a line's end.
    """
    if "function" not in head[-2:]:
        return True
    before = [part for part in head[: head.index("function")] if part != "async"]
    return before[-1:] in ([], [";"], ["}"], ["export"])


def _bare_parameter(written: list[str]) -> None:
    """Take the brackets from an arrow's only parameter, where it is no more than a name."""
    match [part for part in written[-8:] if part][-5:]:
        case [before, "(", name, ")", "="]:
            if _NAME.fullmatch(name) and not _WORD.match(before[-1]):
                while written.pop() != "(":
                    pass
                written.extend((name, "="))


def _short(number: int) -> str:
    """The short name of that number: a to Z, aa and on."""
    more, letter = divmod(number, len(ascii_letters))
    return (_short(more - 1) if more else "") + ascii_letters[letter]


def _template(source: str, short: dict[str, str]) -> str:
    """A template, with what is in its expressions written as everything else is."""
    written, start, at = [], 0, 1
    while at < len(source):
        if source[at] == "\\":
            at += 1
        elif source.startswith("${", at):
            end = _expression_end(source, at + 2)
            written.append(_INDENTATION.sub("", source[start : at + 2]))
            written.append(_written(source[at + 2 : end - 1], short))
            start = at = end - 1
        at += 1
    return "".join(written) + _INDENTATION.sub("", source[start:])


def _expressions(template: str) -> Iterator[str]:
    """What stands in the expressions of a template."""
    at = 1
    while at < len(template):
        if template[at] == "\\":
            at += 1
        elif template.startswith("${", at):
            end = _expression_end(template, at + 2)
            yield template[at + 2 : end - 1]
            at = end - 1
        at += 1


def _tokens(source: str) -> Iterator[str]:
    at, before = 0, ""
    while at < len(source):
        match = _TOKEN.match(source, at)
        assert match is not None  # noqa: S101 - any sign at all is a token
        part = match[0]
        if part == "`":
            part = source[at : _template_end(source, at)]
        elif match.lastgroup == "regex" and _divides(before):
            part = "/"
        at += len(part)
        if match.lastgroup != "gap":
            before = part
        yield part


def _divides(before: str) -> bool:
    """Whether a slash after that token divides."""
    return bool(_VALUE_ENDS.search(before)) and before not in _BEFORE_REGEX


def _template_end(source: str, start: int) -> int:
    """Where the template ends that begins at ``start``."""
    at = start + 1
    while source[at] != "`":
        if source[at] == "\\":
            at += 1
        elif source.startswith("${", at):
            at = _expression_end(source, at + 2)
            continue
        at += 1
    return at + 1


def _expression_end(source: str, start: int) -> int:
    """Where the expression in a template ends, after its bracket."""
    depth, at = 1, start
    for part in _tokens(source[start:]):
        at += len(part)
        depth += (part == "{") - (part == "}")
        if not depth:
            break
    return at


def _between(before: str, gap: str, after: str) -> str:
    """What has to stand between two tokens in place of a gap."""
    last, first = before[-1], after[0]
    if _WORD.match(last) and _WORD.match(first):
        return "\n" if "\n" in gap else " "
    if last == first and last in "+-/":
        return " "
    # Number and dot, or a slash that must not become a comment's or another's.
    if (last.isdigit() and first == ".") or "/" in (last, first):
        return " "
    if "\n" in gap and last not in _ENDLESS and first not in _ENDING:
        return "\n"
    return ""
