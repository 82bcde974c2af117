"""A curator's and a reviewer's day over HTTP: conditions, keys, moves, conflicts, publishing; and what is refused."""

import pytest
from aiohttp.test_utils import TestClient

from tests.admin.api.bearing import app_over, bearer, moment
from tests.admin.api.proofs import BASE, problem
from tests.curated import ADA, CARLA, DIRK, DORA, FLEUR, RUTH, VERA, Curated, curated_store

ABOUT = {"title": "Polling booths", "reason": "Seen in support mail", "source": "https://elections.example/mail"}
TERM = {"list": "DE/de/voting", "document": {"text": "wahlkabine finden", "slot": "where_do_i_vote"}}


@pytest.fixture
def curated(tmp_path) -> Curated:
    return curated_store(tmp_path)


@pytest.fixture
async def client(aiohttp_client, curated: Curated) -> TestClient:
    return await aiohttp_client(app_over(curated, moment))


class Person:
    """Somebody who asks the API with their token."""

    def __init__(self, client: TestClient, curated: Curated, who) -> None:
        self.client, self.headers = client, bearer(curated, who)

    async def ask(self, method: str, path: str, body: object = None, **headers: str):
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        response = await self.client.request(method, BASE + path, json=body, headers={**self.headers, **said})
        return response.status, await response.json(content_type=None), response.headers

    async def opened(self, **about: object) -> dict:
        status, told, _ = await self.ask("POST", "/changes", {**ABOUT, **about})
        assert status == 201, told
        return told

    async def move(self, change: str, move: str, body: object = None) -> tuple[int, dict]:
        _, now, _ = await self.ask("GET", f"/changes/{change}")
        status, told, _ = await self.ask("POST", f"/changes/{change}/{move}", body, If_Match=f'"{now["tag"]}"')
        return status, told


@pytest.fixture
def dora(client, curated) -> Person:
    return Person(client, curated, DORA)


@pytest.fixture
def dirk(client, curated) -> Person:
    return Person(client, curated, DIRK)


async def test_a_day_from_a_draft_to_a_release(dora: Person, dirk: Person, curated: Curated) -> None:
    change = await dora.opened()
    status, added, headers = await dora.ask("POST", f"/changes/{change['id']}/terms", TERM)
    assert (status, added["kind"], added["document"]) == (201, "term", TERM["document"])
    assert headers["ETag"] == f'"{added["tag"]}"'
    status, held, _ = await dora.ask("GET", f"/changes/{change['id']}/documents/term/{added['id']}")
    assert (status, held["edited"], held["document"]) == (200, True, TERM["document"])
    assert (await dora.ask("GET", f"/documents/term/{added['id']}"))[0] == 404
    status, edits, _ = await dora.ask("GET", f"/changes/{change['id']}/edits")
    assert [(one["action"], one["before"], one["after"]) for one in edits["items"]] == [("added", None, TERM["document"])]
    assert (await dora.move(change["id"], "submit"))[0] == 200
    status, told = await dora.move(change["id"], "approve")
    assert (status, told["code"]) == (403, "not_allowed")
    status, told = await dirk.move(change["id"], "approve")
    assert (status, told["state"], told["approvals_needed"]) == (200, "approved", 1)
    assert [(one["person"], one["counts"]) for one in told["approvals"]] == [("dirk", True)]
    status, released, _ = await dirk.ask("POST", "/releases", {"changes": [change["id"]]}, Idempotency_Key="p-1")
    assert (status, released["number"]) == (201, 2)
    assert [(one["authors"], one["approvers"]) for one in released["changes"]] == [(["dora"], ["dirk"])]
    again = await dirk.ask("POST", "/releases", {"changes": [change["id"]]}, Idempotency_Key="p-1")
    assert again[:2] == (201, released)
    status, told, _ = await dirk.ask("POST", "/releases", {"changes": [change["id"]]})
    assert (status, told["code"]) == (409, "move_not_allowed")
    status, published, _ = await dora.ask("GET", f"/documents/term/{added['id']}")
    assert (status, published["first_release"], published["document"]) == (200, 2, TERM["document"])
    status, different, _ = await dora.ask("GET", "/releases/2/differences")
    assert [(one["id"], one["before"], one["after"]) for one in different["items"]] == [(added["id"], None, TERM["document"])]
    assert different["next"] is None
    status, found, _ = await dora.ask("GET", "/changes?state=published&person=me")
    assert [(one["id"], one["release"]) for one in found["items"]] == [(change["id"], 2)]


