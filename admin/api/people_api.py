"""People over HTTP, for admins: added, described, given rights, retired, helped to sign in again; what they do about themselves is in me_api."""

from typing import Any, Final

from aiohttp import web

from admin.api.answers import PageQuerySchema, answer, cut, expected, page
from admin.api.changes_api import BASE
from admin.api.door import ADMITTED, Door
from admin.api.me_api import empty
from admin.api.office import Office
from admin.api.people_documents import person_document, session_document
from admin.api.people_schemas import (
    DescribedPersonSchema,
    GrantsSchema,
    NewPersonSchema,
    PeopleSchema,
    PersonSchema,
    SessionsSchema,
    TemporaryPasswordSchema,
)
from admin.curation import people, people_credentials
from admin.curation.acting import Act
from admin.curation.people_sessions import end_named_sessions, open_sessions
from admin.curation.telling import plain
from admin.strongroom import Strongroom
from review.access import Session
from review.people import Person
from web.body import read_json
from web.query import read_query
from web.routes import Access, route
from web.validation import load

BODY_BYTES: Final = 64 * 1024
READ: Final = (401, 403, 404, 503)
DONE: Final = (401, 403, 404, 409, 503)
WRITTEN: Final = (400, 401, 403, 404, 409, 413, 415, 422, 503)
EDITED: Final = (400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 503)
ONE: Final = f"{BASE}/people/{{person}}"


