"""What a transcript promises, held against DynamoDB (emulated) and against the tests' double.

The stores of ``daehwa.stores`` keep sessions and have a contract of their own (``tests/stores``);
on AWS Lex keeps the session, and this is what is left to us.
"""

import itertools
import threading

import boto3
import pytest
from account import REGION

from daehwa.aws.testing import MemoryTranscript
from daehwa.aws.transcript_table import INDEX, TranscriptTable

NOW = 1_800_000_000.0
SESSION = "ko_KR#세션-1"
_numbers = itertools.count(1)


@pytest.fixture
def now():
    """The time, to be moved: ``now[0] += 60``."""
    return [NOW]


@pytest.fixture(params=["memory", "dynamodb"])
def transcript(request, now):
    def clock():
        # As in life, no moment is there twice.
        now[0] += 0.001
        return now[0]

    if request.param == "memory":
        yield MemoryTranscript(clock)
        return
    account = request.getfixturevalue("empty_account")
    table = f"transcript-{next(_numbers)}"
    keys = {"session": "S", "messageId": "S", "at": "N"}
    client = boto3.client(
        "dynamodb",
        endpoint_url=account.url,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_table(
        TableName=table,
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": kind} for name, kind in keys.items()
        ],
        KeySchema=_schema("session", "messageId"),
        LocalSecondaryIndexes=[
            {
                "IndexName": INDEX,
                "KeySchema": _schema("session", "at"),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    client.close()
    transcript = TranscriptTable(table, keep_days=30, environ=account.environ, clock=clock)
    yield transcript
    transcript.close()


def _schema(partition, sort):
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def begin(transcript, message_id="m-1", *, claim="request-1", text="안녕", session=SESSION):
    return transcript.begin(session, message_id, text, claim=claim, seconds=60)


def test_a_turn_runs_and_is_done(transcript):
    assert begin(transcript) is None
    turn = transcript.turn(SESSION, "m-1")
    assert (turn.message_id, turn.text, turn.state, turn.reply) == ("m-1", "안녕", "running", None)
    transcript.finish(SESSION, "m-1", '{"msg": "반가워요"}')
    turn = transcript.turn(SESSION, "m-1")
    assert (turn.state, turn.reply) == ("done", '{"msg": "반가워요"}')


def test_what_is_not_there_is_none(transcript):
    assert transcript.turn(SESSION, "m-1") is None
    assert transcript.turns(SESSION, limit=9) == ()


def test_a_message_is_one_turn(transcript):
    begin(transcript)
    there = begin(transcript, claim="request-2", text="other")
    assert (there.text, there.state) == ("안녕", "running")
    transcript.finish(SESSION, "m-1", "{}")
    assert begin(transcript, claim="request-3").reply == "{}"


def test_of_many_that_begin_a_turn_one_does(transcript, empty_account):
    began = []

    def run(number):
        mine = transcript_of(transcript, empty_account)
        if begin(mine, claim=f"request-{number}") is None:
            began.append(number)
        mine.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(began) == 1


def transcript_of(transcript, account):
    """A transcript over the same table with a connection of its own, as another function's."""
    if isinstance(transcript, MemoryTranscript):
        return transcript
    return TranscriptTable(
        transcript._table, keep_days=30, environ=account.environ, clock=transcript._clock
    )


def test_a_request_knows_its_own_turn_again(transcript):
    """The network may lose DynamoDB's first word on it."""
    assert begin(transcript) is None
    assert begin(transcript) is None


def test_a_turn_that_died_is_begun_anew(transcript, now):
    begin(transcript)
    now[0] += 120
    assert transcript.turn(SESSION, "m-1").state_at(now[0]) == "incomplete"
    assert begin(transcript, claim="request-2", text="again") is None
    assert transcript.turn(SESSION, "m-1").text == "again"


def test_a_turn_that_was_given_up_is_begun_anew(transcript):
    begin(transcript)
    transcript.give_up(SESSION, "m-1")
    assert transcript.turn(SESSION, "m-1").state == "incomplete"
    assert begin(transcript, claim="request-2") is None


def test_an_incomplete_answer_stays(transcript):
    begin(transcript)
    transcript.finish(SESSION, "m-1", "{}", state="incomplete")
    assert begin(transcript, claim="request-2").state == "incomplete"


def test_a_turn_that_came_to_nothing_is_forgotten(transcript):
    begin(transcript)
    transcript.forget(SESSION, "m-1")
    transcript.forget(SESSION, "m-1")
    assert transcript.turn(SESSION, "m-1") is None


def test_nothing_is_made_of_a_turn_that_is_gone(transcript):
    transcript.finish(SESSION, "m-1", "{}")
    transcript.give_up(SESSION, "m-1")
    assert transcript.turn(SESSION, "m-1") is None


def test_a_running_turn_can_be_stopped(transcript):
    assert not transcript.stop(SESSION, "m-1")
    begin(transcript)
    assert not transcript.turn(SESSION, "m-1").stopped
    assert transcript.stop(SESSION, "m-1")
    assert transcript.turn(SESSION, "m-1").stopped
    transcript.finish(SESSION, "m-1", "{}", state="incomplete")
    assert not transcript.stop(SESSION, "m-1")


def test_the_last_turns_oldest_first(transcript):
    for number in range(5):
        begin(transcript, f"m-{9 - number}")
    assert [turn.message_id for turn in transcript.turns(SESSION, limit=3)] == ["m-7", "m-6", "m-5"]
    assert len(transcript.turns(SESSION, limit=9)) == 5
    before = transcript.turns(SESSION, limit=2, before="m-6")
    assert [turn.message_id for turn in before] == ["m-8", "m-7"]
    assert transcript.turns(SESSION, limit=9, before="m-1") == ()


def test_sessions_and_locales_are_apart(transcript):
    begin(transcript)
    for other in ("en_US#세션-1", "ko_KR#세션-2"):
        assert transcript.turn(other, "m-1") is None
        assert begin(transcript, session=other) is None
        assert not transcript.turns(other, limit=9)[0].reply


def test_a_rating_is_kept_changed_and_taken_back(transcript):
    assert not transcript.rate(SESSION, "m-1", "up", None)
    begin(transcript)
    for given in (("up", None), ("down", "틀렸어요"), (None, "음"), (None, None)):
        assert transcript.rate(SESSION, "m-1", *given)
        turn = transcript.turn(SESSION, "m-1")
        assert (turn.rating, turn.comment) == given


def test_a_session_is_forgotten_whole(transcript):
    assert not transcript.delete(SESSION)
    # More than DynamoDB deletes in one go.
    for number in range(30):
        begin(transcript, f"m-{number}")
    begin(transcript, session="ko_KR#other")
    assert transcript.delete(SESSION)
    assert transcript.turns(SESSION, limit=50) == ()
    assert len(transcript.turns("ko_KR#other", limit=50)) == 1


def test_a_session_moves_with_all_that_was_said(transcript):
    for number in range(30):
        begin(transcript, message_id=f"m-{number}", text=f"말 {number}")
        transcript.finish(SESSION, f"m-{number}", "{}")
    transcript.rate(SESSION, "m-3", "up", "좋아요")
    transcript.move(SESSION, "ko_KR#세션-1#chat~x")
    assert transcript.turns(SESSION, limit=99) == ()
    turns = transcript.turns("ko_KR#세션-1#chat~x", limit=99)
    assert [turn.text for turn in turns] == [f"말 {number}" for number in range(30)]
    assert (turns[3].rating, turns[3].comment, turns[3].reply) == ("up", "좋아요", "{}")
    transcript.move("ko_KR#nobody", "ko_KR#nobody#x")
