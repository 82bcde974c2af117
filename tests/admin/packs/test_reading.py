"""Rolls and waivers are read from the packs, where there are any, and published with the release."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from admin.errors import PackError
from admin.packs.reading import read_waivers
from admin.packs.reading_places import read_rolls
from elections.rolls import Contestant, Roll
from notices.documents import from_document, to_document
from notices.release import Release
from notices.waivers import Waiver
from tests.notices.small import live_with

ROLLS = """rolls:
  - contest: mayor
    region: NO
    source: https://city.example
    verified_on: 2026-01-01
    contestants:
      - {id: a, names: {en: Ada Greene, ru: Ада Грин}}
      - {id: b, names: {en: Bo Stone}}
"""
WAIVERS = """waivers:
  - {code: topic_missing_in_language, place: NO/nn, reason: No writer yet., by: team, until: 2027-01-01}
  - {code: unverified_date, place: election x, reason: The source is a letter., by: team}
"""
ROLL = Roll(
    "mayor",
    "NO",
    (Contestant("a", {"en": "Ada Greene", "ru": "Ада Грин"}), Contestant("b", {"en": "Bo Stone"})),
    "https://city.example",
    date(2026, 1, 1),
)
WAIVED = (
    Waiver("topic_missing_in_language", "NO/nn", "No writer yet.", "team", date(2027, 1, 1)),
    Waiver("unverified_date", "election x", "The source is a letter.", "team"),
)


def test_there_need_be_none(tmp_path: Path) -> None:
    assert read_rolls(tmp_path / "rolls") == ()
    assert list(read_waivers(tmp_path / "waivers.yaml")) == []


def test_what_stands_there_is_read(tmp_path: Path) -> None:
    (tmp_path / "NO.yaml").write_text(ROLLS, encoding="utf-8")
    (tmp_path / "waivers.yml").write_text(WAIVERS, encoding="utf-8")
    assert read_rolls(tmp_path) == (ROLL,)
    assert tuple(read_waivers(tmp_path / "waivers.yml")) == WAIVED


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("waivers: {}", "waivers.yaml"),
        ("waivers:\n  - {code: x, place: y, reason: z}", "waivers/0"),
        ("waivers:\n  - {code: x, place: y, reason: z, by: me, until: soon}", "waivers/0"),
        ("waivers:\n  - {code: x, place: y, reason: z, by: me, for: ever}", "waivers/0"),
    ],
)
def test_what_is_no_waiver_is_refused_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=place):
        list(read_waivers(path))


def test_they_travel_with_the_release() -> None:
    release = replace(live_with([]).release, rolls=(ROLL,), waivers=WAIVED)
    document = to_document(release)
    assert document["waivers"][1] == {"code": "unverified_date", "place": "election x", "reason": "The source is a letter.", "by": "team"}
    assert from_document(document, Release) == release
    assert "waivers" not in to_document(replace(release, waivers=()))
