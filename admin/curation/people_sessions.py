"""Whom a session or token speaks for in this moment, and what they still lack; opening, rotating and ending them. How one signs in is elsewhere."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex
from typing import Final

from admin.curation.acting import Act
from admin.settings import Settings
from admin.signing_in import bearers
from review.access import Credentials, Session, Token
from review.errors import Unknown
from review.people import Actor, Person, Role, within

SEEN_EVERY: Final = timedelta(minutes=1)
"""How often it is written down that a session or token was used."""
LONGEST_DEVICE: Final = 120


class Way(StrEnum):
    """How somebody proved who they are."""

    PASSWORD = "password"  # noqa: S105 -- a word, not a secret
    ONE_TIME = "password+one_time"
    RECOVERY = "password+recovery"
    OPENID = "openid"


class Lack(StrEnum):
    """What somebody must set up before anything else."""

    PASSWORD = "password"  # noqa: S105 -- a word, not a secret
    ONE_TIME = "one_time"


@dataclass(frozen=True, slots=True)
class Rules:
    """How long sessions last, and whether admins need a second factor; one that came through a provider had the provider's."""

    longest: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(minutes=30)
    admins_need_one_time: bool = False


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who sends a request, through which session or token, and what they lack."""

    person: Person
    actor: Actor
    session: Session | None = None
    token: Token | None = None
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A session with its secret, which is told this once."""

    session: Session
    secret: str = field(repr=False)


def rules_of(settings: Settings) -> Rules:
    """The rules that the settings make."""
    idle = timedelta(minutes=settings.session_idle_minutes)
    return Rules(timedelta(hours=settings.session_hours), idle, settings.admins_need_one_time)


def by_token(act: Act, digest: bytes) -> Admitted | None:
    """Whom a token speaks for now: never wider than its person is at this moment; None where it is over, or they are retired."""
    token = act.unit.people.token(digest.hex())
    if token is None or token.ended_at is not None or token.expires_at <= act.now:
        return None
    person = act.unit.people.get(token.person)
    if person is None or person.retired_at is not None:
        return None
    places = act.ground.places
    shared = dict.fromkeys((*within(token.grants, person.grants, places), *within(person.grants, token.grants, places)))
    return Admitted(person, Actor(person.id, tuple(shared), "token"), token=token)


def by_session(act: Act, digest: bytes, rules: Rules) -> Admitted | None:
    """Whom a session speaks for now; None where it is over or idle for too long, or they are retired."""
    session = act.unit.people.session(digest.hex())
    if session is None or not is_open(session, act.now, rules):
        return None
    person = act.unit.people.get(session.person)
    if person is None or person.retired_at is not None:
        return None
    lacks = lacking(person, act.unit.people.credentials(person.id), Way(session.way), rules)
    return Admitted(person, Actor(person.id, person.grants, "session"), session=session, lacks=lacks)


def is_open(session: Session, now: datetime, rules: Rules) -> bool:
    """Whether a session still lets somebody in; idleness is told to within the minute in which it is written down."""
    return session.ended_at is None and now < session.expires_at and now - session.seen_at < rules.idle + SEEN_EVERY


def lacking(person: Person, credentials: Credentials, way: Way, rules: Rules) -> tuple[Lack, ...]:
    """What somebody must set up first who came in this way."""
    is_admin = any(grant.role is Role.ADMIN for grant in person.grants)
    needs_password = credentials.must_change and way is not Way.OPENID
    needs_one_time = rules.admins_need_one_time and is_admin and way is Way.PASSWORD
    return tuple(lack for lack, holds in ((Lack.PASSWORD, needs_password), (Lack.ONE_TIME, needs_one_time)) if holds)


def open_session(act: Act, person: str, way: Way, device: str, rules: Rules) -> Opened:
    """A new session under a secret that has never been, whatever the browser brought along."""
    return _kept(act, Session("", "", person, way.value, device[:LONGEST_DEVICE], act.now, act.now, act.now + rules.longest))


def rotated(act: Act, session: Session, way: Way | None = None) -> Opened:
    """The same session under a new id and secret, as rights or proofs change; it does not last any longer, and no other one goes on."""
    end_sessions(act, session.person)
    return _kept(act, replace(session, way=(way or Way(session.way)).value, seen_at=act.now, ended_at=None))


def end_sessions(act: Act, person: str, only: Iterable[str] | None = None) -> int:
    """End somebody's open sessions, or those of them with these ids; how many there were."""
    ids = None if only is None else frozenset(only)
    found = [one for one in act.unit.people.sessions(person) if one.ended_at is None and (ids is None or one.id in ids)]
    for session in found:
        act.unit.people.save_session(replace(session, ended_at=act.now))
    return len(found)


def open_sessions(act: Act, person: str, rules: Rules) -> tuple[Session, ...]:
    """Somebody's sessions that still let them in, the newest first."""
    return tuple(one for one in act.unit.people.sessions(person) if is_open(one, act.now, rules))


def end_named_sessions(act: Act, person: str, ids: Collection[str]) -> None:
    """End these of somebody's sessions, with an audit line; raises Unknown where one was named and is none of theirs."""
    known = {one.id for one in act.unit.people.sessions(person)}
    if not known.issuperset(ids):
        raise Unknown("There is no such session.")
    if end_sessions(act, person, ids):
        act.note("session.ended", person, {"sessions": sorted(ids)})


def end_tokens(act: Act, person: str) -> int:
    """End somebody's tokens; how many there were."""
    found = [one for one in act.unit.people.tokens(person) if one.ended_at is None]
    for token in found:
        act.unit.people.save_token(replace(token, ended_at=act.now))
    return len(found)


def is_to_be_marked(admitted: Admitted, now: datetime) -> bool:
    """Whether it is time to write down that the session or token was used."""
    last = admitted.session.seen_at if admitted.session else admitted.token.used_at if admitted.token else now
    return last is None or now - last >= SEEN_EVERY


def mark(act: Act, admitted: Admitted, at: datetime) -> None:
    """Write it down, unless the session or token has ended or been marked meanwhile; no audit line."""
    if admitted.session is not None:
        session = act.unit.people.session(admitted.session.hash)
        if session is not None and session.ended_at is None and session.seen_at < at:
            act.unit.people.save_session(replace(session, seen_at=at))
    elif admitted.token is not None:
        token = act.unit.people.token(admitted.token.hash)
        if token is not None and token.ended_at is None:
            act.unit.people.save_token(replace(token, used_at=at))


def _kept(act: Act, session: Session) -> Opened:
    secret = bearers.new(bearers.Kind.SESSION)
    kept = replace(session, id=f"s-{token_hex(6)}", hash=secret.digest.hex())
    act.unit.people.add_session(kept)
    return Opened(kept, secret.text)
