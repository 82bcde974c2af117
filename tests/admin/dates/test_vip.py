"""VIP 6.0 feeds: elections, hours, links; and XML that means harm."""

from datetime import date, time

import pytest

from admin.dates.findings import Format
from admin.dates.reading import read
from elections.centers import Slot
from elections.election import Channel, MilestoneKind
from tests.admin.dates.conftest import DATA

FEED = (DATA / "vip.xml").read_bytes()


def test_an_election_with_its_names_deadlines_and_hours(handed) -> None:
    (found,) = read(Format.VIP, FEED, handed()).elections
    assert (found.election.id, found.election.regions) == ("us-mi-2027-11-02-local", ("US-MI",))
    assert found.election.names == {
        "en": "Michigan City General Election",
        "es": "Elección general municipal de Míchigan",
        "ar": "الانتخابات البلدية العامة في ميشيغان",
    }
    assert [(told.kind, told.channel, told.on, told.at) for told in found.election.rounds[0].milestones] == [
        (MilestoneKind.REGISTRATION_CLOSES, Channel.ANY, date(2027, 10, 18), None),
        (MilestoneKind.BALLOT_REQUEST_CLOSES, Channel.ANY, date(2027, 10, 29), None),
        (MilestoneKind.REGISTRATION_CLOSES, Channel.IN_PERSON, date(2027, 11, 2), None),
        (MilestoneKind.POLLS_OPEN, Channel.IN_PERSON, date(2027, 11, 2), time(7)),
        (MilestoneKind.POLLS_CLOSE, Channel.IN_PERSON, date(2027, 11, 2), time(20)),
    ]
    assert found.provenance.source == (
        "vip:26 https://www.michigan.gov/vote#ele1 updated 2027-01-15T09:00:00Z retrieved 2026-11-25T09:00:00Z"
    )


def test_the_links_of_the_states_administration_and_of_nobody_elses(handed) -> None:
    found = read(Format.VIP, FEED, handed())
    assert {link.slot for link in found.links} == set(Slot) - {Slot.RULES}
    assert {link.region for link in found.links} == {"US-MI"}
    assert {(refusal.pointer, refusal.code) for refusal in found.refusals} == {
        ("/ElectionAdministration/ea26/RulesUri", "not_https"),
        ("/ElectionAdministration/ea99", "no_state"),
    }


def test_namespaces_are_as_they_come(handed) -> None:
    named = FEED.replace(b"<VipObject ", b'<VipObject xmlns="http://example.org/vip" ')
    assert read(Format.VIP, named, handed()).elections == read(Format.VIP, FEED, handed()).elections


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"<VipObject>", "malformed_xml"),
        (b"no xml", "malformed_xml"),
        (b"<html></html>", "not_this_format"),
        (b"<VipObject></VipObject>", "not_this_format"),
        (b'<!DOCTYPE VipObject [<!ENTITY a "b">]><VipObject>&a;</VipObject>', "unsafe_xml"),
        (b'<!DOCTYPE VipObject SYSTEM "file:///etc/passwd"><VipObject/>', "unsafe_xml"),
        (b"<VipObject>" + b"<a>" * 100 + b"</a>" * 100 + b"</VipObject>", "too_deep"),
        (b"<VipObject>" + b'<State id="s"/>' * 5_001 + b"</VipObject>", "too_many"),
        (b'<?xml version="1.0" encoding="bogus"?><VipObject/>', "malformed_xml"),
    ],
)
def test_xml_that_cannot_be_read_or_means_harm_is_refused(handed, document: bytes, code: str) -> None:
    found = read(Format.VIP, document, handed())
    assert [refusal.code for refusal in found.refusals] == [code]
    assert not found.elections


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<Date>2027-11-02</Date>", b"<Date>2027-11-31</Date>", "impossible_date"),
        (b"<Date>2027-11-02</Date>", b"", "date_missing"),
        (b"state:mi</Value>", b"state:zz</Value>", "unknown_state"),
        (b"<RegistrationDeadline>2027-10-18", b"<RegistrationDeadline>2027-11-18", "after_polling"),
    ],
)
def test_a_bad_field_is_refused(handed, old: bytes, new: bytes, code: str) -> None:
    assert code in {refusal.code for refusal in read(Format.VIP, FEED.replace(old, new), handed()).refusals}


def test_several_hours_are_left_to_those_who_know_which_holds_where(handed) -> None:
    twice = FEED.replace(b"</Schedule>", b"</Schedule><Schedule><Hours><StartTime>09:00:00</StartTime></Hours></Schedule>")
    (found,) = read(Format.VIP, twice, handed()).elections
    assert MilestoneKind.POLLS_OPEN not in {told.kind for told in found.election.rounds[0].milestones}
