"""What should hold for a release as a whole: references here, all else from the modules beside it and the lists' own; waivers are weighed. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from elections.centers import Slot
from elections.errors import ElectionsError
from elections.places import Places
from keywords.checks import check_lists
from keywords.known_checks import Finding, Severity, hinted
from keywords.lists import MANY_LANGUAGES
from keywords.postings import Index
from notices.campaign import Campaign, Topic
from notices.campaign_checks import check_campaigns
from notices.errors import UnknownLanguage
from notices.known_checks import CHECKS
from notices.language_checks import check_languages_alike
from notices.languages import canonical
from notices.link_checks import check_links
from notices.localise import NEUTRAL_LANGUAGE
from notices.notice import Notice
from notices.parity_checks import check_contestants
from notices.release import Release
from notices.stale_checks import check_stale
from notices.surface_checks import check_surfaces
from notices.waiver_checks import Weighed, weigh
from notices.wording_checks import check_words

CENTER_PARTS = frozenset({*(slot.value for slot in Slot), "fact_checkers", "manipulated_media", "now", "dates"})


def check_release(release: Release, index: Index | None = None) -> tuple[Finding, ...]:
    """Every finding that no waiver lifts; errors block publishing. `index` is the one of its lists, where it is made already."""
    return weighed(release, index=index).standing


def weighed(release: Release, more: Iterable[Finding] = (), index: Index | None = None) -> Weighed:
    """Every finding, with more that were found elsewhere: those that stand, and those that a waiver lifts."""
    found = weigh((*_findings(release, index), *more), release.waivers, release.made_at.date())
    return Weighed(hinted(found.standing, CHECKS), found.lifted)


def _findings(release: Release, index: Index | None) -> Iterator[Finding]:
    try:
        places = Places.of(release.regions)
    except ElectionsError as error:
        yield _error(error.code, "regions", str(error))
        return
    yield from _doubled(release)
    yield from _places(release, places)
    languages = tuple(_languages(release))
    yield from languages
    if any(finding.code == UnknownLanguage.code for finding in languages):
        release = _speaking(release)
        places = Places.of(release.regions)
    yield from chain(
        _topics_and_slots(release),
        *(_notice(notice) for notice in release.notices),
        *(_campaign(campaign, release, places) for campaign in release.campaigns),
        check_campaigns(release, places),
        check_words(release),
        check_surfaces(release),
        check_links(release),
        check_stale(release, places),
        check_contestants(release, places),
        check_languages_alike(release, places),
        check_lists(release.lists, release.real_words, index),
    )


def _error(code: str, place: str, message: str) -> Finding:
    return Finding(Severity.ERROR, code, place, message)


def _warning(code: str, place: str, message: str) -> Finding:
    return Finding(Severity.WARNING, code, place, message)


def _doubled(release: Release) -> Iterator[Finding]:
    """Nothing is there twice: the second would silently take the place of the first."""
    named = {
        "notice": [notice.id for notice in release.notices],
        "campaign": [campaign.id for campaign in release.campaigns],
        "election": [election.id for election in release.elections],
        "list": [keywords.id for keywords in release.lists],
        "center": [center.region for center in release.centers],
        "roll": [roll.contest for roll in release.rolls],
    }
    for kind, ids in named.items():
        for known_as, count in Counter(ids).items():
            if count > 1:
                yield _error("doubled_id", f"{kind} {known_as}", f"there are {count} of them, and only one can hold")


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


def _speaking(release: Release) -> Release:
    """Without whatever is in a language that is none, so that all the rest can be checked."""
    return replace(
        release,
        regions=tuple(replace(region, languages=tuple(filter(_is_language, region.languages))) for region in release.regions),
        lists=tuple(one for one in release.lists if one.language == MANY_LANGUAGES or _is_language(one.language)),
        notices=tuple(
            replace(notice, wordings={tag: wording for tag, wording in notice.wordings.items() if _is_language(tag)})
            for notice in release.notices
        ),
    )


def _is_language(tag: str) -> bool:
    try:
        canonical(tag)
    except UnknownLanguage:
        return False
    return True


def _topics_and_slots(release: Release) -> Iterator[Finding]:
    topics, slots = {topic.value for topic in Topic}, {slot.value for slot in Slot}
    for keywords in release.lists:
        if keywords.language != MANY_LANGUAGES and keywords.topic not in topics:
            yield _error("unknown_topic", f"list {keywords.id}", f"{keywords.topic} is not a topic")
        for slot in (keywords.slot, *(term.slot for term in keywords.terms)):
            if slot is not None and slot not in slots:
                yield _error("unknown_slot", f"list {keywords.id}", f"{slot} is not a slot")


def _notice(notice: Notice) -> Iterator[Finding]:
    place = f"notice {notice.id}"
    if NEUTRAL_LANGUAGE not in notice.wordings:
        yield _error("no_english", place, "the last fallback, English, is missing")
    if notice.leads_to_center and notice.center_part is not None and notice.center_part not in CENTER_PARTS:
        yield _error("unknown_part", place, f"an Election Center page has no part {notice.center_part}")
    if notice.image is None:
        return
    for language in dict.fromkeys((NEUTRAL_LANGUAGE, *notice.wordings)):
        if not notice.image.alt.get(language, "").strip():
            severity = Severity.ERROR if language == NEUTRAL_LANGUAGE else Severity.WARNING
            yield Finding(severity, "no_alt", place, f"the image needs a text alternative in {language}")


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
    yield from _end(campaign, release.made_at.date())
    for window in campaign.windows:
        if window.starts_at and window.ends_at and window.ends_at <= window.starts_at:
            yield _error("never_opens", place, f"the window {window.name or '1'} ends before it starts")


def _end(campaign: Campaign, today: date) -> Iterator[Finding]:
    """It ends by itself, or somebody looks at it again on a day."""
    place = f"campaign {campaign.id}"
    is_owned = bool(campaign.owner and campaign.review_on)
    if not campaign.windows and not is_owned:
        yield _error("no_end", place, "without a window it needs an owner and a review date")
    for window in campaign.windows:
        if window.ends is None and window.to_phase is None:
            message = f"the window {window.name or '1'} never ends"
            yield _warning("no_end", place, message) if is_owned else _error("no_end", place, f"{message}, and nobody looks at it again")
    if campaign.review_on is not None and campaign.review_on < today:
        yield _warning("review_due", place, f"it was to be looked at again on {campaign.review_on.isoformat()}")
