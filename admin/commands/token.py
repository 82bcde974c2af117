"""`signpost token`: API tokens of people, made, listed and ended by whoever runs the host; the same use cases as over HTTP."""

from datetime import timedelta

import click

from admin.commands.context import Context
from admin.commands.operating import GrantWord, done, looked
from admin.curation.acting import Act
from admin.curation.people import seen
from admin.curation.people_tokens import LONGEST, USUAL, Made, end_token, make_token
from notices.answer import rfc3339
from review.people import Grant


@click.group()
def token() -> None:
    """API tokens, for programs and for commands that act as a person."""


@token.command("new")
@click.argument("person", metavar="ID")
@click.option("--name", required=True, help="What it is for.")
@click.option(
    "--grant", "grants", type=GrantWord(), multiple=True, metavar="GRANT", help="ROLE:REGION:LANGUAGE,…; by default all that ID may."
)
@click.option("--days", type=click.IntRange(1, LONGEST.days), default=USUAL.days, show_default=True, help="How long it lasts.")
@click.pass_obj
def new(context: Context, *, person: str, name: str, grants: tuple[Grant, ...], days: int) -> None:
    """Print a new token that speaks for ID, once. It is never wider than ID's own rights, now or later."""

    def do(act: Act) -> Made:
        one = seen(act, person)
        return make_token(act, one, name, grants or one.grants, act.now + timedelta(days=days))

    made = done(context, "token.made", person, do)
    click.echo(f"Token {made.token.id}, until {rfc3339(made.token.expires_at)}, shown this once:", err=True)
    click.echo(made.text)


@token.command("list")
@click.argument("person", metavar="ID", required=False)
@click.pass_obj
def list_(context: Context, *, person: str | None) -> None:
    """The tokens of ID, or of everybody, the newest first; not their texts."""
    now = context.clock()
    for one in looked(context, lambda act: act.unit.people.tokens(person)):
        state = (
            f"ended {rfc3339(one.ended_at)}"
            if one.ended_at
            else f"{'until' if one.expires_at > now else 'over since'} {rfc3339(one.expires_at)}"
        )
        used = f"used {rfc3339(one.used_at)}" if one.used_at else "never used"
        click.echo(f"{one.id}  {one.person}  {one.hint}…  {one.name}  {state}  {used}")


@token.command("end")
@click.argument("named", metavar="TOKEN-ID")
@click.pass_obj
def end(context: Context, *, named: str) -> None:
    """Let a token let nobody in any more: a running server refuses its next request."""
    done(context, "token.ended", named, lambda act: end_token(act, named))
    click.echo(f"Token {named} has ended.", err=True)
