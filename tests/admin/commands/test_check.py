"""`signpost check` as a person types it."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from aiohttp.abc import AbstractResolver
from click.testing import CliRunner, Result

from admin.commands.check import check
from admin.commands.context import Context
from admin.outside import Outside
from admin.settings import read_settings
from notices.known_checks import CHECKS
from server import PROBLEMS, make_app
from tests.conftest import CHECKOUT

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LIST = """region: AA
language: {language}
lists:
  voting:
    must_match: [{sample}]
    terms:
      - {{text: {text}}}
"""
NOTICE = """id: n
kind: election_center
wordings:
  en: {title: How to vote, body: Find out how to vote., label: Open}
"""
REGIONS = """code,kind,name,parent,languages,zones,ocd_ids,aliases
001,world,World,,en,UTC,,
AA,country,Aland,001,de;fr,Europe/Berlin,,
"""
CENTERS = """centers:
  - region: AA
    authorities: [{names: {en: A}, url: https://vote.example, languages: [de], confidence: high}]
    links: {elections: {'*': https://vote.example/where}}
"""
WAIVERS = """waivers:
  - {code: topic_missing_in_language, place: AA/fr, reason: No native writer yet., by: team, until: 2027-01-01}
"""


class Nobody(AbstractResolver):
    """No name exists."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list:
        raise OSError(None, "no such name")

    async def close(self) -> None:
        pass


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    for name in ("regions", "centers", "elections", "keywords/AA", "notices", "campaigns", "words"):
        (folder / name).mkdir(parents=True)
    (folder / "pack.yaml").write_text("made_at: '2026-11-23T00:00:00+00:00'\nseason_days: 90\nlink_hosts: []\n")
    for name in ("polling_hours.csv", "silence.csv"):
        (folder / name).write_text((CHECKOUT / "packs" / name).read_text().splitlines()[0] + "\n")
    (folder / "regions" / "world.csv").write_text(REGIONS)
    (folder / "centers" / "AA.yaml").write_text(CENTERS)
    (folder / "keywords" / "AA" / "de.yaml").write_text(LIST.format(language="de", text="Wahllokal", sample="wahllokal"))
    (folder / "notices" / "n.yaml").write_text(NOTICE)
    for name in ("common", "rare"):
        shutil.copy(CHECKOUT / "packs" / "words" / f"{name}.txt", folder / "words")
    return folder


def run(packs: Path, *words: str, command: click.Command = check) -> Result:
    context = Context(read_settings({"SIGNPOST_PACKS": str(packs)}), lambda: NOW, make_app, PROBLEMS, Outside(Nobody))
    return CliRunner().invoke(command, words, obj=context)


def test_a_finding_is_a_line_and_what_to_do_is_told_once_for_each_code(packs: Path) -> None:
    (packs / "keywords" / "AA" / "de.yaml").write_text(LIST.format(language="de", text="Wahllokal", sample="wahllokal, rathaus, bahnhof"))
    result = run(packs)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert "error   sample_missed            AA/de/voting: “rathaus” should match and does not" in lines
    assert "error   topic_missing_in_language AA/fr/voting: voting is covered in de and not in fr, which is official there as well" in lines
    assert sum(" sample_missed " in line for line in lines) == 2
    assert result.stderr.count(CHECKS["sample_missed"].hint) == 1
    assert result.stderr.endswith("3 errors, 1 warnings, 0 waived\n")


def test_a_waiver_lets_the_packs_pass_and_is_counted(packs: Path) -> None:
    assert run(packs, "--errors-only").exit_code == 1
    (packs / "waivers.yaml").write_text(WAIVERS)
    result = run(packs, "--errors-only")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "0 errors, 1 warnings, 1 waived\n"


def test_a_waiver_that_is_over_lets_nothing_pass(packs: Path) -> None:
    (packs / "waivers.yaml").write_text(WAIVERS.replace("2027-01-01", "2026-11-22"))
    result = run(packs, "--errors-only")
    assert result.exit_code == 1
    assert "topic_missing_in_language" in result.stdout


def test_json_holds_findings_with_hints_and_what_is_waived(packs: Path) -> None:
    (packs / "waivers.yaml").write_text(WAIVERS)
    result = run(packs, "--json")
    document = json.loads(result.stdout)
    hint = CHECKS["stale_words"].hint
    assert [(one["severity"], one["code"], one["place"], one["hint"]) for one in document["findings"]] == [
        ("warning", "stale_words", "words", hint)
    ]
    assert [(one["place"], one["waiver"]["until"]) for one in document["waived"]] == [("AA/fr/voting", "2027-01-01")]
    assert (document["errors"], document["warnings"], result.stderr) == (0, 1, "")
    assert json.loads(run(packs, "--json", "--errors-only").stdout)["findings"] == []


def test_links_are_asked_only_when_wished(packs: Path) -> None:
    (packs / "waivers.yaml").write_text(WAIVERS)
    assert run(packs).exit_code == 0
    result = run(packs, "--links")
    assert result.exit_code == 1
    dead = [line for line in result.stdout.splitlines() if " dead_link " in line]
    assert dead == [
        f"error   dead_link                center AA: https://vote.example{path} has a host that does not exist, or not on the open internet"
        for path in ("/where", "")
    ]


@pytest.mark.parametrize("other", ["--links", "--current", "--coverage"])
def test_single_files_go_with_nothing_that_needs_a_release(packs: Path, other: str) -> None:
    file = str(packs / "keywords" / "AA" / "de.yaml")
    assert run(packs, "--keywords", file).exit_code == 0
    assert run(packs, "--keywords", file, other).exit_code == 2