async def test_an_edit_says_which_state_it_is_about(dora: Person) -> None:
    change = await dora.opened()
    path = f"/changes/{change['id']}/documents/list/DE/de/voting"
    _, held, _ = await dora.ask("GET", path)
    body = {"document": {**held["document"], "owner": "dora"}}
    assert (await dora.ask("PUT", path, body))[0] == 428
    assert (await dora.ask("PUT", path, body, If_Match='"0123"'))[0] == 412
    assert (await dora.ask("PUT", path, body, If_None_Match="*"))[0] == 412
    assert (await dora.ask("PUT", path, body, If_Match="0123"))[1]["code"] == "bad_if_match"
    status, edited, headers = await dora.ask("PUT", path, body, If_Match=f'"{held["tag"]}"')
    assert (status, edited["document"]["owner"], edited["change"]["revision"]) == (200, "dora", 1)
    assert (await dora.ask("PUT", path, body, If_Match=f'"{held["tag"]}"'))[0] == 412
    status, back, _ = await dora.ask("DELETE", f"/changes/{change['id']}/edits/list/DE/de/voting", If_Match=headers["ETag"])
    assert (status, back["tag"]) == (200, held["tag"])
    assert (await dora.ask("GET", f"/changes/{change['id']}"))[1]["edits"] == 0


async def test_a_new_document_asks_for_something_new(client, curated: Curated) -> None:
    carla = Person(client, curated, CARLA)
    change = await carla.opened()
    path = f"/changes/{change['id']}/documents/list/US/en/registration"
    body = {"document": {"region": "US", "language": "en", "topic": "registration"}}
    assert (await carla.ask("PUT", path, body))[0] == 428
    assert (await carla.ask("PUT", path, body, If_None_Match="*"))[0] == 200
    assert (await carla.ask("PUT", path, body, If_None_Match="*"))[0] == 412


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        pytest.param({"text": "a", "slots": "x"}, "/document", id="an unknown field"),
        pytest.param({"slot": "where_do_i_vote"}, "/document/text", id="without its text"),
        pytest.param({"text": "a", "season_only": "false"}, "/document/season_only", id="text for a truth"),
        pytest.param({"text": "a", "match": "secret-word"}, "/document/match", id="no such way to match"),
        pytest.param({"text": "a", "near": "secret-word"}, "/document/near", id="text for a list"),
    ],
)
async def test_a_document_of_another_shape_is_told_by_place_and_never_repeated(dora: Person, document: dict, pointer: str) -> None:
    change = await dora.opened()
    status, told, _ = await dora.ask("POST", f"/changes/{change['id']}/terms", {"list": "DE/de/voting", "document": document})
    assert (status, told["code"], told["errors"][0]["pointer"]) == (422, "invalid_document", pointer)
    assert "secret-word" not in str(told)


async def test_a_key_makes_a_repeated_request_harmless(dora: Person) -> None:
    first = await dora.ask("POST", "/changes", ABOUT, Idempotency_Key="monday")
    again = await dora.ask("POST", "/changes", ABOUT, Idempotency_Key="monday")
    assert first[:2] == again[:2]
    status, told, _ = await dora.ask("POST", "/changes", {**ABOUT, "title": "Another"}, Idempotency_Key="monday")
    assert (status, told["code"]) == (422, "idempotency_key_reused")
    assert len((await dora.ask("GET", "/changes"))[1]["items"]) == 1


async def test_somebody_elses_region_is_refused_and_written_down(client, curated: Curated, dora: Person) -> None:
    fleur = Person(client, curated, FLEUR)
    change = await dora.opened()
    status, told, _ = await fleur.ask("POST", f"/changes/{change['id']}/terms", TERM)
    assert (status, told["code"]) == (403, "not_allowed")
    with curated.look() as act:
        last = act.unit.journal.last()
    assert last is not None
    assert (last.actor, last.action, last.subject, last.outcome) == ("fleur", "change.edited", change["id"], "not_allowed")


async def test_an_edit_after_approval_asks_for_a_new_one(dora: Person, dirk: Person) -> None:
    change = await dora.opened()
    await dora.ask("POST", f"/changes/{change['id']}/terms", TERM)
    await dora.move(change["id"], "submit")
    await dirk.move(change["id"], "approve")
    await dora.ask("POST", f"/changes/{change['id']}/terms", {**TERM, "document": {"text": "wahlurne wo"}})
    _, now, _ = await dora.ask("GET", f"/changes/{change['id']}")
    assert (now["state"], now["content"]) == ("draft", None)
    assert [one["counts"] for one in now["approvals"]] == [False]
    status, told, _ = await dirk.ask("POST", "/releases", {"changes": [change["id"]]})
    assert (status, told["code"]) == (409, "move_not_allowed")


