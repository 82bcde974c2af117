"""In which words: those of the phase, unless nobody may speak of it."""

import pytest

from elections.calendar import PlaceState
from elections.election import Phase
from notices.localise import spoken_phase
from notices.notice import Wording, Words


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        (Phase.ELECTION_DAY, "It is election day"),
        (Phase.COUNTING, "Election information"),
        (Phase.PROVISIONAL_RESULTS, "Election information"),
        (Phase.EARLY_VOTING, "Election information"),
    ],
)
def test_where_polls_have_closed_and_results_are_barred_no_phase_is_spoken_of(phase: Phase, expected: str) -> None:
    """Neither that votes are counted nor that it is still election day: Tamil Nadu waited six weeks between the two."""
    told = {of: Words(title, "", "") for of, title in ((Phase.ELECTION_DAY, "It is election day"), (Phase.COUNTING, "Voting has ended"))}
    wording = Wording("Election information", "", "", phases=told)
    assert wording.at(spoken_phase(PlaceState(phase=phase, results_barred=True))).title == expected


def test_after_the_last_close_the_count_is_spoken_of() -> None:
    assert spoken_phase(PlaceState(phase=Phase.COUNTING)) is Phase.COUNTING
