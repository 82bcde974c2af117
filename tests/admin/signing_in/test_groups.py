"""The file that says which group may what: what it gives, and what it says of a mistake."""

import json
from pathlib import Path

import pytest

from admin.signing_in.errors import GroupsFileWrong
from admin.signing_in.groups import grants_of, read_groups
from elections.places import Places, Region, RegionKind
from review.people import Grant, Role

PLACES = Places.of([
    Region("001", RegionKind.WORLD, "World", None),
    Region("DE", RegionKind.COUNTRY, "Germany", "001", ("de",)),
    Region("GB", RegionKind.COUNTRY, "United Kingdom", "001", ("en",)),
    Region("US", RegionKind.COUNTRY, "United States", "001", ("en",)),
    Region("US-PR", RegionKind.TERRITORY, "Puerto Rico", "US", ("es", "en"), aliases=("PR",)),
])  # fmt: skip
GIVEN = {
    "groups": {
        "signpost-de-curators": [{"role": "curator", "region": "de", "languages": ["de", "iw"]}],
        "مراجعون": [{"role": "reviewer", "region": "PR"}, {"role": "viewer"}],
    }
}
EXPECTED = {
    "signpost-de-curators": (Grant(Role.CURATOR, "DE", ("de", "he")),),
    "مراجعون": (Grant(Role.REVIEWER, "US-PR"), Grant(Role.VIEWER, "001")),
}


def written(folder: Path, text: str, name: str = "groups.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_same_groups_come_from_json_and_yaml(tmp_path: Path) -> None:
    yaml = """
    groups:
      signpost-de-curators:
        - {role: curator, region: de, languages: [de, iw]}
      مراجعون:
        - role: reviewer
          region: PR
        - {role: viewer, region: 001}
    """
    assert read_groups(written(tmp_path, json.dumps(GIVEN, indent="\t"), "groups.json"), PLACES) == EXPECTED
    assert read_groups(written(tmp_path, yaml), PLACES) == EXPECTED


def test_somebody_gets_what_their_groups_give_each_once_and_nothing_for_unknown_ones() -> None:
    assert grants_of(["unknown"], EXPECTED) == ()
    assert grants_of([], EXPECTED) == ()
    assert grants_of(["مراجعون", "signpost-de-curators", "مراجعون"], EXPECTED) == (*EXPECTED["مراجعون"], *EXPECTED["signpost-de-curators"])


def grant(**fields) -> str:
    return json.dumps({"groups": {"g": [fields]}})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", 'the file must hold one mapping called "groups"'),
        ("{}", 'the file must hold one mapping called "groups"'),
        ('{"groups": {}, "more": 1}', 'the file must hold one mapping called "groups"'),
        ('{"groups": []}', 'the file must hold one mapping called "groups"'),
        ('{"groups": {"g": {"role": "admin"}}}', "groups/g: a group needs a list"),
        ('{"groups": {"g": []}}', "groups/g: a group needs a list"),
        ('{"groups": {"": [{"role": "admin"}]}}', "groups: the name of a group must be a text"),
        ('{"groups": {"g": ["admin"]}}', "groups/g/0: a grant must have fields: role, region, languages"),
        (grant(role="admin", regions=["DE"]), "groups/g/0: regions is not a field of a grant; there are role, region, languages"),
        (grant(region="DE"), "groups/g/0/role: the role must be one of viewer, curator, reviewer, admin"),
        (grant(role="owner"), "groups/g/0/role: the role must be one of"),
        (grant(role=["admin"]), "groups/g/0/role: the role must be one of"),
        (grant(role="admin", region="UK"), "groups/g/0/region: UK is not a region; did you mean GB?"),
        (grant(role="admin", region="Narnia"), "groups/g/0/region: Narnia is not a region"),
        (grant(role="admin", region=None), "groups/g/0/region: the region must be a code in quotation marks"),
        (grant(role="admin", region=1), "groups/g/0/region: the region must be a code in quotation marks"),
        (grant(role="admin", languages="de"), "groups/g/0/languages: languages must be a list"),
        (grant(role="admin", languages=[]), "groups/g/0/languages: languages must be a list"),
        (grant(role="admin", languages=["de", "xx"]), "groups/g/0/languages: a language is unknown: No such language is known."),
        (grant(role="admin", languages=[7]), "groups/g/0/languages: a language is unknown: This is not a BCP 47 language tag."),
    ],
)
@pytest.mark.parametrize("name", ["groups.json", "groups.yaml"])
def test_a_mistake_is_told_with_its_place(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = written(tmp_path, text, name)
    with pytest.raises(GroupsFileWrong) as error:
        read_groups(path, PLACES)
    assert str(error.value).startswith(f"{path}:")
    assert told in str(error.value)
    assert error.value.code == "invalid_groups_file"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("groups.json", '{"groups": {"g": [], "g": []}}', "not strict JSON: An object has the same key twice."),
        ("groups.json", "groups:", "not strict JSON"),
        ("groups.yaml", "groups:\n  g: [\n", ":3: not YAML"),
        ("groups.yaml", "groups:\n  g: []\n  g: []\n", ":3: not YAML: a key is given twice"),
        ("groups.yaml", "groups:\n  7: [{role: admin}]\n", "groups: the name of a group must be a text; put it in quotation marks"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(GroupsFileWrong) as error:
        read_groups(written(tmp_path, text, name), PLACES)
    assert told in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for name in ("nowhere.json", "nowhere.yaml"):
        with pytest.raises(GroupsFileWrong, match=f"{name}: the file cannot be read"):
            read_groups(tmp_path / name, PLACES)
