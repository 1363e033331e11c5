"""The ledger of a proposal: every yuan once, by source, line, measure, year and place, in whole yuan that add up.

Rounding keeps what each line gets, and no source ever pays a yuan more than it has: parts are rounded down, then the yuan
left over flow from sources with something left to payees that they may pay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from planner.allocation.constraints_money import source_limits
from planner.allocation.formulation import Draft, leaf_lines, pools
from planner.allocation.problem import area_of
from planner.quantities import share_out
from planner.terms import Places

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
YUAN = 10_000
NOISE = 1e-4
"""Part of a yuan that a sum of floats may be off."""
PLAIN = 0.05
"""Part of a yuan from which a line's sum counts as whole by itself: what a program of floats may leave over."""
COUNTY = "county"
"""The place of money that is spent for the county as a whole."""
UNTIED = "untied"
"""The measure of money that stands in a line without a task."""


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


def ledger(d: Draft, values: Floats) -> list[Entry]:
    """All rows of a proposal, in the order of years, lines, measures, places and sources."""
    plan = d.problem.plan
    rows: list[Entry] = []
    payees = list(dict.fromkeys((payee, area) for _, payee, area in d.money))
    sources = [source for source, given in plan.sources.items() if given.pays]
    members = pools(plan)
    carried = plan.rulings["carry_over"].choice == "allowed"
    room = np.zeros(len(sources), np.int64)
    names = leaf_lines(d.problem)
    line = np.array([names.index(line_of(d, payee)) for payee, _ in payees], np.int64)
    for y, year in enumerate(d.problem.years):
        paid = np.zeros((len(sources), len(payees)))
        allowed = np.zeros(paid.shape, bool)
        for (pool, payee, area), columns in d.money.items():
            p = payees.index((payee, area))
            weight = {source: plan.sources[source].amount.wan for source in members[pool]}
            for source, share in weight.items():
                part = share / sum(weight.values()) if sum(weight.values()) else 1.0 / len(weight)
                paid[sources.index(source), p] = max(values[columns[y]], 0.0) * YUAN * part
                allowed[sources.index(source), p] = True
        given = np.array([np.ceil(np.round(source_limits(d, source)[y] * YUAN, 3)) for source in sources], np.int64)
        room = room * carried + given
        whole = whole_yuan(paid, allowed, line, room)
        room = room - whole.sum(axis=1)
        for p, (payee, area) in enumerate(payees):
            rows += _place(d, values, y, year, payee, area, sources, whole[:, p])
    return rows


def whole_yuan(paid: Floats, allowed: NDArray[np.bool_], line: NDArray[np.int64], room: NDArray[np.int64]) -> Wholes:
    """Whole yuan near `paid`: each line its own sum, rounded once, and no source above what it has left.

    Parts are rounded down; the yuan left over flow to lines that come to whole yuan by themselves first, then to the
    others, from sources that pay the payee already first, then from any that may. No payee is rounded by more than a
    yuan. A line whose sum is not whole stays short by one where no source that may pay it has a yuan left.

    Shape: source × payee; `line` numbers the line of each payee.
    """
    whole: Wholes = np.floor(paid + NOISE / 100).astype(np.int64)
    for s in np.flatnonzero(whole.sum(axis=1) > room):
        largest = int(np.argmax(whole[s]))
        whole[s, largest] -= whole[s].sum() - room[s]
    exact = np.bincount(line, weights=paid.sum(axis=0))
    wanted = np.floor(exact + 0.5).astype(np.int64)
    at_most = np.ceil(paid.sum(axis=0) - NOISE).astype(np.int64)
    near = np.minimum(np.ceil(paid.sum(axis=1) - NOISE).astype(np.int64), room)
    by_itself = np.abs(exact - wanted) < PLAIN
    for lines in (by_itself, np.ones(len(wanted), bool)):
        for cells, most in ((paid > 0, near), (allowed, room)):
            missing = wanted - np.bincount(line, weights=whole.sum(axis=0)).astype(np.int64)
            spare = np.maximum(most - whole.sum(axis=1), 0)
            takes = np.maximum(at_most - whole.sum(axis=0), 0)
            whole += _fill(cells, spare, takes, line, np.where(lines, np.maximum(missing, 0), 0))
    return whole


