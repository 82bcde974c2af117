"""API tokens: made, listed and ended; each is never wider than its person, and whom it speaks for in a moment is people_sessions' to say."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Final

from admin.curation.acting import Act
from admin.curation.people import grants_document, managed, seen
from admin.curation.people_grants import canonical_grants, covers
from admin.signing_in import bearers
from notices.errors import InvalidDocument
from review.access import Token
from review.errors import NotAllowed, Unknown
from review.people import Grant, Person

LONGEST: Final = timedelta(days=365)
USUAL: Final = timedelta(days=90)
LONGEST_NAME: Final = 100
HINT: Final = len(bearers.Kind.PERSONAL) + 1 + 4
"""Characters of a token that lists may show: its kind and 4 of its 32 random ones."""


@dataclass(frozen=True, slots=True)
class Made:
    """A token with its text, which is told this once."""

    token: Token
    text: str = field(repr=False)


def make_token(act: Act, person: Person, name: str, grants: Iterable[Grant], expires_at: datetime | None = None) -> Made:
    """A token with some of a person's rights, for 90 days unless said otherwise, a year at most; raises NotAllowed for rights they lack."""
    wanted = canonical_grants(act, grants)
    if not wanted:
        raise InvalidDocument("A token needs at least one grant.", "/grants")
    for grant in wanted:
        if not covers(person.grants, grant, act.ground.places):
            raise NotAllowed(grant.role.value, grant.region, grant.languages[0] if grant.languages else None)
    ends = expires_at or act.now + USUAL
    if not act.now < ends <= act.now + LONGEST:
        raise InvalidDocument(f"A token ends within {LONGEST.days} days, and not in the past.", "/expires_at")
    bearer = bearers.new(bearers.Kind.PERSONAL)
    token = Token(f"t-{token_hex(6)}", bearer.digest.hex(), person.id, _name(name), bearer.text[:HINT], wanted, act.now, ends)
    act.unit.people.add_token(token)
    act.note("token.made", token.id, {"person": person.id, "grants": grants_document(wanted), "expires_at": ends.isoformat()})
    return Made(token, bearer.text)


def own_token(act: Act, name: str, grants: Iterable[Grant], expires_at: datetime | None = None) -> Made:
    """The same for the actor."""
    return make_token(act, seen(act, act.actor.person), name, grants, expires_at)


def tokens_of(act: Act, known_as: str) -> tuple[Token, ...]:
    """Somebody's tokens, the newest first; one's own, or where one could give all that they may."""
    person = seen(act, known_as) if known_as == act.actor.person else managed(act, known_as)
    return act.unit.people.tokens(person.id)


def end_token(act: Act, known_as: str) -> Token:
    """A token that lets nobody in any more, from the next request on; raises Unknown."""
    token = next((one for one in act.unit.people.tokens() if one.id == known_as), None)
    if token is None or (token.person != act.actor.person and not _may_end(act, token)):
        raise Unknown("There is no such token, or it is not yours to end.")
    if token.ended_at is not None:
        return token
    ended = replace(token, ended_at=act.now)
    act.unit.people.save_token(ended)
    act.note("token.ended", token.id, {"person": token.person})
    return ended


def _may_end(act: Act, token: Token) -> bool:
    try:
        managed(act, token.person)
    except (NotAllowed, Unknown):
        return False
    return True


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise InvalidDocument(f"The name of a token has 1 to {LONGEST_NAME} characters.", "/name")
    return name
