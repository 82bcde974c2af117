"""Reading YAML as people mean it, with the file and line of whatever is wrong; nothing about what documents mean."""

import re
from pathlib import Path
from typing import Any

import yaml

from admin.errors import PackError

BOOL, NULL, INT, DAY = (f"tag:yaml.org,2002:{name}" for name in ("bool", "null", "int", "timestamp"))


class PackLoader(yaml.CSafeLoader):
    """PyYAML's C loader with YAML 1.2's plain words: `NO` is Norway and `20:00` a time of day; a key given twice is an error."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 -- PyYAML's own shape; filled below only

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 -- PyYAML's signature
        """Refuse a key given twice."""
        seen: set[object] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, "a key is given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


PackLoader.add_implicit_resolver(BOOL, re.compile(r"(true|false)$"), list("tf"))
PackLoader.add_implicit_resolver(NULL, re.compile(r"(~|null|)$"), ["~", "n", ""])
PackLoader.add_implicit_resolver(INT, re.compile(r"(0|-?[1-9][0-9]*)$"), list("-0123456789"))
PackLoader.add_implicit_resolver(DAY, re.compile(r"\d{4}-\d\d-\d\d$"), list("0123456789"))


def parse_yaml(text: str) -> Any:
    """The document of a text whose depth its giver vouches for; raises YAMLError, ValueError or TypeError where it is not YAML."""
    return yaml.load(text, Loader=PackLoader)  # noqa: S506 -- a safe loader with fewer plain words


def read_yaml(path: Path) -> Any:
    """The document of a file; raises PackError with the line where it is not YAML."""
    try:
        return parse_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackError("the file cannot be read", path) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise PackError(f"not YAML: {error.problem}", path, line) from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise PackError("not YAML or not UTF-8", path) from error


def read_rows(path: Path, name: str) -> list[dict[str, Any]]:
    """The one list of mappings, called `name`, that a document holds."""
    document = read_yaml(path)
    if not isinstance(document, dict) or set(document) != {name} or not isinstance(document[name], list):
        raise PackError(f"the file does not hold one list called {name}", path)
    rows: list[dict[str, Any]] = document[name]
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            raise PackError("a row must have fields with names", path, f"{name}/{number}")
    return rows
