"""`signpost check`: everything that should hold for the packs or the current release, one finding a line."""

import sys
from collections import Counter
from pathlib import Path

import click

from admin.commands.context import Context
from admin.packs.reading import read_list_file, read_real_words, read_starter
from keywords.checks import Severity, check_lists
from notices.checks import check_release


@click.command()
@click.option("--keywords", "files", type=click.Path(path_type=Path, exists=True), multiple=True, help="Check only these keyword files.")
@click.option("--errors-only", is_flag=True, help="Leave out warnings.")
@click.option("--current", is_flag=True, help="Check the current release instead of the packs.")
@click.pass_obj
def check(context: Context, *, files: tuple[Path, ...], current: bool, errors_only: bool) -> None:
    """Check the packs (or the current release): samples, terms, wordings, links, windows. Exit 1 when an error is found."""
    if files:
        vetoes = tuple(read_list_file(context.settings.packs / "keywords" / "001" / "mul.yaml"))
        chosen = tuple(one for path in files for one in read_list_file(path))
        lists = (*(one for one in vetoes if one not in chosen), *chosen)
        findings = tuple(one for one in check_lists(lists, read_real_words(context.settings.packs / "words")) if one.code != "stale_words")
    else:
        release = context.current().release if current else read_starter(context.settings.packs)
        findings = check_release(release)
    for finding in findings:
        if errors_only and finding.severity is not Severity.ERROR:
            continue
        click.echo(f"{finding.severity.value:7} {finding.code:24} {finding.place}: {finding.message}")
    counts = Counter(finding.severity.value for finding in findings)
    click.echo(f"{counts.get('error', 0)} errors, {counts.get('warning', 0)} warnings", err=True)
    if counts.get("error"):
        sys.exit(1)
