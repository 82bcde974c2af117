"""Every code that a check may give is known, and every known one has a release that provokes it."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from elections.centers import Authority, Center, Slot
from elections.election import Confidence, Phase, Status
from elections.places import Region, RegionKind
from elections.rolls import Contestant, Roll
from keywords.index import build_index
from keywords.known_checks import Severity
from keywords.lists import KeywordList, RealWords, Term
from keywords.neighbours import fingerprint
from notices.campaign import DailyHours, Priority, Signal, Surface, Window
from notices.checks import check_release
from notices.known_checks import CHECKS, GROUPS
from notices.notice import Image, Notice, NoticeKind, Wording
from notices.release import Release
from notices.waivers import Waiver
from tests.conftest import CHECKOUT
from tests.elections.reference_elections import UNITED_STATES_2026, election, polling
from tests.notices.small import campaign, live_with

ERROR, WARNING = Severity.ERROR, Severity.WARNING
REGIONS = (
    Region("001", RegionKind.WORLD, "World", None),
    Region("US", RegionKind.COUNTRY, "United States", "001", languages=("en",), zones=("America/New_York",)),
    Region("CH", RegionKind.COUNTRY, "Switzerland", "001", languages=("de", "fr"), zones=("Europe/Zurich",)),
)
LISTS = (KeywordList("001", "en", "voting", (Term("where do i vote"),)),)
MADE_FOR = RealWords(made_for=fingerprint(build_index(LISTS).lexicon))
SOUND = replace(live_with([]).release, regions=REGIONS, lists=LISTS, elections=(UNITED_STATES_2026,), real_words=MADE_FOR)
WORDING = Wording("How to vote", "Find out how to vote.", "Open")
ALWAYS = (DailyHours(time(0), time(0)),)
GREENE = Roll("us-mayor", "US", (Contestant("a", {"en": "Ada Greene"}), Contestant("b", {"en": "Bo Stone"})), "https://city.example")


def with_list(*terms: Term, region: str = "001", language: str = "en", topic: str = "voting", **fields: object) -> Release:
    keywords = KeywordList(region, language, topic, terms, **fields)  # type: ignore[arg-type]
    return replace(SOUND, lists=(*LISTS, keywords))


def with_notice(**fields: object) -> Release:
    return replace(SOUND, notices=(Notice(**{"id": "n", "kind": NoticeKind.ELECTION_CENTER, "wordings": {"en": WORDING}, **fields}),))  # type: ignore[arg-type]


def worded(language: str, *words: str) -> Release:
    return with_notice(wordings={"en": WORDING, language: Wording(*words)})


def with_campaign(*windows: Window, **fields: object) -> Release:
    return replace(SOUND, campaigns=(campaign("vote", "election_center-1", *windows, **fields),))


def rivals(priority: Priority) -> Release:
    owned = {"priority": priority, "owner": "team", "review_on": date(2027, 1, 1)}
    return replace(SOUND, campaigns=tuple(campaign(f"vote-{one}", f"election_center-{one}", **owned) for one in (1, 2)))


def with_center(*, url: str = "https://vote.example", link: str = "https://vote.example", verified_on: date | None = None) -> Release:
    authority = Authority({"en": "Authority"}, url, ("en",), Confidence.HIGH)
    return replace(SOUND, centers=(Center("US", (authority,), {Slot.ELECTIONS: {"*": link}}, verified_on=verified_on),))


def named(*terms: Term, rolls: tuple[Roll, ...] = (GREENE,)) -> Release:
    return replace(with_list(*terms, region="US", topic="candidates"), rolls=rolls)


def contestant(text: str, one: str, **fields: object) -> Term:
    return Term(text, contest="us-mayor", contestant=one, **fields)  # type: ignore[arg-type]


def waiving(code: str, place: str = "center US", reason: str = "It will be.", until: date | None = None) -> Release:
    stale = with_center(verified_on=date(2025, 1, 1))
    return replace(stale, waivers=(Waiver(code, place, reason, "team", until),))


LONG_LABEL = "x" * 31
SWISS = replace(with_list(Term("Wahllokal"), region="CH", language="de"))
PROVOKED: tuple[tuple[Severity, str, Callable[[], Release]], ...] = (
    (ERROR, "sample_missed", lambda: with_list(Term("ballot"), topic="election", must_match=("tally",))),
    (ERROR, "sample_caught", lambda: with_list(Term("ballot"), topic="election", must_not_match=("ballot",))),
    (WARNING, "sample_elsewhere", lambda: with_list(Term("ballot"), topic="election", must_match=("where do i vote",))),
    (WARNING, "broad_term", lambda: with_list(Term("box"), topic="election")),
    (WARNING, "doubled_term", lambda: with_list(Term("ballot"), Term("Ballot"), topic="election")),
    (WARNING, "shadowed_term", lambda: with_list(Term("ballot"), Term("my ballot"), topic="election")),
    (ERROR, "unknown_sign", lambda: with_list(Term("ballot", near=("@yaer",)), topic="election")),
    (WARNING, "empty_context", lambda: with_list(Term("ballot", near=("@context",)), topic="election")),
    (ERROR, "invalid_term", lambda: with_list(Term("!!!"), topic="election")),
    (ERROR, "text_too_long", lambda: with_list(Term("ballot " * 40_000), topic="election")),
    (WARNING, "stale_words", lambda: replace(SOUND, real_words=RealWords(made_for="other"))),
    (ERROR, "invalid_places", lambda: replace(SOUND, regions=(*REGIONS, REGIONS[1]))),
    (ERROR, "unknown_region", lambda: with_list(Term("ballot"), region="XX")),
    (ERROR, "unknown_language", lambda: with_list(Term("ballot"), language="no language")),
    (ERROR, "language_not_canonical", lambda: with_list(Term("ballot"), language="EN-us")),
    (ERROR, "unknown_topic", lambda: with_list(Term("ballot"), topic="ballots")),
    (ERROR, "unknown_slot", lambda: with_list(Term("ballot", slot="anywhere"))),
    (ERROR, "unknown_part", lambda: with_notice(action="center#cellar")),
    (ERROR, "doubled_id", lambda: replace(SOUND, notices=(*SOUND.notices, SOUND.notices[0]))),
    (ERROR, "unknown_notice", lambda: replace(SOUND, campaigns=(campaign("vote", "nothing"),))),
    (ERROR, "unknown_election", lambda: with_campaign(election="us-1789-presidential")),
    (ERROR, "no_english", lambda: with_notice(wordings={"de": Wording("So geht es", "So wählen Sie.", "Öffnen")})),
    (ERROR, "empty_wording", lambda: worded("de", "So geht es", " ", "Öffnen")),
    (ERROR, "wording_too_long", lambda: worded("de", "So geht es", "So wählen Sie.", LONG_LABEL)),
    (
        WARNING,
        "too_long_for_surface",
        lambda: replace(with_campaign(surfaces=(Surface.PROFILE,)), notices=(long_notice("x" * 126),)),
    ),
    (ERROR, "too_long_for_surface", lambda: replace(with_campaign(surfaces=(Surface.PROFILE,)), notices=(long_notice("x" * 151),))),
    (ERROR, "no_alt", lambda: with_notice(image=Image("https://city.example/a.png", {}))),
    (
        WARNING,
        "no_alt",
        lambda: with_notice(
            image=Image("https://city.example/a.png", {"en": "A box"}),
            wordings={"en": WORDING, "de": Wording("So geht es", "So.", "Öffnen")},
        ),
    ),
    (ERROR, "not_plain", lambda: worded("de", "Jetzt wählen!", "So wählen Sie.", "Öffnen")),
    (ERROR, "untranslated", lambda: worded("de", "How to vote", "So wählen Sie.", "Öffnen")),
    (ERROR, "wrong_script", lambda: worded("hi", "matdan", "मतदान कैसे करें", "मतदान")),
    (WARNING, "wrong_script", lambda: with_list(Term("голос"), language="el")),
    (WARNING, "direction_mark", lambda: worded("ar", "كيف تصوت في دائرتك على USA", "كيف تصوت", "افتح")),
    (ERROR, "old_date", lambda: replace(worded("de", "Am 20. Februar 2027", "So wählen Sie.", "Öffnen"), elections=(moved(),))),
    (WARNING, "old_date", lambda: replace(SOUND, elections=(replace(moved(), names={"en": "Election of 20 February 2027"}),))),
    (ERROR, "link_not_allowed", lambda: with_notice(action="https://elsewhere.example/")),
    (ERROR, "link_not_https", lambda: with_center(link="http://vote.example")),
    (WARNING, "link_not_https", lambda: with_center(url="http://vote.example")),
    (ERROR, "unsafe_link", lambda: with_center(link="https://name:word@vote.example")),
    (ERROR, "tracking_link", lambda: with_center(link="https://vote.example/?utm_source=us")),
    (WARNING, "lookalike_host", lambda: with_center(link="https://vоte.example")),
    (ERROR, "never_called", lambda: with_campaign(topics=())),
    (ERROR, "never_opens", lambda: with_campaign(Window(datetime(2026, 5, 2), datetime(2026, 5, 1)))),  # noqa: DTZ001  wall times
    (WARNING, "never_opens", lambda: with_campaign(Window(from_phase=Phase.FINAL_DAYS, to_phase=Phase.COUNTING), regions=("CH",))),
    (ERROR, "no_time_left", lambda: with_campaign(Window(zone="Africa/Lagos", blackouts=ALWAYS))),
    (ERROR, "no_end", with_campaign),
    (ERROR, "no_end", lambda: with_campaign(Window(datetime(2026, 5, 2)))),  # noqa: DTZ001  a wall time
    (WARNING, "no_end", lambda: with_campaign(Window(), owner="team", review_on=date(2027, 1, 1))),
    (WARNING, "review_due", lambda: with_campaign(owner="team", review_on=date(2025, 12, 31))),
    (
        WARNING,
        "waits_for_election",
        lambda: replace(with_campaign(election=UNITED_STATES_2026.id), elections=(replace(UNITED_STATES_2026, status=Status.POSTPONED),)),
    ),
    (WARNING, "hides_another", lambda: rivals(Priority.NORMAL)),
    (WARNING, "two_emergencies", lambda: rivals(Priority.EMERGENCY)),
    (ERROR, "unknown_zone", lambda: with_campaign(Window(zone="Europe/Atlantis"))),
    (WARNING, "hours_in_utc", lambda: with_campaign(Window(only=(DailyHours(time(8), time(20)),)))),
    (ERROR, "invalid_election", lambda: replace(SOUND, elections=(UNITED_STATES_2026, UNITED_STATES_2026))),
    (WARNING, "unverified_date", lambda: replace(SOUND, elections=(election("US", polling("2026-03-01")),))),
    (WARNING, "stale_verification", lambda: with_center(verified_on=date(2025, 7, 4))),
    (
        ERROR,
        "stale_verification",
        lambda: replace(with_center(verified_on=date(2025, 12, 1)), elections=(election("US", polling("2026-01-08")),)),
    ),
    (WARNING, "verified_in_future", lambda: with_center(verified_on=date(2026, 1, 3))),
    (ERROR, "no_roll", lambda: named(contestant("Ada Greene", "a"), rolls=())),
    (ERROR, "not_on_roll", lambda: named(contestant("Cy Pond", "c"))),
    (ERROR, "duplicated_contestant", lambda: named(rolls=(replace(GREENE, contestants=GREENE.contestants * 2),))),
    (ERROR, "contestants_unequal", lambda: named(contestant("Ada Greene", "a"))),
    (ERROR, "contestant_untagged", lambda: named(Term("ada greene"))),
    (
        WARNING,
        "spellings_unequal",
        lambda: named(contestant("Ada Greene", "a", forms=("Ada Green", "A. Greene")), contestant("Bo Stone", "b")),
    ),
    (ERROR, "topic_missing_in_language", lambda: SWISS),
    (
        WARNING,
        "topic_only_inherited",
        lambda: replace(SWISS, lists=(*SWISS.lists, KeywordList("001", "fr", "voting", (Term("bureau de vote"),)))),
    ),
    (ERROR, "wording_missing_in_language", lambda: replace(with_campaign(regions=("CH",)), notices=german_notice())),
    (WARNING, "wording_missing_in_language", lambda: with_campaign(regions=("CH",))),
    (ERROR, "waiver_without_reason", lambda: waiving("stale_verification", reason=" ")),
    (ERROR, "waiver_not_allowed", lambda: waiving("link_not_allowed")),
    (WARNING, "waiver_unused", lambda: waiving("stale_verification", "center CH")),
    (WARNING, "waiver_expired", lambda: waiving("stale_verification", until=date(2025, 12, 31))),
)
ASKED = {"dead_link", "link_unsure"}  # see tests/admin/test_links.py


def long_notice(body: str) -> Notice:
    return Notice("election_center-1", NoticeKind.ELECTION_CENTER, {"en": Wording("How to vote", body, "Open")})


def german_notice() -> tuple[Notice, ...]:
    words = {"en": WORDING, "de": Wording("So geht es", "So wählen Sie.", "Öffnen")}
    return (Notice("election_center-1", NoticeKind.ELECTION_CENTER, words),)


def moved():
    held = election("US", replace(polling("2027-01-16"), moved_from=(date(2027, 2, 20),)))
    return replace(held, id="us-2027-02-20-legislative")


def test_a_sound_release_has_no_findings() -> None:
    assert check_release(SOUND) == ()
    heard = replace(with_campaign(owner="team", review_on=date(2027, 1, 1), topics=(), signals=(Signal.LIVE,)))
    assert check_release(heard) == ()


@pytest.mark.parametrize(
    ("severity", "code", "release"), PROVOKED, ids=[f"{number}-{code}-{severity}" for number, (severity, code, _) in enumerate(PROVOKED)]
)
def test_a_broken_release_gives_the_code_with_a_severity_and_hint_of_the_register(
    severity: Severity, code: str, release: Callable[[], Release]
) -> None:
    found = check_release(release())
    assert (severity, code) in {(finding.severity, finding.code) for finding in found}
    for finding in found:
        assert finding.severity in CHECKS[finding.code].severities
        assert finding.hint == CHECKS[finding.code].hint
        assert finding.place
        assert finding.message


def test_every_known_code_is_provoked_in_each_of_its_severities() -> None:
    known = {(severity, check.code) for check in CHECKS.values() for severity in check.severities}
    provoked = {(severity, code) for severity, code, _ in PROVOKED}
    assert known - provoked == {(ERROR, "dead_link"), (WARNING, "link_unsure")}
    assert provoked <= known


def test_every_code_that_a_check_may_give_is_known() -> None:
    """Where a finding is made its code stands as a word; those of errors are provoked above."""
    modules = [*(CHECKOUT / "keywords").glob("*checks.py"), *(CHECKOUT / "notices").glob("*checks.py"), CHECKOUT / "admin" / "links.py"]
    given: set[str] = set()
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            position = {"Finding": 1, "_error": 0, "_warning": 0, "Answer": 0}.get(name)
            if position is not None and len(node.args) > position and isinstance(node.args[position], ast.Constant):
                given.add(node.args[position].value)
    assert given >= {"sample_missed", "no_end", "dead_link", "stale_verification"}
    assert given <= set(CHECKS)


def test_no_code_stands_in_the_register_twice() -> None:
    assert len(CHECKS) == sum(len(group) for group in GROUPS.values())


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.code)
def test_a_meaning_and_a_hint_are_sentences(check) -> None:
    for text in (check.meaning, check.hint):
        assert text.endswith(".")
        assert text[0].isupper() or text[0] == "`"
        assert "|" not in text


def test_what_may_never_be_waived_is_not() -> None:
    waivable = {check.code for check in CHECKS.values() if check.is_waivable}
    assert waivable.isdisjoint(check.code for check in GROUPS["References"])
    assert waivable.isdisjoint({"link_not_allowed", "link_not_https", "unsafe_link", "tracking_link", "dead_link"})
    assert waivable.isdisjoint({"no_roll", "not_on_roll", "duplicated_contestant", "contestants_unequal", "contestant_untagged"})
    assert waivable.isdisjoint({"sample_missed", "sample_caught", "no_english", "no_alt", "no_end", "old_date"})


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 12, 31), ["review_due"]), (date(2026, 1, 1), []), (date(2026, 1, 2), [])],
    ids=["after", "on", "before"],
)
def test_a_review_is_due_from_the_day_after_it(day: date, expected: list[str]) -> None:
    assert [finding.code for finding in check_release(with_campaign(owner="team", review_on=day))] == expected


@pytest.mark.parametrize(
    ("owned", "expected"),
    [
        ({}, ERROR),
        ({"owner": "team"}, ERROR),
        ({"review_on": date(2027, 1, 1)}, ERROR),
        ({"owner": "team", "review_on": date(2027, 1, 1)}, WARNING),
    ],
    ids=["nobody, never", "nobody says when", "nobody says who", "somebody, some day"],
)
def test_what_never_ends_is_looked_at_again(owned: dict[str, object], expected: Severity) -> None:
    found = check_release(with_campaign(Window(zone="America/New_York"), **owned))
    assert [(finding.severity, finding.code) for finding in found] == [(expected, "no_end")]


def test_what_is_in_no_language_leaves_all_the_rest_checked() -> None:
    odd = KeywordList("001", "no language", "voting", (Term("ballot"),))
    regions = (*REGIONS[:1], replace(REGIONS[1], languages=("en", "x y")), REGIONS[2])
    broken = with_notice(wordings={"en": WORDING, "12": WORDING}, action="https://elsewhere.example/")
    found = check_release(replace(broken, lists=(*LISTS, odd), regions=regions))
    assert [(finding.code, finding.place) for finding in found] == [
        ("unknown_language", "list 001/no language/voting"),
        ("unknown_language", "notice n"),
        ("unknown_language", "region US"),
        ("link_not_allowed", "notice n"),
    ]


def test_a_release_is_judged_by_its_own_day() -> None:
    later = replace(with_center(verified_on=date(2026, 1, 1)), made_at=datetime(2026, 7, 1, tzinfo=UTC))
    assert [finding.code for finding in check_release(later)] == ["stale_verification"]
