"""What `daehwa learn` waits for: a locale learned again, and a thousand texts heard by two bots.

    python bench/replay.py [--texts 1000] [--locale ko_KR]

The texts are distinct, and hardly any of them is the bot's business: the slowest there are, since
both encoders read what the first leaves in doubt. Seconds of this process's processor, and of the
clock.
"""

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path

from daehwa import bot, care
from daehwa.conversation import Opening

EVERYDAY = Path(__file__).parent / "nlu" / "everyday"
LEARNED = {
    "ko_KR": ("고양이 데려가도 되나요", "OpeningHours"),
    "en_US": ("can I bring my cat", "OpeningHours"),
}


def everyday(locale: str, most: int) -> list[str]:
    """Distinct sentences in the language of a locale, in no order."""
    language = locale.partition("_")[0]
    texts = [
        line.strip()
        for name in (language, f"short_{language}", f"fragments_{language}", f"bots_{language}")
        for line in (EVERYDAY / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if line.strip() and line[0] not in "#["
    ]
    chosen = list(dict.fromkeys(texts))
    random.Random(1).shuffle(chosen)
    return chosen[:most]


async def measure(locale: str, most: int) -> None:
    """Print what learning a sample and the replay take."""
    path = bot.bundled()["PadoBooksBot"]
    text, intent = LEARNED[locale]
    texts = care.plain_texts((each, locale) for each in everyday(locale, most))
    with tempfile.TemporaryDirectory() as data:
        opening = Opening(data=data)
        served = care.open_learned(opening, [path]).bots[0]
        await served.locales[locale].model()
        amendment = care.sample(served.definition, text, intent=intent, locale=locale)
        begun, cpu = time.perf_counter(), time.process_time()
        await care.propose(opening, path, [amendment])
        print(f"learning: {time.process_time() - cpu:.1f} s, {time.perf_counter() - begun:.1f} s")
        changed = Path(data, "changed.zip")
        bot.save(bot.amended(served.definition, [amendment]), changed)
        after = care.open_learned(opening, [changed]).bots[0]
        begun, cpu = time.perf_counter(), time.process_time()
        replayed = await care.replay(texts, served.locales, after.locales)
        print(
            f"replay of {replayed.texts} texts: {time.process_time() - cpu:.1f} s, "
            f"{time.perf_counter() - begun:.1f} s; {len(replayed.understood)} now understood, "
            f"{len(replayed.changed)} changed, {len(replayed.lost)} now missed"
        )


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--locale", choices=sorted(LEARNED), default="ko_KR")
    given = parser.parse_args()
    asyncio.run(measure(given.locale, given.texts))


if __name__ == "__main__":
    main()
