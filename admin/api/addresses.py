"""From which address a request comes, with or without our own proxies in front; what is counted by address is elsewhere."""

from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Final

from aiohttp import web

FORWARDED: Final = "X-Forwarded-For"
MOST: Final = 50


def address_of(request: web.Request, proxies: Collection[IPv4Network | IPv6Network]) -> str:
    """The peer's address; where that is one of our proxies, the last address in X-Forwarded-For that is none.

    Anybody may send the header, so what stands left of the first address that is not ours proves nothing.
    """
    peer = request.remote or ""
    if not _is_ours(peer, proxies):
        return peer
    named = [one.strip() for line in request.headers.getall(FORWARDED, []) for one in line.split(",")][-MOST:]
    for one in reversed(named):
        if not _is_address(one):
            return peer
        peer = one
        if not _is_ours(one, proxies):
            return one
    return peer


def _is_ours(address: str, proxies: Collection[IPv4Network | IPv6Network]) -> bool:
    if not proxies or not _is_address(address):
        return False
    found = ip_address(address.partition("%")[0])
    return any(found.version == network.version and found in network for network in proxies)


def _is_address(text: str) -> bool:
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True
