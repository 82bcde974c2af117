"""`signpost decide`: JSON lines in, one JSON line each out, identical to the HTTP body; writes nothing and keeps no text."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import Progress

from admin.commands.context import Context, operator
from admin.curation.previewing import draft_live
from admin.stopping.file import read_stops
from notices.answer import encode
from notices.api import INVALID, invalid_document, item_answer
from notices.consider import consider
from notices.decide import Season
from notices.explain import explain_document
from notices.live import Live, compile_release
from notices.requests import read_request
from notices.schemas import BATCH
from notices.stops import Stops
from web.body import parse_json
from web.errors import Invalid, Malformed

LONGEST_LINE = 128 * 1024


def _moment(_context: object, _parameter: object, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.BadParameter("must be an RFC 3339 time with offset, such as 2026-11-03T12:00:00-06:00.")
    return moment.astimezone(UTC)


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--at", callback=_moment, metavar="RFC3339", help="Decide as of this moment; by default now.")
@click.option("--assume-season", is_flag=True, help="Count every season_only term as in season; nothing else changes.")
@click.option("--release", "number", type=int, help="Decide by this release; by default the current one.")
@click.option(
    "--draft",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Decide by an unpublished folder of packs instead of a release.",
)
@click.option("--change", metavar="ID", help="Decide by the release that this change would make.")
@click.option("--explain", is_flag=True, help="Answer with the full trace, as /v1/explain does.")
@click.pass_obj
def decide(
    context: Context,
    *,
    file: BinaryIO,
    at: datetime | None,
    assume_season: bool,
    number: int | None,
    draft: Path | None,
    change: str | None,
    explain: bool,
) -> None:
    """Answer requests, one JSON object a line, from FILE or standard input.

    What is stopped now is so here too, but for a release or a draft that is asked for by name.
    """
    if sum(asked is not None for asked in (draft, number, change)) > 1:
        raise click.UsageError("--release, --draft and --change exclude each other.")
    now = at or context.clock()
    live = _live(context, now, number, draft, change)
    season = Season.ALWAYS if assume_season else Season.CALENDAR
    answer = _explained if explain else _answered
    failed = 0
    out = sys.stdout.buffer
    for line in _with_progress(file):
        outcome, body = _line_answer(line, context, lambda item: answer(item, live, now, season, context))
        failed += outcome == INVALID
        out.write(body)
        out.write(b"\n")
    out.flush()
    if failed:
        sys.exit(1)


def _live(context: Context, now: datetime, number: int | None, draft: Path | None, change: str | None) -> Live:
    if draft is not None:
        return compile_release(context.unpublished(draft))
    if number is not None:
        return compile_release(context.numbered(number))
    if change is not None:
        return _drafted(context, change)
    live = compile_release(context.current_or_packs())
    return live.with_stops(Stops.of(stop for stop in read_stops(context.settings.stops_file) if stop.set_at <= now))


def _drafted(context: Context, change: str) -> Live:
    bench = context.bench()
    try:
        return draft_live(bench, operator(), change)
    finally:
        bench.desk.store.close()


def _line_answer(line: bytes, context: Context, answer: Callable[[object], tuple[str, bytes]]) -> tuple[str, bytes]:
    try:
        if len(line) > LONGEST_LINE:
            raise Malformed("line_too_long", f"A line may hold at most {LONGEST_LINE} bytes.")
        return answer(parse_json(line))
    except (Malformed, Invalid) as refusal:
        return INVALID, encode(invalid_document(refusal, context.problems, "")).encode()


def _answered(item: object, live: Live, now: datetime, season: Season, context: Context) -> tuple[str, bytes]:
    return item_answer(item, live, now, season, context.settings.url, context.problems)


def _explained(item: object, live: Live, now: datetime, season: Season, context: Context) -> tuple[str, bytes]:
    considered = consider(read_request(item, live.places), live, now, season, public_url=context.settings.url)
    return considered.decision.outcome, encode(explain_document(considered, live)).encode()


def _with_progress(file: Iterable[bytes]) -> Iterable[bytes]:
    """The lines without their line feed; a counter on standard error when that is a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Deciding", total=None)
        for number, line in enumerate(file):
            if number % BATCH == 0:
                progress.update(task, completed=number)
            yield line.removesuffix(b"\n")
