"""`signpost import|export documents` and `… packs`: files and folders of packs into a change and out of what is published, as a person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from admin.commands.at_work import at_work, show
from admin.commands.context import Context, relative
from admin.curation.acting import acting, looking
from admin.curation.exporting import ACTION, Selection, exported_release
from admin.curation.importing import OURS, Imported, Into, Order, Tell, import_file, import_release
from admin.curation.importing_comparison import Comparison, Outcome
from admin.curation.importing_errors import ImportRefused
from admin.curation.importing_report import imported_document
from admin.curation.importing_values import Mode
from admin.jobs import export_job
from admin.packs.reading import read_starter
from admin.packs.writing import write_packs
from admin.sheets.findings import LARGEST, Defaults, SheetFormat, SheetKind
from notices.campaign import Topic
from review.change import About

Command = TypeVar("Command", bound=Callable[..., Any])
KINDS: Final = click.Choice([kind.value for kind in SheetKind])
_SHOWN: Final = 20


def _with_change(command: Command) -> Command:
    """The options that say which change it comes into."""
    for option in (
        click.option("--write", "is_write", is_flag=True, help="Do it; without this it is a dry run."),
        click.option("--json", "as_json", is_flag=True, help="The whole report, for machines."),
        click.option("--reason", default="", help="Of the new change; needed before review."),
        click.option("--title", help="Of the new change."),
        click.option("--change", "known_as", metavar="ID", help="The change that it comes into; by default a new one."),
    ):
        command = option(command)
    return command


@click.command("documents")
@click.argument("kind", type=KINDS)
@click.argument("form", metavar="FORMAT", type=click.Choice([form.value for form in SheetFormat]))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
@click.option("--mode", type=click.Choice([mode.value for mode in Mode]), default=Mode.MERGE.value, show_default=True)
@click.option("--region", metavar="CODE", help="Of keyword lists whose file does not say it.")
@click.option("--language", metavar="TAG", help="The same.")
@click.option("--topic", type=click.Choice([topic.value for topic in Topic]), help="The same.")
@_with_change
@click.pass_obj
def import_documents(context: Context, /, *, kind: str, form: str, file: Path, mode: str, **told: Any) -> None:
    """Bring FILE into a change to be reviewed: KIND in FORMAT (see docs/sheets.md). Needs SIGNPOST_TOKEN.

    `merge` adds and changes; with `replace` what the file leaves out of a list or notice that it names goes.
    """
    with click.open_file(str(file), "rb") as opened:
        data = opened.read(LARGEST + 1)
    defaults = Defaults(told["region"], told["language"], told["topic"], source="" if form in OURS else f"{form} file")
    into = _into(told, f"Import of {kind} ({form})")
    order = Order(SheetKind(kind), SheetFormat(form), Mode(mode), defaults, into)
    with at_work(context) as (bench, actor), _watched() as tell:
        try:
            imported = import_file(bench.desk, actor, order, data, tell)
        except ImportRefused as error:
            _tell_problems(error)
            raise
    _report(imported, order.mode, into, as_json=told["as_json"])


@click.command("packs")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_with_change
@click.pass_obj
def import_packs(context: Context, /, *, folder: Path, **told: Any) -> None:
    """Bring a FOLDER of packs into a change, in the place of everything that is published. Needs SIGNPOST_TOKEN.

    So git can be the source: export packs, edit, import them. What packs do not hold goes.
    """
    into = _into(told, "Import of packs")
    release = read_starter(folder)
    with at_work(context) as (bench, actor), _watched() as tell:
        imported = import_release(bench.desk, actor, release, into, tell)
    _report(imported, Mode.REPLACE, into, as_json=told["as_json"])


@click.command("documents")
@click.argument("kind", type=KINDS)
@click.argument("form", metavar="FORMAT", type=click.Choice(sorted(form.value for form in OURS)))
@click.option("--region", metavar="CODE", help="Of this region and those inside it.")
@click.option("--language", metavar="TAG", help="Lists in it, notices that have words in it.")
@click.option("--topic", type=click.Choice([topic.value for topic in Topic]), help="Lists about it.")
@click.option("--id", "id_", metavar="ID", help="One, such as DE/de/voting; a center by its region.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; by default standard output.")
@click.pass_obj
def export_documents(context: Context, /, *, kind: str, form: str, id_: str | None, output: Path | None, **wanted: Any) -> None:
    """Published documents of a KIND as a file in FORMAT, which `signpost import documents` reads back. Needs SIGNPOST_TOKEN."""
    selection = Selection(SheetKind(kind), SheetFormat(form), **wanted, id=id_)
    with at_work(context) as (bench, actor):
        data = export_job(bench, actor, selection)
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data)
        click.echo(f"{relative(output)}: {len(data)} bytes", err=True)


@click.command("packs")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--release", "number", type=click.IntRange(1), metavar="N", help="Another than the latest release.")
@click.pass_obj
def export_packs(context: Context, /, *, folder: Path, number: int | None) -> None:
    """A release as a FOLDER of packs: files that differ are written, those that are not needed go. Needs SIGNPOST_TOKEN."""
    with at_work(context) as (bench, actor):
        with looking(bench.desk, actor) as act:
            release = exported_release(act, number)
        packed = write_packs(release, folder)
        with acting(bench.desk, actor, ACTION, "packs") as act:
            act.note(ACTION, "packs", {"release": release.number})
    told = f"{len(packed.written)} written, {len(packed.removed)} removed, {packed.unchanged} as they were"
    click.echo(f"{relative(folder)}: release {release.number}; files: {told}", err=True)


def _into(told: dict[str, Any], title: str) -> Into:
    if told["known_as"] and (told["title"] or told["reason"]):
        raise click.UsageError("--title and --reason are for a new change; the one that --change names has its own.")
    about = None if told["known_as"] else About(told["title"] or title, told["reason"])
    return Into(told["known_as"], about, is_dry=not told["is_write"])


@contextmanager
def _watched() -> Iterator[Tell]:
    """A progress bar on a terminal; nothing where nobody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        yield lambda step, done, total: progress.update(task, description=step, completed=done, total=total)


