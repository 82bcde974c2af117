"""Requests that differ in nothing but their query: what stands around it is read once, then only the query is.

Apps ask again and again with the same place and languages. Kept is what is around the query, byte for byte, never a text of a person;
a request with other texts than a query is not kept. tests/notices/test_askers.py compares it with the plain way of reading.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from elections.places import Places
from notices import quick_read
from notices.decision import Request
from notices.requests import NoticeQuerySchema
from notices.schemas import QUERY_LENGTH, QUERY_NAMES
from web.body import parse_json
from web.query import decoded, parse_query

MOST: Final = 4_096
"""Surroundings kept; when there are more, all are forgotten."""
LONGEST: Final = 2_048
"""Bytes of a request that is looked at: four for each code point of the longest query, and as much again around it."""

_IN_BODY: Final = re.compile(r'(.*?"query"\s*:\s*")([^"\\\x00-\x1f]*+)(".*)', re.DOTALL)
"""A member named so whose string has no escapes. No other place in JSON reads like this: inside of a string, its quotes are escaped."""
_IN_TARGET: Final = re.compile(rf"((?:.*&)?{QUERY_NAMES['query']}=)([^&]*+)(.*)", re.DOTALL)

_QUERY: Final = Request._fields.index("query")

Surroundings = tuple[str, str, tuple[str, ...]]
"""What stands before the query and after it, and the languages that the request's header accepts."""

Asker = tuple[tuple[Any, ...], tuple[Any, ...]]
"""A request's fields before its query and after it."""


class Askers:
    """What is known of those who ask, for the places of one release."""

    __slots__ = ("_known", "_places")

    def __init__(self, places: Places) -> None:
        """Nobody has asked yet."""
        self._places = places
        self._known: dict[Surroundings, Asker] = {}

    def __len__(self) -> int:
        """How many different surroundings are kept."""
        return len(self._known)

    def of_body(self, body: bytes, accepted: tuple[str, ...] = ()) -> Request | None:
        """The request of a JSON body; None to ask the schema, raises Malformed for what is no JSON."""
        found = _IN_BODY.fullmatch(_utf8(body)) if len(body) <= LONGEST else None
        again = self._again(found, accepted, str)
        return again or self._kept(found, accepted, quick_read.read_body(parse_json(body), self._places, accepted))

    def of_target(self, target: str, accepted: tuple[str, ...] = ()) -> Request | None:
        """The same of a raw query string; raises Malformed or Invalid for one that cannot be read."""
        found = _IN_TARGET.fullmatch(target) if len(target) <= LONGEST else None
        again = self._again(found, accepted, decoded)
        if again is not None:
            return again
        values = parse_query(target, NoticeQuerySchema)
        return self._kept(found, accepted, quick_read.read_parameters(values, self._places, accepted))

    def _again(self, found: re.Match[str] | None, accepted: tuple[str, ...], read: Callable[[str], str]) -> Request | None:
        """What somebody known asks with another query, as `read` takes it; None for anybody else, and for a query that is too long."""
        known = None if found is None else self._known.get((found[1], found[3], accepted))
        if found is None or known is None:
            return None
        query = read(found[2])
        before, after = known
        return Request._make((*before, query, *after)) if len(query) <= QUERY_LENGTH else None

    def _kept(self, found: re.Match[str] | None, accepted: tuple[str, ...], asked: Request | None) -> Request | None:
        """The request, with its surroundings remembered where they hold no text of a person."""
        if found is not None and asked is not None and not asked.hashtags and not asked.text:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[found[1], found[3], accepted] = asked[:_QUERY], asked[_QUERY + 1 :]
        return asked


def _utf8(body: bytes) -> str:
    """The body's text; nothing, which no request fits, where it is none."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return ""
