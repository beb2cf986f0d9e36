"""Work out the background's vectors by the second encoder, and their mean.

    python bench/nlu/centre.py [--centre]

Writes ``e5_background.bin``, so that learning a bot need not encode the background's texts; a
text that has been changed since is encoded when it is needed. With ``--centre`` writes
``e5_centre.f4`` first, the mean of the Korean and English ones: the networks of confidence then
have to be taught again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from daehwa.nlu import e5, languages
from daehwa.nlu.background import background
from daehwa.nlu.encoder import plain

FILE = Path(e5.__file__).with_name("e5_centre.f4")


def write_centre() -> None:
    """The mean of what the encoder gives for Korean and English background texts."""
    encoder, _ = e5._encoder()  # noqa: SLF001  its vectors before they are centred
    texts = [*background("en_US"), *background("ko_KR")]
    raw = np.array([encoder.query(plain(text)) for text in texts])
    raw /= np.linalg.norm(raw, axis=1, keepdims=True)
    FILE.write_bytes(raw.mean(axis=0).astype("<f4").tobytes())
    print(f"{len(texts)} texts, mean of length {np.linalg.norm(raw.mean(axis=0)):.3f}")


def main() -> None:
    """Encode every language's background texts one by one, and write their vectors."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--centre", action="store_true")
    if options.parse_args().centre:
        write_centre()
        e5._loaded.clear()  # noqa: SLF001  the centre is read again
    folder = Path(languages.__file__).parent
    files = sorted(folder.glob("*/background.txt"))
    texts = [text for file in files for text in file.read_text("utf-8").splitlines()]
    by_key = {e5.key(text): text for text in texts}
    records = np.zeros(len(by_key), dtype=e5.RECORD)
    records["key"] = list(by_key)
    records["vector"] = [e5.encode((text,))[0] for text in by_key.values()]
    FILE.with_name(e5.SHIPPED).write_bytes(records.tobytes())
    print(f"{len(records)} texts of {len(files)} languages")


if __name__ == "__main__":
    main()
