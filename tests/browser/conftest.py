"""A real browser and a real server on a free port."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import FLAGS, find


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    path, environment = find()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=list(FLAGS), env=environment or None)
        print(f"Chromium {launched.version}")  # noqa: T201  the run says which browser it used
        yield launched
        await launched.close()


@pytest.fixture
async def site(app: web.Application) -> AsyncIterator[str]:
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()
