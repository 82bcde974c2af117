"""What people prove themselves by: passwords chosen and reset, the authenticator and recovery codes; hashes are made by the caller, in a thread."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from admin.curation.acting import Act
from admin.curation.people import managed_other, seen
from admin.curation.people_errors import CodeWrong, OneTimeState
from admin.curation.people_sessions import Opened, Way, end_sessions, rotated
from admin.curation.signing_in import Attempt, forgive_person, proven
from admin.signing_in import one_time, passwords, recovery
from review.access import Credentials, Session
from review.people import Person

_GROUPS: Final = 4
_GROUP: Final = 5


@dataclass(frozen=True, slots=True)
class Authenticator:
    """A new shared secret, and the address that a QR code of it holds; told this once."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def temporary_password() -> str:
    """A password of 100 random bits, for somebody to sign in with once and then choose their own."""
    return "-".join("".join(secrets.choice(recovery.ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def check_choice(person: Person, credentials: Credentials, chosen: str) -> None:
    """Raise PasswordRefused unless the person may choose this password; without a second factor it must be longer."""
    shortest = passwords.SHORTEST if credentials.one_time_confirmed else passwords.SHORTEST_ALONE
    passwords.check_new(chosen, (person.id, person.name, person.email), shortest)


def reset_password(act: Act, known_as: str, hashed: str) -> Person:
    """Give somebody else a temporary password; their sessions end, their authenticator and tokens stay."""
    person = managed_other(act, known_as)
    give_password(act, person, hashed)
    return person


def give_password(act: Act, person: Person, hashed: str) -> None:
    """The same once it is known that it may be; failures are forgotten."""
    credentials = act.unit.people.credentials(person.id)
    act.unit.people.set_credentials(person.id, replace(credentials, password=hashed, must_change=True))
    forgive_person(act, person.id)
    act.note("password.reset", person.id, {"sessions_ended": end_sessions(act, person.id)})


def change_password(act: Act, attempt: Attempt, session: Session, hashed: str, *, is_right: bool) -> Opened:
    """Somebody's own choice; their other sessions end, this one goes on under a new secret. Raises PasswordWrong."""
    person, credentials = proven(act, attempt, is_right=is_right)
    act.unit.people.set_credentials(person.id, replace(credentials, password=hashed, must_change=False))
    act.note("password.changed", person.id)
    return rotated(act, session)


def rehash(act: Act, known_as: str, before: str, hashed: str) -> None:
    """Keep the same password under today's parameters, unless it has changed meanwhile; no audit line, for nothing else is different."""
    credentials = act.unit.people.credentials(known_as)
    if credentials.password == before:
        act.unit.people.set_credentials(known_as, replace(credentials, password=hashed))


def start_one_time(act: Act, attempt: Attempt, *, is_right: bool) -> Authenticator:
    """A new authenticator, which counts once its first code has come; raises OneTimeState where one counts already."""
    person, credentials = proven(act, attempt, is_right=is_right)
    if credentials.one_time_confirmed:
        raise OneTimeState("one_time_confirmed", "You have an authenticator; drop it first, then set up the new one.")
    secret = one_time.new_secret()
    act.unit.people.set_credentials(person.id, replace(credentials, one_time=secret, last_step=0))
    act.note("one_time.started", person.id)
    return Authenticator(secret, one_time.uri(secret, person.email or person.id))


def confirm_one_time(act: Act, session: Session, code: str) -> tuple[Opened, tuple[str, ...]]:
    """The authenticator counts from now on: the session under a new secret, and recovery codes, told this once."""
    person = seen(act, act.actor.person)
    credentials = act.unit.people.credentials(person.id)
    if credentials.one_time_confirmed or not credentials.one_time:
        raise OneTimeState("one_time_not_started", "There is no new authenticator to confirm; start setting one up.")
    step = one_time.accepted_step(credentials.one_time, code, act.now, credentials.last_step)
    if step is None:
        raise CodeWrong
    codes = recovery.new_codes()
    confirmed = replace(credentials, one_time_confirmed=True, last_step=step, recovery=_digests(codes))
    act.unit.people.set_credentials(person.id, confirmed)
    act.note("one_time.confirmed", person.id)
    return rotated(act, session, Way.ONE_TIME if session.way == Way.PASSWORD else None), codes


def drop_own_one_time(act: Act, attempt: Attempt, session: Session, *, is_right: bool) -> Opened:
    """Somebody's own authenticator and recovery codes count no more; their other sessions end. Raises PasswordWrong."""
    person, credentials = proven(act, attempt, is_right=is_right)
    _drop(act, person, credentials)
    return rotated(act, session, None if session.way == Way.OPENID else Way.PASSWORD)


def drop_one_time(act: Act, known_as: str) -> Person:
    """The same for somebody else who has lost their device; all their sessions end."""
    person = managed_other(act, known_as)
    _drop(act, person, act.unit.people.credentials(person.id))
    end_sessions(act, person.id)
    return person


def new_recovery_codes(act: Act, attempt: Attempt, *, is_right: bool) -> tuple[str, ...]:
    """Ten new ones, told this once; those before count no more. Raises PasswordWrong, OneTimeState."""
    person, credentials = proven(act, attempt, is_right=is_right)
    if not credentials.one_time_confirmed:
        raise OneTimeState("one_time_missing", "Recovery codes stand in for an authenticator; set one up first.")
    codes = recovery.new_codes()
    act.unit.people.set_credentials(person.id, replace(credentials, recovery=_digests(codes)))
    act.note("recovery_codes.made", person.id, {"count": len(codes)})
    return codes


def _drop(act: Act, person: Person, credentials: Credentials) -> None:
    if not credentials.one_time:
        raise OneTimeState("one_time_missing", "There is no authenticator to drop.")
    act.unit.people.set_credentials(person.id, replace(credentials, one_time="", one_time_confirmed=False, last_step=0, recovery=()))
    act.note("one_time.dropped", person.id)


def _digests(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(digest.hex() for code in codes if (digest := recovery.digest_of(code)))
