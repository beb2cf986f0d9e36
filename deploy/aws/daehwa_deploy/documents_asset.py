"""The team's documents on AWS: one file in S3, which the functions load and search."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from aws_cdk import Stack
from aws_cdk import aws_s3_assets as assets
from constructs import Construct

from daehwa import documents
from daehwa_deploy.errors import SettingsError
from daehwa_deploy.functions import Function


class DocumentsAsset(Construct):
    """The library of a data folder (``daehwa index --data FOLDER``), as one file.

    Raises:
        SettingsError: there is none in the folder.
    """

    def __init__(self, scope: Construct, name: str, *, folder: str, workplace: Path) -> None:
        super().__init__(scope, name)
        file = workplace / "documents.sqlite3"
        try:
            documents.write_portable(Path(folder).expanduser(), file)
        except documents.DocumentError as error:
            raise SettingsError(f"documents {folder}: {error}") from None
        self._digest = sha256(file.read_bytes()).hexdigest()
        self._asset = assets.Asset(self, "File", path=str(file))

    def let_search(self, function: Function) -> None:
        """Have a function search it: the right to this one object, and where it is."""
        bucket, key = self._asset.s3_bucket_name, self._asset.s3_object_key
        function.add_variables(
            {"DOCUMENTS_FILE": f"s3://{bucket}/{key}", "DOCUMENTS_DIGEST": self._digest}
        )
        arn = Stack.of(self).format_arn(
            service="s3", region="", account="", resource=bucket, resource_name=key
        )
        function.allow(["s3:GetObject"], arn)
