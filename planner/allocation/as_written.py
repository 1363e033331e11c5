"""The plan as written (按原方案): printed lines, spread as the plan itself ranks, without any optimisation.

Order within a line and year: tasks held by their clause; costs that come back for what is in place; printed tasks, in the
villages due first, whole works village by village; then what money is left over all of the line's measures in the
plan's order, again the villages due earliest first and pro rata to need. Money that finds no need stays untied.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.allocation.constraints_money import task_units
from planner.allocation.problem import Problem
from planner.plan.measures import Measure, Task
from planner.terms import Places

Floats = NDArray[np.float64]
WHOLE = 1e-9


@dataclass
class Spread:
    """Cumulative deliveries by year: households by stratum, shares of whole works by village."""

    stock: dict[str, Floats]
    """Shape: stratum × year."""
    done: dict[str, Floats]
    """Shape: village × year."""


@dataclass
class _Purse:
    money: float

    def can(self, cost: float) -> bool:
        return self.money + WHOLE >= cost

    def pay(self, cost: float) -> None:
        self.money = max(0.0, self.money - cost)


def spread_as_written(pr: Problem) -> Spread:
    """Deliveries that follow from the printed lines and tasks."""
    years = len(pr.years)
    spread = Spread(
        {k: np.zeros((len(pr.strata.township), years)) for k in pr.goods},
        {k: np.zeros((len(pr.village_persons), years)) for k in pr.works},
    )
    for y, year in enumerate(pr.years):
        for k, block in {**spread.stock, **spread.done}.items():
            if y and not (k in spread.stock and _lapses(pr, k, year)):
                block[:, y] = block[:, y - 1]
        for line in pr.plan.leaves():
            _spend(pr, spread, line, y, year)
    return spread


def _granted(pr: Problem, line: str, year: int) -> bool:
    side = pr.plan.lines[line].account == "side"
    return side or pr.plan.money.years == "repeated" or year == pr.years[0]


def _lapses(pr: Problem, k: str, year: int) -> bool:
    """A cost that comes back every year is not paid in a year without money."""
    measure = pr.plan.measures[k]
    return measure.recurring and not _granted(pr, measure.line, year)


def _spend(pr: Problem, spread: Spread, line: str, y: int, year: int) -> None:
    plan = pr.plan
    given = plan.lines[line]
    if not _granted(pr, line, year) or given.amount is None:
        return
    scale = plan.money.scale.value if given.account == "plan" else 1.0
    purse = _Purse(given.amount.wan * scale)
    mine = {k: m for k, m in plan.measures.items() if m.line == line}
    for m in mine.values():
        if m.kind == "held":
            amount = sum(t.amount.value for t in m.tasks if (t.amount.year or pr.years[0]) == year or m.recurring)
            purse.pay(amount * m.cost.wan)
    for k, m in mine.items():
        if m.recurring and k in spread.stock:
            _keep_up(pr, spread.stock[k], k, y, purse)
    room = {k: _room(pr, spread, k, m, y, year) for k, m in mine.items() if k in spread.stock or k in spread.done}
    for k, m in mine.items():
        for task in m.tasks:
            if k in room and (task.amount.year or pr.years[0]) == year:
                wanted = task_units(task, _needed(pr, k, task))
                room[k] -= _deliver(pr, spread, k, m, y, purse, min(room[k], wanted), task)
    for k, m in mine.items():
        if k in room:
            _deliver(pr, spread, k, m, y, purse, room[k], None)


def _needed(pr: Problem, k: str, task: Task) -> float:
    """Units needed in a task's places."""
    places = pr.strata.places if k in pr.takers else pr.strata.places[pr.strata.of_village]
    inside = np.ones(len(places), bool)
    if task.places == "due_villages":
        inside = places == Places.DUE
    elif task.places == "poor_villages":
        inside = places != Places.OTHER
    units = pr.takers[k] * pr.units_each[k] if k in pr.takers else pr.works_units[k]
    return float(units[inside].sum())


def _keep_up(pr: Problem, stock: Floats, k: str, y: int, purse: _Purse) -> None:
    """Pay again for what is in place; what the money does not reach lapses in proportion."""
    cost = float((stock[:, y] * pr.cost_each[k]).sum())
    if cost > 0 and not purse.can(cost):
        stock[:, y] *= purse.money / cost
    purse.pay(min(cost, purse.money))


def _room(pr: Problem, spread: Spread, k: str, m: Measure, y: int, year: int) -> float:
    """Units that can still be delivered in the year."""
    limit = m.capacity.at(year)
    if k in spread.stock and m.entitlement:
        return float((pr.takers[k] * pr.units_each[k]).sum())
    if m.recurring and k in spread.stock:
        return limit - float((spread.stock[k][:, y] * pr.units_each[k]).sum())
    return limit


def _deliver(
    pr: Problem, spread: Spread, k: str, m: Measure, y: int, purse: _Purse, room: float, task: Task | None
) -> float:
    """Deliver up to `room` units, the places due earliest first; gives the units delivered."""
    if room <= WHOLE:
        return 0.0
    if k in spread.done:
        return _whole_works(pr, spread.done[k], k, y, purse, room, task)
    return _households(pr, spread.stock[k], k, y, purse, room, task)


def _turn(pr: Problem, task: Task | None, year: int) -> list[NDArray[np.int64]]:
    """Villages in turn: those due this year or earlier, then the rest of the listed, then the others."""
    due = pr.register.villages["due_year"].astype(np.int64)
    village = np.arange(len(due))
    kind = pr.strata.places[pr.strata.of_village]
    first = village[(due > 0) & (due <= year)]
    later = village[(due > year)]
    others = village[kind == Places.OTHER]
    if task is not None and task.places == "due_villages":
        return [village[kind == Places.DUE]]
    if task is not None and task.places == "poor_villages":
        return [first, later]
    return [first, later, others]


def _whole_works(pr: Problem, done: Floats, k: str, y: int, purse: _Purse, room: float, task: Task | None) -> float:
    delivered = 0.0
    for villages in _turn(pr, task, pr.years[y]):
        for v in villages:
            units, cost = pr.works_units[k][v], pr.works_cost[k][v]
            if units <= 0 or done[v, y] >= 1 or not purse.can(cost) or delivered + units > room + WHOLE:
                continue
            done[v, y:] = 1.0
            purse.pay(cost)
            delivered += units
    return delivered


def _households(pr: Problem, stock: Floats, k: str, y: int, purse: _Purse, room: float, task: Task | None) -> float:
    delivered = 0.0
    stratum_of = pr.strata.of_village
    seen = np.zeros(len(pr.strata.township), bool)
    for villages in _turn(pr, task, pr.years[y]):
        strata = np.unique(stratum_of[villages])
        strata = strata[~seen[strata]]
        seen[strata] = True
        left = np.maximum(pr.takers[k][strata] - stock[strata, y], 0.0)
        units, cost = float((left * pr.units_each[k][strata]).sum()), float((left * pr.cost_each[k][strata]).sum())
        if units <= WHOLE:
            continue
        part = min(1.0, (room - delivered) / units, purse.money / cost if cost > 0 else 1.0)
        if part <= WHOLE:
            break
        stock[strata, y] += left * part
        purse.pay(cost * part)
        delivered += units * part
    return delivered
