"""What people may, and who may say so: an admin gives and takes only what their own admin grants cover, and never their own."""

from collections.abc import Iterable
from typing import Final

from admin.curation.acting import Act
from admin.curation.people_errors import GrantRefused, LastAdmin, OwnRights
from elections.errors import UnknownRegion
from elections.places import WORLD, Places
from notices.errors import UnknownLanguage
from notices.languages import canonical
from review.errors import NotAllowed
from review.people import Actor, Grant, Person, Role, within

MOST: Final = 100
"""Grants of one person."""
WORLD_ADMIN: Final = Grant(Role.ADMIN)


def canonical_grants(act: Act, grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """The grants with regions and languages as they are kept, each once; raises GrantRefused with a pointer from `/grants` on."""
    found = tuple(_canonical(grant, number, act.ground.places) for number, grant in enumerate(grants))
    if len(found) > MOST:
        raise GrantRefused("too_many_grants", f"A person has at most {MOST} grants.", "/grants")
    return tuple(sorted(dict.fromkeys(found), key=lambda grant: (grant.region, grant.role.rank, grant.languages)))


def check_may_give(act: Act, person: str, grants: Iterable[Grant]) -> None:
    """Raise unless the actor may give, or take, each of these grants to, or from, this person."""
    grants = tuple(grants)
    if grants and person == act.actor.person:
        raise OwnRights("Nobody gives or takes their own rights; ask another admin.")
    for grant in grants:
        if not covers(admin_grants(act.actor), grant, act.ground.places):
            raise NotAllowed(Role.ADMIN.value, grant.region, grant.languages[0] if grant.languages else None)


def check_world_admin_left(act: Act, person: Person) -> None:
    """Raise LastAdmin where nobody but this person is admin for the whole world."""
    if person.retired_at is not None or WORLD_ADMIN not in person.grants:
        return
    if not any(one.id != person.id and one.retired_at is None and WORLD_ADMIN in one.grants for one in act.unit.people.all()):
        raise LastAdmin


def admin_grants(actor: Actor) -> tuple[Grant, ...]:
    """Where the actor is admin."""
    return tuple(grant for grant in actor.grants if grant.role is Role.ADMIN)


def covers(outer: Iterable[Grant], grant: Grant, places: Places) -> bool:
    """Whether the outer grants give all of one."""
    return within((grant,), outer, places) == (grant,)


def _canonical(grant: Grant, number: int, places: Places) -> Grant:
    pointer = f"/grants/{number}"
    try:
        region = WORLD if grant.region == WORLD else places.resolve(grant.region).code
    except UnknownRegion as error:
        raise GrantRefused("unknown_region", "This is not a region.", f"{pointer}/region", error.suggestion) from None
    languages: dict[str, None] = {}
    for place, tag in enumerate(grant.languages):
        try:
            languages[canonical(tag)] = None
        except UnknownLanguage as error:
            raise GrantRefused("unknown_language", str(error), f"{pointer}/languages/{place}") from None
    return Grant(grant.role, region, tuple(sorted(languages)))
