"""What is asked of each source over HTTPS, in its own terms; how a call is made is in admin/outside, what the answer means in the readers.

Democracy Works: pages of at most 100, fewer when the answer would be too large (413), again after a wait when asked too often (429).
Google Civic: the list of elections and nothing else; it would want a person's address for more, and none is ever sent.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from admin.dates.democracy_works import elections_of
from admin.dates.fields import part, read_mapping
from admin.dates.findings import DocumentRefused
from admin.outside import Outside, OutsideError, Reply

DEMOCRACY_WORKS: Final = "https://api.democracy.works/v2/elections"
GOOGLE_CIVIC: Final = "https://civicinfo.googleapis.com/civicinfo/v2/elections"
LARGEST_PAGE: Final = 100
MOST_PAGES: Final = 200
TRIES: Final = 4
LONGEST_WAIT: Final = 60.0
OK, UNAUTHORISED, FORBIDDEN, TOO_LARGE, TOO_MANY = 200, 401, 403, 413, 429


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Asks; `pause` waits so many seconds."""

    outside: Outside
    pause: Callable[[float], Awaitable[None]]

    async def democracy_works(self, key: str, divisions: tuple[str, ...], first_day: date) -> bytes:
        """All pages as one document of the documented shape, in English, from a day on."""
        elections: list[Any] = []
        size, done, total = LARGEST_PAGE, 0, None
        for _ in range(MOST_PAGES):
            page = done // size + 1
            params = [("startDate", first_day.isoformat()), ("page", str(page)), ("pageSize", str(size))]
            params += [("ocdId", division) for division in divisions]
            reply = await self._patiently(DEMOCRACY_WORKS, {"X-API-KEY": key, "Accept-Language": "en"}, tuple(params))
            if reply.status == TOO_LARGE and size > 1:
                size = next(smaller for smaller in range(size // 2, 0, -1) if done % smaller == 0)
                continue
            document = _page(reply, "Democracy Works")
            found, pages = elections_of(document), part(document, "pagination")
            elections += found
            total, given = pages.get("totalRecordCount"), pages.get("pageSize")
            if done == 0 and isinstance(given, int) and 0 < given < size:
                size = given
            done += size
            if not found or not isinstance(total, int) or len(elections) >= total:
                break
        else:
            raise OutsideError(f"Democracy Works has more than {MOST_PAGES} pages.")
        pagination = {"totalRecordCount": total if isinstance(total, int) else len(elections)}
        return json.dumps({"data": {"elections": elections}, "pagination": pagination}, ensure_ascii=False).encode()

    async def google_civic(self, key: str) -> bytes:
        """The list of elections."""
        reply = await self._patiently(GOOGLE_CIVIC, {"X-Goog-Api-Key": key}, ())
        _page(reply, "Google Civic Information")
        return reply.body

    async def page(self, url: str) -> bytes:
        """Any public document, such as a calendar."""
        reply = await self._patiently(url, {}, ())
        if reply.status != OK:
            raise OutsideError(f"The server answered with status {reply.status}.")
        return reply.body

    async def _patiently(self, url: str, headers: dict[str, str], params: tuple[tuple[str, str], ...]) -> Reply:
        """The reply, after as many waits as it takes within reason when asked too often."""
        wait = 2.0
        for turn in range(TRIES):
            reply = await self.outside.get(url, headers=headers, params=params)
            if reply.status != TOO_MANY or turn == TRIES - 1:
                return reply
            asked = float(reply.retry_after) if reply.retry_after.isdecimal() and reply.retry_after.isascii() else wait
            if asked > LONGEST_WAIT:
                raise OutsideError(f"The server asks to wait {asked:.0f} seconds; run this again later.")
            await self.pause(asked)
            wait *= 2
        raise AssertionError  # pragma: no cover  the last turn returns


def _page(reply: Reply, name: str) -> Any:
    if reply.status in {UNAUTHORISED, FORBIDDEN}:
        raise OutsideError(f"{name} does not take the key.")
    if reply.status == TOO_MANY:
        raise OutsideError(f"{name} was asked too often; run this again later.")
    if reply.status != OK:
        raise OutsideError(f"{name} answered with status {reply.status}.")
    try:
        return read_mapping(reply.body)
    except DocumentRefused as error:
        raise OutsideError(f"{name} sent something else than its documented JSON: {error}") from error
