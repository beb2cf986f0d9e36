"""The files themselves: complete languages, vendored parts, weight, no build, no other host."""

import json
import re
import shutil
from hashlib import sha256

from aiohttp import web as http
from playwright.async_api import expect
from tests.web.chat import Chat
from tests.web.edges import from_model

from daehwa.web import STATIC

OURS = sorted(path for path in STATIC.glob("*") if path.suffix in (".js", ".html", ".css"))
HANGUL = re.compile("[가-힣]")


def tables():
    """The table of strings, read from the file, by language."""
    rows = (STATIC / "strings.js").read_text().split("`")[1].strip().splitlines()
    pairs = {key: words for key, *words in (row.split(" | ") for row in rows)}
    return {
        tongue: {key: pair[at] for key, pair in pairs.items()}
        for at, tongue in enumerate(("ko", "en"))
    }


def used_keys():
    """Every key that the page asks for; `t(`a.${b}`)` counts as the prefix `a.`."""
    keys, prefixes = set(), set()
    for path in OURS:
        text = re.sub(r'=== "\w+"', "", path.read_text())
        if path.name == "strings.js":
            continue
        keys |= set(re.findall(r'data-t(?:-label)?="([^"]+)"', text))
        keys |= {
            key
            for call in re.findall(r"\bt\(([^;]*?)\)", text)
            for key in re.findall(r'"([a-z][\w.]*)"', call)
        }
        keys |= set(re.findall(r': "(error\.\w+)"', text))
        prefixes |= set(re.findall(r"\bt\(`([\w.]+\.)\$\{", text))
    return keys, prefixes


def test_both_languages_say_the_same_things_with_the_same_blanks():
    korean, english = tables()["ko"], tables()["en"]
    assert korean.keys() == english.keys()
    for key, text in korean.items():
        assert text.strip(), key
        assert english[key].strip(), key
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", english[key])), (
            key
        )
        assert not HANGUL.search(english[key]), key


def test_every_key_that_is_asked_for_exists_and_every_key_is_asked_for():
    known = set(tables()["ko"])
    keys, prefixes = used_keys()
    assert keys - known == set()
    assert {key for key in known - keys if not key.startswith(tuple(prefixes))} <= {"yes", "no"}


def test_no_korean_words_stand_outside_the_tables():
    """embed.js carries its four words itself: it runs on other people's pages, alone."""
    for path in OURS:
        if path.name in ("strings.js", "embed.js"):
            continue
        text = re.sub(r"<noscript>.*?</noscript>|<span>한국어</span>", "", path.read_text())
        lines = [
            line for line in text.splitlines() if not line.lstrip().startswith(("/*", "*", "//"))
        ]
        assert not [line for line in lines if HANGUL.search(line)], path.name


def test_the_vendored_files_are_those_that_the_readme_names():
    readme = (STATIC / "vendor" / "README.md").read_text()
    rows = re.findall(
        r"^\| `(\S+\.js)` \| (\S+) (\S+) \|.*\(`(\S+)`\) \| `([0-9a-f]{64})` \|$",
        readme,
        re.MULTILINE,
    )
    assert {name for name, *_ in rows} == {path.name for path in (STATIC / "vendor").glob("*.js")}
    for name, _, version, licence, digest in rows:
        content = (STATIC / "vendor" / name).read_bytes()
        assert sha256(content).hexdigest() == digest
        assert version.encode() in content[:200]
        scripts = [path.read_text() for path in OURS if path.suffix == ".js"]
        assert any(f'"./vendor/{name}?v={version}"' in script for script in scripts)
        assert (STATIC / "vendor" / licence).is_file()


def test_no_other_host_no_inline_script_or_style():
    html = (STATIC / "index.html").read_text()
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html) == []
    assert len(re.findall(r"<script", html)) == 1
    assert len(re.findall(r'rel="stylesheet"', html)) == 1
    for path in OURS:
        text = re.sub(r"https://chat\.example|http://www\.w3\.org", "", path.read_text())
        assert re.findall(r"https?://\w", text) == [], path.name
        assert (
            re.findall(
                r"@import|url\([^s]|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(",
                text,
            )
            == []
        ), path.name


async def test_it_works_from_a_bucket_with_the_api_elsewhere(new_page, server, ports, tmp_path):
    """As on S3: plain files, one line of configuration, the API at another origin."""
    bucket = tmp_path / "bucket"
    shutil.copytree(STATIC, bucket)
    index = bucket / "index.html"
    index.write_text(
        index.read_text().replace(
            'name="daehwa-api" content=""', 'name="daehwa-api" content="config.json"'
        )
    )
    (bucket / "config.json").write_text(json.dumps({"api": server.url}))
    application = http.Application()
    application.router.add_static("/site/", bucket)
    runner = http.AppRunner(application, access_log=None)
    await runner.setup()
    await http.TCPSite(runner, "127.0.0.1", ports["bucket"]).start()
    origin = f"http://127.0.0.1:{ports['bucket']}"
    chat = Chat(await new_page())
    server.on("질문", from_model("흘러서 ", "와요"))
    await chat.open(f"{origin}/site/index.html")
    await chat.say("질문")
    await expect(chat.bubbles).to_have_text(["흘러서 와요"])
    await chat.page.locator("#fresh").click()
    await chat.page.locator("#confirm .primary").click()
    await expect(chat.said).to_have_count(0)
    await runner.cleanup()
