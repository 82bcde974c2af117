"""`signpost change`: a curator's and a reviewer's work without a browser, as the person whose token SIGNPOST_TOKEN is; the same use cases."""

from datetime import datetime
from typing import Any, BinaryIO

import click

from admin.commands.at_work import at_work, did, seen, show
from admin.commands.context import Context
from admin.curation.acting import Act, looking
from admin.curation.editing import add_term, comment, describe, open_change, put, remove, revert
from admin.curation.standing import change_of, tag_of
from admin.curation.telling import change_document, change_line, comment_document, edit_document, held_document, key_document, key_of
from review.change import About, Change, State, When
from review.pieces import Key
from web.body import parse_json
from web.errors import Malformed


@click.group()
def change() -> None:
    """Edit keyword lists, notices, campaigns and the rest: open a change, edit it, have it reviewed. Needs SIGNPOST_TOKEN."""


@change.command("list")
@click.option("--state", "states", type=click.Choice([state.value for state in State]), multiple=True)
@click.option("--mine", is_flag=True, help="Only those that you wrote.")
@click.pass_obj
def list_changes(context: Context, *, states: tuple[str, ...], mine: bool) -> None:
    """Changes, one a line: id, state, revision, title."""
    with at_work(context) as (bench, actor), looking(bench.desk, actor) as act:
        for one in act.unit.changes.find(map(State, states), actor.person if mine else None, limit=10_000):
            click.echo(f"{one.id}  {one.state.value:9}  {one.revision:4}  {one.about.title}")


@change.command("open")
@click.argument("title")
@click.option("--reason", default="", help="Why; needed before review.")
@click.option("--source", default="", metavar="URL", help="Where it can be checked.")
@click.option("--publish", "when", type=click.Choice([when.value for when in When]), default=When.ASKED.value, show_default=True)
@click.option("--at", "publish_at", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M%z"]), help="With --publish at: RFC 3339.")
@click.pass_obj
def open_(context: Context, *, title: str, reason: str, source: str, when: str, publish_at: datetime | None) -> None:
    """Open a change; prints its id."""
    about = About(title, reason, source, When(when), publish_at)
    click.echo(did(context, "change.opened", "", lambda act: open_change(act, about)).id)


@change.command("describe")
@click.argument("known_as", metavar="CHANGE")
@click.option("--title")
@click.option("--reason")
@click.option("--source", metavar="URL")
@click.pass_obj
def describe_(context: Context, /, *, known_as: str, **said: str | None) -> None:
    """Say otherwise what a change is about."""

    def do(act: Act) -> Change:
        known = change_of(act, known_as)
        about = known.about
        new = About(
            said["title"] or about.title, said["reason"] or about.reason, said["source"] or about.source, about.when, about.publish_at
        )
        return describe(act, known_as, new, known.tag)

    show(did(context, "change.described", known_as, lambda act: change_line(do(act))))


@change.command("show")
@click.argument("known_as", metavar="CHANGE")
@click.option("--edits", "with_edits", is_flag=True, help="With every document before and after.")
@click.pass_obj
def show_(context: Context, *, known_as: str, with_edits: bool) -> None:
    """Where a change stands; `tag` is what approving it needs."""

    def look(act: Act) -> Any:
        found = change_of(act, known_as)
        document: dict[str, Any] = {**change_document(act, found)}
        document["said"] = [comment_document(one) for one in act.unit.changes.comments(found.id)]
        if with_edits:
            document["documents"] = [edit_document(act, edit) for edit in act.unit.changes.edits(found.id)]
        return document

    show(seen(context, look))


@change.command()
@click.argument("kind")
@click.argument("id_", metavar="ID")
@click.option("--in", "known_as", metavar="CHANGE", help="As a change has it; by default as published.")
@click.pass_obj
def get(context: Context, *, kind: str, id_: str, known_as: str | None) -> None:
    """Print a document with its tag, to be edited and given back to `put`."""
    key = key_of(kind, id_)
    show(seen(context, lambda act: held_document(act, key, known_as)))


@change.command("put")
@click.argument("known_as", metavar="CHANGE")
@click.argument("file", type=click.File("rb"), default="-")
@click.pass_obj
def put_(context: Context, *, known_as: str, file: BinaryIO) -> None:
    """Edit a document: FILE is what `get` printed, edited; without a tag it is a new one."""
    given = _document(file)

    def do(act: Act) -> Any:
        changed, piece = put(act, known_as, key_of(given["kind"], given["id"]), given["document"], given.get("tag") or "")
        return {**key_document(piece.key), "document": piece.body, "tag": tag_of(piece.hash), "revision": changed.revision}

    show(did(context, "change.edited", known_as, do))


@change.command("add-term")
@click.argument("known_as", metavar="CHANGE")
@click.argument("list_id", metavar="LIST")
@click.argument("text")
@click.option("--json", "more", default="{}", metavar="JSON", help='The rest of the term, such as \'{"slot": "where_do_i_vote"}\'.')
@click.pass_obj
def add_term_(context: Context, *, known_as: str, list_id: str, text: str, more: str) -> None:
    """Add a term to a list, such as DE/de/voting."""
    body = {"text": text, **_parsed(more.encode())}

    def do(act: Act) -> Any:
        _, piece = add_term(act, known_as, list_id, body)
        return {**key_document(piece.key), "document": piece.body, "tag": tag_of(piece.hash)}

    show(did(context, "change.edited", known_as, do))


@change.command("remove")
@click.argument("known_as", metavar="CHANGE")
@click.argument("kind")
@click.argument("id_", metavar="ID")
@click.option("--tag", help="The tag that `get` printed; by default that of what is there now.")
@click.pass_obj
def remove_(context: Context, *, known_as: str, kind: str, id_: str, tag: str | None) -> None:
    """Take a document out: a list with its terms, a notice with its wordings."""
    key = key_of(kind, id_)
    show(did(context, "change.edited", known_as, lambda act: change_line(remove(act, known_as, key, tag or _there(act, known_as, key)))))


@change.command("revert")
@click.argument("known_as", metavar="CHANGE")
@click.argument("kind")
@click.argument("id_", metavar="ID")
@click.pass_obj
def revert_(context: Context, *, known_as: str, kind: str, id_: str) -> None:
    """Take the change's edit of a document back."""
    key = key_of(kind, id_)
    show(did(context, "change.edited", known_as, lambda act: change_line(revert(act, known_as, key, _there(act, known_as, key)))))


@change.command("comment")
@click.argument("known_as", metavar="CHANGE")
@click.argument("text")
@click.pass_obj
def comment_(context: Context, *, known_as: str, text: str) -> None:
    """Say something about a change."""
    show(did(context, "change.commented", known_as, lambda act: comment_document(comment(act, known_as, text))))


def _there(act: Act, known_as: str, key: Key) -> str:
    edit = act.unit.changes.edit(change_of(act, known_as).id, key)
    kept = act.unit.releases.piece(key)
    return tag_of(edit.hash if edit else kept.hash if kept else None)


def _document(file: BinaryIO) -> dict[str, Any]:
    given = _parsed(file.read())
    if not (isinstance(given.get("kind"), str) and isinstance(given.get("id"), str) and isinstance(given.get("document"), dict)):
        raise click.UsageError("The file must hold kind, id, document and tag, as `signpost change get` prints them.")
    return given


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        given = parse_json(data)
    except Malformed as error:
        raise click.UsageError(error.detail) from error
    if not isinstance(given, dict):
        raise click.UsageError("This must be a JSON object.")
    return given
