"""Which villages are put forward in which year (整村脱帽), whole: by branch and bound, or by a dive where that fails.

A village that is not put forward takes nothing, so giving one up never makes the rest infeasible.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from planner.allocation.answers import Answer, Engine
from planner.allocation.certificate import Free
from planner.allocation.formulation import Draft
from planner.allocation.objectives import BOUND
from planner.allocation.program import Program
from planner.errors import Infeasible, SolverFailed

Floats = NDArray[np.float64]
GAP, GAP_AFTER = 1e-3, 3e-2
"""The part of the aim's value by which the exits found may be off the best ones: as the first aim, and after others.

After others the search has to keep what they reached, and its last percents take minutes.
"""
NEARLY = 0.9
"""A share put forward that is at least this is made whole at once."""
ALIKE = 0.2
"""Shares put forward that differ by less than this count as alike."""


class Held(Protocol):
    """A solver whose column bounds are remembered."""

    engine: Engine
    lower: Floats
    upper: Floats

    def set(self, column: int, lower: float, upper: float) -> None:
        """Change the bounds of one column."""

    def fix(self, columns: NDArray[np.int64], values: Floats) -> None:
        """Hold columns at values."""


def whole_exits(
    made: Draft, program: Program, bounds: Held, cost: Floats, relaxed: Answer, gap: float
) -> tuple[Answer, Free]:
    """The villages put forward, whole; then everything else anew with these held. With it what shares would have reached.

    Where the search fails, a dive stands in its place and says so: always an answer, near the best one or not.
    """
    lower, upper = bounds.lower.copy(), bounds.upper.copy()
    whole = program.whole[made.forward]
    free = Free(relaxed.objective, relaxed.prices, relaxed.kept_prices, lower, upper, relaxed.objective, 0, True)
    if np.abs(relaxed.values[made.forward] - np.round(relaxed.values[made.forward]))[whole].max(initial=0.0) <= BOUND:
        return _held(made, bounds, whole, cost, relaxed.values), free
    try:
        found = bounds.engine.branch(cost, gap)
        values, proof = found.values, (found.bound, found.nodes, found.finished)
    except SolverFailed:
        values, proof = dive(made, bounds, whole, relaxed).values, (relaxed.objective, 0, False)
    answer = _held(made, bounds, whole, cost, values)
    return answer, Free(relaxed.objective, relaxed.prices, relaxed.kept_prices, lower, upper, *proof)


def _held(made: Draft, bounds: Held, whole: NDArray[np.bool_], cost: Floats, values: Floats) -> Answer:
    bounds.fix(made.forward[whole], np.round(values[made.forward][whole]))
    return bounds.engine.solve(cost)


def dive(made: Draft, bounds: Held, whole: NDArray[np.bool_], relaxed: Answer) -> Answer:
    """Shares made whole step by step, the largest first; of those alike the village in which the fewest have to be out.

    The bounds of columns are as before afterwards.
    """
    columns = made.forward
    before = bounds.lower[columns], bounds.upper[columns]
    effort = _effort(made)
    answer = relaxed
    while (open_ := _open(bounds, columns, whole, answer)).any():
        share = np.where(open_, answer.values[columns], 0.0)
        chosen = share >= NEARLY
        if not chosen.any():
            alike = open_ & (share > share.max() - ALIKE)
            easiest = np.where(alike, effort[:, None] - share / share.size, np.inf)
            chosen = np.zeros_like(open_)
            chosen.flat[int(easiest.argmin())] = True
        answer = _tried(bounds, columns[chosen])
    _restore(bounds, columns, whole, before)
    return answer


def _tried(bounds: Held, columns: NDArray[np.int64]) -> Answer:
    """The answer with these put forward; where that cannot be, with these given up."""
    try:
        return _with(bounds, columns, 1.0)
    except Infeasible:
        return _with(bounds, columns, 0.0)


def _with(bounds: Held, columns: NDArray[np.int64], value: float) -> Answer:
    bounds.fix(columns, np.full(len(columns), value))
    return bounds.engine.again()


def _open(bounds: Held, columns: NDArray[np.int64], whole: NDArray[np.bool_], answer: Answer) -> NDArray[np.bool_]:
    """Whole columns that are still shares."""
    share = answer.values[columns]
    return np.asarray(
        whole & (np.abs(share - np.round(share)) > BOUND) & (bounds.lower[columns] < bounds.upper[columns])
    )


def _effort(made: Draft) -> Floats:
    """The part of a listed village's poor who have to be out before it is put forward. Shape: listed village."""
    problem = made.problem
    return np.asarray(problem.out_needed[problem.listed] / np.maximum(problem.village_persons[problem.listed], 1.0))


def _restore(bounds: Held, columns: NDArray[np.int64], whole: NDArray[np.bool_], before: tuple[Floats, Floats]) -> None:
    lower, upper = before
    for column, low, high in zip(columns[whole].tolist(), lower[whole].tolist(), upper[whole].tolist(), strict=True):
        bounds.set(column, low, high)
