"""How commands act as the person whose token SIGNPOST_TOKEN is, and show what came of it; the use cases are curation's."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from admin.commands.context import Context
from admin.curation.acting import Act, acting, looking
from admin.curation.telling import text_of
from admin.workbench import Workbench
from review.people import Actor

T = TypeVar("T")


@contextmanager
def at_work(context: Context) -> Iterator[tuple[Workbench, Actor]]:
    """The bench and the person of the token, with the store open."""
    bench = context.bench()
    try:
        yield bench, context.acting_person(bench.desk.store)
    finally:
        bench.desk.store.close()


def did(context: Context, action: str, subject: str, do: Callable[[Act], T]) -> T:
    """What the use case gives, done as that person."""
    with at_work(context) as (bench, actor), acting(bench.desk, actor, action, subject) as act:
        return do(act)


def seen(context: Context, do: Callable[[Act], T]) -> T:
    """What is looked at."""
    with at_work(context) as (bench, actor), looking(bench.desk, actor) as act:
        return do(act)


def show(document: object) -> None:
    """One JSON document, indented, for people and programs."""
    click.echo(json.dumps(json.loads(text_of(document)), ensure_ascii=False, indent=1))
