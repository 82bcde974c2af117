"""Passwords: which are taken, what is stored, and that nobody learns from the time it takes who exists."""

import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.signing_in import passwords
from admin.signing_in.errors import PasswordRefused
from admin.signing_in.passwords import check_new, common, hash_password, needs_rehash, normalised, verify, waste

GOOD = "four signs on a hill"
OWN = ("nila", "Nila Sharma-Østergård", "nila.sharma@example.org")


def refusal(password: str, own=OWN, **given) -> str | None:
    try:
        check_new(password, own, **given)
    except PasswordRefused as error:
        refused = error
    else:
        return None
    assert len(password) < 12 or password not in str(refused)
    return refused.code


@pytest.mark.parametrize(
    ("password", "code"),
    [
        (GOOD, None),
        ("twelve chars", None),
        ("eleven char", "password_too_short"),
        ("", "password_too_short"),
        ("zu\u0308rich wahl", "password_too_short"),
        ("a\u0301" * 5 + "wahlen 2029", None),
        ("मतदाता पंजीकरण", None),
        ("شعار الانتخابات", None),
        ("我们下周去山里看红叶吧好吗", None),
        ("😀🗳️🧭🏔️🚲🍵🎻🐝🌻⛵", None),
        ("word " * 60, "password_too_long"),
        ("wörter" * 1_000, "password_too_long"),
        ("a" + "\u0301\u0316" * 5_000, "password_too_long"),
        ("".join(map(chr, range(0x4E00, 0x4F00))), None),
        ("".join(map(chr, range(0x4E00, 0x4F01))), "password_too_long"),
        ("ab cdefghijkl \ud800", "password_characters"),
        ("not assigned \u0378", "password_characters"),
        ("aaaaaaaaaaaaa", "password_repeats"),
        ("hunter2hunter2hunter2", "password_repeats"),
        ("four signs four signs ", "password_repeats"),
        (f"{GOOD}{GOOD}", None),
        ("QwertyUIOP123", "password_common"),
        ("michaeljackson", "password_common"),
        ("Nila.Sharma@Example.org", "password_personal"),
        ("nila.sharma-2029!", "password_personal"),
        ("nila sharma ØSTERGÅRD", "password_personal"),
        ("2029-nila-2029", "password_personal"),
        ("Signpost!12345", "password_personal"),
        ("nila sharma's old red bicycle", None),
    ],
    ids=ascii,
)  # fmt: skip
def test_a_new_password_is_taken_or_refused_with_its_reason(password: str, code: str | None) -> None:
    assert refusal(password) == code


def test_a_password_without_a_second_factor_may_be_asked_to_be_longer() -> None:
    assert refusal("twelve chars", shortest=passwords.SHORTEST_ALONE) == "password_too_short"
    assert refusal(GOOD, shortest=passwords.SHORTEST_ALONE) is None


def test_the_list_of_common_ones_holds_only_what_no_other_rule_refuses() -> None:
    assert len(common()) > 250
    assert {refusal(password, ()) for password in common()} == {"password_common"}
    assert all(password == password.casefold() for password in common())


def test_what_is_stored_is_argon2id_as_owasp_asks_with_its_own_salt() -> None:
    first, second = hash_password(GOOD), hash_password(GOOD)
    assert first != second
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert GOOD not in first
    assert verify(GOOD, first)
    assert not verify(f"{GOOD}.", first)
    assert not verify("", first)


def test_the_same_keys_on_another_system_are_the_same_password() -> None:
    stored = hash_password("Zürich İzmir Ångström")
    assert verify(unicodedata.normalize("NFD", "Zürich İzmir Ångström"), stored)
    assert not verify("Zurich Izmir Angstrom", stored)


@pytest.mark.parametrize("password", ["x" * 257, "x" * 1_000_000, "half \ud83d pair"], ids=["long", "very long", "surrogate"])
def test_what_cannot_be_hashed_is_refused_before_hashing_and_never_verifies(password: str) -> None:
    with pytest.raises(PasswordRefused):
        hash_password(password)
    assert verify(password, hash_password(GOOD)) is False
    assert verify(password, None) is False


def test_nobody_is_as_much_work_as_somebody() -> None:
    assert extract_parameters(passwords._NOBODY) == extract_parameters(hash_password(GOOD))
    assert not needs_rehash(passwords._NOBODY)
    assert verify(GOOD, None) is False
    assert verify(GOOD, "") is False
    waste(GOOD)


def test_a_hash_with_weaker_parameters_still_verifies_and_is_to_be_made_anew() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1, type=Type.ID).hash(GOOD)
    assert verify(GOOD, weak)
    assert needs_rehash(weak)
    assert not needs_rehash(hash_password(GOOD))


def test_a_stored_text_that_is_no_hash_is_an_error_and_no_answer() -> None:
    with pytest.raises(ValueError):
        verify(GOOD, "plain text")


@given(st.text(max_size=80))
@settings(deadline=None)
def test_normalising_twice_changes_nothing_and_refusals_are_the_only_errors(password: str) -> None:
    code = refusal(password)
    if code not in {"password_characters", "password_too_long"}:
        once = normalised(password)
        assert normalised(once) == once
        assert refusal(once) == code
