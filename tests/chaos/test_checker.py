"""The checker, fed with bad histories, finds the fault; of a good one it says nothing."""

import pytest

from chaos.checker import check
from chaos.history import Attempt, History, Outage, Reading, Stored, Turn


def attempt(token, reply="", *, at, outcome="acknowledged", session="s", door="chat", **given):
    number = int(token.rpartition(".")[2])
    ledger = given.pop("ledger", True)
    turn = Turn(session=session, number=number, token=token, ledger=ledger, message_id=f"m-{token}")
    ended = given.pop("ended", at + 0.5)
    return Attempt(
        turn=turn, door=door, sent=at, ended=ended, outcome=outcome, reply=reply, **given
    )


def refused(token, *, at, status=503, code="StoreUnavailable", **given):
    return attempt(token, at=at, outcome="refused", status=status, code=code, **given)


GOOD = [
    attempt("s.1", "s.1", at=1),
    refused("s.2", at=2),
    attempt("s.2", "s.1 s.2", at=3),
    attempt("r.1", "r.1", at=3, session="r"),
    attempt("s.3", "s.1 s.2 s.3", at=4),
    attempt("q.1", "An answer to q.1 indeed", at=4, session="q", ledger=False),
]
STORED = (
    Stored(message_id="m-s.1", text="s.1", reply="s.1"),
    Stored(message_id="m-s.2", text="s.2", reply="s.1 s.2"),
    Stored(message_id="m-s.3", text="s.3", reply="s.1 s.2 s.3"),
)
READ = Reading(session="s", at=100, ledger=("s.1", "s.2", "s.3"), transcript=STORED)


def history(attempts=(), readings=(), outages=()):
    return History(
        deadline=20,
        recovery=10,
        attempts=list(attempts),
        readings=list(readings),
        outages=list(outages),
    )


def kinds(*attempts, readings=(), outages=()):
    return sorted({one.kind for one in check(history(attempts, readings, outages))})


def reading(ledger=None, transcript=None):
    return Reading(session="s", at=100, ledger=ledger, transcript=transcript)


def test_a_good_history_has_nothing_wrong():
    assert check(history(GOOD, [READ])) == []


@pytest.mark.parametrize(
    ("ledger", "kind"),
    [
        ("s.2 s.3", "lost"),
        ("s.1 s.1 s.2 s.3", "doubled"),
        ("s.2 s.1 s.3", "interleaved"),
        ("s.1 r.1 s.2 s.3", "mixed up"),
        ("s.1 s.2", "mixed up"),
        ("", "mixed up"),
    ],
)
def test_a_ledger_shows_what_became_of_earlier_turns(ledger, kind):
    assert kind in kinds(*GOOD[:-2], attempt("s.3", ledger, at=4))


@pytest.mark.parametrize(
    ("ledger", "kind"),
    [
        (("s.1", "s.2"), "lost"),
        (("s.1", "s.2", "s.3", "s.3"), "doubled"),
        (("s.1", "s.3", "s.2"), "interleaved"),
        (("s.1", "s.2", "s.3", "r.1"), "mixed up"),
    ],
)
def test_so_does_the_session_at_the_end(ledger, kind):
    assert kinds(*GOOD, readings=[reading(ledger)]) == [kind]


@pytest.mark.parametrize(
    ("transcript", "kind"),
    [
        (STORED[:2], "lost"),
        ((*STORED, STORED[2]), "doubled"),
        ((STORED[0], STORED[2], STORED[1]), "interleaved"),
        ((*STORED[:2], Stored(message_id="m-s.3", text="s.3", reply="s.1 s.3")), "doubled"),
        ((*STORED, Stored(message_id="m-x", text="r.1", reply="")), "mixed up"),
    ],
)
def test_so_does_the_transcript(transcript, kind):
    assert kinds(*GOOD, readings=[reading(transcript=transcript)]) == [kind]


