"""What commands of whoever runs the host do the same way: acting as them, and reading grants from words; which commands there are is elsewhere."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from admin.commands.context import Context, operator
from admin.curation.acting import Act, Desk, acting, looking
from elections.places import WORLD
from review.people import Grant, Role

T = TypeVar("T")

ROLES: Final = ", ".join(Role)


class GrantWord(click.ParamType[Grant]):
    """`ROLE`, `ROLE:REGION` or `ROLE:REGION:LANGUAGE,…`."""

    name = "grant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Grant:
        """The grant that the word says; regions and languages are looked at later."""
        if isinstance(value, Grant):
            return value
        role, region, languages, *more = [*str(value).split(":"), "", ""][:4] if str(value).count(":") < 3 else ["", "", "", "too many"]
        if role not in list(Role) or any(more):
            self.fail(f"must be ROLE, ROLE:REGION or ROLE:REGION:LANGUAGE,…, with one of the roles {ROLES}.", param, ctx)
        return Grant(Role(role), region or WORLD, tuple(tag for tag in languages.split(",") if tag))


def done(context: Context, action: str, subject: str, do: Callable[[Act], T]) -> T:
    """What the use case gives, done as whoever runs the host."""
    store = context.open_store()
    try:
        with acting(Desk(store, context.clock), operator(), action, subject) as act:
            return do(act)
    finally:
        store.close()


def looked(context: Context, do: Callable[[Act], T]) -> T:
    """The same for what only reads."""
    store = context.open_store()
    try:
        with looking(Desk(store, context.clock), operator()) as act:
            return do(act)
    finally:
        store.close()
