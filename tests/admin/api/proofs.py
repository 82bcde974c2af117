"""Passwords, authenticators, sessions and tokens of the people of `tests.curated`, made by the use cases themselves."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import aiohttp
import pyotp
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from admin.api.cookies import PLAIN, csrf_token
from admin.curation.people_sessions import Opened, Rules, Way, open_session
from admin.curation.people_tokens import make_token
from admin.settings import Settings
from admin.signing_in.passwords import hash_password
from notices.live import Serving
from review.audit import AuditLine
from review.people import Grant
from server import make_app
from store.values import Lines
from tests.curated import ADA, Curated

PASSWORD = "vier Ziegen in Zürich"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BASE = "/admin/api/v1"
ORIGIN = "http://127.0.0.1:8080"


@lru_cache(maxsize=8)
def hashed(password: str = PASSWORD) -> str:
    return hash_password(password)


def with_password(curated: Curated, person: str, password: str = PASSWORD, **fields: Any) -> None:
    """Let somebody have a password, and perhaps more."""
    with curated.act(ADA) as act:
        before = act.unit.people.credentials(person)
        act.unit.people.set_credentials(person, replace(before, password=hashed(password), **fields))


def with_one_time(curated: Curated, person: str, **fields: Any) -> None:
    """Let somebody have an authenticator too."""
    with_password(curated, person, one_time=SECRET, one_time_confirmed=True, **fields)


def code(now: datetime, secret: str = SECRET) -> str:
    """What the authenticator shows."""
    return pyotp.TOTP(secret).at(now)


def session(curated: Curated, person: str, way: Way = Way.PASSWORD, rules: Rules | None = None) -> Opened:
    """Somebody signed in."""
    with curated.act(ADA) as act:
        return open_session(act, person, way, "a browser", rules or Rules())


def sending(opened: Opened, **more: str) -> dict[str, str]:
    """The headers that a page of ours sends with a change."""
    return {"Cookie": f"{PLAIN}={opened.secret}", "X-CSRF-Token": csrf_token(opened.secret), "Origin": ORIGIN, **more}


def token(curated: Curated, person: str, *grants: Grant, lasts: timedelta | None = None) -> str:
    """A token of somebody, with all their rights unless said otherwise."""
    with curated.act(ADA) as act:
        found = act.unit.people.get(person)
        assert found is not None
        return make_token(act, found, "for a test", grants or found.grants, lasts and act.now + lasts).text


def bearing(text: str, **more: str) -> dict[str, str]:
    """The header that a program sends."""
    return {"Authorization": f"Bearer {text}", **more}


async def client_of(aiohttp_client: AiohttpClient, curated: Curated, settings: Settings | None = None) -> TestClient:
    """A browser without a jar: what it sends is said each time."""
    app = make_app(settings or curated.settings, Serving(), curated.clock)
    return await aiohttp_client(app, cookie_jar=aiohttp.DummyCookieJar())


async def problem(response: aiohttp.ClientResponse) -> tuple[int, str]:
    """Status and code of a refusal."""
    assert response.content_type == "application/problem+json", await response.text()
    return response.status, (await response.json(content_type=None))["code"]


def lines(curated: Curated, action: str) -> list[tuple[str, str, str]]:
    """Actor, subject and outcome of the audit lines of an action, the oldest first."""
    with curated.look() as act:
        found = act.unit.journal.lines(Lines(action=action))
    return [(line.actor, line.subject, line.outcome) for line in reversed(found)]


def everything_said(curated: Curated) -> tuple[AuditLine, ...]:
    """The whole audit chain."""
    with curated.look() as act:
        return tuple(act.unit.journal.all())
