"""The archive: what it holds and what it never holds; proven without any store, and any byte that is flipped is found and named."""

import gzip
import json
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.archive import Beginning, archive_lines, line_hash, line_of
from admin.archive_reading import prove_archive, prove_rows
from notices.documents import canonical_bytes
from notices.signing import TrustedKey
from review.access import Credentials
from review.proof_rows import Problem
from tests.curated import NOW, SIGNING_KEY, TRUSTED
from tests.proven import proven_store

BEGINNING = Beginning(NOW.isoformat(), 0, (), 1)
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, ...]:
    curated = proven_store(tmp_path_factory.mktemp("archive"))
    with curated.store.writing() as unit:
        unit.people.set_credentials("carla", Credentials("argon2-secret", "totp-secret", recovery=("recovery-secret",)))
    with curated.store.reading() as unit:
        beginning = Beginning(NOW.isoformat(), unit.journal.ever_written(), (_encoded(SIGNING_KEY.public_key()),), 1)
        made = tuple(archive_lines(beginning, unit.rows.all(), (SIGNING_KEY,)))
        again = tuple(archive_lines(beginning, unit.rows.all(), (SIGNING_KEY,)))
        assert prove_rows(unit.rows.all(), unit.journal.ever_written(), TRUSTED).problems == ()
    curated.store.close()
    assert made == again
    return made


def _encoded(key: Ed25519PublicKey) -> str:
    from notices.signing import encode_key

    return encode_key(TrustedKey(key))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.jsonl"


def told(file: Path, content: bytes, trusted=TRUSTED) -> list[str]:
    file.write_bytes(content)
    return [str(problem) for problem in prove_archive(file, trusted).problems]


def test_an_archive_is_proven_without_the_store(lines: tuple[bytes, ...], file: Path) -> None:
    assert told(file, b"".join(lines)) == []
    assert told(file, b"".join(lines), None) == []
    assert told(file, gzip.compress(b"".join(lines))) == []
    assert prove_archive(file, TRUSTED).summary == "4 releases, 45 documents, 3 published changes, 42 audit lines"


def test_it_holds_names_and_never_an_address_or_a_secret(lines: tuple[bytes, ...]) -> None:
    whole = b"".join(lines)
    assert b'"row":{"id":"carla","name":"Carla"}' in whole
    for never in (b"@signpost.example", b"argon2-secret", b"totp-secret", b"recovery-secret"):
        assert never not in whole


