"""The ledger of a proposal: every yuan once, by source, line, measure, year and place, in whole units and whole yuan.

It is that of the rounded proposal: so many named households, so many villages with the whole of their works, at what they
cost. What two sources pay for together stands with the one that pays the larger part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.allocation.formulation import Draft
from planner.allocation.funding import Account
from planner.allocation.problem import area_of, household_cost
from planner.allocation.purse import line_of, whole_yuan
from planner.allocation.rounding import Rounded, round_plan
from planner.quantities import share_out
from planner.terms import Places

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
COUNTY = "county"
"""The place of money that is spent for the county as a whole."""
UNTIED = "untied"
"""The measure of money that stands in a line without a task."""
DIGITS = 6
"""Digits kept of units that are measured, so that a sum of them is the sum that anybody reckons."""
NAMES = {Places.DUE: "due", Places.POOR: "poor", Places.OTHER: "other"}


@dataclass(frozen=True)
class Entry:
    """One row of the ledger."""

    year: int
    source: str
    line: str
    measure: str
    township: str
    places: str
    units: float
    yuan: int


@dataclass(frozen=True)
class _Things:
    """What an account pays for, one by one: households, villages' works, or a task as a whole."""

    township: Wholes
    """Shape: thing, as all of them; -1 for the county."""
    places: Wholes
    units: Floats
    yuan: Wholes


def ledger(d: Draft, values: Floats, rounded: Rounded | None = None) -> list[Entry]:
    """All rows of a proposal, in the order of years, measures, lines, places and sources.

    From the values of its program, or from these as they were rounded before.
    """
    made = round_plan(d, values) if rounded is None else rounded
    rows: list[Entry] = []
    for account in sorted(made.money, key=lambda a: a[2]):
        by_source = made.money[account]
        if by_source:
            rows += _rows(d, account, by_source, _things(d, made, account))
    return rows


def _rows(d: Draft, account: Account, by_source: dict[str, int], things: _Things) -> list[Entry]:
    """Sources pay thing after thing, one source after the other."""
    payee, _, y = account
    last = np.cumsum(things.yuan)
    edge = np.concatenate([[0], np.cumsum(list(by_source.values()))])
    part = np.minimum(last[:, None], edge[1:]) - np.maximum((last - things.yuan)[:, None], edge[:-1])
    part = np.maximum(part, 0)
    largest = part.argmax(axis=1)
    rows = []
    for town, places in sorted(set(zip(things.township.tolist(), things.places.tolist(), strict=True))):
        here = (things.township == town) & (things.places == places)
        for s, source in enumerate(by_source):
            yuan = int(part[here, s].sum())
            if yuan:
                units = round(float(things.units[here & (largest == s)].sum()), DIGITS)
                where = d.problem.plan.townships[town] if town >= 0 else COUNTY
                kind = NAMES[Places(places)] if town >= 0 else COUNTY
                measure = UNTIED if payee.startswith("line:") else payee
                rows.append(Entry(d.problem.years[y], source, line_of(d, payee), measure, where, kind, units, yuan))
    return rows


def _things(d: Draft, made: Rounded, account: Account) -> _Things:
    pr, (payee, area, y) = d.problem, account
    total = sum(made.money[account].values())
    recurring = not payee.startswith("line:") and pr.plan.measures[payee].recurring
    if payee in made.done:
        now = made.done[payee][:, y] - (made.done[payee][:, y - 1] if y and not recurring else 0)
        mine = np.flatnonzero((now > 0) & _inside(pr.strata.places[pr.strata.of_village], area))
        places = pr.strata.places[pr.strata.of_village[mine]]
        township = pr.register.villages["township"].astype(np.int64)[mine]
        return _ordered(township, places, pr.works_units[payee][mine], made.works_yuan[payee][mine])
    if payee in made.holders:
        had = made.holders[payee][:, y - 1] if y and not recurring else np.zeros(len(pr.needs.rows), bool)
        home = pr.register.households["village"][pr.needs.rows].astype(np.int64)
        stratum = pr.strata.of_village[home]
        mine = np.flatnonzero(made.holders[payee][:, y] & ~had & _inside(pr.strata.places[stratum], area))
        persons, measure = pr.needs.persons[mine], pr.plan.measures[payee]
        units = persons.astype(float) if measure.counted == "person" else np.ones(len(mine))
        cost = whole_yuan(household_cost(measure, persons))
        return _ordered(pr.strata.township[stratum[mine]], pr.strata.places[stratum[mine]], units, cost)
    if payee in made.stock:
        now = made.stock[payee][:, y] - (made.stock[payee][:, y - 1] if y and not recurring else 0)
        number = np.where(_inside(pr.strata.places, area), now, 0)
        each = int(whole_yuan(household_cost(pr.plan.measures[payee], np.ones(1, np.int64)))[0])
        stratum = np.repeat(np.arange(len(number)), number)
        ones = np.ones(len(stratum))
        return _ordered(pr.strata.township[stratum], pr.strata.places[stratum], ones, ones.astype(np.int64) * each)
    asked = float(made.held[payee][y]) if payee in made.held else 0.0
    sizes = np.ones(int(asked)) if asked == int(asked) and asked else np.array([asked])
    yuan = np.array(share_out(total, sizes.tolist()), np.int64)
    return _Things(np.full(len(sizes), -1), np.zeros(len(sizes), np.int64), sizes, yuan)


def _inside(kinds: NDArray[np.int64], area: str) -> NDArray[np.bool_]:
    return np.asarray((kinds == Places.OTHER) == (area == area_of(Places.OTHER)))


def _ordered(township: Wholes, places: Wholes, units: Floats, yuan: Wholes) -> _Things:
    order = np.lexsort((np.arange(len(units)), places, township))
    return _Things(township[order], places[order], units[order], yuan[order])
