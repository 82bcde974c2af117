"""iCalendar files: foreign ones and our own."""

from datetime import UTC, date, datetime

import pytest

from admin.dates.findings import Format, Harvest
from admin.dates.reading import read
from elections.election import Confidence, Election, ElectionKind, Round, Status
from notices.ics import calendar_file
from tests.admin.dates.conftest import DATA

FILE = (DATA / "calendar.ics").read_bytes()


def test_all_day_events_are_polling_days_and_others_are_refused(handed) -> None:
    found = read(Format.ICS, FILE, handed(region="NL", source_url="https://city.example/all.ics"))
    first, second = (one.election for one in found.elections)
    assert (first.id, first.names["en"]) == ("nl-2027-05-30-local", "Municipal elections, first vote")
    assert (first.rounds[0].first_day, first.rounds[0].last_day) == (date(2027, 5, 30), date(2027, 5, 31))
    assert (second.kind, second.status) == (ElectionKind.REFERENDUM, Status.CANCELLED)
    assert [refusal.code for refusal in found.refusals] == ["not_all_day", "repeats"]
    assert first.source.startswith("ics:city.example https://city.example/2027 updated 2026-11-01T09:00:00Z")
    assert second.source.startswith("ics:city.example https://city.example/all.ics#off@city.example")


def test_an_event_without_a_region_is_refused(handed) -> None:
    assert {refusal.code for refusal in read(Format.ICS, FILE, handed()).refusals} == {"region_missing", "not_all_day", "repeats"}


@pytest.mark.parametrize(
    ("document", "code"),
    [(b"hello", "not_this_format"), (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", "malformed_ics"), (b"\xff\xfe", "bad_utf8")],
)
def test_what_is_no_calendar_is_refused(handed, document: bytes, code: str) -> None:
    assert [refusal.code for refusal in read(Format.ICS, document, handed()).refusals] == [code]


def test_our_own_calendar_comes_back_with_all_rounds(handed, places) -> None:
    rounds = (Round(1, date(2027, 4, 11), date(2027, 4, 11)), Round(2, date(2027, 4, 25), date(2027, 4, 25), status=Status.CANCELLED))
    election = Election(
        "fr-2027-04-11-presidential", ("FR",), ElectionKind.PRESIDENTIAL, {"en": "France, presidential"}, Status.SCHEDULED, rounds,
        Confidence.HIGH, "x",
    )  # fmt: skip
    made = calendar_file([election], places, None, "en", datetime(2026, 1, 1, tzinfo=UTC), str)
    found: Harvest = read(Format.ICS, made, handed())
    (back,) = (one.election for one in found.elections)
    assert found.refusals == ()
    assert (back.id, back.regions, back.kind, back.names) == (election.id, election.regions, election.kind, election.names)
    assert [(one.number, one.first_day, one.status) for one in back.rounds] == [(one.number, one.first_day, one.status) for one in rounds]
