"""What an Election Center page says, as a value; not how it looks (see templates) nor how it travels (see pages)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from elections.calendar import Calendar, PlaceState
from elections.centers import Authority, Centers, FactChecker, Network, Slot
from elections.election import Election, Phase, Status
from elections.phases import AFTER_DAYS, SEASON_DAYS
from elections.places import UNION, Places, Region
from elections.polling import Locality, hours_here
from notices.dates_view import ElectionSeen, election_seen
from notices.languages import negotiate, region_name
from notices.localise import spoken_phase
from notices.texts import Phrase

ANY_LANGUAGE = "*"
LISTED_AT_MOST = 6
VOID = {Status.POSTPONED: "now_postponed", Status.CANCELLED: "now_cancelled", Status.ANNULLED: "now_annulled"}
NETWORK_TEXT = {Network.IFCN: "network_ifcn", Network.EFCSN: "network_efcsn"}


@dataclass(frozen=True, slots=True)
class Named:
    """A region by code, with its name in the page's language."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address on another site; `language` is that of its page where it is known and not the visitor's."""

    url: str
    host: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class AuthoritySeen:
    """An authority: its name for this visitor, its other names, its site."""

    name: Phrase
    other_names: tuple[Phrase, ...]
    link: Link


@dataclass(frozen=True, slots=True)
class SlotSeen:
    """A voter's question, and the official link that answers it, or None."""

    slot: Slot
    link: Link | None


@dataclass(frozen=True, slots=True)
class CheckerSeen:
    """A fact-checker and the text keys of the networks that it is known to belong to."""

    name: str
    link: Link
    networks: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class CenterView:
    """Everything on the page that is not a fixed text; `answers` is the region whose center answers, None on the neutral page."""

    region: Named
    answers: Named | None
    official_languages: tuple[str, ...]
    authorities: tuple[AuthoritySeen, ...]
    phase: Phase | None
    now_key: str | None
    leading: str | None
    elections: tuple[ElectionSeen, ...]
    slots: tuple[SlotSeen, ...]
    fact_checkers: tuple[CheckerSeen, ...]
    verified_on: date | None
    verified_by: str
    changes_at: datetime | None

    @property
    def is_parents(self) -> bool:
        """Whether another region's center answers."""
        return self.answers is not None and self.answers.code != self.region.code

    @property
    def has_times(self) -> bool:
        """Whether a clock time is told, so that the page must say whose."""
        return any(day.has_time for election in self.elections for polling in election.rounds for day in polling.days)


def center_view(region: Region, language: str, now: datetime, places: Places, centers: Centers, calendar: Calendar) -> CenterView:
    """The page of a region in a language at an instant."""
    center = centers.answering(region.code)
    state = calendar.at(region.code, now)
    here = calendar.here(region.code)
    listed = listed_elections(calendar.of(region.code), here, now)
    return CenterView(
        region=named(region, language),
        answers=named(places.by_code[center.region], language) if center else None,
        official_languages=places.languages(region.code),
        authorities=tuple(_authority(authority, language) for authority in center.authorities) if center else (),
        phase=spoken_phase(state),
        now_key=now_key(state, listed, now),
        leading=state.leading.election.id if state.leading else None,
        elections=tuple(election_seen(election, here, language) for election in listed),
        slots=tuple(SlotSeen(slot, _link_for(center.links.get(slot, {}), language)) for slot in Slot) if center else (),
        fact_checkers=tuple(_checker(checker, now) for checker in fact_checkers(region, places, centers)),
        verified_on=center.verified_on if center else None,
        verified_by=center.verified_by if center else "",
        changes_at=state.next_change,
    )


def named(region: Region, language: str) -> Named:
    """A region with its name in a language."""
    return Named(region.code, region_name(region.code, region.name, language))


def listed_elections(elections: tuple[Election, ...], here: Locality, now: datetime) -> tuple[Election, ...]:
    """Those a visitor may need, soonest first: ahead or over for no more than 30 days; never an expected or a replaced one."""
    since = now.astimezone(UTC).date() - timedelta(days=AFTER_DAYS)
    dated = [
        (hours_here(election.rounds[-1], here, election.kind).last_day, election)
        for election in elections
        if election.status not in {Status.EXPECTED, Status.REPLACED}
    ]
    recent = sorted(((day, election) for day, election in dated if day >= since), key=lambda pair: (pair[0], pair[1].id))
    return tuple(election for _, election in recent[:LISTED_AT_MOST])


def fact_checkers(region: Region, places: Places, centers: Centers) -> tuple[FactChecker, ...]:
    """The region's own, else those of the nearest place above it that lists any: they work nationwide; the union's only for itself."""
    above = (centers.by_region[code] for code in places.chain(region.code) if code in centers.by_region)
    fitting = (center for center in above if center.region != UNION or region.code == UNION)
    return next((center.fact_checkers for center in fitting if center.fact_checkers), ())


def now_key(state: PlaceState, listed: tuple[Election, ...], now: datetime) -> str | None:
    """The text that says what to do now: the phase's; outside a season that of an election that was to be soon but will not, else of one ahead.

    None where polls have closed but those of the same contest are open elsewhere: nothing speaks of counting or results (DESIGN §7).
    """
    phase = spoken_phase(state)
    if phase is not Phase.NONE:
        return f"now_{phase}" if phase else None
    today = now.astimezone(UTC).date()
    until = today + timedelta(days=SEASON_DAYS)
    void = next((VOID[election.status] for election in listed if election.status in VOID and election.rounds[0].first_day <= until), None)
    is_ahead = any(election.status is Status.SCHEDULED and election.rounds[-1].last_day >= today for election in listed)
    return void or ("now_announced" if is_ahead else "now_none")


def center_languages(official: tuple[str, ...], spoken: tuple[str, ...]) -> tuple[str, ...]:
    """All languages a page can be read in, the region's own first."""
    first = [found for tag in official if (found := negotiate((tag,), spoken))]
    return tuple(dict.fromkeys((*first, *spoken)))


def _authority(authority: Authority, language: str) -> AuthoritySeen:
    preferred = negotiate((language,), authority.names.keys())
    own = next((tag for tag in authority.names if tag != "en"), "en")
    leading = preferred or own
    name = Phrase(authority.names[leading], leading)
    others = {words: Phrase(words, tag) for tag, words in authority.names.items() if words != name.words}
    return AuthoritySeen(name, tuple(others.values()), Link(authority.url, host(authority.url)))


def _link_for(links: Mapping[str, str], language: str) -> Link | None:
    tags = [tag for tag in links if tag != ANY_LANGUAGE]
    preferred = negotiate((language,), tags) if tags else None
    if preferred:
        return Link(links[preferred], host(links[preferred]))
    if ANY_LANGUAGE in links:
        return Link(links[ANY_LANGUAGE], host(links[ANY_LANGUAGE]))
    return Link(links[tags[0]], host(links[tags[0]]), tags[0]) if tags else None


def _checker(checker: FactChecker, now: datetime) -> CheckerSeen:
    lapsed = checker.verified_until is not None and checker.verified_until < now.astimezone(UTC).date()
    networks = () if lapsed else tuple(NETWORK_TEXT[network] for network in checker.networks)
    return CheckerSeen(checker.name, Link(checker.url, host(checker.url)), networks, checker.verified_until is not None and not lapsed)


def host(url: str) -> str:
    """The host that a link leads to, as people know it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
