"""A release written as packs and read again is the same, piece by piece; the same release gives the same bytes, and only what differs is written."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin.curation.acting import Desk
from admin.curation.importing import Into, import_release
from admin.errors import CannotPack
from admin.packs.reading import read_starter
from admin.packs.writing import packed_pieces, write_packs
from elections.election import Confidence
from elections.hours import PollingHours
from elections.places import Region, RegionKind
from elections.rolls import Contestant, Roll
from elections.silence import Barred, SilenceRule
from keywords.lists import KeywordList, RealWords, Term
from notices.documents import to_document
from notices.notice import Notice, NoticeKind
from notices.release import Release
from notices.waivers import Waiver
from review.pieces import plain_document
from tests.admin.sheets.values import CAMPAIGN, ELECTION, LIST, NOTICE, PLAIN
from tests.conftest import CHECKOUT
from tests.curated import ADA, curated_store, small_release

CODE = st.text("abcXYZ019-_", min_size=1, max_size=8).filter(lambda code: code[0] not in "-_")
RULES = (
    SilenceRule("DE", (Barred.POLLS,), "a law; § 32", Confidence.HIGH, days_before=1, at=time(8), note='say "no"'),
    SilenceRule("DE", (Barred.POLLS,), "another", Confidence.LOW),
)


def rich_release() -> Release:
    """The small release with something of every kind that packs hold."""
    small = small_release()
    texas = replace(next(one for one in small.regions if one.code == "US-TX"), names={"es": "Tejas", "th": "เท็กซัส"})
    return replace(
        small,
        regions=tuple(texas if one.code == "US-TX" else one for one in small.regions),
        lists=(
            *small.lists,
            KeywordList(
                "DE", "de", "results", (Term("NO"), Term("20:00", forms=("true", "~")), Term("2026-11-03")), context=("wahl",), owner="x"
            ),
            KeywordList("DE", "mul", "voting", (), unless=("song contest",)),
        ),
        silence=RULES,
        polling_hours=(PollingHours("DE", time(18), "law", Confidence.HIGH, zones=("Europe/Berlin",)),),
        rolls=(Roll("de-2029", "DE", (Contestant("a", {"de": "Ä"}), Contestant("b", {"he": "ב"})), "https://elections.example/roll"),),
        waivers=(Waiver("stale_center", "DE", "Nobody\nknows.", "dora"),),
        real_words=RealWords(("selection",), ("erection",), "abc", ("en", "de")),
    )


def pieces(release: Release) -> dict:
    return packed_pieces(plain_document(to_document(release)))


@pytest.mark.parametrize("release", [small_release(), rich_release()], ids=["small", "rich"])
def test_a_release_comes_back_as_it_was(release: Release, tmp_path: Path) -> None:
    write_packs(release, tmp_path)
    back = read_starter(tmp_path)
    assert pieces(back) == pieces(release)
    assert (back.made_at, back.season_days, back.link_hosts) == (release.made_at, release.season_days, release.link_hosts)


def test_the_packs_of_the_house_come_back_as_they_were(tmp_path: Path) -> None:
    starter = read_starter(CHECKOUT / "packs")
    packed = write_packs(starter, tmp_path)
    assert len(packed.written) > 100
    assert pieces(read_starter(tmp_path)) == pieces(starter)


SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_any_texts_come_back_or_are_refused_before_anything_is_touched(data, tmp_path_factory) -> None:
    known = {"unique_by": lambda one: one.id, "max_size": 2}
    named = st.tuples(CODE, CODE, CODE)
    lists = data.draw(st.lists(st.tuples(LIST, named), max_size=3, unique_by=lambda pair: "/".join(pair[1])))
    release = replace(
        small_release(),
        lists=tuple(replace(one, region=region, language=language, topic=topic) for one, (region, language, topic) in lists),
        notices=tuple(data.draw(st.lists(NOTICE, **known))),
        campaigns=tuple(data.draw(st.lists(CAMPAIGN, **known))),
        elections=tuple(data.draw(st.lists(ELECTION, **known))),
        waivers=tuple(data.draw(st.lists(st.builds(Waiver, *[st.text(PLAIN, min_size=1, max_size=9)] * 4), max_size=2))),
    )
    folder = tmp_path_factory.mktemp("packs")
    try:
        write_packs(release, folder)
    except CannotPack:
        assert not any(folder.iterdir())
    else:
        assert pieces(read_starter(folder)) == pieces(release)


def test_the_same_release_gives_the_same_bytes_and_nothing_is_written_twice(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    first = write_packs(rich_release(), one)
    write_packs(rich_release(), other)
    assert {path.relative_to(one): path.read_bytes() for path in one.rglob("*.*")} == {
        path.relative_to(other): path.read_bytes() for path in other.rglob("*.*")
    }
    again = write_packs(rich_release(), one)
    assert (again.written, again.removed, again.unchanged) == ((), (), len(first.written))


def test_what_is_no_longer_held_goes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    write_packs(rich_release(), tmp_path)
    (tmp_path / "keywords" / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "elections.csv").write_text("mine", encoding="utf-8")
    packed = write_packs(small_release(), tmp_path)
    assert set(packed.removed) == {"keywords/DE/mul.yaml", "rolls/DE.yaml", "waivers.yaml", "regions/names/subdivisions.csv"}
    assert "keywords/DE/de.yaml" in packed.written
    assert "keywords/FR/fr.yaml" not in packed.written
    assert (tmp_path / "keywords" / "README.md").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "facts" / "elections.csv").exists()


def test_a_term_is_a_line_and_an_edit_of_one_a_small_difference(tmp_path: Path) -> None:
    write_packs(rich_release(), tmp_path)
    file = tmp_path / "keywords" / "DE" / "de.yaml"
    before = file.read_text(encoding="utf-8").splitlines()
    lists = tuple(
        replace(one, terms=(replace(one.terms[0], note="mended"), *one.terms[1:])) if one.id == "DE/de/voting" else one
        for one in rich_release().lists
    )
    write_packs(replace(rich_release(), lists=lists), tmp_path)
    after = file.read_text(encoding="utf-8").splitlines()
    assert [(old.strip(), new.strip()) for old, new in zip(before, after, strict=True) if old != new] == [
        ("- {text: wo wähle ich}", "- {text: wo wähle ich, note: mended}")
    ]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"lists": (KeywordList("../up", "de", "voting", ()),)}, id="a code that leads elsewhere"),
        pytest.param({"lists": (KeywordList("DE", "de", "voting", ()), KeywordList("DE", "de", "voting", ()))}, id="a list twice"),
        pytest.param({"regions": (Region("X;Y", RegionKind.COUNTRY, "X", "001", ("a;b",)),)}, id="a code with a semicolon"),
        pytest.param({"regions": (Region("XX", RegionKind.COUNTRY, "X", "001", zones=("Mars/Base",)),)}, id="a zone that there is not"),
        pytest.param({"real_words": RealWords(("two\nlines",), (), "x", ("en",))}, id="a word of two lines"),
        pytest.param({"notices": (Notice("one", NoticeKind.CUSTOM, {}, note="half \ud800"),)}, id="half a character"),
        pytest.param({"silence": (replace(RULES[0], days_before=-1),)}, id="a number below zero"),
    ],
)
def test_what_packs_cannot_hold_is_refused_and_nothing_is_written(fields: dict, tmp_path: Path) -> None:
    with pytest.raises(CannotPack):
        write_packs(replace(small_release(), **fields), tmp_path)
    assert not any(tmp_path.iterdir())


def test_notices_whose_ids_make_no_file_name_come_back_too(tmp_path: Path) -> None:
    notices = tuple(Notice(name, NoticeKind.CUSTOM, {}) for name in ("../etc", "x" * 180, "a b/c", ".hidden"))
    release = replace(small_release(), notices=notices)
    write_packs(release, tmp_path)
    assert pieces(read_starter(tmp_path)) == pieces(release)
    assert not (tmp_path.parent / "etc.yaml").exists()


def test_taking_packs_out_and_bringing_them_in_is_no_edit(tmp_path: Path) -> None:
    release = rich_release()
    curated = curated_store(tmp_path, release=release)
    write_packs(release, tmp_path / "packs")
    desk: Desk = curated.desk
    found = import_release(desk, ADA, read_starter(tmp_path / "packs"), Into())
    assert found.comparison.is_empty
    curated.store.close()
