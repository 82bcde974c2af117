"""Making the index: the same answers every time, in many small steps."""

from itertools import islice

import pytest

from keywords.errors import InvalidTerm
from keywords.index import SHORTEST_STEM, build_index, build_steps
from keywords.keys import Kind, entry_of, kind_of
from keywords.lists import KeywordList, Layer, Layers, MatchKind, RealWords, Term
from keywords.matcher import Match, Texts, find
from keywords.postings import Index

LISTS = (
    KeywordList(
        "001", "en", "voting",
        (
            Term("polling place", ("polling station",)), Term("vote", near=("@context",), unless=("idol",)),
            Term("register vote", match=MatchKind.ALL),
            Term("gerrymander", match=MatchKind.PREFIX), Term("#ivoted"), Term("results", match=MatchKind.EXACT, season_only=True),
        ),
        context=("mayor",), unless=("kafka",), slot="elections",
    ),
    KeywordList("001", "ru", "election", (Term("выборы", ("выборов",)),)),
    KeywordList("001", "de", "election", (Term("Wahlen"), Term("wählen"))),
    KeywordList("001", "th", "election", (Term("เลือกตั้ง"),)),
    KeywordList("DE", "de", "election", (Term("Bundestagswahl", slot="rules"),), blocked=("wahlen",)),
    KeywordList("001", "mul", "", (), unless=("eurovision",)),
)  # fmt: skip
NAMES = ("India", "New York", "2026", "")
REAL = RealWords(("selection",), ("erection",))
SEARCHES = (
    "polling place", "poling place", "pollingplace", "vote mayor", "vote idol mayor", "kafka polling place", "register and vote", "gerrymandering",
    "#ivoted2026", "#indiavote", "results", "vybory", "выборами", "wählen", "wahlen", "เลือกตัง", "v o t e mayor", "eurovision wahlen",
    "Bundestagswahl",
)  # fmt: skip


def answers(index: Index) -> list[list[tuple[str, str, str, tuple[int, int]]]]:
    def shown(match: Match) -> tuple[str, str, str, tuple[int, int]]:
        return match.entry.list_id, match.entry.term.text, match.hit.layer, match.span()

    return [[shown(match) for match in find(index, Texts(query), ("DE", "001"), in_season=True).matches] for query in SEARCHES]


def test_the_same_lists_give_the_same_answers_each_time() -> None:
    assert answers(build_index(LISTS, NAMES, REAL)) == answers(build_index(LISTS, NAMES, REAL))
    assert any(answers(build_index(LISTS, NAMES, REAL)))


def test_asking_changes_no_answer() -> None:
    index = build_index(LISTS, NAMES, REAL)
    assert answers(index) == answers(index)


def test_the_last_step_is_the_index_and_all_before_it_are_pauses() -> None:
    *pauses, index = build_steps(LISTS, NAMES, REAL)
    assert set(pauses) == {None}
    assert answers(index) == answers(build_index(LISTS, NAMES, REAL))


def test_other_work_may_go_on_between_steps() -> None:
    first, second = build_steps(LISTS, NAMES, REAL), build_steps(LISTS[:1])
    made = [step for pair in zip(first, second, strict=False) for step in pair]
    *_, index = [*made, *first]
    assert answers(index) == answers(build_index(LISTS, NAMES, REAL))


class Counted(Term):
    """A term that counts how many of its kind were read."""

    __slots__ = ()
    read = 0

    def spellings(self) -> tuple[str, ...]:
        """Counts each term that is asked."""
        Counted.read += 1
        return super().spellings()


def test_a_step_reads_few_terms() -> None:
    terms = tuple(Counted(f"word{number:05} other{number:05}") for number in range(1000))
    steps, most, before = build_steps([KeywordList("001", "en", "voting", terms)]), 0, 0
    Counted.read = 0
    for _ in steps:
        most, before = max(most, Counted.read - before), Counted.read
    assert before == len(terms)
    assert most <= 8


def test_the_number_of_steps_grows_with_the_number_of_terms() -> None:
    def steps(size: int) -> int:
        lists = [KeywordList("001", "en", "voting", tuple(Term(f"word{number:05} other{number:05}") for number in range(size)))]
        return sum(1 for _ in build_steps(lists))

    assert steps(1000) > 5 * steps(100) > 100


