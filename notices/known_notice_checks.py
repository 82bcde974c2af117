"""The codes of findings about notices, their links and their campaigns; the others are in known_checks."""

from typing import Final

from keywords.known_checks import EITHER, ERROR, WARNING, KnownCheck

WORDINGS: Final = (
    KnownCheck("no_english", ERROR, "A notice has no English wording, the last one to fall back on.", "Add a wording in `en`."),
    KnownCheck("empty_wording", ERROR, "A title, body or label is empty.", "Write it, or take the wording or phase out."),
    KnownCheck(
        "wording_too_long",
        ERROR,
        "A title has more than 60 code points, a body more than 160 or a label more than 30.",
        "Shorten it; the details belong on the Election Center's page.",
    ),
    KnownCheck(
        "too_long_for_surface",
        EITHER,
        "A wording is longer than a narrow surface shows on which a campaign runs it; an error when it is more than a fifth too long.",
        "Shorten it, or let another notice with shorter words run on that surface.",
        is_waivable=True,
    ),
    KnownCheck(
        "no_alt",
        EITHER,
        "The image has no text alternative: an error in English, a warning in another language the notice is worded in.",
        "Say in that language what the picture shows.",
    ),
    KnownCheck(
        "not_plain",
        ERROR,
        "A wording holds an exclamation, a link, a placeholder or markup.",
        "Write a plain sentence; the link is the notice's action.",
    ),
    KnownCheck("untranslated", ERROR, "A wording in another language is an English one.", "Translate it, or take the wording out."),
    KnownCheck(
        "wrong_script",
        EITHER,
        "A wording is not in the script of its language (error), or a term neither in it nor in Latin letters (warning).",
        "Check that the words stand under the right language.",
    ),
    KnownCheck(
        "direction_mark",
        WARNING,
        "A wording that runs right to left begins or ends with letters that run the other way.",
        "Reword it, or add a right-to-left mark (U+200F) at that end.",
    ),
    KnownCheck(
        "old_date",
        EITHER,
        "A wording (error) or an election's name (warning) still tells a day that the election was moved from.",
        "Write the new day, or no day at all: the notice tells it from the calendar.",
    ),
)

LINKS: Final = (
    KnownCheck(
        "link_not_allowed",
        ERROR,
        "A notice's link or image is not https, or its host is not on the allow-list.",
        "Lead to the Election Center, or have the host added to `link_hosts`.",
    ),
    KnownCheck(
        "link_not_https",
        EITHER,
        "A center's link is not https (error), or an organisation's own site is not (warning): it is then named, never linked to.",
        "Use the https address; leave the link empty where there is none.",
    ),
    KnownCheck(
        "unsafe_link",
        ERROR,
        "A link holds a name or password, a number or bare name for a host, another port than 443, or characters that readers take differently.",
        "Use the address as the authority publishes it, with its plain host name.",
    ),
    KnownCheck(
        "tracking_link",
        ERROR,
        "A link carries a parameter that tracks people.",
        "Take the parameter out of the address and check that it still leads there.",
    ),
    KnownCheck(
        "lookalike_host",
        WARNING,
        "A host's name mixes scripts, or is written in letters that only look like Latin ones.",
        "Compare the address with the authority's own, letter by letter; use its `xn--` form only if that is the real one.",
        is_waivable=True,
    ),
    KnownCheck(
        "dead_link",
        ERROR,
        "`signpost check --links` found nothing behind a link: no such host, no certificate that browsers trust, or status 404 or 410.",
        "Find the page's new address on the authority's site, or leave the link empty.",
        is_asked_outside=True,
    ),
    KnownCheck(
        "link_unsure",
        WARNING,
        "`signpost check --links` got no clear answer: refused, too busy, too slow, too many redirects, or one to where it may not follow.",
        "Open the link in a browser; where it redirects to another site for good, use that address.",
        is_waivable=True,
        is_asked_outside=True,
    ),
)

CAMPAIGNS: Final = (
    KnownCheck("never_called", ERROR, "A campaign listens for nothing.", "Give it topics or signals, or `always: true`."),
    KnownCheck(
        "never_opens",
        EITHER,
        "A window ends before it starts (error), or none of a campaign's windows opens anywhere in its regions (warning).",
        "Correct the window's start and end, or the regions.",
    ),
    KnownCheck("no_time_left", ERROR, "The hours and blackouts of a window leave it no time.", "Widen `only` or narrow `blackouts`."),
    KnownCheck(
        "no_end",
        EITHER,
        "A campaign never ends: an error without an owner and a review date, else a warning where a window has no end.",
        "Give the window an end, or the campaign an `owner` and a `review_on`.",
    ),
    KnownCheck(
        "review_due",
        WARNING,
        "The day on which a campaign was to be looked at again has passed.",
        "Look whether it should still run, then move `review_on` or give it an end.",
    ),
    KnownCheck(
        "waits_for_election",
        WARNING,
        "A campaign is bound to an election that is only expected, or void, and does not open.",
        "Nothing, if it is to wait; else bind it to the election that takes place.",
        is_waivable=True,
    ),
    KnownCheck(
        "hides_another",
        WARNING,
        "Two campaigns alike but for their ids are open at once, and one of them never shows.",
        "Set them apart by priority, window, region or topic.",
        is_waivable=True,
    ),
    KnownCheck(
        "two_emergencies",
        WARNING,
        "Two emergencies alike but for their ids are open at once, and one of them never shows.",
        "End one of them, or say both in one notice.",
    ),
    KnownCheck("unknown_zone", ERROR, "A time zone is none.", "Use an IANA name, such as `Europe/Berlin`."),
    KnownCheck(
        "hours_in_utc",
        WARNING,
        "Hours that come back are read in UTC, because nobody named a zone.",
        "Name the zone whose clock they mean.",
    ),
    KnownCheck("invalid_election", ERROR, "An election contradicts itself.", "Mend its rounds, days or regions as the message says."),
)
