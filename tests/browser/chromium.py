"""Finds a Chromium for the tests: CHROMIUM, then `chromium` on PATH, then one from npm unpacked inside the checkout; else fails."""

import os
import shutil
import tarfile
from io import BytesIO
from pathlib import Path

import brotli

from tests import npm

HERE = Path(__file__).parent
CACHE = npm.CACHE / "chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-zygote",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> tuple[str, dict[str, str]]:
    """The browser's path and the environment it needs; Playwright's own Node.js needs a library that small systems lack."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(npm.node())
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if found:
        return found, {}
    if not (CACHE / "chromium").exists():
        _unpack()
    return str(CACHE / "chromium"), {"LD_LIBRARY_PATH": str(CACHE / "lib"), "FONTCONFIG_PATH": str(CACHE)}


def _unpack() -> None:
    """Install the npm package as locked and unpack its four archives; the folder appears whole or not at all."""
    work = CACHE.with_name("chromium.new")
    npm.install(HERE / "npm", work, "a Chromium")
    archives = work / "node_modules" / "@sparticuz" / "chromium" / "bin"
    (work / "chromium").write_bytes(brotli.decompress((archives / "chromium.br").read_bytes()))
    (work / "chromium").chmod(0o755)
    for name in ("al2023", "swiftshader", "fonts"):
        with tarfile.open(fileobj=BytesIO(brotli.decompress((archives / f"{name}.tar.br").read_bytes()))) as archive:
            archive.extractall(work, filter="data")
    for config in work.rglob("fonts.conf"):
        config.write_text(config.read_text(encoding="utf-8").replace("/tmp/fonts", str(CACHE / "fonts")), encoding="utf-8")  # noqa: S108
        if config.parent != work:
            shutil.copy(config, work / "fonts.conf")
    shutil.rmtree(work / "node_modules")
    shutil.rmtree(CACHE, ignore_errors=True)
    work.rename(CACHE)
