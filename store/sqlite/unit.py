"""One unit of work on a connection: every part of what a store keeps, as of one moment."""

import sqlite3

from store.protocol import Changes, Events, Journal, Once, People, Releases, Rows, StoredStops
from store.sqlite.changes import SqliteChanges
from store.sqlite.events import SqliteEvents
from store.sqlite.every_row import SqliteRows
from store.sqlite.journal import SqliteJournal
from store.sqlite.people import SqlitePeople
from store.sqlite.releases import SqliteReleases
from store.sqlite.stops import SqliteOnce, SqliteStops


class SqliteUnit:
    """See protocol.Unit."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Works inside a transaction that somebody else begins and ends."""
        self.releases: Releases = SqliteReleases(connection)
        self.changes: Changes = SqliteChanges(connection)
        self.people: People = SqlitePeople(connection)
        self.journal: Journal = SqliteJournal(connection)
        self.events: Events = SqliteEvents(connection)
        self.stops: StoredStops = SqliteStops(connection)
        self.once: Once = SqliteOnce(connection)
        self.rows: Rows = SqliteRows(connection)
