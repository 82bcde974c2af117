"""The starter lists say by samples what each is for and what it leaves alone; that the samples hold, `check` says."""

from admin.packs.reading import read_lists
from keywords.lists import MANY_LANGUAGES
from tests.conftest import CHECKOUT

ENOUGH = 10


def test_every_starter_list_has_samples_of_what_it_catches_and_of_what_it_leaves_alone() -> None:
    lists = [keywords for keywords in read_lists(CHECKOUT / "packs" / "keywords") if keywords.language != MANY_LANGUAGES]
    few = [keywords.id for keywords in lists if min(len(set(keywords.must_match)), len(set(keywords.must_not_match))) < ENOUGH]
    assert len(lists) > 1_000
    assert few == []
