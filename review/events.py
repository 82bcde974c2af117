"""What is told to other systems when something happens, and to whom; how it gets there is the side door's business."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from notices.documents import Document


class Event(StrEnum):
    """What may be listened for; `ping` comes only where it was asked for."""

    CHANGE_SUBMITTED = "change.submitted"
    CHANGE_APPROVED = "change.approved"
    CHANGE_REJECTED = "change.rejected"
    RELEASE_PUBLISHED = "release.published"
    RELEASE_FAILED = "release.failed"
    STOP_SET = "stop.set"
    STOP_LIFTED = "stop.lifted"
    CAMPAIGN_STARTING = "campaign.starting"
    CAMPAIGN_ENDING = "campaign.ending"
    PING = "ping"


@dataclass(frozen=True, slots=True)
class Hook:
    """An address that is told; `secret` signs what is sent, and must be kept as it is to do so."""

    id: str
    url: str
    secret: str = field(repr=False)
    events: tuple[str, ...]
    created_by: str
    created_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one hook; `status` is the last HTTP status, 0 where there was no answer."""

    number: int
    hook: str
    event: str
    body: Document
    created_at: datetime
    next_at: datetime | None
    attempts: int = 0
    status: int | None = None
    delivered_at: datetime | None = None
