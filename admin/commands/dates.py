"""What `import elections` and `refresh` share: what a person adds to a document, the report, and writing when told to."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

import click

from admin.commands.context import Context, relative
from admin.dates.comparison import Comparison, Outcome
from admin.dates.fields import address
from admin.dates.findings import Format, Handed, divisions_of
from admin.dates.merging import compare
from admin.dates.reading import read
from admin.dates.reporting import document, lines
from admin.dates.writing import write
from admin.packs.reading_places import read_centers, read_elections, read_regions
from elections.election import Confidence, ElectionKind
from elections.errors import UnknownRegion
from elections.places import Places, Region

Command = TypeVar("Command", bound=Callable[..., Any])

OPTIONS: Final = (
    click.option("--region", metavar="CODE", help="Only what is held there; where, for a document that does not say."),
    click.option("--kind", type=click.Choice([kind.value for kind in ElectionKind]), help="What its elections are, where it does not say."),
    click.option(
        "--confidence",
        type=click.Choice([sure.value for sure in Confidence]),
        help="How sure its dates are; by default as the format tells.",
    ),
    click.option(
        "--take", "taken", metavar="ID", multiple=True, help="Settle this election's conflicts for the document; may be repeated."
    ),
    click.option("--write", "is_write", is_flag=True, help="Write into packs/elections; without it nothing is written."),
    click.option("--json", "as_json", is_flag=True, help="Report as JSON."),
)


def with_options(command: Command) -> Command:
    """The options that both commands have."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asked for beside the document."""

    region: str | None
    kind: str | None
    confidence: str | None
    taken: tuple[str, ...]
    is_write: bool
    as_json: bool
    source_url: str = ""


def take_in(context: Context, kind: Format, data: bytes, retrieved_at: datetime, wishes: Wishes) -> None:
    """Read, compare, write if told to, and report. Exit 1 when nothing of the document could be read."""
    packs = context.settings.packs
    places = Places.of(read_regions(packs / "regions"))
    handed = Handed(
        places=places,
        retrieved_at=retrieved_at,
        known=read_elections(packs / "elections"),
        region=place_named(wishes.region, places).code if wishes.region else None,
        kind=ElectionKind(wishes.kind) if wishes.kind else None,
        source_url=_source_url(wishes.source_url),
        confidence=Confidence(wishes.confidence) if wishes.confidence else None,
        divisions=divisions_of(places),
    )
    harvest = read(kind, data, handed)
    comparison = compare(harvest, handed, read_centers(packs / "centers"), wishes.taken)
    _check_taken(wishes.taken, comparison)
    written = write(comparison.compared, packs / "elections", places) if wishes.is_write else []
    if wishes.as_json:
        click.echo(json.dumps(document(comparison, [relative(path) for path in written]), ensure_ascii=False, indent=2))
    else:
        for line in lines(comparison):
            click.echo(line)
        for path in written:
            click.echo(f"{relative(path)}: written")
        if not wishes.is_write:
            click.echo(_next_step(comparison))
    if harvest.refusals and not (harvest.elections or harvest.links):
        click.get_current_context().exit(1)


def place_named(code: str, places: Places) -> Region:
    """The region a person named with --region; a wrong one is told with what was probably meant."""
    try:
        return places.resolve(code)
    except UnknownRegion as error:
        hint = f" Perhaps {error.suggestion} was meant." if error.suggestion else ""
        raise click.BadParameter(f"no region has this code.{hint}", param_hint="--region") from None


def _source_url(url: str) -> str:
    if url and not address(url):
        raise click.BadParameter("must be an https address.", param_hint="--source-url")
    return url


def _check_taken(taken: tuple[str, ...], comparison: Comparison) -> None:
    """An id that names nothing in the document is a slip of the pen, and the person should know."""
    there = {one.after.id for one in comparison.compared}
    if wrong := [known_as for known_as in taken if known_as not in there]:
        raise click.BadParameter(f"the document has no election {', '.join(wrong)}.", param_hint="--take")


def _next_step(comparison: Comparison) -> str:
    ready = sum(one.is_to_be_written for one in comparison.compared)
    conflicts = len(comparison.of(Outcome.CONFLICT))
    left = " Conflicts are left as they are: change the row by hand, or settle one with --take ID." if conflicts else ""
    return f"A dry run: nothing was written. --write would write {ready} election{'' if ready == 1 else 's'}.{left}"
