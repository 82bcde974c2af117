"""Who may give whom what: people added, described, given rights, retired; the last admin stays; every write and refusal has its line."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin.curation import people, people_credentials
from admin.curation.people_errors import CodeWrong, GrantRefused, LastAdmin, OneTimeState, OwnRights, PasswordWrong
from admin.curation.people_grants import canonical_grants, covers
from admin.curation.people_sessions import Rules, Way, by_token, end_sessions, open_session, open_sessions
from admin.curation.people_tokens import LONGEST, end_token, make_token, own_token, tokens_of
from admin.curation.signing_in import Wait, begin, proven, signed_in
from admin.errors import Unconditional
from admin.signing_in.bearers import Kind, digest_of
from elections.places import Places
from notices.errors import InvalidDocument
from review.audit import broken_lines
from review.errors import NotAllowed, Stale, Unknown
from review.people import Actor, Grant, Person, Role, Scope
from store.errors import Taken
from store.values import Lines
from tests.admin.api.proofs import PASSWORD, SECRET, code, hashed, lines, with_one_time, with_password
from tests.curated import ADA, DORA, NOW, REGIONS, VERA, Curated, actor, curated_store

PLACES = Places.of(REGIONS)
GERMAN_ADMIN = actor("anna", Role.ADMIN, "DE")
OPERATOR = Actor("operator:root", (Grant(Role.ADMIN),), "operator")


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


def kept(curated: Curated, person: str) -> Person:
    with curated.look() as act:
        return act.unit.people.get(person)


def grant(curated: Curated, by: Actor, person: str, *grants: Grant) -> Person:
    with curated.act(by, "person.granted", person) as act:
        return people.set_grants(act, person, grants, people.tag_of(act.unit.people.get(person)))


@pytest.mark.parametrize(
    ("by", "grants", "expected"),
    [
        pytest.param(ADA, (Grant(Role.ADMIN),), None, id="the world's admin gives all"),
        pytest.param(ADA, (Grant(Role.CURATOR, "TH", ("th",)),), None, id="the world's admin gives a part"),
        pytest.param(ADA, (), None, id="nothing yet"),
        pytest.param(GERMAN_ADMIN, (Grant(Role.ADMIN, "DE"),), None, id="as much as one has"),
        pytest.param(GERMAN_ADMIN, (Grant(Role.REVIEWER, "DE-BY"),), None, id="a region within"),
        pytest.param(GERMAN_ADMIN, (Grant(Role.VIEWER, "DE", ("th",)),), None, id="one language of all"),
        pytest.param(GERMAN_ADMIN, (Grant(Role.VIEWER, "FR"),), NotAllowed, id="another region"),
        pytest.param(GERMAN_ADMIN, (Grant(Role.VIEWER, "EU"),), NotAllowed, id="the region above"),
        pytest.param(GERMAN_ADMIN, (Grant(Role.VIEWER),), NotAllowed, id="the world"),
        pytest.param(GERMAN_ADMIN, (Grant(Role.VIEWER, "DE"), Grant(Role.VIEWER, "FR")), NotAllowed, id="one of two is too much"),
        pytest.param(actor("a", Role.ADMIN, "DE", "de"), (Grant(Role.VIEWER, "DE"),), NotAllowed, id="all languages by one who has one"),
        pytest.param(actor("a", Role.ADMIN, "DE", "de"), (Grant(Role.CURATOR, "DE", ("de",)),), None, id="the language that one has"),
        pytest.param(actor("a", Role.ADMIN, "DE", "de"), (Grant(Role.CURATOR, "DE", ("de", "en")),), NotAllowed, id="one language more"),
        pytest.param(actor("a", Role.REVIEWER), (Grant(Role.VIEWER),), NotAllowed, id="a reviewer gives nothing"),
        pytest.param(actor("a", Role.REVIEWER), (), NotAllowed, id="a reviewer adds nobody"),
        pytest.param(OPERATOR, (Grant(Role.ADMIN),), None, id="whoever runs the host"),
    ],
)
def test_an_admin_gives_only_what_their_own_admin_grants_cover(curated: Curated, by: Actor, grants, expected) -> None:
    new = Person("nila", "Nila Sharma", "", grants)
    if expected is None:
        with curated.act(by, "person.added") as act:
            assert people.add(act, new).grants == grants
        assert kept(curated, "nila") == replace(new, created_at=NOW)
        assert lines(curated, "person.added") == [(by.person, "nila", "done")]
        return
    with pytest.raises(expected), curated.act(by, "person.added") as act:
        people.add(act, new)
    assert kept(curated, "nila") is None
    assert lines(curated, "person.added") == [(by.person, "", "not_allowed")]


@given(st.data())
def test_what_an_admin_may_give_they_could_do_themselves(data) -> None:
    grant_of = st.builds(
        Grant,
        st.sampled_from(Role),
        st.sampled_from([region.code for region in REGIONS]),
        st.lists(st.sampled_from(["de", "en", "he"]), unique=True).map(lambda tags: tuple(sorted(tags))),
    )
    outer, inner = data.draw(st.lists(grant_of, max_size=4)), data.draw(grant_of)
    if covers(outer, inner, PLACES):
        who = Actor("somebody", tuple(outer))
        for region in REGIONS:
            for language in (None, "de", "en", "he", "th"):
                scope = Scope(region.code, language)
                assert not Actor("other", (inner,)).may(inner.role, scope, PLACES) or who.may(inner.role, scope, PLACES)


@pytest.mark.parametrize(
    ("grants", "pointer", "code_", "suggestion"),
    [
        ((Grant(Role.VIEWER, "UK"),), "/grants/0/region", "unknown_region", None),
        ((Grant(Role.VIEWER), Grant(Role.VIEWER, "us_tx")), "/grants/1/region", "unknown_region", "US-TX"),
        ((Grant(Role.VIEWER, "DE", ("de", "klingonish")),), "/grants/0/languages/1", "unknown_language", None),
        (tuple(Grant(Role.VIEWER, "DE", (f"x{number}",)) for number in range(1)), "/grants/0/languages/0", "unknown_language", None),
    ],
    ids=["no region", "almost a region", "no language", "nonsense"],
)
def test_a_grant_of_what_there_is_not_is_refused_with_its_place(curated: Curated, grants, pointer, code_, suggestion) -> None:
    with curated.look() as act, pytest.raises(GrantRefused) as error:
        canonical_grants(act, grants)
    assert (error.value.pointer, error.value.code, error.value.suggestion) == (pointer, code_, suggestion)


def test_grants_are_kept_in_canonical_form_and_once(curated: Curated) -> None:
    given_ = (
        Grant(Role.CURATOR, "de", ("iw", "de", "he")),
        Grant(Role.CURATOR, "DE", ("de", "he")),
        Grant(Role.VIEWER, "cn-hk", ("zh-HK",)),
    )
    with curated.look() as act:
        assert canonical_grants(act, given_) == (Grant(Role.CURATOR, "DE", ("de", "he")), Grant(Role.VIEWER, "HK", ("zh-Hant-HK",)))
        assert canonical_grants(act, canonical_grants(act, given_)) == canonical_grants(act, given_)


def test_nobody_gives_or_takes_their_own_rights(curated: Curated) -> None:
    for grants in ((Grant(Role.ADMIN), Grant(Role.CURATOR, "DE")), (Grant(Role.VIEWER),), ()):
        with pytest.raises(OwnRights):
            grant(curated, ADA, "ada", *grants)
    assert grant(curated, ADA, "ada", Grant(Role.ADMIN)).grants == ADA.grants
    assert lines(curated, "person.granted") == [("ada", "ada", "own_rights")] * 3


def test_the_last_admin_of_the_world_is_neither_retired_nor_made_less(curated: Curated) -> None:
    with pytest.raises(LastAdmin), curated.act(OPERATOR, "person.retired", "ada") as act:
        people.retire(act, "ada")
    for grants in ((), (Grant(Role.REVIEWER),), (Grant(Role.ADMIN, "EU"), Grant(Role.ADMIN, "US")), (Grant(Role.ADMIN, "001", ("en",)),)):
        with pytest.raises(LastAdmin):
            grant(curated, OPERATOR, "ada", *grants)
    grant(curated, ADA, "carla", Grant(Role.ADMIN))
    with curated.act(ADA) as act:
        people.retire(act, "ada")
    with pytest.raises(LastAdmin):
        grant(curated, OPERATOR, "carla")
    with curated.act(OPERATOR) as act:
        people.restore(act, "ada")
    assert grant(curated, OPERATOR, "carla").grants == ()


def test_new_rights_end_sessions_and_the_same_rights_do_not(curated: Curated) -> None:
    with curated.act(ADA) as act:
        open_session(act, "dora", Way.PASSWORD, "", Rules())
    grant(curated, ADA, "dora", *DORA.grants)
    with curated.look() as act:
        assert len(open_sessions(act, "dora", Rules())) == 1
    grant(curated, ADA, "dora", *DORA.grants, Grant(Role.VIEWER))
    with curated.look() as act:
        assert open_sessions(act, "dora", Rules()) == ()
        line = act.unit.journal.lines(Lines(action="person.granted"))[0]
    assert line.detail["before"] == [{"role": "curator", "region": "DE", "languages": ["de"]}]
    assert line.detail["after"] == [{"role": "viewer", "region": "001", "languages": []}, *line.detail["before"]]


def test_who_is_retired_loses_sessions_and_tokens_and_gets_none_of_them_back(curated: Curated) -> None:
    with curated.act(ADA) as act:
        open_session(act, "dora", Way.PASSWORD, "", Rules())
        made = make_token(act, act.unit.people.get("dora"), "one", DORA.grants)
        people.retire(act, "dora")
        assert people.retire(act, "dora").retired_at == NOW
        people.restore(act, "dora")
        assert by_token(act, digest_of(Kind.PERSONAL, made.text)) is None
        assert open_sessions(act, "dora", Rules()) == ()
    assert kept(curated, "dora").retired_at is None
    with curated.look() as act:
        assert act.unit.journal.lines(Lines(action="person.retired"))[0].detail == {"sessions": 1, "tokens": 1}
    assert len(lines(curated, "person.retired")) == len(lines(curated, "person.restored")) == 1


@pytest.mark.parametrize(
    "known_as", ["", "a", "Dora", "dora2 ", "-dora", "do--ra", "dora-", "2dora", "đora", "do.ra", "nobody", "signpost", "me", "x" * 41]
)
def test_an_id_is_short_and_plain(curated: Curated, known_as: str) -> None:
    with pytest.raises(InvalidDocument), curated.act(ADA) as act:
        people.add(act, Person(known_as, "Somebody"))


@pytest.mark.parametrize("known_as", ["nila", "nila-2", "ab", "x" * 40])
def test_an_id_is_taken_once_and_for_good(curated: Curated, known_as: str) -> None:
    with curated.act(ADA) as act:
        people.add(act, Person(known_as, "Somebody"))
    with pytest.raises(Taken), curated.act(ADA) as act:
        people.add(act, Person(known_as, "Somebody else"))


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("  नीला\u00a0 शर्मा ", " nila@example.org ", ("नीला शर्मा", "nila@example.org")),
        ("سارة", "", ("سارة", "")),
        ("", "", None),
        ("   ", "", None),
        ("x" * 201, "", None),
        ("evil\u202egnp", "", None),
        ("null\x00", "", None),
        ("Nila", "no address", None),
        ("Nila", "a@b@c", None),
        ("Nila", "a" * 250 + "@b.example", None),
    ],
    ids=ascii,
)
def test_a_name_and_an_address_are_what_people_can_read(curated: Curated, name: str, email: str, expected) -> None:
    if expected is None:
        with pytest.raises(InvalidDocument), curated.act(ADA) as act:
            people.describe(act, "vera", name, email, people.tag_of(act.unit.people.get("vera")))
        return
    with curated.act(ADA) as act:
        found = people.describe(act, "vera", name, email, people.tag_of(act.unit.people.get("vera")))
    assert (found.name, found.email) == expected


def test_an_address_belongs_to_one_person_in_any_case(curated: Curated) -> None:
    with pytest.raises(Taken), curated.act(ADA) as act:
        people.add(act, Person("nila", "Nila", "DORA@signpost.example"))
    with pytest.raises(Taken), curated.act(ADA) as act:
        people.describe(act, "vera", "Vera", "Dora@Signpost.example", people.tag_of(act.unit.people.get("vera")))


def test_an_edit_says_which_state_it_is_about(curated: Curated) -> None:
    old = people.tag_of(kept(curated, "dora"))
    for expected, error in ((None, Unconditional), ("other", Stale), ("", Stale)):
        with pytest.raises(error), curated.act(ADA) as act:
            people.set_grants(act, "dora", (), expected)
        with pytest.raises(error), curated.act(ADA) as act:
            people.describe(act, "dora", "Dora", "", expected)
    grant(curated, ADA, "dora", Grant(Role.VIEWER))
    with pytest.raises(Stale), curated.act(ADA) as act:
        people.set_grants(act, "dora", (), old)


def test_who_is_seen_depends_on_where_one_is_admin(curated: Curated) -> None:
    with curated.act(ADA) as act:
        act.unit.people.add(Person("newcomer", "New Comer"))
    for who, expected in (
        (ADA, {"ada", "carla", "dirk", "dora", "fleur", "newcomer", "ravi", "ruth", "vera"}),
        (GERMAN_ADMIN, {"dirk", "dora", "newcomer"}),
        (actor("anna", Role.ADMIN, "DE", "de"), {"dora", "newcomer"}),
        (actor("anna", Role.ADMIN, "TH"), {"newcomer"}),
    ):
        with curated.look(who) as act:
            assert {one.id for one in people.listed(act, "", 100)} == expected
    with curated.look(VERA) as act:
        assert people.seen(act, "vera").id == "vera"
        with pytest.raises(Unknown):
            people.seen(act, "dora")
        with pytest.raises(NotAllowed):
            people.listed(act, "", 100)


def test_people_are_listed_in_pages(curated: Curated) -> None:
    with curated.look() as act:
        assert [one.id for one in people.listed(act, "carla", 2)] == ["dirk", "dora"]


def test_a_password_is_reset_for_others_only_and_is_a_temporary_one(curated: Curated) -> None:
    with pytest.raises(OwnRights), curated.act(ADA) as act:
        people_credentials.reset_password(act, "ada", hashed())
    with_one_time(curated, "ruth")
    with curated.act(ADA) as act:
        open_session(act, "ruth", Way.ONE_TIME, "", Rules())
        people_credentials.reset_password(act, "ruth", hashed())
        found = act.unit.people.credentials("ruth")
        assert (found.must_change, found.one_time_confirmed) == (True, True)
        assert open_sessions(act, "ruth", Rules()) == ()
    assert lines(curated, "password.reset") == [("ada", "ruth", "done")]
    assert len({people_credentials.temporary_password() for _ in range(100)}) == 100


def test_a_reset_forgives_the_persons_failures(curated: Curated) -> None:
    with_password(curated, "dora")
    for number in range(6):
        with curated.act(ADA) as act:
            found = begin(act, "dora", f"192.0.2.{number}")
    assert isinstance(found, Wait)
    with curated.act(ADA) as act:
        people_credentials.reset_password(act, "dora", hashed())
        assert not isinstance(begin(act, "dora", "192.0.2.100"), Wait)


def test_a_password_that_changed_while_it_was_compared_lets_nobody_in(curated: Curated) -> None:
    with_password(curated, "dora")
    with curated.act(ADA) as act:
        attempt = begin(act, "dora", "192.0.2.1")
    with_password(curated, "dora", "fünf Esel in Genf")
    with curated.act(ADA) as act:
        assert signed_in(act, attempt, "", "", Rules(), is_right=True) is None
    with pytest.raises(PasswordWrong), curated.act(DORA) as act:
        proven(act, attempt, is_right=True)


def test_one_persons_password_proves_nobody_else(curated: Curated) -> None:
    with_password(curated, "dora")
    with curated.act(ADA) as act:
        attempt = begin(act, "dora", "192.0.2.1")
    with pytest.raises(PasswordWrong), curated.act(VERA) as act:
        people_credentials.start_one_time(act, attempt, is_right=True)


def test_a_success_takes_back_one_try_of_the_address_and_no_more(curated: Curated) -> None:
    with_password(curated, "dora")
    for name in ("a", "b", "c"):
        with curated.act(ADA) as act:
            begin(act, name, "192.0.2.1")
    with curated.act(ADA) as act:
        attempt = begin(act, "dora", "192.0.2.1")
        assert signed_in(act, attempt, "", "", Rules(), is_right=True) is not None
        assert act.unit.people.failures("address:192.0.2.1")[0] == 3
        assert act.unit.people.failures(attempt.counted[0]) == (0, None)


def test_an_authenticator_that_is_not_confirmed_is_not_asked_for(curated: Curated) -> None:
    with_password(curated, "ruth", one_time=SECRET)
    with curated.act(ADA) as act:
        found = signed_in(act, begin(act, "ruth", "::1"), "", "", Rules(), is_right=True)
    assert found.opened.session.way == Way.PASSWORD


def test_an_authenticator_is_confirmed_by_a_code_of_this_moment(curated: Curated) -> None:
    with_password(curated, "ruth", one_time=SECRET)
    ruth = actor("ruth", Role.REVIEWER)
    with curated.act(ADA) as act:
        opened = open_session(act, "ruth", Way.PASSWORD, "", Rules())
    for typed in (code(NOW - timedelta(minutes=5)), "", "123"):
        with pytest.raises(CodeWrong), curated.act(ruth) as act:
            people_credentials.confirm_one_time(act, opened.session, typed)
    with curated.act(ruth) as act:
        rotated, codes = people_credentials.confirm_one_time(act, opened.session, code(NOW))
        assert (rotated.session.way, rotated.session.expires_at, len(codes)) == (Way.ONE_TIME, opened.session.expires_at, 10)
        assert [one.id for one in open_sessions(act, "ruth", Rules())] == [rotated.session.id]
    with pytest.raises(OneTimeState), curated.act(ruth) as act:
        people_credentials.confirm_one_time(act, rotated.session, code(NOW))


def test_a_token_is_part_of_what_its_person_may(curated: Curated) -> None:
    for grants, expected in (
        ((Grant(Role.CURATOR, "DE", ("de",)),), None),
        ((Grant(Role.VIEWER, "DE-BY", ("de",)),), None),
        ((Grant(Role.REVIEWER, "DE", ("de",)),), NotAllowed),
        ((Grant(Role.CURATOR, "DE"),), NotAllowed),
        ((Grant(Role.CURATOR, "FR", ("de",)),), NotAllowed),
        ((Grant(Role.VIEWER),), NotAllowed),
        ((), InvalidDocument),
    ):
        with curated.act(DORA, "token.made") as act:
            if expected is None:
                assert own_token(act, "one", grants).token.grants == grants
            else:
                with pytest.raises(expected):
                    own_token(act, "one", grants)


@pytest.mark.parametrize(
    ("lasts", "is_taken"),
    [(timedelta(seconds=1), True), (LONGEST, True), (LONGEST + timedelta(seconds=1), False), (timedelta(0), False), (-LONGEST, False)],
    ids=str,
)
def test_a_token_ends_within_a_year(curated: Curated, lasts: timedelta, is_taken) -> None:
    with curated.act(DORA) as act:
        if is_taken:
            assert own_token(act, "one", DORA.grants, NOW + lasts).token.expires_at == NOW + lasts
        else:
            with pytest.raises(InvalidDocument):
                own_token(act, "one", DORA.grants, NOW + lasts)
        assert own_token(act, "two", DORA.grants).token.expires_at == NOW + timedelta(days=90)


def test_a_token_is_ended_by_its_person_or_their_admin_and_by_nobody_else(curated: Curated) -> None:
    with curated.act(DORA) as act:
        named = own_token(act, "one", DORA.grants).token.id
    for who in (VERA, actor("dirk", Role.REVIEWER, "DE"), actor("anna", Role.ADMIN, "FR")):
        with pytest.raises(Unknown), curated.act(who) as act:
            end_token(act, named)
    with pytest.raises(NotAllowed), curated.act(VERA) as act:
        tokens_of(act, "dora")
    with curated.act(GERMAN_ADMIN) as act:
        assert end_token(act, named).ended_at == NOW
        assert end_token(act, named).ended_at == NOW
    assert lines(curated, "token.ended") == [("anna", named, "done")]


def test_every_line_of_all_this_holds(curated: Curated) -> None:
    with_password(curated, "dora")
    grant(curated, ADA, "dora", Grant(Role.VIEWER))
    with pytest.raises(OwnRights):
        grant(curated, ADA, "ada")
    with curated.act(ADA) as act:
        begin(act, "dora", "192.0.2.1")
        end_sessions(act, "dora")
    with curated.look() as act:
        assert tuple(broken_lines(act.unit.journal.all(), act.unit.journal.ever_written())) == ()
        written = "".join(str(line) for line in act.unit.journal.all())
    assert PASSWORD not in written
    assert hashed() not in written
