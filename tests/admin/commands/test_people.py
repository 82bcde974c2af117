"""`signpost people` and `signpost token` as whoever runs the host types them: the first admin, rights, help; secrets are printed once, to stdout."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from admin.commands.context import Context, operator
from admin.commands.people import people
from admin.commands.token import token
from admin.curation.people_errors import LastAdmin, NotSignedIn
from admin.curation.people_sessions import Rules, Way, open_session, open_sessions
from admin.errors import KeyProblem
from admin.settings import Settings
from admin.signing_in.bearers import PATTERN
from admin.signing_in.errors import PasswordRefused
from admin.signing_in.passwords import verify
from notices.errors import InvalidDocument
from review.errors import NotAllowed, Unknown
from review.people import Actor, Grant, Role
from server import PROBLEMS, make_app
from store.errors import Taken
from store.sqlite import SqliteStore
from tests.admin.api.proofs import everything_said, lines, with_one_time
from tests.curated import ADA, NOW, Clock, Curated, curated_store


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


def context(curated: Curated, **given) -> Context:
    return Context(replace(curated.settings, **given), curated.clock, make_app, PROBLEMS)


def run(curated: Curated, command: click.Command, *words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(command, words, obj=context(curated), input=typed)


def refused(result: Result) -> type[BaseException]:
    assert result.exit_code == 1
    assert result.stdout == ""
    return type(result.exception)


def test_the_first_admin_of_an_empty_database_is_made_with_a_password_that_is_printed_once(tmp_path: Path) -> None:
    made = Context(Settings(database=tmp_path / "new.db"), Clock(), make_app, PROBLEMS)
    result = CliRunner().invoke(people, ("add", "ada", "--admin"), obj=made)
    assert result.exit_code == 0, result.output
    password = result.stdout.strip()
    store = SqliteStore(tmp_path / "new.db")
    with store.reading() as unit:
        assert unit.people.get("ada").grants == (Grant(Role.ADMIN),)
        credentials = unit.people.credentials("ada")
        assert verify(password, credentials.password)
        assert credentials.must_change
        written = [(line.actor, line.way, line.action, line.subject) for line in unit.journal.all()]
        assert password not in str(list(unit.journal.all()))
    assert written == [(operator().person, "operator", action, "ada") for action in ("person.added", "password.reset")]
    store.close()
    assert password.encode() not in (tmp_path / "new.db").read_bytes()
    again = CliRunner().invoke(people, ("add", "ada", "--admin"), obj=made)
    assert refused(again) is Taken


def test_two_admins_never_get_the_same_password(curated: Curated) -> None:
    assert len({run(curated, people, "add", f"admin-{number}", "--admin").stdout for number in range(3)}) == 3


def test_a_first_password_may_come_on_standard_input_and_is_not_repeated(curated: Curated) -> None:
    result = run(curated, people, "add", "nila", "--password-stdin", "--grant", "curator:de:de,iw", typed="fünf Esel in Genf\n")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Esel" not in result.output
    with curated.look() as act:
        assert act.unit.people.get("nila").grants == (Grant(Role.CURATOR, "DE", ("de", "he")),)
        found = act.unit.people.credentials("nila")
        assert verify("fünf Esel in Genf", found.password)
        assert found.must_change


@pytest.mark.parametrize(
    "typed", ["", "short\n", "passwordpassword\n", "nila.sharma.2026\n", "\ud800\n"], ids=["nothing", "short", "common", "own", "surrogate"]
)
def test_a_password_that_may_not_be_is_refused_and_nobody_is_made(curated: Curated, typed: str) -> None:
    result = run(curated, people, "add", "nila", "--name", "Nila Sharma", "--password-stdin", typed=typed.encode(errors="surrogatepass"))
    assert refused(result) is PasswordRefused
    with curated.look() as act:
        assert act.unit.people.get("nila") is None


@pytest.mark.parametrize(
    ("words", "error"),
    [
        pytest.param(("add", "Nila"), InvalidDocument, id="no id"),
        pytest.param(("show", "nobody-here"), Unknown, id="nobody"),
        pytest.param(("retire", "ada"), LastAdmin, id="the last admin"),
        pytest.param(("grant", "ada", "viewer"), LastAdmin, id="the last admin made less"),
        pytest.param(("grant", "nobody-here", "viewer"), Unknown, id="rights for nobody"),
        pytest.param(("reset-password", "nobody-here"), Unknown, id="a password for nobody"),
    ],
)
def test_what_cannot_be_done_is_refused(curated: Curated, words, error) -> None:
    assert refused(run(curated, people, *words)) is error


@pytest.mark.parametrize("word", ["owner", "curator:DE:de:more", "", ":DE", "Curator"])
def test_a_grant_is_written_as_role_region_languages(curated: Curated, word: str) -> None:
    result = run(curated, people, "grant", "dora", word)
    assert result.exit_code == 2
    assert "ROLE:REGION:LANGUAGE" in result.output


def test_rights_are_set_or_added(curated: Curated) -> None:
    for words, expected in (
        (("viewer", "reviewer:us-tx"), {Grant(Role.VIEWER), Grant(Role.REVIEWER, "US-TX")}),
        (("--add", "curator:FR:fr"), {Grant(Role.VIEWER), Grant(Role.REVIEWER, "US-TX"), Grant(Role.CURATOR, "FR", ("fr",))}),
        ((), set()),
    ):
        assert run(curated, people, "grant", "dora", *words).exit_code == 0
        with curated.look() as act:
            assert set(act.unit.people.get("dora").grants) == expected
    assert lines(curated, "person.granted") == [(operator().person, "dora", "done")] * 3


def test_somebody_is_retired_restored_and_signed_out(curated: Curated) -> None:
    with curated.act(ADA) as act:
        open_session(act, "dora", Way.PASSWORD, "a browser", Rules())
    text = run(curated, token, "new", "dora", "--name", "one").stdout.strip()
    shown = json.loads(run(curated, people, "show", "dora").stdout)
    assert (len(shown["sessions"]), len(shown["tokens"]), shown["has_password"]) == (1, 1, False)
    assert text not in json.dumps(shown)
    assert run(curated, people, "end-sessions", "dora", "--tokens").exit_code == 0
    assert [len(json.loads(run(curated, people, "show", "dora").stdout)[what]) for what in ("sessions", "tokens")] == [0, 0]
    assert run(curated, people, "retire", "dora").exit_code == 0
    assert "dora  Dora  curator:DE:de  retired 2026-10-20T12:00:00Z" in run(curated, people, "list").stdout
    assert run(curated, people, "restore", "dora").exit_code == 0
    listed = json.loads(run(curated, people, "list", "--json").stdout)["people"]
    assert {one["id"]: one["retired_at"] for one in listed}["dora"] is None


def test_a_locked_out_admin_gets_a_new_password_and_loses_the_authenticator_where_asked(curated: Curated) -> None:
    with_one_time(curated, "ada")
    password = run(curated, people, "reset-password", "ada").stdout.strip()
    with curated.look() as act:
        found = act.unit.people.credentials("ada")
        assert (verify(password, found.password), found.must_change, found.one_time_confirmed) == (True, True, True)
    assert run(curated, people, "reset-password", "ada", "--drop-one-time").exit_code == 0
    with curated.look() as act:
        assert not act.unit.people.credentials("ada").one_time_confirmed
        assert open_sessions(act, "ada", Rules()) == ()


def test_a_token_is_printed_once_and_is_what_it_was_asked_to_be(curated: Curated) -> None:
    result = run(curated, token, "new", "dora", "--name", "import", "--grant", "viewer:DE-BY:de", "--days", "7")
    text = result.stdout.strip()
    assert PATTERN.fullmatch(text)
    assert text not in result.stderr
    with curated.look() as act:
        (made,) = act.unit.people.tokens("dora")
    assert (made.grants, made.expires_at) == ((Grant(Role.VIEWER, "DE-BY", ("de",)),), NOW + timedelta(days=7))
    listed = run(curated, token, "list", "dora").stdout
    assert f"{made.id}  dora  {made.hint}…  import  until 2026-10-27T12:00:00Z  never used" in listed
    assert text not in listed + str(everything_said(curated))
    assert run(curated, token, "end", made.id).exit_code == 0
    assert "ended 2026-10-20T12:00:00Z" in run(curated, token, "list").stdout


@pytest.mark.parametrize(
    ("words", "error"),
    [
        pytest.param(("new", "dora", "--name", "x", "--grant", "reviewer:DE:de"), NotAllowed, id="wider than its person"),
        pytest.param(("new", "nobody-here", "--name", "x"), Unknown, id="nobody's"),
        pytest.param(("end", "t-none"), Unknown, id="none"),
    ],
)
def test_a_token_that_may_not_be_is_not_made(curated: Curated, words, error) -> None:
    assert refused(run(curated, token, *words)) is error


def test_a_token_lasts_a_year_at_most(curated: Curated) -> None:
    assert run(curated, token, "new", "dora", "--name", "x", "--days", "366").exit_code == 2


def test_a_command_acts_as_the_person_whose_token_the_settings_hold(curated: Curated, tmp_path: Path) -> None:
    text = run(curated, token, "new", "dora", "--name", "x", "--grant", "viewer:DE:de").stdout.strip()
    expected = Actor("dora", (Grant(Role.VIEWER, "DE", ("de",)),), "token")
    file = tmp_path / "token"
    file.write_text(f"{text}\n")
    assert context(curated, token=text).acting_person(curated.store) == expected
    assert context(curated, token_file=file).acting_person(curated.store) == expected
    run(curated, people, "retire", "dora")
    with pytest.raises(NotSignedIn, match="make a new one") as error:
        context(curated, token=text).acting_person(curated.store)
    assert text not in str(error.value)


def test_a_command_without_a_token_says_which_setting_it_needs(curated: Curated, tmp_path: Path) -> None:
    with pytest.raises(NotSignedIn, match="SIGNPOST_TOKEN"):
        context(curated).acting_person(curated.store)
    for text in ("x", "signpost_pat_" + "A" * 38):
        with pytest.raises(NotSignedIn):
            context(curated, token=text).acting_person(curated.store)
    with pytest.raises(KeyProblem, match="SIGNPOST_TOKEN_FILE"):
        context(curated, token_file=tmp_path / "nowhere").acting_person(curated.store)


def test_no_setting_shows_a_secret() -> None:
    shown = repr(Settings(token="tok-1", openid_client_secret="sec-2"))
    assert "tok-1" not in shown
    assert "sec-2" not in shown
