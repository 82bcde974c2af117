"""`signpost verify`: digests, signatures and the chain of releases, in the store or in one exported file."""

from pathlib import Path

import click

from admin.commands.context import Context, relative
from admin.publishing import stored_envelope
from notices.errors import NoticesError
from notices.release_file import load_release_file
from notices.signing import from_envelope


@click.command()
@click.option("--file", "exported", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Verify this release file instead.")
@click.pass_obj
def verify(context: Context, *, exported: Path | None) -> None:
    """Prove that every release is what was signed, and that each follows the one before it."""
    trusted = context.trusted()
    if exported is not None:
        try:
            signed = load_release_file(exported, trusted)
        except NoticesError as error:
            raise click.ClickException(f"{exported}: {error}") from error
        click.echo(f"{exported}: release {signed.release.number} {signed.digest} is signed by a trusted key.")
        return
    store = context.open_store(read_only=True)
    try:
        store.check()
        previous = None
        with store.reading() as unit:
            latest = unit.releases.latest()
            for number in range(1, (latest.number if latest else 0) + 1):
                stored = stored_envelope(unit, number)
                try:
                    signed = from_envelope(stored or {}, trusted)
                except NoticesError as error:
                    raise click.ClickException(f"Release {number}: {error}") from error
                if (signed.release.number, signed.release.previous) != (number, previous):
                    raise click.ClickException(f"Release {number} does not follow the one before it.")
                previous = signed.digest
                click.echo(f"Release {number} {signed.digest} is signed by a trusted key and follows the one before it.")
    finally:
        store.close()
    if previous is None:
        raise click.ClickException(f"{relative(context.settings.database)} holds no release yet.")