def _fill(cells: NDArray[np.bool_], spare: Wholes, takes: Wholes, line: NDArray[np.int64], missing: Wholes) -> Wholes:
    """As many whole yuan as can flow from the spare of sources through these cells to payees and their lines."""
    if not missing.any():
        return np.zeros(cells.shape, np.int64)
    sources, payees = cells.shape
    start, payee, group, end = sources, sources + 1, sources + 1 + payees, sources + 1 + payees + len(missing)
    most = int(missing.sum())
    capacity = np.zeros((end + 1, end + 1), np.int32)
    capacity[start, :sources] = np.minimum(spare, most)
    capacity[:sources, payee:group] = cells * most
    capacity[np.arange(payee, group), group + line] = takes
    capacity[group:end, end] = missing
    flow = maximum_flow(csr_array(capacity), start, end).flow.toarray()
    given: Wholes = np.maximum(flow[:sources, payee:group], 0).astype(np.int64)
    return given


def line_of(d: Draft, payee: str) -> str:
    """The fund line of a payee."""
    return payee.removeprefix("line:") if payee.startswith("line:") else d.problem.plan.measures[payee].line


def _place(
    d: Draft, values: Floats, y: int, year: int, payee: str, area: str, sources: list[str], by_source: NDArray[np.int64]
) -> list[Entry]:
    """Spread a payee's yuan over its places and sources, both margins kept."""
    total = int(by_source.sum())
    if total == 0:
        return []
    line = line_of(d, payee)
    measure = UNTIED if payee.startswith("line:") else payee
    cells = _cells(d, values, y, payee, area)
    parts = share_out(total, [cost for _, _, _, cost in cells])
    rows: list[Entry] = []
    left = [int(x) for x in by_source]
    s = 0
    for (township, places, units, _), part in zip(cells, parts, strict=True):
        whole, remaining = part, part
        while remaining > 0:
            while left[s] == 0:
                s += 1
            step = min(left[s], remaining)
            rows.append(Entry(year, sources[s], line, measure, township, places, units * step / whole, step))
            left[s] -= step
            remaining -= step
    return rows


def _cells(d: Draft, values: Floats, y: int, payee: str, area: str) -> list[tuple[str, str, float, float]]:
    """(township, places, units, cost) wherever the payee's money goes in a year."""
    pr = d.problem
    if payee in d.stock:
        kinds, townships, block = pr.strata.places, pr.strata.township, d.stock[payee]
        each_units, each_cost = pr.units_each[payee], pr.cost_each[payee]
    elif payee in d.done:
        kinds, townships = pr.strata.places[pr.strata.of_village], pr.register.villages["township"].astype(np.int64)
        block, each_units, each_cost = d.done[payee], pr.works_units[payee], pr.works_cost[payee]
    else:
        units = float(values[d.held[payee][y]]) if payee in d.held else 0.0
        return [(COUNTY, COUNTY, units, 1.0)]
    now = np.where(block[:, y] >= 0, values[block[:, y]], 0.0)
    recurring = pr.plan.measures[payee].recurring
    before = np.where(block[:, y] >= 0, values[block[:, y - 1]], 0.0) if y and not recurring else 0.0
    step = np.maximum(now - before, 0.0)
    found: dict[tuple[int, int], list[float]] = {}
    for i in np.flatnonzero(step > 1e-9):
        if area_of(int(kinds[i])) == area:
            cell = found.setdefault((int(townships[i]), int(kinds[i])), [0.0, 0.0])
            cell[0] += step[i] * each_units[i]
            cell[1] += step[i] * each_cost[i]
    if not found:
        return [(COUNTY, COUNTY, 0.0, 1.0)]
    names = {Places.DUE: "due", Places.POOR: "poor", Places.OTHER: "other"}
    return [
        (pr.plan.townships[t], names[Places(kind)], units, cost) for (t, kind), (units, cost) in sorted(found.items())
    ]
