"""Which proxy a request goes through."""

import pytest

from daehwa.answers.proxies import proxy_of

PROXY = "http://proxy.example:3128"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("variables", "address", "right"),
    [
        ({}, "http://a.example/v1", None),
        ({"http_proxy": PROXY}, "http://a.example/v1", PROXY),
        ({"http_proxy": PROXY}, "https://a.example/v1", None),
        ({"HTTPS_PROXY": PROXY}, "https://a.example/v1", PROXY),
        ({"all_proxy": PROXY}, "https://a.example/v1", PROXY),
        ({"http_proxy": "proxy.example:3128"}, "http://a.example/v1", PROXY),
        ({"http_proxy": ""}, "http://a.example/v1", None),
        ({"http_proxy": PROXY, "no_proxy": ".example"}, "http://a.example/v1", None),
        ({"http_proxy": PROXY, "no_proxy": "*"}, "http://a.example/v1", None),
        ({"http_proxy": PROXY, "no_proxy": "x, 10.0.0.0/8"}, "http://10.1.2.3:8000/v1", None),
        ({"http_proxy": PROXY, "no_proxy": "10.0.0.0/8"}, "http://11.1.2.3/v1", PROXY),
        ({"http_proxy": PROXY, "no_proxy": "fd00::/8,a/b"}, "http://[fd12::1]/v1", None),
    ],
)
def test_the_proxy_of_an_address(environment, variables, address, right):
    for name, value in variables.items():
        environment.setenv(name, value)
    assert proxy_of(address) == right
