"""Who is known here: added, described, given rights, retired and restored, listed; what they prove themselves by is in people_credentials."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from admin.curation.acting import Act
from admin.curation.people_errors import OwnRights
from admin.curation.people_grants import (
    WORLD_ADMIN,
    admin_grants,
    canonical_grants,
    check_may_give,
    check_world_admin_left,
    covers,
)
from admin.curation.people_sessions import end_sessions, end_tokens
from admin.errors import Unconditional
from notices.documents import canonical_bytes
from notices.errors import InvalidDocument
from review.errors import NotAllowed, Stale, Unknown
from review.people import Grant, Person, Role, Scope
from store.errors import Taken

LONGEST_NAME: Final = 200
LONGEST_EMAIL: Final = 254
TAG_DIGITS: Final = 32
RESERVED: Final = frozenset({"nobody", "signpost", "operator", "system", "me"})
"""Names that stand for others in audit lines or paths."""
_ID: Final = re.compile(r"[a-z](?:-?[a-z0-9]){1,39}", re.ASCII)
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+")


def add(act: Act, person: Person) -> Person:
    """A new person, perhaps with grants; raises Taken, InvalidDocument, NotAllowed."""
    _check_admin(act)
    check_id(person.id)
    grants = canonical_grants(act, person.grants)
    check_may_give(act, person.id, grants)
    added = replace(person, name=_name(person.name), email=_email(person.email), grants=grants, created_at=act.now, retired_at=None)
    if act.unit.people.get(added.id) is not None:
        raise Taken("Somebody has this id already; ids are never given twice.")
    act.unit.people.add(added)
    act.note("person.added", added.id, {"grants": grants_document(grants)})
    return added


def describe(act: Act, known_as: str, name: str, email: str, expected: str | None) -> Person:
    """Another name or address."""
    person = managed(act, known_as)
    _check_expected(person, expected)
    changed = replace(person, name=_name(name), email=_email(email))
    if changed != person:
        act.unit.people.save(changed)
        act.note(
            "person.described",
            person.id,
            {"changed": [what for what in ("name", "email") if getattr(changed, what) != getattr(person, what)]},
        )
    return changed


def set_grants(act: Act, known_as: str, grants: Iterable[Grant], expected: str | None) -> Person:
    """Let exactly these grants hold. What changes must be the actor's to give; the person's sessions end: new rights, new secret."""
    person = seen(act, known_as)
    _check_expected(person, expected)
    wanted = canonical_grants(act, grants)
    check_may_give(act, person.id, set(person.grants) ^ set(wanted))
    return give(act, person, wanted)


def give(act: Act, person: Person, grants: tuple[Grant, ...]) -> Person:
    """The same once it is known that it may be."""
    if set(grants) == set(person.grants):
        return person
    changed = replace(person, grants=grants)
    if WORLD_ADMIN not in grants:
        check_world_admin_left(act, person)
    act.unit.people.grant(person.id, grants)
    end_sessions(act, person.id)
    detail = {"before": grants_document(person.grants), "after": grants_document(grants)}
    act.note("person.granted", person.id, detail)
    return changed


def retire(act: Act, known_as: str) -> Person:
    """Somebody who may do nothing any more; their sessions and tokens end, what they did stays theirs."""
    person = managed(act, known_as)
    if person.retired_at is not None:
        return person
    check_world_admin_left(act, person)
    retired = replace(person, retired_at=act.now)
    act.unit.people.save(retired)
    ended = {"sessions": end_sessions(act, person.id), "tokens": end_tokens(act, person.id)}
    act.note("person.retired", person.id, ended)
    return retired


def restore(act: Act, known_as: str) -> Person:
    """Somebody who may again what their grants say; they sign in anew, and make new tokens."""
    person = managed(act, known_as)
    if person.retired_at is None:
        return person
    restored = replace(person, retired_at=None)
    act.unit.people.save(restored)
    act.note("person.restored", person.id)
    return restored


def listed(act: Act, after: str, limit: int) -> tuple[Person, ...]:
    """By id, those whom the actor may see."""
    _check_admin(act)
    return tuple(person for person in act.unit.people.all() if person.id > after and _may_see(act, person))[:limit]


def seen(act: Act, known_as: str) -> Person:
    """One whom the actor may see: themselves, or where they are admin; raises Unknown for anybody else, as for nobody."""
    person = act.unit.people.get(known_as)
    if person is None or not _may_see(act, person):
        raise Unknown("There is no such person, or not where you are admin.")
    return person


def managed(act: Act, known_as: str) -> Person:
    """One whose every right the actor could give: nobody gains rights by taking over somebody else's account."""
    _check_admin(act)
    person = seen(act, known_as)
    for grant in person.grants:
        if not covers(admin_grants(act.actor), grant, act.ground.places):
            raise NotAllowed(Role.ADMIN.value, grant.region, grant.languages[0] if grant.languages else None)
    return person


def managed_other(act: Act, known_as: str) -> Person:
    """The same, but never the actor."""
    if known_as == act.actor.person:
        raise OwnRights("This is for other people; for yourself there are the routes under /me.")
    return managed(act, known_as)


def tag_of(person: Person) -> str:
    """What `If-Match` names the person's state by."""
    retired = person.retired_at.isoformat() if person.retired_at else None
    state: Any = [person.id, person.name, person.email, grants_document(person.grants), retired]
    return hashlib.sha256(canonical_bytes(state)).hexdigest()[:TAG_DIGITS]


def grants_document(grants: Iterable[Grant]) -> list[dict[str, Any]]:
    """Grants as plain JSON, for audit lines and answers."""
    ordered = sorted(grants, key=lambda grant: (grant.region, grant.role.rank, grant.languages))
    return [{"role": grant.role.value, "region": grant.region, "languages": list(grant.languages)} for grant in ordered]


def check_id(known_as: str) -> None:
    """Raise InvalidDocument unless somebody may be called so."""
    if _ID.fullmatch(known_as) is None or known_as in RESERVED:
        raise InvalidDocument(
            "An id has 2 to 40 small letters, digits and single hyphens, begins with a letter, and is no reserved word.", "/id"
        )


def _check_admin(act: Act) -> None:
    if not admin_grants(act.actor):
        act.actor.check(Role.ADMIN, (Scope(),), act.ground.places)


def _may_see(act: Act, person: Person) -> bool:
    """Whether somebody has a right where the actor is admin, or none yet, or is the actor."""
    admins = admin_grants(act.actor)
    if person.id == act.actor.person:
        return True
    return bool(admins) and (not person.grants or any(covers(admins, grant, act.ground.places) for grant in person.grants))


def _check_expected(person: Person, expected: str | None) -> None:
    if expected is None:
        raise Unconditional("Say which state this is about: If-Match with the ETag of the person as you read them.")
    if expected != tag_of(person):
        raise Stale("Somebody has changed this person since you read them: read them again, and then decide.")


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise InvalidDocument(f"A name has 1 to {LONGEST_NAME} characters.", "/name")
    return name


def _email(text: str) -> str:
    email = text.strip()
    if email and (len(email) > LONGEST_EMAIL or _EMAIL.fullmatch(email) is None or not email.isprintable()):
        raise InvalidDocument("This is not an e-mail address; leave it empty where there is none.", "/email")
    return email
