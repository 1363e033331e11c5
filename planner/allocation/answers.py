"""What a solver gives back, what every solver can do, and the check that no answer passes unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from planner.allocation.program import Program
from planner.errors import SolverFailed

Floats = NDArray[np.float64]
Kept = Sequence[tuple[Floats, float]]
"""Rows of ranks already served: cost vector and what cost · x may be at most."""
BREACH = 1e-5
"""The largest breach of a row or bound, relative to its size, that an answer may have."""


@dataclass(frozen=True)
class Answer:
    """Values, the objective, and the prices of rows (minimisation: by how much the objective rises per unit)."""

    values: Floats
    objective: float
    prices: Floats
    """One per row of the program."""
    algorithm: str
    iterations: int
    kept_prices: Floats = field(default_factory=lambda: np.zeros(0))
    """One per rank kept before, in the order in which they were kept."""


@dataclass(frozen=True)
class Whole:
    """What a search with whole columns found: values, objective, and the solver's own bound below it."""

    values: Floats
    objective: float
    bound: float
    nodes: int
    finished: bool
    """False where a limit of nodes ended the search before the gap was reached."""


class Engine(Protocol):
    """A solver that holds one program; objectives and bounds change, the program does not."""

    def solve(self, cost: Floats, *, near: bool = False) -> Answer:
        """The least of cost · x; `near` where it is likely to lie close to the last answer.

        Raises: Infeasible where no x exists, SolverFailed where the solver stopped otherwise or its answer breaks a row.
        """

    def again(self) -> Answer:
        """The least of the last cost after bounds were changed.

        Raises: as `solve`.
        """

    def keep(self, cost: Floats, at_most: float) -> None:
        """From now on cost · x stays at most this: a rank that was served."""

    def bound_column(self, column: int, lower: float, upper: float) -> None:
        """Change the bounds of one column."""

    def branch(self, cost: Floats, gap: float) -> Whole:
        """The least of cost · x with whole columns whole, within `gap` of its bound.

        Raises: Infeasible where no x exists, SolverFailed where the search ended without an answer.
        """


def refuse_breaches(
    program: Program, values: Floats, kept: Kept = (), sides: tuple[Floats, Floats] | None = None
) -> None:
    """Every row, weighed against the size of its own terms; `sides` are its bounds where they were changed.

    Raises: SolverFailed where one is broken by more than `BREACH`, or a value is not a number.
    """
    if not np.isfinite(values).all():
        raise SolverFailed("the answer holds a value that is not a number")
    row_lower, row_upper = (program.row_lower, program.row_upper) if sides is None else sides
    activity = program.matrix @ values
    scale = 1.0 + abs(program.matrix) @ np.abs(values)
    worst = max(
        float((np.maximum(row_lower - activity, 0) / scale).max(initial=0.0)),
        float((np.maximum(activity - row_upper, 0) / scale).max(initial=0.0)),
        *(float(cost @ values - at_most) / (1.0 + float(np.abs(cost) @ np.abs(values))) for cost, at_most in kept),
    )
    if worst > BREACH:
        raise SolverFailed(f"the answer breaks a row by {worst:.2g} of its size")
