"""What can go wrong with the emergency stop; plain exceptions that know no HTTP."""

from admin.errors import AdminError


class StopsUnreadable(AdminError):
    """The stops file is there but cannot be read, or does not hold what it should; the sentence says what is wrong, and where."""

    code = "stops_unreadable"


class StopsMissing(AdminError):
    """The stops file is gone although stops are in force."""

    code = "stops_missing"


class StopsNotWritten(AdminError):
    """The stops file could not be written: nothing was set or lifted."""

    code = "stops_not_written"


class UnknownTarget(AdminError):
    """A stop names something that the release does not have; `suggestion` is what may have been meant."""

    code = "unknown_target"

    def __init__(self, message: str, suggestion: str | None = None) -> None:
        """Keep the suggestion beside the sentence."""
        super().__init__(message)
        self.suggestion = suggestion
