"""What an import refuses; a plain exception that knows no HTTP."""

from collections.abc import Sequence

from admin.errors import AdminError
from admin.sheets.findings import Problem


class ImportRefused(AdminError):
    """A file cannot be brought in; `problems` are the first ones of it with their rows and columns, `problem_count` counts all."""

    code = "import_refused"

    def __init__(self, problems: Sequence[Problem], problem_count: int | None = None) -> None:
        """Keep the problems beside the sentence."""
        count = len(problems) if problem_count is None else problem_count
        super().__init__(f"The file has {count} {'problem' if count == 1 else 'problems'}; nothing of it was taken.")
        self.problems = tuple(problems)
        self.problem_count = count
