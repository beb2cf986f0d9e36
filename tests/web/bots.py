"""The bots that the page talks with in its tests: Lex exports, written where the server reads.

Pado Books hears its own texts and calls its code hook for each; whatever else is said falls to
its FallbackIntent, which calls none, and so to the language model. What hook and model say is
the tests' script; see `tests.web.edges`.
"""

import msgspec
from tests.dialog.build import fulfil, initial, intent, say, slot

from daehwa import bot

PADO, HELLO = "PADOBOOKS1", "HELLOWORLD"

# What Pado Books hears itself. All else goes to the model.
GREETING = (
    "책 추천해 줘",
    *("안녕", "안녕하세요", "다시 안녕", "Hello there", "카드", "책", "주문", "주소", "끝", "단추"),
    *("모험", "잔잔", "잔잔한 이야기", "다음", "네", "고장", "card", "Hello"),
    *map(str, range(20)),
)
RESERVE = ("책 예약할래요", "예약")
HOURS = ("영업시간 알려줘",)
ENGLISH = ("Recommend a book", "Reserve a book", "When are you open?")
HEARD = {*GREETING, *RESERVE, *HOURS, *ENGLISH}


def _hooked(name, samples, *slots):
    """An intent that calls its code hook for each input, as Lex's classic flow does."""
    made = intent(name, *slots, old_flow=True, hook=True, fulfil=fulfil("네.", hook=True))
    return msgspec.structs.replace(
        made, sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in samples)
    )


def _locale(identifier, *intents, description):
    # A FallbackIntent that calls no code hook and says nothing leaves the word to the model.
    fallback = intent("FallbackIntent", signature="AMAZON.FallbackIntent", initial=initial())
    return bot.BotLocale(
        identifier=identifier,
        name=identifier,
        description=description,
        nlu_confidence_threshold=0.8,
        intents={made.name: made for made in (*intents, fallback)},
        slot_types={},
    )


def _pado():
    slots = [slot(name, "AMAZON.FreeFormInput", optional=True) for name in ("City", "Days", "Date")]
    korean = _locale(
        "ko_KR",
        _hooked("Greeting", GREETING, slot("Mood", "AMAZON.FreeFormInput", optional=True)),
        _hooked("Reserve", RESERVE, *slots),
        _hooked("Hours", HOURS),
        description="바다가 보이는 작은 서점",
    )
    english = _locale(
        "en_US",
        _hooked("Greeting", ("Recommend a book", "Hello", "card", "lost")),
        _hooked("Reserve", ("Reserve a book",)),
        _hooked("Hours", ("When are you open?",)),
        description="A small bookshop by the sea",
    )
    return bot.Bot(name="PadoBooks", identifier=PADO, locales={"ko_KR": korean, "en_US": english})


def _hello(name="HelloWorldBot", identifier=HELLO):
    greeting = msgspec.structs.replace(
        intent("HelloWorld", fulfil=fulfil()),
        description="인사하고 이름을 묻습니다.",
        sample_utterances=(bot.SampleUtterance(utterance="안녕"),),
        intent_closing_setting=bot.IntentClosingSetting(closing_response=say("반가워요.")),
    )
    spoken = _locale("ko_KR", greeting, description="인사를 나누고 이름을 묻는 봇")
    return bot.Bot(name=name, identifier=identifier, locales={"ko_KR": spoken})


def write_bots(folder):
    """Write Pado Books and HelloWorldBot; gives their paths."""
    return [_write(made, folder) for made in (_pado(), _hello())]


def write_hello_bots(folder, count):
    """Write that many bots that only greet; gives their paths."""
    names = ["HelloWorldBot", *(f"Bot{n}" for n in range(1, count))]
    return [_write(_hello(name, f"GREETBOT{n:02d}"), folder) for n, name in enumerate(names)]


def _write(made, folder):
    path = folder / made.name
    bot.save(made, path)
    return path
