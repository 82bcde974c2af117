"""A real browser, the same for all tests, and a real server on a free port; both in one event loop."""

from collections.abc import AsyncIterator
from functools import partial

import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Error, Playwright, async_playwright

from tests.browser.chromium import FLAGS, find

STARTS = 3
"""How often Chromium is started before a test gives up: now and then it crashes on the way up, before it has seen a page."""


async def _start(playwright: Playwright) -> Browser:
    path, environment = find()
    launch = partial(playwright.chromium.launch, executable_path=path, args=list(FLAGS), env=environment or None)
    for _ in range(STARTS - 1):
        try:
            return await launch()
        except Error as error:
            print(f"Chromium did not start and is started again: {error.message.splitlines()[0]}")  # noqa: T201
    return await launch()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await _start(playwright)
        print(f"Chromium {launched.version}")  # noqa: T201  the run says which browser it used
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(app: web.Application) -> AsyncIterator[str]:
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()
