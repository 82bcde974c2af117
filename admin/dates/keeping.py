"""A fetched document for at most an hour, as the terms of Democracy Works allow, so that a dry run and its `--write` see the same."""

import base64
import hashlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

LONGEST: Final = timedelta(hours=1)


def question_of(parts: Iterable[str]) -> str:
    """What was asked, so that another question does not get this answer; without any key."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def kept(path: Path, question: str, now: datetime) -> tuple[bytes, datetime] | None:
    """The document and when it was got; one that is an hour old, from the future or unreadable is removed and refused."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        retrieved_at = datetime.fromisoformat(record["retrieved_at"])
        data = base64.b64decode(record["document"], validate=True)
        is_fresh = timedelta(0) <= now - retrieved_at < LONGEST
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        is_fresh, record, data, retrieved_at = False, {}, b"", now
    if not is_fresh:
        path.unlink(missing_ok=True)
        return None
    return (data, retrieved_at) if record.get("question") == question else None


def keep(path: Path, question: str, data: bytes, now: datetime) -> None:
    """Keep the document, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"retrieved_at": now.astimezone(UTC).isoformat(), "question": question, "document": base64.b64encode(data).decode()}
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(record, file)
