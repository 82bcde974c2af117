"""Which program's files are read by what, and the one keyword list that becomes of a file; how each is written is in the modules beside."""

from collections.abc import Callable, Mapping
from typing import Final

from admin.sheets.errors import SheetRefused
from admin.sheets.findings import Defaults, Findings, SheetFormat, Tell
from admin.sheets.foreign import algolia, discord, discourse, elastic, mastodon, querqy, typesense
from admin.sheets.foreign.gathering import Gathering
from keywords.lists import KeywordList

Reader = Callable[[str, Gathering, Tell], None]

READERS: Final[Mapping[SheetFormat, Reader]] = {
    SheetFormat.ALGOLIA: algolia.read,
    SheetFormat.TYPESENSE: typesense.read,
    SheetFormat.ELASTIC: elastic.read,
    SheetFormat.QUERQY: querqy.read,
    SheetFormat.DISCORD: discord.read,
    SheetFormat.DISCOURSE: discourse.read,
    SheetFormat.MASTODON: mastodon.read,
}


def list_of(reader: Reader, said: str, defaults: Defaults, findings: Findings, tell: Tell) -> KeywordList:
    """The keyword list of a file; raises SheetRefused where it yields no term, or nobody says what it is for."""
    if not (defaults.region and defaults.language and defaults.topic):
        raise SheetRefused("defaults_missing", "Say for which region, language and topic the words are; the file does not.")
    gathering = Gathering(findings, defaults.source)
    reader(said, gathering, tell)
    if not gathering.terms:
        raise SheetRefused("nothing_to_read", "Nothing in the file can be a term; the notes say why.")
    return KeywordList(defaults.region, defaults.language, defaults.topic, tuple(gathering.terms.values()), owner=defaults.owner)
