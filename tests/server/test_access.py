"""Who may come in by which door, with which credential, and what a closed door answers."""

import pytest
from asgi import call
from scripted import SESSION, ScriptedRuntime
from test_sigv4 import sign

from daehwa.conversation import Catalogue
from daehwa.server import ServerError, ServerSettings, doors
from daehwa.server.access import door_states, opened_doors
from daehwa.server.credentials import CredentialsError, CredentialSet, CredentialSource
from daehwa.stores import FolderObjects
from daehwa.workshop import Workshop

BOT = b"{}"
OUTSIDE = {"loopback": False}
FILE = """
[tokens.page]
secret = ["page-new", "page-old"]
[tokens.builder]
secret = "builder"
scopes = ["build"]
[tokens.prometheus]
secret = "prometheus"
scopes = ["operate"]
[keys.AKIDSHOP]
secret = "shop-secret"
scopes = ["chat"]
[keys.AKIDTEAM]
secret = "team-secret"
name = "team"
"""
KEYS = {"AKIDSHOP": "shop-secret", "AKIDTEAM": "team-secret"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "credentials.toml"
    path.write_text(FILE)
    return path


@pytest.fixture
async def workshop(tmp_path):
    async with Workshop(Catalogue([], None), FolderObjects(tmp_path)) as workshop:
        yield workshop


@pytest.fixture
def serve(workshop):
    """A server with these settings."""
    return lambda **settings: doors(
        ScriptedRuntime(), ServerSettings(**settings), workshop=workshop
    )


async def knock(app, headers=(), *, key=None):
    """The status of one request at each door."""
    requests = {
        "chat": ("GET", "/chat/config", b""),
        "v1": ("GET", "/v1/models", b""),
        "lex": ("POST", f"{SESSION}/text", b'{"text":"a"}'),
        "build": ("POST", "/bots/", BOT),
        "metrics": ("GET", "/metrics", b""),
    }
    statuses = {}
    for door, (method, path, body) in requests.items():
        sent = dict(headers)
        if key is not None and door in ("lex", "build"):
            sent |= sign(method, path, body=body, key_id=key, secret=KEYS[key])
            del sent["host"]
        statuses[door] = (await call(app, method, path, body, sent)).status
    return statuses


def bearer(token):
    return {"authorization": f"Bearer {token}"}


ALL = {"chat": 200, "v1": 200, "lex": 200, "build": 200, "metrics": 200}
NONE = {"chat": 403, "v1": 403, "lex": 403, "build": 403, "metrics": 403}


async def test_on_this_machine_everything_is_open_to_everybody(serve):
    assert await knock(serve()) == ALL


async def test_elsewhere_nothing_is_open_but_the_chat_and_its_page(serve):
    app = serve(**OUTSIDE)
    assert await knock(app) == NONE | {"chat": 200}
    for path in ("/", "/healthz", "/readyz", "/openapi.json"):
        assert (await call(app, "GET", path)).status == 200
    assert (await call(app, "POST", "/chat", {"text": "안녕"})).status == 200


async def test_a_proxy_s_name_means_that_others_come(serve):
    app = serve(allowed_hosts=("chat.example",))
    assert await knock(app) == NONE | {"chat": 200}
    assert await knock(serve(allowed_hosts=("localhost",))) == ALL
    assert await knock(serve(proxied=True)) == NONE | {"chat": 200}


@pytest.mark.parametrize(
    ("method", "path", "setting"),
    [
        ("GET", "/v1/models", "DAEHWA_TOKEN"),
        ("GET", "/metrics", "DAEHWA_CREDENTIALS"),
        ("POST", f"{SESSION}/text", "DAEHWA_ACCESS_KEYS"),
        ("POST", "/bots/", "DAEHWA_BUILDING=1"),
    ],
)
async def test_a_closed_door_names_the_setting_that_opens_it(serve, method, path, setting):
    answer = await call(serve(**OUTSIDE), method, path, b"{}")
    assert answer.status == 403
    assert setting in answer.body.decode()


@pytest.mark.parametrize("door", ALL)
async def test_each_door_can_be_opened_alone(serve, door):
    assert await knock(serve(**OUTSIDE, opened=(door,))) == NONE | {door: 200}


async def test_what_is_named_is_all_that_is_open_on_this_machine_too(serve):
    assert await knock(serve(opened=())) == NONE


async def test_the_older_settings_open_what_they_did(serve):
    app = serve(**OUTSIDE, unsigned=True, building=True)
    assert await knock(app) == ALL | {"v1": 403, "metrics": 403}
    assert (await knock(serve(building=False)))["build"] == 403


async def test_a_token_opens_what_its_scope_says(serve, file):
    app = serve(**OUTSIDE, credentials=file)
    closed = {"chat": 401, "v1": 401, "lex": 403, "build": 403, "metrics": 401}
    assert await knock(app) == closed
    assert await knock(app, bearer("wrong")) == closed
    for token in ("page-new", "page-old"):
        assert await knock(app, bearer(token)) == NONE | {"chat": 200, "v1": 200, "lex": 200}
    assert await knock(app, bearer("builder")) == NONE | {"build": 200}
    assert await knock(app, bearer("prometheus")) == NONE | {"metrics": 200}


async def test_a_key_opens_what_its_scope_says(serve, file):
    app = serve(**OUTSIDE, credentials=file)
    closed = {"chat": 401, "v1": 401, "metrics": 401}
    assert await knock(app, key="AKIDSHOP") == closed | {"lex": 200, "build": 403}
    assert await knock(app, key="AKIDTEAM") == closed | {"lex": 200, "build": 200}


async def test_with_a_file_of_credentials_nothing_is_open_on_this_machine_either(serve, file):
    assert set((await knock(serve(credentials=file))).values()) == {401, 403}
    file.write_text("")
    assert await knock(serve(credentials=file)) == NONE


async def test_a_wrong_token_on_an_open_door_is_nobody_s(serve):
    # OpenAI's client sends some key in any case.
    assert await knock(serve(), bearer("none")) == ALL


# --- changing credentials -------------------------------------------------------------


def test_a_changed_file_is_read_again_and_a_broken_one_is_not(file, monkeypatch):
    monkeypatch.setattr("daehwa.server.credentials._LOOK_SECONDS", -1.0)
    source = CredentialSource(CredentialSet(), file)
    assert source.current().of_token("page-old").name == "page"
    replace(file, FILE.replace(', "page-old"', "").replace("shop-secret", "another"))
    assert source.current().of_token("page-old") is None
    assert source.current().of_token("page-new").name == "page"
    assert source.current().secrets["AKIDSHOP"] == "another"
    replace(file, "[tokens.page")
    assert source.current().of_token("page-new").name == "page"
    file.unlink()
    assert source.current().of_token("page-new").name == "page"
    file.write_text("")
    assert source.current().of_token("page-new") is None


def replace(file, text):
    """As editors and mounted secrets do it: another file in its place."""
    other = file.with_suffix(".new")
    other.write_text(text)
    other.replace(file)


def test_keys_of_one_name_are_one_principal(tmp_path):
    path = tmp_path / "credentials.toml"
    path.write_text(
        '[keys.AKIDOLD]\nsecret = "a"\nname = "shop"\n[keys.AKIDNEW]\nsecret = "b"\nname = "shop"\n'
    )
    credentials = CredentialSet.read(path)
    owners = {credentials.of_key(key).owner("lex") for key in ("AKIDOLD", "AKIDNEW")}
    assert owners == {"lex:shop"}


def test_a_token_may_stand_in_the_file_as_its_digest(tmp_path):
    digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
    path = tmp_path / "credentials.toml"
    path.write_text(f'[tokens.page]\nsha256 = "{digest}"\n')
    assert CredentialSet.read(path).of_token("secret").name == "page"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[tokens.page]", "no secret"),
        ('[tokens.page]\nsecret = ""', "empty secret"),
        ('[tokens.page]\nsecret = "topsecret"\nscopes = ["all"]', "Invalid enum value 'all'"),
        ('[tokens."a b"]\nsecret = "topsecret"', "a name has"),
        ('[tokens.page]\nsecret = "topsecret"\nrole = "x"', "unknown field `role`"),
        ('[keys.AKID]\nname = "x"', "missing required field `secret`"),
        ('[tokens.page]\nsha256 = "topsecret"', "sha256"),
        ('[tokens.page]\nsecret = "topsecret', "cannot be read"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_without_its_secrets(tmp_path, text, why):
    path = tmp_path / "credentials.toml"
    path.write_text(text)
    with pytest.raises(CredentialsError, match=why) as raised:
        CredentialSet.read(path)
    assert str(path) in str(raised.value)
    assert "topsecret" not in str(raised.value)


def test_a_file_that_is_not_there_keeps_the_server_from_starting(tmp_path):
    with pytest.raises(CredentialsError, match="cannot be read"):
        doors(ScriptedRuntime(), ServerSettings(credentials=tmp_path / "nowhere.toml"))


# --- signing in to the page -----------------------------------------------------------


def cookie_of(answer):
    name, _, rest = answer.headers["set-cookie"].partition("=")
    return {"cookie": f"other=1; {name}={rest.partition(';')[0]}"}


async def test_a_browser_signs_in_and_out(serve):
    app = serve(**OUTSIDE, token="sesame")
    assert (await call(app, "GET", "/chat/config")).status == 401
    signed_in = await call(app, "POST", "/chat/signin", {"token": " sesame "})
    assert signed_in.status == 204
    cookie = cookie_of(signed_in)
    assert "sesame" not in signed_in.headers["set-cookie"]
    attributes = signed_in.headers["set-cookie"].lower()
    assert "httponly" in attributes
    assert "samesite=strict" in attributes
    assert (await call(app, "GET", "/chat/config", headers=cookie)).status == 200
    out = await call(app, "DELETE", "/chat/signin", headers=cookie)
    assert "max-age=0" in out.headers["set-cookie"].lower()


async def test_a_wrong_token_does_not_sign_in(serve, file):
    app = serve(**OUTSIDE, credentials=file)
    for token in ("wrong", "", "prometheus"):
        answer = await call(app, "POST", "/chat/signin", {"token": token})
        assert (answer.status, answer.json["error"]["code"]) == (401, "TokenUnknown")
        assert "set-cookie" not in answer.headers


async def test_the_cookie_opens_the_chat_alone_and_its_people_need_secrets(serve):
    app = serve(**OUTSIDE, token="sesame")
    cookie = cookie_of(await call(app, "POST", "/chat/signin", {"token": "sesame"}))
    statuses = await knock(app, cookie)
    assert statuses == {"chat": 200, "v1": 401, "lex": 403, "build": 403, "metrics": 403}
    refused = await call(app, "GET", "/chat/sessions/s1", headers=cookie)
    assert refused.json["error"]["code"] == "SecretMissing"
    assert (await call(app, "GET", "/chat/sessions/s1", headers=bearer("sesame"))).status == 200


async def test_the_cookie_ends_with_its_token(serve):
    cookie = cookie_of(await call(serve(token="one"), "POST", "/chat/signin", {"token": "one"}))
    assert (await call(serve(token="two"), "GET", "/chat/config", headers=cookie)).status == 401


async def test_over_https_the_cookie_goes_over_https_alone(serve):
    app = serve(**OUTSIDE, token="sesame")
    proxy = {"x-forwarded-proto": "https"}
    answer = await call(app, "POST", "/chat/signin", {"token": "sesame"}, proxy)
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_pages_of_other_sites_do_not_sign_anybody_in(serve):
    app = serve(**OUTSIDE, token="sesame")
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert (await call(app, "POST", "/chat/signin", {"token": "x"}, foreign)).status == 403
    bare = {"sec-fetch-site": "same-site"}
    assert (await call(app, "DELETE", "/chat/signin", b"", bare)).status == 403


# --- settings, and what is open -------------------------------------------------------


def settings(**environ):
    return ServerSettings.from_environment(environ)


def test_doors_are_named_in_the_environment(file):
    assert settings(DAEHWA_OPEN="chat, metrics").opened == ("chat", "metrics")
    assert settings(DAEHWA_OPEN="none").opened == ()
    assert settings(DAEHWA_CREDENTIALS=str(file)).credentials == file
    assert settings(DAEHWA_SIGV4="0").unsigned
    assert not settings().unsigned
    with pytest.raises(ServerError, match="leave 'lex' out"):
        settings(DAEHWA_OPEN="lex", DAEHWA_ACCESS_KEYS="AKID:secret")
    with pytest.raises(ServerError, match="chat, v1, lex, build, metrics"):
        settings(DAEHWA_OPEN="chat,all")


def test_what_is_open_is_listed_with_the_setting_that_opens_it(file):
    assert set(opened_doors(ServerSettings())) == set(ALL)
    assert opened_doors(ServerSettings(**OUTSIDE)) == {"chat": "--host"}
    states = {
        state.door: state
        for state in door_states(
            ServerSettings(**OUTSIDE, credentials=file, opened=("metrics",), building=False)
        )
    }
    assert states["chat"].names == ("page",)
    assert states["lex"].names == ("AKIDSHOP", "page", "team")
    assert (states["metrics"].everybody, states["metrics"].setting) == (True, "DAEHWA_OPEN")
    assert (states["build"].names, states["build"].setting) == ((), "DAEHWA_BUILDING=0")


def test_the_file_s_content_stands_in_no_representation(file):
    shown = repr(ServerSettings(credentials=file)) + repr(CredentialSet.read(file))
    assert "secret" not in shown
