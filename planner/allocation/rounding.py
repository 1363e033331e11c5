"""From a program's values to whole households, whole works and whole yuan (取整), exactly and without luck.

Every printed task, capacity, source limit and line holds. Years are decided one after another: first what clauses hold,
then works of villages put forward and printed tasks, then households, then the other works as far as the program goes,
then one more of each where that is nearer. What is not bought in a year because the money is short by part of a unit is
made up for in the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.allocation.controlled import controlled
from planner.allocation.formulation import SHOW, Draft
from planner.allocation.funding import Account
from planner.allocation.purse import YUAN, Purse, whole_yuan
from planner.allocation.rounding_goods import GoodsRounding
from planner.allocation.rounding_works import WorksRounding

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]


@dataclass(frozen=True)
class Loss:
    """A measure in a year before and after rounding."""

    measure: str
    year: int
    """Index of the year."""
    fractional: float
    """Units bought (paid for, where the cost comes back) in the program."""
    whole: float
    yuan_before: int
    yuan_after: int


@dataclass(frozen=True)
class Unmet:
    """A clause that whole units cannot keep."""

    measure: str
    year: int
    """Index of the year."""
    units: float
    """What is missing from its printed task, or from the works of a village put forward."""


@dataclass(frozen=True)
class Rounded:
    """A program's values in whole households, whole works and whole yuan."""

    stock: dict[str, Wholes]
    """Measure to households that hold it. Shape: stratum × year."""
    holders: dict[str, NDArray[np.bool_]]
    """The same by name, for measures whose households count or cost differently. Shape: household × year."""
    done: dict[str, Wholes]
    """Works to 1 from the year in which a village's are bought. Shape: village × year."""
    listed: Wholes
    """Households of an offer (a package offered to a class) put on the list of a year. Shape: offer × year."""
    held: dict[str, Floats]
    """Units of tasks held by their clause, as they are printed. Shape: year."""
    works_yuan: dict[str, Wholes]
    """Works to the whole yuan that a village's cost. Shape: village."""
    money: dict[Account, dict[str, int]]
    """Account to whole yuan by source."""
    losses: tuple[Loss, ...]
    unmet: tuple[Unmet, ...]


def round_plan(d: Draft, values: Floats) -> Rounded:
    """The whole proposal nearest to a program's values."""
    purse = Purse(d, values)
    held = {k: np.maximum(values[columns], 0.0) for k, columns in d.held.items()}
    for payee, area, y in purse.accounts:
        if payee in held:
            purse.pay_up_to(payee, area, y, int(whole_yuan(held[payee][y : y + 1] * _cost(d, payee))[0]))
    goods, works = GoodsRounding(d, values, purse), WorksRounding(d, values, purse)
    for y in range(d.years):
        works.keep_up(y)
        works.must(y)
        goods.year(y)
        works.fill(y)
        works.near(y)
    money = purse.settle()
    done = {k: works.done(k) for k in d.problem.works}
    return Rounded(
        goods.stock,
        goods.holders,
        done,
        _listed(d, values),
        held,
        works.cost,
        money,
        _losses(d, values, purse, {k: goods.units(k) for k in d.problem.goods} | _units(d, done), money),
        tuple(Unmet(*missing) for missing in (*works.unmet, *goods.unmet)),
    )


def _listed(d: Draft, values: Floats) -> Wholes:
    """Whole households by offer and year: so are those of a package in a stratum, and of a package in the county."""
    classes = d.problem.classes
    meant = np.where(d.exit >= 0, np.maximum(values[d.exit], 0.0), 0.0)
    some = np.flatnonzero((meant > SHOW).any(axis=1))
    package = classes.offer_package[some]
    inside = classes.stratum[classes.offer_class[some]] * len(d.problem.needs.packages) + package
    found = np.zeros(meant.shape, np.int64)
    found[some] = np.diff(controlled(np.cumsum(meant[some], axis=1), [inside, package]), axis=1, prepend=0)
    return found


def _cost(d: Draft, k: str) -> float:
    return d.problem.plan.measures[k].cost.wan


def _units(d: Draft, done: dict[str, Wholes]) -> dict[str, Floats]:
    """Units of works bought so far. Shape: year."""
    return {k: (done[k] * d.problem.works_units[k][:, None]).sum(axis=0) for k in done}


def _losses(
    d: Draft, values: Floats, purse: Purse, units: dict[str, Floats], money: dict[Account, dict[str, int]]
) -> tuple[Loss, ...]:
    pr, found = d.problem, []
    for k in (*pr.goods, *pr.works):
        columns = d.stock[k] if k in d.stock else d.done[k]
        each = pr.units_each[k] if k in d.stock else pr.works_units[k]
        meant = (np.where(columns >= 0, values[columns], 0.0) * each[:, None]).sum(axis=0)
        steps = [
            amounts if pr.plan.measures[k].recurring else np.diff(amounts, prepend=0.0) for amounts in (meant, units[k])
        ]
        for y in range(d.years):
            before = sum(wan for a in purse.accounts if a[0] == k and a[2] == y for wan in purse.meant(a).values())
            after = sum(sum(by.values()) for a, by in money.items() if a[0] == k and a[2] == y)
            loss = Loss(k, y, float(steps[0][y]), float(steps[1][y]), round(before * YUAN), after)
            if loss.fractional > 0 or loss.whole > 0:
                found.append(loss)
    return tuple(found)
