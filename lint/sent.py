"""Writes each script of the page, whole, and what is sent of it, as JSON, for sent.mjs."""  # noqa: INP001 - a script

import json
import sys

from daehwa.server.leaning import lean_script
from daehwa.server.merging import merged, parts_of
from daehwa.web import STATIC

sources = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted(STATIC.glob("*"))
    if path.suffix in (".js", ".html")
}
inside = parts_of(sources)
scripts = {name: merged(name, sources, inside) for name in sources if name.endswith(".js")}
json.dump({name: [text, lean_script(text)] for name, text in scripts.items()}, sys.stdout)
