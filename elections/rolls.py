"""Official rolls: who stands in a contest, as its authority published it, for the parity of lists; not what lists say of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Contestant:
    """A candidate, party, list or answer on the ballot; `names` by language, as the roll writes them."""

    id: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody who stands in the contest, which is held in `region`; `source` is the authority's publication."""

    contest: str
    region: str
    contestants: tuple[Contestant, ...]
    source: str
    verified_on: date | None = None
