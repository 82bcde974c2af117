"""The worker process: what comes back, how errors travel, that a killed one is replaced, and that it ends with its server."""

import os
import select
import signal
import subprocess
import sys

import pytest

from admin.settings import Settings
from admin.workbench import Workbench
from admin.workshop import Workshop
from review.errors import Blocked, NotAllowed
from tests.admin.api.bearing import moment
from tests.conftest import CHECKOUT


def worker_id(_bench: Workbench) -> int:
    return os.getpid()


def refuse(_bench: Workbench, region: str) -> None:
    raise NotAllowed("reviewer", region, "de")


def block(_bench: Workbench) -> None:
    raise Blocked(("one", "two"))


@pytest.fixture
def workshop(tmp_path):
    made = Workshop(Settings(database=tmp_path / "signpost.db"), moment)
    yield made
    made.close()


async def test_work_is_done_in_another_process_that_stays(workshop: Workshop) -> None:
    first = await workshop.run(worker_id)
    assert first != os.getpid()
    assert await workshop.run(worker_id) == first


async def test_an_error_comes_back_as_it_was(workshop: Workshop) -> None:
    with pytest.raises(NotAllowed) as refused:
        await workshop.run(refuse, "DE")
    assert (str(refused.value), refused.value.region, refused.value.code) == (
        "This needs the role reviewer for DE in de.",
        "DE",
        "not_allowed",
    )
    with pytest.raises(Blocked) as blocked:
        await workshop.run(block)
    assert blocked.value.findings == ("one", "two")


async def test_a_worker_that_was_killed_is_replaced(workshop: Workshop) -> None:
    first = await workshop.run(worker_id)
    os.kill(first, signal.SIGKILL)
    assert await workshop.run(worker_id) not in {first, os.getpid()}


SERVER = """
import asyncio, sys
from pathlib import Path
from admin.settings import Settings
from admin.workshop import Workshop
from tests.admin.api.bearing import moment
from tests.conftest import CHECKOUT
from tests.admin.test_workshop import worker_id

async def main():
    workshop = Workshop(Settings(database=Path(sys.argv[1])), moment)
    print(await workshop.run(worker_id), flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def test_a_worker_ends_when_its_server_is_killed(tmp_path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path / "signpost.db")], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    with server, os.fdopen(os.pidfd_open(int(server.stdout.readline()))) as worker:
        server.kill()
        assert select.select([worker], [], [], 20)[0]
