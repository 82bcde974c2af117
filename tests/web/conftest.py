"""Which event loops this room's tests run on."""

import asyncio
from collections.abc import Callable, Mapping

import pytest
import uvloop

ON_BOTH = {"test_deadlines.py", "test_lanes.py", "test_serving.py"}


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """People are served on uvloop, which differs in small ways: what touches connections runs on both."""
    served_on = {"uvloop": uvloop.new_event_loop}
    return {"asyncio": asyncio.new_event_loop, **served_on} if item.path.name in ON_BOTH else served_on
