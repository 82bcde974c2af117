"""Words whose letters were set apart, and what they were."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.apart import LONGEST_CLUSTER, are_apart, put_together
from keywords.tokens import tokenise


def ways(text: str) -> list[str]:
    made = []
    for gaps in put_together(text):
        plain = text
        for start, end, between in reversed(gaps):
            plain = plain[:start] + between + plain[end:]
        made.append(plain)
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("v o t e", ["vote"], id="spaces"),
        pytest.param("v o t e   n o w", ["vote now"], id="wider spaces between words"),
        pytest.param("v-o-t-e n-o-w", ["vote now", "votenow"], id="spaces between words, or one sign of several"),
        pytest.param("v o.t-e", ["v ote", "vote"], id="a space that is one sign of several"),
        pytest.param("v - o - t - e   n - o - w", ["vote now", "votenow"], id="signs with spaces around them"),
        pytest.param(
            "v\U0001f468\u200d\U0001f469\u200d\U0001f467o\U0001f1fa\U0001f1f8t\u2764\ufe0f\u200d\U0001f525e", ["vote"], id="long emoji"
        ),
        pytest.param("❤\ufe0fv❤\ufe0fo❤\ufe0ft❤\ufe0fe", ["❤\ufe0fvote"], id="an emoji before the first letter, too"),
        pytest.param("ක්\u200dෂ-ක-ක-ක", ["ක්\u200dෂකකක"], id="letters bound by a joiner"),
        pytest.param("go v.o.t.e", ["go vote"], id="one word of several"),
        pytest.param("म त दा न", ["मतदान"], id="letters with their marks"),
        pytest.param("নি-র্বা-চ-ন কমিশন", ["নির্বাচন কমিশন"], id="letters bound by a virama"),
        pytest.param("चु-ना-व कब", ["चुनाव कब"], id="three syllables with signs between them"),
        pytest.param("ም.ር.ጫ", ["ምርጫ"], id="three Ethiopic syllables"),
        pytest.param("인*증*샷", ["인증샷"], id="three Hangul syllables"),
        pytest.param("वो जा रहा", [], id="three syllables with spaces, which may be words"),
        pytest.param("ये तो है", [], id="three words of one syllable"),
        pytest.param("a-b-c", [], id="three letters"),
        pytest.param("U.S.A.", [], id="an abbreviation"),
        pytest.param("vote now", [], id="words"),
        pytest.param("v.o.tes", [], id="what ends in more than a letter"),
        pytest.param("k@nd1d@@d!d v@|!m!$3d", [], id="letters between signs for letters"),
        pytest.param("v|o|t|e|r roll", ["voter roll"], id="such signs between all letters"),
        pytest.param("v.o.t.e.now", ["vote.now"], id="one word of two, with the same sign between them"),
    ],
)
def test_letters_set_apart_are_put_together(text: str, expected: list[str]) -> None:
    assert ways(text) == expected


@given(st.sampled_from(("voté1", "выйо", "न्कुा1", "ምጫ", "투표1")).flatmap(lambda letters: st.text(alphabet=f"{letters}.-_*  ", max_size=24)))
def test_only_words_of_single_letters_are_put_together(text: str) -> None:
    words = tokenise(text)
    if not are_apart(words) and all(len(word) <= LONGEST_CLUSTER for word in words):
        assert ways(text) == []


@given(st.text(alphabet="vоté न्कु투1.-_*  ", max_size=24))
def test_only_gaps_are_touched(text: str) -> None:
    for gaps in put_together(text):
        assert all(not any(map(str.isalnum, text[start:end])) for start, end, _ in gaps)
        assert all(first[1] <= second[0] for first, second in pairwise(gaps))
