"""A small export to break in many ways."""

import json
import zipfile

import pytest

LOCALE = "Cafe/BotLocales/ko_KR"


def prompt(text):
    return {
        "messageGroupsList": [{"message": {"plainTextMessage": {"value": text}}}],
        "maxRetries": 2,
    }


@pytest.fixture
def files():
    """The contents of a sound export by path; tests change them before they are written."""
    return {
        "Manifest.json": {
            "metaData": {"schemaVersion": "1", "fileFormat": "LexJson", "resourceType": "BOT"}
        },
        "Cafe/Bot.json": {
            "name": "Cafe",
            "identifier": "CAFE123456",
            "version": "DRAFT",
            "dataPrivacy": {"childDirected": False},
            "idleSessionTTLInSeconds": 300,
        },
        f"{LOCALE}/BotLocale.json": {
            "name": "Korean (South Korea)",
            "identifier": "ko_KR",
            "nluConfidenceThreshold": 0.4,
        },
        f"{LOCALE}/SlotTypes/Drink/SlotType.json": {
            "name": "Drink",
            "identifier": "DRINK12345",
            "slotTypeValues": [
                {"sampleValue": {"value": "커피"}, "synonyms": [{"value": "아메리카노"}]},
                {"sampleValue": {"value": "차"}, "synonyms": None},
            ],
            "valueSelectionSetting": {"resolutionStrategy": "TOP_RESOLUTION"},
        },
        f"{LOCALE}/Intents/Order/Intent.json": {
            "name": "Order",
            "sampleUtterances": [{"utterance": "주문할게요"}, {"utterance": "{Drink} 주세요"}],
            "slotPriorities": [{"slotName": "Drink", "priority": 1}],
        },
        f"{LOCALE}/Intents/Order/Slots/Drink/Slot.json": {
            "name": "Drink",
            "identifier": "SLOT123456",
            "slotTypeName": "Drink",
            "valueElicitationSetting": {
                "slotConstraint": "Required",
                "promptSpecification": prompt("무엇을 드릴까요?"),
            },
        },
        f"{LOCALE}/Intents/FallbackIntent/Intent.json": {
            "name": "FallbackIntent",
            "identifier": "FALLBCKINT",
            "parentIntentSignature": "AMAZON.FallbackIntent",
        },
    }


@pytest.fixture
def write(tmp_path, files):
    """Writes the export as a folder; bytes as they are, all else as JSON."""

    def write(name="export"):
        for path, content in files.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(as_bytes(content))
        return tmp_path / name

    return write


@pytest.fixture
def pack(tmp_path, files):
    """Packs the export as a zip."""

    def pack(name="export.zip", *, add=()):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in [*files.items(), *add]:
                archive.writestr(path, as_bytes(content))
        return tmp_path / name

    return pack


def as_bytes(content):
    if isinstance(content, bytes):
        return content
    return json.dumps(content, ensure_ascii=False).encode()
