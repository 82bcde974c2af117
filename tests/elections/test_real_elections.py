"""Real elections of the packs, minute by minute around their edges; each instant comes from the law and the local clock, not from the code."""

from datetime import timedelta

import pytest

from admin.packs.reading_places import read_elections, read_regions
from admin.packs.tables import read_polling_hours, read_silence
from elections.calendar import Calendar
from elections.election import Election, ElectionKind, Phase
from elections.places import Places
from tests.conftest import CHECKOUT
from tests.elections.reference_elections import at, election, polling

MINUTE = timedelta(minutes=1)
PACKS = CHECKOUT / "packs"
NONE, ANNOUNCED, REGISTRATION, EARLY = "none", "announced", "registration", "early_voting"
FINAL, POLLS, COUNTING, PROVISIONAL, CERTIFIED = "final_days", "election_day", "counting", "provisional_results", "certified"

US_2026 = "us-2026-11-03-legislative"
EU_2024 = "eu-2024-06-06-european"
IN_2024 = "in-2024-04-19-parliamentary"
FR_2024 = "fr-2024-06-30-legislative"
BR_2026 = "br-2026-10-04-presidential"
ID_2024 = "id-2024-02-14-presidential"
RU_2024 = "ru-2024-03-15-presidential"
NG_2027 = "ng-2027-01-16-presidential"
RO_2024, RO_2025 = "ro-2024-11-24-presidential", "ro-2025-05-04-presidential"
DE_2025 = "de-2025-02-23-parliamentary"
AU_2025, VIC_2026 = "au-2025-05-03-parliamentary", "au-vic-2026-11-28-local"


def calendar_of_packs(*more: Election) -> Calendar:
    """The calendar of everything in the packs, and of elections made for a test."""
    places = Places.of(read_regions(PACKS / "regions"))
    elections = (*read_elections(PACKS / "elections"), *more)
    return Calendar(elections, places, read_silence(PACKS), hours=read_polling_hours(PACKS))


@pytest.fixture(scope="session")
def packs() -> Calendar:
    return calendar_of_packs(*MADE)


def phase_of(packs: Calendar, held: str, place: str, minute: str, moved: timedelta = timedelta(0)) -> str:
    """The election's own phase, whether or not another one leads there."""
    running = {one.id: span.phase for one, span in packs.running(place, at(minute) + moved)}
    return running.get(held, Phase.NONE).value


def around(packs: Calendar, held: str, place: str, minute: str) -> list[str]:
    """The phases the minute before, at the minute, the minute after."""
    return [phase_of(packs, held, place, minute, step * MINUTE) for step in (-1, 0, 1)]


