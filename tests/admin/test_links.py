"""Links are asked with manners, and no server leads the asker astray."""

import asyncio
import socket
from collections import Counter
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver

from admin.links import LinkChecker, Pace, asking
from admin.outside import NotAllowedOutside, Outside, is_public
from elections.centers import Center, Slot
from keywords.known_checks import Severity
from notices.known_checks import CHECKS
from tests.admin.local_https import Here, served
from tests.notices.small import live_with

RELEASE = replace(live_with([]).release, notices=())
CITY, OTHER = "https://city.example", "https://other.example"
DEAD, UNSURE = (Severity.ERROR, "dead_link"), (Severity.WARNING, "link_unsure")
QUICK = Pace(between=0.0, one=5.0)
HUGE = 64 * 1024 * 1024


async def no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


def release_with(*urls: str):
    centers = tuple(Center("US", (), {Slot.ELECTIONS: {"*": url}}) for url in urls)
    return replace(RELEASE, centers=centers)


async def ask(outside: Outside, *urls: str, pace: Pace = QUICK) -> list[tuple[Severity, str]]:
    return [(one.severity, one.code) for one in await LinkChecker(outside, no_pause, pace).check(release_with(*urls))]


def app(handler) -> web.Application:
    made = web.Application()
    made.router.add_route("*", "/{name:.*}", handler)
    return made


def answering(status: int, **headers: str):
    async def handler(_request: web.Request) -> web.Response:
        return web.Response(status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return handler


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, []),
        (204, []),
        (304, [UNSURE]),
        (400, [UNSURE]),
        (401, [UNSURE]),
        (403, [UNSURE]),
        (404, [DEAD]),
        (410, [DEAD]),
        (429, [UNSURE]),
        (451, [UNSURE]),
        (500, [UNSURE]),
        (503, [UNSURE]),
    ],
)
async def test_a_status_says_whether_a_link_is_dead_or_unsure(tmp_path: Path, status: int, expected: list) -> None:
    async with served(app(answering(status)), tmp_path) as outside:
        assert await ask(outside, f"{CITY}/where") == expected


@pytest.mark.parametrize("refusal", [403, 404, 405, 500, 501])
async def test_a_server_that_knows_no_head_is_asked_for_the_page(tmp_path: Path, refusal: int) -> None:
    asked = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.method)
        return web.Response(status=refusal if request.method == "HEAD" else 200)

    async with served(app(handler), tmp_path) as outside:
        assert await ask(outside, f"{CITY}/where") == []
    assert asked == ["HEAD", "GET"]


async def test_a_server_that_is_asked_too_often_is_not_asked_again(tmp_path: Path) -> None:
    asked = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.method)
        return web.Response(status=429)

    async with served(app(handler), tmp_path) as outside:
        assert await ask(outside, f"{CITY}/where") == [UNSURE]
    assert asked == ["HEAD"]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param("/there", [], id="within the host"),
        pytest.param("https://other.example/there", [], id="to a host that the release names"),
        pytest.param("https://OTHER.example/there", [], id="in capitals"),
        pytest.param("https://other.example:443/there", [], id="with the usual port"),
        pytest.param("https://elsewhere.example/there", [UNSURE], id="to a host that it does not name"),
        pytest.param("https://sub.other.example/there", [UNSURE], id="to a name below one that it names"),
        pytest.param("https://other.example.evil.example/there", [UNSURE], id="to a name that begins like one"),
        pytest.param("http://city.example/there", [UNSURE], id="to http"),
        pytest.param("https://127.0.0.1/there", [UNSURE], id="to this machine"),
        pytest.param("https://[::1]/there", [UNSURE], id="to this machine in IPv6"),
        pytest.param("https://2130706433/there", [UNSURE], id="to this machine as one number"),
        pytest.param("https://169.254.169.254/latest/meta-data/", [UNSURE], id="to a cloud's own address"),
        pytest.param("http://169.254.169.254/latest/meta-data/", [UNSURE], id="to a cloud's own address over http"),
        pytest.param("https://user:pw@other.example/there", [UNSURE], id="with a password"),
        pytest.param("https://other.example:8443/there", [UNSURE], id="to another port"),
        pytest.param("https://other.example\\@evil.example/there", [UNSURE], id="to a host that readers disagree about"),
        pytest.param("//elsewhere.example/there", [UNSURE], id="to another host without a scheme"),
        pytest.param("file:///etc/passwd", [UNSURE], id="to a file"),
        pytest.param("javascript:alert(1)", [UNSURE], id="to a script"),
        pytest.param("https://[", [UNSURE], id="to nonsense"),
        pytest.param("https://" + "x" * 300 + ".example/", [UNSURE], id="to a name too long"),
    ],
)
async def test_a_redirect_leads_only_to_hosts_of_the_release(tmp_path: Path, location: str, expected: list) -> None:
    asked = []

    async def handler(request: web.Request) -> web.Response:
        asked.append((request.host.removesuffix(":443"), request.path))
        return web.Response(status=302, headers={"Location": location}) if request.path == "/where" else web.Response()

    async with served(app(handler), tmp_path) as outside:
        assert await ask(outside, f"{CITY}/where", f"{OTHER}/fine") == expected
    assert {host for host, _ in asked} <= {"city.example", "other.example"}
    assert any(path == "/there" for _, path in asked) is (expected == [])


