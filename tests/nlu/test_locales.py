"""Every locale of Lex: a bot in it is learned, knows its samples, their like, and strangers."""

import datetime as dt

import pytest

from daehwa import bot, nlu

NOW = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)

# A request's samples, another intent's, the first in other words, and what is nobody's business.
SAID = {
    "de_DE": (
        (
            "Ich möchte ein Zimmer buchen",
            "Ein Hotelzimmer reservieren",
            "Haben Sie ein Zimmer frei",
        ),
        ("Wo ist mein Paket", "Wann kommt meine Bestellung an", "Paket verfolgen"),
        "Ich würde gern ein Hotelzimmer buchen",
        "Wie hoch ist der Eiffelturm",
    ),
    "es_ES": (
        ("Quiero reservar una habitación", "Reservar un hotel", "¿Tienen habitaciones libres?"),
        ("¿Dónde está mi paquete?", "¿Cuándo llega mi pedido?", "Seguir mi envío"),
        "Me gustaría reservar una habitación de hotel",
        "¿Quién escribió el Quijote?",
    ),
    "fr_FR": (
        ("Je veux réserver une chambre", "Réserver un hôtel", "Avez-vous une chambre libre"),
        ("Où est mon colis", "Quand arrive ma commande", "Suivre mon colis"),
        "Je voudrais réserver une chambre d'hôtel",
        "Quelle est la hauteur de la tour Eiffel",
    ),
    "ja_JP": (
        ("部屋を予約したい", "ホテルの予約をお願いします", "空いている部屋はありますか"),
        ("荷物はどこですか", "注文はいつ届きますか", "荷物を追跡したい"),
        "ホテルの部屋を予約したいです",
        "ピザの作り方を教えて",
    ),
    "zh_CN": (
        ("我想订一个房间", "预订酒店", "还有空房吗"),
        ("我的包裹在哪里", "我的订单什么时候到", "查询快递"),
        "我想预订一个酒店房间",
        "长城有多长",
    ),
}


def learned(locale, *intents):
    return nlu.learn(
        bot.BotLocale(
            identifier=locale,
            intents={
                name: bot.Intent(
                    name=name,
                    sample_utterances=tuple(bot.SampleUtterance(utterance=text) for text in texts),
                )
                for name, texts in zip(("Book", "Track"), intents, strict=True)
            },
        )
    )


def best(model, text):
    candidates = model.interpret(text, now=NOW).candidates
    return (candidates[0].intent, candidates[0].score) if candidates else ("", 0.0)


@pytest.mark.parametrize("locale", SAID)
def test_a_bot_in_another_language_knows_its_business_and_what_is_not(locale):
    book, track, paraphrase, strange = SAID[locale]
    model = learned(locale, book, track)
    assert best(model, book[0]) == ("Book", 1.0)
    intent, score = best(model, paraphrase)
    assert intent == "Book"
    assert score >= 0.4
    assert best(model, strange)[1] < 0.4


FINNISH = (
    ("Haluan varata huoneen", "Varaa hotelli", "Onko teillä vapaita huoneita"),
    ("Missä pakettini on", "Milloin tilaukseni saapuu", "Seuraa lähetystä"),
)


def test_a_language_that_the_encoder_never_met_is_known_by_its_letters():
    model = learned("fi_FI", *FINNISH)
    assert best(model, "Varaa hotelli") == ("Book", 1.0)
    assert best(model, "Haluaisin varata huoneen")[0] == "Book"
    assert best(model, "Missä minun pakettini on")[0] == "Track"
