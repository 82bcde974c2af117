"""Words fit the surfaces on which campaigns run them."""

from dataclasses import replace

import pytest

from elections.election import Phase
from keywords.known_checks import Severity
from notices.campaign import Surface
from notices.notice import Notice, NoticeKind, Wording, Words
from notices.surface_checks import NARROW, check_surfaces
from notices.wording_checks import BODY, LABEL, TITLE
from tests.notices.small import campaign, live_with

RELEASE = live_with([]).release


def found(surface: Surface, title: str = "", body: str = "", label: str = "", phase: Words | None = None) -> list[Severity]:
    wording = Wording(title, body, label, phases={Phase.COUNTING: phase} if phase else {})
    notice = Notice("n", NoticeKind.ELECTION_CENTER, {"en": wording})
    release = replace(RELEASE, notices=(notice,), campaigns=(campaign("c", "n", surfaces=(surface, Surface.SEARCH)),))
    return [finding.severity for finding in check_surfaces(release)]


@pytest.mark.parametrize(
    ("length", "expected"),
    [(125, []), (126, [Severity.WARNING]), (150, [Severity.WARNING]), (151, [Severity.ERROR])],
    ids=["it fits", "one too many", "a fifth too many", "more than a fifth"],
)
@pytest.mark.parametrize("letter", ["x", "क", "ع", "票"])
def test_a_body_on_a_profile(length: int, letter: str, expected: list[Severity]) -> None:
    assert found(Surface.PROFILE, body=letter * length) == expected
    assert found(Surface.PROFILE, phase=Words("", letter * length, "")) == expected


@pytest.mark.parametrize("surface", Surface)
def test_only_narrow_surfaces_have_limits_of_their_own(surface: Surface) -> None:
    assert bool(found(surface, title="x" * TITLE)) is (surface in NARROW)


def test_a_notice_that_does_not_run_there_need_not_fit() -> None:
    notice = Notice("n", NoticeKind.ELECTION_CENTER, {"en": Wording("x" * TITLE, "x" * BODY, "x" * LABEL)})
    assert list(check_surfaces(replace(RELEASE, notices=(notice,), campaigns=()))) == []


def test_no_narrow_surface_is_wider_than_the_others() -> None:
    assert all(room.title <= TITLE and room.body <= BODY and room.label <= LABEL for room in NARROW.values())
