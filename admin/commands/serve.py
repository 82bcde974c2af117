"""`signpost serve`: the service, from the newest verified release; what it answers is make_app's."""

import sys

import click

from admin.commands.context import Context
from admin.errors import NothingToServe
from notices.live import Serving, compile_release
from notices.release import Release
from web.deadlines import Deadlines, Reception
from web.logs import make_log
from web.serving import run, settle
from web.serving import serve as listen


@click.command()
@click.pass_obj
def serve(context: Context) -> None:
    """Serve until stopped."""
    settings = context.settings
    signed = context.current()
    _check_may_serve(signed.release, context)
    serving = Serving()
    serving.offer(compile_release(signed))
    app = context.make_app(settings, serving, context.clock)
    settle()
    log = make_log(sys.stderr.buffer, context.clock, settings.log_level)
    reception = Reception(Deadlines(connections=settings.max_connections), context.problems, log)
    sys.exit(run(listen(app, settings.host, settings.port, reception)))


def _check_may_serve(release: Release, context: Context) -> None:
    if release.starter and not context.settings.is_development and not context.settings.allow_drafts:
        raise NothingToServe(
            "The starter release is a draft nobody has reviewed, so it is not served in production mode. "
            "Publish a reviewed release, or set SIGNPOST_ALLOW_DRAFTS=true to allow drafts."
        )
