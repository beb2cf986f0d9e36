"""The answer's own machine (`answer.js`): what may happen in each state, and where that leads."""

import pytest

ENDS = {"finish": "done", "breakOff": "incomplete", "stop": "stopped", "fail": "failed"}
ON_ITS_WAY = ("sending", "waiting", "streaming", "reconnecting")

# Plays a list of calls on a new answer; gives its state after each, and its text in the end.
PLAY = """async (calls) => {
  const {Answer} = await moduleOf("answer.js");
  const {Failure} = await moduleOf("api.js");
  const answer = new Answer("m1");
  const states = calls.map(([name, ...given]) => {
    if (name === "fail") given = [new Failure(...given)];
    try { answer[name](...given); } catch (error) { return error.message; }
    return answer.state;
  });
  const {text, line, source, underway, taken, reply, failure} = answer;
  return {states, text, line, source, underway, taken, reply, failure: failure?.message};
}"""


@pytest.fixture
def play(chat):
    """Play calls such as ``["piece", "words"]`` on a new answer."""

    async def play(*calls):
        return await chat.page.evaluate(PLAY, [list(call) for call in calls])

    return play


def reply(msg="답", source="chatgpt", **more):
    message = {"contentType": "PlainText", "content": msg}
    return {"msg": msg, "messages": [message], "source": source, "incomplete": False, **more}


async def test_every_state_is_reached_and_none_leads_nowhere(chat):
    table = await chat.page.evaluate("moduleOf('answer.js').then(module => module.TABLE)")
    targets = {target for events in table.values() for target in events.values()}
    assert targets == set(table)
    for state in ON_ITS_WAY:
        own = {"fail": "unsent"} if state == "sending" else {}
        assert table[state].items() >= (ENDS | own).items()
    for state in ("done", "incomplete", "stopped"):
        assert table[state] == {}
    assert table["failed"] == table["unsent"] == ENDS | {"ask": "sending", "follow": "waiting"}


async def test_an_answer_that_streams_to_its_end(play):
    status = {"state": "answering", "source": "chatgpt", "line": "쓰는 중"}
    seen = await play(
        ["take"],
        ["take", status],
        ["piece", "첫 "],
        ["piece", "둘째"],
        ["settle", reply("첫 둘째")],
    )
    assert seen["states"] == ["waiting", "waiting", "streaming", "streaming", "done"]
    assert (seen["text"], seen["source"], seen["line"]) == ("첫 둘째", "chatgpt", "")
    assert seen["taken"]
    assert not seen["underway"]


async def test_a_reply_may_come_at_once_and_whole(play):
    assert (await play(["settle", reply()]))["states"] == ["done"]


async def test_a_reply_that_is_incomplete_or_lost_is_broken_off(play):
    assert (await play(["take"], ["settle", reply(incomplete=True)]))["states"][-1] == "incomplete"
    assert (await play(["take"], ["settle", None]))["states"][-1] == "incomplete"


async def test_what_was_seen_of_an_answer_that_was_cut_stays_whatever_the_server_kept_of_it(play):
    """A server that was killed had written down what it said half a second before."""
    kept = reply("하나", incomplete=True)
    seen = await play(["take"], ["piece", "하나 둘"], ["lose"], ["settle", kept])
    assert seen["reply"]["messages"][0]["content"] == "하나 둘"
    other = reply("다른 말", incomplete=True)
    seen = await play(["take"], ["piece", "하나 둘"], ["lose"], ["settle", other])
    assert seen["reply"]["messages"][0]["content"] == "다른 말"


async def test_a_reply_that_says_why_there_is_none_has_failed(play):
    error = {"code": "unreachable", "message": "for programs"}
    wordless = await play(["settle", reply("닿지 않아요.", source="none", error=error)])
    assert wordless["states"] == ["failed"]
    assert wordless["failure"] == "닿지 않아요."
    assert wordless["reply"]["messages"] == []
    spoken = await play(["settle", reply("봇의 말", source="intent", error=error)])
    assert spoken["reply"]["messages"] != []


async def test_what_the_server_never_had_is_unsent_and_can_be_asked_again(play):
    seen = await play(["fail", "network"], ["ask"], ["take"], ["piece", "답"], ["settle", reply()])
    assert seen["states"] == ["unsent", "sending", "waiting", "streaming", "done"]


async def test_a_stream_that_is_taken_up_again_never_shows_less_than_before(play):
    calls = [["take"], ["piece", "하나 둘"], ["lose"], ["follow"], ["take"], ["piece", "하나"]]
    assert (await play(*calls))["text"] == "하나 둘"
    seen = await play(*calls, ["piece", " 둘 셋"])
    assert (seen["states"][-1], seen["text"]) == ("streaming", "하나 둘 셋")


async def test_asking_once_more_begins_with_nothing(play):
    seen = await play(["take"], ["piece", "반쯤"], ["fail", "cut"], ["ask"])
    assert (seen["states"][-1], seen["text"], seen["failure"]) == ("sending", "", None)


@pytest.mark.parametrize("end", [["settle", reply()], ["stop"]], ids=["done", "stopped"])
async def test_nothing_happens_after_the_end(play, end):
    late = [["take"], ["piece", "늦은 말"], ["lose"], ["follow"], ["stop"], ["ask"]]
    states = (await play(["take"], end, *late))["states"]
    assert all(refused.startswith("an answer that is ") for refused in states[2:])


# Plays rounds of changes of one exchange, none of them seen but the last of a round; gives what is
# shown after each round.
ROUNDS = """async (rounds) => {
  const {Exchange} = await moduleOf("exchange.js");
  const {ExchangeView} = await moduleOf("messages.js");
  const {Failure} = await moduleOf("api.js");
  const exchange = new Exchange("a1");
  const words = {text: "안녕", label: "안녕"};
  let at = 0;
  const another = () => exchange.answer({...words, at: new Date(2026, 0, 1, ++at)}, "");
  another();
  const view = new ExchangeView(exchange, {tongue: "ko", bot: "봇", starters: [], sources: "full"});
  return rounds.map((calls) => {
    for (const [name, ...given] of calls) {
      if (name === "another") another();
      else exchange.current[name](...name === "fail" ? [new Failure(...given)] : given);
    }
    view.update({last: true, busy: false});
    return view.element.textContent;
  });
}"""


@pytest.mark.parametrize(
    ("rounds", "shown"),
    [
        # Sent again, and refused again before the next frame.
        (
            [
                [["fail", "refused", {"code": "Busy", "status": 503, "retryAfter": 9}]],
                [["ask"], ["fail", "refused", {"code": "Gone", "status": 500}]],
            ],
            ("Busy", "Gone"),
        ),
        # The same failure once more has a request id of its own.
        (
            [
                [["take"], ["fail", "failed", {"code": "Lost", "requestId": "r-1"}]],
                [["ask"], ["take"], ["fail", "failed", {"code": "Lost", "requestId": "r-2"}]],
            ],
            ("r-1", "r-2"),
        ),
        # What was lost turns out to be a question of yes and no.
        (
            [
                [["take"], ["fail", "cut"]],
                [["settle", reply(source="intent", dialogAction={"type": "ConfirmIntent"})]],
            ],
            ("연결이 끊겼어요", "아니요"),
        ),
        # Another version was said at another time.
        ([[["take"]], [["another"], ["take"]]], ("오전 1:00", "오전 2:00")),
    ],
)
async def test_what_changes_between_two_frames_is_shown(same_chat, rounds, shown):
    first, then = await same_chat.page.evaluate(ROUNDS, rounds)
    assert shown[0] in first
    assert shown[1] in then
    assert shown[0] not in then
