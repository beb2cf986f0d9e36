"""A workshop over a catalogue of its own, used as the server uses it."""

import itertools

import msgspec
import pytest

from daehwa import bot
from daehwa.conversation import Catalogue
from daehwa.workshop import Workshop, operations

ROLE = "arn:aws:iam::123456789012:role/lex"
PLACE = {"botVersion": "DRAFT", "localeId": "ko_KR"}


class Desk:
    """Carries out operations by the API's names, with members as on the wire; starts again."""

    def __init__(self, folder, paths=()):
        self.folder = folder
        self.paths = paths
        self.open()

    def open(self):
        ticks = itertools.count(1_700_000_000)
        self.catalogue = Catalogue(self.paths, None)
        self.workshop = Workshop(
            self.catalogue, self.folder / "bots", clock=lambda: float(next(ticks))
        )

    def __call__(self, operation, **members):
        named = operations()[operation]
        response = named.handler(self.workshop, msgspec.convert(members, named.model.request))
        return response.members() if response is not None else {}

    def make_bot(self, name="Tea"):
        return self(
            "CreateBot",
            botName=name,
            roleArn=ROLE,
            dataPrivacy={"childDirected": False},
            idleSessionTTLInSeconds=300,
        )["botId"]

    def make_locale(self, bot_id):
        self(
            "CreateBotLocale",
            botId=bot_id,
            botVersion="DRAFT",
            localeId="ko_KR",
            nluIntentConfidenceThreshold=0.4,
        )
        return {"botId": bot_id, **PLACE}

    def bring(self, path, name, strategy="FailOnConflict", **more):
        """Import the bot at a path; what DescribeImport says."""
        import_id = self("CreateUploadUrl")["importId"]
        bot.save(bot.load(path, unfinished=True), self.workshop.transfers.imports[import_id].file)
        specification = {
            "botName": name,
            "roleArn": ROLE,
            "dataPrivacy": {"childDirected": False},
            **more,
        }
        self(
            "StartImport",
            importId=import_id,
            resourceSpecification={"botImportSpecification": specification},
            mergeStrategy=strategy,
        )
        return self("DescribeImport", importId=import_id)

    def draft(self, bot_id):
        return self.workshop.find_bot(bot_id).draft


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture
def desk_with_files(tmp_path):
    return Desk(tmp_path, list(bot.bundled().values()))