CLOSES = [
    # 2 U.S.C. 7: Tuesday 3 November 2026; daylight saving ended on 1 November. Each state's law on its polling hours.
    pytest.param(US_2026, "US-GU", "2026-11-03T20:00+10:00", id="Guam, ahead of the date line: Tuesday morning in Washington"),
    pytest.param(US_2026, "US-IN", "2026-11-03T18:00-06:00", id="Indiana 18:00, an hour later in its Central counties"),
    pytest.param(US_2026, "US-KY", "2026-11-03T18:00-06:00", id="Kentucky 18:00, an hour later in the west"),
    pytest.param(US_2026, "US-GA", "2026-11-03T19:00-05:00", id="Georgia 19:00"),
    pytest.param(US_2026, "US-VT", "2026-11-03T19:00-05:00", id="Vermont 19:00"),
    pytest.param(US_2026, "US-OH", "2026-11-03T19:30-05:00", id="Ohio 19:30"),
    pytest.param(US_2026, "US-PA", "2026-11-03T20:00-05:00", id="Pennsylvania 20:00"),
    pytest.param(US_2026, "US-FL", "2026-11-03T19:00-06:00", id="Florida 19:00, the Panhandle an hour later"),
    pytest.param(US_2026, "US-TN", "2026-11-03T20:00-05:00", id="Tennessee: 20:00 Eastern is 19:00 Central"),
    pytest.param(US_2026, "US-NY", "2026-11-03T21:00-05:00", id="New York 21:00"),
    pytest.param(US_2026, "US-TX", "2026-11-03T19:00-07:00", id="Texas 19:00, El Paso an hour later"),
    pytest.param(US_2026, "US-NE", "2026-11-03T20:00-06:00", id="Nebraska: 20:00 Central is 19:00 Mountain"),
    pytest.param(US_2026, "US-MI", "2026-11-03T20:00-06:00", id="Michigan 20:00, Menominee an hour later"),
    pytest.param(US_2026, "US-KS", "2026-11-03T20:00-07:00", id="Kansas, the latest legal close, in its Mountain counties"),
    pytest.param(US_2026, "US-ND", "2026-11-03T21:00-07:00", id="North Dakota, the latest legal close, west of the Missouri"),
    pytest.param(US_2026, "US-ID", "2026-11-03T20:00-08:00", id="Idaho 20:00, the Panhandle an hour later"),
    pytest.param(US_2026, "US-OR", "2026-11-03T20:00-08:00", id="Oregon 20:00, Malheur an hour sooner"),
    pytest.param(US_2026, "US-CA", "2026-11-03T20:00-08:00", id="California 20:00"),
    pytest.param(US_2026, "US-HI", "2026-11-03T19:00-10:00", id="Hawaii 19:00"),
    pytest.param(US_2026, "US-AS", "2026-11-03T18:00-11:00", id="American Samoa 18:00"),
    pytest.param(US_2026, "US-AK", "2026-11-03T20:00-10:00", id="Alaska 20:00, Adak an hour later"),
    pytest.param(US_2026, "US", "2026-11-03T20:00-10:00", id="the United States are closed when Adak is"),
    # European Electoral Act, Art. 10: Thursday to Sunday, 6 to 9 June 2024; the hours by each member's law.
    pytest.param(EU_2024, "NL", "2024-06-06T21:00+02:00", id="the Netherlands, Thursday"),
    pytest.param(EU_2024, "IE", "2024-06-07T22:00+01:00", id="Ireland, Friday"),
    pytest.param(EU_2024, "CZ", "2024-06-08T14:00+02:00", id="Czechia, Friday and Saturday"),
    pytest.param(EU_2024, "LV", "2024-06-08T20:00+03:00", id="Latvia, Saturday"),
    pytest.param(EU_2024, "MT", "2024-06-08T22:00+02:00", id="Malta, Saturday"),
    pytest.param(EU_2024, "SK", "2024-06-08T22:00+02:00", id="Slovakia, Saturday"),
    pytest.param(EU_2024, "PF", "2024-06-09T00:00-10:00", id="Polynesia, Saturday, hours by commune"),
    pytest.param(EU_2024, "RE", "2024-06-09T20:00+04:00", id="Réunion, Sunday"),
    pytest.param(EU_2024, "DE", "2024-06-09T18:00+02:00", id="Germany, Sunday"),
    pytest.param(EU_2024, "HU", "2024-06-09T19:00+02:00", id="Hungary, Sunday"),
    pytest.param(EU_2024, "FR", "2024-06-09T20:00+02:00", id="France, Sunday"),
    pytest.param(EU_2024, "ES-CN", "2024-06-09T20:00+01:00", id="the Canaries by their own clock"),
    pytest.param(EU_2024, "PT", "2024-06-09T20:00+00:00", id="Portugal is closed when the Azores are"),
    # Representation of the People Act 1951: one phase, two, seven; voting until 18:00 in the last one of each.
    pytest.param(IN_2024, "IN-TN", "2024-04-19T18:00+05:30", id="Tamil Nadu, one phase"),
    pytest.param(IN_2024, "IN-KL", "2024-04-26T18:00+05:30", id="Kerala, one phase"),
    pytest.param(IN_2024, "IN-KA", "2024-05-07T18:00+05:30", id="Karnataka, the second of two"),
    pytest.param(IN_2024, "IN-UP", "2024-06-01T18:00+05:30", id="Uttar Pradesh, the last of seven"),
    pytest.param(IN_2024, "IN", "2024-06-01T18:00+05:30", id="India, all seven"),
    pytest.param(RO_2025, "RO", "2025-05-18T21:00+03:00", id="Romania's second round, 2025"),
    pytest.param(NG_2027, "NG", "2027-01-16T14:30+01:00", id="Nigeria, whoever stands in line votes"),
    pytest.param("gb-2024-07-04-parliamentary", "GB", "2024-07-04T22:00+01:00", id="United Kingdom 22:00 summer time"),
    # PKPU 3/2022: 13:00 on the clock of each of three zones.
    pytest.param(ID_2024, "ID-PA", "2024-02-14T13:00+09:00", id="Papua"),
    pytest.param(ID_2024, "ID-BA", "2024-02-14T13:00+08:00", id="Bali"),
    pytest.param(ID_2024, "ID-JK", "2024-02-14T13:00+07:00", id="Jakarta"),
    pytest.param(ID_2024, "ID", "2024-02-14T13:00+07:00", id="Indonesia is closed when Jakarta is"),
    # 67-FZ art. 64: 20:00 on each clock, on the last of three days.
    pytest.param(RU_2024, "RU-KAM", "2024-03-17T20:00+12:00", id="Kamchatka"),
    pytest.param(RU_2024, "RU-KGD", "2024-03-17T20:00+02:00", id="Kaliningrad"),
    pytest.param(RU_2024, "RU", "2024-03-17T20:00+02:00", id="Russia is closed when Kaliningrad is"),
    pytest.param("nz-2026-11-07-parliamentary", "NZ", "2026-11-07T19:00+13:00", id="New Zealand 19:00 daylight time"),
    pytest.param("nz-2026-11-07-parliamentary", "NZ-CIT", "2026-11-07T19:00+13:45", id="Chatham, 45 minutes ahead"),
    pytest.param("ws-2025-08-29-parliamentary", "WS", "2025-08-29T15:00+13:00", id="Samoa, west of the date line since 2011"),
    pytest.param("np-2026-03-05-parliamentary", "NP", "2026-03-05T17:00+05:45", id="Nepal, a quarter of an hour off"),
    pytest.param("cl-2025-11-16-presidential", "CL-RM", "2025-11-16T18:00-03:00", id="Santiago"),
    pytest.param("cl-2025-11-16-presidential", "CL-VS", "2025-11-16T18:00-05:00", id="Valparaíso, with Easter Island"),
    pytest.param("cl-2025-11-16-presidential", "CL", "2025-11-16T18:00-05:00", id="Chile is closed when Easter Island is"),
    pytest.param(AU_2025, "AU-QLD", "2025-05-03T18:00+10:00", id="Queensland"),
    pytest.param(AU_2025, "AU-NSW", "2025-05-03T18:00+09:30", id="New South Wales: Lord Howe, Sydney, then Broken Hill"),
    pytest.param(VIC_2026, "AU-VIC", "2026-11-28T18:00+11:00", id="Victoria"),
    # Canada Elections Act s. 128: the hours are set apart so that most of the country closes together.
    pytest.param("ca-2025-04-28-parliamentary", "CA-NS", "2025-04-28T20:30-03:00", id="Nova Scotia"),
    pytest.param("ca-2025-04-28-parliamentary", "CA-QC", "2025-04-28T21:30-04:00", id="Quebec"),
    pytest.param("ca-2025-04-28-parliamentary", "CA-AB", "2025-04-28T19:30-06:00", id="Alberta, the same instant"),
    pytest.param("ca-2025-04-28-parliamentary", "CA-SK", "2025-04-28T19:30-06:00", id="Saskatchewan, the same instant"),
    pytest.param("ca-2025-04-28-parliamentary", "CA-BC", "2025-04-28T19:00-07:00", id="British Columbia, half an hour later"),
    pytest.param("mx-2024-06-02-presidential", "MX-ROO", "2024-06-02T18:00-05:00", id="Cancún"),
    pytest.param("mx-2024-06-02-presidential", "MX-BCN", "2024-06-02T18:00-07:00", id="Tijuana, the last to close in Mexico"),
    pytest.param("kr-2025-06-03-presidential", "KR", "2025-06-03T20:00+09:00", id="South Korea, two hours longer for a vacancy"),
    pytest.param("jp-2025-07-20-parliamentary", "JP", "2025-07-20T20:00+09:00", id="Japan"),
    pytest.param("hu-2026-04-12-parliamentary", "HU", "2026-04-12T19:00+02:00", id="Hungary 2026"),
    pytest.param("cz-2025-10-03-parliamentary", "CZ", "2025-10-04T14:00+02:00", id="Czechia 2025, Saturday"),
]


