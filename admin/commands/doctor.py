"""`signpost doctor`: whether this installation is well, one line a check; it mends nothing."""

import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from admin.commands.context import Context, relative
from admin.engine import is_compiled
from admin.errors import AdminError
from admin.stopping.file import read_stops
from notices.errors import NoticesError
from notices.live import compile_release
from notices.stops import is_in_force
from store.errors import StoreError

OLDEST_PYTHON = (3, 11)


@click.command()
@click.pass_obj
def doctor(context: Context) -> None:
    """Look at Python, settings, keys, database, release and port. Exit 1 when something is wrong."""
    wrong = 0
    for name, look in _checks(context):
        try:
            says, well = look(), True
        except (AdminError, NoticesError, StoreError, OSError) as error:
            says, well = str(error), False
        wrong += not well
        click.echo(f"{'ok   ' if well else 'WRONG'} {name}: {says}")
    if wrong:
        sys.exit(1)


def _checks(context: Context) -> Iterator[tuple[str, Callable[[], str]]]:
    settings = context.settings
    yield "python", lambda: _python(sys.version_info[:2])
    yield (
        "engine",
        lambda: "compiled" if is_compiled() else "as Python, which takes more time; `make` compiles it where it finds a C compiler",
    )
    yield "settings", lambda: f"{settings.mode.value} mode, {settings.url}"
    yield "packs", lambda: _folder(settings.packs)
    yield "keys", lambda: f"{len(context.trusted())} trusted"
    yield "database", lambda: _database(context)
    yield "release", lambda: _release(context)
    yield "stops", lambda: _stops(context)
    yield "port", lambda: _port(settings.host, settings.port)


def _python(version: tuple[int, int]) -> str:
    if version < OLDEST_PYTHON:
        raise AdminError("Python 3.11 or newer is needed.")
    return ".".join(map(str, version))


def _folder(path: Path) -> str:
    if not (path / "pack.yaml").exists():
        raise AdminError(f"{relative(path)} holds no packs.")
    return relative(path)


def _database(context: Context) -> str:
    path = context.settings.database
    if not path.exists():
        return f"{relative(path)} is not there yet; `signpost init` makes it"
    store = context.open_store(read_only=True)
    try:
        store.check()
        with store.reading() as unit:
            latest = unit.releases.latest()
        return f"{relative(path)} is sound and holds {latest.number if latest else 0} releases"
    finally:
        store.close()


def _release(context: Context) -> str:
    if not context.settings.database.exists() and not context.settings.release_file.exists():
        return "none yet; `signpost init` makes the starter"
    live = compile_release(context.current())
    draft = ", a draft starter" if live.release.starter else ""
    return f"number {live.release.number} verifies and compiles{draft}"


def _stops(context: Context) -> str:
    now = context.clock()
    found = [stop for stop in read_stops(context.settings.stops_file) if is_in_force(stop, now)]
    return ", ".join(f"{stop.kind} {stop.target}".rstrip() for stop in found) or "nothing is stopped"


def _port(host: str, port: int) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return f"{port} is in use: perhaps Signpost is running"
    return f"{port} is free"
