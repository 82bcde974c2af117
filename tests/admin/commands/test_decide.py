"""`signpost decide` says what the servers of the host say: what is stopped too."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from admin.commands.context import Context
from admin.commands.decide import decide
from admin.keys import make_key
from admin.publishing import write_release_file
from admin.settings import read_settings
from admin.stopping.file import add_stop
from notices.signing import sign, to_envelope
from notices.stops import Stop, StopKind
from server import PROBLEMS, make_app
from tests.curated import small_release

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
ASKED = json.dumps({"query": "wo wähle ich", "region": "DE"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    key = make_key(tmp_path / "signing-key.pem")
    write_release_file(to_envelope(sign(small_release(), (key,))), tmp_path / "signpost.release.json")
    return tmp_path


def outcome(folder: Path, *words: str) -> str:
    settings = read_settings({"SIGNPOST_DATABASE": f"sqlite:///{folder}/signpost.db"})
    result = CliRunner().invoke(decide, words, obj=Context(settings, lambda: NOW, make_app, PROBLEMS), input=ASKED + "\n")
    assert result.exit_code == 0, result.exception
    return json.loads(result.stdout)["outcome"]


def test_what_is_stopped_is_so_here_too(folder: Path) -> None:
    assert outcome(folder) == "shown"
    add_stop(folder / "signpost.stops.json", Stop(StopKind.REGION, "DE", "r", "ada", NOW))
    assert outcome(folder) == "stopped"


def test_a_stop_is_in_force_from_when_it_was_set(folder: Path) -> None:
    add_stop(folder / "signpost.stops.json", Stop(StopKind.REGION, "DE", "r", "ada", NOW, NOW + timedelta(hours=1)))
    for hours, expected in ((-1, "shown"), (0, "stopped"), (1, "shown")):
        assert outcome(folder, "--at", (NOW + timedelta(hours=hours)).isoformat()) == expected
