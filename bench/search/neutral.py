"""Work out the vectors of the neutral texts: ``python bench/search/neutral.py``.

To be run again where the background texts of understanding or its encoder have changed; the
weights of ``daehwa.documents.scoring`` then have to be fitted again.
"""

from __future__ import annotations

from pathlib import Path

from daehwa import nlu
from daehwa.documents import neutral_texts
from daehwa.documents.encoding import quantized
from daehwa.nlu.background import background


def main() -> None:
    """Write a file for each language beside the module."""
    for language in neutral_texts.LANGUAGES:
        texts = background(language)
        path = Path(neutral_texts.__file__).with_name(neutral_texts.file_name(language))
        path.write_bytes(quantized(nlu.encode(texts)).tobytes())
        print(f"{path.name}: {len(texts)} texts")


if __name__ == "__main__":
    main()
