"""What is wrong with an address before anybody is asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.centers import Authority, Center, FactChecker, Slot
from elections.election import Confidence
from keywords.known_checks import Severity
from notices.link_checks import check_links, hosts_of, is_askable, links_of
from notices.notice import Image, Notice, NoticeKind, Wording
from tests.notices.small import live_with

RELEASE = replace(live_with([]).release, notices=(), link_hosts=("help.example",))
WORDS = {"en": Wording("How to vote", "Find out how.", "Open")}


def center(link: str, site: str = "https://vote.example", checker: str = "https://facts.example") -> Center:
    authority = Authority({"en": "A"}, site, ("en",), Confidence.HIGH)
    return Center("US", (authority,), {Slot.ELECTIONS: {"*": link}}, (FactChecker("F", checker, (), Confidence.HIGH),))


def codes(link: str) -> list[str]:
    return [finding.code for finding in check_links(replace(RELEASE, centers=(center(link),)))]


@pytest.mark.parametrize(
    "url",
    [
        "https://vote.gov",
        "https://www.vote.gov/where?state=tx&lang=es#dates",
        "https://vote.gov:443/",
        "https://vote.gov./",
        "https://bücher.example/",
        "https://xn--bcher-kva.example/",
        "https://選挙ガイド.example/",
        "https://избори.example/",
        "https://الانتخابات.example/",
        "https://मतदान.example/",
        "https://vote.example/a?q=utm&fbc=1",
        "https://vote.example/?source=utm_source",
    ],
)
def test_a_plain_address_is_fine(url: str) -> None:
    assert codes(url) == []
    assert is_askable(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://vote.example", ["link_not_https"]),
        ("javascript:alert(1)", ["link_not_https", "unsafe_link"]),
        ("//vote.example", ["link_not_https"]),
        ("vote.example", ["link_not_https", "unsafe_link"]),
        ("", ["link_not_https", "unsafe_link"]),
        ("https://[::1", ["link_not_https", "unsafe_link"]),
        ("https://vote.example:99999", ["link_not_https", "unsafe_link"]),
        ("https://", ["unsafe_link"]),
        ("https://user@vote.example", ["unsafe_link"]),
        ("https://vote.example:pw@evil.example", ["unsafe_link"]),
        ("https://@vote.example", ["unsafe_link"]),
        ("https://127.0.0.1/", ["unsafe_link"]),
        ("https://[::1]/", ["unsafe_link"]),
        ("https://[fe80::1%25eth0]/", ["unsafe_link"]),
        ("https://93.184.216.34/", ["unsafe_link"]),
        ("https://2130706433/", ["unsafe_link"]),
        ("https://0x7f.1/", ["unsafe_link"]),
        ("https://127.1/", ["unsafe_link"]),
        ("https://169.254.169.254./", ["unsafe_link"]),
        ("https://vote.example:8443/", ["unsafe_link"]),
        ("https://localhost/", ["unsafe_link"]),
        ("https://printer.local/", ["unsafe_link"]),
        ("https://evil.example\\.vote.example/", ["unsafe_link"]),
        ("https://vote.example/a b", ["unsafe_link"]),
        ("https://vote.example/\u0007", ["unsafe_link"]),
        ("https://vote.exa\nmple/", ["unsafe_link"]),
        ("https://vote.example/?utm_source=x", ["tracking_link"]),
        ("https://vote.example/?a=1&UTM_Campaign=x", ["tracking_link"]),
        ("https://vote.example/?%75tm_source=x", ["tracking_link"]),
        ("https://vote.example/?fbclid", ["tracking_link"]),
        ("https://vote.example/?gclid=1", ["tracking_link"]),
        ("https://vote.example/#utm_medium=x", ["tracking_link"]),
        ("https://vote.example/#/page?mc_eid=x", ["tracking_link"]),
        ("https://vоte.example/", ["lookalike_host"]),
        ("https://аррӏе.example/", ["lookalike_host"]),
        ("https://xn--80ak6aa92e.example/", ["lookalike_host"]),
        ("https://xn--a-.example/", ["lookalike_host"]),
        ("https://wahlα.example/", ["lookalike_host"]),
    ],
)
def test_an_address_that_is_not_is_told(url: str, expected: list[str]) -> None:
    assert codes(url) == expected
    assert is_askable(url) is (expected in (["tracking_link"], ["lookalike_host"]))


def test_an_organisation_s_own_site_without_https_is_a_warning() -> None:
    sites = center("https://vote.example", "http://vote.example", "http://facts.example")
    found = list(check_links(replace(RELEASE, centers=(sites,))))
    assert [(one.severity, one.code, one.place) for one in found] == [(Severity.WARNING, "link_not_https", "center US")] * 2


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://help.example/a", []),
        ("https://HELP.example/a", []),
        ("https://help.example.evil.example/", ["link_not_allowed"]),
        ("https://sub.help.example/", ["link_not_allowed"]),
        ("http://help.example/", ["link_not_allowed"]),
        ("https://help.example@evil.example/", ["link_not_allowed", "unsafe_link"]),
        ("https://evil.example\\@help.example/", ["unsafe_link"]),
        ("https://[", ["link_not_allowed", "unsafe_link"]),
    ],
)
def test_a_notice_and_its_image_lead_to_the_allow_list_only(url: str, expected: list[str]) -> None:
    linked = Notice("n", NoticeKind.CUSTOM, WORDS, action=url)
    pictured = Notice("n", NoticeKind.CUSTOM, WORDS, image=Image(url, {"en": "A box"}))
    for notice in (linked, pictured):
        assert [finding.code for finding in check_links(replace(RELEASE, notices=(notice,)))] == expected


def test_every_address_is_listed_with_its_place_and_host() -> None:
    linked = Notice("n", NoticeKind.CUSTOM, WORDS, action="https://help.example/a", image=Image("https://img.example/a.png", {}))
    release = replace(RELEASE, notices=(linked,), centers=(center("https://vote.example/where"),))
    assert [(link.url, link.place) for link in links_of(release)] == [
        ("https://help.example/a", "notice n"),
        ("https://img.example/a.png", "notice n"),
        ("https://vote.example/where", "center US"),
        ("https://vote.example", "center US"),
        ("https://facts.example", "center US"),
    ]
    assert hosts_of(release) == {"help.example", "img.example", "vote.example", "facts.example"}


@given(st.one_of(st.text(), st.text().map("https://{}".format), st.from_regex(r"https://[\w.@:%\[\]\\-]+(/[?#&=%\w]*)?", fullmatch=True)))
def test_no_text_whatever_is_too_odd_to_be_judged(url: str) -> None:
    notice = Notice("n", NoticeKind.CUSTOM, WORDS, action=url)
    release = replace(RELEASE, notices=(notice,), centers=(center(url),))
    list(check_links(release))
    hosts_of(release)
    is_askable(url)
