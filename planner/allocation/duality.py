"""How good an answer can be at best: a bound proved by weak duality from the prices of rows, without a solver.

Any prices prove some bound: a wrong price only widens the gap. A column without an upper bound of its own needs one that
follows from the rows, or a price that leaves it no reason to grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.allocation.exact import Exact
from planner.allocation.program import Program

Floats = NDArray[np.float64]
PASSES = 16
MARGIN = 1e-9
"""What an upper bound that follows from rows is widened by, relative to the size of its terms: floats stay safe."""


@dataclass(frozen=True)
class Kept:
    """A rank served before: cost · x is at most a figure, and what it would be worth to have more of it."""

    cost: Floats
    at_most: float
    price: float


def implied_upper(program: Program, lower: Floats, upper: Floats) -> Floats:
    """Upper bounds of all columns: their own, and where they have none, what the rows leave; inf where nothing does."""
    matrix = program.matrix
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    column, a = matrix.indices, matrix.data
    found = upper.copy()
    for _ in range(PASSES):
        before = found.copy()
        for bound, sign in ((program.row_upper, 1.0), (-program.row_lower, -1.0)):
            # In this form every row says: sum of weight x is at most bound.
            weight = a * sign
            least = np.where(weight > 0, weight * lower[column], weight * found[column])
            endless = ~np.isfinite(least)
            finite = np.where(endless, 0.0, least)
            count = np.bincount(row, weights=endless, minlength=len(bound))
            total = np.bincount(row, weights=finite, minlength=len(bound))
            size = np.bincount(row, weights=np.abs(finite), minlength=len(bound))
            usable = (weight > 0) & np.isinf(found[column]) & np.isfinite(bound)[row] & (count[row] == 0)
            at = np.flatnonzero(usable)
            spare = bound[row[at]] - total[row[at]] + finite[at]
            margin = MARGIN * (1.0 + np.abs(bound[row[at]]) + size[row[at]])
            np.minimum.at(found, column[at], (spare + margin) / weight[at])
        if np.array_equal(before, found):
            break
    return np.maximum(found, lower)


def proved_bound(
    program: Program, cost: Floats, prices: Floats, kept: list[Kept], lower: Floats, upper: Floats
) -> Fraction | None:
    """The least that cost · x can be, proved; None where these prices prove nothing.

    `lower` and `upper` bound the columns; `upper` may hold what `implied_upper` found.
    """
    y = np.where(prices > 0, np.where(np.isfinite(program.row_lower), prices, 0.0), prices)
    y = np.where(y < 0, np.where(np.isfinite(program.row_upper), y, 0.0), y)
    kept = [Kept(k.cost, k.at_most, min(k.price, 0.0)) for k in kept]
    steered = Exact.of(cost)
    for k in kept:
        if k.price:
            steered = steered - Exact.of(np.array([k.price])) * Exact.of(k.cost)
    exact_y = Exact.of(y)
    reduced = steered - _columns_times(program, exact_y)
    loose = np.flatnonzero((reduced.whole < 0) & np.isinf(upper))
    if len(loose):
        exact_y = _settle(program, exact_y, reduced, loose)
        reduced = steered - _columns_times(program, exact_y)
    falls, rises = reduced.whole < 0, reduced.whole > 0
    if (falls & np.isinf(upper)).any() or (rises & np.isinf(lower)).any():
        return None
    at_column = np.where(falls, upper, np.where(rises, lower, 0.0))
    at_row = np.where(exact_y.whole > 0, program.row_lower, np.where(exact_y.whole < 0, program.row_upper, 0.0))
    if not np.isfinite(at_row).all():
        return None
    bound = (exact_y * Exact.of(at_row)).total() + (reduced * Exact.of(at_column)).total()
    return bound + sum((Fraction(k.price) * Fraction(k.at_most) for k in kept), Fraction(0))


def _columns_times(program: Program, y: Exact) -> Exact:
    """For each column the sum over its rows of coefficient times price."""
    matrix = program.matrix
    counts = np.diff(matrix.indptr)
    row = np.repeat(np.arange(matrix.shape[0]), counts)
    used = np.flatnonzero(y.whole[row] != 0)
    order = used[np.argsort(matrix.indices[used], kind="stable")]
    terms = Exact.of(matrix.data[order]) * y[row[order]]
    starts = np.searchsorted(matrix.indices[order], np.arange(matrix.shape[1] + 1))
    return terms.sums(starts)


def _settle(program: Program, y: Exact, reduced: Exact, loose: NDArray[Any]) -> Exact:
    """Prices under which endless columns that stand in one row with a bound have no reason to grow."""
    by_column = program.matrix.tocsc()
    bounded = np.isfinite(program.row_lower) | np.isfinite(program.row_upper)
    whole, power = y.whole.copy(), min(y.power, reduced.power)
    whole = whole * (1 << (y.power - power))
    scale = 1 << (reduced.power - power)
    for j in loose.tolist():
        part = slice(by_column.indptr[j], by_column.indptr[j + 1])
        rows, weights = by_column.indices[part], by_column.data[part]
        held = bounded[rows]
        if held.sum() == 1 and abs(weights[held][0]) == 1.0:
            # The reduced cost is cost less weight times price: this price makes it nought.
            whole[rows[held][0]] += int(weights[held][0]) * int(reduced.whole[j]) * scale
    return Exact(whole, power)
