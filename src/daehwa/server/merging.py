"""Which of the page's scripts are sent as part of another: those that it alone imports.

A script is one noun, so there are many; each one that is sent on its own is one more request, and
is compressed without what the others have in common with it. What only one script imports, and
nothing fetches later, can be sent inside that one. It stays in a scope of its own there, so that
the names of two scripts never meet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

_IMPORT: Final = re.compile(r'^import (\{[^}]*\}|\* as \w+) from "\./([^"]+)";\n', re.MULTILINE)
_LATER: Final = re.compile(r'import\("\./([^"]+)"\)')
_EXPORT: Final = re.compile(r"^export (?=(?:const|class|(?:async )?function) (\w+))", re.MULTILINE)
_OTHER_EXPORT: Final = re.compile(r"^export (?!const|class|function|async )", re.MULTILINE)
_ENTRY: Final = re.compile(r'<script [^>]*src="([^"]+)"')


def parts_of(sources: Mapping[str, str]) -> dict[str, str]:
    """The scripts that are sent inside another, with its name.

    ``sources`` are the scripts and pages by their names.
    """
    importers: defaultdict[str, list[str]] = defaultdict(list)
    apart: set[str] = set()
    for name, source in sources.items():
        apart.update(_LATER.findall(source))
        apart.update(_ENTRY.findall(source))
        if _OTHER_EXPORT.search(source):
            apart.add(name)
        for what, imported in _IMPORT.findall(source):
            importers[imported].append(name)
            # Of one that is imported under other names, those would have to be given.
            if what[0] == "*" or " as " in what:
                apart.add(imported)
    return {
        name: names[0]
        for name, names in importers.items()
        if name in sources and name not in apart and len(names) == 1
    }


def merged(name: str, sources: Mapping[str, str], inside: Mapping[str, str]) -> str:
    """The script of that name, with those that are sent inside it, as ``parts_of`` gives them."""
    parts = list(_parts(name, sources, inside))
    imports: dict[str, dict[str, None]] = {}
    for part in (*parts, name):
        for what, imported in _IMPORT.findall(sources[part]):
            if imported not in inside:
                names = what.strip("{ }").split(", ")
                imports.setdefault(imported, {}).update(dict.fromkeys(names))
    heads = (head for imported, names in imports.items() for head in _imports(imported, names))
    scopes = (_scope(sources[part]) for part in parts)
    return "".join((*heads, *scopes, _IMPORT.sub("", sources[name])))


def _parts(name: str, sources: Mapping[str, str], inside: Mapping[str, str]) -> Iterator[str]:
    """The scripts inside that one, each after those that it imports."""
    for _, imported in _IMPORT.findall(sources[name]):
        if imported in inside:
            yield from _parts(imported, sources, inside)
            yield imported


def _imports(imported: str, names: Iterable[str]) -> Iterator[str]:
    """What is imported of one script: it as a whole, and what it has by their names."""
    named = [name for name in names if not name.startswith("*")]
    for what in (*(name for name in names if name not in named), ", ".join(named)):
        if what:
            yield f'import {what if what[0] == "*" else f"{{ {what} }}"} from "./{imported}";\n'


def _scope(source: str) -> str:
    """A script as a scope that gives what the script exports."""
    exported = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub("", source))
    return f"const {{ {exported} }} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"
