"""Role × region × language × route: every route that is not public, asked by everybody who must not, and by who may."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from yarl import URL

from admin.api.cookies import SECURE, csrf_token
from admin.curation.editing import open_change
from admin.curation.people import tag_of
from admin.curation.people_sessions import Way, end_sessions
from admin.settings import Mode, Settings
from notices.live import Serving
from review.change import About
from review.people import Grant, Person, Role
from server import make_app
from tests.admin.api.proofs import BASE, bearing, client_of, everything_said, problem, session, token
from tests.curated import ADA, Clock, Curated, curated_store
from web.routes import ROUTES, Access, Route

PUBLIC_URL = "https://signpost.example"
ROLES = {Access.DEVELOPMENT: Role.VIEWER, **{Access(role.value): role for role in Role}}
PARAMETER = re.compile(r"{((?:[^{}]|{[^{}]*})+)}")
PEOPLE = {Role.VIEWER: "vera", Role.CURATOR: "carla", Role.REVIEWER: "ruth", Role.ADMIN: "ada"}


def production(folder: Path) -> Settings:
    """Where nothing is open that is not public."""
    return Settings(mode=Mode.PRODUCTION, public_url=PUBLIC_URL, database=folder / "signpost.db", require_one_time=False)


def kept_routes() -> list[Route]:
    app: web.Application = make_app(production(Path("nowhere")), Serving(), Clock())
    return [one for one in app[ROUTES].values() if one.access is not Access.PUBLIC and one.method != "OPTIONS"]


KEPT = kept_routes()
NAMES = [f"{one.method} {one.path}" for one in KEPT]


def address(declared: Route) -> str:
    """The route's path with names of nothing that it takes."""

    def fitting(found: re.Match[str]) -> str:
        pattern = found[1].partition(":")[2]
        return next(word for word in ("none-such", "nonesuch", "404") if not pattern or re.fullmatch(pattern, word))

    return PARAMETER.sub(fitting, declared.path)


def cookie(secret: str) -> dict[str, str]:
    return {"Cookie": f"{SECURE}={secret}", "X-CSRF-Token": csrf_token(secret), "Origin": PUBLIC_URL}


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
async def client(aiohttp_client, curated: Curated):
    return await client_of(aiohttp_client, curated, production(curated.settings.database.parent))


def test_there_are_routes_of_every_access() -> None:
    assert {one.access for one in KEPT} == set(Access) - {Access.PUBLIC}
    assert len(KEPT) > 30


async def test_nobody_is_refused_everywhere(client) -> None:
    for declared in KEPT:
        response = await client.request(declared.method, address(declared))
        assert response.status == 401, declared
        assert response.headers["WWW-Authenticate"] == "Bearer"
        if declared.method != "HEAD":
            assert await problem(response) == (401, "not_signed_in")


async def test_every_lower_role_is_refused_everywhere_and_that_is_written_down(client, curated: Curated) -> None:
    texts = {role: token(curated, person) for role, person in PEOPLE.items()}
    asked = [(declared, role) for declared in KEPT for role in Role if declared.access in ROLES and role.rank < ROLES[declared.access].rank]
    before = len(everything_said(curated))
    for declared, role in asked:
        response = await client.request(declared.method, address(declared), headers=bearing(texts[role]))
        assert response.status == 403, (declared, role)
        if declared.method != "HEAD":
            assert (await problem(response))[1] == "not_allowed"
    written = everything_said(curated)[before:]
    assert [(line.actor, line.way, line.action, line.subject, line.outcome) for line in written] == [
        (PEOPLE[role], "token", "request.refused", f"{declared.method} {declared.path}", "not_allowed") for declared, role in asked
    ]


async def test_the_lowest_role_that_may_is_let_through_everywhere(client, curated: Curated) -> None:
    texts = {role: token(curated, person) for role, person in PEOPLE.items()}
    for declared in KEPT:
        response = await client.request(declared.method, address(declared), headers=bearing(texts[ROLES.get(declared.access, Role.VIEWER)]))
        assert response.status not in {401, 500}, declared
        if response.status == 403:
            assert (await problem(response))[1] in {"session_needed", "own_rights"} or declared.method == "HEAD", declared


async def test_who_may_nothing_is_let_in_to_themselves_only(client, curated: Curated) -> None:
    with curated.act(ADA) as act:
        act.unit.people.add(Person("newcomer", "New Comer", created_at=act.now))
    headers = cookie(session(curated, "newcomer").secret)
    for declared in KEPT:
        response = await client.request(declared.method, address(declared), headers=headers)
        if declared.access is Access.PERSON:
            assert response.status not in {401, 403, 500}, declared
            if declared.path.endswith("sign-out"):
                headers = cookie(session(curated, "newcomer").secret)
        else:
            assert response.status == 403, declared


