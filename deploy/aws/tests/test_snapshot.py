"""The whole template as it was read last: what an upgrade or a change does to it stands in a diff.

    DAEHWA_SNAPSHOT=renew .venv/bin/python -m pytest -q tests/test_snapshot.py

writes the files of ``tests/snapshots`` again (in ``deploy/aws``); read the diff, and commit it.
Hashes of assets and the list of the page's files, which change with every change of the code, are
left out.
"""

import difflib
import json
import os
import re
from pathlib import Path

import pytest

PLACE = Path(__file__).parent / "snapshots"
RENEW = os.environ.get("DAEHWA_SNAPSHOT") == "renew"
# The page's files, as CloudFront's function lists them, and hashes: of a file's content, of the
# bot's (in a version's name), and CDK's own.
HASHES = (
    (re.compile(r'\[\\"/\\"[^]]*\]'), "[FILES]"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "HASH"),
    (re.compile(r"\bbot file [0-9a-f]{12}\b"), "bot file HASH"),
    (re.compile(r"\b(LexVersion)[0-9a-f]{12}([0-9A-F]{8})\b"), r"\1HASH"),
    (re.compile(r"\b(ApiDeployment|StreamingApiDeployment)[0-9A-F]{8}[0-9a-f]{32}\b"), r"\1HASH"),
)


def normalised(template):
    text = json.dumps(template.to_json(), indent=1, sort_keys=True, ensure_ascii=False)
    for pattern, name in HASHES:
        text = pattern.sub(name, text)
    return text + "\n"


@pytest.mark.parametrize("kind", ["template", "streaming", "guarded"])
def test_the_template_is_the_one_that_was_read(request, kind):
    shown = normalised(request.getfixturevalue(kind))
    file = PLACE / f"{kind}.json"
    if RENEW:
        PLACE.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    known = file.read_text(encoding="utf-8")
    changes = difflib.unified_diff(known.splitlines(), shown.splitlines(), lineterm="", n=2)
    assert list(changes) == [], "read the changes; DAEHWA_SNAPSHOT=renew takes them"


def test_no_hash_of_an_asset_is_kept():
    for file in PLACE.glob("*.json"):
        assert not re.search(r"[0-9a-f]{32}", file.read_text(encoding="utf-8")), file.name
