"""What every test may ask for, and how a part that is not on this machine is told.

A test that needs a part (a server, a browser) asks for its fixture. Where the part is missing
the test is skipped, the end of the run lists each missing part with its cure, and under
``CI=true`` the test fails instead: a part that CI lacks is a fault of the set-up. Bots, cases
and data are in ``tests/material``; those of ``../shared`` only add parameters.
"""

import itertools
import logging
import os
import shutil
import signal
import time
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
import redis
import structlog
from tests.data_servers import serving_postgres, serving_redis, unused_port
from tests.material.sources import Cases, every_case_file
from tests.small_disk import small_disk

from daehwa.answers import (
    MODELS,
    PullError,
    data_directory,
    models_directory,
    pull_or_instead,
)
from daehwa.answers.errors import PullRunning

ROOT = Path(__file__).parents[1]
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
_WANT = "for want of "


def pytest_configure():
    """Let servers that tests start hear all signals, also where the run ignores them.

    A shell without job control starts a run in the background with SIGINT and SIGQUIT ignored,
    ``nohup`` with SIGHUP, and children inherit that. A handler that does nothing goes with the
    next program.
    """
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


# What takes long: browsers, models, servers, whole commands.
_DEAR = ("browser", "embedded", "node")
_SERVERS = {"redis_url", "postgres_url", "failing_redis", "failing_postgres"}
_LONG_FOLDERS = {"end_to_end"}


def pytest_collection_modifyitems(items):
    """Put the files first whose tests take long.

    The processes of a run take file by file, in this order (`--dist loadfile`), so that what a
    file's tests share is made once. A long file that is begun last would keep one process busy
    for minutes while the others have nothing left.
    """
    long = {item.path for item in items if _takes_long(item)}
    items.sort(key=lambda item: item.path not in long)


def _takes_long(item):
    return (
        any(item.get_closest_marker(name) for name in _DEAR)
        or not _SERVERS.isdisjoint(item.fixturenames)
        or item.path.parent.name in _LONG_FOLDERS
    )


@pytest.fixture(scope="session")
def wanting():
    """Call ``wanting(part, cure)`` where a part of the machine that a test needs is missing."""

    def wanting(part: str, cure: str) -> NoReturn:
        if IN_CI:
            pytest.fail(f"CI has no {part}: {cure}", pytrace=False)
        pytest.skip(f"{_WANT}{part}: {cure}")

    return wanting


def pytest_terminal_summary(terminalreporter):
    """List each part that tests were skipped for, so that no one takes a skip for a pass."""
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        counts[reason] = counts.get(reason, 0) + 1
    if counts:
        terminalreporter.section("SKIPPED", red=True, bold=True)
    for reason, count in sorted(counts.items()):
        terminalreporter.write_line(f"SKIPPED {count} {reason}", red=True)


@pytest.fixture(scope="session", params=every_case_file())
def cases(request):
    """What one file of cases holds: the project's own, or that of ``../shared``."""
    return Cases(request.param)


@pytest.fixture
def quiet_log(monkeypatch):
    """A command that is run in this process silences the log for this test alone.

    Loggers that were used once would keep it silent for those who read the log later.
    """

    def silence(*_):
        quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
        structlog.configure(wrapper_class=quiet, cache_logger_on_first_use=False)

    for command in ("chat", "conversation_tests", "learn"):
        monkeypatch.setattr(f"daehwa.cli.{command}.configure_logs", silence)
    yield
    structlog.reset_defaults()


@pytest.fixture
def free_port():
    """A port of the loopback interface that nobody listens on."""
    return unused_port()


@pytest.fixture(scope="session")
def chromium(wanting):
    """The path of Debian's Chromium, whole, as visitors have it."""
    path = shutil.which("chromium")
    if path is None:
        wanting("chromium", "run `make test-setup` as root, or apt-get install chromium")
    return path


@pytest.fixture(scope="session")
def headless_chromium(wanting):
    """The path of Chromium without its windows: the same engine for less than half the time."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        wanting("chromium", "run `make test-setup` as root, or apt-get install chromium")
    return path


@pytest.fixture(scope="session")
def small_weights(wanting):
    """The 0.5B model, fetched into the default data directory if it is not there."""
    model = MODELS["small"]
    directory = models_directory(data_directory())
    try:
        while True:
            try:
                return pull_or_instead(model, directory)
            except PullRunning:
                # Another worker of this run has begun.
                time.sleep(1)
    except PullError as error:
        wanting("the small weights", f"run `daehwa model pull small` ({error})")


@pytest.fixture(scope="session")
def node(wanting):
    """The folder whose ``node_modules`` hold the JavaScript clients, for Node.js 20 or newer."""
    folder = ROOT / "tests" / "node"
    if shutil.which("node") is None:
        wanting("node", "run `make test-setup` as root, or apt-get install nodejs npm")
    if not (folder / "node_modules").is_dir():
        wanting("the npm packages of tests/node", "run `make test-setup`")
    return folder


@pytest.fixture(scope="session")
def redis_url(wanting):
    """The address of a Redis server of this run's own, with ``{}`` for the database's number."""
    with serving_redis(wanting) as server:
        yield server.url


@pytest.fixture(scope="session")
def postgres_url(wanting):
    """The address of a PostgreSQL server of this run's own, with ``{}`` for the database."""
    with serving_postgres(wanting) as server:
        yield server.url


_databases = itertools.count(1)


@pytest.fixture
def empty_redis(redis_url):
    """The address of a Redis database with nothing in it."""
    url = redis_url.format(0)
    with redis.Redis.from_url(url) as client:
        client.flushall()
    return url


@pytest.fixture
def empty_postgres(postgres_url):
    """The address of a new database."""
    name = f"test_{next(_databases)}"
    with psycopg.connect(postgres_url.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgres_url.format(name)


@pytest.fixture
def failing_redis(wanting):
    """A ``DataServer`` that a test may break: Redis."""
    with serving_redis(wanting) as server:
        yield server


@pytest.fixture
def failing_postgres(wanting):
    """A ``DataServer`` that a test may break: PostgreSQL."""
    with serving_postgres(wanting) as server:
        yield server


@pytest.fixture
def full_disk(wanting, tmp_path):
    """A folder on a small disk of its own (4 MiB), and a function that fills it but for ``leave``.

    The function returns another, which makes room again.
    """
    with small_disk(wanting, tmp_path) as disk:
        yield disk
