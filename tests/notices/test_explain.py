"""Why, and why not, in the words as they were typed."""

import subprocess
import sys
from pathlib import Path

import pytest

from notices.consider import consider
from notices.decide import Season
from notices.decision import Request
from notices.explain import explain_document
from notices.live import Live
from tests.conftest import CHECKOUT, NOW


def trace(starter: Live, query: str, region: str = "US-TX") -> dict:
    considered = consider(Request(region, region, query=query, languages=("en",)), starter, NOW, Season.ALWAYS)
    return explain_document(considered, starter)["trace"]


@pytest.mark.parametrize(
    ("query", "layer", "shown", "cost"),
    [
        pytest.param("electoin results tonight", "near", "electoin results", 1, id="a typo in a phrase"),
        pytest.param("go v.o.t.i.n.g  p.l.a.c.e", "spaced", "v.o.t.i.n.g  p.l.a.c.e", 0, id="letters set apart"),
        pytest.param("my pollіng station", "look_alike", "pollіng station", 0, id="a look-alike letter"),
        pytest.param("poll%69ng station", "encoded", "poll%69ng station", 0, id="an encoded letter"),
    ],
)
def test_a_match_names_its_layer_and_shows_what_was_typed(starter: Live, query: str, layer: str, shown: str, cost: int) -> None:
    found = [match for match in trace(starter, query)["matches"] if query[match["start"] : match["end"]] == shown]
    assert {(match["layer"], match["cost"]) for match in found} >= {(layer, cost)}


def test_a_word_that_exists_is_told_beside_the_term_it_is_near(starter: Live) -> None:
    told = trace(starter, "erection of a statue")
    assert told["matches"] == []
    assert ("real_word", "election") in {(word["reason"], word["near"]) for word in told["words"]}


def test_the_place_that_was_named_is_told(starter: Live) -> None:
    assert trace(starter, "how to vote in ohio")["place"]["named"] == "US-OH"


def test_the_same_question_gives_the_same_explanation(starter: Live) -> None:
    assert trace(starter, "wher do I vote") == trace(starter, "wher do I vote")


def test_the_answer_does_not_depend_on_how_this_process_hashes_text(tmp_path: Path) -> None:
    """Run twice as a command, each under another hash seed."""
    asked = "".join(
        f'{{"query": "{query}", "region": "MX", "limit": 3}}\n'
        for query in ("resultados de las elecciones", "elections registr voters", "votar #Elecciones2027", "v o t a r")
    )
    command = [sys.executable, "server.py", "decide", "--explain", "--at", "2026-10-20T12:00:00Z"]
    told = set()
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "SIGNPOST_DATABASE": f"sqlite:///{tmp_path}/none.db"}
        done = subprocess.run(command, cwd=CHECKOUT, input=asked, capture_output=True, text=True, check=True, env=environment)
        told.add(done.stdout)
    assert len(told) == 1
