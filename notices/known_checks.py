"""Every code that findings about a release carry, those of the lists included; docs/checks.md is made from it. Not the checks themselves."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from keywords.known_checks import EITHER, ERROR, LIST_CHECKS, WARNING, KnownCheck, by_code
from notices.known_notice_checks import CAMPAIGNS, LINKS, WORDINGS

_REFERENCES: Final = (
    KnownCheck(
        "invalid_places",
        ERROR,
        "The regions do not make a tree, or an alias names two of them.",
        "Mend the region's parent or alias in `packs/regions`.",
    ),
    KnownCheck(
        "unknown_region",
        ERROR,
        "Something names a region that is none.",
        "Use an ISO 3166 code that `packs/regions` holds, `EU` or `001`.",
    ),
    KnownCheck(
        "unknown_language",
        ERROR,
        "A language tag is not BCP 47 or names no language.",
        "Use the language's BCP 47 tag, such as `de` or `zh-Hant`.",
    ),
    KnownCheck(
        "language_not_canonical",
        ERROR,
        "A language tag has another spelling by which readers' languages find it.",
        "Write the tag as the message shows it.",
    ),
    KnownCheck("unknown_topic", ERROR, "A list is about a topic that is none.", "Use one of the ten topics that campaigns listen for."),
    KnownCheck("unknown_slot", ERROR, "A list or term names a slot that is none.", "Use one of the slots of Election Centers."),
    KnownCheck(
        "unknown_part", ERROR, "A notice leads to a part that no Election Center has.", "Name a slot or a part of the page after `center#`."
    ),
    KnownCheck(
        "doubled_id",
        ERROR,
        "A list, notice, campaign, election, center or roll is there twice.",
        "Take one of them out; only one can hold.",
    ),
    KnownCheck(
        "unknown_notice",
        ERROR,
        "A campaign runs a notice that does not exist.",
        "Correct the campaign's `notice`, or add the notice to the same change.",
    ),
    KnownCheck(
        "unknown_election",
        ERROR,
        "A campaign is bound to an election that does not exist.",
        "Correct the campaign's `election`, or add the election to the same change.",
    ),
)

_DATES: Final = (
    KnownCheck(
        "unverified_date",
        WARNING,
        "A polling day within four months has been compared with its source by nobody.",
        "Open the source, compare, and fill in `verified_on`.",
        is_waivable=True,
    ),
    KnownCheck(
        "stale_verification",
        EITHER,
        "Something was verified once, but too long ago; an error from seven days before an election there until it is over.",
        "Compare it with its source again and write today's day under `verified_on`.",
        is_waivable=True,
    ),
    KnownCheck(
        "verified_in_future",
        WARNING,
        "Something is said to have been verified on a day that has not come yet.",
        "Write the day on which somebody did compare it.",
    ),
)

_PARITY: Final = (
    KnownCheck(
        "no_roll",
        ERROR,
        "A term names a contest of which there is no official roll, or a contestant of no contest at all.",
        "Add the contest's official roll with everybody on it, or take the names out.",
    ),
    KnownCheck(
        "not_on_roll",
        ERROR,
        "A term names a contestant who is not on the official roll.",
        "Correct the id, or bring the roll up to date with its source.",
    ),
    KnownCheck(
        "duplicated_contestant",
        ERROR,
        "A contestant stands on a roll twice, or a contest has two rolls.",
        "Keep one of them, with all the names.",
    ),
    KnownCheck(
        "contestants_unequal",
        ERROR,
        "Some contestants of a contest are covered and others are not, or not in the same lists, kinds of match, conditions and switches.",
        "Cover everybody on the roll alike, or nobody.",
    ),
    KnownCheck(
        "contestant_untagged",
        ERROR,
        "A term is the name of somebody on a roll, but does not say so, and so is not compared.",
        "Give the term its `contest` and `contestant`.",
    ),
    KnownCheck(
        "spellings_unequal",
        WARNING,
        "One contestant has more than twice the spellings of another in a list.",
        "Add the spellings people use for the other, or take out those nobody uses.",
    ),
    KnownCheck(
        "topic_missing_in_language",
        ERROR,
        "A region with a list of its own covers a topic in one of its official languages and not in another.",
        "Add a list for the language, to the region or to a region above it; or a waiver that says publicly why there is none.",
        is_waivable=True,
    ),
    KnownCheck(
        "topic_only_inherited",
        WARNING,
        "A region has lists of its own in one official language, and only inherited ones in another.",
        "Add the country's own words in that language too.",
        is_waivable=True,
    ),
    KnownCheck(
        "wording_missing_in_language",
        EITHER,
        "A notice that runs in a region lacks a wording in an official language: an error when another official language has one.",
        "Translate the notice; or add a waiver that says publicly why there is no wording.",
        is_waivable=True,
    ),
)

_WAIVERS: Final = (
    KnownCheck("waiver_without_reason", ERROR, "A waiver does not say why or by whom.", "Write a reason that may be read by anybody."),
    KnownCheck(
        "waiver_not_allowed",
        ERROR,
        "A waiver is for a code that does not exist or that nobody may waive.",
        "Mend what the finding is about; the page of checks shows which codes may be waived.",
    ),
    KnownCheck("waiver_unused", WARNING, "A waiver matches no finding.", "Take it out, or correct its place."),
    KnownCheck(
        "waiver_expired",
        WARNING,
        "The last day of a waiver has passed, and it lifts nothing any more.",
        "Mend what it was for, or decide anew and give it another day.",
    ),
)

GROUPS: Final[Mapping[str, tuple[KnownCheck, ...]]] = MappingProxyType(
    {
        "Keyword lists": tuple(LIST_CHECKS.values()),
        "References": _REFERENCES,
        "Wordings": WORDINGS,
        "Links": LINKS,
        "Campaigns": CAMPAIGNS,
        "Days and their verification": _DATES,
        "Parity": _PARITY,
        "Waivers": _WAIVERS,
    }
)
"""All checks as the docs show them."""

CHECKS: Final = by_code(check for group in GROUPS.values() for check in group)
"""All checks by code."""
