"""The whole program of a problem: its columns, then the rows of every declared family in a fixed order."""

from __future__ import annotations

from planner.allocation import constraints_aims, constraints_money, constraints_people, constraints_villages
from planner.allocation.families import FAMILIES
from planner.allocation.formulation import Draft, draft_columns
from planner.allocation.problem import Problem
from planner.allocation.program import Program

DECLARED_IN = (constraints_people, constraints_villages, constraints_money, constraints_aims)
"""The files whose families are in the program, in the order of its rows."""


def draft(problem: Problem, aims: tuple[str, ...]) -> tuple[Draft, Program]:
    """The program of a problem under its plan's regime, with the map from meaning to columns.

    Rows that only measure an aim which is not served are left out: they would bind nothing, yet sway a choice among
    answers that are equally good.
    """
    made = draft_columns(problem)
    for module in DECLARED_IN:
        for declared in FAMILIES.values():
            asked = not declared.serves or set(declared.serves) & set(aims)
            if asked and declared.build.__module__ == module.__name__:
                made.builder.family = declared.name
                declared.build(made)
    return made, made.builder.finish()
