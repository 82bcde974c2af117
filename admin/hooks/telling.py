"""Hooks and deliveries as plain JSON, the same over HTTP and on the command line; a secret only where it was just made."""

from admin.hooks.keeping import tag_of
from admin.hooks.signing import message_id
from notices.documents import Document
from review.events import Delivery, Hook


def hook_document(hook: Hook) -> Document:
    """A hook without its secret."""
    return {
        "id": hook.id,
        "url": hook.url,
        "events": list(hook.events),
        "created_by": hook.created_by,
        "created_at": hook.created_at,
        "ended_at": hook.ended_at,
        "tag": tag_of(hook),
    }


def delivery_document(delivery: Delivery) -> Document:
    """A delivery and how it went so far."""
    return {
        "number": delivery.number,
        "hook": delivery.hook,
        "event": delivery.event,
        "message_id": message_id(delivery),
        "state": state_of(delivery),
        "created_at": delivery.created_at,
        "attempts": delivery.attempts,
        "status": delivery.status,
        "next_at": delivery.next_at,
        "delivered_at": delivery.delivered_at,
        "body": delivery.body,
    }


def state_of(delivery: Delivery) -> str:
    """`delivered`, `pending`, or `given_up`."""
    if delivery.delivered_at is not None:
        return "delivered"
    return "given_up" if delivery.next_at is None else "pending"
