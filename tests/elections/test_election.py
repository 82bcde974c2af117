"""What an election may be."""

import pytest

from elections.election import Election, MilestoneKind, Round
from elections.errors import InvalidElection
from tests.elections.reference_elections import BRAZIL_2026, election, milestone, polling

KIND = MilestoneKind.CERTIFIED


@pytest.mark.parametrize(
    ("regions", "rounds"),
    [
        pytest.param((), BRAZIL_2026.rounds, id="held nowhere"),
        pytest.param(("BR",), (), id="without a round"),
        pytest.param(("BR",), BRAZIL_2026.rounds[::-1], id="rounds out of order"),
        pytest.param(("BR",), (polling("2026-10-04", "2026-10-03"),), id="a round that ends before it begins"),
        pytest.param(("BR",), (polling("9999-12-31"),), id="a day after which no clock goes on"),
        pytest.param(("BR",), (polling("0001-01-01"),), id="a day before which no clock went"),
        pytest.param(("BR",), (polling("2026-10-04", None, milestone(KIND, "9999-12-31")),), id="a milestone after which no clock goes on"),
    ],
)
def test_an_election_that_contradicts_itself_is_refused(regions: tuple[str, ...], rounds: tuple[Round, ...]) -> None:
    made = BRAZIL_2026
    with pytest.raises(InvalidElection):
        Election(made.id, regions, made.kind, made.names, made.status, rounds, made.confidence, made.source)


def test_an_election_may_last_for_days_and_have_rounds() -> None:
    assert [held.number for held in election("BR", polling("2026-10-04", "2026-10-05"), polling("2026-10-25", number=2)).rounds] == [1, 2]
