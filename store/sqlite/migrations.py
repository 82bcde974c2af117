"""The tables, as a list of steps that only ever grows; each is applied with its record in one transaction."""

import json
from collections.abc import Callable
from typing import Any, Final

from sqlite_utils import Database

from review.assembly import head_of, pieces_of
from review.pieces import Key, Kind, Piece
from store.sqlite.columns import COLUMNS, EXTRA, OWNERS, TABLES, TEXT
from store.sqlite.piece_rows import close, insert

APPLICATION_ID: Final = 0x5349474E
"""`SIGN` in the header of every Signpost database, so that a file of something else is never touched."""


def _releases(database: Database) -> None:
    database.table("releases").create(
        {"number": int, "digest": str, "previous": str, "made_at": str, "envelope": str},
        pk="number",
        not_null={"digest", "made_at", "envelope"},
    )
    database.table("releases").create_index(["digest"], unique=True)


_FIRST_KINDS: Final = (
    Kind.SETTINGS,
    Kind.REGION,
    Kind.CENTER,
    Kind.ELECTION,
    Kind.SILENCE,
    Kind.POLLING_HOURS,
    Kind.ROLL,
    Kind.LIST,
    Kind.TERM,
    Kind.NOTICE,
    Kind.WORDING,
    Kind.CAMPAIGN,
    Kind.WAIVER,
    Kind.WORDS,
)


def _pieces(database: Database) -> None:
    """Releases are kept as heads and the pieces they are made of; whole ones, as they were kept before, are taken apart."""
    for kind in _FIRST_KINDS:
        create_piece_table(database, kind)
    whole = [json.loads(envelope) for (envelope,) in database.execute("SELECT envelope FROM releases ORDER BY number").fetchall()]
    database.table("releases").drop()
    database.table("releases").create(
        {"number": int, "digest": str, "previous": str, "made_at": str, "head": str, "signatures": str},
        pk="number",
        not_null={"digest", "made_at", "head", "signatures"},
    )
    database.table("releases").create_index(["digest"], unique=True)
    before: dict[Key, str] = {}
    for envelope in whole:
        before = _take_apart(database, envelope, before)


def create_piece_table(database: Database, kind: Kind) -> None:
    """The table of one kind of piece: which releases hold a row, where it stands in them, and its fields."""
    own: dict[str, Any] = dict.fromkeys(OWNERS.get(kind, ()), str)
    own |= {name: str if form in {TEXT, "json"} else int for name, form in COLUMNS[kind].items()}
    table = database.table(TABLES[kind])
    table.create(
        {"row": int, "key": str, "first_release": int, "last_release": int, "position": int, "hash": str, **own, EXTRA: str},
        pk="row",
        not_null={"key", "first_release", "position", "hash"},
    )
    database.execute(f"CREATE UNIQUE INDEX {TABLES[kind]}_held ON {TABLES[kind]} (key) WHERE last_release IS NULL")
    table.create_index(["key", "first_release"], unique=True)
    table.create_index(["last_release", "position"])
    for name in OWNERS.get(kind, ())[:1]:
        table.create_index([name, "last_release"])


def _take_apart(database: Database, envelope: dict[str, Any], before: dict[Key, str]) -> dict[Key, str]:
    release = envelope["release"]
    number = int(release["number"])
    found: dict[Key, Piece] = {piece.key: piece for piece in pieces_of(release)}
    hashes = {key: piece.hash for key, piece in found.items()}
    moved = _moved(tuple(before), tuple(found))
    gone = [key for key in before if hashes.get(key) != before[key] or key.kind in moved]
    places = {key: place for key, place in close(database.conn, number, gone).items() if key.kind not in moved}
    insert(database.conn, number, [piece for key, piece in found.items() if before.get(key) != hashes[key] or key.kind in moved], places)
    row = (number, envelope["digest"], release.get("previous"), release["made_at"], json.dumps(head_of(release)))
    database.execute(
        "INSERT INTO releases (number, digest, previous, made_at, head, signatures) VALUES (?, ?, ?, ?, ?, ?)",
        (*row, json.dumps(envelope["signatures"])),
    )
    return hashes


def _moved(before: tuple[Key, ...], after: tuple[Key, ...]) -> frozenset[Kind]:
    """The kinds whose order is another one than what stays in its place and what is new behind it; all of these begin anew."""
    there = frozenset(after)
    stays = {kind: [key for key in before if key.kind is kind and key in there] for kind in _FIRST_KINDS}
    order = {kind: [key for key in after if key.kind is kind] for kind in _FIRST_KINDS}
    return frozenset(kind for kind in _FIRST_KINDS if order[kind][: len(stays[kind])] != stays[kind])


