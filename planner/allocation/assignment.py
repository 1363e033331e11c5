"""From quantities to names (一户一策): which household is led out by which package in which year, reproducibly.

The rounded proposal says how many households of a stratum hold a measure in a year; here each household is looked at by
itself: its works in place, a package that is sure enough, villages that leave in that year first, then the better chance,
then the register's order. Goods go to the households led out in that year first, then to others who lack them, until as
many are named as were bought. Luck plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.allocation.problem import Problem
from planner.allocation.rounding import Rounded

Wholes = NDArray[np.int64]
Flags = NDArray[np.bool_]
NEVER = -1
CERTAIN = 0.9
"""Chance from which nothing more is given to a household of a leaving village."""
SURE = 0.6
"""Chance from which a household is put on the list before the doubtful ones."""


@dataclass(frozen=True)
class Assignment:
    """Per registered household: planned year of exit and package, and the year of each measure; -1 for never."""

    exit_year: NDArray[np.int16]
    """Year index. Shape: household."""
    package: NDArray[np.int16]
    delivered: dict[str, NDArray[np.int16]]
    """Measure to year index of its first delivery. Shape: household."""
    holds: dict[str, Flags] = field(default_factory=dict)
    """Measure to whether it is in place; a cost that comes back every year may lapse. Shape: household × year."""
    turn: NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, np.int16))
    """The turn in which a household was put on its year's list. Shape: household."""

    def lapse(self, k: str, never: int) -> Wholes:
        """Year index from which a measure that was in place is not any more. Shape: household."""
        if k not in self.holds:
            return np.full(len(self.exit_year), never)
        gone = ~self.holds[k] & (np.arange(self.holds[k].shape[1]) > self.delivered[k][:, None])
        gone &= (self.delivered[k] != NEVER)[:, None]
        return np.where(gone.any(axis=1), gone.argmax(axis=1), never)


def assign(pr: Problem, rounded: Rounded, forward: Flags) -> Assignment:
    """Names for a proposal.

    Shape: `forward` (whether it is put forward) village × year.
    """
    exit_year, package, turn = _exits(pr, rounded, forward)
    return _assignment(pr, rounded, exit_year, package, turn)


def assign_by_order(pr: Problem, rounded: Rounded) -> Assignment:
    """Names for a spread without planned exits: each measure goes down the register's order within its places."""
    none = np.full(len(pr.needs.rows), NEVER, np.int16)
    return _assignment(pr, rounded, none, none, none)


def _assignment(
    pr: Problem,
    rounded: Rounded,
    exit_year: NDArray[np.int16],
    package: NDArray[np.int16],
    turn: NDArray[np.int16],
) -> Assignment:
    holds = {
        k: rounded.holders[k] if k in rounded.holders else _goods(pr, k, rounded.stock[k], exit_year, package)
        for k in pr.goods
    }
    delivered = {k: np.where(h.any(axis=1), h.argmax(axis=1), NEVER).astype(np.int16) for k, h in holds.items()}
    return Assignment(exit_year, package, delivered, holds, turn)


@dataclass
class _Round:
    """What is still to be given out in one year."""

    year: int
    room: float
    """Persons that the year's list still holds."""
    left: dict[str, Wholes]
    """Measure to units left. Shape: stratum."""
    quota: Wholes
    """Households that the proposal still lists. Shape: class × package."""


def _exits(
    pr: Problem, rounded: Rounded, forward: Flags
) -> tuple[NDArray[np.int16], NDArray[np.int16], NDArray[np.int16]]:
    """Year by year: those who need no income measure, then one, then two, the surer ones before the doubtful.

    A year's list may be as long as the persons due so far and an overshoot, less those of earlier lists expected out.
    """
    needs, plan = pr.needs, pr.plan
    count = len(needs.rows)
    exit_year, package, turn = (np.full(count, NEVER, np.int16) for _ in range(3))
    home = pr.register.households["village"][needs.rows].astype(np.int64)
    stratum = pr.strata.of_village[home]
    given = {k: np.zeros(len(stock), np.int64) for k, stock in rounded.stock.items()}
    due, expected = plan.due_persons, 0.0
    for y, year in enumerate(pr.years):
        limit = due[year] * (1 + plan.number("list_overshoot")) if year in due and year < max(due) else np.inf
        left = {k: rounded.stock[k][:, y] - given[k] for k in pr.goods}
        round_ = _Round(y, limit - expected, left, _quota(pr, rounded.listed[:, y]))
        turns = list(enumerate(_turns(pr, forward[:, y][home])))
        # As many of each class by each package as the proposal lists; then whoever else can be listed with what is left.
        for bound, (number, (where, least, packages)) in [(b, t) for b in (True, False) for t in turns]:
            for p in packages:
                free = where & (exit_year == NEVER)
                chosen = _choose(pr, rounded, p, least, free, round_, bound)
                exit_year[chosen], package[chosen], turn[chosen] = y, p, number
                expected += float((needs.persons[chosen] * needs.chance[chosen, p, y]).sum())
                for k in pr.goods:
                    taken = np.bincount(stratum[chosen[_takes(pr, k, p)[chosen]]], minlength=len(given[k]))
                    given[k] += taken
                    round_.left[k] = round_.left[k] - taken
    return exit_year, package, turn


