"""YAML text ↔ data, read as the packs are, and refused before anything is built where it nests too deep or multiplies itself."""

from enum import StrEnum
from typing import Any, Final

import yaml

from admin.packs.yaml_reading import PackLoader, parse_yaml
from admin.sheets.errors import SheetRefused

DEEPEST: Final = 32
_SPARED: Final = 10_000
"""What aliases (`*name`) may add to any file; beyond that they may double it, so that none blows up."""
_LETTERS: Final = 64
"""Letters of a text that weigh as much as a node."""


def read_yaml_text(text: str) -> Any:
    """The document of a text; raises SheetRefused with the line where it is wrong."""
    try:
        _check_events(text)
        return parse_yaml(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SheetRefused("malformed_yaml", f"The file is not YAML: {error.problem}.", line) from None
    except (yaml.YAMLError, ValueError, TypeError):
        raise SheetRefused("malformed_yaml", "The file is not YAML that can be read.") from None


def _check_events(text: str) -> None:
    """Count levels and what aliases add; the parser alone builds nothing, and the loader would overflow on a file that nests without end."""
    opened: list[tuple[str | None, int]] = []
    weights: dict[str, int] = {}
    told = added = 0
    for event in yaml.parse(text, Loader=PackLoader):
        told += 1
        if isinstance(event, yaml.ScalarEvent):
            told += len(event.value) // _LETTERS
            if event.anchor:
                weights[event.anchor] = 1 + len(event.value) // _LETTERS
        elif isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, told + added))
            if len(opened) > DEEPEST:
                raise SheetRefused("nested_too_deep", f"The file has more than {DEEPEST} levels.", _line(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            if anchor:
                weights[anchor] = told + added - before
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in weights:
                raise SheetRefused("malformed_yaml", "An alias (*name) stands for nothing before it, or for itself.", _line(event))
            added += weights[event.anchor]
            if added > told + _SPARED:
                raise SheetRefused("too_many_aliases", "Aliases (*name) would more than double the file; write it out.", _line(event))


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None


class _Dumper(yaml.CSafeDumper):
    """Codes are texts, and nothing is written as a reference to something else."""

    def ignore_aliases(self, _data: object) -> bool:
        """Write everything out."""
        return True


_Dumper.add_multi_representer(StrEnum, lambda dumper, code: dumper.represent_str(code.value))


def write_yaml_text(document: object) -> str:
    """The text of a document, in the order that it has."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
