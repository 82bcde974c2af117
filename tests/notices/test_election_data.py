"""The calendar as JSON, iCalendar and CSV: over HTTP, and the events themselves."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiohttp.test_utils import TestClient
from icalendar import Calendar

from elections.election import Channel, Confidence, Election, ElectionKind, Milestone, MilestoneKind, Round, Status
from elections.places import Places
from notices.election_documents import election_document
from notices.election_schemas import ElectionSchema, ElectionsSchema
from notices.elections_csv import COLUMNS
from notices.ics import calendar_file
from notices.live import Live
from notices.texts import Texts
from tests.conftest import CHECKOUT

STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DAY = date(2027, 5, 9)
K = MilestoneKind


def election(*milestones: Milestone, regions: tuple[str, ...] = ("DE",), status: Status = Status.SCHEDULED, **of_round) -> Election:
    polling = Round(1, DAY, DAY, status=status, source="https://wahl.example/2027", milestones=milestones, **of_round)
    names = {"en": "Local elections; second, try\nnext line", "de": "Kommunalwahlen", "ar": "الانتخابات المحلية"}
    return Election("x-2027-05-09-local", regions, ElectionKind.LOCAL, names, status, (polling,), Confidence.HIGH, "src")


def told(kind: MilestoneKind, on: date | None = DAY, at: time | None = None, **given) -> Milestone:
    return Milestone(kind, on, at, **given)


@pytest.fixture
def events(starter: Live) -> Callable[..., dict[str, dict]]:
    def read(*elections: Election, region: str | None = None, language: str = "en") -> dict[str, dict]:
        made = calendar_file(elections, starter.places, region, language, STAMP, Texts().speaker(language).plain)
        assert b"\r\n" in made
        assert all(len(line) <= 75 for line in made.split(b"\r\n"))
        return {str(event["UID"]): event for event in Calendar.from_ical(made).walk("VEVENT")}

    return read


@pytest.fixture
def places(starter: Live) -> Places:
    return starter.places


def test_every_dated_deadline_is_an_event_beside_the_polling_day(events) -> None:
    kinds = (
        K.REGISTRATION_CLOSES, K.BALLOT_REQUEST_CLOSES, K.BALLOT_RETURN_CLOSES, K.EARLY_VOTING_OPENS, K.EARLY_VOTING_CLOSES, K.POLLS_OPEN,
        K.POLLS_CLOSE,
    )  # fmt: skip
    found = events(election(*(told(kind) for kind in kinds), told(K.CERTIFIED), told(K.POLLS_CLOSE, None, words="at sunset")))
    assert set(found) == {"x-2027-05-09-local-1@signpost", *(f"x-2027-05-09-local-1-{kind}-any@signpost" for kind in kinds)}
    assert found["x-2027-05-09-local-1@signpost"].start == DAY
    assert found["x-2027-05-09-local-1@signpost"]["DTEND"].dt == DAY + timedelta(days=1)


def test_registration_reminds_a_week_and_a_day_before_and_anything_else_a_day(events) -> None:
    found = events(election(told(K.REGISTRATION_CLOSES, channel=Channel.ONLINE), told(K.BALLOT_RETURN_CLOSES, channel=Channel.MAIL)))

    def alarms(event) -> list[tuple[str, timedelta]]:
        return [(str(alarm["ACTION"]), alarm["TRIGGER"].dt) for alarm in event.walk("VALARM")]

    week, day = ("DISPLAY", timedelta(days=-7)), ("DISPLAY", timedelta(days=-1))
    assert alarms(found["x-2027-05-09-local-1-registration_closes-online@signpost"]) == [week, day]
    assert alarms(found["x-2027-05-09-local-1-ballot_return_closes-mail@signpost"]) == [day]
    assert alarms(found["x-2027-05-09-local-1@signpost"]) == []


@pytest.mark.parametrize(
    ("regions", "zone"),
    [(("DE",), "Europe/Berlin"), (("NZ",), None), (("US-OH",), "America/New_York"), (("US",), None), (("IN",), "Asia/Kolkata")],
    ids=["one zone", "Chatham and the rest", "one of many in the country", "many zones", "east"],
)
def test_a_clock_time_is_in_the_regions_zone_or_floats_where_zones_disagree(events, places, regions, zone) -> None:
    if regions == ("DE",):
        assert places.zones("DE")[0] == "Europe/Berlin"
    start = events(election(told(K.POLLS_CLOSE, at=time(20)), regions=regions))["x-2027-05-09-local-1-polls_close-any@signpost"].start
    assert (start.date(), start.time()) == (DAY, time(20))
    assert start.utcoffset() == (start.replace(tzinfo=ZoneInfo(zone)).utcoffset() if zone else None)


def test_a_named_zone_is_described_in_the_file(starter: Live) -> None:
    made = calendar_file([election(told(K.POLLS_CLOSE, at=time(18)))], starter.places, None, "en", STAMP, str)
    assert made.count(b"BEGIN:VTIMEZONE") == 1
    assert b"DTSTART;TZID=Europe/Berlin:20270509T180000" in made
    assert made.index(b"BEGIN:VTIMEZONE") < made.index(b"BEGIN:VEVENT")


def test_where_one_votes_only_deadlines_that_hold_there_are_told_in_its_time(events) -> None:
    general = told(K.REGISTRATION_CLOSES, date(2027, 4, 9))
    texas = told(K.REGISTRATION_CLOSES, date(2027, 4, 10), regions=("US-TX",))
    ohio = told(K.POLLS_CLOSE, at=time(19, 30), regions=("US-OH",))
    everywhere = told(K.POLLS_OPEN, at=time(7))
    one = election(general, texas, ohio, everywhere, regions=("US",))
    prefix = "x-2027-05-09-local-1"
    assert set(events(one)) == {
        f"{prefix}@signpost", f"{prefix}-registration_closes-any@signpost", f"{prefix}-registration_closes-any-us-tx@signpost",
        f"{prefix}-polls_close-any-us-oh@signpost", f"{prefix}-polls_open-any@signpost",
    }  # fmt: skip
    in_texas = events(one, region="US-TX")
    assert set(in_texas) == {
        f"{prefix}@signpost", f"{prefix}-registration_closes-any-us-tx@signpost", f"{prefix}-polls_open-any@signpost",
    }  # fmt: skip
    assert events(one, region="US-OH")[f"{prefix}-polls_open-any@signpost"].start.utcoffset() == timedelta(hours=-4)


def test_a_moved_event_keeps_its_uid_and_counts_up(events) -> None:
    before = election(told(K.POLLS_CLOSE))
    polling = replace(before.rounds[0], first_day=DAY + timedelta(days=7), last_day=DAY + timedelta(days=7), moved_from=(DAY,))
    after = replace(before, rounds=(polling,))
    assert set(events(before)) == set(events(after))
    assert [int(event["SEQUENCE"]) for event in events(before).values()] == [0, 0]
    assert [int(event["SEQUENCE"]) for event in events(after).values()] == [1, 1]
    assert all(event["LAST-MODIFIED"].dt == STAMP for event in events(after).values())


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.ANNULLED, Status.REPLACED])
def test_what_is_called_off_says_so_and_reminds_nobody(events, status: Status) -> None:
    found = events(election(told(K.REGISTRATION_CLOSES), status=status))
    assert [str(event["STATUS"]) for event in found.values()] == ["CANCELLED", "CANCELLED"]
    assert not any(event.walk("VALARM") for event in found.values())
    assert [int(event["SEQUENCE"]) for event in found.values()] == [1, 1]


def test_what_is_only_expected_is_left_out_with_its_deadlines(events) -> None:
    assert events(election(told(K.REGISTRATION_CLOSES), status=Status.EXPECTED)) == {}
    one = election(told(K.REGISTRATION_CLOSES))
    assert events(replace(one, rounds=(replace(one.rounds[0], status=Status.EXPECTED),))) == {}


def test_text_is_escaped_and_comes_back_in_every_script(events, starter: Live) -> None:
    one = election(told(K.POLLS_CLOSE, words="a;b,c\\d\nBEGIN:VEVENT\x07"))
    english = events(one)["x-2027-05-09-local-1-polls_close-any@signpost"]
    assert str(english["SUMMARY"]) == "Local elections; second, try\nnext line: Polls close"
    assert str(english["DESCRIPTION"]) == "a;b,c\\d\nBEGIN:VEVENT\nhttps://wahl.example/2027"
    assert str(english["URL"]) == "https://wahl.example/2027"
    assert str(events(one, language="ar")["x-2027-05-09-local-1@signpost"]["SUMMARY"]) == "الانتخابات المحلية"
    made = calendar_file([one], starter.places, None, "en", STAMP, Texts().speaker("en").plain)
    assert made.count(b"BEGIN:VEVENT\r\n") == 2


def test_two_deadlines_alike_have_two_uids(events) -> None:
    found = events(election(told(K.BALLOT_RETURN_CLOSES, words="postmarked"), told(K.BALLOT_RETURN_CLOSES, words="received")))
    assert [uid for uid in found if "return" in uid] == [
        "x-2027-05-09-local-1-ballot_return_closes-any@signpost",
        "x-2027-05-09-local-1-ballot_return_closes-any-2@signpost",
    ]


def test_a_round_tells_its_milestones_its_source_and_where_it_moved_from() -> None:
    one = election(told(K.POLLS_CLOSE, at=time(18), regions=("DE-BY",), source="x"), moved_from=(date(2027, 5, 2),), name="First")
    document = election_document(one, "de")
    assert ElectionSchema().validate(document) == {}
    assert document["name"] == "Kommunalwahlen"
    assert document["rounds"] == [
        {
            "number": 1, "first_day": "2027-05-09", "last_day": "2027-05-09", "conditional": False, "status": "scheduled", "name": "First",
            "confidence": "medium", "source": "https://wahl.example/2027", "verified_on": None, "moved_from": ["2027-05-02"],
            "milestones": [
                {
                    "kind": "polls_close", "on": "2027-05-09", "at": "18:00", "words": None, "channel": "any", "regions": ["DE-BY"],
                    "source": "x", "confidence": "medium", "verified_on": None,
                }
            ],
        }
    ]  # fmt: skip


async def test_the_whole_calendar_is_as_its_schema_says(client: TestClient) -> None:
    document = await (await client.get("/v1/elections")).json()
    assert ElectionsSchema().validate(document) == {}
    assert any(one["milestones"] for election in document["elections"] for one in election["rounds"])
    assert all(
        one["status"] == "expected" for election in document["elections"] if election["status"] == "expected" for one in election["rounds"]
    )


async def test_the_table_has_the_same_elections_and_parameters_as_the_json(client: TestClient) -> None:
    params = {"region": "US-TX", "from": "2026-01-01", "to": "2028-12-31"}
    response = await client.get("/v1/elections.csv", params=params)
    assert (response.status, response.content_type, response.charset) == (200, "text/csv", "utf-8")
    rows = list(csv.DictReader(io.StringIO(await response.text(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    listed = (await (await client.get("/v1/elections", params=params)).json())["elections"]
    assert list(dict.fromkeys(row["election"] for row in rows)) == [election["id"] for election in listed]
    wanted = sum(1 + len(one["milestones"]) for election in listed for one in election["rounds"])
    assert sum(row["row"] in {"round", "milestone"} for row in rows) == wanted
    again = await client.get("/v1/elections.csv", params=params, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status == 304


@pytest.mark.parametrize("path", ["/v1/elections", "/v1/elections.ics", "/v1/elections.csv"])
@pytest.mark.parametrize(("params", "status"), [({"region": "XX"}, 404), ({"from": "soon"}, 422), ({"until": "2026-01-01"}, 422)])
async def test_a_bad_question_is_refused_alike(client: TestClient, path: str, params, status: int) -> None:
    assert (await client.get(path, params=params)).status == status


async def test_the_calendar_of_a_region_is_not_kept_for_another(client: TestClient) -> None:
    """Both hold the same elections; only the deadlines differ."""
    bodies = [await (await client.get("/v1/elections.ics", params={"region": code})).text() for code in ("US-TX", "US-CA")]
    assert all(body.count("BEGIN:VEVENT") == body.count("END:VEVENT") > 0 for body in bodies)
    shared = await (await client.get("/v1/elections.ics")).text()
    assert shared.count("BEGIN:VALARM") > max(body.count("BEGIN:VALARM") for body in bodies)


def test_the_formats_are_in_the_docs() -> None:
    pages = "".join((CHECKOUT / "docs" / name).read_text(encoding="utf-8") for name in ("http-api.md", "scheduling.md"))
    for name in ("/v1/elections.csv", "/v1/elections.ics", "signpost import elections", "signpost export elections", "signpost refresh"):
        assert name in pages, name
