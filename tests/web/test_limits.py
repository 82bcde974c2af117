"""Rates: so many, then a 429 that says when to come back; routes without a rate go on."""

from tests.web.stand import Lines, make_app


async def test_the_third_of_two_an_hour_is_a_429(aiohttp_client):
    client = await aiohttp_client(make_app(Lines()))
    answers = [await client.post("/developers") for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert (await answers[2].json())["code"] == "too_many_requests"
    assert int(answers[2].headers["Retry-After"]) > 0
    assert (await client.get("/healthz")).status == 200


async def test_each_application_counts_for_itself(aiohttp_client):
    for _ in range(2):
        client = await aiohttp_client(make_app(Lines()))
        assert [(await client.post("/developers")).status for _ in range(2)] == [200, 200]
