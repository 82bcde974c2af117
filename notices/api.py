"""The front door: notices for one search, for many, and why. What regions, centers and elections there are is told in open_data."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final, Protocol

from aiohttp import hdrs, web

from notices.answer import answer_document, encode
from notices.answering import answer_to
from notices.caching import cached, cached_at_once
from notices.consider import consider
from notices.decide import Season, decide
from notices.decision import Request
from notices.explain import explain_document
from notices.languages import accept_language
from notices.live import Live, Serving
from notices.prepared import Answer
from notices.requests import DRAFT, NoticeQuerySchema, read_parameters, read_request, resolve, wanted_release
from notices.schemas import (
    BatchRequestSchema,
    BatchResponseSchema,
    ExplainRequestSchema,
    ExplainResponseSchema,
    NoticeRequestSchema,
    NoticeResponseSchema,
)
from web.body import read_json
from web.errors import FieldError, Invalid, NotFound
from web.lanes import Whole
from web.middleware import REQUEST_ID
from web.problems import ProblemTable
from web.query import read_query
from web.ready import Content
from web.routes import Access, route
from web.validation import load

BODY_BYTES: Final = 128 * 1024
BATCH_BYTES: Final = 2 * 1024 * 1024
INVALID: Final = "invalid"
"""The outcome that stands for a bad item."""
ITEMS_A_TURN: Final = 20
"""Items of a batch that are answered before other requests get a turn."""
FIRST_MOMENT: Final = datetime(1900, 1, 1, tzinfo=UTC)
LAST_MOMENT: Final = datetime(2199, 12, 31, tzinfo=UTC)
NOT_HERE: Final = "Only the current release can be asked about here."

EXAMPLE: Final = {"query": "where do I vote", "region": "US-TX", "languages": ["es-MX", "en"]}


class OtherReleases(Protocol):
    """What is not being served but may be asked about: handed in, for the front door knows no store."""

    async def __call__(self, request: web.Request, number: int, at: datetime) -> Live:
        """A release by its number, under the stops of a moment; raises NotFound, or refuses whoever sends the request."""

    async def draft(self, request: web.Request, change: str, asked: Request, at: datetime) -> dict[str, Any]:
        """The explanation by the release that a change would make; raises and refuses as well."""


class NoticesApi:
    """`/v1/notices`, `/v1/notices/batch` and `/v1/explain`."""

    def __init__(
        self,
        serving: Serving,
        clock: Callable[[], datetime],
        public_url: str,
        problems: ProblemTable,
        count: Callable[[str], None],
        others: OtherReleases | None = None,
    ) -> None:
        """`count` hears each outcome, for the metrics; it never hears a text. Without `others` only the current release is explained."""
        self._serving = serving
        self._clock = clock
        self._public_url = public_url
        self._problems = problems
        self._count = count
        self._others = others

    @route(
        "POST",
        "/v1/notices",
        access=Access.PUBLIC,
        summary="The notices for a search",
        body=NoticeRequestSchema,
        responses={200: NoticeResponseSchema},
        errors=(400, 413, 415, 422, 503),
        example=EXAMPLE,
    )
    async def post_notices(self, request: web.Request) -> web.StreamResponse:
        """Keeps the search out of addresses and logs; no notice is a 200 with an empty list."""
        live = self._serving.live
        asked = read_request(await read_json(request, BODY_BYTES), live.places, _accepted(request.headers))
        return self._answered(request, asked, live)

    @route(
        "GET",
        "/v1/notices",
        access=Access.PUBLIC,
        summary="The notices for a search, for tools",
        query=NoticeQuerySchema,
        responses={200: NoticeResponseSchema},
        errors=(400, 422, 503),
    )
    async def get_notices(self, request: web.Request) -> web.StreamResponse:
        """The same as POST; the search then stands in the address, so apps should prefer POST."""
        live = self._serving.live
        asked = read_parameters(read_query(request, NoticeQuerySchema), live.places, _accepted(request.headers))
        return self._answered(request, asked, live)

    def post_at_once(self, whole: Whole) -> Content | None:
        """`post_notices` for a request that has nothing unusual about it."""
        if len(whole.body) > BODY_BYTES:
            return None
        live = self._serving.live
        asked = live.askers.of_body(whole.body, _accepted(whole.headers))
        return None if asked is None else self._answered_at_once(asked, live, is_tagged=False)

    def get_at_once(self, whole: Whole) -> Content | None:
        """`get_notices` for a request that has nothing unusual about it."""
        live = self._serving.live
        asked = live.askers.of_target(whole.query, _accepted(whole.headers))
        return None if asked is None else self._answered_at_once(asked, live, is_tagged=True)

    def _answered(self, request: web.Request, asked: Request, live: Live) -> web.StreamResponse:
        now = self._clock()
        answer = self._answer(asked, live, now)
        return cached(request, answer.body, now, expires_at=answer.expires_at, private=_carries_text(asked), tag=answer.tag)

    def _answered_at_once(self, asked: Request, live: Live, *, is_tagged: bool) -> Content:
        now = self._clock()
        answer = self._answer(asked, live, now)
        tag = answer.tag_line if is_tagged else b""
        return cached_at_once(answer.body, now, expires_at=answer.expires_at, private=_carries_text(asked), tag=tag)

    def _answer(self, asked: Request, live: Live, now: datetime) -> Answer:
        answer = answer_to(asked, live, now, public_url=self._public_url)
        self._count(answer.outcome)
        self._serving.was_asked(asked)
        return answer

    @route(
        "POST",
        "/v1/notices/batch",
        access=Access.PUBLIC,
        summary="The notices for up to 1,000 searches",
        body=BatchRequestSchema,
        responses={200: BatchResponseSchema},
        errors=(400, 413, 415, 422, 503),
        example={"requests": [EXAMPLE]},
    )
    async def post_batch(self, request: web.Request) -> web.StreamResponse:
        """Answers in order; a bad item is `invalid` with its problem, the rest go on. All items see the same release and moment."""
        live, now = self._serving.live, self._clock()
        items = load(BatchRequestSchema(), await read_json(request, BATCH_BYTES))["requests"]
        accepted = _accepted(request.headers)
        responses: list[bytes] = []
        for number, item in enumerate(items):
            if number % ITEMS_A_TURN == ITEMS_A_TURN - 1:
                await asyncio.sleep(0)
            outcome, body = item_answer(item, live, now, Season.CALENDAR, self._public_url, self._problems, accepted, request[REQUEST_ID])
            self._count(outcome)
            responses.append(body)
        body = b'{"responses":[%s]}' % b",".join(responses)
        return web.Response(body=body, content_type="application/json", charset="utf-8", headers={"Cache-Control": "no-store"})

    @route(
        "POST",
        "/v1/explain",
        access=Access.DEVELOPMENT,
        summary="Why a notice was shown, or not",
        body=ExplainRequestSchema,
        responses={200: ExplainResponseSchema},
        errors=(400, 401, 403, 404, 413, 415, 422, 429, 503),
        rate="explain",
        example={**EXAMPLE, "at": "2026-11-03T12:00:00-06:00"},
    )
    async def post_explain(self, request: web.Request) -> web.StreamResponse:
        """The same body, `at` and `release`: the answer with its full trace. Open in development mode for the current release, else for viewers."""
        body = load(ExplainRequestSchema(), await read_json(request, BODY_BYTES))
        live, wanted, accepted = self._serving.live, wanted_release(body), _accepted(request.headers)
        if wanted in {None, live.release.number}:
            document = self._explained(body, live, accepted)
        elif self._others is None:
            raise NotFound("unknown_release", NOT_HERE)
        elif isinstance(wanted, str):
            asked = resolve(body, live.places, accepted)
            document = await self._others.draft(request, wanted.removeprefix(DRAFT), asked, self._moment(body))
        else:
            document = self._explained(body, await self._others(request, wanted, self._moment(body)), accepted)
        return web.Response(text=encode(document), content_type="application/json", headers={"Cache-Control": "no-store"})

    def answer(self, data: object, accepted: tuple[str, ...] = ()) -> dict[str, Any]:
        """The answer for a body, for the try-it page; raises Invalid."""
        live = self._serving.live
        decision = decide(read_request(data, live.places, accepted), live, self._clock(), public_url=self._public_url)
        return answer_document(decision, live)

    def explanation(self, data: object, accepted: tuple[str, ...] = ()) -> dict[str, Any]:
        """The trace for a body; raises Invalid, or NotFound for a release that is not the current one."""
        live = self._serving.live
        body = load(ExplainRequestSchema(), data)
        if wanted_release(body) not in {None, live.release.number}:
            raise NotFound("unknown_release", NOT_HERE)
        return self._explained(body, live, accepted)

    def _explained(self, body: Mapping[str, Any], live: Live, accepted: tuple[str, ...]) -> dict[str, Any]:
        now = self._moment(body)
        asked = resolve(body, live.places, accepted)
        return explain_document(consider(asked, live, now, public_url=self._public_url), live)

    def _moment(self, body: Mapping[str, Any]) -> datetime:
        now: datetime = body.get("at") or self._clock()
        if not FIRST_MOMENT <= now <= LAST_MOMENT:
            raise Invalid(FieldError("/at", "out_of_range", "The moment must lie between 1900 and 2199."))
        return now.astimezone(UTC)


def item_answer(
    item: object,
    live: Live,
    now: datetime,
    season: Season,
    public_url: str,
    problems: ProblemTable,
    accepted: tuple[str, ...] = (),
    request_id: str = "",
) -> tuple[str, bytes]:
    """An item's outcome and answer, or `invalid` and the problem."""
    try:
        answer = answer_to(read_request(item, live.places, accepted), live, now, season, public_url=public_url)
    except Invalid as refusal:
        return INVALID, encode(invalid_document(refusal, problems, request_id)).encode()
    return answer.outcome, answer.body


def invalid_document(refusal: Exception, problems: ProblemTable, request_id: str) -> dict[str, Any]:
    """What stands in the place of an answer to a bad item."""
    problem = problems.problem(refusal)
    return {"outcome": INVALID, "notices": [], "problem": problem.document(request_id) if problem else {"status": HTTPStatus.BAD_REQUEST}}


def _carries_text(asked: Request) -> bool:
    return bool(asked.query or asked.hashtags or asked.text)


def _accepted(headers: Mapping[str, str]) -> tuple[str, ...]:
    header = headers.get(hdrs.ACCEPT_LANGUAGE, "")
    return accept_language(header) if header else ()