async def test_two_changes_of_the_same_document_meet_in_a_conflict_with_both_sides(client, curated: Curated, dora, dirk) -> None:
    both = [await dora.opened(title=title) for title in ("One", "Two")]
    path = "/documents/list/DE/de/voting"
    for change, owner in zip(both, ("berlin", "bonn"), strict=True):
        _, held, headers = await dora.ask("GET", f"/changes/{change['id']}{path}")
        body = {"document": {**held["document"], "owner": owner}}
        assert (await dora.ask("PUT", f"/changes/{change['id']}{path}", body, If_Match=headers["ETag"]))[0] == 200
        await dora.move(change["id"], "submit")
        await dirk.move(change["id"], "approve")
    first, second = (change["id"] for change in both)
    assert (await dirk.ask("POST", "/releases", {"changes": [first, second]}))[1]["code"] == "conflict"
    assert (await dirk.ask("POST", "/releases", {"changes": [first]}))[0] == 201
    assert (await dirk.ask("POST", "/releases", {"changes": [second]}))[1]["code"] == "conflict"
    _, told, _ = await dora.ask("GET", f"/changes/{second}/conflicts")
    assert [(one["base"].get("owner"), one["ours"]["owner"], one["theirs"]["owner"]) for one in told["items"]] == [(None, "bonn", "berlin")]
    status, refused = await dora.move(second, "rebase", {"settled": []})
    assert (status, refused["code"]) == (409, "conflict")
    settled = {"settled": [{"kind": "list", "id": "DE/de/voting", "take": "ours"}]}
    status, rebased = await dora.move(second, "rebase", settled)
    assert (status, rebased["state"], rebased["conflicts"]) == (200, "draft", 0)


async def test_what_a_change_would_do_is_told_before_it_is_approved(dora: Person) -> None:
    change = await dora.opened()
    _, held, headers = await dora.ask("GET", f"/changes/{change['id']}/documents/list/DE/de/voting")
    body = {"document": {**held["document"], "must_match": ["wo wähle ich heute", "wahlkabine finden in berlin"]}}
    await dora.ask("PUT", f"/changes/{change['id']}/documents/list/DE/de/voting", body, If_Match=headers["ETag"])
    _, before, _ = await dora.ask("GET", f"/changes/{change['id']}/effect")
    assert [one["code"] for one in before["findings"]["new"]["findings"]] == ["sample_missed"]
    await dora.ask("POST", f"/changes/{change['id']}/terms", TERM)
    status, told, _ = await dora.ask("GET", f"/changes/{change['id']}/effect")
    words = {"list": "DE/de/voting", "gained": ["wahlkabine finden"], "gained_count": 1, "lost": [], "lost_count": 0}
    assert (status, told["words"]) == (200, [words])
    assert told["findings"]["new"]["errors"] == 0
    assert [one["text"] for one in told["searches"]["examples"]] == ["wahlkabine finden in berlin", "wahlkabine finden"]
    assert {"from": "no_match", "to": "shown", "count": 2} in told["searches"]["flipped"]
    assert told["touches"] == {"regions": ["DE"], "languages": ["de"], "notices": [], "campaigns": []}


async def test_rolling_back_is_an_admins(client, curated: Curated, dora: Person, dirk: Person) -> None:
    change = await dora.opened()
    await dora.ask("POST", f"/changes/{change['id']}/terms", TERM)
    await dora.move(change["id"], "submit")
    await dirk.move(change["id"], "approve")
    await dirk.ask("POST", "/releases", {"changes": [change["id"]]})
    assert (await dirk.ask("POST", "/releases/rollback", {"number": 1, "reason": "It went wrong"}))[0] == 403
    status, told, _ = await Person(client, curated, ADA).ask("POST", "/releases/rollback", {"number": 1, "reason": "It went wrong"})
    assert (status, told["number"], told["rollback_of"]) == (201, 3, 1)
    assert (await dora.ask("GET", "/releases/3/differences?since=1"))[1]["items"] == []


