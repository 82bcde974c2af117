"""`signpost docs`: write what the docs hold that is made from the code and the packs; `--check` only compares."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from admin.commands.context import Context
from admin.coverage import coverage_page
from admin.packs.reading import read_starter
from admin.settings import CHECKOUT, SETTINGS, Settings
from notices.live import Serving
from web.openapi import openapi_document

PAGES = {"docs/http-api.md": "routes", "docs/running.md": "settings"}
COVERAGE = "docs/coverage.md"


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Exit 1 when a page is not current.")
@click.pass_obj
def docs(context: Context, *, only_check: bool) -> None:
    """Write the route and settings tables and the coverage page."""
    made = {"routes": _routes(context), "settings": _settings()}
    stale = [page for page, part in PAGES.items() if not _write(CHECKOUT / page, part, made[part], only_check=only_check)]
    if not _write_whole(CHECKOUT / COVERAGE, coverage_page(read_starter(CHECKOUT / "packs")), only_check=only_check):
        stale.append(COVERAGE)
    if only_check and stale:
        click.echo(f"Not current: {', '.join(stale)}. Run `make docs`.", err=True)
        sys.exit(1)


def _write(path: Path, part: str, table: str, *, only_check: bool) -> bool:
    text = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {part}: made by `make docs` -->", f"<!-- end of {part} -->"
    head, rest = text.split(begin, 1)
    current = f"{head}{begin}\n{table}{end}{rest.split(end, 1)[1]}"
    if current != text and not only_check:
        path.write_text(current, encoding="utf-8")
    return current == text


def _write_whole(path: Path, page: str, *, only_check: bool) -> bool:
    is_current = path.exists() and path.read_text(encoding="utf-8") == page
    if not is_current and not only_check:
        path.write_text(page, encoding="utf-8")
    return is_current


def _routes(context: Context) -> str:
    app = context.make_app(Settings(), Serving(), lambda: datetime(2026, 1, 1, tzinfo=UTC))
    rows = [
        f"| `{method.upper()} {path}` | {operation['summary']} | {operation['x-access']} |"
        for path, methods in openapi_document(app, "http://127.0.0.1:8080")["paths"].items()
        for method, operation in methods.items()
    ]
    return "\n".join(["| Route | What | Access |", "|---|---|---|", *rows, ""])


def _settings() -> str:
    rows = [f"| `SIGNPOST_{name}` | {expected} |" for name, (_, expected) in SETTINGS.items()]
    return "\n".join(["| Setting | Value |", "|---|---|", *rows, ""])
