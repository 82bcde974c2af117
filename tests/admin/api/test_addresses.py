"""From which address a request comes: nobody but our own proxies is believed."""

import pytest
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from admin.api.addresses import address_of
from admin.settings import read_settings

PROXIES = "10.0.0.0/8, 2001:db8:1::/48"


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "expected"),
    [
        pytest.param("192.0.2.1", (), "", "192.0.2.1", id="nothing in front"),
        pytest.param("192.0.2.1", ("203.0.113.9",), "", "192.0.2.1", id="a header that nobody asked for"),
        pytest.param("192.0.2.1", ("203.0.113.9",), PROXIES, "192.0.2.1", id="a header of somebody who is no proxy of ours"),
        pytest.param("10.0.0.1", ("203.0.113.9",), PROXIES, "203.0.113.9", id="one proxy"),
        pytest.param("10.0.0.1", ("203.0.113.9, 10.2.3.4",), PROXIES, "203.0.113.9", id="two proxies"),
        pytest.param("10.0.0.1", ("203.0.113.9", "10.2.3.4"), PROXIES, "203.0.113.9", id="two headers"),
        pytest.param("10.0.0.1", ("198.51.100.7, 203.0.113.9",), PROXIES, "203.0.113.9", id="what the client made up stands left"),
        pytest.param("10.0.0.1", (), PROXIES, "10.0.0.1", id="no header"),
        pytest.param("10.0.0.1", ("10.9.9.9",), PROXIES, "10.9.9.9", id="nobody but proxies"),
        pytest.param("10.0.0.1", ("203.0.113.9, unknown",), PROXIES, "10.0.0.1", id="no address"),
        pytest.param("10.0.0.1", ("203.0.113.9, 10.1.1.1, _hidden, 10.2.2.2",), PROXIES, "10.2.2.2", id="no address between"),
        pytest.param("2001:db8:1::5", ("2001:db8:ffff::1",), PROXIES, "2001:db8:ffff::1", id="ipv6"),
        pytest.param("10.0.0.1", ("203.0.113.9," * 10_000 + "203.0.113.8",), PROXIES, "203.0.113.8", id="endless"),
    ],
)
def test_the_address_is_the_last_one_that_is_not_ours(peer: str, forwarded, proxies: str, expected: str) -> None:
    headers = CIMultiDict([("X-Forwarded-For", one) for one in forwarded])
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=peer)
    found = read_settings({"SIGNPOST_TRUSTED_PROXIES": proxies}).trusted_proxies
    assert address_of(request, found) == expected
