"""What the coverage page tells of the packs."""

from dataclasses import replace

import pytest

from admin.coverage import coverage_page
from keywords.lists import KeywordList, Term
from notices.live import Live


@pytest.fixture(scope="module")
def page(starter: Live) -> str:
    return coverage_page(starter.release)


def test_the_same_release_gives_the_same_page(starter: Live, page: str) -> None:
    assert coverage_page(starter.release) == page


def test_every_list_has_its_cell_and_what_is_not_there_says_so(starter: Live) -> None:
    samples = tuple(f"wo {number}" for number in range(10))
    lists = (
        KeywordList("001", "de", "voting", (Term("wahllokal", forms=("wahllokale",)),), must_match=samples, must_not_match=samples),
        KeywordList("001", "de", "results", (Term("wahlergebnis"),), must_match=samples[:3]),
        KeywordList("AT", "de", "election", (Term("nationalratswahl"),), reviewed_by="Ada"),
    )
    told = coverage_page(replace(starter.release, lists=lists))
    assert "| de | 2 | – | 1* | – | – | – | – | – | – | – |" in told
    assert "| AT | de | – | – | – | – | 1* | – | – | – | – | – |" in told
    assert "3 keyword lists in 1 languages, 1 regions with lists of their own; 1 reviewed." in told


def test_countries_and_languages_without_anything_are_named(page: str) -> None:
    missing = page.partition("## Missing")[2].partition("## Notices")[0]
    assert "dz (1)" in missing
    assert "KP" in missing


def test_a_wording_in_a_language_serves_its_regional_kinds(page: str) -> None:
    row = next(line for line in page.splitlines() if line.startswith("| election-center |"))
    assert "pt-BR" not in row
