"""What review refuses; plain exceptions that know no HTTP."""

from typing import Any


class ReviewError(Exception):
    """Base of this room's errors; `code` is stable, the message is one sentence."""

    code = "review_error"


class NotAllowed(ReviewError):
    """The actor's grants do not reach this far; `role` is the one it would take, for which region and language."""

    code = "not_allowed"

    def __init__(self, role: str, region: str, language: str | None = None) -> None:
        """Say what is missing, so that somebody can be asked for it."""
        what = f" in {language}" if language else ""
        super().__init__(f"This needs the role {role} for {region}{what}.")
        self.role, self.region, self.language = role, region, language


class FourEyes(ReviewError):
    """Whoever wrote any revision of a change cannot approve it, and nobody approves or lifts twice."""

    code = "four_eyes"


class MoveNotAllowed(ReviewError):
    """A change in this state does not take this move."""

    code = "move_not_allowed"


class Unknown(ReviewError):
    """There is nothing with this id."""

    code = "unknown"


class Stale(ReviewError):
    """What was to be edited has moved on since it was read."""

    code = "stale"


class Conflicting(ReviewError):
    """A change touches what was published differently since; `conflicts` holds both sides."""

    code = "conflict"

    def __init__(self, message: str, conflicts: tuple[Any, ...] = ()) -> None:
        """Keep both sides beside the sentence."""
        super().__init__(message)
        self.conflicts = conflicts

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each conflict as a code and a sentence."""
        return tuple((self.code, f"The {one.key} was published differently since.") for one in self.conflicts)


class Blocked(ReviewError):
    """Checks that gate publishing find errors; `findings` are they."""

    code = "checks_failed"

    def __init__(self, findings: tuple[Any, ...]) -> None:
        """Keep the findings beside the sentence."""
        super().__init__(f"{len(findings)} {'check blocks' if len(findings) == 1 else 'checks block'} publishing this.")
        self.findings = findings

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each finding as a code and a sentence, what to do included."""
        return tuple((one.code, f"{one.place}: {one.message} {one.hint}".strip()) for one in self.findings)


class NotAPiece(ReviewError):
    """A document cannot be kept under this key: it is about something else."""

    code = "wrong_id"
