"""Puts the chat page into its bucket: a custom resource, ``daehwa.aws.site.lambda_handler``.

On create and update the files of the page's archive are written with their types, and what is
no longer part of it is removed; on delete the bucket is emptied, so that it can be deleted too.
A deployment waits for it, so whatever happens, CloudFormation hears of the end.
"""

from __future__ import annotations

import contextlib
import io
import json
import urllib.request
import zipfile
from typing import Any

from daehwa import chat

# Checked every time, answered by the entity tag: a new version is there at once.
_CACHE = "no-cache"
_BATCH = 1000


def lambda_handler(event: dict[str, Any], context: Any) -> None:
    """Do what CloudFormation asks, and report the outcome."""
    try:
        _act(event)
    except Exception as error:  # noqa: BLE001 - a deployment without a report hangs for an hour
        _report(event, context, f"{type(error).__name__}: {error}")
    else:
        _report(event, context, None)


def _act(event: dict[str, Any]) -> None:
    # Imported here: whoever reads the module for its types need not have it.
    import boto3  # noqa: PLC0415

    given = event["ResourceProperties"]
    s3 = boto3.client("s3")
    if event["RequestType"] == "Delete":
        # A bucket that somebody has deleted by hand shall not keep the stack from going.
        with contextlib.suppress(s3.exceptions.NoSuchBucket):
            _remove_others(s3, given["Bucket"], set())
        return
    packed = s3.get_object(Bucket=given["SourceBucket"], Key=given["SourceKey"])
    with zipfile.ZipFile(io.BytesIO(packed["Body"].read())) as archive:
        wanted = {
            entry.filename: archive.read(entry)
            for entry in archive.infolist()
            if not entry.is_dir()
        }
    for name, content in wanted.items():
        s3.put_object(
            Bucket=given["Bucket"],
            Key=name,
            Body=content,
            ContentType=chat.media_type(name),
            CacheControl=_CACHE,
        )
    _remove_others(s3, given["Bucket"], set(wanted))


def _remove_others(s3: Any, bucket: str, kept: set[str]) -> None:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    stale = [
        {"Key": one["Key"]}
        for page in pages
        for one in page.get("Contents", ())
        if one["Key"] not in kept
    ]
    for first in range(0, len(stale), _BATCH):
        batch = stale[first : first + _BATCH]
        answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True})
        if answer.get("Errors"):
            raise RuntimeError(f"{len(answer['Errors'])} objects could not be deleted")


def _report(event: dict[str, Any], context: Any, reason: str | None) -> None:
    log = getattr(context, "log_stream_name", "")
    report = {
        "Status": "SUCCESS" if reason is None else "FAILED",
        "Reason": f"{reason or 'done'} (log stream {log})",
        # One id for good: another one would have CloudFormation delete the old page.
        "PhysicalResourceId": event.get("PhysicalResourceId") or event["LogicalResourceId"],
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
    }
    body = json.dumps(report).encode()
    request = urllib.request.Request(  # noqa: S310 - the address is CloudFormation's own
        event["ResponseURL"], data=body, method="PUT", headers={"content-type": ""}
    )
    with urllib.request.urlopen(request, timeout=20):  # noqa: S310 - as above
        pass
