"""Google Civic Information documents: the list of elections, and the links of a voterInfoQuery."""

import json
from datetime import date

from admin.dates.google_civic import read
from elections.centers import Slot
from elections.election import ElectionKind
from tests.admin.dates.conftest import DATA


def test_the_list_gives_elections_whose_name_says_their_kind(handed) -> None:
    found = read((DATA / "google_elections.json").read_bytes(), handed())
    assert [(one.election.id, one.provenance.source) for one in found.elections] == [
        ("us-2028-11-07-presidential", "google-civic elections/9101 retrieved 2026-11-25T09:00:00Z"),
        ("us-la-2027-03-27-local", "google-civic elections/9102 retrieved 2026-11-25T09:00:00Z"),
    ]
    assert [(refusal.pointer, refusal.code) for refusal in found.refusals] == [
        ("/elections/0", "test_election"),
        ("/elections/3/name", "kind_unknown"),
        ("/elections/4/ocdDivisionId", "unknown_division"),
    ]


def test_a_person_may_say_the_kind(handed) -> None:
    found = read((DATA / "google_elections.json").read_bytes(), handed(kind=ElectionKind.LEGISLATIVE))
    assert "us-oh-2027-05-04-legislative" in {one.election.id for one in found.elections}


def test_the_links_of_a_state_are_proposals_for_slots(handed) -> None:
    found = read((DATA / "google_voterinfo.json").read_bytes(), handed())
    assert {(link.region, link.slot): link.url for link in found.links} == {
        ("US-CA", Slot.ELECTIONS): "https://www.sos.ca.gov/elections",
        ("US-CA", Slot.REGISTRATION): "https://registertovote.ca.gov/",
        ("US-CA", Slot.AM_I_REGISTERED): "https://voterstatus.sos.ca.gov/",
        ("US-CA", Slot.WHERE_DO_I_VOTE): "https://caearlyvoting.sos.ca.gov/",
        ("US-CA", Slot.RULES): "https://www.sos.ca.gov/elections/rules",
    }
    assert [(refusal.pointer, refusal.code) for refusal in found.refusals] == [
        ("/state/0/electionAdministrationBody/absenteeVotingInfoUrl", "not_https")
    ]
    assert found.elections[0].election.rounds[0].first_day == date(2028, 11, 7)


def test_no_part_of_a_persons_address_is_kept(handed) -> None:
    found = read((DATA / "google_voterinfo.json").read_bytes(), handed())
    assert not any(word in repr(found) for word in ("Nobody Street", "95814", "Sacramento"))


def test_a_document_of_another_kind_is_refused(handed) -> None:
    for document in ({}, {"error": {"code": 403}}, {"kind": "civicinfo#representativeInfoResponse"}):
        found = read(json.dumps(document).encode(), handed())
        assert [refusal.code for refusal in found.refusals] == ["not_this_format"]


def test_odd_items_are_refused_one_by_one(handed) -> None:
    items = [None, 5, {"id": 1}, {"ocdDivisionId": "ocd-division/country:us", "electionDay": "tomorrow", "name": "Midterm"}]
    found = read(json.dumps({"elections": items}).encode(), handed())
    assert [refusal.code for refusal in found.refusals] == ["not_an_object", "not_an_object", "unknown_division", "impossible_date"]
