"""`signpost stop` as a person types it, and what real servers of the host then answer: with the database gone, and after a restart."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from click.testing import CliRunner, Result

from admin.commands.context import Context
from admin.commands.stop import stop
from admin.keys import make_key
from admin.publishing import write_release_file
from admin.settings import read_settings
from admin.stopping.errors import StopsUnreadable, UnknownTarget
from admin.stopping.file import read_stops
from notices.campaign import Topic
from notices.signing import sign, to_envelope
from server import PROBLEMS, make_app
from tests.conftest import CHECKOUT
from tests.notices.small import campaign, live_with

NOW = datetime(2026, 11, 3, 12, 0, 0, 123, tzinfo=UTC)
CAMPAIGNS = (campaign("us-voting", "election_center-1"), campaign("us-results", "results_caution-1", topics=(Topic.RESULTS,)))
WHY = ("--reason", "The link leads to the wrong county")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small release, signed by the key beside it, as a server finds it; there is no database."""
    key = make_key(tmp_path / "signing-key.pem")
    write_release_file(to_envelope(sign(live_with(CAMPAIGNS).release, (key,))), tmp_path / "signpost.release.json")
    return tmp_path


def run(folder: Path, *words: str, now: datetime = NOW) -> Result:
    settings = read_settings({"SIGNPOST_DATABASE": f"sqlite:///{folder}/signpost.db"})
    return CliRunner().invoke(stop, words, obj=Context(settings, lambda: now, make_app, PROBLEMS))


def kept(folder: Path) -> list[tuple[str, str]]:
    return [(one.kind.value, one.target) for one in read_stops(folder / "signpost.stops.json")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("everything",), ("everything", ""), id="everything"),
        pytest.param(("region", "us-tx"), ("region", "US-TX"), id="a region in small letters"),
        pytest.param(("topic", "Voting"), ("topic", "voting"), id="a topic with a capital"),
        pytest.param(("topic", "accounts"), ("topic", "accounts"), id="a topic without a list"),
        pytest.param(("list", "001/en/voting"), ("list", "001/en/voting"), id="a list"),
        pytest.param(("campaign", "us-voting"), ("campaign", "us-voting"), id="a campaign"),
        pytest.param(("notice", "urgent-1"), ("notice", "urgent-1"), id="a notice"),
    ],
)
def test_what_is_set_is_kept_by_the_name_the_release_has_for_it(folder: Path, words: tuple[str, ...], expected: tuple[str, str]) -> None:
    result = run(folder, "set", *words, *WHY)
    assert result.exit_code == 0, result.output
    assert kept(folder) == [expected]
    (one,) = read_stops(folder / "signpost.stops.json")
    assert one.id in result.output
    assert (one.reason, one.set_at, one.ends_at) == (WHY[1], NOW.replace(microsecond=0), None)
    assert one.set_by
    assert "within one second" in result.output
    assert "60 seconds" in result.output


@pytest.mark.parametrize(
    ("kind", "target", "suggestion"),
    [
        ("region", "UK", None), ("region", "USA", "US"), ("region", "US-ZZ", "US"), ("topic", "votting", "voting"),
        ("list", "001/en/vote", "001/en/voting"), ("campaign", "us-votin", "us-voting"), ("notice", "urgent1", "urgent-1"), ("notice", "?", None),
    ],
)  # fmt: skip
def test_what_the_release_does_not_have_is_refused_with_what_was_meant_unless_forced(
    folder: Path, kind: str, target: str, suggestion: str | None
) -> None:
    result = run(folder, "set", kind, target, *WHY)
    assert isinstance(result.exception, UnknownTarget)
    assert result.exception.suggestion == suggestion
    assert (f"Did you mean {suggestion}?" in str(result.exception)) == (suggestion is not None)
    assert "--force" in str(result.exception)
    assert kept(folder) == []
    assert run(folder, "set", kind, target, *WHY, "--force").exit_code == 0
    assert kept(folder) == [(kind, target)]
    assert "the release has none such" in run(folder, "list").output


def test_forcing_what_the_release_has_still_finds_its_name(folder: Path) -> None:
    run(folder, "set", "region", "us-tx", *WHY, "--force")
    assert kept(folder) == [("region", "US-TX")]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("everything",), id="without a reason"),
        pytest.param(("everything", "--reason", " "), id="with an empty reason"),
        pytest.param(("everything", "--reason", "one\nanother"), id="with a reason of two lines"),
        pytest.param(("everything", "--reason", "a\udcff"), id="with bytes that are no text"),
        pytest.param(("everything", "--reason", "a" * 501), id="with a reason without end"),
        pytest.param(("everything", "US", *WHY), id="everything and a region"),
        pytest.param(("region", *WHY), id="a region without its code"),
        pytest.param(("country", "US", *WHY), id="a kind that is none"),
        pytest.param(("everything", *WHY, "--until", "2026-11-03T12:00:00Z"), id="until now"),
        pytest.param(("everything", *WHY, "--until", "2026-11-03T20:00:00"), id="until a time without an offset"),
        pytest.param(("everything", *WHY, "--until", "tonight"), id="until words"),
        pytest.param(("everything", *WHY, "--until", "9999-12-31T23:59:59-23:59"), id="until after all time"),
        pytest.param(("everything", *WHY, "--by", ""), id="by nobody"),
    ],
)
def test_what_cannot_be_meant_is_told_and_sets_nothing(folder: Path, words: tuple[str, ...]) -> None:
    assert run(folder, "set", *words).exit_code == 2
    assert kept(folder) == []


