"""A curator's and a reviewer's day on the command line alone, as the people whose tokens they have."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from admin.commands.context import Context
from admin.publishing import latest_release
from admin.settings import read_settings
from review.errors import FourEyes, NotAllowed, Stale
from server import PROBLEMS, make_app, signpost
from tests.admin.api.bearing import bearer
from tests.curated import ADA, DIRK, DORA, TRUSTED, Curated, curated_store


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


class Shell:
    """Somebody at a terminal, with their token in the environment."""

    def __init__(self, curated: Curated, who) -> None:
        token = bearer(curated, who)["Authorization"].removeprefix("Bearer ")
        environ = {"SIGNPOST_DATABASE": f"sqlite:///{curated.settings.database}", "SIGNPOST_TOKEN": token}
        self._context = Context(read_settings(environ), curated.clock, make_app, PROBLEMS)

    def run(self, *words: str, typed: str | None = None) -> Result:
        command = signpost.get_command(None, words[0])
        return CliRunner().invoke(command, words[1:], obj=self._context, input=typed)

    def told(self, *words: str, typed: str | None = None) -> dict:
        result = self.run(*words, typed=typed)
        assert result.exit_code == 0, (result.output, result.exception)
        return json.loads(result.output)


@pytest.fixture
def dora(curated: Curated) -> Shell:
    return Shell(curated, DORA)


@pytest.fixture
def dirk(curated: Curated) -> Shell:
    return Shell(curated, DIRK)


def opened(shell: Shell, *more: str) -> str:
    return shell.run("change", "open", "Polling booths", "--reason", "Seen in support mail", *more).output.strip()


def test_a_day_from_a_draft_to_a_release(curated: Curated, dora: Shell, dirk: Shell) -> None:
    change = opened(dora)
    added = dora.told("change", "add-term", change, "DE/de/voting", "wahlkabine finden", "--json", '{"slot": "where_do_i_vote"}')
    assert added["document"] == {"text": "wahlkabine finden", "slot": "where_do_i_vote"}
    listed = dora.told("change", "get", "list", "DE/de/voting")
    listed["document"]["owner"] = "dora"
    dora.told("change", "put", change, typed=json.dumps(listed))
    assert dora.told("change", "submit", change)["state"] == "in_review"
    assert "in_review" in dirk.run("change", "list").output
    seen = dirk.told("change", "show", change, "--edits")
    assert sorted(one["action"] for one in seen["documents"]) == ["added", "changed"]
    assert dirk.told("change", "effect", change)["words"][0]["gained"] == ["wahlkabine finden"]
    assert isinstance(dora.run("change", "approve", change, "--tag", seen["tag"]).exception, NotAllowed)
    assert dirk.told("change", "approve", change, "--tag", seen["tag"])["state"] == "approved"
    assert dirk.told("publish", change)["number"] == 2
    assert [one["id"] for one in dora.told("releases", "--differences", "2")] == ["DE/de/voting", added["id"]]
    assert latest_release(None, curated.settings.release_file, TRUSTED).release.number == 2


def test_documents_are_found_by_their_text_and_have_a_history(dora: Shell) -> None:
    (found,) = dora.told("change", "find", "term", "--owner", "DE/de/voting", "--text", "BRIEFWAHL")
    assert found["document"]["text"] == "briefwahl beantragen"
    (held,) = dora.told("change", "history", "term", found["id"])
    assert (held["first_release"], held["last_release"], held["tag"]) == (1, None, found["tag"])
    change = opened(dora)
    dora.told("change", "remove", change, "term", found["id"])
    dora.told("change", "revert", change, "term", found["id"])
    assert [one["document"] for one in dora.told("change", "revisions", change)] == [None]


def test_what_somebody_else_edited_meanwhile_is_not_overwritten(dora: Shell) -> None:
    change = opened(dora)
    listed = dora.told("change", "get", "list", "DE/de/voting")
    dora.told("change", "put", change, typed=json.dumps({**listed, "document": {**listed["document"], "owner": "one"}}))
    late = dora.run("change", "put", change, typed=json.dumps({**listed, "document": {**listed["document"], "owner": "two"}}))
    assert isinstance(late.exception, Stale)


def test_nobody_approves_their_own(curated: Curated, dirk: Shell) -> None:
    ada = Shell(curated, ADA)
    change = opened(ada)
    ada.told("change", "add-term", change, "DE/de/voting", "wahlkabine finden")
    tag = ada.told("change", "submit", change)["tag"]
    assert isinstance(ada.run("change", "approve", change, "--tag", tag).exception, FourEyes)
    assert isinstance(dirk.run("change", "approve", change, "--tag", "1-in_review-00").exception, Stale)
    assert dirk.told("change", "reject", change, "Too narrow", "--tag", tag)["state"] == "rejected"
    assert ada.told("change", "withdraw", change)["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("typed", "says"),
    [("{", "line 1"), ("[]", "object"), ('{"kind": "list", "id": "DE/de/voting"}', "kind, id, document"), ('{"a": 1, "a": 2}', "twice")],
)
def test_a_file_that_is_none_is_refused_with_what_it_should_be(dora: Shell, typed: str, says: str) -> None:
    change = opened(dora)
    result = dora.run("change", "put", change, typed=typed)
    assert result.exit_code == 2
    assert says in result.output


def test_without_a_token_nobody_acts(curated: Curated) -> None:
    environ = {"SIGNPOST_DATABASE": f"sqlite:///{curated.settings.database}"}
    context = Context(read_settings(environ), curated.clock, make_app, PROBLEMS)
    result = CliRunner().invoke(signpost.get_command(None, "change"), ["list"], obj=context)
    assert "SIGNPOST_TOKEN" in str(result.exception)


def test_a_published_release_is_rolled_back_by_an_admin(curated: Curated, dora: Shell, dirk: Shell) -> None:
    change = opened(dora)
    dora.told("change", "add-term", change, "DE/de/voting", "wahlkabine finden")
    tag = dora.told("change", "submit", change)["tag"]
    dirk.told("change", "approve", change, "--tag", tag)
    dirk.told("publish", change)
    assert isinstance(dirk.run("rollback", "1", "--reason", "Wrong").exception, NotAllowed)
    ada = Shell(curated, ADA)
    assert ada.told("rollback", "1", "--reason", "Wrong")["rollback_of"] == 1
    assert [one["number"] for one in ada.told("releases")] == [3, 2, 1]
