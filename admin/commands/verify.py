"""`signpost verify`: whether what is served is what was approved and signed, from the store, or from one exported file without any store."""

from pathlib import Path

import click

from admin.archive_reading import Proven, prove_archive, prove_rows
from admin.commands.context import Context, relative
from admin.errors import KeyProblem
from admin.keys import trusted_keys
from notices.errors import NoticesError
from notices.release_file import load_release_file
from notices.signing import TrustedKey, key_id


@click.command()
@click.option("--file", "exported", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Verify this release file instead.")
@click.option(
    "--archive", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Verify this archive instead, without any store."
)
@click.option("--key", "keys", multiple=True, metavar="BASE64", help="Trust this public key; may be given again. By default the settings'.")
@click.pass_obj
def verify(context: Context, *, exported: Path | None, archive: Path | None, keys: tuple[str, ...]) -> None:
    """Prove that nobody altered anything: every release signed and following the one before it, made of exactly what four eyes approved.

    Names everything that does not hold, and then ends with exit code 1.
    """
    if exported is not None and archive is not None:
        raise click.UsageError("--file and --archive exclude each other.")
    if archive is not None:
        _archive(archive, _trusted(context, keys))
        return
    trusted = _trusted(context, keys) or context.trusted()
    if exported is not None:
        _release_file(exported, trusted)
        return
    store = context.open_store(read_only=True)
    try:
        store.check()
        with store.reading() as unit:
            rows, ever = tuple(unit.rows.all()), unit.journal.ever_written()
    finally:
        store.close()
    proven = prove_rows(rows, ever, trusted)
    name = relative(context.settings.database)
    if not proven.exported.heads and not proven.problems:
        raise click.ClickException(f"{name} holds no release yet.")
    _tell(name, proven)


def _trusted(context: Context, keys: tuple[str, ...]) -> tuple[TrustedKey, ...]:
    """The keys that were given, else those of the settings; none where there are none."""
    if keys:
        return trusted_keys(keys, ())
    try:
        return context.trusted()
    except KeyProblem:
        return ()


def _release_file(exported: Path, trusted: tuple[TrustedKey, ...]) -> None:
    try:
        signed = load_release_file(exported, trusted)
    except NoticesError as error:
        raise click.ClickException(f"{exported}: {error}") from error
    click.echo(f"{exported}: release {signed.release.number} {signed.digest} is signed by a trusted key.")


def _archive(archive: Path, trusted: tuple[TrustedKey, ...]) -> None:
    proven = prove_archive(archive, trusted or None)
    if not trusted:
        ids = ", ".join(key_id(one.key) for one in proven.keys) or "none"
        click.echo(
            f"No key is trusted here, so those in the archive are taken at their word ({ids}): compare them, or give --key.", err=True
        )
    _tell(relative(archive), proven)


def _tell(name: str, proven: Proven) -> None:
    for head in proven.exported.heads:
        click.echo(f"Release {head.number} {head.digest}")
    for problem in proven.problems:
        click.echo(f"✗ {problem}", err=True)
    if proven.problems:
        count = len(proven.problems)
        raise click.ClickException(f"{name}: {count} {'thing does' if count == 1 else 'things do'} not hold.")
    last = proven.exported.audit[-1:]
    click.echo(f"{name}: {proven.summary}. Everything holds: signed by a trusted key, made of what four eyes approved, nothing altered.")
    for line in last:
        click.echo(f"The last audit line is {line.number}, {line.hash}: note it elsewhere, and nobody can ever cut off what it stands for.")