@pytest.mark.parametrize(("held", "place", "minute"), CLOSES)
def test_polls_close_on_the_minute_of_the_law(packs: Calendar, held: str, place: str, minute: str) -> None:
    before, *after = around(packs, held, place, minute)
    assert before == POLLS
    assert set(after) <= {COUNTING, PROVISIONAL}


BEGINS = [
    pytest.param(US_2026, "US-GU", "2026-11-03T00:00+10:00", id="Guam, while it is Monday morning in Washington"),
    pytest.param(US_2026, "US-TX", "2026-11-03T00:00-06:00", id="Texas, El Paso an hour behind"),
    pytest.param(US_2026, "US-AK", "2026-11-03T00:00-09:00", id="Alaska, Adak an hour behind"),
    pytest.param(EU_2024, "NL", "2024-06-06T00:00+02:00", id="the Netherlands, Thursday"),
    pytest.param(EU_2024, "IT", "2024-06-08T00:00+02:00", id="Italy, Saturday"),
    pytest.param(EU_2024, "PF", "2024-06-08T00:00-09:00", id="Polynesia: the Gambier islands first"),
    pytest.param(IN_2024, "IN-KA", "2024-05-07T00:00+05:30", id="Karnataka's second day"),
    pytest.param(BR_2026, "BR-PE", "2026-10-04T00:00-02:00", id="Pernambuco: Noronha first"),
    pytest.param(RU_2024, "RU", "2024-03-15T00:00+12:00", id="Russia: Kamchatka first"),
    pytest.param("nz-2026-11-07-parliamentary", "NZ", "2026-11-07T00:00+13:45", id="New Zealand: Chatham first"),
    pytest.param("ws-2025-08-29-parliamentary", "WS", "2025-08-29T00:00+13:00", id="Samoa"),
    pytest.param("np-2026-03-05-parliamentary", "NP", "2026-03-05T00:00+05:45", id="Nepal"),
    pytest.param(AU_2025, "AU-NSW", "2025-05-03T00:00+10:30", id="New South Wales: Lord Howe first, half an hour ahead"),
    pytest.param("cl-2025-11-16-presidential", "CL", "2025-11-16T00:00-03:00", id="Chile, Easter Island two hours behind"),
    pytest.param("gb-2024-07-04-parliamentary", "GB-SCT", "2024-07-04T00:00+01:00", id="Scotland"),
]


