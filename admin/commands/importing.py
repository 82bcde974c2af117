"""`signpost import`: dates into the packs (`elections`), files and packs into a change (see documents); a dry run unless told to write."""

from pathlib import Path
from typing import Any

import click

from admin.commands.context import Context
from admin.commands.dates import Wishes, take_in, with_options
from admin.commands.documents import import_documents, import_packs
from admin.dates.fields import LARGEST
from admin.dates.findings import Format


@click.group("import")
def importing() -> None:
    """Bring dates into the packs, or files and packs into a change: a dry run with a report, written with --write."""


for command in (import_documents, import_packs):
    importing.add_command(command)


@importing.command("elections")
@click.argument("format_", metavar="FORMAT", type=click.Choice([form.value for form in Format]))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
@click.option("--source-url", default="", metavar="URL", help="The page the document is from, to be cited.")
@with_options
@click.pass_obj
def elections(context: Context, /, *, format_: str, file: Path, source_url: str, **wishes: Any) -> None:
    """Compare the elections and deadlines of FILE with the packs.

    FORMAT is democracy-works (v2 JSON), google-civic (elections or voterInfoQuery JSON), vip (6.0 XML), ics or csv. What another source
    owns is never overwritten: it is reported as a conflict, with both sides.
    """
    with click.open_file(str(file), "rb") as opened:
        data = opened.read(LARGEST + 1)
    take_in(context, Format(format_), data, context.clock(), Wishes(**wishes, source_url=source_url))
