"""Whether the links of a release answer, asked of their servers with manners; what is wrong without asking is in notices/link_checks."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from admin.outside import NoSuchName, NotTrusted, Outside, OutsideError
from keywords.known_checks import Finding, Severity, hinted
from notices.known_checks import CHECKS
from notices.link_checks import Link, hosts_of, is_askable, links_of
from notices.release import Release

GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
FEWEST_FOR_OFFLINE: Final = 3
"""Hosts of which not one has a name before it is this machine that is taken to be cut off."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many hosts are asked at once, each one link at a time; seconds between two of one host, for one link, for all; links at most."""

    hosts: int = 4
    between: float = 1.0
    one: float = 30.0
    total: float = 1_800.0
    links: int = 5_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What is wrong with an address, `code` being empty where nothing is."""

    code: str = ""
    message: str = ""
    is_nameless: bool = False


@dataclass(frozen=True, slots=True)
class LinkChecker:
    """Asks; `pause` waits so many seconds."""

    outside: Outside
    pause: Callable[[float], Awaitable[None]]
    pace: Pace = field(default_factory=Pace)

    async def check(
        self, release: Release, told: Callable[[int, int], None] = lambda _done, _all: None, only: Collection[str] | None = None
    ) -> tuple[Finding, ...]:
        """Every finding about links that are dead or gave no clear answer; `told` hears how many of how many are done.

        With `only` these addresses are asked and no others.
        """
        links = tuple(link for link in links_of(release) if is_askable(link.url) and (only is None or link.url in only))
        hosts = frozenset(other for host in hosts_of(release) for other in _with_www(host))
        urls = tuple(dict.fromkeys(link.url for link in links))
        answers: dict[str, Answer] = {}
        waiting = iter(_by_host(urls[: self.pace.links]).values())

        async def ask_some() -> None:
            for group in waiting:
                for number, url in enumerate(group):
                    if number:
                        await self.pause(self.pace.between)
                    answers[url] = await self._ask(url, hosts)
                    told(len(answers), len(urls))

        try:
            async with asyncio.timeout(self.pace.total), asyncio.TaskGroup() as group:
                for _ in range(self.pace.hosts):
                    group.create_task(ask_some())
        except TimeoutError:
            pass  # what was not asked is told below
        return hinted(_findings(links, answers, len(urls)), CHECKS)

    async def _ask(self, url: str, hosts: frozenset[str]) -> Answer:
        try:
            async with asyncio.timeout(self.pace.one):
                status = await self.outside.look(url, hosts)
        except NoSuchName:
            return Answer("dead_link", f"{url} has a host that does not exist, or not on the open internet", is_nameless=True)
        except NotTrusted:
            return Answer("dead_link", f"{url} has no certificate that browsers trust")
        except OutsideError as error:
            return Answer("link_unsure", f"{url}: {error}")
        except TimeoutError:
            return Answer("link_unsure", f"{url} did not answer in {self.pace.one:g} seconds")
        if status in GONE:
            return Answer("dead_link", f"{url} answers with status {status}")
        return (
            Answer()
            if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
            else Answer("link_unsure", f"{url} answers with status {status}")
        )


WHILE_PUBLISHING: Final = Pace(between=0.5, one=10.0, total=60.0)
"""For the few addresses that a change brings."""


def asking(outside: Outside) -> Callable[[Release, Collection[str]], tuple[Finding, ...]]:
    """A way to ask for some of a release's addresses at once, for use cases; not on an event loop."""
    checker = LinkChecker(outside, asyncio.sleep, WHILE_PUBLISHING)
    return lambda release, only: asyncio.run(checker.check(release, only=only)) if only else ()


def not_asked(_release: Release, _only: Collection[str]) -> tuple[Finding, ...]:
    """What stands for it where nobody is to be asked."""
    return ()


def _findings(links: tuple[Link, ...], answers: Mapping[str, Answer], total: int) -> Iterator[Finding]:
    hosts = {urlsplit(url).hostname for url in answers}
    if len(hosts) >= FEWEST_FOR_OFFLINE and all(answer.is_nameless for answer in answers.values()):
        yield Finding(
            Severity.WARNING, "link_unsure", "links", "not one host was found; this machine seems to be cut off from the internet"
        )
        return
    for link in links:
        answer = answers.get(link.url, Answer())
        if answer.code:
            severity = Severity.ERROR if answer.code == "dead_link" else Severity.WARNING
            yield Finding(severity, answer.code, link.place, answer.message)
    if left := total - len(answers):
        yield Finding(Severity.WARNING, "link_unsure", "links", f"{left} of {total} links were not asked, for want of time")


def _by_host(urls: tuple[str, ...]) -> dict[str, list[str]]:
    """The addresses by whom they ask; a name with and without `www.` is one server as a rule."""
    found: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        found[(urlsplit(url).hostname or "").removeprefix("www.")].append(url)
    return found


def _with_www(host: str) -> tuple[str, str]:
    """The name and the one that its owner gives the same site as a rule, with `www.` or without."""
    return host, host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