def _tell_problems(error: ImportRefused) -> None:
    for problem in error.problems:
        where = ", ".join(part for part in (f"row {problem.row}" if problem.row is not None else "", problem.column or "") if part)
        click.echo(f"{where or 'file'}: {problem.message}", err=True)


def _report(imported: Imported, mode: Mode, into: Into, *, as_json: bool) -> None:
    if as_json:
        show(imported_document(imported, mode, is_dry=into.is_dry))
        return
    for note in imported.notes[:_SHOWN]:
        click.echo(f"{f'row {note.row}' if note.row is not None else 'file'}: note: {note.message}")
    if len(imported.notes) > _SHOWN:
        click.echo(f"… and {len(imported.notes) - _SHOWN} notes more; --json tells all.")
    for line in _lines(imported.comparison):
        click.echo(line)
    if imported.change is not None:
        click.echo(f"change {imported.change.id}, revision {imported.change.revision}")
    elif imported.comparison.is_empty:
        click.echo("Nothing differs from what is there.")
    else:
        click.echo("A dry run: nothing was written. --write brings it into a change.")


def _lines(comparison: Comparison) -> Iterator[str]:
    """A line for each document that differs, and one for all."""
    for one in comparison.documents:
        inner = ", ".join(
            f"{one.inner[outcome]} {outcome.value}" for outcome in Outcome if outcome is not Outcome.UNCHANGED and one.inner[outcome]
        )
        if one.outcome is Outcome.UNCHANGED and not inner:
            continue
        what = one.outcome.value if one.outcome is not Outcome.UNCHANGED else "as it was"
        yield f"{one.key}: {what}{f'; inside: {inner}' if inner else ''}"
    yield ", ".join(f"{comparison.count(outcome)} {outcome.value}" for outcome in Outcome)
