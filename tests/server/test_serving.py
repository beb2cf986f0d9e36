"""Starting, sharing, ending: the server as processes."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import boto3
import pytest
from tests import learned_models

from daehwa.bot import bundled
from daehwa.server import ServerError, check_address, is_loopback

# A busy machine starts a server slowly; nothing here waits this long when all is well.
PATIENCE_SECONDS = 240
CREDENTIALS = {
    "region_name": "us-east-1",
    "aws_access_key_id": "any",
    "aws_secret_access_key": "any",
}


@pytest.fixture
def listener():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_port_in_use_is_told_with_its_cure(listener):
    with pytest.raises(ServerError, match=f"port {listener} is in use: PORT=9000 make run"):
        check_address("127.0.0.1", listener)


def test_a_port_that_another_server_would_share_is_in_use_too(launch):
    port = int(launch().rpartition(":")[2])
    with pytest.raises(ServerError, match="is in use"):
        check_address("127.0.0.1", port)


def test_a_free_port_is_chosen():
    assert check_address("127.0.0.1", 0) > 0


def test_an_address_of_another_machine_is_told():
    with pytest.raises(ServerError, match=r"no\.such\.host\.invalid"):
        check_address("no.such.host.invalid", 8080)
    with pytest.raises(ServerError, match=r"192\.0\.2\.1"):
        check_address("192.0.2.1", 8080)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.5", False),
        ("bots.example", False),
    ],
)
def test_what_others_can_reach(host, loopback):
    assert is_loopback(host) == loopback


def get(address, path):
    with urllib.request.urlopen(address + path, timeout=PATIENCE_SECONDS) as answer:
        return answer.read().decode()


def say(address, text, **headers):
    request = urllib.request.Request(
        f"{address}/chat",
        json.dumps({"text": text}).encode(),
        {"content-type": "application/json", **headers},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
        return answer.read().decode()


def test_a_request_in_hand_is_answered_before_the_end(launch):
    address = launch()
    path = f"{address}/bots/SCRIPTBOT1/botAliases/TSTALIASID/botLocales/ko_KR/sessions/s1/text"
    answers = []

    def slow():
        request = urllib.request.Request(path, b'{"text":"slow"}')
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            answers.append(answer.status)

    asking = threading.Thread(target=slow)
    asking.start()
    time.sleep(0.2)
    process = launch.processes[address]
    process.send_signal(signal.SIGTERM)
    asking.join(PATIENCE_SECONDS)
    assert answers == [200]
    assert process.wait(PATIENCE_SECONDS) == 0


def test_an_idle_connection_does_not_hold_the_end_up(launch):
    address = launch()
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        assert idle.recv(1000).startswith(b"HTTP/1.1 200")
        process = launch.processes[address]
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_SECONDS) == 0


def test_asked_twice_it_ends_at_once(launch):
    address = launch()

    def stream_that_is_cut():
        with pytest.raises((OSError, http.client.HTTPException)):
            say(address, "slow", accept="text/event-stream")

    stream = threading.Thread(target=stream_that_is_cut)
    stream.start()
    time.sleep(0.3)
    process = launch.processes[address]
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(5) == 1
    stream.join(PATIENCE_SECONDS)


# --- the command, with the real runtime -----------------------------------------------


@pytest.fixture
def command(tmp_path, free_port):
    """Call ``command(options)`` for ``daehwa serve``; gives the process and its address."""
    running = []
    data = tmp_path / "data"
    learned_models.lend(data)

    def command(*options, **environment):
        process = subprocess.Popen(
            [
                Path(sys.executable).with_name("daehwa"),
                "serve",
                *("--port", str(free_port), "--data", str(data), "--answer", "none"),
                *options,
                bundled()["HelloWorldBot"],  # the one that is learned soonest
            ],
            env={**os.environ, "DAEHWA_LOG": "json", **environment},
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
        )
        running.append(process)
        return process, f"http://127.0.0.1:{free_port}"

    yield command
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)
    learned_models.collect(data)


def until(check):
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if (found := check()) is not None:
                return found
        except OSError:
            pass
        assert time.monotonic() < end
        time.sleep(0.2)


def ready(address):
    return until(lambda: get(address, "/readyz"))


def children(process):
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(process.pid)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return {int(line.split()[0]) for line in found.splitlines() if "multiprocessing.spawn" in line}


def running(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_the_command_serves_and_refuses_to_share_its_port(command):
    _, address = command()
    ready(address)
    assert "제 이름은 Lex입니다" in say(address, "안녕하세요")
    assert "<html" in get(address, "/")
    second, _ = command()
    _, told = second.communicate(timeout=PATIENCE_SECONDS)
    assert second.returncode == 1
    assert "is in use: PORT=9000 make run" in told
    assert "Traceback" not in told


def test_workers_share_the_port_count_together_and_end_together(command, tmp_path):
    parent, address = command("--workers", "2")
    ready(address)
    workers = until(lambda: children(parent) if len(children(parent)) == 2 else None)
    for _ in range(12):
        say(address, "안녕하세요")
    assert 'daehwa_turns_total{channel="chat",outcome="answered",source="intent"} 12.0' in get(
        address, "/metrics"
    )
    # One that cannot start takes none of the others with it, and is tried again.
    (tmp_path / "daehwa.toml").write_text("no such = setting", encoding="utf-8")
    os.kill(max(workers), signal.SIGKILL)
    until(lambda: children(parent) - workers or None)
    until(lambda: children(parent) == {min(workers)} or None)
    assert "제 이름은 Lex입니다" in say(address, "안녕하세요")
    (tmp_path / "daehwa.toml").unlink()
    replaced = until(lambda: now if len(now := children(parent)) == 2 else None)
    until(lambda: get(address, "/readyz"))
    parent.send_signal(signal.SIGTERM)
    _, lines = parent.communicate(timeout=PATIENCE_SECONDS)
    assert parent.returncode == 0
    assert not any(map(running, replaced))
    # On a machine that is busy enough one may be silent for a moment.
    seen = [event for event in events(lines) if event.startswith("worker")]
    seen = [event for event in seen if event != "worker_silent"]
    assert seen[0] == "worker_died"
    assert set(seen[1:]) == {"worker_not_started"}


ENDING = """
import asyncio, os, sys, time
from daehwa.server.process_end import end_by_signals
async def serve(most_seconds, stuck, parent=None):
    ending = asyncio.Event()
    end_by_signals(ending, parent, most_seconds=most_seconds)
    print("up", flush=True)
    await ending.wait()
    time.sleep(stuck)
