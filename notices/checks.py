"""What should hold for a release as a whole: references, wordings, links, campaigns, and the keyword lists' own checks. Pure."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlsplit

from elections.centers import Slot
from elections.errors import ElectionsError
from elections.places import Places
from keywords.checks import Finding, Severity, check_lists
from keywords.lists import MANY_LANGUAGES
from notices.campaign import Campaign, Topic
from notices.campaign_checks import check_campaigns
from notices.errors import UnknownLanguage
from notices.languages import canonical
from notices.notice import Notice
from notices.release import Release
from notices.wording_checks import check_words

CENTER_PARTS = frozenset({*(slot.value for slot in Slot), "fact_checkers", "manipulated_media", "now", "dates"})


def check_release(release: Release) -> tuple[Finding, ...]:
    """Every finding; errors block publishing."""
    try:
        places = Places.of(release.regions)
    except ElectionsError as error:
        return (_error(error.code, "regions", str(error)),)
    return tuple(
        chain(
            _places(release, places),
            _languages(release),
            _topics_and_slots(release),
            *(_notice(notice, release) for notice in release.notices),
            *(_campaign(campaign, release, places) for campaign in release.campaigns),
            check_campaigns(release, places),
            check_words(release),
            check_lists(release.lists, release.real_words),
        )
    )


def _error(code: str, place: str, message: str) -> Finding:
    return Finding(Severity.ERROR, code, place, message)


def _warning(code: str, place: str, message: str) -> Finding:
    return Finding(Severity.WARNING, code, place, message)


def _places(release: Release, places: Places) -> Iterator[Finding]:
    """Every region that anything names is one."""
    named = chain(
        ((center.region, f"center {center.region}") for center in release.centers),
        ((code, f"election {election.id}") for election in release.elections for code in election.regions),
        ((keywords.region, f"list {keywords.id}") for keywords in release.lists),
    )
    for code, place in named:
        if code not in places.by_code:
            yield _error("unknown_region", place, f"{code} is not a region")


def _languages(release: Release) -> Iterator[Finding]:
    """Every language tag is canonical, so that negotiation finds it."""
    named = chain(
        ((keywords.language, f"list {keywords.id}") for keywords in release.lists if keywords.language != MANY_LANGUAGES),
        ((language, f"notice {notice.id}") for notice in release.notices for language in notice.wordings),
        ((language, f"region {region.code}") for region in release.regions for language in region.languages),
    )
    for tag, place in named:
        try:
            meant = canonical(tag)
        except UnknownLanguage as error:
            yield _error(error.code, place, f"{tag}: {error}")
            continue
        if meant != tag:
            yield _error("language_not_canonical", place, f"{tag} is written {meant}")


def _topics_and_slots(release: Release) -> Iterator[Finding]:
    topics, slots = {topic.value for topic in Topic}, {slot.value for slot in Slot}
    for keywords in release.lists:
        if keywords.language != MANY_LANGUAGES and keywords.topic not in topics:
            yield _error("unknown_topic", f"list {keywords.id}", f"{keywords.topic} is not a topic")
        for slot in (keywords.slot, *(term.slot for term in keywords.terms)):
            if slot is not None and slot not in slots:
                yield _error("unknown_slot", f"list {keywords.id}", f"{slot} is not a slot")


def _notice(notice: Notice, release: Release) -> Iterator[Finding]:
    place = f"notice {notice.id}"
    if "en" not in notice.wordings:
        yield _error("no_english", place, "the last fallback, English, is missing")
    if notice.leads_to_center:
        if notice.center_part is not None and notice.center_part not in CENTER_PARTS:
            yield _error("unknown_part", place, f"an Election Center page has no part {notice.center_part}")
    elif not _is_allowed(notice.action, release.link_hosts):
        yield _error("link_not_allowed", place, "the link is not https, or its host is not on the allow-list")
    if notice.image is not None and "en" not in notice.image.alt:
        yield _error("no_alt", place, "the image needs a text alternative")


def _is_allowed(url: str, hosts: tuple[str, ...]) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.hostname in hosts


def _campaign(campaign: Campaign, release: Release, places: Places) -> Iterator[Finding]:
    place = f"campaign {campaign.id}"
    if campaign.notice not in {notice.id for notice in release.notices}:
        yield _error("unknown_notice", place, f"there is no notice {campaign.notice}")
    for code in (*campaign.regions, *campaign.excluded):
        if code not in places.by_code:
            yield _error("unknown_region", place, f"{code} is not a region")
    if campaign.election is not None and campaign.election not in {election.id for election in release.elections}:
        yield _error("unknown_election", place, f"there is no election {campaign.election}")
    if not (campaign.topics or campaign.signals or campaign.always):
        yield _error("never_called", place, "it listens for nothing")
    if not campaign.windows and not (campaign.owner and campaign.review_on):
        yield _error("no_end", place, "without a window it needs an owner and a review date")
    for window in campaign.windows:
        if window.starts_at and window.ends_at and window.ends_at <= window.starts_at:
            yield _error("never_opens", place, f"the window {window.name or '1'} ends before it starts")
        if window.ends is None and window.to_phase is None:
            yield _warning("no_end", place, f"the window {window.name or '1'} never ends")
