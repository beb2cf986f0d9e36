"""Writes each of the page's scripts and what is sent of it, as JSON, for sent.mjs."""  # noqa: INP001 - a script

import json
import sys

from daehwa.server.leaning import lean_script
from daehwa.web import STATIC

sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.js"))}
json.dump({name: [text, lean_script(text)] for name, text in sources.items()}, sys.stdout)
