"""`signpost publish`, `rollback` and `releases`: from approved changes to a release, back to an older one, and what there is."""

from datetime import datetime

import click

from admin.commands.at_work import at_work, seen, show
from admin.commands.context import Context
from admin.commands.moments import moment
from admin.curation.live_then import live_then
from admin.curation.publishing import publish as publish_changes
from admin.curation.publishing import roll_back
from admin.curation.telling import difference_document, release_line


@click.command()
@click.argument("changes", metavar="CHANGE…", nargs=-1, required=True)
@click.pass_obj
def publish(context: Context, *, changes: tuple[str, ...]) -> None:
    """Publish approved changes as one release, all or none; checks are gates now. Needs SIGNPOST_TOKEN."""
    with at_work(context) as (bench, actor):
        show(release_line(publish_changes(bench.press, actor, changes)))


@click.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--reason", required=True, help="Why; others will read it.")
@click.pass_obj
def rollback(context: Context, *, number: int, reason: str) -> None:
    """Publish what release NUMBER held as a new release, at once. Needs SIGNPOST_TOKEN of an admin."""
    with at_work(context) as (bench, actor):
        show(release_line(roll_back(bench.press, actor, number, reason)))


@click.command()
@click.option("--differences", "number", type=click.IntRange(2), help="Instead, what this release changed.")
@click.option("--at", callback=moment, metavar="RFC3339", help="Instead, what was live at this moment, and who answers for it.")
@click.pass_obj
def releases(context: Context, *, number: int | None, at: datetime | None) -> None:
    """Every release, the newest first: who made and who approved each change. Needs SIGNPOST_TOKEN."""
    if number is not None and at is not None:
        raise click.UsageError("--differences and --at exclude each other.")
    if at is not None:
        show(seen(context, lambda act: live_then(act, at)))
    elif number is not None:
        show(seen(context, lambda act: [difference_document(*one) for one in act.unit.releases.differing(number - 1, number)]))
    else:
        show(seen(context, lambda act: [release_line(one) for one in act.unit.releases.heads(limit=1_000)]))
