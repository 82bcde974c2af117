"""A release as a folder of packs, exactly as reading reads them: the same release gives the same bytes. Bringing packs back is for importing."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from admin.errors import CannotPack, PackError
from admin.packs.reading import read_starter, write_real_words
from admin.packs.writing_tables import region_files, rule_files
from admin.packs.writing_yaml import grouped_files, keyword_files, notice_files, yaml_bytes
from keywords.lists import RealWords
from notices.documents import Document, from_document, to_document
from notices.release import Release
from review.assembly import pieces_of
from review.pieces import Kind, Piece, plain_document

OWNED: Final = (
    "pack.yaml", "regions/*.csv", "regions/names/subdivisions.csv", "centers/*.yaml", "elections/*.yaml", "polling_hours.csv", "silence.csv",
    "keywords/*/*.yaml", "notices/*.yaml", "campaigns/*.yaml", "words/common.txt", "words/rare.txt", "rolls/*.yaml", "waivers.yaml",
)  # fmt: skip
"""What reading looks at, and what writing therefore replaces; anything else in the folder stays as it is."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What writing did: files that were written because they differ, files that went, and how many were as they are."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_packs(release: Release, folder: Path) -> Packed:
    """Let the folder hold the release; raises CannotPack where packs could not give back the same pieces, before anything is touched."""
    document = plain_document(to_document(release))
    files = dict(pack_files(document))
    _check_same(document, files)
    known = {path.relative_to(folder).as_posix() for pattern in OWNED for path in folder.glob(pattern)}
    written = tuple(name for name, content in files.items() if name not in known or (folder / name).read_bytes() != content)
    for name in written:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    removed = tuple(sorted(known - files.keys()))
    for name in removed:
        (folder / name).unlink()
    return Packed(written, removed, len(files) - len(written))


def pack_files(release: Document) -> Iterator[tuple[str, bytes]]:
    """Every file of a release's packs by its path."""
    settings = {name: release[name] for name in ("made_at", "season_days", "link_hosts")}
    yield "pack.yaml", yaml_bytes(settings)
    yield from region_files(release["regions"])
    yield from rule_files(release.get("polling_hours", ()), release["silence"])
    documents = [*keyword_files(release["lists"]), *notice_files(release["notices"])]
    for field in ("centers", "elections", "campaigns", "rolls"):
        documents += grouped_files(field, release.get(field, ()))
    if release.get("waivers"):
        documents.append(("waivers.yaml", {"waivers": release["waivers"]}))
    for name, document in documents:
        yield name, yaml_bytes(document)
    yield from _words(release.get("real_words", {}))


def packed_pieces(release: Document) -> dict[str, Piece]:
    """What packs hold of a release, by key; whether it is a starter they do not say."""
    return {str(piece.key): piece for piece in pieces_of(release) if piece.key.kind is not Kind.SETTINGS}


def _words(document: Document) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "words"
        write_real_words(from_document(document, RealWords), folder)
        for path in sorted(folder.iterdir()):
            yield f"words/{path.name}", path.read_bytes()


def _check_same(release: Document, files: Mapping[str, bytes]) -> None:
    """Read the files back, somewhere else, and raise CannotPack unless they give the same pieces."""
    with tempfile.TemporaryDirectory() as name:
        for path, content in files.items():
            file = Path(name) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        try:
            back = plain_document(to_document(read_starter(Path(name))))
        except PackError as error:
            raise CannotPack(f"The release cannot be written as packs: {str(error).removeprefix(f'{name}/')}") from None
    before, after = packed_pieces(release), packed_pieces(back)
    differing = sorted(key for key in before.keys() | after.keys() if key not in before or key not in after or before[key] != after[key])
    if differing or any(release[field] != back[field] for field in ("season_days", "link_hosts")):
        what = ", ".join(differing[:3]) or "what holds for all"
        raise CannotPack(f"The release cannot be written as packs without loss: {what}.")
