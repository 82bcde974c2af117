"""`signpost stop`: switch something off at once, and say what is switched off; both need no database. What a stop does is decide's."""

import json
import os
import pwd
from datetime import UTC, datetime

import click

from admin.commands.at_work import did
from admin.commands.context import Context
from admin.curation.acting import Act
from admin.curation.stopping import lift, take_over
from admin.stopping.file import add_stop, lifted, read_stops, stop_document
from admin.stopping.targets import stoppable_in
from notices.answer import rfc3339
from notices.caching import LONGEST_SECONDS
from notices.stops import EVERYTHING, Stop, StopKind, is_in_force
from store.values import StoredStop

LONGEST_TEXT = 500


@click.group()
def stop() -> None:
    """Switch something off at once, outside releases; with the database gone, too."""


def _moment(_context: object, _parameter: object, text: str | None) -> datetime | None:
    try:
        moment = None if text is None else datetime.fromisoformat(text)
        if moment is not None and moment.tzinfo is None:
            raise ValueError
        return moment and moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter("must be an RFC 3339 time with offset, such as 2026-11-03T20:00:00-06:00.") from None


def _line(_context: object, _parameter: object, text: str | None) -> str | None:
    """One line that people can read."""
    if text is None:
        return None
    line = text.strip()
    if not line or not line.isprintable() or len(line) > LONGEST_TEXT:
        raise click.BadParameter(f"must be one line of 1 to {LONGEST_TEXT} characters.")
    return line


@stop.command("set")
@click.argument("kind", type=click.Choice(StopKind, case_sensitive=False), metavar="KIND")
@click.argument("target", required=False, callback=_line)
@click.option("--reason", required=True, callback=_line, help="Why; explanations show it.")
@click.option("--until", callback=_moment, metavar="RFC3339", help="When it ends by itself; by default it lasts until it is lifted.")
@click.option("--by", callback=_line, metavar="NAME", help="Who stops it; by default the name of the system's user.")
@click.option("--force", is_flag=True, help="Stop it although the release has nothing of that name.")
@click.pass_obj
def set_(context: Context, *, kind: StopKind, target: str | None, reason: str, until: datetime | None, by: str | None, force: bool) -> None:
    """Stop KIND: everything, or the region (with all that lies in it), topic, list, campaign or notice whose id is TARGET."""
    if (kind is StopKind.EVERYTHING) != (target is None):
        raise click.UsageError("Everything has no TARGET." if target else f"Say which {kind} to stop, as TARGET.")
    now = context.clock().replace(microsecond=0)
    if until is not None and until <= now:
        raise click.BadParameter("lies in the past.", param_hint="--until")
    named = _named(context, kind, target or EVERYTHING, force=force)
    given = add_stop(context.settings.stops_file, Stop(kind, named, reason, by or _user(), now, until))
    lasts = f"until {rfc3339(until)}" if until else "until it is lifted"
    click.echo(
        f"Stop {given.id}: {f'{kind} {named}'.rstrip()} is stopped {lasts}. Every server that shares this folder follows within "
        f"one second; what clients hold already, they may show for {LONGEST_SECONDS} seconds more."
    )


@stop.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for tools.")
@click.pass_obj
def list_(context: Context, *, as_json: bool) -> None:
    """Say what is stopped, why, by whom and until when."""
    now, stops = context.clock(), read_stops(context.settings.stops_file)
    if as_json:
        told = [{**stop_document(one), "in_force": is_in_force(one, now)} for one in stops]
        click.echo(json.dumps({"stops": told}, ensure_ascii=False, indent=2))
        return
    stoppable = stoppable_in(context.settings.release_file) if stops else None
    for one in stops:
        what = f"{one.kind} {one.target}".rstrip() + ("" if stoppable is None or stoppable.has(one) else " (the release has none such)")
        ends = f"until {rfc3339(one.ends_at)}" if one.ends_at else "until lifted"
        lasts = ends if is_in_force(one, now) else f"ended {rfc3339(one.ends_at or now)}"
        click.echo(f"{one.id}  {what}  {lasts}  since {rfc3339(one.set_at)} by {one.set_by or '?'}: {one.reason or '?'}")
    if not stops:
        click.echo("Nothing is stopped.")


@stop.command("lift")
@click.argument("known_as", metavar="ID")
@click.pass_obj
def lift_(context: Context, *, known_as: str) -> None:
    """Ask to lift a stop; the second admin who asks lifts it. Needs SIGNPOST_TOKEN and the database."""
    file, now = context.settings.stops_file, context.clock()

    def do(act: Act) -> StoredStop:
        take_over(act, read_stops(file))
        return lift(act, known_as)

    found = did(context, "stop.lifted", known_as, do)
    if found.lifted_at is None:
        click.echo(f"{found.lift_asked_by} has asked to lift it; it holds until another admin does.")
    else:
        lifted(file, (known_as,), now)
        click.echo("It is lifted.")


def _named(context: Context, kind: StopKind, target: str, *, force: bool) -> str:
    """The target as the release writes it; as given where that cannot be asked, or is not to be."""
    stoppable = stoppable_in(context.settings.release_file)
    if stoppable is None:
        if kind is not StopKind.EVERYTHING:
            click.echo("The release file cannot be read, so nobody knows whether it has such a thing.", err=True)
        return target
    if force and not stoppable.has(Stop(kind, target, "", "", context.clock())):
        return target
    return stoppable.resolve(kind, target)


def _user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"
