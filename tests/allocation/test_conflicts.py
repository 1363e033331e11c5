"""When the clauses cannot all hold, those that clash are named. The county is that of `tiny`."""

from __future__ import annotations

import pytest

from planner.allocation.allocate import allocate
from planner.allocation.conflicts import conflict
from planner.errors import Infeasible
from tests.allocation.tiny import by_year, drafted, fig, source, tiny_plan, tiny_register


def test_a_task_that_the_money_does_not_reach_names_the_task_and_the_sources():
    """4 km cost 60; own and tied money come to 30, of which 7 are held for greening."""
    plan = tiny_plan(
        sources={"own": source(20, ["roads", "green", "homes", "people"]), "tied": {"amount": fig(10, "万元")}}
    )
    with pytest.raises(Infeasible):
        allocate(plan, tiny_register())
    found = conflict(drafted(plan)[1])
    assert found.rows[0] == "task:gravel:0 (gravel, 2031)"
    assert {"source:own (own, 2031)", "source:tied (tied, 2031)"} <= set(found.rows)
    assert found.clauses[0] == "二(三); 三; 四"


def test_a_task_above_what_can_be_delivered_names_the_capacity():
    """4 km by the end of 2031, and 1 km can be built."""
    found = conflict(drafted(tiny_plan(measures={"gravel": {"capacity": by_year(1, "公里")}}))[1])
    assert set(found.rows) == {"task:gravel:0 (gravel, 2031)", "capacity:gravel (gravel, 2031)"}


def test_a_source_below_nought_names_itself():
    found = conflict(drafted(tiny_plan(sources={"land": {"amount": fig(-5, "万元")}}))[1])
    assert found.rows[0].startswith("source:land")


def test_where_all_hold_nothing_is_named():
    found = conflict(drafted()[1])
    assert (found.clauses, found.rows) == ((), ())
