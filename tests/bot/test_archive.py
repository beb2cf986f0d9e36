"""Zips and folders are untrusted: what leads out of them, explodes or is locked is refused."""

import os
import struct
import zipfile
import zlib

import pytest

from daehwa import bot
from daehwa.bot import archive


def refused(path, error=bot.ArchiveError, **options):
    with pytest.raises(error) as caught:
        bot.load(path, **options)
    return caught.value


@pytest.mark.parametrize(
    "name", ["../Bot.json", "Cafe/../../Bot.json", "/etc/Bot.json", "C:/Bot.json", "..\\Bot.json"]
)
def test_a_name_that_leads_out_of_the_zip_is_refused(pack, name):
    assert "points outside" in str(refused(pack(add=[(name, b"{}")])))


def test_backslashes_of_old_windows_tools_are_read_as_slashes(pack, write, files):
    plain = bot.load(write())
    for path in list(files):
        files[path.replace("/", "\\")] = files.pop(path)
    assert bot.load(pack()) == plain


def test_a_link_that_leads_out_of_the_folder_is_refused(write, tmp_path):
    export = write()
    (tmp_path / "secret.json").write_text("{}")
    target = export / "Cafe" / "BotLocales" / "ko_KR" / "Intents" / "New" / "Intent.json"
    target.parent.mkdir()
    target.symlink_to(tmp_path / "secret.json")
    assert "link" in str(refused(export))


def test_an_unreadable_file_is_named(write):
    export = write()
    file = export / "Cafe" / "Bot.json"
    file.unlink()
    file.mkdir()
    (export / "Cafe" / "BotLocale.json").symlink_to("nowhere")
    assert refused(export).file == "Cafe/BotLocale.json"


def test_a_bomb_is_refused_before_it_is_unpacked(pack, files):
    files["Cafe/Bot.json"] = b" " * (archive.MAX_FILE_BYTES + 1)
    assert "too big" in str(refused(pack()))


def test_a_bomb_with_a_forged_size_is_refused(pack, files):
    files["Cafe/Bot.json"] = b" " * (archive.MAX_FILE_BYTES + 1)
    path = pack()
    data = path.read_bytes()
    size = struct.pack("<L", archive.MAX_FILE_BYTES + 1)
    path.write_bytes(data.replace(size, struct.pack("<L", 100)))
    refused(path)


def test_many_files_are_too_big_together(pack, files, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 100)
    assert "too big" in str(refused(pack()))


def test_too_many_entries_are_refused(pack, write, monkeypatch):
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    assert "more than 3" in str(refused(pack()))
    assert "more than 3" in str(refused(write()))


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 and nothing"])
def test_what_is_no_zip_is_reported(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    assert "not a zip" in str(refused(tmp_path / "x.zip"))


def test_a_damaged_zip_is_reported(pack):
    path = pack()
    data = bytearray(path.read_bytes())
    start = data.index(b"Cafe/Bot.json") + len(b"Cafe/Bot.json")
    data[start : start + 20] = os.urandom(20)
    path.write_bytes(data)
    assert "damaged" in str(refused(path))


def test_one_name_twice_is_refused_unless_the_contents_are_equal(pack, files):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = pack(add=[("Cafe/Bot.json", files["Cafe/Bot.json"])])
    assert bot.load(path).name == "Cafe"
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = pack(add=[("Cafe/Bot.json", {"name": "Other"})])
    assert "twice" in str(refused(path))


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_names_without_the_utf8_mark_are_read(tmp_path, encoding):
    path = tmp_path / "x.zip"
    name = "한글 폴더/Bot.json"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("X" * len(name.encode(encoding)), b'{"name": ')
    data = path.read_bytes().replace(b"X" * len(name.encode(encoding)), name.encode(encoding))
    path.write_bytes(data)
    assert refused(path, bot.MalformedJSONError).file == name


def test_folder_names_that_are_not_utf8_are_read(write):
    export = write()
    locale = export / "Cafe" / "BotLocales" / "ko_KR"
    korean = os.fsdecode("주문".encode("cp949"))
    (locale / "Intents" / "Order").rename(locale / "Intents" / korean)
    assert "Order" in bot.load(export).locales["ko_KR"].intents


# --- passwords --------------------------------------------------------------------------


def test_an_encrypted_zip_needs_its_password(pack, write):
    path = pack()
    encrypt(path, b"open sesame")
    error = refused(path, bot.PasswordError)
    assert "Give the password" in error.cure
    assert "wrong" in str(refused(path, bot.PasswordError, password="sesame"))
    assert bot.load(path, password="open sesame") == bot.load(write())


def test_aes_is_reported_with_a_way_out(pack):
    path = pack()
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    while entry != -1:
        struct.pack_into("<H", data, entry + 10, 99)
        entry = data.find(b"PK\x01\x02", entry + 1)
    path.write_bytes(data)
    assert "7-Zip" in refused(path, bot.PasswordError, password="x").cure


def encrypt(path, password):
    """Encrypts a zip's files as PKZIP 2.0 does, which Python reads but does not write."""
    with zipfile.ZipFile(path) as plain:
        files = {entry.filename: plain.read(entry) for entry in plain.infolist()}
    body, directory = b"", b""
    for name, data in files.items():
        crc = zlib.crc32(data)
        packed = zlib.compress(data)[2:-4]
        keys = Keys(password)
        locked = bytes(map(keys.encrypt, os.urandom(11) + bytes([crc >> 24]) + packed))
        facts = struct.pack(
            "<HHHHHLLLHH", 20, 1, 8, 0, 0x21, crc, len(locked), len(data), len(name), 0
        )
        directory += b"PK\x01\x02\x14\x00" + facts + struct.pack("<HHHLL", 0, 0, 0, 0, len(body))
        directory += name.encode()
        body += b"PK\x03\x04" + facts + name.encode() + locked
    end = struct.pack("<HHHHLLH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    path.write_bytes(body + directory + b"PK\x05\x06" + end)


class Keys:
    """The three keys of PKZIP's stream cipher."""

    def __init__(self, password):
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self.update(byte)

    def update(self, byte):
        first, second, third = self.keys
        first = crc32_step(byte, first)
        second = ((second + (first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self.keys = [first, second, crc32_step(second >> 24, third)]

    def encrypt(self, byte):
        secret = (self.keys[2] | 2) & 0xFFFF
        locked = byte ^ ((secret * (secret ^ 1)) >> 8) & 0xFF
        self.update(byte)
        return locked


def crc32_step(byte, crc):
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
