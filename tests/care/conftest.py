"""The small export that checks break, the salon that tests talk to, a café that is taught."""

import datetime as dt
import json

import pytest
from tests.bot.conftest import LOCALE, files, prompt, write
from tests.care.talks import Desk, salon

from daehwa import bot, stores
from daehwa.conversation import Opening

__all__ = ["files", "write"]

NOW = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
ENGLISH = LOCALE.replace("ko_KR", "en_US")


def reply(
    action=None,
    *,
    intent="Order",
    slots=None,
    source="intent",
    state="InProgress",
    slot=None,
    scores=(),
    **more,
):
    """A kept reply, as the server keeps it; ``scores`` are the intents with their confidence."""
    return json.dumps(
        {
            "msg": "…",
            "source": source,
            "intent": {"name": intent, "state": state},
            "slots": slots,
            "dialogAction": action and {"type": action, "slotToElicit": slot},
            "interpretations": [
                {"intent": {"name": name}, "nluConfidence": {"score": score}}
                for name, score in scores
            ],
            **more,
        }
    ).encode()


@pytest.fixture(scope="session")
def salon_files(tmp_path_factory):
    """The salon's export, and a folder that keeps what was learned of it."""
    folder = tmp_path_factory.mktemp("salon")
    bot.save(salon(), folder / "Salon.zip")
    return folder


@pytest.fixture
def desk(salon_files, tmp_path, monkeypatch, quiet_log):
    """A folder to write tests in and run them; the command sets up a log, which is taken back."""
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, salon_files / "Salon.zip", salon_files / "data")


@pytest.fixture(scope="session")
def learned(tmp_path_factory):
    """The models that the tests of this folder learn: each is learned once."""
    return tmp_path_factory.mktemp("learned")


@pytest.fixture
async def store(opening):
    url = f"sqlite:{opening.data}/daehwa.sqlite3"
    async with stores.open_store(url) as store:
        yield store


@pytest.fixture
def opening(tmp_path, learned):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "learned").symlink_to(learned)
    return Opening(data=str(tmp_path / "data"))


@pytest.fixture
def talk(store):
    """Stores a talk of ``(text, reply, missed)``; its key."""

    async def talk(*turns, bot="CAFE123456", session="s", locale="ko_KR"):
        key = stores.SessionKey(bot, "TSTALIASID", locale, session, "page")
        version = None
        for number, (text, answer, missed) in enumerate(turns):
            version = await store.save(
                key,
                b"{}",
                expected_version=version,
                expires_at=NOW + dt.timedelta(hours=1),
                turn=stores.TurnRecord(
                    message_id=f"m{number}",
                    text=text,
                    at=NOW + dt.timedelta(minutes=number),
                    reply=answer,
                    missed=missed,
                ),
            )
        return key

    return talk


@pytest.fixture
def cafe(files, write):
    """A café in Korean and English: order a drink, ask for the price, say a phone number."""
    for home, samples, values in (
        (
            LOCALE,
            {
                "Order": ["주문할게요", "{Drink} 주세요"],
                "AskPrice": ["얼마예요", "가격이 어떻게 돼요", "커피 값 알려 주세요"],
                "Join": ["회원 가입할래요"],
            },
            [("커피", ["아메리카노"]), ("차", [])],
        ),
        (
            ENGLISH,
            {
                "Order": ["I want to order", "{Drink} please"],
                "AskPrice": ["how much is it", "what does a coffee cost"],
                "Join": ["sign me up"],
            },
            [("coffee", ["americano"]), ("tea", [])],
        ),
    ):
        locale = home.rpartition("/")[2]
        files[f"{home}/BotLocale.json"] = {"identifier": locale, "nluConfidenceThreshold": 0.4}
        for name, utterances in samples.items():
            files[f"{home}/Intents/{name}/Intent.json"] = {
                "name": name,
                "sampleUtterances": [{"utterance": text} for text in utterances],
            }
        files[f"{home}/Intents/FallbackIntent/Intent.json"] = files[
            f"{LOCALE}/Intents/FallbackIntent/Intent.json"
        ]
        files[f"{home}/SlotTypes/Drink/SlotType.json"] = {
            "name": "Drink",
            "slotTypeValues": [
                {
                    "sampleValue": {"value": value},
                    "synonyms": [{"value": word} for word in synonyms],
                }
                for value, synonyms in values
            ],
            "valueSelectionSetting": {"resolutionStrategy": "TOP_RESOLUTION"},
        }
        for intent, slot, kind in (
            ("Order", "Drink", "Drink"),
            ("Join", "Phone", "AMAZON.PhoneNumber"),
        ):
            files[f"{home}/Intents/{intent}/Slots/{slot}/Slot.json"] = {
                "name": slot,
                "slotTypeName": kind,
                "obfuscationSetting": {
                    "obfuscationSettingType": "DefaultObfuscation" if slot == "Phone" else "None"
                },
                "valueElicitationSetting": {
                    "slotConstraint": "Required",
                    "promptSpecification": prompt("?"),
                },
            }
    return write("cafe")
