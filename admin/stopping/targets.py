"""What a release has that may be stopped, and what was meant by a name it does not have; read without verifying, as it decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from admin.stopping.errors import UnknownTarget
from elections.errors import ElectionsError, UnknownRegion
from elections.places import Places, Region
from keywords.lists import KeywordList
from notices.campaign import Topic
from notices.documents import from_document
from notices.errors import InvalidDocument
from notices.release_file import read_envelope
from notices.stops import EVERYTHING, Stop, StopKind


@dataclass(frozen=True, slots=True)
class Stoppable:
    """The regions, and by kind the ids, of a release."""

    places: Places
    ids: Mapping[StopKind, frozenset[str]]

    def resolve(self, kind: StopKind, target: str) -> str:
        """The target as the release writes it; raises UnknownTarget with what may have been meant."""
        if kind is StopKind.EVERYTHING:
            return EVERYTHING
        if kind is StopKind.REGION:
            return self._region(target)
        ids = self.ids[kind]
        wanted = target.strip()
        found = wanted if wanted in ids else wanted.lower()
        if found not in ids:
            raise _unknown(kind, next(iter(get_close_matches(found, ids, n=1)), None))
        return found

    def has(self, stop: Stop) -> bool:
        """Whether the stop names something."""
        try:
            self.resolve(stop.kind, stop.target)
        except UnknownTarget:
            return False
        return True

    def _region(self, target: str) -> str:
        try:
            return self.places.resolve(target.strip()).code
        except UnknownRegion as error:
            raise _unknown(StopKind.REGION, error.suggestion) from error


def stoppable_in(release_file: Path) -> Stoppable | None:
    """What the release file has; None where there is none or it cannot be read."""
    try:
        release = read_envelope(release_file)["release"]
        places = Places.of(from_document({"regions": release["regions"]}, _Regions).regions)
        lists = [KeywordList(one["region"], one["language"], one["topic"], ()) for one in release["lists"]]
        ids = {
            StopKind.TOPIC: frozenset({*(topic.value for topic in Topic), *(one.topic for one in lists)}),
            StopKind.LIST: frozenset(one.id for one in lists),
            StopKind.CAMPAIGN: frozenset(str(one["id"]) for one in release["campaigns"]),
            StopKind.NOTICE: frozenset(str(one["id"]) for one in release["notices"]),
        }
    except (InvalidDocument, ElectionsError, LookupError, TypeError):
        return None
    return Stoppable(places, ids)


@dataclass(frozen=True, slots=True)
class _Regions:
    regions: tuple[Region, ...]


def _unknown(kind: StopKind, suggestion: str | None) -> UnknownTarget:
    meant = f" Did you mean {suggestion}?" if suggestion else ""
    return UnknownTarget(f"The release has no such {kind}.{meant} With --force it is stopped anyway.", suggestion)
