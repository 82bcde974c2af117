"""The settings, as one value read from an environment that is handed in; each has a default that is safe on a laptop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Final

from admin import setting_values as values
from admin.errors import AdminError

PREFIX: Final = "SIGNPOST_"
CHECKOUT: Final = values.CHECKOUT


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
    token: str = field(default="", repr=False)
    token_file: Path | None = None
    require_one_time: bool | None = None
    check_links: bool | None = None
    session_hours: int = 12
    session_idle_minutes: int = 30
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    openid_issuer: str = ""
    openid_client_id: str = ""
    openid_client_secret: str = field(default="", repr=False)
    openid_client_secret_file: Path | None = None
    openid_scopes: tuple[str, ...] = ("openid", "profile", "email")
    openid_groups_file: Path | None = None
    openid_groups_claim: str = "groups"
    openid_link_by_email: bool = False
    openid_network: str = "public"

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

    @property
    def checks_links(self) -> bool:
        """Whether the servers of new links are asked before publishing; in production unless it is said otherwise."""
        return not self.is_development if self.check_links is None else self.check_links

    @property
    def admins_need_one_time(self) -> bool:
        """Whether admins must have a second factor; in production unless it is said otherwise."""
        return not self.is_development if self.require_one_time is None else self.require_one_time

    @property
    def has_plain_cookies(self) -> bool:
        """Whether browsers reach us over plain http, where they take no secure cookies: on a developer's machine only."""
        return self.is_development and self.url.startswith("http:")


SETTINGS: Final[Mapping[str, tuple[Callable[[str], Any], str]]] = {
    "MODE": (Mode, "development or production"),
    "HOST": (str, "an address to listen on"),
    "PORT": (values.port, "a port number from 0 to 65535"),
    "DATABASE": (values.database, "sqlite:/// and a path; relative to the checkout, four slashes make it absolute"),
    "PUBLIC_URL": (values.url, "an http or https address without query"),
    "SIGNING_KEY_FILE": (values.paths, "the paths of Ed25519 keys in PEM, comma separated"),
    "TRUSTED_KEYS": (values.keys, "base64 public keys, each perhaps with @from/until, comma separated"),
    "ALLOW_DRAFTS": (values.truth, "true or false"),
    "LOG_LEVEL": (values.level, "debug, info, warning or error"),
    "MAX_CONNECTIONS": (values.count, "a whole number above 0"),
    "PACKS": (Path, "a folder"),
    "DEMOCRACY_WORKS_KEY": (values.secret, "the key of a Democracy Works contract, without spaces"),
    "DEMOCRACY_WORKS_KEY_FILE": (Path, "the path of a file that holds it instead"),
    "GOOGLE_CIVIC_KEY": (values.secret, "a key for the Google Civic Information API, without spaces"),
    "GOOGLE_CIVIC_KEY_FILE": (Path, "the path of a file that holds it instead"),
    "TOKEN": (values.secret, "the API token that commands act with, without spaces"),
    "TOKEN_FILE": (Path, "the path of a file that holds it instead"),
    "CHECK_LINKS": (values.truth, "true or false: whether servers of new links are asked before publishing; true in production unless set"),
    "REQUIRE_ONE_TIME": (values.truth, "true or false: whether admins must have a second factor; true in production unless set"),
    "SESSION_HOURS": (values.up_to(24), "how many hours a session lasts at most, from 1 to 24"),
    "SESSION_IDLE_MINUTES": (values.up_to(24 * 60), "after how many idle minutes a session ends, from 1 to 1440"),
    "TRUSTED_PROXIES": (values.networks, "the IP addresses or networks of the proxies in front, comma separated"),
    "OPENID_ISSUER": (values.issuer, "the https address by which the OpenID provider calls itself, to the letter"),
    "OPENID_CLIENT_ID": (values.secret, "the client id that the provider gave, without spaces"),
    "OPENID_CLIENT_SECRET": (values.secret, "the client secret that the provider gave, without spaces"),
    "OPENID_CLIENT_SECRET_FILE": (Path, "the path of a file that holds it instead"),
    "OPENID_SCOPES": (values.words, "the scopes to ask for, separated by spaces, openid among them"),
    "OPENID_GROUPS_FILE": (Path, "the path of the JSON or YAML file that gives the provider's groups their rights"),
    "OPENID_GROUPS_CLAIM": (values.claim, "the name of the claim that holds the groups"),
    "OPENID_LINK_BY_EMAIL": (values.truth, "true or false: whether a verified e-mail address makes somebody the person who has it here"),
    "OPENID_NETWORK": (values.one_of("public", "company", "development"), "public, company or development"),
}


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings of an environment; raises SettingsError naming every bad or unknown `SIGNPOST_` variable at once."""
    found: dict[str, Any] = {}
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
            found[key.lower()] = reader(text)
        except (ValueError, KeyError):
            wrong.append(f"{name} must be {expected}.")
    if wrong:
        raise SettingsError(" ".join(wrong))
    settings = Settings(**found)
    _check_openid(settings)
    return settings


def _check_openid(settings: Settings) -> None:
    """Refuse by name what could not work together."""
    if bool(settings.openid_issuer) != bool(settings.openid_client_id):
        raise SettingsError("SIGNPOST_OPENID_ISSUER and SIGNPOST_OPENID_CLIENT_ID go together: set both, or neither.")
    if settings.openid_network == "development" and not settings.is_development:
        raise SettingsError("SIGNPOST_OPENID_NETWORK may be development in development mode only.")
    if "openid" not in settings.openid_scopes:
        raise SettingsError("SIGNPOST_OPENID_SCOPES must hold openid.")
