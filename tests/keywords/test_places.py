"""Place names in a search."""

import pytest

from keywords.places import PlaceName, PlaceNames, codes_in
from keywords.tokens import tokenise

*_, NAMES = PlaceNames.in_steps(
    (
        PlaceName("Texas", "US-TX", "en"),
        PlaceName("New Mexico", "US-NM", "en"),
        PlaceName("Mexico", "MX", "en"),
        PlaceName("Georgia", "US-GA", "en"),
        PlaceName("Georgia", "GE", "en"),
        PlaceName("Bayern", "DE-BY", "de"),
        PlaceName("Bavaria", "DE-BY", "en"),
        PlaceName("東京都", "JP-13", "ja"),
        PlaceName("केरल", "IN-KL", "hi"),
        PlaceName("مصر", "EG", "ar"),
        PlaceName("Springfield", "", "en"),
    )
)


def codes(query: str, *languages: str) -> tuple[str, ...]:
    return codes_in(NAMES.mentions(tokenise(query)), languages)


@pytest.mark.parametrize(
    ("query", "languages", "expected"),
    [
        pytest.param("vote in TEXAS please", ("en",), ("US-TX",), id="a name among other words"),
        pytest.param("vote in new-mexico", ("en",), ("US-NM",), id="the longest name, hyphenated"),
        pytest.param("election in georgia", ("en",), ("GE", "US-GA"), id="an ambiguous name means every place it may mean"),
        pytest.param("wahl bayern", ("de",), ("DE-BY",), id="the user's language"),
        pytest.param("wahl bayern", ("en",), (), id="a language the user does not read"),
        pytest.param("bavaria election", ("de", "en"), ("DE-BY",), id="English"),
        pytest.param("東京都知事選", ("ja",), ("JP-13",), id="inside a script without spaces"),
        pytest.param("केरल चुनाव", ("hi",), ("IN-KL",), id="a script with combining marks"),
        pytest.param("انتخابات بمصر", ("ar",), ("EG",), id="right to left, with a preposition attached"),
        pytest.param("texan election", ("en",), (), id="not inside another word"),
        pytest.param("vote in springfield", ("en",), (), id="a city is no place with a center"),
    ],
)
def test_places_are_recognised_in_the_languages_asked_for(query: str, languages: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert codes(query, *languages) == expected


def test_a_mention_says_where_it_stands() -> None:
    (mention,) = NAMES.mentions(tokenise("go to New Mexico now"))
    assert "".join(tokenise("go to New Mexico now"))[mention.start : mention.end] == "newmexico"
