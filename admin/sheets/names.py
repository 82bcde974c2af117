"""Names by language in two cells: the English one, and the others as a JSON object."""

import json
from collections.abc import Mapping

from admin.sheets.rows import Row


def names_cells(names: Mapping[str, str]) -> dict[str, str]:
    """The cells `name` and `other_names`."""
    others = {language: name for language, name in names.items() if language != "en" or not name}
    return {"name": names.get("en", ""), "other_names": json.dumps(others, ensure_ascii=False) if others else ""}


def names_of(row: Row) -> dict[str, str]:
    """The names of a row."""
    english = row.prose("name")
    return ({"en": english} if english else {}) | _others(row)


def _others(row: Row) -> dict[str, str]:
    said = row.prose("other_names").strip()
    try:
        names = json.loads(said) if said else {}
    except (ValueError, RecursionError):
        names = None
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        row.problem("other_names", "bad_names", 'Other names are a JSON object by language, such as {"es": "…"}.')
        return {}
    return names
