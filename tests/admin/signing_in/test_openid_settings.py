"""Which providers may be set, and which addresses the way to them allows."""

from dataclasses import replace

import pytest

from admin.outside import Outside
from admin.settings import SettingsError
from admin.signing_in.openid_settings import Network, OpenIdSettings, is_company, is_this_machine, way_to

GOOD = OpenIdSettings("https://id.example/realms/one", "signpost", "the-secret", "https://signpost.example/admin/sign-in/back")


@pytest.mark.parametrize(
    "url",
    ["http://id.example", "http://localhost:9000", "https://", "id.example", "https://id.example?x=1", "https://id.example#x", "ftp://id.example",
     "https://user:pw@id.example", "https://id.example/ a", "https://id.example/\n", "https://ïd.example", "https://[::1", ""],
    ids=ascii,
)  # fmt: skip
def test_only_plain_https_addresses_may_be_set(url: str) -> None:
    for given in ({"issuer": url}, {"redirect_url": url}):
        with pytest.raises(SettingsError, match="must be an https address"):
            replace(GOOD, **given)


@pytest.mark.parametrize("given", [{"client_id": ""}, {"scopes": ("profile",)}, {"scopes": ()}], ids=str)
def test_what_openid_needs_must_be_there(given) -> None:
    with pytest.raises(SettingsError, match="client id"):
        replace(GOOD, **given)


@pytest.mark.parametrize("url", ["http://localhost:9000", "http://127.0.0.1", "http://[::1]:9000/x"])
def test_http_is_for_this_machine_in_development_only(url: str) -> None:
    assert replace(GOOD, issuer=url, network=Network.DEVELOPMENT).issuer == url
    for network in (Network.PUBLIC, Network.COMPANY):
        with pytest.raises(SettingsError):
            replace(GOOD, issuer=url, network=network)
    with pytest.raises(SettingsError):
        replace(GOOD, issuer="http://id.example", network=Network.DEVELOPMENT)


def test_the_secret_is_not_shown() -> None:
    assert "the-secret" not in repr(GOOD)


@pytest.mark.parametrize(
    ("address", "public", "company", "development"),
    [
        ("93.184.216.34", True, True, False),
        ("10.1.2.3", False, True, False),
        ("172.31.255.255", False, True, False),
        ("172.32.0.1", True, True, False),
        ("192.168.1.1", False, True, False),
        ("::ffff:192.168.1.1", False, True, False),
        ("fd12:3456::1", False, True, False),
        ("fd00:ec2::254", False, False, False),
        ("169.254.169.254", False, False, False),
        ("100.100.100.200", False, False, False),
        ("0.0.0.0", False, False, False),
        ("224.0.0.1", False, False, False),
        ("fe80::1%eth0", False, False, False),
        ("127.0.0.1", False, False, True),
        ("::1", False, False, True),
        ("nowhere", False, False, False),
    ],
)
def test_each_network_allows_its_own_addresses(address: str, *, public: bool, company: bool, development: bool) -> None:
    ways = {network: way_to(replace(GOOD, network=network), Outside()) for network in Network}
    assert [ways[network].allows(address) for network in Network] == [public, company, development]
    assert (is_company(address), is_this_machine(address)) == (company, development)
    assert [bool(ways[network].plain) for network in Network] == [False, False, True]