class PeopleApi:
    """`/admin/api/v1/people`."""

    def __init__(self, office: Office, door: Door, strongroom: Strongroom) -> None:
        """Passwords are hashed where nothing else waits."""
        self._office, self._door, self._strongroom = office, door, strongroom

    @route(
        "GET",
        f"{BASE}/people",
        access=Access.ADMIN,
        summary="People, by id",
        query=PageQuerySchema,
        responses={200: PeopleSchema},
        errors=(400, 401, 403, 422, 503),
    )
    async def list_people(self, request: web.Request) -> web.StreamResponse:
        """Those with any right where you are admin, and those without any right."""
        wanted = load(PageQuerySchema(), read_query(request, PageQuerySchema))
        limit, after = wanted["limit"], wanted.get("after", "")
        found, last = cut(await self._office.read(request, lambda act: people.listed(act, after, limit + 1)), limit)
        return answer(page([person_document(one) for one in found], last.id if last else None))

    @route(
        "POST",
        f"{BASE}/people",
        access=Access.ADMIN,
        summary="Add a person",
        body=NewPersonSchema,
        responses={201: PersonSchema},
        errors=WRITTEN,
        example={"id": "amina", "name": "Amina Yusuf", "grants": [{"role": "curator", "region": "KE", "languages": ["sw", "en"]}]},
    )
    async def add_person(self, request: web.Request) -> web.StreamResponse:
        """With grants that you could give. They sign in through the provider, or with a temporary password that you make for them."""
        body = await read_json(request, BODY_BYTES)
        given = load(NewPersonSchema(), body)
        person = Person(given["id"], given["name"], given["email"], tuple(given["grants"]))

        def do(act: Act) -> tuple[int, Any]:
            return 201, plain(person_document(people.add(act, person)))

        return await self._office.create(request, "person.added", "", body, do)

    @route("GET", ONE, access=Access.VIEWER, summary="One person", responses={200: PersonSchema}, errors=READ)
    async def get_person(self, request: web.Request) -> web.StreamResponse:
        """You, or somebody with any right where you are admin."""
        return _told(await self._office.read(request, lambda act: people.seen(act, _named(request))))

    @route(
        "PUT",
        ONE,
        access=Access.ADMIN,
        summary="Another name or address",
        body=DescribedPersonSchema,
        responses={200: PersonSchema},
        errors=EDITED,
    )
    async def describe_person(self, request: web.Request) -> web.StreamResponse:
        """What is left out stays."""
        tag, given = expected(request), load(DescribedPersonSchema(), await read_json(request, BODY_BYTES))

        def do(act: Act) -> Person:
            person = people.managed(act, _named(request))
            return people.describe(act, person.id, given.get("name", person.name), given.get("email", person.email), tag)

        return _told(await self._office.write(request, "person.described", _named(request), do))

    @route(
        "PUT",
        f"{ONE}/grants",
        access=Access.ADMIN,
        summary="What somebody may",
        body=GrantsSchema,
        responses={200: PersonSchema},
        errors=EDITED,
    )
    async def set_grants(self, request: web.Request) -> web.StreamResponse:
        """Exactly these grants; you give and take only what your own admin rights cover, and never your own. Their sessions end."""
        tag, given = expected(request), load(GrantsSchema(), await read_json(request, BODY_BYTES))
        return _told(
            await self._office.write(
                request, "person.granted", _named(request), lambda act: people.set_grants(act, _named(request), given["grants"], tag)
            )
        )

    @route("POST", f"{ONE}/retire", access=Access.ADMIN, summary="Retire somebody", responses={200: PersonSchema}, errors=DONE)
    async def retire_person(self, request: web.Request) -> web.StreamResponse:
        """They may do nothing any more, from their next request on; sessions and tokens end."""
        return _told(await self._office.write(request, "person.retired", _named(request), lambda act: people.retire(act, _named(request))))

    @route("POST", f"{ONE}/restore", access=Access.ADMIN, summary="Let somebody in again", responses={200: PersonSchema}, errors=DONE)
    async def restore_person(self, request: web.Request) -> web.StreamResponse:
        """They may what their grants say; their old sessions and tokens stay ended."""
        return _told(
            await self._office.write(request, "person.restored", _named(request), lambda act: people.restore(act, _named(request)))
        )

    @route(
        "POST",
        f"{ONE}/password",
        access=Access.ADMIN,
        summary="A temporary password for somebody",
        responses={200: TemporaryPasswordSchema},
        errors=DONE,
    )
    async def reset_password(self, request: web.Request) -> web.StreamResponse:
        """Told this once; they sign in with it and must choose their own. Their sessions end, their authenticator stays."""
        await self._office.read(request, lambda act: people.managed_other(act, _named(request)))
        password = people_credentials.temporary_password()
        hashed = await self._strongroom.hashed(password)
        await self._office.write(
            request, "password.reset", _named(request), lambda act: people_credentials.reset_password(act, _named(request), hashed)
        )
        return answer({"temporary_password": password})

    @route("DELETE", f"{ONE}/one-time", access=Access.ADMIN, summary="Drop somebody's authenticator", errors=DONE)
    async def drop_one_time(self, request: web.Request) -> web.StreamResponse:
        """For who has lost their device and their recovery codes; all their sessions end."""
        await self._office.write(
            request, "one_time.dropped", _named(request), lambda act: people_credentials.drop_one_time(act, _named(request))
        )
        return empty()

    @route("GET", f"{ONE}/sessions", access=Access.ADMIN, summary="Somebody's sessions", responses={200: SessionsSchema}, errors=READ)
    async def list_sessions(self, request: web.Request) -> web.StreamResponse:
        """Open ones, the newest first."""

        def look(act: Act) -> tuple[Session, ...]:
            return open_sessions(act, people.managed(act, _named(request)).id, self._door.rules)

        own = request[ADMITTED].session
        return answer({"items": [session_document(one, own.id if own else None) for one in await self._office.read(request, look)]})

    @route("DELETE", f"{ONE}/sessions", access=Access.ADMIN, summary="End somebody's sessions", errors=READ)
    async def end_all_sessions(self, request: web.Request) -> web.StreamResponse:
        """All of them, from the next request on; tokens go on."""

        def do(act: Act) -> None:
            person = people.managed(act, _named(request))
            end_named_sessions(act, person.id, [one.id for one in open_sessions(act, person.id, self._door.rules)])

        await self._office.write(request, "session.ended", _named(request), do)
        return empty()

    @route("DELETE", f"{ONE}/sessions/{{session}}", access=Access.ADMIN, summary="End one of somebody's sessions", errors=READ)
    async def end_session(self, request: web.Request) -> web.StreamResponse:
        """From the next request on."""

        def do(act: Act) -> None:
            end_named_sessions(act, people.managed(act, _named(request)).id, (request.match_info["session"],))

        await self._office.write(request, "session.ended", _named(request), do)
        return empty()


def _named(request: web.Request) -> str:
    return request.match_info["person"]


def _told(person: Person) -> web.Response:
    document = person_document(person)
    return answer(document, tag=document["tag"])
