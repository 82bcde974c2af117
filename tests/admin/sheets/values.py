"""Any value of the five kinds, with the nastiest texts that its type can hold, for Hypothesis."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from admin.sheets.findings import SheetFormat, SheetKind
from elections.centers import Authority, Center, FactChecker, Network, Slot
from elections.election import (
    Channel,
    Confidence,
    Election,
    ElectionKind,
    Milestone,
    MilestoneKind,
    Phase,
    PhaseOverride,
    Round,
    Status,
)
from keywords.lists import KeywordList, Layer, Layers, MatchKind, Term
from notices.campaign import Campaign, DailyHours, Frequency, Priority, Signal, Surface, Topic, Weekday, Window
from notices.notice import Image, Notice, NoticeKind, Wording, Words

OURS = (SheetFormat.CSV, SheetFormat.TSV, SheetFormat.XLSX, SheetFormat.JSON, SheetFormat.YAML)

NASTY = st.sampled_from(
    [
        "", " ", "  vote ", "=1+1", "+49", "-5", "@context", "\t=1", "\r", "\n", "'", "'=1", "''@x", "＝1", "＋1", "－1",
        "＠x", "a;b", ";", "\\", "\\;", "\\e", "a\\", '"', '""', 'say "vote", now', "a\r\nb", "a\nb", "a\tb", "a|b",
        "#N/A", "#REF!", "_x000B_", "_x005F_", "\x0b", "\x01", "\x1f", "\x85", "\u2028", "\ufeff", "\uffff", "🗳️",
        "👩🏽‍⚖️", "انتخابات", "\u202eבחירות\u202c", "投票", "मतदान", "null", "~", "true", "no", "2026-11-03", "18:00",
        "1e5", "0x1f", "- a", "a: b", "a #b", "*x", "&x", "!x", "%x", "[a]", "{a}", "<<", "=", "=HYPERLINK(1)", "a;=1",
        "\u3000x", "\\e\\e",
    ]
)  # fmt: skip
PLAIN = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXT = NASTY | st.text(PLAIN, max_size=12) | st.lists(NASTY, max_size=3).map("".join)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ANY_DAY = st.none() | st.dates()
WHOLE = st.integers(-(10**9), 10**9)


def some(of, most=3):
    return st.lists(of, max_size=most).map(tuple)


TERM = st.builds(
    Term,
    text=TEXT,
    forms=TEXTS,
    match=st.sampled_from(MatchKind),
    typos=st.sampled_from(Layers),
    evasion=st.sampled_from(Layers),
    without=some(st.sampled_from(Layer)),
    near=TEXTS,
    unless=TEXTS,
    season_only=st.booleans(),
    slot=st.none() | TEXT,
    contest=st.none() | TEXT,
    contestant=st.none() | TEXT,
    source=TEXT,
    confidence=TEXT,
    verified_on=ANY_DAY,
    note=TEXT,
)
LIST = st.builds(
    KeywordList,
    region=TEXT,
    language=TEXT,
    topic=TEXT,
    terms=some(TERM),
    slot=st.none() | TEXT,
    context=TEXTS,
    unless=TEXTS,
    blocked=TEXTS,
    must_match=TEXTS,
    must_not_match=TEXTS,
    owner=TEXT,
    reviewed_by=TEXT,
)
WORDING = st.builds(
    Wording,
    title=TEXT,
    body=TEXT,
    label=TEXT,
    reviewed=st.booleans(),
    phases=st.dictionaries(st.sampled_from(Phase), st.builds(Words, TEXT, TEXT, TEXT), max_size=2),
)
NOTICE = st.builds(
    Notice,
    id=TEXT,
    kind=st.sampled_from(NoticeKind),
    wordings=st.dictionaries(TEXT, WORDING, max_size=3),
    action=TEXT,
    dismissible=st.booleans(),
    image=st.none() | st.builds(Image, url=TEXT, alt=st.dictionaries(TEXT, TEXT, max_size=2)),
    revision=WHOLE,
    note=TEXT,
    region=TEXT,
)
HOURS = st.builds(DailyHours, starts=st.times(), ends=st.times(), weekdays=some(st.sampled_from(Weekday)))
WINDOW = st.builds(
    Window,
    starts=st.none() | st.datetimes(),
    ends=st.none() | st.datetimes(),
    zone=TEXT,
    from_phase=st.none() | st.sampled_from(Phase),
    to_phase=st.none() | st.sampled_from(Phase),
    name=TEXT,
    from_days=WHOLE,
    from_hours=WHOLE,
    to_days=WHOLE,
    to_hours=WHOLE,
    only=some(HOURS, 2),
    blackouts=some(HOURS, 2),
)
CAMPAIGN = st.builds(
    Campaign,
    id=TEXT,
    notice=TEXT,
    regions=TEXTS,
    surfaces=some(st.sampled_from(Surface)),
    topics=some(st.sampled_from(Topic)),
    signals=some(st.sampled_from(Signal)),
    always=st.booleans(),
    excluded=TEXTS,
    windows=some(WINDOW, 2),
    priority=st.sampled_from(Priority),
    frequency=st.none() | st.builds(Frequency, WHOLE, WHOLE),
    election=st.none() | TEXT,
    owner=TEXT,
    review_on=ANY_DAY,
    note=TEXT,
    revision=WHOLE,
)
MILESTONE = st.builds(
    Milestone,
    kind=st.sampled_from(MilestoneKind),
    on=st.none() | DAY,
    at=st.none() | st.times(),
    words=TEXT,
    channel=st.sampled_from(Channel),
    regions=TEXTS,
    source=TEXT,
    confidence=st.sampled_from(Confidence),
    verified_on=ANY_DAY,
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=3))])
INSTANT = st.datetimes(datetime(1901, 1, 1), datetime(2190, 1, 1), timezones=ZONES)  # noqa: DTZ001 -- Hypothesis adds the zone


@st.composite
def rounds(draw):
    days = sorted(draw(st.lists(DAY, min_size=2, max_size=6)))
    return tuple(
        Round(
            number=draw(WHOLE),
            first_day=first,
            last_day=last,
            conditional=draw(st.booleans()),
            status=draw(st.sampled_from(Status)),
            confidence=draw(st.sampled_from(Confidence)),
            source=draw(TEXT),
            name=draw(TEXT),
            milestones=draw(some(MILESTONE, 2)),
            verified_on=draw(ANY_DAY),
            moved_from=draw(some(st.dates(), 2)),
        )
        for first, last in zip(days[::2], days[1::2], strict=False)
    )


@st.composite
def overrides(draw):
    starts_at = draw(INSTANT)
    ends_at = starts_at + draw(st.timedeltas(timedelta(microseconds=1), timedelta(days=300)))
    reason = draw(TEXT.filter(str.strip))
    return PhaseOverride(draw(st.sampled_from(Phase)), starts_at, ends_at, reason, draw(TEXTS))


ELECTION = st.builds(
    Election,
    id=TEXT,
    regions=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    kind=st.sampled_from(ElectionKind),
    names=st.dictionaries(st.just("en") | TEXT, TEXT, max_size=3),
    status=st.sampled_from(Status),
    rounds=rounds(),
    confidence=st.sampled_from(Confidence),
    source=TEXT,
    reason=TEXT,
    replaced_by=st.none() | TEXT,
    verified_on=ANY_DAY,
    excluded=TEXTS,
    overrides=some(overrides(), 2),
)
CENTER = st.builds(
    Center,
    region=TEXT,
    authorities=some(
        st.builds(
            Authority,
            names=st.dictionaries(st.just("en") | TEXT, TEXT, max_size=2),
            url=TEXT,
            languages=TEXTS,
            confidence=st.sampled_from(Confidence),
        )
    ),
    links=st.dictionaries(st.sampled_from(Slot), st.dictionaries(st.just("*") | TEXT, TEXT, max_size=2), max_size=3),
    fact_checkers=some(
        st.builds(
            FactChecker,
            name=TEXT,
            url=TEXT,
            networks=some(st.sampled_from(Network)),
            confidence=st.sampled_from(Confidence),
            verified_until=ANY_DAY,
        )
    ),
    verified_by=TEXT,
    verified_on=ANY_DAY,
    note=TEXT,
)
OF_KIND = {
    SheetKind.LISTS: LIST,
    SheetKind.NOTICES: NOTICE,
    SheetKind.CAMPAIGNS: CAMPAIGN,
    SheetKind.ELECTIONS: ELECTION,
    SheetKind.CENTERS: CENTER,
}
