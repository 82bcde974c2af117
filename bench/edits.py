"""Single edits of a word, and the rule that says which edits count as a typo; not whole searches (see queries)."""

from random import Random

from rapidfuzz.distance import OSA

from bench.words import alphabet, existing

ONE_FROM = 5
TWO_FROM = 9
"""Letters a word needs before one, and two, edits in it count."""


def limit(word: str) -> int:
    """The edits that a curated word allows."""
    return (len(word) >= ONE_FROM) + (len(word) >= TWO_FROM)


def is_typo(typed: str, curated: str) -> bool:
    """Whether the rule takes `typed` for a slip in `curated`: few enough edits, and no word itself."""
    return typed == curated or (typed not in existing() and OSA.distance(typed, curated, score_cutoff=2) <= limit(curated))


def edit(word: str, language: str, random: Random) -> str:
    """The word with one letter left out, put in, changed, or swapped with the next."""
    letters = alphabet(language)
    while True:
        at = random.randrange(len(word))
        made = (
            word[:at] + word[at + 1 :],
            word[:at] + random.choice(letters) + word[at:],
            word[:at] + random.choice(letters) + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        )[random.randrange(4)]
        if made != word:
            return made


def misspell(word: str, language: str, random: Random, edits: int) -> str | None:
    """The word exactly `edits` edits away and no existing word; None where chance finds none."""
    for _ in range(20):
        made = word
        for _ in range(edits):
            made = edit(made, language, random)
        if OSA.distance(made, word) == edits and made not in existing():
            return made
    return None
