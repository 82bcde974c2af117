"""Putting the side door together: who keeps it, and every handler behind it. What they do is in admin/api."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from admin.api.door import Door
from admin.api.office import Office
from admin.settings import Settings


@dataclass(frozen=True, slots=True)
class SideDoor:
    """The doorkeeper, and the handlers whose routes it keeps."""

    door: Door
    office: Office
    handlers: tuple[object, ...]


def side_door(app: web.Application, settings: Settings, clock: Callable[[], datetime]) -> SideDoor:
    """Everything behind `/admin`; nothing is opened before it is needed."""
    office = Office(settings, clock)
    app.on_cleanup.append(office.close)
    return SideDoor(Door(office), office, ())