async def test_redirects_without_end_are_left(tmp_path: Path) -> None:
    asked = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=302, headers={"Location": f"/next-{len(asked)}"})

    async with served(app(handler), tmp_path) as outside:
        assert await ask(outside, f"{CITY}/where") == [UNSURE]
    assert len(asked) == 6


async def test_a_redirect_that_says_not_where_to_is_left(tmp_path: Path) -> None:
    async with served(app(answering(302)), tmp_path) as outside:
        assert await ask(outside, f"{CITY}/where") == [UNSURE]


async def test_a_huge_body_is_not_read(tmp_path: Path) -> None:
    sent = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        if request.method == "HEAD":
            return web.Response(status=405)
        response = web.StreamResponse(headers={"Content-Length": str(HUGE)})
        await response.prepare(request)
        for _ in range(HUGE // 65536):
            await response.write(b"x" * 65536)
            sent += 65536
        return response

    async with served(app(handler), tmp_path) as outside:
        assert await ask(outside, f"{CITY}/where") == []
    assert sent < HUGE // 4


async def test_a_body_that_swells_when_unpacked_is_not_unpacked(tmp_path: Path) -> None:
    async with served(app(answering(200, Content_Encoding="gzip")), tmp_path) as outside:
        assert await ask(outside, f"{CITY}/where") == []


async def test_a_server_that_says_nothing_is_left_and_the_others_are_asked(tmp_path: Path) -> None:
    async def handler(request: web.Request) -> web.Response:
        if request.host == "city.example":
            await asyncio.Event().wait()
        return web.Response(status=404)

    async with served(app(handler), tmp_path) as outside:
        found = await ask(outside, f"{CITY}/where", f"{OTHER}/where", pace=replace(QUICK, one=0.2))
        assert found == [UNSURE, DEAD]
    async with served(app(handler), tmp_path, timeout=aiohttp.ClientTimeout(total=0.2)) as outside:
        assert await ask(outside, f"{CITY}/where") == [UNSURE]


async def test_only_the_named_ones_are_asked(tmp_path: Path) -> None:
    heard: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        heard.append(request.path)
        return web.Response(status=404)

    async with served(app(handler), tmp_path) as outside:
        checker = LinkChecker(outside, no_pause, QUICK)
        found = await checker.check(release_with(f"{CITY}/1", f"{CITY}/2"), only={f"{CITY}/2", "https://elsewhere.example/"})
        assert [one.code for one in found] == ["dead_link"]
        assert set(heard) == {"/2"}
        nothing = await asyncio.to_thread(asking(outside), release_with(f"{CITY}/1"), ())
        assert nothing == ()
        (dead,) = await asyncio.to_thread(asking(outside), release_with(f"{CITY}/1"), (f"{CITY}/1",))
        assert (dead.code, dead.severity) == ("dead_link", Severity.ERROR)


async def test_what_there_is_no_time_for_is_told_as_a_number(tmp_path: Path) -> None:
    async def handler(_request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    urls = [f"{CITY}/{number}" for number in range(5)]
    async with served(app(handler), tmp_path) as outside:
        found = await LinkChecker(outside, no_pause, replace(QUICK, total=0.2)).check(release_with(*urls))
        assert [(one.code, one.place, one.message) for one in found] == [
            ("link_unsure", "links", "5 of 5 links were not asked, for want of time")
        ]
    async with served(app(answering(200)), tmp_path) as outside:
        found = await LinkChecker(outside, no_pause, replace(QUICK, links=3)).check(release_with(*urls))
        assert [one.message for one in found] == ["2 of 5 links were not asked, for want of time"]


async def test_one_host_is_asked_one_link_at_a_time_with_a_pause_between_and_few_hosts_at_once(tmp_path: Path) -> None:
    now: Counter[str] = Counter()
    most: Counter[str] = Counter()
    paused: list[float] = []

    async def handler(request: web.Request) -> web.Response:
        for key in (request.host, "all"):
            now[key] += 1
            most[key] = max(most[key], now[key])
        await asyncio.sleep(0)
        for key in (request.host, "all"):
            now[key] -= 1
        return web.Response()

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    urls = [f"{host}/{number}" for host in (CITY, OTHER, "https://api.democracy.works") for number in range(4)]
    async with served(app(handler), tmp_path) as outside:
        assert await LinkChecker(outside, pause, Pace(hosts=2, between=1.5)).check(release_with(*urls)) == ()
    assert paused == [1.5] * 9
    assert most["city.example"] == most["other.example"] == 1
    assert most["all"] <= 2


async def test_a_name_with_www_and_without_is_one_host_to_ask(tmp_path: Path) -> None:
    paused: list[float] = []

    async def pause(seconds: float) -> None:
        paused.append(seconds)

    async with served(app(answering(200)), tmp_path) as outside:
        await LinkChecker(outside, pause, Pace(between=1.5)).check(release_with(f"{CITY}/1", "https://www.city.example/2", f"{OTHER}/3"))
    assert paused == [1.5]


async def test_a_link_in_many_places_is_asked_once_and_told_everywhere(tmp_path: Path) -> None:
    asked, told = [], []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.method)
        return web.Response(status=404)

    release = release_with(f"{CITY}/where", f"{CITY}/where")
    release = replace(release, centers=(release.centers[0], replace(release.centers[1], region="DE")))
    async with served(app(handler), tmp_path) as outside:
        found = await LinkChecker(outside, no_pause, QUICK).check(release, lambda done, total: told.append((done, total)))
    assert [(one.place, one.hint) for one in found] == [(place, CHECKS["dead_link"].hint) for place in ("center US", "center DE")]
    assert (asked, told) == (["HEAD", "GET"], [(1, 1)])


async def test_a_certificate_for_another_name_is_dead(tmp_path: Path) -> None:
    async with served(app(answering(200)), tmp_path) as outside:
        assert await ask(outside, "https://elsewhere.example/") == [DEAD]
    async with served(app(answering(200)), tmp_path, trust=None) as outside:
        assert await ask(outside, f"{CITY}/where") == [DEAD]


class Names(AbstractResolver):
    """Says of names what a test tells it, one answer after the other and the last one for ever; an error is raised."""

    def __init__(self, port: int, *answers: str | OSError) -> None:
        self._port = port
        self._answers = list(answers)

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AddressFamily.AF_INET) -> list:
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, OSError):
            raise answer
        return await Here(self._port, answer).resolve(host, port, family)

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0"])
async def test_a_name_that_leads_inside_is_dead(address: str) -> None:
    assert await ask(Outside(lambda: Names(443, address)), f"{CITY}/where") == [DEAD]


