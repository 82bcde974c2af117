"""Files and packs in and out on the command line, as the person whose token it is; without --write nothing happens."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from admin.commands.context import Context
from admin.curation.importing_errors import ImportRefused
from admin.curation.people_errors import NotSignedIn
from admin.packs.reading import read_starter
from admin.settings import read_settings
from review.errors import NotAllowed
from review.people import Actor
from server import PROBLEMS, make_app, signpost
from store.values import Lines
from tests.admin.api.bearing import bearer
from tests.curated import ADA, CARLA, DORA, FLEUR, VERA, Curated, curated_store, small_release

TABLE = "region,language,topic,text,note\nDE,de,voting,wahllokal finden,\nDE,de,voting,wo wähle ich,official\n"


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "lists.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def run(curated: Curated, who: Actor | None, *words: object) -> Result:
    environ = {"SIGNPOST_DATABASE": f"sqlite:///{curated.settings.database}"}
    if who is not None:
        environ["SIGNPOST_TOKEN"] = bearer(curated, who)["Authorization"].removeprefix("Bearer ")
    first, *rest = map(str, words)
    context = Context(read_settings(environ), curated.clock, make_app, PROBLEMS)
    return CliRunner().invoke(signpost.get_command(None, first), rest, obj=context)  # type: ignore[arg-type]


def opened(curated: Curated) -> int:
    with curated.look() as act:
        return len(act.unit.changes.find())


def test_a_dry_run_tells_what_would_come_of_it_and_writing_does_it(curated: Curated, table: Path) -> None:
    dry = run(curated, DORA, "import", "documents", "lists", "csv", table)
    assert (dry.exit_code, opened(curated)) == (0, 0)
    assert dry.output.splitlines() == [
        "list DE/de/voting: as it was; inside: 1 added, 1 changed",
        "1 added, 1 changed, 0 removed, 1 unchanged",
        "A dry run: nothing was written. --write brings it into a change.",
    ]
    written = run(curated, DORA, "import", "documents", "lists", "csv", table, "--title", "Places", "--reason", "Mail", "--write")
    assert written.output.splitlines()[-1].endswith(", revision 1")
    (change,) = (written.output.splitlines()[-1].split()[1].rstrip(","),)
    assert curated.change(change).about.title == "Places"
    again = run(curated, DORA, "import", "documents", "lists", "csv", table, "--change", change, "--write", "--json")
    assert (json.loads(again.output)["unchanged"], opened(curated)) == (3, 1)
    assert "Nothing differs" in run(curated, DORA, "import", "documents", "lists", "csv", table, "--change", change, "--write").output


def test_replacing_tells_what_goes(curated: Curated, table: Path) -> None:
    told = json.loads(run(curated, DORA, "import", "documents", "lists", "csv", table, "--mode", "replace", "--json").output)
    assert (told["removed"], told["dry_run"], told["documents"][0]["words"]["lost"]["first"]) == (1, True, ["briefwahl beantragen"])


def test_every_problem_is_told_by_row_and_nothing_is_taken(curated: Curated, table: Path) -> None:
    table.write_text(f"{TABLE}DE,de,voting,,\n", encoding="utf-8")
    refused = run(curated, DORA, "import", "documents", "lists", "csv", table, "--write")
    assert isinstance(refused.exception, ImportRefused)
    assert "row 4, text: This cell must not be empty." in refused.stderr
    assert opened(curated) == 0


@pytest.mark.parametrize(
    ("who", "error"), [pytest.param(FLEUR, NotAllowed, id="another region"), pytest.param(None, NotSignedIn, id="nobody")]
)
def test_who_may_not_edit_it_may_not_bring_it_in(curated: Curated, table: Path, who: Actor | None, error: type[Exception]) -> None:
    refused = run(curated, who, "import", "documents", "lists", "csv", table, "--write")
    assert isinstance(refused.exception, error)
    assert opened(curated) == 0


def test_a_title_is_for_a_new_change(curated: Curated, table: Path) -> None:
    refused = run(curated, DORA, "import", "documents", "lists", "csv", table, "--change", "x", "--title", "y")
    assert refused.exit_code == 2


def test_words_of_another_program_need_a_region_language_and_topic(curated: Curated, tmp_path: Path) -> None:
    file = tmp_path / "rules.txt"
    file.write_text("wahllokal =>\n  UP(1): x\n", encoding="utf-8")
    words = ("import", "documents", "lists", "querqy", file)
    assert isinstance(run(curated, DORA, *words).exception, ImportRefused)
    told = run(curated, DORA, *words, "--region", "DE", "--language", "de", "--topic", "voting")
    assert "1 added" in told.output


def test_what_is_taken_out_comes_back_as_no_edit_and_is_in_the_audit(curated: Curated, tmp_path: Path) -> None:
    file = tmp_path / "lists.xlsx"
    assert run(curated, VERA, "export", "documents", "lists", "xlsx", "--region", "DE", "--output", file).exit_code == 0
    assert "Nothing differs" in run(curated, DORA, "import", "documents", "lists", "xlsx", file, "--mode", "replace").output
    assert "briefwahl" in run(curated, VERA, "export", "documents", "lists", "csv", "--id", "DE/de/voting").output
    with curated.look() as act:
        assert len(act.unit.journal.lines(Lines(action="documents.exported"))) == 2


def test_packs_go_out_and_come_in_with_git_in_between(curated: Curated, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    out = run(curated, ADA, "export", "packs", folder)
    assert (out.exit_code, "release 1" in out.stderr) == (0, True)
    assert {one.id for one in read_starter(folder).lists} == {one.id for one in small_release().lists}
    assert "Nothing differs" in run(curated, ADA, "import", "packs", folder, "--write").output
    file = folder / "keywords" / "DE" / "de.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("{text: wo wähle ich}", "{text: wo wähle ich, note: mended}"), encoding="utf-8"
    )
    (folder / "keywords" / "TH" / "th.yaml").unlink()
    dry = run(curated, CARLA, "import", "packs", folder)
    assert "list TH/th/voting: removed; inside: 1 removed" in dry.output
    assert isinstance(run(curated, DORA, "import", "packs", folder, "--write").exception, NotAllowed)
    written = run(curated, CARLA, "import", "packs", folder, "--reason", "From git", "--write")
    assert "0 added, 1 changed, 2 removed" in written.output
    assert opened(curated) == 1


def test_an_older_release_can_be_taken_out_and_one_that_there_is_not_cannot(curated: Curated, tmp_path: Path) -> None:
    assert run(curated, ADA, "export", "packs", tmp_path / "one", "--release", 1).exit_code == 0
    assert run(curated, ADA, "export", "packs", tmp_path / "two", "--release", 7).exception is not None
    assert not (tmp_path / "two").exists()
