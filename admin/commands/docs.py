"""`signpost docs`: write what the docs hold that is made from the code and the packs; `--check` only compares."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from admin.commands.context import Context
from admin.coverage import coverage_page
from admin.packs.reading import read_starter
from admin.settings import CHECKOUT, SETTINGS, Settings
from notices.known_checks import GROUPS
from notices.live import Serving
from notices.stale_checks import LIMITS
from notices.surface_checks import NARROW
from notices.wording_checks import BODY, LABEL, TITLE
from web.openapi import openapi_document

PARTS = {
    "routes": "docs/http-api.md",
    "settings": "docs/running.md",
    "codes": "docs/checks.md",
    "surfaces": "docs/checks.md",
    "limits": "docs/checks.md",
}
COVERAGE = "docs/coverage.md"


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Exit 1 when a page is not current.")
@click.pass_obj
def docs(context: Context, *, only_check: bool) -> None:
    """Write the tables of routes, settings and checks, and the coverage page."""
    made = {"routes": _routes(context), "settings": _settings(), "codes": _codes(), "surfaces": _surfaces(), "limits": _limits()}
    stale = [f"{page} ({part})" for part, page in PARTS.items() if not _write(CHECKOUT / page, part, made[part], only_check=only_check)]
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


def _codes() -> str:
    """Every code, by what it is about."""
    lines: list[str] = []
    for group, checks in GROUPS.items():
        lines += ["", f"### {group}", "", "| Code | Severity | Waivable | Meaning | What to do |", "|---|---|---|---|---|"]
        for check in checks:
            severities = " or ".join(severity.value for severity in check.severities)
            lines.append(f"| `{check.code}` | {severities} | {'yes' if check.is_waivable else 'no'} | {check.meaning} | {check.hint} |")
    return "\n".join([*lines, "", ""])


def _surfaces() -> str:
    rows = [f"| `{surface.value}` | {room.title} | {room.body} | {room.label} |" for surface, room in NARROW.items()]
    everywhere = f"| everywhere | {TITLE} | {BODY} | {LABEL} |"
    return "\n".join(["| Surface | Title | Body | Label |", "|---|---:|---:|---:|", *rows, everywhere, ""])


def _limits() -> str:
    rows = [f"| {kind} | {limit.quiet} | {limit.near} |" for kind, limit in LIMITS.items()]
    return "\n".join(["| Verified | In quiet times | With an election near |", "|---|---:|---:|", *rows, ""])
