"""A workshop over a catalogue of its own, used as the server uses it."""

import itertools

import msgspec
import pytest

from daehwa import bot
from daehwa.conversation import Catalogue
from daehwa.stores import FolderObjects
from daehwa.workshop import TRANSFERS_PATH, Workshop, operations

ROLE = "arn:aws:iam::123456789012:role/lex"
PLACE = {"botVersion": "DRAFT", "localeId": "ko_KR"}


class Desk:
    """Carries out operations by the API's names, with members as on the wire; starts again."""

    def __init__(self, objects, paths=(), models=None):
        self.objects = objects
        self.models = models
        self.paths = paths
        self.open()

    def open(self):
        ticks = itertools.count(1_700_000_000)
        self.catalogue = Catalogue(self.paths, self.models)
        if self.objects.shared:
            self.catalogue.models.share(self.objects)
        self.workshop = Workshop(self.catalogue, self.objects, clock=lambda: float(next(ticks)))

    def __call__(self, operation, **members):
        named = operations()[operation]
        request = msgspec.convert(members, named.model.request)
        response = self.workshop.carry_out(named.handler, request)
        return response.members() if response is not None else {}

    def make_bot(self, name="Tea", **more):
        return self(
            "CreateBot",
            botName=name,
            roleArn=ROLE,
            dataPrivacy={"childDirected": False},
            idleSessionTTLInSeconds=300,
            **more,
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
        import_id = self.upload(bot.pack(bot.load(path, unfinished=True)))
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

    def upload(self, content):
        """Upload a file; the id of its import."""
        address = self("CreateUploadUrl")
        secret = address["uploadUrl"].removeprefix(TRANSFERS_PATH)
        with self.workshop.transfers.open_upload(secret) as upload:
            upload.write(content)
            upload.finish()
        return address["importId"]

    def draft(self, bot_id):
        return self.workshop.find_bot(bot_id).draft


@pytest.fixture
def desk(tmp_path):
    return Desk(FolderObjects(tmp_path))


@pytest.fixture
def desk_with_files(tmp_path):
    return Desk(FolderObjects(tmp_path), list(bot.bundled().values()))
