"""How a page becomes a response: templates, content security policy, ETag and cache lifetime; not what any page says."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notices.assets import Assets
from notices.languages import direction, language_name

TEMPLATES: Final = Path(__file__).parent / "templates"
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PAGE_SECONDS: Final = 60


class Renderer:
    """Every template, compiled when made, with the addresses of the site and its assets built in."""

    def __init__(self, public_url: str, assets: Assets, folder: Path = TEMPLATES) -> None:
        """Compile all templates; `public_url` is where the world sees this service, maybe with a path."""
        self.public_url = public_url.rstrip("/")
        self.root = urlsplit(self.public_url).path.rstrip("/")
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(
            root=self.root, asset=lambda name: f"{self.root}{assets.address(name)}", direction=direction, language_name=language_name
        )
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    def render(self, name: str, values: Mapping[str, object]) -> bytes:
        """The page in UTF-8."""
        return self._environment.get_template(name).render(values).encode()


def page(request: web.Request, html: bytes, language: str, *, max_age: int = PAGE_SECONDS, status: int = 200) -> web.Response:
    """The page as a response that caches may keep for `max_age` seconds (0: nobody keeps it), or 304 when the client has it already."""
    tag = f'"{hashlib.sha256(html).hexdigest()[:32]}"'
    headers = {
        "Content-Language": language,
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Cache-Control": f"public, max-age={max_age}" if max_age else "no-store",
        "Vary": "Accept, Accept-Language",
    }
    if max_age:
        headers["ETag"] = tag
        if has_already(request, tag):
            return web.Response(status=304, headers=headers)
    return web.Response(status=status, body=html, content_type="text/html", charset="utf-8", headers=headers)


def has_already(request: web.Request, tag: str) -> bool:
    """Whether If-None-Match names this entity tag, or any."""
    given = request.headers.get("If-None-Match", "")
    return given.strip() == "*" or tag in {part.strip().removeprefix("W/") for part in given.split(",")}