@pytest.mark.parametrize(("held", "place", "minute"), BEGINS)
def test_election_day_begins_at_the_first_local_midnight(packs: Calendar, held: str, place: str, minute: str) -> None:
    assert around(packs, held, place, minute) == [FINAL, POLLS, POLLS]


EDGES = [
    # The season: 90 days before polling.
    pytest.param(US_2026, "US-TX", "2026-08-05T00:00-05:00", NONE, REGISTRATION, id="Texas: 90 days before"),
    pytest.param(DE_2025, "DE", "2024-11-25T00:00+01:00", NONE, ANNOUNCED, id="Germany: 90 days before"),
    pytest.param(IN_2024, "IN-UP", "2024-01-20T00:00+05:30", NONE, ANNOUNCED, id="India: 90 days before the first phase"),
    pytest.param(VIC_2026, "AU-VIC", "2026-08-30T00:00+10:00", NONE, REGISTRATION, id="Victoria: 90 days before, still standard time"),
    # Registration: Tex. Elec. Code § 13.143: 30 days, a Sunday, so Monday 5 October; by each state's own law.
    pytest.param(US_2026, "US-TX", "2026-10-06T00:00-06:00", REGISTRATION, ANNOUNCED, id="Texas: the register closes with 5 October in El Paso"),
    pytest.param(US_2026, "US-GA", "2026-10-06T00:00-04:00", REGISTRATION, ANNOUNCED, id="Georgia: fifth Monday before"),
    pytest.param(US_2026, "US-OR", "2026-10-14T00:00-07:00", REGISTRATION, ANNOUNCED, id="Oregon: 21 days before"),
    pytest.param(US_2026, "US-PA", "2026-10-20T00:00-04:00", REGISTRATION, ANNOUNCED, id="Pennsylvania: 15 days before"),
    pytest.param(US_2026, "US-AK", "2026-10-05T00:00-09:00", REGISTRATION, ANNOUNCED, id="Alaska: Adak's Sunday ends last"),
    pytest.param(US_2026, "US-NH", "2026-10-31T00:00-04:00", REGISTRATION, FINAL, id="New Hampshire registers to the last"),
    pytest.param(US_2026, "US-ME", "2026-10-31T00:00-04:00", REGISTRATION, FINAL, id="Maine registers to the last"),
    pytest.param(US_2026, "US-ND", "2026-10-31T00:00-05:00", ANNOUNCED, FINAL, id="North Dakota has no register"),
    pytest.param(VIC_2026, "AU-VIC", "2026-11-10T20:00+11:00", REGISTRATION, ANNOUNCED, id="Victoria: the roll closes at 20:00"),
    pytest.param("gb-2024-07-04-parliamentary", "GB", "2024-06-18T23:59+01:00", REGISTRATION, ANNOUNCED, id="United Kingdom: 12 working days"),
    # Early voting.
    pytest.param(US_2026, "US-MN", "2026-09-18T00:00-05:00", REGISTRATION, EARLY, id="Minnesota: 46 days before"),
    pytest.param(US_2026, "US-GA", "2026-10-13T00:00-04:00", ANNOUNCED, EARLY, id="Georgia: Tuesday, as Monday is a holiday"),
    pytest.param(US_2026, "US-TX", "2026-10-19T00:00-05:00", ANNOUNCED, EARLY, id="Texas: Monday, as the 17th is a Saturday"),
    pytest.param(US_2026, "US-NC", "2026-10-15T00:00-04:00", REGISTRATION, EARLY, id="North Carolina registers while it votes"),
    pytest.param(US_2026, "US-MI", "2026-10-24T00:00-04:00", REGISTRATION, EARLY, id="Michigan: second Saturday before"),
    pytest.param(US_2026, "US-TX", "2026-10-31T00:00-05:00", EARLY, FINAL, id="Texas: El Paso votes early an hour into the last days"),
    pytest.param(US_2026, "US-AZ", "2026-10-30T19:00-07:00", EARLY, ANNOUNCED, id="Arizona: Friday 19:00"),
    pytest.param(EU_2024, "EE", "2024-06-03T09:00+03:00", ANNOUNCED, EARLY, id="Estonia votes online"),
    pytest.param(EU_2024, "FI", "2024-06-05T00:00+03:00", EARLY, ANNOUNCED, id="Finland's advance voting is over"),
    pytest.param("ca-2025-04-28-parliamentary", "CA-BC", "2025-04-18T09:00-06:00", ANNOUNCED, EARLY, id="British Columbia: Good Friday"),
    # The last three days.
    pytest.param(EU_2024, "NL", "2024-06-03T00:00+02:00", ANNOUNCED, FINAL, id="the Netherlands, before Thursday"),
    pytest.param(EU_2024, "IT", "2024-06-05T00:00+02:00", ANNOUNCED, FINAL, id="Italy, before Saturday"),
    # India between its phases: announced, the last three days, election day, announced again.
    pytest.param(IN_2024, "IN-KA", "2024-04-23T00:00+05:30", ANNOUNCED, FINAL, id="Karnataka's first: three days before"),
    pytest.param(IN_2024, "IN-KA", "2024-04-26T00:00+05:30", FINAL, POLLS, id="Karnataka's first: the day"),
    pytest.param(IN_2024, "IN-KA", "2024-04-26T18:00+05:30", POLLS, ANNOUNCED, id="Karnataka's first: over, the second to come"),
    pytest.param(IN_2024, "IN-KA", "2024-05-04T00:00+05:30", ANNOUNCED, FINAL, id="Karnataka's second: three days before"),
    pytest.param(IN_2024, "IN-TN", "2024-06-04T08:00+05:30", COUNTING, PROVISIONAL, id="Tamil Nadu waits six weeks for the count"),
    pytest.param(IN_2024, "IN-UP", "2024-06-06T00:00+05:30", PROVISIONAL, CERTIFIED, id="the members are notified"),
    pytest.param(IN_2024, "IN-UP", "2024-06-07T00:00+05:30", CERTIFIED, NONE, id="the season ends with that day"),
    # No result in the Union before the last poll: 23:00 on Italy's clock.
    *(
        pytest.param(EU_2024, place, "2024-06-09T23:00+02:00", before, PROVISIONAL, id=f"no result in {place} before Italy has closed")
        for place, before in (("IT", POLLS), ("NL", COUNTING), ("IE", COUNTING), ("CY", COUNTING), ("RE", COUNTING), ("PF", COUNTING),
                              ("WF", COUNTING), ("GF", COUNTING), ("PM", COUNTING), ("ES-CN", COUNTING), ("PT-20", COUNTING), ("PT-30", COUNTING))
    ),
    # Two rounds.
    pytest.param(FR_2024, "FR", "2024-06-30T20:00+02:00", POLLS, COUNTING, id="France, first round"),
    pytest.param(FR_2024, "FR", "2024-07-04T00:00+02:00", COUNTING, FINAL, id="France: the second round's last days"),
    pytest.param(FR_2024, "FR", "2024-07-07T00:00+02:00", FINAL, POLLS, id="France, second round"),
    pytest.param(FR_2024, "FR", "2024-07-07T20:00+02:00", POLLS, COUNTING, id="France, second round closes"),
    pytest.param(FR_2024, "FR", "2024-08-07T00:00+02:00", COUNTING, NONE, id="France: 30 days later it is over"),
    pytest.param(FR_2024, "GP", "2024-06-29T00:00-04:00", FINAL, POLLS, id="Guadeloupe votes on Saturday"),
    pytest.param(FR_2024, "GP", "2024-06-29T20:00-04:00", POLLS, COUNTING, id="Guadeloupe, the latest legal close (R41)"),
    pytest.param(FR_2024, "NC", "2024-06-30T20:00+11:00", POLLS, COUNTING, id="New Caledonia votes on Sunday"),
    pytest.param(FR_2024, "PF", "2024-07-03T00:00-09:00", COUNTING, FINAL, id="Polynesia: the Gambier islands begin the last days"),
    pytest.param(BR_2026, "BR-SP", "2026-07-06T00:00-03:00", NONE, ANNOUNCED, id="Brazil: 90 days before"),
    pytest.param(BR_2026, "BR-SP", "2026-10-08T00:00-03:00", PROVISIONAL, ANNOUNCED, id="Brazil: after three days the second round leads"),
    pytest.param(BR_2026, "BR-SP", "2026-10-22T00:00-03:00", ANNOUNCED, FINAL, id="Brazil: the second round's last days"),
    pytest.param(BR_2026, "BR-SP", "2026-12-18T00:00-03:00", PROVISIONAL, CERTIFIED, id="Brazil: diplomação"),
    # A snap election: provisional result on the night, final on 14 March.
    pytest.param(DE_2025, "DE", "2025-02-20T00:00+01:00", ANNOUNCED, FINAL, id="Germany: three days before"),
    pytest.param(DE_2025, "DE", "2025-02-23T18:00+01:00", POLLS, COUNTING, id="Germany 18:00"),
    pytest.param(DE_2025, "DE", "2025-02-24T00:00+01:00", COUNTING, PROVISIONAL, id="Germany: the provisional result"),
    pytest.param(DE_2025, "DE", "2025-03-14T00:00+01:00", PROVISIONAL, CERTIFIED, id="Germany: the final result"),
    pytest.param(DE_2025, "DE", "2025-03-15T00:00+01:00", CERTIFIED, NONE, id="Germany: over"),
    pytest.param(NG_2027, "NG", "2026-10-18T00:00+01:00", NONE, ANNOUNCED, id="Nigeria: 90 days before the new date"),
    pytest.param(NG_2027, "NG", "2027-01-13T00:00+01:00", ANNOUNCED, FINAL, id="Nigeria: three days before the new date"),
    pytest.param(ID_2024, "ID", "2024-03-20T00:00+09:00", COUNTING, CERTIFIED, id="Indonesia: KPU's decision"),
]  # fmt: skip