def test_nothing_is_built_before_it_is_asked_for() -> None:
    steps = build_steps([KeywordList("001", "en", "voting", (Term("vote"), Term("!")))])
    list(islice(steps, 0))
    with pytest.raises(InvalidTerm):
        list(steps)


@pytest.mark.parametrize(
    "keywords",
    [
        pytest.param(KeywordList("001", "en", "voting", (Term("!?"),)), id="a term of signs"),
        pytest.param(KeywordList("001", "en", "voting", (Term("vote", ("🗳️",)),)), id="a form of signs"),
        pytest.param(KeywordList("001", "en", "voting", (Term("#"),)), id="an empty hashtag"),
        pytest.param(KeywordList("001", "en", "voting", (Term("vote", near=("-",)),)), id="a context word of signs"),
        pytest.param(KeywordList("001", "en", "voting", (Term("vote", unless=("-",)),)), id="a veto of signs"),
        pytest.param(KeywordList("001", "en", "voting", (), unless=("",)), id="an empty veto of the list"),
        pytest.param(KeywordList("001", "en", "voting", (Term("vot", match=MatchKind.PREFIX),)), id="a beginning of three letters"),
    ],
)
def test_a_term_of_which_nothing_is_left_is_refused(keywords: KeywordList) -> None:
    with pytest.raises(InvalidTerm):
        build_index([keywords])


def test_a_beginning_needs_four_letters() -> None:
    assert SHORTEST_STEM == 4
    build_index([KeywordList("001", "en", "voting", (Term("vote", match=MatchKind.PREFIX),))])


def test_an_entry_says_what_its_list_adds() -> None:
    index = build_index(LISTS)
    by_text = {entry.term.text: entry for entry in index.entries}
    vote, own = by_text["vote"], by_text["Bundestagswahl"]
    assert (vote.list_id, vote.region, vote.topic, vote.slot) == ("001/en/voting", "001", "voting", "elections")
    assert (vote.near, vote.unless) == ({"mayor"}, {"kafka", "idol"})
    assert (own.region, own.slot, own.near, own.unless) == ("DE", "rules", None, None)
    assert by_text["polling place"].unless == {"kafka"}


def test_a_key_leads_to_every_term_that_is_spelt_so() -> None:
    index = build_index(
        [KeywordList("001", "en", "voting", (Term("vote now"), Term("votenow"), Term("#VoteNow"), Term("Vote", match=MatchKind.EXACT)))]
    )
    assert {(entry_of(code), kind_of(code)) for code in index.postings("votenow")} == {(0, Kind.PHRASE), (1, Kind.PHRASE), (2, Kind.TAG)}
    assert [kind_of(code) for code in index.postings("vote")] == [Kind.EXACT]
    assert index.postings("unknown") == ()


def test_equal_spellings_of_a_term_are_kept_once() -> None:
    index = build_index([KeywordList("001", "en", "voting", (Term("Vote", ("vote", "VOTE", "vôte")),))])
    assert len(index.postings("vote")) == 1


def test_an_index_of_nothing_finds_nothing() -> None:
    assert answers(build_index(())) == [[] for _ in SEARCHES]


def test_years_and_nothing_are_no_names() -> None:
    names = build_index((), NAMES).names
    assert set().union(*names.parts.values()) == {"india", "new", "york", "newyork"}
    assert "york" in names
    assert "2026" not in names


@pytest.mark.parametrize(
    ("term", "barred"),
    [
        pytest.param(Term("vote"), set(), id="nothing"),
        pytest.param(Term("vote", typos=Layers.OFF), {Layer.NEAR}, id="typos off"),
        pytest.param(Term("vote", without=(Layer.LEET,)), {Layer.LEET}, id="one layer"),
        pytest.param(
            Term("vote", evasion=Layers.OFF),
            {Layer.ENCODED, Layer.LOOK_ALIKE, Layer.LEET, Layer.SPACED, Layer.STARRED, Layer.REPEATED, Layer.ROMANISED},
            id="evasion off",
        ),
    ],
)
def test_a_term_names_the_layers_that_may_not_answer_for_it(term: Term, barred: set[Layer]) -> None:
    assert term.barred() == barred
    assert build_index([KeywordList("001", "en", "voting", (term,))]).entries[0].barred == barred


def test_an_index_cannot_be_changed() -> None:
    index = build_index(LISTS)
    with pytest.raises(AttributeError):
        index.names = frozenset()  # type: ignore[misc]
