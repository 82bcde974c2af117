"""`signpost backup`: a whole, checked copy of the database while it is in use; release file, stops and keys are files of their own."""

from pathlib import Path

import click

from admin.commands.context import Context, operator, relative
from admin.curation.acting import Desk, acting
from store.sqlite import SqliteStore


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(context: Context, *, file: Path) -> None:
    """Copy the database to FILE, which must not be there yet, and check the copy. It holds secrets: keep it as safe as the database."""
    if file.exists():
        raise click.ClickException(f"{relative(file)} is there already; a backup never takes the place of another file.")
    if not context.settings.database.exists():
        raise click.ClickException(f"There is no database at {relative(context.settings.database)}.")
    if not file.absolute().parent.is_dir():
        raise click.ClickException(f"There is no folder {relative(file.absolute().parent)}.")
    store = context.open_store()
    try:
        store.back_up(file.absolute())
        told = _checked(file)
        with acting(Desk(store, context.clock), operator(), "backup.made") as act:
            act.note("backup.made", file.name)
    finally:
        store.close()
    click.echo(f"{relative(file)}: {told}. The signing key is not in it.")


def _checked(file: Path) -> str:
    """What the copy holds, read from it; raises DamagedDatabase."""
    copy = SqliteStore(file, read_only=True)
    try:
        copy.check()
        with copy.reading() as unit:
            latest, last = unit.releases.latest(), unit.journal.last()
            return f"whole, up to release {latest.number if latest else 0} and audit line {last.number if last else 0}"
    finally:
        copy.close()
