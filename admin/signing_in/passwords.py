"""Passwords: which new ones are taken, how they are hashed and compared; not whose they are, nor how often somebody may try.

The rule is NIST SP 800-63B-4 §3.1.1: length counts, in code points; no rules of composition, no expiry; the whole password is compared with
those most used and with what is known of the person. Hashing and comparing take some 50 ms of a core and 19 MiB each **on purpose** and are
synchronous: run `hash_password`, `verify` and `waste` in an executor, never on the event loop; the interpreter's lock is free meanwhile.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerifyMismatchError

from admin.signing_in.errors import PasswordRefused

MEMORY: Final = 19_456
"""KiB; with the next two the first choice of the OWASP Password Storage Cheat Sheet, section "Argon2id": m=19456 (19 MiB), t=2, p=1."""
TIMES: Final = 2
LANES: Final = 1
SHORTEST: Final = 12
"""Code points; SP 800-63B-4 §3.1.1.2 asks for 8 where a second factor follows."""
SHORTEST_ALONE: Final = 15
"""Code points where a password is all that somebody shows, by the same paragraph: hand it to `check_new` for people without a second factor."""
LONGEST: Final = 256
LONGEST_TYPED: Final = 4 * LONGEST
"""Code points before normalising, which takes its time with endless accents."""
SERVICE: Final = "signpost"
"""A word that anybody would try here."""

_HASHER: Final = PasswordHasher(time_cost=TIMES, memory_cost=MEMORY, parallelism=LANES, type=Type.ID)
_NOBODY: Final = "$argon2id$v=19$m=19456,t=2,p=1$9BIGGrOFvShxZKNGp/gVlg$qcHPRFQKQjg9tLWG/4p0Ibt5h1t9Is+5CR3cYNgwbBA"
"""The hash, with the parameters above, of random bytes that were thrown away."""
_REPEATED: Final = re.compile(r"(.+?)\1+", re.DOTALL)
_UNKEEPABLE: Final = frozenset({"Cs", "Cn"})
"""Halves of surrogate pairs have no UTF-8; what is not assigned yet may normalise otherwise once it is (UAX 15 §12.1)."""


def normalised(password: str) -> str:
    """The password as it is hashed: in NFC, so that the same keys on two systems give the same bytes; raises PasswordRefused."""
    if len(password) > LONGEST_TYPED:
        raise _too_long()
    if any(unicodedata.category(character) in _UNKEEPABLE for character in password):
        raise PasswordRefused("password_characters", "The password holds a character that cannot be kept safely; leave it out.")
    composed = unicodedata.normalize("NFC", password)
    if len(composed) > LONGEST:
        raise _too_long()
    return composed


def check_new(password: str, own: Iterable[str] = (), shortest: int = SHORTEST) -> None:
    """Raise PasswordRefused unless somebody may choose this password; `own` are their id, name and email address."""
    chosen = normalised(password)
    if len(chosen) < shortest:
        raise PasswordRefused("password_too_short", f"The password is too short; take at least {shortest} characters, such as a few words.")
    repeated = _REPEATED.fullmatch(chosen)
    if repeated and len(repeated[1]) < SHORTEST:
        raise PasswordRefused("password_repeats", "The password is something short, repeated; take one that does not repeat itself.")
    if chosen.casefold() in common():
        raise PasswordRefused("password_common", "The password is one of those most used, which are tried first; take another.")
    if _shapes(chosen) & {shape for word in _known(own) for shape in _shapes(word)}:
        raise PasswordRefused("password_personal", "The password is your own name, id or email address, or this service's; take another.")


def hash_password(password: str) -> str:
    """The text to store, with its own salt and parameters; slow; raises PasswordRefused for what cannot be hashed, and checks no other rule."""
    return _HASHER.hash(normalised(password))


def verify(password: str, stored: str | None) -> bool:
    """Whether the password is the one whose hash is stored; slow, and as slow where nothing is: nobody learns who exists.

    What is too long or cannot be hashed is a plain no, at once, whoever is asked for. A stored text that is no hash raises ValueError.
    """
    try:
        typed = normalised(password)
    except PasswordRefused:
        return False
    try:
        return _HASHER.verify(stored or _NOBODY, typed) and bool(stored)
    except VerifyMismatchError:
        return False


def waste(password: str) -> None:
    """Spend the time that `verify` takes, for somebody who does not exist."""
    verify(password, None)


def needs_rehash(stored: str) -> bool:
    """Whether a stored hash was made with other parameters than today's: hash the password anew once it has been verified."""
    return _HASHER.check_needs_rehash(stored)


@cache
def common() -> frozenset[str]:
    """The most used passwords of at least the shortest length, in lower case."""
    text = files("admin.signing_in").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("# "))


def _too_long() -> PasswordRefused:
    return PasswordRefused("password_too_long", f"The password is too long; take at most {LONGEST} characters.")


def _known(own: Iterable[str]) -> Iterable[str]:
    """The words themselves, the name part of an address, and the service's own."""
    for word in own:
        yield word[:LONGEST]
        yield word[:LONGEST].partition("@")[0]
    yield SERVICE


def _shapes(text: str) -> set[str]:
    """What is left of a text without punctuation, and without digits too: `Ana.Lima-2026!` is `analima2026` and `analima`."""
    folded = unicodedata.normalize("NFC", text).casefold()
    kinds = [(character, unicodedata.category(character)[0]) for character in folded]
    return {"".join(character for character, kind in kinds if kind in kept) for kept in ("LMN", "LM")} - {""}
