"""Passwords compared and hashed in threads of their own: neither the event loop nor the store's writer waits for them; the rules are elsewhere."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

from aiohttp import web

from admin.signing_in import passwords

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = 2
"""Each comparison takes 19 MiB and a core; more at once would only make everybody slower."""


class Strongroom:
    """Threads begin when they are needed."""

    def __init__(self) -> None:
        """Nothing is kept here."""
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")

    async def is_right(self, typed: str, stored: str) -> bool:
        """Whether the password is the one whose hash is stored; as slow where nothing is stored."""
        if not stored:
            await self._run(passwords.waste, typed)
            return False
        return await self._run(passwords.verify, typed, stored)

    async def hashed(self, password: str) -> str:
        """The text to store; raises PasswordRefused for what cannot be hashed."""
        return await self._run(passwords.hash_password, password)

    async def _run(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **named))

    async def close(self, _app: web.Application) -> None:
        """For an application's on_cleanup."""
        self._threads.shutdown()
