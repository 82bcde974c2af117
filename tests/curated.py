"""A store with a small published release, people who curate it, a desk and a press: what the tests of curation stand on."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from admin.curation.acting import Act, Desk, acting, looking
from admin.curation.editing import open_change, put
from admin.curation.publishing import Press
from admin.curation.reviewing import approve, submit
from admin.curation.standing import held, tag_of
from admin.publishing import publish_starter
from admin.settings import Settings
from admin.workbench import Workbench
from elections.centers import Authority, Center, Slot
from elections.election import Confidence, Election, ElectionKind, Round, Status
from elections.places import Region, RegionKind
from keywords.lists import KeywordList, Term
from notices.campaign import Campaign, Surface, Topic
from notices.documents import Document
from notices.notice import Notice, NoticeKind, Wording
from notices.release import Release
from notices.signing import TrustedKey
from review.change import About, Change
from review.people import Actor, Grant, Person, Role
from review.pieces import Key, Kind, term_id
from store.sqlite import SqliteStore

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
"""A Tuesday; the American election of the small release is two weeks away, its freeze begins on the 27th."""
FROZEN = datetime(2026, 10, 27, 12, tzinfo=UTC)
SIGNING_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TRUSTED = (TrustedKey(SIGNING_KEY.public_key()),)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        """Let some time go by."""
        self.now += by


def actor(person: str, role: Role, region: str = "001", *languages: str) -> Actor:
    """Somebody with one grant."""
    return Actor(person, (Grant(role, region, languages),))


ADA = actor("ada", Role.ADMIN)
CARLA = actor("carla", Role.CURATOR)
RUTH = actor("ruth", Role.REVIEWER)
RAVI = actor("ravi", Role.REVIEWER)
DORA = actor("dora", Role.CURATOR, "DE", "de")
DIRK = actor("dirk", Role.REVIEWER, "DE")
FLEUR = actor("fleur", Role.CURATOR, "FR")
VERA = actor("vera", Role.VIEWER)
EVERYBODY = (ADA, CARLA, RUTH, RAVI, DORA, DIRK, FLEUR, VERA)
"""The world's admin, curator and reviewers; Germany's curator, for German only, and reviewer; France's curator; somebody who only looks."""

REGIONS = (
    Region("001", RegionKind.WORLD, "World", None, zones=("UTC",)),
    Region("EU", RegionKind.UNION, "European Union", "001", zones=("Europe/Brussels",)),
    Region("DE", RegionKind.COUNTRY, "Germany", "EU", ("de",), ("Europe/Berlin",)),
    Region("DE-BY", RegionKind.SUBDIVISION, "Bavaria", "DE", ("de",), ("Europe/Berlin",)),
    Region("FR", RegionKind.COUNTRY, "France", "EU", ("fr",), ("Europe/Paris",)),
    Region("HK", RegionKind.TERRITORY, "Hong Kong", "001", ("zh-Hant-HK", "en"), ("Asia/Hong_Kong",), aliases=("CN-HK",)),
    Region("IL", RegionKind.COUNTRY, "Israel", "001", ("he",), ("Asia/Jerusalem",)),
    Region("TH", RegionKind.COUNTRY, "Thailand", "001", ("th",), ("Asia/Bangkok",)),
    Region("US", RegionKind.COUNTRY, "United States", "001", ("en", "es"), ("America/New_York", "Pacific/Honolulu")),
    Region("US-TX", RegionKind.SUBDIVISION, "Texas", "US", ("en", "es"), ("America/Chicago",)),
)
"""No place here but the United States has an election near NOW."""

WORDINGS = {
    "de": Wording("So wählen Sie", "Wann, wo und wie Sie wählen.", "Öffnen", reviewed=True),
    "en": Wording("How to vote", "When, where and how to vote.", "Open", reviewed=True),
    "he": Wording("איך להצביע", "מתי, איפה ואיך להצביע.", "פתיחה"),
    "th": Wording("วิธีลงคะแนน", "ลงคะแนนเมื่อไร ที่ไหน อย่างไร", "เปิด"),
}


def election(known_as: str, region: str, day: date, **fields: object) -> Election:
    """A scheduled election of one day."""
    told = {"status": Status.SCHEDULED, **fields}
    names = {"en": f"Election {known_as}"}
    rounds = (Round(1, day, day),)
    source = "https://elections.example/"
    return Election(known_as, (region,), ElectionKind.LEGISLATIVE, names, rounds=rounds, confidence=Confidence.HIGH, source=source, **told)  # type: ignore[arg-type]


