"""What signing in refuses; plain exceptions that know no HTTP, and never hold what somebody typed or a provider sent."""

from enum import StrEnum
from pathlib import Path

from admin.errors import AdminError


class PasswordRefused(AdminError):
    """A password cannot be taken; `code` says which rule it breaks, the sentence what to do."""

    code = "password_refused"

    def __init__(self, code: str, message: str) -> None:
        """Take the code of the rule."""
        super().__init__(message)
        self.code = code


class Why(StrEnum):
    """Why signing in through a provider did not work; each is a stable code."""

    RETURN_NOT_LOCAL = "return_not_local"
    PROVIDER_UNREACHABLE = "provider_unreachable"
    PROVIDER_MALFORMED = "provider_malformed"
    PROVIDER_REFUSED = "provider_refused"
    SIGN_IN_EXPIRED = "sign_in_expired"
    STATE_MISMATCH = "state_mismatch"
    CLIENT_REFUSED = "client_refused"
    CODE_MISSING = "code_missing"
    CODE_REFUSED = "code_refused"
    MALFORMED = "token_malformed"
    ALGORITHM_NOT_ALLOWED = "algorithm_not_allowed"
    KEY_UNKNOWN = "key_unknown"
    SIGNATURE_WRONG = "signature_wrong"
    EXPIRED = "token_expired"
    TIME_WRONG = "token_time_wrong"
    ISSUER_WRONG = "issuer_wrong"
    AUDIENCE_WRONG = "audience_wrong"
    NONCE_WRONG = "nonce_wrong"
    ACCESS_WRONG = "access_token_wrong"
    PROFILE_WRONG = "profile_wrong"


SENTENCES: dict[Why, str] = {
    Why.RETURN_NOT_LOCAL: "The address to go back to must be a path on this service.",
    Why.PROVIDER_UNREACHABLE: "The sign-in provider cannot be reached; try again in a moment.",
    Why.PROVIDER_MALFORMED: "The sign-in provider answered with something else than OpenID Connect asks; tell whoever runs this service.",
    Why.PROVIDER_REFUSED: "The sign-in provider did not let you in; sign in again, or ask whoever runs the provider.",
    Why.SIGN_IN_EXPIRED: "Signing in took too long; start again.",
    Why.STATE_MISMATCH: "This answer belongs to another sign-in; start again, in one window only.",
    Why.CLIENT_REFUSED: "The sign-in provider does not take this service's client id or secret; tell whoever runs this service.",
    Why.CODE_MISSING: "The sign-in provider sent no code; start again.",
    Why.CODE_REFUSED: "The sign-in provider does not take this code, perhaps because it was used already; start again.",
    Why.MALFORMED: "The sign-in provider's token is not one that can be read; tell whoever runs this service.",
    Why.ALGORITHM_NOT_ALLOWED: "The sign-in provider's token is signed in a way that is not accepted; tell whoever runs this service.",
    Why.KEY_UNKNOWN: "The sign-in provider's token is signed with a key that the provider does not publish; start again.",
    Why.SIGNATURE_WRONG: "The sign-in provider's token is not truly signed by the provider.",
    Why.EXPIRED: "The sign-in provider's token has expired; start again.",
    Why.TIME_WRONG: "The sign-in provider's token is from another time; the clocks of the two services may differ.",
    Why.ISSUER_WRONG: "The sign-in provider's token was issued by somebody else.",
    Why.AUDIENCE_WRONG: "The sign-in provider's token is meant for another service.",
    Why.NONCE_WRONG: "The sign-in provider's token belongs to another sign-in; start again.",
    Why.ACCESS_WRONG: "The sign-in provider's two tokens do not belong together.",
    Why.PROFILE_WRONG: "The sign-in provider's profile is not that of the person who signed in, or cannot be read.",
}
"""What each says to the person in front of the screen."""


class SignInRefused(AdminError):
    """Signing in through a provider did not work; `code` says why."""

    code = "sign_in_refused"

    def __init__(self, why: Why) -> None:
        """Say the sentence of the reason, and nothing that was sent."""
        super().__init__(SENTENCES[why])
        self.code = why.value


class ProviderFailed(SignInRefused):
    """It is not the person but the provider that failed: not reached, or not speaking OpenID Connect."""

    code = "provider_failed"


class GroupsFileWrong(AdminError):
    """The file that gives groups their grants is not what it should be; the sentence names the file and the place in it."""

    code = "invalid_groups_file"

    def __init__(self, message: str, path: Path, place: str = "") -> None:
        """Name the file first, as compilers do."""
        super().__init__(f"{path}{f':{place}' if place else ''}: {message}")
        self.path, self.place = path, place
