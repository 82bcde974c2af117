"""Long work gives way: every turn is followed by somebody else's, and by what goes with it."""

import asyncio

import pytest

from web.turns import Turns


async def beside_another(order: list[str], turns: Turns, number: int) -> int:
    """So many steps while somebody else wants turns, too, and who was when at it; what the last step gave."""

    async def other():
        while True:
            order.append("other")
            await asyncio.sleep(0)

    def steps():
        for step in range(number):
            order.append("step")
            yield step

    asking = asyncio.create_task(other())
    try:
        return await turns.through(steps())
    finally:
        asking.cancel()


async def test_others_get_a_turn_between_any_two_steps():
    order: list[str] = []
    assert await beside_another(order, Turns(seconds=0), 50) == 49
    assert order.count("step") == 50
    assert "step,step" not in ",".join(order)


async def test_steps_within_a_turn_are_taken_at_once():
    ends: list[str] = []
    assert await Turns(after=lambda: ends.append("end"), seconds=3600).through(range(100)) == 99
    assert ends == []


async def test_something_may_go_with_the_end_of_each_turn():
    ends: list[str] = []
    await Turns(after=lambda: ends.append("end"), seconds=0).through(range(12))
    assert len(ends) == 12


async def test_whatever_goes_before_a_turn_comes_between_what_others_do_and_its_steps():
    order: list[str] = []
    await beside_another(order, Turns(lambda: order.append("before"), lambda: order.append("after"), seconds=0), 12)
    told = ",".join(order)
    assert told.count("before,step,after") == 12
    assert "other,step" not in told


async def test_between_steps_that_others_may_come_between_both_are_done():
    done: list[str] = []
    turns = Turns(lambda: done.append("before"), lambda: done.append("after"), seconds=0)
    for _ in range(3):
        await turns.give_way()
    assert done == ["before", "after"] * 3


async def test_what_goes_wrong_in_a_step_is_told():
    def steps():
        yield 1
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await Turns().through(steps())
