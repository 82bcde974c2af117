"""What can go wrong in the cellar; plain exceptions that know no HTTP."""


class StoreError(Exception):
    """Base of this room's errors; `code` is stable, the message is one sentence."""

    code = "store_error"


class ForeignDatabase(StoreError):
    """The file is a database of something else, or of a newer Signpost."""

    code = "foreign_database"


class DamagedDatabase(StoreError):
    """The file cannot be read as a database, or fails its integrity check."""

    code = "damaged_database"


class ReleaseConflict(StoreError):
    """A release with this number is already stored, or it does not follow from the latest one."""

    code = "release_conflict"


class Taken(StoreError):
    """Something is already kept under this id or address."""

    code = "taken"


class StoreUnavailable(StoreError):
    """The database cannot be written or read now: somebody else holds it, the disk is full, or an earlier write failed half-way."""

    code = "store_unavailable"
