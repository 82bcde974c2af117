"""Names by language read from two cells, the English one and the others as a JSON object; notices/elections_csv writes them."""

import json

from admin.sheets.rows import Row


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
