"""The settings, as one value read from an environment that is handed in; each has a default that is safe on a laptop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from admin.errors import AdminError

PREFIX: Final = "SIGNPOST_"
CHECKOUT: Final = Path(__file__).resolve().parent.parent
SQLITE: Final = "sqlite:///"
HIGHEST_PORT: Final = 65535


class SettingsError(AdminError):
    """One or more settings are wrong; the sentence names each, and what it may be."""

    code = "bad_settings"


class Mode(StrEnum):
    """Development trusts its own key and explains to anybody; production refuses a starter release and asks for pinned keys."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations."""

    mode: Mode = Mode.DEVELOPMENT
    host: str = "127.0.0.1"
    port: int = 8080
    database: Path = CHECKOUT / "var" / "signpost.db"
    public_url: str = ""
    signing_key_file: tuple[Path, ...] = ()
    trusted_keys: tuple[str, ...] = ()
    allow_drafts: bool = False
    log_level: str = "info"
    max_connections: int = 1_000
    packs: Path = CHECKOUT / "packs"
    democracy_works_key: str = field(default="", repr=False)
    democracy_works_key_file: Path | None = None
    google_civic_key: str = field(default="", repr=False)
    google_civic_key_file: Path | None = None

    @property
    def url(self) -> str:
        """Where hosted pages live, without a slash at the end."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def release_file(self) -> Path:
        """The last verified release, beside the database."""
        return self.database.with_suffix(".release.json")

    @property
    def stops_file(self) -> Path:
        """What is stopped at once, beside the database, whatever the state of that."""
        return self.database.with_suffix(".stops.json")

    @property
    def democracy_works_cache(self) -> Path:
        """What was last fetched from Democracy Works, beside the database."""
        return self.database.parent / "democracy-works.cache.json"

    @property
    def key_files(self) -> tuple[Path, ...]:
        """The signing keys: those that are set, or in development one beside the database."""
        return self.signing_key_file or (self.database.parent / "signing-key.pem",)

    @property
    def is_development(self) -> bool:
        """Whether this runs for its developers only."""
        return self.mode is Mode.DEVELOPMENT


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= HIGHEST_PORT:
        raise ValueError
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError
    return int(text)


def _truth(text: str) -> bool:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]


def _database(text: str) -> Path:
    if not text.startswith(SQLITE) or len(text) == len(SQLITE):
        raise ValueError
    return CHECKOUT / text.removeprefix(SQLITE)


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError
    return text.rstrip("/")


def _secret(text: str) -> str:
    if not text.isascii() or not text.isprintable() or " " in text or not text:
        raise ValueError
    return text


def _level(text: str) -> str:
    if text not in {"debug", "info", "warning", "error"}:
        raise ValueError
    return text


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(Path(path) for path in _keys(text))


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in text.split(",") if key.strip())


SETTINGS: Final[Mapping[str, tuple[Callable[[str], Any], str]]] = {
    "MODE": (Mode, "development or production"),
    "HOST": (str, "an address to listen on"),
    "PORT": (_port, "a port number from 0 to 65535"),
    "DATABASE": (_database, "sqlite:/// and a path; relative to the checkout, four slashes make it absolute"),
    "PUBLIC_URL": (_url, "an http or https address without query"),
    "SIGNING_KEY_FILE": (_paths, "the paths of Ed25519 keys in PEM, comma separated"),
    "TRUSTED_KEYS": (_keys, "base64 public keys, each perhaps with @from/until, comma separated"),
    "ALLOW_DRAFTS": (_truth, "true or false"),
    "LOG_LEVEL": (_level, "debug, info, warning or error"),
    "MAX_CONNECTIONS": (_count, "a whole number above 0"),
    "PACKS": (Path, "a folder"),
    "DEMOCRACY_WORKS_KEY": (_secret, "the key of a Democracy Works contract, without spaces"),
    "DEMOCRACY_WORKS_KEY_FILE": (Path, "the path of a file that holds it instead"),
    "GOOGLE_CIVIC_KEY": (_secret, "a key for the Google Civic Information API, without spaces"),
    "GOOGLE_CIVIC_KEY_FILE": (Path, "the path of a file that holds it instead"),
}


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of an environment; raises SettingsError naming every bad or unknown `SIGNPOST_` variable at once."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, text in sorted(environ.items()):
        if not name.startswith(PREFIX):
            continue
        key = name.removeprefix(PREFIX)
        if key not in SETTINGS:
            near = get_close_matches(key, SETTINGS, n=1)
            wrong.append(f"{name} is not a setting{f'; did you mean {PREFIX}{near[0]}?' if near else '.'}")
            continue
        reader, expected = SETTINGS[key]
        try:
            values[key.lower()] = reader(text)
        except (ValueError, KeyError):
            wrong.append(f"{name} must be {expected}.")
    if wrong:
        raise SettingsError(" ".join(wrong))
    return Settings(**values)
