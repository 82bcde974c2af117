"""Each finding about campaigns and their elections has a release that raises it and one beside it that does not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial

import pytest

from elections.election import Election, Phase, Status
from elections.places import Places
from keywords.checks import Finding, Severity
from notices.campaign import Campaign, DailyHours, Priority, Surface, Topic, Weekday, Window
from notices.campaign_checks import check_campaigns
from notices.notice import Notice, NoticeKind, Wording, Words
from tests.elections.reference_elections import BRAZIL_2026, FRANCE_2024, PLACES, UNITED_STATES_2026, election, polling
from tests.notices.small import MADE_AT, campaign, live_with

RELEASE = live_with([]).release
US = UNITED_STATES_2026.id
DAYTIME = (DailyHours(time(8), time(20)),)


def findings(
    campaigns: Iterable[Campaign] = (), elections: Iterable[Election] = (UNITED_STATES_2026,), notices: Iterable[Notice] = RELEASE.notices
) -> list[Finding]:
    release = replace(RELEASE, campaigns=tuple(campaigns), elections=tuple(elections), notices=tuple(notices))
    return list(check_campaigns(release, PLACES))


def codes(*campaigns: Campaign, elections: Iterable[Election] = (UNITED_STATES_2026,)) -> set[str]:
    return {finding.code for finding in findings(campaigns, elections) if finding.code not in {"unverified_date", "old_date"}}


def walls(starts: str, ends: str) -> Window:
    return Window(datetime.fromisoformat(starts), datetime.fromisoformat(ends), "America/New_York")


vote = partial(campaign, "vote", "election_center-1")
ballot = partial(campaign, "ballot", "election_center-2")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Berlin", set()),
        ("Pacific/Chatham", set()),
        ("Europe/Atlantis", {"unknown_zone"}),
        ("", {"unknown_zone"}),
        ("../etc/passwd", {"unknown_zone"}),
        ("Europe", {"unknown_zone"}),
    ],
)
def test_the_zone_of_a_window_is_one(zone: str, expected: set[str]) -> None:
    assert codes(vote(Window(zone=zone))) == expected


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(Window(only=DAYTIME), {"hours_in_utc"}, id="only by day, nobody said where"),
        pytest.param(Window(blackouts=DAYTIME), {"hours_in_utc"}, id="not by day, nobody said where"),
        pytest.param(Window(zone="Africa/Lagos", only=DAYTIME), set(), id="by day in Lagos"),
        pytest.param(Window(), set(), id="without hours the zone does not matter"),
    ],
)
def test_hours_are_read_on_a_clock_somebody_named(window: Window, expected: set[str]) -> None:
    assert codes(vote(window)) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.SCHEDULED, set()),
        (Status.HELD, set()),
        *((status, {"waits_for_election"}) for status in Status if status not in {Status.SCHEDULED, Status.HELD}),
    ],
)
def test_a_campaign_whose_election_is_uncertain_or_void_waits(status: Status, expected: set[str]) -> None:
    assert codes(vote(election=US), elections=[replace(UNITED_STATES_2026, status=status)]) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(vote(walls("2026-11-03T00:00", "2026-11-03T00:01")), set(), id="a minute"),
        pytest.param(vote(walls("2026-11-03T00:00", "2026-11-03T00:00")), {"never_opens"}, id="no time at all"),
        pytest.param(vote(walls("2026-11-03T00:00", "2026-11-02T00:00")), {"never_opens"}, id="it ends before it starts"),
        pytest.param(vote(Window(from_phase=Phase.FINAL_DAYS, to_phase=Phase.COUNTING)), set(), id="from phase to phase"),
        pytest.param(
            vote(Window(from_phase=Phase.FINAL_DAYS, from_days=9, to_phase=Phase.COUNTING)), {"never_opens"}, id="moved past its own end"
        ),
        pytest.param(
            vote(Window(from_phase=Phase.COUNTING, to_phase=Phase.FINAL_DAYS)), {"never_opens"}, id="a later phase before an earlier"
        ),
        pytest.param(vote(regions=("FR",), election=US), {"never_opens"}, id="an election that is held elsewhere"),
        pytest.param(vote(Window(from_phase=Phase.FINAL_DAYS), regions=("DE",)), {"never_opens"}, id="no election there"),
        pytest.param(vote(Window(from_phase=Phase.FINAL_DAYS), regions=("001",)), set(), id="in one place of the world at least"),
        pytest.param(vote(regions=("US",), excluded=("US",)), {"never_opens"}, id="everywhere it runs it is excluded"),
        pytest.param(vote(regions=("US",), excluded=("US-TX",)), set(), id="excluded in one state"),
    ],
)
def test_a_campaign_opens_somewhere(one: Campaign, expected: set[str]) -> None:
    assert codes(one) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(vote(), ballot(), {"hides_another"}, id="both always"),
        pytest.param(vote(), ballot(priority=Priority.HIGH), set(), id="another priority"),
        pytest.param(vote(), ballot(regions=("US",)), set(), id="another region"),
        pytest.param(vote(), ballot(surfaces=(Surface.VIDEO,)), set(), id="another surface"),
        pytest.param(vote(), ballot(topics=(Topic.RESULTS,)), set(), id="another topic"),
        pytest.param(vote(), campaign("other", "fact_check-1"), set(), id="another kind of notice"),
        pytest.param(vote(election=US), ballot(election=BRAZIL_2026.id), set(), id="elections of their own"),
        pytest.param(
            vote(walls("2026-10-01T00:00", "2026-11-01T00:00")),
            ballot(walls("2026-11-01T00:00", "2026-12-01T00:00")),
            set(),
            id="one after the other",
        ),
        pytest.param(
            vote(walls("2026-10-01T00:00", "2026-11-01T00:01")),
            ballot(walls("2026-11-01T00:00", "2026-12-01T00:00")),
            {"hides_another"},
            id="a minute together",
        ),
        pytest.param(vote(), ballot(Window(zone="Africa/Lagos", only=DAYTIME)), set(), id="the winner is open by day only"),
        pytest.param(
            vote(priority=Priority.EMERGENCY), ballot(priority=Priority.EMERGENCY), {"two_emergencies"}, id="two emergencies at once"
        ),
        pytest.param(
            vote(priority=Priority.EMERGENCY),
            ballot(topics=(Topic.RESULTS,), priority=Priority.EMERGENCY),
            set(),
            id="two emergencies apart",
        ),
    ],
)
def test_campaigns_do_not_hide_each_other(first: Campaign, second: Campaign, expected: set[str]) -> None:
    assert codes(first, second, elections=[UNITED_STATES_2026, BRAZIL_2026]) == expected


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(Window(zone="Africa/Lagos", only=DAYTIME), set(), id="by day"),
        pytest.param(Window(zone="Africa/Lagos", only=DAYTIME, blackouts=DAYTIME), {"no_time_left"}, id="by day, but not by day"),
        pytest.param(Window(zone="Africa/Lagos", blackouts=(DailyHours(time(0), time(0)),)), {"no_time_left"}, id="never"),
        pytest.param(Window(zone="Africa/Lagos", blackouts=(DailyHours(time(0), time(0), (Weekday.SUNDAY,)),)), set(), id="not on Sundays"),
    ],
)
def test_hours_leave_a_window_time(window: Window, expected: set[str]) -> None:
    assert codes(vote(window)) == expected


def test_the_windows_of_one_campaign_may_overlap() -> None:
    both = (walls("2026-10-01T00:00", "2026-11-01T00:00"), walls("2026-10-15T00:00", "2026-12-01T00:00"))
    assert codes(vote(*both)) == set()


def test_a_long_campaign_is_told_beside_every_short_one_it_overlaps() -> None:
    short = [campaign(f"short-{number}", "urgent-1", walls(f"2026-1{number}-01T00:00", f"2026-1{number}-05T00:00")) for number in (0, 1, 2)]
    told = findings([campaign("long", "urgent-2"), *short])
    assert [finding.message.split()[5] for finding in told if finding.code == "hides_another"] == ["short-0,", "short-1,", "short-2,"]


def wording(title: str, body: str = "", **phases: Words) -> Wording:
    return Wording(title, body, "Open", phases={Phase(phase): words for phase, words in phases.items()})


def notice(language: str, told: Wording) -> Notice:
    return Notice("n", NoticeKind.ELECTION_CENTER, {"en": wording("How to vote"), language: told})


MOVED = election("US", replace(polling("2027-01-16"), moved_from=(date(2027, 2, 20), date(2027, 3, 6))))
MOVED = replace(MOVED, id="us-2027-02-20-legislative")


def old_dates(language: str, text: str) -> list[str]:
    """The places of the findings about a wording that says so."""
    return [found.place for found in findings(elections=[MOVED], notices=[notice(language, wording(text))]) if found.code == "old_date"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vote on 2027-02-20"),
        ("en", "Vote on February 20, 2027"),
        ("en", "Vote on SATURDAY, FEBRUARY 20"),
        ("en", "Vote on 20 February"),
        ("en", "Vote on 2/20/2027"),
        ("de", "Wahl am 20. Februar 2027"),
        ("de", "Wahl am 20.02.2027"),
        ("de", "Wahl am 20.2.27"),
        ("fr", "Votez le samedi 20 février"),
        ("fr", "Votez le samedi 6 mars 2027"),
        ("ar", "يوم الاقتراع ٢٠ فبراير ٢٠٢٧"),
        ("ar", "يوم الاقتراع 20 فبراير"),
        ("ar", "يوم الاقتراع ٢٠ شباط"),
        ("ar", "يوم الاقتراع ٢٠/٢/٢٠٢٧"),
        ("fa", "روز رأی‌گیری ۲۰ فوریه"),
        ("he", "הבחירות ב־20 בפברואר 2027"),
        ("hi", "मतदान २० फ़रवरी २०२७ को है"),
        ("hi", "मतदान 20 फ़रवरी को है"),
        ("bn", "ভোট ৬ মার্চ"),
        ("ne", "मतदान फेब्रुअरी २०"),
        ("my", "မဲပေးမည့်ရက် ဖေဖော်ဝါရီ ၂၀"),
        ("ja", "投票日は2027年2月20日です"),
        ("ja", "投票日は２月２０日です"),
        ("zh-Hant", "投票日：2 月 20 日"),
        ("ko", "투표일은 2월 20일입니다"),
        ("th", "วันเลือกตั้ง ๒๐ กุมภาพันธ์ ๒๕๗๐"),
        ("sw", "Piga kura tarehe 20 Februari 2027"),
    ],
)
def test_no_wording_still_says_a_day_the_election_was_moved_from(language: str, text: str) -> None:
    assert old_dates(language, text) == [f"notice n in {language}"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vote on January 16, 2027"),
        ("en", "Vote on 26 March"),
        ("en", "Vote on March 6, 2031"),
        ("en", "See section 2027-02-201"),
        ("de", "Wahl am 16. März 2027"),
        ("fr", "Votez le 16 mars"),
        ("ar", "يوم الاقتراع ١٦ مارس"),
        ("hi", "मतदान १६ मार्च को है"),
        ("ja", "投票日は12月20日です"),
        ("ja", "投票日は2031年2月20日です"),
        ("ko", "투표일은 12월 20일입니다"),
        ("th", "วันเลือกตั้ง ๑๖ มกราคม ๒๕๗๐"),
    ],
)
def test_another_day_is_not_taken_for_one_the_election_was_moved_from(language: str, text: str) -> None:
    assert old_dates(language, text) == []


def test_an_old_date_hides_in_no_phase_and_no_name() -> None:
    told = wording("How to vote", counting=Words("Counting", "Since February 20", "Open"))
    named = replace(MOVED, names={"en": "Election of 20 February 2027"})
    found = [(one.severity, one.place) for one in findings(elections=[named], notices=[notice("en", told)]) if one.code == "old_date"]
    assert found == [(Severity.WARNING, f"election {MOVED.id}"), (Severity.ERROR, "notice n in en")]


def test_an_id_without_a_day_that_exists_says_nothing_about_old_dates() -> None:
    held = replace(UNITED_STATES_2026, id="us-2027-02-30-legislative")
    assert [one.code for one in findings(elections=[held]) if one.code == "old_date"] == []


def test_an_election_that_was_not_moved_may_tell_its_day() -> None:
    told = wording("Vote on November 3, 2026")
    assert [one.code for one in findings(notices=[notice("en", told)]) if one.code == "old_date"] == []


@pytest.mark.parametrize(
    ("first", "is_verified", "expected"),
    [
        pytest.param("2026-03-01", False, ["unverified_date"], id="soon, nobody looked"),
        pytest.param("2026-03-01", True, [], id="soon, verified"),
        pytest.param("2026-05-01", False, ["unverified_date"], id="in 120 days"),
        pytest.param("2026-05-02", False, [], id="in 121 days"),
        pytest.param("2026-01-01", False, ["unverified_date"], id="today"),
        pytest.param("2025-12-31", False, [], id="over"),
    ],
)
def test_a_polling_day_that_comes_soon_is_verified(first: str, is_verified: bool, expected: list[str]) -> None:  # noqa: FBT001
    held = replace(election("US", polling(first)), verified_on=MADE_AT.date() if is_verified else None)
    assert [finding.code for finding in findings(elections=[held])] == expected


@pytest.mark.parametrize("status", [Status.EXPECTED, Status.HELD, Status.CANCELLED])
def test_only_a_scheduled_day_needs_to_be_verified(status: Status) -> None:
    assert findings(elections=[replace(election("US", polling("2026-03-01")), status=status)]) == []


def test_an_election_that_contradicts_itself_is_one_finding() -> None:
    broken = replace(FRANCE_2024, regions=("XX",))
    assert [(one.severity, one.place) for one in findings([vote()], [broken])] == [(Severity.ERROR, "elections")]
    assert Places.of(RELEASE.regions).by_code.get("XX") is None
