"""What many tests share: the starter release compiled once, an application over it, a client, a clock that stands still."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings as hypothesis_settings
from pytest_aiohttp.plugin import AiohttpClient

from admin.engine import is_compiled
from admin.errors import EngineOutdated
from admin.packs.reading import read_starter
from admin.settings import Settings
from notices.live import Live, Serving, compile_release
from notices.signing import SignedRelease, sign
from server import make_app

hypothesis_settings.register_profile("same_cases", derandomize=True)
if os.environ.get("CI"):
    hypothesis_settings.load_profile("same_cases")  # a build says the same of the same commit; at a desk every run tries others


def pytest_configure() -> None:
    """Refuse to test an engine that was compiled from other code."""
    try:
        is_compiled()
    except EngineOutdated as error:
        raise pytest.UsageError(str(error)) from error


CHECKOUT = Path(__file__).parent.parent
NOT_SOURCES = shutil.ignore_patterns("*.so", "__pycache__")
"""What a copy of a room leaves behind, so that it runs as Python."""
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(scope="session")
def signed_starter(signing_key: Ed25519PrivateKey) -> SignedRelease:
    return sign(read_starter(CHECKOUT / "packs"), (signing_key,))


@pytest.fixture(scope="session")
def starter(signed_starter: SignedRelease) -> Live:
    return compile_release(signed_starter)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture
def serving(starter: Live) -> Serving:
    made = Serving()
    made.offer(starter)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url="https://signpost.example", database=tmp_path / "signpost.db")


@pytest.fixture
def app(settings: Settings, serving: Serving, clock: Callable[[], datetime]) -> web.Application:
    return make_app(settings, serving, clock)


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, app: web.Application):
    return await aiohttp_client(app)
