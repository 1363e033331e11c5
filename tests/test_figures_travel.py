"""A figure of the plan that is changed travels to every table that depends on it, and to no other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd
import pytest

from planner import study
from planner.allocation.allocate import allocate
from planner.plan.model import Plan
from planner.register.synthesis import synthesise
from planner.scenario.resolving import Resolved
from tests.simulation.small import small_plan

FATE = {"yearly", "bands", "places", "pathways", "flows"}
"""Tables of what happens to households and villages."""
HANDED = {"rounding", "names", "task_sheet"}
"""Tables of what is handed down: whole units, names, tasks."""
COARSE = {"milestones", "bottlenecks"}
"""Tables of the same that change by whole steps: a promise is kept or not, works wait or not."""

DEPENDS: dict[str, tuple[float, set[str], set[str]]] = {
    # path, new value, tables that must change, tables that may
    # figures that only the audit reads
    "facts.plan_money": (81000, {"findings"}, set()),
    "facts.mutual_fund": (60, {"findings"}, set()),
    "facts.school_money": (200, {"findings"}, set()),
    "lines.infrastructure.amount": (1990, {"findings"}, set()),
    "sources.own_budget.amount": (610, {"findings"}, set()),
    # a promise is compared with what happens; nothing before reads it
    "milestones.persons_first.at_least": (1900, {"milestones"}, set()),
    "milestones.villages_all.at_least": (5, {"milestones"}, set()),
    # a task held by its clause costs more: its line pays the same in all, and no household sees it
    "measures.greening.cost": (13, {"money", "measures", "task_sheet"}, set()),
    # held on the side account, whose line pays what is needed; its premium is a relation of the audit
    "measures.accident_insurance.cost": (60, {"money", "measures", "lines", "findings", "task_sheet"}, set()),
    # building begins two months later: what is bought and expected stays as it is
    "horizon.start_month": (5, FATE, COARSE),
    # a line with less money buys less
    "lines.houses.amount": (
        100, {"money", "lines", "measures", "gaps", "planned", "findings"} | HANDED | FATE,
        COARSE | {"planned_villages"},
    ),
    # a dearer post: fewer posts for the same line, too few for the task, what is needed costs more; no works are touched
    "measures.public_post.cost": (
        2.4, {"money", "measures", "planned", "findings", "needs", "village_needs"} | HANDED | FATE,
        {"planned_villages", "milestones"},
    ),
    # a pathway's target: the plan as written does not aim at it; its sum is audited, its row shown beside what happens
    "pathways.medical.target": (70, {"findings", "pathways"}, set()),
    # the incidence that counts as capped off judges what happens; it is an assumption, and listed
    "milestones.cap_off.at_most": (5, {"assumptions", "places"}, {"milestones"}),
    # fewer persons due: a shorter list, so other exits; the money stays where the lines put it
    "schedule.2016.persons": (900, {"findings", "planned", "rounding", "task_sheet"} | FATE, COARSE | {"planned_villages"}),
}  # fmt: skip


@cache
def tables(path: str = "", value: float = 0.0) -> Mapping[str, pd.DataFrame]:
    """Every table of the small plan as written, with one figure changed: from the register to the comparison."""
    tree: dict[str, Any] = json.loads(small_plan().model_dump_json())
    if path:
        *steps, last = path.split(".")
        holder = tree
        for step in steps:
            holder = holder[step]
        if isinstance(holder[last], dict):
            holder[last] |= {"value": value, "range": holder[last]["range"] and [0, 10**6]}
        else:
            holder[last] = value
    plan = Plan.model_validate_json(json.dumps(tree))
    register = synthesise(plan, 2)
    case = study.Case("x", "x", Resolved(plan, "x", "x", "x", (), (), {}, "x"))
    proposal = allocate(plan, register)
    runs = study.forecast([case], [proposal], register, 1, 1, 1, lambda *_: None)
    return study.tables_of([case], [proposal], [], register, runs)


@pytest.mark.parametrize("path", DEPENDS)
def test_a_changed_figure_travels_to_the_tables_that_depend_on_it_and_to_no_other(path):
    value, must, may = DEPENDS[path]
    before, after = tables(), tables(path, value)
    changed = {name for name in before if not before[name].equals(after[name])}
    assert must - changed == set(), "what depends on it has to change"
    assert changed - must - may == set(), "what does not depend on it has to stay"
