"""A place named in the search, inside the voting country, lends its center; nothing else does."""

import pytest

from keywords.places import codes_in
from keywords.tokens import tokenise
from notices.consider import consider
from notices.decide import Season
from notices.decision import Request
from notices.live import Live
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("query", "region", "languages", "center"),
    [
        pytest.param("how to vote in texas", "US-CA", ("en",), "US-TX", id="another state"),
        pytest.param("how to vote in texas", "US-TX", ("en",), "US-TX", id="the own state"),
        pytest.param(
            "cómo votar en Nuevo México", "US-TX", ("es",), "US-TX", id="a name that CLDR does not have in Spanish changes nothing"
        ),
        pytest.param("georgia election results", "US-TX", ("en",), "US-GA", id="ambiguous: in the United States the state"),
        pytest.param("georgia election results", "GE", ("en",), "GE", id="ambiguous: in Georgia the country"),
        pytest.param("georgia election results", "DE", ("en",), "DE", id="neither lies inside the voting country"),
        pytest.param("bavaria election", "DE-BE", ("en",), "DE", id="a part whose country answers for it"),
        pytest.param("how to vote in france", "US-TX", ("en",), "US-TX", id="another country"),
    ],
)
def test_the_link_leads_to_the_place_that_was_named(
    starter: Live, query: str, region: str, languages: tuple[str, ...], center: str
) -> None:
    request = Request(region, region, query=query, languages=languages)
    decision = consider(request, starter, NOW, Season.ALWAYS, public_url="https://signpost.example").decision
    assert decision.notices, query
    assert {shown.region for shown in decision.notices} == {center}
    assert f"/centers/{center}?" in decision.notices[0].url


def test_who_votes_elsewhere_is_asked_about_there(starter: Live) -> None:
    request = Request("DE", "US-CA", query="vote in texas", languages=("en",))
    considered = consider(request, starter, NOW, Season.ALWAYS)
    assert considered.named == "US-TX"


@pytest.mark.parametrize(
    ("query", "language", "code"),
    [("wahl thueringen", "de", "DE-TH"), ("abstimmung zuerich", "de", "CH-ZH"), ("valg troendelag", "nb", "NO-50")],
)
def test_names_are_known_with_their_umlauts_written_out(starter: Live, query: str, language: str, code: str) -> None:
    assert codes_in(starter.place_names.mentions(tokenise(query)), (language,)) == (code,)
