"""Digest, signatures, and what is refused."""

import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from notices.documents import canonical_bytes, from_document, to_document
from notices.errors import InvalidDocument, UntrustedRelease
from notices.live import Live, Serving
from notices.release import Release
from notices.signing import SignedRelease, TrustedKey, from_envelope, sign, to_envelope


def test_a_release_is_the_same_after_a_round_trip_through_json(signed_starter: SignedRelease, signing_key: Ed25519PrivateKey) -> None:
    assert from_envelope(to_envelope(signed_starter), (TrustedKey(signing_key.public_key()),)) == signed_starter


def test_the_same_packs_give_the_same_digest(signed_starter: SignedRelease, signing_key: Ed25519PrivateKey) -> None:
    document = to_document(signed_starter.release)
    assert sign(from_document(document, Release), (signing_key,)).digest == signed_starter.digest


def _altered(envelope: dict[str, Any], what: str) -> dict[str, Any]:
    changed = copy.deepcopy(envelope)
    match what:
        case "a word":
            changed["release"]["notices"][0]["wordings"]["en"]["title"] += "!"
        case "the number":
            changed["release"]["number"] = 2
        case "the digest":
            changed["digest"] = "sha256:" + "0" * 64
        case "no signature":
            changed["signatures"] = []
        case "the algorithm":
            changed["signatures"][0]["algorithm"] = "none"
        case "the signature":
            changed["signatures"][0]["value"] = "AAAA"
    return changed


@pytest.mark.parametrize("what", ["a word", "the number", "the digest", "no signature", "the algorithm", "the signature"])
def test_an_altered_or_unsigned_release_is_refused(signed_starter: SignedRelease, signing_key: Ed25519PrivateKey, what: str) -> None:
    with pytest.raises(UntrustedRelease):
        from_envelope(_altered(to_envelope(signed_starter), what), (TrustedKey(signing_key.public_key()),))


def test_a_release_signed_by_a_stranger_is_refused(signed_starter: SignedRelease) -> None:
    with pytest.raises(UntrustedRelease):
        from_envelope(to_envelope(signed_starter), (TrustedKey(Ed25519PrivateKey.generate().public_key()),))


@pytest.mark.parametrize("envelope", [{}, {"release": {}}, {"release": [], "digest": 1, "signatures": [{}]}])
def test_what_is_no_release_is_an_invalid_document(envelope: dict[str, Any], signing_key: Ed25519PrivateKey) -> None:
    with pytest.raises((InvalidDocument, UntrustedRelease)):
        from_envelope(envelope, (TrustedKey(signing_key.public_key()),))


def test_canonical_json_sorts_keys_and_keeps_text() -> None:
    assert canonical_bytes({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


def test_an_older_release_is_never_served_again(starter: Live) -> None:
    from dataclasses import replace

    serving = Serving()
    serving.offer(replace(starter, release=replace(starter.release, number=2)))
    with pytest.raises(UntrustedRelease):
        serving.offer(starter)
