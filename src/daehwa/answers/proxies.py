"""The proxy that a request goes through: ``HTTPS_PROXY`` and its like, and ``NO_PROXY``.

As other clients read them; aiohttp's own way would read ``~/.netrc``, too. Source: curl's manual,
"ENVIRONMENT".
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def proxy_of(base_url: str) -> str | None:
    """Find the proxy for an address, ``None`` for none; without a scheme it speaks HTTP."""
    parts = urlsplit(base_url)
    proxies = getproxies()
    if proxy_bypass(parts.netloc) or _within(parts.hostname or "", proxies.get("no", "")):
        return None
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def _within(host: str, listed: str) -> bool:
    """Whether a host is an address in one of the networks (``10.0.0.0/8``) that are listed."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    for network in (each.strip() for each in listed.split(",") if "/" in each):
        try:
            if address in ipaddress.ip_network(network, strict=False):
                return True
        except ValueError:
            continue
    return False
