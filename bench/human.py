"""One ordinary human slip in a search: a typo, a dropped accent, joined or split words, one look-alike; several would be evasion."""

import unicodedata
from random import Random

import regex

from bench.layouts import beside
from bench.script_slips import ARABIC, SWAPS, Change, drop_sign, drop_vowel_letter, from_pairs, jamo

Slip = Change
"""Takes text, language, random; None where it does not apply."""

LEAST_LETTERS = 4
LOOKALIKES = {
    **dict(zip("aceopxyijsABCEHIKMOPTX", "асеорхуіјѕАВСЕНІКМОРТХ", strict=True)),
    **dict(zip("асеорхуіАВСЕНКМОРТХ", "aceopxyiABCEHKMOPTX", strict=True)),
    **dict(zip("οανυρΑΒΕΗΙΚΜΝΟΡΤΧ", "oavupABEHIKMNOPTX", strict=True)),
    "l": "I", "m": "rn", "w": "vv", "0": "O",
}  # fmt: skip
_ACCENTS = "\u0300\u0301\u0302\u0303\u0308\u030c\u0327\u0328"
_PARTICLES = frozenset(
    "the a an of to in on for is do i my de la le les des du l el los las en un una der die das den im am zu o os as do da dos das na no "
    "il lo gli di del della per van het een voor w na do i z в на и о за у в на і для ki ka ke का के की में को से ko di ng sa ang i på att "
    "för till og til ال في من على της του το στη για को দের এর wa ya kwa za ni".split()
)
_COMPOSED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_KANA_PARTICLES = "のにはをがで"


def _words(text: str) -> list[tuple[int, int]]:
    """Spans of words, longest runs of letters."""
    return [found.span() for found in regex.finditer(r"[\p{L}\p{M}]+", text)]


def in_word(change: Change, least: int = LEAST_LETTERS) -> Slip:
    """Applies a change to one word that is long enough, each letter of the text being as likely as any other."""

    def slip(text: str, language: str, random: Random) -> str | None:
        spans = [(a, b) for a, b in _words(text) if b - a >= least]
        if not spans:
            return None
        for _ in range(6):
            a, b = random.choices(spans, [b - a for a, b in spans])[0]
            made = change(text[a:b], language, random)
            if made is not None and made != text[a:b]:
                return text[:a] + made + text[b:]
        return None

    return slip


def typed(change: Change) -> Slip:
    """A slip of letters: scripts written with an input method have none."""
    return in_word(lambda word, language, random: None if _COMPOSED.match(word) else change(word, language, random))


def _transpose(word: str, _: str, random: Random) -> str:
    at = random.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop(word: str, _: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _double(word: str, _: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _neighbour(word: str, language: str, random: Random) -> str | None:
    at = random.randrange(len(word))
    keys = beside(word[at].lower(), language)
    return word[:at] + random.choice(keys) + word[at + 1 :] if keys else None


def _insert(word: str, language: str, random: Random) -> str | None:
    at = random.randrange(len(word))
    keys = beside(word[at].lower(), language)
    return word[: at + 1] + random.choice(keys) + word[at + 1 :] if keys else None


def _split(text: str, language: str, random: Random) -> str | None:
    return None if text[0] == "#" else _split_one(text, language, random)


def _split_at(word: str, _: str, random: Random) -> str | None:
    parts = regex.findall(r"\X", word)
    if len(parts) < LEAST_LETTERS:
        return None
    at = random.randrange(2, len(parts) - 1)
    return f"{''.join(parts[:at])} {''.join(parts[at:])}"


def _lookalike(word: str, _: str, random: Random) -> str | None:
    places = [at for at, letter in enumerate(word) if letter in LOOKALIKES]
    if not places:
        return None
    at = random.choice(places)
    return word[:at] + LOOKALIKES[word[at]] + word[at + 1 :]


def _wrong_accent(word: str, _: str, random: Random) -> str | None:
    places = [at for at, letter in enumerate(word) if letter.lower() in "aeiouncsz" or len(unicodedata.normalize("NFD", letter)) > 1]
    if not places or not regex.match(r"\p{Latin}", word):
        return None
    at = random.choice(places)
    letter = unicodedata.normalize("NFD", word[at])[0]
    return word[:at] + unicodedata.normalize("NFC", letter + random.choice(_ACCENTS)) + word[at + 1 :]


def _drop_accents(text: str, _: str, __: Random) -> str | None:
    parts = [
        "".join(mark for mark in unicodedata.normalize("NFD", char) if not "\u0300" <= mark <= "\u036f")
        if regex.match(r"[\p{Latin}\p{Greek}]", char)
        else char
        for char in text
    ]
    made = "".join(parts).translate(str.maketrans("ıłđøßæœ", "ildosao"))
    return None if made == text else made


def _spelled_umlauts(text: str, language: str, _: Random) -> str | None:
    made = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return None if made == text or language != "de" else made


def _join(text: str, _: str, random: Random) -> str | None:
    spaces = [at for at, char in enumerate(text) if char == " "]
    if not spaces:
        return None
    at = random.choice(spaces)
    return text[:at] + text[at + 1 :]


def _without_particle(text: str, language: str, random: Random) -> str | None:
    words = text.split(" ")
    places = [at for at, word in enumerate(words) if word.lower() in _PARTICLES]
    if len(words) > 1 and places:
        gone = random.choice(places)
        return " ".join(word for at, word in enumerate(words) if at != gone)
    spots = [at for at, letter in enumerate(text) if language == "ja" and letter in _KANA_PARTICLES and at]
    if spots:
        at = random.choice(spots)
        return text[:at] + text[at + 1 :]
    return None


_split_one = in_word(_split_at, least=5)

SLIPS: dict[str, Slip] = {
    "transposed": typed(_transpose),
    "dropped_letter": typed(_drop),
    "doubled_letter": typed(_double),
    "neighbour_key": typed(_neighbour),
    "inserted_letter": typed(_insert),
    "dropped_accents": _drop_accents,
    "wrong_accent": in_word(_wrong_accent),
    "umlaut_spelled_out": _spelled_umlauts,
    "joined_words": _join,
    "split_word": _split,
    "one_lookalike": in_word(_lookalike),
    "missing_sign": in_word(drop_sign),
    "swapped_matra": in_word(from_pairs(SWAPS)),
    "alef_hamza": in_word(from_pairs(ARABIC), least=3),
    "missing_vav_yod": in_word(drop_vowel_letter),
    "wrong_jamo": in_word(jamo, least=2),
    "missing_particle": _without_particle,
}