def test_each_line_is_json_that_any_tool_reads(lines: tuple[bytes, ...]) -> None:
    kinds = [json.loads(line)["kind"] for line in lines]
    assert list(dict.fromkeys(kinds)) == ["archive", "person", "release", "piece", "change", "edit", "approval", "comment", "audit", "end"]
    assert "נא לבדוק · โปรดตรวจสอบ".encode() in b"".join(lines)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_byte_that_is_flipped_is_found_and_its_line_is_named(lines: tuple[bytes, ...], tmp_path_factory, data) -> None:
    whole = bytearray(b"".join(lines))
    place = data.draw(st.integers(0, len(whole) - 1))
    number = whole[:place].count(b"\n") + 1
    whole[place] ^= data.draw(st.integers(1, 255))
    found = told(tmp_path_factory.getbasetemp() / "flipped.jsonl", bytes(whole))
    assert any(line.startswith((f"line {number}:", f"line {number} (")) for line in found), (number, found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**40) | st.text(max_size=5) | st.just("2026-10-20T12:00:00+00:00"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_line_instead_is_found_and_stops_nothing(lines: tuple[bytes, ...], tmp_path_factory, data) -> None:
    """Each line with its own hash in order, as somebody would write it who knows the format but has no key."""
    place = data.draw(st.integers(0, len(lines) - 2))
    document = json.loads(lines[place])
    inner, value = document["row"], data.draw(JSON)
    while isinstance(inner, dict | list) and inner:
        name = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        if not isinstance(inner[name], dict | list) or not inner[name] or data.draw(st.booleans()):
            if inner[name] == value and type(inner[name]) is type(value):
                return
            inner[name] = value
            break
        inner = inner[name]
    document["sha256"] = line_hash(document["kind"], document["row"])
    altered = [*lines[:place], canonical_bytes(document) + b"\n", *lines[place + 1 :]]
    found = told(tmp_path_factory.getbasetemp() / "rewritten.jsonl", b"".join(altered))
    assert "the archive: its lines are not those that were signed: some were altered, added or taken out" in found


def test_every_byte_of_a_small_archive_counts(file: Path) -> None:
    whole = b"".join(archive_lines(BEGINNING, (), (SIGNING_KEY,)))
    assert told(file, whole) == []
    for place in range(len(whole)):
        for flip in (1, 2, 4, 32, 128):
            altered = bytearray(whole)
            altered[place] ^= flip
            assert told(file, bytes(altered)), place


@pytest.mark.parametrize("place", [0, 1, 5, -2, -1], ids=["the first", "the second", "one", "the last but one", "the last"])
def test_a_line_that_is_missing_or_stands_elsewhere_is_found(lines: tuple[bytes, ...], file: Path, place: int) -> None:
    left = list(lines)
    taken = left.pop(place)
    assert told(file, b"".join(left))
    assert told(file, b"".join([*left, taken])) if taken is not lines[-1] else True
    assert told(file, b"".join([*lines, taken]))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzipped"])
def test_a_file_that_was_cut_short_is_found(lines: tuple[bytes, ...], file: Path, share: float, pack) -> None:
    whole = pack(b"".join(lines))
    assert any("missing" in line or "damaged" in line for line in told(file, whole[: int(len(whole) * share)]))


def test_who_writes_it_anew_cannot_sign_it(lines: tuple[bytes, ...], file: Path) -> None:
    from admin.archive_reading import _Reading

    rows = list(_Reading().rows(lines))
    forged = b"".join(archive_lines(BEGINNING, rows[:3], (OTHER,)))
    assert "the archive: no key that is trusted has signed it" in told(file, forged)
    assert "the archive: it has a signature by a key that is not known here" in told(file, forged)


def test_what_the_store_could_not_tell_stands_in_it(file: Path) -> None:
    whole = b"".join(archive_lines(BEGINNING, (Problem("row 3 of the table terms", "it cannot be read"),), (SIGNING_KEY,)))
    assert told(file, whole) == ["row 3 of the table terms: it cannot be read"]


NAN, SURROGATE = (
    b'{"kind":"piece","row":{"first_release":1,"hash":"","last_release":null,"piece":{"body":{"a":%s},"key":{"id":"a","kind":"term"}},"position":1}}\n'
    % odd
    for odd in (b"NaN", b'"\\ud800"')
)


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"null\n",
        b"[]\n",
        b'{"kind":"end"}\n',
        b'{"kind":[],"row":1}\n',
        b"\xff\n",
        b"[" * 100_000,
        b'{"kind":"moon","row":{}}\n',
        NAN,
        SURROGATE,
    ],
    ids=str,
)
def test_what_is_no_archive_is_told_and_breaks_nothing(file: Path, line: bytes) -> None:
    found = told(file, line)
    assert found[0] == "line 1: it cannot be read: it was damaged"
    assert "the archive: its last line is missing: it was cut short" in found


def test_an_archive_of_another_format_is_told(file: Path) -> None:
    lines = archive_lines(Beginning(NOW.isoformat(), 0, ("no key",), 2), (), (SIGNING_KEY,))
    assert told(file, b"".join(lines)) == [
        "line 1: it is of another format than this Signpost knows",
        "line 1: its public keys cannot be read",
    ]


def test_a_line_is_written_as_documented() -> None:
    assert (
        BytesIO(line_of(Problem("a", "ü"))).read()
        == (f'{{"kind":"problem","row":{{"what":"a","why":"ü"}},"sha256":"{json.loads(line_of(Problem("a", "ü")))["sha256"]}"}}\n').encode()
    )
