"""Imports that somebody began and asks about later: kept in memory, the newest of them, for whoever began them. Not what they do."""

import asyncio
import tempfile
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from admin.curation.importing_progress import Step, read_progress
from review.people import Actor
from web.errors import TooMany

KEPT: Final = 50
"""Imports that are remembered once they are done."""
MOST_WAITING: Final = 4
"""Files of 32 MB that wait for the worker at once."""

Work = Callable[[Path], Awaitable[tuple[int, Any]]]


@dataclass(slots=True)
class ImportJob:
    """One of them: who began it, the file that tells how far it is, the task that waits for it."""

    id: str
    person: str
    progress: Path
    task: asyncio.Task[tuple[int, Any]]
    step: Step = field(default_factory=Step)

    def ended(self, task: asyncio.Task[tuple[int, Any]]) -> None:
        """Take the file away; what the import was refused with waits for whoever asks, if anybody does."""
        self.progress.unlink(missing_ok=True)
        if not task.cancelled():
            task.exception()

    async def document(self) -> dict[str, Any]:
        """Where it stands; raises what it was refused with."""
        report = None
        if self.task.done():
            _, report = self.task.result()
            self.step = Step(self.step.name, self.step.total, self.step.total)
        else:
            self.step = await asyncio.to_thread(read_progress, self.progress, self.step)
        state = "running" if report is None else "done"
        return {"id": self.id, "state": state, "step": self.step.name, "done": self.step.done, "total": self.step.total, "report": report}


class ImportJobs:
    """All that are known, the oldest first."""

    def __init__(self) -> None:
        """None was begun yet."""
        self._jobs: OrderedDict[str, ImportJob] = OrderedDict()

    def begin(self, actor: Actor, work: Work) -> ImportJob:
        """Begin one; `work` is given the file that it is to tell its progress in. Raises TooMany while too many wait."""
        if sum(not job.task.done() for job in self._jobs.values()) >= MOST_WAITING:
            raise TooMany(
                "too_many_imports", "Several imports are waiting already; come back when one is done.", headers={"Retry-After": "15"}
            )
        progress = _new_file()
        job = ImportJob(token_hex(8), actor.person, progress, asyncio.ensure_future(_done(work, progress)))
        job.task.add_done_callback(job.ended)
        self._jobs[job.id] = job
        for known in [one for one in self._jobs.values() if one.task.done()][:-KEPT]:
            del self._jobs[known.id]
        return job

    def of(self, actor: Actor, known_as: str) -> ImportJob | None:
        """The one with an id, if the same person began it."""
        job = self._jobs.get(known_as)
        return job if job is not None and job.person == actor.person else None


async def _done(work: Work, progress: Path) -> tuple[int, Any]:
    return await work(progress)


def _new_file() -> Path:
    with tempfile.NamedTemporaryFile(prefix="signpost-import-", delete=False) as file:
        return Path(file.name)
