"""A document of any format as a harvest: bad input of every kind becomes refusals, never an exception and never half a document."""

from collections.abc import Callable, Mapping
from typing import Final

from admin.dates import calendars, democracy_works, google_civic, tables, vip
from admin.dates.fields import check_size
from admin.dates.findings import DocumentRefused, Format, Handed, Harvest

READERS: Final[Mapping[Format, Callable[[bytes, Handed], Harvest]]] = {
    Format.DEMOCRACY_WORKS: democracy_works.read,
    Format.GOOGLE_CIVIC: google_civic.read,
    Format.VIP: vip.read,
    Format.ICS: calendars.read,
    Format.CSV: tables.read,
}


def read(kind: Format, data: bytes, handed: Handed) -> Harvest:
    """What the document holds; where it cannot be read as a whole, only the refusal that says why."""
    try:
        check_size(data)
        return READERS[kind](data, handed)
    except DocumentRefused as error:
        return Harvest(refusals=(error.refusal,))
