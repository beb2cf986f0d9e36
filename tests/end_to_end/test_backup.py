"""Backup and restore as docs/operators.md has them, with a conversation that must come back."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import psycopg

from .conftest import serving
from .test_kill import chat

PAGE = (Path(__file__).parents[2] / "docs" / "operators.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def commands(word):
    """The commands of the page's block that holds a word."""
    (block,) = [block for block in BLOCKS if word in block]
    return [shlex.split(line) for line in block.splitlines()]


def transcript(url):
    with urllib.request.urlopen(f"{url}/chat/sessions/visitor?localeId=ko_KR") as reply:
        return [turn["text"] for turn in json.load(reply)["turns"]]


def test_the_data_folder_is_backed_up_while_it_serves_and_put_back(tmp_path):
    backup, restore = commands("daehwa backup")

    def run(command):
        subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, check=True)

    with serving(tmp_path, "--answer", "none") as served:
        chat(served.url, "visitor", "안녕하세요", "m-1")
        run(backup)
        chat(served.url, "visitor", "홍길동", "m-2")
        assert transcript(served.url) == ["안녕하세요", "홍길동"]
    run(restore)
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "restored").rename(tmp_path / "data")
    with serving(tmp_path, "--answer", "none") as served:
        assert transcript(served.url) == ["안녕하세요"]
        # The dialog goes on where it was: the bot had asked for a name.
        assert "홍길동" in chat(served.url, "visitor", "홍길동", "m-3")["msg"]


def test_postgresql_is_dumped_while_it_serves_and_put_back(tmp_path, postgres_url):
    dump, restore = commands("pg_dump")
    with psycopg.connect(postgres_url.format("postgres"), autocommit=True) as server:
        server.execute("CREATE DATABASE backed_up")
    url = postgres_url.format("backed_up")

    def run(command):
        words = [word.replace("$DAEHWA_STORE_URL", url) for word in command]
        subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)

    with serving(tmp_path, "--answer", "none", DAEHWA_STORE_URL=url) as served:
        chat(served.url, "visitor", "안녕하세요", "m-1")
        run(dump)
        chat(served.url, "visitor", "홍길동", "m-2")
    run(restore)
    with serving(tmp_path, "--answer", "none", DAEHWA_STORE_URL=url) as served:
        assert transcript(served.url) == ["안녕하세요"]
        assert "홍길동" in chat(served.url, "visitor", "홍길동", "m-3")["msg"]
