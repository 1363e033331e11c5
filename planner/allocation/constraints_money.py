"""Constraint families about deliveries and money: capacities, tasks, costs, sources, lines."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.allocation.families import family
from planner.allocation.formulation import Draft, funded, leaf_lines, pools
from planner.allocation.problem import AREAS, area_of
from planner.allocation.program import Index, Part
from planner.plan.measures import Task
from planner.terms import Places

NONE = 1e-12
"""Stands in for nought where something is divided by it."""


@family(
    "stays_delivered",
    "已交付的不减少",
    "what is delivered stays delivered",
    clause="二(二)",
    unit="户/工程",
    sets=("measure", "place", "year"),
)
def stays_delivered(d: Draft) -> None:
    """Stock and done never fall, except a measure whose cost comes back every year and which may lapse."""
    for k in d.problem.goods:
        if not d.problem.plan.measures[k].recurring:
            _rising(d, f"stock_rises:{k}", d.stock[k])
    for k in d.problem.works:
        _rising(d, f"done_rises:{k}", d.done[k])


def _rising(d: Draft, name: str, block: Index) -> None:
    has = np.flatnonzero(block[:, 0] >= 0)
    later, before = block[has][:, 1:], block[has][:, :-1]
    step = np.arange(later.size).reshape(later.shape)
    labels = [(int(i), y) for i in has for y in range(1, d.years)]
    d.builder.rows(name, labels, [(step, later, 1.0), (step, before, -1.0)], lower=0.0)


@family(
    "capacity",
    "年度可交付能力",
    "what can be delivered in a year",
    clause="二(三); 三; 四",
    unit="各计量单位",
    sets=("measure", "year"),
)
def capacity(d: Draft) -> None:
    """Units delivered in a year ≤ capacity; for measures paid every year, units in place ≤ capacity."""
    pr = d.problem
    at = np.arange(d.years)
    for k in (*pr.goods, *pr.works):
        measure = pr.plan.measures[k]
        block = d.stock[k] if k in d.stock else d.done[k]
        units = pr.units_each[k] if k in d.stock else pr.works_units[k]
        has = np.flatnonzero(block[:, 0] >= 0)
        weight = np.repeat(units[has][:, None], d.years, axis=1)
        rows = np.broadcast_to(at, weight.shape)
        parts: list[Part] = [(rows, block[has], weight)]
        if not measure.recurring:
            parts.append((rows[:, 1:], block[has][:, :-1], -weight[:, 1:]))
        limit = np.array([measure.capacity.at(y) for y in pr.years])
        if measure.entitlement:
            limit = np.maximum(limit, float((units[has] * pr.takers[k][has]).sum()))
        d.builder.rows(f"capacity:{k}", [(k, y) for y in pr.years], parts, upper=limit)


@family(
    "task",
    "列明的实物任务",
    "printed physical tasks",
    clause="二(三); 三; 四",
    unit="各计量单位",
    sets=("measure", "task"),
)
def task(d: Draft) -> None:
    """Units in the task's places by the end of its year ≥ the printed amount, or all that is needed if that is less.

    Where tasks are soft, what is missing stands on the left and is an aim of its own.
    """
    pr = d.problem
    asked = pr.plan.regime.kind in ("tasks_hard", "tasks_soft", "lines_within")
    for k, measure in pr.plan.measures.items():
        for i, printed in enumerate(measure.tasks):
            year = printed.amount.year if printed.amount.year is not None else pr.years[0]
            if year not in pr.years or not asked:
                continue
            y = pr.years.index(year)
            if k in d.held:
                continue
            columns, weight = _task_columns(d, k, printed.places, y)
            if not len(columns):
                continue
            parts: list[Part] = [(np.zeros(len(columns), np.int64), columns, weight)]
            if (k, i) in d.short_task:
                parts.append((np.zeros(1, np.int64), np.array([d.short_task[k, i]]), 1.0))
            d.builder.rows(f"task:{k}:{i}", [(k, year)], parts, lower=wanted_units(d, k, i))


def wanted_units(d: Draft, k: str, i: int) -> float:
    """Units that a measure's task asks for in the register at hand: never more than is needed in its places."""
    printed = d.problem.plan.measures[k].tasks[i]
    _, weight = _task_columns(d, k, printed.places, 0)
    return task_units(printed, float((weight * _upper(d, k, printed.places)).sum()))


