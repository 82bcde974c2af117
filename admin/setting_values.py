"""What the text of a setting means, one reader for each kind of value; which settings there are is in settings.

A reader raises ValueError or KeyError for what is no such value; settings says then what it may be.
"""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

CHECKOUT: Final = Path(__file__).resolve().parent.parent
SQLITE: Final = "sqlite:///"
HIGHEST_PORT: Final = 65535
LONGEST_CLAIM: Final = 200


def port(text: str) -> int:
    """A port number."""
    if not text.isdecimal() or not 0 <= int(text) <= HIGHEST_PORT:
        raise ValueError
    return int(text)


def count(text: str) -> int:
    """A whole number above 0."""
    if not text.isdecimal() or int(text) < 1:
        raise ValueError
    return int(text)


def truth(text: str) -> bool:
    """Yes or no."""
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]


def database(text: str) -> Path:
    """The file that a database's address names."""
    if not text.startswith(SQLITE) or len(text) == len(SQLITE):
        raise ValueError
    return CHECKOUT / text.removeprefix(SQLITE)


def url(text: str) -> str:
    """An http or https address without query, and without a slash at its end."""
    parts = urlsplit(text)
    has_port = parts.port is None or 0 < parts.port <= HIGHEST_PORT  # asked for, because a wrong one raises only then
    if parts.scheme not in {"http", "https"} or not parts.hostname or not has_port or parts.query or parts.fragment:
        raise ValueError
    return text.rstrip("/")


def secret(text: str) -> str:
    """What may travel in a header."""
    if not text.isascii() or not text.isprintable() or " " in text or not text:
        raise ValueError
    return text


def level(text: str) -> str:
    """How much is logged."""
    if text not in {"debug", "info", "warning", "error"}:
        raise ValueError
    return text


def paths(text: str) -> tuple[Path, ...]:
    """Paths, comma separated."""
    return tuple(Path(path) for path in keys(text))


def keys(text: str) -> tuple[str, ...]:
    """Texts, comma separated."""
    return tuple(key.strip() for key in text.split(",") if key.strip())


def up_to(most: int) -> Callable[[str], int]:
    """A reader of whole numbers from 1 to so many."""

    def whole(text: str) -> int:
        if count(text) > most:
            raise ValueError
        return int(text)

    return whole


def issuer(text: str) -> str:
    """An address as a provider says it of itself, to the letter."""
    url(text)
    return text


def words(text: str) -> tuple[str, ...]:
    """Texts, separated by spaces; at least one."""
    found = tuple(text.split())
    if not found or not text.isascii():
        raise ValueError
    return found


def claim(text: str) -> str:
    """The name of a claim; some are addresses."""
    if not 0 < len(text) <= LONGEST_CLAIM or not text.isprintable():
        raise ValueError
    return text


def one_of(*known: str) -> Callable[[str], str]:
    """A reader of one of these words."""

    def word(text: str) -> str:
        if text not in known:
            raise ValueError
        return text

    return word


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """IP addresses and networks, comma separated."""
    return tuple(ip_network(one) for one in keys(text))
