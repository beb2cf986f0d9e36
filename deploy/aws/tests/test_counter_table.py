"""What the counters promise, held against DynamoDB (emulated): its expressions, its refusals."""

import contextlib
import itertools
import threading

import pytest

from daehwa.aws.counter_table import CounterTable
from daehwa.aws.errors import AwsUnreachable

_numbers = itertools.count(1)
DAY = 86_400


@pytest.fixture
def now():
    return [1_800_000_000.25]


@pytest.fixture(scope="module")
def table(empty_account):
    client = empty_account.client("dynamodb")
    client.create_table(
        TableName="counters",
        AttributeDefinitions=[{"AttributeName": "counter", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "counter", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    yield client
    client.close()


@pytest.fixture
def counters(empty_account, table, now):
    made = CounterTable("counters", environ=empty_account.environ, clock=lambda: now[0])
    yield made
    made.close()


@pytest.fixture
def name():
    """A counter of each test's own."""
    return f"counter-{next(_numbers)}"


def stored(table, name):
    return table.get_item(TableName="counters", Key={"counter": {"S": name}})["Item"]


def test_a_window_counts(counters, name, now):
    assert [counters.count(name, seconds=60) for _ in range(3)] == [1, 2, 3]
    now[0] += 60
    assert counters.count(name, seconds=60) == 1


def test_a_bucket_gives_its_burst_and_then_its_rate(counters, name, now):
    def take():
        return counters.take(name, per_second=0.5, burst=3)

    assert [take() for _ in range(5)] == [True, True, True, False, False]
    now[0] += 2
    assert [take() for _ in range(2)] == [True, False]
    now[0] += 60
    assert [take() for _ in range(4)] == [True, True, True, False], "it is full, and no fuller"


def test_a_bucket_of_one(counters, name, now):
    assert [counters.take(name, per_second=1, burst=1) for _ in range(2)] == [True, False]
    now[0] += 1
    assert counters.take(name, per_second=1, burst=1)


def test_of_many_at_once_no_more_than_the_burst_are_let_through(empty_account, table, name, now):
    """Each execution environment has a connection of its own."""
    let_through = []

    def take():
        made = CounterTable("counters", environ=empty_account.environ, clock=lambda: now[0])
        with contextlib.suppress(AwsUnreachable):  # of a machine that is busy with other things
            let_through.append(made.take(name, per_second=0.01, burst=2))
        made.close()

    threads = [threading.Thread(target=take) for _ in range(5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert let_through.count(True) <= 2


def test_sums_are_added_while_every_limit_holds(counters, table, name):
    limits = {"calls": 2, "tokens": 10, "calls:big": 1}
    own = {"calls": 1, "calls:big": 1}
    assert counters.add(name, own, limits, seconds=DAY)
    assert not counters.add(name, own, limits, seconds=DAY)
    assert counters.add(name, {"calls": 1}, {"calls": 2, "tokens": 10}, seconds=DAY)
    assert not counters.add(name, {"calls": 1}, {"calls": 2}, seconds=DAY)
    assert counters.add(name, {"tokens": 10, "calls": -1}, {}, seconds=DAY)
    assert not counters.add(name, {"calls": 1}, {"calls": 2, "tokens": 10}, seconds=DAY)
    item = stored(table, name)
    assert {one: item[one]["N"] for one in ("calls", "tokens", "calls:big")} == {
        "calls": "1",
        "tokens": "10",
        "calls:big": "1",
    }


def test_a_limit_of_none_lets_nothing_through(counters, name):
    assert not counters.add(name, {"calls": 1}, {"calls": 0}, seconds=DAY)


def test_every_counter_ends(counters, table, name, now):
    counters.take(name, per_second=1, burst=1)
    assert int(stored(table, name)["expiresAt"]["N"]) > now[0]
    counters.add(f"{name}-sums", {"calls": 1}, {}, seconds=DAY)
    assert int(stored(table, f"{name}-sums")["expiresAt"]["N"]) > now[0] + DAY
