"""`signpost words`: find the real words that could be taken for curated ones, and keep them in the packs."""

import click

from admin.commands.context import Context, relative
from admin.packs.reading import read_lists, write_real_words


@click.command()
@click.pass_obj
def words(context: Context) -> None:
    """Refresh packs/words after the keyword lists changed; takes some ten minutes."""
    from admin.words import neighbours_of  # noqa: PLC0415  loads word lists that a server does without

    folder = context.settings.packs / "words"
    found = neighbours_of(tuple(read_lists(context.settings.packs / "keywords")))
    write_real_words(found, folder)
    click.echo(f"{relative(folder)}: {len(found.common)} common and {len(found.rare)} rare words that are never taken for typos")