@pytest.mark.parametrize(("held", "place", "minute", "before", "after"), EDGES)
def test_the_phase_turns_on_the_minute(packs: Calendar, held: str, place: str, minute: str, before: str, after: str) -> None:
    assert around(packs, held, place, minute) == [before, after, after]


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("BR-AC", id="Acre, 15:00"),
        pytest.param("BR-AM", id="Amazonas, 16:00"),
        "BR-SP",
        pytest.param("BR-PE", id="Noronha, 18:00"),
    ],
)
def test_all_of_brazil_closes_at_17_in_brasilia(packs: Calendar, place: str) -> None:
    for day in ("2026-10-04", "2026-10-25"):
        assert around(packs, BR_2026, place, f"{day}T17:00-03:00") == [POLLS, PROVISIONAL, PROVISIONAL]


def test_india_votes_on_seven_days_in_uttar_pradesh_and_rests_between(packs: Calendar) -> None:
    days = {"04-19", "04-26", "05-07", "05-13", "05-20", "05-25", "06-01"}
    noons = [at("2024-04-19T12:00+05:30") + timedelta(days=number) for number in range(44)]
    voting = {f"{noon:%m-%d}" for noon in noons if phase_of(packs, IN_2024, "IN-UP", noon.isoformat()) == POLLS}
    assert voting == days


