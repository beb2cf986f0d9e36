"""The project's own exports have every part that the public ones have."""

import json
import zipfile

import pytest
from tests.material.sources import OWN, SHARED, WITHOUT_SHARED, exports

# Members whose value, not only whose presence, is a part of the format.
CHOICES = {
    "blockType",
    "messageSelectionStrategy",
    "obfuscationSettingType",
    "parentIntentSignature",
    "parentSlotTypeSignature",
    "resolutionStrategy",
    "resourceType",
    "slotConstraint",
    "type",
}
# Members whose own members are named by the bot.
NAMED = ("promptAttemptsSpecification", "sessionAttributes", "slotSpecifications", "slots")


def contents(path):
    """Each file of an export: its name and what it holds."""
    if path.is_dir():
        for file in path.rglob("*.json"):
            yield file.name, json.loads(file.read_text("utf-8-sig"))
    else:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name.rpartition("/")[2], json.loads(archive.read(name))


def members(value, path):
    """The path of each member that has a value; of what is a choice with the choice."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from members(inner, f"{path}.{'*' if path.endswith(NAMED) else name}")
    elif isinstance(value, list):
        for inner in value:
            yield from members(inner, f"{path}[]")
    elif value is not None:
        name = path.rpartition(".")[2]
        built_in = name == "slotTypeName" and value.startswith("AMAZON.")
        chosen = isinstance(value, bool) or name in CHOICES or built_in
        yield f"{path} = {value}" if chosen else path


def parts(folder):
    return {
        member
        for export in exports(folder)
        for name, content in contents(export)
        for member in members(content, name)
    }


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason=WITHOUT_SHARED.kwargs["reason"])
def test_no_part_is_in_public_bots_alone():
    assert parts(SHARED) - parts(OWN) == set()
