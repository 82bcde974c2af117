"""Wordings that are too long for a narrow surface on which a campaign runs them; the limits for all surfaces are in wording_checks."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from keywords.known_checks import Finding, Severity
from notices.campaign import Surface
from notices.notice import Notice, Words
from notices.release import Release

MUCH: Final = 1.2
"""So many times the limit is an error: a client may give a line more than it meant to, but a fifth more is cut off."""


@dataclass(frozen=True, slots=True)
class Room:
    """Code points that a surface has for a notice's words."""

    title: int
    body: int
    label: int


NARROW: Final = {
    Surface.PROFILE: Room(45, 125, 28),
    Surface.LIVE: Room(50, 140, 30),
    Surface.UPLOAD: Room(50, 130, 28),
}
"""A line under an account's name, a strip over a moving picture, a note beside a form; elsewhere a notice has a card of its own."""


def check_surfaces(release: Release) -> Iterator[Finding]:
    """Every finding about the length of words where they are run."""
    surfaces: dict[str, set[Surface]] = defaultdict(set)
    for campaign in release.campaigns:
        surfaces[campaign.notice].update(campaign.surfaces)
    for notice in release.notices:
        for surface, room in NARROW.items():
            if surface in surfaces[notice.id]:
                yield from _on(notice, surface, room)


def _on(notice: Notice, surface: Surface, room: Room) -> Iterator[Finding]:
    for language, wording in notice.wordings.items():
        for words in (Words(wording.title, wording.body, wording.label), *wording.phases.values()):
            for name, text, most in (
                ("title", words.title, room.title),
                ("body", words.body, room.body),
                ("label", words.label, room.label),
            ):
                if len(text) > most:
                    severity = Severity.ERROR if len(text) > most * MUCH else Severity.WARNING
                    message = f"a {name} has {len(text)} code points; on the {surface} surface it may have {most}"
                    yield Finding(severity, "too_long_for_surface", f"notice {notice.id} in {language}", message)
