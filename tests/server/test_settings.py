"""What the environment says; an empty setting is not an unset one."""

import pytest

from daehwa.server import ServerError, ServerSettings


def settings(**environ):
    return ServerSettings.from_environment(environ)


def test_everything_has_a_default():
    plain = settings()
    assert (plain.sigv4, plain.token, plain.allowed_origins, plain.speech) == (
        False,
        None,
        (),
        None,
    )


def test_keys_switch_signatures_on():
    given = settings(DAEHWA_ACCESS_KEYS="AKIDA:s/1, AKIDB:s:2")
    assert given.access_keys == {"AKIDA": "s/1", "AKIDB": "s:2"}
    assert given.sigv4
    assert not settings(DAEHWA_ACCESS_KEYS="AKIDA:x", DAEHWA_SIGV4="0").sigv4


def test_signatures_without_keys_fail_closed():
    with pytest.raises(ServerError, match="DAEHWA_ACCESS_KEYS"):
        settings(DAEHWA_SIGV4="1")


@pytest.mark.parametrize(
    "name", ["DAEHWA_TOKEN", "DAEHWA_ACCESS_KEYS", "DAEHWA_SPEECH_URL", "DAEHWA_SIGV4"]
)
def test_an_empty_setting_is_refused(name):
    with pytest.raises(ServerError, match=f"{name} is empty"):
        settings(**{name: " "})


def test_a_malformed_key_is_told_without_its_text():
    with pytest.raises(ServerError, match="entry 2") as raised:
        settings(DAEHWA_ACCESS_KEYS="AKIDA:one,topsecret")
    assert "topsecret" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAEHWA_SIGV4", "maybe"),
        ("DAEHWA_LOG", "loud"),
        ("DAEHWA_DRAIN_SECONDS", "soon"),
        ("DAEHWA_DRAIN_SECONDS", "-1"),
        ("DAEHWA_DRAIN_SECONDS", "nan"),
        ("DAEHWA_WATCHDOG_SECONDS", "off"),
        ("DAEHWA_WATCHDOG_SECONDS", "1"),
    ],
)
def test_an_unknown_value_is_told(name, value):
    with pytest.raises(ServerError, match=value):
        settings(**{name: value})


def test_origins_of_the_environment_and_of_the_configuration():
    given = ServerSettings.from_environment(
        {"DAEHWA_ALLOWED_ORIGINS": "https://a.example/, https://b.example"},
        allowed_origins=("https://c.example",),
    )
    assert given.allowed_origins == (
        "https://c.example",
        "https://a.example",
        "https://b.example",
    )


def test_attributes_of_the_environment_and_of_the_configuration():
    given = ServerSettings.from_environment(
        {"DAEHWA_CLIENT_ATTRIBUTES": "tier, page"}, client_attributes=("shop",)
    )
    assert given.client_attributes == ("shop", "tier", "page")
    assert settings().client_attributes is None


def test_no_representation_holds_a_secret():
    given = settings(DAEHWA_ACCESS_KEYS="AKIDA:topsecret", DAEHWA_TOKEN="tokensecret")
    assert "secret" not in repr(given) + str(given)


def test_the_time_that_turns_have_at_the_end_can_be_set():
    assert settings().drain_seconds == 10
    assert settings(DAEHWA_DRAIN_SECONDS="2.5").drain_seconds == 2.5


def test_the_time_that_a_worker_may_be_silent_can_be_set_and_ended():
    assert settings().watchdog_seconds == 15
    assert settings(DAEHWA_WATCHDOG_SECONDS="30").watchdog_seconds == 30
    assert settings(DAEHWA_WATCHDOG_SECONDS="0").watchdog_seconds is None
