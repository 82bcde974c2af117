"""Who comes in through an OpenID provider: known, linked or made anew, and what their groups give them; how it is proven is in admin/signing_in.

Where a file gives groups their rights, the provider decides: at each sign-in exactly the rights of one's groups hold, and those that were given
before, by groups or by hand, end. Rights cannot be told apart by who gave them once somebody has left, and a leaver must not keep any.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from admin.curation.acting import Act
from admin.curation.people import RESERVED, give, grants_document
from admin.curation.people_errors import AddressTaken, LastAdmin, NoRights
from admin.curation.people_grants import WORLD_ADMIN, check_world_admin_left
from admin.curation.people_sessions import Rules, Way, end_sessions, end_tokens
from admin.curation.signing_in import OPENED, SignedIn, let_in, note_refusal
from admin.signing_in.openid import Identity
from review.access import Credentials
from review.people import Actor, Grant, Person

PROVIDER: Final = Actor("signpost", (), "openid")
"""Who writes down what the provider says."""
LONGEST_ID: Final = 30
_NOT_IN_IDS: Final = re.compile(r"[^a-z0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reliance:
    """How far the provider is relied on: whether its groups say what people may, and whether its addresses say who they are."""

    on_groups: bool
    on_email: bool


def signed_in_as(
    act: Act, identity: Identity, reliance: Reliance, device: str, rules: Rules, ending: bytes | None
) -> SignedIn | NoRights | AddressTaken:
    """A new session, or why there is none: that is told rather than raised, for rights that have gone must be gone."""
    found = _person(act, identity, reliance)
    if not isinstance(found, Person):
        note_refusal(act, OPENED, "", found.code)
        return found
    person = _synced(act, found, identity.grants) if reliance.on_groups and found.retired_at is None else found
    if person.retired_at is not None or not person.grants:
        note_refusal(act, OPENED, person.id, NoRights.code)
        return NoRights()
    return let_in(act, person, Way.OPENID, device, rules, ending)


def _person(act: Act, identity: Identity, reliance: Reliance) -> Person | NoRights | AddressTaken:
    known = act.unit.people.by_identity(identity.issuer, identity.subject)
    if known is not None:
        return known
    same = act.unit.people.by_email(identity.email) if identity.email_verified else None
    if same is not None and not reliance.on_email:
        return AddressTaken()
    if same is not None:
        _close_other_ways(act, same)
        return _linked(act, same, identity)
    if not identity.grants:
        return NoRights()
    email = identity.email if identity.email_verified else ""
    known_as = _free_id(act, email.partition("@")[0] or identity.name)
    person = Person(known_as, identity.name or known_as, email, (), act.now)
    act.unit.people.add(person)
    replace(act, actor=PROVIDER).note("person.added", person.id, {"issuer": identity.issuer, "grants": []})
    return _linked(act, person, identity)


def _linked(act: Act, person: Person, identity: Identity) -> Person:
    act.unit.people.link(person.id, identity.issuer, identity.subject)
    replace(act, actor=PROVIDER).note("person.linked", person.id, {"issuer": identity.issuer})
    return person


def _close_other_ways(act: Act, person: Person) -> None:
    """Whoever gave the account this address may know its password, hold its authenticator or its tokens: none of them opens it any more."""
    act.unit.people.set_credentials(person.id, Credentials())
    ended = {"sessions": end_sessions(act, person.id), "tokens": end_tokens(act, person.id)}
    replace(act, actor=PROVIDER).note("credentials.dropped", person.id, ended)


def _synced(act: Act, person: Person, grants: tuple[Grant, ...]) -> Person:
    """With the rights of their groups; the last admin for the world stays that, and the audit line says so."""
    wanted = tuple(sorted(set(grants), key=lambda grant: (grant.region, grant.role.rank, grant.languages)))
    by_provider = replace(act, actor=PROVIDER)
    if WORLD_ADMIN not in wanted:
        try:
            check_world_admin_left(act, person)
        except LastAdmin as error:
            by_provider.note("person.kept", person.id, {"why": error.code, "groups_give": grants_document(wanted)})
            wanted = (*wanted, WORLD_ADMIN)
    return give(by_provider, person, wanted)


def _free_id(act: Act, text: str) -> str:
    """An id that nobody has, made from somebody's address or name."""
    letters = _NOT_IN_IDS.sub("-", text.casefold()).strip("-0123456789")[:LONGEST_ID].strip("-")
    base = letters if len(letters) > 1 and letters not in RESERVED else "person"
    number, known_as = 1, base
    while act.unit.people.get(known_as) is not None:
        number += 1
        known_as = f"{base}-{number}"
    return known_as
