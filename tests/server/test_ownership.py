"""A session belongs to the door and the credential that began it: to others there is none.

With the real conversation and its store, through every door, as strangers would try it.
"""

import msgspec
import pytest
from asgi import call
from test_sigv4 import sign

from daehwa import bot, chat, stores
from daehwa.conversation import Opening, open_sessions, plan_runtime
from daehwa.server import ServerSettings, doors

SECRET = chat.SECRET_HEADER.lower()
STREAM = {"accept": "text/event-stream"}
KEYS = {"AKIDSHOP": "shop-secret", "AKIDBANK": "bank-secret"}
HELLO = bot.bundled()["HelloWorldBot"]
BOT_ID = bot.bot_id(bot.load(HELLO))
LEX = f"/bots/{BOT_ID}/botAliases/TSTALIASID/botLocales/ko_KR/sessions"


@pytest.fixture(scope="module")
def opening(tmp_path_factory):
    return Opening(bots=(str(HELLO),), data=str(tmp_path_factory.mktemp("data")), answer="none")


@pytest.fixture
async def runtime(opening):
    async with plan_runtime(opening).open() as runtime:
        yield runtime


@pytest.fixture
def here(runtime):
    """A server that only this machine reaches, with nothing configured."""
    return doors(runtime, ServerSettings())


@pytest.fixture
def outside(runtime):
    """A server that others reach, with nothing configured."""
    return doors(runtime, ServerSettings(loopback=False))


@pytest.fixture
def signed(runtime):
    """A server on loopback whose Lex API demands signatures, with two customers' keys."""
    return doors(runtime, ServerSettings(sigv4=True, access_keys=KEYS))


def signature(method, path, body, key_id):
    headers = sign(method, path, body=body, key_id=key_id, secret=KEYS[key_id])
    del headers["host"]
    return headers


async def lex(app, method, session, body=b"", key_id=None):
    path = f"{LEX}/{session}"
    headers = {} if key_id is None else signature(method, path, body, key_id)
    return await call(app, method, path, body, headers)


async def say(app, text, headers=(), **more):
    return await call(app, "POST", "/chat", {"text": text, **more}, headers)


async def texts(app, session, headers=()):
    answer = await call(app, "GET", f"/chat/sessions/{session}", headers=headers)
    assert answer.status == 200, answer.body
    return [turn["text"] for turn in answer.json["turns"]]


async def begin(app, **wanted):
    answer = await call(app, "POST", "/chat/sessions", wanted)
    assert answer.status == 201
    return answer.json["sessionId"], {SECRET: answer.json["sessionSecret"]}


def message(text):
    return msgspec.json.encode({"text": text})


# --- doors and credentials ------------------------------------------------------------


async def test_a_session_of_the_signed_lex_api_is_not_there_for_chat(signed):
    path = f"{LEX}/customer-42/text"
    body = message("안녕")
    spoken = await call(signed, "POST", path, body, signature("POST", path, body, "AKIDSHOP"))
    assert spoken.status == 200
    assert await texts(signed, "customer-42") == []
    taken = await say(signed, "홍길동", sessionId="customer-42")
    assert "홍길동" not in taken.json["msg"]
    turn = f"/chat/sessions/customer-42/turns/{spoken.headers['x-amzn-requestid']}"
    assert (await call(signed, "GET", turn)).status == 404
    assert (await call(signed, "POST", f"{turn}/feedback", {"rating": "up"})).status == 404
    assert (await call(signed, "DELETE", "/chat/sessions/customer-42")).status == 204
    state = (await lex(signed, "GET", "customer-42", key_id="AKIDSHOP")).json["sessionState"]
    assert state["dialogAction"]["type"] == "ElicitSlot"


async def test_a_session_of_one_key_is_not_there_for_another(signed):
    path = f"{LEX}/both/text"
    body = message("안녕")
    await call(signed, "POST", path, body, signature("POST", path, body, "AKIDSHOP"))
    assert (await lex(signed, "GET", "both", key_id="AKIDBANK")).status == 404
    assert (await lex(signed, "DELETE", "both", key_id="AKIDBANK")).status == 200
    assert (await lex(signed, "GET", "both", key_id="AKIDSHOP")).status == 200


