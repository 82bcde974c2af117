"""`signpost refresh`: fetch a source over HTTPS and compare it with the packs, a dry run unless told to write."""

import asyncio
from datetime import datetime
from typing import Any, Final

import click

from admin.commands.context import Context
from admin.commands.dates import Wishes, place_named, take_in, with_options
from admin.dates.fetching import Fetcher
from admin.dates.fields import address
from admin.dates.findings import Format
from admin.dates.keeping import keep, kept, question_of
from admin.keys import read_secret
from admin.outside import pause
from admin.packs.reading_places import read_regions
from elections.places import Places, RegionKind

BY_ADDRESS: Final = frozenset({Format.VIP, Format.ICS, Format.CSV})
"""Documents that lie at an address anybody may fetch."""


@click.command()
@click.argument("source", type=click.Choice([one.value for one in Format]))
@click.option("--url", default="", metavar="URL", help="Where the document is; for vip, ics and csv.")
@with_options
@click.pass_obj
def refresh(context: Context, /, *, source: str, url: str, **wishes: Any) -> None:
    """Fetch the elections of SOURCE and compare them with the packs.

    democracy-works needs SIGNPOST_DEMOCRACY_WORKS_KEY; what it sent is kept until written, an hour at most. google-civic needs
    SIGNPOST_GOOGLE_CIVIC_KEY and asks for the list of elections only. vip, ics and csv need --url.
    """
    kind = Format(source)
    if (kind in BY_ADDRESS) != bool(url):
        raise click.UsageError("--url says where the document is; vip, ics and csv need it, and it goes with no other.")
    if url and not address(url):
        raise click.BadParameter("must be an https address.", param_hint="--url")
    fetcher, now = Fetcher(context.outside, pause), context.clock()
    if kind is Format.DEMOCRACY_WORKS:
        data, now = _democracy_works(context, fetcher, wishes["region"], now)
    elif kind is Format.GOOGLE_CIVIC:
        key = read_secret(context.settings.google_civic_key, context.settings.google_civic_key_file, "SIGNPOST_GOOGLE_CIVIC_KEY")
        data = asyncio.run(fetcher.google_civic(key))
    else:
        data = asyncio.run(fetcher.page(url))
    take_in(context, kind, data, now, Wishes(**wishes, source_url=url))
    if kind is Format.DEMOCRACY_WORKS and wishes["is_write"]:
        context.settings.democracy_works_cache.unlink(missing_ok=True)


def _democracy_works(context: Context, fetcher: Fetcher, region: str | None, now: datetime) -> tuple[bytes, datetime]:
    """The elections from today on, of the region or of all; what was fetched within the hour is not fetched again."""
    settings = context.settings
    key = read_secret(settings.democracy_works_key, settings.democracy_works_key_file, "SIGNPOST_DEMOCRACY_WORKS_KEY")
    divisions: tuple[str, ...] = ()
    if region:
        places = Places.of(read_regions(settings.packs / "regions"))
        place = place_named(region, places)
        if not place.ocd_ids:
            raise click.BadParameter("has no Open Civic Data id, by which Democracy Works knows its places.", param_hint="--region")
        divisions = () if place.kind is RegionKind.COUNTRY else place.ocd_ids  # the source files under states; reading leaves out the rest
    question = question_of((now.date().isoformat(), *divisions))
    if (found := kept(settings.democracy_works_cache, question, now)) is not None:
        return found
    data = asyncio.run(fetcher.democracy_works(key, divisions, now.date()))
    keep(settings.democracy_works_cache, question, data, now)
    return data, now
