"""`signpost facts`: refresh what the fact files own in the packs; hand-written rows and fields stay as they are."""

from pathlib import Path

import click

from admin.commands.context import Context, relative


@click.command()
@click.pass_obj
def facts(context: Context) -> None:
    """Refresh the packs from packs/facts (needs the test requirements: pycountry)."""
    try:
        from admin.packs import facts_centers, facts_elections, facts_keywords, facts_regions  # noqa: PLC0415  build-time libraries
    except ImportError as error:
        raise click.ClickException("This needs the libraries of requirements/test.txt; `make facts` installs them.") from error
    packs: Path = context.settings.packs
    for step, folder in (
        (facts_regions, packs / "regions"),
        (facts_centers, packs / "centers"),
        (facts_elections, packs / "elections"),
        (facts_keywords, packs / "keywords" / "001"),
    ):
        for done in step.refresh(packs / "facts", folder):
            for verb, rows in (("added", done.added), ("updated", done.updated), ("no longer in the facts", done.orphaned)):
                if rows:
                    click.echo(f"{relative(done.path)}: {len(rows)} {verb}")