def task_units(printed: Task, reachable: float) -> float:
    """Units that a task asks for: its amount, or its share of all that is needed there, and never more than is needed."""
    share = printed.amount.unit == "%"
    return min(printed.amount.value / 100 * reachable if share else printed.amount.value, reachable)


def _task_columns(d: Draft, k: str, places: str, y: int) -> tuple[Index, NDArray[Any]]:
    pr = d.problem
    if k in d.stock:
        kind = pr.strata.places
        inside = _inside(kind, places) & (d.stock[k][:, 0] >= 0)
        return d.stock[k][inside, y], pr.units_each[k][inside]
    kind = pr.strata.places[pr.strata.of_village]
    inside = _inside(kind, places) & (d.done[k][:, 0] >= 0)
    return d.done[k][inside, y], pr.works_units[k][inside]


def _upper(d: Draft, k: str, places: str) -> NDArray[Any]:
    pr = d.problem
    if k in d.stock:
        inside = _inside(pr.strata.places, places) & (d.stock[k][:, 0] >= 0)
        return pr.takers[k][inside]
    inside = _inside(pr.strata.places[pr.strata.of_village], places) & (d.done[k][:, 0] >= 0)
    return np.ones(int(inside.sum()))


def _inside(kind: NDArray[Any], places: str) -> NDArray[Any]:
    if places == "due_villages":
        return np.asarray(kind == Places.DUE)
    if places == "poor_villages":
        return np.asarray(kind != Places.OTHER)
    return np.ones(len(kind), bool)


@family(
    "held",
    "按条款保留的任务",
    "tasks held by their clause",
    clause="二(三); 三; 四",
    unit="各计量单位",
    sets=("measure", "year"),
)
def held(d: Draft) -> None:
    """Units of a task that closes no criterion are exactly those printed, in the year printed (or every year).

    As written, a line that has less than its held tasks cost does as large a part of each as it can pay.
    """
    pr = d.problem
    at = np.arange(d.years)
    amounts = {k: held_units(d, k) for k in d.held}
    for k, columns in d.held.items():
        amount, line = amounts[k], pr.plan.measures[k].line
        if pr.plan.regime.kind == "as_written":
            cost = sum(
                (
                    amounts[other] * m.cost.wan
                    for other, m in pr.plan.measures.items()
                    if other in amounts and m.line == line
                ),
                np.zeros(d.years),
            )
            amount = amount * np.minimum(1.0, printed_line(d, line) / np.maximum(cost, NONE))
        d.builder.rows(f"held:{k}", [(k, y) for y in pr.years], [(at, columns, 1.0)], lower=amount, upper=amount)


def held_units(d: Draft, k: str) -> NDArray[np.float64]:
    """Printed units of a task that is held by its clause. Shape: year."""
    pr = d.problem
    measure = pr.plan.measures[k]
    account = pr.plan.lines[measure.line].account
    amount = np.zeros(d.years)
    for printed in measure.tasks:
        year = printed.amount.year if printed.amount.year is not None else pr.years[0]
        for y, each in enumerate(pr.years):
            if each == year or (measure.recurring and each > year and funded(pr.plan, account, each)):
                amount[y] += printed.amount.value
    return amount * 0.0 if pr.plan.regime.kind == "none" else amount


@family(
    "cost",
    "单位成本与资金相等",
    "the cost of the units is the money of the measure",
    clause="二(五); 三; 四",
    unit="万元",
    sets=("payee", "area", "year"),
)
def cost(d: Draft) -> None:
    """Cost of the units delivered in a year and area = money of all sources for the measure there."""
    pr = d.problem
    at = np.arange(d.years)
    village_places = pr.strata.places[pr.strata.of_village]
    payees = dict.fromkeys(payee for _, payee, _ in d.money)
    for payee in payees:
        for area in AREAS:
            money = [d.money[key] for key in d.money if key[1] == payee and key[2] == area]
            parts: list[Part] = [(at, columns, -1.0) for columns in money]
            if payee in d.stock or payee in d.done:
                block = d.stock[payee] if payee in d.stock else d.done[payee]
                each = pr.cost_each[payee] if payee in d.stock else pr.works_cost[payee]
                kinds = pr.strata.places if payee in d.stock else village_places
                mine = np.array([area_of(int(p)) == area for p in kinds]) & (block[:, 0] >= 0)
                weight = np.repeat(each[mine][:, None], d.years, axis=1)
                rows = np.broadcast_to(at, weight.shape)
                parts.append((rows, block[mine], weight))
                if not pr.plan.measures[payee].recurring:
                    parts.append((rows[:, 1:], block[mine][:, :-1], -weight[:, 1:]))
            elif payee in d.held and money:
                parts.append((at, d.held[payee], pr.plan.measures[payee].cost.wan))
            if len(parts) > len(money):
                d.builder.rows(
                    f"cost:{payee}:{area}", [(payee, area, y) for y in pr.years], parts, lower=0.0, upper=0.0
                )


