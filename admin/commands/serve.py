"""`signpost serve`: the service, from the newest verified release on; what it answers is make_app's, what comes next is followed."""

import sys

import click

from admin.commands.context import Context
from admin.errors import NothingToServe
from admin.following import Follower, mark_of
from admin.hooks.coming import Announcer
from admin.hooks.courier import Courier
from admin.hooks.postroom import Postroom
from admin.side_door import OFFICE
from admin.stopping.following import StopsFollower
from admin.timekeeper import Timekeeper
from notices.live import Serving, compile_release
from notices.release import Release
from web.deadlines import Deadlines, Reception
from web.logs import make_log
from web.metrics import METRICS
from web.serving import run, settle, unnoticed
from web.serving import serve as listen


@click.command()
@click.pass_obj
def serve(context: Context) -> None:
    """Serve until stopped."""
    settings = context.settings
    log = make_log(sys.stderr.buffer, context.clock, settings.log_level)
    seen = mark_of(settings.release_file)
    serving = _served(context)
    app = context.make_app(settings, serving, context.clock)
    follower = Follower(
        file=settings.release_file,
        serving=serving,
        trusted=context.trusted(),
        check_may_serve=lambda release: _check_may_serve(release, context),
        log=log,
        refused=app[METRICS].release_refused,
        turns=unnoticed(),
        seen=seen,
        clock=context.clock,
        public_url=settings.url,
    )
    app.cleanup_ctx.append(follower.following)
    stops = StopsFollower(settings.stops_file, serving, context.clock, log, app[METRICS].stops_refused)
    app[METRICS].stops_counted_by(stops.in_force)
    stops.look()
    app.cleanup_ctx.append(stops.following)
    app.cleanup_ctx.append(Timekeeper(app[OFFICE], serving, stops, log).keeping)
    announcer = Announcer(app[OFFICE], serving, unnoticed())
    app.cleanup_ctx.append(Postroom(Courier(app[OFFICE], context.outside), announcer, log).working)
    settle()
    reception = Reception(Deadlines(connections=settings.max_connections), context.problems, log)
    sys.exit(run(listen(app, settings.host, settings.port, reception)))


def _served(context: Context) -> Serving:
    """The newest verified release; nothing else may keep it, so that it can go when another is served."""
    signed = context.current()
    _check_may_serve(signed.release, context)
    serving = Serving()
    serving.offer(compile_release(signed))
    return serving


def _check_may_serve(release: Release, context: Context) -> None:
    if release.starter and not context.settings.is_development and not context.settings.allow_drafts:
        raise NothingToServe(
            "The starter release is a draft nobody has reviewed, so it is not served in production mode. "
            "Publish a reviewed release, or set SIGNPOST_ALLOW_DRAFTS=true to allow drafts."
        )
