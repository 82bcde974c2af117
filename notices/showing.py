"""A winner as the notice that is shown: its words, its link, its image and the election beside it. Not who wins (see choose)."""

from urllib.parse import quote

from elections.calendar import PlaceState
from notices.choose import Candidate
from notices.decision import Request, Shown, ShownElection, ShownImage
from notices.election_documents import election_name
from notices.languages import direction, negotiate
from notices.live import Live
from notices.localise import NEUTRAL_LANGUAGE, localise, slot_of
from notices.notice import Notice


def shown(winner: Candidate, request: Request, live: Live, place: PlaceState, named: str | None, public_url: str) -> Shown:
    """The notice in the reader's words, leading to the place that was named or the one they vote in."""
    notice, campaign, call = winner.notice, winner.campaign, winner.call
    words = localise(notice, request.languages, request.voting_region, place, live)
    slot = slot_of(call.topic, call.match.entry.slot if call.match else None) if notice.center_part is None else None
    region, url = _link(notice, slot or notice.center_part, named or request.voting_region, words.language, live, public_url)
    return Shown(
        id=notice.id,
        kind=notice.kind,
        topic=call.topic,
        campaign=campaign.id,
        title=words.words.title,
        body=words.words.body,
        language=words.language,
        direction=direction(words.language),
        reviewed=words.reviewed,
        label=words.words.label,
        url=words.url or url,
        slot=slot if notice.leads_to_center and words.url is None else None,
        image=_image(notice, words.language),
        region=region,
        election=_election(place, words.language),
        priority=campaign.priority,
        dismissible=notice.dismissible,
        frequency=campaign.frequency,
        revision=notice.revision + campaign.revision,
        fallback=words.fallback,
    )


def _link(notice: Notice, part: str | None, voting_region: str, language: str, live: Live, public_url: str) -> tuple[str, str]:
    """The region of the center that the link leads to, else the voting region; and the absolute link."""
    if not notice.leads_to_center:
        return voting_region, notice.action
    center = live.centers.answering(voting_region)
    region = center.region if center else voting_region
    anchor = f"#{part}" if part else ""
    return region, f"{public_url}/centers/{region}?lang={quote(language)}{anchor}"


def _image(notice: Notice, language: str) -> ShownImage | None:
    if notice.image is None:
        return None
    known = negotiate((language, NEUTRAL_LANGUAGE), notice.image.alt.keys())
    return ShownImage(notice.image.url, notice.image.alt[known] if known else "")


def _election(place: PlaceState, language: str) -> ShownElection | None:
    if place.leading is None:
        return None
    election = place.leading.election
    return ShownElection(election.id, election_name(election, language), place.leading.date, place.leading.phase)
