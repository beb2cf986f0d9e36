"""Work out the mean of the background's vectors by the second encoder: ``e5_centre.f4``.

python bench/nlu/centre.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from daehwa.nlu import e5
from daehwa.nlu.background import background
from daehwa.nlu.encoder import plain

FILE = Path(e5.__file__).with_name("e5_centre.f4")


def main() -> None:
    """Encode every background text as it is, and write the mean."""
    FILE.write_bytes(np.zeros(e5.WIDTH, dtype="<f4").tobytes())
    encoder, _ = e5._encoder()  # noqa: SLF001  its vectors before they are centred
    texts = [*background("en_US"), *background("ko_KR")]
    raw = np.array([encoder.query(plain(text)) for text in texts])
    raw /= np.linalg.norm(raw, axis=1, keepdims=True)
    FILE.write_bytes(raw.mean(axis=0).astype("<f4").tobytes())
    print(f"{len(texts)} texts, mean of length {np.linalg.norm(raw.mean(axis=0)):.3f}")


if __name__ == "__main__":
    main()
