"""Democracy Works documents: what becomes an election, what a deadline, and what is refused."""

import json
from collections.abc import Callable
from datetime import date, time

import pytest

from admin.dates.democracy_works import read
from admin.dates.findings import Handed, Harvest
from elections.election import Channel, Confidence, Milestone, MilestoneKind
from tests.admin.dates.conftest import DATA

TEXAS = "ocd-division/country:us/state:tx"
CLOSES, REQUEST, RETURN = MilestoneKind.REGISTRATION_CLOSES, MilestoneKind.BALLOT_REQUEST_CLOSES, MilestoneKind.BALLOT_RETURN_CLOSES


def harvest(handed: Handed, *elections: dict, **pagination) -> Harvest:
    return read(json.dumps({"data": {"elections": list(elections)}, "pagination": pagination}).encode(), handed)


def one(**fields) -> dict:
    return {"ocdId": TEXAS, "date": "2027-11-02", "description": "Texas election", "type": "state", **fields}


def milestones(found: Harvest) -> dict[tuple[MilestoneKind, Channel], tuple[date | None, time | None, str]]:
    (election,) = found.elections
    return {(told.kind, told.channel): (told.on, told.at, told.words) for told in election.election.rounds[0].milestones}


@pytest.fixture(scope="module")
def documented(handed: Callable[..., Handed]) -> Harvest:
    return read((DATA / "democracy_works.json").read_bytes(), handed())


def test_the_documented_shape_gives_elections_with_their_page_and_times(documented: Harvest) -> None:
    texas, michigan = documented.elections
    assert (texas.election.id, texas.election.names) == ("us-tx-2027-11-02-legislative", {"en": "Texas Constitutional Amendment Election"})
    assert texas.election.source == (
        "democracy-works https://data.example.org/us/tx/2027-11-02 updated 2026-10-01T15:30:00Z retrieved 2026-11-25T09:00:00Z"
    )
    assert (texas.election.confidence, michigan.election.confidence) == (Confidence.HIGH, Confidence.MEDIUM)
    assert texas.provenance.document_id == f"{TEXAS}@2027-11-02"


def test_every_deadline_keeps_its_channel_its_hour_and_what_counts(documented: Harvest) -> None:
    told = [(one.kind, one.channel, one.on, one.at, one.words) for one in documented.elections[0].election.rounds[0].milestones]
    assert told == [
        (CLOSES, Channel.MAIL, date(2027, 10, 4), None, "postmarked"),
        (CLOSES, Channel.IN_PERSON, date(2027, 10, 4), None, ""),
        (REQUEST, Channel.ANY, date(2027, 10, 22), None, "received"),
        (RETURN, Channel.MAIL, date(2027, 11, 2), None, "postmarked"),
        (RETURN, Channel.MAIL, date(2027, 11, 3), time(17), "received"),
        (RETURN, Channel.IN_PERSON, date(2027, 11, 2), None, ""),
        (MilestoneKind.EARLY_VOTING_OPENS, Channel.IN_PERSON, date(2027, 10, 18), None, ""),
        (MilestoneKind.EARLY_VOTING_CLOSES, Channel.IN_PERSON, date(2027, 10, 29), None, ""),
        (MilestoneKind.POLLS_CLOSE, Channel.IN_PERSON, date(2027, 11, 2), None, "7:00 p.m. local time"),
    ]


def test_a_phrase_stays_a_phrase_and_days_that_vary_are_no_days(documented: Harvest) -> None:
    told = {(one.kind, one.on, one.words) for one in documented.elections[1].election.rounds[0].milestones}
    assert (CLOSES, None, "at your clerk's office") in told
    assert (CLOSES, date(2028, 11, 7), "at the polling place on election day") in told
    assert (MilestoneKind.EARLY_VOTING_OPENS, None, "varies by place") in told


def test_each_refusal_points_at_what_is_wrong(documented: Harvest) -> None:
    assert [(refusal.pointer, refusal.code) for refusal in documented.refusals] == [
        ("/data/elections/1/registration/byMail/deadline/date", "impossible_date"),
        ("/data/elections/2/ocdId", "unknown_division"),
        ("/data/elections/3/date", "impossible_date"),
    ]


