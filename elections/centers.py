"""Election Centers: a region's authority, official links by slot and fact-checkers; and which center answers for a region."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elections.election import Confidence
from elections.places import UNION, Places


class Slot(StrEnum):
    """Which official link answers, named after the Voting Information Project's ElectionAdministration element."""

    ELECTIONS = "elections"
    REGISTRATION = "registration"
    AM_I_REGISTERED = "am_i_registered"
    WHERE_DO_I_VOTE = "where_do_i_vote"
    ABSENTEE = "absentee"
    WHAT_IS_ON_MY_BALLOT = "what_is_on_my_ballot"
    RESULTS = "results"
    RULES = "rules"


class Network(StrEnum):
    """Fact-checker networks: Poynter's IFCN and Europe's EFCSN."""

    IFCN = "IFCN"
    EFCSN = "EFCSN"


@dataclass(frozen=True, slots=True)
class Authority:
    """An election management body; `names` by language, `en` always; `languages` it officially uses; `url` its site."""

    names: Mapping[str, str]
    url: str
    languages: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class FactChecker:
    """A fact-checking organisation; network membership lapses, so it counts only until `verified_until`."""

    name: str
    url: str
    networks: tuple[Network, ...]
    confidence: Confidence
    verified_until: date | None = None


@dataclass(frozen=True, slots=True)
class Center:
    """A region's Election Center; `links` is slot → language (`*` for all) → https address; the first authority leads."""

    region: str
    authorities: tuple[Authority, ...]
    links: Mapping[Slot, Mapping[str, str]]
    fact_checkers: tuple[FactChecker, ...] = ()
    verified_by: str = ""
    verified_on: date | None = None
    note: str = ""


class Centers:
    """All centers of a release, by region."""

    def __init__(self, centers: Iterable[Center], places: Places) -> None:
        """Sort them by region."""
        self.by_region: dict[str, Center] = {center.region: center for center in centers}
        self._places = places
        known = [region for region in self.by_region if region in places.by_code]
        self._countries_with_parts = frozenset(code for region in known for code in places.chain(region)[1:])

    def _may_answer(self, code: str, asked: str) -> bool:
        return code in self.by_region and (code != UNION or asked == UNION)

    def differ_within(self, country: str) -> bool:
        """Whether any part of the country has a center of its own."""
        return country in self._countries_with_parts

    def answering(self, region: str) -> Center | None:
        """The center of the region or of the nearest region above it; the union's only for itself; None where there is none."""
        return next((self.by_region[code] for code in self._places.chain(region) if self._may_answer(code, region)), None)
