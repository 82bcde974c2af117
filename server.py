"""Porch: settings from the environment, the clock, wiring, entry point. What anything does lives in the rooms; none imports this."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from types import MappingProxyType

import click
from aiohttp import web

from admin.api.addresses import address_of
from admin.commands.audit import audit
from admin.commands.backup import backup
from admin.commands.change import change
from admin.commands.change_moves import MOVES
from admin.commands.check import check
from admin.commands.context import Context
from admin.commands.decide import decide
from admin.commands.docs import docs
from admin.commands.doctor import doctor
from admin.commands.exporting import exporting
from admin.commands.facts import facts
from admin.commands.hooks import hooks
from admin.commands.importing import importing
from admin.commands.init import init
from admin.commands.people import people
from admin.commands.refresh import refresh
from admin.commands.releases import publish, releases, rollback
from admin.commands.serve import serve
from admin.commands.stop import stop
from admin.commands.token import token
from admin.commands.verify import verify
from admin.commands.words import words
from admin.curation.people_errors import (
    AddressTaken,
    CodeWrong,
    GrantRefused,
    LastAdmin,
    NoRights,
    NotSignedIn,
    OneTimeState,
    OwnRights,
    PasswordWrong,
    SessionNeeded,
    SignInFailed,
    TooManyTries,
)
from admin.engine import is_compiled
from admin.errors import AdminError, KeyProblem, KeyUsedBefore, Unconditional, WorkerLost
from admin.other_releases import OtherReleases
from admin.settings import Settings, read_settings
from admin.side_door import side_door
from admin.signing_in.errors import GroupsFileWrong, PasswordRefused, ProviderFailed, SignInRefused
from admin.stopping.errors import StopsNotWritten, StopsUnreadable
from admin.workbench import trusted
from elections.errors import ElectionsError, UnknownRegion
from keywords.errors import KeywordsError
from notices.api import NoticesApi
from notices.assets import Assets, StaticFiles
from notices.election_data import ElectionData
from notices.errors import InvalidDocument, NoticesError, NotReady, UnknownLanguage
from notices.live import Serving
from notices.open_data import OpenData
from notices.pages import CenterPages
from notices.rendering import Renderer
from notices.texts import Texts
from notices.try_it import TryItPage
from review.errors import Blocked, Conflicting, FourEyes, MoveNotAllowed, NotAllowed, NotAPiece, ReviewError, Stale, Unknown
from store.errors import ReleaseConflict, StoreError, Taken
from web.health import Health
from web.lanes import LANES, Lanes
from web.limits import client_limit
from web.logs import AccessLog, make_log
from web.metrics import METRICS, Metrics
from web.middleware import manners
from web.openapi import OpenApi
from web.problems import ProblemTable, Told
from web.reference import Reference
from web.routes import Access, register
from web.serving import unnoticed

EXPLAIN_RATE = "60/minute"
SIGN_IN_RATE = "30/minute"

PROBLEMS = ProblemTable(
    MappingProxyType(
        {
            UnknownRegion: Told(404, "Unknown region"),
            UnknownLanguage: Told(422, "Unknown language"),
            NotReady: Told(503, "Not ready", retry_after=5),
            InvalidDocument: Told(422, "Not valid"),
            NotAPiece: Told(422, "Not valid"),
            Unknown: Told(404, "Not found"),
            NotAllowed: Told(403, "Not allowed"),
            FourEyes: Told(403, "Not allowed"),
            MoveNotAllowed: Told(409, "Conflict"),
            Conflicting: Told(409, "Conflict"),
            ReleaseConflict: Told(409, "Conflict"),
            Taken: Told(409, "Conflict"),
            Stale: Told(412, "Precondition failed"),
            Blocked: Told(422, "Checks failed"),
            KeyUsedBefore: Told(422, "Not valid"),
            Unconditional: Told(428, "Precondition required"),
            SignInFailed: Told(401, "Not signed in"),
            NotSignedIn: Told(401, "Not signed in"),
            PasswordWrong: Told(403, "Not allowed"),
            SessionNeeded: Told(403, "Not allowed"),
            OwnRights: Told(403, "Not allowed"),
            NoRights: Told(403, "Not allowed"),
            SignInRefused: Told(403, "Not allowed"),
            ProviderFailed: Told(503, "Unavailable", retry_after=30),
            GroupsFileWrong: Told(503, "Unavailable"),
            LastAdmin: Told(409, "Conflict"),
            OneTimeState: Told(409, "Conflict"),
            AddressTaken: Told(409, "Conflict"),
            PasswordRefused: Told(422, "Not valid"),
            CodeWrong: Told(422, "Not valid"),
            GrantRefused: Told(422, "Not valid"),
            TooManyTries: Told(429, "Too many requests", retry_after=60),
            KeyProblem: Told(503, "Unavailable"),
            WorkerLost: Told(503, "Unavailable", retry_after=5),
            StopsUnreadable: Told(503, "Unavailable"),
            StopsNotWritten: Told(503, "Unavailable"),
            StoreError: Told(503, "Unavailable", retry_after=5),
        }
    )
)
"""Which error of which room is told as which status, for every door and command."""


def clock() -> datetime:
    """The current instant; the only place that asks for it."""
    return datetime.now(UTC)  # noqa: TID251


def make_app(settings: Settings, serving: Serving, now: Callable[[], datetime] = clock) -> web.Application:
    """The whole service over what is being served."""
    metrics = Metrics(lambda: serving.live.release.number)
    log = make_log(sys.stderr.buffer, now, settings.log_level)
    noted = (AccessLog(sys.stderr.buffer, now), metrics)
    app = web.Application(middlewares=[manners(PROBLEMS, log, *noted)], client_max_size=4 * 1024 * 1024)
    texts, assets = Texts(), Assets()
    renderer = Renderer(settings.url, assets)
    openapi = OpenApi(app, settings.url)
    side = side_door(app, settings, now)
    others = OtherReleases(side.office, side.door, lambda: trusted(settings), unnoticed())
    notices = NoticesApi(serving, now, settings.url, PROBLEMS, metrics.decided, others)
    register(
        app,
        notices,
        OpenData(serving, now, settings.url),
        ElectionData(serving, now, texts),
        CenterPages(serving, now, renderer, texts),
        TryItPage(serving, now, renderer, texts, notices, explain_open=settings.is_development),
        StaticFiles(assets),
        openapi,
        Reference(openapi),
        Health(lambda: serving.live),
        metrics,
        *side.handlers,
        doorkeeper=side.door,
        open_to=(Access.PUBLIC, Access.DEVELOPMENT) if settings.is_development else (Access.PUBLIC,),
        rates={
            "explain": client_limit(EXPLAIN_RATE),
            "sign_in": client_limit(SIGN_IN_RATE, lambda request: address_of(request, settings.trusted_proxies)),
        },
    )
    app[METRICS] = metrics
    app[LANES] = Lanes(app, {("POST", "/v1/notices"): notices.post_at_once, ("GET", "/v1/notices"): notices.get_at_once}, *noted)
    return app


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.pass_context
def signpost(context: click.Context) -> None:
    """Election notices for searches: serve them, decide from the command line, check and verify what is published."""
    is_compiled()  # or refuse: an engine of other code than ours must not answer
    context.obj = Context(read_settings(os.environ), clock, make_app, PROBLEMS)


COMMANDS = (
    *(serve, stop, init, decide, check, verify, doctor, facts, words, docs, importing, exporting, refresh),
    *(people, token, change, publish, rollback, releases),
    *(audit, backup, hooks),
)
for command in COMMANDS:
    signpost.add_command(command)
for command in MOVES:
    change.add_command(command)


def main() -> None:
    """Run the command line; an expected refusal is one sentence and exit code 1."""
    try:
        signpost()
    except (AdminError, StoreError, ReviewError, NoticesError, ElectionsError, KeywordsError) as error:
        click.echo(f"signpost: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
