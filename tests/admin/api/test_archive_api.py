"""The archive over HTTP, as admins get it and anybody may prove it."""

from aiohttp.test_utils import TestClient

from admin.archive_reading import prove_archive
from notices.signing import encode_key, key_id
from tests.admin.api.bearing import app_over, bearer, moment
from tests.curated import ADA, RUTH, TRUSTED
from tests.proven import proven_store

ARCHIVE = "/admin/api/v1/archive"


async def test_an_admin_gets_it_whole_and_it_is_proven_and_told(aiohttp_client, tmp_path) -> None:
    curated = proven_store(tmp_path)
    client: TestClient = await aiohttp_client(app_over(curated, moment, trusted_keys=(encode_key(TRUSTED[0]),)))
    response = await client.get(ARCHIVE, headers=bearer(curated, ADA))
    assert (response.status, response.content_type) == (200, "application/jsonl")
    assert response.headers["Content-Disposition"] == 'attachment; filename="signpost-archive.jsonl"'
    file = tmp_path / "got.jsonl"
    file.write_bytes(await response.read())
    proven = prove_archive(file)
    assert proven.problems == ()
    assert key_id(TRUSTED[0].key) in {key_id(one.key) for one in proven.keys}
    last = proven.exported.audit[-1]
    assert (last.action, last.actor, last.way) == ("archive.exported", "ada", "token")
    assert not list(tmp_path.glob(".archive-*"))


async def test_nobody_else_gets_it(aiohttp_client, tmp_path) -> None:
    curated = proven_store(tmp_path)
    client: TestClient = await aiohttp_client(app_over(curated, moment))
    assert (await client.get(ARCHIVE)).status == 401
    assert (await client.get(ARCHIVE, headers=bearer(curated, RUTH))).status == 403
