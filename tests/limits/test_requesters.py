"""Whose request it is: the address behind trusted proxies, and nobody's word but theirs."""

import pytest

from daehwa.limits import Proxies, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_customer_has_a_whole_64(address, network):
    assert network_of(address) == network


def address(peer, *, trusted=("10.0.0.0/8", "127.0.0.1", "fd00::/8"), **headers):
    name, value = next(iter(headers.items()), ("none", ""))
    name = name.replace("_", "-")
    proxies = Proxies(trusted, "forwarded" if name == "forwarded" else "x-forwarded-for")
    return proxies.address(peer, {name.encode(): value.encode()})


def test_without_proxies_it_is_the_connections():
    assert address("203.0.113.7", trusted=(), x_forwarded_for="198.51.100.1") == "203.0.113.7"


def test_a_stranger_is_not_believed():
    assert address("203.0.113.7", x_forwarded_for="198.51.100.1") == "203.0.113.7"


@pytest.mark.parametrize(
    ("peer", "written", "client"),
    [
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("fd00::1", "2001:db8::5", "2001:db8::/64"),
        # What the client wrote itself stands before what the proxy added.
        ("10.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        # A chain of proxies.
        ("10.0.0.1", "192.0.2.66, 198.51.100.1, 10.2.3.4", "198.51.100.1"),
        # With a port, as some balancers write it.
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::5]:4711", "2001:db8::/64"),
        # Nonsense is nobody's address.
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.9.9.9", "10.9.9.9"),
    ],
)
def test_a_trusted_proxy_is_believed_about_its_own_client(peer, written, client):
    assert address(peer, x_forwarded_for=written) == client


@pytest.mark.parametrize(
    ("written", "client"),
    [
        ("for=198.51.100.1", "198.51.100.1"),
        ('for=192.0.2.66, For="[2001:db8::5]:4711";proto=https;by=10.0.0.1', "2001:db8::/64"),
        ('for="198.51.100.1:80"', "198.51.100.1"),
        ("for=198.51.100.1, for=_hidden", "10.0.0.1"),
        ("for=198.51.100.1, for=unknown", "10.0.0.1"),
        ("proto=https", "10.0.0.1"),
    ],
)
def test_the_standard_header(written, client):
    assert address("10.0.0.1", forwarded=written) == client
