"""Signatures as Standard Webhooks specifies them."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

from admin.hooks.signing import body_of, headers_of, message_id, new_secret, signature
from review.events import Delivery

AT = datetime(2026, 10, 20, 12, 0, 0, 5, tzinfo=UTC)
DELIVERY = Delivery(7, "hook-1", "change.approved", {"subject": "20261020-1", "title": "הצבעה · ลงคะแนน · 投票"}, AT, AT)


def test_the_specifications_own_example_is_signed_as_it_says() -> None:
    signed = signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_secret_is_new_and_long_enough() -> None:
    made = {new_secret() for _ in range(50)}
    assert len(made) == 50
    assert {len(base64.b64decode(one.removeprefix("whsec_"))) for one in made} == {32}


def test_a_delivery_keeps_its_id_and_its_body_and_gets_a_new_time_with_each_try() -> None:
    secret, later = new_secret(), replace(DELIVERY, attempts=3, status=500)
    first, second = (headers_of(one, body_of(one), secret, AT.replace(minute=minute)) for one, minute in ((DELIVERY, 0), (later, 9)))
    assert first["webhook-id"] == second["webhook-id"] == message_id(DELIVERY) == "msg_20261020T120000000005_7"
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 540
    assert first["webhook-signature"] != second["webhook-signature"]
    assert body_of(DELIVERY) == body_of(later)
    assert "הצבעה · ลงคะแนน · 投票".encode() in body_of(DELIVERY)
