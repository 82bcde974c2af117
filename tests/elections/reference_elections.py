"""Real elections and the places they are held in, for the tests of this room; the shapes tests vary are made here, not what they expect."""

from datetime import UTC, date, datetime, time, timedelta

from elections.election import Channel, Confidence, Election, ElectionKind, Milestone, MilestoneKind, Round, Status
from elections.places import Places, Region, RegionKind

SECOND = timedelta(seconds=1)


def region(code: str, parent: str | None, *zones: str, kind: RegionKind = RegionKind.COUNTRY) -> Region:
    """A region without anything that dates do not need."""
    return Region(code, kind, code, parent, zones=zones)


PLACES = Places.of(
    [
        region("001", None, kind=RegionKind.WORLD),
        region("EU", "001", "Europe/Berlin", "Asia/Nicosia", "Atlantic/Azores", kind=RegionKind.UNION),
        region("BR", "001", "America/Sao_Paulo", "America/Manaus", "America/Noronha", "America/Rio_Branco"),
        region("BR-AC", "BR", "America/Rio_Branco", kind=RegionKind.SUBDIVISION),
        region("BR-SP", "BR", "America/Sao_Paulo", kind=RegionKind.SUBDIVISION),
        region("CL", "001", "America/Santiago", "Pacific/Easter"),
        region("CU", "001", "America/Havana"),
        region("DE", "EU", "Europe/Berlin"),
        region("DE-BY", "DE", "Europe/Berlin", kind=RegionKind.SUBDIVISION),
        region("FR", "EU", "Europe/Paris"),
        region("RE", "FR", "Indian/Reunion", kind=RegionKind.TERRITORY),
        region("PF", "FR", "Pacific/Tahiti", kind=RegionKind.TERRITORY),
        region("IN", "001", "Asia/Kolkata"),
        region("KI", "001", "Pacific/Tarawa", "Pacific/Kiritimati"),
        region("NL", "EU", "Europe/Amsterdam"),
        region("NZ", "001", "Pacific/Auckland", "Pacific/Chatham"),
        region("RO", "EU", "Europe/Bucharest"),
        region("TH", "001", "Asia/Bangkok"),
        region("US", "001", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Adak", "Pacific/Honolulu"),
        region("US-AS", "US", "Pacific/Pago_Pago", kind=RegionKind.SUBDIVISION),
        region("US-GU", "US", "Pacific/Guam", kind=RegionKind.SUBDIVISION),
        region("US-HI", "US", "Pacific/Honolulu", kind=RegionKind.SUBDIVISION),
        region("US-NY", "US", "America/New_York", kind=RegionKind.SUBDIVISION),
        region("US-TX", "US", "America/Chicago", "America/Denver", kind=RegionKind.SUBDIVISION),
        region("WS", "001", "Pacific/Apia"),
    ]
)


def at(text: str) -> datetime:
    """An instant written with its offset, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def milestone(
    kind: MilestoneKind, on: str | None, clock: str | None = None, *regions: str, channel: Channel = Channel.ANY, words: str = ""
) -> Milestone:
    """A milestone from texts."""
    day = date.fromisoformat(on) if on else None
    return Milestone(kind, day, time.fromisoformat(clock) if clock else None, words, channel, regions)


def polling(first: str, last: str | None = None, *milestones: Milestone, number: int = 1, status: Status = Status.SCHEDULED) -> Round:
    """A round from texts."""
    return Round(number, date.fromisoformat(first), date.fromisoformat(last or first), status=status, milestones=milestones)


def election(
    regions: str,
    *rounds: Round,
    kind: ElectionKind = ElectionKind.PARLIAMENTARY,
    status: Status = Status.SCHEDULED,
    excluded: tuple[str, ...] = (),
) -> Election:
    """An election held in regions separated by blanks."""
    held = tuple(regions.split())
    return Election(
        id=f"{held[0]}-{rounds[0].first_day}-{kind}".lower(),
        regions=held,
        kind=kind,
        names={"en": f"Election in {regions}"},
        status=status,
        rounds=rounds,
        confidence=Confidence.HIGH,
        source="test",
        excluded=excluded,
    )


NEW_ZEALAND_2026 = election("NZ", polling("2026-11-07"))
UNITED_STATES_2026 = election("US", polling("2026-11-03"), kind=ElectionKind.LEGISLATIVE)
GERMANY_2025 = election("DE", polling("2025-02-23"))
INDIA_2024 = election("IN", polling("2024-04-19", "2024-06-01"))
THAILAND_2026 = election("TH", polling("2026-02-08"))
SAMOA_2025 = election("WS", polling("2025-08-29"))
BRAZIL_2026 = election("BR", polling("2026-10-04"), polling("2026-10-25", number=2), kind=ElectionKind.PRESIDENTIAL)
FRANCE_2024 = election("FR", polling("2024-06-30"), polling("2024-07-07", number=2), kind=ElectionKind.LEGISLATIVE)
EUROPE_2024 = election(
    "EU",
    polling(
        "2024-06-06",
        "2024-06-09",
        milestone(MilestoneKind.POLLS_OPEN, "2024-06-06", None, "NL"),
        milestone(MilestoneKind.POLLS_CLOSE, "2024-06-06", "21:00", "NL"),
        milestone(MilestoneKind.POLLS_OPEN, "2024-06-09", None, "DE"),
        milestone(MilestoneKind.POLLS_CLOSE, "2024-06-09", "18:00", "DE"),
    ),
    kind=ElectionKind.EUROPEAN,
)
