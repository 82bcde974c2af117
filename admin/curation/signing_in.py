"""Signing in with a name and a password, and perhaps a code; proving once more that it is oneself. No hashing: that is slow, and between units.

Three steps: `begin` reads what the password is compared with and counts the try as failed; the caller compares, in a thread; `signed_in` or
`proven` says what came of it. So nothing waits for a hash while the store is held, and a hundred tries at once count as a hundred.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from admin.curation.acting import Act
from admin.curation.people_errors import PasswordWrong, SignInFailed, TooManyTries
from admin.curation.people_sessions import Admitted, Lack, Opened, Rules, Way, end_sessions, lacking, open_session
from admin.signing_in import one_time, recovery
from admin.signing_in.attempts import Failures, address_key, after_failure, taken_back, verdict
from review.access import Credentials
from review.people import Actor, Person

NOBODY: Final = Actor("nobody", (), "sign_in")
"""Who acts until it is known who it is."""
OPENED: Final = "session.opened"
LONGEST_TYPED: Final = 320


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: whose it would be, if there is anybody of that name, and the hash that the password is to be compared with."""

    person: str | None
    stored: str = field(repr=False)
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """No try now; when there may be one."""

    may_try_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in, by which session, and what they lack."""

    person: Person
    opened: Opened
    lacks: tuple[Lack, ...] = ()

    @property
    def admitted(self) -> Admitted:
        """The same as the door will find it."""
        actor = Actor(self.person.id, self.person.grants, "session")
        return Admitted(self.person, actor, self.opened.session, lacks=self.lacks)


def begin(act: Act, name: str, address: str, action: str = OPENED) -> Attempt | Wait:
    """Count a try for a name (an id or an e-mail address, in any case) and an address; whoever does not exist is counted alike."""
    person = _found(act, name)
    counted = (_name_key(person.id if person else name.strip().casefold()), f"address:{_address(address)}")
    records = [_record(act, subject) for subject in counted]
    found = verdict(records[0], records[1], act.now)
    if not found.may_try:
        note_refusal(act, action, person.id if person else "", TooManyTries.code)
        return Wait(found.may_try_at)
    for subject, record in zip(counted, records, strict=True):
        _keep(act, subject, after_failure(record, act.now))
    is_one = person is not None and person.retired_at is None
    stored = act.unit.people.credentials(person.id).password if person and is_one else ""
    return Attempt(person.id if person else None, stored, counted)


def signed_in(
    act: Act, attempt: Attempt, code: str, device: str, rules: Rules, *, is_right: bool, ending: bytes | None = None
) -> SignedIn | None:
    """A new session, or None, with its audit line, where the password was wrong, or the code that the person needs.

    `ending` is the session that the browser brought along: it ends, so that none is handed on.
    """
    person = act.unit.people.get(attempt.person) if attempt.person and is_right else None
    way = _way(act, person, attempt, code) if person else None
    if person is None or way is None:
        note_refusal(act, OPENED, attempt.person or "", SignInFailed.code)
        return None
    forgive(act, attempt)
    return let_in(act, person, way, device, rules, ending)


def let_in(act: Act, person: Person, way: Way, device: str, rules: Rules, ending: bytes | None) -> SignedIn:
    """A new session for somebody who has proven who they are, with its audit line; the one that the browser brought along ends."""
    brought = act.unit.people.session(ending.hex()) if ending else None
    if brought is not None:
        end_sessions(act, brought.person, (brought.id,))
    opened = open_session(act, person.id, way, device, rules)
    lacks = lacking(person, act.unit.people.credentials(person.id), way, rules)
    detail = {"way": way.value, "session": opened.session.id, "lacks": [lack.value for lack in lacks]}
    as_them(act, person).note(OPENED, person.id, detail)
    return SignedIn(person, opened, lacks)


def proven(act: Act, attempt: Attempt, *, is_right: bool) -> tuple[Person, Credentials]:
    """Whoever is signed in has typed their password once more; raises PasswordWrong."""
    person = act.unit.people.get(attempt.person or "")
    credentials = act.unit.people.credentials(person.id) if person else Credentials()
    if not is_right or person is None or person.id != act.actor.person or credentials.password != attempt.stored:
        raise PasswordWrong
    forgive(act, attempt)
    return person, credentials


def forgive(act: Act, attempt: Attempt) -> None:
    """The try was none: forget the person's failures, and take this one back from the address's."""
    name, address = attempt.counted
    _keep(act, name, None)
    record = _record(act, address)
    _keep(act, address, taken_back(record) if record else None)


def forgive_person(act: Act, known_as: str) -> None:
    """Forget a person's failures."""
    _keep(act, _name_key(known_as), None)


def note_refusal(act: Act, action: str, subject: str, code: str, detail: Mapping[str, str] | None = None) -> None:
    """An audit line of a try that led nowhere; never what was typed."""
    act.unit.journal.append(act.now, act.actor.person, act.actor.way, action, subject, code, detail or {})


def as_them(act: Act, person: Person) -> Act:
    """The act, by the one who has just come in."""
    return replace(act, actor=Actor(person.id, person.grants, "session"))


def _way(act: Act, person: Person, attempt: Attempt, code: str) -> Way | None:
    """How somebody came in whose password was right; a code is used up. None where it is wrong, or where anything has changed meanwhile."""
    credentials = act.unit.people.credentials(person.id)
    if person.retired_at is not None or not attempt.stored or credentials.password != attempt.stored:
        return None
    if not credentials.one_time_confirmed:
        return Way.PASSWORD
    step = one_time.accepted_step(credentials.one_time, code, act.now, credentials.last_step)
    if step is not None:
        act.unit.people.set_credentials(person.id, replace(credentials, last_step=step))
        return Way.ONE_TIME
    used = recovery.matching(code, [bytes.fromhex(one) for one in credentials.recovery])
    if used is None:
        return None
    left = tuple(one for one in credentials.recovery if one != used.hex())
    act.unit.people.set_credentials(person.id, replace(credentials, recovery=left))
    as_them(act, person).note("recovery_code.used", person.id, {"left": len(left)})
    return Way.RECOVERY


def _found(act: Act, name: str) -> Person | None:
    typed = name.strip()
    if not typed or len(typed) > LONGEST_TYPED:
        return None
    return act.unit.people.by_email(typed) if "@" in typed else act.unit.people.get(typed.casefold())


def _name_key(name: str) -> str:
    """What a name is counted as: nobody reads in the store what was typed, which may be a password in the wrong field."""
    return f"name:{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:32]}"


def _address(address: str) -> str:
    try:
        return address_key(address)
    except ValueError:
        return "unknown"


def _record(act: Act, subject: str) -> Failures | None:
    count, at = act.unit.people.failures(subject)
    return Failures(count, at) if at is not None else None


def _keep(act: Act, subject: str, record: Failures | None) -> None:
    act.unit.people.set_failures(subject, record.count if record else 0, record.last_at if record else None)
