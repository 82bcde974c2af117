"""`signpost people`: who may sign in and what they may, by whoever runs the host; the same use cases as over HTTP."""

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from admin.commands.context import Context
from admin.commands.operating import GrantWord, done, looked
from admin.curation import people as known
from admin.curation.acting import Act
from admin.curation.people_credentials import check_choice, drop_one_time, give_password, temporary_password
from admin.curation.people_grants import WORLD_ADMIN
from admin.curation.people_sessions import end_named_sessions
from admin.curation.people_tokens import end_token
from admin.signing_in.errors import PasswordRefused
from admin.signing_in.passwords import hash_password
from notices.answer import rfc3339
from review.access import Credentials
from review.people import Grant, Person


@click.group()
def people() -> None:
    """Who may sign in, and what they may."""


@people.command("add")
@click.argument("person", metavar="ID")
@click.option("--name", help="The person's name; by default the id.")
@click.option("--email", default="", help="An e-mail address, to sign in with as well.")
@click.option("--admin", "is_admin", is_flag=True, help="Admin for the whole world.")
@click.option("--grant", "grants", type=GrantWord(), multiple=True, metavar="GRANT", help="ROLE:REGION:LANGUAGE,…; may be given again.")
@click.option("--password-stdin", is_flag=True, help="Read the first password from standard input; it must be changed, too.")
@click.option("--no-password", is_flag=True, help="Give none: they sign in through the provider.")
@click.pass_obj
def add(
    context: Context,
    *,
    person: str,
    name: str | None,
    email: str,
    is_admin: bool,
    grants: tuple[Grant, ...],
    password_stdin: bool,
    no_password: bool,
) -> None:
    """Add the person ID: a short name in small letters. Prints their first password once; they change it when they sign in."""
    if password_stdin and no_password:
        raise click.UsageError("--password-stdin and --no-password cannot both be given.")
    new = Person(person, name or person, email, (*grants, *((WORLD_ADMIN,) if is_admin else ())))
    password = None if no_password else _password(new, is_given=password_stdin)
    hashed = None if password is None else hash_password(password)

    def do(act: Act) -> None:
        added = known.add(act, new)
        if hashed is not None:
            give_password(act, added, hashed)

    done(context, "person.added", "", do)
    click.echo(f"{person} was added.", err=True)
    _tell(password, is_given=password_stdin)


