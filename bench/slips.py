"""Every way a clean search may arrive changed, by class and name, seeded; how each is made is in disguises, human and evasions."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from bench.disguises import DISGUISES
from bench.evasions import EVASIONS
from bench.human import SLIPS

DISGUISE, SLIP, EVASION = "disguise", "slip", "evasion"
GOALS = {DISGUISE: 0.99, SLIP: 0.92, EVASION: 0.65}
"""Share of searches that are caught when clean which must still be caught."""


class Changed(NamedTuple):
    """A search after one change."""

    family: str
    name: str
    text: str


def changes(text: str, language: str, seed: int = 0) -> Iterator[Changed]:
    """The text after each change that applies to it; the same text, language and seed give the same changes."""
    for name, disguise in DISGUISES.items():
        if (made := disguise(text, Random(f"{seed} {name} {text}"))) is not None:
            yield Changed(DISGUISE, name, made)
    for family, slips in ((SLIP, SLIPS), (EVASION, EVASIONS)):
        for name, slip in slips.items():
            made = slip(text, language, Random(f"{seed} {name} {text}"))
            if made is not None and made != text:
                yield Changed(family, name, made)
