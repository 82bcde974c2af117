"""A harvest against the packs: what is added, changed, left to a person, or missing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from admin.dates.comparison import Comparison, Outcome, Verdict
from admin.dates.findings import Found, FoundLink, Handed, Harvest, Provenance, Stated
from admin.dates.merging import compare
from elections.centers import Center, Slot
from elections.election import Channel, Confidence, Election, ElectionKind, Milestone, MilestoneKind, Round, Status

RETRIEVED = datetime(2026, 11, 25, 9, tzinfo=UTC)
BEFORE = datetime(2026, 11, 1, 9, tzinfo=UTC)
MAY, JUNE = date(2027, 5, 1), date(2027, 6, 5)
CLOSES = MilestoneKind.REGISTRATION_CLOSES
OFFICIAL = "https://wahl.example/2027"


def source(page: str = "tx", owner: str = "democracy-works", at: datetime = BEFORE) -> str:
    return Provenance(owner, f"https://data.example/{page}", at).source


def election(day: date = MAY, region: str = "US-TX", kind: ElectionKind = ElectionKind.LOCAL, *, said_by: str = "", **given) -> Election:
    said_by = said_by or source()
    of_round = {name: given.pop(name) for name in ("milestones", "moved_from", "conditional") if name in given}
    status = given.get("status", Status.SCHEDULED)
    polling = Round(1, day, day, status=status, source=said_by, **of_round)
    known_as = given.pop("id", f"{region}-{day}-{kind}".lower())
    return Election(
        known_as,
        (region,),
        kind,
        {"en": "Election"},
        status,
        (polling,),
        Confidence.MEDIUM,
        said_by,
        **{k: v for k, v in given.items() if k != "status"},
    )


def found(one: Election, *stated: Stated, page: str = "tx", owner: str = "democracy-works") -> Found:
    provenance = Provenance(owner, f"https://data.example/{page}", RETRIEVED)
    rounds = tuple(
        replace(polling, source=provenance.source, milestones=tuple(replace(told, source=provenance.source) for told in polling.milestones))
        for polling in one.rounds
    )
    told = replace(one, source=provenance.source, rounds=rounds)
    return Found(told, provenance, frozenset({Stated.NAMES, Stated.MILESTONES, *stated}), "/0")


def closes(on: date | None, at: time | None = None, *, said_by: str = "", regions: tuple[str, ...] = (), words: str = "") -> Milestone:
    return Milestone(CLOSES, on, at, words, Channel.ONLINE, regions, said_by or source())


@pytest.fixture
def against(handed: Callable[..., Handed]) -> Callable[..., Comparison]:
    def run(known: tuple[Election, ...], *founds: Found, taken: tuple[str, ...] = (), lists_all: bool = False, **given) -> Comparison:
        return compare(Harvest(founds, lists_all=lists_all), handed(known=known, **given), (), taken)

    return run


def verdicts(comparison: Comparison) -> list[tuple[str, Verdict]]:
    (one,) = comparison.compared
    return [(difference.place, difference.verdict) for difference in one.differences]


def test_an_election_nobody_knew_is_added(against) -> None:
    (one,) = against((), found(election())).compared
    assert (one.outcome, one.before, one.after.id) == (Outcome.ADDED, None, "us-tx-2027-05-01-local")


def test_a_new_election_without_a_name_is_refused(against) -> None:
    assert [refusal.code for refusal in against((), found(replace(election(), names={"en": ""}))).refusals] == ["name_missing"]


def test_the_same_again_changes_nothing_not_even_the_time_it_was_retrieved(against) -> None:
    known = election(milestones=(closes(date(2027, 4, 1)),))
    (one,) = against((known,), found(known)).compared
    assert (one.outcome, one.after) == (Outcome.UNCHANGED, known)


@pytest.mark.parametrize("kind", [ElectionKind.LEGISLATIVE, ElectionKind.PRESIDENTIAL])
def test_a_state_told_alone_becomes_that_states_deadlines_of_the_national_election(against, kind: ElectionKind) -> None:
    known = election(date(2028, 11, 7), "US", ElectionKind.PRESIDENTIAL, said_by=OFFICIAL)
    told = found(election(date(2028, 11, 7), "US-TX", kind, milestones=(closes(date(2028, 10, 10)),)))
    comparison = against((known,), told)
    assert verdicts(comparison) == [("rounds/1/registration_closes online [US-TX]", Verdict.ADDED)]
    after = comparison.compared[0].after
    assert (after.names, after.source, after.rounds[0].milestones[0].regions) == (known.names, OFFICIAL, ("US-TX",))


def test_a_local_election_on_the_same_day_is_another_one(against) -> None:
    known = election(date(2028, 11, 7), "US", ElectionKind.PRESIDENTIAL, said_by=OFFICIAL)
    assert against((known,), found(election(date(2028, 11, 7)))).compared[0].outcome is Outcome.ADDED


def test_a_region_that_does_not_take_part_is_no_part(against) -> None:
    known = election(date(2028, 11, 7), "US", ElectionKind.PRESIDENTIAL, said_by=OFFICIAL, excluded=("US-PR",))
    told = found(election(date(2028, 11, 7), "US-PR", ElectionKind.PRESIDENTIAL))
    assert against((known,), told).compared[0].outcome is Outcome.ADDED


def test_what_another_source_owns_is_a_conflict_with_both_sides_and_stays(against) -> None:
    known = election(said_by=OFFICIAL, milestones=(closes(date(2027, 4, 1), said_by=OFFICIAL),))
    told = found(replace(election(milestones=(closes(date(2027, 4, 5)),)), names={"en": "Other name"}))
    (one,) = against((known,), told).compared
    assert (one.outcome, one.after) == (Outcome.CONFLICT, known)
    name, day = one.differences
    assert (name.place, name.here.value, name.here.source, name.there.value) == ("names/en", "Election", OFFICIAL, "Other name")
    assert (day.here.value, day.here.confidence, day.there.value) == ("2027-04-01", "medium", "2027-04-05")
    assert day.there.source.startswith("democracy-works https://data.example/tx retrieved")


def test_a_conflict_does_not_hold_back_what_is_new(against) -> None:
    known = election(said_by=OFFICIAL, milestones=(closes(date(2027, 4, 1), said_by=OFFICIAL),))
    new = Milestone(MilestoneKind.POLLS_CLOSE, MAY, time(19))
    (one,) = against((known,), found(election(milestones=(closes(date(2027, 4, 5)), new)))).compared
    assert one.outcome is Outcome.CONFLICT
    assert [told.kind for told in one.after.rounds[0].milestones] == [CLOSES, MilestoneKind.POLLS_CLOSE]
    assert one.after.rounds[0].milestones[0] == known.rounds[0].milestones[0]


def test_a_person_settles_a_conflict_for_the_document(against) -> None:
    known = election(said_by=OFFICIAL, milestones=(closes(date(2027, 4, 1), said_by=OFFICIAL),))
    (one,) = against((known,), found(election(milestones=(closes(date(2027, 4, 5)),))), taken=(known.id,)).compared
    assert one.outcome is Outcome.CHANGED
    assert one.after.rounds[0].milestones[0].on == date(2027, 4, 5)
    assert one.after.rounds[0].milestones[0].source == source(at=RETRIEVED)


def test_a_moved_day_of_the_same_source_moves_the_round_in_one_edit(against) -> None:
    known = replace(election(milestones=(closes(date(2027, 4, 1)),)), verified_on=date(2026, 1, 1))
    told = found(election(JUNE, milestones=(closes(date(2027, 5, 6)),)))
    (one,) = against((known,), told).compared
    assert [(difference.place, difference.here.value, difference.there.value) for difference in one.differences] == [
        ("rounds/1/first_day", "2027-05-01", "2027-06-05"),
        ("rounds/1/registration_closes online", "2027-04-01", "2027-05-06"),
    ]
    polling = one.after.rounds[0]
    assert (one.outcome, one.after.id) == (Outcome.CHANGED, known.id)
    assert (polling.first_day, polling.last_day, polling.moved_from) == (JUNE, JUNE, (MAY,))
    assert (polling.verified_on, polling.source) == (None, source(at=RETRIEVED))


def test_a_round_that_moves_back_was_not_moved_from_the_day_it_is_on(against) -> None:
    known = election(JUNE, id="us-tx-2027-05-01-local", moved_from=(MAY,))
    (one,) = against((known,), found(election(MAY))).compared
    assert one.after.rounds[0].moved_from == (JUNE,)


def test_a_round_that_moves_keeps_its_length(against) -> None:
    known = election()
    known = replace(known, rounds=(replace(known.rounds[0], last_day=date(2027, 5, 2)),))
    (one,) = against((known,), found(election(JUNE))).compared
    assert one.after.rounds[0].last_day == date(2027, 6, 6)


def test_deadlines_of_others_for_the_old_day_are_left_to_a_person(against) -> None:
    known = election(milestones=(closes(date(2027, 4, 1), said_by=OFFICIAL),))
    (one,) = against((known,), found(election(JUNE))).compared
    assert one.outcome is Outcome.CONFLICT
    assert [(each.place, each.verdict) for each in one.differences] == [
        ("rounds/1/first_day", Verdict.CHANGED),
        ("rounds/1/registration_closes", Verdict.CONFLICT),
    ]
    assert one.after.rounds[0].milestones == known.rounds[0].milestones


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (election(date(2026, 11, 3)), found(election(JUNE))),  # its day is past: the page tells of the next one
        (election(), found(election(JUNE), page="other")),
        (election(status=Status.CANCELLED), found(election(JUNE))),
        (election(region="US-OK"), found(election(JUNE))),
    ],
    ids=["past", "another page", "called off", "another place"],
)
def test_what_only_looks_like_a_move_is_a_new_election(against, known: Election, told: Found) -> None:
    comparison = against((known,), told)
    assert [one.outcome for one in comparison.compared] == [Outcome.ADDED]


def test_a_page_that_tells_of_several_elections_identifies_none(against) -> None:
    comparison = against((election(),), found(election(JUNE)), found(election(date(2027, 9, 4))))
    assert [one.outcome for one in comparison.compared] == [Outcome.ADDED, Outcome.ADDED]


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (election(JUNE, said_by=OFFICIAL, id="us-tx-x", moved_from=(MAY,)), found(election(MAY))),
        (election(MAY, said_by=OFFICIAL), found(election(JUNE, moved_from=(MAY,)), page="b")),
        (election(JUNE, said_by="facts/elections.csv", status=Status.EXPECTED), found(election(MAY))),
        (
            election(
                date(2028, 11, 7),
                "US",
                ElectionKind.PRESIDENTIAL,
                said_by=OFFICIAL,
                milestones=(closes(date(2028, 10, 10), regions=("US-TX",)),),
            ),
            found(election(date(2028, 11, 14), "US-TX", ElectionKind.PRESIDENTIAL)),
        ),
    ],
    ids=["moved in the packs", "moved in the document", "placeholder", "moved in one state"],
)
def test_what_may_be_a_moved_election_is_left_to_a_person(against, known: Election, told: Found) -> None:
    (one,) = against((known,), told).compared
    assert (one.outcome, one.after) == (Outcome.CONFLICT, known)
    (difference,) = one.differences
    assert (difference.place, difference.verdict) == ("rounds/1/first_day", Verdict.CONFLICT)
    assert difference.note


def test_a_placeholder_that_is_settled_gets_its_day_and_was_never_announced_for_the_old_one(against) -> None:
    known = election(JUNE, said_by="facts/elections.csv", status=Status.EXPECTED)
    (one,) = against((known,), found(election(MAY)), taken=(known.id,)).compared
    polling = one.after.rounds[0]
    assert (one.after.status, polling.status, polling.first_day, polling.moved_from) == (Status.SCHEDULED, Status.SCHEDULED, MAY, ())


def test_what_the_source_no_longer_tells_is_missing_and_stays(against) -> None:
    gone, other = election(date(2027, 9, 4)), election(date(2027, 9, 4), "US-OK")
    comparison = against((election(), gone, other), found(election()), lists_all=True)
    assert [one.after.id for one in comparison.of(Outcome.MISSING)] == [gone.id]
    assert not comparison.of(Outcome.MISSING)[0].is_to_be_written


def test_a_deadline_the_source_no_longer_tells_is_missing_and_stays(against) -> None:
    known = election(milestones=(closes(date(2027, 4, 1)), closes(date(2027, 4, 2), said_by=OFFICIAL, words="office")))
    comparison = against((known,), found(election()))
    assert verdicts(comparison) == [("rounds/1/registration_closes online", Verdict.MISSING)]
    assert comparison.compared[0].after == known


def test_the_same_election_twice_in_a_document_is_refused_the_second_time(against) -> None:
    assert [refusal.code for refusal in against((), found(election()), found(election())).refusals] == ["given_twice"]


def test_rounds_out_of_order_are_left_to_a_person(against) -> None:
    known = election()
    known = replace(known, rounds=(*known.rounds, Round(2, date(2027, 5, 20), date(2027, 5, 20), source=OFFICIAL)))
    (one,) = against((known,), found(election(JUNE, id=known.id))).compared
    assert (one.outcome, one.after) == (Outcome.CONFLICT, known)


def test_an_election_called_off_by_its_source_is_called_off(against) -> None:
    told = found(election(status=Status.CANCELLED), Stated.STATUS, Stated.ROUND_STATUS)
    (one,) = against((election(),), told).compared
    assert (one.after.status, one.after.rounds[0].status) == (Status.CANCELLED, Status.CANCELLED)


def test_an_hour_another_source_leaves_open_is_no_conflict(against) -> None:
    known = election(said_by=OFFICIAL, milestones=(closes(date(2027, 4, 1), time(17), said_by=OFFICIAL),))
    assert against((known,), found(election(milestones=(closes(date(2027, 4, 1)),)))).compared[0].outcome is Outcome.UNCHANGED


def test_links_are_proposed_where_the_packs_have_another_or_none(handed) -> None:
    link = FoundLink("US-TX", Slot.RULES, "https://new.example/", Provenance("vip", "x", RETRIEVED))
    known = replace(link, slot=Slot.RESULTS, url="https://known.example/")
    center = Center("US-TX", (), {Slot.RULES: {"*": "https://old.example/"}, Slot.RESULTS: {"en": "https://known.example/"}})
    comparison = compare(Harvest((), (link, link, known)), handed(), (center,))
    assert [(proposal.link.url, proposal.now) for proposal in comparison.links] == [("https://new.example/", "https://old.example/")]
