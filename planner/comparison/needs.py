"""Needs as tidy tables, and the plan's printed tasks held against them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.comparison.indicators import frame
from planner.plan.measures import Task
from planner.plan.model import Plan
from planner.register.model import Register
from planner.rules.needs import Needs, needs
from planner.rules.ranking import village_needs
from planner.rules.verdict import Vector
from planner.terms import Places

Found = Sequence[tuple[str, Needs]]
"""Scenario name and the needs under its plan in force, year by year."""


def needs_by_year(named: Sequence[tuple[str, Plan]], register: Register) -> Found:
    """The needs of every scenario in every year of its plan."""
    return [(name, needs(plan, register, year)) for name, plan in named for year in plan.horizon.years]


def needs_table(found: Found) -> pd.DataFrame:
    """Units of each measure by village and year with cost and the households behind them; rows of noughts left out."""
    return frame("needs", [row for name, each in found for row in _rows(name, each)])


def village_table(found: Found) -> pd.DataFrame:
    """What each village lacks and what it costs, by rank and year."""
    rows = []
    for name, each in found:
        villages, townships = each.register.villages, each.townships
        kinds = each.places
        for v in village_needs(each):
            criteria = [each.plan.village_criteria[c] for c in v.lacking]
            rows.append(
                (
                    name,
                    each.year,
                    v.rank,
                    str(villages["name"][v.row]),
                    each.register.townships[int(townships[v.row])],
                    Places(int(kinds[v.row])).name.lower(),
                    v.due_year,
                    v.persons,
                    len(v.lacking),
                    "、".join(c.name for c in criteria),
                    "; ".join(c.english for c in criteria),
                    len(v.unknown),
                    v.open_households,
                    v.open_persons,
                    v.to_leave,
                    v.below_line,
                    v.gap_yuan,
                    v.without,
                    v.yuan,
                    v.yearly_yuan,
                    v.own_yuan,
                    v.side_yuan,
                    v.to_verify,
                )
            )
    return frame("village_needs", rows)


def _rows(name: str, found: Needs) -> list[tuple[object, ...]]:
    villages = found.register.villages
    names, townships = villages["name"].tolist(), villages["township"].tolist()
    kinds = [Places(int(k)).name.lower() for k in found.places]
    rows: list[tuple[object, ...]] = []
    for key, need in found.measures.items():
        measure = found.plan.measures[key]
        every = "yearly" if measure.recurring else "once"
        something = (need.units > 0) | (need.unknown > 0) | (need.instead > 0) | (need.beyond > 0)
        rows += [
            (
                name,
                found.year,
                found.register.townships[int(townships[v])],
                names[v],
                kinds[v],
                key,
                found.account(key),
                every,
                measure.unit,
                float(need.units[v]),
                int(need.households[v]),
                int(need.persons[v]),
                int(need.yuan[v]),
                int(need.own_yuan[v]),
                int(need.unknown[v]),
                int(need.instead[v]),
                float(need.beyond[v]),
            )
            for v in np.flatnonzero(something)
        ]
    return rows


def task_of(found: Needs, key: str) -> tuple[float, float]:
    """Units of a measure that the plan prints for the year of the needs, and how many of the needed ones they cover.

    A task in per cent is that share of what is needed in its places. A task of whole units covers at most what is
    needed in its places. Where both are printed, the larger counts: the one is part of the other.

    Unit: the measure's own; NaN and 0 where the plan prints no task for the year.
    """
    measure, need = found.plan.measures[key], found.measures[key]
    printed, covered, shares = [], [], []
    for task in measure.tasks:
        if task.amount.year != found.year:
            continue
        wanted = float(need.units[_places(found, task)].sum())
        if task.amount.unit == "%":
            shares.append(task.amount.value / 100 * wanted)
        else:
            printed.append(task.amount.value)
            covered.append(min(task.amount.value, wanted))
    if not printed and not shares:
        return float("nan"), 0.0
    task_units = max(sum(printed), *shares, 0.0)
    return task_units, min(float(need.units.sum()), max(sum(covered), *shares, 0.0))


def held_tasks(found: Needs) -> tuple[str, ...]:
    """Measures with a printed task in the year that no criterion of the register calls for."""
    measures = found.plan.measures
    return tuple(
        k for k, m in measures.items() if k not in found.measures and any(t.amount.year == found.year for t in m.tasks)
    )


def _places(found: Needs, task: Task) -> Vector:
    villages = found.register.villages
    if task.places == "county":
        return np.ones(villages.rows, bool)
    if task.places == "poor_villages":
        listed: Vector = villages["poor_village"] == 1
        return listed
    due: Vector = villages["due_year"] == found.year
    return due
