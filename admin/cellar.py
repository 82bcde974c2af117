"""The store off the event loop: one thread that writes, a few that read; what they do is the use cases'."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

READERS: Final = 4


class Cellar:
    """Runs use cases in threads, writing ones one after the other."""

    def __init__(self) -> None:
        """Threads begin when they are needed."""
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")

    async def write(self, act: Callable[[], T]) -> T:
        """What the act gives; a client that goes away does not stop it half-way."""
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._writer, act))

    async def read(self, look: Callable[[], T]) -> T:
        """What the look gives."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, look)

    def close(self) -> None:
        """Wait for what is under way."""
        self._writer.shutdown()
        self._readers.shutdown()
