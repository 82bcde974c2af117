"""What can be wrong with a place or an election; plain exceptions that know no HTTP."""


class ElectionsError(Exception):
    """Base of this room's errors; `code` is stable, the message is one sentence."""

    code = "elections_error"


class UnknownRegion(ElectionsError):
    """No region has this code; `suggestion` is the code that was probably meant, or None."""

    code = "unknown_region"

    def __init__(self, suggestion: str | None = None) -> None:
        """Never hold the given code in the sentence: it may be anything a person typed."""
        super().__init__("No region has this code.")
        self.suggestion = suggestion


class InvalidPlaces(ElectionsError):
    """The regions do not make a tree, or an alias or a zone is wrong."""

    code = "invalid_places"


class InvalidElection(ElectionsError):
    """An election contradicts itself: rounds out of order, an unknown region, a milestone without a date."""

    code = "invalid_election"
