"""What should hold for every address a release holds, without asking anybody: hosts, schemes, parameters; whether it answers is for admin/links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import chain
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

import regex

from elections.centers import Center
from keywords.disguises import skeletons
from keywords.known_checks import Finding, Severity
from notices.notice import Notice
from notices.release import Release

HTTPS: Final = 443
_TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|_gl|_ga|s_cid|wt\.mc_id"
)
_MISREAD: Final = re.compile(r"[\\\s\x00-\x1f\x7f]")
"""Characters that browsers drop or take for a slash, so that the host is not the one that is read."""
_NUMBER: Final = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)
_LOCAL: Final = frozenset({"localhost", "local", "internal", "intranet", "home", "lan", "corp", "test", "invalid", "onion"})
_TOGETHER: Final = tuple(
    map(frozenset, (("Latin", "Han", "Hiragana", "Katakana"), ("Latin", "Han", "Hangul"), ("Latin", "Han", "Bopomofo")))
)
"""Scripts that one word may mix (Unicode Technical Standard 39, highly restrictive)."""
_SCRIPTS: Final = {
    name: regex.compile(rf"\p{{Script={name}}}")
    for name in (
        "Latin Han Hiragana Katakana Hangul Bopomofo Cyrillic Greek Armenian Georgian Hebrew Arabic Devanagari Bengali Gurmukhi Gujarati Oriya "
        "Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar Tibetan Ethiopic Cherokee Mongolian Thaana"
    ).split()
}


@dataclass(frozen=True, slots=True)
class Link:
    """An address and the place that holds it; a `named` one is an organisation's own site, linked to only where it is https."""

    url: str
    place: str
    named: bool = False


def links_of(release: Release) -> Iterator[Link]:
    """Every address that people may be led to, in the order of the release."""
    for notice in release.notices:
        yield from _of_notice(notice)
    for center in release.centers:
        yield from _of_center(center)


def hosts_of(release: Release) -> frozenset[str]:
    """The hosts of all those addresses, and the allow-list's."""
    split = (_split(link.url) for link in links_of(release))
    return frozenset({*release.link_hosts, *(parts.hostname for parts in split if parts is not None and parts.hostname)})


def new_links(before: Release, after: Release) -> frozenset[str]:
    """The addresses that one release leads to and the one before did not."""
    return frozenset(link.url for link in links_of(after)) - {link.url for link in links_of(before)}


def is_askable(url: str) -> bool:
    """Whether a server may be asked for it: https, and nothing unsafe about it."""
    parts = _split(url)
    return parts is not None and parts.scheme == "https" and bool(parts.hostname) and _unsafe(url, parts) is None


def check_links(release: Release) -> Iterator[Finding]:
    """Every finding about addresses."""
    for notice in release.notices:
        for link in _of_notice(notice):
            parts = _split(link.url)
            if parts is None or parts.scheme != "https" or parts.hostname not in release.link_hosts:
                yield Finding(Severity.ERROR, "link_not_allowed", link.place, "a link is not https, or its host is not on the allow-list")
    for link in chain.from_iterable(map(_of_center, release.centers)):
        parts = _split(link.url)
        if parts is None or parts.scheme != "https":
            severity = Severity.WARNING if link.named and parts is not None and parts.scheme == "http" else Severity.ERROR
            yield Finding(severity, "link_not_https", link.place, f"{_shown(parts)} is not an https address")
    for link in links_of(release):
        yield from _shape(link)


def _of_notice(notice: Notice) -> Iterator[Link]:
    if not notice.leads_to_center:
        yield Link(notice.action, f"notice {notice.id}")
    if notice.image is not None:
        yield Link(notice.image.url, f"notice {notice.id}")


def _of_center(center: Center) -> Iterator[Link]:
    place = f"center {center.region}"
    for urls in center.links.values():
        yield from (Link(url, place) for url in urls.values())
    yield from (Link(authority.url, place, named=True) for authority in center.authorities)
    yield from (Link(checker.url, place, named=True) for checker in center.fact_checkers)


def _split(url: str) -> SplitResult | None:
    """The parts; None for what is no address at all."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _shown(parts: SplitResult | None) -> str:
    return parts.hostname if parts is not None and parts.hostname else "one of its links"


def _shape(link: Link) -> Iterator[Finding]:
    parts = _split(link.url)
    if parts is None or not parts.hostname:
        yield Finding(Severity.ERROR, "unsafe_link", link.place, "a link is no address")
        return
    if why := _unsafe(link.url, parts):
        yield Finding(Severity.ERROR, "unsafe_link", link.place, f"{parts.hostname}: {why}")
    if tracking := next((name for name in _parameters(parts) if _TRACKING.fullmatch(name.casefold())), None):
        yield Finding(Severity.ERROR, "tracking_link", link.place, f"{parts.hostname}: the parameter {tracking} tracks people")
    if label := next((label for label in parts.hostname.split(".") if _looks_alike(label)), None):
        yield Finding(Severity.WARNING, "lookalike_host", link.place, f"{parts.hostname}: “{label}” is not in the letters of one script")


def _unsafe(url: str, parts: SplitResult) -> str | None:
    """Why nobody should be led there, or None."""
    if _MISREAD.search(url):
        return "it holds a backslash, a space or a control character"
    if "@" in parts.netloc:
        return "it holds a name or password"
    if is_number(parts.hostname or ""):
        return "its host is a number"
    labels = (parts.hostname or "").rstrip(".").split(".")
    if len(labels) == 1 or labels[-1] in _LOCAL:
        return "its host is no public name"
    return f"port {parts.port}" if parts.port not in {None, HTTPS} else None


def is_number(host: str) -> bool:
    """Whether a host is an IP address, in any of the ways that browsers read one."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is not None
    return True


def _parameters(parts: SplitResult) -> Iterator[str]:
    for text in (parts.query, parts.fragment.partition("?")[2] or parts.fragment):
        yield from (name for name, _ in parse_qsl(text, keep_blank_values=True, max_num_fields=None))


def _looks_alike(label: str) -> bool:
    """Whether a label of a host mixes scripts, or is written wholly in letters that look Latin."""
    if label.startswith("xn--"):
        try:
            label = label.encode("ascii").decode("idna")
        except UnicodeError:
            return True
    if label.isascii():
        return False
    scripts = {next((name for name, script in _SCRIPTS.items() if script.match(letter)), "") for letter in label if letter.isalpha()}
    if len(scripts) > 1:
        return not any(scripts <= together for together in _TOGETHER)
    return any(skeleton.isascii() for skeleton in skeletons(label))