def test_puerto_rico_elects_in_2028_not_in_the_midterms(packs: Calendar) -> None:
    """The Resident Commissioner is elected every four years, with the governor (48 U.S.C. 891)."""
    assert phase_of(packs, US_2026, "US-PR", "2026-11-03T12:00-04:00") == NONE
    assert phase_of(packs, "us-2028-11-07-presidential", "US-PR", "2028-11-07T12:00-04:00") == POLLS


BARRED = [
    pytest.param("US-TX", "2026-11-03T00:00+10:00", "2026-11-03T20:00-10:00", id="United States, from Guam to Adak"),
    pytest.param("US-GU", "2026-11-03T00:00+10:00", "2026-11-03T20:00-10:00", id="Guam waits for Adak"),
    *(
        pytest.param(member, "2024-06-06T00:00+02:00", "2024-06-09T23:00+02:00", id=f"{member} waits for Italy")
        for member in "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK RE PF ES-CN".split()
    ),
    *(
        pytest.param(state, "2024-04-19T00:00+05:30", "2024-06-01T18:00+05:30", id=f"{state} waits for the seventh phase")
        for state in ("IN-TN", "IN-KA", "IN-UP", "IN")
    ),
    *(
        pytest.param(place, "2024-06-29T00:00-02:00", "2024-06-30T20:00+02:00", id=f"{place}: from Saint-Pierre on Saturday to Paris")
        for place in ("FR", "GP", "RE", "PF")
    ),
    pytest.param("BR-AC", "2026-10-04T00:00-02:00", "2026-10-04T17:00-03:00", id="Brazil, from Noronha's midnight to Brasília's 17:00"),
    pytest.param("RU-KAM", "2024-03-15T00:00+12:00", "2024-03-17T20:00+02:00", id="Kamchatka waits for Kaliningrad"),
    pytest.param("ID-PA", "2024-02-14T00:00+09:00", "2024-02-14T15:00+07:00", id="Papua waits until two hours after Jakarta has closed"),
    pytest.param("NZ-CIT", "2026-11-07T00:00+13:45", "2026-11-07T19:00+13:00", id="Chatham waits for Auckland"),
    pytest.param("GB", "2024-07-04T00:00+01:00", "2024-07-04T22:00+01:00", id="United Kingdom"),
    pytest.param("CL-RM", "2025-11-16T00:00-03:00", "2025-11-16T18:00-05:00", id="Santiago waits for Easter Island"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "begins", "ends"), BARRED)