async def test_the_doors_share_no_sessions_on_an_open_server_either(here, opening):
    await say(here, "안녕", sessionId="shared")
    assert (await lex(here, "GET", "shared")).status == 404
    await lex(here, "DELETE", "shared")
    assert await texts(here, "shared") == ["안녕"]
    completion = {"messages": [{"role": "user", "content": "주식이 뭐야?"}], "user": "kim"}
    answer = await call(here, "POST", "/v1/chat/completions", completion)
    assert answer.status == 200
    async with open_sessions(opening) as store:
        missed = await store.missed(BOT_ID)
    (session_id,) = {one.key.session_id for one in missed if one.key.owner == "v1"}
    assert await texts(here, session_id) == []
    assert (await lex(here, "GET", session_id)).status == 404


async def test_each_token_has_sessions_of_its_own(runtime, tmp_path):
    file = tmp_path / "credentials.toml"
    file.write_text('[tokens.shop]\nsecret = "one"\n[tokens.bank]\nsecret = "two"\n')
    app = doors(runtime, ServerSettings(loopback=False, credentials=file))
    shop, bank = ({"authorization": f"Bearer {token}"} for token in ("one", "two"))
    await say(app, "안녕", shop, sessionId="customer-7")
    assert await texts(app, "customer-7", shop) == ["안녕"]
    assert await texts(app, "customer-7", bank) == []


# --- secrets --------------------------------------------------------------------------


async def test_a_script_on_this_machine_names_its_session_and_reads_it(here):
    first = await say(here, "안녕", sessionId="script-1", messageId="m1")
    assert SECRET not in first.headers
    assert (await say(here, "홍길동", sessionId="script-1")).json["msg"].count("홍길동") == 1
    assert await texts(here, "script-1") == ["안녕", "홍길동"]
    assert (await call(here, "DELETE", "/chat/sessions/script-1")).status == 204
    assert await texts(here, "script-1") == []


async def test_where_others_come_an_id_is_no_key_to_anything(outside):
    first = await say(outside, "안녕", sessionId="customer-42", messageId="m1")
    mine = {SECRET: first.headers[SECRET]}
    session = "/chat/sessions/customer-42"
    for method, path in (
        ("GET", session),
        ("GET", f"{session}/turns/m1"),
        ("POST", f"{session}/turns/m1/stop"),
        ("POST", f"{session}/turns/m1/feedback"),
        ("DELETE", session),
    ):
        refused = await call(outside, method, path, {"rating": "up"})
        assert (refused.status, refused.json["error"]["code"]) == (401, "SecretMissing"), path
    stranger = await say(outside, "홍길동", sessionId="customer-42")
    assert "홍길동" not in stranger.json["msg"]
    assert stranger.headers[SECRET] != mine[SECRET]
    reply = await say(outside, "홍길동", mine, sessionId="customer-42")
    assert "홍길동" in reply.json["msg"]
    assert SECRET not in reply.headers
    assert await texts(outside, "customer-42", mine) == ["안녕", "홍길동"]


@pytest.mark.parametrize("loopback", [True, False])
async def test_a_session_with_a_secret_is_for_whoever_has_it(runtime, loopback):
    app = doors(runtime, ServerSettings(loopback=loopback))
    session, mine = await begin(app)
    await say(app, "안녕", mine, sessionId=session, messageId="m1")
    path = f"/chat/sessions/{session}"
    others = [{SECRET: chat.new_secret()}] + ([{}] if loopback else [])
    for theirs in others:
        assert await texts(app, session, theirs) == []
        for way in ({}, STREAM):
            headers = {**theirs, **way}
            assert (await call(app, "GET", f"{path}/turns/m1", headers=headers)).status == 404
        rating = {"rating": "up"}
        refused = await call(app, "POST", f"{path}/turns/m1/feedback", rating, theirs)
        assert refused.status == 404
        await call(app, "DELETE", path, headers=theirs)
        await say(app, "홍길동", theirs, sessionId=session)
    assert await texts(app, session, mine) == ["안녕"]
    assert (await call(app, "GET", f"{path}/turns/m1", headers=mine)).status == 200
    assert (
        await call(app, "POST", f"{path}/turns/m1/feedback", {"rating": "up"}, mine)
    ).status == 204
    assert (await call(app, "DELETE", path, headers=mine)).status == 204
    assert await texts(app, session, mine) == []


