"""How the page's files travel: small, kept by the browser, never stale, under two addresses."""

import gzip
import re

import brotli
import pytest
from asgi import call
from scripted import ScriptedRuntime

from daehwa import web
from daehwa.server import ServerSettings, doors
from daehwa.server.merging import merged, parts_of

SOURCES = {
    path.name: path.read_text(encoding="utf-8")
    for path in web.STATIC.iterdir()
    if path.suffix in (".js", ".html")
}
FOR_GOOD = "public, max-age=31536000, immutable"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "index.html").write_text(
        '<!doctype html><link rel="icon" href="icon.svg"><link href="look.css" rel="stylesheet">'
        '<a href="#top">top</a><a href="elsewhere.html">no file of ours</a>'
        '<script type="module" src="app.js"></script>'
    )
    (tmp_path / "icon.svg").write_text("<svg></svg>")
    (tmp_path / "look.css").write_text("p { color: red }\n" * 50)
    (tmp_path / "app.js").write_text("export const a = 1;\n" * 50)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n" * 40)
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "x.js").write_text("/* A notice. */\n1;\n")
    return tmp_path


def serve(root):
    return doors(ScriptedRuntime(), ServerSettings(), page_root=root)


async def folder(app):
    """Where the index says that this version's files are."""
    index = (await call(app, "GET", "/")).body.decode()
    return "/" + re.search(r'src="(assets/\w+/)app\.js"', index)[1]


async def test_the_index_names_its_files_by_a_version_and_is_itself_checked_each_time(root):
    app = serve(root)
    index = await call(app, "GET", "/")
    assert index.headers["cache-control"] == "no-cache"
    version = re.search(r"assets/(\w+)/", index.body.decode())[1]
    for name in ("icon.svg", "look.css", "app.js"):
        assert f'"assets/{version}/{name}"' in index.body.decode()
    assert 'href="#top"' in index.body.decode()
    assert 'href="elsewhere.html"' in index.body.decode()


async def test_a_versions_files_are_kept_for_good(root):
    app = serve(root)
    at = await folder(app)
    for name in ("app.js", "look.css", "photo.png", "vendor/x.js"):
        answer = await call(app, "GET", at + name)
        assert (answer.status, answer.headers["cache-control"]) == (200, FOR_GOOD)
        plain = await call(app, "GET", f"/{name}")
        assert (plain.body, plain.headers["cache-control"]) == (answer.body, "no-cache")


async def test_the_script_for_other_sites_is_used_while_it_is_checked(root):
    """Their pages do not wait for it, and have their launcher while the server is away."""
    (root / "embed.js").write_text("1;\n")
    caching = (await call(serve(root), "GET", "/embed.js")).headers["cache-control"]
    assert caching == "max-age=60, stale-while-revalidate=604800, stale-if-error=604800"


async def test_another_content_has_another_version_whichever_file_it_is_in(root):
    before = await folder(serve(root))
    assert await folder(serve(root)) == before
    (root / "vendor" / "x.js").write_text("2;\n")
    assert await folder(serve(root)) != before


async def test_a_file_of_another_release_is_this_ones_and_is_not_kept(root):
    """Machines behind one balancer change over one by one."""
    answer = await call(serve(root), "GET", "/assets/0123456789abcdef/app.js")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize("name", ["nope.js", "", "../index.html", "..%2F..%2Fetc%2Fpasswd"])
async def test_nothing_else_is_among_them(root, name):
    app = serve(root)
    assert (await call(app, "GET", await folder(app) + name)).status == 404


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.1, gzip;q=1", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip", "gzip"),
        ("*", "br"),
        ("*, br;q=0", "gzip"),
        ("BR", "br"),
        ("br;q=0.000, gzip;q=0", None),
        ("identity", None),
        ("", None),
        ("deflate, zstd", None),
    ],
)
async def test_each_gets_the_best_encoding_that_it_takes(root, accepted, encoding):
    answer = await call(serve(root), "GET", "/app.js", headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)
    assert unpack(answer.body) == b"export let a=1;" * 50 + b"\n"


async def test_what_does_not_shrink_is_sent_as_it_is(root):
    headers = {"accept-encoding": "br"}
    photo = await call(serve(root), "GET", "/photo.png", headers=headers)
    assert not photo.headers.keys() & {"content-encoding", "vary"}
    small = await call(serve(root), "GET", "/icon.svg", headers=headers)
    assert "content-encoding" not in small.headers
    assert small.headers["vary"] == "Accept-Encoding"


async def test_a_tag_is_of_one_encoding_and_spares_the_body(root):
    app = serve(root)
    tags = {}
    for accepted in ("br", "gzip", "identity"):
        headers = {"accept-encoding": accepted}
        first = await call(app, "GET", "/app.js", headers=headers)
        tags[accepted] = first.headers["etag"]
        again = await call(
            app, "GET", "/app.js", headers=headers | {"if-none-match": tags[accepted]}
        )
        assert (again.status, again.body) == (304, b"")
        for name in ("etag", "cache-control", "vary"):
            assert again.headers[name] == first.headers[name]
    assert len(set(tags.values())) == 3
    crossed = await call(
        app, "GET", "/app.js", headers={"accept-encoding": "br", "if-none-match": tags["gzip"]}
    )
    assert crossed.status == 200


async def test_head_has_the_same_headers(root):
    headers = {"accept-encoding": "br"}
    got = await call(serve(root), "GET", "/app.js", headers=headers)
    head = await call(serve(root), "HEAD", "/app.js", headers=headers)
    assert head.status == 200
    for name in ("content-length", "content-encoding", "etag", "vary", "cache-control"):
        assert head.headers[name] == got.headers[name]


def _without_comments(script):
    """A script of ours: its comments are told apart from its words by how we write them."""
    script = re.sub(r"^\s*(/\*([^*]|\*(?!/))*\*/\s*|//.*)$", "", script, flags=re.MULTILINE)
    script = re.sub(r"/\*\* @[^*]*\*/|/\* [^*]*\*/", "", script)
    return re.sub(r"(?<=[;,{}()\[\]\w\"`]) // [^\"`\n]*$", "", script, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.name) for path in sorted(web.STATIC.glob("*.js"))]
)
async def test_scripts_travel_without_comments_and_space(path):
    """That they mean the same is what `make lint` sees, by their trees."""
    app = doors(ScriptedRuntime(), ServerSettings())
    sent = (await call(app, "GET", f"/{path.name}")).body.decode()
    source = _without_comments(merged(path.name, SOURCES, parts_of(SOURCES)))
    assert len(sent) < len(source)
    assert "@param" not in sent


async def test_what_others_wrote_travels_with_its_notice(root):
    assert b"A notice." in (await call(serve(root), "GET", "/vendor/x.js")).body
