"""A server that runs follows the release file: what is new and good is served, what is bad never is, and is told once."""

import asyncio
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvloop
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.errors import NothingToServe
from admin.following import Follower, mark_of
from admin.publishing import write_release_file
from keywords.lists import KeywordList, Term
from notices.live import Live, Serving
from notices.release import Release
from notices.signing import SignedRelease, TrustedKey, sign, to_envelope
from notices.stops import Stop, StopKind, Stops
from tests.conftest import NOW
from tests.notices.test_loading import children
from tests.web.stand import Lines
from web.logs import make_log
from web.metrics import METRICS
from web.turns import Turns

NEW = {"query": "brandneues wahlwort", "region": "DE", "languages": ["de"]}


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """People are served on uvloop."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="module")
def next_release(starter: Live) -> Release:
    """Release 2: one list has a term more."""
    german = next(one for one in starter.release.lists if (one.region, one.language, one.topic) == ("001", "de", "voting"))
    return with_term(starter.release, german, Term("brandneues wahlwort"), 2)


def with_term(release: Release, changed: KeywordList, term: Term, number: int) -> Release:
    lists = tuple(replace(one, terms=(*one.terms, term)) if one is changed else one for one in release.lists)
    return replace(release, number=number, lists=lists)


@pytest.fixture(scope="module")
def next_signed(next_release: Release, signing_key: Ed25519PrivateKey) -> SignedRelease:
    return sign(next_release, (signing_key,))


class Heard(Lines):
    """A log whose next event can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.coming: asyncio.Queue[str] = asyncio.Queue()

    def write(self, line: bytes, /) -> int:
        self.coming.put_nowait(json.loads(line)["event"])
        return super().write(line)

    async def next(self) -> str:
        async with asyncio.timeout(120):
            return await self.coming.get()


class Standing:
    """A server that runs over the starter, its file, its follower and what it said."""

    def __init__(self, folder: Path, serving: Serving, signed: SignedRelease, key: Ed25519PrivateKey, app: web.Application) -> None:
        self.file = folder / "signpost.release.json"
        write_release_file(to_envelope(signed), self.file)
        self.serving, self.said, self.turns = serving, Heard(), 0
        self.allowed: Callable[[Release], None] = lambda _release: None
        self.follower = Follower(
            file=self.file,
            serving=serving,
            trusted=(TrustedKey(key.public_key()),),
            check_may_serve=lambda release: self.allowed(release),
            log=make_log(self.said, lambda: NOW),
            refused=app[METRICS].release_refused,
            turns=Turns(after=self.turn, seconds=0.002),
            seen=mark_of(self.file),
            clock=lambda: NOW,
            look_seconds=0,
        )

    def turn(self) -> None:
        self.turns += 1

    def publish(self, signed: SignedRelease) -> None:
        write_release_file(to_envelope(signed), self.file)

    def events(self) -> list[tuple[object, object]]:
        return [(said["event"], said.get("code")) for said in self.said.events()]


@pytest.fixture
def standing(
    tmp_path: Path, serving: Serving, signed_starter: SignedRelease, signing_key: Ed25519PrivateKey, app: web.Application
) -> Standing:
    return Standing(tmp_path, serving, signed_starter, signing_key, app)


async def answer(client, asked: dict[str, Any]) -> tuple[int, str]:
    told = await (await client.post("/v1/notices", json=asked)).json()
    return told["release"]["number"], told["outcome"]


async def test_a_file_that_stays_the_same_starts_nothing(standing: Standing) -> None:
    await standing.follower.look()
    assert (standing.turns, standing.events()) == (0, [])


async def test_the_next_release_is_served_by_the_same_process(client, standing: Standing, next_signed: SignedRelease) -> None:
    before, process = await answer(client, NEW), os.getpid()
    standing.publish(next_signed)
    await standing.follower.look()
    assert before == (1, "no_match")
    assert await answer(client, NEW) == (2, "shown")
    assert standing.events() == [("release_served", None)]
    assert "signpost_release_number 2.0" in await (await client.get("/metrics")).text()
    assert os.getpid() == process


async def test_requests_are_answered_meanwhile_and_never_with_a_mix(client, standing: Standing, next_signed: SignedRelease) -> None:
    standing.publish(next_signed)
    looking = asyncio.create_task(standing.follower.look())
    seen: list[tuple[int, str]] = []
    while not looking.done():
        seen.append(await answer(client, NEW))
    seen.append(await answer(client, NEW))
    assert set(seen) == {(1, "no_match"), (2, "shown")}
    assert seen == sorted(seen)
    assert len(seen) > 50
    assert standing.turns > 100


async def test_it_answers_unheard_before_it_is_served(client, standing: Standing, next_signed: SignedRelease) -> None:
    standing.publish(next_signed)
    looking = asyncio.create_task(standing.follower.look())
    while not looking.done():
        await answer(client, NEW)
    assert len(standing.serving.live.prepared) > 0


