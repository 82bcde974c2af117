"""Style sheets, scripts and pictures: read once, served from memory under an address that changes with their content; no pages."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from web.errors import NotFound
from web.routes import Access, route

STATIC: Final = Path(__file__).parent / "static"
YEAR_SECONDS: Final = 31_536_000
HOUR_SECONDS: Final = 3600
TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, media type and the hash that names this version of it."""

    content: bytes
    media_type: str
    version: str


class Assets:
    """All files of the static folder, by name."""

    def __init__(self, folder: Path = STATIC) -> None:
        """Read the folder; what is not a style sheet, script or drawing is left out."""
        self.by_name = {path.name: _asset(path) for path in sorted(folder.iterdir()) if path.suffix in TYPES}

    def address(self, name: str) -> str:
        """The path of this version of a file; raises KeyError for a file that is not there."""
        return f"/static/{name}?v={self.by_name[name].version}"


class StaticFiles:
    """Serves the assets."""

    def __init__(self, assets: Assets) -> None:
        """Serve these."""
        self._assets = assets

    @route("GET", "/static/{name}", access=Access.PUBLIC, summary="A style sheet, script or drawing", is_documented=False)
    async def static_file(self, request: web.Request) -> web.StreamResponse:
        """One file: kept for a year under the address of its version, for an hour under the plain one that other sites embed."""
        asset = self._assets.by_name.get(request.match_info["name"])
        if asset is None:
            raise NotFound("unknown_path", "There is nothing at this path.")
        tag = f'"{asset.version}"'
        is_version = request.query.get("v") == asset.version
        headers = {
            "Cache-Control": f"public, max-age={YEAR_SECONDS}, immutable" if is_version else f"public, max-age={HOUR_SECONDS}",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "ETag": tag,
            "X-Content-Type-Options": "nosniff",
        }
        if tag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        return web.Response(body=asset.content, content_type=asset.media_type, charset="utf-8", headers=headers)


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, TYPES[path.suffix], hashlib.sha256(content).hexdigest()[:16])
