"""The aims of an allocation in their order of priority (排序); each is minimised, then conceded a little to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.allocation.constraints_money import printed_line, wanted_units
from planner.allocation.formulation import Draft, leaf_lines
from planner.allocation.program import Program
from planner.plan.model import Plan
from planner.terms import Places

Floats = NDArray[np.float64]
CONCESSION = 0.005
"""The part of a rank's value that it gives up for the ranks after it."""
NOT_YET_DUE = 0.5
"""What the progress of a village counts before the year in which it is due."""
LINE_TURN, PAYEE_TURN = 0.1, 0.01
"""How much the order of lines, and of payees within one, weighs beside how tied a source is."""
BOUND = 1e-7
"""A rank this near to nought is at its bound: nothing is missing any more."""


@dataclass(frozen=True)
class Rank:
    """One aim: its words, its unit, and its cost vector over the columns (to be minimised)."""

    name: str
    title: str
    english: str
    unit: str
    clause: str
    cost: Callable[[Draft, Program], Floats]
    near: bool = True
    """Whether its best answer lies near the one before it: measured, it costs time only."""


def _blank(program: Program) -> Floats:
    return np.zeros(len(program.lower))


def _persons(d: Draft, program: Program) -> Floats:
    cost = _blank(program)
    cost[d.short_persons] = 1.0 / np.array(list(d.problem.plan.due_persons.values()))
    return cost


def _villages(d: Draft, program: Program) -> Floats:
    cost = _blank(program)
    cost[d.short_villages] = 1.0 / np.maximum(np.array(list(d.problem.plan.due_villages.values())), 1.0)
    return cost


def _progress(d: Draft, program: Program) -> Floats:
    """How far the listed villages are in the years of the schedule, those due by the year counting in full.

    What is not needed to put one forward brings on the next: the plan serves the listed villages before the others.
    """
    cost = _blank(program)
    pr = d.problem
    due = pr.register.villages["due_year"][pr.listed].astype(np.int64)
    turn = np.where(due[:, None] <= np.array(pr.years)[None, :], 1.0, NOT_YET_DUE)
    turn = turn * np.isin(pr.years, list(pr.plan.schedule))
    cost[d.progress] = -turn / max(float(turn.sum()), 1.0)
    return cost


def _pathways(d: Draft, program: Program) -> Floats:
    cost = _blank(program)
    for w, column in d.short_pathway.items():
        target = d.problem.plan.pathways[w].target
        cost[column] = 1.0 / max(target.value if target else 1.0, 1.0)
    return cost


def _first_pathways(d: Draft, program: Program) -> Floats:
    """As `_pathways`, but only those that the regime puts first."""
    cost, first = _pathways(d, program), d.problem.plan.regime.pathways_first
    for w, column in d.short_pathway.items():
        cost[column] *= w in first
    return cost


def _tasks(d: Draft, program: Program) -> Floats:
    """Units missing from each soft task, as a share of what it asks for here; each task counts the same."""
    cost = _blank(program)
    for (k, i), column in d.short_task.items():
        wanted = wanted_units(d, k, i)
        cost[column] = 1.0 / wanted if wanted > 0 else 0.0
    return cost


def _most(d: Draft, program: Program) -> Floats:
    """Person-years out over the horizon, as a share of all there could be."""
    cost = _blank(program)
    cost[d.out.ravel()] = -1.0 / (d.problem.village_persons.sum() * d.years)
    return cost


def _worst(d: Draft, program: Program) -> Floats:
    cost = _blank(program)
    cost[d.worst] = -1.0
    return cost


def _covered(d: Draft, program: Program) -> Floats:
    """Needs met and years they are met for, as a share of all needs over the horizon; each measure counts the same."""
    cost = _blank(program)
    pr = d.problem
    each = 1.0 / max((len(pr.goods) + len(pr.works)) * d.years, 1)
    # The plan ranks the listed villages first, those due in the first year before the others.
    turn = 1.0 + len(Places) - 1 - pr.strata.places
    for k, columns in d.stock.items():
        has = columns >= 0
        weight = np.repeat(turn[:, None], d.years, axis=1)
        cost[columns[has]] = -each * weight[has] / max(float((turn * pr.takers[k]).sum()), 1.0)
    village_turn = turn[pr.strata.of_village]
    for k, columns in d.done.items():
        has = columns >= 0
        units = pr.works_units[k] * village_turn
        cost[columns[has]] = -each * np.repeat((units / max(units.sum(), 1.0))[:, None], d.years, axis=1)[has]
    return cost


def _closeness(d: Draft, program: Program) -> Floats:
    """Money moved away from the printed lines, as a share of the printed whole."""
    cost = _blank(program)
    printed = sum(printed_line(d, name).sum() for name in leaf_lines(d.problem))
    plan_lines = [i for i, name in enumerate(leaf_lines(d.problem)) if d.problem.plan.lines[name].account == "plan"]
    for block in (d.over[plan_lines], d.under[plan_lines]):
        cost[block.ravel()] = 1.0 / max(printed, 1.0)
    return cost


