"""Who may do what where: every role over region subtrees and languages, and what a token may hold of its person's rights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.places import Places
from review.errors import NotAllowed
from review.people import Actor, Grant, Role, Scope, within
from tests.curated import REGIONS

PLACES = Places.of(REGIONS)
GRANTS = {
    "world": Grant(Role.CURATOR),
    "world in German": Grant(Role.CURATOR, "001", ("de",)),
    "the Union": Grant(Role.CURATOR, "EU"),
    "Germany": Grant(Role.CURATOR, "DE"),
    "Germany in German": Grant(Role.CURATOR, "DE", ("de",)),
    "Germany in two": Grant(Role.CURATOR, "DE", ("de", "hsb")),
    "Bavaria": Grant(Role.CURATOR, "DE-BY"),
    "Hong Kong": Grant(Role.CURATOR, "HK"),
    "an alias": Grant(Role.CURATOR, "CN-HK"),
    "nowhere": Grant(Role.CURATOR, "XX"),
}


def reach(grant: str, *scopes: tuple[str, str | None]) -> list:
    return [pytest.param(grant, Scope(*scope), id=f"{grant}: {scope[0]} {scope[1] or ''}".strip()) for scope in scopes]


REACHES = [
    *reach("world", ("001", None), ("EU", None), ("DE-BY", "de"), ("US-TX", "en"), ("HK", None), ("XX", None), ("001", "th")),
    *reach("world in German", ("001", "de"), ("DE", "de"), ("FR", "de"), ("XX", "de")),
    *reach("the Union", ("EU", None), ("DE", None), ("DE-BY", "de"), ("FR", "fr")),
    *reach("Germany", ("DE", None), ("DE", "de"), ("DE", "tr"), ("DE-BY", None)),
    *reach("Germany in German", ("DE", "de"), ("DE-BY", "de")),
    *reach("Germany in two", ("DE", "de"), ("DE-BY", "hsb")),
    *reach("Bavaria", ("DE-BY", None), ("DE-BY", "de")),
    *reach("Hong Kong", ("HK", None), ("HK", "en")),
]
REACHES_NOT = [
    *reach("world in German", ("001", None), ("DE", None), ("DE", "de-AT"), ("DE", "en"), ("001", "")),
    *reach("the Union", ("001", None), ("US", None), ("HK", "en"), ("XX", None)),
    *reach("Germany", ("001", None), ("EU", None), ("FR", None), ("001", "de"), ("XX", "de")),
    *reach("Germany in German", ("DE", None), ("DE", "tr"), ("FR", "de"), ("EU", "de"), ("DE-BY", None)),
    *reach("Germany in two", ("DE", None), ("DE", "en")),
    *reach("Bavaria", ("DE", None), ("DE", "de"), ("EU", None)),
    *reach("Hong Kong", ("CN-HK", None), ("001", None)),
    *reach("an alias", ("HK", None), ("CN-HK", None), ("001", None)),
    *reach("nowhere", ("XX", None), ("001", None), ("DE", None)),
]


@pytest.mark.parametrize(("grant", "scope"), REACHES)
def test_a_grant_reaches_its_region_and_all_below_it_in_its_languages(grant: str, scope: Scope) -> None:
    assert Actor("a", (GRANTS[grant],)).may(Role.CURATOR, scope, PLACES)


@pytest.mark.parametrize(("grant", "scope"), REACHES_NOT)
def test_a_grant_reaches_nothing_above_beside_or_in_other_languages(grant: str, scope: Scope) -> None:
    actor = Actor("a", (GRANTS[grant],))
    assert not actor.may(Role.CURATOR, scope, PLACES)
    with pytest.raises(NotAllowed) as told:
        actor.check(Role.VIEWER, (scope,), PLACES)
    assert (told.value.role, told.value.region, told.value.language) == ("viewer", scope.region, scope.language)


@pytest.mark.parametrize("held", Role)
@pytest.mark.parametrize("wanted", Role)
def test_each_role_may_what_those_before_it_may(held: Role, wanted: Role) -> None:
    actor = Actor("a", (Grant(held, "DE"),))
    expected = list(Role).index(held) >= list(Role).index(wanted)
    assert actor.may(wanted, Scope("DE-BY"), PLACES) is expected
    assert actor.has(wanted) is expected


def test_whoever_holds_no_grant_may_nothing() -> None:
    nobody = Actor("nobody", ())
    assert not nobody.is_anybody
    assert not nobody.has(Role.VIEWER)
    assert not nobody.may(Role.VIEWER, Scope("DE"), PLACES)


def test_grants_are_not_added_up_into_more_than_each_of_them() -> None:
    actor = Actor("a", (Grant(Role.ADMIN, "FR"), Grant(Role.VIEWER, "DE"), Grant(Role.REVIEWER, "DE", ("de",))))
    assert not actor.may(Role.REVIEWER, Scope("DE"), PLACES)
    assert not actor.may(Role.CURATOR, Scope("DE", "en"), PLACES)
    assert actor.may(Role.REVIEWER, Scope("DE", "de"), PLACES)
    assert not actor.may(Role.ADMIN, Scope("DE", "de"), PLACES)


def test_every_scope_must_be_reached() -> None:
    actor = Actor("a", (Grant(Role.CURATOR, "DE"), Grant(Role.CURATOR, "FR")))
    actor.check(Role.CURATOR, (Scope("DE"), Scope("FR", "fr")), PLACES)
    with pytest.raises(NotAllowed, match="US"):
        actor.check(Role.CURATOR, (Scope("DE"), Scope("US"), Scope("FR")), PLACES)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        pytest.param(Grant(Role.CURATOR, "DE"), Grant(Role.CURATOR, "DE"), Grant(Role.CURATOR, "DE"), id="the same"),
        pytest.param(Grant(Role.VIEWER, "DE-BY"), Grant(Role.ADMIN, "EU"), Grant(Role.VIEWER, "DE-BY"), id="a part of it"),
        pytest.param(
            Grant(Role.ADMIN, "DE"), Grant(Role.CURATOR, "001"), Grant(Role.CURATOR, "DE"), id="lowered to the role that there is"
        ),
        pytest.param(Grant(Role.VIEWER, "EU"), Grant(Role.ADMIN, "DE"), None, id="not above it"),
        pytest.param(Grant(Role.VIEWER, "DE"), Grant(Role.ADMIN, "DE", ("de",)), None, id="not all languages of one"),
        pytest.param(Grant(Role.VIEWER, "DE", ("de", "en")), Grant(Role.ADMIN, "DE", ("de",)), None, id="not more languages"),
        pytest.param(
            Grant(Role.VIEWER, "DE", ("de",)),
            Grant(Role.ADMIN, "DE", ("de", "en")),
            Grant(Role.VIEWER, "DE", ("de",)),
            id="fewer languages",
        ),
        pytest.param(Grant(Role.VIEWER, "XX"), Grant(Role.ADMIN, "DE"), None, id="not a region that there is not"),
    ],
)
def test_a_token_holds_no_more_than_its_person(inner: Grant, outer: Grant, expected: Grant | None) -> None:
    assert within((inner,), (outer,), PLACES) == (() if expected is None else (expected,))


LANGUAGES = ("de", "en", "fr")
ALL_GRANTS = st.builds(
    Grant,
    st.sampled_from(Role),
    st.sampled_from([*PLACES.by_code, "XX"]),
    st.lists(st.sampled_from(LANGUAGES), max_size=2, unique=True).map(tuple),
)
SCOPES = st.builds(Scope, st.sampled_from([*PLACES.by_code, "XX"]), st.sampled_from([None, *LANGUAGES]))


@given(st.lists(ALL_GRANTS, max_size=3), st.lists(ALL_GRANTS, max_size=3), SCOPES, st.sampled_from(Role))
def test_whatever_a_token_reaches_its_person_reaches(inner: list[Grant], outer: list[Grant], scope: Scope, role: Role) -> None:
    token, person = Actor("a", within(inner, outer, PLACES)), Actor("a", tuple(outer))
    asked = Actor("a", tuple(inner))
    if token.may(role, scope, PLACES):
        assert person.may(role, scope, PLACES)
        assert asked.may(role, scope, PLACES)


@given(ALL_GRANTS.filter(lambda grant: grant.languages), st.sampled_from([*PLACES.by_code]))
def test_a_grant_for_languages_never_reaches_what_has_none(grant: Grant, region: str) -> None:
    assert not Actor("a", (grant,)).may(Role.VIEWER, Scope(region), PLACES)
