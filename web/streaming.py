"""Answers that are sent part by part, with the same manners as all others; what the parts are is the handler's."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from aiohttp import hdrs, web

from web.middleware import REQUEST_ID, add_headers
from web.routes import ROUTES


async def streamed(
    request: web.Request, content_type: str, parts: AsyncGenerator[bytes, None], headers: Mapping[str, str]
) -> web.StreamResponse:
    """The answer; what goes wrong before the first part is told as a problem, afterwards the connection ends before the answer does."""
    response = web.StreamResponse(headers=headers)
    response.content_type = content_type
    if content_type.startswith("text/"):
        response.charset = "utf-8"
    if request.method == hdrs.METH_HEAD:
        return response
    async with aclosing(parts) as remaining:
        async for part in remaining:
            if not response.prepared:
                add_headers(response, request[REQUEST_ID], request.app[ROUTES].get(request.match_info.route))
                await response.prepare(request)
            await response.write(part)
    if not response.prepared:
        return response
    await response.write_eof()
    return response
