"""A program that is killed at random moments, again and again: how tests find out what `kill -9` leaves behind."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

CHECKOUT = Path(__file__).parent.parent

NURSERY = """
import os, sys
from importlib import import_module
module, name = sys.argv[1].split(":")
work = getattr(import_module(module), name)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        work(line.rstrip())
        os._exit(0)
    print(child, flush=True)
    _, status = os.waitpid(child, 0)
    print(status, flush=True)
"""
"""Imports what is to be killed once, and forks it for each line; tells the child's id, and how it ended."""


class Nursery:
    """Children that do `work`, a function of a module (`tests.module:function`) that takes a text and never ends by itself."""

    def __init__(self, work: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, work], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=CHECKOUT, text=True, bufsize=1
        )

    def __enter__(self) -> Self:
        """Ready to have children."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """No more children."""
        self._process.communicate()

    def kill_after(self, seconds: float, told: object) -> None:
        """Let a child work for a while and kill it; fails where it ended by itself."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{told}\n")
        child = int(self._process.stdout.readline())
        select.select([self._process.stdout], [], [], seconds)
        os.kill(child, signal.SIGKILL)
        status = int(self._process.stdout.readline())
        assert os.WIFSIGNALED(status), f"The child ended by itself with {status}."
