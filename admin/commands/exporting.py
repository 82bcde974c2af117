"""`signpost export`: what is published, or what the packs say, as files; `elections` gives the calendar, the same bytes as over HTTP."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO, cast

import click

from admin.archive import write_archive
from admin.commands.context import Context, operator, relative
from admin.commands.dates import place_named
from admin.commands.documents import export_documents, export_packs
from admin.curation.acting import acting
from admin.packs.reading_places import read_elections, read_regions
from elections.places import Places
from notices.answer import encode
from notices.election_documents import elections_document, elections_of
from notices.elections_csv import csv_file
from notices.ics import calendar_file
from notices.languages import canonical, negotiate
from notices.texts import ENGLISH, Texts

DAY = click.DateTime(["%Y-%m-%d"])


@click.group("export")
def exporting() -> None:
    """Give out what is published, or with --packs what the packs say."""


for command in (export_documents, export_packs):
    exporting.add_command(command)


@exporting.command("archive")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def archive(context: Context, *, file: Path) -> None:
    """The whole history to FILE, signed, for `signpost verify --archive`; gzipped where its name ends in .gz. Never an address or a secret."""
    if file.exists():
        raise click.ClickException(f"{relative(file)} is there already.")
    bench = context.bench()
    try:
        with acting(bench.desk, operator(), "archive.exported") as act:
            act.note("archive.exported", "")
        with gzip.open(file, "xb") if file.suffix == ".gz" else file.open("xb") as out:
            written = write_archive(bench, cast("BinaryIO", out))
    finally:
        bench.desk.store.close()
    click.echo(f"{relative(file)}: {written} lines", err=True)


@exporting.command("elections")
@click.option("--format", "form", type=click.Choice(["csv", "json", "ics"]), default="csv", show_default=True)
@click.option("--region", metavar="CODE", help="Only elections held there.")
@click.option("--from", "first", type=DAY, metavar="DATE", help="Only elections that poll on this day or later.")
@click.option("--to", "last", type=DAY, metavar="DATE", help="Only elections that poll on this day or before.")
@click.option("--language", default=ENGLISH, show_default=True, metavar="TAG", help="Of names in JSON and ICS; CSV holds all.")
@click.option("--packs", "from_packs", is_flag=True, help="What the packs say, published or not.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; by default standard output.")
@click.pass_obj
def elections(
    context: Context,
    *,
    form: str,
    region: str | None,
    first: datetime | None,
    last: datetime | None,
    language: str,
    from_packs: bool,
    output: Path | None,
) -> None:
    """The election calendar as CSV (without loss: `signpost import elections csv` reads it), JSON or ICS."""
    if from_packs:
        places = Places.of(read_regions(context.settings.packs / "regions"))
        known, stamped_at = read_elections(context.settings.packs / "elections"), context.clock().astimezone(UTC)
    else:
        release = context.current_or_packs().release
        places, known, stamped_at = Places.of(release.regions), release.elections, release.made_at
    code = place_named(region, places).code if region else None
    chosen = elections_of(known, places, code, first.date() if first else date.min, last.date() if last else date.max)
    tag, texts = canonical(language), Texts()
    say = texts.speaker(negotiate((tag,), texts.languages) or ENGLISH).plain
    if form == "csv":
        body = csv_file(chosen)
    elif form == "json":
        body = encode(elections_document(chosen, tag)).encode()
    else:
        body = calendar_file(chosen, places, code, tag, stamped_at, say)
    if output is None:
        click.echo(body, nl=False)
    else:
        output.write_bytes(body)
        click.echo(f"{output}: {len(chosen)} elections", err=True)
