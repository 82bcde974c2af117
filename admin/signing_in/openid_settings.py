"""Which OpenID Connect provider people sign in through, and the way to it; not what is said there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from admin.outside import Outside, is_public
from admin.settings import SettingsError
from review.people import Grant

LARGEST: Final = 1024 * 1024
"""Bytes of any answer of a provider."""
SECONDS: Final = aiohttp.ClientTimeout(total=10, connect=5)
"""Somebody is waiting."""
THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})

_COMPANY: Final = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
"""RFC 1918 and RFC 4193."""
_METADATA: Final = ip_network("fd00:ec2::/32")
"""Where a cloud tells its machines their secrets; the IPv4 one is link-local and in no list here."""


class Network(StrEnum):
    """Where a provider may be: on the open internet, in a company's own network too, or on a developer's machine and nowhere else."""

    PUBLIC = "public"
    COMPANY = "company"
    DEVELOPMENT = "development"


@dataclass(frozen=True, slots=True)
class OpenIdSettings:
    """One provider; raises SettingsError where an address is not https, or where http is not on this machine in development."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_url: str
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    groups_claim: str = "groups"
    mapping: Mapping[str, tuple[Grant, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Group → what its members may; see admin/signing_in/groups."""
    network: Network = Network.PUBLIC

    def __post_init__(self) -> None:
        """Refuse what could not work, by name."""
        for name, url in (("issuer", self.issuer), ("redirect address", self.redirect_url)):
            if not self.may_be_asked(url) or "?" in url or "#" in url:
                raise SettingsError(f"The OpenID {name} must be an https address without query; http is for localhost in development only.")
        if not self.client_id or "openid" not in self.scopes:
            raise SettingsError("OpenID needs a client id, and openid among its scopes.")

    def may_be_asked(self, url: str) -> bool:
        """Whether an address is https, or http on this machine in development."""
        try:
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError:
            return False
        if not host or parts.username is not None or not url.isascii() or not url.isprintable() or " " in url:
            return False
        return parts.scheme == "https" or (parts.scheme == "http" and self.network is Network.DEVELOPMENT and host in THIS_MACHINE)


def way_to(settings: OpenIdSettings, outside: Outside) -> Outside:
    """The way to the provider: the given one, with the addresses, the patience and the sizes that fit."""
    plain = THIS_MACHINE if settings.network is Network.DEVELOPMENT else frozenset[str]()
    return replace(outside, allows=_ALLOWED[settings.network], plain=plain, largest=LARGEST, timeout=SECONDS)


def is_company(address: str) -> bool:
    """Whether an IP address is public or of a private network; never of this machine, its link or a cloud's metadata."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return is_public(address) or (found not in _METADATA and any(found in network for network in _COMPANY))


def is_this_machine(address: str) -> bool:
    """Whether an IP address leads back to this machine."""
    try:
        return ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


_ALLOWED: Final[Mapping[Network, Callable[[str], bool]]] = {
    Network.PUBLIC: is_public,
    Network.COMPANY: is_company,
    Network.DEVELOPMENT: is_this_machine,
}
