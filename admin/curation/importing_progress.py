"""How far an import is, told by the process that does it in a small file, and read by the one that is asked. Not what is done."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

SECONDS_BETWEEN: Final = 0.2


@dataclass(frozen=True, slots=True)
class Step:
    """The step that is under way, what is done of it, and how much there is."""

    name: str = "waiting"
    done: int = 0
    total: int = 0


class Progress:
    """Writes the file, some times a second at most."""

    def __init__(self, file: Path) -> None:
        """The file is made by whoever asks, and taken away by them."""
        self._file = file
        self._name = ""
        self._told_at = 0.0

    def tell(self, name: str, done: int, total: int) -> None:
        """See importing.Tell."""
        now = perf_counter()
        if name != self._name or done == total or now - self._told_at >= SECONDS_BETWEEN:
            self._name, self._told_at = name, now
            self._file.write_text(f"{name} {done} {total}", encoding="ascii")


def read_progress(file: Path, before: Step) -> Step:
    """What the file says; what was known before where it is just being written, or gone."""
    try:
        name, done, total = file.read_text(encoding="ascii").split()
        return Step(name, int(done), int(total))
    except (OSError, ValueError):
        return before
