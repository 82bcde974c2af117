"""A newcomer's first minute, with real processes: init, serve, ask, lose the database, start again, decide from the command line."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

ASK = {"query": "where do I vote", "region": "US-TX", "languages": ["es-MX", "en"]}
AT = "2026-10-20T12:00:00Z"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    return {**kept, "SIGNPOST_DATABASE": f"sqlite:///{tmp_path}/signpost.db", "SIGNPOST_PORT": str(free_port())}


def signpost(environment: dict[str, str], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CHECKOUT / "server.py"), *arguments]
    return subprocess.run(command, env=environment, input=given, capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    process = subprocess.Popen([sys.executable, str(CHECKOUT / "server.py"), "serve"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "ready" in process.stdout.readline()
        yield f"http://127.0.0.1:{environment['SIGNPOST_PORT']}"
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        process.stdout.close()


def ask(url: str) -> dict:
    request = urllib.request.Request(f"{url}/v1/notices", json.dumps(ASK).encode(), {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
        return json.load(response)


def test_from_nothing_to_an_answer_and_on_without_the_database(environment: dict[str, str], tmp_path: Path) -> None:
    assert "signpost init" in signpost(environment, "serve").stderr
    assert signpost(environment, "init").returncode == 0
    assert "left alone" in signpost(environment, "init").stderr
    assert signpost(environment, "init", "--if-missing").returncode == 0
    assert "trusted key" in signpost(environment, "verify").stdout
    assert signpost(environment, "doctor").returncode == 0
    with served(environment) as url:
        first = ask(url)
        assert first["notices"][0]["language"] == "es"
        taken = signpost(environment, "serve")
        assert (taken.returncode, "another program is using it" in taken.stderr) == (1, True)
        (tmp_path / "signpost.db").unlink()
        assert ask(url) == first
    with served(environment) as url:
        assert ask(url) == first
    (tmp_path / "signpost.db").write_bytes(b"no database at all " * 200)
    with served(environment) as url:
        assert ask(url) == first


def test_an_altered_release_file_is_not_served(environment: dict[str, str], tmp_path: Path) -> None:
    signpost(environment, "init")
    file = tmp_path / "signpost.release.json"
    shutil.copy(tmp_path / "signpost.db", tmp_path / "kept.db")
    (tmp_path / "signpost.db").unlink()
    file.write_bytes(file.read_bytes().replace(b"where_do_i_vote", b"where_do_i_lose", 1))
    refused = signpost(environment, "serve")
    assert refused.returncode == 1
    assert "altered" in refused.stderr
    assert signpost(environment, "verify", "--file", str(file)).returncode == 1


def test_production_refuses_the_draft_starter_and_unpinned_keys(environment: dict[str, str]) -> None:
    signpost(environment, "init")
    production = {**environment, "SIGNPOST_MODE": "production"}
    assert "SIGNPOST_TRUSTED_KEYS" in signpost(production, "serve").stderr


def test_a_bad_setting_names_itself(environment: dict[str, str]) -> None:
    told = signpost({**environment, "SIGNPOST_PORT": "many", "SIGNPOST_PROT": "1"}, "doctor")
    assert told.returncode == 1
    assert "SIGNPOST_PORT must be" in told.stderr
    assert "did you mean SIGNPOST_PORT" in told.stderr
    assert "Traceback" not in told.stderr


def test_decide_answers_line_by_line_without_a_store(environment: dict[str, str], tmp_path: Path) -> None:
    lines = [json.dumps(ASK), '{"region": "UK"}', "{", "", json.dumps({"region": "DE", "query": "nichts\u2028hier"}, ensure_ascii=False)]
    done = signpost(environment, "decide", "--at", AT, given="\n".join(lines) + "\n")
    told = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    assert done.returncode == 1
    assert [one["outcome"] for one in told] == ["shown", "invalid", "invalid", "invalid", "no_match"]
    assert told[1]["problem"]["errors"][0]["suggestion"] == "GB"
    assert not (tmp_path / "signpost.db").exists()


def test_assume_season_changes_the_season_and_nothing_else(environment: dict[str, str]) -> None:
    line = json.dumps({"query": "vote", "region": "KP"}) + "\n"
    without = json.loads(signpost(environment, "decide", "--at", AT, given=line).stdout)
    with_season = json.loads(signpost(environment, "decide", "--at", AT, "--assume-season", given=line).stdout)
    assert (without["outcome"], with_season["outcome"]) == ("out_of_season", "shown")
    assert with_season["notices"][0]["election"] is None


def test_decide_explains(environment: dict[str, str]) -> None:
    done = signpost(environment, "decide", "--at", AT, "--explain", given=json.dumps(ASK) + "\n")
    assert json.loads(done.stdout)["trace"]["matches"]
    assert signpost(environment, "decide", "--at", "tomorrow").returncode == 2
