"""What differs between two bots is named, and nothing else is."""

import msgspec

from daehwa import bot


def changed(definition, locale_id="ko_KR", **members):
    locale = msgspec.structs.replace(definition.locales[locale_id], **members)
    return msgspec.structs.replace(definition, locales=definition.locales | {locale_id: locale})


def with_intent(definition, name, **members):
    intents = definition.locales["ko_KR"].intents
    intent = msgspec.structs.replace(intents[name], **members)
    return changed(definition, intents=intents | {name: intent})


def shop():
    return bot.load(bot.bundled()["PadoBooksBot"])


def shown(before, after):
    return [str(one) for one in bot.differences(before, after)]


def test_a_bot_is_as_it_is():
    assert shown(shop(), shop()) == []


def test_written_and_read_again_it_is_the_same(tmp_path):
    bot.save(shop(), tmp_path / "bot.zip")
    assert shown(shop(), bot.load(tmp_path / "bot.zip")) == []


def test_what_lex_gives_anew_does_not_count():
    again = msgspec.structs.replace(shop(), identifier="OTHER12345", version="7")
    assert shown(shop(), with_intent(again, "OrderBook", identifier="INTENT1234")) == []


def test_a_setting():
    assert shown(shop(), changed(shop(), nlu_confidence_threshold=0.7)) == [
        "~ ko_KR / nluConfidenceThreshold: 0.4 -> 0.7"
    ]


def test_an_utterance_more_and_one_less():
    utterances = shop().locales["ko_KR"].intents["OrderBook"].sample_utterances
    after = with_intent(
        shop(),
        "OrderBook",
        sample_utterances=(*utterances[1:], bot.SampleUtterance(utterance="책 줘")),
    )
    assert shown(shop(), after) == [
        f"- ko_KR / intent OrderBook / sampleUtterances: {utterances[0].utterance}",
        "+ ko_KR / intent OrderBook / sampleUtterances: 책 줘",
    ]


def test_the_order_of_utterances():
    utterances = shop().locales["ko_KR"].intents["OrderBook"].sample_utterances
    after = with_intent(shop(), "OrderBook", sample_utterances=tuple(reversed(utterances)))
    (one,) = bot.differences(shop(), after)
    assert (one.kind, one.place) == (
        "changed",
        "ko_KR / intent OrderBook / sampleUtterances (order)",
    )


def test_an_intent_a_slot_a_locale():
    before = shop()
    intents = dict(before.locales["ko_KR"].intents)
    slots = dict(intents["OrderBook"].slots)
    slots.pop("Copies")
    del intents["Thanks"]
    intents["OrderBook"] = msgspec.structs.replace(intents["OrderBook"], slots=slots)
    after = changed(before, intents=intents)
    after = msgspec.structs.replace(after, locales={"ko_KR": after.locales["ko_KR"]})
    assert sorted(shown(before, after)) == [
        "- en_US",
        "- ko_KR / intent OrderBook / slot Copies",
        "- ko_KR / intent Thanks",
    ]
    assert sorted(shown(after, before)) == [
        "+ en_US",
        "+ ko_KR / intent OrderBook / slot Copies",
        "+ ko_KR / intent Thanks",
    ]
