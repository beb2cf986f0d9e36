"""Work out the vectors of everyday things by the encoders that read a language.

    python bench/nlu/things.py

Writes ``things.bin`` beside each ``languages/*/things.txt``, so that no start waits for their
encoding. When a list changes, the networks of confidence should be taught again.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from daehwa.nlu import languages, things
from daehwa.nlu.quality import stages
from daehwa.nlu.whole_numbers import packed


def main() -> None:
    """Encode each language's things one by one, and write their vectors."""
    for file in sorted(Path(languages.__file__).parent.glob("*/things.txt")):
        language = file.parent.name
        texts = things.texts(language)
        content = b""
        for encoder in stages("balanced", language)[-1].encoders:
            vectors = np.array([encoder.encode((text,))[0] for text in texts])
            content += packed(vectors)
        file.with_name(things.SHIPPED).write_bytes(content)
        print(f"{language}: {len(texts)} things, {len(content)} bytes")


if __name__ == "__main__":
    main()
