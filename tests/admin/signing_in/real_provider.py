"""The certified `oidc-provider` in its own process at a moment that is handed in, and a browser made of aiohttp that signs in there."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp

from admin.outside import Outside
from admin.signing_in.openid_settings import Network, OpenIdSettings, way_to
from tests import npm

HERE = Path(__file__).parent / "npm"
NOW = datetime(2030, 6, 2, 12, tzinfo=UTC)
"""Later than any real clock: a browser drops cookies that have expired by its own."""
BACK = "http://localhost:8080/admin/sign-in/back"
BACK_IN_PRODUCTION = "https://signpost.example/admin/sign-in/back"
SECRET = "a secret: of the/client+50%"


@dataclass(frozen=True)
class RealProvider:
    """A running provider."""

    issuer: str
    port: int
    stdin: IO[str]
    stdout: IO[str]

    def settings(self, **given: Any) -> OpenIdSettings:
        scopes = ("openid", "profile", "email", "groups")
        made = OpenIdSettings(self.issuer, "signpost", SECRET, BACK, scopes, network=Network.DEVELOPMENT)
        return replace(made, **given)

    def way(self, **given: Any) -> Outside:
        return replace(way_to(self.settings(), Outside()), **given)

    def rotate(self) -> None:
        """Give it new keys; the old ones are published no more."""
        self._say("rotate")

    def change(self, **given: Any) -> None:
        """Let it answer otherwise from now on; `given` is what provider.mjs takes."""
        self._say(json.dumps(given))

    def _say(self, line: str) -> None:
        self.stdin.write(f"{line}\n")
        self.stdin.flush()
        assert self.stdout.readline() == "done\n"


@contextmanager
def running(**given: Any) -> Iterator[RealProvider]:
    """A provider on a free port; `given` is what provider.mjs takes."""
    folder = npm.installed(HERE, "openid-provider", "an OpenID provider")
    shutil.copy(HERE / "provider.mjs", folder)
    asked = {"now": NOW.timestamp(), "groups": ["de-curators", "unknown"], "algorithm": "RS256", **given}
    command = [str(npm.node()), str(folder / "provider.mjs"), json.dumps(asked)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            told = json.loads(process.stdout.readline())
            yield RealProvider(told["issuer"], told["port"], process.stdin, process.stdout)
        finally:
            process.stdin.close()
            process.wait(timeout=10)


async def signed_in(url: str, **given: Any) -> Mapping[str, str]:
    """What the browser brings back: redirects are followed with cookies until the provider is left."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), **given) as browser:
        for _ in range(10):
            async with browser.get(url, allow_redirects=False) as response:
                assert response.status in {302, 303}, await response.text()
                url = urljoin(url, response.headers["Location"])
            if url.startswith((BACK, BACK_IN_PRODUCTION)):
                return dict(parse_qsl(urlsplit(url).query))
    raise AssertionError("The provider redirects without end.")


async def tokens(provider: RealProvider, code: str, verifier: str) -> Mapping[str, Any]:
    """The provider's own tokens, redeemed by hand."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": verifier}
    login = aiohttp.encode_basic_auth("signpost", "a+secret%3A+of+the%2Fclient%2B50%25")
    async with (
        aiohttp.ClientSession(headers={"Authorization": login}) as session,
        session.post(f"{provider.issuer}/token", data=form) as response,
    ):
        assert response.status == 200, await response.text()
        return await response.json()
