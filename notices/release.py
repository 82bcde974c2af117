"""A release: one immutable published set of everything curated; not its digest and signatures (see signing), not how it is served (see live)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from elections.centers import Center
from elections.election import Election
from elections.hours import PollingHours
from elections.places import Region
from elections.rolls import Roll
from elections.silence import SilenceRule
from keywords.lists import KeywordList, RealWords
from notices.campaign import Campaign
from notices.notice import Notice
from notices.waivers import Waiver

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who made and who approved one change of a release, and the content they approved (see review.change); none in a starter."""

    change: str
    authors: tuple[str, ...]
    approvers: tuple[str, ...]
    title: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Everything published together. `starter` marks the one made from packs: drafts, and links nobody has verified.

    `rollback_of` is the release whose content it brings back; `audit` the hash of the audit line before it, so that the chain up to it is
    signed too.
    """

    number: int
    made_at: datetime
    previous: str | None
    starter: bool
    season_days: int
    link_hosts: tuple[str, ...]
    regions: tuple[Region, ...]
    centers: tuple[Center, ...]
    elections: tuple[Election, ...]
    silence: tuple[SilenceRule, ...]
    lists: tuple[KeywordList, ...]
    notices: tuple[Notice, ...]
    campaigns: tuple[Campaign, ...]
    changes: tuple[Authorship, ...] = ()
    polling_hours: tuple[PollingHours, ...] = ()
    real_words: RealWords = field(default_factory=RealWords)
    rolls: tuple[Roll, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    rollback_of: int | None = None
    audit: str = ""
    format: int = FORMAT