for _ in range(int(sys.argv[1])):
    asyncio.run(serve(10000, 0))
asyncio.run(serve(10000, 0, parent=os.pipe()[0]))
asyncio.run(serve(0.2, 10000))
"""
ENDING_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGXCPU")
OTHER_SIGNALS = ("SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGIO", "SIGPWR")


def test_which_signals_end_it_and_that_its_end_takes_a_bounded_time():
    """Whatever does not let go of the process; signals without a meaning are logged, no more."""
    command = [sys.executable, "-c", ENDING, str(len(ENDING_SIGNALS))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:

        def line():
            return process.stdout.readline()

        for number in ENDING_SIGNALS:
            assert line() == "up\n"
            process.send_signal(getattr(signal, number))
        assert line() == "up\n"
        # A worker leaves a terminal's signals to its parent; its limit is its own.
        for number in ("SIGINT", "SIGHUP", "SIGQUIT", "SIGXCPU"):
            process.send_signal(getattr(signal, number))
        assert line() == "up\n"
        for number in OTHER_SIGNALS:
            process.send_signal(getattr(signal, number))
            seen = line()
            assert "signal_without_meaning" in seen
            assert number in seen
        process.send_signal(signal.SIGTERM)
        lines, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert "end_forced" in lines


HOLD = "import ctypes\ndef lambda_handler(event, context):\n    ctypes.PyDLL(None).sleep(100000)\n"


def test_a_worker_that_is_frozen_is_replaced_and_does_not_hold_the_end_up(command):
    parent, address = command("--workers", "2", DAEHWA_WATCHDOG_SECONDS="3")
    ready(address)
    workers = until(lambda: children(parent) if len(children(parent)) == 2 else None)
    os.kill(max(workers), signal.SIGSTOP)
    replaced = until(lambda: now if len(now := children(parent)) == 2 and now != workers else None)
    ready(address)
    for _ in range(12):
        say(address, "안녕하세요")
    assert 'daehwa_workers_replaced_total{reason="frozen"} 1.0' in get(address, "/metrics")
    # The one that is surely up: the other may still be starting.
    os.kill(min(workers), signal.SIGSTOP)
    parent.send_signal(signal.SIGTERM)
    _, lines = parent.communicate(timeout=PATIENCE_SECONDS)
    assert parent.returncode == 0
    assert not any(map(running, replaced))
    seen = [event for event in events(lines) if event.startswith("worker")]
    noticed = ["worker_silent", "worker_frozen"]
    assert seen == [*noticed, "worker_died", *noticed]


def test_a_worker_whose_event_loop_is_held_is_replaced(command, tmp_path):
    """By a hook that never lets go of the interpreter, for one."""
    (tmp_path / "hold.py").write_text(HOLD, encoding="utf-8")
    (tmp_path / "daehwa.toml").write_text(
        '[[hooks]]\nbot = "HelloWorldBot"\npython = "hold:lambda_handler"\n'
        "processes = 0\n",  # in the worker itself
        encoding="utf-8",
    )
    parent, address = command("--workers", "2", DAEHWA_WATCHDOG_SECONDS="3")
    ready(address)
    workers = until(lambda: children(parent) if len(children(parent)) == 2 else None)
    with pytest.raises((OSError, http.client.HTTPException)):
        say(address, "바다는 얼마나 깊어?")
    until(lambda: now if len(now := children(parent)) == 2 and now != workers else None)


def events(lines):
    return [json.loads(line)["event"] for line in lines.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_keeps_it_from_starting_is_told_in_one_line(command, tmp_path, workers):
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "daehwa.sqlite3").write_bytes(b"no database" * 100)
    parent, _ = command("--workers", workers)
    _, told = parent.communicate(timeout=PATIENCE_SECONDS)
    assert parent.returncode == 1
    assert "daehwa.sqlite3" in told.replace("\n", "")
    assert "Traceback" not in told


def test_bots_are_made_through_any_of_several_workers_and_talk_in_all_that_end_together(command):
    parent, address = command("--workers", "2")
    ready(address)
    until(lambda: children(parent) if len(children(parent)) == 2 else None)

    def models():
        # A connection of its own each time, for whichever worker gets it.
        return boto3.client("lexv2-models", endpoint_url=address, **CREDENTIALS)

    made = models().create_bot(
        botName="Florist",
        roleArn="arn:aws:iam::123456789012:role/any",
        dataPrivacy={"childDirected": False},
        idleSessionTTLInSeconds=300,
    )
    place = {"botId": made["botId"], "botVersion": "DRAFT", "localeId": "en_US"}
    models().create_bot_locale(**place, nluIntentConfidenceThreshold=0.4)
    models().create_intent(
        **place,
        intentName="Order",
        sampleUtterances=[{"utterance": "send some roses"}, {"utterance": "order tulips"}],
        intentClosingSetting={
            "closingResponse": {
                "messageGroups": [{"message": {"plainTextMessage": {"value": "On their way."}}}]
            }
        },
    )
    models().build_bot_locale(**place)
    until(lambda: models().describe_bot_locale(**place)["botLocaleStatus"] == "Built" or None)
    path = f"{address}/bots/{made['botId']}/botAliases/TSTALIASID/botLocales/en_US/sessions"

    def order(number):
        """The reply of whichever worker; none before it has learned the bot too."""
        request = urllib.request.Request(f"{path}/s{number}/text", b'{"text":"order tulips"}')
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return json.loads(answer.read())["messages"][0]["content"]

    def in_all():
        return {order(number) for number in range(24)} == {"On their way."} or None

    assert until(in_all)
    # What was made outlives the workers.
    os.kill(min(children(parent)), signal.SIGKILL)
    until(lambda: children(parent) if len(children(parent)) == 2 else None)
    assert until(in_all)
    # However their parent ends, they do not outlive it.
    workers = children(parent)
    parent.kill()
    parent.wait()
    until(lambda: None if any(map(running, workers)) else True)
