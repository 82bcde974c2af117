"""`signpost check`: everything that should hold for the packs or the current release, one finding a line."""

import sys
from collections import Counter
from pathlib import Path

import click

from admin.commands.context import Context
from admin.coverage import coverage_page
from admin.packs.reading import read_list_file, read_real_words, read_starter
from elections.places import WORLD
from keywords.checks import Finding, Severity, check_lists
from keywords.lists import MANY_LANGUAGES
from notices.checks import check_release


@click.command()
@click.option("--keywords", "files", type=click.Path(path_type=Path, exists=True), multiple=True, help="Check only these keyword files.")
@click.option("--errors-only", is_flag=True, help="Leave out warnings.")
@click.option("--current", is_flag=True, help="Check the current release instead of the packs.")
@click.option("--coverage", is_flag=True, help="Instead of findings, show what there is and what is missing: region, language, topic.")
@click.pass_obj
def check(context: Context, *, files: tuple[Path, ...], current: bool, errors_only: bool, coverage: bool) -> None:
    """Check the packs (or the current release): samples, terms, wordings, links, windows. Exit 1 when an error is found."""
    if coverage:
        release = context.current().release if current else read_starter(context.settings.packs)
        click.echo(coverage_page(release), nl=False)
        return
    if files:
        findings = _of_files(files, context.settings.packs)
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


def _of_files(files: tuple[Path, ...], packs: Path) -> tuple[Finding, ...]:
    """Findings about the files' own lists, which are looked at together with the general ones of their languages."""
    chosen = {one.id: one for path in files for one in read_list_file(path)}
    tags = dict.fromkeys(tag for path in files for tag in (path.stem, path.stem.partition("-")[0], MANY_LANGUAGES))
    general = (packs / "keywords" / WORLD / f"{tag}.yaml" for tag in tags)
    lists = {one.id: one for path in general if path.exists() for one in read_list_file(path)} | chosen
    found = check_lists(tuple(lists.values()), read_real_words(packs / "words"))
    return tuple(one for one in found if one.code != "stale_words" and one.place.split(" ")[0] in chosen)
