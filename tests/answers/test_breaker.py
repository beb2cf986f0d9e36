"""The breaker opens after outages in a window, lets one probe through, closes when it lives."""

import pytest

from daehwa.answers import Breaker
from daehwa.answers.errors import CircuitOpen, KeyRefused, UpstreamFailed


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(failures=3, window=30, cooldown=15, clock=clock)


def fail(breaker, times=1, kind=UpstreamFailed):
    for _ in range(times):
        with pytest.raises(kind), breaker.attempt():
            raise kind("no")


def test_it_opens_after_so_many_outages(breaker):
    fail(breaker, 2)
    assert breaker.state == "closed"
    fail(breaker)
    assert breaker.state == "open"
    with pytest.raises(CircuitOpen), breaker.attempt():
        pytest.fail("it was let through")


def test_outages_far_apart_do_not_open_it(breaker, clock):
    for _ in range(10):
        fail(breaker)
        clock.now += 16
    assert breaker.state == "closed"


def test_a_success_forgets_the_outages_before(breaker):
    fail(breaker, 2)
    with breaker.attempt():
        pass
    fail(breaker, 2)
    assert breaker.state == "closed"


def test_a_refusal_is_a_sign_of_life(breaker):
    fail(breaker, 10, KeyRefused)
    assert breaker.state == "closed"


def test_after_the_cooldown_one_probe_goes_through_and_closes_it(breaker, clock):
    fail(breaker, 3)
    clock.now += 15
    assert breaker.state == "half_open"
    with breaker.attempt(), pytest.raises(CircuitOpen), breaker.attempt():
        pytest.fail("two probes at once")
    assert breaker.state == "closed"


def test_a_probe_that_fails_opens_it_anew(breaker, clock):
    fail(breaker, 3)
    clock.now += 15
    fail(breaker)
    assert breaker.state == "open"
    clock.now += 14
    assert breaker.state == "open"
    clock.now += 1
    assert breaker.state == "half_open"


def test_a_probe_that_hangs_keeps_no_later_one_from_going_through(breaker, clock):
    fail(breaker, 3)
    clock.now += 15
    hanging = breaker.attempt()
    hanging.__enter__()
    clock.now += 15
    assert breaker.state == "half_open"
    with breaker.attempt():
        pass
    clock.now += 5
    hanging.__exit__(UpstreamFailed, UpstreamFailed("at last"), None)
    assert breaker.state == "closed"


def test_a_cancelled_probe_leaves_the_next_one_to_probe(breaker, clock):
    fail(breaker, 3)
    clock.now += 15
    with pytest.raises(KeyboardInterrupt), breaker.attempt():
        raise KeyboardInterrupt
    assert breaker.state == "half_open"
    with breaker.attempt():
        pass
    assert breaker.state == "closed"


def test_an_outage_seen_after_the_attempt_counts_too(breaker):
    breaker.record_failure()
    breaker.record_failure()
    breaker.record_failure()
    assert breaker.state == "open"


def test_what_was_sent_before_it_opened_does_not_keep_it_open(breaker, clock):
    late = breaker.attempt()
    late.__enter__()
    fail(breaker, 3)
    clock.now += 15
    late.__exit__(UpstreamFailed, UpstreamFailed("at last"), None)
    assert breaker.state == "half_open"
