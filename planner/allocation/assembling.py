"""The whole program of a problem: its columns, then the rows of every declared family in a fixed order."""

from __future__ import annotations

from planner.allocation import constraints_aims, constraints_money, constraints_people
from planner.allocation.families import FAMILIES
from planner.allocation.formulation import Draft, draft_columns
from planner.allocation.problem import Problem
from planner.allocation.program import Program

DECLARED_IN = (constraints_people, constraints_money, constraints_aims)
"""The files whose families are in the program, in the order of its rows."""


def draft(problem: Problem) -> tuple[Draft, Program]:
    """The program of a problem under its plan's regime, with the map from meaning to columns."""
    made = draft_columns(problem)
    for module in DECLARED_IN:
        for declared in FAMILIES.values():
            if declared.build.__module__ == module.__name__:
                made.builder.family = declared.name
                declared.build(made)
    return made, made.builder.finish()
