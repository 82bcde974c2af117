"""What any store must do; a test module inherits this and gives a `store` fixture and a way to open the same one again."""

from collections.abc import Callable

import pytest

from store.errors import ReleaseConflict
from store.protocol import Store, StoredRelease


def stored(number: int, previous: str | None) -> StoredRelease:
    return StoredRelease(
        number, f"sha256:{number}", previous, "2026-11-23T00:00:00+00:00", {"release": {"name": "наступні Вибори", "n": number}}
    )


class StoreContract:
    def test_an_empty_store_has_no_release(self, store: Store) -> None:
        assert (store.latest_release(), store.release(1), store.release_numbers()) == (None, None, ())

    def test_a_release_comes_back_as_it_was_given(self, store: Store) -> None:
        store.add_release(stored(1, None))
        assert store.latest_release() == store.release(1) == stored(1, None)

    def test_releases_follow_one_another(self, store: Store) -> None:
        store.add_release(stored(1, None))
        store.add_release(stored(2, "sha256:1"))
        assert store.release_numbers() == (1, 2)
        assert store.latest_release() == stored(2, "sha256:1")

    @pytest.mark.parametrize("release", [stored(1, None), stored(3, "sha256:1"), stored(2, None), stored(2, "sha256:0")])
    def test_a_release_that_does_not_follow_the_latest_is_refused_and_leaves_nothing(self, store: Store, release: StoredRelease) -> None:
        store.add_release(stored(1, None))
        with pytest.raises(ReleaseConflict):
            store.add_release(release)
        assert store.release_numbers() == (1,)

    def test_what_was_written_is_there_when_opened_again(self, store: Store, reopen: Callable[[], Store]) -> None:
        store.add_release(stored(1, None))
        store.close()
        again = reopen()
        assert again.latest_release() == stored(1, None)
        again.check()
        again.close()