async def test_lists_come_in_pages(dora: Person, client, curated: Curated) -> None:
    opened = [(await dora.opened(title=f"Change {number}"))["id"] for number in range(5)]
    seen, path = [], "/changes?limit=2"
    while path:
        _, told, _ = await dora.ask("GET", path)
        seen += [one["id"] for one in told["items"]]
        path = f"/changes?limit=2&after={told['next']}" if told["next"] else ""
    assert seen == sorted(opened)
    _, told, _ = await Person(client, curated, VERA).ask("GET", "/documents/term?owner=DE/de/voting&text=BRIEFWAHL")
    assert [one["document"]["text"] for one in told["items"]] == ["briefwahl beantragen"]
    assert (await dora.ask("GET", "/documents/recipe"))[0] == 422


async def test_rejecting_says_why_and_the_authors_may_go_on(client, curated: Curated, dora: Person, dirk: Person) -> None:
    change = await dora.opened()
    await dora.ask("POST", f"/changes/{change['id']}/terms", TERM)
    await dora.move(change["id"], "submit")
    assert (await dirk.move(change["id"], "reject", {"why": ""}))[0] == 422
    status, told = await dirk.move(change["id"], "reject", {"why": "Too narrow"})
    assert (status, told["state"]) == (200, "rejected")
    assert [one["text"] for one in (await dora.ask("GET", f"/changes/{change['id']}/comments"))[1]["items"]] == ["Too narrow"]
    assert (await dora.ask("POST", f"/changes/{change['id']}/comments", {"text": "I see"}))[0] == 201
    await dora.ask("POST", f"/changes/{change['id']}/terms", {**TERM, "document": {"text": "wahlurne wo"}})
    assert (await dora.ask("GET", f"/changes/{change['id']}"))[1]["state"] == "draft"
    revisions, path = [], f"/changes/{change['id']}/revisions?limit=1"
    _, told, _ = await dora.ask("GET", path)
    revisions += [one["revision"] for one in told["items"]]
    _, told, _ = await dora.ask("GET", f"{path}&after={told['next']}")
    revisions += [one["revision"] for one in told["items"]]
    assert (revisions, told["next"]) == ([1, 2], None)
    assert (await dora.move(change["id"], "withdraw"))[1]["state"] == "withdrawn"
    assert (await dora.move(change["id"], "submit"))[0] == 409


async def test_checks_are_told_and_gate_publishing(client, curated: Curated, dora: Person, dirk: Person) -> None:
    assert (await Person(client, curated, VERA).ask("GET", "/checks"))[1]["errors"] == 0
    change = await dora.opened()
    _, held, headers = await dora.ask("GET", f"/changes/{change['id']}/documents/list/DE/de/voting")
    body = {"document": {**held["document"], "must_match": ["gar nicht zu finden"]}}
    await dora.ask("PUT", f"/changes/{change['id']}/documents/list/DE/de/voting", body, If_Match=headers["ETag"])
    await dora.move(change["id"], "submit")
    await dirk.move(change["id"], "approve")
    status, told, _ = await dirk.ask("POST", "/releases", {"changes": [change["id"]]})
    assert (status, told["code"]) == (422, "checks_failed")
    assert told["errors"][0]["code"] == "sample_missed"
    assert (await dirk.ask("GET", "/releases"))[1]["items"][0]["number"] == 1


async def test_a_notice_for_the_world_is_not_a_countrys_curators(client, curated: Curated, dora: Person) -> None:
    change = await dora.opened()
    path = f"/changes/{change['id']}/documents/wording"
    for notice, status in (("how-to-vote", 403), ("de-notice", 200)):
        _, held, headers = await dora.ask("GET", f"{path}/{notice}/de")
        body = {"document": {**held["document"], "title": "Neu"}}
        assert (await dora.ask("PUT", f"{path}/{notice}/de", body, If_Match=headers["ETag"]))[0] == status
    _, held, headers = await dora.ask("GET", f"{path}/de-notice/en")
    assert (await dora.ask("PUT", f"{path}/de-notice/en", {"document": held["document"] | {"title": "New"}}, If_Match=headers["ETag"]))[
        0
    ] == 403


async def test_a_reviewer_of_everything_needs_somebody_else_for_their_own(client, curated: Curated) -> None:
    ruth = Person(client, curated, RUTH)
    change = await ruth.opened()
    await ruth.ask("POST", f"/changes/{change['id']}/terms", TERM)
    await ruth.move(change["id"], "submit")
    status, told = await ruth.move(change["id"], "approve")
    assert (status, told["code"]) == (403, "four_eyes")
    assert (await problem(await client.get(f"{BASE}/changes")))[0] == 401
