"""A person's own mistakes at the command line: one line that says what to do, and nothing lost."""

import errno
import os
import pty
import select
import subprocess
import sys
import time

import pytest
import typer
from typer.testing import CliRunner

from daehwa import bot, stores
from daehwa.cli.app import app, main
from daehwa.cli.mendable import line_for

HELLO = str(bot.bundled()["HelloWorldBot"])
PATIENCE_SECONDS = 60


@pytest.fixture
def mistake(tmp_path, monkeypatch, capsys, quiet_log):
    """Runs the command in an empty folder; gives its standard error, or else its output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAEHWA_DATA", str(tmp_path / "data"))

    def run(*words, exit_code=1):
        monkeypatch.setattr(sys, "argv", ["daehwa", *map(str, words)])
        with pytest.raises(SystemExit) as exit_info:
            main()
        assert exit_info.value.code == exit_code
        printed = capsys.readouterr()
        return printed.err or printed.out

    return run


# --- what the operating system refuses ----------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (FileNotFoundError(errno.ENOENT, "", "/tmp/x.csv"), "/tmp/x.csv: it does not exist"),
        (FileNotFoundError(errno.ENOENT, "", "/nowhere/x"), "/nowhere: there is no such folder"),
        (IsADirectoryError(errno.EISDIR, "", "/tmp"), "/tmp: it is a folder: name a file"),
        (PermissionError(errno.EACCES, "", "/tmp/new"), "/tmp: this user may not write there"),
        (PermissionError(errno.EACCES, "", "/tmp"), "/tmp: this user may not read or write it"),
        (OSError(errno.EROFS, "", "a.zip"), "a.zip: it cannot be written"),
        (OSError(errno.ENOSPC, ""), "the disk is full"),
        (OSError(errno.ENOENT, "", "temporary", None, "/tmp/target"), "/tmp/target: it does not"),
        (OSError(errno.EIO, "Input/output error", "a.zip"), "a.zip: Input/output error"),
        (OSError(errno.ENAMETOOLONG, "", "a" * 5000), "a" * 300 + "…: the name is too long"),
        (OSError("a text of its own"), "a text of its own"),
        (MemoryError(), "there is not enough memory"),
    ],
)
def test_an_error_of_the_system_is_a_line_without_its_number(error, line):
    assert line_for(error).startswith(line)
    assert "Errno" not in line_for(error)


def test_a_file_that_is_not_there_is_named(mistake):
    for words in (("evaluate", HELLO, "--test", "t.csv"), ("restore", "t.csv")):
        assert mistake(*words) == "daehwa: t.csv: it does not exist: check the path\n"


# --- files in another encoding ------------------------------------------------------------------


def test_texts_that_are_not_utf_8_are_refused(mistake, tmp_path):
    (tmp_path / "said.txt").write_text("안녕", "utf-16")
    shown = mistake("compare", HELLO, HELLO, "--texts", "said.txt")
    assert shown == "daehwa: said.txt is not UTF-8 text: save it as UTF-8\n"


def test_arguments_that_are_no_text_are_named(mistake):
    shown = mistake("ignore", "caf\udce9")
    assert shown.startswith("daehwa: an argument is not UTF-8 text: check the encoding of the ter")


# --- what is no file ----------------------------------------------------------------------------


def test_a_device_or_a_pipe_is_no_bot_and_no_place_for_one(mistake, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "a device or a pipe, not a bot" in mistake("bots", "pipe")
    assert "no bot can be written to it" in mistake("export", HELLO, "/dev/full")


@pytest.mark.parametrize("command", ["publish", "push"])
def test_a_network_of_bots_is_not_published(mistake, tmp_path, command):
    network = bot.Bot(
        name="Desk",
        bot_type="BotNetwork",
        bot_members=(bot.BotMember(bot_member_id="KENNEL0001"),),
        locales={"en_US": bot.BotLocale(identifier="en_US")},
    )
    bot.save(network, tmp_path / "Desk.zip")
    refused = mistake(command, "Desk.zip", "--endpoint-url", "http://127.0.0.1:9")
    assert "Desk.zip is a network of bots" in refused
    assert f"{command} its members" in refused


# --- files of somebody else ---------------------------------------------------------------------


def test_a_backup_takes_only_the_place_of_an_older_one(mistake, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "learned").write_text("much")
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("years of work")
    shown = mistake("backup", thesis)
    assert "thesis.txt exists already and is not a backup: choose another name" in shown
    assert thesis.read_text() == "years of work"
    assert "is a folder: name a file" in mistake("backup", tmp_path)
    kept = tmp_path / "backup.zip"
    command = ("backup", kept, "--data", data)
    assert "in place of" not in mistake(*command, exit_code=0)
    made = stores.backup_at(kept).made
    older = f"in place of the backup of {made:%Y-%m-%d %H:%M} UTC"
    assert older in " ".join(mistake(*command, exit_code=0).split())
    assert stores.backup_at(kept).made > made


# --- a bot among others -------------------------------------------------------------------------


def test_a_bot_that_cannot_be_read_is_not_passed_over_in_silence(mistake, tmp_path):
    broken = tmp_path / "broken"
    mistake("new", "broken", exit_code=0)
    with (broken / "ko_KR.yaml").open("a") as file:
        file.write("  bad: [")
    for words, exit_code in ((("bots",), 1), (("missed",), 0)):
        shown = mistake(*words, HELLO, "broken", exit_code=exit_code)
        assert shown.startswith("Not served: broken: ko_KR.yaml:"), words
        assert shown.count("\n") == 1


# --- options ------------------------------------------------------------------------------------


def test_an_index_that_lacks_what_was_named_fails(mistake, tmp_path):
    assert "prices.pdf: it does not exist" in mistake("index", "prices.pdf")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "picture.png").touch()
    mistake("index", "notes", exit_code=0)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("index", "a.md", "--list"), "--list stands alone"),
        (("index", "--list", "--remove"), "--list stands alone"),
        (("learn", "hi", HELLO), "give either --intent, or --slot-type"),
        (("learn", "hi", HELLO, "--intent", "A", "--slot-type", "B"), "give either --intent"),
        (("missed", HELLO, "--locale", "xx_XX"), "--locale xx_XX: choose one of ko_KR"),
        (("test",), "there are no tests in tests: name a file"),
    ],
)
def test_options_that_cannot_be_meant_are_named(mistake, words, line):
    assert mistake(*words, exit_code=2 if words == ("test",) else 1).startswith(f"daehwa: {line}")


@pytest.mark.parametrize("words", [("forget", ""), ("transcript", ""), ("forget", "--user", "")])
def test_a_session_without_a_name_is_refused(mistake, words):
    assert "name the SESSION, or a --user of /v1" in mistake(*words, exit_code=2)


def test_the_help_shows_what_stands_in_brackets():
    for command, shown in (("index", "[store]"), ("check", "[check]")):
        assert shown in CliRunner().invoke(app, [command, "--help"]).stdout


def test_every_command_says_what_it_does():
    group = typer.main.get_command(app)
    assert all(command.help for command in group.commands.values())


# --- Ctrl-C -------------------------------------------------------------------------------------


def test_ctrl_c_at_the_prompt_ends_the_talk_at_once(tmp_path):
    person, terminal = pty.openpty()
    # A session of its own, whose terminal this is, so that Ctrl-C is a signal to it.
    command = ["setsid", "--ctty", sys.executable, "-m", "daehwa", "chat", HELLO]
    with subprocess.Popen(
        [*command, "--answer", "none"],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "DAEHWA_DATA": str(tmp_path)},
    ) as talk:
        os.close(terminal)
        shown = _until(person, "›")
        os.write(person, b"\x03")
        assert talk.wait(PATIENCE_SECONDS) == 130
        shown += _until(person, None)
    os.close(person)
    assert "HelloWorldBot" in shown
    assert "Traceback" not in shown


def _until(terminal, mark):
    shown = b""
    end = time.monotonic() + PATIENCE_SECONDS
    while mark is None or mark.encode() not in shown:
        assert time.monotonic() < end, shown.decode()
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # what a terminal gives that nobody writes to any more
            break
        shown += piece
    return shown.decode()
