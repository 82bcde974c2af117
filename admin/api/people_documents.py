"""People, sessions and tokens as the JSON that the side door answers with; secrets only where they are told this once."""

from typing import Any

from admin.api.cookies import csrf_token
from admin.curation.acting import Act
from admin.curation.people import grants_document, tag_of
from admin.curation.people_sessions import Admitted
from review.access import Session, Token
from review.people import Person


def person_document(person: Person) -> dict[str, Any]:
    """A person, with the tag of their state."""
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "grants": grants_document(person.grants),
        "created_at": person.created_at,
        "retired_at": person.retired_at,
        "tag": tag_of(person),
    }


def session_document(session: Session, current: str | None) -> dict[str, Any]:
    """A session; `current` is the id of the one that asks."""
    return {
        "id": session.id,
        "way": session.way,
        "device": session.device,
        "created_at": session.created_at,
        "seen_at": session.seen_at,
        "expires_at": session.expires_at,
        "is_current": session.id == current,
    }


def token_document(token: Token) -> dict[str, Any]:
    """A token without its text."""
    return {
        "id": token.id,
        "person": token.person,
        "name": token.name,
        "hint": token.hint,
        "grants": grants_document(token.grants),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "used_at": token.used_at,
        "ended_at": token.ended_at,
    }


def me_document(act: Act, admitted: Admitted, secret: str | None) -> dict[str, Any]:
    """Who is signed in; `secret` is their session's, which the token against forgery is made from."""
    person, session = admitted.person, admitted.session
    credentials = act.unit.people.credentials(person.id)
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "grants": grants_document(admitted.actor.grants),
        "way": admitted.actor.way,
        "session": session_document(session, session.id) if session else None,
        "csrf_token": csrf_token(secret) if session and secret else None,
        "lacks": [lack.value for lack in admitted.lacks],
        "has_password": bool(credentials.password),
        "has_one_time": credentials.one_time_confirmed,
        "recovery_codes_left": len(credentials.recovery),
    }
