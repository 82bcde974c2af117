"""`signpost init`: packs → checked, signed starter release in the store and in the file beside it."""

import click

from admin.commands.context import Context, relative
from admin.packs.reading import read_starter
from admin.publishing import publish_starter
from notices.live import compile_release


@click.command()
@click.option("--if-missing", is_flag=True, help="Do nothing when there is a release already.")
@click.pass_obj
def init(context: Context, *, if_missing: bool) -> None:
    """Make the starter release from the packs, in an empty database."""
    settings = context.settings
    store = context.open_store()
    try:
        with store.reading() as unit:
            latest = unit.releases.latest()
        if latest is not None:
            if not if_missing:
                raise click.ClickException(f"{relative(settings.database)} already holds release {latest.number}; it was left alone.")
            return
        click.echo(f"Reading the packs in {relative(settings.packs)} …", err=True)
        release = read_starter(settings.packs)
        signed = publish_starter(release, context.signing_keys(), store, settings.release_file, context.clock())
        live = compile_release(signed)
    finally:
        store.close()
    click.echo(
        f"Release {release.number} ({signed.digest[:19]}…): {len(live.places.by_code)} regions, {len(release.centers)} centers, "
        f"{len(release.elections)} elections, {len(release.lists)} keyword lists, {len(release.notices)} notices. "
        "A draft to be reviewed, not official advice.",
        err=True,
    )