async def test_a_streamed_first_reply_brings_the_secret_before_the_first_word(outside):
    first = await say(outside, "안녕", STREAM, sessionId="streamed")
    mine = {SECRET: first.headers[SECRET]}
    assert [name for name, _ in first.events] == ["start", "done"]
    assert await texts(outside, "streamed", mine) == ["안녕"]


async def test_a_talk_is_saved_as_a_test_for_whoever_has_its_secret(outside):
    session, mine = await begin(outside)
    await say(outside, "안녕", mine, sessionId=session)
    path = f"/chat/sessions/{session}/test"
    assert (await call(outside, "GET", path)).json["error"]["code"] == "SecretMissing"
    _, theirs = await begin(outside)
    assert (await call(outside, "GET", path, headers=theirs)).json["text"] == ""
    saved = (await call(outside, "GET", path, headers=mine)).json
    assert saved["name"].startswith("talk-")
    assert "turns:\n  - user: 안녕\n" in saved["text"]


async def test_the_store_holds_a_hash_of_the_secret_alone(outside, opening):
    session, mine = await begin(outside)
    await say(outside, "안녕", mine, sessionId=session)
    async with open_sessions(opening) as store:
        key = stores.SessionKey(
            BOT_ID, "TSTALIASID", "ko_KR", session, chat.owner_by_secret(mine[SECRET])
        )
        assert len(await store.turns(key)) == 1
        assert mine[SECRET] not in repr(key)


@pytest.mark.parametrize("secret", ["x", "", "a" * 42, "ä" * 43])
async def test_a_secret_that_no_server_made_is_refused(here, secret):
    headers = {SECRET: secret.encode().decode("latin-1")}
    refused = await say(here, "안녕", headers, sessionId="script-2")
    assert (refused.status, refused.json["error"]["code"]) == (400, "SecretInvalid")


# --- sessions of releases without secrets ---------------------------------------------

OLD = "0123456789abcdef01234567"


async def leave_old(runtime, session_id, *message_ids):
    """Sessions as an earlier release left them: with no owner."""
    reference = {"session_id": session_id, "bot_id": BOT_ID, "locale_id": "ko_KR"}
    for number, message_id in enumerate(message_ids):
        request = chat.ChatRequest(
            text="홍길동" if number else "안녕", message_id=message_id, **reference
        )
        await runtime.chat.reply(request, chat.Caller(request_id=f"r{number}"))
    await runtime.chat.rate(
        chat.SessionReference(**reference), message_ids[0], chat.FeedbackRequest(rating="up")
    )


async def test_a_session_of_an_earlier_page_moves_to_its_browser(outside, runtime):
    await leave_old(runtime, OLD, "a" * 24, "b" * 24 + ".2")
    session, mine = await begin(outside, sessionId=OLD)
    assert session == OLD
    answer = await call(outside, "GET", f"/chat/sessions/{OLD}", headers=mine)
    turns = answer.json["turns"]
    assert [turn["text"] for turn in turns] == ["안녕", "홍길동"]
    assert turns[0]["feedback"]["rating"] == "up"
    assert answer.json["open"]
    assert "홍길동" in (await say(outside, "네", mine, sessionId=OLD)).json["msg"]
    _, second = await begin(outside, sessionId=OLD)
    assert await texts(outside, OLD, second) == []


@pytest.mark.parametrize(
    ("session_id", "message_id"), [("customer-43", "a" * 24), ("f" * 24, "m-1")]
)
async def test_other_sessions_without_an_owner_are_not_handed_out(
    outside, runtime, session_id, message_id
):
    await leave_old(runtime, session_id, message_id)
    _, mine = await begin(outside, sessionId=session_id)
    assert await texts(outside, session_id, mine) == []
