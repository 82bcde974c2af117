"""What an authority is called in which language, from the one local name that facts hold; no addresses."""

import re
import unicodedata
from collections.abc import Mapping

SCRIPTS = {
    "ARABIC": ("ar", "ur", "fa", "ckb"),
    "ARMENIAN": ("hy",),
    "BENGALI": ("bn",),
    "CJK": ("zh-Hant", "zh-Hans", "ja"),
    "CYRILLIC": ("bg", "kk", "ky", "mk", "mn", "ru", "sr", "uk"),
    "DEVANAGARI": ("hi", "ne"),
    "ETHIOPIC": ("am", "ti"),
    "GEORGIAN": ("ka",),
    "GREEK": ("el",),
    "HANGUL": ("ko",),
    "HEBREW": ("he",),
    "KHMER": ("km",),
    "SINHALA": ("si",),
    "THAANA": ("dv",),
    "THAI": ("th",),
    "TIBETAN": ("dz",),
}
"""Script, as the first word of its letters' Unicode names → the languages of the facts that are written in it."""

LATIN_BY_OWN_TAG = {"sr": "sr-Latn"}
"""Languages that are also written in Latin letters, and their tag when they are."""

SEVERAL = {
    "Elections Canada / Élections Canada": {"en": "Elections Canada", "fr": "Élections Canada"},
    "FOD Binnenlandse Zaken / SPF Intérieur – Verkiezingen / Élections": {
        "nl": "FOD Binnenlandse Zaken – Verkiezingen",
        "fr": "SPF Intérieur – Élections",
    },
    "Bundeskanzlei / Chancellerie fédérale / Cancelleria federale": {
        "de": "Bundeskanzlei",
        "fr": "Chancellerie fédérale",
        "it": "Cancelleria federale",
    },
    "State Elections Commission (Comisión Estatal de Elecciones)": {
        "en": "State Elections Commission",
        "es": "Comisión Estatal de Elecciones",
    },
}
"""Names that facts give in several languages at once."""

IN_ANOTHER = {"HT": "fr", "MG": "fr", "EU": "en"}
"""Regions whose name is not in the first of the authority's languages that its script allows."""


def authority_names(row: Mapping[str, str]) -> dict[str, str]:
    """The names of a row of `authorities.csv` by language, English first."""
    english, local = row["authority_name_en"], row["authority_name_local"]
    names = {"en": english}
    if local in SEVERAL:
        names |= {language: name for language, name in SEVERAL[local].items() if language != "en"}
    elif local != english:
        spoken = [language for language in row["languages"].split(";") if not re.match(r"en(-|$)", language)]
        if spoken:
            names.setdefault(IN_ANOTHER.get(row["region"]) or language_of(local, spoken), local)
    return names


def state_office_names(row: Mapping[str, str]) -> dict[str, str]:
    """The names of a row of `us_states.csv`: an office is told apart by its state's name."""
    state, office = row["name"], row["chief_election_office"]
    names = SEVERAL.get(office, {"en": office})
    if state.removeprefix("U.S. ") in office:
        return names
    return {**names, "en": f"{state} {names['en']}"}


def language_of(name: str, languages: list[str]) -> str:
    """The first of the languages that is written in the name's script."""
    scripts = {unicodedata.name(letter).split()[0] for letter in name if letter.isalpha()}
    written = {language for script in scripts for language in SCRIPTS.get(script, ())}
    elsewhere = {language for script in SCRIPTS.values() for language in script}
    for language in languages:
        base = language if language in elsewhere else language.split("-")[0]
        if written and base in written:
            return language
        if not written and (base not in elsewhere or base in LATIN_BY_OWN_TAG):
            return LATIN_BY_OWN_TAG.get(base, language)
    raise ValueError(f"None of {languages} is written like {name}.")