@people.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for tools.")
@click.pass_obj
def list_(context: Context, *, as_json: bool) -> None:
    """Everybody, by id."""
    found = looked(context, lambda act: act.unit.people.all())
    if as_json:
        click.echo(json.dumps({"people": [_document(one) for one in found]}, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{one.id}  {one.name}  {_said(one.grants)}{f'  retired {rfc3339(one.retired_at)}' if one.retired_at else ''}")
    if not found:
        click.echo("There is nobody yet: signpost people add ID --admin makes the first admin.")


@people.command("show")
@click.argument("person", metavar="ID")
@click.pass_obj
def show(context: Context, *, person: str) -> None:
    """One person as JSON, with how they sign in, their sessions and tokens; no secrets."""

    def look(act: Act) -> dict[str, Any]:
        one = known.seen(act, person)
        credentials = act.unit.people.credentials(one.id)
        return {
            **_document(one),
            "has_password": bool(credentials.password),
            "must_change_password": credentials.must_change,
            "has_one_time": credentials.one_time_confirmed,
            "recovery_codes_left": len(credentials.recovery),
            "sessions": [
                {"id": session.id, "way": session.way, "device": session.device, "seen_at": rfc3339(session.seen_at)}
                for session in act.unit.people.sessions(one.id)
                if session.ended_at is None and session.expires_at > act.now
            ],
            "tokens": [
                {"id": token.id, "name": token.name, "hint": token.hint, "expires_at": rfc3339(token.expires_at)}
                for token in act.unit.people.tokens(one.id)
                if token.ended_at is None and token.expires_at > act.now
            ],
        }

    click.echo(json.dumps(looked(context, look), ensure_ascii=False, indent=2))


@people.command("grant")
@click.argument("person", metavar="ID")
@click.argument("grants", type=GrantWord(), nargs=-1, metavar="[GRANT]…")
@click.option("--add", "adds", is_flag=True, help="Beside what they may already, not in its place.")
@click.pass_obj
def grant(context: Context, *, person: str, grants: tuple[Grant, ...], adds: bool) -> None:
    """Let ID have exactly these rights, each ROLE:REGION:LANGUAGE,…; none takes all away. Their sessions end."""

    def do(act: Act) -> Person:
        one = known.seen(act, person)
        return known.set_grants(act, one.id, (*grants, *one.grants) if adds else grants, known.tag_of(one))

    click.echo(f"{person}: {_said(done(context, 'person.granted', person, do).grants)}.", err=True)


@people.command("retire")
@click.argument("person", metavar="ID")
@click.pass_obj
def retire(context: Context, *, person: str) -> None:
    """Let ID do nothing any more: a running server refuses their next request. Sessions and tokens end."""
    done(context, "person.retired", person, lambda act: known.retire(act, person))
    click.echo(f"{person} is retired.", err=True)


@people.command("restore")
@click.argument("person", metavar="ID")
@click.pass_obj
def restore(context: Context, *, person: str) -> None:
    """Let ID in again."""
    done(context, "person.restored", person, lambda act: known.restore(act, person))
    click.echo(f"{person} may sign in again.", err=True)


@people.command("reset-password")
@click.argument("person", metavar="ID")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--drop-one-time", "drops", is_flag=True, help="Drop their authenticator and recovery codes as well.")
@click.pass_obj
def reset_password(context: Context, *, person: str, password_stdin: bool, drops: bool) -> None:
    """Print a temporary password for ID once; they change it when they sign in. Their sessions end."""
    one = looked(context, lambda act: known.seen(act, person))
    password = _password(one, is_given=password_stdin)
    hashed = hash_password(password)

    def do(act: Act) -> None:
        found = known.managed(act, person)
        give_password(act, found, hashed)
        if drops:
            drop_one_time(act, person)

    done(context, "password.reset", person, do)
    _tell(password, is_given=password_stdin)


@people.command("end-sessions")
@click.argument("person", metavar="ID")
@click.option("--tokens", "ends_tokens", is_flag=True, help="And their tokens.")
@click.pass_obj
def end_sessions(context: Context, *, person: str, ends_tokens: bool) -> None:
    """Sign ID out everywhere, from their next request on."""

    def do(act: Act) -> None:
        one = known.managed(act, person)
        end_named_sessions(act, one.id, [session.id for session in act.unit.people.sessions(one.id)])
        if ends_tokens:
            for token in act.unit.people.tokens(one.id):
                end_token(act, token.id)

    done(context, "session.ended", person, do)
    click.echo(f"{person} is signed out everywhere.", err=True)


def _password(person: Person, *, is_given: bool) -> str:
    """The first line of standard input, if it may be chosen; else one that is made."""
    if not is_given:
        return temporary_password()
    try:
        password = sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError:
        raise PasswordRefused("password_characters", "The password on standard input is not UTF-8.") from None
    check_choice(person, Credentials(), password)
    return password


def _tell(password: str | None, *, is_given: bool) -> None:
    if password is not None and not is_given:
        click.echo("The password to sign in with first, shown this once:", err=True)
        click.echo(password)


def _said(grants: Iterable[Grant]) -> str:
    words = [f"{one.role}:{one.region}{':' + ','.join(one.languages) if one.languages else ''}" for one in grants]
    return " ".join(words) or "no rights"


def _document(person: Person) -> dict[str, Any]:
    def moment(at: datetime | None) -> str | None:
        return rfc3339(at) if at else None

    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "grants": known.grants_document(person.grants),
        "created_at": moment(person.created_at),
        "retired_at": moment(person.retired_at),
    }
