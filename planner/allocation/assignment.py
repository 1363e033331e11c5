"""From quantities to names (一户一策): which household is led out by which package in which year, reproducibly.

The program says how many units go where; here each household is looked at by itself: its works in place, a package that
is sure enough, villages that leave in that year first, then the better chance, then the register's order. Goods go to
the households led out in that year first, then to others who lack them. Luck plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.allocation.problem import Problem

Floats = NDArray[np.float64]
NEVER = -1
CERTAIN = 0.9
"""Chance from which nothing more is given to a household of a leaving village."""
SURE = 0.6
"""Chance from which a household is put on the list before the doubtful ones."""
MOSTLY = 0.5
"""Share put forward from which a village's households come first."""
WHOLE = 0.995
"""Share from which works are whole."""


@dataclass(frozen=True)
class Assignment:
    """Per registered household: planned year of exit and package, and the year of each measure; -1 for never."""

    exit_year: NDArray[np.int16]
    """Year index. Shape: household."""
    package: NDArray[np.int16]
    delivered: dict[str, NDArray[np.int16]]
    """Measure to year index of its delivery. Shape: household."""


def assign(pr: Problem, stock: dict[str, Floats], done: dict[str, Floats], forward: Floats) -> Assignment:
    """Names for a proposal.

    Shape: `stock` stratum × year, `done` village × year, `forward` (whether it is put forward) village × year.
    """
    exit_year, package = _exits(pr, stock, done, forward)
    delivered = {k: _goods(pr, k, stock[k], exit_year, package) for k in pr.goods}
    return Assignment(exit_year, package, delivered)


def assign_by_order(pr: Problem, stock: dict[str, Floats]) -> Assignment:
    """Names for a spread without planned exits: each measure goes down the register's order within its places."""
    none = np.full(len(pr.needs.rows), NEVER, np.int16)
    return Assignment(none, none, {k: _goods(pr, k, stock[k], none, none) for k in pr.goods})


@dataclass
class _Round:
    """What is still to be given out in one year."""

    room: float
    """Persons that the year's list still holds."""
    left: dict[str, NDArray[np.int64]]
    """Measure to units left. Shape: stratum."""


def _exits(
    pr: Problem, stock: dict[str, Floats], done: dict[str, Floats], forward: Floats
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Year by year: those who need no income measure, then one, then two, the surer ones before the doubtful."""
    needs, plan = pr.needs, pr.plan
    count = len(needs.rows)
    exit_year, package = np.full(count, NEVER, np.int16), np.full(count, NEVER, np.int16)
    home = pr.register.households["village"][needs.rows].astype(np.int64)
    stratum = pr.strata.of_village[home]
    given = {k: np.zeros(len(stock[k]), np.int64) for k in pr.goods}
    order = sorted(range(len(needs.packages)), key=lambda p: (len(needs.packages[p].measures), p))
    due, planned = plan.due_persons, 0.0
    for y, year in enumerate(pr.years):
        limit = due[year] * (1 + plan.number("list_overshoot")) if year in due and year < max(due) else np.inf
        round_ = _Round(
            limit - planned, {k: np.floor(stock[k][:, y] + 0.5).astype(np.int64) - given[k] for k in pr.goods}
        )
        leaving = (forward[:, y] > MOSTLY)[home]
        # A village leaves only when nearly everybody in it does, so its households come first, those who might make it
        # alone with a measure as well, and the doubtful too.
        turns = (
            (leaving, CERTAIN, order),
            (leaving, SURE, order[::-1]),
            (leaving, needs.least_chance, order),
            (~leaving, SURE, order),
            (~leaving, needs.least_chance, order),
        )
        for where, least, packages in turns:
            for p in packages:
                free = where & (exit_year == NEVER)
                chosen = _choose(pr, p, y, least, free, round_, stratum, home, done)
                exit_year[chosen], package[chosen] = y, p
                planned += float(needs.persons[chosen].sum())
                for k in pr.goods:
                    taken = np.bincount(stratum[chosen[_takes(pr, k, p)[chosen]]], minlength=len(given[k]))
                    given[k] += taken
                    round_.left[k] = round_.left[k] - taken
    return exit_year, package


def _takes(pr: Problem, k: str, p: int) -> NDArray[np.bool_]:
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


def _choose(
    pr: Problem,
    p: int,
    y: int,
    least: float,
    free: NDArray[np.bool_],
    round_: _Round,
    stratum: NDArray[np.int64],
    home: NDArray[np.int64],
    done: dict[str, Floats],
) -> NDArray[np.int64]:
    """Households that a package leads out in a year: sure enough, their works in place, units and list allowing."""
    needs = pr.needs
    chance = needs.chance[:, p, y]
    able = free & (chance >= least)
    for k in pr.behind:
        if not _closed_by(pr, p, k):
            waits = np.logical_or.reduce([needs.open[c] for c in pr.plan.measures[k].closes if c in needs.open])
            able &= ~waits | (done[k][home, y] > WHOLE)
    rows = np.flatnonzero(able)
    if not len(rows) or round_.room <= 0:
        return rows[:0]
    rows = rows[np.lexsort((rows, -chance[rows]))]
    for k in pr.goods:
        takes = _takes(pr, k, p)[rows]
        if takes.any():
            rows = rows[~takes | (_turn(stratum[rows], takes) < round_.left[k][stratum[rows]])]
    rows = rows[np.cumsum(needs.persons[rows]) <= round_.room]
    round_.room -= float(needs.persons[rows].sum())
    return rows


def _turn(stratum: NDArray[np.int64], takes: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many takers of its stratum come before each row."""
    order = np.argsort(stratum, kind="stable")
    running: NDArray[np.int64] = np.cumsum(takes[order]) - takes[order]
    first = np.searchsorted(stratum[order], stratum[order])
    turn = np.empty(len(order), np.int64)
    turn[order] = running - running[first]
    return turn


def _goods(
    pr: Problem, k: str, stock: Floats, exit_year: NDArray[np.int16], package: NDArray[np.int16]
) -> NDArray[np.int16]:
    needs = pr.needs
    measure = pr.plan.measures[k]
    home = pr.register.households["village"][needs.rows].astype(np.int64)
    stratum = pr.strata.of_village[home]
    delivered = np.full(len(needs.rows), NEVER, np.int16)
    holds = np.array([k in p.measures for p in needs.packages] + [False])
    planned = np.where(package >= 0, holds[package], False)
    if measure.kind == "household_good":
        planned = (exit_year >= 0) & needs.takes[k]
    due = pr.register.villages["due_year"][home].astype(np.int64)
    due = np.where(due > 0, due, max(pr.plan.schedule) + 1)
    for y in range(len(pr.years)):
        whole = np.floor(stock[:, y] + 0.5)
        room = (whole - np.bincount(stratum, weights=delivered >= 0, minlength=len(stock))).astype(np.int64)
        able = (delivered == NEVER) & needs.takes[k]
        rank = np.where(planned & (exit_year == y), 0, np.where(planned & (exit_year > y), 1, 2))
        candidates = np.flatnonzero(able)
        order = candidates[
            np.lexsort((candidates, home[candidates], due[candidates], rank[candidates], stratum[candidates]))
        ]
        position = np.arange(len(order)) - np.searchsorted(stratum[order], stratum[order])
        delivered[order[position < room[stratum[order]]]] = y
    return delivered
