"""Putting the side door together: who keeps it, and every handler behind it. What they do is in admin/api."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiohttp import web

from admin.api.archive_api import ArchiveApi
from admin.api.audit_api import AuditApi
from admin.api.change_views_api import ChangeViewsApi
from admin.api.changes_api import ChangesApi
from admin.api.documents_api import DocumentsApi
from admin.api.door import Door
from admin.api.hooks_api import HooksApi
from admin.api.imports_api import ImportsApi
from admin.api.me_api import MeApi
from admin.api.office import Office
from admin.api.openid_api import OpenIdApi
from admin.api.people_api import PeopleApi
from admin.api.proving import Proving
from admin.api.releases_api import ReleasesApi
from admin.api.releases_at import ReleasesAt
from admin.api.session_api import SessionApi
from admin.api.stops_api import StopsApi
from admin.api.tokens_api import TokensApi
from admin.outside import Outside
from admin.settings import Settings
from admin.strongroom import Strongroom

OFFICE: Final = web.AppKey("OFFICE", Office)
"""Where the serving process has its own use cases done."""


@dataclass(frozen=True, slots=True)
class SideDoor:
    """The doorkeeper, and the handlers whose routes it keeps."""

    door: Door
    office: Office
    handlers: tuple[object, ...]


def side_door(app: web.Application, settings: Settings, clock: Callable[[], datetime]) -> SideDoor:
    """Everything behind `/admin`; nothing is opened before it is needed."""
    office = Office(settings, clock)
    app[OFFICE] = office
    door, strongroom = Door(office), Strongroom()
    proving = Proving(office, strongroom)
    app.on_cleanup.extend((door.close, strongroom.close, office.close))
    people = (SessionApi(office, door, proving), MeApi(office, door, proving), PeopleApi(office, door, strongroom), TokensApi(office))
    openid = OpenIdApi(office, door, Outside())
    handlers = (
        ChangesApi(office),
        ChangeViewsApi(office),
        DocumentsApi(office),
        ReleasesApi(office),
        StopsApi(office),
        ImportsApi(office),
        *people,
        openid,
    )
    proofs = (AuditApi(office), ArchiveApi(office), ReleasesAt(office), HooksApi(office))
    return SideDoor(door, office, (*handlers, *proofs))
