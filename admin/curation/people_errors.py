"""What the use cases about people refuse; plain exceptions that know no HTTP, and never hold what somebody typed."""

from datetime import datetime

from admin.errors import AdminError


class SignInFailed(AdminError):
    """Nobody by this name, another password, a wrong or missing code: always the same sentence, so that nobody learns which."""

    code = "sign_in_failed"

    def __init__(self) -> None:
        """Say it."""
        super().__init__("The name, the password or the code is wrong; a code is needed once you have set up an authenticator.")


class PasswordWrong(AdminError):
    """Whoever is signed in did not prove once more that it is them."""

    code = "password_wrong"

    def __init__(self) -> None:
        """Say it."""
        super().__init__("This is not your password.")


class TooManyTries(AdminError):
    """A name or an address has failed too often; `may_try_at` is when the wait is over."""

    code = "too_many_tries"

    def __init__(self, may_try_at: datetime) -> None:
        """Keep the moment beside the sentence."""
        super().__init__("Signing in has failed too often; wait, and then try again.")
        self.may_try_at = may_try_at


class NotSignedIn(AdminError):
    """A command or request that needs a person came with a token that is none, is over, or is of somebody retired."""

    code = "not_signed_in"


class SessionNeeded(AdminError):
    """What only a person may do who is signed in at a browser: a token must not make another one, or change what proves its person."""

    code = "session_needed"

    def __init__(self) -> None:
        """Say it."""
        super().__init__("This is for people who are signed in, not for tokens.")


class OwnRights(AdminError):
    """Nobody gives or takes their own rights, or resets what they prove themselves by through the admins' door."""

    code = "own_rights"


class LastAdmin(AdminError):
    """Without this person nobody would be admin for the whole world."""

    code = "last_admin"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This is the last admin for the whole world; give somebody else that right first.")


class GrantRefused(AdminError):
    """A grant names a region or language that is none; `pointer` says which, `suggestion` what was probably meant."""

    code = "invalid_grant"

    def __init__(self, code: str, message: str, pointer: str, suggestion: str | None = None) -> None:
        """Take the code of what is wrong."""
        super().__init__(message)
        self.code, self.pointer, self.suggestion = code, pointer, suggestion


class OneTimeState(AdminError):
    """The authenticator is set up already, or not yet, or not begun; `code` says which."""

    code = "one_time_state"

    def __init__(self, code: str, message: str) -> None:
        """Take the code of the state."""
        super().__init__(message)
        self.code = code


class CodeWrong(AdminError):
    """The code is not one of the authenticator's that is valid now."""

    code = "code_wrong"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("This code is wrong or over; type the one that the authenticator shows now.")


class NoRights(AdminError):
    """The provider knows somebody, but nothing here gives them any right."""

    code = "no_rights"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "You have no rights here; ask an admin, or whoever runs the sign-in provider, to be put into a group that has some."
        )


class AddressTaken(AdminError):
    """Somebody who comes anew through the provider has the e-mail address of a person who is known already."""

    code = "address_taken"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Somebody here has this e-mail address already; ask whoever runs this service how to sign in as them.")
