"""What is being served: a release with everything worked out from it, and the stops, as one immutable value swapped whole."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from elections.calendar import Calendar
from elections.centers import Centers
from elections.places import Places
from keywords.index import build_steps
from keywords.places import PlaceName, PlaceNames
from keywords.postings import Index
from keywords.slices import emptied
from notices.askers import Askers
from notices.campaign import Campaign
from notices.decision import Request
from notices.errors import NotReady, UntrustedRelease
from notices.notice import Notice
from notices.place_names import names_in_steps
from notices.prepared import Prepared
from notices.release import Release
from notices.schedule import Schedule
from notices.signing import Signature, SignedRelease
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
    place_names: PlaceNames
    targets: Targets
    schedule: Schedule = field(repr=False, compare=False)
    notices: Mapping[str, Notice]
    campaigns: Mapping[str, Campaign]
    wording_languages: Mapping[str, frozenset[str]]
    stops: Stops
    askers: Askers = field(repr=False, compare=False)
    prepared: Prepared = field(init=False, repr=False, compare=False, default_factory=Prepared)

    def with_stops(self, stops: Stops) -> "Live":
        """The same release under other stops."""
        return self if stops == self.stops else replace(self, stops=stops)


def compile_release(signed: SignedRelease, stops: Stops | None = None) -> Live:
    """Work out everything that requests need, at once; raises the studies' errors when the release contradicts itself."""
    *_, made = compile_steps(signed, stops)
    if made is None:  # pragma: no cover  the last step gives it
        raise NotReady("The release was not compiled.")
    return made


def compile_steps(signed: SignedRelease, stops: Stops | None = None) -> Iterator[Live | None]:
    """The same in steps of well under a millisecond, so that a server can go on answering: None after each, at last what is served."""
    release = signed.release
    places = yield from Places.in_steps(release.regions)
    centers = Centers(release.centers, places)
    yield None
    calendar = yield from Calendar.in_steps(release.elections, places, release.silence, release.season_days, release.polling_hours)
    names: tuple[PlaceName, ...] | None = ()
    for names in names_in_steps(places):  # noqa: B007  the last ones are all
        yield None
    named = None
    for named in PlaceNames.in_steps(names or ()):  # noqa: B007  the last one is the table
        yield None
    index = None
    for index in build_steps(release.lists, (name.name for name in names or ()), release.real_words):  # noqa: B007  the last one is the index
        yield None
    used_up, names = list(names or ()), None
    yield from emptied(used_up)  # at the end of this function they would all be freed at once
    if index is None or named is None:  # pragma: no cover  the last step gives it
        raise NotReady("The index was not built.")
    notices = MappingProxyType({notice.id: notice for notice in release.notices})
    targets = Targets.of(release.campaigns)
    yield Live(
        release=release,
        digest=signed.digest,
        signatures=signed.signatures,
        places=places,
        centers=centers,
        calendar=calendar,
        index=index,
        place_names=named,
        targets=targets,
        schedule=Schedule(targets, notices, calendar, places),
        notices=notices,
        campaigns=MappingProxyType({campaign.id: campaign for campaign in release.campaigns}),
        wording_languages=MappingProxyType({notice.id: frozenset(notice.wordings) for notice in release.notices}),
        stops=stops or Stops(),
        askers=Askers(places),
    )


def place_names(places: Places) -> tuple[str, ...]:
    """What places are called, at once: the words that a hashtag may hold beside a term, as in `#bayernwahl`."""
    *_, names = names_in_steps(places)
    return tuple(dict.fromkeys(name.name for name in names or ()))


class Serving:
    """The one reference every request reads once; the side door offers it new releases."""

    def __init__(self) -> None:
        """Nothing is served yet."""
        self._live: Live | None = None
        self._listener: Callable[[Request], None] | None = None

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

    def was_asked(self, asked: Request) -> None:
        """To be told of every single request that was answered."""
        if self._listener is not None:
            self._listener(asked)

    @contextmanager
    def overheard_by(self, listener: Callable[[Request], None]) -> Iterator[None]:
        """Let one listener hear what is asked, which is people's own words: never to be kept."""
        self._listener = listener
        try:
            yield
        finally:
            self._listener = None
