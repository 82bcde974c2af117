"""What can go wrong with a file as a whole; what is wrong in one of its rows is a finding (see findings)."""

from admin.errors import AdminError


class SheetRefused(AdminError):
    """A file cannot be read any further; `code` says why, `row` and `column` where that is known."""

    code = "sheet_refused"

    def __init__(self, code: str, message: str, row: int | None = None, column: str | None = None) -> None:
        """Keep the place beside the sentence."""
        super().__init__(message)
        self.code = code
        self.row = row
        self.column = column


class CannotWrite(AdminError):
    """Values cannot be written in a format without losing something; `code` says what, the sentence what to do."""

    code = "cannot_write"

    def __init__(self, code: str, message: str) -> None:
        """Keep the code of this refusal."""
        super().__init__(message)
        self.code = code
