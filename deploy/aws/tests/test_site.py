"""The page's custom resource against an emulated S3, and what CloudFormation hears of it."""

import io
import json
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from daehwa.aws import site

FILES = {"index.html": "<title>A</title>", "app.js": "1", "icons/one.svg": "<svg/>"}


@pytest.fixture
def s3(empty_account, monkeypatch):
    for name, value in empty_account.environ.items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    client = empty_account.client("s3")
    for name in ("source", "page"):
        client.create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": empty_account.region}
        )
    yield client
    for name in ("source", "page"):
        for one in client.list_objects_v2(Bucket=name).get("Contents", ()):
            client.delete_object(Bucket=name, Key=one["Key"])
        client.delete_bucket(Bucket=name)


@pytest.fixture
def reports():
    """What is put at the address that CloudFormation gives."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self):
            heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    heard_at = f"http://127.0.0.1:{server.server_port}/"
    yield heard_at, heard
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(s3, reports):
    """Send an event; its report."""

    def run(kind, files=None, bucket="page"):
        if files is not None:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for name, text in files.items():
                    archive.writestr(name, text)
            s3.put_object(Bucket="source", Key="page.zip", Body=packed.getvalue())
        event = {
            "RequestType": kind,
            "ResponseURL": reports[0],
            "StackId": "stack",
            "RequestId": "request",
            "LogicalResourceId": "Page",
            "ResourceProperties": {
                "Bucket": bucket,
                "SourceBucket": "source",
                "SourceKey": "page.zip",
            },
        }
        site.lambda_handler(event, None)
        return reports[1][-1]

    return run


def held(s3):
    return {one["Key"] for one in s3.list_objects_v2(Bucket="page").get("Contents", ())}


def test_files_come_with_their_types_and_those_of_before_go(run, s3):
    assert run("Create", FILES)["Status"] == "SUCCESS"
    assert held(s3) == set(FILES)
    one = s3.get_object(Bucket="page", Key="icons/one.svg")
    assert (one["ContentType"], one["CacheControl"]) == ("image/svg+xml", "no-cache")
    assert run("Update", {"index.html": "<title>B</title>"})["PhysicalResourceId"] == "Page"
    assert held(s3) == {"index.html"}


def test_a_bucket_is_emptied_whoever_put_things_there(run, s3, monkeypatch):
    monkeypatch.setattr(site, "_BATCH", 2)
    run("Create", FILES)
    s3.put_object(Bucket="page", Key="안내/somebody's own.pdf", Body=b"x")
    assert run("Delete")["Status"] == "SUCCESS"
    assert held(s3) == set()


def test_a_bucket_that_is_gone_keeps_no_stack_from_going(run):
    assert run("Delete", bucket="gone")["Status"] == "SUCCESS"


def test_a_failure_is_reported_with_its_reason(run):
    report = run("Create", FILES, bucket="gone")
    assert (report["Status"], "NoSuchBucket" in report["Reason"]) == ("FAILED", True)
