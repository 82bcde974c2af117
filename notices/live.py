"""What is being served: a release with everything worked out from it, and the stops, as one immutable value swapped whole."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from elections.calendar import Calendar
from elections.centers import Centers
from elections.places import Places
from keywords.index import build_steps
from keywords.postings import Index
from notices.campaign import Campaign
from notices.errors import NotReady, UntrustedRelease
from notices.languages import locale
from notices.notice import Notice
from notices.prepared import Prepared
from notices.release import Release, Signature, SignedRelease
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
    """Work out everything that requests need, at once; raises the studies' errors when the release contradicts itself."""
    *_, made = compile_steps(signed, stops)
    if made is None:  # pragma: no cover  the last step gives it
        raise NotReady("The release was not compiled.")
    return made


def compile_steps(signed: SignedRelease, stops: Stops | None = None) -> Iterator[Live | None]:
    """The same in steps of well under a millisecond, so that a server can go on answering: None after each, at last what is served."""
    release = signed.release
    places = Places.of(release.regions)
    yield None
    centers = Centers(release.centers, places)
    yield None
    calendar = yield from Calendar.in_steps(release.elections, places, release.silence, release.season_days)
    names = yield from _place_names(places)
    index = None
    for index in build_steps(release.lists, names, release.real_words):
        yield None
    if index is None:  # pragma: no cover  the last step gives it
        raise NotReady("The index was not built.")
    yield Live(
        release=release,
        digest=signed.digest,
        signatures=signed.signatures,
        places=places,
        centers=centers,
        calendar=calendar,
        index=index,
        targets=Targets.of(release.campaigns),
        notices=MappingProxyType({notice.id: notice for notice in release.notices}),
        campaigns=MappingProxyType({campaign.id: campaign for campaign in release.campaigns}),
        wording_languages=MappingProxyType({notice.id: frozenset(notice.wordings) for notice in release.notices}),
        stops=stops or Stops(),
    )


def place_names(places: Places) -> tuple[str, ...]:
    """Names of countries in every official language and of their parts, for hashtags such as `#bayernwahl`."""
    steps = _place_names(places)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def _place_names(places: Places) -> Generator[None, None, tuple[str, ...]]:
    languages = {language for region in places for language in region.languages}
    countries = {region.code for region in places if region.parent in {None, "001", "EU"}}
    names = dict.fromkeys(region.name for region in places)
    yield
    for tag in sorted(languages):
        names.update((str(name), None) for code, name in locale(tag).territories.items() if code in countries)
        yield
    return tuple(names)


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
