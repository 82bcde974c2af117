"""What is being served: a release with everything worked out from it, and the stops, as one immutable value swapped whole."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from elections.calendar import Calendar
from elections.centers import Centers
from elections.places import Places
from keywords.index import build_index
from keywords.postings import Index
from notices.campaign import Campaign
from notices.documents import Document
from notices.errors import InvalidDocument, NotReady, UntrustedRelease
from notices.languages import locale
from notices.notice import Notice
from notices.prepared import Prepared
from notices.release import Release, Signature, SignedRelease, from_envelope
from notices.stops import Stops
from notices.targeting import Targets


@dataclass(frozen=True, slots=True)
class Live:
    """A compiled release and the stops in force; `decide` needs nothing else."""

    release: Release
    digest: str
    signatures: tuple[Signature, ...]
    places: Places
    centers: Centers
    calendar: Calendar
    index: Index
    targets: Targets
    notices: Mapping[str, Notice]
    campaigns: Mapping[str, Campaign]
    wording_languages: Mapping[str, frozenset[str]]
    stops: Stops
    prepared: Prepared = field(init=False, repr=False, compare=False, default_factory=Prepared)

    def with_stops(self, stops: Stops) -> "Live":
        """The same release under other stops."""
        return replace(self, stops=stops)


def compile_release(signed: SignedRelease, stops: Stops | None = None) -> Live:
    """Work out everything that requests need; raises the studies' errors when the release contradicts itself."""
    release = signed.release
    places = Places.of(release.regions)
    return Live(
        release=release,
        digest=signed.digest,
        signatures=signed.signatures,
        places=places,
        centers=Centers(release.centers, places),
        calendar=Calendar(release.elections, places, release.silence, release.season_days),
        index=build_index(release.lists, place_names(places), release.real_words),
        targets=Targets.of(release.campaigns),
        notices=MappingProxyType({notice.id: notice for notice in release.notices}),
        campaigns=MappingProxyType({campaign.id: campaign for campaign in release.campaigns}),
        wording_languages=MappingProxyType({notice.id: frozenset(notice.wordings) for notice in release.notices}),
        stops=stops or Stops(),
    )


def place_names(places: Places) -> tuple[str, ...]:
    """Names of countries in every official language and of their parts, for hashtags such as `#bayernwahl`."""
    languages = {language for region in places for language in region.languages}
    countries = {region.code for region in places if region.parent in {None, "001", "EU"}}
    translated = (str(name) for tag in sorted(languages) for code, name in locale(tag).territories.items() if code in countries)
    return tuple(dict.fromkeys((*(region.name for region in places), *translated)))


class Serving:
    """The one reference every request reads once; the side door offers it new releases."""

    def __init__(self) -> None:
        """Nothing is served yet."""
        self._live: Live | None = None

    @property
    def live(self) -> Live:
        """What is being served; raises NotReady before the first release."""
        if self._live is None:
            raise NotReady("No release is being served yet.")
        return self._live

    def offer(self, live: Live) -> None:
        """Serve this from now on; raises UntrustedRelease for an older release than the one served."""
        if self._live is not None and live.release.number < self._live.release.number:
            raise UntrustedRelease("This release is older than the one being served.")
        self._live = live


def read_envelope(path: Path) -> Document:
    """The release file's JSON; raises InvalidDocument."""
    try:
        envelope = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InvalidDocument("The release file cannot be read.") from error
    if not isinstance(envelope, dict):
        raise InvalidDocument("The release file does not hold an object.")
    return envelope


def load_release_file(path: Path, trusted: Collection[Ed25519PublicKey]) -> SignedRelease:
    """The last release that was verified, from our own disk, verified again."""
    return from_envelope(read_envelope(path), trusted)
