"""Requests that differ in nothing but their query: what stands around it is read once, then only the query is.

Apps ask again and again with the same place and languages. Kept is what is around the query, byte for byte, never a text of a person;
a request with other texts than a query is not kept. tests/notices/test_askers.py compares it with the plain way of reading.
"""

import re
from typing import Final

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

_IN_BODY: Final = re.compile(rb'(.*?"query"\s*:\s*")([^"\\\x00-\x1f]*+)(".*)', re.DOTALL)
"""A member named so whose string has no escapes. No other place in JSON has these bytes: inside of a string, its quotes are escaped."""
_IN_TARGET: Final = re.compile(rf"((?:.*&)?{QUERY_NAMES['query']}=)([^&]*+)(.*)", re.DOTALL)

Surroundings = tuple[bytes | str, bytes | str, tuple[str, ...]]
"""What stands before the query and after it, and the languages that the request's header accepts."""


class Askers:
    """What is known of those who ask, for the places of one release."""

    __slots__ = ("_known", "_places")

    def __init__(self, places: Places) -> None:
        """Nobody has asked yet."""
        self._places = places
        self._known: dict[Surroundings, Request] = {}

    def __len__(self) -> int:
        """How many different surroundings are kept."""
        return len(self._known)

    def of_body(self, body: bytes, accepted: tuple[str, ...] = ()) -> Request | None:
        """The request of a JSON body; None to ask the schema, raises Malformed for what is no JSON."""
        found = _IN_BODY.fullmatch(body) if len(body) <= LONGEST else None
        if found is None:
            return quick_read.read_body(parse_json(body), self._places, accepted)
        before, query, after = found.groups()
        try:
            known, text = self._known.get((before, after, accepted)), query.decode()
        except UnicodeDecodeError:
            known, text = None, ""  # told below, as to anybody
        if known is not None:
            return _asked(known, text)
        return self._kept((before, after, accepted), quick_read.read_body(parse_json(body), self._places, accepted))

    def of_target(self, target: str, accepted: tuple[str, ...] = ()) -> Request | None:
        """The same of a raw query string; raises Malformed or Invalid for one that cannot be read."""
        found = _IN_TARGET.fullmatch(target) if len(target) <= LONGEST else None
        if found is None:
            return quick_read.read_parameters(parse_query(target, NoticeQuerySchema), self._places, accepted)
        before, query, after = found.groups()
        known = self._known.get((before, after, accepted))
        if known is not None:
            return _asked(known, decoded(query))
        return self._kept(
            (before, after, accepted), quick_read.read_parameters(parse_query(target, NoticeQuerySchema), self._places, accepted)
        )

    def _kept(self, around: Surroundings, asked: Request | None) -> Request | None:
        if asked is not None and not asked.hashtags and not asked.text:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[around] = asked._replace(query="")
        return asked


def _asked(known: Request, query: str) -> Request | None:
    """What such an asker asks with this query."""
    if len(query) > QUERY_LENGTH:
        return None
    region, voting_region, _, hashtags, text, languages, surface, signals, limit = known
    return Request(region, voting_region, query, hashtags, text, languages, surface, signals, limit)
