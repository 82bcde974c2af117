"""A small release that compiles in milliseconds, for tests that try many campaigns and moments."""

from collections.abc import Iterable
from datetime import UTC, datetime

from elections.election import Election, Phase
from elections.hours import PollingHours
from elections.silence import SilenceRule
from keywords.lists import KeywordList, Term
from notices.campaign import Campaign, Surface, Topic, Window
from notices.live import Live, compile_release
from notices.notice import Notice, NoticeKind, Wording, Words
from notices.release import Release
from notices.signing import SignedRelease, digest_of
from tests.elections.reference_elections import PLACES

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = {
    "en": Wording("How to vote", "Find out how to vote.", "Open", phases={Phase.COUNTING: Words("Counting", "Votes are counted.", "Open")})
}
NOTICES = tuple(Notice(f"{kind.value}-{number}", kind, WORDS) for kind in NoticeKind for number in (1, 2))
LISTS = (
    KeywordList(
        "001",
        "en",
        "voting",
        (
            Term("where do i vote"),
            Term("ballot", season_only=True),
            Term("plebiscite", near=("@familiar", "senate")),
            Term("choice", near=("@place", "senate")),
        ),
    ),
    KeywordList("001", "en", "results", (Term("election results"),)),
    KeywordList("001", "en", "misinformation", (Term("election fraud"),)),
)


def campaign(name: str, notice: str, *windows: Window, **fields: object) -> Campaign:
    """A campaign for voting everywhere on the search surface, unless said otherwise."""
    told = {"regions": ("001",), "surfaces": (Surface.SEARCH,), "topics": (Topic.VOTING,), **fields}
    return Campaign(name, notice, windows=windows, **told)  # type: ignore[arg-type]


def live_with(
    campaigns: Iterable[Campaign],
    elections: Iterable[Election] = (),
    silence: Iterable[SilenceRule] = (),
    hours: Iterable[PollingHours] = (),
) -> Live:
    """What is served with these."""
    release = Release(
        number=1,
        made_at=MADE_AT,
        previous=None,
        starter=True,
        season_days=90,
        link_hosts=(),
        regions=tuple(PLACES),
        centers=(),
        elections=tuple(elections),
        silence=tuple(silence),
        lists=LISTS,
        notices=NOTICES,
        campaigns=tuple(campaigns),
        polling_hours=tuple(hours),
    )
    return compile_release(SignedRelease(release, digest_of(release), ()))