def test_a_session_that_cannot_be_read_at_the_end_is_a_fault():
    unread = Reading(session="s", at=100, fault="503 StoreUnavailable")
    assert kinds(*GOOD, readings=[unread]) == ["unreadable"]


def test_a_turn_without_an_answer_may_be_there_or_not_but_once():
    unknown = attempt("s.1", at=1, outcome="cut", code="ConnectionResetError")
    killed = Outage(fault="server killed", begun=0, ended=2, healthy=3, cuts=True)
    for ledger in ("s.2", "s.1 s.2", "s.2"):
        assert kinds(unknown, attempt("s.2", ledger, at=5), outages=[killed]) == []
    assert kinds(unknown, attempt("s.2", "s.1 s.1 s.2", at=5), outages=[killed]) == ["doubled"]


def test_a_turn_that_was_under_way_when_the_next_was_sent_is_not_missed():
    late = attempt("s.1", "s.2 s.1", at=1, ended=9)
    assert kinds(late, attempt("s.2", "s.2", at=5, ended=6)) == []


def test_a_models_answer_to_another_is_mixed_up():
    assert kinds(attempt("q.1", "An answer to r.9", at=1, ledger=False)) == ["mixed up"]
    other = attempt("q.1", "Of r.1 and q.1", at=1, session="q", ledger=False)
    assert kinds(*GOOD[:-1], other) == ["mixed up"]
    cut_short = attempt("q.1", "An ans", at=1, ledger=False, whole=False)
    assert kinds(cut_short) == []


def test_what_the_store_lost_with_its_file_is_excused_and_nothing_later():
    gone = Outage(fault="file deleted", begun=4.8, ended=5, healthy=6, loses=True)
    before, after = attempt("s.1", "s.1", at=1), attempt("s.2", "s.2", at=6)
    assert kinds(before, after, outages=[gone]) == []
    later = attempt("s.3", "s.3", at=8)
    assert kinds(before, after, later, outages=[gone]) == ["lost"]
    assert kinds(before, attempt("s.2", "s.2", at=2), outages=[gone]) == ["lost"]


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (attempt("s.1", at=1, outcome="silent", ended=61), "no answer"),
        (attempt("s.1", "s.1", at=1, ended=31), "no answer"),
        (attempt("s.1", at=1, outcome="cut"), "cut"),
        (refused("s.1", at=1, status=500, code="InternalServerException"), "unclear"),
        (refused("s.1", at=1, status=503, code=""), "unclear"),
        (refused("s.1", at=1, status=0, code="InternalServerException"), "unclear"),
    ],
)
def test_every_request_ends_with_a_clear_word_in_time(end, kind):
    assert kinds(end) == [kind]


def test_lex_calls_a_store_that_is_away_by_its_only_name_for_a_servers_faults():
    assert kinds(refused("s.1", at=1, code="InternalServerException", door="lex")) == []


def test_a_connection_may_be_cut_by_what_cuts_connections():
    cut = attempt("s.1", at=5, outcome="cut")
    killed = Outage(fault="worker killed", begun=5.2, ended=5.3, healthy=6, cuts=True)
    assert kinds(cut, outages=[killed]) == []
    for other in (
        Outage(fault="redis frozen", begun=5.2, ended=5.3, healthy=6),
        Outage(fault="worker killed", begun=50, ended=51, healthy=52, cuts=True),
    ):
        assert kinds(cut, outages=[other]) == ["cut"]


@pytest.mark.parametrize("healthy", [15.5, None])
def test_health_comes_back_in_time(healthy):
    frozen = Outage(fault="redis frozen", begun=1, ended=5, healthy=healthy)
    assert kinds(outages=[frozen]) == ["unhealthy"]


def test_a_process_that_has_to_start_is_given_the_time_of_a_start():
    killed = Outage(fault="server killed", begun=1, ended=5, healthy=17, starting=4)
    assert kinds(outages=[killed]) == []
    killed.starting = 1
    assert kinds(outages=[killed]) == ["unhealthy"]