def small_release(made_at: datetime = NOW - timedelta(days=1)) -> Release:
    """A release that passes its checks, and is checked and published in milliseconds."""
    return Release(
        number=1,
        made_at=made_at,
        previous=None,
        starter=True,
        season_days=90,
        link_hosts=("elections.example",),
        regions=REGIONS,
        centers=(
            Center(
                "DE",
                (Authority({"en": "Bundeswahlleiterin"}, "https://elections.example/de", ("de",), Confidence.HIGH),),
                {Slot.ELECTIONS: {"*": "https://elections.example/de"}},
            ),
        ),
        elections=(
            election("us-2026-11-03-legislative", "US", date(2026, 11, 3)),
            election("de-2029-03-25-legislative", "DE", date(2029, 3, 25)),
        ),
        silence=(),
        lists=(
            KeywordList("001", "en", "voting", (Term("where do i vote"), Term("how to vote")), must_match=("where do i vote today",)),
            KeywordList("DE", "de", "voting", (Term("wo wähle ich"), Term("briefwahl beantragen")), must_match=("wo wähle ich heute",)),
            KeywordList("FR", "fr", "voting", (Term("où voter aujourd'hui"),)),
            KeywordList("TH", "th", "voting", (Term("ไปเลือกตั้งที่ไหน"),)),
            KeywordList("IL", "he", "voting", (Term("איפה מצביעים"),)),
        ),
        notices=(
            Notice("how-to-vote", NoticeKind.ELECTION_CENTER, WORDINGS),
            Notice("de-notice", NoticeKind.MEDIA_LITERACY, {"de": WORDINGS["de"], "en": WORDINGS["en"]}, region="DE"),
        ),
        campaigns=(
            Campaign("voting", "how-to-vote", ("001",), (Surface.SEARCH,), (Topic.VOTING,), owner="carla", review_on=date(2027, 1, 1)),
            Campaign("de-voting", "de-notice", ("DE",), (Surface.SEARCH,), (Topic.VOTING,), owner="dora", review_on=date(2027, 1, 1)),
        ),
    )


@dataclass(frozen=True, slots=True)
class Curated:
    """A bench over a store in a folder of the test's own, and the clock that everything on it is done by."""

    bench: Workbench
    clock: Clock
    store: SqliteStore

    @property
    def settings(self) -> Settings:
        return self.bench.settings

    @property
    def desk(self) -> Desk:
        return self.bench.desk

    @property
    def press(self) -> Press:
        return self.bench.press

    def act(self, who: Actor, action: str = "test.acted", subject: str = ""):
        """One act of somebody: `with curated.act(DORA) as act:`."""
        return acting(self.desk, who, action, subject)

    def look(self, who: Actor = ADA):
        """The same for who only reads."""
        return looking(self.desk, who)

    def edited(self, who: Actor, edits: Iterable[tuple[Key, Document]], about: About | None = None) -> Change:
        """A new change of somebody with these documents put into it, a draft."""
        with self.act(who) as act:
            change = open_change(act, about or About("A change", "It is needed."))
            for key, body in edits:
                change, _ = put(act, change.id, key, body, tag(act, change, key))
        return change

    def submitted(self, who: Actor, edits: Iterable[tuple[Key, Document]], about: About | None = None) -> Change:
        """The same, in review."""
        change = self.edited(who, edits, about)
        with self.act(who) as act:
            return submit(act, change.id, change.tag)

    def approved(
        self, who: Actor, edits: Iterable[tuple[Key, Document]], by: Iterable[Actor] = (RUTH,), about: About | None = None
    ) -> Change:
        """The same, approved."""
        change = self.submitted(who, edits, about)
        for one in by:
            with self.act(one) as act:
                change = approve(act, change.id, change.tag)
        return change

    def change(self, known_as: str) -> Change:
        """A change as it is kept now."""
        with self.look() as act:
            found = act.unit.changes.get(known_as)
        assert found is not None
        return found


def tag(act: Act, change: Change, key: Key) -> str:
    """What If-Match must name a document by, as the change has it."""
    return tag_of(held(act, change, key))


def term(text: str, list_id: str = "DE/de/voting", **fields: object) -> tuple[Key, Document]:
    """A term for a list, under a key that its text gives it."""
    body: Document = {"text": text, **fields}
    return Key(Kind.TERM, f"{list_id}/{term_id(body)}"), body


def curated_store(folder: Path, clock: Clock | None = None, release: Release | None = None) -> Curated:
    """Everything ready: the small release published as the starter, everybody kept with their grants, a press with a key that is trusted."""
    for name, content in _small_files() if release is None else _files(release):
        (folder / name).write_bytes(content)
    return opened_store(folder, clock)


def opened_store(folder: Path, clock: Clock | None = None) -> Curated:
    """The same over a store that is in the folder already."""
    clock = clock or Clock()
    settings = Settings(database=folder / "signpost.db")
    (folder / "signing-key.pem").write_bytes(SIGNING_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    store = SqliteStore(settings.database)
    desk = Desk(store, clock)
    return Curated(Workbench(settings, desk, Press(desk, lambda: (SIGNING_KEY,), settings.release_file, lambda: TRUSTED)), clock, store)


@lru_cache(maxsize=1)
def _small_files() -> tuple[tuple[str, bytes], ...]:
    return _files(small_release())


def _files(release: Release) -> tuple[tuple[str, bytes], ...]:
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(database=Path(name) / "signpost.db")
        store = SqliteStore(settings.database)
        publish_starter(release, (SIGNING_KEY,), store, settings.release_file, release.made_at)
        with store.writing() as unit:
            for one in EVERYBODY:
                unit.people.add(Person(one.person, one.person.title(), f"{one.person}@signpost.example", one.grants, release.made_at))
        store.close()
        return tuple((file.name, file.read_bytes()) for file in (settings.database, settings.release_file))
