"""Every call to other people's servers: HTTPS only, public addresses only, no other host, so long and so much and no further.

What is asked of whom is in admin/dates/fetching and admin/signing_in. Keys travel in headers, never in addresses; no
error repeats a header or a query.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import AddressFamily
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from admin.errors import AdminError

AGENT: Final = "Signpost (election notices)"
SECONDS: Final = aiohttp.ClientTimeout(total=60, connect=10, sock_read=20)
LARGEST: Final = 32 * 1024 * 1024
MOST_REDIRECTS: Final = 3
MOST_LINK_REDIRECTS: Final = 5
CLIENT_ERROR, TOO_MANY = 400, 429
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_WRAPPED: Final = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""IPv6 that carries an IPv4 address: where it leads is not for its own prefix to say."""


class OutsideError(AdminError):
    """A server elsewhere did not give what was asked for."""

    code = "outside_failed"


class NotAllowedOutside(OutsideError):
    """The address is not one that may be asked: not https, not public, or another host than the one asked."""

    code = "outside_not_allowed"


class NoSuchName(OutsideError):
    """The name of the server does not exist, or leads to an address that is not public."""


class NotTrusted(OutsideError):
    """Nobody whom browsers trust vouches that the server is the one of its name."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: status, body, and the headers that say when to ask again."""

    status: int
    body: bytes
    retry_after: str = ""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return (
        found.is_global and not found.is_multicast and not any(found in network for network in _WRAPPED if network.version == found.version)
    )


