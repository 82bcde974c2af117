"""Peers in databases: SQLite's FTS5 with the trigram tokenizer, and PostgreSQL's pg_trgm with a GIN index in a server of our own."""

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import psycopg

from bench.folding import words
from bench.peers.exact import folded


class Fts5:
    """SQLite FTS5: any trigram of the search, best by rank, accepted when it shares enough trigrams."""

    name = "SQLite FTS5 trigram"
    is_slow = True

    def __init__(self, spellings: Iterable[str], cutoff: float = 0.5) -> None:
        self.cutoff = cutoff
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("CREATE VIRTUAL TABLE terms USING fts5(term, spelling UNINDEXED, tokenize='trigram')")
        self.connection.executemany("INSERT INTO terms VALUES (?, ?)", ((folded(spelling), spelling) for spelling in spellings))

    def set_cutoff(self, cutoff: float) -> None:
        self.cutoff = cutoff

    def find(self, text: str) -> list[str]:
        asked = " ".join(words(text))
        wanted = _trigrams(asked)
        if not wanted:
            return []
        phrase = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(wanted))
        rows = self.connection.execute("SELECT term, spelling FROM terms WHERE terms MATCH ? ORDER BY rank LIMIT 3", (phrase,))
        return [spelling for term, spelling in rows if self._is_close(_trigrams(term), wanted)][:1]

    def _is_close(self, grams: set[str], wanted: set[str]) -> bool:
        return len(grams & wanted) >= self.cutoff * len(grams | wanted)

    def close(self) -> None:
        self.connection.close()


def _trigrams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


class Missing(Exception):
    """A peer needs something that is not on this machine."""


class PgTrgm:
    """PostgreSQL pg_trgm: the most similar term above a threshold, through a GIN index, one prepared statement over a socket."""

    name = "PostgreSQL pg_trgm"
    is_slow = True

    def __init__(self, spellings: Iterable[str], cutoff: float = 0.5) -> None:
        self.server = Server()
        self.connection = psycopg.connect(host=str(self.server.folder), dbname="postgres", user="postgres", autocommit=True)
        with self.connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
            cursor.execute("CREATE TABLE terms (term text, spelling text)")
            with cursor.copy("COPY terms FROM STDIN") as copy:
                for spelling in spellings:
                    copy.write_row((folded(spelling), spelling))
            cursor.execute("CREATE INDEX ON terms USING gin (term gin_trgm_ops)")
            cursor.execute("ANALYZE terms")
        self.cursor = self.connection.cursor()
        self.set_cutoff(cutoff)

    def set_cutoff(self, cutoff: float) -> None:
        self.cursor.execute(f"SET pg_trgm.similarity_threshold = {cutoff:f}")

    def find(self, text: str) -> list[str]:
        asked = " ".join(words(text))
        query = "SELECT spelling FROM terms WHERE term %% %s ORDER BY similarity(term, %s) DESC LIMIT 1"
        row = self.cursor.execute(query, (asked, asked), prepare=True).fetchone()
        return [row[0]] if row else []

    def version(self) -> str:
        return str(self.cursor.execute("SHOW server_version").fetchone()[0])

    def close(self) -> None:
        self.connection.close()
        self.server.close()


class Server:
    """A PostgreSQL in a temporary folder, reached by its socket only; not as root, which it refuses."""

    def __init__(self) -> None:
        self.binaries = binaries()
        self.user = "nobody" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        data = self.folder / "data"
        self._run("initdb", "--pgdata", str(data), "--auth", "trust", "--username", "postgres", "--encoding", "UTF8", "--locale", "C.UTF-8")
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self._run("pg_ctl", "start", "--wait", "--pgdata", str(data), "--log", str(self.folder / "log"), "--options", options)

    def _run(self, command: str, *arguments: str) -> None:
        subprocess.run(
            [self.binaries / command, *arguments],
            check=True,
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            env={"LC_ALL": "C"},
        )

    def close(self) -> None:
        self._run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", str(self.folder / "data"))
        shutil.rmtree(self.folder, ignore_errors=True)


def binaries() -> Path:
    """Where the system's newest PostgreSQL with pg_trgm has its programs; raises Missing where there is none."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if Path(f"/usr/share/postgresql/{folder.parent.name}/extension/pg_trgm.control").exists():
            return folder
    raise Missing("PostgreSQL with its contrib module pg_trgm is not installed here")
