"""The pages' own texts in every language, from `texts/<language>.yaml`; not the wordings of notices, which belong to a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import yaml
from markupsafe import Markup, escape

from notices.errors import InvalidTexts
from notices.languages import direction

ENGLISH = "en"
FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a known language, such as an authority's name; as HTML they say their language and keep their own direction."""

    words: str
    language: str

    def __str__(self) -> str:
        """Only the words."""
        return self.words

    def __html__(self) -> str:
        """The words, escaped, in an element that isolates their direction from the sentence around them."""
        return Markup('<bdi lang="{}">{}</bdi>').format(self.language, self.words)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The texts of one language; a key that it lacks is said in English, and says so."""

    language: str
    _own: Mapping[str, str]
    _english: Mapping[str, str]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return direction(self.language)

    def plain(self, key: str, **values: object) -> str:
        """The text without markup, for a title or an attribute; the template engine escapes it."""
        return self._template(key).format_map({name: str(value) for name, value in values.items()})

    def __call__(self, key: str, **values: object) -> Markup:
        """The text as HTML: values escaped, a text that had to be English marked as English."""
        said = Markup(self._template(key)).format_map({name: escape(value) for name, value in values.items()})  # noqa: S704 - checked at load
        if key in self._own:
            return said
        return Markup('<span lang="en" dir="ltr">{}</span>').format(said)

    def _template(self, key: str) -> str:
        return self._own.get(key) or self._english[key]


class Texts:
    """Every language's texts, read once when made."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read all files; raises InvalidTexts that names the file when one is not a flat table of texts with known placeholders."""
        tables = {path.stem: _table(path) for path in sorted(folder.glob("*.yaml"))}
        if ENGLISH not in tables:
            raise InvalidTexts(f"There is no {ENGLISH}.yaml in {folder.name}.")
        english = tables[ENGLISH]
        for language, table in tables.items():
            for key, text in table.items():
                if key not in english:
                    raise InvalidTexts(f"{language}.yaml: {key} is not a key of {ENGLISH}.yaml.")
                if not _placeholders(text) <= _placeholders(english[key]):
                    raise InvalidTexts(f"{language}.yaml: {key} has a placeholder that {ENGLISH}.yaml does not give it.")
        self._speakers = {language: Speaker(language, table, english) for language, table in tables.items()}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a file, sorted by tag."""
        return tuple(self._speakers)

    def speaker(self, language: str) -> Speaker:
        """The texts of a language, or the English ones."""
        return self._speakers.get(language) or self._speakers[ENGLISH]


def _table(path: Path) -> dict[str, str]:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise InvalidTexts(f"{path.name} is not readable YAML.") from problem
    if not isinstance(loaded, dict):
        raise InvalidTexts(f"{path.name} is not a table of keys and texts.")
    for key, text in loaded.items():
        if not isinstance(key, str) or not isinstance(text, str):
            raise InvalidTexts(f"{path.name}: {key} is not a text; quote it.")
        if "<" in text or "&" in text:
            raise InvalidTexts(f"{path.name}: {key} holds markup; texts are plain.")
    return loaded


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as problem:
        raise InvalidTexts("A text has a brace that opens or closes no placeholder.") from problem
