"""Custom vocabularies in files of their own: what exports of them hold, and what imports read.

As JSON the file is that of a bot's export, alone in the same folders; as TSV it has the columns
``phrase``, ``weight`` and ``displayAs``. An import takes either, wherever it lies in the zip.
Source: the Lex V2 guide, "JSON format for importing and exporting" and "Creating a custom
vocabulary for eliciting intents and slots".
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from daehwa import bot
from daehwa.workshop.errors import ValidationException
from daehwa.workshop.vocabulary_items import vocabulary_file

_ITEMS: Final = "customVocabularyItems"
_COLUMNS: Final = ("phrase", "weight", "displayAs")
_MOST_BYTES: Final = 4 * 2**20


def packed_vocabulary(
    owner: str, locale_id: str, vocabulary: Mapping[str, Any] | None, file_format: str
) -> bytes:
    """The zip of a locale's vocabulary, ``LexJson`` or ``TSV``."""
    bare = vocabulary_file(vocabulary) or {_ITEMS: []}
    place = bot.vocabulary_file(owner, locale_id)
    text = json.dumps(bare, ensure_ascii=False, indent=2)
    if file_format == "TSV":
        place = place.removesuffix(".json") + ".tsv"
        text = _table(bare[_ITEMS])
    manifest = {
        "metaData": {
            "schemaVersion": "1",
            "fileFormat": file_format,
            "resourceType": "CUSTOM_VOCABULARY",
        }
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Manifest.json", json.dumps(manifest, indent=2))
        archive.writestr(place, text)
    return made.getvalue()


def unpacked_vocabulary(content: bytes, password: str | None) -> dict[str, Any]:
    """The vocabulary in a zip.

    Raises:
        ValidationException: there is none, it cannot be read, or Lex does not take it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entry = next(
                (
                    one
                    for one in archive.infolist()
                    if one.filename.casefold().endswith((".tsv", "customvocabulary.json"))
                ),
                None,
            )
            if entry is None or entry.file_size > _MOST_BYTES:
                raise ValidationException(
                    "The zip has no CustomVocabulary.json and no .tsv that is small enough."
                )
            raw = archive.read(entry, pwd=password.encode() if password else None)
        text = raw.decode("utf-8-sig")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, UnicodeDecodeError, OSError):
        raise ValidationException(
            "The vocabulary cannot be read: the file is not a zip, the password is wrong, or it is "
            "not UTF-8."
        ) from None
    raw_items = _rows(text) if entry.filename.casefold().endswith(".tsv") else _items(text)
    return {_ITEMS: [_item(number, one) for number, one in enumerate(raw_items, 1)]}


def _table(items: list[dict[str, Any]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(_COLUMNS)
    for item in items:
        writer.writerow("" if item.get(name) is None else item[name] for name in _COLUMNS)
    return made.getvalue()


def _rows(text: str) -> list[dict[str, Any]]:
    rows = list(csv.reader(io.StringIO(text), delimiter="\t"))
    heads = [name.strip().casefold() for name in rows[0]] if rows else []
    if "phrase" not in heads:
        raise ValidationException("The first row of the .tsv names no column phrase.")
    known = {name.casefold(): name for name in _COLUMNS}
    return [
        {known[head]: cell.strip() for head, cell in zip(heads, row, strict=False) if head in known}
        for row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _items(text: str) -> list[dict[str, Any]]:
    try:
        items = json.loads(text)[_ITEMS]
    except (ValueError, TypeError, KeyError):
        items = None
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise ValidationException(f"CustomVocabulary.json is not an object with {_ITEMS}.")
    return items


def _item(number: int, raw: Mapping[str, Any]) -> dict[str, Any]:
    """An item with the limits of the API's NewCustomVocabularyItem."""
    phrase, weight, shown = raw.get("phrase"), raw.get("weight"), raw.get("displayAs")
    if not isinstance(phrase, str) or not 1 <= len(phrase) <= 100:  # noqa: PLR2004
        raise ValidationException(f"Item {number} has no phrase of 1 to 100 characters.")
    weight = None if weight in ("", None) else str(weight)
    if weight not in (None, "0", "1", "2", "3"):
        raise ValidationException(f"Item {number} ({phrase}) has the weight {weight}, not 0 to 3.")
    return (
        {"phrase": phrase}
        | ({} if weight is None else {"weight": int(weight)})
        | ({"displayAs": str(shown)} if shown else {})
    )