async def test_retired_people_expired_and_ended_tokens_and_sessions_are_refused_everywhere_from_the_next_request_on(
    client, curated: Curated
) -> None:
    refused = {
        "retired, by token": bearing(token(curated, "ravi")),
        "retired, by session": cookie(session(curated, "ravi").secret),
        "expired token": bearing(token(curated, "ada", lasts=timedelta(hours=1))),
        "ended token": bearing(token(curated, "ruth")),
        "ended session": cookie(session(curated, "dirk").secret),
        "session over": cookie(session(curated, "ada").secret),
    }
    for headers in refused.values():
        assert (await client.get(f"{BASE}/me", headers=headers)).status == 200
    curated.clock.forward(timedelta(hours=1))
    with curated.act(ADA) as act:
        act.unit.people.save(replace(act.unit.people.get("ravi"), retired_at=act.now))
        act.unit.people.save_token(replace(act.unit.people.tokens("ruth")[0], ended_at=act.now))
        end_sessions(act, "dirk")
    for declared in KEPT:
        for name, headers in refused.items():
            assert (await client.request(declared.method, address(declared), headers=headers)).status == 401, (declared, name)


async def test_a_token_is_no_wider_than_it_was_made_whatever_its_person_may(client, curated: Curated) -> None:
    narrow = bearing(token(curated, "ada", Grant(Role.VIEWER, "DE")))
    for declared in KEPT:
        if declared.access in {Access.CURATOR, Access.REVIEWER, Access.ADMIN}:
            assert (await client.request(declared.method, address(declared), headers=narrow)).status == 403, declared
    assert (await (await client.get(f"{BASE}/me", headers=narrow)).json())["grants"] == [
        {"role": "viewer", "region": "DE", "languages": []}
    ]


async def test_a_token_is_no_wider_than_its_person_is_now(client, curated: Curated) -> None:
    text = bearing(token(curated, "ada"))
    assert (await client.get(f"{BASE}/people", headers=text)).status == 200
    with curated.act(ADA) as act:
        act.unit.people.grant("ada", [Grant(Role.VIEWER, "FR")])
    assert await problem(await client.get(f"{BASE}/people", headers=text)) == (403, "not_allowed")
    assert (await (await client.get(f"{BASE}/me", headers=text)).json())["grants"] == [{"role": "viewer", "region": "FR", "languages": []}]


async def test_every_change_with_a_session_needs_our_own_page(client, curated: Curated) -> None:
    right = cookie(session(curated, "ada").secret)
    for name, wrong in (("X-CSRF-Token", "x"), ("X-CSRF-Token", None), ("Origin", "https://evil.example"), ("Origin", None)):
        headers = {key: text for key, text in {**right, name: wrong}.items() if text is not None}
        for declared in KEPT:
            response = await client.request(declared.method, address(declared), headers=headers)
            if declared.method not in {"GET", "HEAD"}:
                assert (await problem(response))[1] == ("csrf_token_wrong" if name == "X-CSRF-Token" else "wrong_origin"), declared
            else:
                assert response.status not in {401, 403} or declared.access is Access.PERSON, declared


GERMAN, FRENCH = Grant(Role.ADMIN, "DE"), Grant(Role.ADMIN, "FR")
BAVARIAN = Grant(Role.ADMIN, "DE-BY")
TOUCHING_DORA = [
    ("GET", "/people/dora", None),
    ("PUT", "/people/dora", {"name": "Other"}),
    ("PUT", "/people/dora/grants", {"grants": [{"role": "reviewer", "region": "DE-BY", "languages": ["de"]}]}),
    ("POST", "/people/dora/retire", None),
    ("POST", "/people/dora/restore", None),
    ("POST", "/people/dora/password", None),
    ("DELETE", "/people/dora/one-time", None),
    ("GET", "/people/dora/sessions", None),
    ("DELETE", "/people/dora/sessions", None),
    ("DELETE", "/people/dora/sessions/{session}", None),
    ("GET", "/tokens?person=dora", None),
    ("DELETE", "/tokens/{token}", None),
]
"""Everything about somebody else; Dora is Germany's curator, for German."""


@pytest.mark.parametrize(
    ("grants", "may"),
    [
        pytest.param((GERMAN,), True, id="admin of Germany"),
        pytest.param((Grant(Role.ADMIN, "EU"),), True, id="admin of the Union"),
        pytest.param((Grant(Role.ADMIN, "DE", ("de", "en")),), True, id="admin of Germany for German and English"),
        pytest.param((FRENCH,), False, id="admin of France"),
        pytest.param((BAVARIAN,), False, id="admin of Bavaria"),
        pytest.param((Grant(Role.ADMIN, "DE", ("en",)),), False, id="admin of Germany for English"),
        pytest.param((Grant(Role.REVIEWER, "DE"), FRENCH), False, id="reviewer of Germany, admin of France"),
    ],
)
async def test_an_admin_reaches_who_is_in_their_regions_and_languages_and_nobody_else(client, curated: Curated, grants, may) -> None:
    with curated.act(ADA) as act:
        act.unit.people.add(Person("anna", "Anna", grants=grants, created_at=act.now))
        before = act.unit.people.get("dora")
        act.unit.people.set_credentials("dora", replace(act.unit.people.credentials("dora"), one_time="A" * 32))
    text = bearing(token(curated, "anna"))
    for method, path, body in TOUCHING_DORA:
        opened, made = session(curated, "dora", Way.PASSWORD), token(curated, "dora")
        with curated.look() as act:
            dora = act.unit.people.get("dora")
            named = next(one for one in act.unit.people.tokens("dora") if made.startswith(one.hint)).id
        asked = f"{BASE}{path.format(session=opened.session.id, token=named)}"
        headers = {**text, **({"If-Match": f'"{tag_of(dora)}"'} if method == "PUT" else {})}
        response = await client.request(method, asked, json=body, headers=headers)
        assert response.status in ({200, 204} if may else {404}), (method, path, await response.text())
    with curated.look() as act:
        assert (act.unit.people.get("dora").grants == before.grants) is not may


