"""What makes two requests alike: all that a decision depends on beside the moment and the release. Codes of ours, no text."""

from collections.abc import Sequence

from keywords.matcher import Findings, Match, Reason
from notices.decision import Request
from notices.prepared import Key


def what_counts(request: Request, findings: Findings, named: str | None, season: str, public_url: str, *, has_stops: bool) -> Key:
    """The key of a decision; empty where nothing calls for a notice, which is decided alike everywhere."""
    matches = findings.matches
    seasonal = [fallen.match for fallen in findings.rejected if fallen.reason is Reason.SEASON] if findings.rejected else ()
    if not (matches or seasonal or request.signals or request.is_silent):
        return ()
    called = _every if has_stops else _surest
    return (
        request.region,
        request.voting_region,
        named,
        request.languages,
        request.surface,
        request.signals,
        request.limit,
        not matches and request.is_silent,
        season,
        public_url,
        called(matches),
        called(seasonal),
    )


def _surest(matches: Sequence[Match]) -> Key:
    """For each topic the surest match, which is the one that calls, and the surest that calls out of season too."""
    if not matches:
        return ()
    firsts: dict[tuple[str, bool], Match] = {}
    for match in matches:
        firsts.setdefault((match.entry.topic, match.entry.term.season_only), match)
    return tuple((*called, match.entry.slot, match.hit.layer) for called, match in firsts.items())


def _every(matches: Sequence[Match]) -> Key:
    """Every match, because a stop may take its list away and leave another to call."""
    return tuple(
        (match.entry.list_id, match.entry.topic, match.entry.slot, match.hit.layer, match.entry.term.season_only) for match in matches
    )