def _quota(pr: Problem, listed: Wholes) -> Wholes:
    """Households to be listed. Shape: class × package."""
    found = np.zeros((len(pr.classes.households), len(pr.needs.packages)), np.int64)
    np.add.at(found, (pr.classes.offer_class, pr.classes.offer_package), listed)
    return found


def _turns(pr: Problem, leaving: Flags) -> tuple[tuple[Flags, float, list[int]], ...]:
    """Households, least chance and packages in order, turn by turn.

    A village leaves only when nearly everybody in it does, so its households come first, those who might make it alone
    with a measure as well, and the doubtful too.
    """
    order = sorted(range(len(pr.needs.packages)), key=lambda p: (len(pr.needs.packages[p].measures), p))
    return (
        (leaving, CERTAIN, order),
        (leaving, SURE, order[::-1]),
        (leaving, pr.needs.least_chance, order),
        (~leaving, SURE, order),
        (~leaving, pr.needs.least_chance, order),
    )


def _takes(pr: Problem, k: str, p: int) -> Flags:
    """Households that take a unit of a measure when led out by a package."""
    measures = pr.needs.packages[p].measures
    if k in measures:
        return np.ones(len(pr.needs.rows), bool)
    if pr.plan.measures[k].kind != "household_good" or _closed_by(pr, p, k):
        return np.zeros(len(pr.needs.rows), bool)
    return pr.needs.takes[k]


def _closed_by(pr: Problem, p: int, k: str) -> bool:
    own = {c for m in pr.needs.packages[p].measures for c in pr.plan.measures[m].closes}
    household = [c for c in pr.plan.measures[k].closes if c in pr.plan.household_criteria]
    return bool(household) and all(c in own for c in household)


def _choose(pr: Problem, rounded: Rounded, p: int, least: float, free: Flags, round_: _Round, bound: bool) -> Wholes:
    """Households that a package leads out in a year: sure enough, their works in place, units and list allowing.

    `bound`: and no more of a class than the proposal lists.
    """
    needs = pr.needs
    home = pr.register.households["village"][needs.rows].astype(np.int64)
    stratum, group = pr.strata.of_village[home], pr.classes.of_household
    chance = needs.chance[:, p, round_.year]
    able = free & (chance >= least)
    for k in pr.behind:
        if not _closed_by(pr, p, k):
            waits = np.logical_or.reduce([needs.open[c] for c in pr.plan.measures[k].closes if c in needs.open])
            able &= ~waits | (rounded.done[k][home, round_.year] > 0)
    rows = np.flatnonzero(able)
    if not len(rows) or round_.room <= 0:
        return rows[:0]
    rows = rows[np.lexsort((rows, -chance[rows]))]
    for k in rounded.holders:
        rows = rows[~_takes(pr, k, p)[rows] | rounded.holders[k][rows, round_.year]]
    if bound:
        rows = rows[_turn(group[rows], np.ones(len(rows), bool)) < round_.quota[group[rows], p]]
    for k in pr.goods:
        takes = _takes(pr, k, p)[rows]
        if takes.any() and k not in rounded.holders:
            rows = rows[~takes | (_turn(stratum[rows], takes) < round_.left[k][stratum[rows]])]
    rows = rows[np.cumsum(needs.persons[rows]) <= round_.room]
    round_.room -= float(needs.persons[rows].sum())
    np.subtract.at(round_.quota[:, p], group[rows], 1)
    return rows


def _turn(stratum: NDArray[np.int64], takes: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many takers of its stratum (or class) come before each row."""
    order = np.argsort(stratum, kind="stable")
    running: NDArray[np.int64] = np.cumsum(takes[order]) - takes[order]
    first = np.searchsorted(stratum[order], stratum[order])
    turn = np.empty(len(order), np.int64)
    turn[order] = running - running[first]
    return turn


def _goods(pr: Problem, k: str, stock: Wholes, exit_year: NDArray[np.int16], package: NDArray[np.int16]) -> Flags:
    """As many households of each stratum as hold a measure by the end of a year.

    First those on a list by then, then those on a later one, then who has it already, then the rest; among them the
    villages due earliest, village by village, in the register's order.
    """
    needs = pr.needs
    measure = pr.plan.measures[k]
    home = pr.register.households["village"][needs.rows].astype(np.int64)
    stratum = pr.strata.of_village[home]
    inside = np.array([k in p.measures for p in needs.packages] + [False])
    planned = np.where(package >= 0, inside[package], False)
    if measure.kind == "household_good":
        planned = (exit_year >= 0) & needs.takes[k]
    due = pr.register.villages["due_year"][home].astype(np.int64)
    due = np.where(due > 0, due, max(pr.plan.schedule) + 1)
    holds = np.zeros((len(needs.rows), len(pr.years)), bool)
    takers = np.flatnonzero(needs.takes[k])
    for y in range(len(pr.years)):
        had = holds[:, y - 1] if y else np.zeros(len(holds), bool)
        rank = np.where(planned & (exit_year <= y), 0, np.where(planned, 1, np.where(had, 2, 3)))
        if not measure.recurring:
            rank = np.where(had, -1, rank)
        keys = (takers, home[takers], due[takers], rank[takers], stratum[takers])
        order = takers[np.lexsort(keys)]
        position = np.arange(len(order)) - np.searchsorted(stratum[order], stratum[order])
        holds[order[position < stock[stratum[order], y]], y] = True
    return holds
