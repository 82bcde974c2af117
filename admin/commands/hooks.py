"""`signpost hooks`: who is told when something happens, by whoever runs the host; the same use cases as over HTTP."""

import click

from admin.commands.at_work import show
from admin.commands.context import Context
from admin.commands.operating import done, looked
from admin.curation.acting import Act
from admin.hooks.keeping import LISTENED, add_hook, change_hook, deliveries, end_hook, hook_of, ping, replay, tag_of
from admin.hooks.keeping import hooks as known_hooks
from admin.hooks.telling import delivery_document, hook_document
from review.events import Hook

EVENTS = click.Choice([event.value for event in LISTENED])


@click.group()
def hooks() -> None:
    """Webhooks: who is told when something happens, and what became of it."""


@hooks.command("list")
@click.pass_obj
def list_(context: Context) -> None:
    """Every hook, ended ones too, as JSON."""
    show({"items": [hook_document(one) for one in looked(context, known_hooks)]})


@hooks.command("add")
@click.argument("url")
@click.option("--event", "events", type=EVENTS, multiple=True, metavar="EVENT", help="What it is told; by default everything.")
@click.pass_obj
def add(context: Context, *, url: str, events: tuple[str, ...]) -> None:
    """Tell URL, a public https address, when something happens. Prints the secret once: it signs what is sent."""
    listened = events or tuple(event.value for event in LISTENED)
    made = done(context, "hook.added", "", lambda act: add_hook(act, url, listened))
    show({**hook_document(made), "secret": made.secret})


@hooks.command("change")
@click.argument("hook")
@click.option("--url", help="Where it leads from now on.")
@click.option("--event", "events", type=EVENTS, multiple=True, metavar="EVENT", help="What it is told from now on; may be given again.")
@click.pass_obj
def change(context: Context, *, hook: str, url: str | None, events: tuple[str, ...]) -> None:
    """Change where HOOK leads, or what it is told; its secret stays."""

    def do(act: Act) -> Hook:
        return change_hook(act, hook, url, events or None, tag_of(hook_of(act, hook)))

    show(hook_document(done(context, "hook.changed", hook, do)))


@hooks.command("end")
@click.argument("hook")
@click.pass_obj
def end(context: Context, *, hook: str) -> None:
    """Tell HOOK nothing any more."""
    show(hook_document(done(context, "hook.ended", hook, lambda act: end_hook(act, hook))))


@hooks.command("ping")
@click.argument("hook")
@click.pass_obj
def ping_(context: Context, *, hook: str) -> None:
    """Send HOOK a ping; a serving process does so within seconds."""
    done(context, "hook.pinged", hook, lambda act: ping(act, hook))
    click.echo(f"A ping to {hook} is on its way: signpost hooks deliveries {hook}", err=True)


@hooks.command("deliveries")
@click.argument("hook")
@click.option("--limit", type=click.IntRange(1, 1_000), default=100, show_default=True, help="At most so many.")
@click.pass_obj
def deliveries_(context: Context, *, hook: str, limit: int) -> None:
    """What HOOK was told, the newest first, as JSON."""
    show({"items": [delivery_document(one) for one in looked(context, lambda act: deliveries(act, hook, None, limit))]})


@hooks.command("replay")
@click.argument("number", type=click.IntRange(1))
@click.pass_obj
def replay_(context: Context, *, number: int) -> None:
    """Send delivery NUMBER again."""
    show(delivery_document(done(context, "delivery.replayed", str(number), lambda act: replay(act, number))))
