"""What holds the columns while each aim is solved: derived from plan, program and exits, never read from a file.

The plan as written holds every delivery; a village that cannot be put forward whole is not put forward; once the
exits are decided they stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.allocation.as_written import Spread, spread_as_written
from planner.allocation.formulation import Draft
from planner.allocation.program import Program

Floats = NDArray[np.float64]
EXITS = "villages"
"""The aim that decides which villages are put forward in which year; afterwards this stays."""
SHORT = 1e-6
"""A share put forward that cannot come nearer to one than this cannot be whole."""


@dataclass(frozen=True)
class Sides:
    """Bounds of the columns. Shape: column."""

    lower: Floats
    upper: Floats

    def held(self, columns: NDArray[np.int64], values: Floats) -> Sides:
        """The same with columns held at values."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[columns] = upper[columns] = values
        return Sides(lower, upper)


def opening_sides(made: Draft, program: Program) -> tuple[Sides, Spread | None]:
    """The bounds under which the first aim is solved, and what the plan as written delivers, where that is held."""
    sides, spread = Sides(program.lower, program.upper), None
    if made.problem.plan.regime.kind == "as_written":
        spread = spread_as_written(made.problem)
        sides = sides.held(*_delivered(made, spread))
    out = hopeless(program, sides)
    return sides.held(out, np.zeros(len(out))), spread


def sides_by_rank(made: Draft, program: Program, aims: Sequence[str], values: Floats) -> list[Sides]:
    """The bounds under which each aim was solved in the end: from that of the exits on, these are held as they came out."""
    first, _ = opening_sides(made, program)
    whole = made.forward[program.whole[made.forward]]
    after = first.held(whole, np.round(values[whole]))
    decided = list(aims).index(EXITS) if EXITS in aims else len(aims)
    return [first if i < decided else after for i in range(len(aims))]


def hopeless(program: Program, sides: Sides) -> NDArray[np.int64]:
    """Whole columns that a row keeps below one, whatever else is done within the bounds. Shape: column among them."""
    open_ = program.whole & (sides.upper > sides.lower)
    matrix = program.matrix
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    concerned = np.zeros(matrix.shape[0], bool)
    concerned[row[open_[matrix.indices]]] = True
    entry = concerned[row]
    row, column, factor = row[entry], matrix.indices[entry], matrix.data[entry]
    least = _room(program.row_upper, row, column, factor, sides)
    most = _room(-program.row_lower, row, column, -factor, sides)
    upper = np.full(len(sides.upper), np.inf)
    np.minimum.at(upper, column, np.minimum(least, most))
    return np.flatnonzero(open_ & (upper < 1.0 - SHORT))


def _room(
    row_upper: Floats, row: NDArray[np.int64], column: NDArray[np.integer[Any]], factor: Floats, sides: Sides
) -> Floats:
    """How large each entry's column can be with the rest of its row at its least; inf where the row sets no limit."""
    with np.errstate(invalid="ignore", divide="ignore"):
        least = np.where(factor > 0, factor * sides.lower[column], factor * sides.upper[column])
        endless = np.isinf(least)
        rest = np.bincount(row, np.where(endless, 0.0, least), len(row_upper))[row] - np.where(endless, 0.0, least)
        others = np.bincount(row, endless, len(row_upper))[row] - endless
        room = (row_upper[row] - rest) / factor
    return np.where((factor > 0) & (others == 0) & np.isfinite(room), room, np.inf)


def _delivered(made: Draft, spread: Spread) -> tuple[NDArray[np.int64], Floats]:
    """Columns of every delivery, and what the plan as written delivers."""
    columns, values = [], []
    for block, amounts in ((made.stock, spread.stock), (made.done, spread.done)):
        for k, numbers in block.items():
            given = numbers >= 0
            columns.append(numbers[given])
            values.append(amounts[k][given])
    return np.concatenate(columns), np.concatenate(values)
