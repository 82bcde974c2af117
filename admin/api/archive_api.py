"""The archive over HTTP: the whole history in one file, for proof elsewhere; what stands in it is admin/archive's."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

from aiohttp import web

from admin.api.changes_api import BASE
from admin.api.office import Office
from admin.archive import write_archive
from admin.curation.acting import Act
from admin.workbench import Workbench
from review.people import Role, Scope
from web.routes import Access, route
from web.streaming import streamed

PART: Final = 256 * 1024
NAME: Final = "signpost-archive.jsonl"


class ArchiveApi:
    """`/admin/api/v1/archive`."""

    def __init__(self, office: Office) -> None:
        """Made in the worker process, in a folder beside the database."""
        self._office = office

    @route(
        "GET",
        f"{BASE}/archive",
        access=Access.ADMIN,
        summary="The whole history as one file, to be verified anywhere",
        responses={200: "application/jsonl"},
        errors=(401, 403, 503),
    )
    async def get_archive(self, request: web.Request) -> web.StreamResponse:
        """Every release, change, approval and audit line, signed; names, but no addresses and no secrets. That it was made is an audit line."""
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{NAME}"'}
        return await streamed(request, "application/jsonl", self._parts(request), headers)

    async def _parts(self, request: web.Request) -> AsyncGenerator[bytes, None]:
        await self._office.write(request, "archive.exported", "", _note)
        folder = self._office.settings.database.parent
        with tempfile.TemporaryDirectory(dir=folder, prefix=".archive-") as name:
            file = Path(name) / NAME
            await self._office.heavy(archive_job, file)
            with file.open("rb") as made:
                while part := await asyncio.to_thread(made.read, PART):
                    yield part


def archive_job(bench: Workbench, file: Path) -> int:
    """Write the archive to a file; how many lines."""
    with file.open("xb") as out:
        return write_archive(bench, out)


def _note(act: Act) -> None:
    act.actor.check(Role.ADMIN, (Scope(),), act.ground.places)
    act.note("archive.exported", "")
