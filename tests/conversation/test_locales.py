"""Every locale of Lex holds a conversation: one bot is asked for a table in each language's words.

It is driven through the runtime, with its store and its sessions, as callers of Lex's API meet it.
"""

import msgspec
import pytest
from tests.dialog.build import ask, closing, confirm, intent, locale, slot

from daehwa import bot
from daehwa.conversation import Address, Utterance

# A sample, a day, an hour, twenty-one, yes and no.
SAID = {
    "ca_ES": (
        "vull reservar una taula",
        "demà",
        "a les tres de la tarda",
        "vint-i-un",
        "sí",
        "no, gràcies",
    ),
    "da_DK": (
        "jeg vil gerne bestille et bord",
        "i morgen",
        "klokken 15",
        "enogtyve",
        "ja",
        "nej tak",
    ),
    "de_AT": (
        "ich möchte einen Tisch reservieren",
        "morgen",
        "um 15 Uhr",
        "einundzwanzig",
        "ja",
        "nein danke",
    ),
    "de_DE": (
        "ich möchte einen Tisch reservieren",
        "morgen",
        "um 15 Uhr",
        "einundzwanzig",
        "ja",
        "nein danke",
    ),
    "es_419": (
        "quiero reservar una mesa",
        "mañana",
        "a las tres de la tarde",
        "veintiuno",
        "sí",
        "no, gracias",
    ),
    "es_ES": (
        "quiero reservar una mesa",
        "mañana",
        "a las tres de la tarde",
        "veintiuno",
        "sí",
        "no, gracias",
    ),
    "es_US": (
        "quiero reservar una mesa",
        "mañana",
        "a las tres de la tarde",
        "veintiuno",
        "sí",
        "no, gracias",
    ),
    "fi_FI": (
        "haluan varata pöydän",
        "huomenna",
        "kello 15",
        "kaksikymmentäyksi",
        "kyllä",
        "ei kiitos",
    ),
    "fr_CA": (
        "je voudrais réserver une table",
        "demain",
        "à quinze heures",
        "vingt et un",
        "oui",
        "non merci",
    ),
    "fr_FR": (
        "je voudrais réserver une table",
        "demain",
        "trois heures de l'après-midi",
        "vingt et un",
        "oui",
        "non merci",
    ),
    "hi_IN": ("मुझे एक मेज़ बुक करनी है", "शुक्रवार", "शाम पाँच बजे", "इक्कीस", "हाँ", "नहीं"),
    "it_IT": (
        "vorrei prenotare un tavolo",
        "domani",
        "alle tre del pomeriggio",
        "ventuno",
        "sì",
        "no grazie",
    ),
    "ja_JP": ("テーブルを予約したい", "明日", "午後3時", "二十一", "はい", "いいえ"),
    "nl_NL": (
        "ik wil een tafel reserveren",
        "morgen",
        "om drie uur 's middags",
        "eenentwintig",
        "ja",
        "nee, dank je",
    ),
    "no_NO": ("jeg vil bestille et bord", "i morgen", "klokka 15", "tjueen", "ja", "nei takk"),
    "pl_PL": (
        "chcę zarezerwować stolik",
        "jutro",
        "o piętnastej",
        "dwadzieścia jeden",
        "tak",
        "nie, dziękuję",
    ),
    "pt_BR": (
        "quero reservar uma mesa",
        "amanhã",
        "às três da tarde",
        "vinte e um",
        "sim",
        "não, obrigado",
    ),
    "pt_PT": (
        "queria reservar uma mesa",
        "amanhã",
        "às três da tarde",
        "vinte e um",
        "sim",
        "não, obrigado",
    ),
    "sv_SE": ("jag vill boka ett bord", "i morgon", "klockan 15", "tjugoett", "ja", "nej tack"),
    "zh_CN": ("我想订一张桌子", "明天", "下午三点", "二十一", "是的", "不是"),
    "zh_HK": ("我想訂一張枱", "聽日", "下晝三點", "二十一", "係", "唔係"),
}


def booking(identifier, sample):
    book = intent(
        "Book",
        slot("Day", "AMAZON.Date", prompt=ask("Day?")),
        slot("Hour", "AMAZON.Time", prompt=ask("Hour?")),
        slot("People", "AMAZON.Number", prompt=ask("People?")),
        confirm=confirm("Sure?", no="Not booked."),
        closing=closing("Booked."),
    )
    samples = (bot.SampleUtterance(utterance=sample),)
    book = msgspec.structs.replace(book, sample_utterances=samples)
    return msgspec.structs.replace(locale(book), identifier=identifier)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """The bot in every locale but those of English and Korean, as a served export."""
    path = tmp_path_factory.mktemp("table") / "Table"
    locales = {name: booking(name, words[0]) for name, words in SAID.items()}
    bot.save(bot.Bot(name="Table", identifier="TABLE00001", locales=locales), path)
    return path


def test_every_locale_of_lex_is_met():
    own_tests = {name for name in bot.LOCALE_NAMES if name.startswith(("en_", "ko_"))}
    assert set(SAID) == set(bot.LOCALE_NAMES) - own_tests


async def say(runtime, locale_id, session, text):
    address = Address("TABLE00001", "TSTALIASID", locale_id, f"{locale_id}-{session}")
    return await runtime.lex.recognize(address, Utterance(text=text, request_id="1"))


async def book(runtime, locale_id, session):
    """Say everything but the last word; the slots that are confirmed."""
    sample, *values = SAID[locale_id][:4]
    await say(runtime, locale_id, session, sample)
    misunderstood = await say(runtime, locale_id, session, "#?")
    assert misunderstood.messages[0].content == "Day?", (locale_id, "elicited again")
    for text in values:
        reply = await say(runtime, locale_id, session, text)
    assert reply.messages[0].content == "Sure?", (locale_id, reply)
    slots = reply.session_state.intent.slots
    return {name: slot.value.interpreted_value for name, slot in slots.items()}


async def test_a_table_is_booked_in_every_locale(running, table):
    async with running(bots=[table]) as runtime:
        for locale_id, (*_, yes, no) in SAID.items():
            slots = await book(runtime, locale_id, "yes")
            hindi = locale_id == "hi_IN"
            assert slots == {
                "Day": "2026-03-06" if hindi else "2026-03-03",
                "Hour": "17:00" if hindi else "15:00",
                "People": "21",
            }, locale_id
            reply = await say(runtime, locale_id, "yes", yes)
            assert [m.content for m in reply.messages] == ["Booked."], locale_id
            await book(runtime, locale_id, "no")
            reply = await say(runtime, locale_id, "no", no)
            assert [m.content for m in reply.messages] == ["Not booked."], locale_id