@pytest.mark.parametrize(
    ("deadline", "on", "at"),
    [
        ({"date": "2027-10-04"}, date(2027, 10, 4), None),
        ({"timestamp": "2027-10-04T23:59:00-05:00"}, date(2027, 10, 4), time(23, 59)),
        ({"date": "2027-10-04", "timestamp": "2027-10-04T17:00:00-05:00"}, date(2027, 10, 4), time(17)),
        ({"date": "2027-10-04", "timestamp": "2027-10-05T04:59:00Z"}, date(2027, 10, 4), None),  # Texas has two zones
    ],
    ids=["date", "timestamp", "both", "UTC in two zones"],
)
def test_a_date_a_timestamp_or_both(handed, deadline, on, at) -> None:
    found = harvest(handed(), one(registration={"online": {"deadline": deadline}}))
    assert milestones(found)[CLOSES, Channel.ONLINE] == (on, at, "")


def test_a_timestamp_in_utc_is_read_in_the_only_zone_of_a_region(handed) -> None:
    ohio = one(ocdId="ocd-division/country:us/state:oh", registration={"online": {"deadline": {"timestamp": "2027-10-05T03:59:00.000Z"}}})
    assert milestones(harvest(handed(), ohio))[CLOSES, Channel.ONLINE] == (date(2027, 10, 4), time(23, 59), "")


@pytest.mark.parametrize(
    ("deadline", "code"),
    [
        ({"timestamp": "2027-10-05T04:59:00Z"}, "zone_unclear"),
        ({"date": "2027-10-04", "timestamp": "2027-10-05T01:00:00-05:00"}, "contradicts_itself"),
        ({"date": "2027-11-03"}, "after_polling"),
        ({"date": "2025-11-03"}, "far_from_polling"),
        ({"date": "04/10/2027"}, "impossible_date"),
        ({"date": 20271004}, "impossible_date"),
        ({"date": "9999-12-31"}, "impossible_date"),
        ({"timestamp": "2027-10-04T17:00:00"}, "impossible_time"),
    ],
)
def test_a_bad_deadline_is_refused_and_the_election_taken(handed, deadline, code) -> None:
    found = harvest(handed(), one(registration={"mail": None, "online": {"deadline": deadline}}))
    assert [refusal.code for refusal in found.refusals] == [code]
    assert found.elections[0].election.rounds[0].milestones == ()


@pytest.mark.parametrize(
    "registration", [None, [], "no", {"online": None}, {"online": {"deadline": None}}, {"online": {"deadline": {"date": None}}}]
)
def test_null_and_other_shapes_are_nothing(handed, registration) -> None:
    found = harvest(
        handed(), one(registration=registration, voting=None, description=None, canonicalUrl=None, updatedAt="soon", unknown={})
    )
    assert found.refusals == ()
    assert found.elections[0].election.rounds[0].milestones == ()
    assert found.elections[0].election.source.startswith(f"democracy-works {TEXAS}@2027-11-02 retrieved")


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (5, "not_an_object"),
        ({}, "division_missing"),
        (one(date=None), "date_missing"),
        (one(date="2027-13-01"), "impossible_date"),
        (one(type="galactic"), "kind_unknown"),
        (one(ocdId="ocd-division/country:us/state:zz"), "unknown_division"),
        (one(ocdId="ocd-division/country:us/state:ca"), "other_region"),
    ],
)
def test_a_bad_item_is_refused_and_the_others_go_on(handed, item, code) -> None:
    found = harvest(handed(region="US-TX"), item, one())
    assert [(refusal.pointer.split("/")[3], refusal.code) for refusal in found.refusals] == [("0", code)]
    assert len(found.elections) == 1


def test_a_page_of_several_is_not_taken_for_all_there_is(handed) -> None:
    assert harvest(handed(), one(), totalRecordCount=1).lists_all
    found = harvest(handed(), one(), totalRecordCount=30)
    assert not found.lists_all
    assert found.refusals[0].code == "not_all_pages"


def test_foreign_text_is_cleaned_of_control_and_direction_characters(handed) -> None:
    found = harvest(handed(), one(description="Elecci\u0301on\x1b[31m \u202eevil\n de\u2003Texas"))
    assert found.elections[0].election.names["en"] == "Elecci\u0301on[31m evil de Texas"


def test_a_milestone_carries_the_source(documented: Harvest) -> None:
    told: Milestone = documented.elections[0].election.rounds[0].milestones[0]
    assert told.source == documented.elections[0].election.source
