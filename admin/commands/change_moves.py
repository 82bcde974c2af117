"""`signpost change submit|approve|…`: moving a change on, and what there is to look at and to find; editing is in change."""

from pathlib import Path
from typing import Any

import click

from admin.commands.at_work import at_work, did, seen, show
from admin.commands.context import Context
from admin.curation.acting import Act
from admin.curation.reviewing import Take, approve, conflicts, rebase, reject, submit, withdraw
from admin.curation.standing import change_of
from admin.curation.telling import change_document, conflict_document, kept_document, key_of, text_of, written_document
from admin.jobs import effect_job
from review.pieces import Kind
from store.values import Wanted


@click.command("submit")
@click.argument("known_as", metavar="CHANGE")
@click.pass_obj
def submit_(context: Context, *, known_as: str) -> None:
    """Ask for review."""
    show(did(context, "change.submitted", known_as, lambda act: change_document(act, submit(act, known_as, change_of(act, known_as).tag))))


@click.command("approve")
@click.argument("known_as", metavar="CHANGE")
@click.option("--tag", required=True, help="The tag that `show` printed: you approve exactly what you read.")
@click.pass_obj
def approve_(context: Context, *, known_as: str, tag: str) -> None:
    """Approve a change that you wrote no revision of."""
    show(did(context, "change.approved", known_as, lambda act: change_document(act, approve(act, known_as, tag))))


@click.command("reject")
@click.argument("known_as", metavar="CHANGE")
@click.argument("why")
@click.option("--tag", required=True, help="The tag that `show` printed.")
@click.pass_obj
def reject_(context: Context, *, known_as: str, why: str, tag: str) -> None:
    """Send a change back to its authors."""
    show(did(context, "change.rejected", known_as, lambda act: change_document(act, reject(act, known_as, tag, why))))


@click.command("withdraw")
@click.argument("known_as", metavar="CHANGE")
@click.pass_obj
def withdraw_(context: Context, *, known_as: str) -> None:
    """Give a change up for good."""
    show(
        did(context, "change.withdrawn", known_as, lambda act: change_document(act, withdraw(act, known_as, change_of(act, known_as).tag)))
    )


@click.command("conflicts")
@click.argument("known_as", metavar="CHANGE")
@click.pass_obj
def conflicts_(context: Context, *, known_as: str) -> None:
    """Both sides of what was published differently since."""
    show(seen(context, lambda act: [conflict_document(one) for one in conflicts(act, change_of(act, known_as))]))


@click.command("rebase")
@click.argument("known_as", metavar="CHANGE")
@click.option("--ours", nargs=2, multiple=True, metavar="KIND ID", help="Settle this conflict for the change.")
@click.option("--theirs", nargs=2, multiple=True, metavar="KIND ID", help="Settle it for what is published.")
@click.pass_obj
def rebase_(context: Context, *, known_as: str, ours: tuple[tuple[str, str], ...], theirs: tuple[tuple[str, str], ...]) -> None:
    """Bring a change onto what is published now."""
    settled = {key_of(*one): Take.OURS for one in ours} | {key_of(*one): Take.THEIRS for one in theirs}

    def do(act: Act) -> Any:
        return change_document(act, rebase(act, known_as, change_of(act, known_as).tag, settled))

    show(did(context, "change.rebased", known_as, do))


@click.command("effect")
@click.argument("known_as", metavar="CHANGE")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; by default standard output.")
@click.pass_obj
def effect_(context: Context, *, known_as: str, output: Path | None) -> None:
    """What a change would do: words, searches that flip, over-reach, windows, findings. Takes some seconds."""
    with at_work(context) as (bench, actor):
        found = effect_job(bench, actor, known_as)
    if output is None:
        show(found)
    else:
        output.write_text(text_of(found), encoding="utf-8")


@click.command("revisions")
@click.argument("known_as", metavar="CHANGE")
@click.pass_obj
def revisions(context: Context, *, known_as: str) -> None:
    """Every edit ever made in a change, those that were taken back too."""
    show(seen(context, lambda act: [written_document(*one) for one in act.unit.changes.written(change_of(act, known_as).id)]))


@click.command("find")
@click.argument("kind")
@click.option("--owner", help="The list of terms, the notice of wordings.")
@click.option("--text", default="", help="Holding this text anywhere, in any case.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True)
@click.pass_obj
def find(context: Context, *, kind: str, owner: str | None, text: str, limit: int) -> None:
    """Published documents of a kind, with their ids and tags."""
    wanted = key_of(kind, "").kind
    asked = Wanted(owner if wanted in {Kind.TERM, Kind.WORDING} else None, text, limit=limit)
    show(seen(context, lambda act: [kept_document(one) for one in act.unit.releases.find(wanted, asked)]))


@click.command("history")
@click.argument("kind")
@click.argument("id_", metavar="ID")
@click.pass_obj
def history(context: Context, *, kind: str, id_: str) -> None:
    """Everything ever published under an id, each with the releases that held it."""
    show(seen(context, lambda act: [kept_document(one) for one in act.unit.releases.history(key_of(kind, id_))]))


MOVES = (submit_, approve_, reject_, withdraw_, conflicts_, rebase_, effect_, revisions, find, history)
"""What `signpost change` takes beside editing."""
