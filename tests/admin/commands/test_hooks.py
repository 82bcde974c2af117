"""`signpost hooks` as whoever runs the host types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from admin.commands.context import Context
from admin.commands.hooks import hooks
from notices.errors import InvalidDocument
from review.errors import MoveNotAllowed, Unknown
from server import PROBLEMS, make_app
from tests.curated import Curated, curated_store

URL = "https://city.example/told"


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


def run(curated: Curated, *words: str) -> Result:
    return CliRunner().invoke(hooks, words, obj=Context(curated.settings, curated.clock, make_app, PROBLEMS))


def told(curated: Curated, *words: str) -> dict:
    result = run(curated, *words)
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.output)


def test_a_hook_from_its_first_to_its_last_day(curated: Curated) -> None:
    made = told(curated, "add", URL, "--event", "stop.set")
    assert made["secret"].startswith("whsec_")
    assert made["created_by"].startswith("operator:")
    assert [one["id"] for one in told(curated, "list")["items"]] == [made["id"]]
    changed = told(curated, "change", made["id"], "--url", "https://other.example/", "--event", "stop.lifted")
    assert (changed["url"], changed["events"]) == ("https://other.example/", ["stop.lifted"])
    assert run(curated, "ping", made["id"]).exit_code == 0
    (delivery,) = told(curated, "deliveries", made["id"])["items"]
    assert told(curated, "replay", str(delivery["number"]))["event"] == "ping"
    assert told(curated, "end", made["id"])["ended_at"]
    assert made["secret"] not in run(curated, "list").output


def test_without_a_choice_it_is_told_everything_but_pings(curated: Curated) -> None:
    events = told(curated, "add", URL)["events"]
    assert {"change.submitted", "release.published", "campaign.starting", "campaign.ending"} < set(events)
    assert "ping" not in events


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("add", "http://city.example/"), InvalidDocument),
        (("ping", "hook-0"), Unknown),
        (("deliveries", "hook-0"), Unknown),
        (("replay", "7"), Unknown),
        (("change", "hook-0"), Unknown),
    ],
    ids=str,
)
def test_what_cannot_be_done_says_why(curated: Curated, words: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(run(curated, *words).exception, error)


def test_an_ended_one_takes_nothing(curated: Curated) -> None:
    known_as = told(curated, "add", URL)["id"]
    told(curated, "end", known_as)
    for words in (("ping", known_as), ("end", known_as), ("change", known_as, "--url", URL)):
        assert isinstance(run(curated, *words).exception, MoveNotAllowed)
    assert run(curated, "add", URL, "--event", "ping").exit_code == 2
