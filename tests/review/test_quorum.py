"""How many must approve: names of contestants, emergencies, and the days around elections, near and far, in every place and language."""

from datetime import date, timedelta

import pytest

from elections.election import Election, Round, Status
from elections.places import Places
from notices.campaign import Priority
from review.people import Scope
from review.pieces import Key, Kind
from review.quorum import Quorum, Risk, Touched, is_frozen, quorum
from tests.curated import REGIONS, election

PLACES = Places.of(REGIONS)
FIRST, LAST = date(2027, 3, 6), date(2027, 3, 7)
QUIET = date(2026, 6, 1)


def held(region: str = "DE", status: Status = Status.SCHEDULED, *rounds: tuple[date, date]) -> Election:
    made = election(f"{region.lower()}-2027", region, FIRST, status=status)
    days = rounds or ((FIRST, LAST),)
    return Election(
        made.id,
        made.regions,
        made.kind,
        made.names,
        status,
        tuple(Round(number, first, last) for number, (first, last) in enumerate(days, 1)),
        made.confidence,
        made.source,
    )


def touched(*scopes: Scope, kind: Kind = Kind.LIST, before: dict | None = None, after: dict | None = None) -> Touched:
    return Touched(Key(kind, "x"), before, after, scopes or (Scope("DE", "de"),))


@pytest.mark.parametrize(
    ("today", "frozen"),
    [
        pytest.param(FIRST - timedelta(days=8), False, id="eight days before the first day of polling"),
        pytest.param(FIRST - timedelta(days=7), True, id="seven days before"),
        pytest.param(FIRST, True, id="the first day"),
        pytest.param(LAST, True, id="the last day"),
        pytest.param(LAST + timedelta(days=2), True, id="two days after the last day"),
        pytest.param(LAST + timedelta(days=3), False, id="three days after"),
        pytest.param(QUIET, False, id="months before"),
    ],
)
def test_the_freeze_lasts_from_a_week_before_to_two_days_after_polling(today: date, *, frozen: bool) -> None:
    assert is_frozen(held(), today) is frozen
    expected = Quorum(2, (Risk.FREEZE,), ("de-2027",)) if frozen else Quorum(1)
    assert quorum((touched(),), (held(),), PLACES, today) == expected


@pytest.mark.parametrize("today", [date(2027, 3, 6), date(2027, 4, 10)])
def test_every_round_freezes_and_the_weeks_between_do_not(today: date) -> None:
    two = held("DE", Status.SCHEDULED, (FIRST, LAST), (date(2027, 4, 10), date(2027, 4, 10)))
    assert is_frozen(two, today)
    assert not is_frozen(two, date(2027, 3, 20))


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.SCHEDULED], ids=str)
def test_only_scheduled_elections_freeze(status: Status) -> None:
    assert not is_frozen(held("DE", status), FIRST)


@pytest.mark.parametrize(
    ("scope", "region", "concerned"),
    [
        pytest.param(Scope("DE"), "DE", True, id="the country itself"),
        pytest.param(Scope("DE", "tr"), "DE", True, id="in any language there"),
        pytest.param(Scope("DE-BY"), "DE", True, id="a part of it"),
        pytest.param(Scope("EU"), "DE", True, id="what lies above it"),
        pytest.param(Scope("DE"), "DE-BY", True, id="the country of a part that votes"),
        pytest.param(Scope("FR"), "DE", False, id="its neighbour"),
        pytest.param(Scope("FR"), "DE-BY", False, id="the neighbour of a part"),
        pytest.param(Scope("FR"), "EU", True, id="a member when the Union votes"),
        pytest.param(Scope("US"), "EU", False, id="no member"),
        pytest.param(Scope("001"), "DE", True, id="the world, in no language"),
        pytest.param(Scope("001", "de"), "DE", True, id="the world, in its language"),
        pytest.param(Scope("001", "fr"), "DE", False, id="the world, in another"),
        pytest.param(Scope("001", "es"), "US", True, id="the world, in its second language"),
        pytest.param(Scope("001", "en"), "US-TX", False, id="the world when only a part votes"),
        pytest.param(Scope("001"), "US-TX", False, id="the world in no language when only a part votes"),
        pytest.param(Scope("001"), "EU", True, id="the world when the Union votes"),
        pytest.param(Scope("XX"), "DE", False, id="a place that there is not"),
        pytest.param(Scope("DE"), "XX", False, id="an election in a place that there is not"),
        pytest.param(Scope("HK", "en"), "HK", True, id="a territory"),
        pytest.param(Scope("CN-HK"), "HK", False, id="an alias is no code"),
    ],
)
def test_a_freeze_concerns_what_lies_above_and_below(scope: Scope, region: str, *, concerned: bool) -> None:
    found = quorum((touched(scope),), (held(region),), PLACES, FIRST)
    assert (found.needed, bool(found.elections)) == ((2, True) if concerned else (1, False))


def test_one_scope_of_one_piece_is_enough() -> None:
    pieces = (touched(Scope("FR")), touched(Scope("US"), Scope("DE")))
    assert quorum(pieces, (held(), held("TH")), PLACES, FIRST) == Quorum(2, (Risk.FREEZE,), ("de-2027",))
    assert quorum((), (held(),), PLACES, FIRST) == Quorum(1)


TERM = {"text": "x"}
NAMED = {**TERM, "contest": "de-2027"}
CALM, URGENT = {"id": "c", "priority": "high"}, {"id": "c", "priority": Priority.EMERGENCY.value}


@pytest.mark.parametrize(
    ("one", "risk"),
    [
        pytest.param(touched(kind=Kind.TERM, after=NAMED), Risk.CONTESTANTS, id="a contest is named"),
        pytest.param(touched(kind=Kind.TERM, after={**TERM, "contestant": "p1"}), Risk.CONTESTANTS, id="a contestant is named"),
        pytest.param(touched(kind=Kind.TERM, before=NAMED), Risk.CONTESTANTS, id="one that was named goes"),
        pytest.param(touched(kind=Kind.TERM, before=NAMED, after=TERM), Risk.CONTESTANTS, id="one is no longer named"),
        pytest.param(touched(kind=Kind.TERM, before=TERM, after=TERM), None, id="no names"),
        pytest.param(touched(kind=Kind.TERM, after={**TERM, "contest": ""}), None, id="an empty name is none"),
        pytest.param(touched(kind=Kind.CAMPAIGN, after=URGENT), Risk.EMERGENCY, id="an emergency begins"),
        pytest.param(touched(kind=Kind.CAMPAIGN, before=URGENT, after=CALM), Risk.EMERGENCY, id="an emergency ends"),
        pytest.param(touched(kind=Kind.CAMPAIGN, before=URGENT), Risk.EMERGENCY, id="an emergency is taken out"),
        pytest.param(touched(kind=Kind.CAMPAIGN, before=CALM, after=CALM), None, id="no emergency"),
        pytest.param(touched(kind=Kind.NOTICE, after=URGENT), None, id="not of a campaign"),
    ],
)
def test_names_and_emergencies_take_two(one: Touched, risk: Risk | None) -> None:
    expected = Quorum(2, (risk,)) if risk else Quorum(1)
    assert quorum((touched(), one), (held(),), PLACES, QUIET) == expected


def test_every_risk_is_told_and_two_are_enough_for_all() -> None:
    pieces = (touched(kind=Kind.TERM, after=NAMED), touched(kind=Kind.CAMPAIGN, after=URGENT))
    assert quorum(pieces, (held(),), PLACES, FIRST) == Quorum(2, (Risk.CONTESTANTS, Risk.EMERGENCY, Risk.FREEZE), ("de-2027",))