def _cap_off(d: Draft, program: Program) -> Floats:
    """Persons missing from the cap-off, as a share of the registered."""
    cost = _blank(program)
    cost[d.short_cap] = 1.0 / max(d.problem.village_persons.sum(), 1.0)
    return cost


def _least(d: Draft, program: Program) -> Floats:
    """Money of the plan's own account over the horizon."""
    cost = _blank(program)
    plan = d.problem.plan
    for (pool, _, _), columns in d.money.items():
        if plan.sources[pool].account == "plan":
            cost[columns] = 1.0 / 10_000
    return cost


def _tied_first(d: Draft, program: Program) -> Floats:
    """Money by how much else its source could pay for, the unnamed last, as a share of all that is granted.

    The free money goes to the lines in the plan's order, so that equally good mixtures come out alike.
    """
    cost = _blank(program)
    plan = d.problem.plan
    lines = leaf_lines(d.problem)
    payees = list(dict.fromkeys(payee for _, payee, _ in d.money))
    breadth = {name: sum(key[0] == name for key in d.money) for name, _, _ in d.money}
    most = max(breadth.values(), default=1)
    granted = sum(source.amount.wan for source in plan.sources.values() if source.pays)
    for (pool, payee, _), columns in d.money.items():
        line = payee.removeprefix("line:") if payee.startswith("line:") else plan.measures[payee].line
        turn = 1 + LINE_TURN * lines.index(line) / len(lines) + PAYEE_TURN * payees.index(payee) / len(payees)
        free = breadth[pool] / most + (not plan.sources[pool].named)
        cost[columns] = free * turn / max(granted, 1.0)
    return cost


RANKS: tuple[Rank, ...] = (
    Rank(
        "first_pathways",
        "优先途径目标的缺口",
        "persons missing from the pathways put first",
        "比例",
        "二(一)",
        _first_pathways,
    ),
    Rank(
        "villages", "按期脱帽村数的缺口", "villages missing from the schedule", "比例", "一; 二(三)", _villages, False
    ),
    Rank(
        "progress",
        "到期贫困村离脱帽的进度",
        "how far the villages due are on their way",
        "比例",
        "二(三)",
        _progress,
        False,
    ),
    Rank("persons", "按期脱贫人数的缺口", "persons missing from the schedule", "比例", "一; 二(一)", _persons, False),
    Rank("pathways", "各批目标的缺口", "persons missing from the pathways' targets", "比例", "二(一)", _pathways),
    Rank("tasks", "实物任务的缺口", "units missing from the printed tasks", "比例", "二(三); 三; 四", _tasks),
    Rank(
        "covered",
        "各项需求尽早满足",
        "needs met early: what is left of the money becomes slack",
        "比例",
        "二(二); 二(三)",
        _covered,
    ),
    Rank("most", "脱贫并稳住的人年数", "person-years out and staying out", "比例", "一", _most),
    Rank("worst", "最差乡镇的脱贫比例", "the worst-off township's share out", "比例", "五(一)3", _worst),
    Rank(
        "tied_first",
        "专款先用、未列明来源最后",
        "tied money first, unnamed sources last",
        "比例",
        "五(二)1; 五(三)",
        _tied_first,
    ),
    Rank("closeness", "与原方案各项的偏离", "departure from the printed lines", "比例", "二(五)", _closeness),
)
"""Every aim of an allocation; the regime says which are served, and in which order.

Money that no longer buys an exit buys early coverage, not nothing.
"""
AS_WRITTEN_RANKS = ("closeness", "persons", "villages", "most", "tied_first")
"""Aims of the plan as written: its lines as printed, then the best reading of who can leave."""


LEAST = Rank("least", "动用资金最少", "least money", "亿元", "五(二)1", _least)
"""The aim of the question for the least money."""
CAP_OFF = Rank("cap_off", "摘帽口径的缺口", "persons missing from the cap-off", "比例", "一; 二(三)", _cap_off)
"""The aim of the question for the least money; not one of an ordinary allocation."""


def conceded(objective: float) -> float:
    """What an aim may come to at most in the aims after it, once it reached this."""
    return objective + CONCESSION * abs(objective) + BOUND


def rank(name: str) -> Rank:
    """The aim of that name.

    Raises: KeyError where there is none.
    """
    return next(r for r in (*RANKS, LEAST, CAP_OFF) if r.name == name)


def aims_of(plan: Plan) -> tuple[str, ...]:
    """The aims that a plan's regime serves, first things first."""
    return AS_WRITTEN_RANKS if plan.regime.kind == "as_written" else tuple(plan.regime.aims)