def test_results_wait_for_the_last_poll_of_the_contest(packs: Calendar, place: str, begins: str, ends: str) -> None:
    minutes = [at(edge) + step * MINUTE for edge in (begins, ends) for step in (-1, 0, 1)]
    assert [packs.at(place, minute).results_barred for minute in minutes] == [False, True, True, True, False, False]


SILENT = [
    pytest.param("FR", "2024-06-29T00:00+02:00", "2024-06-30T20:00+02:00", id="France: the eve (L49)"),
    pytest.param("GP", "2024-06-28T00:00-04:00", "2024-06-29T20:00-04:00", id="Guadeloupe: a day sooner"),
    pytest.param("IN-TN", "2024-04-17T18:00+05:30", "2024-04-19T18:00+05:30", id="Tamil Nadu: 48 hours to the close (s. 126)"),
    pytest.param("IN-KA", "2024-05-05T18:00+05:30", "2024-05-07T18:00+05:30", id="Karnataka: each phase apart"),
    pytest.param("RO", "2025-05-03T07:00+03:00", "2025-05-04T21:00+03:00", id="Romania: from 07:00 of the eve"),
    pytest.param("NZ", "2026-11-07T00:00+13:45", "2026-11-07T19:00+13:00", id="New Zealand: the day"),
    pytest.param("ID-JK", "2024-02-11T00:00+07:00", "2024-02-15T00:00+07:00", id="Indonesia: three quiet days and the day"),
    pytest.param("BR-SP", "2026-10-03T22:00-03:00", "2026-10-05T00:00-03:00", id="Brazil: from 22:00 of the eve"),
    pytest.param("HU", "2026-04-12T00:00+02:00", "2026-04-12T19:00+02:00", id="Hungary: the day"),
    pytest.param("NG", "2027-01-15T00:00+01:00", "2027-01-16T14:30+01:00", id="Nigeria: the eve"),
]


@pytest.mark.parametrize(("place", "begins", "ends"), SILENT)
def test_campaigns_are_silent_as_long_as_the_law_says(packs: Calendar, place: str, begins: str, ends: str) -> None:
    minutes = [at(edge) + step * MINUTE for edge in (begins, ends) for step in (-1, 0, 1)]
    assert [packs.at(place, minute).silenced is not None for minute in minutes] == [False, True, True, True, False, False]


@pytest.mark.parametrize("place", ["US-TX", "DE", "GB", "NL"])
def test_where_no_law_silences_campaigns_nothing_does(packs: Calendar, place: str) -> None:
    days = {"US-TX": "2026-11-03", "DE": "2025-02-23", "GB": "2024-07-04", "NL": "2024-06-06"}
    assert packs.at(place, at(f"{days[place]}T12:00+00:00")).silenced is None


