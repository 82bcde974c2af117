"""Which groups of a company's directory may what here, read from a JSON or YAML file; not who is in which group.

    {"groups": {"signpost-de-curators": [{"role": "curator", "region": "DE", "languages": ["de"]}]}}

Without `region` a grant is for the whole world, without `languages` for all of them. A group that the file does not name gives nothing.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from admin.errors import PackError
from admin.packs.yaml_reading import read_yaml
from admin.signing_in.errors import GroupsFileWrong
from elections.errors import UnknownRegion
from elections.places import WORLD, Places
from notices.errors import UnknownLanguage
from notices.languages import canonical
from review.people import Grant, Role
from web.body import parse_json
from web.errors import Malformed

FIELDS: Final = ("role", "region", "languages")


def read_groups(path: Path, places: Places) -> Mapping[str, tuple[Grant, ...]]:
    """Group → grants, with regions and languages in canonical form; raises GroupsFileWrong with the place of what is wrong."""
    document = _document(path)
    if not isinstance(document, dict) or set(document) != {"groups"} or not isinstance(document["groups"], dict):
        raise GroupsFileWrong('the file must hold one mapping called "groups", from group to a list of grants', path)
    found: dict[str, tuple[Grant, ...]] = {}
    for group, rows in document["groups"].items():
        if not isinstance(group, str) or not group:
            raise GroupsFileWrong("the name of a group must be a text; put it in quotation marks", path, "groups")
        place = f"groups/{group}"
        if not isinstance(rows, list) or not rows:
            raise GroupsFileWrong("a group needs a list of at least one grant", path, place)
        found[group] = tuple(_grant(row, places, path, f"{place}/{number}") for number, row in enumerate(rows))
    return MappingProxyType(found)


def grants_of(groups: Iterable[str], mapping: Mapping[str, tuple[Grant, ...]]) -> tuple[Grant, ...]:
    """What somebody in these groups may, each grant once; an unknown group gives nothing."""
    return tuple(dict.fromkeys(grant for group in groups for grant in mapping.get(group, ())))


def _document(path: Path) -> Any:
    try:
        return parse_json(path.read_bytes()) if path.suffix == ".json" else read_yaml(path)
    except OSError as error:
        raise GroupsFileWrong("the file cannot be read", path) from error
    except Malformed as error:
        raise GroupsFileWrong(f"not strict JSON: {error.detail}", path) from error
    except PackError as error:
        place = "" if error.place is None else str(error.place)
        raise GroupsFileWrong(str(error).partition(": ")[2], path, place) from error


def _grant(row: Any, places: Places, path: Path, place: str) -> Grant:
    if not isinstance(row, dict):
        raise GroupsFileWrong(f"a grant must have fields: {', '.join(FIELDS)}", path, place)
    unknown = sorted(str(name) for name in row if name not in FIELDS)
    if unknown:
        raise GroupsFileWrong(f"{unknown[0]} is not a field of a grant; there are {', '.join(FIELDS)}", path, place)
    role = row.get("role")
    if role not in list(Role):
        raise GroupsFileWrong(f"the role must be one of {', '.join(Role)}", path, f"{place}/role")
    return Grant(Role(role), _region(row, places, path, place), _languages(row, path, place))


def _region(row: Mapping[str, Any], places: Places, path: Path, place: str) -> str:
    code = row.get("region", WORLD)
    if not isinstance(code, str):
        raise GroupsFileWrong("the region must be a code in quotation marks, such as DE or US-TX", path, f"{place}/region")
    try:
        return places.resolve(code).code
    except UnknownRegion as error:
        meant = f"; did you mean {error.suggestion}?" if error.suggestion else ""
        raise GroupsFileWrong(f"{code} is not a region{meant}", path, f"{place}/region") from error


def _languages(row: Mapping[str, Any], path: Path, place: str) -> tuple[str, ...]:
    tags = row.get("languages", [])
    if not isinstance(tags, list) or ("languages" in row and not tags):
        raise GroupsFileWrong("languages must be a list of at least one; leave it out for all", path, f"{place}/languages")
    try:
        return tuple(dict.fromkeys(canonical(tag if isinstance(tag, str) else "") for tag in tags))
    except UnknownLanguage as error:
        raise GroupsFileWrong(f"a language is unknown: {error}", path, f"{place}/languages") from error