_CURATION: Final = (
    """CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, created_at TEXT NOT NULL, retired_at TEXT,
    password TEXT NOT NULL DEFAULT '', one_time TEXT NOT NULL DEFAULT '', one_time_confirmed INTEGER NOT NULL DEFAULT 0,
    last_step INTEGER NOT NULL DEFAULT 0, must_change INTEGER NOT NULL DEFAULT 0)""",
    "CREATE UNIQUE INDEX people_email ON people (lower(email)) WHERE email <> ''",
    """CREATE TABLE grants (person TEXT NOT NULL REFERENCES people (id), role TEXT NOT NULL, region TEXT NOT NULL, languages TEXT NOT NULL,
    PRIMARY KEY (person, role, region, languages))""",
    """CREATE TABLE recovery_codes (person TEXT NOT NULL REFERENCES people (id), hash TEXT NOT NULL, PRIMARY KEY (person, hash))""",
    """CREATE TABLE identities (issuer TEXT NOT NULL, subject TEXT NOT NULL, person TEXT NOT NULL REFERENCES people (id),
    PRIMARY KEY (issuer, subject))""",
    """CREATE TABLE sessions (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES people (id), way TEXT NOT NULL,
    device TEXT NOT NULL, created_at TEXT NOT NULL, seen_at TEXT NOT NULL, expires_at TEXT NOT NULL, ended_at TEXT)""",
    "CREATE INDEX sessions_person ON sessions (person)",
    """CREATE TABLE tokens (id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES people (id), name TEXT NOT NULL,
    hint TEXT NOT NULL, grants TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT, ended_at TEXT)""",
    "CREATE INDEX tokens_person ON tokens (person)",
    "CREATE TABLE failures (subject TEXT PRIMARY KEY, count INTEGER NOT NULL, at TEXT)",
    """CREATE TABLE changes (id TEXT PRIMARY KEY, title TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL, publishes TEXT NOT NULL,
    publish_at TEXT, state TEXT NOT NULL, revision INTEGER NOT NULL, content TEXT NOT NULL, opened_by TEXT NOT NULL, opened_at TEXT NOT NULL,
    changed_at TEXT NOT NULL, authors TEXT NOT NULL, submitted_by TEXT, submitted_at TEXT, release INTEGER REFERENCES releases (number))""",
    "CREATE INDEX changes_state ON changes (state, id)",
    """CREATE TABLE edits (row INTEGER PRIMARY KEY, change TEXT NOT NULL REFERENCES changes (id), revision INTEGER NOT NULL, kind TEXT NOT NULL,
    key TEXT NOT NULL, base TEXT, hash TEXT, body TEXT, author TEXT NOT NULL, at TEXT NOT NULL, until_revision INTEGER)""",
    "CREATE UNIQUE INDEX edits_held ON edits (change, kind, key) WHERE until_revision IS NULL",
    "CREATE INDEX edits_change ON edits (change, row)",
    "CREATE INDEX edits_key ON edits (kind, key)",
    """CREATE TABLE approvals (row INTEGER PRIMARY KEY, change TEXT NOT NULL REFERENCES changes (id), person TEXT NOT NULL,
    content TEXT NOT NULL, at TEXT NOT NULL)""",
    "CREATE INDEX approvals_change ON approvals (change)",
    """CREATE TABLE comments (number INTEGER PRIMARY KEY, change TEXT NOT NULL REFERENCES changes (id), person TEXT NOT NULL,
    at TEXT NOT NULL, text TEXT NOT NULL)""",
    "CREATE INDEX comments_change ON comments (change)",
    """CREATE TABLE audit (number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, way TEXT NOT NULL,
    action TEXT NOT NULL, subject TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)""",
    "CREATE INDEX audit_subject ON audit (subject)",
    """CREATE TABLE stops (id TEXT PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL, set_by TEXT NOT NULL,
    set_at TEXT NOT NULL, ends_at TEXT, lift_asked_by TEXT, lift_asked_at TEXT, lifted_by TEXT, lifted_at TEXT)""",
    """CREATE TABLE hooks (id TEXT PRIMARY KEY, url TEXT NOT NULL, secret TEXT NOT NULL, events TEXT NOT NULL, created_by TEXT NOT NULL,
    created_at TEXT NOT NULL, ended_at TEXT)""",
    """CREATE TABLE deliveries (number INTEGER PRIMARY KEY AUTOINCREMENT, hook TEXT NOT NULL REFERENCES hooks (id), event TEXT NOT NULL,
    body TEXT NOT NULL, created_at TEXT NOT NULL, next_at TEXT, attempts INTEGER NOT NULL, status INTEGER, delivered_at TEXT)""",
    "CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL",
    "CREATE INDEX deliveries_hook ON deliveries (hook, number)",
    "CREATE TABLE told (event TEXT NOT NULL, subject TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (event, subject))",
    """CREATE TABLE answers (actor TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (actor, key))""",
)


def _curation(database: Database) -> None:
    for statement in _CURATION:
        database.execute(statement)


STEPS: Final[tuple[Callable[[Database], None], ...]] = (_releases, _pieces, _curation)
"""Position + 1 is the schema version that a step leads to; never change or remove one."""