def test_an_annulled_election_opens_no_season(packs: Calendar) -> None:
    """Romania's presidential vote of 24 November 2024: in the books only Parliament's of 1 December is under way on its days."""
    for day in ("2024-11-24", "2024-12-08"):
        noon = at(f"{day}T12:00+02:00")
        assert {one.id for one, _ in packs.running("RO", noon)} == {"ro-2024-12-01-parliamentary"}
        assert phase_of(packs, RO_2024, "RO", noon.isoformat()) == NONE
    assert packs.at("RO", at("2024-11-24T20:59+02:00")).results_barred is False
    assert packs.of("RO")[0].id != RO_2024
    assert packs.by_id[RO_2024].replaced_by == RO_2025


def test_the_date_a_snap_election_replaced_is_an_ordinary_day(packs: Calendar) -> None:
    for minute in ("2025-09-28T00:00+02:00", "2025-09-28T12:00+02:00", "2025-09-28T17:59+02:00"):
        assert packs.at("DE", at(minute)).in_season is False
    assert packs.by_id["de-2025-09-28-parliamentary"].replaced_by == DE_2025


@pytest.mark.parametrize(("old", "held"), [("2027-02-20", NG_2027), ("2027-03-06", "ng-2027-02-06-local")])
def test_no_poll_is_open_on_the_days_nigeria_moved_from(packs: Calendar, old: str, held: str) -> None:
    assert old in {str(day) for day in packs.by_id[held].rounds[0].moved_from}
    assert packs.at("NG", at(f"{old}T12:00+01:00")).phase is not Phase.ELECTION_DAY


@pytest.mark.parametrize("held", ["au-nsw-2027-03-13-local", "fr-2027-04-11-presidential"])
def test_an_expected_date_opens_nothing(packs: Calendar, held: str) -> None:
    one = packs.by_id[held]
    noon = f"{one.rounds[0].first_day}T12:00+00:00"
    assert phase_of(packs, held, one.regions[0], noon) == NONE


KIRIBATI_2024 = election("KI", polling("2024-08-14"))
CUBA_2026 = election("CU", polling("2026-03-08"))
PARAGUAY_2024 = election("PY", polling("2024-10-06"))
CHILE_2026 = election("CL", polling("2026-09-06"), kind=ElectionKind.REFERENDUM)
EGYPT_2026 = election("EG", polling("2026-04-24"), kind=ElectionKind.REFERENDUM)
LORD_HOWE_2027 = election("AU-NSW", polling("2027-04-04"), kind=ElectionKind.REFERENDUM)
MADE = (KIRIBATI_2024, CUBA_2026, PARAGUAY_2024, CHILE_2026, EGYPT_2026, LORD_HOWE_2027)
"""Days on which clocks change, or none is like another, where the packs hold no election."""


@pytest.mark.parametrize(
    ("held", "place", "begins", "ends"),
    [
        pytest.param(KIRIBATI_2024, "KI", "2024-08-14T00:00+14:00", "2024-08-15T00:00+12:00", id="Kiribati: Kiritimati first, Tarawa last"),
        pytest.param(CUBA_2026, "CU", "2026-03-08T00:00-05:00", "2026-03-08T18:00-04:00", id="Cuba: midnight is skipped"),
        pytest.param(PARAGUAY_2024, "PY", "2024-10-06T00:00-04:00", "2024-10-07T00:00-03:00", id="Paraguay: midnight is skipped"),
        pytest.param(CHILE_2026, "CL-RM", "2026-09-06T00:00-04:00", "2026-09-06T18:00-03:00", id="Santiago: midnight is skipped"),
        pytest.param(
            CHILE_2026,
            "CL",
            "2026-09-06T00:00-03:00",
            "2026-09-06T18:00-05:00",
            id="Chile: Magallanes first, 22:00 of the eve is skipped on Easter Island",
        ),
        pytest.param(EGYPT_2026, "EG", "2026-04-24T00:00+02:00", "2026-04-24T21:00+03:00", id="Egypt: midnight is skipped"),
        pytest.param(LORD_HOWE_2027, "AU-NSW", "2027-04-04T00:00+11:00", "2027-04-04T18:00+09:30", id="Lord Howe goes back half an hour"),
    ],
)
def test_days_on_which_the_clock_changes_begin_and_end_once(packs: Calendar, held: Election, place: str, begins: str, ends: str) -> None:
    assert around(packs, held.id, place, begins) == [FINAL, POLLS, POLLS]
    assert around(packs, held.id, place, ends) == [POLLS, COUNTING, COUNTING]
