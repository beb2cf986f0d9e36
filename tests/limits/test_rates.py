"""How rates and the rest of ``[limits]`` are written, and what a slip in them says."""

import msgspec
import pytest

from daehwa.limits import LimitsError, LimitsSetting, Rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("60/m", Rate(1.0, 60)),
        ("10/s", Rate(10.0, 10)),
        ("60/m burst 20", Rate(1.0, 20)),
        ("7200/h burst 5", Rate(2.0, 5)),
        ("86400/d", Rate(1.0, 86400)),
        ("off", None),
    ],
)
def test_a_rate(text, rate):
    assert Rate.read(text) == rate


@pytest.mark.parametrize("text", ["", "60", "0/m", "60/w", "-1/s", "60/m burst 0", "60 / m", "on"])
def test_what_is_no_rate(text):
    with pytest.raises(ValueError, match="is not a rate: write COUNT/UNIT"):
        Rate.read(text)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ({"turns": {"session": "often"}}, r"'often' is not a rate.*limits\.turns|'often'"),
        ({"turns": {"sesion": "60/m"}}, "sesion"),
        ({"budget": {"calls": -1}}, "budget.calls"),
        ({"budget": {"time_zone": "Mars/Olympus"}}, "Mars/Olympus"),
        ({"waiting": -1}, "waiting"),
        ({"trusted_proxies": ["proxy.example.org"]}, "proxy.example.org"),
        ({"address_header": "client-ip"}, "address_header"),
    ],
)
def test_a_slip_is_named(table, names):
    with pytest.raises(msgspec.ValidationError, match=names):
        msgspec.convert(table, LimitsSetting)


def test_rates_are_limited_where_others_reach_the_server():
    assert LimitsSetting().enforced(loopback=False)
    assert not LimitsSetting().enforced(loopback=True)
    assert LimitsSetting(enforce=True).enforced(loopback=True)
    assert not LimitsSetting(enforce=False).enforced(loopback=False)


def test_behind_a_proxy_on_this_machine_others_reach_the_server():
    assert LimitsSetting(trusted_proxies=("127.0.0.1",)).enforced(loopback=True)


def test_the_environment_goes_before_the_file():
    setting = LimitsSetting(enforce=True).with_environment(
        {"DAEHWA_LIMITS": "0", "DAEHWA_TRUSTED_PROXIES": "10.0.0.0/8, ::1"}
    )
    assert setting.enforce is False
    assert setting.trusted_proxies == ("10.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAEHWA_LIMITS", ""),
        ("DAEHWA_LIMITS", "some"),
        ("DAEHWA_TRUSTED_PROXIES", " "),
        ("DAEHWA_TRUSTED_PROXIES", "nginx"),
    ],
)
def test_a_variable_that_makes_no_sense_is_named(name, value):
    with pytest.raises(LimitsError, match=name):
        LimitsSetting().with_environment({name: value})


def test_a_rate_that_a_table_leaves_out_is_the_usual_one():
    usual = LimitsSetting()
    for name in ("turns", "answers", "credentials", "building", "uploads"):
        given = msgspec.convert({name: {"session": "7/s"}}, LimitsSetting)
        rates, before = getattr(given, name), getattr(usual, name)
        assert (rates.session, rates.address, rates.key) == ("7/s", before.address, before.key)
