"""Files that are replaced whole, never changed in place; what is in them is for others to say."""

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, text: str, mode: int = 0o600) -> None:
    """Replace the file in one step, durable when this returns; a reader sees the old one or the new one. `mode` says who may read it.

    A process that is killed meanwhile may leave an unfinished file behind, under a name that `unfinished` finds.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=_prefix(file))
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            os.fchmod(descriptor, mode)
            out.write(text)
            out.flush()
            os.fsync(descriptor)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    directory = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def unfinished(file: Path) -> list[Path]:
    """What writers that were killed left behind; and what a living one is writing, so that only who is alone may remove it."""
    return [other for other in file.parent.iterdir() if other.name.startswith(_prefix(file))]


def _prefix(file: Path) -> str:
    return f".{file.name}-"
