"""How often somebody may try to sign in: a pure rule over what failed before, per person and per address; not where that is kept.

Nobody is locked out for good: whoever could lock others out by typing their name would own the service. The wait grows to 15 minutes and no
further, which leaves an attacker some 100 tries a day; a day without failures forgives everything.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

FREE: Final = 5
"""Failures that cost no wait."""
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(minutes=15)
FORGIVEN_AFTER: Final = timedelta(days=1)
_DOUBLINGS: Final = 4
"""After these every wait is the longest."""
_SITE: Final = 64
"""Bits of an IPv6 address that one customer of a provider shares: the rest is theirs to change at will."""


@dataclass(frozen=True, slots=True)
class Failures:
    """How often signing in failed in a row, and when last; for one person or one address."""

    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether somebody may try now; `may_try_at` is when they may, which is now where they may."""

    may_try: bool
    may_try_at: datetime


def after_failure(failures: Failures | None, now: datetime) -> Failures:
    """The record with one more failure.

    Keep it before the password is looked at, in the transaction that read the verdict, or a hundred tries at once count as one; a success
    then clears the person's record and takes this one try back from the address's: else an attacker's own account would clear it for them.
    """
    if failures is None or now - failures.last_at >= FORGIVEN_AFTER:
        return Failures(1, now)
    return Failures(failures.count + 1, max(now, failures.last_at))


def taken_back(failures: Failures) -> Failures | None:
    """The record without the last try, which was none: it succeeded; None where nothing is left."""
    return Failures(failures.count - 1, failures.last_at) if failures.count > 1 else None


def wait_after(count: int) -> timedelta:
    """How long to wait after so many failures: nothing up to five, then 1, 2, 4, 8 and 15 minutes."""
    if count < FREE:
        return timedelta(0)
    doublings: int = 1 << min(count - FREE, _DOUBLINGS)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def verdict(person: Failures | None, address: Failures | None, now: datetime) -> Verdict:
    """Whether another try is allowed, by the stricter of the two records.

    Keep a record for a person who does not exist as for any other, and refuse with the same sentence: nobody learns who exists.
    """
    free_at = max((_free_at(record, now) for record in (person, address) if record is not None), default=now)
    return Verdict(free_at <= now, max(free_at, now))


def address_key(address: str) -> str:
    """What an address is counted as: an IPv4 address itself, of an IPv6 address its /64; raises ValueError for what is no address."""
    found = ip_address(address.partition("%")[0])
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _SITE), strict=False))


def _free_at(record: Failures, now: datetime) -> datetime:
    """When the wait is over; a record from farther in the future than any wait is of a clock that was put right, and holds nobody."""
    return now if record.last_at - now > LONGEST_WAIT else record.last_at + wait_after(record.count)
