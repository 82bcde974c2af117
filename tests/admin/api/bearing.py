"""A server over a curated store, and the tokens that people send it."""

from datetime import timedelta

from aiohttp import web

from admin.signing_in.bearers import Kind, new
from notices.live import Live, Serving, compile_release
from notices.release_file import load_release_file
from review.access import Token
from review.people import Actor
from server import make_app
from tests.curated import NOW, TRUSTED, Curated


def moment():
    """The clock of a server whose worker process must know it too: a function of a module."""
    return NOW + timedelta(days=1)


def bearer(curated: Curated, who: Actor) -> dict[str, str]:
    """The header of a new token of somebody, with all of their grants."""
    made = new(Kind.PERSONAL)
    with curated.store.writing() as unit:
        told = (f"t-{who.person}-{made.text[-6:]}", made.digest.hex(), who.person, "test", made.text[-4:], who.grants)
        unit.people.add_token(Token(*told, NOW, NOW + timedelta(days=30)))
    return {"Authorization": f"Bearer {made.text}"}


def live_of(curated: Curated) -> Live:
    """The published release, compiled."""
    return compile_release(load_release_file(curated.settings.release_file, TRUSTED))


def app_over(curated: Curated, clock=None, **changed: object) -> web.Application:
    """The whole service over the store; the clock is the store's unless another is given."""
    from dataclasses import replace

    serving = Serving()
    serving.offer(live_of(curated))
    return make_app(replace(curated.settings, **changed), serving, clock or curated.clock)
