"""The plan as written: printed lines, spread as the plan itself ranks. The county is that of `tiny`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.allocation.allocate import allocate
from planner.allocation.as_written import spread_as_written
from planner.allocation.problem import make_problem
from tests.allocation.tiny import FIRST, award_plan, line, measure, poor_households, tiny_register


def spread(money: float, households: dict[str, Any], **sections: Any) -> dict[str, np.ndarray]:
    plan = award_plan(money, lines={"people": line(money)}, regime={"kind": "as_written"}, **sections)
    made = spread_as_written(make_problem(plan, tiny_register(households)))
    return {**made.stock, **made.done}


def test_as_written_the_villages_due_first_come_first():
    """2 万元 are 4 awards: 3 for the 3 households of village 0, due first; 1 shared by the 5 of villages 1 and 2: 1/5 each.

    In the second year the 4 still waiting take 2 万元 and so do none of village 3.
    """
    stock = spread(2, poor_households(10, village=[0, 0, 0, 1, 1, 1, 2, 2, 3, 3]))["grow"]
    assert stock[:, 0] == pytest.approx([3, 3 / 5, 2 / 5, 0])
    assert stock[:, 1] == pytest.approx([3, 3, 2, 0])


def test_as_written_a_recurring_cost_is_paid_before_anything_new():
    """4 awards in place take all the 2 万元 of the second year."""
    stock = spread(2, poor_households(10), recurring=True)["grow"]
    assert stock[0] == pytest.approx([4, 4])


def test_as_written_works_are_whole_and_those_that_the_money_does_not_reach_are_passed_over():
    """Villages 0 (3 km), 1 (4 km), 2 (1 km) at 10 a km and 45 万元: 30 for village 0, 40 is too much, 10 for village 2."""
    gravel = measure("village_works", "people", "公里", 10, 99, closes=["village_road"], need="km_gravel")
    plan = award_plan(45, lines={"people": line(45)}, regime={"kind": "as_written"}, measures={"gravel": gravel})
    only = plan.model_copy(update={"measures": {"gravel": plan.measures["gravel"], "grow": plan.measures["grow"]}})
    problem = make_problem(only, tiny_register(poor_households(3), villages={"km_gravel": [3.0, 4.0, 1.0, 0.0]}))
    done = spread_as_written(problem).done["gravel"]
    assert done[:, 0].tolist() == [1, 0, 1, 0]
    assert done[:, 1].tolist() == [1, 1, 1, 0]


def test_as_written_the_first_year_comes_to_the_printed_line_to_the_yuan():
    """3 households take 1.5 of 2 万元; the rest stands without a task: 20 000 yuan in all."""
    plan = award_plan(2, lines={"people": line(2)}, regime={"kind": "as_written"})
    proposal = allocate(plan, tiny_register(poor_households(3)))
    assert proposal.yuan(FIRST) == 20_000
    by_measure = {e.measure: e.yuan for e in proposal.entries if e.year == FIRST}
    assert by_measure == {"grow": 15_000, "untied": 5_000}