@family(
    "source",
    "各来源资金不超过额度",
    "a source pays no more than it has",
    clause="五(二)1; 五(三)",
    unit="万元",
    sets=("source", "year"),
)
def source(d: Draft) -> None:
    """Money out in a year + carried to the next ≤ the year's amount + carried from the last."""
    pr = d.problem
    at = np.arange(d.years)
    for name, members in pools(pr.plan).items():
        limit = np.sum([source_limits(d, member) for member in members], axis=0)
        parts: list[Part] = [(at, d.carry[name], 1.0), (at[1:], d.carry[name][:-1], -1.0)]
        parts += [(at, columns, 1.0) for key, columns in d.money.items() if key[0] == name]
        if name in d.extra:
            parts.append((at, d.extra[name], -1.0))
        d.builder.rows(f"source:{name}", [(name, y) for y in pr.years], parts, upper=limit)


@family(
    "untied",
    "未列任务的资金",
    "money of a line that stands without a task",
    clause="二(五)",
    unit="万元",
    sets=("line", "year"),
)
def untied(d: Draft) -> None:
    """Money of all sources and areas for a line's untied part = that part."""
    at = np.arange(d.years)
    for name, columns in d.untied.items():
        parts: list[Part] = [(at, columns, 1.0)]
        parts += [(at, money, -1.0) for (_, payee, _), money in d.money.items() if payee == f"line:{name}"]
        d.builder.rows(f"untied:{name}", [(name, y) for y in d.problem.years], parts, lower=0.0, upper=0.0)


def source_limits(d: Draft, name: str) -> NDArray[Any]:
    """The money of a source by year. Unit: 万元. Shape: year."""
    pr = d.problem
    given = pr.plan.sources[name]
    scale = pr.plan.money.scale.value if given.account == "plan" else 1.0
    return np.array([given.amount.wan * scale if funded(pr.plan, given.account, y) else 0.0 for y in pr.years])


@family(
    "line",
    "各资金项的安排",
    "the money of a line",
    clause="二(五)",
    unit="万元",
    sets=("line", "year"),
)
def line(d: Draft) -> None:
    """Departure from print = money of the line less its printed amount; held, bounded or fixed by the regime."""
    pr = d.problem
    at = np.arange(d.years)
    regime = pr.plan.regime
    for i, name in enumerate(leaf_lines(pr)):
        given = pr.plan.lines[name]
        printed = printed_line(d, name)
        money = [columns for (_, payee, _), columns in d.money.items() if _line_of(d, payee) == name]
        parts: list[Part] = [(at, columns, 1.0) for columns in money]
        parts += [(at, d.over[i], -1.0), (at, d.under[i], 1.0)]
        d.builder.rows(f"line:{name}", [(name, y) for y in pr.years], parts, lower=printed, upper=printed)
        if given.account == "side" or regime.kind == "none":
            continue
        fixed = regime.kind == "as_written" or given.held is not None
        if fixed or regime.kind == "lines_within":
            room = (0.0 if fixed else regime.within) * printed
            # Only the years that the plan prints are bounded from below; later ones repeat an assumption and may fall
            # short of it where a source that is tied finds no need.
            later = np.array([given.held is None and y != pr.years[0] for y in pr.years])
            for kind, block in (("over", d.over[i]), ("under", d.under[i])):
                limit = np.where(later & (kind == "under"), np.inf, room)
                d.builder.rows(f"line_{kind}:{name}", [(name, y) for y in pr.years], [(at, block, 1.0)], upper=limit)


def printed_line(d: Draft, name: str) -> NDArray[Any]:
    """The printed amount of a line by year, nought in years without money. Unit: 万元. Shape: year."""
    pr = d.problem
    given = pr.plan.lines[name]
    amount = given.amount.wan if given.amount else 0.0
    scale = pr.plan.money.scale.value if given.account == "plan" else 1.0
    return np.array([amount * scale if funded(pr.plan, given.account, y) else 0.0 for y in pr.years])


def _line_of(d: Draft, payee: str) -> str:
    return payee.removeprefix("line:") if payee.startswith("line:") else d.problem.plan.measures[payee].line