def may_be_asked(url: str) -> bool:
    """Whether an address could be asked at all: https, a host that is not a private number, no name, password or fragment, plainly written."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    is_plain = url.isascii() and url.isprintable() and not set(' "<>\\^`{|}') & set(url)
    if parts.scheme != "https" or not host or port == 0 or not is_plain or "@" in parts.netloc or "#" in url:
        return False
    return is_public(host) if _is_number(host) else "." in host.strip(".")


class PublicResolver(AbstractResolver):
    """Resolves a name, and gives only addresses that may be asked: checked here, so that the address checked is the one connected to."""

    def __init__(self, inner: AbstractResolver, allows: Callable[[str], bool]) -> None:
        """`inner` asks the DNS."""
        self._inner = inner
        self._allows = allows

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_UNSPEC) -> list[ResolveResult]:
        """Raise OSError, as a name that does not resolve does, where any address is not allowed."""
        found = await self._inner.resolve(host, port, family)
        if not all(self._allows(one["host"]) for one in found):
            raise OSError(None, "The name leads to an address that is not public.")
        return found

    async def close(self) -> None:
        """Let the inner one go."""
        await self._inner.close()


@dataclass(frozen=True, slots=True)
class Outside:
    """How the outside is reached; another resolver, address rule and trust are for a test's own server."""

    resolver: Callable[[], AbstractResolver] = aiohttp.DefaultResolver
    allows: Callable[[str], bool] = is_public
    trust: ssl.SSLContext | None = None
    largest: int = LARGEST
    timeout: aiohttp.ClientTimeout = field(default=SECONDS)
    plain: frozenset[str] = frozenset()
    """Hosts that may be asked over http as well: a developer's own machine, nothing else."""

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None, params: tuple[tuple[str, str], ...] = ()) -> Reply:
        """The reply to one GET, redirects within the host followed; raises OutsideError."""
        async with self._asking(url) as session:
            return await self._followed(session, url, _sent(headers), params)

    async def post(self, url: str, form: tuple[tuple[str, str], ...], *, headers: Mapping[str, str] | None = None) -> Reply:
        """The reply to one form, sent once: a redirect is a reply like any other, for a form may hold secrets; raises OutsideError."""
        async with self._asking(url) as session:
            self._check(url, url)
            async with session.post(url, data=aiohttp.FormData(form), headers=_sent(headers), allow_redirects=False) as response:
                return Reply(response.status, await self._read(response, url), response.headers.get("Retry-After", ""))

    async def hand_over(self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None) -> int:
        """The status that answers a body, sent once: no redirect is followed, and what comes back is left unread; raises OutsideError."""
        async with self._asking(url) as session:
            self._check(url, url)
            async with session.post(url, data=body, headers=_sent(headers), allow_redirects=False) as response:
                return response.status

    async def look(self, url: str, hosts: Collection[str]) -> int:
        """The status behind a link, its body left unread: HEAD, or GET where that is refused; redirects among the hosts are followed.

        Raises NoSuchName, NotTrusted, NotAllowedOutside, or another OutsideError where there is no clear answer.
        """
        async with self._asking(url) as session:
            allowed = frozenset(map(_ascii, hosts))
            status = await self._looked(session, "HEAD", url, allowed)
            is_refused = status >= CLIENT_ERROR and status != TOO_MANY
            return await self._looked(session, "GET", url, allowed) if is_refused else status

    async def _looked(self, session: aiohttp.ClientSession, method: str, url: str, hosts: frozenset[str]) -> int:
        first = url
        for _ in range(MOST_LINK_REDIRECTS + 1):
            self._check(url, url)
            parts = urlsplit(url)
            host = _ascii(parts.hostname or "")
            if _is_number(host) or parts.port not in {None, 443} or host not in hosts:
                raise NotAllowedOutside(f"{_host(first)} redirects to another host, which is not followed.")
            async with session.request(method, url, headers=_sent(None), allow_redirects=False) as response:
                if response.status not in REDIRECTS:
                    return response.status
                url = urljoin(str(response.url), response.headers.get("Location", ""))
        raise OutsideError(f"{_host(first)} redirects too often.")

    @asynccontextmanager
    async def _asking(self, url: str) -> AsyncIterator[aiohttp.ClientSession]:
        """A session for one question; whatever goes wrong with it is an OutsideError."""
        connector = aiohttp.TCPConnector(resolver=PublicResolver(self.resolver(), self.allows), ssl=self.trust or True, limit=2)
        jar = aiohttp.DummyCookieJar()
        try:
            async with aiohttp.ClientSession(connector=connector, timeout=self.timeout, cookie_jar=jar, auto_decompress=False) as session:
                yield session
        except TimeoutError:
            raise OutsideError(f"{_host(url)} did not answer in time.") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _kind_of(error)(f"{_host(url)} could not be asked: {type(error).__name__}.") from None

    async def _followed(
        self, session: aiohttp.ClientSession, url: str, headers: Mapping[str, str], params: tuple[tuple[str, str], ...]
    ) -> Reply:
        first = url
        for _ in range(MOST_REDIRECTS + 1):
            self._check(url, first)
            async with session.get(url, headers=headers, params=params, allow_redirects=False) as response:
                if response.status not in REDIRECTS:
                    return Reply(response.status, await self._read(response, url), response.headers.get("Retry-After", ""))
                url, params = urljoin(str(response.url), response.headers.get("Location", "")), ()
        raise OutsideError(f"{_host(first)} redirects too often.")

    async def _read(self, response: aiohttp.ClientResponse, url: str) -> bytes:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise OutsideError(f"{_host(url)} sent a compressed body, which was not asked for.")
        if (response.content_length or 0) > self.largest:
            raise OutsideError(f"{_host(url)} sent more than {self.largest} bytes.")
        body = bytearray()
        async for chunk in response.content.iter_chunked(64 * 1024):
            body += chunk
            if len(body) > self.largest:
                raise OutsideError(f"{_host(url)} sent more than {self.largest} bytes.")
        return bytes(body)

    def _check(self, url: str, first: str) -> None:
        parts, asked = urlsplit(url), urlsplit(first)
        is_plain = parts.scheme == "http" and parts.hostname in self.plain
        if not (parts.scheme == "https" or is_plain) or not parts.hostname or parts.username or parts.password:
            raise NotAllowedOutside("Only https addresses without a name and password are asked.")
        if (parts.hostname, parts.port or 443) != (asked.hostname, asked.port or 443):
            raise NotAllowedOutside(f"{_host(first)} redirects to another host, which is not followed.")
        if _is_number(parts.hostname) and not self.allows(parts.hostname):
            raise NotAllowedOutside("The address is not public.")


def _kind_of(error: Exception) -> type[OutsideError]:
    """What went wrong, as far as it matters to whoever asked; a resolver that cannot be asked says nothing about the name."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return OutsideError if error.os_error.errno == socket.EAI_AGAIN else NoSuchName
    return NotTrusted if isinstance(error, aiohttp.ClientSSLError) else OutsideError


def _ascii(host: str) -> str:
    """A host name as the DNS knows it; raises UnicodeError, a ValueError."""
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii")


def _sent(headers: Mapping[str, str] | None) -> dict[str, str]:
    return {"User-Agent": AGENT, "Accept-Encoding": "identity", **(headers or {})}


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "The server"
    except ValueError:
        return "The server"


async def pause(seconds: float) -> None:
    """Wait before asking again."""
    await asyncio.sleep(seconds)