def test_the_list_says_what_why_who_and_until_when(folder: Path) -> None:
    assert run(folder, "list").output == "Nothing is stopped.\n"
    run(folder, "set", "topic", "voting", *WHY, "--by", "Ada", "--until", "2026-11-03T20:00:00-06:00")
    (one,) = read_stops(folder / "signpost.stops.json")
    line = f"{one.id}  topic voting  until 2026-11-04T02:00:00Z  since 2026-11-03T12:00:00Z by Ada: {WHY[1]}\n"
    assert run(folder, "list").output == line
    (told,) = json.loads(run(folder, "list", "--json").output)["stops"]
    assert told == {
        "id": one.id, "kind": "topic", "target": "voting", "reason": WHY[1], "set_by": "Ada",
        "set_at": "2026-11-03T12:00:00Z", "ends_at": "2026-11-04T02:00:00Z", "in_force": True,
    }  # fmt: skip
    later = NOW + timedelta(days=1)
    assert "ended 2026-11-04T02:00:00Z" in run(folder, "list", now=later).output
    assert json.loads(run(folder, "list", "--json", now=later).output)["stops"][0]["in_force"] is False


def _without_release(folder: Path) -> None:
    (folder / "signpost.release.json").unlink()


def _with_another_file_in_its_place(folder: Path) -> None:
    (folder / "signpost.release.json").write_text('{"release": {"regions": 7}}')


def _with_an_empty_file(folder: Path) -> None:
    (folder / "signpost.release.json").write_text("")


@pytest.mark.parametrize("broken", [_without_release, _with_another_file_in_its_place, _with_an_empty_file], ids=lambda one: one.__name__)
def test_where_the_release_cannot_be_read_a_stop_is_set_unasked(folder: Path, broken) -> None:
    broken(folder)
    result = run(folder, "set", "region", "us-tx", *WHY)
    assert result.exit_code == 0
    assert "cannot be read" in result.output
    assert kept(folder) == [("region", "US-TX")]
    assert run(folder, "list").exit_code == 0


def test_a_damaged_file_of_stops_is_told_by_both(folder: Path) -> None:
    (folder / "signpost.stops.json").write_text("{")
    assert isinstance(run(folder, "list").exception, StopsUnreadable)
    assert isinstance(run(folder, "set", "topic", "voting", *WHY).exception, StopsUnreadable)
    assert run(folder, "set", "everything", *WHY).exit_code == 0
    assert kept(folder) == [("everything", "")]


ASK = {"query": "where do i vote", "region": "US-TX"}


def environment(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    return {**own, "SIGNPOST_DATABASE": f"sqlite:///{folder}/signpost.db", "SIGNPOST_PORT": "0"}


def signpost(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CHECKOUT / "server.py"), *words]
    return subprocess.run(command, env=environment(folder), capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A real server in a process of its own; where it is."""
    command = [sys.executable, str(CHECKOUT / "server.py"), "serve"]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, env=environment(folder), stdout=subprocess.PIPE, stderr=log, text=True)
    assert process.stdout is not None
    try:
        yield re.search(r"http://\S+", process.stdout.readline())[0]
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(30)
        process.stdout.close()
    assert code == 0


def outcome(url: str) -> str:
    request = urllib.request.Request(f"{url}/v1/notices", json.dumps(ASK).encode(), {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
        return json.load(response)["outcome"]


def seconds_until(wanted: str, *urls: str) -> float:
    began_at = perf_counter()
    while {outcome(url) for url in urls} != {wanted}:
        assert perf_counter() < began_at + 30
    return perf_counter() - began_at


def _gone(database: Path) -> None:
    database.unlink()


def _corrupt(database: Path) -> None:
    database.write_bytes(b"no database at all " * 200)


@pytest.mark.parametrize("broken", [_gone, _corrupt], ids=lambda one: one.__name__)
def test_every_server_of_the_host_stops_within_a_second_and_still_after_a_restart(folder: Path, broken) -> None:
    (folder / "signpost.db").touch()
    with ExitStack() as running:
        urls = [running.enter_context(served(folder)) for _ in range(2)]
        assert [outcome(url) for url in urls] == ["shown", "shown"]
        broken(folder / "signpost.db")
        assert signpost(folder, "stop", "set", "region", "US", *WHY).returncode == 0
        assert seconds_until("stopped", *urls) < 1
        assert signpost(folder, "stop", "list").stdout.count("region US") == 1
    with served(folder) as url:
        assert outcome(url) == "stopped"
        (folder / "signpost.stops.json").write_bytes(b"{")
        assert "damaged" in signpost(folder, "stop", "list").stderr
        assert outcome(url) == "stopped"
    for left in folder.glob("signpost.db*"):  # a server that was killed amid a write leaves a journal, which would mend the database
        left.unlink()
    (folder / "signpost.db").touch()
    broken(folder / "signpost.db")
    with served(folder) as url:  # and when it was started over a damaged file
        assert outcome(url) == "stopped"
        (folder / "signpost.stops.json").write_text('{"stops": []}')
        assert seconds_until("shown", url) < 1
    said = [json.loads(line)["event"] for line in (folder / "log").read_text().splitlines()]
    assert said.count("stops_refused") == 2


def test_two_who_set_stops_at_once_both_have_theirs(folder: Path) -> None:
    command = [sys.executable, str(CHECKOUT / "server.py"), "stop", "set"]
    both = [
        subprocess.Popen([*command, *one, *WHY], env=environment(folder), stdout=subprocess.DEVNULL)
        for one in (["everything"], ["region", "US"])
    ]
    assert [one.wait(120) for one in both] == [0, 0]
    assert sorted(kept(folder)) == [("everything", ""), ("region", "US")]
