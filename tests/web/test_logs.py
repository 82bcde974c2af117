"""What is written down: JSON lines with types and frames; an error's own text never."""

import asyncio
import gc
import json
import logging

import pytest

from tests.web.stand import NOON, SECRET, Lines
from web.logs import AccessLog, facts_of, make_log, quieten


def fail() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise RuntimeError(SECRET) from error


@pytest.fixture
def restored_logging():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_an_error_is_its_type_and_frames_and_its_causes():
    with pytest.raises(RuntimeError) as failed:
        fail()
    facts = facts_of(failed.value)
    assert facts["error"] == "RuntimeError"
    assert facts["cause"]["error"] == "ValueError"
    assert facts["frames"][-1].startswith("tests/web/test_logs.py:")
    assert SECRET not in json.dumps(facts)


def test_no_error_has_no_facts():
    assert facts_of(None) == {}


def test_a_line_is_json_with_the_time_handed_in():
    lines = Lines()
    make_log(lines, lambda: NOON).warning("something", number=3)
    assert lines.events() == [{"event": "something", "level": "warning", "number": 3, "time": "2026-11-03T12:00:00.000+00:00"}]


def test_a_level_leaves_out_what_is_below():
    lines = Lines()
    log = make_log(lines, lambda: NOON, "error")
    log.warning("something")
    log.error("worse")
    assert [event["event"] for event in lines.events()] == ["worse"]


@pytest.mark.usefixtures("restored_logging")
async def test_records_of_libraries_say_where_not_what():
    lines = Lines()
    quieten(make_log(lines, lambda: NOON), asyncio.get_running_loop())
    try:
        fail()
    except RuntimeError:
        logging.getLogger("aiohttp.server").exception("Error handling %s", SECRET)
    (event,) = lines.events()
    assert (event["logger"], event["error"]) == ("aiohttp.server", "RuntimeError")
    assert SECRET.encode() not in lines.text


@pytest.mark.usefixtures("restored_logging")
async def test_a_stray_task_says_its_type_only():
    lines = Lines()
    loop = asyncio.get_running_loop()
    quieten(make_log(lines, lambda: NOON), loop)

    async def stray() -> None:
        raise ValueError(SECRET)

    task = loop.create_task(stray())
    await asyncio.wait([task])
    del task
    gc.collect()
    assert [event["error"] for event in lines.events()] == ["ValueError"]
    assert SECRET.encode() not in lines.text


async def test_what_one_turn_of_the_loop_answers_is_one_write():
    class Counting(Lines):
        writes = 0

        def write(self, line: bytes, /) -> int:
            self.writes += 1
            return super().write(line)

    lines = Counting()
    log = AccessLog(lines, lambda: NOON)
    for size in range(3):
        log("GET", "/v1/things", 200, 0.001, size, "0" * 32)
    assert lines.text == b""
    await asyncio.sleep(0)
    assert [event["bytes"] for event in lines.events()] == [0, 1, 2]
    log("GET", "/v1/things", 200, 0.001, 3, "0" * 32)
    await asyncio.sleep(0)
    assert (len(lines.events()), lines.writes) == (4, 2)
