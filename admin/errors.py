"""What can go wrong on the side door; plain exceptions that know no HTTP."""

from pathlib import Path


class AdminError(Exception):
    """Base of this room's errors; `code` is stable, the message is one sentence."""

    code = "admin_error"


class PackError(AdminError):
    """A pack file is not what it should be; the sentence names the file and the line or place in it."""

    code = "invalid_pack"

    def __init__(self, message: str, path: Path, place: int | str | None = None) -> None:
        """Name the file first, as compilers do."""
        super().__init__(f"{path}{f':{place}' if place is not None else ''}: {message}")
        self.path = path
        self.place = place


class CannotPack(AdminError):
    """A release holds something that pack files cannot give back as it is."""

    code = "cannot_pack"


class KeyProblem(AdminError):
    """A signing key is missing, unreadable, or not an Ed25519 key."""

    code = "key_problem"


class EngineOutdated(AdminError):
    """The compiled engine was made from other sources than those that lie beside it, or not all of it is there."""

    code = "engine_outdated"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The engine was compiled before its code changed: run `make`’s `run` or `test`, or delete keywords/*.so.")


class ChecksFailed(AdminError):
    """What was to be published does not pass its checks."""

    code = "checks_failed"


class NothingToServe(AdminError):
    """There is no release that may be served; the sentence says what to do."""

    code = "nothing_to_serve"


class Unconditional(AdminError):
    """An edit does not say which state it is about, so it could overwrite what somebody else has just written."""

    code = "precondition_required"


class KeyUsedBefore(AdminError):
    """An Idempotency-Key was sent before, with another request."""

    code = "idempotency_key_reused"


class WorkerLost(AdminError):
    """The process that does heavy work was ended, again and again."""

    code = "worker_lost"