async def test_a_release_that_cannot_answer_what_is_asked_is_refused(
    client, standing: Standing, next_signed: SignedRelease, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer_none(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("notices.rehearsal.answer_to", answer_none)
    standing.publish(next_signed)
    looking = asyncio.create_task(standing.follower.look())
    while not looking.done():
        assert await answer(client, NEW) == (1, "no_match")
    assert standing.events() == [("release_refused", "unexpected_error")]


async def test_stops_set_meanwhile_stay_in_force(standing: Standing, next_signed: SignedRelease) -> None:
    stops = Stops((Stop(StopKind.EVERYTHING, "", "a test", "someone", NOW),))
    standing.publish(next_signed)
    looking = asyncio.create_task(standing.follower.look())
    await asyncio.sleep(0)
    standing.serving.offer(standing.serving.live.with_stops(stops))
    await looking
    assert (standing.serving.live.release.number, standing.serving.live.stops) == (2, stops)


def _signed_by_a_stranger(release: Release, _key: Ed25519PrivateKey) -> bytes:
    return json.dumps(to_envelope(sign(release, (Ed25519PrivateKey.generate(),)))).encode()


def _altered(release: Release, key: Ed25519PrivateKey) -> bytes:
    return json.dumps(to_envelope(sign(release, (key,)))).encode().replace(b"where_do_i_vote", b"where_do_i_lose", 1)


def _cut_off(release: Release, key: Ed25519PrivateKey) -> bytes:
    return json.dumps(to_envelope(sign(release, (key,)))).encode()[:-100]


def _of_another_shape(release: Release, key: Ed25519PrivateKey) -> bytes:
    envelope = to_envelope(sign(release, (key,)))
    return json.dumps({**envelope, "release": []}).encode()


def _older(release: Release, key: Ed25519PrivateKey) -> bytes:
    return json.dumps(to_envelope(sign(replace(release, number=0), (key,)))).encode()


def _another_of_the_same_number(release: Release, key: Ed25519PrivateKey) -> bytes:
    return json.dumps(to_envelope(sign(replace(release, number=1), (key,)))).encode()


def _not_compiling(release: Release, key: Ed25519PrivateKey) -> bytes:
    return json.dumps(to_envelope(sign(with_term(release, release.lists[0], Term("!!!"), 2), (key,)))).encode()


def _contradicting_itself(release: Release, key: Ed25519PrivateKey) -> bytes:
    return json.dumps(to_envelope(sign(replace(release, elections=release.elections[:1] * 2), (key,)))).encode()


def _nothing(_release: Release, _key: Ed25519PrivateKey) -> bytes:
    return b""


BAD: list[tuple[Callable[[Release, Ed25519PrivateKey], bytes], str]] = [
    (_signed_by_a_stranger, "untrusted_release"),
    (_altered, "untrusted_release"),
    (_cut_off, "invalid_document"),
    (_nothing, "invalid_document"),
    (_of_another_shape, "untrusted_release"),
    (_older, "untrusted_release"),
    (_another_of_the_same_number, "untrusted_release"),
    (_not_compiling, "invalid_term"),
    (_contradicting_itself, "invalid_election"),
]


@pytest.mark.parametrize(("made", "code"), BAD, ids=lambda value: getattr(value, "__name__", value))
async def test_a_bad_file_changes_nothing_and_is_told_once(
    client, standing: Standing, next_release: Release, signing_key: Ed25519PrivateKey, made: Callable[..., bytes], code: str
) -> None:
    served = standing.serving.live
    standing.file.write_bytes(made(next_release, signing_key))
    await standing.follower.look()
    await standing.follower.look()
    assert standing.serving.live is served
    assert standing.events() == [("release_refused", code)]
    assert f'signpost_release_refused_total{{code="{code}"}} 1.0' in await (await client.get("/metrics")).text()


async def test_after_a_bad_file_a_good_one_is_followed(standing: Standing, next_signed: SignedRelease) -> None:
    standing.file.write_bytes(b"{}")
    await standing.follower.look()
    standing.publish(next_signed)
    await standing.follower.look()
    assert standing.events() == [("release_refused", "invalid_document"), ("release_served", None)]


async def test_a_release_that_may_not_be_served_here_is_refused(standing: Standing, next_signed: SignedRelease) -> None:
    def refuse(_release: Release) -> None:
        raise NothingToServe("A draft.")

    standing.allowed = refuse
    standing.publish(next_signed)
    await standing.follower.look()
    assert (standing.serving.live.release.number, standing.events()) == (1, [("release_refused", "nothing_to_serve")])


async def test_the_same_release_written_again_is_no_news(standing: Standing, signed_starter: SignedRelease) -> None:
    served = standing.serving.live
    standing.publish(signed_starter)
    await standing.follower.look()
    assert (standing.serving.live is served, standing.events()) == (True, [])


async def test_a_file_that_is_gone_is_no_news(standing: Standing) -> None:
    standing.file.unlink()
    await standing.follower.look()
    assert standing.events() == []


async def test_it_follows_while_the_application_runs(
    aiohttp_client, app: web.Application, standing: Standing, next_signed: SignedRelease
) -> None:
    app.cleanup_ctx.append(standing.follower.following)
    client = await aiohttp_client(app)
    standing.publish(next_signed)
    assert await standing.said.next() == "release_served"
    assert await answer(client, NEW) == (2, "shown")


async def test_stopping_in_the_middle_of_a_load_leaves_no_process_behind(
    aiohttp_client, app: web.Application, standing: Standing, next_signed: SignedRelease
) -> None:
    app.cleanup_ctx.append(standing.follower.following)
    begun = asyncio.Event()
    standing.allowed = lambda _release: begun.set()
    client = await aiohttp_client(app)
    standing.publish(next_signed)
    async with asyncio.timeout(120):
        await begun.wait()
    assert len(children()) == 1
    await client.close()
    assert children() == []
    assert (standing.serving.live.release.number, standing.events()) == (1, [])
