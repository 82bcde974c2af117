"""YAML text ↔ data, read as the packs are, and refused before anything is built where it nests too deep or multiplies itself."""

from enum import StrEnum
from typing import Any, Final

import yaml

from admin.packs.yaml_reading import PackLoader, parse_yaml
from admin.sheets.errors import SheetRefused

DEEPEST: Final = 32
MOST_ALIASES: Final = 100
"""References to something written elsewhere in the file; a few of them save typing, many of them blow a file up."""
_OPENS: Final = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSES: Final = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


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
    """Count levels and aliases; the parser alone builds nothing, and the loader would overflow on a file that nests without end."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=PackLoader):
        if isinstance(event, _OPENS):
            depth += 1
        elif isinstance(event, _CLOSES):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > DEEPEST:
            raise SheetRefused("nested_too_deep", f"The file has more than {DEEPEST} levels.", _line(event))
        if aliases > MOST_ALIASES:
            raise SheetRefused("too_many_aliases", f"The file has more than {MOST_ALIASES} aliases (*name).", _line(event))


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
