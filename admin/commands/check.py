"""`signpost check`: everything that should hold for the packs or the current release, one finding a line, or as JSON."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from admin.commands.context import Context
from admin.coverage import coverage_page
from admin.links import LinkChecker
from admin.outside import pause
from admin.packs.reading import read_list_file, read_real_words, read_starter
from elections.places import WORLD
from keywords.checks import check_lists
from keywords.known_checks import Finding, Severity
from keywords.lists import MANY_LANGUAGES
from notices.checks import weighed
from notices.documents import to_document
from notices.release import Release
from notices.waiver_checks import Lifted, Weighed


@click.command()
@click.option("--keywords", "files", type=click.Path(path_type=Path, exists=True), multiple=True, help="Check only these keyword files.")
@click.option("--errors-only", is_flag=True, help="Leave out warnings.")
@click.option("--current", is_flag=True, help="Check the current release instead of the packs.")
@click.option("--links", "is_asking", is_flag=True, help="Ask the servers of all links as well, slowly, over the internet.")
@click.option("--json", "is_json", is_flag=True, help="One JSON document: findings, what is waived and why, counts.")
@click.option("--coverage", is_flag=True, help="Instead of findings, show what there is and what is missing: region, language, topic.")
@click.pass_obj
def check(
    context: Context, *, files: tuple[Path, ...], current: bool, errors_only: bool, is_asking: bool, is_json: bool, coverage: bool
) -> None:
    """Check the packs (or the current release): samples, terms, wordings, links, windows, parity. Exit 1 when an error is found.

    What to do about each code is told once, on standard error; docs/checks.md holds all of them.
    """
    if files and (is_asking or current or coverage):
        raise click.UsageError("--keywords looks at lists alone; it goes with no --links, --current or --coverage.")
    if files:
        found = Weighed(_of_files(files, context.settings.packs))
    else:
        release = context.current().release if current else read_starter(context.settings.packs)
        if coverage:
            click.echo(coverage_page(release), nl=False)
            return
        found = weighed(release, _of_links(release, context) if is_asking else ())
    shown = [finding for finding in found.standing if finding.severity is Severity.ERROR or not errors_only]
    counts = Counter(finding.severity for finding in found.standing)
    if is_json:
        click.echo(json.dumps(_document(shown, found.lifted, counts), ensure_ascii=False, indent=1))
    else:
        _tell(shown, found.lifted, counts)
    if counts[Severity.ERROR]:
        sys.exit(1)


def _tell(shown: Iterable[Finding], lifted: tuple[Lifted, ...], counts: Counter[Severity]) -> None:
    hints: dict[str, str] = {}
    for finding in shown:
        click.echo(f"{finding.severity.value:7} {finding.code:24} {finding.place}: {finding.message}")
        hints[finding.code] = finding.hint
    for code, hint in hints.items():
        click.echo(f"{code}: {hint}", err=True)
    click.echo(f"{counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings, {len(lifted)} waived", err=True)


def _document(shown: Iterable[Finding], lifted: tuple[Lifted, ...], counts: Counter[Severity]) -> dict[str, Any]:
    return {
        "findings": [asdict(finding) for finding in shown],
        "waived": [
            {"code": one.finding.code, "place": one.finding.place, "message": one.finding.message, "waiver": to_document(one.waiver)}
            for one in lifted
        ],
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
    }


def _of_links(release: Release, context: Context) -> tuple[Finding, ...]:
    """What asking finds; how far it is shows on standard error when that is a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Asking", total=None)
        checker = LinkChecker(context.outside, pause)
        return asyncio.run(checker.check(release, lambda done, total: progress.update(task, completed=done, total=total)))


def _of_files(files: tuple[Path, ...], packs: Path) -> tuple[Finding, ...]:
    """Findings about the files' own lists, which are looked at together with the general ones of their languages."""
    chosen = {one.id: one for path in files for one in read_list_file(path)}
    tags = dict.fromkeys(tag for path in files for tag in (path.stem, path.stem.partition("-")[0], MANY_LANGUAGES))
    general = (packs / "keywords" / WORLD / f"{tag}.yaml" for tag in tags)
    lists = {one.id: one for path in general if path.exists() for one in read_list_file(path)} | chosen
    found = check_lists(tuple(lists.values()), read_real_words(packs / "words"))
    return tuple(one for one in found if one.code != "stale_words" and one.place.split(" ")[0] in chosen)
