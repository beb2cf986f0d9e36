"""The Dockerfile, compose.yaml and nginx.conf, as far as they can be checked without an engine.

The image's steps themselves run in ``make bare-test``.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from compose_spec import PyCompose
from tests.test_requirements import asked as wanted
from tests.test_requirements import normal

from bare.image import BareError, read

ROOT = Path(__file__).parents[2]
CONTAINER = ROOT / "deploy" / "container"
DOCKERFILE = (CONTAINER / "Dockerfile").read_text("utf-8")
DEFAULT = re.compile(r"\$\{\w+:-([^}]*)\}")


@pytest.fixture(scope="module")
def compose():
    """The file as it is where no variable is set."""
    text = (CONTAINER / "compose.yaml").read_text("utf-8")
    return yaml.safe_load(DEFAULT.sub(r"\1", text))


def test_hadolint_finds_nothing():
    hadolint = Path(sys.executable).with_name("hadolint")
    run = subprocess.run([hadolint, CONTAINER / "Dockerfile"], capture_output=True, check=False)
    assert run.returncode == 0, run.stdout.decode()


def test_the_image_runs_without_rights_and_says_how_it_is():
    instructions = read(DOCKERFILE)
    last = max(n for n, each in enumerate(instructions) if each.name == "FROM")
    final = {each.name: each.rest for each in instructions[last:]}
    assert final["USER"] == "10001:10001"
    assert json.loads(final["CMD"])[:4] == ["python", "-m", "daehwa", "serve"]
    assert "/healthz" in final["HEALTHCHECK"]
    # What installs and builds stays in the stage before.
    assert not re.search(r"pip|venv|gcc|build-essential", final["RUN"])


def test_what_is_installed_is_checked_by_its_hash():
    assert "--require-hashes" in DOCKERFILE
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = pyproject["optional-dependencies"]
    runs_on = [*pyproject["dependencies"], *extras["redis"], *extras["postgres"], *extras["otel"]]
    assert wanted("deploy/container/requirements.in") == {normal(one) for one in runs_on}


def test_an_instruction_that_the_reader_does_not_know_is_an_error():
    with pytest.raises(BareError, match="line 2: ADD"):
        read("FROM x\nADD y z\n")


def test_compose_is_as_the_specification_has_it(compose):
    assert len(PyCompose.from_json(json.dumps(compose))) == 6


@pytest.mark.parametrize(
    "slip",
    [{"read_olny": True}, {"cpus": "half"}, {"deploy": {"resources": {"limits": {"cpu": "1"}}}}],
)
def test_a_slip_in_compose_would_be_noticed(compose, slip):
    nginx = compose["services"]["nginx"] | slip
    with pytest.raises(ValueError, match=r"cpu|read_olny|float"):
        PyCompose.from_json(json.dumps(compose | {"services": {"nginx": nginx}}))


def test_every_service_has_limits_a_health_check_and_comes_back(compose):
    for name, service in compose["services"].items():
        assert service["restart"] == "unless-stopped", name
        assert service["deploy"]["resources"]["limits"].keys() >= {"cpus", "memory"}, name
        # A worker's is the image's own.
        assert "healthcheck" in service or "build" in service, name
        assert "no-new-privileges:true" in service["security_opt"], name


def test_three_workers_are_locked_down_and_end_in_their_own_time(compose):
    workers = [s for n, s in compose["services"].items() if n.startswith("worker-")]
    assert len(workers) == 3
    for worker in workers:
        assert worker["read_only"]
        assert worker["cap_drop"] == ["ALL"]
        drain = int(worker["environment"]["DAEHWA_DRAIN_SECONDS"])
        assert int(worker["stop_grace_period"].removesuffix("s")) >= drain + 10


def test_secrets_are_files_and_no_variable_holds_one(compose):
    defined = set(compose["secrets"])
    for name, service in compose["services"].items():
        assert set(service.get("secrets", ())) <= defined, name
        for variable, value in service.get("environment", {}).items():
            if variable.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in service["secrets"], variable
            else:
                assert not re.search("KEY|TOKEN|PASSWORD|STORE_URL", variable), variable
    ignored = subprocess.run(
        ["git", "check-ignore", "-q", "deploy/container/secrets/token"], cwd=ROOT, check=False
    )
    assert ignored.returncode == 0