async def test_a_name_that_leads_outside_and_inside_is_dead(tmp_path: Path) -> None:
    class Both(Here):
        async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AddressFamily.AF_INET) -> list:
            found = await super().resolve(host, port, family)
            return [*found, {**found[0], "host": "10.0.0.1"}]

    async with served(app(answering(200)), tmp_path, allows=lambda address: address == "127.0.0.1") as outside:
        port = (await outside.resolver().resolve("city.example"))[0]["port"]
        assert await ask(outside, f"{CITY}/where") == []
        assert await ask(replace(outside, resolver=lambda: Both(port)), f"{CITY}/where") == [DEAD]


async def test_a_name_that_does_not_exist_is_dead_and_a_resolver_that_is_away_says_nothing() -> None:
    assert await ask(Outside(lambda: Names(443, socket.gaierror(socket.EAI_NONAME, "no"))), f"{CITY}/where") == [DEAD]
    assert await ask(Outside(lambda: Names(443, socket.gaierror(socket.EAI_AGAIN, "later"))), f"{CITY}/where") == [UNSURE]


async def test_a_machine_without_internet_does_not_call_every_link_dead() -> None:
    outside = Outside(lambda: Names(443, socket.gaierror(socket.EAI_NONAME, "no")))
    found = await LinkChecker(outside, no_pause, QUICK).check(release_with(CITY, OTHER, "https://third.example"))
    assert [(one.severity, one.code, one.place) for one in found] == [(*UNSURE, "links")]


