"""A release on its way from the file: handed over in parts without loss, compiled in steps, let go in steps; and what goes wrong on the way."""

import asyncio
import gc
import os
import pickle
import signal
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import uvloop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from admin.publishing import write_release_file
from elections.calendar import Calendar
from elections.places import Places
from notices import loading
from notices.disposal import MANY, disposal_steps
from notices.errors import ReleaseNotLoaded
from notices.live import Live, compile_steps
from notices.loading import receive
from notices.parts import Assembly, Done, Head, Part, take_apart
from notices.signing import SignedRelease, TrustedKey, encode_key, to_envelope
from notices.verifier import messages
from tests.conftest import NOW
from web.turns import Turns


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Processes and pipes differ between loops."""
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture
def file(tmp_path: Path, signed_starter: SignedRelease) -> Path:
    path = tmp_path / "signpost.release.json"
    write_release_file(to_envelope(signed_starter), path)
    return path


def anything(_head: Head) -> bool:
    return True


def test_a_release_taken_apart_and_put_together_is_the_same(signed_starter: SignedRelease) -> None:
    head, *parts = (pickle.loads(pickle.dumps(message)) for message in take_apart(signed_starter))  # noqa: S301  our own
    assert isinstance(head, Head)
    assembly = Assembly(head)
    for part in parts:
        assert isinstance(part, Part)
        assembly.add(part)
    *_, whole = assembly.whole()
    assert whole == signed_starter


def test_no_part_is_large(signed_starter: SignedRelease) -> None:
    assert max(len(pickle.dumps(message)) for message in take_apart(signed_starter)) < 200_000


def test_steps_compile_the_same_as_compiling_at_once(signed_starter: SignedRelease, starter: Live) -> None:
    *nothing, live = compile_steps(signed_starter)
    assert live is not None
    assert set(nothing) == {None}
    assert len(nothing) > 1_000
    for field in ("release", "digest", "signatures", "places", "targets", "notices", "campaigns", "wording_languages", "stops"):
        assert getattr(live, field) == getattr(starter, field)
    assert live.index == starter.index


def test_places_and_their_calendar_are_the_same_in_steps(starter: Live) -> None:
    release = starter.release
    places = drained(Places.in_steps(release.regions))
    calendar = drained(Calendar.in_steps(release.elections, places, release.silence, release.season_days))
    assert places == Places.of(release.regions)
    assert [calendar.at(region.code, NOW) for region in places] == [starter.calendar.at(region.code, NOW) for region in places]


def drained(steps):
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


async def test_it_comes_from_another_process_as_it_is_in_the_file(
    file: Path, signed_starter: SignedRelease, signing_key: Ed25519PrivateKey
) -> None:
    ends = []
    turns = Turns(after=lambda: ends.append(len(ends)), seconds=0)
    assert await receive(file, (TrustedKey(signing_key.public_key()),), anything, turns) == signed_starter
    assert len(ends) > 100


async def test_what_is_not_wanted_is_not_received(file: Path, signing_key: Ed25519PrivateKey) -> None:
    heads: list[Head] = []
    turns = Turns(seconds=0)
    assert await receive(file, (TrustedKey(signing_key.public_key()),), lambda head: heads.append(head) is not None, turns) is None
    assert [head.release.number for head in heads] == [1]


async def test_the_other_process_knows_nothing_of_our_environment(
    file: Path, signing_key: Ed25519PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNPOST_SECRET_OF_OURS", "kept")
    seen: list[bytes] = []

    def look(_head: Head) -> bool:
        seen.extend(Path(f"/proc/{child}/environ").read_bytes() for child in children())
        return False

    await receive(file, (TrustedKey(signing_key.public_key()),), look, Turns())
    assert seen == [b""]


async def test_a_process_that_ends_midway_gives_no_release(file: Path, signing_key: Ed25519PrivateKey) -> None:
    def stop_it(_head: Head) -> bool:
        for child in children():
            os.kill(child, signal.SIGKILL)
        return True

    with pytest.raises(ReleaseNotLoaded, match="ended before"):
        await receive(file, (TrustedKey(signing_key.public_key()),), stop_it, Turns())


async def test_giving_up_midway_leaves_no_process_behind(file: Path, signing_key: Ed25519PrivateKey) -> None:
    begun = asyncio.Event()

    def begin(_head: Head) -> bool:
        begun.set()
        return True

    receiving = asyncio.create_task(receive(file, (TrustedKey(signing_key.public_key()),), begin, Turns(seconds=0)))
    await begun.wait()
    assert len(children()) == 1
    receiving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await receiving
    assert children() == []


async def test_a_process_that_never_answers_is_given_up(
    file: Path, signing_key: Ed25519PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(ReleaseNotLoaded, match="took too long"):
        await receive(file, (TrustedKey(signing_key.public_key()),), anything, Turns())
    assert children() == []


def children() -> list[int]:
    """Our own child processes that run the verifier."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            command = Path(f"/proc/{child}/cmdline")
            if command.exists() and b"notices.verifier" in command.read_bytes():
                found.append(int(child))
    return found


def test_what_does_not_verify_is_told_in_one_message(tmp_path: Path, file: Path, signing_key: Ed25519PrivateKey) -> None:
    keys = [encode_key(TrustedKey(signing_key.public_key()))]
    stranger = [encode_key(TrustedKey(Ed25519PrivateKey.generate().public_key()))]
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 100_000, encoding="ascii")
    assert isinstance([*messages(file, keys)][-1], Done)
    told = [[*messages(path, using)] for path, using in ((file, stranger), (tmp_path / "none.json", keys), (deep, keys))]
    assert [[message.code for message in one] for one in told] == [["untrusted_release"], ["invalid_document"], ["invalid_document"]]


class Thing:
    """Something that can be watched going."""


def test_what_is_let_go_goes_in_small_lots() -> None:
    things = tuple(Thing() for _ in range(10 * MANY))
    watched = [weakref.ref(thing) for thing in things]
    unused = [{"things": things, "named": dict(enumerate(things))}]
    del things
    gone = 0
    for _ in disposal_steps(unused):
        now_gone = sum(watch() is None for watch in watched)
        assert now_gone - gone <= MANY
        gone = now_gone
    assert gone == len(watched)
    assert unused == []


def test_whoever_still_reads_may_go_on(signed_starter: SignedRelease) -> None:
    *_, live = compile_steps(signed_starter)
    assert live is not None
    index = live.index
    unused = [live]
    del live
    for _ in disposal_steps(unused):
        pass
    assert len(index.entries) == sum(len(keywords.terms) for keywords in signed_starter.release.lists)
    assert index.keys


def test_a_release_that_is_let_go_is_gone_without_the_collector(signed_starter: SignedRelease) -> None:
    *_, live = compile_steps(signed_starter)
    assert live is not None
    watched = weakref.ref(live.calendar)
    unused = [live]
    del live
    gc.disable()
    try:
        for _ in disposal_steps(unused):
            pass
        assert watched() is None
    finally:
        gc.enable()
