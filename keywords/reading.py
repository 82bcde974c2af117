"""What a search is read as: stretches of words, hashtags apart, links out, and plainer readings of disguised texts. Not what it means."""

from collections.abc import Iterable
from typing import NamedTuple

from keywords.apart import are_apart
from keywords.hashtags import read_tag, taken_apart
from keywords.hits import EXACT
from keywords.lists import Layer
from keywords.postings import Index
from keywords.rewriting import Reading, hides, readings
from keywords.tokens import align, split_tags, tokenise, without_links


class Texts(NamedTuple):
    """What a person typed or a post carries, within the door's limits."""

    query: str = ""
    hashtags: tuple[str, ...] = ()
    text: str = ""


class Field(NamedTuple):
    """One stretch of text as words.

    `name` is `query`, `text`, `hashtag:N` or `query#N` / `text#N` for a tag inside; `offset` is where it begins there. A plainer
    reading of a disguised text is a field of its own: `layer` says what was undone, `origins` and `ends` where each character came from.
    """

    name: str
    source: str
    words: tuple[str, ...]
    offset: int = 0
    is_tag: bool = False
    layer: Layer = EXACT
    origins: tuple[int, ...] | None = None
    ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the letters `start` to `end` of the words stand in what was typed (half-open, code points); a whole tag when split."""
        first, last = (0, len(self.source)) if self.is_tag else align(self.source).span(start, end)
        first, last = first + self.offset, last + self.offset
        if self.origins is not None and last > first:
            return min(self.origins[first:last]), max(self.ends[first:last])  # some of it may read backwards
        return first, last


def read_fields(index: Index, texts: Texts) -> list[Field]:
    """The texts as the matcher reads them: hashtags apart, links out, plainer readings of disguised texts behind."""
    fields: list[Field] = []
    for name, source in (("query", texts.query), ("text", texts.text)):
        if source:
            words = _read(index, fields, name, source)
            for reading in _readings(index, source, words):
                _read(index, fields, name, reading.text, reading)
    for number, tag in enumerate(texts.hashtags):
        name, source = f"hashtag:{number}", tag.strip().lstrip("#＃")
        fields.append(Field(name, source, read_tag(index, source), is_tag=True))
        for layer, text, origins, ends in _readings(index, source, ()):
            fields.append(Field(name, text, read_tag(index, text), 0, True, layer, origins, ends))
    return fields


def _read(index: Index, fields: list[Field], name: str, source: str, reading: Reading | None = None) -> tuple[str, ...]:
    """Add the words of a text, or of a reading of it, and its hashtags; the words are given back."""
    layer, origins, ends = (reading.layer, reading.origins, reading.ends) if reading else (EXACT, None, ())
    rest, tags = split_tags(without_links(source))
    words = tokenise(rest)
    if layer is Layer.SPACED:
        words = taken_apart(index, words)
    fields.append(Field(name, rest, words, 0, False, layer, origins, ends))
    for number, (body, offset) in enumerate(tags):
        fields.append(Field(f"{name}#{number}", body, read_tag(index, body), offset, True, layer, origins, ends))
    return words


def _readings(index: Index, source: str, words: tuple[str, ...]) -> Iterable[Reading]:
    return readings(source, index.lexicon.is_known) if hides(source) or are_apart(words) else ()