async def test_a_server_that_takes_no_call_is_unsure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert await ask(Outside(lambda: Here(port), lambda _address: True), f"{CITY}/where") == [UNSURE]


async def test_a_name_that_leads_outside_first_and_inside_then_is_never_followed_inside(tmp_path: Path) -> None:
    """DNS rebinding: the server's own address counts as public here, the next one does not."""
    asked = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.host)
        return web.Response(status=302, headers={"Location": f"{OTHER}/admin", "Connection": "close"})

    async with served(app(handler), tmp_path, allows=lambda address: address == "127.0.0.1" or is_public(address)) as outside:
        port = (await outside.resolver().resolve("city.example"))[0]["port"]
        shared = Names(port, "127.0.0.1", "127.0.0.2")
        rebinding = replace(outside, resolver=lambda: shared)
        assert await ask(rebinding, f"{CITY}/where", f"{OTHER}/fine", pace=replace(QUICK, hosts=1)) == [DEAD, DEAD]
    assert asked == ["city.example"]


@pytest.mark.parametrize(
    "url",
    [
        "http://city.example/",
        "https://user:pw@city.example/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://city.example:8443/",
        "https://0x7f000001/",
        "ftp://city.example/",
        "nonsense",
        "https://[",
    ],
)
async def test_what_is_unsafe_without_asking_is_not_asked(tmp_path: Path, url: str) -> None:
    asked = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.host)
        return web.Response()

    async with served(app(handler), tmp_path) as outside:
        assert await ask(outside, url) == []
        assert asked == []


async def test_only_hosts_that_are_named_are_looked_at(tmp_path: Path) -> None:
    async with served(app(answering(200)), tmp_path) as outside:
        assert await outside.look(f"{CITY}/where", ["city.example"]) == 200
        with pytest.raises(NotAllowedOutside):
            await outside.look(f"{CITY}/where", ["other.example"])
        with pytest.raises(NotAllowedOutside):
            await outside.look("https://127.0.0.1/", ["127.0.0.1"])


async def test_a_name_with_www_is_the_same_site(tmp_path: Path) -> None:
    async def handler(request: web.Request) -> web.Response:
        if request.host == "other.example":
            return web.Response()
        return web.Response(status=301, headers={"Location": f"{OTHER}/"})

    async with served(app(handler), tmp_path) as outside:
        release = replace(release_with(f"{CITY}/where"), link_hosts=("www.other.example",))
        assert await LinkChecker(outside, no_pause, QUICK).check(release) == ()