async def test_who_may_more_elsewhere_cannot_be_taken_over_but_is_seen(client, curated: Curated) -> None:
    with curated.act(ADA) as act:
        act.unit.people.add(Person("anna", "Anna", grants=(GERMAN,), created_at=act.now))
        act.unit.people.grant("dora", [Grant(Role.CURATOR, "DE"), Grant(Role.CURATOR, "FR")])
        tag = tag_of(act.unit.people.get("dora"))
    text = bearing(token(curated, "anna"))
    assert (await client.get(f"{BASE}/people/dora", headers=text)).status == 200
    for method, path in (("POST", "password"), ("POST", "retire"), ("DELETE", "one-time"), ("DELETE", "sessions"), ("GET", "sessions")):
        assert await problem(await client.request(method, f"{BASE}/people/dora/{path}", headers=text)) == (403, "not_allowed"), path
    assert await problem(await client.get(f"{BASE}/tokens?person=dora", headers=text)) == (403, "not_allowed")
    kept = {"role": "curator", "region": "FR"}
    for grants, status in (([kept, {"role": "reviewer", "region": "DE"}], 200), ([{"role": "reviewer", "region": "DE"}], 403)):
        response = await client.put(f"{BASE}/people/dora/grants", json={"grants": grants}, headers={**text, "If-Match": f'"{tag}"'})
        assert response.status == status
        tag = (await response.json()).get("tag", tag) if status == 200 else tag


@pytest.mark.parametrize(
    ("person", "key", "status"),
    [
        pytest.param("dora", "DE/de/voting", 200, id="her region and language"),
        pytest.param("dora", "001/en/voting", 403, id="the world"),
        pytest.param("dora", "FR/fr/voting", 403, id="another region"),
        pytest.param("fleur", "FR/fr/voting", 200, id="her region, all languages"),
        pytest.param("fleur", "DE/de/voting", 403, id="another region than hers"),
        pytest.param("vera", "DE/de/voting", 403, id="a viewer"),
        pytest.param("ada", "TH/th/voting", 200, id="the world's admin"),
    ],
)
async def test_terms_are_written_where_somebody_curates_and_nowhere_else(
    client, curated: Curated, person: str, key: str, status: int
) -> None:
    with curated.act(ADA) as act:
        change = open_change(act, About("A change", "It is needed."))
    body = {"list": key, "document": {"text": "sieben Zwerge"}}
    response = await client.post(f"{BASE}/changes/{change.id}/terms", json=body, headers=bearing(token(curated, person)))
    assert (response.status if response.status != 201 else 200) == status, await response.text()


ODD = ("ZZ", "kde-mohu-volit-9471", "%00", "%ff", "%2F", "..%2f..%2fetc%2fpasswd", "%ed%a0%80", "%F0%9F%97%B3", "a" * 5_000)


@pytest.mark.parametrize("word", ODD, ids=lambda word: word[:12])
async def test_an_odd_word_in_a_path_is_a_clear_answer_to_who_may_take_it(client, curated: Curated, word: str) -> None:
    headers = cookie(session(curated, "ada", Way.ONE_TIME).secret)
    for declared in KEPT:
        if "{" in declared.path:
            path = PARAMETER.sub(lambda _found: word, declared.path)
            response = await client.request(declared.method, URL(path, encoded=True), headers=headers)
            assert response.status in range(400, 500), (declared, response.status)
            assert len(word) < 4 or word not in await response.text(), declared


BAD_BODIES = (("text/plain", b"{}", 415), ("application/json", b"{", 400), ("application/json", b"[]", 422))


@pytest.mark.parametrize(("kind", "sent", "status"), BAD_BODIES, ids=["no json", "broken", "no object"])
async def test_every_route_that_takes_a_body_takes_plain_json_only(client, curated: Curated, kind: str, sent: bytes, status: int) -> None:
    headers = {**cookie(session(curated, "ada", Way.ONE_TIME).secret), "Content-Type": kind}
    for declared in KEPT:
        if declared.body is not None and declared.method in {"POST", "PUT", "PATCH"} and "{kind}" not in declared.path:
            response = await client.request(declared.method, address(declared), data=sent, headers=headers)
            assert response.status in {status, 428}, declared
