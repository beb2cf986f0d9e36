"""Running a suite recorded elsewhere: a small one of our own, with a runner of its own, over HTTPS.

The AWS Emulator Evaluation Suite itself could not be had: what is played here is what its
announcement says of it (a manifest of JSON lines; a runner that runs one test against a local HTTPS
endpoint), with a runner that is given nothing but that.
"""

import json
import subprocess
import sys

import pytest

from conformance import recorded

RUNNER = f"""#!{sys.executable}
# Runs one test: no option of its own, the endpoint from the environment as the AWS SDKs take it.
import sys
import boto3
from botocore.exceptions import ClientError

test = sys.argv[-1]
if test == "lexv2-runtime/recognize-text":
    reply = boto3.client("lexv2-runtime").recognize_text(
        botId="HELLOWORLD",
        botAliasId="TSTALIASID",
        localeId="ko_KR",
        sessionId="recorded",
        text="안녕",
    )
    sys.exit(0 if reply["messages"] else 1)
if test == "lexv2-models/missing":
    try:
        boto3.client("lexv2-models").describe_bot(botId="NOSUCHBOT1")
    except ClientError as error:
        sys.exit(0 if error.response["Error"]["Code"] == "ResourceNotFoundException" else 1)
if test == "kendra/list-indices":
    boto3.client("kendra").list_indices()
    sys.exit(0)
print("expected 17 bots")
sys.exit(1)
"""
MANIFEST = [
    {"id": "lexv2-runtime/recognize-text", "services": ["lexv2-runtime"], "needs": []},
    {"id": "lexv2-models/missing", "service": "LexModelsV2"},
    {"id": "kendra/list-indices", "services": ["kendra"]},
    {"id": "lexv2-models/differs", "services": ["lex-models-v2"]},
    {"id": "s3/put-object", "services": ["s3"], "about": "complexity of flexible keys"},
    {"id": "iam/role", "services": ["iam"]},
]


@pytest.fixture
def suite(tmp_path):
    lines = [json.dumps(line) for line in MANIFEST]
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    runner = tmp_path / recorded.RUNNER
    runner.write_text(RUNNER, encoding="utf-8")
    runner.chmod(0o755)
    return tmp_path


def test_the_tests_on_lex_and_kendra_are_found_whatever_the_line_looks_like(suite):
    ids = [test.id for test in recorded.read_manifest(suite)]
    assert ids == [line["id"] for line in MANIFEST[:4]]


def test_the_suite_runs_against_a_server_of_its_own_and_says_what_differs(suite):
    report = suite / "report.jsonl"
    run = subprocess.run(
        [sys.executable, "-m", "conformance", "suite", str(suite), "--report", str(report)],
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert "3 of 4 tests on Lex and Kendra pass" in run.stdout, run.stdout
    assert "expected 17 bots" in run.stdout
    rows = map(json.loads, report.read_text(encoding="utf-8").splitlines())
    results = {row["test"]: row["result"] for row in rows}
    assert results.pop("lexv2-models/differs") == "differs"
    assert set(results.values()) == {"passed"}


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (None, "manifest.jsonl is not there"),
        ("{", "line 1: this is not JSON"),
        ('{"service": "lex"}', "names the test"),
        ('{"id": "iam/role"}', "no test"),
    ],
)
def test_what_cannot_be_run_is_said_in_a_line(tmp_path, capsys, manifest, words):
    if manifest is not None:
        (tmp_path / "manifest.jsonl").write_text(manifest, encoding="utf-8")
    assert recorded.main([str(tmp_path)]) == 2
    assert words in capsys.readouterr().err


def test_without_the_runner_it_says_what_to_do(suite, capsys, monkeypatch):
    (suite / recorded.RUNNER).unlink()
    monkeypatch.setenv("PATH", str(suite / "nothing"))
    assert recorded.main([str(suite)]) == 2
    assert "--runner" in capsys.readouterr().err


def test_uv_runs_a_runner_that_is_a_part_of_the_suite(suite, monkeypatch):
    (suite / recorded.RUNNER).unlink()
    (suite / "pyproject.toml").touch()
    uv = suite / "tools" / "uv"
    uv.parent.mkdir()
    uv.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(uv.parent))
    assert recorded.find_runner(suite) == [str(uv), "run", "--project", str(suite), recorded.RUNNER]


def test_other_services_are_led_elsewhere(tmp_path):
    led = recorded.environment("https://127.0.0.1:1", tmp_path, "https://127.0.0.1:9297")
    assert led["AWS_ENDPOINT_URL"] == "https://127.0.0.1:9297"
    assert led["AWS_ENDPOINT_URL_LEX_MODELS_V2"] == "https://127.0.0.1:1"
    assert recorded.environment("https://127.0.0.1:1", tmp_path)["AWS_ENDPOINT_URL"].endswith(":1")


def test_a_runner_with_other_options_is_a_setting(suite, capsys):
    command = f"{sys.executable} -c 'import sys; sys.exit(0)' {{directory}} {{test}}"
    assert recorded.main([str(suite), "kendra", "--runner", command]) == 0
    assert "1 of 1" in capsys.readouterr().out
