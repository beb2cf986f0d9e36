"""The page's files: types, tags, compression, the headers that keep it safe."""

import gzip

import pytest
import structlog
from asgi import call
from scripted import ScriptedRuntime

from daehwa.server import ServerSettings, doors


@pytest.fixture
def root(tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html>" + "<p>안녕</p>" * 50)
    (tmp_path / "app.js").write_text("export const a = 1;\n" * 50)
    (tmp_path / "look.css").write_text("p { color: red }\n" * 50)
    (tmp_path / "tiny.css").write_text("p{}")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "x.js").write_text("1")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return tmp_path


@pytest.fixture
def app(root):
    return doors(ScriptedRuntime(), ServerSettings(), page_root=root)


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/look.css", "text/css; charset=utf-8"),
        ("/logo.png", "image/png"),
        ("/vendor/x.js", "text/javascript; charset=utf-8"),
    ],
)
async def test_files_have_their_types(app, path, media_type):
    answer = await call(app, "GET", path)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)


async def test_the_headers_that_keep_the_page_safe(app):
    headers = (await call(app, "GET", "/")).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_allowed_sites_may_embed_the_page(root):
    settings = ServerSettings(allowed_origins=("https://shop.example",))
    app = doors(ScriptedRuntime(), settings, page_root=root)
    policy = (await call(app, "GET", "/")).headers["content-security-policy"]
    assert "frame-ancestors 'self' https://shop.example" in policy


async def test_an_unchanged_file_is_not_sent_again(app):
    first = await call(app, "GET", "/app.js")
    for sent in (first.headers["etag"], f'W/{first.headers["etag"]}, "other"', "*"):
        again = await call(app, "GET", "/app.js", headers={"if-none-match": sent})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    other = await call(app, "GET", "/app.js", headers={"if-none-match": '"other"'})
    assert other.status == 200


async def test_text_is_compressed_for_those_who_take_it(app):
    packed = await call(app, "GET", "/", headers={"accept-encoding": "deflate, gzip;q=0.8"})
    plain = await call(app, "GET", "/")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) == len(packed.body)
    assert gzip.decompress(packed.body) == plain.body
    for accepted in ("gzip;q=0", "identity"):
        answer = await call(app, "GET", "/", headers={"accept-encoding": accepted})
        assert "content-encoding" not in answer.headers
    tiny = await call(app, "GET", "/tiny.css", headers={"accept-encoding": "gzip"})
    assert tiny.body == b"p{}"


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/..%2Fsecret.txt", "/vendor/../../secret.txt", "/vendor", "/nope"]
)
async def test_nothing_else_is_there(app, path):
    answer = await call(app, "GET", path)
    assert (answer.status, answer.json["error"]["code"]) == (404, "NotFound")


async def test_the_page_of_the_package_is_whole():
    app = doors(ScriptedRuntime(), ServerSettings())
    answer = await call(app, "GET", "/")
    assert answer.status == 200
    assert b"<html" in answer.body


def _refused(logs):
    return [one for one in logs if one["event"] == "embed_refused"]


@pytest.mark.parametrize("kind", ["iframe", "script"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_site_that_may_not_embed_the_page_leaves_a_line_that_says_what_to_set(
    app, kind, site
):
    headers = {
        "sec-fetch-dest": kind,
        "sec-fetch-site": site,
        "referer": "https://shop.example/",
    }
    with structlog.testing.capture_logs() as logs:
        answer = await call(app, "GET", "/app.js" if kind == "script" else "/", headers=headers)
    # The browser refuses it, by the headers.
    assert answer.status == 200
    (line,) = _refused(logs)
    assert line["site"] == "https://shop.example"
    assert (line["log_level"], line["set"]) == ("warning", "DAEHWA_ALLOWED_ORIGINS")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-dest": "document", "sec-fetch-site": "cross-site"},
        {"sec-fetch-dest": "iframe", "sec-fetch-site": "same-origin"},
        {"sec-fetch-dest": "script", "sec-fetch-site": "same-origin"},
    ],
    ids=["no browser", "a link", "its own frame", "its own script"],
)
async def test_nothing_else_leaves_that_line(app, headers):
    with structlog.testing.capture_logs() as logs:
        await call(app, "GET", "/", headers=headers)
    assert _refused(logs) == []


async def test_only_the_site_that_is_missing_leaves_that_line(root):
    settings = ServerSettings(allowed_origins=("https://shop.example",))
    app = doors(ScriptedRuntime(), settings, page_root=root)
    headers = {"sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site"}
    with structlog.testing.capture_logs() as logs:
        for site in ("https://shop.example/a", "https://other.example/"):
            await call(app, "GET", "/", headers=headers | {"referer": site})
    assert [one["site"] for one in _refused(logs)] == ["https://other.example"]
