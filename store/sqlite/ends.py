"""Whether whoever had the file before let go of it properly: a mark beside it that only the last to close wipes away."""

import fcntl
import os
from pathlib import Path


class Ends:
    """Holds a shared lock on `<database>.open` while the file is in use; what is written there means that somebody ended uncleanly."""

    def __init__(self, database: Path) -> None:
        """Take the lock; `was_unclean` when nobody else has the file open and yet nobody wiped the mark away."""
        self._descriptor = os.open(database.with_name(f"{database.name}.open"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.was_unclean = self._alone() and os.fstat(self._descriptor).st_size > 0
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        if os.fstat(self._descriptor).st_size == 0:
            os.write(self._descriptor, b"open\n")

    def clean(self) -> None:
        """Let go; wipes the mark away where nobody else has the file open. May be called again."""
        if self._descriptor >= 0 and self._alone():
            os.ftruncate(self._descriptor, 0)
        self.leave()

    def leave(self) -> None:
        """Let go and leave the mark as it is, so that whoever opens the file next checks it. May be called again."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _alone(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
