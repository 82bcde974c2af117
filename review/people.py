"""People and what they may: roles over region subtrees and languages; how somebody proves who they are is the side door's business."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from elections.places import WORLD, Places
from keywords.lists import Ranked
from review.errors import NotAllowed


class Role(Ranked):
    """Each may what those before it may."""

    VIEWER = "viewer"
    CURATOR = "curator"
    REVIEWER = "reviewer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a region and everything below it; `languages` are BCP 47 tags, none of them means all."""

    role: Role
    region: str = WORLD
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What something concerns: a region, and the language where it has only one."""

    region: str = WORLD
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in; `id` is short and never changes, `retired_at` is set for one who may do nothing any more."""

    id: str
    name: str
    email: str = ""
    grants: tuple[Grant, ...] = ()
    created_at: datetime | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in this moment, and with which of their rights: a token may hold fewer than its person."""

    person: str
    grants: tuple[Grant, ...]
    way: str = "session"
    """How they came in: `session`, `token`, or `operator` for who works on the host itself."""

    @property
    def is_anybody(self) -> bool:
        """Whether they hold any right at all."""
        return bool(self.grants)

    def has(self, role: Role) -> bool:
        """Whether they hold a role anywhere."""
        return any(grant.role.rank >= role.rank for grant in self.grants)

    def may(self, role: Role, scope: Scope, places: Places) -> bool:
        """Whether one of the grants reaches the scope; one that is limited to languages reaches only what is in one of them."""
        chain = frozenset(places.chain(scope.region)) if scope.region in places.by_code else frozenset({WORLD})
        return any(
            grant.role.rank >= role.rank and grant.region in chain and (not grant.languages or scope.language in grant.languages)
            for grant in self.grants
        )

    def check(self, role: Role, scopes: Iterable[Scope], places: Places) -> None:
        """Raise NotAllowed unless the role is held for every scope."""
        for scope in scopes:
            if not self.may(role, scope, places):
                raise NotAllowed(role.value, scope.region, scope.language)


def within(inner: Iterable[Grant], outer: Iterable[Grant], places: Places) -> tuple[Grant, ...]:
    """Those of the inner grants that the outer ones cover, each lowered to the highest role that they give there."""
    outer = tuple(outer)
    return tuple(found for grant in inner if (found := _lowered(grant, outer, places)) is not None)


def _lowered(grant: Grant, outer: tuple[Grant, ...], places: Places) -> Grant | None:
    chain = frozenset(places.chain(grant.region)) if grant.region in places.by_code else frozenset({WORLD})
    reaching = [
        one.role
        for one in outer
        if one.region in chain and (not one.languages or (grant.languages and set(grant.languages) <= set(one.languages)))
    ]
    highest = max((role for role in reaching), key=lambda role: role.rank, default=None)
    if highest is None:
        return None
    return Grant(min(grant.role, highest, key=lambda role: role.rank), grant.region, grant.languages)
