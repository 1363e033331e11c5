"""Powers of two by which columns and rows are scaled before they are handed to a solver, so that its numbers lie near one.

Interior point takes half as long on the scaled program. Powers of two change no digit, so nothing is lost on the way
there or back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from planner.allocation.program import Program

Floats = NDArray[np.float64]
SMALLEST, LARGEST = 1e-3, 1e6
"""Beyond these a bound says nothing of a column's usual size."""


@dataclass(frozen=True)
class Scaling:
    """A column of the program is its scaled value times `columns`; a row is divided by what `rows` multiplies."""

    columns: Floats
    rows: Floats

    @classmethod
    def of(cls, program: Program) -> Scaling:
        """Columns by their upper bound, rows by their largest coefficient; whole columns stay as they are."""
        matrix, upper = program.matrix, program.upper
        bounded = np.isfinite(upper) & (upper > 0)
        columns = np.where(bounded & ~program.whole, np.clip(upper, SMALLEST, LARGEST), 1.0)
        columns = _power(columns)
        size = np.abs(matrix.data)
        count = np.diff(matrix.indptr)
        row = np.repeat(np.arange(matrix.shape[0]), count)
        largest = _most(row, size * np.where(bounded, columns, 0.0)[matrix.indices], matrix.shape[0])
        plain = _most(row, size, matrix.shape[0])
        rows = 1.0 / _power(np.where(largest > 0, largest, np.where(plain > 0, plain, 1.0)))
        across = _most(matrix.indices, size * rows[row], matrix.shape[1])
        columns = np.where(bounded | (across <= 0), columns, 1.0 / _power(np.where(across > 0, across, 1.0)))
        return cls(columns, rows)

    def matrix(self, program: Program) -> csr_array:
        """The program's matrix, scaled."""
        given = program.matrix
        row = np.repeat(self.rows, np.diff(given.indptr))
        return csr_array((given.data * row * self.columns[given.indices], given.indices, given.indptr), given.shape)


def _power(size: Floats) -> Floats:
    return np.asarray(2.0 ** np.round(np.log2(size)), float)


def _most(group: NDArray[Any], values: Floats, count: int) -> Floats:
    found = np.zeros(count)
    np.maximum.at(found, group, values)
    return found
